/** Operations on arrays, as those write them who build expressions of their own: what an entry's attributes mean stands here. */
import type { Attributes } from './operation'

/** A part along one axis: the entry at an index, or a span of them. */
export type Slice =
  | { readonly axis: number; readonly index: number }
  | { readonly axis: number; readonly from?: number; readonly to?: number; readonly step?: number }

/** @param T a node of a graph, an expression of a note, a value of code */
export interface Arrays<T> {
  /** The same under another name. */
  copy(a: T): T
  transposed(a: T): T
  matrixProduct(a: T, b: T): T
  /** A column by a row. */
  outerProduct(a: T, b: T): T
  inverse(a: T): T
  matrixPower(a: T, n: number): T
  /** The sum along an axis; `null`: of all entries. */
  sumAlong(a: T, axis: number | null): T
  /** Entries in order, in another shape; -1 is a size that follows from the others. */
  reshaped(a: T, shape: readonly (number | string)[]): T
  /** A number in the shape of another array. */
  repeated(value: T, like: T): T
  /** Arrays of one shape along a new first axis. */
  stacked(parts: readonly T[]): T
  /** Arrays end to end along an axis. */
  joined(parts: readonly T[], axis: number): T
  slice(a: T, slice: Slice): T
  /** Zeros of the shape of an array, but for a slice. */
  sliceInto(part: T, like: T, slice: Slice): T
  /** The rows that an array of indices names. */
  rows(a: T, indices: T): T
  /** Zeros of the shape of an array, to which parts are added at the rows that an array of indices names. */
  rowsInto(parts: T, like: T, indices: T): T
  /** Of each row the entry that an array of indices names. */
  picked(a: T, indices: T): T
  /** Zeros of the shape of an array, but for the entries that an array of indices names in each row. */
  pickedInto(parts: T, like: T, indices: T): T
  /** The size along an axis; `null`: the number of entries. */
  size(a: T, axis: number | null): T
  /** The 2-norm of all entries. */
  norm(a: T): T
}

export const isMatrixProduct = (op: string): boolean => op === MATRIX_PRODUCT
export const MATRIX_PRODUCT = 'matmul'
export const MEAN = 'mean'
export const DETERMINANT = 'det'
export const INVERSE = 'inverse'
/** Rows for columns. */
export const isTransposition = (op: string): boolean => op === TRANSPOSE
export const TRANSPOSE = 'transpose'
/** A column by a row. */
export const OUTER_PRODUCT = 'outer'
export const isIdentityMatrix = (op: string): boolean => op === 'eye' || op === 'identityMatrix'
/** A number, or an array, repeated to the shape of another. */
export const REPEATED = 'expand'
/** The same under another name. */
export const COPY = 'identity'

export const arrays = <T>(apply: (op: string, inputs: readonly T[], attributes?: Attributes) => T): Arrays<T> => ({
  copy: (a) => apply(COPY, [a]),
  transposed: (a) => apply(TRANSPOSE, [a]),
  matrixProduct: (a, b) => apply(MATRIX_PRODUCT, [a, b]),
  outerProduct: (a, b) => apply(OUTER_PRODUCT, [a, b]),
  inverse: (a) => apply(INVERSE, [a]),
  matrixPower: (a, n) => apply('matrixPower', [a], { n }),
  sumAlong: (a, axis) => apply('sum', [a], { axis }),
  reshaped: (a, shape) => apply('reshape', [a], { shape }),
  repeated: (value, like) => apply(REPEATED, [value, like], { axis: null }),
  stacked: (parts) => apply('stack', parts),
  joined: (parts, axis) => apply('concat', parts, { axis }),
  slice: (a, slice) => apply('slice', [a], { ...slice }),
  sliceInto: (part, like, slice) => apply('unslice', [part, like], { ...slice }),
  rows: (a, indices) => apply('rows', [a, indices]),
  rowsInto: (parts, like, indices) => apply('addRows', [parts, like, indices]),
  picked: (a, indices) => apply('pick', [a, indices]),
  pickedInto: (parts, like, indices) => apply('unpick', [parts, like, indices]),
  norm: (a) => apply('norm', [a]),
  size: (a, axis) => apply('size', [a], { axis, text: '' }),
})

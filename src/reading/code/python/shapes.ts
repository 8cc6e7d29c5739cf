/** NumPy functions that put the entries of an array into another shape or order. */
import type { Range } from '../../statement'
import { collectionOf } from '../collections'
import { known, type Machine } from '../machine'
import { arrayOf, arraysAt, literalArray } from '../ndarray'
import { type NumberValue, opaque, type Value } from '../value'
import { type Given, MOST_ENTRIES, sizesGiven, UNKNOWN_LENGTH, UNKNOWN_SIZE, wholeNumber } from './given'

type OnArray = (given: Given, args: readonly NumberValue[]) => Value

export const SHAPES: Readonly<Record<string, OnArray>> = {
  transpose: (given, [a]) => transposed(given, a),
  swapaxes: (given, [a]) => {
    const [one, other] = [1, 2].map((k) => wholeNumber(given.plain[k]))
    return a?.shape && typeof one === 'number' && typeof other === 'number'
      ? permuted(a, swapped(a.shape.length, one, other), given.range)
      : opaque(UNKNOWN_SIZE)
  },
  flatten: ({ range }, [a]) => flattened(a, range),
  ravel: ({ range }, [a]) => flattened(a, range),
  reshape: (given, [a]) => reshaped(given, a),
  atleast_1d: ({ range }, [a]) => (a?.shape?.length === 0 ? arraysAt(range).reshaped(a, [1]) : (a ?? NOT_A_NUMBER)),
  squeeze: ({ range }, [a]) =>
    a?.shape
      ? arraysAt(range).reshaped(
          a,
          a.shape.filter((size) => size !== 1),
        )
      : opaque(UNKNOWN_SIZE),
  expand_dims: ({ named, plain, range }, [a]) => {
    const axis = wholeNumber(named('axis') ?? plain[1])
    if (!a?.shape || axis === null) return opaque(UNKNOWN_SIZE)
    const shape = [...a.shape]
    shape.splice(axis < 0 ? axis + shape.length + 1 : axis, 0, 1)
    return arraysAt(range).reshaped(a, shape)
  },
  pad: (given, [a]) => padded(given, a),
  repeat: (given, [a]) => {
    const [count, axis] = [
      wholeNumber(given.named('repeats') ?? given.plain[1]),
      wholeNumber(given.named('axis') ?? given.plain[2]),
    ]
    return a?.shape && count !== null && axis !== null
      ? repeatedAlong(a, axis, count, given.range)
      : opaque(UNKNOWN_SIZE)
  },
}

const NOT_A_NUMBER = opaque('not a number')

export function flattened(a: NumberValue | undefined, range: Range): Value {
  if (!a) return NOT_A_NUMBER
  const count = a.shape?.reduce((n, size) => n * size, 1)
  return arraysAt(range).reshaped(a, [count ?? -1])
}

/** `x.reshape(2, -1)`, `np.reshape(x, (2, -1))`. */
function reshaped({ machine, plain, range }: Given, a: NumberValue | undefined): Value {
  const sizes = sizesGiven(machine, plain.slice(1))
  if (!a || !sizes) return opaque(UNKNOWN_SIZE)
  const count = a.shape?.reduce((n, size) => n * size, 1)
  const others = sizes.reduce((n, size) => (size < 0 ? n : n * size), 1)
  const shape = sizes.map((size) => (size < 0 && count !== undefined ? count / others : size))
  return arraysAt(range).reshaped(a, shape)
}

/** `x.transpose()`, `x.transpose(0, 2, 1)`, `np.transpose(x, (0, 2, 1))`. */
function transposed({ machine, plain, named, range }: Given, a: NumberValue | undefined): Value {
  if (!a) return NOT_A_NUMBER
  const axes = named('axes')
  const order = sizesGiven(machine, axes ? [axes] : plain.slice(1))
  if (order) return permuted(a, order, range)
  return plain.length > 1 || axes ? opaque('permutation of axes') : transposedAll(a, range)
}

/** The axes in the opposite order. */
export function transposedAll(a: NumberValue, range: Range): Value {
  const rank = a.shape?.length ?? 2
  return rank > 2
    ? permuted(
        a,
        Array.from({ length: rank }, (_axis, at) => rank - 1 - at),
        range,
      )
    : arraysAt(range).transposed(a)
}

const swapped = (rank: number, one: number, other: number): number[] => {
  const [a, b] = [one, other].map((axis) => (axis < 0 ? axis + rank : axis)) as [number, number]
  return Array.from({ length: rank }, (_axis, at) => (at === a ? b : at === b ? a : at))
}

/** The axes of an array in another order: its entries, picked one by one. */
export function permuted(a: NumberValue, order: readonly number[], range: Range): Value {
  const { shape } = a
  if (!shape || order.length !== shape.length) return opaque(UNKNOWN_SIZE)
  const axes = order.map((axis) => (axis < 0 ? axis + shape.length : axis))
  if (axes.every((axis, at) => axis === at)) return a
  if (shape.length === 2) return arraysAt(range).transposed(a)
  const strides = stridesOf(shape)
  return gathered(
    a,
    axes.map((axis) => shape[axis] as number),
    (place) => place.reduce((at, index, k) => at + index * (strides[axes[k] as number] as number), 0),
    range,
  )
}

/** How far apart the entries along each axis are, row by row. */
const stridesOf = (shape: readonly number[]): number[] =>
  shape.map((_size, axis) => shape.slice(axis + 1).reduce((n, size) => n * size, 1))

/** An array of a shape each of whose entries is one of another array. @param from the number of that entry, row by row */
export function gathered(
  a: NumberValue,
  shape: readonly number[],
  from: (place: readonly number[]) => number,
  range: Range,
): Value {
  const count = shape.reduce((n, size) => n * size, 1)
  if (!a.shape) return opaque(UNKNOWN_SIZE)
  if (count > MOST_ENTRIES) return opaque('too long')
  const { reshaped: inShape, rows } = arraysAt(range)
  const numbers = Array.from({ length: count }, (_entry, at) => from(placeIn(shape, at)))
  const flat = inShape(a, [a.shape.reduce((n, size) => n * size, 1)])
  return inShape(rows(flat, literalArray(numbers, [count], range)), shape)
}

function placeIn(shape: readonly number[], at: number): number[] {
  let rest = at
  return shape
    .toReversed()
    .map((size) => {
      const index = rest % size
      rest = (rest - index) / size
      return index
    })
    .reverse()
}

function repeatedAlong(a: NumberValue, axis: number, count: number, range: Range): Value {
  const shape = a.shape as readonly number[]
  const at = axis < 0 ? axis + shape.length : axis
  const strides = stridesOf(shape)
  return gathered(
    a,
    shape.map((size, k) => (k === at ? size * count : size)),
    (place) =>
      place.reduce((sum, index, k) => sum + (k === at ? Math.floor(index / count) : index) * (strides[k] as number), 0),
    range,
  )
}

/** An array of a shape with one number in all places. */
export function filledWith(value: number, shape: readonly number[], range: Range): Value {
  const count = shape.reduce((n, size) => n * size, 1)
  if (shape.length === 0) return known(value, range)
  if (count > MOST_ENTRIES) return opaque('too long')
  return literalArray(
    Array.from({ length: count }, () => value),
    shape,
    range,
  )
}

/** `np.pad(a, ((0, 0), (1, 1)))`, with zeros. */
function padded({ machine, plain, named, range }: Given, a: NumberValue | undefined): Value {
  const said = named('pad_width') ?? plain[1]
  const mode = named('mode') ?? plain[2]
  const filled = wholeNumber(named('constant_values')) ?? 0
  const isConstant = !mode || (mode.kind === 'text' && mode.text === 'constant')
  const widths = a?.shape && said ? widthsOf(machine, said, a.shape.length) : null
  if (!a?.shape || !widths || !isConstant || filled !== 0) return opaque(UNKNOWN_SIZE)
  return widths.reduce<Value>((part, [before, after], axis) => {
    if (part.kind !== 'number' || !part.shape) return part
    const zeros = (size: number) => filledWith(0, part.shape?.with(axis, size) ?? [], range)
    const parts = [...(before > 0 ? [zeros(before)] : []), part, ...(after > 0 ? [zeros(after)] : [])]
    if (parts.length === 1) return part
    const numbers = parts.filter((each) => each.kind === 'number')
    return numbers.length === parts.length ? arraysAt(range).joined(numbers, axis) : opaque('too long')
  }, arraysAt(range).copy(a))
}

/** How much is added before and after along each axis: one number for all, or a pair for each. */
function widthsOf(machine: Machine, said: Value, rank: number): [number, number][] | null {
  const all = wholeNumber(said)
  const items = all === null ? collectionOf(machine, said) : Array.from({ length: rank }, () => said)
  const widths = items?.map((item) => {
    const both = collectionOf(machine, item)
    return (both ?? [item, item]).map((each) => wholeNumber(each))
  })
  if (widths?.length !== rank || widths.some((each) => each.length !== 2 || each.includes(null))) return null
  return widths as [number, number][]
}

/** The arrays of a list, and the axis that is said; `null` where they aren't known. */
function listed({ machine, plain, named, range }: Given): { parts: NumberValue[]; axis: number | null } | null {
  const items = plain[0] ? collectionOf(machine, plain[0]) : null
  const parts = items?.map((item) => arrayOf(machine, item, range))
  if (!parts || parts.length === 0 || parts.some((each) => !each)) return null
  const said = named('axis') ?? plain[1]
  const axis = said ? wholeNumber(said) : null
  return said && axis === null ? null : { parts: parts as NumberValue[], axis }
}

/** End to end along an axis; vectors have just one. */
export function joined(given: Given, along: number): Value {
  const list = listed(given)
  if (!list) return opaque(UNKNOWN_LENGTH)
  const { parts, axis } = list
  const rank = parts[0]?.shape?.length
  const at = axis ?? (rank === 1 ? 0 : along)
  return at < 0 && rank === undefined
    ? opaque(UNKNOWN_SIZE)
    : arraysAt(given.range).joined(parts, at < 0 ? at + (rank ?? 0) : at)
}

/** Side by side along an axis that is new. */
export function stacked(given: Given): Value {
  const list = listed(given)
  if (!list) return opaque(UNKNOWN_LENGTH)
  const { parts, axis } = list
  if ((axis ?? 0) === 0) return arraysAt(given.range).stacked(parts)
  const rank = parts[0]?.shape?.length
  if (rank === undefined || axis === null) return opaque(UNKNOWN_SIZE)
  const at = axis < 0 ? axis + rank + 1 : axis
  return joinedAs(given, (shape) => shape.toSpliced(at, 0, 1), at)
}

/** End to end along an axis, once each array has another shape. */
export function joinedAs(given: Given, shaped: (shape: readonly number[]) => number[], along: number): Value {
  const list = listed(given)
  if (!list) return opaque(UNKNOWN_LENGTH)
  const { reshaped: inShape, joined: endToEnd } = arraysAt(given.range)
  const parts = list.parts.map((part) => (part.shape ? inShape(part, shaped(part.shape)) : null))
  if (parts.includes(null)) return opaque(UNKNOWN_SIZE)
  const [first] = parts
  const axis = along < 0 ? along + (first?.shape?.length ?? 0) : along
  return endToEnd(parts as NumberValue[], axis)
}

/** A vector is a row where arrays are put below one another, a column where they are put side by side. */
export const asRow = (shape: readonly number[]): number[] => (shape.length < 2 ? [1, shape[0] ?? 1] : [...shape])
export const asColumn = (shape: readonly number[]): number[] => (shape.length < 2 ? [shape[0] ?? 1, 1] : [...shape])
/** With a third axis, along which layers follow one another. */
export const asLayer = (shape: readonly number[]): number[] => (shape.length < 3 ? [...asRow(shape), 1] : [...shape])

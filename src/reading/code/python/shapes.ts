/** NumPy functions that put the entries of an array into another shape or order. */
import type { Range } from '../../statement'
import { collectionOf } from '../collections'
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

function flattened(a: NumberValue | undefined, range: Range): Value {
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
  return plain.length > 1 || axes ? opaque('permutation of axes') : arraysAt(range).transposed(a)
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

/** The arrays of a list, and the axis that is said; `null` where they aren't known. */
function listed({ machine, plain, named, range }: Given): { parts: NumberValue[]; axis: number | null } | null {
  const items = plain[0] ? collectionOf(machine, plain[0]) : null
  const parts = items?.map((item) => arrayOf(machine, item, range))
  if (!parts || parts.length === 0 || parts.some((each) => !each)) return null
  return { parts: parts as NumberValue[], axis: wholeNumber(named('axis') ?? plain[1]) }
}

/** End to end along an axis; vectors have just one. */
export function joined(given: Given, along: number): Value {
  const list = listed(given)
  if (!list) return opaque(UNKNOWN_LENGTH)
  const { parts, axis } = list
  return arraysAt(given.range).joined(parts, axis ?? (parts[0]?.shape?.length === 1 ? 0 : along))
}

export function stacked(given: Given): Value {
  const list = listed(given)
  if (!list) return opaque(UNKNOWN_LENGTH)
  return (list.axis ?? 0) === 0 ? arraysAt(given.range).stacked(list.parts) : opaque('permutation of axes')
}

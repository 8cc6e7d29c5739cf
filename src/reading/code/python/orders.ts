/** NumPy functions whose result holds entries of an array in another order, some of them more than once or not at all. */
import type { Range } from '../../statement'
import { formulas } from '../arithmetic'
import { arraysAt, literalArray } from '../ndarray'
import { type NumberValue, opaque, type Value } from '../value'
import { axesOf, type Given, sizesGiven, UNKNOWN_SIZE, wholeNumber } from './given'
import { flattened, gathered, permuted } from './shapes'

type OnArray = (given: Given, args: readonly NumberValue[]) => Value

export const ORDERS: Readonly<Record<string, OnArray>> = {
  flip: (given, [a]) => {
    const axes = axesOf(given)
    return axes === undefined ? opaque(UNKNOWN_SIZE) : flipped(a, axes, given.range)
  },
  flipud: ({ range }, [a]) => flipped(a, [0], range),
  fliplr: ({ range }, [a]) => flipped(a, [1], range),
  roll: (given, [a]) => {
    const shift = wholeNumber(given.named('shift') ?? given.plain[1])
    const axis = wholeNumber(given.named('axis') ?? given.plain[2])
    const rank = a?.shape?.length
    if (shift === null || (axis === null && rank !== 1)) return opaque(UNKNOWN_SIZE)
    return along(a, axis ?? 0, given.range, (at, size) => modulo(at - shift, size))
  },
  tile: (given, [a]) => {
    const said = given.named('reps') ?? given.plain[1]
    const counts = said ? sizesGiven(given.machine, [said]) : null
    return counts ? tiled(a, counts, given.range) : opaque(UNKNOWN_SIZE)
  },
  append: (given, [a, more]) => {
    const axis = wholeNumber(given.named('axis') ?? given.plain[2])
    if (!a?.shape || !more?.shape) return opaque(UNKNOWN_SIZE)
    if (axis !== null) return arraysAt(given.range).joined([a, more], axis)
    const [one, other] = [flattened(a, given.range), flattened(more, given.range)]
    return one.kind === 'number' && other.kind === 'number'
      ? arraysAt(given.range).joined([one, other], 0)
      : opaque(UNKNOWN_SIZE)
  },
  moveaxis: (given, [a]) => {
    const [from, to] = [1, 2].map((k) => wholeNumber(given.plain[k]))
    const rank = a?.shape?.length
    if (!a || rank === undefined || typeof from !== 'number' || typeof to !== 'number') return opaque(UNKNOWN_SIZE)
    const others = Array.from({ length: rank }, (_axis, at) => at).filter((at) => at !== modulo(from, rank))
    return permuted(a, others.toSpliced(modulo(to, rank), 0, modulo(from, rank)), given.range)
  },
  tril: (given, [a]) => triangle(given, a, (below, k) => below >= -k),
  triu: (given, [a]) => triangle(given, a, (below, k) => below <= -k),
  broadcast_to: (given, [a]) => {
    const said = given.named('shape') ?? given.plain[1]
    const sizes = said ? sizesGiven(given.machine, [said]) : null
    const shape = a?.shape
    if (!a || !shape || !sizes || sizes.length < shape.length) return opaque(UNKNOWN_SIZE)
    const lacking = sizes.length - shape.length
    return picked(
      a,
      sizes,
      (place) => shape.map((size, axis) => (size === 1 ? 0 : (place[lacking + axis] as number))),
      given.range,
    )
  },
}

const modulo = (value: number, size: number): number => ((value % size) + size) % size

/** Entries by their places, which are given for each place of the result. */
function picked(
  a: NumberValue,
  shape: readonly number[],
  from: (place: readonly number[]) => readonly number[],
  range: Range,
): Value {
  const sizes = a.shape as readonly number[]
  return gathered(
    a,
    shape,
    (place) => from(place).reduce((at, index, axis) => at * (sizes[axis] as number) + index, 0),
    range,
  )
}

/** Entries along one axis by a rule for their places. */
function along(
  a: NumberValue | undefined,
  axis: number,
  range: Range,
  from: (at: number, size: number) => number,
  count?: number,
): Value {
  const shape = a?.shape
  if (!a || !shape || axis >= shape.length || axis < -shape.length) return opaque(UNKNOWN_SIZE)
  const own = modulo(axis, shape.length)
  const size = shape[own] as number
  return picked(a, shape.with(own, count ?? size), (place) => place.with(own, from(place[own] as number, size)), range)
}

function flipped(a: NumberValue | undefined, axes: readonly number[] | null, range: Range): Value {
  if (!a?.shape) return opaque(UNKNOWN_SIZE)
  return (axes ?? [...a.shape.keys()]).reduce<Value>(
    (all, axis) => (all.kind === 'number' ? along(all, axis, range, (at, size) => size - 1 - at) : all),
    a,
  )
}

function tiled(a: NumberValue | undefined, counts: readonly number[], range: Range): Value {
  if (!a?.shape) return opaque(UNKNOWN_SIZE)
  const rank = Math.max(a.shape.length, counts.length)
  const padded = (sizes: readonly number[]) => [...Array.from({ length: rank - sizes.length }, () => 1), ...sizes]
  const [shape, times] = [padded(a.shape), padded(counts)]
  const whole = arraysAt(range).reshaped(a, shape)
  return picked(
    whole,
    shape.map((size, axis) => size * (times[axis] as number)),
    (place) => place.map((at, axis) => at % (shape[axis] as number)),
    range,
  )
}

/** Entries on one side of a diagonal, and zeros. @param stays by how far below the main one an entry lies, and by which one it is */
function triangle(given: Given, a: NumberValue | undefined, stays: (below: number, k: number) => boolean): Value {
  const said = given.named('k') ?? given.plain[1]
  const k = said ? wholeNumber(said) : 0
  const [rows, columns] = a?.shape?.length === 2 ? a.shape : []
  if (!a || k === null || rows === undefined || columns === undefined) return opaque(UNKNOWN_SIZE)
  const ones = Array.from({ length: rows * columns }, (_entry, at) =>
    stays(Math.floor(at / columns) - (at % columns), k) ? 1 : 0,
  )
  return formulas(given.range).product(a, literalArray(ones, [rows, columns], given.range))
}

/** NumPy functions that make arrays, of lists or of sizes. */
import type { Range } from '../../statement'
import { collectionOf } from '../collections'
import { known, type Machine } from '../machine'
import { arrayFrom, arraysAt, counting, literalArray } from '../ndarray'
import { NOTHING, type NumberValue, opaque, type Value } from '../value'
import { type Given, rangeItems, sizesGiven, UNKNOWN_LENGTH, UNKNOWN_SIZE, wholeNumber } from './given'
import { asColumn, asLayer, asRow, filledWith, joined, joinedAs, stacked } from './shapes'

export const MAKERS: Readonly<Record<string, (given: Given) => Value>> = {
  array: ({ machine, plain, range }) => arrayFrom(machine, plain[0] ?? NOTHING, range),
  asarray: ({ machine, plain, range }) => keptArray(machine, plain[0], range),
  asanyarray: ({ machine, plain, range }) => keptArray(machine, plain[0], range),
  float64: ({ machine, plain, range }) => keptArray(machine, plain[0], range),
  float32: ({ machine, plain, range }) => keptArray(machine, plain[0], range),
  zeros: (given) => ofSizes(given, 0),
  ones: (given) => ofSizes(given, 1),
  empty: (given) => ofSizes(given, 0),
  full: (given) => {
    const value = wholeNumber(given.named('fill_value') ?? given.plain[1])
    return value === null ? opaque('not a number') : ofSizes(given, value)
  },
  eye: identity,
  identity,
  arange: (given) => {
    const items = collectionOf(given.machine, rangeItems(given))
    const numbers = items?.map((item) => (item.kind === 'number' ? (item.known ?? 0) : 0))
    if (numbers) return literalArray(numbers, [numbers.length], given.range)
    return given.plain.length === 1 ? counting(given.plain[0] as Value) : opaque(UNKNOWN_LENGTH)
  },
  linspace: ({ plain, named, range }) => {
    const [from, to] = plain.map((value) => wholeNumber(value))
    const said = named('num') ?? plain[2]
    const count = said ? wholeNumber(said) : 50
    if (typeof from !== 'number' || typeof to !== 'number' || count === null || count < 2 || plain.length > 3)
      return opaque(UNKNOWN_SIZE)
    const step = (to - from) / (count - 1)
    const numbers = Array.from({ length: count }, (_entry, at) => (at === count - 1 ? to : from + at * step))
    return literalArray(numbers, [count], range)
  },
  concatenate: (given) => joined(given, 0),
  hstack: (given) => joined(given, 1),
  vstack: (given) => joinedAs(given, asRow, 0),
  row_stack: (given) => joinedAs(given, asRow, 0),
  column_stack: (given) => joinedAs(given, asColumn, 1),
  dstack: (given) => joinedAs(given, asLayer, 2),
  stack: (given) => stacked(given),
}

/** One number in the shape of another array. */
export function filledLike(value: number, like: NumberValue | undefined, range: Range): Value {
  if (!like) return opaque('not a number')
  if (like.shape) return filledWith(value, like.shape, range)
  return arraysAt(range).repeated(known(value, range), like)
}

function keptArray(machine: Machine, value: Value | undefined, range: Range): Value {
  if (value?.kind === 'number' || value?.kind === 'free') return value
  return arrayFrom(machine, value ?? NOTHING, range)
}

function ofSizes({ machine, plain, named, range }: Given, value: number): Value {
  const said = named('shape') ?? plain[0]
  const sizes = said ? sizesGiven(machine, [said]) : null
  return sizes ? filledWith(value, sizes, range) : opaque(UNKNOWN_SIZE)
}

function identity({ plain, range }: Given): Value {
  const size = wholeNumber(plain[0])
  if (size === null || size > 40 || plain.length > 1) return opaque(UNKNOWN_SIZE)
  const entries = Array.from({ length: size * size }, (_entry, at) => (at % (size + 1) === 0 ? 1 : 0))
  return literalArray(entries, [size, size], range)
}

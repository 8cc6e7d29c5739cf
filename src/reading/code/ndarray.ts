/**
 * Arrays as NumPy has them: one formula for the whole, with the table's operations on arrays. Sizes are known where the
 * inputs' are; parts are read by `slice`, and an array of which a part is set is a new one for all who hold it.
 */
import { type Arrays, arrays, type Slice } from '../../operations/arrays'
import type { Attributes } from '../../operations/operation'
import type { Expr, Range } from '../statement'
import { applied, asNumber, formulas } from './arithmetic'
import { assignInto } from './assignment'
import type { Expression, IndexTerm, SliceTerm, Span } from './core'
import { changedInPlace, forget } from './effects'
import { evaluate, type Place } from './expression'
import { allocate, known, type Machine, objectOf, rangeOf } from './machine'
import { partOf } from './objects'
import { type BuiltinValue, type NumberValue, namesIn, opaque, type Value } from './value'

/** A number or array, or an input that its use makes one. */
export function arrayOf(machine: Machine, value: Value, range: Range): NumberValue | null {
  return value.kind === 'number' || value.kind === 'free' ? asNumber(machine, value, range, '') : null
}

export const applyTo = (op: string, args: readonly NumberValue[], range: Range, attributes?: Attributes): NumberValue =>
  applied(op, args, range, undefined, attributes)

/** Formulas of arrays, written as they read. */
export const arraysAt = (range: Range): Arrays<NumberValue> =>
  arrays<NumberValue>((op, inputs, attributes) => applied(op, inputs, range, undefined, attributes))

/** How much smaller a number got, for each unit of another. */
export function changePer(was: NumberValue, is: NumberValue, unit: NumberValue, range: Range): NumberValue {
  const { difference, quotient } = formulas(range)
  return quotient(difference(was, is), unit)
}

/** The size along an axis, or the number of all entries: a number where it is known. */
export function sizeOf(a: NumberValue, axis: number | null, range: Range): NumberValue {
  const sizes = a.shape
  const size = sizes && (axis === null ? sizes.reduce((n, each) => n * each, 1) : sizes.at(axis))
  return { ...arraysAt(range).size(a, axis), shape: [], ...(size === undefined ? {} : { known: size }) }
}

/** `x.shape`: a tuple where the number of axes is known. */
export function shapeOf(machine: Machine, a: NumberValue, range: Range): Value {
  if (!a.shape) return { kind: 'builtin', name: SHAPE, of: a }
  const items = a.shape.map((_size, axis) => sizeOf(a, axis, range))
  return allocate(machine, { kind: 'list', items, label: null })
}

const SHAPE = 'array.shape'

/** The first `count` sizes of an array whose number of axes isn't known. */
export function sizesOf(value: BuiltinValue, count: number, range: Range): Value[] | null {
  if (value.name !== SHAPE || value.of?.kind !== 'number') return null
  const { of } = value
  return Array.from({ length: count }, (_size, axis) => sizeOf(of, axis, range))
}

const MOST_ENTRIES = 1_000

/** What a loop over an array runs over: its parts along the first axis. */
export function entriesOf(machine: Machine, value: Value, range: Range): readonly Value[] | null {
  if (value.kind !== 'number' && !(value.kind === 'free' && machine.shapes.has(value.name.key))) return null
  const array = arrayOf(machine, value, range)
  const count = array?.shape?.[0]
  if (!array || count === undefined || count > MOST_ENTRIES) return null
  return Array.from({ length: count }, (_entry, index) => arraysAt(range).slice(array, { axis: 0, index }))
}

/** An array of numbers that are known, row by row. */
export function literalArray(numbers: readonly number[], shape: readonly number[], range: Range): NumberValue {
  const width = shape.length > 1 ? (shape.at(-1) as number) : numbers.length
  const rows: Expr[][] = []
  for (let at = 0; at < numbers.length; at += width)
    rows.push(numbers.slice(at, at + width).map((value) => known(value, range).expr))
  return { kind: 'number', expr: { kind: 'matrix', rows, shape, range }, shape }
}

/** The numbers of an array that is written out; `null` for any other. */
export function numbersIn({ expr }: NumberValue): number[] | null {
  if (expr.kind !== 'matrix') return null
  const numbers = expr.rows.flat().map((entry) => (entry.kind === 'number' ? entry.value : Number.NaN))
  return numbers.includes(Number.NaN) ? null : numbers
}

/** An array of lists, as `np.array` makes it. */
export function arrayFrom(machine: Machine, value: Value, range: Range): Value {
  if (value.kind === 'number') return value.shape?.length === 0 ? value : arraysAt(range).copy(value)
  if (value.kind === 'free') {
    const number = asNumber(machine, value, range, '')
    return number ? arraysAt(range).copy(number) : value
  }
  const object = value.kind === 'reference' ? objectOf(machine, value) : null
  if (object?.kind !== 'list') return opaque('not a number')
  const items = object.items.map((item) => (item.kind === 'reference' ? arrayFrom(machine, item, range) : item))
  const numbers = items.map((item) => asNumber(machine, item, range, ''))
  if (numbers.some((each) => each === null) || numbers.length === 0) return opaque('not a number')
  const parts = numbers as NumberValue[]
  const flat = parts.map((part) => (part.known !== undefined ? [part.known] : numbersIn(part)))
  if (flat.every((each) => each !== null)) {
    const inner = parts[0]?.known !== undefined ? [] : (parts[0]?.shape ?? [])
    return literalArray(flat.flat(), [parts.length, ...inner], range)
  }
  return arraysAt(range).stacked(parts)
}

/** One index of `x[i, 1:, mask]`. */
type Index =
  | { readonly kind: 'at'; readonly at: number }
  | { readonly kind: 'span'; readonly span: { readonly from?: number; readonly to?: number; readonly step?: number } }
  | { readonly kind: 'whole' }
  /** `...`: all axes that no other index names. */
  | { readonly kind: 'rest' }
  | { readonly kind: 'new' }
  | { readonly kind: 'array'; readonly value: NumberValue }
  | { readonly kind: 'counting' }
  | { readonly kind: 'unknown' }

const COUNTING = 'array.arange'
/** `np.arange(n)`, which as an index counts the rows. */
export const counting = (of: Value): BuiltinValue => ({ kind: 'builtin', name: COUNTING, of })

function indexOf(machine: Machine, code: Expression, place: Place): Index {
  if (code.kind === 'slice') return spanOf(machine, code, place)
  if (code.kind === 'name' && code.name === 'Ellipsis') return { kind: 'rest' }
  const value = evaluate(machine, code, place)
  if (value.kind === 'nothing') return { kind: 'new' }
  if (value.kind === 'builtin') return { kind: value.name === COUNTING ? 'counting' : 'unknown' }
  if (value.kind === 'number' && value.known !== undefined && !value.truth) return { kind: 'at', at: value.known }
  const range = rangeOf(machine, code)
  // `range(n)` and lists of whole numbers name rows as arrays do.
  const made = value.kind === 'reference' ? arrayFrom(machine, value, range) : value
  const array = arrayOf(machine, made, range)
  if (array && isCounting(array)) return { kind: 'counting' }
  return array ? { kind: 'array', value: array } : { kind: 'unknown' }
}

const isCounting = (array: NumberValue): boolean => {
  const numbers = array.shape?.length === 1 ? numbersIn(array) : null
  return numbers !== null && numbers.length > 0 && numbers.every((value, index) => value === index)
}

function spanOf(machine: Machine, code: SliceTerm, place: Place): Index {
  const bound = (each: Expression | null): number | null | undefined => {
    if (!each) return undefined
    const value = evaluate(machine, each, place)
    if (value.kind === 'nothing') return undefined
    return value.kind === 'number' ? (value.known ?? null) : null
  }
  const [from, to, step] = [bound(code.start), bound(code.stop), bound(code.step)]
  if (from === null || to === null || step === null) return { kind: 'unknown' }
  if (from === undefined && to === undefined && (step ?? 1) === 1) return { kind: 'whole' }
  const span = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
  return { kind: 'span', span: step === undefined ? span : { ...span, step } }
}

const NOT_KNOWN = 'index that is not known'

/** `x[…]` of an array, a list or a dictionary, as Python means it. */
export function indexed(machine: Machine, code: IndexTerm, place: Place): Value {
  const whole = evaluate(machine, code.object, place)
  const range = rangeOf(machine, code)
  if (whole.kind === 'reference') return listPart(machine, code, whole, place, range)
  if (whole.kind === 'builtin' && whole.name === SHAPE) return sizeAt(machine, code, whole, place, range)
  if (whole.kind === 'builtin' && whole.name === COLUMNS) return columnsOf(machine, code, place, range)
  const [only] = code.indices
  const key = only && code.indices.length === 1 && only.kind !== 'slice' ? evaluate(machine, only, place) : null
  if (key?.kind === 'text') return partOf(machine, whole, key.text ?? '', range)
  const array = arrayOf(machine, whole, range)
  if (!array) return whole.kind === 'opaque' ? whole : opaque(NOT_KNOWN)
  const indices = code.indices.map((each) => indexOf(machine, each, place))
  return partsOf(array, indices, range) ?? opaque(NOT_KNOWN, namesIn(array.expr))
}

/** `np.c_[a, b]`: vectors as columns, matrices side by side. */
const COLUMNS = 'np.c_'

function columnsOf(machine: Machine, code: IndexTerm, place: Place, range: Range): Value {
  const parts = code.indices.map((each) => arrayOf(machine, evaluate(machine, each, place), range))
  if (parts.some((part) => !part?.shape || part.shape.length === 0 || part.shape.length > 2)) return opaque(NOT_KNOWN)
  const columns = (parts as NumberValue[]).map((part) =>
    part.shape?.length === 1 ? arraysAt(range).reshaped(part, [...part.shape, 1]) : part,
  )
  return arraysAt(range).joined(columns, 1)
}

function sizeAt(machine: Machine, code: IndexTerm, whole: BuiltinValue, place: Place, range: Range): Value {
  const [index] = code.indices.map((each) => indexOf(machine, each, place))
  return index?.kind === 'at' && whole.of?.kind === 'number' ? sizeOf(whole.of, index.at, range) : opaque(NOT_KNOWN)
}

function listPart(
  machine: Machine,
  code: IndexTerm,
  whole: Value & { kind: 'reference' },
  place: Place,
  range: Range,
): Value {
  const object = objectOf(machine, whole)
  const [only, ...others] = code.indices
  if (!only || others.length > 0) return opaque(NOT_KNOWN)
  if (object.kind === 'list' && only.kind === 'slice') {
    const index = spanOf(machine, only, place)
    if (index.kind !== 'span' && index.kind !== 'whole') return opaque(NOT_KNOWN)
    const { from, to, step = 1 } = index.kind === 'span' ? index.span : {}
    if (Math.abs(Number(step)) !== 1) return opaque(NOT_KNOWN)
    const forward = Number(step) > 0
    if (!forward && (from !== undefined || to !== undefined)) return opaque(NOT_KNOWN)
    const items = object.items.slice(from as number | undefined, to as number | undefined)
    return allocate(machine, { kind: 'list', items: forward ? items : items.reverse(), label: null })
  }
  const key = evaluate(machine, only, place)
  if (key.kind === 'text' && key.text !== undefined) return partOf(machine, whole, key.text, range)
  if (key.kind !== 'number' || key.known === undefined) return opaque(NOT_KNOWN)
  const at = object.kind === 'list' && key.known < 0 ? key.known + object.items.length : key.known
  return partOf(machine, whole, at, range)
}

/** Indices with whole axes in place of `...`; `null` where it isn't known how many these are. */
function spelledOut(array: NumberValue, indices: readonly Index[]): readonly Index[] | null {
  const at = indices.findIndex(({ kind }) => kind === 'rest')
  if (at < 0) return indices
  const named = indices.filter(({ kind }) => kind !== 'rest' && kind !== 'new').length
  // Behind the last index any number of axes may follow.
  if (!array.shape) return at === indices.length - 1 ? indices.slice(0, at) : null
  const whole: Index[] = Array.from({ length: array.shape.length - named }, () => ({ kind: 'whole' }))
  return indices.toSpliced(at, 1, ...whole)
}

/** The part of an array that indices name; `null` where that can't be said in operations of the table. */
function partsOf(array: NumberValue, written: readonly Index[], range: Range): NumberValue | null {
  const indices = spelledOut(array, written)
  if (!indices) return null
  const [first, second] = indices
  if (first?.kind === 'counting' && second?.kind === 'array' && indices.length === 2)
    return arraysAt(range).picked(array, second.value)
  if (namesRows(first) && indices.slice(1).every(({ kind }) => kind === 'whole'))
    return arraysAt(range).rows(array, first.value)
  if (indices.some(({ kind }) => kind === 'new')) return withNewAxes(array, indices, range)
  const reordered = inOtherOrder(array, indices, range)
  if (reordered) return reordered
  let part = array
  let axis = 0
  for (const index of indices) {
    if (index.kind === 'at') part = arraysAt(range).slice(part, { axis, index: index.at })
    else if (index.kind === 'span') part = arraysAt(range).slice(part, { axis: axis++, ...index.span })
    else if (index.kind === 'whole') axis++
    else return null
  }
  return part
}

/** `x[::-1]`, `X[:, [2, 0]]`: rows or columns in an order that is known; `null` for any other index. */
function inOtherOrder(array: NumberValue, indices: readonly Index[], range: Range): NumberValue | null {
  const { shape } = array
  const axis = indices.findIndex((index) => index.kind !== 'whole')
  if (!shape || axis < 0 || axis > 1 || indices.some(({ kind }, at) => at !== axis && kind !== 'whole')) return null
  const numbers = placesNamed(indices[axis] as Index, shape[axis] ?? 0)
  if (!numbers || (axis === 1 && shape.length !== 2)) return null
  const { rows, transposed } = arraysAt(range)
  const places = literalArray(numbers, [numbers.length], range)
  return axis === 0 ? rows(array, places) : transposed(rows(transposed(array), places))
}

/** The places that a list of numbers names, or a slice that goes backwards. */
function placesNamed(index: Index, size: number): number[] | null {
  if (index.kind === 'array')
    return index.value.truth ? null : (numbersIn(index.value)?.map((at) => (at < 0 ? at + size : at)) ?? null)
  if (
    index.kind !== 'span' ||
    (index.span.step ?? 1) > 0 ||
    index.span.from !== undefined ||
    index.span.to !== undefined
  )
    return null
  const step = -(index.span.step ?? 1)
  return Array.from({ length: Math.ceil(size / step) }, (_place, k) => size - 1 - k * step)
}

/** Whole numbers that the inputs give name rows: one of them, or one for each of an array of numbers. */
const namesRows = (index: Index | undefined): index is Index & { kind: 'array' } =>
  index?.kind === 'array' && !index.value.truth

/** `x[:, None]`: another axis of size 1, where the sizes are known. */
function withNewAxes(array: NumberValue, indices: readonly Index[], range: Range): NumberValue | null {
  if (!array.shape || !indices.every(({ kind }) => kind === 'new' || kind === 'whole')) return null
  const shape: number[] = []
  let axis = 0
  for (const { kind } of indices) shape.push(kind === 'new' ? 1 : (array.shape[axis++] ?? 1))
  return arraysAt(range).reshaped(array, [...shape, ...array.shape.slice(axis)])
}

/** The array in which the part that indices name has another value; `null` where that can't be said. */
function withParts(
  array: NumberValue,
  written: readonly Index[],
  value: NumberValue,
  range: Range,
): NumberValue | null {
  const indices = spelledOut(array, written)
  if (!indices) return null
  const [first, second] = indices
  const { picked, pickedInto, repeated, rows } = arraysAt(range)
  const { n, sum, difference, product: times, choice } = formulas(range)
  if (indices.every(({ kind }) => kind === 'whole')) {
    if (!array.shape && value.known === undefined) return value
    const fits = value.shape && array.shape && value.shape.join() === array.shape.join()
    const isNumber = value.known !== undefined || value.shape?.length === 0
    if (!fits && isNumber) return repeated(value, array)
    return fits || !value.shape ? value : sum(times(array, n(0)), value)
  }
  if (first?.kind === 'array' && first.value.truth && indices.length === 1) return choice(first.value, value, array)
  if (first?.kind === 'counting' && second?.kind === 'array' && indices.length === 2) {
    const change = difference(value, picked(array, second.value))
    return sum(array, pickedInto(change, array, second.value))
  }
  // Of several rows one may be named twice: which of its values stays is not for a formula to say.
  if (namesRows(first) && first.value.shape?.length === 0 && indices.length === 1)
    return withRowsAdded(array, first.value, difference(value, rows(array, first.value)), range)
  return withSlices(array, indices, value, range)
}

/** The array to which parts are added, each at the row that a number names. */
export function withRowsAdded(array: NumberValue, numbers: NumberValue, parts: NumberValue, range: Range): NumberValue {
  return formulas(range).sum(array, arraysAt(range).rowsInto(parts, array, numbers))
}

/** Slices of slices: what changes is put back from the innermost outwards. */
function withSlices(
  array: NumberValue,
  indices: readonly Index[],
  value: NumberValue,
  range: Range,
): NumberValue | null {
  const { slice, sliceInto } = arraysAt(range)
  const { sum, difference } = formulas(range)
  const steps: { readonly of: NumberValue; readonly place: Slice }[] = []
  let part = array
  let axis = 0
  for (const index of indices) {
    if (index.kind !== 'at' && index.kind !== 'span') {
      if (index.kind !== 'whole') return null
      axis++
      continue
    }
    const place: Slice = index.kind === 'at' ? { axis, index: index.at } : { axis: axis++, ...index.span }
    steps.push({ of: part, place })
    part = slice(part, place)
  }
  return sum(
    array,
    steps.reduceRight((inner, { of, place }) => sliceInto(inner, of, place), difference(value, part)),
  )
}

/** A part of an array that is written to: what it holds, and how the whole gets another one. */
export function arrayPlace(machine: Machine, code: IndexTerm, place: Place) {
  const whole = evaluate(machine, code.object, place)
  const range = rangeOf(machine, code)
  const array = arrayOf(machine, whole, range)
  if (!array) return null
  const indices = code.indices.map((each) => indexOf(machine, each, place))
  return {
    before: (): Value => partsOf(array, indices, range) ?? opaque(NOT_KNOWN, namesIn(array.expr)),
    store: (value: Value): Value => {
      const number = asNumber(machine, value, range, '')
      const after = number ? withParts(array, indices, number, range) : null
      const named = changedInPlace(machine, array, after, nameIn(code.object), range)
      if (named.kind === 'opaque') forget(machine, [whole, value], NOT_KNOWN)
      assignInto(machine, code.object, named, place)
      return value
    },
  }
}

/** What the variable or field is called in which an array is held. */
export const nameIn = (code: Span | Expression | undefined): string => {
  if (!code || !('kind' in code)) return 'array'
  if (code.kind === 'name') return code.name
  if (code.kind === 'member') return code.key
  return code.kind === 'index' ? nameIn(code.object) : 'array'
}

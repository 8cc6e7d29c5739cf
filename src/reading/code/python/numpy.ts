/** Functions of NumPy on arrays: entries of the table as NumPy calls them, and what it has beside them. */

import { isMatrixProduct, MEAN } from '../../../operations/arrays'
import { composedSpelled } from '../../../operations/composed'
import { operationSpelled } from '../../../operations/index'
import type { Attributes, Operation } from '../../../operations/operation'
import type { Range } from '../../statement'
import { applied, composedOf, formulas, nameFor, operated, rowsTimes } from '../arithmetic'
import type { Argument, Call } from '../calls'
import { collectionOf } from '../collections'
import { changedInPlace } from '../effects'
import { truthOf } from '../expression'
import { known, type Machine, rangeOf, shared } from '../machine'
import { applyTo, arrayFrom, arrayOf, arraysAt, nameIn, sizeOf, withRowsAdded } from '../ndarray'
import { NOTHING, type NumberValue, namesIn, type OpaqueValue, opaque, type Value } from '../value'
import { arrayAttribute } from './attributes'
import { einsum, tensordot } from './einsum'
import { axesOf, type Given, givenIn, listOf, UNKNOWN_SIZE, wholeNumber } from './given'
import { filledLike, MAKERS } from './makers'
import { ORDERS } from './orders'
import { randomArray } from './random'
import { SHAPES } from './shapes'

type Function = (given: Given, args: readonly NumberValue[]) => Value

const BOUNDS = ['a_min', 'a_max'].map((bound) => [bound, bound.slice(2)])

const FUNCTIONS: Readonly<Record<string, Function>> = {
  var: (given, args) => variance(given, args),
  std: (given, args) => {
    const value = variance(given, args)
    return value.kind === 'number' ? formulas(given.range).root(value) : value
  },
  clip: ({ machine, plain, named, range }, [a]) => {
    if (!a) return opaque('not a number')
    const { larger, smaller } = formulas(range)
    const [low, high] = BOUNDS.map((names, k) => names.map((name) => named(name)).find(Boolean) ?? plain[k + 1]).map(
      (bound) => (bound && bound.kind !== 'nothing' ? (arrayOf(machine, bound, range) ?? 'unknown') : null),
    )
    if (low === 'unknown' || high === 'unknown') return opaque('not a number')
    const above = low ? larger(a, low) : a
    return high ? smaller(above, high) : above
  },
  zeros_like: ({ range }, [a]) => filledLike(0, a, range),
  ones_like: ({ range }, [a]) => filledLike(1, a, range),
  copy: ({ machine, range }, [a]) => copied(machine, a, range),
  ascontiguousarray: ({ machine, range }, [a]) => copied(machine, a, range),
  empty_like: ({ range }, [a]) => filledLike(0, a, range),
  full_like: ({ range, plain, named }, [a]) => {
    const value = wholeNumber(named('fill_value') ?? plain[1])
    return value === null ? opaque('not a number') : filledLike(value, a, range)
  },
  diagflat: (given, [a]) => {
    const entry = operationSpelled('python', 'np.diag')
    const count = a?.shape?.reduce((n, size) => n * size, 1)
    if (!a || !entry || count === undefined) return opaque(UNKNOWN_SIZE)
    return applyTo(entry.name, [arraysAt(given.range).reshaped(a, [count])], given.range)
  },
  tensordot,
  item: ({ plain, range }, [a]) =>
    a && plain.length === 1 ? arraysAt(range).sumAlong(a, null) : opaque('index that is not known'),
  isnan: ({ range }) => known(0, range, true),
  isfinite: ({ range }) => known(1, range, true),
  ...SHAPES,
  ...ORDERS,
}

/** Entries of the table that NumPy calls with arguments of its own. */
const OF_TABLE: readonly (readonly [name: RegExp, call: Function])[] = [
  [
    /^log$/,
    ({ range }, [a, base]) => {
      if (!a) return opaque('not a number')
      const { logarithm, quotient } = formulas(range)
      return base ? quotient(logarithm(a), logarithm(base)) : logarithm(a)
    },
  ],
  [/^(round|around|rint)$/, (given, args) => rounded(given, args)],
  [/^(linalg\.)?norm$/, (given, args) => lengthOf(given, args)],
  [
    /^size$/,
    ({ plain, named, range }, [a]) => {
      const said = named('axis') ?? plain[1]
      const axis = said ? wholeNumber(said) : null
      return a && (!said || axis !== null) ? sizeOf(a, axis, range) : opaque('axis that is not known')
    },
  ],
  [
    /^diag$/,
    ({ named, plain, range }, [a]) => {
      const entry = operationSpelled('python', a?.shape?.length === 2 ? 'np.diagonal' : 'np.diag')
      return a && entry && !(named('k') ?? plain[1]) ? applyTo(entry.name, [a], range) : opaque(UNKNOWN_SIZE)
    },
  ],
]

function reduction(op: string, given: Given, [a]: readonly NumberValue[]): Value {
  const { range, named } = given
  const axes = axesOf(given)
  if (!a) return opaque('not a number')
  if (axes === undefined) return opaque('axis that is not known', namesIn(a.expr))
  const keep = named('keepdims')
  const keeps = keep !== undefined && truthOf(keep) === true
  const attributes = (axis: number | null): Attributes => ({ axis, ...(keeps ? { keep: true } : {}) })
  if (axes === null) return applyTo(op, [a], range, attributes(null))
  const sorted = axes.map((axis) => (axis < 0 && a.shape ? axis + a.shape.length : axis)).toSorted((x, y) => y - x)
  if (sorted.length > 1 && sorted.some((axis) => axis < 0)) return opaque('axis that is not known', namesIn(a.expr))
  return sorted.reduce((all, axis) => applyTo(op, [all], range, attributes(axis)), a)
}

/** Halves go to the even neighbour, which no entry of the table does: only what is known is rounded. */
function rounded({ named, plain, range }: Given, [a]: readonly NumberValue[]): Value {
  const digits = named('ndigits') ?? named('decimals') ?? plain[1]
  if (a?.known === undefined || (digits && wholeNumber(digits) !== 0)) return opaque('rounding')
  const below = Math.floor(a.known)
  const isHalf = a.known - below === 0.5
  return known(isHalf ? below + Math.abs(below % 2) : Math.round(a.known), range)
}

/** The Euclidean norm, of vectors along an axis or of all entries; any other says its order. */
function lengthOf(given: Given, args: readonly NumberValue[]): Value {
  const { named, plain } = given
  const [a] = args
  const order = named('ord') ?? plain[1]
  const axis = named('axis') ?? plain[2]
  const isVector = a?.shape?.length === 1 || (axis !== undefined && axis.kind !== 'nothing')
  const isPlain = !order || order.kind === 'nothing' || (wholeNumber(order) === 2 && isVector)
  const entry = operationSpelled('python', 'np.linalg.norm')
  if (!isPlain || !entry) return opaque('norm of an order of its own')
  return reduction(entry.name, { ...given, plain: [plain[0] ?? NOTHING, ...(axis ? [axis] : [])] }, args)
}

/** The mean of the squared distances from the mean. */
function variance(given: Given, [a]: readonly NumberValue[]): Value {
  const { range } = given
  const axes = axesOf(given)
  if (!a || axes === undefined || ((axes?.length ?? 0) > 1 && !a.shape)) return opaque('axis that is not known')
  const middle = (axes ?? [null]).reduce<NumberValue>(
    (all, axis) => applyTo(MEAN, [all], range, { axis, ...(axis === null ? {} : { keep: true }) }),
    a,
  )
  const { n, power, difference } = formulas(range)
  return reduction(MEAN, given, [power(difference(a, middle), n(2))])
}

export function copied(machine: Machine, value: Value | undefined, range: Range): Value {
  const array = value ? arrayOf(machine, value, range) : null
  if (array) return arraysAt(range).copy(array)
  const items = value ? collectionOf(machine, value) : null
  return items ? listOf(machine, items) : opaque('copy that is not known')
}

/** Whether NumPy has something of this name that is understood. */
export const isInNumpy = (name: string): boolean =>
  [FUNCTIONS, MAKERS].some((table) => Object.hasOwn(table, name)) ||
  (operationSpelled('python', `np.${name}`) ?? composedSpelled('python', `np.${name}`)) !== undefined

/** A call of one of its functions; `null` where it is none that is known. */
export function numpy(machine: Machine, name: string, written: Call): Value | null {
  const given = givenIn(machine, written)
  if (name.startsWith('random.')) return randomArray(given, name.slice(7))
  const asked = new Set<string>()
  const named = (keyword: string) => {
    asked.add(keyword)
    return given.named(keyword)
  }
  const value = made(name, { ...given, named })
  // What changes the result and isn't understood leaves nothing known.
  const other = written.args.find((arg) => arg.keyword && !asked.has(arg.keyword) && changesResult(arg))
  return other && value?.kind === 'number' ? opaque(`np.${name} with ${other.keyword} is not supported`) : value
}

/** How numbers are stored changes none of them. */
const STORED = /^(dtype|order|copy|casting|subok|like|optimize|device)$/

const changesResult = ({ keyword, value }: Argument): boolean =>
  !STORED.test(keyword ?? '') && value.kind !== 'nothing' && !(value.kind === 'number' && value.known === 0)

function made(name: string, given: Given): Value | null {
  const { plain } = given
  if (Object.hasOwn(MAKERS, name)) return MAKERS[name]?.(given) ?? null
  if (name === ADD_AT) return addedAt(given)
  const isText = name === EINSUM
  const args = arraysIn(given, isText ? plain.slice(1) : plain)
  if (!Array.isArray(args)) return args
  const value = isText ? einsum(given, args) : ofArrays(given, name, args)
  return writtenOut(given, value)
}

const EINSUM = 'einsum'
const DOT = /dot|inner/
const ADD_AT = 'add.at'

/** The arrays that a function is given, up to what is none; what isn't known where one of them isn't. */
function arraysIn({ machine, range }: Given, values: readonly Value[]): NumberValue[] | OpaqueValue {
  const args: NumberValue[] = []
  for (const value of values) {
    if (value.kind === 'opaque') return opaque(value.reason, value.uses)
    const array = arrayOf(machine, value, range) ?? listAsArray(machine, value, range)
    if (!array) break
    args.push(shared(machine, array, range))
  }
  return args
}

function ofArrays(given: Given, name: string, args: readonly NumberValue[]): Value | null {
  const { machine, range, written } = given
  const callee = rangeOf(machine, written.callee)
  const own = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : OF_TABLE.find(([each]) => each.test(name))?.[1]
  if (own) return own(given, args)
  const [first] = args
  const attribute = first && arrayAttribute(machine, first, name, range)
  if (attribute) return attribute
  const composed = composedSpelled('python', `np.${name}`)
  const entry = operationSpelled('python', `np.${name}`) ?? operationSpelled('python', name)
  const value = composed
    ? composedOf(composed, args, range, callee)
    : entry && entryOn(entry, name, given, args, callee)
  return value ?? notKnown(name, args)
}

/** `out=`: the array that is given there holds the result from now on. */
function writtenOut({ machine, named, range }: Given, value: Value | null): Value | null {
  const out = named('out')
  const old = out && out.kind !== 'nothing' ? arrayOf(machine, out, range) : null
  if (!old || value === null) return value
  return changedInPlace(machine, old, value.kind === 'number' ? value : null, 'out', range)
}

/** `np.add.at(a, i, v)`: each part is added at its row of the array that is given, twice where the row is named twice. */
function addedAt({ machine, plain, range, written }: Given): Value {
  const [array, numbers, parts] = plain.map(
    (value) => arrayOf(machine, value, range) ?? listAsArray(machine, value, range),
  )
  if (!array) return opaque('not a number')
  const after = numbers && parts && !numbers.truth ? withRowsAdded(array, numbers, parts, range) : null
  changedInPlace(machine, array, after, nameIn(written.args[0]?.code), range)
  return NOTHING
}

/** An entry of the table on arrays, as NumPy calls it; `undefined` where an input is missing. */
function entryOn(
  entry: Operation,
  name: string,
  given: Given,
  args: readonly NumberValue[],
  callee: Range,
): Value | undefined {
  const { range } = given
  if (args.length < (entry.arity ?? 1)) return undefined
  if (entry.elementwise && given.plain.length > (entry.arity ?? Number.POSITIVE_INFINITY)) return undefined
  if (entry.elementwise) return applied(entry.name, args.slice(0, entry.arity ?? args.length), range, callee)
  if (entry.arity === 1) return reduction(entry.name, given, args)
  // `np.dot` of two stacks is another thing.
  const [a, b] = args
  const isProduct = isMatrixProduct(entry.name)
  if (isProduct && !DOT.test(name)) return operated('@', args, range)
  const rows = isProduct && a && b ? rowsTimes(a, b, range) : null
  return rows ?? applyTo(nameFor(entry, args), args, range)
}

const notKnown = (name: string, args: readonly NumberValue[]): Value =>
  opaque(
    `np.${name} is not supported`,
    args.flatMap(({ expr }) => namesIn(expr)),
  )

function listAsArray(machine: Machine, value: Value, range: Range): NumberValue | null {
  const array = value.kind === 'reference' ? arrayFrom(machine, value, range) : null
  return array?.kind === 'number' ? array : null
}

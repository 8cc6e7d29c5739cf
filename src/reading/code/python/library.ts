/** What Python, `math` and NumPy bring along, on the machine's values. */

import { SUM } from '../../../operations/algebra'
import { MEAN } from '../../../operations/arrays'
import { composedSpelled } from '../../../operations/composed'
import { operationSpelled } from '../../../operations/index'
import type { Attributes, Operation } from '../../../operations/operation'
import type { Range } from '../../statement'
import { applied, composedOf, constantNamed, formulas, mathFunction, nameFor } from '../arithmetic'
import { type Argument, apply, type Call } from '../calls'
import { collectionOf } from '../collections'
import { truthOf } from '../expression'
import type { Language } from '../language'
import { allocate, define, freshKey, inputOf, known, type Machine, rangeOf } from '../machine'
import { nameOf } from '../names'
import { applyTo, arrayFrom, arrayOf, arraysAt, counting, entriesOf, literalArray, shapeOf, sizeOf } from '../ndarray'
import { NOTHING, type NumberValue, namesIn, opaque, type Value } from '../value'
import { readPython } from './source'

const GLOBALS = new Set(
  'len range enumerate zip reversed sorted sum max min abs pow round float int bool list tuple dict set map filter any all isinstance print type str super hasattr getattr'.split(
    ' ',
  ),
)
/** What people call the modules. */
const MODULES: Readonly<Record<string, string>> = {
  numpy: 'np',
  math: 'np',
  np: 'np',
  cmath: 'np',
  'autograd.numpy': 'np',
  'jax.numpy': 'np',
  jnp: 'np',
  cupy: 'np',
  cp: 'np',
  xp: 'np',
  'numpy.linalg': 'np.linalg',
  'numpy.random': 'np.random',
  'scipy.special': 'np',
  copy: 'copy',
}

const CONSTANTS: Readonly<Record<string, string>> = {
  pi: 'Math.PI',
  e: 'Math.E',
  inf: 'Infinity',
  nan: 'NaN',
  Inf: 'Infinity',
  NaN: 'NaN',
}

export const PYTHON: Language = {
  read: readPython,
  brings: true,
  nameMeans: (name) => {
    if (GLOBALS.has(name)) return { kind: 'builtin', name: `py.${name}` }
    return /^(np|numpy|math|jnp|xp|cp)$/.test(name) ? { kind: 'builtin', name: 'np' } : null
  },
  imported: (source, name, range) => {
    const module = Object.hasOwn(MODULES, source) ? MODULES[source] : undefined
    if (module === undefined) return null
    return name === null ? { kind: 'builtin', name: module } : memberOf(module, name, range)
  },
  starred: (source, name) => {
    const module = Object.hasOwn(MODULES, source) ? MODULES[source] : undefined
    return module !== undefined && isKnownIn(module, name) ? memberOf(module, name, { start: 0, end: 0 }) : null
  },
  attribute: (machine, of, key, range) => attributeOf(machine, of, key, range),
  call: (machine, name, of, written) => callOf(machine, name, of, written),
}

/** `np.pi`, `np.exp`, `np.linalg`. */
function memberOf(module: string, key: string, range: Range): Value {
  const constant = Object.hasOwn(CONSTANTS, key) ? constantNamed(CONSTANTS[key] as string, range) : null
  if (constant) return constant
  return key === 'newaxis' ? NOTHING : { kind: 'builtin', name: `${module}.${key}` }
}

/** Attributes that only arrays have. */
const METHODS = new Set(
  'sum mean max min prod std var dot copy reshape flatten ravel transpose argmax cumsum trace astype item tolist squeeze clip conj fill'.split(
    ' ',
  ),
)

function attributeOf(machine: Machine, of: Value, key: string, range: Range): Value | null {
  if (of.kind === 'builtin') return /^(np|copy)(\.\w+)*$/.test(of.name) ? memberOf(of.name, key, range) : null
  if (of.kind === 'reference' && METHODS_OF_LISTS.has(key)) return { kind: 'builtin', name: `items.${key}`, of }
  if (of.kind !== 'number' && of.kind !== 'free') return null
  const array = () => arrayOf(machine, of, range) as NumberValue
  if (key === 'T') return arraysAt(range).transposed(array())
  if (key === 'shape') return shapeOf(machine, array(), range)
  if (key === 'size') return sizeOf(array(), null, range)
  if (key === 'ndim') {
    const rank = array().shape?.length
    return rank === undefined ? opaque('number of axes that is not known') : known(rank, range)
  }
  if (METHODS.has(key)) return { kind: 'builtin', name: `method.${key}`, of }
  return of.kind === 'number' ? opaque('attribute that is not known', namesIn(of.expr)) : null
}

/** What lists and dictionaries of Python call otherwise than those of JavaScript. */
const METHODS_OF_LISTS = new Set('append extend insert items values keys get copy index count'.split(' '))

function callOf(machine: Machine, name: string, of: Value | undefined, written: Call): Value | null {
  const dot = name.indexOf('.')
  const [family, key] = [name.slice(0, dot), name.slice(dot + 1)]
  if (family === 'py') return builtin(machine, key, written)
  if (family === 'np') return numpy(machine, key, written)
  if (family === 'copy') return copied(machine, written.args[0]?.value, rangeOf(machine, written.code))
  if (family === 'method' && of) {
    if (key === 'copy' || key === 'astype' || key === 'tolist')
      return copied(machine, of, rangeOf(machine, written.code))
    const args = [{ value: of, code: written.callee }, ...written.args]
    return numpy(machine, key, { ...written, args })
  }
  if (family === 'items' && of?.kind === 'reference') return listMethod(machine, key, of, written)
  return null
}

function copied(machine: Machine, value: Value | undefined, range: Range): Value {
  const array = value ? arrayOf(machine, value, range) : null
  if (array) return arraysAt(range).copy(array)
  const items = value ? collectionOf(machine, value) : null
  return items ? allocate(machine, { kind: 'list', items, label: null }) : opaque('copy that is not known')
}

interface Given {
  readonly machine: Machine
  readonly range: Range
  /** Arguments by place. */
  readonly plain: readonly Value[]
  readonly named: (keyword: string) => Value | undefined
  readonly written: Call
}

function givenIn(machine: Machine, written: Call): Given {
  const { args } = written
  return {
    machine,
    range: rangeOf(machine, written.code),
    plain: args.filter(({ keyword }) => !keyword).map(({ value }) => value),
    named: (keyword) => args.find((arg: Argument) => arg.keyword === keyword)?.value,
    written,
  }
}

const listOf = (machine: Machine, items: readonly Value[]): Value =>
  allocate(machine, { kind: 'list', items, label: null })

const UNKNOWN_LENGTH = 'list of unknown length'

/** The items that a loop runs over: those of a list, or the entries along the first axis of an array. */
const itemsOf = (machine: Machine, value: Value, range: Range): readonly Value[] | null =>
  collectionOf(machine, value) ?? entriesOf(machine, value, range)

const MOST_ITEMS = 10_000

function rangeItems({ machine, plain, range }: Given): Value {
  const bounds = plain.map((value) => (value.kind === 'number' ? value.known : undefined))
  if (bounds.includes(undefined)) return opaque('loop with unknown bounds')
  const [a = 0, b, step = 1] = bounds as number[]
  const [from, to] = b === undefined ? [0, a] : [a, b]
  const count = step === 0 ? 0 : Math.max(0, Math.ceil((to - from) / step))
  if (count > MOST_ITEMS) return opaque('loop with many rounds')
  return listOf(
    machine,
    Array.from({ length: count }, (_item, index) => known(from + index * step, range)),
  )
}

function builtin(machine: Machine, name: string, written: Call): Value | null {
  const given = givenIn(machine, written)
  const { plain, range } = given
  const [first, second] = plain
  const items = first ? itemsOf(machine, first, range) : null
  switch (name) {
    case 'range':
      return rangeItems(given)
    case 'len':
      if (first?.kind === 'reference') return items ? known(items.length, range) : opaque(UNKNOWN_LENGTH)
      return onArray(given, (array) => sizeOf(array, 0, range))
    case 'enumerate': {
      const start = second?.kind === 'number' ? (second.known ?? 0) : 0
      return items
        ? listOf(
            machine,
            items.map((item, index) => listOf(machine, [known(index + start, range), item])),
          )
        : opaque(UNKNOWN_LENGTH)
    }
    case 'zip': {
      const lists = plain.map((value) => itemsOf(machine, value, range))
      if (lists.some((list) => !list)) return opaque(UNKNOWN_LENGTH)
      const count = Math.min(...lists.map((list) => list?.length ?? 0))
      const rows = Array.from({ length: count }, (_row, k) =>
        listOf(
          machine,
          lists.map((list) => list?.[k] ?? NOTHING),
        ),
      )
      return listOf(machine, rows)
    }
    case 'reversed':
      return items ? listOf(machine, items.toReversed()) : opaque(UNKNOWN_LENGTH)
    case 'list':
    case 'tuple':
      if (!first) return listOf(machine, [])
      return items ? listOf(machine, items) : opaque(UNKNOWN_LENGTH)
    case 'map': {
      const rows = plain.slice(1).map((value) => itemsOf(machine, value, range))
      if (!first || rows.length !== 1 || !rows[0]) return opaque(UNKNOWN_LENGTH)
      const target = first
      return listOf(
        machine,
        rows[0].map((value) =>
          apply(machine, { ...written, target, args: [{ value, code: written.code }], self: null }),
        ),
      )
    }
    case 'sum':
      if (first?.kind === 'reference' && items) return folded(machine, SUM, items, range, second ?? known(0, range))
      return onArray(given, (array) => arraysAt(range).sumAlong(array, array.shape?.length === 1 ? null : 0))
    case 'max':
    case 'min':
      if (plain.length > 1) return folded(machine, name, plain, range)
      if (first?.kind === 'reference' && items && items.length > 0) return folded(machine, name, items, range)
      return numpy(machine, name, written)
    case 'float':
      return onArray(given, (array) => array)
    case 'int':
      return onArray(given, (array) => mathFunction('Math.trunc', [array], range, range) ?? opaque('rounding'))
    case 'print':
      return NOTHING
    case 'isinstance':
    case 'hasattr':
    case 'type':
      return opaque('type that is not known')
    case 'str':
      return { kind: 'text', text: undefined }
    default:
      return operationSpelled('python', name) ? numpy(machine, name, written) : null
  }
}

/** A list folded from the left. */
function folded(machine: Machine, op: string, items: readonly Value[], range: Range, start?: Value): Value {
  const numbers = [...(start ? [start] : []), ...items].map((item) => arrayOf(machine, item, range))
  if (numbers.some((each) => !each)) return opaque('not a number')
  const [head, ...rest] = numbers as NumberValue[]
  // Nothing is added to nothing.
  if (start && head?.known === 0 && rest[0])
    return rest.slice(1).reduce((sum, each) => applied(op, [sum, each], range), rest[0])
  return head ? rest.reduce((sum, each) => applied(op, [sum, each], range), head) : NOTHING
}

function onArray({ machine, plain, range }: Given, make: (array: NumberValue) => Value): Value {
  const [first] = plain
  const array = first ? arrayOf(machine, first, range) : null
  if (array) return make(array)
  const made = first ? arrayFrom(machine, first, range) : opaque('not a number')
  return made.kind === 'number' ? make(made) : made
}

type Function = (given: Given, args: readonly NumberValue[]) => Value

const FUNCTIONS: Readonly<Record<string, Function>> = {
  var: (given, args) => variance(given, args),
  std: (given, args) => {
    const value = variance(given, args)
    return value.kind === 'number' ? formulas(given.range).root(value) : value
  },
  clip: ({ range }, [a, low, high]) => {
    if (!a) return opaque('not a number')
    const { larger, smaller } = formulas(range)
    const above = low ? larger(a, low) : a
    return high ? smaller(above, high) : above
  },
  transpose: ({ range, plain }, [a]) =>
    a && plain.length === 1 ? arraysAt(range).transposed(a) : opaque('permutation of axes'),
  zeros_like: ({ range }, [a]) => filled(0, a, range),
  ones_like: ({ range }, [a]) => filled(1, a, range),
  copy: ({ machine, range }, [a]) => copied(machine, a, range),
  flatten: ({ range }, [a]) => flattened(a, range),
  ravel: ({ range }, [a]) => flattened(a, range),
  reshape: (given, [a]) => reshaped(given, a),
  squeeze: ({ range }, [a]) => {
    if (!a?.shape) return opaque('size that is not known')
    return arraysAt(range).reshaped(
      a,
      a.shape.filter((size) => size !== 1),
    )
  },
  expand_dims: (given, [a]) => {
    const { named, plain, range } = given
    const axis = wholeNumber(named('axis') ?? plain[1])
    if (!a?.shape || axis === null) return opaque('size that is not known')
    const shape = [...a.shape]
    shape.splice(axis < 0 ? axis + shape.length + 1 : axis, 0, 1)
    return arraysAt(range).reshaped(a, shape)
  },
  item: ({ range }, [a]) => (a ? arraysAt(range).sumAlong(a, null) : opaque('not a number')),
  isnan: ({ range }) => known(0, range, true),
  isfinite: ({ range }) => known(1, range, true),
}

const filled = (value: number, like: NumberValue | undefined, range: Range): Value => {
  if (!like) return opaque('not a number')
  if (like.shape) return filledWith(value, like.shape, range)
  return arraysAt(range).repeated(known(value, range), like)
}

const MOST_ENTRIES = 2_000

function filledWith(value: number, shape: readonly number[], range: Range): Value {
  const count = shape.reduce((n, size) => n * size, 1)
  if (shape.length === 0) return known(value, range)
  if (count > MOST_ENTRIES) return opaque('too long')
  return literalArray(
    Array.from({ length: count }, () => value),
    shape,
    range,
  )
}

const wholeNumber = (value: Value | undefined): number | null =>
  value?.kind === 'number' && value.known !== undefined ? value.known : null

/** The axes that `axis=` names; `null`: none; `undefined`: not known. */
function axesOf({ machine, named, plain }: Given): readonly number[] | null | undefined {
  const value = named('axis') ?? plain[1]
  if (!value || value.kind === 'nothing') return null
  const several = collectionOf(machine, value)
  const axes = (several ?? [value]).map((each) => wholeNumber(each))
  return axes.includes(null) ? undefined : (axes as number[])
}

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

/** The mean of the squared distances from the mean. */
function variance(given: Given, [a]: readonly NumberValue[]): Value {
  const { range } = given
  const axes = axesOf(given)
  if (!a || axes === undefined || (axes?.length ?? 0) > 1) return opaque('axis that is not known')
  const middle = applyTo(MEAN, [a], range, { axis: axes?.[0] ?? null, ...(axes ? { keep: true } : {}) })
  const { n, power, difference } = formulas(range)
  return reduction(MEAN, given, [power(difference(a, middle), n(2))])
}

const flattened = (a: NumberValue | undefined, range: Range): Value => {
  if (!a) return opaque('not a number')
  const count = a.shape?.reduce((n, size) => n * size, 1)
  return arraysAt(range).reshaped(a, [count ?? -1])
}

/** `x.reshape(2, -1)`, `np.reshape(x, (2, -1))`. */
function reshaped({ machine, plain, range }: Given, a: NumberValue | undefined): Value {
  const sizes = sizesGiven(machine, plain.slice(1))
  if (!a || !sizes) return opaque('size that is not known')
  const count = a.shape?.reduce((n, size) => n * size, 1)
  const known_ = sizes.reduce((n, size) => (size < 0 ? n : n * size), 1)
  const shape = sizes.map((size) => (size < 0 && count !== undefined ? count / known_ : size))
  return arraysAt(range).reshaped(a, shape)
}

function sizesGiven(machine: Machine, values: readonly Value[]): number[] | null {
  const [first] = values
  const items = (first && values.length === 1 ? collectionOf(machine, first) : null) ?? values
  const sizes = items.map((value) => wholeNumber(value))
  return sizes.length === 0 || sizes.includes(null) ? null : (sizes as number[])
}

/** Arrays that are made of sizes or lists. */
const MAKERS: Readonly<Record<string, (given: Given) => Value>> = {
  array: ({ machine, plain, range }) => arrayFrom(machine, plain[0] ?? NOTHING, range),
  asarray: ({ machine, plain, range }) => keptArray(machine, plain[0], range),
  asanyarray: ({ machine, plain, range }) => keptArray(machine, plain[0], range),
  float64: ({ machine, plain, range }) => keptArray(machine, plain[0], range),
  float32: ({ machine, plain, range }) => keptArray(machine, plain[0], range),
  zeros: (given) => ofSizes(given, 0),
  ones: (given) => ofSizes(given, 1),
  empty: (given) => ofSizes(given, 0),
  eye: (given) => identity(given),
  identity: (given) => identity(given),
  arange: (given) => {
    const items = collectionOf(given.machine, rangeItems(given))
    const numbers = items?.map((item) => (item.kind === 'number' ? (item.known ?? 0) : 0))
    if (numbers) return literalArray(numbers, [numbers.length], given.range)
    return given.plain.length === 1 ? counting(given.plain[0] as Value) : opaque(UNKNOWN_LENGTH)
  },
  concatenate: (given) => joined(given, 0),
  hstack: (given) => joined(given, 1),
  vstack: (given) => joined(given, 0),
  stack: (given) => stacked(given),
}

const NUMPY = [CONSTANTS, FUNCTIONS, MAKERS]

const isKnownIn = (module: string, name: string): boolean =>
  module === 'np' &&
  (NUMPY.some((table) => Object.hasOwn(table, name)) ||
    (operationSpelled('python', `np.${name}`) ?? composedSpelled('python', `np.${name}`)) !== undefined)

function keptArray(machine: Machine, value: Value | undefined, range: Range): Value {
  if (value?.kind === 'number' || value?.kind === 'free') return value
  return arrayFrom(machine, value ?? NOTHING, range)
}

function ofSizes({ machine, plain, range }: Given, value: number): Value {
  const sizes = sizesGiven(machine, plain.slice(0, 1))
  return sizes ? filledWith(value, sizes, range) : opaque('size that is not known')
}

function identity({ plain, range }: Given): Value {
  const size = wholeNumber(plain[0])
  if (size === null || size > 40) return opaque('size that is not known')
  const entries = Array.from({ length: size * size }, (_entry, at) => (at % (size + 1) === 0 ? 1 : 0))
  return literalArray(entries, [size, size], range)
}

/** The arrays of a list, and the axis that is said; `null` where they aren't known. */
function listed({ machine, plain, named, range }: Given): { parts: NumberValue[]; axis: number | null } | null {
  const items = plain[0] ? collectionOf(machine, plain[0]) : null
  const parts = items?.map((item) => arrayOf(machine, item, range))
  if (!parts || parts.length === 0 || parts.some((each) => !each)) return null
  return { parts: parts as NumberValue[], axis: wholeNumber(named('axis') ?? plain[1]) }
}

/** End to end along an axis; vectors have just one. */
function joined(given: Given, along: number): Value {
  const list = listed(given)
  if (!list) return opaque(UNKNOWN_LENGTH)
  const { parts, axis } = list
  return arraysAt(given.range).joined(parts, axis ?? (parts[0]?.shape?.length === 1 ? 0 : along))
}

function stacked(given: Given): Value {
  const list = listed(given)
  if (!list) return opaque(UNKNOWN_LENGTH)
  return (list.axis ?? 0) === 0 ? arraysAt(given.range).stacked(list.parts) : opaque('permutation of axes')
}

function numpy(machine: Machine, name: string, written: Call): Value | null {
  const given = givenIn(machine, written)
  const { plain, range } = given
  if (name.startsWith('random.')) return randomArray(given, name.slice(7))
  if (Object.hasOwn(MAKERS, name)) return MAKERS[name]?.(given) ?? null
  const callee = rangeOf(machine, written.callee)
  const args: NumberValue[] = []
  for (const value of plain) {
    if (value.kind === 'opaque') return opaque(value.reason, value.uses)
    const array = arrayOf(machine, value, range) ?? listAsArray(machine, value, range)
    if (!array) break
    args.push(usable(machine, array, range))
  }
  if (Object.hasOwn(FUNCTIONS, name)) return FUNCTIONS[name]?.(given, args) ?? null
  const composed = composedSpelled('python', `np.${name}`)
  const entry = operationSpelled('python', `np.${name}`) ?? operationSpelled('python', name)
  const value = composed ? composedOf(composed, args, range, callee) : entry && entryOn(entry, given, args, callee)
  return value ?? notKnown(name, args)
}

/** An entry of the table on arrays, as NumPy calls it; `undefined` where an input is missing. */
function entryOn(entry: Operation, given: Given, args: readonly NumberValue[], callee: Range): Value | undefined {
  const { range } = given
  if (args.length < (entry.arity ?? 1)) return undefined
  if (entry.elementwise) return applied(entry.name, args.slice(0, entry.arity ?? args.length), range, callee)
  return entry.arity === 1 ? reduction(entry.name, given, args) : applyTo(nameFor(entry, args), args, range)
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

/** What a composed function uses more than once has a name. */
const usable = (machine: Machine, value: NumberValue, range: Range): NumberValue =>
  value.expr.kind === 'apply' && machine.region
    ? define(machine, 'argument', value, { start: range.start, end: range.start })
    : value

/** Random numbers are an input: whatever they are, the gradient follows. */
function randomArray({ machine, plain, range }: Given, name: string): Value {
  const sizes = /^(rand|randn|random|random_sample)$/.test(name) ? sizesGiven(machine, plain) : null
  if (!/^(rand|randn|random|random_sample|normal|uniform)$/.test(name)) return opaque('randomness')
  const key = freshKey(machine, 'random')
  if (sizes) machine.shapes.set(key, sizes)
  const expr = inputOf(machine, nameOf('random', key), range, null)
  return { kind: 'number', expr, ...(sizes ? { shape: sizes } : {}) }
}

function listMethod(machine: Machine, key: string, of: Value & { kind: 'reference' }, written: Call): Value | null {
  const { plain, range } = givenIn(machine, written)
  const alias: Readonly<Record<string, string>> = { append: 'list.push', index: 'list.indexOf' }
  const items = collectionOf(machine, of)
  if (items && key === 'copy') return listOf(machine, items)
  if (items && Object.hasOwn(alias, key))
    return apply(machine, { ...written, target: { kind: 'builtin', name: alias[key] as string, of } })
  if (items && key === 'extend') {
    const more = plain[0] ? itemsOf(machine, plain[0], range) : null
    if (!more) return null
    const args = more.map((value) => ({ value, code: written.code }))
    return apply(machine, { ...written, args, target: { kind: 'builtin', name: 'list.push', of } })
  }
  if (!items && /^(items|values|keys)$/.test(key)) {
    const target: Value = { kind: 'builtin', name: `Object.${key === 'items' ? 'entries' : key}` }
    return apply(machine, { ...written, args: [{ value: of, code: written.code }], target })
  }
  return null
}

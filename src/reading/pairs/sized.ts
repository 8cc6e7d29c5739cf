/** Inputs of given sizes for functions that work on arrays, and the numbers that come out of them. */
import { asNumber } from '../code/arithmetic'
import type { Argument } from '../code/calls'
import type { FunctionCode, ParameterCode } from '../code/core'
import { allocate, freshKey, inputOf, known, type Machine, objectOf } from '../code/machine'
import { nameOf, partName } from '../code/names'
import type { NumberValue, Value } from '../code/value'
import type { Name, Range } from '../statement'
import { axesByUse, keysTaken, sizesByUse } from './use'

export type Shape = readonly number[]

/** An input, and the names of the graph's leaves that stand for it: one for an array, or one for each entry, row by row. */
export interface Slot {
  readonly name: string
  readonly leaves: readonly Name[]
  readonly shape: Shape
}

/** What a parameter is given: an array of a shape, or a whole number that is a size itself. */
export type Given = Shape | { readonly count: number }

/** An input whose sizes are to be found. */
export interface Sized {
  readonly name: string
  /** Numbers of axes that its type allows; `null`: any. */
  readonly axes: readonly number[] | null
  /** Set once, as weights are: it has no axis for the samples of a batch. */
  readonly isParameter: boolean
  /** It is a size itself: `input_size`. */
  readonly isCount: boolean
}

/** What settings are, that dictionaries hold beside arrays: of training, one step wide, some number. */
const SETTINGS: readonly (readonly [key: RegExp, value: string | number])[] = [
  [/^(mode|phase)$/, 'train'],
  [/pad/i, 0],
  [/^(pool|kernel|filter|window)|stride/i, 2],
  [/^(p|keep_?prob|drop\w*|momentum|eps\w*|rate|lr|learning_?rate|reg\w*|lambda\w*|alpha|decay)$/i, 0.5],
]

/** What people call dictionaries of weights. */
const WEIGHTS = /^(params?|parameters|weights|theta|model)$/i

const settingOf = (key: string): string | number | undefined => SETTINGS.find(([pattern]) => pattern.test(key))?.[1]

/** Where what is made up by the trial stands: nowhere in the text. */
export const SITE: Range = { start: 0, end: 0 }

/** Types of TypeScript and Python by the number of axes that they allow; an empty list: no number at all. */
const TYPES: readonly (readonly [type: RegExp, axes: readonly number[] | null])[] = [
  [
    /^(array|any|object|float|int|np\.float\w*|.*(nd|ND)[aA]rray.*|.*ArrayLike|(npt?\.|jnp\.)\w+|Array|Matrix|Vector)$/,
    null,
  ],
  [/^number$/, [0]],
  [/^(number\[\]|(Readonly)?Array<number>|Float(32|64)Array|[Ll]ist\[(float|int)\])$/, [1]],
  [
    /^(number\[\]\[\]|(Readonly)?Array<(number\[\]|Array<number>)>|Float(32|64)Array\[\]|[Ll]ist\[[Ll]ist\[\w+\]\])$/,
    [2],
  ],
]

function axesOf(type: string | null, isPython: boolean): readonly number[] | null {
  const text = type?.replace(/\breadonly\s+|\s*\|\s*(undefined|null|None)\b|\s/g, '') ?? ''
  if (text === '') return null
  const found = TYPES.find(([pattern], index) => (isPython || index > 0 || text === 'array') && pattern.test(text))
  return found ? found[1] : []
}

/** What people call sizes that a constructor is given. */
const COUNT =
  /^(n_?(in|out|inputs?|outputs?|hidden|units|neurons|nodes|features|classes|x|y|h)|num_\w+|\w*(size|dim|dims|units|neurons|nodes|features|channels|_count|_num|_len|_width)(_?(in|out|\d))?|(in|out|input|output|hidden)put?_?\w*(features|channels|n|s)?|[DHMNK]_?(in|out)?|d_(model|ff|k|v|in|out|hidden)|n?_?heads?|(pool|kernel|filter|window)_?(h|w|height|width)|stride|pad(ding)?)$/i

const callers = (code: FunctionCode): readonly ParameterCode[] =>
  code.takesSelf ? code.parameters.slice(1) : code.parameters

export const ownParameters = callers

/**
 * Parameters that a caller must give; `null` where one of them can't be numbers.
 * @param role weights are set once
 * @param users other functions that use them
 */
export function wanted(
  code: FunctionCode,
  role: 'weights' | 'inputs',
  isPython: boolean,
  users: readonly FunctionCode[] = [],
): Sized[] | null {
  const sized: Sized[] = []
  const used = isPython ? axesByUse([code, ...users]) : new Map<string, number>()
  const counts = role === 'weights' ? countsIn(code) : new Set<string>()
  const taken = isPython ? keysTaken(code) : new Map<string, ReadonlySet<string>>()
  for (const parameter of callers(code)) {
    const { pattern, type, fallback, rest } = parameter
    const smaller = smallerOne(counts, parameter)
    if (smaller !== null) sized.push({ ...A_COUNT, name: smaller })
    if (fallback || rest) continue
    const said = axesOf(type, isPython)
    if (pattern.kind !== 'name' || said?.length === 0) return null
    const keys = taken.get(pattern.name)
    if (keys) {
      const isParameter = role === 'weights' || WEIGHTS.test(pattern.name)
      for (const name of keys)
        if (settingOf(name) === undefined) sized.push({ name, axes: null, isParameter, isCount: false })
      continue
    }
    const count = used.get(pattern.name)
    const axes = said ?? (count === undefined ? null : [count])
    sized.push({ name: pattern.name, axes, isParameter: role === 'weights', isCount: counts.has(pattern.name) })
  }
  return sized
}

const A_COUNT = { axes: null, isParameter: true, isCount: true }
/** More entries than this nobody checks by hand. */
const MANY = 6

/** A size that is large unless it is said: `hidden=128` is tried with few as well. */
const smallerOne = (counts: ReadonlySet<string>, { pattern, fallback }: ParameterCode): string | null =>
  pattern.kind === 'name' && counts.has(pattern.name) && fallback?.kind === 'number' && fallback.value > MANY
    ? pattern.name
    : null

/** Of the parameters of a constructor those that only say how large something is. */
function countsIn(code: FunctionCode): Set<string> {
  const used = sizesByUse(code)
  return new Set(
    callers(code).flatMap(({ pattern, type }) =>
      pattern.kind === 'name' && (isCount(pattern.name, type) || used.has(pattern.name)) ? pattern.name : [],
    ),
  )
}

const isCount = (name: string, type: string | null): boolean => type === 'int' || (COUNT.test(name) && name.length > 1)

/** What people call the flag that says that a layer is learning. */
const TRAINING = /^_?(is_?)?(in_?)?train(ing)?(_?(mode|flag|flg|phase))?$/i

/** Arguments for the parameters that have no default, each an input of these sizes, or a dictionary of such. */
export function argumentsFor(
  machine: Machine,
  code: FunctionCode,
  sizes: ReadonlyMap<string, Given>,
  slots: Map<string, Slot>,
): (Argument & { readonly name: string })[] {
  const isPython = machine.file.language.brings
  const taken = isPython ? keysTaken(code) : new Map<string, ReadonlySet<string>>()
  const valueFor = (name: string): Value => {
    const given = sizes.get(name) ?? []
    return 'count' in given ? known(given.count, SITE) : inputOfSize(machine, name, given, slots)
  }
  return callers(code).flatMap(({ pattern, fallback, rest }) => {
    // A gradient follows in training alone, whatever a call without more says.
    if (pattern.kind === 'name' && fallback?.kind === 'truth' && TRAINING.test(pattern.name))
      return [{ name: pattern.name, value: known(1, SITE, true), code, keyword: isPython ? pattern.name : null }]
    if (pattern.kind !== 'name' || (fallback && !sizes.has(pattern.name)) || rest) return []
    const { name } = pattern
    const keys = taken.get(name)
    const value = keys ? dictionary(machine, keys, valueFor) : valueFor(name)
    return [{ name, value, code, keyword: isPython ? name : null }]
  })
}

function dictionary(machine: Machine, keys: ReadonlySet<string>, valueFor: (key: string) => Value): Value {
  const fields = new Map<string, Value>()
  for (const key of keys) {
    const setting = settingOf(key)
    if (setting === undefined) fields.set(key, valueFor(key))
    else fields.set(key, typeof setting === 'string' ? { kind: 'text', text: setting } : known(setting, SITE))
  }
  return allocate(machine, { kind: 'record', fields, label: null, open: false })
}

/** An input as the language holds arrays: one value, or lists of its entries. */
export function inputOfSize(machine: Machine, name: string, shape: Shape, slots: Map<string, Slot>): Value {
  const key = freshKey(machine, name)
  const whole = nameOf(name, key)
  if (shape.length === 0 || machine.file.language.brings) {
    slots.set(name, { name, leaves: [whole], shape })
    return { kind: 'number', expr: inputOf(machine, whole, SITE, key), shape }
  }
  const leaves: Name[] = []
  const value = listOf(machine, whole, shape, key, leaves)
  slots.set(name, { name, leaves, shape })
  return value
}

function listOf(machine: Machine, name: Name, [size = 0, ...inner]: Shape, root: string, leaves: Name[]): Value {
  const items = Array.from({ length: size }, (_item, index): Value => {
    const part = partName(name, index, `${name.key}[${index}]`)
    if (inner.length > 0) return listOf(machine, part, inner, root, leaves)
    leaves.push(part)
    return { kind: 'number', expr: inputOf(machine, part, SITE, root) }
  })
  return allocate(machine, { kind: 'list', items, label: name })
}

/** Lists of zeros. */
export const zeros = (machine: Machine, [size = 0, ...inner]: Shape): Value =>
  allocate(machine, {
    kind: 'list',
    items: Array.from({ length: size }, () => (inner.length > 0 ? zeros(machine, inner) : known(0, SITE))),
    label: null,
  })

/** The numbers of a value, row by row; `null` where it holds something else. */
export function numbersOf(machine: Machine, value: Value): NumberValue[] | null {
  if (value.kind !== 'reference') {
    const number = value.kind === 'nothing' ? null : asNumber(machine, value, SITE, '')
    return number && number.expr.kind !== 'opaque' ? [number] : null
  }
  const object = objectOf(machine, value)
  if (object.kind !== 'list') return null
  const parts = object.items.map((item) => numbersOf(machine, item))
  return parts.includes(null) ? null : (parts as NumberValue[][]).flat()
}

/** A value of the same form, with an input for each of its numbers: what arrives at it. */
export function mirrored(machine: Machine, value: Value, name: string, slots: Slot[]): Value {
  const leaves: { readonly name: Name; readonly shape: Shape }[] = []
  const mirror = mirrorOf(machine, value, name, leaves)
  const sizes = sizesOf(machine, value)
  if (sizes && leaves.length > 1 && leaves.every(({ shape }) => shape.length === 0))
    slots.push({ name, leaves: leaves.map((leaf) => leaf.name), shape: sizes })
  else
    leaves.forEach((leaf, index) => {
      slots.push({ name: index === 0 ? name : `${name}_${index + 1}`, leaves: [leaf.name], shape: leaf.shape })
    })
  return mirror
}

function mirrorOf(machine: Machine, value: Value, name: string, leaves: { name: Name; shape: Shape }[]): Value {
  if (value.kind === 'reference') {
    const object = objectOf(machine, value)
    const items = object.kind === 'list' ? object.items.map((item) => mirrorOf(machine, item, name, leaves)) : []
    return allocate(machine, { kind: 'list', items, label: null })
  }
  const own = nameOf(name, freshKey(machine, name))
  const shape = value.kind === 'number' ? value.shape : undefined
  leaves.push({ name: own, shape: shape ?? [] })
  return { kind: 'number', expr: inputOf(machine, own, SITE, null), ...(shape ? { shape } : {}) }
}

/** The sizes of nested lists of numbers, all of one length at each depth. */
function sizesOf(machine: Machine, value: Value): Shape | null {
  if (value.kind !== 'reference') return []
  const object = objectOf(machine, value)
  if (object.kind !== 'list') return null
  const inner = object.items.map((item) => sizesOf(machine, item))
  const [first] = inner
  return first && inner.every((each) => each?.join() === first.join()) ? [object.items.length, ...first] : null
}

/** Random numbers that the function drew: inputs of their own. */
export const randomOf = (machine: Machine): Slot[] =>
  [...machine.inputs.values()]
    .filter(({ name, root }) => root === null && name.plain === 'random')
    .map(({ name }) => ({ name: 'random', leaves: [name], shape: (machine.shapes.get(name.key) ?? []) as Shape }))

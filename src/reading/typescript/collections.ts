/** Methods of lists and records: `map`, `reduce`, `push`, `Object.values`. Lists have a known length here. */
import type { Range } from '../statement'
import { applied } from './arithmetic'
import { type Argument, invoke } from './calls'
import { truthOf } from './expression'
import { allocate, known, type Machine, objectOf } from './machine'
import { write } from './state'
import { NOTHING, opaque, type Value } from './value'

const MAX_LENGTH = 10_000

/** The items of a list; `null` for anything else. */
export function collectionOf(machine: Machine, value: Value): readonly Value[] | null {
  const object = value.kind === 'reference' ? objectOf(machine, value) : null
  return object?.kind === 'list' ? object.items : null
}

const listOf = (machine: Machine, items: readonly Value[]): Value =>
  allocate(machine, { kind: 'list', items, label: null })

/** A method or function on lists; `null` where the name is none. */
export function collectionMethod(
  machine: Machine,
  name: string,
  of: Value | undefined,
  args: readonly Argument[],
  range: Range,
): Value | null {
  if (name.startsWith('list.') && of) return listMethod(machine, name.slice(5), of, args, range)
  const [first, second] = args
  if (name === 'Object.freeze' || name === 'Object.assign') return first?.value ?? NOTHING
  if (/^Object\.(values|keys|entries)$/.test(name) && first) return recordParts(machine, name.slice(7), first.value)
  if (/^(Array|Float32Array|Float64Array)$/.test(name)) return madeList(machine, args)
  if (/^(Array|Float32Array|Float64Array)\.of$/.test(name))
    return listOf(
      machine,
      args.map((arg) => arg.value),
    )
  if (/^(Array|Float32Array|Float64Array)\.from$/.test(name) && first) {
    const items = collectionOf(machine, first.value) ?? ofLength(machine, first.value)
    if (!items) return opaque('list of unknown length')
    return second ? listMethod(machine, 'map', listOf(machine, items), [second], range) : listOf(machine, items)
  }
  return null
}

function madeList(machine: Machine, args: readonly Argument[]): Value {
  const [first] = args
  if (args.length !== 1 || !first)
    return listOf(
      machine,
      args.map((arg) => arg.value),
    )
  const items = collectionOf(machine, first.value)
  if (items) return listOf(machine, items)
  const length = first.value.kind === 'number' ? first.value.known : undefined
  return length !== undefined && isLength(length) ? listOf(machine, zeros(length)) : opaque('list of unknown length')
}

const isLength = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= MAX_LENGTH
const zeros = (length: number): Value[] => Array.from({ length }, () => known(0, { start: 0, end: 0 }))

/** `{ length: 3 }`. */
function ofLength(machine: Machine, value: Value): readonly Value[] | null {
  const object = value.kind === 'reference' ? objectOf(machine, value) : null
  const length = object?.kind === 'record' ? object.fields.get('length') : undefined
  if (length?.kind !== 'number' || length.known === undefined || !isLength(length.known)) return null
  return Array.from({ length: length.known }, () => NOTHING)
}

function recordParts(machine: Machine, what: string, value: Value): Value {
  const object = value.kind === 'reference' ? objectOf(machine, value) : null
  if (object?.kind !== 'record' || object.open) return opaque('record that is not known')
  const keys = [...object.fields.keys()].map((text): Value => ({ kind: 'text', text }))
  const values = [...object.fields.values()]
  if (what === 'keys') return listOf(machine, keys)
  if (what === 'values') return listOf(machine, values)
  return listOf(
    machine,
    keys.map((key, i) => listOf(machine, [key, values[i] ?? NOTHING])),
  )
}

type ListMethod = (run: {
  machine: Machine
  items: readonly Value[]
  args: readonly Argument[]
  range: Range
  /** Calls the function that was passed. */
  each: (item: Value, index: number) => Value
  /** Puts other items into the list itself. */
  change: (items: readonly Value[]) => void
}) => Value

const METHODS: Readonly<Record<string, ListMethod>> = {
  map: ({ machine, items, each }) => listOf(machine, items.map(each)),
  forEach: ({ items, each }) => {
    items.forEach(each)
    return NOTHING
  },
  reduce: ({ machine, items, args, range }) => fold(machine, items, args, range),
  reduceRight: ({ machine, items, args, range }) => fold(machine, items.toReversed(), args, range),
  filter: ({ machine, items, each }) => {
    const truths = items.map((item, index) => truthOf(each(item, index)))
    if (truths.includes(null)) return opaque('list of unknown length')
    return listOf(
      machine,
      items.filter((_item, index) => truths[index]),
    )
  },
  flatMap: ({ machine, items, each }) =>
    listOf(
      machine,
      items.flatMap((item, i) => flat(machine, each(item, i))),
    ),
  flat: ({ machine, items }) =>
    listOf(
      machine,
      items.flatMap((item) => flat(machine, item)),
    ),
  slice: ({ machine, items, args }) => {
    const bounds = args.map((arg) => (arg.value.kind === 'number' ? arg.value.known : undefined))
    return bounds.includes(undefined) ? opaque('list of unknown length') : listOf(machine, items.slice(...bounds))
  },
  concat: ({ machine, items, args }) => listOf(machine, [...items, ...args.flatMap((arg) => flat(machine, arg.value))]),
  reverse: ({ machine, items, change }) => {
    change(items.toReversed())
    return listOf(machine, items.toReversed())
  },
  toReversed: ({ machine, items }) => listOf(machine, items.toReversed()),
  at: ({ items, args }) => {
    const [first] = args
    return first?.value.kind === 'number' && first.value.known !== undefined
      ? (items.at(first.value.known) ?? NOTHING)
      : opaque('index that is not known')
  },
  push: ({ items, args, range, change }) => {
    change([...items, ...args.map((arg) => arg.value)])
    return known(items.length + args.length, range)
  },
  pop: ({ items, change }) => {
    change(items.slice(0, -1))
    return items.at(-1) ?? NOTHING
  },
  fill: ({ machine, items, args, change }) => {
    const filled = items.map(() => args[0]?.value ?? NOTHING)
    change(filled)
    return listOf(machine, filled)
  },
  keys: ({ machine, items, range }) =>
    listOf(
      machine,
      items.map((_item, index) => known(index, range)),
    ),
  values: ({ machine, items }) => listOf(machine, items),
  entries: ({ machine, items, range }) =>
    listOf(
      machine,
      items.map((item, index) => listOf(machine, [known(index, range), item])),
    ),
  some: ({ items, each, range }) => decided(items.map(each), 'or', 0, range),
  every: ({ items, each, range }) => decided(items.map(each), 'and', 1, range),
  join: () => ({ kind: 'text', text: undefined }),
}

function listMethod(machine: Machine, method: string, of: Value, args: readonly Argument[], range: Range): Value {
  const items = collectionOf(machine, of)
  const run = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined
  if (!items || !run || of.kind !== 'reference') return opaque('method of a list that is not known')
  const each = (item: Value, index: number): Value => callBack(machine, args[0], [item, known(index, range), of], range)
  const change = (changed: readonly Value[]) => {
    const object = objectOf(machine, of)
    if (object.kind === 'list') write(machine.state, of.id, { ...object, items: changed })
  }
  return run({ machine, items, args, range, each, change })
}

function callBack(machine: Machine, callback: Argument | undefined, values: readonly Value[], range: Range): Value {
  if (!callback) return opaque('unfinished code')
  const { value, node } = callback
  if (value.kind === 'closure')
    return invoke(
      machine,
      value,
      values.map((item) => ({ value: item, node })),
      range,
      null,
    )
  return opaque('function that is not known')
}

function fold(machine: Machine, items: readonly Value[], args: readonly Argument[], range: Range): Value {
  const [callback, initial] = args
  const rest = initial ? items : items.slice(1)
  const first = initial ? initial.value : items[0]
  const offset = initial ? 0 : 1
  return rest.reduce<Value>(
    (sum, item, index) => callBack(machine, callback, [sum, item, known(index + offset, range)], range),
    first ?? opaque('empty list'),
  )
}

const flat = (machine: Machine, value: Value): readonly Value[] => collectionOf(machine, value) ?? [value]

function decided(values: readonly Value[], op: 'and' | 'or', empty: number, range: Range): Value {
  const [first, ...rest] = values
  return rest.reduce<Value>(
    (all, value) => {
      if (all.kind !== 'number' || value.kind !== 'number') return opaque('condition that is not known')
      return applied(op, [all, value], range)
    },
    first ?? known(empty, range, true),
  )
}

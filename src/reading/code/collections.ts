/** Methods of lists and records: `map`, `reduce`, `push`, `Object.values`. Lists have a known length here. */
import type { Range } from '../statement'
import { operated } from './arithmetic'
import { type Argument, apply, type Call } from './calls'
import type { LogicTerm, Span } from './core'
import { forget } from './effects'
import { truthOf } from './expression'
import { alias, allocate, change, known, type Machine, objectOf, rangeOf } from './machine'
import { type HeapList, NOTHING, opaque, type ReferenceValue, type Value } from './value'

const MAX_LENGTH = 10_000

/** The items of a list; `null` for anything else. */
export function collectionOf(machine: Machine, value: Value): readonly Value[] | null {
  const object = value.kind === 'reference' ? objectOf(machine, value) : null
  return object?.kind === 'list' ? object.items : null
}

const listOf = (machine: Machine, items: readonly Value[]): Value =>
  allocate(machine, { kind: 'list', items, label: null })

const UNKNOWN_LENGTH = 'list of unknown length'

/** A method or function on lists; `null` where the name is none. */
export function collectionMethod(machine: Machine, name: string, of: Value | undefined, written: Call): Value | null {
  if (name.startsWith('list.') && of?.kind === 'reference') return listMethod(machine, name.slice(5), of, written)
  const { args } = written
  const [first, second] = args
  if (name === 'Object.freeze') return first?.value ?? NOTHING
  if (name === 'Object.assign') return assignAll(machine, args)
  if (/^Object\.(values|keys|entries)$/.test(name) && first) return recordParts(machine, name.slice(7), first.value)
  if (name === 'Object.fromEntries' && first) return fromEntries(machine, first.value)
  if (LISTS.test(name)) return madeList(machine, args)
  if (LISTS.test(name.replace(/\.of$/, '')))
    return listOf(
      machine,
      args.map((arg) => arg.value),
    )
  if (!LISTS.test(name.replace(/\.from$/, '')) || !first) return null
  const items = collectionOf(machine, first.value) ?? ofLength(machine, first.value)
  if (!items) return unknownList(machine, args)
  const list = listOf(machine, items) as ReferenceValue
  return second ? listMethod(machine, 'map', list, { ...written, args: [second] }) : list
}

const LISTS = /^(Array|Float32Array|Float64Array)$/

/** What is handed to something that can't be followed may be changed by it. */
function unknownList(machine: Machine, args: readonly Argument[]): Value {
  forget(
    machine,
    args.map(({ value }) => value),
    UNKNOWN_LENGTH,
  )
  return opaque(UNKNOWN_LENGTH)
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
  return length !== undefined && isLength(length) ? listOf(machine, zeros(length)) : unknownList(machine, args)
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

/** `Object.assign(target, …)`. */
function assignAll(machine: Machine, args: readonly Argument[]): Value {
  const [target, ...sources] = args.map(({ value }) => value)
  const object = target?.kind === 'reference' ? objectOf(machine, target) : null
  const records = sources.map((source) => (source.kind === 'reference' ? objectOf(machine, source) : null))
  const isPlain = records.every((record) => record?.kind === 'record' && !record.open)
  if (target?.kind !== 'reference' || object?.kind !== 'record' || !isPlain) {
    forget(machine, target ? [target, ...sources] : [], 'record that is not known')
    return target ?? NOTHING
  }
  const fields = new Map(object.fields)
  for (const record of records)
    if (record?.kind === 'record') for (const [key, field] of record.fields) fields.set(key, field)
  change(machine, target.id, { ...object, fields })
  return target
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

function fromEntries(machine: Machine, value: Value): Value {
  const fields = new Map<string, Value>()
  for (const entry of collectionOf(machine, value) ?? [opaque('')]) {
    const [key, field] = collectionOf(machine, entry) ?? []
    if (key?.kind !== 'text' || key.text === undefined) return opaque('record that is not known')
    fields.set(key.text, field ?? NOTHING)
  }
  return allocate(machine, { kind: 'record', fields, label: null, open: false })
}

/** An item as it was when a function was called for it, and what that gave. */
interface Visit {
  readonly item: Value
  readonly given: Value
}

interface Run {
  readonly machine: Machine
  readonly of: ReferenceValue
  readonly items: readonly Value[]
  readonly args: readonly Argument[]
  readonly range: Range
  /** Calls the function that was passed for each item, as the list then is, without those that it has lost by then. */
  readonly each: () => readonly Visit[]
  /** The same, with nothing in the place of what is lost. */
  readonly everyPlace: () => readonly Visit[]
  /** Calls the function that was passed. */
  readonly callBack: (values: readonly Value[]) => Value
  /** The argument at a place, as a whole number that is known; `undefined` where it is left out, `null` where it isn't known. */
  readonly whole: (index: number) => number | null | undefined
  /** Puts other items into the list itself. */
  readonly change: (items: readonly Value[]) => void
}
/** `null`: what it does can't be followed. */
type ListMethod = (run: Run) => Value | null

/** Methods that leave the list as it is. */
const LOOKING: Readonly<Record<string, ListMethod>> = {
  map: ({ machine, items, each }) => {
    const visits = each()
    // A list with holes is none that is followed.
    return visits.length < items.length
      ? null
      : listOf(
          machine,
          visits.map(({ given }) => given),
        )
  },
  forEach: ({ each }) => {
    each()
    return NOTHING
  },
  reduce: (run) => fold(run, [...run.items.keys()]),
  reduceRight: (run) => fold(run, [...run.items.keys()].reverse()),
  filter: ({ machine, each }) => {
    const visits = each()
    const truths = visits.map(({ given }) => truthOf(given))
    if (truths.includes(null)) return null
    return listOf(
      machine,
      visits.flatMap(({ item }, index) => (truths[index] ? [item] : [])),
    )
  },
  find: ({ everyPlace }) => {
    const found = firstTrue(everyPlace())
    return found && (found.visit?.item ?? NOTHING)
  },
  findIndex: ({ everyPlace, range }) => {
    const found = firstTrue(everyPlace())
    return found && known(found.at, range)
  },
  flatMap: ({ machine, each }) =>
    listOf(
      machine,
      each().flatMap(({ given }) => flat(machine, given)),
    ),
  flat: ({ machine, items, args }) =>
    args.length > 0
      ? null
      : listOf(
          machine,
          items.flatMap((item) => flat(machine, item)),
        ),
  slice: ({ machine, items, whole }) => {
    const [start, end] = [whole(0), whole(1)]
    return start === null || end === null ? null : listOf(machine, items.slice(start, end))
  },
  concat: ({ machine, items, args }) =>
    args.some(({ value }) => value.kind === 'opaque' || value.kind === 'free')
      ? null
      : listOf(machine, [...items, ...args.flatMap((arg) => flat(machine, arg.value))]),
  toReversed: ({ machine, items }) => listOf(machine, items.toReversed()),
  toSorted: (run) => {
    const sorted = inOrder(run)
    return sorted && listOf(run.machine, sorted)
  },
  at: ({ items, whole }) => {
    const index = whole(0) ?? null
    return index === null ? null : (items.at(index) ?? NOTHING)
  },
  indexOf: ({ items, args, range }) => {
    const at = placesOf(items, args[0]?.value)
    return at && known(at.indexOf(true), range)
  },
  lastIndexOf: ({ items, args, range }) => {
    const at = placesOf(items, args[0]?.value)
    return at && known(at.lastIndexOf(true), range)
  },
  includes: ({ items, args, range }) => {
    const at = placesOf(items, args[0]?.value)
    return at && known(at.includes(true) ? 1 : 0, range, true)
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
  some: ({ each, range }) => decided(each(), '||', 0, range),
  every: ({ each, range }) => decided(each(), '&&', 1, range),
  join: () => ({ kind: 'text', text: undefined }),
}

/** Methods that change the list. */
const CHANGING: Readonly<Record<string, ListMethod>> = {
  push: ({ items, args, range, change: put }) => {
    put([...items, ...args.map((arg) => arg.value)])
    return known(items.length + args.length, range)
  },
  unshift: ({ items, args, range, change: put }) => {
    put([...args.map((arg) => arg.value), ...items])
    return known(items.length + args.length, range)
  },
  pop: ({ items, change: put }) => {
    put(items.slice(0, -1))
    return items.at(-1) ?? NOTHING
  },
  shift: ({ items, change: put }) => {
    put(items.slice(1))
    return items[0] ?? NOTHING
  },
  splice: ({ machine, items, args, whole, change: put }) => {
    const start = whole(0)
    const count = args.length < 2 ? items.length : whole(1)
    if (start === null || count === null) return null
    const left = [...items]
    const taken = left.splice(start ?? 0, count ?? 0, ...args.slice(2).map((arg) => arg.value))
    put(args.length === 0 ? items : left)
    return listOf(machine, args.length === 0 ? [] : taken)
  },
  reverse: ({ of, items, change: put }) => {
    put(items.toReversed())
    return of
  },
  sort: (run) => {
    const sorted = inOrder(run)
    if (!sorted) return null
    run.change(sorted)
    return run.of
  },
  fill: ({ of, items, args, whole, change: put }) => {
    const [start, end] = [whole(1), whole(2)]
    if (start === null || end === null) return null
    put([...items].fill(args[0]?.value ?? NOTHING, start, end))
    return of
  },
  copyWithin: ({ of, items, whole, change: put }) => {
    const [target, start, end] = [whole(0), whole(1), whole(2)]
    if (target === null || start === null || end === null) return null
    put([...items].copyWithin(target ?? 0, start ?? 0, end))
    return of
  },
  set: ({ machine, items, args, whole, change: put }) => {
    const source = args[0] ? collectionOf(machine, args[0].value) : null
    const offset = whole(1)
    if (!source || offset === null || source.length + (offset ?? 0) > items.length) return null
    const left = [...items]
    source.forEach((item, index) => {
      left[index + (offset ?? 0)] = item
    })
    put(left)
    return NOTHING
  },
  // A view of the same numbers: what changes one of the two leaves the other unknown.
  subarray: ({ machine, of, items, whole }) => {
    const [start, end] = [whole(0), whole(1)]
    if (start === null || end === null) return null
    const view = listOf(machine, items.slice(start, end)) as ReferenceValue
    alias(machine, of.id, view.id)
    return view
  },
}

/** Whether a method of a list changes nothing. */
export const isPure = (method: string): boolean => Object.hasOwn(LOOKING, method)

function listMethod(machine: Machine, method: string, of: ReferenceValue, written: Call): Value {
  const { args, code } = written
  const items = collectionOf(machine, of)
  const table = Object.hasOwn(LOOKING, method) ? LOOKING : CHANGING
  const run = Object.hasOwn(table, method) ? table[method] : undefined
  const range = rangeOf(machine, code)
  const callBack = (values: readonly Value[]): Value => calledBack(machine, args[0], values, code)
  const visits = (isEvery: boolean): Visit[] =>
    [...(items ?? []).keys()].flatMap((index) => {
      const now = collectionOf(machine, of)
      if (!isEvery && now && index >= now.length) return []
      const item = now ? (now[index] ?? NOTHING) : opaque(UNKNOWN_LENGTH)
      return [{ item, given: callBack([item, known(index, range), of]) }]
    })
  const put = (changed: readonly Value[]) => {
    const object = objectOf(machine, of) as HeapList
    change(machine, of.id, { ...object, items: changed })
  }
  const whole = (index: number) => wholeNumber(args[index]?.value)
  const result =
    items && run
      ? run({
          machine,
          of,
          items,
          args,
          range,
          each: () => visits(false),
          everyPlace: () => visits(true),
          callBack,
          whole,
          change: put,
        })
      : null
  if (result) return result
  const given = args.map(({ value }) => value)
  const reason = run ? UNKNOWN_LENGTH : 'method of a list that is not known'
  forget(machine, table === LOOKING ? given : [of, ...given], reason)
  return opaque(reason)
}

function wholeNumber(value: Value | undefined): number | null | undefined {
  if (!value || value.kind === 'nothing') return undefined
  return value.kind === 'number' && value.known !== undefined ? value.known : null
}

function calledBack(machine: Machine, callback: Argument | undefined, values: readonly Value[], at: Span): Value {
  if (!callback) return opaque('unfinished code')
  const { value: target, code } = callback
  // A function of the language takes as many as it has parameters, and those of `Math` here have one.
  const given = target.kind === 'builtin' ? values.slice(0, 1) : values
  const args = given.map((value) => ({ value, code: at }))
  return apply(machine, { target, args, code: at, callee: code, self: null })
}

function fold({ machine, items, args, range, callBack, of }: Run, order: readonly number[]): Value {
  const initial = args[1]
  const rest = initial ? order : order.slice(1)
  const first = initial ? initial.value : items[order[0] ?? -1]
  return rest.reduce<Value>((sum, index) => {
    const now = collectionOf(machine, of)
    if (now && index >= now.length) return sum
    return callBack([sum, now?.[index] ?? opaque(UNKNOWN_LENGTH), known(index, range), of])
  }, first ?? opaque('empty list'))
}

/** The first place for which a function said yes; `null` where that isn't known. */
function firstTrue(visits: readonly Visit[]): { readonly at: number; readonly visit: Visit | undefined } | null {
  const truths = visits.map(({ given }) => truthOf(given))
  const at = truths.indexOf(true)
  return truths.includes(null) ? null : { at, visit: visits[at] }
}

const flat = (machine: Machine, value: Value): readonly Value[] => collectionOf(machine, value) ?? [value]

function decided(visits: readonly Visit[], op: LogicTerm['op'], empty: number, range: Range): Value {
  const [first, ...rest] = visits.map(({ given }) => given)
  return rest.reduce<Value>(
    (all, value) => {
      if (all.kind !== 'number' || value.kind !== 'number') return opaque('condition that is not known')
      return operated(op, [all, value], range)
    },
    first ?? known(empty, range, true),
  )
}

const textOf = (value: Value): string | null => {
  if (value.kind === 'text') return value.text ?? null
  return value.kind === 'number' && value.known !== undefined ? String(value.known) : null
}

/** The items in order, by the function that was passed or as texts; `null` where the inputs decide. */
function inOrder({ items, args, callBack }: Run): Value[] | null {
  let isKnown = true
  const compare = (a: Value, b: Value): number => {
    if (args[0]) {
      const order = callBack([a, b])
      const sign = order.kind === 'number' ? order.known : undefined
      isKnown &&= sign !== undefined
      return sign ?? 0
    }
    const [left, right] = [textOf(a), textOf(b)]
    isKnown &&= left !== null && right !== null
    return left !== null && right !== null && left !== right ? (left < right ? -1 : 1) : 0
  }
  const sorted = items.toSorted(compare)
  return isKnown ? sorted : null
}

/** Which items are a value; `null` where that isn't known of some. */
function placesOf(items: readonly Value[], value: Value | undefined): boolean[] | null {
  if (!value) return null
  const same = items.map((item) => {
    if (item.kind === 'reference' || value.kind === 'reference')
      return item.kind === 'reference' && value.kind === 'reference' && item.id === value.id
    if (item.kind === 'number' && value.kind === 'number')
      return item.known === undefined || value.known === undefined ? null : item.known === value.known
    if (item.kind === 'text' && value.kind === 'text') return item.text === undefined ? null : item.text === value.text
    return null
  })
  return same.includes(null) ? null : (same as boolean[])
}

/** `y = …`, `y += …`, `y++`, patterns: each new value of a variable is a definition of its own. */
import type { Range } from '../statement'
import { fromStart, keyAt, readName } from './access'
import type {
  AssignTerm,
  Expression,
  IndexTerm,
  ListPattern,
  MemberTerm,
  Pattern,
  PatternItem,
  RecordPattern,
} from './core'
import { changedInPlace, forgetCode } from './effects'
import { connected, evaluate, type Place } from './expression'
import { named } from './literals'
import { allocate, define, known, type Machine, objectOf, rangeOf } from './machine'
import { nameOf } from './names'
import { arrayOf, arrayPlace, entriesOf, nameIn, sizesOf } from './ndarray'
import { labelObject, partOf, storePart } from './objects'
import { combine } from './operators'
import { lookUp, type Variable } from './scope'
import { write } from './state'
import { NOTHING, opaque, type Value } from './value'

/** A place that has been found: what it holds, and how it is given another value. */
interface Found {
  readonly before: () => Value
  readonly store: (value: Value) => Value
  /** It is a part of an array: storing it changes the whole in place. */
  readonly isPart?: boolean
}

export function assign(machine: Machine, code: AssignTerm, place: Place): Value {
  const { target, op } = code
  const found = target.kind === 'name' || target.kind === 'place' ? placeOf(machine, target, place) : null
  if (!found) {
    const value = evaluate(machine, code.value, place)
    bindPattern(machine, target, value, place)
    return value
  }
  if (op === null) return found.store(evaluate(machine, code.value, place))
  const before = found.before()
  if (op === '&&' || op === '||' || op === '??') return assignWhere(machine, code, found, before, place)
  const value = evaluate(machine, code.value, place)
  const after = combine(
    machine,
    { op, operator: code.operator, spanned: code },
    [before, target],
    [op === '+' || op === '-' ? atOperator(machine, code, value) : value, code.value],
  )
  const stored = found.store(found.isPart ? after : inPlace(machine, before, after, code))
  return code.yields === 'before' ? before : stored
}

/** In Python `x *= 2` changes an array itself, for all who hold it; a number is another one. */
function inPlace(machine: Machine, before: Value, after: Value, { target }: AssignTerm): Value {
  if (!machine.file.language.brings) return after
  const isInput = before.kind === 'free' && machine.shapes.has(before.name.key)
  const array = isInput ? arrayOf(machine, before, rangeOf(machine, target)) : before
  if (array?.kind !== 'number' || (array.shape?.length ?? 0) === 0) return after
  const name = target.kind === 'name' ? target.name : target.kind === 'place' ? nameIn(target.place) : 'array'
  return changedInPlace(machine, array, after.kind === 'number' ? after : null, name, rangeOf(machine, target))
}

/** The 1 of `y++` stands at the operator. */
const atOperator = (machine: Machine, { value, operator }: AssignTerm, one: Value): Value =>
  value.from === operator.from && one.kind === 'number' ? known(1, rangeOf(machine, operator)) : one

/** `a ||= b`. */
function assignWhere(machine: Machine, code: AssignTerm, found: Found, before: Value, place: Place): Value {
  const value = () => evaluate(machine, code.value, place)
  if (code.op === '??') {
    if (before.kind === 'nothing') return found.store(value())
    return before.kind === 'opaque' ? found.store(opaque(before.reason, before.uses)) : before
  }
  return found.store(connected(machine, { ...code, right: code.value }, before, value))
}

function placeOf(machine: Machine, target: Pattern & { kind: 'name' | 'place' }, place: Place): Found {
  const range = rangeOf(machine, target)
  if (target.kind === 'name') {
    const variable = lookUp(place.scope, target.name)
    return {
      before: () => readName(machine, { ...target, kind: 'name' }, place),
      store: (value) => (variable ? storeVariable(machine, variable, value, range) : value),
    }
  }
  const ofArray =
    target.place.kind === 'index' && target.place.fromEnd ? arrayPlace(machine, target.place, place) : null
  if (ofArray) return { ...ofArray, isPart: true }
  const { whole, key } = partPlace(machine, target.place, place)
  return {
    before: () => (key === null ? opaque('index that is not known') : partOf(machine, whole, key, range)),
    store: (value) => storePart(machine, whole, key, value),
  }
}

function partPlace(machine: Machine, code: MemberTerm | IndexTerm, place: Place) {
  const whole = code.object.kind === 'self' ? (place.self ?? NOTHING) : evaluate(machine, code.object, place)
  return { whole, key: fromStart(machine, code, whole, keyAt(machine, code, place)) }
}

/** Gives the variable or part that an expression names another value. */
export function assignInto(machine: Machine, code: Expression, value: Value, place: Place): void {
  if (code.kind === 'name') placeOf(machine, code, place).store(value)
  else if (code.kind === 'member' || code.kind === 'index')
    placeOf(machine, { kind: 'place', place: code, from: code.from, to: code.to }, place).store(value)
}

/** Gives a variable a value. */
export function storeVariable(machine: Machine, variable: Variable, value: Value, target: Range): Value {
  if (variable.file && machine.region) return opaque('outside state that changes')
  const stored = namedValue(machine, variable.name, value, target, variable.counter)
  write(machine.state, variable.cell, stored)
  return stored
}

function namedValue(machine: Machine, identifier: string, value: Value, target: Range, counter: boolean): Value {
  if (value.kind === 'closure') return named(value, identifier)
  if (value.kind === 'reference') {
    labelObject(machine, value, nameOf(identifier, machine.prefix + identifier))
    return value
  }
  if (value.kind === 'opaque') {
    const expr = { kind: 'opaque' as const, reason: value.reason, text: '', uses: value.uses, range: target }
    return machine.region ? define(machine, identifier, { kind: 'number', expr }, target) : value
  }
  if (value.kind !== 'number') return value
  // A counter is no quantity of the formula: its uses are the numbers.
  if (counter && value.known !== undefined)
    return { ...known(value.known, target), ...(value.truth ? { truth: true } : {}) }
  return define(machine, identifier, value, target)
}

/** Binds the names of a pattern, `{ a, b: [c = 1, ...rest] }`, to the parts of a value. */
export function bindPattern(machine: Machine, pattern: Pattern, value: Value, place: Place): void {
  switch (pattern.kind) {
    case 'name':
    case 'place':
      placeOf(machine, pattern, place).store(value)
      return
    case 'listPattern':
      bindItems(machine, pattern, value, place)
      return
    case 'recordPattern':
      bindFields(machine, pattern, value, place)
  }
}

function bindFields(machine: Machine, pattern: RecordPattern, value: Value, place: Place): void {
  const taken = new Set<string>()
  for (const field of pattern.fields) {
    if (field.rest) {
      bindPattern(machine, field.pattern, restOfRecord(machine, value, taken), place)
      continue
    }
    const key = typeof field.key === 'string' ? field.key : null
    const part =
      key === null ? opaque('index that is not known') : partOf(machine, value, key, rangeOf(machine, field.pattern))
    if (field.key && typeof field.key !== 'string') evaluate(machine, field.key, place)
    if (key !== null) taken.add(key)
    bindPattern(machine, field.pattern, withDefault(machine, part, field, place), place)
  }
}

/** What a record holds beside the fields that have been taken. */
function restOfRecord(machine: Machine, value: Value, taken: ReadonlySet<string>): Value {
  const object = value.kind === 'reference' ? objectOf(machine, value) : null
  if (object?.kind !== 'record' || object.open) return opaque('record that is not known')
  const fields = new Map([...object.fields].filter(([key]) => !taken.has(key)))
  return allocate(machine, { kind: 'record', fields, label: null, open: false })
}

function bindItems(machine: Machine, pattern: ListPattern, given: Value, place: Place): void {
  const range = rangeOf(machine, pattern)
  const sizes = given.kind === 'builtin' ? sizesOf(given, pattern.items.length, range) : null
  const items = sizes ?? (given.kind === 'number' ? entriesOf(machine, given, range) : null)
  const value = items ? allocate(machine, { kind: 'list', items, label: null }) : given
  pattern.items.forEach((item, index) => {
    if (!item) return
    if (item.rest) bindPattern(machine, item.pattern, restOf(machine, value, index), place)
    else {
      const part = partOf(machine, value, index, rangeOf(machine, item.pattern))
      bindPattern(machine, item.pattern, withDefault(machine, part, item, place), place)
    }
  })
}

function withDefault(machine: Machine, value: Value, { fallback }: PatternItem, place: Place): Value {
  if (!fallback) return value
  if (value.kind === 'nothing') return evaluate(machine, fallback, place)
  if (value.kind === 'opaque') forgetCode(machine, fallback, place.scope, place.self, value.reason)
  return value
}

function restOf(machine: Machine, value: Value, from: number): Value {
  const object = value.kind === 'reference' ? objectOf(machine, value) : null
  if (object?.kind !== 'list') return opaque('list of unknown length')
  return allocate(machine, { kind: 'list', items: object.items.slice(from), label: null })
}

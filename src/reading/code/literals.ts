/** Lists and records as they are written: `[1, x]`, `{ f: x => x, g(x) { … } }`. */
import { keyOf } from './access'
import { collectionOf } from './collections'
import type { ListTerm, RecordEntry, RecordTerm } from './core'
import { forget } from './effects'
import { evaluate, type Place } from './expression'
import { allocate, type Machine, objectOf } from './machine'
import { write } from './state'
import { opaque, type ReferenceValue, type Value } from './value'

const MAX_ITEMS = 10_000

export function listLiteral(machine: Machine, code: ListTerm, place: Place): Value {
  const items: Value[] = []
  let unknown = false
  for (const { value: item, spread } of code.items) {
    const value = evaluate(machine, item, place)
    const spreadItems = spread ? collectionOf(machine, value) : [value]
    if (spreadItems) items.push(...spreadItems)
    else unknown = true
    if (items.length > MAX_ITEMS) return opaque('too long')
  }
  if (unknown) forget(machine, items, 'list of unknown length')
  return unknown ? opaque('list of unknown length') : allocate(machine, { kind: 'list', items, label: null })
}

export function recordLiteral(machine: Machine, code: RecordTerm, place: Place): Value {
  const fields = new Map<string, Value>()
  const record = allocate(machine, { kind: 'record', fields, label: null, open: false })
  let unknown: string | null = null
  for (const entry of code.entries) unknown = addEntry(machine, fields, entry, place, record) ?? unknown
  if (unknown !== null) {
    forget(machine, [...fields.values()], unknown)
    return opaque(unknown)
  }
  write(machine.state, record.id, { kind: 'record', fields, label: null, open: false })
  return record
}

/** Adds what an entry says; a reason where that isn't known. */
function addEntry(
  machine: Machine,
  fields: Map<string, Value>,
  entry: RecordEntry,
  place: Place,
  record: ReferenceValue,
): string | null {
  if (entry.key === null) return spreadInto(machine, fields, evaluate(machine, entry.value, place))
  const key = typeof entry.key === 'string' ? entry.key : keyOf(evaluate(machine, entry.key, place))
  const { value } = entry
  const isMethod = value.kind === 'lambda' && value.code.form !== 'arrow' && value.code.form !== 'plain'
  const part: Value = isMethod
    ? { kind: 'closure', code: value.code, file: machine.file, scope: place.scope, name: String(key), self: record }
    : named(evaluate(machine, value, place), String(key), record)
  if (key === null) return 'index that is not known'
  const other = fields.get(String(key))
  fields.set(String(key), part)
  return other && isAccessor(other) && isAccessor(part) ? 'not supported' : null
}

const isAccessor = (value: Value): boolean => value.kind === 'closure' && /etter$/.test(value.code.form)

function spreadInto(machine: Machine, fields: Map<string, Value>, value: Value): string | null {
  if (value.kind === 'nothing') return null
  const object = value.kind === 'reference' ? objectOf(machine, value) : null
  if (object?.kind === 'list') object.items.forEach((item, index) => fields.set(String(index), item))
  if (object?.kind !== 'record' || object.open) return object?.kind === 'list' ? null : 'record that is not known'
  for (const [key, field] of object.fields) fields.set(key, field)
  return null
}

/** A function takes the name of what it is assigned to, and a `function` its object as `this`. */
export function named(value: Value, name: string, self: Value | null = null): Value {
  if (value.kind !== 'closure' || value.name) return value
  const own = value.code.form === 'plain' && self ? self : value.self
  return { ...value, name, self: own }
}

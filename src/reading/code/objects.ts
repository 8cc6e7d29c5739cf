/** Parts of lists, records, instances and inputs: reading them, setting them. */
import type { Name, Range } from '../statement'
import { assignedValue, keyAt } from './access'
import { constantNamed } from './arithmetic'
import { invoke } from './calls'
import { methodOf } from './classes'
import type { IndexTerm, MemberTerm } from './core'
import { forget } from './effects'
import { evaluate, type Place } from './expression'
import {
  change,
  define,
  defineAs,
  freshKey,
  inputOf,
  isObject,
  known,
  type Machine,
  numberExpr,
  objectOf,
} from './machine'
import { nameOf, partName } from './names'
import { read, write } from './state'
import {
  type ClosureValue,
  type FreeValue,
  type HeapList,
  type HeapObject,
  type HeapRecord,
  isAtom,
  NOTHING,
  opaque,
  type ReferenceValue,
  type Value,
} from './value'

/** The part `key` of a value. */
export function partOf(machine: Machine, whole: Value, key: string | number, range: Range): Value {
  switch (whole.kind) {
    case 'free':
      return inputPart(machine, whole, key, range)
    case 'builtin':
      return constantNamed(`${whole.name}.${key}`, range) ?? { kind: 'builtin', name: `${whole.name}.${key}` }
    case 'closure':
      return functionPart(machine, whole, String(key))
    case 'class':
      return staticPart(machine, whole, key, range)
    case 'reference':
      return objectPart(machine, whole, key, range)
    case 'opaque':
      return whole
    case 'nothing':
      return NOTHING
    default:
      return { kind: 'builtin', name: `value.${key}`, of: whole }
  }
}

function inputPart(machine: Machine, whole: FreeValue, key: string | number, range: Range): Value {
  for (let at: FreeValue | undefined = whole; at; at = at.of) {
    const reason = machine.changedInputs.get(at.name.key)
    if (reason !== undefined) return opaque(reason)
  }
  const id = machine.inputObjects.get(whole.name.key)
  const object = id === undefined ? undefined : read(machine.state, id)
  if (object?.kind === 'unknown') return opaque(object.reason)
  const set = object?.kind === 'record' ? object.fields.get(String(key)) : undefined
  return set ? rangedPart(set, range) : freePart(machine, whole, key, range)
}

/** A part of an input that nothing has set. */
export function freePart(machine: Machine, whole: FreeValue, key: string | number, range: Range): Value {
  // A number has no length: where code asks, it is read as the number that mathematics takes it for.
  if (key === 'length' && machine.guards === 'nan' && !whole.elements) return NOTHING
  if (key === 'undefined') return NOTHING
  if (key === 'length') return opaque('length that is not known', [{ kind: 'name', name: whole.name, range }])
  if (typeof key === 'number' && !Number.isInteger(key)) return opaque('index that is not known')
  const plainKey = partName(whole.name, key).key
  const name: Name = partName(
    whole.name,
    key,
    machine.inputs.has(plainKey) || !machine.keys.has(plainKey) ? plainKey : `${whole.name.key}.${key}`,
  )
  if (whole.elements === 'number' && typeof key === 'number')
    return { kind: 'number', expr: inputOf(machine, name, range, whole.root) }
  return { kind: 'free', name, root: whole.root, of: whole }
}

function functionPart(machine: Machine, whole: ClosureValue, key: string): Value {
  const assigned = whole.file.assigned.get(`${whole.name}.${key}`)
  if (assigned) return assignedValue(machine, assigned, whole.file)
  return { kind: 'builtin', name: `function.${key}`, of: whole }
}

function staticPart(machine: Machine, whole: Value & { kind: 'class' }, key: string | number, range: Range): Value {
  const own = objectOf(machine, whole.statics)
  const assigned = whole.file.assigned.get(`${whole.name}.${key}`)
  if (assigned) return assignedValue(machine, assigned, whole.file)
  if (own.kind === 'unknown') return opaque(own.reason)
  if (own.kind === 'record' && own.fields.has(String(key))) return objectPart(machine, whole.statics, key, range)
  return whole.base ? partOf(machine, whole.base, key, range) : { kind: 'builtin', name: `class.${key}`, of: whole }
}

function objectPart(machine: Machine, whole: ReferenceValue, key: string | number, range: Range): Value {
  const object = objectOf(machine, whole)
  if (object.kind === 'unknown') return opaque(object.reason)
  if (object.kind === 'list') return itemAt(object, whole, key, range)
  const field = object.fields.get(String(key))
  if (field) return got(machine, field, whole, range)
  const method = object.made && methodOf(object.made, String(key))
  if (method) return got(machine, { ...method, self: whole }, whole, range)
  if (!object.open) return INHERITED.has(String(key)) ? { kind: 'builtin', name: `record.${key}`, of: whole } : NOTHING
  const initial = object.initial?.get(String(key))
  if (initial !== undefined && machine.region) return fieldInput(machine, String(key), initial, range)
  return { kind: 'free', name: fieldName(String(key)), root: null }
}

/** What every object has. */
const INHERITED = new Set('hasOwnProperty toString valueOf constructor isPrototypeOf toLocaleString'.split(' '))

function itemAt(object: HeapList, whole: ReferenceValue, key: string | number, range: Range): Value {
  if (key === 'length') return known(object.items.length, range)
  const index = Number(key)
  if (!Number.isInteger(index)) return { kind: 'builtin', name: `list.${key}`, of: whole }
  return rangedPart(object.items[index] ?? NOTHING, range)
}

/** A field that others may set: an input, with the value that it begins with. */
function fieldInput(machine: Machine, key: string, initial: number, range: Range): Value {
  const name = fieldName(key)
  if (!machine.inputs.has(name.key)) {
    const target = { kind: 'name', name, range } as const
    machine.bindings.push({ kind: 'binding', target, value: numberExpr(initial, range), range })
  }
  return { kind: 'number', expr: inputOf(machine, name, range, null) }
}

const fieldName = (key: string): Name => nameOf(key.replace(/^#/, ''), `this.${key}`)

const rangedPart = (value: Value, range: Range): Value =>
  value.kind === 'number' && (value.expr.kind === 'name' || value.expr.kind === 'number')
    ? { ...value, expr: { ...value.expr, range } }
    : value

/** The value of a field; a getter is called. */
const got = (machine: Machine, value: Value, whole: ReferenceValue, range: Range): Value =>
  value.kind === 'closure' && value.code.form === 'getter'
    ? invoke(machine, value, [], range, whole)
    : rangedPart(value, range)

/** Sets a part of an object; `key` is `null` where it isn't known which. Gives the part as it is called from then on. */
export function storePart(machine: Machine, whole: Value, key: string | number | null, value: Value): Value {
  switch (whole.kind) {
    case 'reference':
      return storeInObject(machine, whole, key, value)
    case 'class':
      return storeInObject(machine, whole.statics, key, value)
    case 'free':
      return storeInInput(machine, whole, key, value)
    default:
      // An object that isn't known, or no object: whatever was put into it can be changed by others.
      forget(machine, [value], 'index that is not known')
      return value
  }
}

function storeInObject(machine: Machine, whole: ReferenceValue, key: string | number | null, value: Value): Value {
  const before = objectOf(machine, whole)
  if (before.kind === 'unknown') {
    forget(machine, [whole, value], before.reason)
    return value
  }
  if (key === null) {
    forget(machine, [whole, value], 'index that is not known')
    return opaque('index that is not known')
  }
  const setter = before.kind === 'record' ? setterOf(before, String(key)) : null
  if (setter) {
    invoke(machine, setter, [{ value, code: setter.code }], machine.site, whole)
    return value
  }
  if (before.kind === 'list' && key === 'length') return storeLength(machine, whole, before, value)
  const label = before.label ?? (before.kind === 'record' && before.open ? null : undefined)
  const part = label ? partNamed(machine, value, label, key) : ownField(machine, value, key)
  const after = withPart(before, key, part)
  if (after) change(machine, whole.id, after)
  else forget(machine, [whole, value], 'index that is not known')
  return part
}

function setterOf(record: HeapRecord, key: string): ClosureValue | null {
  const field = record.fields.get(key)
  if (field?.kind === 'closure' && field.code.form === 'setter') return field
  return record.made ? methodOf(record.made, key, 'setter') : null
}

/** `list.length = 2`. */
function storeLength(machine: Machine, whole: ReferenceValue, list: HeapList, value: Value): Value {
  const length = value.kind === 'number' ? value.known : undefined
  if (length === undefined || length > list.items.length) forget(machine, [whole], 'list of unknown length')
  else change(machine, whole.id, { ...list, items: list.items.slice(0, length) })
  return value
}

/** A part of an input is set: from then on the input stands for an object of its own. */
function storeInInput(machine: Machine, whole: FreeValue, key: string | number | null, value: Value): Value {
  if (key === null) {
    machine.changedInputs.set(whole.name.key, 'index that is not known')
    forget(machine, [value], 'index that is not known')
    return opaque('index that is not known')
  }
  const id = machine.inputObjects.get(whole.name.key) ?? machine.program.nextCell++
  machine.inputObjects.set(whole.name.key, id)
  const content = read(machine.state, id)
  if (content?.kind === 'unknown') return value
  const before = isObject(content) && content.kind === 'record' ? content : emptyInput(whole)
  const part = partNamed(machine, value, whole.name, key)
  change(machine, id, { ...before, fields: new Map(before.fields).set(String(key), part) })
  return part
}

const emptyInput = (input: FreeValue): HeapRecord => ({
  kind: 'record',
  fields: new Map(),
  label: input.name,
  open: true,
  input,
})

/** `delete o.k`. */
export function removePart(machine: Machine, code: MemberTerm | IndexTerm, place: Place): void {
  const whole = evaluate(machine, code.object, place)
  const key = keyAt(machine, code, place)
  const object = whole.kind === 'reference' ? objectOf(machine, whole) : null
  if (whole.kind !== 'reference' || object?.kind !== 'record' || object.open || key === null) {
    forget(machine, [whole], 'index that is not known')
    return
  }
  const fields = new Map(object.fields)
  fields.delete(String(key))
  change(machine, whole.id, { ...object, fields })
}

/** The parts of a list or record that gets a name are named after it: `w[0]`. */
export function labelObject(machine: Machine, reference: ReferenceValue, label: Name): void {
  const object = objectOf(machine, reference)
  if (object.kind === 'unknown' || object.label || !machine.region) return
  if (object.kind === 'list') {
    // Named first, so that a list which holds itself comes to an end.
    write(machine.state, reference.id, { ...object, label })
    const items = object.items.map((item, index) => partNamed(machine, item, label, index))
    write(machine.state, reference.id, { ...object, items, label })
    return
  }
  write(machine.state, reference.id, { ...object, label })
  const fields = new Map([...object.fields].map(([key, field]) => [key, partNamed(machine, field, label, key)]))
  write(machine.state, reference.id, { ...object, fields, label })
}

function partNamed(machine: Machine, value: Value, label: Name, part: string | number): Value {
  if (value.kind === 'reference') {
    labelObject(machine, value, partName(label, part))
    return value
  }
  if (value.kind !== 'number' || isAtom(value.expr) || !machine.region) return value
  const { start } = value.expr.range
  const name = partName(label, part)
  return defineAs(machine, { ...name, key: freshPart(machine, name.key) }, value, { start, end: start })
}

function freshPart(machine: Machine, key: string): string {
  const prefix = machine.prefix
  machine.prefix = ''
  const fresh = freshKey(machine, key)
  machine.prefix = prefix
  return fresh
}

/** A field of `this`: `this.z = …` defines `z`. */
const ownField = (machine: Machine, value: Value, key: string | number): Value =>
  value.kind === 'number' && !isAtom(value.expr)
    ? define(machine, String(key).replace(/^#/, ''), value, {
        start: value.expr.range.start,
        end: value.expr.range.start,
      })
    : value

const MAX_INDEX = 10_000

/** An object with another part; `null` where lists have no such part. */
function withPart(object: HeapList | HeapRecord, key: string | number, value: Value): HeapObject | null {
  if (object.kind === 'record') return { ...object, fields: new Map(object.fields).set(String(key), value) }
  const index = Number(key)
  if (!Number.isInteger(index) || index < 0 || index >= MAX_INDEX) return null
  const items = [...object.items]
  for (let hole = items.length; hole < index; hole++) items.push(NOTHING)
  items[index] = value
  return { ...object, items }
}

/** Classes: what `this` is in their methods, what their static members are, and the objects that are made of them. */
import type { Range } from '../statement'
import { type Argument, invoke } from './calls'
import type { ClassCode, ClassMember, Expression } from './core'
import { forget } from './effects'
import { evaluate, type Place } from './expression'
import { named } from './literals'
import { allocate, type Machine, objectOf } from './machine'
import { storePart } from './objects'
import { lookUp, type Scope } from './scope'
import { write } from './state'
import { type ClassValue, type ClosureValue, NOTHING, opaque, type ReferenceValue, type Value } from './value'
import { walkCode } from './walk'

/** The value of a class: its name stands for it while its static members are read. */
export function classValue(machine: Machine, code: ClassCode, scope: Scope): ClassValue {
  const statics = allocate(machine, { kind: 'record', fields: new Map(), label: null, open: false })
  const base = code.base && evaluate(machine, code.base, { scope, self: null })
  const name = code.name ?? ''
  const value: ClassValue = { kind: 'class', code, file: machine.file, scope, name, statics, base }
  const variable = code.name === null ? null : lookUp(scope, code.name)
  if (variable) write(machine.state, variable.cell, value)
  const fields = new Map<string, Value>()
  for (const member of code.members.filter(({ isStatic, method }) => isStatic && method))
    fields.set(member.key, methodValue(value, member, statics))
  write(machine.state, statics.id, { kind: 'record', fields, label: null, open: false })
  for (const member of code.members.filter(({ isStatic, method }) => isStatic && !method))
    storePart(machine, statics, member.key, initialValue(machine, value, member, statics))
  return value
}

const methodValue = (home: ClassValue, member: ClassMember, self: Value | null): ClosureValue => ({
  kind: 'closure',
  code: member.method as NonNullable<ClassMember['method']>,
  file: home.file,
  scope: home.scope,
  name: member.key,
  self,
  home,
})

function initialValue(machine: Machine, home: ClassValue, { key, value }: ClassMember, self: Value): Value {
  return value ? named(evaluate(machine, value, { scope: home.scope, self, home }), key, self) : NOTHING
}

const MOST_CLASSES = 40

/** The method of a class or of one above it. */
export function methodOf(of: ClassValue, key: string, form: 'setter' | 'other' = 'other'): ClosureValue | null {
  let home: Value | null = of
  for (let depth = 0; home?.kind === 'class' && depth < MOST_CLASSES; depth++) {
    const member = home.code.members.find(
      (each) =>
        each.key === key && !each.isStatic && each.method && (each.method.form === 'setter') === (form === 'setter'),
    )
    if (member) return methodValue(home, member, null)
    home = home.base
  }
  return null
}

/** `new A(…)`; of an ancestor that isn't known the object may have fields that nobody here knows. */
export function instantiate(
  machine: Machine,
  of: ClassValue | ClosureValue,
  args: readonly Argument[],
  site: Range,
): Value | null {
  if (of.kind === 'closure') return constructed(machine, of, args, site)
  const open = !isKnownClass(of)
  const self = allocate(machine, { kind: 'record', fields: new Map(), label: null, open, made: of })
  runConstructor(machine, of, self, args, site)
  return self
}

function isKnownClass(of: ClassValue): boolean {
  let at: Value | null = of
  for (let depth = 0; at; depth++) {
    if (at.kind !== 'class' || depth > MOST_CLASSES) return false
    at = at.base
  }
  return true
}

/** Without a constructor of its own a class passes all arguments on to the one above. */
function runConstructor(
  machine: Machine,
  of: ClassValue,
  self: ReferenceValue,
  args: readonly Argument[],
  site: Range,
): void {
  const member = of.code.members.find(({ key, method }) => key === 'constructor' && method)
  const { base } = of
  if (!member) {
    if (base?.kind === 'class') runConstructor(machine, base, self, args, site)
    addFields(machine, of, self)
    return
  }
  const begin = () => {
    if (!base) addFields(machine, of, self)
  }
  invoke(machine, methodValue(of, member, self), args, site, self, begin)
}

function addFields(machine: Machine, of: ClassValue, self: ReferenceValue): void {
  for (const member of of.code.members)
    if (!member.isStatic && !member.method)
      storePart(machine, self, member.key, initialValue(machine, of, member, self))
}

/** `super(…)` in a constructor. */
export function callParent(machine: Machine, args: readonly Argument[], place: Place, site: Range): Value {
  const { self, home } = place
  if (!home || self?.kind !== 'reference' || home.base?.kind !== 'class') {
    // What an unknown ancestor sets in an object that has no fields yet are some of those that nobody here knows.
    const object = self?.kind === 'reference' ? objectOf(machine, self) : null
    if (object?.kind === 'record' && object.open && object.fields.size === 0) return NOTHING
    forget(machine, self ? [self, ...args.map(({ value }) => value)] : [], 'object that is made')
    return NOTHING
  }
  runConstructor(machine, home.base, self, args, site)
  addFields(machine, home, self)
  return NOTHING
}

/** `new F(…)` of a function: what is assigned to `F.prototype` are the methods of the object. */
function constructed(machine: Machine, of: ClosureValue, args: readonly Argument[], site: Range): Value | null {
  if (of.code.form !== 'plain' || !of.name) return null
  const fields = new Map<string, Value>()
  const self = allocate(machine, { kind: 'record', fields, label: null, open: false })
  for (const [path, code] of of.file.assigned) {
    if (path === `${of.name}.prototype`) return null
    const key = path.startsWith(`${of.name}.prototype.`) ? path.slice(of.name.length + 11) : null
    if (key === null || code.kind !== 'lambda') continue
    fields.set(key, { kind: 'closure', code: code.code, file: of.file, scope: of.file.scope, name: key, self })
  }
  const returned = invoke(machine, of, args, site, self)
  return returned.kind === 'nothing' ? self : opaque('object that is made')
}

/**
 * The object that `this` means in a method that is read by itself. Fields that hold one number for good are known; those
 * that anyone may set are inputs with the value that they begin with.
 */
export function classObject(machine: Machine, code: ClassCode, scope: Scope, ofStatic: boolean): ReferenceValue {
  const fields = new Map<string, Value>()
  const initial = new Map<string, number>()
  const record = allocate(machine, { kind: 'record', fields, label: null, open: !ofStatic })
  const changed = assignedFields(code)
  for (const member of code.members) {
    if (member.isStatic !== ofStatic) continue
    const { key, method } = member
    if (method) {
      if (method.form !== 'setter')
        fields.set(key, { kind: 'closure', code: method, file: machine.file, scope, name: key, self: record })
      continue
    }
    const value = fieldValue(machine, member, scope, record)
    if (value?.kind === 'number' && !(!changed.has(key) && (member.isStatic || member.isPrivate)))
      initial.set(key, value.known ?? 0)
    else if (value && !changed.has(key)) fields.set(key, value)
  }
  write(machine.state, record.id, { kind: 'record', fields, label: null, open: !ofStatic, initial })
  return record
}

function fieldValue(
  machine: Machine,
  { key, value: source }: ClassMember,
  scope: Scope,
  self: ReferenceValue,
): Value | null {
  if (!source) return null
  const value = evaluate(machine, source, { scope, self })
  if (value.kind === 'closure') return { ...value, name: key, self }
  if (value.kind === 'reference') return objectOf(machine, value).kind === 'unknown' ? null : value
  return value.kind === 'number' && value.known !== undefined ? value : null
}

/** Fields that some method sets. */
function assignedFields(code: ClassCode): Set<string> {
  const names = new Set<string>()
  walkCode(code, (part) => {
    if (part.kind !== 'assign' || part.target.kind !== 'place') return
    let { place }: { place: Expression } = part.target
    while ((place.kind === 'member' || place.kind === 'index') && place.object.kind !== 'self') place = place.object
    if (place.kind === 'member') names.add(place.key)
  })
  return names
}

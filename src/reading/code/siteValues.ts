/** Functions in expressions: in objects, classes, lists, calls, on the right of an assignment. */
import { classObject } from './classes'
import type { AssignTerm, CallTerm, ClassCode, Expression, FunctionCode, ListTerm, RecordTerm, Span } from './core'
import { evaluate } from './expression'
import { pathOf } from './file'
import { allocate, type Machine, newMachine, objectOf } from './machine'
import { childScope } from './scope'
import { type Around, type Called, type Holder, nobody, textIn, type Visitor } from './site'
import { declareParameters, visitBlock, visitFunction, visitWithin } from './sites'
import { write } from './state'
import type { Value } from './value'

const DEEPEST = 40

export function visitValue(visit: Visitor, code: Expression, called: Called | null, around: Around): void {
  if (visit.depth > DEEPEST) return
  visit.depth++
  visitInner(visit, code, called, around)
  visit.depth--
}

function visitInner(visit: Visitor, code: Expression, called: Called | null, around: Around): void {
  switch (code.kind) {
    case 'lambda':
      visitLambda(visit, code.code, called, around)
      return
    case 'record':
      visitObject(visit, code, called, around)
      return
    case 'class':
      visitClass(visit, code.code, around)
      return
    case 'call':
      visitCall(visit, code, called, around)
      return
    case 'assign':
      visitAssignment(visit, code, around)
      return
    case 'list':
      visitItems(visit, code, called, around)
      return
    case 'operation':
      for (const part of code.args) visitValue(visit, part, null, around)
      return
    case 'logic':
      for (const part of [code.left, code.right]) visitValue(visit, part, null, around)
      return
    case 'sequence':
      for (const part of code.items) visitValue(visit, part, null, around)
  }
}

function visitLambda(visit: Visitor, code: FunctionCode, called: Called | null, around: Around): void {
  const name = called?.name ?? code.name
  if (name) visitFunction(visit, code, called?.span ?? code.nameSpan ?? code, name, around)
  else visitAnonymous(visit, code, around)
}

/** A function without a name, such as the wrapper of a module: only what is inside counts. */
function visitAnonymous(visit: Visitor, code: FunctionCode, around: Around): void {
  const scope = childScope(around.scope)
  declareParameters(visit, code, scope)
  if (!code.isExpression) visitBlock(visit, code.body, scope, around.self)
}

function visitObject(visit: Visitor, code: RecordTerm, called: Called | null, around: Around): void {
  const machine = newMachine(visit.program, visit.file, null, 'drop')
  let object: Value | null = null
  const self = () => {
    object ??= opened(machine, evaluate(machine, code, { scope: around.scope, self: null }))
    return object
  }
  const parent = holderOf(around)
  const holder: Holder = { kind: 'object', code, name: called?.name ?? null, scope: around.scope, self, parent }
  visit.seeHolder(holder)
  for (const { key, keySpan, value, comment } of code.entries) {
    if (typeof key !== 'string') continue
    const place = { ...around, comment: comment ?? null, self, group: holder }
    const isMethod = value.kind === 'lambda' && value.code.form !== 'arrow' && value.code.form !== 'plain'
    if (isMethod) visitFunction(visit, value.code, keySpan, key, place)
    else if (value.kind !== 'name') visitValue(visit, value, { name: key, span: keySpan }, place)
  }
}

const holderOf = ({ group }: Around): Holder | null => (group && 'kind' in group ? group : null)

/** `this` of a method may have fields that others set. */
function opened(machine: Machine, value: Value): Value {
  const object = value.kind === 'reference' ? objectOf(machine, value) : null
  if (object?.kind === 'record' && value.kind === 'reference') write(machine.state, value.id, { ...object, open: true })
  return value
}

/** What is assigned to `a.b` and `a.c` belongs together. */
function groupOf({ file }: Visitor, prefix: string): { readonly prefix: string } {
  const group = file.prefixes.get(prefix) ?? { prefix }
  file.prefixes.set(prefix, group)
  return group
}

/** The object that `this` means in `Neuron.prototype.output = …`. */
function prototypeObject(visit: Visitor, prefix: string): Value {
  const known = visit.file.prototypes.get(prefix)
  if (known) return known
  const { program, file } = visit
  const machine = newMachine(program, file, null, 'drop')
  const fields = new Map<string, Value>()
  const record = allocate(machine, { kind: 'record', fields, label: null, open: true })
  file.prototypes.set(prefix, record)
  for (const [path, code] of file.assigned) {
    if (!path.startsWith(`${prefix}.`) || code.kind !== 'lambda' || code.code.form !== 'plain') continue
    const name = path.slice(prefix.length + 1)
    fields.set(name, { kind: 'closure', code: code.code, file, scope: file.scope, name, self: record })
  }
  return record
}

function visitItems(visit: Visitor, code: ListTerm, called: Called | null, around: Around): void {
  const parent = holderOf(around)
  visit.seeHolder({ kind: 'list', code, name: called?.name ?? null, scope: around.scope, self: nobody, parent })
  code.items.forEach(({ value }, index) => {
    visitValue(visit, value, called && { name: `${called.name}[${index}]`, span: value }, around)
  })
}

export function visitClass(visit: Visitor, code: ClassCode, around: Around): void {
  const machine = newMachine(visit.program, visit.file, null, 'drop')
  const objects = new Map<boolean, Value>()
  const objectOfClass = (ofStatic: boolean) => {
    if (!objects.has(ofStatic)) objects.set(ofStatic, classObject(machine, code, around.scope, ofStatic))
    return objects.get(ofStatic) ?? null
  }
  const self = () => objectOfClass(false)
  const holder: Holder = { kind: 'class', code, name: code.name, scope: around.scope, self, parent: null }
  visit.seeHolder(holder)
  for (const { key, keySpan, isStatic, method, value, comment } of code.members) {
    const place = { ...around, comment: comment ?? null, self: () => objectOfClass(isStatic), group: holder }
    if (key === 'constructor' && method) visitWithin(visit, method, place)
    else if (method) visitFunction(visit, method, keySpan, key, place)
    else if (value) visitValue(visit, value, { name: key, span: keySpan }, place)
  }
}

/** `memo(x => …)`, `Object.freeze({ … })`, and a function that is called where it is written. */
function visitCall(visit: Visitor, code: CallTerm, called: Called | null, around: Around): void {
  const { callee, args } = code
  visitValue(visit, callee, null, around)
  const parent = holderOf(around)
  visit.seeHolder({ kind: 'call', code, name: called?.name ?? null, scope: around.scope, self: nobody, parent })
  const wraps = callee.kind === 'name' || /^Object\./.test(pathOf(callee) ?? '')
  const functions = args.filter(({ value }) => value.kind === 'lambda' || value.kind === 'record')
  args.forEach(({ value }, index) => {
    const name = functions.length === 1 ? called : called && { name: `${called.name}[${index}]`, span: value }
    visitValue(visit, value, wraps ? name : null, around)
  })
}

function visitAssignment(visit: Visitor, { target, value }: AssignTerm, around: Around): void {
  if (target.kind !== 'place' && target.kind !== 'name') return
  const text = textIn(visit, target)
  const exported = around.exported || /^(module\.)?exports\b/.test(text)
  const property: Span = target.kind === 'place' && target.place.kind === 'member' ? target.place.keySpan : target
  const name = text === 'module.exports' ? 'default' : textIn(visit, property)
  if (/\.prototype$/.test(text)) {
    visitValue(visit, value, null, { ...around, exported })
    return
  }
  const prototype = /^(.+\.prototype)\.\w+$/.exec(text)?.[1]
  const self = prototype ? () => prototypeObject(visit, prototype) : around.self
  const prefix = /^(.+)\.\w+$/.exec(text)?.[1]
  const group = prefix && !/^(module\.)?exports$/.test(prefix) ? groupOf(visit, prefix) : null
  visitValue(visit, value, { name, span: property }, { ...around, exported, self, group })
}

/** Functions in expressions: in objects, classes, lists, calls, on the right of an assignment. */
import type { SyntaxNode } from '@lezer/common'
import { classObject } from './classes'
import { evaluate } from './expression'
import { propertyKey } from './literals'
import { allocate, type Machine, newMachine, objectOf } from './machine'
import { childScope } from './scope'
import { type Around, type Called, commentAbove, type Holder, nobody, textIn, type Visitor } from './site'
import { declareParameters, visitBlock, visitFunction } from './sites'
import { write } from './state'
import { bare, childNamed, partsOf } from './tree'
import type { Value } from './value'

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunction'])

export function visitValue(visit: Visitor, written: SyntaxNode, called: Called | null, around: Around): void {
  const node = bare(written)
  if (visit.depth > 40) return
  visit.depth++
  if (FUNCTIONS.has(node.name)) {
    const own = childNamed(node, 'VariableDefinition')
    const name = called?.name ?? (own ? textIn(visit, own) : '')
    if (name) visitFunction(visit, node, called?.node ?? own ?? node, name, around)
    else visitAnonymous(visit, node, around)
  } else if (node.name === 'ObjectExpression') visitObject(visit, node, called, around)
  else if (node.name === 'ClassExpression') visitClass(visit, node, around)
  else if (node.name === 'CallExpression' || node.name === 'NewExpression') visitCall(visit, node, called, around)
  else if (node.name === 'AssignmentExpression') visitAssignment(visit, node, around)
  else if (node.name === 'UnaryExpression' || node.name === 'BinaryExpression' || node.name === 'SequenceExpression')
    for (const part of partsOf(node)) visitValue(visit, part, null, around)
  else if (node.name === 'ArrayExpression') visitItems(visit, node, called, around)
  visit.depth--
}

/** A function without a name, such as the wrapper of a module: only what is inside counts. */
function visitAnonymous(visit: Visitor, node: SyntaxNode, around: Around): void {
  const scope = childScope(around.scope)
  declareParameters(visit, node, scope)
  const block = childNamed(node, 'Block')
  if (block) visitBlock(visit, block, scope, around.self)
}

function visitObject(visit: Visitor, node: SyntaxNode, called: Called | null, around: Around): void {
  const machine = newMachine(visit.program, visit.file, null, 'drop')
  let object: Value | null = null
  const self = () => {
    object ??= opened(machine, evaluate(machine, node, { scope: around.scope, self: null }))
    return object
  }
  const holder: Holder = {
    kind: 'object',
    node,
    name: called?.name ?? null,
    scope: around.scope,
    self,
    parent: holderOf(around),
  }
  visit.seeHolder(holder)
  for (const property of partsOf(node)) {
    if (property.name !== 'Property') continue
    const key = propertyKey(machine, property)
    const keyNode = partsOf(property).find((part) => /Property|String|Number/.test(part.name))
    if (key === null || !keyNode) continue
    const place = { ...around, comment: commentAbove(property), self, group: holder }
    if (childNamed(property, 'ParamList')) visitFunction(visit, property, keyNode, key, place)
    else {
      const value = partsOf(property).at(-1)
      if (value && value !== keyNode && childNamed(property, ':'))
        visitValue(visit, value, { name: key, node: keyNode }, place)
    }
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
  for (const [path, node] of file.assigned) {
    if (!path.startsWith(`${prefix}.`) || node.name !== 'FunctionExpression') continue
    const name = path.slice(prefix.length + 1)
    fields.set(name, { kind: 'closure', node, file, scope: file.scope, name, self: record })
  }
  return record
}

function visitItems(visit: Visitor, node: SyntaxNode, called: Called | null, around: Around): void {
  const parent = holderOf(around)
  visit.seeHolder({ kind: 'list', node, name: called?.name ?? null, scope: around.scope, self: nobody, parent })
  partsOf(node)
    .filter((part) => !['[', ']', ','].includes(part.name))
    .forEach((item, index) => {
      visitValue(visit, item, called && { name: `${called.name}[${index}]`, node: item }, around)
    })
}

export function visitClass(visit: Visitor, node: SyntaxNode, around: Around): void {
  const machine = newMachine(visit.program, visit.file, null, 'drop')
  const body = childNamed(node, 'ClassBody')
  const objects = new Map<boolean, Value>()
  const objectOfClass = (ofStatic: boolean) => {
    if (!objects.has(ofStatic)) objects.set(ofStatic, classObject(machine, node, around.scope, ofStatic))
    return objects.get(ofStatic) ?? null
  }
  const name = childNamed(node, 'VariableDefinition')
  const self = () => objectOfClass(false)
  const holder: Holder = {
    kind: 'class',
    node,
    name: name && textIn(visit, name),
    scope: around.scope,
    self,
    parent: null,
  }
  visit.seeHolder(holder)
  for (const member of body ? partsOf(body) : []) {
    const key = propertyKey(machine, member)
    const keyNode = partsOf(member).find((part) => /PropertyDefinition|String/.test(part.name))
    if (key === null || !keyNode || key === 'constructor') continue
    const ofStatic = childNamed(member, 'static') !== null
    const place = { ...around, comment: commentAbove(member), self: () => objectOfClass(ofStatic), group: holder }
    if (childNamed(member, 'ParamList')) visitFunction(visit, member, keyNode, key, place)
    else if (childNamed(member, 'Equals')) {
      const value = partsOf(member).findLast((part) => part.name !== ';')
      if (value) visitValue(visit, value, { name: key, node: keyNode }, place)
    }
  }
}

/** `memo(x => …)`, `Object.freeze({ … })`, and a function that is called where it is written. */
function visitCall(visit: Visitor, node: SyntaxNode, called: Called | null, around: Around): void {
  const callee = partsOf(node).find((part) => part.name !== 'new')
  if (callee) visitValue(visit, callee, null, around)
  const parent = holderOf(around)
  visit.seeHolder({ kind: 'call', node, name: called?.name ?? null, scope: around.scope, self: nobody, parent })
  const list = childNamed(node, 'ArgList')
  const args = list ? partsOf(list).filter((part) => !['(', ')', ','].includes(part.name)) : []
  const wraps = callee?.name === 'VariableName' || (callee && /^Object\./.test(textIn(visit, callee)))
  const functions = args.filter((arg) => FUNCTIONS.has(bare(arg).name) || bare(arg).name === 'ObjectExpression')
  args.forEach((arg, index) => {
    const name = functions.length === 1 ? called : called && { name: `${called.name}[${index}]`, node: arg }
    visitValue(visit, arg, wraps ? name : null, around)
  })
}

function visitAssignment(visit: Visitor, node: SyntaxNode, around: Around): void {
  const [target, , source] = partsOf(node)
  if (!target || !source) return
  const text = textIn(visit, target)
  const exported = around.exported || /^(module\.)?exports\b/.test(text)
  const property = target.name === 'MemberExpression' ? (childNamed(target, 'PropertyName') ?? target) : target
  const name = text === 'module.exports' ? 'default' : textIn(visit, property)
  if (/\.prototype$/.test(text)) visitValue(visit, source, null, { ...around, exported })
  else {
    const prototype = /^(.+\.prototype)\.\w+$/.exec(text)?.[1]
    const self = prototype ? () => prototypeObject(visit, prototype) : around.self
    const prefix = /^(.+)\.\w+$/.exec(text)?.[1]
    const group = prefix && !/^(module\.)?exports$/.test(prefix) ? groupOf(visit, prefix) : null
    visitValue(visit, source, { name, node: property }, { ...around, exported, self, group })
  }
}

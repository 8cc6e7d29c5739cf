/** What a name or `a.b`, `a[i]` stands for. */
import type { SyntaxNode } from '@lezer/common'
import type { Expr, Name, NameExpr, Range } from '../statement'
import { constantNamed } from './arithmetic'
import { invoke } from './calls'
import { evaluate, type Place } from './expression'
import type { SourceFile } from './file'
import { define, inputOf, known, type Machine, numberExpr, objectOf, rangeOf, textOf } from './machine'
import { nameOf, partName } from './names'
import { lookUp, type Variable } from './scope'
import { read } from './state'
import { childNamed, partsOf } from './tree'
import { type ClosureValue, type FreeValue, NOTHING, type NumberValue, opaque, opaqueIn, type Value } from './value'

const BUILTINS = new Set(
  'Math Number Array Object Boolean String parseFloat parseInt isNaN isFinite Float32Array Float64Array'.split(' '),
)
/** Objects of the hosts: never mathematics. */
const HOSTS = new Set(
  'console window document process globalThis global self require module exports Date performance JSON Promise navigator crypto'.split(
    ' ',
  ),
)

export const readName = (machine: Machine, node: SyntaxNode, place: Place): Value =>
  readVariableNamed(machine, textOf(machine, node), node, place)

export function readVariableNamed(machine: Machine, name: string, node: SyntaxNode, place: Place): Value {
  const range = rangeOf(machine, node)
  const variable = lookUp(place.scope, name)
  if (variable) return readVariable(machine, variable, range)
  if (name === 'undefined') return NOTHING
  const constant = constantNamed(name, range)
  if (constant) return constant
  if (BUILTINS.has(name)) return { kind: 'builtin', name }
  if (HOSTS.has(name)) return opaque(name === 'Date' || name === 'performance' ? 'time' : 'not a number')
  return freeGlobal(machine, name)
}

/** A name that nothing here declares: the same input wherever it is met. */
const freeGlobal = (_machine: Machine, name: string): FreeValue => ({
  kind: 'free',
  name: nameOf(name),
  root: null,
})

function readVariable(machine: Machine, variable: Variable, range: Range): Value {
  if (variable.changing && machine.region) return opaque('outside state that changes')
  let content = read(machine.state, variable.cell)
  if (!content && variable.file) {
    const declare = variable.file.pending.get(variable.cell)
    variable.file.pending.delete(variable.cell)
    declare?.()
    content = read(machine.state, variable.cell)
  }
  if (!content || content.kind === 'list' || content.kind === 'record')
    return content ? opaque('not a number') : NOTHING
  if (content.kind !== 'number') return content
  if (variable.file && machine.region) return moduleNumber(machine, variable, content, range)
  return { ...content, expr: { ...content.expr, range } }
}

/** A value that is computed outside the function: a definition where it is first used. */
function outerNumber(machine: Machine, variable: Variable, value: NumberValue, range: Range): Value {
  const reason = opaqueIn(value.expr)?.reason
  if (reason !== undefined) return opaque(reason)
  let name = machine.constants.get(variable.cell)
  if (!name) {
    const expr = relocated(value.expr, { start: range.start, end: range.start })
    const defined = define(machine, variable.name, { ...value, expr }, { start: range.start, end: range.start })
    name = (defined.expr as NameExpr).name
    machine.constants.set(variable.cell, name)
  }
  return { ...value, expr: { kind: 'name', name, range } }
}

function relocated(expr: Expr, range: Range): Expr {
  if (expr.kind !== 'apply') return { ...expr, range }
  return { kind: 'apply', op: expr.op, args: expr.args.map((arg) => relocated(arg, range)), range }
}

/** A constant of the module: an input that has its value. */
function moduleNumber(machine: Machine, variable: Variable, value: NumberValue, range: Range): Value {
  if (value.known === undefined) return outerNumber(machine, variable, value, range)
  let name = machine.constants.get(variable.cell)
  if (!name) {
    name = nameOf(variable.name, machine.keys.has(variable.name) ? `module.${variable.name}` : variable.name)
    machine.keys.add(name.key)
    machine.constants.set(variable.cell, name)
    const target = { kind: 'name', name, range } as const
    machine.bindings.push({ kind: 'binding', target, value: numberExpr(value.known, range), range })
  }
  return { ...value, expr: { kind: 'name', name, range } }
}

export function member(machine: Machine, node: SyntaxNode, place: Place): Value {
  const [object] = partsOf(node)
  if (!object) return opaque('unfinished code')
  const assigned = machine.file.assigned.get(textOf(machine, node))
  if (assigned) return assignedValue(machine, assigned, machine.file)
  const whole = object.name === 'super' ? (place.self ?? NOTHING) : evaluate(machine, object, place)
  const key = memberKey(machine, node, place)
  return key === null ? opaque('index that is not known', usesOf(whole)) : partOf(machine, whole, key, node)
}

/** The `b` of `a.b`, the number or text of `a[…]`; `null` where it depends on an input. */
export function memberKey(machine: Machine, node: SyntaxNode, place: Place): string | number | null {
  const property = childNamed(node, 'PropertyName', 'PrivatePropertyName')
  if (property) return textOf(machine, property)
  const parts = partsOf(node)
  const index = parts[parts.findIndex((part) => part.name === '[') + 1]
  if (!index || !childNamed(node, '[')) return null
  const value = evaluate(machine, index, place)
  if (value.kind === 'text') return value.text ?? null
  if (value.kind === 'nothing') return 'undefined'
  return value.kind === 'number' && value.known !== undefined ? value.known : null
}

const usesOf = (value: Value) =>
  value.kind === 'free' ? [{ kind: 'name' as const, name: value.name, range: { start: 0, end: 0 } }] : []

/** The part `key` of a value. */
export function partOf(machine: Machine, whole: Value, key: string | number, node: SyntaxNode): Value {
  const range = rangeOf(machine, node)
  switch (whole.kind) {
    case 'free':
      return freePart(machine, whole, key, range)
    case 'builtin':
      return constantNamed(`${whole.name}.${key}`, range) ?? { kind: 'builtin', name: `${whole.name}.${key}` }
    case 'closure':
      return functionPart(machine, whole, String(key))
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

function freePart(machine: Machine, whole: FreeValue, key: string | number, range: Range): Value {
  if (key === 'length' && machine.guards === 'nan' && !whole.elements) return NOTHING
  if (key === 'undefined') return NOTHING
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
  return { kind: 'free', name, root: whole.root }
}

function functionPart(machine: Machine, whole: ClosureValue, key: string): Value {
  const assigned = whole.file.assigned.get(`${whole.name}.${key}`)
  if (assigned) return assignedValue(machine, assigned, whole.file)
  return { kind: 'builtin', name: `function.${key}`, of: whole }
}

/** What a statement of the module assigned to `a.b`. */
function assignedValue(machine: Machine, node: SyntaxNode, file: SourceFile): Value {
  const { file: before } = machine
  machine.file = file
  const value = evaluate(machine, node, { scope: file.scope, self: null })
  machine.file = before
  return value
}

function objectPart(machine: Machine, whole: Value & { kind: 'reference' }, key: string | number, range: Range): Value {
  const object = objectOf(machine, whole)
  if (object.kind === 'list') {
    if (key === 'length') return known(object.items.length, range)
    const index = Number(key)
    if (!Number.isInteger(index)) return { kind: 'builtin', name: `list.${key}`, of: whole }
    return rangedPart(object.items[index] ?? NOTHING, range)
  }
  const field = object.fields.get(String(key))
  if (field) return isGetter(field) ? invoke(machine, field, [], range, whole) : rangedPart(field, range)
  if (!object.open) return { kind: 'builtin', name: `record.${key}`, of: whole }
  const initial = object.initial?.get(String(key))
  if (initial !== undefined && machine.region) return fieldInput(machine, String(key), initial, range)
  return { kind: 'free', name: fieldName(String(key)), root: null }
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

const isGetter = (value: Value): value is ClosureValue =>
  value.kind === 'closure' && childNamed(value.node, 'get') !== null && childNamed(value.node, 'ParamList') !== null

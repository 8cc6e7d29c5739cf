/** `y = …`, `y += …`, `y++`, patterns: each new value of a variable is a definition of its own. */
import type { SyntaxNode } from '@lezer/common'
import type { Name, Range } from '../statement'
import { memberKey, partOf } from './access'
import { combine, evaluate, type Place } from './expression'
import { named, propertyKey } from './literals'
import { define, defineAs, freshKey, known, type Machine, objectOf, rangeOf, textOf } from './machine'
import { nameOf, partName } from './names'
import { lookUp, type Variable } from './scope'
import { write } from './state'
import { childNamed, partsOf } from './tree'
import { type HeapObject, isAtom, NOTHING, opaque, type ReferenceValue, type Value } from './value'

export function assign(machine: Machine, node: SyntaxNode, place: Place): Value {
  const [target, operator, source] = partsOf(node)
  if (!target || !operator || !source) return opaque('unfinished code')
  const spelling = textOf(machine, operator).slice(0, -1)
  const value = spelling === '' ? evaluate(machine, source, place) : compound(machine, node, spelling, place)
  return store(machine, target, value, place)
}

function compound(machine: Machine, node: SyntaxNode, spelling: string, place: Place): Value {
  const [target, operator, source] = partsOf(node) as [SyntaxNode, SyntaxNode, SyntaxNode]
  const before = evaluate(machine, target, place)
  if (spelling === '||' || spelling === '??')
    return before.kind === 'nothing' ? evaluate(machine, source, place) : before
  const after = evaluate(machine, source, place)
  return combine(machine, { node, operator, spelling }, [before, target], [after, source])
}

/** `y++` and `--y`. */
export function update(machine: Machine, node: SyntaxNode, place: Place): Value {
  const operator = childNamed(node, 'ArithOp')
  const target = partsOf(node).find((part) => part.name !== 'ArithOp')
  if (!operator || !target) return opaque('unfinished code')
  const before = evaluate(machine, target, place)
  const one = known(1, rangeOf(machine, operator))
  const spelling = textOf(machine, operator).charAt(0)
  const after = combine(machine, { node, operator, spelling }, [before, target], [one, operator])
  const stored = store(machine, target, after, place)
  return node.name === 'PostfixExpression' ? before : stored
}

/** Puts a value where a target says: a variable, a part of an object, a pattern. */
export function store(machine: Machine, target: SyntaxNode, value: Value, place: Place): Value {
  if (target.name === 'VariableName' || target.name === 'VariableDefinition') {
    const variable = lookUp(place.scope, textOf(machine, target))
    return variable ? storeVariable(machine, variable, value, rangeOf(machine, target)) : value
  }
  if (target.name === 'MemberExpression') return storePart(machine, target, value, place)
  if (target.name === 'ParenthesizedExpression') {
    const inner = partsOf(target)[1]
    return inner ? store(machine, inner, value, place) : value
  }
  bindPattern(machine, target, value, place)
  return value
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
  if (counter && value.known !== undefined) return known(value.known, target)
  return define(machine, identifier, value, target)
}

/** The parts of a list or record that gets a name are named after it: `w[0]`. */
export function labelObject(machine: Machine, reference: ReferenceValue, label: Name): void {
  const object = objectOf(machine, reference)
  if (object.label || !machine.region) return
  if (object.kind === 'list') {
    const items = object.items.map((item, index) => partNamed(machine, item, label, index))
    write(machine.state, reference.id, { ...object, items, label })
    return
  }
  const fields = new Map([...object.fields].map(([key, field]) => [key, partNamed(machine, field, label, key)]))
  write(machine.state, reference.id, { ...object, fields, label })
}

function partNamed(machine: Machine, value: Value, label: Name, part: string | number): Value {
  if (value.kind === 'reference') {
    labelObject(machine, value, partName(label, part))
    return value
  }
  if (value.kind !== 'number' || isAtom(value.expr)) return value
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

function storePart(machine: Machine, target: SyntaxNode, value: Value, place: Place): Value {
  const [object] = partsOf(target)
  if (!object) return value
  const whole = evaluate(machine, object, place)
  const key = memberKey(machine, target, place)
  if (whole.kind !== 'reference') return value
  const before = objectOf(machine, whole)
  if (key === null) {
    write(machine.state, whole.id, { kind: 'record', fields: new Map(), label: null, open: true })
    return opaque('index that is not known')
  }
  const label = before.label ?? (before.kind === 'record' && before.open ? null : undefined)
  const part = label ? partNamed(machine, value, label, key) : ownField(machine, value, key)
  write(machine.state, whole.id, withPart(before, key, part))
  return part
}

/** A field of `this`: `this.z = …` defines `z`. */
const ownField = (machine: Machine, value: Value, key: string | number): Value =>
  value.kind === 'number' && !isAtom(value.expr)
    ? define(machine, String(key).replace(/^#/, ''), value, {
        start: value.expr.range.start,
        end: value.expr.range.start,
      })
    : value

export function withPart(object: HeapObject, key: string | number, value: Value): HeapObject {
  if (object.kind === 'list' && Number.isInteger(Number(key)) && Number(key) >= 0 && Number(key) < 10_000) {
    const items = [...object.items]
    for (let index = items.length; index < Number(key); index++) items.push(NOTHING)
    items[Number(key)] = value
    return { ...object, items }
  }
  return object.kind === 'record' ? { ...object, fields: new Map(object.fields).set(String(key), value) } : object
}

/** Binds the names of a pattern, `{ a, b: [c = 1, ...rest] }`, to the parts of a value. */
export function bindPattern(machine: Machine, pattern: SyntaxNode, value: Value, place: Place): void {
  if (pattern.name === 'VariableDefinition' || pattern.name === 'VariableName') {
    store(machine, pattern, value, place)
    return
  }
  if (pattern.name === 'ObjectPattern') bindFields(machine, pattern, value, place)
  else if (pattern.name === 'ArrayPattern' || pattern.name === 'ArrayExpression')
    bindItems(machine, pattern, value, place)
}

function bindFields(machine: Machine, pattern: SyntaxNode, value: Value, place: Place): void {
  for (const property of partsOf(pattern)) {
    if (property.name !== 'PatternProperty') continue
    const parts = partsOf(property)
    if (parts[0]?.name === 'Spread') {
      if (parts[1]) bindPattern(machine, parts[1], value, place)
      continue
    }
    const key = propertyKey(machine, property)
    const target = parts.findLast((part) => /Definition|Pattern/.test(part.name) && !/^Property/.test(part.name))
    if (key === null || !target) continue
    bindPattern(machine, target, withDefault(machine, partOf(machine, value, key, target), parts, place), place)
  }
}

function bindItems(machine: Machine, pattern: SyntaxNode, value: Value, place: Place): void {
  let index = 0
  const parts = partsOf(pattern).slice(1)
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as SyntaxNode
    if (part.name === ',') index++
    else if (part.name === 'Spread') {
      const target = parts[++i]
      if (target) bindPattern(machine, target, restOf(machine, value, index), place)
    } else if (/^Variable|Pattern$|^MemberExpression$/.test(part.name)) {
      const given = partOf(machine, value, index, part)
      const item = withDefault(machine, given, parts.slice(i, i + 3), place)
      if (part.name === 'MemberExpression') store(machine, part, item, place)
      else bindPattern(machine, part, item, place)
    }
  }
}

function withDefault(machine: Machine, value: Value, parts: readonly SyntaxNode[], place: Place): Value {
  const at = parts.findIndex((part) => part.name === 'Equals')
  const fallback = at >= 0 ? parts[at + 1] : undefined
  return value.kind === 'nothing' && fallback ? evaluate(machine, fallback, place) : value
}

function restOf(machine: Machine, value: Value, from: number): Value {
  const object = value.kind === 'reference' ? objectOf(machine, value) : null
  if (object?.kind !== 'list') return opaque('list of unknown length')
  const id = machine.program.nextCell++
  write(machine.state, id, { kind: 'list', items: object.items.slice(from), label: null })
  return { kind: 'reference', id }
}

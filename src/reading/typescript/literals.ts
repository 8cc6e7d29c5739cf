/** Lists and records as they are written: `[1, x]`, `{ f: x => x, g(x) { … } }`. */
import type { SyntaxNode } from '@lezer/common'
import { readVariableNamed } from './access'
import { evaluate, type Place } from './expression'
import { allocate, type Machine, objectOf, textOf } from './machine'
import { write } from './state'
import { childNamed, partsOf } from './tree'
import { NOTHING, opaque, type ReferenceValue, type Value } from './value'

const MAX_ITEMS = 10_000

export function arrayLiteral(machine: Machine, node: SyntaxNode, place: Place): Value {
  const items: Value[] = []
  let spread = false
  for (const part of partsOf(node)) {
    if (part.name === '[' || part.name === ']' || part.name === ',') continue
    if (part.name === 'Spread') {
      spread = true
      continue
    }
    const value = evaluate(machine, part, place)
    if (spread) {
      const list = value.kind === 'reference' ? objectOf(machine, value) : null
      if (list?.kind !== 'list') return opaque('list of unknown length')
      items.push(...list.items)
      spread = false
    } else items.push(value)
    if (items.length > MAX_ITEMS) return opaque('too long')
  }
  return allocate(machine, { kind: 'list', items, label: null })
}

export function objectLiteral(machine: Machine, node: SyntaxNode, place: Place): Value {
  const fields = new Map<string, Value>()
  const record = allocate(machine, { kind: 'record', fields, label: null, open: false, node })
  for (const property of partsOf(node)) {
    if (property.name !== 'Property') continue
    if (childNamed(property, 'Spread')) spreadInto(machine, fields, property, place)
    else {
      const key = propertyKey(machine, property)
      if (key !== null) fields.set(key, propertyValue(machine, property, key, place, record))
    }
  }
  const object = objectOf(machine, record)
  write(machine.state, record.id, { ...object, kind: 'record', fields, label: null, open: false, node })
  return record
}

function spreadInto(machine: Machine, fields: Map<string, Value>, property: SyntaxNode, place: Place): void {
  const source = partsOf(property).at(-1)
  const value = source ? evaluate(machine, source, place) : NOTHING
  const object = value.kind === 'reference' ? objectOf(machine, value) : null
  if (object?.kind === 'record') for (const [key, field] of object.fields) fields.set(key, field)
}

/** The key of a property of an object, method of a class or part of a pattern; `null` where it is computed. */
export function propertyKey(machine: Machine, property: SyntaxNode): string | null {
  for (const part of partsOf(property)) {
    if (['PropertyDefinition', 'PropertyName', 'PrivatePropertyDefinition', 'Number'].includes(part.name))
      return textOf(machine, part)
    if (part.name === 'String') return textOf(machine, part).slice(1, -1)
    if (part.name === 'VariableDefinition') return textOf(machine, part)
    if (part.name === ':' || part.name === 'ParamList') return null
  }
  return null
}

/** A method, getter or function with a `function` body of its own. */
export const isMethod = (property: SyntaxNode): boolean => childNamed(property, 'ParamList') !== null

function propertyValue(machine: Machine, property: SyntaxNode, key: string, place: Place, self: ReferenceValue): Value {
  if (isMethod(property))
    return { kind: 'closure', node: property, file: machine.file, scope: place.scope, name: key, self }
  const colon = childNamed(property, ':')
  if (!colon) return readVariableNamed(machine, key, property, place)
  const value = partsOf(property).at(-1)
  if (!value || value.from < colon.to) return opaque('unfinished code')
  return named(evaluate(machine, value, place), key, self)
}

/** A function takes the name of what it is assigned to, and a `function` its object as `this`. */
export function named(value: Value, name: string, self: Value | null = null): Value {
  if (value.kind !== 'closure' || value.name) return value
  const own = value.node.name === 'FunctionExpression' && self ? self : value.self
  return { ...value, name, self: own }
}

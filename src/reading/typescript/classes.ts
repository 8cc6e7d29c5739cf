/** Classes: what `this` is in their methods, and what their static members are. */
import type { SyntaxNode } from '@lezer/common'
import { evaluate } from './expression'
import { isMethod, propertyKey } from './literals'
import { allocate, type Machine } from './machine'
import type { Scope } from './scope'
import { write } from './state'
import { childNamed, partsOf, walk } from './tree'
import type { ReferenceValue, Value } from './value'

/**
 * The object that `this` means. Fields that hold one number for good are known; those that anyone may set are inputs
 * with the value that they begin with.
 */
export function classObject(machine: Machine, node: SyntaxNode, scope: Scope, ofStatic: boolean): ReferenceValue {
  const fields = new Map<string, Value>()
  const initial = new Map<string, number>()
  const record = allocate(machine, { kind: 'record', fields, label: null, open: !ofStatic, node })
  const body = childNamed(node, 'ClassBody')
  const changed = body ? assignedFields(machine, body) : new Set<string>()
  for (const member of body ? partsOf(body) : []) {
    const key = propertyKey(machine, member)
    if (key === null || (childNamed(member, 'static') !== null) !== ofStatic) continue
    if (isMethod(member))
      fields.set(key, { kind: 'closure', node: member, file: machine.file, scope, name: key, self: record })
    else if (member.name === 'PropertyDeclaration') {
      const value = initialValue(machine, member, scope, record)
      if (value?.kind === 'number' && !isFixed(machine, member, key, changed)) initial.set(key, value.known ?? 0)
      else if (value && !changed.has(key)) fields.set(key, value)
    }
  }
  write(machine.state, record.id, { kind: 'record', fields, label: null, open: !ofStatic, node, initial })
  return record
}

/** A field that nobody sets: `static`, `readonly`, `#k` or `private k` that no method changes. */
function isFixed(machine: Machine, member: SyntaxNode, key: string, changed: ReadonlySet<string>): boolean {
  if (changed.has(key)) return false
  const marks = machine.file.text.slice(member.from, childNamed(member, 'Equals')?.from ?? member.to)
  return /\b(static|readonly|private)\b|#/.test(marks)
}

function initialValue(machine: Machine, member: SyntaxNode, scope: Scope, self: ReferenceValue): Value | null {
  const parts = partsOf(member)
  const source = parts[parts.findIndex((part) => part.name === 'Equals') + 1]
  if (!source || !childNamed(member, 'Equals')) return null
  const value = evaluate(machine, source, { scope, self })
  if (value.kind === 'closure') return { ...value, name: propertyKey(machine, member) ?? '', self }
  if (value.kind === 'reference') return value
  return value.kind === 'number' && value.known !== undefined ? value : null
}

function assignedFields(machine: Machine, body: SyntaxNode): Set<string> {
  const names = new Set<string>()
  walk(body, (node) => {
    if (node.name !== 'AssignmentExpression' && node.name !== 'PostfixExpression') return true
    const target = partsOf(node)[0]
    const property =
      target?.name === 'MemberExpression' ? childNamed(target, 'PropertyName', 'PrivatePropertyName') : null
    if (property && target?.firstChild?.name === 'this') names.add(machine.file.text.slice(property.from, property.to))
    return true
  })
  return names
}

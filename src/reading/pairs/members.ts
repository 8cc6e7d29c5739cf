/** The functions of a file, in the groups in which they stand: a scope, an object, a class, a prototype. */
import type { SyntaxNode } from '@lezer/common'
import { evaluate } from '../typescript/expression'
import type { SourceFile } from '../typescript/file'
import { isMethod, propertyKey } from '../typescript/literals'
import { newMachine, type Program } from '../typescript/machine'
import type { Holder, Site } from '../typescript/site'
import { visitFunctions } from '../typescript/sites'
import { bare, childNamed, partsOf } from '../typescript/tree'
import type { BuiltinValue, ClosureValue, Value } from '../typescript/value'

/** A function under the name by which it may be one of a pair. */
export interface Member {
  readonly name: string
  /** With the object that it stands in: `mccormick.fprime`. */
  readonly title: string
  readonly nameNode: SyntaxNode
  readonly value: ClosureValue | BuiltinValue
  readonly comment: SyntaxNode | null
  /** What `this` is, where it is a method. */
  readonly self: () => Value | null
}

/** Functions that stand side by side. */
export interface Group {
  readonly kind: 'scope' | 'object' | 'class' | 'prototype' | 'list' | 'call'
  readonly name: string | null
  readonly holder: Holder | null
  readonly members: Member[]
}

export interface Members {
  /** The group of a member, as the key of a table. */
  readonly tableOf: (member: Member) => string
  /** The name of the object or class that a member stands in. */
  readonly ownerOf: (member: Member) => string | null
  readonly groups: readonly Group[]
  readonly all: readonly Member[]
}

/** Finds every function of a file. */
export function membersOf(program: Program, file: SourceFile): Members {
  const groups = new Map<object, Group>()
  const holders: Holder[] = []
  for (const statement of file.statements)
    visitFunctions(
      program,
      file,
      statement,
      new Set(),
      (site) => {
        addSite(groups, file, site)
        return false
      },
      (holder) => holders.push(holder),
    )
  for (const holder of holders) addReferences(groups, program, file, holder)
  const list = [...groups.values()]
  const tableOf = (member: Member): string => {
    const index = list.findIndex((group) => group.members.includes(member))
    return `${list[index]?.name ?? ''}#${index}`
  }
  const ownerOf = (member: Member): string | null => {
    const own = list.find((group) => group.members.includes(member))
    return own && own.kind !== 'scope' ? (own.name?.replace(/\.prototype$/, '').replace(/^.*\./, '') ?? null) : null
  }
  return { groups: list, all: list.flatMap((group) => group.members), tableOf, ownerOf }
}

function groupOf(groups: Map<object, Group>, key: Site['group']): Group {
  const known = groups.get(key)
  if (known) return known
  const holder = 'kind' in key ? (key as Holder) : null
  const prefix = 'prefix' in key ? (key as { prefix: string }).prefix : null
  const kind = holder ? holder.kind : prefix !== null ? 'prototype' : 'scope'
  const group: Group = { kind, name: holder ? holder.name : prefix, holder, members: [] }
  groups.set(key, group)
  return group
}

function addSite(groups: Map<object, Group>, file: SourceFile, site: Site): void {
  const { name, nameNode, node, scope, comment } = site
  const value: ClosureValue = { kind: 'closure', node, file, scope, name, self: null }
  const group = groupOf(groups, site.group)
  group.members.push({ name, title: titleOf(group, name), nameNode, value, comment, self: site.self })
}

const titleOf = ({ kind, name: owner }: Group, name: string): string =>
  kind !== 'scope' && owner !== null && !name.startsWith(owner) ? `${owner.replace(/\.prototype$/, '')}.${name}` : name

/** Members that name a function which stands elsewhere: `{ activate: relu, derivate: Math.cos }`. */
function addReferences(groups: Map<object, Group>, program: Program, file: SourceFile, holder: Holder): void {
  const machine = newMachine(program, file, null, 'nan')
  const group = groupOf(groups, holder)
  const add = (name: string, nameNode: SyntaxNode, written: SyntaxNode) => {
    const node = bare(written)
    if (!/^(VariableName|MemberExpression)$/.test(node.name)) return
    const value = evaluate(machine, node, { scope: holder.scope, self: null })
    if (isFunction(value))
      group.members.push({ name, title: titleOf(group, name), nameNode, value, comment: null, self: () => null })
  }
  if (holder.kind === 'object') {
    for (const property of partsOf(holder.node)) {
      const key = property.name === 'Property' && !isMethod(property) ? propertyKey(machine, property) : null
      const source = partsOf(property).at(-1)
      if (key === null || !source || childNamed(property, 'Spread')) continue
      if (childNamed(property, ':')) add(key, property, source)
      else addShorthand(group, machine, holder, key, property)
    }
    return
  }
  const owner = holder.name ?? calleeName(file, holder)
  itemsOf(holder).forEach((item, index) => {
    const name = `${owner}[${index}]`
    const node = bare(item)
    if (node.name === 'ArrowFunction' || node.name === 'FunctionExpression') {
      const known = group.members.some(
        (member) => member.value.kind === 'closure' && member.value.node.from === node.from,
      )
      const value: ClosureValue = { kind: 'closure', node, file, scope: holder.scope, name, self: null }
      if (!known) group.members.push({ name, title: name, nameNode: node, value, comment: null, self: () => null })
    } else add(name, item, item)
  })
}

function addShorthand(
  group: Group,
  machine: ReturnType<typeof newMachine>,
  holder: Holder,
  key: string,
  property: SyntaxNode,
): void {
  const variable = evaluateName(machine, holder, key)
  if (variable && isFunction(variable))
    group.members.push({
      name: key,
      title: titleOf(group, key),
      nameNode: property,
      value: variable,
      comment: null,
      self: () => null,
    })
}

function evaluateName(machine: ReturnType<typeof newMachine>, holder: Holder, name: string): Value | null {
  let scope: Holder['scope'] | null = holder.scope
  while (scope && !scope.variables.has(name)) scope = scope.parent
  const variable = scope?.variables.get(name)
  if (!variable) return null
  variable.file?.pending.get(variable.cell)?.()
  const content = machine.state.own.get(variable.cell)
  return content && content.kind !== 'list' && content.kind !== 'record' ? content : null
}

const isFunction = (value: Value): value is ClosureValue | BuiltinValue =>
  value.kind === 'closure' || (value.kind === 'builtin' && value.name.startsWith('Math.'))

/** What a call calls, the best name that an argument has. */
function calleeName(file: SourceFile, holder: Holder): string {
  const callee = holder.kind === 'call' ? partsOf(holder.node).find((part) => part.name !== 'new') : undefined
  const text = callee ? file.text.slice(callee.from, callee.to) : ''
  return /^[\w$.]{1,40}$/.test(text) ? text : ''
}

/** The items of a list, the arguments of a call. */
export function itemsOf(holder: Holder): SyntaxNode[] {
  const list = holder.kind === 'list' ? holder.node : childNamed(holder.node, 'ArgList')
  return list ? partsOf(list).filter((part) => !['[', ']', '(', ')', ','].includes(part.name)) : []
}

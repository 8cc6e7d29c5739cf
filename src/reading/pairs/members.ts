/** The functions of a file, in the groups in which they stand: a scope, an object, a class, a prototype. */
import type { Expression, Span } from '../code/core'
import { evaluate } from '../code/expression'
import { pathOf, type SourceFile } from '../code/file'
import { newMachine, type Program } from '../code/machine'
import type { Holder, Site } from '../code/site'
import { visitFunctions } from '../code/sites'
import type { BuiltinValue, ClosureValue, Value } from '../code/value'
import { walkCode } from '../code/walk'
import type { Range } from '../statement'

/** A function under the name by which it may be one of a pair. */
export interface Member {
  readonly name: string
  /** With the object that it stands in: `mccormick.fprime`. */
  readonly title: string
  readonly nameSpan: Span
  readonly value: ClosureValue | BuiltinValue
  readonly comment: Span | null
  /** What `this` is, where it is a method. */
  readonly self: () => Value | null
}

/** Functions as they are written. */
export const textsOf = (members: readonly Member[]): string =>
  members
    .flatMap(({ value }) => (value.kind === 'closure' ? value.file.text.slice(value.code.from, value.code.to) : []))
    .join('\n')

/** Where the statements of a function stand that give something a value; none where it is written in another file. */
export function stepsIn({ value }: Member, file: SourceFile): Range[] {
  const steps: Range[] = []
  if (value.kind !== 'closure' || value.file !== file) return steps
  walkCode(value.code.body, (part) => {
    if (part.kind === 'let' || part.kind === 'expression' || part.kind === 'return')
      steps.push({ start: part.from, end: part.to })
  })
  return steps
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
  const { name, nameSpan, code, scope, comment } = site
  const value: ClosureValue = { kind: 'closure', code, file, scope, name, self: null }
  const group = groupOf(groups, site.group)
  group.members.push({ name, title: titleOf(group, name), nameSpan, value, comment, self: site.self })
}

const titleOf = ({ kind, name: owner }: Group, name: string): string =>
  kind !== 'scope' && owner !== null && !name.startsWith(owner) ? `${owner.replace(/\.prototype$/, '')}.${name}` : name

/** Members that name a function which stands elsewhere: `{ activate: relu, derivate: Math.cos }`. */
function addReferences(groups: Map<object, Group>, program: Program, file: SourceFile, holder: Holder): void {
  const machine = newMachine(program, file, null, 'nan')
  const group = groupOf(groups, holder)
  const add = (name: string, nameSpan: Span, code: Expression) => {
    if (code.kind !== 'name' && code.kind !== 'member') return
    const value = evaluate(machine, code, { scope: holder.scope, self: null })
    if (isFunction(value))
      group.members.push({ name, title: titleOf(group, name), nameSpan, value, comment: null, self: () => null })
  }
  if ('kind' in holder.code && holder.code.kind === 'record') {
    for (const entry of holder.code.entries) if (typeof entry.key === 'string') add(entry.key, entry, entry.value)
    return
  }
  const owner = holder.name ?? calleeName(holder)
  itemsOf(holder).forEach((item, index) => {
    const name = `${owner}[${index}]`
    if (item.kind !== 'lambda') {
      add(name, item, item)
      return
    }
    const { code } = item
    const known = group.members.some(({ value }) => value.kind === 'closure' && value.code === code)
    const value: ClosureValue = { kind: 'closure', code, file, scope: holder.scope, name, self: null }
    if (!known) group.members.push({ name, title: name, nameSpan: code, value, comment: null, self: () => null })
  })
}

const isFunction = (value: Value): value is ClosureValue | BuiltinValue =>
  value.kind === 'closure' || (value.kind === 'builtin' && value.name.startsWith('Math.'))

/** What a call calls, the best name that an argument has. */
function calleeName({ code }: Holder): string {
  const path = 'kind' in code && code.kind === 'call' ? pathOf(code.callee) : null
  return path !== null && path.length <= 40 ? path : ''
}

/** The items of a list, the arguments of a call. */
export function itemsOf({ code }: Holder): readonly Expression[] {
  if (!('kind' in code)) return []
  if (code.kind === 'list') return code.items.map(({ value }) => value)
  return code.kind === 'call' ? code.args.map(({ value }) => value) : []
}

/**
 * What has changed beside the place that is written to. Something that can't be followed may have changed all objects that it
 * can reach, and all variables that the functions that it was given assign to: none of these is known any more. An array that
 * changes in place is another one for all who hold it: a formula never changes, they hold another formula from then on.
 */
import { operation } from '../../operations/index'
import type { Expr, Range } from '../statement'
import { define, isObject, type Machine } from './machine'
import { lookUp, type Scope } from './scope'
import { type Content, read, type State, write } from './state'
import { type NumberValue, opaque, type Value } from './value'
import { type Code, mentionsOf } from './walk'

/** Whether what was handed over can be used again later, at any time. */
type When = 'once' | 'for good'

/** Forgets whatever can be reached from values that were handed to something unknown. */
export function forget(machine: Machine, values: readonly Value[], reason: string): void {
  spread({ machine, reason, when: 'for good', seen: new Set() }, [...values])
}

/** Forgets what a piece of code that isn't run may change. */
export function forgetCode(
  machine: Machine,
  code: Code | readonly Code[],
  scope: Scope,
  self: Value | null,
  reason: string,
): void {
  const spreading: Spreading = { machine, reason, when: 'once', seen: new Set() }
  spread(spreading, throughCode(spreading, code, scope, self))
}

interface Spreading {
  readonly machine: Machine
  readonly reason: string
  readonly when: When
  /** Objects and functions that have been met. */
  readonly seen: Set<unknown>
}

function spread(spreading: Spreading, queue: Value[]): void {
  for (let value = queue.pop(); value; value = queue.pop()) queue.push(...through(spreading, value))
}

/** Forgets one value, and tells what can be reached from it. */
function through(spreading: Spreading, value: Value): readonly Value[] {
  const { machine, reason, seen } = spreading
  switch (value.kind) {
    case 'reference': {
      if (seen.has(value.id)) return []
      seen.add(value.id)
      const content = read(machine.state, value.id)
      write(machine.state, value.id, { kind: 'unknown', reason })
      const others = [...(machine.aliases.get(value.id) ?? [])].map((id): Value => ({ kind: 'reference', id }))
      return [...others, ...partsOf(content)]
    }
    case 'closure': {
      if (seen.has(value.code)) return []
      seen.add(value.code)
      return throughCode(spreading, value.code, value.scope, value.self)
    }
    case 'class':
      return [value.statics]
    case 'builtin':
      return value.of ? [value.of] : []
    case 'free':
      machine.changedInputs.set(value.name.key, reason)
      return []
    default:
      return []
  }
}

function partsOf(content: Content | undefined): readonly Value[] {
  if (!isObject(content) || content.kind === 'unknown') return []
  return content.kind === 'list' ? content.items : [...content.fields.values()]
}

function throughCode(
  { machine, reason, when }: Spreading,
  code: Code | readonly Code[],
  scope: Scope,
  self: Value | null,
): Value[] {
  const mentions = mentionsOf(code)
  const reached: Value[] = []
  if (mentions.self && self) reached.push(self)
  for (const name of mentions.named) {
    const variable = lookUp(scope, name)
    const content = variable && read(machine.state, variable.cell)
    if (content && !isObject(content)) reached.push(content)
  }
  for (const name of mentions.assigned) {
    const variable = lookUp(scope, name)
    if (!variable) continue
    if (when === 'for good') machine.escaped.set(variable.cell, reason)
    write(machine.state, variable.cell, opaque(reason))
  }
  return reached.filter(({ kind }) => kind !== 'number' && kind !== 'free' && kind !== 'text')
}

type Definitions = ReadonlyMap<string, Expr>

const definitionsOf = (machine: Machine): Definitions =>
  new Map(machine.definitions.map(({ target, expr }) => [target.key, expr]))

/** What a name stands for in the end, through definitions that only give it another name. */
export function rootOf(machine: Machine): (expr: Expr) => Expr {
  const definitions = definitionsOf(machine)
  return (expr) => rootIn(definitions, expr)
}

function rootIn(definitions: Definitions, expr: Expr): Expr {
  let at = expr
  for (let next = definitionOf(at, definitions); next?.kind === 'name'; next = definitionOf(at, definitions)) at = next
  return at
}

const definitionOf = (expr: Expr, definitions: Definitions): Expr | undefined =>
  expr.kind === 'name' ? definitions.get(expr.name.key) : undefined

/** The arrays whose numbers an array shares, because it is a part or another shape of them. */
function basesOf(definitions: Definitions, expr: Expr): Expr[] {
  const bases: Expr[] = []
  for (let at = rootIn(definitions, expr); ; ) {
    const made: Expr | undefined = at.kind === 'name' ? definitions.get(at.name.key) : at
    if (made?.kind !== 'apply' || !operation(made.op)?.isView || !made.args[0]) return bases
    at = rootIn(definitions, made.args[0])
    bases.push(at)
  }
}

const isSame = (a: Expr, b: Expr): boolean =>
  a === b || (a.kind === 'name' && b.kind === 'name' && a.name.key === b.name.key)

const SHARED = 'index that is not known'

/**
 * An array is changed in place: all who hold it hold what it is afterwards; of what shares its numbers nothing is known. A part
 * that is changed isn't known itself where its whole is still held.
 * @param after `null`: it can't be said what it is then
 */
export function changedInPlace(
  machine: Machine,
  array: NumberValue,
  after: NumberValue | null,
  identifier: string,
  range: Range,
): Value {
  const bases = basesOf(definitionsOf(machine), array.expr).filter((base) => isHeld(machine, base))
  if (!after || bases.length > 0) {
    for (const each of [array.expr, ...bases]) replaceEverywhere(machine, each, opaque(SHARED))
    return opaque(SHARED)
  }
  const named = machine.region ? define(machine, identifier, after, range) : after
  replaceEverywhere(machine, array.expr, named)
  return named
}

/** All variables and objects that hold an array see that it has changed; views of it aren't known any more. */
function replaceEverywhere(machine: Machine, old: Expr, value: Value): void {
  const definitions = definitionsOf(machine)
  const root = rootIn(definitions, old)
  if (root.kind === 'number') return
  const after = (each: Value): Value => {
    if (each.kind === 'free') return root.kind === 'name' && each.name.key === root.name.key ? value : each
    if (each.kind !== 'number' || each.known !== undefined) return each
    if (isSame(rootIn(definitions, each.expr), root)) return value
    return basesOf(definitions, each.expr).some((base) => isSame(base, root)) ? opaque(SHARED) : each
  }
  for (const [cell, content] of contentsOf(machine)) {
    const changed = replaced(content, after)
    if (changed !== content) write(machine.state, cell, changed)
  }
}

/** Whether a variable or an object still holds an array. */
function isHeld(machine: Machine, array: Expr): boolean {
  const definitions = definitionsOf(machine)
  const holds = (value: Value): boolean => {
    if (value.kind === 'free') return array.kind === 'name' && value.name.key === array.name.key
    return value.kind === 'number' && isSame(rootIn(definitions, value.expr), array)
  }
  return contentsOf(machine).some(([, content]) => {
    if (!isObject(content)) return holds(content)
    if (content.kind === 'unknown') return false
    return content.kind === 'list' ? content.items.some(holds) : [...content.fields.values()].some(holds)
  })
}

/** What all cells hold now. */
function contentsOf(machine: Machine): [number, Content][] {
  const seen = new Set<number>()
  const contents: [number, Content][] = []
  for (let state: State | null = machine.state; state; state = state.parent)
    for (const [cell, content] of state.own) {
      if (seen.has(cell)) continue
      seen.add(cell)
      contents.push([cell, content])
    }
  return contents
}

function replaced(content: Content, after: (value: Value) => Value): Content {
  if (!isObject(content)) return after(content)
  if (content.kind === 'list') {
    const items = content.items.map(after)
    return items.some((item, index) => item !== content.items[index]) ? { ...content, items } : content
  }
  if (content.kind !== 'record') return content
  const fields = new Map([...content.fields].map(([key, field]) => [key, after(field)]))
  return [...fields].some(([key, field]) => field !== content.fields.get(key)) ? { ...content, fields } : content
}

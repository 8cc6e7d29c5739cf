/** What a piece of code names and assigns to, found without running it. */
import type { Expression, NameTerm, Pattern, SelfTerm, Statement } from './core'
import { namesBound } from './scope'

/** A part of code: an expression, a statement, a pattern, a function. */
export type Code = object

/** Calls `see` for each part of a piece of code that has a kind; what is below a part for which it says `false` is left out. */
export function walkCode(code: Code | readonly Code[], see: (part: Expression | Statement | Pattern) => unknown): void {
  const stack: unknown[] = [code]
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (typeof top !== 'object' || top === null) continue
    if ('kind' in top && typeof top.kind === 'string' && see(top as Expression) === false) continue
    // In the order in which they are written: the last one is taken first.
    const parts = Object.values(top)
    for (let index = parts.length - 1; index >= 0; index--)
      if (typeof parts[index] === 'object') stack.push(parts[index])
  }
}

export interface Mentions {
  readonly assigned: ReadonlySet<string>
  readonly named: ReadonlySet<string>
  readonly self: boolean
  /** It may return, or leave a loop around it. */
  readonly leaves: boolean
}

const known = new WeakMap<Code, Mentions>()

/** The variables that a piece of code assigns to and those that it names, its own among them. */
export function mentionsOf(code: Code | readonly Code[]): Mentions {
  const before = known.get(code)
  if (before) return before
  const assigned = new Set<string>()
  const named = new Set<string>()
  let self = false
  walkCode(code, (part) => {
    if (part.kind === 'assign') for (const { name } of namesBound(part.target)) assigned.add(name)
    // A variable of the whole function was there before.
    if (part.kind === 'let' && part.whole) for (const { name } of namesBound(part.pattern)) assigned.add(name)
    if (part.kind === 'each' && !part.declares) for (const { name } of namesBound(part.pattern)) assigned.add(name)
    if (part.kind === 'name') named.add((part as NameTerm).name)
    if (part.kind === 'self') self ||= (part as SelfTerm).from >= 0
  })
  const mentions = { assigned, named, self, leaves: leavesFrom(code) }
  known.set(code, mentions)
  return mentions
}

function leavesFrom(code: Code | readonly Code[]): boolean {
  let leaves = false
  walkCode(code, (part) => {
    leaves ||= part.kind === 'return' || ((part.kind === 'break' || part.kind === 'continue') && part.label !== null)
    return part.kind !== 'lambda' && part.kind !== 'function' && part.kind !== 'class'
  })
  return leaves
}

/**
 * What was judged stays judged while nothing changes on which it stands: the claim, everything in its part of the note
 * that speaks of the names that it uses, and the words before it. Statements of a passage that wasn't edited are the
 * same objects in the next analysis, so they are compared by identity.
 */
import { namesOf } from '../meaning/parts'
import type { Placed, Scope } from '../meaning/scope'
import type { Claim, Statement } from '../reading/statement'

/** Everything in a note that speaks of names, by name without index, and the names of each statement. */
export interface Families {
  readonly members: ReadonlyMap<string, readonly Placed<Statement>[]>
  of(statement: Statement): readonly string[]
}

/** What a verdict stands on. */
export interface Grounds {
  readonly facts: readonly unknown[]
  readonly words: string
}

export function familiesIn(scope: Scope): Families {
  const members = new Map<string, Placed<Statement>[]>()
  const known = new Map<Statement, readonly string[]>()
  const of = (statement: Statement): readonly string[] => {
    const own = known.get(statement) ?? [...new Set(namesOf(statement).map(({ key }) => familyOf(scope, key)))]
    known.set(statement, own)
    return own
  }
  for (const placed of scope.statements) {
    if (placed.statement.kind === 'mention' || placed.statement.kind === 'function') continue
    for (const family of of(placed.statement)) {
      const own = members.get(family)
      if (own) own.push(placed)
      else members.set(family, [placed])
    }
  }
  return { members, of }
}

/** Statements that a verdict on the claim may depend on, each once, with what their places mean for it. */
export function groundsOf(families: Families, claim: Placed<Claim>, words: string): Grounds {
  const facts: unknown[] = []
  const part = claim.section[0]
  const met = new Set<string>()
  const told = new Set<Statement>([claim.statement])
  const open = [...families.of(claim.statement)]
  for (let family = open.pop(); family !== undefined; family = open.pop()) {
    if (met.has(family)) continue
    met.add(family)
    const members = families.members.get(family) ?? []
    const inside = members.filter(({ section }) => section[0] === part)
    const isDefinedInside = inside.some(
      ({ statement }) => statement.kind === 'definition' || statement.kind === 'binding',
    )
    for (const placed of isDefinedInside ? inside : members) {
      const { statement, section, block, order } = placed
      if (told.has(statement)) continue
      told.add(statement)
      facts.push(statement, section.join(), block === claim.block, order < claim.order)
      if (statement.kind === 'definition') open.push(...families.of(statement))
    }
  }
  facts.push(claim.section.join())
  return { facts, words }
}

/** Nothing has changed. */
export const sameGrounds = (a: Grounds, b: Grounds): boolean =>
  a.words === b.words && a.facts.length === b.facts.length && a.facts.every((fact, k) => fact === b.facts[k])

/** The name without an index, as the note spells it: `f_a` and `f` may mean each other. */
const familyOf = (scope: Scope, key: string): string =>
  scope.canonical({ key, latex: key, plain: key }).key.replace(/_.*$/, '')

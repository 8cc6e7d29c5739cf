/**
 * What was judged stays judged while nothing changes on which it stands: the claim, everything in its part of the note
 * that speaks of the names that it uses, and the words before it. Statements of a passage that wasn't edited are the
 * same objects in the next analysis, so they are compared by identity.
 */
import { expressionsOf, namesIn } from '../meaning/parts'
import type { Placed, Scope } from '../meaning/scope'
import type { Claim, Statement } from '../reading/statement'

/** Everything in a note that speaks of names, by name without index. */
export type Families = ReadonlyMap<string, readonly Placed<Statement>[]>

/** What a verdict stands on. */
export interface Grounds {
  readonly facts: readonly unknown[]
  readonly words: string
}

export function familiesIn(scope: Scope): Families {
  const families = new Map<string, Placed<Statement>[]>()
  for (const placed of scope.statements) {
    if (placed.statement.kind === 'mention' || placed.statement.kind === 'function') continue
    for (const family of new Set(namesOf(placed.statement).map((key) => familyOf(scope, key)))) {
      const members = families.get(family)
      if (members) members.push(placed)
      else families.set(family, [placed])
    }
  }
  return families
}

/** Statements that a verdict on the claim may depend on, with what their places mean for it. */
export function groundsOf(scope: Scope, families: Families, claim: Placed<Claim>, words: string): Grounds {
  const facts: unknown[] = []
  const part = claim.section[0]
  const met = new Set<string>()
  const open = namesOf(claim.statement)
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const family = familyOf(scope, key)
    if (met.has(family)) continue
    met.add(family)
    const members = families.get(family) ?? []
    const inside = members.filter(({ section }) => section[0] === part)
    const isDefinedInside = inside.some(
      ({ statement }) => statement.kind === 'definition' || statement.kind === 'binding',
    )
    for (const placed of isDefinedInside ? inside : members) {
      const { statement, section, block, order } = placed
      if (statement === claim.statement) continue
      facts.push(statement, section.join(), block === claim.block, order < claim.order)
      if (statement.kind === 'definition') open.push(...namesOf(statement))
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

function namesOf(statement: Statement): string[] {
  const names = expressionsOf(statement).flatMap((expr) =>
    namesIn(expr).map((each) => (each.kind === 'name' ? each.name : each.callee).key),
  )
  if (statement.kind === 'definition') {
    names.push(statement.target.key, ...(statement.parameters ?? []).map(({ name }) => name.key))
  }
  return names
}

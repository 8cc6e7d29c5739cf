/** The sections of a note, each as if it were a note of its own: what its names are where nothing is said of them elsewhere. */

import { groupBy } from '../meaning/parts'
import { type Placed, type Scope, type ScopedPassage, scopeOf } from '../meaning/scope'
import type { Claim, Statement } from '../reading/statement'

/** @returns the claim as it stands in its section alone; `null` where that is the whole note, or says something else there */
export function sectionsOf(
  passages: readonly ScopedPassage[],
): (claim: Placed<Claim>) => { readonly scope: Scope; readonly claim: Placed<Claim> } | null {
  const keyOf = ({ section }: { readonly section: readonly number[] }): string => section.join()
  const made = new Map<string, { readonly scope: Scope; readonly places: ReadonlyMap<Statement, Placed<Statement>> }>()
  // Most notes are never asked.
  let sections: ReadonlyMap<string, readonly ScopedPassage[]> | null = null
  return (claim) => {
    sections ??= groupBy(passages, ({ passage }) => keyOf(passage))
    if (sections.size < 2) return null
    const key = keyOf(claim)
    const own = made.get(key) ?? alone(sections.get(key) ?? [])
    made.set(key, own)
    const placed = own.places.get(claim.statement)
    return placed ? { scope: own.scope, claim: placed as Placed<Claim> } : null
  }
}

function alone(passages: readonly ScopedPassage[]) {
  const scope = scopeOf(passages)
  return { scope, places: new Map(scope.statements.map((placed) => [placed.statement, placed])) }
}

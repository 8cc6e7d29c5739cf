/**
 * Names of a claim whose definitions stand far from it. A note uses its letters again: what defines one far away is often of another
 * thing, and many a step is true, or false, whatever such a name stands for.
 */

import { nameOf, namesIn } from '../meaning/parts'
import type { Defined, Placed, Scope, UsePlace } from '../meaning/scope'
import type { Claim, Expr, Range } from '../reading/statement'
import { isWithinReach } from './evidence'

/** Names that are defined, but not right before the claim; those that what is at hand uses as well. */
export function farNames(
  scope: Scope,
  claim: Placed<Claim>,
  between: (from: { readonly passage: number; readonly range: Range }) => string,
): ReadonlySet<string> {
  const isAtHand = (own: Defined): boolean =>
    own.block === claim.block ||
    (own.order < claim.order && isWithinReach(between({ passage: own.passage, range: own.definition.range })))
  const far = new Set<string>()
  const seen = new Set<Defined>()
  const look = (exprs: readonly Expr[], place: UsePlace): void => {
    for (const each of exprs.flatMap(namesIn)) {
      const name = nameOf(each)
      const own = scope.definitionOf(name, place)
      if (!own || seen.has(own)) continue
      seen.add(own)
      if (isAtHand(own)) look([own.definition.expr], own)
      else far.add(name.key)
    }
  }
  look(
    claim.statement.sides.map(({ expr }) => expr),
    claim,
  )
  return far
}

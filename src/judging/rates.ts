/** Rates that a note writes, `\frac{dW}{dt} = 2`: what it differentiates moves, so a term with it can't be left out of another rate. */

import { literalNumber } from '../meaning/literals'
import { partsIn } from '../meaning/parts'
import type { Placed, Scope } from '../meaning/scope'
import type { Claim, DerivativeExpr, Range } from '../reading/statement'
import { isWithinReach } from './evidence'

/** The keys of the symbols that stand for those right before a claim; a rate that is said to be 0 is none. */
export function ratesBefore(
  scope: Scope,
  { section, order }: Placed<Claim>,
  between: (from: { readonly passage: number; readonly range: Range }) => string,
): ReadonlySet<string> {
  const own = section.join()
  const found = new Set<string>()
  for (const { statement, passage, section: its, order: at } of scope.statements) {
    if (at >= order) break
    if (its.join() !== own || !isWithinReach(between({ passage, range: statement.range }))) continue
    if (statement.kind === 'binding') {
      const { target, value } = statement
      if (target.kind === 'derivative' && literalNumber(value) !== 0) add(found, scope, target)
    } else if (statement.kind === 'claim' || statement.kind === 'equation')
      for (const each of partsIn(statement).derivatives) add(found, scope, each)
  }
  return found
}

function add(found: Set<string>, scope: Scope, { of, wrt, order }: DerivativeExpr): void {
  const [only, further] = wrt
  if (of.kind !== 'name' || order !== 1 || only?.variable.kind !== 'name' || further) return
  found.add(`d${scope.canonical(of.name).key}_d${scope.canonical(only.variable.name).key}`)
}

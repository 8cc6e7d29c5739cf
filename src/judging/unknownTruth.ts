/** Steps of which the truth isn't known: what follows from the step before, what an equation gives, what can't be right anyway. */

import type { Built } from '../meaning/build'
import { keysIn } from '../meaning/parts'
import type { Expr } from '../reading/statement'
import { type Chain, holds, isSame, isSameSide } from './chain'
import { contradictionIn } from './contradictions'
import { solvedBefore } from './solved'
import { hasDerivative } from './suspect'
import { FOLLOWS_WRONG, isWrong, type StepVerdict, undecided } from './verdict'
import { isQuoted } from './words'
import { TOTAL, type Worlds } from './worlds'

/** What an equation that stands right before makes of a step. */
export function solves(chain: Chain, index: number): StepVerdict | null {
  const { scope, claim, exprs, between, worlds, wording, verdicts } = chain
  if (!chain.isDerivative) return null
  const solved = solvedBefore({ scope, claim, exprs, index, under: worlds.under, between })
  if (solved?.kind === 'equal') return holds(chain, index, solved.condition)
  if (!solved || verdicts.some(isWrong) || isQuoted(wording.line)) return null
  return { verdict: 'fails', reason: UNEQUAL_TO_EQUATION, ...solved, used: [] }
}

/** Where the truth isn't known a step can still follow from the one before. */
export function follows(chain: Chain, index: number): StepVerdict | null {
  if (index < 2) return null
  const { exprs, names, worlds, verdicts } = chain
  const both = [exprs[index - 1], exprs[index]] as [Expr, Expr]
  const mayBePutIn = names.areAtHand || both.some(hasDerivative) || isInOtherNames(...both)
  if (!isIdentity(worlds.under, both) && !(mayBePutIn && isSameSide(chain, index, index - 1))) return null
  const previous = verdicts[index - 2]
  return previous && isWrong(previous)
    ? undecided(FOLLOWS_WRONG)
    : holds(chain, index, 'It follows from the step before.')
}

/** A step that is wrong whatever the truth may be. @param ofSidesAlone may what says nothing of definitions count as well? */
export function contradicts(chain: Chain, index: number, ofSidesAlone: boolean): StepVerdict | null {
  const { scope, claim, exprs, truthSide, plain, wording, names, verdicts, isDerivative } = chain
  const isAsked = isDerivative || exprs[0]?.kind === 'call' || ofSidesAlone
  if (!isAsked || verdicts.some(isWrong) || isQuoted(wording.line)) return null
  const { under } = chain.worlds
  const open = { scope, claim, exprs, index, truthSide, plain, wording, under, isAtHand: names.areAtHand }
  const found = contradictionIn(open, ofSidesAlone)
  if (!found) return null
  const { reason, witness, against: right } = found
  return { verdict: 'fails', reason, witness, right, used: right?.truth.used ?? [] }
}

/** Is a side the one before it whatever the names mean? */
function isIdentity(under: Worlds['under'], both: readonly [Expr, Expr]): boolean {
  if (both.some(hasDerivative)) return false
  const open = under({ ...TOTAL, free: keysIn(both) }, both)
  return isSame(open, ...(open.built as [Built, Built]))
}

/** Where two sides are in the same names a definition that makes them equal is of something else. */
const isInOtherNames = (before: Expr, own: Expr): boolean =>
  [...keysIn([before])].sort().join() !== [...keysIn([own])].sort().join()

const UNEQUAL_TO_EQUATION = 'It isn’t what the equation before gives.'

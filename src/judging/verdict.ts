/** What is found of one written step. */

import type { Built, Meaning } from '../meaning/build'
import type { Defined } from '../meaning/scope'
import type { Definition } from '../reading/statement'
import type { Witness } from './equivalence'
import type { LastStep } from './hints'

export interface StepVerdict {
  readonly verdict: 'holds' | 'fails' | 'unknown'
  readonly reason: string | null
  readonly witness: Witness | null
  /** Where a step fails: the world in which it does, and what would have been right. */
  readonly right: { readonly world: Meaning; readonly truth: Built; readonly written: Built } | null
  readonly used: readonly Defined[]
  /** Where it holds: the definitions that the claim is about. */
  readonly about?: readonly Definition[]
  /** Where a difference is real and its evidence thin: the definition that it differs from. */
  readonly thin?: Defined | null
  /** Where the last step holds without a condition: for hints. */
  readonly last?: LastStep
}

/** Nothing can be told of a step. */
export const undecided = (reason: string): StepVerdict => ({
  verdict: 'unknown',
  reason,
  witness: null,
  right: null,
  used: [],
})

export const FOLLOWS_WRONG = 'It follows from a wrong step.'
export const isWrong = (each: StepVerdict): boolean => each.verdict === 'fails' || each.reason === FOLLOWS_WRONG

/** What is said where no slip is known. */
export const UNEQUAL = 'It isn’t equal to the side before it.'

/** What is no equality: a bound, a number that is only about equal. */
export const NO_EQUALITY = 'It isn’t an equality that can be checked.'
export const FAR = 'What is differentiated is defined far away, so something else may be meant.'
export const EQUATION = 'It is an equation to be solved.'

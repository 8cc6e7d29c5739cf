/** The verdicts on a claim: on its chain as the note's names are meant, then as far as it can be told without them. */

import type { Placed } from '../meaning/scope'
import type { Claim, Expr } from '../reading/statement'
import { FOLLOWS_WRONG, isWrong, judgeWith, type StepVerdict, type Surroundings, worldsOf } from './chain'
import { farNames } from './farNames'
import { restated } from './restated'
import type { Slipped } from './sideBefore'
import { hasDerivative } from './suspect'
import { isQuoted } from './words'

/**
 * A verdict on each step: first with what the note says of its names, then, where that tells nothing, with those that are defined far
 * away as they stand, at last by what the note has written for the same first side.
 */
export function judgeChain(claim: Placed<Claim>, surroundings: Surroundings): StepVerdict[] {
  const { scope, between, text, wording } = surroundings
  const far = farNames(scope, claim, between)
  const verdicts = judgeWith(claim, surroundings, { far: NONE, areAtHand: far.size === 0 })
  const isDerivative = hasDerivative(claim.statement.sides[0]?.expr as Expr)
  if (!verdicts.some(isOpen) || verdicts.some(isWrong)) return verdicts
  const again = far.size === 0 ? verdicts : judgeWith(claim, surroundings, { far, areAtHand: true })
  // What a chain of names puts in for one may stand far away.
  const isTold = (step: StepVerdict): boolean => step.verdict === 'holds' || (step.verdict === 'fails' && isDerivative)
  const decided = verdicts.map((own, k) => {
    const step = again[k] as StepVerdict
    return isOpen(own) && isTold(step) ? decidedAgain(step) : own
  })
  const [first, ...others] = decided as [StepVerdict, ...StepVerdict[]]
  if (!isDerivative || !isOpen(first) || claim.statement.sides[1]?.relation !== '=' || others.some(isWrong))
    return decided
  const { under } = worldsOf(scope, claim, { text, line: wording.line }, NONE)
  const found = isQuoted(wording.line) ? null : restated(scope, claim, under)
  if (!found) return decided
  return [found.kind === 'same' ? restating(first) : wrongFrom(found, UNEQUAL_TO_EARLIER), ...others]
}

const NONE: ReadonlySet<string> = new Set()
const isOpen = ({ verdict, reason }: StepVerdict): boolean => verdict === 'unknown' && reason !== FOLLOWS_WRONG

function decidedAgain(step: StepVerdict): StepVerdict {
  const reason = step.verdict === 'holds' ? (step.reason ?? REGARDLESS) : step.reason
  return { ...step, reason, about: [], last: undefined }
}

const restating = (step: StepVerdict): StepVerdict => ({ ...step, verdict: 'holds', reason: RESTATES, thin: null })

const wrongFrom = ({ witness, against: right }: Slipped, reason: string): StepVerdict => ({
  verdict: 'fails',
  reason,
  witness,
  right,
  used: [],
})

const REGARDLESS = 'It holds whatever the names stand for that are defined elsewhere.'
const RESTATES = 'It follows from what is written before.'
const UNEQUAL_TO_EARLIER = 'It isn’t equal to what is written before.'

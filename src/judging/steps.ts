/** The verdicts on a claim: on its chain as the note's names are meant, then as far as it can be told without them. */

import { keysIn, nameOf, namesIn, partsIn } from '../meaning/parts'
import type { Placed, Scope } from '../meaning/scope'
import type { Claim, Expr } from '../reading/statement'
import type { Names, Surroundings } from './chain'
import { ELSEWHERE } from './evidence'
import { farNames } from './farNames'
import { differentiatedClaim, integratedBy } from './integrated'
import { isAlike, restated } from './restated'
import type { Slipped } from './sideBefore'
import { judgeWith } from './step'
import { hasDerivative } from './suspect'
import { EQUATION, FOLLOWS_WRONG, isWrong, type StepVerdict, undecided } from './verdict'
import { isQuoted } from './words'
import { worldsOf } from './worlds'

/**
 * A verdict on each step: first with what the note says of its names, then, where that tells nothing, with less and less of it, at last
 * by what the note has written for the same first side.
 */
export function judgeChain(claim: Placed<Claim>, surroundings: Surroundings): StepVerdict[] {
  const integrated = differentiatedClaim(claim)
  if (!integrated) return judgeNames(claim, surroundings)
  const verdicts = judgeWith(integrated, surroundings, { far: NONE, areAtHand: true, isIntegrated: true })
  const isCertain = isByVariables(claim, surroundings.scope)
  return verdicts.map((step) => ofDerivatives(step, isCertain))
}

/** Not `\int u\,dv = uv - \int v\,du`: what is integrated by is a variable, and a second one is said in terms of it. */
function isByVariables({ statement, ...place }: Placed<Claim>, scope: Scope): boolean {
  const [first, ...others] = integratedBy(statement)
  if (!first || scope.definitionOf(first, place)) return false
  return others.every((name) => {
    const expr = scope.definitionOf(name, place)?.definition.expr
    return expr !== undefined && expr.kind !== 'call' && namesIn(expr).some((each) => nameOf(each).key === first.key)
  })
}

/** What is found of the derivatives of two sides, said of the sides: of these nothing can be put in. */
function ofDerivatives(step: StepVerdict, isCertain: boolean): StepVerdict {
  if (step.verdict !== 'fails') return { ...step, thin: null, last: undefined }
  return isCertain ? { ...step, reason: NOT_INTEGRATED, right: null, last: undefined } : undecided(ELSEWHERE)
}

function judgeNames(claim: Placed<Claim>, surroundings: Surroundings): StepVerdict[] {
  const { scope, between, text, wording } = surroundings
  const far = farNames(scope, claim, between)
  let verdicts = judgeWith(claim, surroundings, { far: NONE, areAtHand: far.size === 0 })
  const isDerivative = hasDerivative(claim.statement.sides[0]?.expr as Expr)
  for (const { free, isFormal } of readingsOf(claim, far)) {
    if (!verdicts.some(isOpen) || verdicts.some(isWrong)) return verdicts
    const again = judgeWith(claim, surroundings, { far: free, areAtHand: free === far })
    // What a chain of names puts in for one may stand far away.
    const isTold = (step: StepVerdict): boolean =>
      step.verdict === 'holds' || (step.verdict === 'fails' && isDerivative && !isFormal)
    verdicts = verdicts.map((own, k) => {
      const step = again[k] as StepVerdict
      return isOpen(own) && isTold(step) ? decidedAgain(step) : own
    })
  }
  verdicts = withinSection(claim, surroundings, verdicts)
  const [first, ...others] = verdicts as [StepVerdict, ...StepVerdict[]]
  if (!isDerivative || !isOpen(first) || claim.statement.sides[1]?.relation !== '=' || others.some(isWrong))
    return verdicts
  const { under } = worldsOf(scope, claim, { text, line: wording.line }, NONE)
  const found = isQuoted(wording.line) ? null : restated(scope, claim, under)
  if (!found) return verdicts
  return [found.kind === 'same' ? restating(first) : wrongFrom(found, UNEQUAL_TO_EARLIER), ...others]
}

/**
 * Letters that a note uses again, with other shapes and other definitions: what can't be told of a step with all of them holds where it
 * does by what its own section says. That it differs there says nothing, unless other steps of the chain, or of the claims beside it, hold
 * by the same.
 */
function withinSection(claim: Placed<Claim>, surroundings: Surroundings, verdicts: StepVerdict[]): StepVerdict[] {
  const isAsked = (step: StepVerdict, k: number): boolean =>
    isOpen(step) && step.reason !== EQUATION && claim.statement.sides[k + 1]?.relation === '='
  const own = verdicts.some(isAsked) && !verdicts.some(isWrong) ? surroundings.alone(claim) : null
  if (own === null) return verdicts
  const { scope, claim: placed } = own
  const isDerivative = hasDerivative(claim.statement.sides[0]?.expr as Expr)
  const inSection = (of: Placed<Claim>, more: Partial<Names>): StepVerdict[] =>
    judgeWith(of, { ...surroundings, scope }, { far: NONE, areAtHand: true, ...more })
  const again = inSection(placed, { onlyHolds: true })
  // The first step of a chain of values says what its name is, in its section.
  const holds = (k: number): boolean => (k > 0 || isDerivative) && again[k]?.verdict === 'holds'
  const found = verdicts.map((step, k) =>
    isAsked(step, k) && holds(k) ? decidedAgain(again[k] as StepVerdict, WITHIN) : step,
  )
  if (!isDerivative || !found.some(isAsked)) return found
  // What is worked out beside it shows what is meant.
  const isWorkedOut = (each: Placed<Claim>): boolean => inSection(each, { onlyHolds: true })[0]?.verdict === 'holds'
  if (!again.some((_, k) => holds(k)) && !linesBeside(scope, placed).some(isWorkedOut)) return found
  const wrong = inSection(placed, { isExcerpt: true })
  return found.map((step, k) => {
    const own = wrong[k] as StepVerdict
    return isAsked(step, k) && own.verdict === 'fails' ? decidedAgain(own) : step
  })
}

/** The claims right before and behind a claim, in its section, that go on from the same first side. */
function linesBeside(scope: Scope, { order, section, statement }: Placed<Claim>): readonly Placed<Claim>[] {
  const head = statement.sides[0]?.expr as Expr
  const claims = scope.statements.filter(
    (each): each is Placed<Claim> => each.statement.kind === 'claim' && each.section.join() === section.join(),
  )
  const at = claims.findIndex((each) => each.order === order)
  return [claims[at - 1], claims[at + 1]].flatMap((each) =>
    each && isAlike(each.statement.sides[0]?.expr, head) ? [each] : [],
  )
}

/** Names that are taken as they stand, whatever the note defines. */
interface Reading {
  readonly free: ReadonlySet<string>
  /** True of all names at once: a rule for derivatives. */
  readonly isFormal: boolean
}

/** What is differentiated by is a variable, wherever the note gives it a value; then all that is defined far away; then everything. */
function readingsOf({ statement }: Placed<Claim>, far: ReadonlySet<string>): readonly Reading[] {
  const exprs = statement.sides.map(({ expr }) => expr)
  const variables = new Set(
    partsIn(statement).derivatives.flatMap(({ wrt }) =>
      wrt.flatMap(({ variable }) => (variable.kind === 'name' && far.has(variable.name.key) ? variable.name.key : [])),
    ),
  )
  const readings: Reading[] = []
  if (variables.size > 0 && variables.size < far.size) readings.push({ free: variables, isFormal: false })
  if (far.size > 0) readings.push({ free: far, isFormal: false })
  if (exprs.every(isOfDerivatives)) readings.push({ free: keysIn(exprs), isFormal: true })
  return readings
}

/** `\frac{dy}{du}\frac{du}{dx}`: derivatives of names by names, and what is made of them. */
const isOfDerivatives = (expr: Expr): boolean =>
  expr.kind === 'derivative'
    ? expr.of.kind === 'name' && expr.wrt.length > 0 && expr.wrt.every(({ variable }) => variable.kind === 'name')
    : expr.kind === 'apply' &&
      expr.args.length > 0 &&
      expr.args.every((arg) => arg.kind === 'number' || isOfDerivatives(arg))

const NONE: ReadonlySet<string> = new Set()
const isOpen = ({ verdict, reason }: StepVerdict): boolean => verdict === 'unknown' && reason !== FOLLOWS_WRONG

function decidedAgain(step: StepVerdict, why = REGARDLESS): StepVerdict {
  const reason = step.verdict === 'holds' ? (step.reason ?? why) : step.reason
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

const NOT_INTEGRATED = 'Its derivative isn’t what is integrated.'
const REGARDLESS = 'It holds whatever the names stand for that are defined elsewhere.'
const WITHIN = 'It holds by what its section says.'
const RESTATES = 'It follows from what is written before.'
const UNEQUAL_TO_EARLIER = 'It isn’t equal to what is written before.'

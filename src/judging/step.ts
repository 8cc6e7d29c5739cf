/** A verdict on each step of a chain, its names taken in one way, by the rules for steps of the command line's contract. */

import type { Built } from '../meaning/build'
import { literalNumber } from '../meaning/literals'
import type { Defined, Placed, Scope } from '../meaning/scope'
import type { Claim, Expr, Side } from '../reading/statement'
import { isFarOff } from './approximation'
import { MISFIT } from './arrayRelation'
import { arraySlip } from './arraySlips'
import { anotherDefinition, hasArrays, isLetterPower, lostPath, mayFailAsArray, partsOfAll } from './arraySteps'
import { isAtHand } from './atHand'
import {
  bothOf,
  type Chain,
  chainOf,
  holds,
  isSameSide,
  type Names,
  relationOf,
  type Surroundings,
  stepOf,
  suspectOf,
  waysOf,
} from './chain'
import { ABOUT } from './contradictions'
import { holdsEdited } from './edits'
import type { Relation, Witness } from './equivalence'
import { lackOf, READ_DIFFERENTLY } from './evidence'
import { isOneEditAway } from './nearMiss'
import { leavesIn, type Suspect, sideOf, truthOf } from './suspect'
import { contradicts, follows, solves } from './unknownTruth'
import { EQUATION, FAR, FOLLOWS_WRONG, isWrong, NO_EQUALITY, type StepVerdict, UNEQUAL, undecided } from './verdict'
import { conditional, goneOnWith, modelled, WAYS } from './ways'
import { PARTIAL, TOTAL } from './worlds'

/** A verdict on each step, its names taken in one way. */
export function judgeWith(claim: Placed<Claim>, surroundings: Surroundings, names: Names): StepVerdict[] {
  const chain = chainOf(claim, surroundings, names)
  for (let index = 1; index < chain.exprs.length; index++) chain.verdicts.push(judgeStep(chain, index))
  return chain.verdicts
}

function judgeStep(chain: Chain, index: number): StepVerdict {
  const { relation } = chain.claim.statement.sides[index] as Side
  if (relation === '≈') return judgeApproximation(chain, index)
  if (relation !== '=') return undecided(NO_EQUALITY)
  const found = relationOf(chain, index)
  if (found.kind === 'equal') return { ...holds(chain, index, found.condition), ...lastStep(chain, index, found) }
  const { verdicts, isDerivative, isValue } = chain
  if (verdicts.some((each, k) => each.verdict === 'holds' && isSameSide(chain, index, k + 1)))
    return holds(chain, index, null)
  if (!isDerivative && !isValue && index === 1) return beginsAnew(chain, found)
  if (isEquation(chain, index)) return undecided(EQUATION)
  const known = found.kind === 'unknown' ? (follows(chain, index) ?? solves(chain, index)) : null
  if (known) return known
  const edited = chain.names.onlyHolds ? null : editedIn(chain, index, found)
  const witness = found.kind === 'different' ? found.witness : edited?.witness
  if (!witness)
    return (
      contradicts(chain, index, !isDerivative && !isValue) ??
      undecided(found.kind === 'unknown' ? found.reason : UNEQUAL)
    )
  if (verdicts.some((each, k) => isWrong(each) && isSameSide(chain, index, k + 1))) return undecided(FOLLOWS_WRONG)
  return judgeDifference(chain, index, witness, edited?.slip)
}

/** What shows that a step of which nothing is known can't be right. */
const editedIn = (chain: Chain, index: number, found: Relation): ReturnType<typeof holdsEdited> =>
  holdsEdited(found, { ...stepOf(chain, index), between: chain.between, beside: chain.worlds.beside }, [
    chain.readings[0],
    ...waysOf(chain).slice(-1),
  ])

/** What is said of a step that differs: that it fails, or in which way it may be meant. */
function judgeDifference(chain: Chain, index: number, witness: Witness, known?: Suspect['slip']): StepVerdict {
  const { exprs, plain, truthSide, whole, names, worlds } = chain
  if (witness.arrays) {
    const isMeant = mayFailAsArray(exprs, index, plain, truthSide) && names.far.size === 0 && !names.isExcerpt
    return isMeant ? judgeArrayStep(chain, index, witness) : undecided(NO_EQUALITY)
  }
  if (hasArrays(whole) && isFar(chain)) return contradicts(chain, index, true) ?? undecided(FAR)
  // Behind `≈` all is only about equal.
  const isAbout = chain.claim.statement.sides.slice(1, index).some(({ relation }) => relation === '≈')
  if (isAbout && witness.apart < ABOUT) return follows(chain, index) ?? undecided(NO_EQUALITY)
  worlds.begin()
  const suspect = suspectOf(chain, index, witness, known ?? undefined)
  for (const { meant } of WAYS) {
    const found = meant(suspect)
    if (suspect.isSpent()) return undecided(TOO_MUCH)
    if (found?.kind === 'equal') return holds(chain, index, found.condition)
    if (found?.kind === 'unknown')
      return follows(chain, index) ?? contradicts(chain, index, true) ?? undecided(found.reason)
  }
  const lack = lackOf(suspect)
  if (!lack && isMeantHere(names, suspect)) return fails(chain, suspect)
  return (
    follows(chain, index) ??
    solves(chain, index) ??
    contradicts(chain, index, true) ?? { ...undecided(lack?.reason ?? UNEQUAL), thin: thinOf(suspect) }
  )
}

/** Where names are free, or more is said elsewhere, a step that means something else is seldom an edit away from the truth. */
const isMeantHere = ({ far, isExcerpt }: Names, suspect: Suspect): boolean =>
  (far.size === 0 && !isExcerpt) || suspect.isNearMiss() || (isExcerpt === true && isPartOfTruth(suspect))

/** Is what is written the truth without one of its terms or factors? */
const isPartOfTruth = (suspect: Suspect): boolean =>
  isOneEditAway(suspect.plain.world, sideOf(suspect).node, truthOf(suspect).node)

/** A number that is only about equal: right to its digits, far from everything before, or nothing that can be told. */
function judgeApproximation(chain: Chain, index: number): StepVerdict {
  const { exprs, wording, claim, plain, truthSide, verdicts, scope } = chain
  const [expr, text] = [exprs[index] as Expr, wording.written(claim, claim.statement.range)]
  const found = relationOf(chain, index)
  if (found.kind === 'equal') return holds(chain, index, found.condition)
  const before = [truthSide, index - 1].map((side) => (plain.built[side] as Built).node)
  if (found.kind !== 'different' || verdicts.some(isWrong) || !isFarOff(scope, plain.world, before, expr, text))
    return undecided(NO_EQUALITY)
  const suspect = suspectOf(chain, index, found.witness)
  // `y(0.4) \approx 1.5282` may be what a method makes of it.
  const lack = exprs[0]?.kind === 'call' ? lackOf(suspect) : null
  return lack ? undecided(lack.reason) : fails(chain, suspect)
}

/** The ways of meaning are for numbers; what arrays may mean otherwise is said by the relation itself. */
function judgeArrayStep(chain: Chain, index: number, witness: Witness): StepVerdict {
  const { scope, claim, between, exprs, worlds, truthSide } = chain
  const both = bothOf(chain, index)
  const { world, truth } = both
  const step = stepOf(chain, index)
  const further = goneOnWith(step)
  if (further?.kind === 'equal') return holds(chain, index, further.condition)
  if (!isAtHand(scope, claim, world, truth, between)) return undecided(FAR)
  if (partsOfAll(exprs, truth.used).some(isLetterPower)) return undecided(READ_DIFFERENTLY)
  const other = anotherDefinition(scope, truth)
  if (other !== null) return undecided(other)
  const found = modelled(step) ?? conditional(step)
  if (found?.kind === 'equal') return holds(chain, index, found.condition)
  if (found?.kind === 'unknown') return undecided(found.reason)
  const slip = () => arraySlip(exprs, truthSide, index, worlds.under, waysOf(chain)[0] ?? TOTAL)
  const { sentence } = witness
  const told = lostPath(worlds.under(PARTIAL), truthSide, index) ?? (sentence === MISFIT ? null : sentence)
  const reason = told ?? slip() ?? sentence ?? UNEQUAL
  return { verdict: 'fails', reason, witness, right: both, used: truth.used }
}

function fails(chain: Chain, { index, witness, slip }: Suspect): StepVerdict {
  const right = bothOf(chain, index)
  return { verdict: 'fails', reason: slip?.sentence ?? UNEQUAL, witness, right, used: right.truth.used }
}

/** For hints: where the last step holds without a condition. */
function lastStep(chain: Chain, index: number, { condition }: Extract<Relation, { kind: 'equal' }>) {
  const { isDerivative, exprs, plain } = chain
  if (!isDerivative || index !== exprs.length - 1 || condition !== null) return null
  return { last: { ...bothOf(chain, index), expr: exprs[index] as Expr, before: plain.built.slice(1, index) } }
}

/** The first step of a chain of values that isn't what the note says of its name: its definition, or a new one. */
function beginsAnew(chain: Chain, found: Relation): StepVerdict {
  const { scope, claim, exprs } = chain
  chain.truthSide = 1
  // What can't be read is still what the name is defined as.
  const isRestated = found.kind === 'unknown' && scope.isRestated(exprs[1] as Expr)
  if (isRestated || isOwnDefinition(scope, claim)) return holds(chain, 1, null)
  return undecided('The name has another definition in the note.')
}

/** The first step of a chain that begins with a name is its definition. */
function isOwnDefinition(scope: Scope, claim: Placed<Claim>): boolean {
  const [head, first] = claim.statement.sides.map(({ expr }) => expr)
  const name = head?.kind === 'name' ? head.name : head?.kind === 'call' && head.primes === 0 ? head.callee : null
  return name !== null && scope.definitionOf(name, claim)?.definition.expr === first
}

/** `= 0` of a derivative that isn't constant: a first-order condition. */
function isEquation(chain: Chain, index: number): boolean {
  const { exprs, truthSide, plain, worlds, isDerivative, isValue } = chain
  if (literalNumber(exprs[index] as Expr) !== 0) return false
  if (!isDerivative && !isValue) return true
  const { world, built } = plain
  const truth = built[truthSide] as Built
  if (truth.doubts.size > 0 || leavesIn(world, truth.node).size > 0) return true
  // `x = 30 / 0.5`, and `K'(x) = … = 0` for the x that is looked for: not constant as it is written.
  const free = new Set(truth.slopes.flatMap(({ by }) => world.builder.node(by).name?.key ?? []))
  const open = worlds.under({ ...TOTAL, free }, [exprs[truthSide] as Expr])
  return leavesIn(open.world, (open.built[0] as Built).node).size > 0
}

/** A definition on which a claim has held in the section: what a step that isn't called wrong differs from. */
function thinOf({ plain, truthSide, isConfirmed }: Suspect): Defined | null {
  return plain.built[truthSide]?.used.find(isConfirmed) ?? null
}

const isFar = ({ scope, claim, plain, truthSide, between }: Chain): boolean =>
  !isAtHand(scope, claim, plain.world, plain.built[truthSide] as Built, between)

const TOO_MUCH = 'It would take too much work to be told.'

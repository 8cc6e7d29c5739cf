/** A written chain while it is judged, its names taken in one way: what it may mean, and what has been found of it so far. */

import type { NodeId } from '../graph/graph'
import { axesByLetter } from '../meaning/arrayNames'
import type { Built, Meaning } from '../meaning/build'
import { expressionsOf, namesIn, partsIn } from '../meaning/parts'
import type { Defined, Placed, Scope } from '../meaning/scope'
import type { Choices } from '../meaning/vocabulary'
import { isPassing } from '../reading/formula/passing'
import type { Claim, Expr, Name, Range, Statement } from '../reading/statement'
import { hasArrays, holdsNames, isBlind, partsOfAll, usesWholeArrays } from './arraySteps'
import { differClearly, type Relation, type Witness } from './equivalence'
import { explainMistake, type Mistake } from './mistakes'
import { isOneEditAway } from './nearMiss'
import { relate } from './relation'
import { layoutIn } from './structures'
import { hasDerivative, isOfNote, isOfNumbers, type Sides, type Suspect, takesArray, type Wording } from './suspect'
import type { StepVerdict } from './verdict'
import { arrayWays, besideWays, ENTRYWISE, READINGS, TOTAL, type Worlds, worldsOf } from './worlds'

/** What a claim is judged with. */
export interface Surroundings {
  readonly scope: Scope
  readonly wording: Wording
  /** The whole note: what it says of its arrays. */
  readonly text: string
  /** What stands between something and the claim. */
  readonly between: (from: { readonly passage: number; readonly range: Range }) => string
  /** The claim in the section in which it stands, as if that were the whole note; `null` where there is no other section. */
  readonly alone: (claim: Placed<Claim>) => { readonly scope: Scope; readonly claim: Placed<Claim> } | null
  /** Has a claim on this definition held in this section? */
  readonly isConfirmed: (definition: Defined) => boolean
}

/** What the names of a chain are taken for. */
export interface Names {
  /** Those that mean themselves although the note defines them far away. */
  readonly far: ReadonlySet<string>
  /** Is every definition that is used then near? */
  readonly areAtHand: boolean
  /** Nothing is asked but which steps hold. */
  readonly onlyHolds?: boolean
  /** Is the note more than what is asked? Then a step is wrong only beside others that hold, and an edit away from the truth. */
  readonly isExcerpt?: true
  /** Is the first side what is integrated, and so what the derivatives of the others are? */
  readonly isIntegrated?: true
}

export interface Chain extends Surroundings {
  readonly claim: Placed<Claim>
  readonly names: Names
  readonly exprs: readonly Expr[]
  readonly worlds: Worlds
  /** As written, arrays as arrays. */
  readonly whole: Sides
  /** As it is judged: entry by entry where nothing else is done to arrays. */
  readonly plain: Sides
  /** The readings of its derivatives, the usual one first. */
  readonly readings: readonly [Choices, ...Choices[]]
  readonly isDerivative: boolean
  /** Does it begin with something that can be worked out? */
  readonly isValue: boolean
  readonly ofArrays: boolean
  /** Does one of its functions reach its variable in two ways? Found once. */
  readonly isAmbiguous: () => boolean
  /** The side that says what is true: the head, or the first step of a new definition. */
  truthSide: number
  /** What has been found of the steps so far: side k + 1 has verdict k. */
  readonly verdicts: StepVerdict[]
}

export function chainOf(claim: Placed<Claim>, surroundings: Surroundings, names: Names): Chain {
  const { scope, text, wording } = surroundings
  const exprs = claim.statement.sides.map((side) => side.expr)
  const worlds = worldsOf(scope, claim, { text, line: wording.line }, names.far)
  const whole = worlds.under(TOTAL)
  // Nothing but entries one by one: what is true of a number is true of each.
  const isEntrywise = hasArrays(whole) && !usesWholeArrays(whole)
  const readings = isEntrywise ? ENTRYWISE : READINGS
  const plain = isEntrywise ? worlds.under(readings[0]) : whole
  return {
    ...surroundings,
    claim,
    names,
    exprs,
    worlds,
    whole,
    plain,
    readings,
    isDerivative: hasDerivative(exprs[0] as Expr),
    isValue: names.isIntegrated === true || hasValue(scope, claim),
    ofArrays: hasArrays(plain),
    isAmbiguous: once(() =>
      plain.built.some(({ slopes }) => slopes.some(({ of, by }) => isAmbiguous(plain.world, of, by))),
    ),
    truthSide: 0,
    verdicts: [],
  }
}

/** What is true of a step, and what is written there. */
export function bothOf({ plain: { world, built }, truthSide }: Chain, index: number) {
  return { world, truth: built[truthSide] as Built, written: built[index] as Built }
}

/** The best that any reading makes of a step. */
export function relationOf(chain: Chain, index: number): Relation {
  const { whole, plain, truthSide, worlds, claim, readings } = chain
  let best: Relation | null = null
  for (const reading of chain.ofArrays && isBlind(whole, truthSide, index) ? [TOTAL] : waysOf(chain)) {
    const { world, built, setting } = worlds.under(reading)
    const found = relate(world, setting, built[truthSide] as Built, built[index] as Built)
    if (found.kind === 'equal') {
      const isOnly = reading === readings[0] || !differentiates(plain, claim.statement)
      return isOnly ? found : { ...found, condition: found.condition ?? noteOf(reading) }
    }
    if (best === null || (best.kind === 'different' && found.kind === 'unknown')) best = found
  }
  return best as Relation
}

/** Partial and total derivatives are told apart only where a function depends on its variable in two ways. */
export function waysOf(chain: Chain): readonly Choices[] {
  const { scope, exprs, plain, truthSide, claim, text, readings } = chain
  if (!chain.ofArrays) {
    // A prime holds nothing fixed.
    const isPrimed = isPrimeOf(exprs[0] as Expr)
    return chain.isAmbiguous() ? readings.filter(({ head }) => !isPrimed || head === 'total') : [readings[0]]
  }
  const truth = plain.built[truthSide] as Built
  // Nobody says that W is a matrix, but everyone means it: as numbers its products would come in any order.
  const isMatrix = (name: Name): boolean => !SMALL.test(name.key) && axesByLetter(name) === 2
  // Nor are the small letters numbers that the note transposes elsewhere.
  const isInferred = (part: Expr): boolean =>
    part.kind === 'name' && scope.isInferred(part.name) && (isMatrix(part.name) || scope.isUsedAsArray(part.name))
  const showsArrays = partsOfAll(exprs, truth.used).some((part) => takesArray(part) || isInferred(part))
  if (!differentiates(plain, claim.statement)) return [TOTAL, ...besideWays(scope.hasBeside, showsArrays)]
  const all = arrayWays(layoutIn(text), scope.hasBeside, showsArrays)
  return holdsNames(scope, truth) ? all : all.filter(({ head }) => head === 'total')
}

/** The weights of a layer, which may be one number for each. */
const SMALL = /^(?:[a-z](?![a-z])|theta)/

/** Are two sides of a chain the same whatever values the note gives? */
export const isSameSide = ({ plain }: Chain, index: number, other: number): boolean =>
  isSame(plain, plain.built[other] as Built, plain.built[index] as Built)

export function isSame({ world, setting }: Sides, a: Built, b: Built): boolean {
  if (differClearly(world.builder.graph, a.node, b.node)) return false
  return relate(world, { ...setting, values: new Map() }, a, b).kind === 'equal'
}

/** A step that holds, with what it uses. @param condition under which it does */
export function holds({ plain: { built }, truthSide }: Chain, index: number, condition: string | null): StepVerdict {
  const { used } = built[index] as Built
  const about = built[truthSide]?.used.map(({ definition }) => definition) ?? []
  return { verdict: 'holds', reason: condition, witness: null, right: null, used, about }
}

/** What is asked of a step in every way of meaning it. */
export function stepOf(chain: Chain, index: number): Omit<Suspect, 'witness' | 'held' | 'slip' | 'isNearMiss'> {
  const { scope, claim, exprs, plain, wording, isConfirmed, truthSide } = chain
  const { under, isSpent } = chain.worlds
  return { scope, claim, exprs, plain, under, wording, isConfirmed, isSpent, truthSide, index, readings: waysOf(chain) }
}

/** A step that differs, with the slip that it looks like. @param known a slip that is known already */
export function suspectOf(chain: Chain, index: number, witness: Witness, known?: Mistake): Suspect {
  const { verdicts, plain } = chain
  const { world, truth, written } = bothOf(chain, index)
  const before = verdicts.flatMap((each, k) => (each.verdict === 'holds' ? [plain.built[k + 1] as Built] : []))
  const held = once(() => [...before, ...holdingBehind(chain, index)])
  const slip = known ?? explainMistake({ world, truth, written, before: before.at(-1) ?? null })
  const isNearMiss = once(() => slip !== null || isOneEditAway(world, truth.node, written.node))
  return { ...stepOf(chain, index), witness, held, slip, isNearMiss }
}

/** The sides behind a step that go on from what is true: a slip in writing isn't carried on. */
function holdingBehind(chain: Chain, index: number): Built[] {
  const { sides } = chain.claim.statement
  const held: Built[] = []
  for (let k = index + 1; k < sides.length && sides[k]?.relation === '='; k++) {
    const found = relationOf(chain, k)
    if (found.kind === 'equal' && found.condition === null) held.push(chain.plain.built[k] as Built)
  }
  return held
}

/** Does a chain begin with something that can be worked out: numbers, or a function of the note at numbers? */
function hasValue(scope: Scope, claim: Placed<Claim>): boolean {
  const head = claim.statement.sides[0]?.expr
  if (head === undefined) return false
  return isPassing(head) || (isOfNumbers(head) && (head.kind !== 'call' || isOfNote(scope, head, claim)))
}

const isPrimeOf = (expr: Expr): boolean =>
  expr.kind === 'call' || (expr.kind === 'derivative' && expr.notation === 'prime')

/** Is a derivative taken in a side or a definition that it uses? Without one there is nothing to read in several ways. */
const differentiates = ({ built }: Sides, claim: Claim): boolean =>
  writesDerivative(claim) ||
  built.some(({ slopes, used }) => slopes.length > 0 || used.some(({ definition }) => writesDerivative(definition)))

const writesDerivative = (statement: Statement): boolean =>
  partsIn(statement).derivatives.length > 0 ||
  expressionsOf(statement).some((expr) => namesIn(expr).some((each) => each.kind === 'call' && each.primes > 0))

/** Does a function reach its variable directly and through another name? */
function isAmbiguous({ derive }: Meaning, of: NodeId, by: NodeId): boolean {
  return derive(of, by, 'partial').node !== derive(of, by, 'total').node
}

const noteOf = ({ head }: Choices): string =>
  head === 'partial'
    ? 'It is right as a partial derivative, with the other names held fixed.'
    : 'It is right as a total derivative.'

/** What is asked for at most once. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** One written chain, its names taken in one way: a verdict on each of its steps, by the rules for steps of the command line's contract. */

import { ancestors, type GraphBuilder, type NodeId } from '../graph/graph'
import { type Built, type Meaning, meaningOf } from '../meaning/build'
import { literalNumber } from '../meaning/literals'
import { childrenOf, expressionsOf, keysIn, namesIn, partsIn } from '../meaning/parts'
import type { Defined, Placed, Scope } from '../meaning/scope'
import type { Choices, Layout } from '../meaning/vocabulary'
import { POWER } from '../operations/algebra'
import { isMatrixProduct } from '../operations/arrays'
import { operation } from '../operations/index'
import type { Claim, Definition, Expr, Range, Side, Statement } from '../reading/statement'
import { isFarOff } from './approximation'
import { isAtHand } from './atHand'
import { ABOUT, contradictionIn } from './contradictions'
import { holdsEdited } from './edits'
import { differClearly, type Relation, type Witness } from './equivalence'
import { lackOf, READ_DIFFERENTLY } from './evidence'
import type { LastStep } from './hints'
import { explainMistake, type Mistake } from './mistakes'
import { isOneEditAway } from './nearMiss'
import { relate, settingOf } from './relation'
import { solvedBefore } from './solved'
import { layoutIn } from './structures'
import {
  hasDerivative,
  isNumberOnly,
  isOfNote,
  isOfNumbers,
  leavesIn,
  type Sides,
  type Suspect,
  takesArray,
  type Wording,
} from './suspect'
import { conditional, modelled, WAYS } from './ways'
import { isQuoted } from './words'

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

/** What a claim is judged with. */
export interface Surroundings {
  readonly scope: Scope
  readonly wording: Wording
  /** The whole note: what it says of its arrays. */
  readonly text: string
  /** What stands between something and the claim. */
  readonly between: (from: { readonly passage: number; readonly range: Range }) => string
  /** Has a claim on this definition held in this section? */
  readonly isConfirmed: (definition: Defined) => boolean
}

const TOTAL: Choices = { head: 'total', inner: 'total', unknowns: 'any' }
/** ∂z/∂x where z depends on x directly and through t: authors mean one or the other, and in one step both. */
const READINGS: readonly Choices[] = [
  TOTAL,
  { ...TOTAL, head: 'partial', inner: 'partial' },
  { ...TOTAL, inner: 'partial' },
  { ...TOTAL, head: 'partial' },
]

/** How derivatives of arrays may be laid out, by what the note says; `null`: with the shape of the variable. */
const LAYOUTS: Readonly<Record<'numerator' | 'gradient' | 'any', readonly (Layout | null)[]>> = {
  numerator: ['numerator'],
  gradient: [null],
  any: [null, 'jacobian', 'entries'],
}
const PARTIAL: Choices = { ...TOTAL, head: 'partial', inner: 'partial' }
const ENTRYWISE: readonly Choices[] = READINGS.map((reading) => ({ ...reading, entrywise: true }))
const ARRAY_WAYS = new Map(
  ([null, 'numerator', 'gradient'] as const).map((stated) => {
    const ways = LAYOUTS[stated ?? 'any'].flatMap((layout): Choices[] =>
      layout === null
        ? [TOTAL, PARTIAL]
        : [
            { ...TOTAL, layout },
            { ...PARTIAL, layout },
          ],
    )
    const beside = ways.slice(1).map((way): Choices => ({ ...way, numbers: 'beside' }))
    return [stated, { plain: ways, beside }] as const
  }),
)
/** b of X w + b as a number; and all that is an array only by its company, where the claim itself shows none. */
const BESIDE: Choices = { ...TOTAL, numbers: 'beside' }
const INFERRED: Choices = { ...TOTAL, numbers: 'inferred' }
const arrayWays = (stated: 'numerator' | 'gradient' | null, beside: readonly Choices[]): readonly Choices[] => {
  const ways = ARRAY_WAYS.get(stated)
  return [...(ways?.plain ?? [TOTAL]), ...(beside.length > 0 ? (ways?.beside ?? []) : []), ...beside]
}

const hasArrays = ({ built }: Sides): boolean =>
  built.some(({ doubts }) => doubts.has('array') || doubts.has('mismatch'))

/** Is there anything that isn't done entry by entry? Products of arrays count where a definition has them. */
function usesWholeArrays({ built, world }: Sides): boolean {
  const { builder } = world
  const functions = built.flatMap(({ slopes }) => slopes.map(({ of }) => of))
  const isWhole = (id: NodeId): boolean => {
    const { op, origin } = builder.node(id)
    const entry = operation(op)
    return origin === 'written' && entry !== undefined && !entry.elementwise
  }
  const uses = (node: NodeId, isExcused: (id: NodeId) => boolean): boolean =>
    ancestors(builder.graph, node).some((id) => isWhole(id) && !isBareProduct(builder, id) && !isExcused(id))
  if (functions.some((node) => uses(node, () => false))) return true
  // The slope of what is done entry by entry is no number: `(1 - σ(x)) \cdot σ(x)` multiplies entries.
  const isByEntries = (id: NodeId): boolean => functions.length > 0 && isProductOfAlike(builder, id)
  return built.some(({ node }) => uses(node, isByEntries))
}

/** A dot between two arrays of one shape; matrices side by side are multiplied as matrices. */
function isProductOfAlike(builder: GraphBuilder, id: NodeId): boolean {
  const { op, inputs, attributes } = builder.node(id)
  const [a, b] = inputs.map((input) => builder.shapeOf(input))
  if (!isMatrixProduct(op) || !a || !b || a.length === 0 || String(a) !== String(b)) return false
  return a.length === 1 || attributes.sign === 'dot'
}

/** Names side by side, which may as well be numbers. */
function isBareProduct(builder: GraphBuilder, id: NodeId): boolean {
  const { op, attributes, shape } = builder.node(id)
  return isMatrixProduct(op) && attributes.mismatch === true && shape === null
}

/** The worlds of a claim, each built once, and what they cost. */
interface Worlds {
  /** The claim under a reading; or other expressions in its place. */
  under(reading: Choices, expressions?: readonly Expr[]): Sides
  /** A step begins to be meant in other ways. */
  begin(): void
  /** Have more nodes been built since than a step may cost? */
  isSpent(): boolean
}

/** @param far names that mean themselves in all of them */
export function worldsOf(
  scope: Scope,
  claim: Placed<Claim>,
  said: { readonly text: string; readonly line: string },
  far: ReadonlySet<string>,
): Worlds {
  const exprs = claim.statement.sides.map((side) => side.expr)
  const known = new Map<Choices, Sides>()
  let spent = 0
  return {
    under(reading, expressions) {
      const own = expressions ? undefined : known.get(reading)
      if (own) return own
      const choices = far.size === 0 ? reading : { ...reading, free: new Set([...far, ...(reading.free ?? [])]) }
      const world = meaningOf(scope, choices, { place: claim, sides: expressions ?? exprs })
      const built = (expressions ?? exprs).map((expr) => world.side(expr))
      const made = { world, built, setting: { ...settingOf(scope, claim, world), ...said } }
      spent += world.builder.graph.nodes.length
      if (!expressions) known.set(reading, made)
      return made
    },
    begin() {
      spent = 0
    },
    isSpent: () => spent > MOST_NODES,
  }
}

/** What the names of a chain are taken for. */
export interface Names {
  /** Those that mean themselves although the note defines them far away. */
  readonly far: ReadonlySet<string>
  /** Is every definition that is used then near? */
  readonly areAtHand: boolean
}

/** A verdict on each step, its names taken in one way. */
export function judgeWith(
  claim: Placed<Claim>,
  { scope, wording, isConfirmed, text, between }: Surroundings,
  names: Names,
): StepVerdict[] {
  const { far } = names
  const { sides } = claim.statement
  const exprs = sides.map((side) => side.expr)
  const worlds = worldsOf(scope, claim, { text, line: wording.line }, far)
  const { under } = worlds
  const whole = under(TOTAL)
  // Nothing but entries one by one: what is true of a number is true of each.
  const isEntrywise = hasArrays(whole) && !usesWholeArrays(whole)
  const meant = isEntrywise ? ENTRYWISE : READINGS
  const base = meant[0] as Choices
  const plain = isEntrywise ? under(base) : whole
  const isDerivative = hasDerivative(exprs[0] as Expr)
  const isValue = hasValue(scope, claim)
  const ofArrays = hasArrays(plain)
  const common = { scope, claim, exprs, plain, under, wording, isConfirmed, isSpent: worlds.isSpent }
  const verdicts: StepVerdict[] = []
  let ambiguous: boolean | null = null
  /** The side that says what is true: the head, or the first step of a new definition. */
  let truthSide = 0
  for (let index = 1; index < sides.length; index++) verdicts.push(judgeStep(index))
  return verdicts

  function judgeStep(index: number): StepVerdict {
    const side = sides[index] as Side
    if (side.relation === '≈') return approximates(index)
    if (side.relation !== '=') return undecided(NO_EQUALITY)
    const found = relation(index)
    if (found.kind === 'equal') return { ...holds(index, found.condition), ...lastStep(index, found.condition) }
    if (verdicts.some((each, k) => each.verdict === 'holds' && sameAs(index, k + 1))) return holds(index, null)
    if (!isDerivative && !isValue && index === 1) {
      truthSide = 1
      // What can't be read is still what the name is defined as.
      const isRestated = found.kind === 'unknown' && scope.isRestated(exprs[1] as Expr)
      if (isRestated || isOwnDefinition(scope, claim)) return holds(index, null)
      // A chain that begins with a name may define it anew.
      return undecided('The name has another definition in the note.')
    }
    if (isEquation({ ...common, index, truthSide }, isDerivative || isValue))
      return undecided('It is an equation to be solved.')
    const known = found.kind === 'unknown' ? (follows(index) ?? solves(index)) : null
    if (known) return known
    const edited = holdsEdited(found, { ...common, index, truthSide }, [base, ...ways().slice(-1)])
    const witness = found.kind === 'different' ? found.witness : edited?.witness
    if (!witness)
      return (
        contradicts(index, !isDerivative && !isValue) ?? undecided(found.kind === 'unknown' ? found.reason : UNEQUAL)
      )
    if (verdicts.some((each, k) => isWrong(each) && sameAs(index, k + 1))) return undecided(FOLLOWS_WRONG)
    if (witness.arrays) {
      const isMeant = mayFailAsArray(exprs, index, plain, truthSide) && far.size === 0
      return isMeant ? failsAsArray(index, witness) : undecided(NO_EQUALITY)
    }
    if (hasArrays(whole) && isFar({ ...common, truthSide }, between)) return contradicts(index, true) ?? undecided(FAR)
    // Behind `≈` all is only about equal.
    const isAbout = sides.slice(1, index).some(({ relation }) => relation === '≈')
    if (isAbout && witness.apart < ABOUT) return follows(index) ?? undecided(NO_EQUALITY)
    worlds.begin()
    const suspect = suspectOf(index, witness, edited?.slip)
    for (const { meant } of WAYS) {
      const found = meant(suspect)
      if (suspect.isSpent()) return undecided(TOO_MUCH)
      if (found?.kind === 'equal') return holds(index, found.condition)
      if (found?.kind === 'unknown') return follows(index) ?? contradicts(index, true) ?? undecided(found.reason)
    }
    const lack = lackOf(suspect)
    // Where names are free a step that means something else is seldom an edit away from the truth.
    if (!lack && (far.size === 0 || suspect.isNearMiss())) return fails(suspect)
    return (
      follows(index) ?? solves(index) ?? contradicts(index, true) ?? thinlyUndecided(lack?.reason ?? UNEQUAL, suspect)
    )
  }

  /** A number that is only about equal: right to its digits, far from everything before, or nothing that can be told. */
  function approximates(index: number): StepVerdict {
    const [expr, text] = [exprs[index] as Expr, wording.written(claim, claim.statement.range)]
    const found = relation(index)
    if (found.kind === 'equal') return holds(index, found.condition)
    const { world, built } = plain
    const before = [truthSide, index - 1].map((side) => (built[side] as Built).node)
    if (found.kind !== 'different' || verdicts.some(isWrong) || !isFarOff(scope, world, before, expr, text))
      return undecided(NO_EQUALITY)
    const suspect = suspectOf(index, found.witness)
    // `y(0.4) \approx 1.5282` may be what a method makes of it.
    const lack = exprs[0]?.kind === 'call' ? lackOf(suspect) : null
    return lack ? undecided(lack.reason) : fails(suspect)
  }

  /** The best that any reading makes of a step. */
  function relation(index: number): Relation {
    let best: Relation | null = null
    for (const reading of ofArrays && isBlind(whole, truthSide, index) ? [TOTAL] : ways()) {
      const { world, built, setting } = under(reading)
      const found = relate(world, setting, built[truthSide] as Built, built[index] as Built)
      if (found.kind === 'equal') {
        const isOnly = reading === base || !differentiates(plain, claim.statement)
        return isOnly ? found : { ...found, condition: found.condition ?? noteOf(reading) }
      }
      if (best === null || (best.kind === 'different' && found.kind === 'unknown')) best = found
    }
    return best as Relation
  }

  /** Partial and total derivatives are told apart only where a function depends on its variable in two ways. */
  function ways(): readonly Choices[] {
    if (ofArrays) {
      const truth = plain.built[truthSide] as Built
      const showsArrays = partsOfAll(exprs, truth.used).some(takesArray)
      const beside = scope.hasBeside ? (showsArrays ? [BESIDE] : [BESIDE, INFERRED]) : []
      if (!differentiates(plain, claim.statement)) return [TOTAL, ...beside]
      const all = arrayWays(layoutIn(text), beside)
      return holdsNames(scope, plain.built[truthSide] as Built) ? all : all.filter(({ head }) => head === 'total')
    }
    ambiguous ??= plain.built.some(({ slopes }) => slopes.some(({ of, by }) => isAmbiguous(plain.world, of, by)))
    // A prime holds nothing fixed.
    const isPrimed = isPrimeOf(exprs[0] as Expr)
    return ambiguous ? meant.filter(({ head }) => !isPrimed || head === 'total') : [base]
  }

  function sameAs(index: number, other: number): boolean {
    return isSame(plain, plain.built[other] as Built, plain.built[index] as Built)
  }

  /** What an equation that stands right before makes of it. */
  function solves(index: number): StepVerdict | null {
    const solved = isDerivative ? solvedBefore({ scope, claim, exprs, index, under, between }) : null
    if (solved?.kind === 'equal') return holds(index, solved.condition)
    if (!solved || verdicts.some(isWrong) || isQuoted(wording.line)) return null
    return { verdict: 'fails', reason: UNEQUAL_TO_EQUATION, ...solved, used: [] }
  }

  /** Where the truth isn't known a step can still follow from the one before. */
  function follows(index: number): StepVerdict | null {
    if (index < 2) return null
    const both = [exprs[index - 1], exprs[index]] as [Expr, Expr]
    const mayBePutIn = names.areAtHand || both.some(hasDerivative) || isInOtherNames(...both)
    if (!isIdentity(under, both) && !(mayBePutIn && sameAs(index, index - 1))) return null
    const previous = verdicts[index - 2]
    return previous && isWrong(previous) ? undecided(FOLLOWS_WRONG) : holds(index, 'It follows from the step before.')
  }

  /** A step that is wrong whatever the truth may be. */
  function contradicts(index: number, ofSidesAlone = false, only?: 'numbers'): StepVerdict | null {
    if (only && ![index - 1, index].every((k) => isNumberOnly(exprs[k] as Expr))) return null
    if (
      !(isDerivative || exprs[0]?.kind === 'call' || ofSidesAlone) ||
      verdicts.some(isWrong) ||
      isQuoted(wording.line)
    )
      return null
    const found = contradictionIn(
      { scope, claim, exprs, index, truthSide, plain, wording, under, isAtHand: names.areAtHand },
      ofSidesAlone,
    )
    if (!found) return null
    const { reason, witness, against: right } = found
    return { verdict: 'fails', reason, witness, right, used: right?.truth.used ?? [] }
  }

  /** A step that differs, with the slip that it looks like. */
  function suspectOf(index: number, witness: Witness, known?: Mistake): Suspect {
    const { world, built } = plain
    const [truth, side] = [built[truthSide] as Built, built[index] as Built]
    const held = verdicts.flatMap((each, k) => (each.verdict === 'holds' ? [built[k + 1] as Built] : []))
    const slip = known ?? explainMistake({ world, truth, written: side, before: held.at(-1) ?? null })
    const isNearMiss = once(() => slip !== null || isOneEditAway(world, truth.node, side.node))
    return { ...common, index, truthSide, witness, held, slip, isNearMiss, readings: ways() }
  }

  function holds(index: number, condition: string | null): StepVerdict {
    const { used } = plain.built[index] as Built
    const about = plain.built[truthSide]?.used.map(({ definition }) => definition) ?? []
    return { verdict: 'holds', reason: condition, witness: null, right: null, used, about }
  }

  function lastStep(index: number, condition: string | null): { last: LastStep } | null {
    if (!isDerivative || index !== sides.length - 1 || condition !== null) return null
    const { world, built } = plain
    const [expr, truth, side] = [exprs[index] as Expr, built[truthSide] as Built, built[index] as Built]
    return { last: { world, expr, truth, written: side, before: built.slice(1, index) } }
  }

  /** The ways of meaning are for numbers; what arrays may mean otherwise is said by the relation itself. */
  function failsAsArray(index: number, witness: Witness): StepVerdict {
    const { world, built } = plain
    const [truth, side] = [built[truthSide] as Built, built[index] as Built]
    if (!isAtHand(scope, claim, world, truth, between)) return undecided(FAR)
    if (partsOfAll(exprs, truth.used).some(isLetterPower)) return undecided(READ_DIFFERENTLY)
    const other = anotherDefinition(scope, truth)
    if (other !== null) return undecided(other)
    const step = { ...common, truthSide, index, readings: ways() }
    const found = modelled(step) ?? conditional(step)
    if (found?.kind === 'equal') return holds(index, found.condition)
    if (found?.kind === 'unknown') return undecided(found.reason)
    const reason = lostPath(under(PARTIAL), truthSide, index) ?? witness.sentence ?? UNEQUAL
    return { verdict: 'fails', reason, witness, right: { world, truth, written: side }, used: truth.used }
  }
}

function fails({ index, truthSide, plain, witness, slip }: Suspect): StepVerdict {
  const { world, built } = plain
  const [truth, side] = [built[truthSide] as Built, built[index] as Built]
  return {
    verdict: 'fails',
    reason: slip?.sentence ?? UNEQUAL,
    witness,
    right: { world, truth, written: side },
    used: truth.used,
  }
}

/**
 * A chain of values restates what a name is in ways that aren't known here, and a short name for a derivative has conventions of its
 * own: only written derivatives are told to be wrong.
 */
function mayFailAsArray(exprs: readonly Expr[], index: number, { world, built }: Sides, truthSide: number): boolean {
  const [truth, side] = [built[truthSide] as Built, built[index] as Built]
  return isWrittenDerivative(exprs[0] as Expr, truth) && !isAtPoint(world, truth, side) && !isCondition(exprs, index)
}

/** A list of numbers where the truth has variables: its value somewhere. */
const isAtPoint = (world: Meaning, truth: Built, side: Built): boolean =>
  (world.builder.shapeOf(side.node)?.length ?? 0) > 0 &&
  leavesIn(world, side.node).size === 0 &&
  leavesIn(world, truth.node).size > 0

/** `\nabla f = 2 \nabla g`: where two functions touch. */
const isCondition = (exprs: readonly Expr[], index: number): boolean =>
  exprs[0]?.kind === 'derivative' &&
  exprs[0].notation === 'nabla' &&
  exprs[0].wrt.length === 0 &&
  hasDerivative(exprs[index] as Expr)

const isPrimeOf = (expr: Expr): boolean =>
  expr.kind === 'call' || (expr.kind === 'derivative' && expr.notation === 'prime')

/** `= 0` of a derivative that isn't constant: a first-order condition. */
function isEquation(
  {
    exprs,
    index,
    truthSide,
    plain: { world, built },
    under,
  }: Pick<Suspect, 'exprs' | 'index' | 'truthSide' | 'plain' | 'under'>,
  isJudged: boolean,
): boolean {
  if (literalNumber(exprs[index] as Expr) !== 0) return false
  if (!isJudged) return true
  const truth = built[truthSide] as Built
  if (truth.doubts.size > 0 || leavesIn(world, truth.node).size > 0) return true
  // `x = 30 / 0.5`, and `K'(x) = … = 0` for the x that is looked for: not constant as it is written.
  const free = new Set(truth.slopes.flatMap(({ by }) => world.builder.node(by).name?.key ?? []))
  const open = under({ ...TOTAL, free }, [exprs[truthSide] as Expr])
  return leavesIn(open.world, (open.built[0] as Built).node).size > 0
}

/** What is asked for at most once. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
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

/** Does a chain begin with something that can be worked out: numbers, or a function of the note at numbers? */
function hasValue(scope: Scope, claim: Placed<Claim>): boolean {
  const head = claim.statement.sides[0]?.expr
  return head !== undefined && isOfNumbers(head) && (head.kind !== 'call' || isOfNote(scope, head, claim))
}

/** Are two sides equal whatever values the note gives? */
function isSame({ world, setting }: Sides, a: Built, b: Built): boolean {
  if (differClearly(world.builder.graph, a.node, b.node)) return false
  return relate(world, { ...setting, values: new Map() }, a, b).kind === 'equal'
}

/** The first step of a chain that begins with a name is its definition. */
function isOwnDefinition(scope: Scope, claim: Placed<Claim>): boolean {
  const [head, first] = claim.statement.sides.map(({ expr }) => expr)
  const name = head?.kind === 'name' ? head.name : head?.kind === 'call' && head.primes === 0 ? head.callee : null
  return name !== null && scope.definitionOf(name, claim)?.definition.expr === first
}

/** A definition on which a claim has held in the section: what a step that isn't called wrong differs from. */
function thinOf({ plain, truthSide, isConfirmed }: Suspect): Defined | null {
  return plain.built[truthSide]?.used.find(isConfirmed) ?? null
}

const isFar = (
  { scope, claim, plain, truthSide }: Pick<Suspect, 'scope' | 'claim' | 'plain' | 'truthSide'>,
  between: Surroundings['between'],
): boolean => !isAtHand(scope, claim, plain.world, plain.built[truthSide] as Built, between)

const thinlyUndecided = (reason: string, suspect: Suspect): StepVerdict => ({
  ...undecided(reason),
  thin: thinOf(suspect),
})

/** All parts of a claim's sides and of the definitions that they use. */
function partsOfAll(exprs: readonly Expr[], used: readonly Defined[]): Expr[] {
  const parts: Expr[] = []
  const stack = [...exprs, ...used.map(({ definition }) => definition.expr)]
  for (let next = stack.pop(); next; next = stack.pop()) {
    parts.push(next)
    stack.push(...childrenOf(next))
  }
  return parts
}

/** `a^L`: the letter may be a mark. */
const isLetterPower = (expr: Expr): boolean =>
  expr.kind === 'apply' && expr.op === POWER && expr.args[1]?.kind === 'name'

/** A name that may mean another definition. */
function anotherDefinition(scope: Scope, truth: Built): string | null {
  for (const of of truth.used) {
    const key = scope.canonical(of.definition.target).key
    const others = scope.definitions.filter((use) => use !== of && scope.canonical(use.definition.target).key === key)
    // Which of them an array means in a step can't be told from its letter.
    if (others.length > 0) return `${of.definition.target.plain} is defined more than once.`
  }
  return null
}

/** What depends on the variable as well, where the step is right with it held fixed. */
function lostPath({ world, built, setting }: Sides, truthSide: number, index: number): string | null {
  const [truth, side] = [built[truthSide] as Built, built[index] as Built]
  if (relate(world, setting, truth, side).kind !== 'equal') return null
  const names = truth.used.slice(1).map(({ definition }) => definition.target.plain)
  return names.length === 0 ? null : `The path through ${names.join(', ')} is lost.`
}

/** S of `y_i = e^{a_i}/S` is only a name for its sum, unless the note differentiates by it: then it is a step of its own that may be held fixed. */
function holdsNames(scope: Scope, truth: Built): boolean {
  const by = variablesIn(scope)
  return truth.used.some(({ definition }) => by.has(scope.canonical(definition.target).key))
}

/** Names by which the note differentiates. */
function variablesIn(scope: Scope): ReadonlySet<string> {
  const known = variables.get(scope)
  if (known) return known
  const found = new Set(
    scope.statements.flatMap(({ statement }) =>
      partsIn(statement).derivatives.flatMap(({ wrt }) =>
        wrt.flatMap(({ variable }) => (variable.kind === 'name' ? scope.canonical(variable.name).key : [])),
      ),
    ),
  )
  variables.set(scope, found)
  return found
}
/** Found once for a note. */
const variables = new WeakMap<Scope, ReadonlySet<string>>()

/** What an array step lacks in every reading isn't looked for in each of them: it is built anew for each. */
function isBlind({ built }: Sides, truthSide: number, index: number): boolean {
  const doubts = [built[truthSide] as Built, built[index] as Built].map((each) => each.doubts)
  return IN_EVERY_READING.some((doubt) => doubts.some((each) => each.has(doubt)))
}

/** Doubts that no reading of a derivative of arrays takes away. */
const IN_EVERY_READING = ['opaque', 'cyclic', 'independent', 'variable', 'undefined'] as const

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

/**
 * `\frac{\partial L}{\partial W}`, `\nabla_w L`, `\nabla f(x)`, `r'(t)`, and `\nabla f` of several variables: not `dW`, nor
 * `\nabla y_i`, which may be a difference.
 */
function isWrittenDerivative(expr: Expr, { slopes, derived }: Built): boolean {
  if (expr.kind === 'call') return expr.primes > 0 && derived.size === 0
  if (expr.kind !== 'derivative' || expr.notation === 'programmer') return false
  return expr.wrt.length > 0 || expr.of.kind === 'call' || (expr.notation === 'nabla' && slopes.length > 1)
}

/** What is said where no slip is known. */
export const UNEQUAL = 'It isn’t equal to the side before it.'

const UNEQUAL_TO_EQUATION = 'It isn’t what the equation before gives.'

/** Nodes that may be built for one step to mean it in other ways: counted, never timed, so that a verdict is the same everywhere. */
const MOST_NODES = 20_000
const TOO_MUCH = 'It would take too much work to be told.'
const NO_EQUALITY = 'It isn’t an equality that can be checked.'
const FAR = 'What is differentiated is defined far away, so something else may be meant.'
export const FOLLOWS_WRONG = 'It follows from a wrong step.'
export const isWrong = (each: StepVerdict): boolean => each.verdict === 'fails' || each.reason === FOLLOWS_WRONG

const noteOf = ({ head }: Choices): string =>
  head === 'partial'
    ? 'It is right as a partial derivative, with the other names held fixed.'
    : 'It is right as a total derivative.'

const undecided = (reason: string): StepVerdict => ({
  verdict: 'unknown',
  reason,
  witness: null,
  right: null,
  used: [],
})

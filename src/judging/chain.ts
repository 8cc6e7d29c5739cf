/** One written chain: a verdict on each of its steps, by the rules for steps of the command line's contract. */
import { literalNumber } from '../graph/build'
import type { NodeId } from '../graph/graph'
import type { Defined, Placed, Scope } from '../graph/scope'
import type { Claim, Expr, Side } from '../reading/statement'
import { otherReadings } from './ambiguous'
import { compare, leavesOf, type Setting, type Witness } from './equivalence'
import { explainMistake } from './mistakes'
import { type Relation, relate, settingOf, unknown } from './relation'
import { substitute } from './rewrite'
import { type Built, type Reading, type World, worldOf } from './world'

export interface StepVerdict {
  readonly verdict: 'holds' | 'fails' | 'unknown'
  readonly reason: string | null
  readonly witness: Witness | null
  /** Where a step fails: the world in which it does, and what would have been right. */
  readonly right: { readonly world: World; readonly truth: Built; readonly written: Built } | null
  readonly used: readonly Defined[]
}

const TOTAL: Reading = { head: 'total', inner: 'total' }
/** ∂z/∂x where z depends on x directly and through t: authors mean one or the other, and in one step both. */
const READINGS: readonly Reading[] = [
  TOTAL,
  { head: 'partial', inner: 'partial' },
  { head: 'total', inner: 'partial' },
  { head: 'partial', inner: 'total' },
]
/** Other definitions of the same names that are tried before a step is called wrong. */
const MOST_ALTERNATIVES = 8

/** A claim in one reading: a node for each side, and what the note says of the names. */
interface Sides {
  readonly world: World
  readonly built: readonly Built[]
  readonly setting: Setting
}

/** What a claim is judged with. */
export interface Surroundings {
  readonly scope: Scope
  /** Words between a definition and the claim, in which an assumption may stand that isn't a formula. */
  readonly prose: (from: Defined) => string
}

export function judgeChain(claim: Placed<Claim>, { scope, prose }: Surroundings): StepVerdict[] {
  const { sides } = claim.statement
  const exprs = sides.map((side) => side.expr)
  const readings = new Map<Reading, Sides>()
  const under = (reading: Reading, expressions: readonly Expr[] = exprs): Sides => {
    const known = expressions === exprs ? readings.get(reading) : undefined
    if (known) return known
    const world = worldOf(scope, claim, expressions, reading)
    const built = expressions.map((expr) => world.build(expr))
    const made = { world, built, setting: settingOf(scope, claim, world) }
    if (expressions === exprs) readings.set(reading, made)
    return made
  }
  const plain = under(TOTAL)
  const isDerivative = hasDerivative(exprs[0] as Expr)
  const verdicts: StepVerdict[] = []
  /** The side that says what is true: the head, or the first step of a new definition. */
  let truthSide = 0

  /** The best that any reading makes of a step. */
  const relation = (index: number): Relation => {
    let best: Relation | null = null
    for (const reading of READINGS) {
      if (reading !== TOTAL && !exprs.some(hasDerivative)) break
      const { world, built, setting } = under(reading)
      const found = relate(world, setting, built[truthSide] as Built, built[index] as Built)
      if (found.kind === 'equal')
        return reading === TOTAL ? found : { ...found, condition: found.condition ?? noteOf(reading) }
      if (best === null || (best.kind === 'different' && found.kind === 'unknown')) best = found
    }
    return best as Relation
  }

  const sameAs = (index: number, other: number): boolean => {
    const { world, built, setting } = plain
    const [a, b] = [built[index] as Built, built[other] as Built]
    return relate(world, setting, b, a).kind === 'equal'
  }

  for (let index = 1; index < sides.length; index++) {
    verdicts.push(judgeStep(index))
  }
  return verdicts

  function judgeStep(index: number): StepVerdict {
    const side = sides[index] as Side
    if (side.relation !== '=') return undecided('It isn’t an equality that can be checked.')
    const found = relation(index)
    if (found.kind === 'equal') return holds(index, found.condition)
    const earlier = verdicts.findIndex((each, k) => each.verdict === 'holds' && sameAs(index, k + 1))
    if (earlier >= 0) return holds(index, null)
    if (!isDerivative && index === 1) {
      // A chain that begins with a name may define it anew.
      truthSide = 1
      return undecided('The name has another definition in the note.')
    }
    if (isEquation(index)) return undecided('It is an equation to be solved.')
    if (found.kind === 'unknown') return follows(index) ?? undecided(found.reason)
    const wrong = verdicts.findIndex((each, k) => isWrong(each) && sameAs(index, k + 1))
    if (wrong >= 0) return { ...undecided('It follows from a wrong step.'), witness: null }
    const excuse = excuseFor(index)
    if (excuse?.kind === 'equal') return holds(index, excuse.condition)
    if (excuse?.kind === 'unknown') return undecided(excuse.reason)
    return fails(index, found)
  }

  /** `= 0` of a derivative that isn't constant: a first-order condition. */
  function isEquation(index: number): boolean {
    if (literalNumber(exprs[index] as Expr) !== 0) return false
    const { world, built } = plain
    return !isDerivative || leavesOf(world.builder.graph, [(built[truthSide] as Built).node]).length > 0
  }

  /** Where the truth isn't known a step can still follow from the one before. */
  function follows(index: number): StepVerdict | null {
    if (index < 2 || !sameAs(index, index - 1)) return null
    const before = verdicts[index - 2]
    if (before && isWrong(before)) return undecided('It follows from a wrong step.')
    return holds(index, 'It follows from the step before.')
  }

  /** Other things that the author may have meant, tried only before a step would be called wrong. */
  function excuseFor(index: number): Relation | null {
    for (const expression of otherReadings(exprs[index] as Expr)) {
      for (const reading of READINGS) {
        const other = under(
          reading,
          exprs.map((expr, k) => (k === index ? expression : expr)),
        )
        const found = relate(other.world, other.setting, other.built[truthSide] as Built, other.built[index] as Built)
        if (found.kind === 'equal') return { kind: 'equal', condition: null }
      }
    }
    const used = (plain.built[truthSide] as Built).used
    let tried = 0
    for (const of of used) {
      for (const use of definitionsOf(of.definition.target.key)) {
        if (use.definition === of.definition || tried >= MOST_ALTERNATIVES) continue
        tried++
        for (const head of ['total', 'partial'] as const) {
          const other = under({ head, inner: head, instead: { of, use } })
          const found = relate(other.world, other.setting, other.built[truthSide] as Built, other.built[index] as Built)
          if (found.kind === 'equal')
            return unknown(`It follows from another definition of ${of.definition.target.plain}.`)
        }
      }
    }
    return assumedInWords(index)
  }

  /** Everything that defines a name somewhere in the note, first steps of chains too. */
  function definitionsOf(key: string): Defined[] {
    return scope.statements.flatMap(({ statement, ...place }) =>
      statement.kind === 'definition' && statement.target.key === key ? [{ ...place, definition: statement }] : [],
    )
  }

  /** "We assume that capital is 1": a name that the step leaves out, and words that may say so. */
  function assumedInWords(index: number): Relation | null {
    const { world, built, setting } = plain
    const [truth, side] = [built[truthSide] as Built, built[index] as Built]
    const words = truth.used.map(prose).join(' ')
    if (!ASSUMING.test(words)) return null
    const said = new Set(leavesOf(world.builder.graph, [side.node]))
    const missing = leavesOf(world.builder.graph, [truth.node]).filter((id) => !said.has(id))
    if (missing.length === 0 || missing.length > 3) return null
    for (const value of [1, 0]) {
      const values = missing.map((id) => ({ left: id, value }))
      if (equalWith(world, setting, truth.node, side.node, values)) {
        return unknown('It holds under an assumption that the note may make in words.')
      }
    }
    return null
  }

  function holds(index: number, condition: string | null): StepVerdict {
    return { verdict: 'holds', reason: condition, witness: null, right: null, used: (plain.built[index] as Built).used }
  }

  function fails(index: number, found: Relation & { kind: 'different' }): StepVerdict {
    const { world, built } = plain
    const [truth, written] = [built[truthSide] as Built, built[index] as Built]
    const before = verdicts
      .map((each, k) => (each.verdict === 'holds' ? (built[k + 1] as Built) : null))
      .filter((each) => each !== null)
    const slip = explainMistake({ world, truth, written, before: before.at(-1) ?? null })
    // A single number may be the right side of an equation; only a known slip tells that it isn't.
    if (found.constant && slip === null) return undecided('It may be an equation to be solved.')
    return {
      verdict: 'fails',
      reason: slip ?? 'It isn’t equal to the side before it.',
      witness: found.witness,
      right: { world, truth, written },
      used: truth.used,
    }
  }
}

const noteOf = ({ head }: Reading): string =>
  head === 'partial'
    ? 'It is right as a partial derivative, with the other names held fixed.'
    : 'It is right as a total derivative.'

const isWrong = (each: StepVerdict): boolean =>
  each.verdict === 'fails' || each.reason === 'It follows from a wrong step.'

const undecided = (reason: string): StepVerdict => ({
  verdict: 'unknown',
  reason,
  witness: null,
  right: null,
  used: [],
})

/** Words of assuming with a number, in the languages of the notes that were looked at. */
const ASSUMING =
  /(assum|suppos|given that|normali[sz]|set to|equal to|fix|仮定|とする|とおく|とすれば|固定|假设|假定|设|令|가정|하자|이라고)[^.。]{0,80}([10１０]|\bone\b|\bzero\b|\bunit)/i

function equalWith(
  world: World,
  setting: Setting,
  truth: NodeId,
  side: NodeId,
  values: readonly { left: NodeId; value: number }[],
): boolean {
  const put = new Map(values.map(({ left, value }) => [left, world.builder.constant(value)]))
  const replaced = substitute(world.builder, truth, put)
  return compare(world.builder.graph, replaced, side, { ...setting, defined: [] }).kind === 'equal'
}

/** Does an expression have a derivative in it? */
export function hasDerivative(expr: Expr): boolean {
  if (expr.kind === 'derivative' || (expr.kind === 'call' && expr.primes > 0)) return true
  return expr.kind === 'apply' && expr.args.some(hasDerivative)
}

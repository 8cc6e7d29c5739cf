/** What comes of a pair on arrays of some sizes: right, wrong, or nothing that can be told. */
import type { Counterexample, JudgedPair } from '../../derivation'
import type { NodeId } from '../../graph/graph'
import type { ArrayCandidate } from '../../reading/pairs/arrayCandidate'
import type { Range } from '../../reading/statement'
import { type Column, columnsOf, hasIdleEntry, staysWithout } from './arrayColumns'
import { customary, isMeantBefore, isPassedOn, lossFor, penalised } from './arrayCustoms'
import { guardsIn, TARGETS, type Targets } from './arrayValues'
import { scaled, targetWorlds, type Written } from './arrayWorld'
import type { Fit } from './fitting'
import { lossSentence } from './sentences'

export interface Right {
  readonly kind: 'right'
  readonly way: readonly Written[]
  readonly convention: JudgedPair['convention']
  readonly reason: string | null
}
export interface Mistake {
  readonly kind: 'wrong'
  readonly of: string
  readonly factor: number | null
  /** Another of the written gradients is right. */
  readonly others: boolean
  /** Many entries are right. */
  readonly isNear: boolean
  /** Only the sum over the samples is missing. */
  readonly perSample: boolean
  /** It is one of several by a loss that the others go with. */
  readonly isByLoss: boolean
  readonly place: Range | null
  readonly written: readonly NodeId[]
  readonly way: readonly Written[]
  readonly counterexample: Counterexample
}
/** `unclear`: so near that a guard against log 0 may be all that differs, or right for another way in which it is used. */
export type Outcome = Right | Mistake | { readonly kind: 'unknown' | 'unclear' }
const UNKNOWN: Outcome = { kind: 'unknown' }

/** What came of a fit, by every way to take what is written and whatever the targets have to be. */
export function outcomesOf(candidate: ArrayCandidate, fit: Fit): Outcome[] {
  const tried = (way: readonly Written[]) => (fit.namesRows ? ROWS : hasTargets(fit, way) ? TARGETS : ANY)
  return fit.world.ways.flatMap((way) =>
    takesTarget(fit, way)
      ? targetOutcomes(candidate, fit, way)
      : tried(way).map((targets) => outcomeOf(candidate, fit, way, targets)),
  )
}

/** What the gradient function is given may be what the output should have been: where it is 0, there is a gradient still. */
const takesTarget = (fit: Fit, way: readonly Written[]): boolean =>
  fit.run.arriving?.length === 1 && !fit.run.isNamedGradient && staysWithout(fit, way)

/** Gradients of a loss that isn't written: right where one goes with all of them, wrong where one goes with some of them. */
function targetOutcomes(candidate: ArrayCandidate, fit: Fit, way: readonly Written[]): Outcome[] {
  return targetWorlds(fit.run, fit.world).map((world, index) => {
    const own = { ...fit, world }
    const columns = columnsOf(own, way, 'any')
    if (!columns || columns.length === 0) return UNKNOWN
    const found = lossFor(candidate, own, way, columns, (other) => targetWorlds(other.run, other.world)[index] ?? null)
    if (!found) return UNKNOWN
    const meant = { ...own, world: scaled(world, found.factor) }
    const wrong = (columnsOf(meant, way, 'any') ?? []).filter(({ wrongAt, of }) => wrongAt && !found.right.has(of))
    const [lone] = wrong
    return lone
      ? { ...mistakeAt(way, lone, new Set(wrong.map(({ of }) => of))), isByLoss: true }
      : { kind: 'right', way, convention: 'upstream', reason: lossSentence(candidate) }
  })
}

const ROWS: readonly Targets[] = ['classes']
const ANY: readonly Targets[] = ['any']

/** Whether there are arrays by which nothing is differentiated. */
function hasTargets({ run }: Fit, way: readonly Written[]): boolean {
  const varying = new Set(way.map(({ of }) => of))
  return run.inputs.some((slot) => slot.shape.length > 0 && !varying.has(slot))
}

/** Right in any way is right; of mistakes the one that is nearest to it. */
export function best(outcomes: readonly Outcome[]): Outcome {
  const right = outcomes.find(({ kind }) => kind === 'right')
  if (right) return right
  const unclear = outcomes.find(({ kind }) => kind === 'unclear')
  if (unclear) return unclear
  const wrong = outcomes.filter((outcome): outcome is Mistake => outcome.kind === 'wrong')
  return wrong.find(({ others }) => others) ?? wrong.find(({ factor }) => factor !== null) ?? wrong[0] ?? UNKNOWN
}

function outcomeOf(candidate: ArrayCandidate, fit: Fit, way: readonly Written[], targets: Targets): Outcome {
  const columns = columnsOf(fit, way, targets)
  if (!columns || columns.length === 0) return UNKNOWN
  const found = columns.filter(({ wrongAt }) => wrongAt)
  const isUnclear = columns.some((column) => column.isUnclear)
  const isGuarded = guardsIn(fit.world).length > 0
  if (isUnclear && found.length === 0) return isGuarded ? approximately(candidate, way) : { kind: 'unclear' }
  // A guard against log 0 changes a gradient where what it guards is as small: what is wrong is wrong without any.
  const bare = isGuarded && found.length > 0 ? columnsOf(fit, way, targets, true) : null
  const isSurely = ({ of }: Column) => bare?.some((column) => column.of === of && column.wrongAt) ?? !isUnclear
  const wrong = found.filter(isSurely)
  if (found.length > 0 && wrong.length === 0)
    return bare && bare.length > 0 ? approximately(candidate, way) : { kind: 'unclear' }
  if (wrong.length === 0) return { kind: 'right', way, convention: null, reason: null }
  if (candidate.kind === 'function' && !fit.namesRows && hasIdleEntry(way, columns)) return UNKNOWN
  const bad = new Set(wrong.map(({ of }) => of))
  const [lone] = wrong
  if (lone && wrong.every(({ isUnsummed }) => isUnsummed)) {
    const isMeant = candidate.isBatched && bad.size < way.length
    return isMeant ? mistakeAt(way, lone, bad) : UNKNOWN
  }
  if (candidate.kind === 'layer' && way.some((written) => bad.has(written.of) && isPassedOn(fit, written)))
    return UNKNOWN
  const custom = customary(candidate, fit, way, targets, columns) ?? penalised(candidate, fit, way, targets, columns)
  if (custom) return { kind: 'right', way, ...custom }
  if (isMeantBefore(candidate, fit, way, targets)) return { kind: 'unclear' }
  return lone ? mistakeAt(way, lone, bad) : UNKNOWN
}

function mistakeAt(way: readonly Written[], column: Column, bad: ReadonlySet<Written['of']>): Outcome {
  const counterexample = column.counterexample()
  if (!counterexample) return UNKNOWN
  const { of, relation, isUnsummed: perSample } = column
  return {
    kind: 'wrong',
    of: of.name,
    factor: relation.factor,
    others: bad.size < way.length,
    isNear: relation.equalPart >= 0.15,
    perSample,
    isByLoss: false,
    place: way.find((each) => each.of === of)?.place ?? null,
    written: way.flatMap((each) => (each.of === of ? (each.nodes ?? []) : [])),
    way,
    counterexample,
  }
}

const approximately = ({ function: of }: ArrayCandidate, way: readonly Written[]): Right => ({
  kind: 'right',
  way,
  convention: 'approximate',
  reason: `Right to about ${of.title}'s own accuracy: one of the two is fitted or a difference quotient.`,
})

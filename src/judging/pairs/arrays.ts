/** Judges pairs that work on arrays: random numbers in arrays of sizes that fit, entry by entry against the backward pass. */
import type { Counterexample, JudgedPair } from '../../derivation'
import { ancestors, type NodeId } from '../../graph/graph'
import type { Tensor } from '../../operations/operation'
import type { ArrayCandidate, ArrayRun } from '../../reading/pairs/arrayCandidate'
import type { Range } from '../../reading/statement'
import { entriesAre } from '../arrays'
import { isCustomaryBy, isMeanBy, type Relation, relationOf } from './arrayConventions'
import { slopesOf } from './arraySlopes'
import {
  counterexampleAt,
  type Draw,
  type EntryAt,
  isConfirmed,
  joined,
  TARGETS,
  type Targets,
  valuesIn,
} from './arrayValues'
import type { ArrayWorld, Written } from './arrayWorld'
import { type Fit, fittingSizes, resized, squareOf, takesMoreSamples } from './fitting'
import { sharesArrays } from './resemblance'
import { mistakeSentence } from './sentences'

/** The verdict; `null` where no sizes fit, or the code can't be followed. */
export function judgeArrays(candidate: ArrayCandidate): JudgedPair | null {
  const wrong: Wrong[] = []
  const unsettled: Fit[] = []
  let isUnclear = false
  for (const fit of fittingSizes(candidate)) {
    const outcome = best(outcomesOf(candidate, fit))
    if (outcome.kind === 'right') {
      // A custom was found to hold at other sizes already.
      const other = outcome.convention === null ? elsewhere(candidate, fit) : null
      if (!other) return holds(candidate, fit, outcome)
      wrong.push(other)
      continue
    }
    isUnclear ||= outcome.kind === 'unclear'
    if (outcome.kind === 'wrong') wrong.push({ fit, mistake: outcome })
    else unsettled.push(fit)
  }
  if (isUnclear) return null
  const [first] = wrong
  if (!first) return squareVerdict(candidate, unsettled)
  return isTold(candidate, first) ? fails(candidate, first.mistake) : null
}

interface Wrong {
  readonly fit: Fit
  readonly mistake: Mistake
}

/** What is right for small arrays may be wrong for longer ones, which have an interior. */
function elsewhere(candidate: ArrayCandidate, fit: Fit): Wrong | null {
  const other = candidate.kind === 'function' ? resized(candidate, fit) : null
  const outcome = other && best(outcomesOf(candidate, other))
  return other && outcome?.kind === 'wrong' ? { fit: other, mistake: outcome } : null
}

/** Names that only hint need numbers or parts that show an attempt at this gradient. */
function isTold(candidate: ArrayCandidate, { fit, mistake }: Wrong): boolean {
  const { strength } = candidate
  const { others, factor, isNear, written } = mistake
  if (fit.run.isDoubtful || fit.isUnlikely || !takesMoreSamples(candidate, fit)) return false
  if (strength === 'sure' || others || factor !== null || isNear) return true
  if (strength === 'likely') return false
  const draws = SEEDS.slice(0, 2).map((seed) => valuesIn(fit.run, fit.world, drawOf(fit, seed, 'any', mistake.way)).of)
  return sharesArrays(fit.world, written, draws)
}

/**
 * Sizes that differ don't go together: with equal ones the numbers tell. One of the gradients must be right then, as a sign
 * that these are the sizes that are meant.
 */
function squareVerdict(candidate: ArrayCandidate, unsettled: readonly Fit[]): JudgedPair | null {
  const axes = ({ choices }: Fit) =>
    [...choices.values()].reduce((sum, choice) => sum + ('count' in choice ? 0 : choice.length), 0)
  for (const fit of unsettled.toSorted((a, b) => axes(b) - axes(a))) {
    const square = fit.isUnlikely ? null : squareOf(candidate, fit)
    if (!square) continue
    const outcome = best(outcomesOf(candidate, square))
    if (outcome.kind === 'right') return null
    if (outcome.kind === 'wrong' && outcome.others && !square.run.isDoubtful) return fails(candidate, outcome)
  }
  return null
}

const ends = ({ function: of, derivative }: ArrayCandidate) => ({
  function: { name: of.name, range: of.range },
  derivative: { name: derivative.name, range: derivative.range },
  wrong: null,
  quiet: false,
  replacement: null,
})

const holds = (candidate: ArrayCandidate, { run }: Fit, { way, convention, reason }: Right): JudgedPair => ({
  ...ends(candidate),
  wrt: way.map((each) => each.of.name),
  verdict: 'holds',
  convention: convention ?? (run.arriving ? 'upstream' : null),
  reason,
  counterexample: null,
})

const fails = (candidate: ArrayCandidate, { of, factor, place, counterexample }: Mistake): JudgedPair => ({
  ...ends(candidate),
  wrong: wrongIn(candidate.derivative, place),
  wrt: [of],
  verdict: 'fails',
  convention: null,
  reason: mistakeSentence(candidate, of, factor),
  counterexample,
})

/** The statement that gives a gradient its value, if it stands in this file. */
function wrongIn({ steps }: ArrayCandidate['derivative'], place: Range | null): Range | null {
  const around = place ? steps.filter(({ start, end }) => start <= place.start && place.end <= end) : []
  return around.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0] ?? null
}

interface Right {
  readonly kind: 'right'
  readonly way: readonly Written[]
  readonly convention: JudgedPair['convention']
  readonly reason: string | null
}
interface Mistake {
  readonly kind: 'wrong'
  readonly of: string
  readonly factor: number | null
  /** Another of the written gradients is right. */
  readonly others: boolean
  /** Many entries are right. */
  readonly isNear: boolean
  readonly place: Range | null
  readonly written: readonly NodeId[]
  readonly way: readonly Written[]
  readonly counterexample: Counterexample
}
/** `unclear`: so near that a guard against log 0 may be all that differs. */
type Outcome = Right | Mistake | { readonly kind: 'unknown' | 'unclear' }
const UNKNOWN: Outcome = { kind: 'unknown' }

/** What came of a fit, by every way to take what is written and whatever the targets have to be. */
function outcomesOf(candidate: ArrayCandidate, fit: Fit): Outcome[] {
  const tried = (way: readonly Written[]) => (fit.namesRows ? ROWS : hasTargets(fit, way) ? TARGETS : ANY)
  return fit.world.ways.flatMap((way) => tried(way).map((targets) => outcomeOf(candidate, fit, way, targets)))
}

const ROWS: readonly Targets[] = ['classes']
const ANY: readonly Targets[] = ['any']

/** Whether there are arrays by which nothing is differentiated. */
function hasTargets({ run }: Fit, way: readonly Written[]): boolean {
  const varying = new Set(way.map(({ of }) => of))
  return run.inputs.some((slot) => slot.shape.length > 0 && !varying.has(slot))
}

/** Right in any way is right; of mistakes the one that is nearest to it. */
function best(outcomes: readonly Outcome[]): Outcome {
  const right = outcomes.find(({ kind }) => kind === 'right')
  if (right) return right
  const unclear = outcomes.find(({ kind }) => kind === 'unclear')
  if (unclear) return unclear
  const wrong = outcomes.filter((outcome): outcome is Mistake => outcome.kind === 'wrong')
  return wrong.find(({ others }) => others) ?? wrong.find(({ factor }) => factor !== null) ?? wrong[0] ?? UNKNOWN
}

const SEEDS = [3, 11, 29, 47]
/** Of 0 and 1 alone, small arrays are alike by chance: every second one of two by two is symmetric. */
const MORE_SEEDS = [...SEEDS, 53, 61, 67, 71, 79, 83, 89, 97]
/** Relative to the largest entry: `np.log(y + 1e-7)` is meant to be the logarithm of y. */
const SAME = 1e-6

/** One gradient at one draw of numbers. */
interface Column {
  readonly of: Written['of']
  readonly relation: Relation
  readonly expected: readonly number[]
  readonly wrongAt: EntryAt | null
  /** It may be a guard that makes the difference. */
  readonly isUnclear: boolean
  readonly counterexample: () => Counterexample | null
}

function outcomeOf(candidate: ArrayCandidate, fit: Fit, way: readonly Written[], targets: Targets): Outcome {
  const columns = columnsOf(fit, way, targets)
  if (!columns || columns.length === 0) return UNKNOWN
  const wrong = columns.filter(({ wrongAt }) => wrongAt)
  if (columns.some(({ isUnclear }) => isUnclear))
    return wrong.length === 0 && isGuarded(fit) ? approximately(candidate, way) : { kind: 'unclear' }
  if (wrong.length === 0) return { kind: 'right', way, convention: null, reason: null }
  if (candidate.kind === 'function' && !fit.namesRows && hasIdleEntry(way, columns)) return UNKNOWN
  const bad = new Set(wrong.map(({ of }) => of))
  if (candidate.kind === 'layer' && way.some((written) => bad.has(written.of) && isPassedOn(fit, written)))
    return UNKNOWN
  const custom = customary(candidate, fit, way, targets, columns)
  if (custom) return custom
  const [first] = wrong
  const counterexample = first?.counterexample() ?? null
  if (!first || !counterexample) return UNKNOWN
  return {
    kind: 'wrong',
    of: first.of.name,
    factor: first.relation.factor,
    others: bad.size < way.length,
    isNear: first.relation.equalPart >= 0.15,
    place: way.find(({ of }) => of === first.of)?.place ?? null,
    written: way.flatMap(({ of, nodes }) => (of === first.of ? (nodes ?? []) : [])),
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

/** A small number that keeps a logarithm or quotient away from 0: `np.log(y + 1e-7)`. */
const isGuarded = ({ world: { builder, outputs, ways } }: Fit): boolean =>
  [...outputs, ...ways.flat().flatMap(({ nodes }) => nodes ?? [])].some((root) =>
    ancestors(builder.graph, root).some((id) => {
      const size = Math.abs(builder.constantOf(id) ?? 0)
      return size > 0 && size <= SMALL
    }),
  )
const SMALL = 1e-4

/** An entry on which nothing depends isn't meant to be there: these aren't the sizes of the function. */
const hasIdleEntry = (way: readonly Written[], columns: readonly Column[]): boolean =>
  way.some(({ of }) => {
    const own = columns.filter((column) => column.of === of)
    const isIdle = (entry: number) => own.every(({ expected }) => expected[entry] === 0)
    const entries = [...(own[0]?.expected.keys() ?? [])]
    return entries.some(isIdle) && !entries.every(isIdle)
  })

const drawOf = ({ run, world, domain }: Fit, seed: number, targets: Targets, way: readonly Written[]): Draw => {
  const isOne = run.arriving !== null && world.outputs.length === 1 && ignoresArriving(run, world, way)
  return { seed, targets, varying: new Set(way.map(({ of }) => of)), isOne, domain }
}

/** All gradients at all draws; `null` where something has no numbers. */
function columnsOf(fit: Fit, way: readonly Written[], targets: Targets): Column[] | null {
  const { run, world } = fit
  const columns: Column[] = []
  for (const seed of targets === 'any' ? SEEDS : MORE_SEEDS) {
    const draw = drawOf(fit, seed, targets, way)
    const values = valuesIn(run, world, draw)
    // Without a value there is no slope.
    if (world.outputs.some((id) => values.of(id)?.data.some(Number.isNaN))) continue
    for (const { of, nodes } of way) {
      const written = nodes && joined(nodes.map((id) => laidOut(fit, of, values.of(id))))
      const slopes = written && slopesOf({ run, world, draw, values }, of, written)
      // What has no number where the function has a slope is made for other sizes.
      if (!slopes || written.length !== slopes.expected.length || written.some(Number.isNaN)) return null
      const { expected, placeOf } = slopes
      if (!expected.every(Number.isFinite)) continue
      const at = joined([values.at.get(of.name) ?? null]) ?? []
      const relation = relationOf(written, expected, at, of.shape.at(-1) ?? 1)
      const entries = expected.map((value, index) => entriesAre(written[index] as number, value, relation.scale, SAME))
      const entry = entries.indexOf('different')
      const place = {
        of,
        ...placeOf(entry),
        written: written[entry] as number,
        expected: expected[entry] as number,
      }
      columns.push({
        of,
        relation,
        expected,
        wrongAt: entry < 0 ? null : place,
        isUnclear: entry < 0 && entries.includes('unclear'),
        counterexample: () => (isConfirmed(run, world, values, place) ? counterexampleAt(values, place) : null),
      })
    }
  }
  return columns
}

/** The end of the chain: one number, and nothing that arrives. */
const isLoss = ({ run, world }: Fit): boolean =>
  run.arriving === null &&
  run.outputs.length === 1 &&
  world.outputs.every((id) => world.builder.shapeOf(id)?.length === 0)

/** The gradient of a loss may lie on its side, a column for each sample. */
function laidOut(fit: Fit, { shape }: Written['of'], tensor: Tensor | null): Tensor | null {
  const [rows = 0, columns = 0] = shape
  const isTurned =
    tensor?.shape.length === 2 && rows !== columns && tensor.shape[0] === columns && tensor.shape[1] === rows
  if (!tensor || !isTurned || shape.length !== 2 || !isLoss(fit)) return tensor
  const data = tensor.data.map((_value, at) => tensor.data[(at % columns) * rows + Math.floor(at / columns)] as number)
  return { shape, data }
}

/** A sign or factor by custom, or a gradient taken through the activation before. */
function customary(
  candidate: ArrayCandidate,
  fit: Fit,
  way: readonly Written[],
  targets: Targets,
  columns: readonly Column[],
): Right | null {
  const elsewhere = () => {
    const other = resized(candidate, fit)
    const same = other?.world.ways[fit.world.ways.indexOf(way)]
    const again = other && same ? columnsOf(other, same, targets) : null
    return other && again && (fit.namesRows || !hasIdleEntry(same ?? [], again)) ? { fit: other, columns: again } : null
  }
  const [data] = candidate.inputs
  const found =
    (candidate.kind === 'function' || isLoss(fit) ? isCustomaryBy(candidate, fit, columns, elsewhere) : null) ??
    (data ? isMeanBy(data.name, fit, columns, elsewhere) : null)
  return found && { kind: 'right', way, ...found }
}

/** What arrives is handed on untouched: the derivative is part of what comes later. */
function isPassedOn({ run, world }: Fit, { nodes }: Written): boolean {
  const arriving = new Set(arrivingNodes(run, world))
  return nodes?.every((id) => arriving.has(id)) ?? false
}

const arrivingNodes = (run: ArrayRun, { leaves }: ArrayWorld): NodeId[] =>
  (run.arriving ?? []).flatMap((slot) => slot.leaves.map(({ key }) => leaves.get(key) as NodeId))

/** A loss is the end of the chain: nothing has to arrive. */
function ignoresArriving(run: ArrayRun, world: ArrayWorld, way: readonly Written[]): boolean {
  const [output] = world.outputs
  if (output === undefined || world.builder.shapeOf(output)?.length !== 0) return false
  const arriving = new Set(arrivingNodes(run, world))
  return way.every(({ nodes }) =>
    nodes?.every((id) => !ancestors(world.builder.graph, id).some((each) => arriving.has(each))),
  )
}

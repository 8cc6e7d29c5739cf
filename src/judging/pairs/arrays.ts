/** Judges pairs that work on arrays: random numbers in arrays of sizes that fit, entry by entry against the backward pass. */
import type { Counterexample, JudgedPair } from '../../derivation'
import { ancestors, type NodeId } from '../../graph/graph'
import type { Tensor } from '../../operations/operation'
import type { ArrayCandidate, ArrayRun } from '../../reading/pairs/arrayCandidate'
import type { Range } from '../../reading/statement'
import { entriesAre } from '../arrays'
import { isCustomaryBy, isMeanBy, type Relation, relationOf, withoutPenalty } from './arrayConventions'
import { slopesOf } from './arraySlopes'
import {
  counterexampleAt,
  type Draw,
  type EntryAt,
  guardsIn,
  isConfirmed,
  joined,
  TARGETS,
  type Targets,
  type Values,
  valuesIn,
} from './arrayValues'
import { type ArrayWorld, beforeActivation, type Written } from './arrayWorld'
import { type Fit, fittingSizes, resized, squareOf, takesMoreSamples } from './fitting'
import { equal } from './relation'
import { sharesArrays } from './resemblance'
import { mistakeSentence, unsummedSentence } from './sentences'

/** The verdict; `null` where no sizes fit, or the code can't be followed. What is right in another way to call it is right. */
export function judgeArrays(candidate: ArrayCandidate): JudgedPair | null {
  const pair = judgeCalled(candidate)
  const other = candidate.otherwise && pair?.verdict !== 'holds' ? judgeCalled(candidate.otherwise) : null
  return other?.verdict === 'holds' ? other : (pair ?? other)
}

function judgeCalled(candidate: ArrayCandidate): JudgedPair | null {
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

const fails = (candidate: ArrayCandidate, { of, factor, place, perSample, counterexample }: Mistake): JudgedPair => ({
  ...ends(candidate),
  wrong: wrongIn(candidate.derivative, place),
  wrt: [of],
  verdict: 'fails',
  convention: null,
  reason: perSample ? unsummedSentence(candidate, of) : mistakeSentence(candidate, of, factor),
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
  /** Only the sum over the samples is missing. */
  readonly perSample: boolean
  readonly place: Range | null
  readonly written: readonly NodeId[]
  readonly way: readonly Written[]
  readonly counterexample: Counterexample
}
/** `unclear`: so near that a guard against log 0 may be all that differs, or right for another way in which it is used. */
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
  /** There is one for each sample, and their sum is right. */
  readonly isUnsummed: boolean
  readonly counterexample: () => Counterexample | null
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
  if (custom) return custom
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

/** The inputs on which the function or what is written depends. */
function inputsThatMatter({ run, world }: Fit, way: readonly Written[]): Set<string> {
  const roots = [...world.outputs, ...way.flatMap(({ nodes }) => nodes ?? [])]
  const used = new Set(roots.flatMap((root) => ancestors(world.builder.graph, root)))
  const slots = [...run.inputs, ...(run.arriving ?? []), ...run.random]
  return new Set(
    slots.flatMap(({ name, leaves }) =>
      leaves.some(({ key }) => used.has(world.leaves.get(key) as NodeId)) ||
      run.arriving?.some((each) => each.name === name)
        ? name
        : [],
    ),
  )
}

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
function columnsOf(fit: Fit, way: readonly Written[], targets: Targets, isUnguarded = false): Column[] | null {
  const { run, world } = fit
  const told = inputsThatMatter(fit, way)
  const columns: Column[] = []
  for (const seed of targets === 'any' ? SEEDS : MORE_SEEDS) {
    const draw = { ...drawOf(fit, seed, targets, way), isUnguarded }
    const values = valuesIn(run, world, draw)
    // Without a value there is no slope.
    if (world.outputs.some((id) => values.of(id)?.data.some(Number.isNaN))) continue
    for (const { of, nodes } of way) {
      const written = nodes && joined(nodes.map((id) => laidOut(fit, of, values.of(id))))
      const slopes = written && slopesOf({ run, world, draw, values }, of, written)
      // What has no number where the function has a slope is made for other sizes.
      if (!slopes || written.some(Number.isNaN)) return null
      if (of.shape.length > 0 && isUnsummed(written, slopes.expected)) {
        columns.push(unsummed({ run, world, values, told }, of, written, slopes.expected))
        continue
      }
      if (written.length !== slopes.expected.length) return null
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
        isUnsummed: false,
        counterexample: () => (isConfirmed(run, world, values, place) ? counterexampleAt(values, told, place) : null),
      })
    }
  }
  return columns
}

/** Whether something is written for each of several samples of which the sum is what is expected. */
function isUnsummed(written: readonly number[], expected: readonly number[]): boolean {
  const { length } = expected
  if (length === 0 || written.length <= length || written.length % length !== 0) return false
  const scale = Math.max(...expected.map(Math.abs))
  const sums = expected.map((_value, k) =>
    written.reduce((sum, value, at) => (at % length === k ? sum + value : sum), 0),
  )
  return scale > 0 && sums.every((sum, k) => equal(sum, expected[k] as number, scale))
}

function unsummed(
  {
    run,
    world,
    values,
    told,
  }: Pick<Fit, 'run' | 'world'> & { readonly values: Values; readonly told: ReadonlySet<string> },
  of: Written['of'],
  written: readonly number[],
  expected: readonly number[],
): Column {
  const place = { of, entry: 0, output: null, written: written[0] as number, expected: expected[0] as number }
  return {
    of,
    relation: { scale: Math.max(...expected.map(Math.abs)), factor: null, equalPart: 0, decay: null, through: null },
    expected,
    wrongAt: place,
    isUnclear: false,
    isUnsummed: true,
    counterexample: () => (isConfirmed(run, world, values, place) ? counterexampleAt(values, told, place) : null),
  }
}

/** The end of the chain: one number, or one for each sample, and nothing that arrives. */
const isLoss = ({ run, world }: Fit): boolean =>
  run.arriving === null &&
  run.outputs.length === 1 &&
  world.outputs.every((id) => (world.builder.shapeOf(id)?.length ?? 0) <= 1)

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
    if (!other || !again || (!fit.namesRows && hasIdleEntry(same ?? [], again))) return null
    return { fit: other, columns: withoutPenalty(candidate, again) ?? again }
  }
  const [data] = candidate.inputs
  const found =
    (candidate.kind === 'function' || isLoss(fit) ? isCustomaryBy(candidate, fit, columns, elsewhere) : null) ??
    (data ? isMeanBy(data.name, fit, columns, elsewhere) : null)
  return found && { kind: 'right', way, ...found }
}

/** The weights are kept small: the gradient of a penalty on them is added to that of the layer. */
function penalised(
  candidate: ArrayCandidate,
  fit: Fit,
  way: readonly Written[],
  targets: Targets,
  columns: readonly Column[],
): Right | null {
  const plain = withoutPenalty(candidate, columns)
  if (!plain) return null
  const reason = `${candidate.derivative.title} includes a penalty on large weights.`
  const isRight = plain.every(({ relation: { factor } }) => factor !== null && Math.abs(factor - 1) < 1e-6)
  return isRight || customary(candidate, fit, way, targets, plain)
    ? { kind: 'right', way, convention: null, reason }
    : null
}

/** Names of gradients that have gone through the activation already. */
const BEFORE = /^(d?_?z|dz\w*|d_z\w*|\w*deltas?\w*|\w*err(or)?s?)$/i
/** An activation that is one of several: whoever calls may take care of it. */
const OPTIONAL = /\bif\b[^\n]*activ/i

/** It is right if the gradient that arrives has gone through the activation already, and that may be how it is meant. */
function isMeantBefore({ text }: ArrayCandidate, fit: Fit, way: readonly Written[], targets: Targets): boolean {
  const { run } = fit
  const isMeant = run.arriving?.some(({ name }) => BEFORE.test(name)) || OPTIONAL.test(text)
  const world = isMeant ? beforeActivation(run, fit.world) : null
  const columns = world && columnsOf({ ...fit, world }, way, targets)
  return (columns && columns.length > 0 && columns.every(({ wrongAt }) => !wrongAt)) ?? false
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

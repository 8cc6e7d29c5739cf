/** The written gradients of a pair on arrays at draws of numbers, entry by entry against the backward pass. */
import type { Counterexample } from '../../derivation'
import { ancestors, type NodeId } from '../../graph/graph'
import type { Tensor } from '../../operations/operation'
import type { ArrayRun } from '../../reading/pairs/arrayCandidate'
import { isTarget } from '../../reading/pairs/arrays'
import { entriesAre } from '../arrays'
import { type Relation, relationOf } from './arrayConventions'
import { slopesOf } from './arraySlopes'
import {
  counterexampleAt,
  type Draw,
  type EntryAt,
  isConfirmed,
  joined,
  type Targets,
  type Values,
  valuesIn,
} from './arrayValues'
import type { ArrayWorld, Written } from './arrayWorld'
import type { Fit } from './fitting'
import { equal } from './relation'

export const SEEDS = [3, 11, 29, 47]
/** Of 0 and 1 alone, small arrays are alike by chance: every second one of two by two is symmetric. */
const MORE_SEEDS = [...SEEDS, 53, 61, 67, 71, 79, 83, 89, 97]
/** Relative to the largest entry: `np.log(y + 1e-7)` is meant to be the logarithm of y. */
const SAME = 1e-6

/** One gradient at one draw of numbers. */
export interface Column {
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
export const hasIdleEntry = (way: readonly Written[], columns: readonly Column[]): boolean =>
  way.some(({ of }) => {
    const own = columns.filter((column) => column.of === of)
    const isIdle = (entry: number) => own.every(({ expected }) => expected[entry] === 0)
    const entries = [...(own[0]?.expected.keys() ?? [])]
    return entries.some(isIdle) && !entries.every(isIdle)
  })

export const drawOf = ({ run, world, domain }: Fit, seed: number, targets: Targets, way: readonly Written[]): Draw => {
  const isOne = run.arriving !== null && world.outputs.length === 1 && ignoresArriving(run, world, way)
  return { seed, targets, varying: new Set(way.map(({ of }) => of)), arriving: isOne ? 'one' : 'any', domain }
}

/** All gradients at all draws; `null` where something has no numbers. */
export function columnsOf(fit: Fit, way: readonly Written[], targets: Targets, isUnguarded = false): Column[] | null {
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
export const isLoss = ({ run, world }: Fit): boolean =>
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

export const arrivingNodes = (run: ArrayRun, { leaves }: ArrayWorld): NodeId[] =>
  (run.arriving ?? []).flatMap((slot) => slot.leaves.map(({ key }) => leaves.get(key) as NodeId))

/**
 * A loss is the end of the chain: nothing has to arrive at the one number that arrays come to, or that is compared with what it should
 * be. Nor where whoever calls multiplies with what arrives.
 */
function ignoresArriving(run: ArrayRun, world: ArrayWorld, way: readonly Written[]): boolean {
  const [output] = world.outputs
  const isNumber = output !== undefined && world.builder.shapeOf(output)?.length === 0
  const isLast = run.inputs.some(({ name, shape }) => shape.length > 0 || isTarget(name))
  if (!run.isMultiplied && !(isNumber && isLast)) return false
  const arriving = new Set(arrivingNodes(run, world))
  return way.every(({ nodes }) =>
    nodes?.every((id) => !ancestors(world.builder.graph, id).some((each) => arriving.has(each))),
  )
}

/** Whether what is written stays where nothing arrives: then what the gradient function is given is no gradient. */
export function staysWithout({ run, world, domain }: Fit, way: readonly Written[]): boolean {
  const varying = new Set(way.map(({ of }) => of))
  return SEEDS.some((seed) => {
    const values = valuesIn(run, world, { seed, targets: 'any', varying, arriving: 'none', domain })
    return way.some(({ nodes }) => nodes?.some((id) => values.of(id)?.data.some((value) => Math.abs(value) > 1e-9)))
  })
}

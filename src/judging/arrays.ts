/**
 * Two sides that have vectors, matrices or indices: shapes first, with every symbol a size of its own; then random entries at three
 * assignments of sizes, two with all sizes different and one square. Free indices run through. Doubles are enough: what counts as
 * different is far beyond their rounding, and what lies between is unknown.
 */

import { families, itemOf } from '../calculus/evaluate'
import { ancestors, type NodeId } from '../graph/graph'
import { isOpen, resolved, shownSize } from '../graph/sizes'
import type { Meaning } from '../meaning/build'
import { isEntry, isExtent } from '../operations/indexNodes'
import { type IndexId, letterOf, sizeOf } from '../operations/indexTerms'
import type { Dimension, Shape, Tensor } from '../operations/operation'
import { randomNumbers } from './random'
import type { Structure } from './structures'

/** Where two sides differ: sizes, the values of the arrays, the entry and its two numbers. */
export interface ArrayWitness {
  readonly sizes: Readonly<Record<string, number>>
  readonly at: ReadonlyMap<NodeId, Tensor>
  /** Places counted from 0: first those of the free indices, then those in the shape. */
  readonly entry: readonly number[]
  readonly left: number
  readonly right: number
}

export type ArrayComparison =
  | { readonly kind: 'equal' }
  | { readonly kind: 'different'; readonly witness: ArrayWitness; readonly looks: Looks }
  /** No values are needed: the shapes differ. */
  | { readonly kind: 'misfit'; readonly left: Shape; readonly right: Shape }
  | { readonly kind: 'unknown'; readonly reason: 'shape' | 'domain' | 'digits' }

/** What the difference looks like, at every assignment: a factor, a size, only some combinations of the free indices. */
export interface Looks {
  readonly factor: number | null
  readonly size: { readonly symbol: string; readonly power: 1 | -1 } | null
  /** Of two free indices that run over one size: right where they are the same, or where they differ. */
  readonly rightWhere: 'same' | 'apart' | null
}

/** Two with all sizes different, one square; small, so that a counterexample can be checked by hand. */
const ASSIGNMENTS: readonly (readonly number[])[] = [
  [2, 3, 4, 5, 3, 2],
  [3, 2, 5, 4, 2, 3],
  [3, 3, 3, 3, 3, 3],
]
/** Positive values, and those of both signs. */
const RANGES: readonly (readonly [low: number, high: number])[] = [
  [0.3, 1.7],
  [-1.5, 1.5],
]
/** Relative to the largest entry: closer is the same, further apart is different. */
const SAME = 1e-8
const DIFFERENT = 1e-5

/**
 * Two entries of arrays, relative to the largest: between the same and different lies what can't be told.
 * @param same how close the same may be: in code what is added to keep away from 0 is no difference
 */
export function entriesAre(a: number, b: number, scale: number, same = SAME): 'same' | 'different' | 'unclear' {
  const gap = Math.abs(a - b) / Math.max(scale, Number.MIN_VALUE)
  return gap <= same ? 'same' : gap > DIFFERENT || Number.isNaN(gap) ? 'different' : 'unclear'
}

interface Round {
  readonly numberOf: (size: Dimension) => number | null
  readonly values: ReadonlyMap<NodeId, Tensor>
  readonly seed: number
}

/**
 * Compares two nodes under what the note says of its arrays.
 * @param onlyEqual what differs needs no witness: then the first difference decides, and is `unknown`
 */
export function compareArrays(
  world: Meaning,
  left: NodeId,
  right: NodeId,
  structures: ReadonlyMap<string, Structure>,
  onlyEqual = false,
): ArrayComparison {
  const { builder } = world
  const [a, b] = [builder.shapeOf(left), builder.shapeOf(right)]
  if (!a || !b) return { kind: 'unknown', reason: 'shape' }
  const [x, y] = [flatShape(a), flatShape(b)]
  if (x.length !== y.length || !x.every((size, k) => canBe(world, size, y[k] ?? 1))) {
    // A number beside an array is one that is repeated, or 0.
    if (x.length > 0 && y.length > 0) return { kind: 'misfit', left: a, right: b }
  } else x.forEach((size, k) => builder.sizes.equate(size, y[k] ?? 1))
  const indices = [...new Set([...builder.indicesOf(left), ...builder.indicesOf(right)])]
  const met: Meeting[] = []
  for (const [round, numbers] of ASSIGNMENTS.entries()) {
    for (const range of RANGES) {
      const drawn = draw(world, [left, right], numbers, range, structures, round)
      const found = meet(world, left, right, indices, drawn)
      if (!found) continue
      met.push(found)
      if (onlyEqual && differIn(found)) return { kind: 'unknown', reason: 'digits' }
    }
  }
  return verdict(world, met, indices)
}

/** Vectors as columns and rows are one: which way is meant is told by the product in which they stand. */
const flatShape = (shape: Shape): Shape => {
  const long = shape.filter((size) => size !== 1)
  return shape.length === 2 && long.length < 2 ? long : shape
}

/** May two sizes be one? */
export function canBe({ builder: { sizes } }: Meaning, a: Dimension, b: Dimension): boolean {
  const [x, y] = [sizes.resolve(a), sizes.resolve(b)]
  return x === y || isOpen(x) || isOpen(y)
}

/** All sizes that occur, as numbers. */
function sizesIn(
  world: Meaning,
  nodes: readonly NodeId[],
  numbers: readonly number[],
): (size: Dimension) => number | null {
  const { builder } = world
  const facts = builder.graph.sizes
  const all = nodes.flatMap((node) => ancestors(builder.graph, node))
  const least = leastSizes(world, all)
  const chosen = new Map<Dimension, number>()
  const choose = (size: Dimension): void => {
    const of = resolved(facts, size)
    if (typeof of === 'number' || chosen.has(of) || of.includes('+')) return
    const known = isOpen(of) ? facts.numbers[of] : undefined
    chosen.set(of, known ?? Math.max(numbers[chosen.size % numbers.length] as number, least.get(of) ?? 0))
  }
  for (const id of all) {
    const node = builder.node(id)
    for (const size of node.shape ?? []) choose(size)
    for (const index of node.indices) choose(sizeOf(index))
    const bound = node.attributes.index ?? node.attributes.indices ?? node.attributes.over
    for (const index of typeof bound === 'string' ? [bound] : Array.isArray(bound) ? bound : [])
      choose(sizeOf(String(index)))
    if (isExtent(node.op)) choose(String(node.attributes.size))
  }
  const numberOf = (size: Dimension): number | null => {
    const of = resolved(facts, size)
    if (typeof of === 'number') return of
    if (!of.includes('+')) return chosen.get(of) ?? null
    const parts = of.split('+').map((part) => (/^\d+$/.test(part) ? Number(part) : numberOf(part)))
    return parts.every((part) => part !== null) ? (parts as number[]).reduce((n, part) => n + part, 0) : null
  }
  return numberOf
}

/** `x_3` of an x with n entries: n is 3 at least. */
function leastSizes({ builder }: Meaning, nodes: readonly NodeId[]): Map<Dimension, number> {
  const least = new Map<Dimension, number>()
  for (const id of nodes) {
    const { op, inputs, attributes } = builder.node(id)
    const shape = isEntry(op) ? builder.shapeOf(inputs[0] as NodeId) : null
    shape?.forEach((size, axis) => {
      const number = Number((attributes.at as readonly string[])[axis])
      const of = builder.sizes.resolve(size)
      if (number > (least.get(of) ?? 0)) least.set(of, number)
    })
  }
  return least
}

function draw(
  world: Meaning,
  nodes: readonly [NodeId, NodeId],
  numbers: readonly number[],
  [low, high]: readonly [number, number],
  structures: ReadonlyMap<string, Structure>,
  round: number,
): Round {
  const { builder } = world
  const numberOf = sizesIn(world, nodes, numbers)
  const random = randomNumbers(round * 2 + (low < 0 ? 1 : 0))
  const values = new Map<NodeId, Tensor>()
  const leaves = new Set(nodes.flatMap((node) => ancestors(builder.graph, node)))
  for (const id of [...leaves].sort((p, q) => p - q)) {
    const { op, shape, name } = builder.node(id)
    if ((op !== 'input' && op !== 'upstream') || !shape) continue
    const sizes = shape.map(numberOf)
    if (sizes.some((size) => size === null)) continue
    const count = (sizes as number[]).reduce((n, size) => n * size, 1)
    // Two digits, so that a person can check what is shown.
    const data = Float64Array.from(
      { length: count },
      () => Math.round((low + (high - low) * random()) * 100) / 100 || 0.5,
    )
    const tensor = { shape: sizes as number[], data }
    const structure = structures.get(name?.key ?? '')
    values.set(id, structure ? structure.impose(tensor, random) : tensor)
  }
  return { numberOf, values, seed: round }
}

/** Both sides at one draw: a pair of numbers for each combination of the free indices and each entry. */
interface Meeting {
  readonly round: Round
  readonly pairs: readonly { readonly entry: readonly number[]; readonly left: number; readonly right: number }[]
  readonly scale: number
}

function meet(world: Meaning, left: NodeId, right: NodeId, indices: readonly IndexId[], round: Round): Meeting | null {
  const valueAt = families(world.builder.graph, round.values, round.numberOf)
  const [a, b] = [valueAt(left), valueAt(right)]
  const sizes = indices.map((index) => round.numberOf(sizeOf(index)))
  if (!a || !b || sizes.some((size) => size === null)) return null
  const count = (sizes as number[]).reduce((n, size) => n * size, 1)
  if (count > MOST_COMBINATIONS) return null
  const pairs: Meeting['pairs'][number][] = []
  for (let k = 0; k < count; k++) {
    const places = digits(k, sizes as number[])
    const at = (index: IndexId) => (places[indices.indexOf(index)] ?? 0) + 1
    const [x, y] = [itemOf(a, at), itemOf(b, at)]
    if (!x || !y) return null
    const length = Math.max(x.data.length, y.data.length)
    if (![1, length].includes(x.data.length) || ![1, length].includes(y.data.length)) return null
    for (let i = 0; i < length; i++) {
      const shape = x.data.length === length ? x.shape : y.shape
      pairs.push({ entry: [...places, ...digits(i, shape)], left: entryAt(x, i), right: entryAt(y, i) })
    }
  }
  if (pairs.some((pair) => !Number.isFinite(pair.left) || !Number.isFinite(pair.right))) return null
  const largest = Math.max(...pairs.map((pair) => Math.max(Math.abs(pair.left), Math.abs(pair.right))))
  return { round, pairs, scale: Math.max(largest, LEAST_SCALE) }
}
const MOST_COMBINATIONS = 4096
/** Entries are drawn around 1: what is this small has been left over by rounding. */
const LEAST_SCALE = 1e-3

const entryAt = ({ data }: Tensor, k: number): number => data[data.length === 1 ? 0 : k] as number

/** The places of the k-th entry in a shape, the last axis fastest. */
function digits(k: number, shape: readonly number[]): number[] {
  const places: number[] = []
  let rest = k
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    places.unshift(rest % (shape[axis] as number))
    rest = Math.floor(rest / (shape[axis] as number))
  }
  return places
}

const gapOf = ({ left, right }: { left: number; right: number }): number => Math.abs(left - right)

/** How far apart the two sides are where they are furthest. */
const worstIn = ({ pairs, scale }: Meeting) => entriesAre(Math.max(...pairs.map(gapOf)) / scale, 0, 1)

const differIn = (meeting: Meeting): boolean => worstIn(meeting) === 'different'

function verdict(world: Meaning, met: readonly Meeting[], indices: readonly IndexId[]): ArrayComparison {
  // At each assignment of sizes at least one draw on which both sides are defined.
  if (new Set(met.map(({ round }) => round.seed)).size < ASSIGNMENTS.length)
    return { kind: 'unknown', reason: 'domain' }
  const found = met.map(worstIn)
  if (found.every((each) => each === 'same')) return { kind: 'equal' }
  const failing = met[found.indexOf('different')]
  if (!failing) return { kind: 'unknown', reason: 'digits' }
  const pair = failing.pairs.reduce((most, each) => (gapOf(each) > gapOf(most) ? each : most))
  return {
    kind: 'different',
    witness: {
      sizes: sizesShown(world, failing.round),
      at: failing.round.values,
      entry: pair.entry,
      left: pair.left,
      right: pair.right,
    },
    looks: looksOf(world, met, indices),
  }
}

/** The author's symbols with their numbers. */
function sizesShown(world: Meaning, { numberOf, values }: Round): Record<string, number> {
  const { builder } = world
  const shown = [...values.keys()].flatMap((id) =>
    (builder.node(id).shape ?? []).flatMap((size) => {
      const of = shownSize(builder.graph.sizes, size)
      const number = numberOf(size)
      return typeof of === 'string' && /^\w+$/.test(of) && number !== null ? [[of, number] as const] : []
    }),
  )
  return Object.fromEntries(shown)
}

function looksOf(world: Meaning, met: readonly Meeting[], indices: readonly IndexId[]): Looks {
  const factors = met.map(factorOf)
  const [first] = factors
  const isOne = first !== null && first !== undefined && factors.every((each) => each !== null && near(each, first))
  return {
    factor: isOne ? first : null,
    size: isOne ? null : sizeFactor(world, met, factors),
    rightWhere: indices.length === 2 ? rightWhere(met) : null,
  }
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-7 * Math.max(Math.abs(a), Math.abs(b))

/** What the right side is of the left one, where that is one number for all entries. */
function factorOf({ pairs, scale }: Meeting): number | null {
  const large = pairs.filter(({ left }) => Math.abs(left) > 1e-6 * scale)
  const [first] = large
  if (!first || first.right === 0) return null
  const factor = first.right / first.left
  return pairs.every(
    ({ left, right }) => Math.abs(right - factor * left) <= 1e-7 * scale * Math.max(1, Math.abs(factor)),
  )
    ? factor
    : null
}

function sizeFactor(world: Meaning, met: readonly Meeting[], factors: readonly (number | null)[]): Looks['size'] {
  for (const symbol of Object.keys(sizesShown(world, (met[0] as Meeting).round))) {
    for (const power of [1, -1] as const) {
      const fits = met.every(({ round }, k) => {
        const size = round.numberOf(symbol)
        const factor = factors[k]
        return size !== null && factor !== null && factor !== undefined && near(factor, size ** power)
      })
      if (fits) return { symbol, power }
    }
  }
  return null
}

function rightWhere(met: readonly Meeting[]): Looks['rightWhere'] {
  const rightFor = (same: boolean) =>
    met.every(({ pairs, scale }) =>
      pairs.every(
        (pair) => (pair.entry[0] === pair.entry[1]) !== same || entriesAre(pair.left, pair.right, scale) === 'same',
      ),
    )
  return rightFor(true) ? 'same' : rightFor(false) ? 'apart' : null
}

/** Letters of the free indices of a side. */
export const freeLetters = (world: Meaning, id: NodeId): string[] => world.builder.indicesOf(id).map(letterOf)

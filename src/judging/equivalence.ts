/**
 * Are two expressions equal as functions, where both are defined? Doubles only propose an answer: "different" stands
 * when interval or many-digit arithmetic proves it at a point, "equal" when many digits agree at several.
 */
import { tape } from '../calculus/evaluate'
import { ancestors, type Graph, type GraphNode, type NodeId } from '../graph/graph'
import { apart, type Interval, intervals } from './interval'
import { type Inequality, type Point, type Question, type Region, samplePoints } from './points'
import { isPrecise, preciseValues } from './precise'

export interface Witness {
  readonly at: ReadonlyMap<NodeId, number>
  readonly left: number
  readonly right: number
}
export type Comparison =
  /** `positive`: inputs that are positive wherever both sides are defined. */
  | { readonly kind: 'equal'; readonly positive: readonly NodeId[] }
  | { readonly kind: 'different'; readonly witness: Witness }
  /** Equal for positive inputs, or for whole ones, and different elsewhere: what authors often mean without saying it. */
  | { readonly kind: 'partly'; readonly when: 'positive' | 'whole'; readonly witness: Witness }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
export type UnknownReason = 'opaque' | 'shape' | 'domain' | 'digits'

/** What a comparison may use of the note. */
export interface Setting {
  readonly defined?: readonly NodeId[]
  readonly values?: ReadonlyMap<NodeId, number>
  readonly assumptions?: readonly Inequality[]
  readonly whole?: ReadonlySet<NodeId>
}

/** Two values this close, relative to the larger, may be one value that doubles have rounded. */
const ROUNDING = 1e-9
/** Points that are confirmed with many digits before two expressions count as equal. */
const CONFIRMED = 7
const LEAST_POINTS = 3
const DIGITS = 60
const MOST_DIGITS = 400

/** The leaves on which some nodes depend, in the order in which they are written. */
export function leavesOf(graph: Graph, nodes: readonly NodeId[]): NodeId[] {
  const order = new Set(nodes.flatMap((node) => ancestors(graph, node)))
  return [...order].filter((id) => {
    const { op, inputs } = graph.nodes[id] as GraphNode
    return inputs.length === 0 && op !== 'constant'
  })
}

/** Compares two nodes of a graph. */
export function compare(graph: Graph, left: NodeId, right: NodeId, setting: Setting = {}): Comparison {
  if (left === right) return { kind: 'equal', positive: [] }
  const order = [...new Set([left, right].flatMap((node) => ancestors(graph, node)))]
  const nodes = order.map((id) => graph.nodes[id] as GraphNode)
  if (nodes.some((node) => node.op === 'opaque')) return { kind: 'unknown', reason: 'opaque' }
  if (nodes.some((node) => node.shape !== null && node.shape.length > 0)) return { kind: 'unknown', reason: 'shape' }
  if (!isPrecise(graph, order)) return { kind: 'unknown', reason: 'opaque' }
  const { assumptions, defined } = relevant(graph, order, setting)
  const question: Question = {
    graph,
    compared: [left, right],
    defined,
    inputs: leavesOf(graph, [left, right, ...defined]),
    values: setting.values ?? new Map(),
    assumptions,
    whole: setting.whole ?? new Set(),
  }
  const { points, partial } = samplePoints(question)
  const judge = judgePoint(question, order)
  return decide(question, points, partial, judge)
}

/** Only assumptions about names that occur, and only definitions that can be computed, can guide the choice of points. */
function relevant(
  graph: Graph,
  order: readonly NodeId[],
  setting: Setting,
): { assumptions: Inequality[]; defined: NodeId[] } {
  const known = new Set(order)
  const leaves = (node: NodeId) => leavesOf(graph, [node])
  const clear = (node: NodeId) =>
    ancestors(graph, node).every((id) => {
      const { op, shape } = graph.nodes[id] as GraphNode
      return op !== 'opaque' && (shape === null || shape.length === 0)
    })
  return {
    assumptions: (setting.assumptions ?? []).filter(({ left, right }) =>
      [left, right].every((node) => clear(node) && leaves(node).every((leaf) => known.has(leaf))),
    ),
    defined: (setting.defined ?? []).filter((node) => clear(node) && isPrecise(graph, ancestors(graph, node))),
  }
}

type PointVerdict = 'equal' | 'different' | 'unclear'

/** Settles one point for certain: by intervals where these don't touch, by digits otherwise. */
function judgePoint(question: Question, order: readonly NodeId[]): (point: Point) => PointVerdict {
  const { graph, inputs } = question
  const [left, right] = question.compared as [NodeId, NodeId]
  const digits = Math.min(MOST_DIGITS, DIGITS + 2 * largestExponent(graph, order))
  return ({ at, values }) => {
    const [a, b] = values as [number, number]
    if (Math.abs(a - b) > ROUNDING * Math.max(Math.abs(a), Math.abs(b))) {
      const bounds = intervals(graph, order, new Map(inputs.map((id, k) => [id, exactly(at[k] as number)])))
      const [x, y] = [bounds(left), bounds(right)]
      if (x && y && apart(x, y)) return 'different'
    }
    return byDigits(question, order, at, digits)
  }
}

const exactly = (value: number): Interval => ({ lo: value, hi: value })

/** Equal to all but the last few of so many digits, or so close that only rounding keeps them apart. */
function byDigits(question: Question, order: readonly NodeId[], at: readonly number[], digits: number): PointVerdict {
  const { graph, compared, inputs } = question
  const [left, right] = compared as [NodeId, NodeId]
  const values = new Map(inputs.map((id, k) => [id, at[k] as number]))
  /** Powers of ten of the difference and of the larger value. */
  const gap = (precision: number): { difference: number; size: number } | null => {
    const value = preciseValues(graph, order, values, precision)
    const [x, y] = [value(left), value(right)]
    if (!x || !y) return null
    const difference = x.minus(y).abs()
    const size = x.abs().gt(y.abs()) ? x.abs() : y.abs()
    return { difference: difference.isZero() ? Number.NEGATIVE_INFINITY : difference.e, size: size.e }
  }
  const first = gap(digits)
  if (first === null) return 'unclear'
  if (first.difference - first.size < 15 - digits) return 'equal'
  // What cancels comes closer with more digits; a true difference stays.
  const second = gap(2 * digits)
  if (second === null) return 'unclear'
  return second.difference < first.difference - digits / 2 ? 'equal' : 'different'
}

/** How far constants reach from 1, in powers of ten: `10^{-30}` needs more digits to be seen beside `x`. */
function largestExponent(graph: Graph, order: readonly NodeId[]): number {
  const constants = order.filter((id) => leavesOf(graph, [id]).length === 0)
  const values = tape(graph, [], constants)?.run([]) ?? []
  let largest = 0
  for (const value of values) {
    const reach = value === 0 ? 0 : Math.abs(Math.log10(Math.abs(value)))
    if (Number.isFinite(reach)) largest = Math.max(largest, reach)
  }
  return Math.ceil(largest)
}

function decide(
  question: Question,
  points: readonly Point[],
  partial: readonly (readonly number[])[],
  judge: (point: Point) => PointVerdict,
): Comparison {
  if (points.length < (question.inputs.length === 0 ? 1 : LEAST_POINTS)) return { kind: 'unknown', reason: 'domain' }
  const suspicious = points.filter(
    ({ values: [a = 0, b = 0] }) => Math.abs(a - b) > ROUNDING * Math.max(Math.abs(a), Math.abs(b)),
  )
  const different = (candidates: readonly Point[]): Point | undefined =>
    candidates.find((point) => judge(point) === 'different')
  const inside = (regions: readonly Region[]) => (point: Point) => regions.includes(point.region) || allPositive(point)
  const confirmed = confirmedPoints(points).map((point) => ({ point, verdict: judge(point) }))
  const failing = different(suspicious) ?? confirmed.find(({ verdict }) => verdict === 'different')?.point
  if (!failing) {
    const equal = confirmed.filter(({ verdict }) => verdict === 'equal').length
    if (equal < Math.min(LEAST_POINTS, points.length)) return { kind: 'unknown', reason: 'digits' }
    return { kind: 'equal', positive: positiveOnly(question, points, partial) }
  }
  const counts = inside(['note'])
  const meant = points.filter(counts)
  const decisive =
    meant.length >= LEAST_POINTS
      ? (different(suspicious.filter(counts)) ??
        confirmed.find(({ point, verdict }) => verdict === 'different' && counts(point))?.point)
      : failing
  if (!decisive) return { kind: 'partly', when: 'positive', witness: witness(question, failing) }
  if (question.whole.size > 0) {
    const whole = points.filter((point) => point.region === 'whole')
    if (whole.length > 0 && !whole.some((point) => judge(point) === 'different')) {
      return { kind: 'partly', when: 'whole', witness: witness(question, decisive) }
    }
  }
  return { kind: 'different', witness: witness(question, decisive) }
}

const allPositive = (point: Point): boolean => point.at.every((value) => value > 0)

/** A few points of each region: confirming all would take too long. */
function confirmedPoints(points: readonly Point[]): Point[] {
  const share: Readonly<Record<Region, number>> = { note: 1, positive: 2, signed: 2, far: 2, whole: 1, kink: 12 }
  const taken = new Map<Region, number>()
  const chosen = points.filter(({ region }) => {
    const count = taken.get(region) ?? 0
    taken.set(region, count + 1)
    return count < share[region]
  })
  const rest = points.filter((point) => !chosen.includes(point))
  return [...chosen, ...rest.slice(0, Math.max(0, CONFIRMED - chosen.length))]
}

/** Inputs without which one side loses its meaning: positive at every common point, negative where one side stops. */
function positiveOnly(question: Question, points: readonly Point[], partial: readonly (readonly number[])[]): NodeId[] {
  return question.inputs.filter(
    (_id, k) => partial.some((at) => (at[k] as number) < 0) && points.every((point) => (point.at[k] as number) > 0),
  )
}

const witness = (question: Question, point: Point): Witness => ({
  at: new Map(question.inputs.map((id, k) => [id, point.at[k] as number])),
  left: point.values[0] as number,
  right: point.values[1] as number,
})

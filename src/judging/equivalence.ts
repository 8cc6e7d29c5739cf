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
  /** The largest difference at any point, relative to the larger side. */
  readonly apart: number
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
  /** Simplification has made one expression of both: doubles need only not contradict it. */
  readonly settled?: boolean
}

/** Two values this close, relative to the larger, may be one value that doubles have rounded. */
const ROUNDING = 1e-9
/** Points that are confirmed with many digits before two expressions count as equal. */
const CONFIRMED = 2
const LEAST_POINTS = 3
const DIGITS = 45
const MOST_DIGITS = 300

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
  return decide(question, points, partial, judge, setting.settled ?? false)
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

/** How many times the digits may be tripled at one point. */
type Effort = 0 | 2
type Judge = (point: Point, effort: Effort) => PointVerdict

/** Settles one point for certain: by intervals where these don't touch, by digits otherwise. */
function judgePoint(question: Question, order: readonly NodeId[]): Judge {
  const { graph, inputs } = question
  const [left, right] = question.compared as [NodeId, NodeId]
  const digits = Math.min(MOST_DIGITS, DIGITS + 2 * largestExponent(graph, order))
  return ({ at, values }, effort) => {
    const [a, b] = values as [number, number]
    if (Math.abs(a - b) > ROUNDING * Math.max(Math.abs(a), Math.abs(b))) {
      const bounds = intervals(graph, order, new Map(inputs.map((id, k) => [id, exactly(at[k] as number)])))
      const [x, y] = [bounds(left), bounds(right)]
      if (x && y && apart(x, y)) return 'different'
    }
    return byDigits(question, order, at, digits, effort)
  }
}

const exactly = (value: number): Interval => ({ lo: value, hi: value })

/**
 * Compares with many digits, once with every rounding downward and once upward: what these two make different is lost
 * to rounding, and only a difference far beyond it is one.
 */
function byDigits(
  question: Question,
  order: readonly NodeId[],
  at: readonly number[],
  digits: number,
  effort: Effort,
): PointVerdict {
  const { graph, compared, inputs } = question
  const [left, right] = compared as [NodeId, NodeId]
  const values = new Map(inputs.map((id, k) => [id, at[k] as number]))
  for (let tripled = 0; tripled <= effort; tripled++) {
    const precision = digits * 3 ** tripled
    const down = preciseValues(graph, order, values, precision, 'down')
    const up = preciseValues(graph, order, values, precision, 'up')
    const [a, b, c, d] = [down(left), up(left), down(right), up(right)]
    if (!a || !b || !c || !d) return 'unclear'
    const noise = a.minus(b).abs().plus(c.minus(d).abs())
    const gap = a.minus(c).abs()
    const size = a.abs().gt(c.abs()) ? a.abs() : c.abs()
    if (gap.gt(noise.times(LOST)) && gap.gt(size.times(`1e${15 - precision}`))) return 'different'
    // Both may be all but lost: 1 - σ(100) needs more digits, 1 - 1 isn't found by any number of them.
    if (noise.lte(size.times(SIGNIFICANT))) return 'equal'
    if (tripled === 2) return 'equal'
  }
  return 'unclear'
}
/** How far beyond the rounding a difference must be. */
const LOST = 1e4
/** Both sides are known to so many digits at least, relative to their size. */
const SIGNIFICANT = '1e-20'

/** How far constants reach from 1, in powers of ten: `10^{-30}` needs more digits to be seen beside `x`. */
function largestExponent(graph: Graph, order: readonly NodeId[]): number {
  const constant = new Set<NodeId>()
  for (const id of order) {
    const { op, inputs } = graph.nodes[id] as GraphNode
    if (op === 'constant' || (inputs.length > 0 && inputs.every((input) => constant.has(input)))) constant.add(id)
  }
  const values = tape(graph, [], [...constant])?.run([]) ?? []
  let largest = 0
  for (const value of values) {
    const reach = value === 0 ? 0 : Math.abs(Math.log10(Math.abs(value)))
    if (Number.isFinite(reach)) largest = Math.max(largest, reach)
  }
  return Math.ceil(largest)
}

/** Do two nodes differ so clearly at ordinary values that nothing more need be asked? Cheap, and never wrong by rounding. */
export function differClearly(graph: Graph, left: NodeId, right: NodeId): boolean {
  const inputs = leavesOf(graph, [left, right])
  const run = tape(graph, inputs, [left, right])
  if (!run) return false
  return [0.7, 1.3, 2.1].some((base) => {
    const [a = Number.NaN, b = Number.NaN] = run.run(inputs.map((_id, k) => base * (1 + 0.31 * k)))
    return Math.abs(a - b) > CLEARLY * Math.max(Math.abs(a), Math.abs(b))
  })
}
const CLEARLY = 1e-3

function decide(
  question: Question,
  points: readonly Point[],
  partial: readonly (readonly number[])[],
  judge: Judge,
  settled: boolean,
): Comparison {
  if (points.length < (question.inputs.length === 0 ? 1 : LEAST_POINTS)) return { kind: 'unknown', reason: 'domain' }
  const suspicious = points.filter(isSuspicious)
  const failing = differing(suspicious, judge)
  if (!failing) {
    if (settled) return { kind: 'equal', positive: positiveOnly(question, points, partial) }
    const confirmed = confirmedPoints(points.filter((point) => !isSuspicious(point)))
    const quick = confirmed.map((point) => judge(point, 0))
    const late = confirmed[quick.indexOf('different')]
    if (late) return settle(question, points, late, judge)
    let equal = quick.filter((verdict) => verdict === 'equal').length
    for (const [k, point] of confirmed.entries()) {
      if (equal >= CONFIRMED || quick[k] !== 'unclear') continue
      const verdict = judge(point, 2)
      if (verdict === 'different') return settle(question, points, point, judge)
      if (verdict === 'equal') equal++
    }
    if (equal < Math.min(CONFIRMED, points.length)) return { kind: 'unknown', reason: 'digits' }
    return { kind: 'equal', positive: positiveOnly(question, points, partial) }
  }
  return settle(question, points, failing, judge)
}

const isSuspicious = ({ values: [a = 0, b = 0] }: Point): boolean =>
  Math.abs(a - b) > ROUNDING * Math.max(Math.abs(a), Math.abs(b))

/** A point at which the sides certainly differ; points that would take many digits are looked at last, and few. */
function differing(points: readonly Point[], judge: Judge): Point | null {
  const unclear: Point[] = []
  for (const point of points) {
    const verdict = judge(point, 0)
    if (verdict === 'different') return point
    if (verdict === 'unclear') unclear.push(point)
  }
  return unclear.slice(0, 2).find((point) => judge(point, 2) === 'different') ?? null
}

/** What a certain difference means: nothing yet, where the author may have only positive or whole numbers in mind. */
function settle(question: Question, points: readonly Point[], failing: Point, judge: Judge): Comparison {
  const meant = points.filter((point) => point.region === 'note' || allPositive(point))
  let decisive: Point | null = failing
  if (meant.length >= LEAST_POINTS && !meant.includes(failing)) {
    decisive = differing(meant.filter(isSuspicious), judge)
    decisive ??= confirmedPoints(meant).find((point) => judge(point, 0) === 'different') ?? null
  }
  if (!decisive) return { kind: 'partly', when: 'positive', witness: witness(question, failing, points) }
  const whole = points.filter((point) => point.region === 'whole')
  if (whole.length > 0 && !differing(whole, judge)) {
    return { kind: 'partly', when: 'whole', witness: witness(question, decisive, points) }
  }
  return { kind: 'different', witness: witness(question, decisive, points) }
}

const allPositive = (point: Point): boolean => point.at.every((value) => value > 0)

/** A few points of each region: confirming all would take too long. */
function confirmedPoints(points: readonly Point[]): Point[] {
  const share: Readonly<Record<Region, number>> = { note: 1, positive: 1, signed: 1, far: 0, whole: 0, kink: 6 }
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

const witness = (question: Question, point: Point, points: readonly Point[]): Witness => ({
  at: new Map(question.inputs.map((id, k) => [id, point.at[k] as number])),
  left: point.values[0] as number,
  right: point.values[1] as number,
  apart: Math.max(...points.filter((each) => each.region !== 'far').map(relativeGap)),
})

const relativeGap = ({ values: [a = 0, b = 0] }: Point): number =>
  Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), Number.MIN_VALUE)

/**
 * Are two expressions equal as functions, where both are defined? Doubles only propose an answer: "different" stands
 * when interval or many-digit arithmetic proves it at a point, "equal" when many digits agree at several.
 */

import { Decimal } from 'decimal.js'
import { BINARY, INTERVALS } from '../arithmetic/binary'
import { isComputed } from '../arithmetic/constants'
import { type Budget, type DecimalBounds, type Decimals, decimals, MOST_DIGITS } from '../arithmetic/decimals'
import { enclose, isCarried } from '../calculus/carried'
import { tape } from '../calculus/evaluate'
import { ancestors, type Graph, type GraphNode, leavesOf, type NodeId } from '../graph/graph'
import type { Shape } from '../operations/operation'
import type { ArrayWitness } from './arrays'
import { type Inequality, type Point, type Question, type Region, samplePoints } from './points'

export interface Witness {
  readonly at: ReadonlyMap<NodeId, number>
  readonly left: number
  readonly right: number
  /** The largest difference at any point, relative to the larger side. */
  readonly apart: number
  /** Of sides that have arrays: sizes, values and the entry; or the shapes, where these differ. */
  readonly arrays?: ArrayWitness | { readonly shapes: readonly [right: Shape | null, written: Shape | null] }
  /** The slip that the difference looks like, as a sentence. */
  readonly sentence?: string
}

/** How one side of a claim stands to another. */
export type Relation =
  | { readonly kind: 'equal'; readonly condition: string | null }
  /** `constant`: the side is one number although the truth isn't, which may also be an equation to be solved. */
  | { readonly kind: 'different'; readonly witness: Witness; readonly constant: boolean }
  | { readonly kind: 'unknown'; readonly reason: string }
export type Comparison =
  /** `positive`: inputs that are positive wherever both sides are defined. */
  /** `elsewhere`: for some positive inputs, too, only one side is defined. */
  | { readonly kind: 'equal'; readonly positive: readonly NodeId[]; readonly elsewhere?: boolean }
  | { readonly kind: 'different'; readonly witness: Witness }
  /** Equal for positive inputs, or for whole ones, and different elsewhere: what authors often mean without saying it. */
  | { readonly kind: 'partly'; readonly when: 'positive' | 'whole'; readonly witness: Witness }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
export type UnknownReason = 'opaque' | 'shape' | 'domain' | 'digits'

/** What a comparison may use of the note. */
export interface Setting {
  /** The text of the note: what it says of its arrays. */
  readonly text?: string
  /** The lines on which the claim stands: what they say of its indices. */
  readonly line?: string
  readonly defined?: readonly NodeId[]
  readonly values?: ReadonlyMap<NodeId, number>
  readonly assumptions?: readonly Inequality[]
  readonly whole?: ReadonlySet<NodeId>
  /** Simplification has made one expression of both: doubles need only not contradict it. */
  readonly settled?: boolean
  /** Nothing is asked but whether they are equal: that they differ needs no witness. */
  readonly onlyEqual?: boolean
}

/** Two values this close, relative to the larger, may be one value that doubles have rounded. */
const ROUNDING = 1e-9
/** Points that are confirmed with many digits before two expressions count as equal. */
const CONFIRMED = 2
const LEAST_POINTS = 3
const DIGITS = 45

/** Compares two nodes of a graph. */
export function compare(graph: Graph, left: NodeId, right: NodeId, setting: Setting = {}): Comparison {
  if (left === right) return { kind: 'equal', positive: [] }
  const order = [...new Set([left, right].flatMap((node) => ancestors(graph, node)))]
  const nodes = order.map((id) => graph.nodes[id] as GraphNode)
  if (nodes.some((node) => node.op === 'opaque')) return { kind: 'unknown', reason: 'opaque' }
  if (nodes.some((node) => node.shape !== null && node.shape.length > 0)) return { kind: 'unknown', reason: 'shape' }
  if (!isCarried(graph, order)) return { kind: 'unknown', reason: 'opaque' }
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
  // What simplifies to one form in doubles may differ in digits that these don't have.
  const isSettled = (setting.settled ?? false) && largestExponent(graph, order) < DOUBLES_REACH
  return decide(question, points, partial, judge, isSettled)
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
    defined: (setting.defined ?? []).filter((node) => clear(node) && isCarried(graph, ancestors(graph, node))),
  }
}

/** Do two nodes differ at one place, for certain? What doubles say there is a proposal. */
export function differAt(graph: Graph, left: NodeId, right: NodeId, place: ReadonlyMap<NodeId, number>): boolean {
  const order = [...new Set([left, right].flatMap((node) => ancestors(graph, node)))]
  const inputs = leavesOf(graph, [left, right])
  const run = isCarried(graph, order) ? tape(graph, inputs, [left, right]) : null
  const at = inputs.map((id) => place.get(id) ?? Number.NaN)
  if (!run || at.some(Number.isNaN)) return false
  const [values, assumptions, whole] = [new Map(), [], new Set<NodeId>()]
  const question: Question = { graph, compared: [left, right], defined: [], inputs, values, assumptions, whole }
  const point: Point = { region: 'note', at, values: Array.from(run.run(at)) }
  return judgePoint(question, order).verdict(point, 0) === 'different'
}

type PointVerdict = 'equal' | 'different' | 'unclear'

/** How many times the digits may be tripled at one point. */
type Effort = 0 | 2
interface Judge {
  /** Certain, or `unclear`. */
  readonly verdict: (point: Point, effort: Effort) => PointVerdict
  /** The values of both sides as doubles, without what cancels in doubles. */
  readonly values: (point: Point) => readonly number[]
}

/** Settles points for certain: by intervals of doubles where these don't touch, by intervals of many digits otherwise. */
function judgePoint(question: Question, order: readonly NodeId[]): Judge {
  const { graph, compared, inputs } = question
  const [left, right] = compared as [NodeId, NodeId]
  const digits = DIGITS + 2 * largestExponent(graph, order)
  const significant = order.some((id) => isComputedConstant(graph.nodes[id] as GraphNode)) ? COMPUTED : SIGNIFICANT
  const budget: Budget = { left: WORK }
  const known = new Map<Point, Map<Effort, PointVerdict>>()
  const ofDigits = new Map<number, Decimals>()
  const atDigits = ({ at }: Point, precision: number) => {
    const carrier = ofDigits.get(precision) ?? decimals(precision, budget)
    ofDigits.set(precision, carrier)
    const { ends, arithmetic } = carrier
    const given = new Map(inputs.map((id, k) => [id, arithmetic.number(at[k] as number)]))
    const value = enclose(ends, arithmetic, graph, order, given)
    return [value(left), value(right)] as const
  }
  const byDigits = (point: Point, effort: Effort): PointVerdict => {
    for (let tripled = 0; tripled <= effort; tripled++) {
      const precision = Math.min(MOST_DIGITS, digits * 3 ** tripled)
      const [a, b] = atDigits(point, precision)
      if (!a || !b) return 'unclear'
      if (apart(a, b)) return 'different'
      const size = Decimal.max(a.lo.abs(), b.hi.abs())
      const width = Decimal.max(a.hi.minus(a.lo), b.hi.minus(b.lo))
      // Both may be all but lost: 1 - σ(100) needs more digits, 1 - 1 isn't found by any number of them.
      if (width.lte(size.times(significant))) return 'equal'
      if (tripled === 2 && width.lte(Decimal.max(1, size).times(`1e${-Math.floor(precision / 2)}`))) return 'equal'
    }
    return 'unclear'
  }
  const settle = (point: Point, effort: Effort): PointVerdict => {
    if (isSuspicious(point)) {
      const exact = point.at.map((value) => INTERVALS.number(value))
      const bounds = enclose(BINARY, INTERVALS, graph, order, new Map(inputs.map((id, k) => [id, exact[k] ?? null])))
      const [x, y] = [bounds(left), bounds(right)]
      if (x && y && (x.hi < y.lo || y.hi < x.lo)) return 'different'
    }
    return byDigits(point, effort)
  }
  const verdict = (point: Point, effort: Effort): PointVerdict => {
    const own = known.get(point) ?? new Map<Effort, PointVerdict>()
    known.set(point, own)
    const found = own.get(effort) ?? settle(point, effort)
    own.set(effort, found)
    if (found !== 'unclear') own.set(effort === 0 ? 2 : 0, found)
    return found
  }
  const values = (point: Point): readonly number[] => {
    const found = atDigits(point, DIGITS)
    return point.values.map((value, k) => nearest(found[k] ?? null) ?? value)
  }
  return { verdict, values }
}

/** 0 where it may be 0: what is left of digits that cancel is of no interest. */
const nearest = (bounds: DecimalBounds | null): number | null =>
  bounds && (bounds.lo.lte(0) && bounds.hi.gte(0) ? 0 : bounds.lo.toNumber())

const apart = (a: DecimalBounds, b: DecimalBounds): boolean => a.hi.lt(b.lo) || b.hi.lt(a.lo)

const isComputedConstant = ({ op, attributes }: GraphNode): boolean =>
  op === 'constant' && isComputed(attributes.value as number)

/** Both sides are known to so many digits at least, relative to their size; fewer where a constant has no more. */
const SIGNIFICANT = '1e-20'
const COMPUTED = '1e-11'
/** What one comparison may cost in digits (see `arithmetic/decimals.ts`): some tenths of a second. */
const WORK = 3e7

/** Powers of ten between numbers that doubles carry beside each other, some left for what is worked out of them. */
const DOUBLES_REACH = 12

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
  if (failing) return settle(question, points, failing, judge)
  if (settled) return equalWhere(question, points, partial, judge)
  // Doubles differ, and no digits tell why: nothing else makes up for it. Far out they may run out of exponents.
  const unclear = suspicious.filter((point) => point.region !== 'far' && judge.verdict(point, 0) === 'unclear')
  if (unclear.slice(0, 2).some((point) => judge.verdict(point, 2) === 'unclear'))
    return { kind: 'unknown', reason: 'digits' }
  // Where doubles differ digits have been asked already; those points only count where there are no others.
  const quiet = points.filter((point) => !isSuspicious(point))
  const confirmed = confirmedPoints(quiet.length >= CONFIRMED ? quiet : points)
  const quick = confirmed.map((point) => judge.verdict(point, 0))
  const late = confirmed[quick.indexOf('different')]
  if (late) return settle(question, points, late, judge)
  let equal = quick.filter((verdict) => verdict === 'equal').length
  for (const [k, point] of confirmed.entries()) {
    if (equal >= CONFIRMED || quick[k] !== 'unclear') continue
    const verdict = judge.verdict(point, 2)
    if (verdict === 'different') return settle(question, points, point, judge)
    if (verdict === 'equal') equal++
  }
  if (equal < Math.min(CONFIRMED, points.length)) return { kind: 'unknown', reason: 'digits' }
  return equalWhere(question, points, partial, judge)
}

const isSuspicious = ({ values: [a = 0, b = 0] }: Point): boolean =>
  Math.abs(a - b) > ROUNDING * Math.max(Math.abs(a), Math.abs(b))

/** A point at which the sides certainly differ; points that would take many digits are looked at last, and few. */
function differing(points: readonly Point[], judge: Judge): Point | null {
  const unclear: Point[] = []
  for (const point of points) {
    const verdict = judge.verdict(point, 0)
    if (verdict === 'different') return point
    if (verdict === 'unclear') unclear.push(point)
  }
  return unclear.slice(0, 2).find((point) => judge.verdict(point, 2) === 'different') ?? null
}

/** What a certain difference means: nothing yet, where the author may have only positive or whole numbers in mind. */
function settle(question: Question, points: readonly Point[], failing: Point, judge: Judge): Comparison {
  const meant = points.filter((point) => point.region === 'note' || allPositive(point))
  let decisive: Point | null = failing
  if (meant.length >= LEAST_POINTS && !meant.includes(failing)) {
    decisive = differing(meant.filter(isSuspicious), judge)
    decisive ??= confirmedPoints(meant).find((point) => judge.verdict(point, 0) === 'different') ?? null
  }
  if (!decisive) return { kind: 'partly', when: 'positive', witness: witness(question, failing, points, judge) }
  const whole = points.filter((point) => point.region === 'whole')
  if (whole.length > 0 && !differing(whole, judge)) {
    return { kind: 'partly', when: 'whole', witness: witness(question, decisive, points, judge) }
  }
  return { kind: 'different', witness: witness(question, decisive, points, judge) }
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

/**
 * Where two equal expressions are both defined: inputs that are positive at every common point, and negative where one side
 * stops. Where one side also stops at positive inputs, the condition is another: (x - 2)(x - 7) under a root.
 */
function equalWhere(
  question: Question,
  points: readonly Point[],
  partial: readonly (readonly number[])[],
  judge: Judge,
): Comparison {
  // cos πx and (-1)^x: where both are defined x is whole, and one of them goes on.
  const isWholeOnly = question.inputs.some(
    (id, k) =>
      !question.whole.has(id) &&
      points.every((point) => Number.isInteger(point.at[k])) &&
      partial.some((at) => !Number.isInteger(at[k])),
  )
  const [first] = points
  if (isWholeOnly && first) return { kind: 'partly', when: 'whole', witness: witness(question, first, points, judge) }
  const positive = question.inputs.filter(
    (_id, k) => partial.some((at) => (at[k] as number) < 0) && points.every((point) => (point.at[k] as number) > 0),
  )
  const elsewhere = positive.length > 0 && partial.some((at) => at.every((value) => value > 0))
  return { kind: 'equal', positive, elsewhere }
}

/** Most comparisons are only asked whether they differ: the digits of the two values are computed when they are told. */
const witness = (question: Question, point: Point, points: readonly Point[], judge: Judge): Witness => {
  let values: readonly number[] | null = null
  const side = (k: number): number => {
    values ??= judge.values(point)
    return values[k] ?? Number.NaN
  }
  return {
    at: new Map(question.inputs.map((id, k) => [id, point.at[k] as number])),
    get left() {
      return side(0)
    },
    get right() {
      return side(1)
    },
    apart: Math.max(...points.filter((each) => each.region !== 'far').map(relativeGap)),
  }
}

const relativeGap = ({ values: [a = 0, b = 0] }: Point): number =>
  Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), Number.MIN_VALUE)

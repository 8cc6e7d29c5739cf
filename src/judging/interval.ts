/**
 * Guarded arithmetic on intervals: what the numbers of a graph can be at most, with every rounding outward. Two values
 * whose intervals don't touch are certainly different, which no computation with plain doubles can say.
 */
import * as I from 'interval-arithmetic'
import type { Graph, GraphNode, NodeId } from '../graph/graph'

/** All numbers from `lo` to `hi`, both included. */
export interface Interval {
  readonly lo: number
  readonly hi: number
}

type Bounds = InstanceType<typeof I.Interval>
/** `null`: nothing can be said, for instance because the operation isn't defined on the whole interval. */
type Rule = (a: Bounds, b: Bounds, c: Bounds) => Bounds | null

const between = (lo: number, hi: number): Bounds => new I.Interval(lo, hi)
const ONE = between(1, 1)
const BOOLEAN = between(0, 1)
/** Beyond this the reduction of an angle by multiples of π loses its bounds. */
const LARGEST_ANGLE = 1e5

const angle =
  (f: (x: Bounds) => Bounds): Rule =>
  (a) =>
    Math.max(Math.abs(a.lo), Math.abs(a.hi)) > LARGEST_ANGLE ? between(-1, 1) : f(a)

const sigmoid: Rule = (a) => I.divide(ONE, I.add(ONE, I.exp(I.negative(a))))

function power(a: Bounds, b: Bounds): Bounds | null {
  if (b.lo === b.hi && Number.isInteger(b.lo) && Math.abs(b.lo) <= 1000) {
    if (b.lo < 0 && a.lo <= 0 && a.hi >= 0) return null
    return b.lo === 0 ? ONE : I.pow(a, b.lo)
  }
  return a.lo > 0 ? I.exp(I.multiply(b, I.log(a))) : null
}

const sign: Rule = (a) => (a.lo > 0 ? ONE : a.hi < 0 ? between(-1, -1) : between(-1, 1))
const step: Rule = (a) => (a.lo > 0 ? ONE : a.hi <= 0 ? between(0, 0) : BOOLEAN)
const truth = (yes: boolean, no: boolean): Bounds => (yes ? ONE : no ? between(0, 0) : BOOLEAN)

/** The operations of the table, by name. One that is missing gives no bounds. */
const RULES: Readonly<Record<string, Rule>> = {
  add: I.add,
  subtract: I.subtract,
  multiply: I.multiply,
  divide: (a, b) => (b.lo <= 0 && b.hi >= 0 ? null : I.divide(a, b)),
  negate: (a) => I.negative(a),
  power,
  identity: (a) => a,
  exp: I.exp,
  log: (a) => (a.lo > 0 ? I.log(a) : null),
  sqrt: (a) => (a.lo >= 0 ? I.sqrt(a) : null),
  sigmoid,
  sin: angle(I.sin),
  cos: angle(I.cos),
  tan: (a) => {
    const [s, c] = [angle(I.sin)(a, a, a), angle(I.cos)(a, a, a)]
    return !s || !c || (c.lo <= 0 && c.hi >= 0) ? null : I.divide(s, c)
  },
  asin: (a) => (a.lo >= -1 && a.hi <= 1 ? I.asin(a) : null),
  acos: (a) => (a.lo >= -1 && a.hi <= 1 ? I.acos(a) : null),
  atan: I.atan,
  sinh: I.sinh,
  cosh: I.cosh,
  tanh: I.tanh,
  abs: I.abs,
  sign,
  step,
  relu: (a) => I.max(a, between(0, 0)),
  max: I.max,
  min: I.min,
  less: (a, b) => truth(a.hi < b.lo, a.lo >= b.hi),
  lessEqual: (a, b) => truth(a.hi <= b.lo, a.lo > b.hi),
  greater: (a, b) => truth(a.lo > b.hi, a.hi <= b.lo),
  greaterEqual: (a, b) => truth(a.lo >= b.hi, a.hi < b.lo),
  not: (a) => truth(a.hi === 0 && a.lo === 0, a.lo > 0),
  and: (a, b) => truth(a.lo > 0 && b.lo > 0, a.hi === 0 || b.hi === 0),
  or: (a, b) => truth(a.lo > 0 || b.lo > 0, a.hi === 0 && b.hi === 0),
  select: (condition, then, otherwise) =>
    condition.lo > 0 ? then : condition.hi === 0 ? otherwise : I.hull(then, otherwise),
}

/** An infinite end says that a double overflowed: whatever is computed from it has lost its bounds. */
const usable = (x: Bounds | null): x is Bounds =>
  x !== null && x.lo <= x.hi && Number.isFinite(x.lo) && Number.isFinite(x.hi)

/** Bounds of a constant: exact where a double holds it, one unit in the last place around it otherwise. */
function constantBounds(value: number): Bounds {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 53
    ? between(value, value)
    : new I.Interval().bounded(value, value)
}

/**
 * Bounds of one node at the given inputs.
 * @param order the nodes to compute, inputs before their users
 * @param loose bounds that replace a constant's own: a decimal that was rounded when it was written
 */
export function intervals(
  graph: Graph,
  order: readonly NodeId[],
  inputs: ReadonlyMap<NodeId, Interval>,
  loose?: ReadonlyMap<NodeId, Interval>,
): (id: NodeId) => Interval | null {
  const known = new Map<NodeId, Bounds>()
  for (const id of order) {
    const bounds = boundsOf(graph.nodes[id] as GraphNode, known, inputs, loose)
    if (usable(bounds)) known.set(id, bounds)
  }
  return (id) => known.get(id) ?? null
}

function boundsOf(
  node: GraphNode,
  known: ReadonlyMap<NodeId, Bounds>,
  inputs: ReadonlyMap<NodeId, Interval>,
  loose: ReadonlyMap<NodeId, Interval> | undefined,
): Bounds | null {
  const given = inputs.get(node.id) ?? loose?.get(node.id)
  if (given) return between(given.lo, given.hi)
  if (node.op === 'constant') return constantBounds(node.attributes.value as number)
  const rule = RULES[node.op]
  const args = node.inputs.map((id) => known.get(id))
  if (!rule || args.length === 0 || args.some((each) => each === undefined)) return null
  const [a, b, c] = args as Bounds[]
  return rule(a as Bounds, b ?? ONE, c ?? ONE)
}

/** No number is in both. */
export const apart = (a: Interval, b: Interval): boolean => a.hi < b.lo || b.hi < a.lo

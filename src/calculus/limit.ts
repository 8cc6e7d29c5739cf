/** Limits of expressions at a point: by putting it in, else by l'Hôpital's rule, as often as that helps. */
import { ancestors, type GraphBuilder, type GraphNode, leavesOf, type NodeId } from '../graph/graph'
import { algebra, isSum, NEGATIVE, PRODUCT, QUOTIENT } from '../operations/algebra'
import { operation } from '../operations/index'
import { backpropagate } from './backpropagate'
import { tape } from './evaluate'
import type { Simplifier } from './simplify'

/** Of higher orders than this people don't write. */
const MOST_TURNS = 4

/** What a limit is taken of: nodes of one builder, and how one is put in the place of another. */
export interface LimitPlace {
  readonly builder: GraphBuilder
  readonly simplifier: Simplifier
  /** What goes to the point. */
  readonly leaf: NodeId
  /** The expression with the point in its place. */
  readonly put: (root: NodeId) => NodeId
}

/** The limit of a scalar expression as `leaf` goes to the point; `null` where none is found. Right where it is found. */
export function limitOf(place: LimitPlace, body: NodeId, turns = 0): NodeId | null {
  const { builder, simplifier, leaf, put } = place
  const order = ancestors(builder.graph, body)
  if (!order.includes(leaf)) return body
  if (!order.every((id) => isSmooth(builder.node(id)))) return null
  const { op, inputs } = builder.node(body)
  const there = put(body)
  if (isDefined(builder, there)) return there
  const [first, second] = inputs as [NodeId, NodeId]
  if (op === NEGATIVE || isSum(op) || op === PRODUCT) {
    const parts = inputs.map((input) => limitOf(place, input, turns))
    return parts.every((part) => part !== null) ? builder.apply(op, parts as NodeId[]) : null
  }
  if (op !== QUOTIENT || turns >= MOST_TURNS) return null
  if (!isZero(builder, put(first)) || !isZero(builder, put(second))) return null
  const slope = (of: NodeId): NodeId => backpropagate(builder, simplifier, of).get(leaf)?.node ?? algebra(builder).n(0)
  return limitOf(place, builder.apply(QUOTIENT, [slope(first), slope(second)]), turns + 1)
}

/** Continuous wherever it is defined. */
function isSmooth({ op, shape }: GraphNode): boolean {
  const entry = operation(op)
  if (op === 'opaque' || shape?.length !== 0) return false
  return entry === undefined || !(entry.isChoice || entry.isCondition || (entry.kink && !entry.continuous))
}

/** Values at which something is tried out; none that hides a difference. */
const TRIED = [0.37, 1.19, 2.83]

function valuesOf(builder: GraphBuilder, root: NodeId): readonly number[] {
  const inputs = leavesOf(builder.graph, [root])
  const run = tape(builder.graph, inputs, [root])
  return run ? TRIED.map((base) => run.run(inputs.map((_id, k) => base * (1 + 0.31 * k)))[0] ?? Number.NaN) : []
}

/** Somewhere at least, and without one value that is infinite. */
function isDefined(builder: GraphBuilder, root: NodeId): boolean {
  const values = valuesOf(builder, root)
  return values.some(Number.isFinite) && !values.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY)
}

function isZero(builder: GraphBuilder, root: NodeId): boolean {
  const values = valuesOf(builder, root).filter((value) => !Number.isNaN(value))
  return values.length > 0 && values.every((value) => Math.abs(value) < 1e-12)
}

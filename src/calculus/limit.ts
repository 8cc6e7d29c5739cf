/** Limits of expressions at a point: by putting it in, else by l'Hôpital's rule, as often as that helps. */
import { ancestors, type GraphBuilder, type GraphNode, leavesOf, type NodeId } from '../graph/graph'
import { algebra, isSum, NEGATIVE, POWER, PRODUCT, QUOTIENT } from '../operations/algebra'
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
  /** Does it go beyond all numbers? */
  readonly isInfinite: boolean
}

/** The limit of a scalar expression as `leaf` goes to the point; `null` where none is found. Right where it is found. */
export function limitOf(place: LimitPlace, body: NodeId, turns = 0): NodeId | null {
  const { builder, simplifier, leaf, put } = place
  const order = ancestors(builder.graph, body)
  if (!order.includes(leaf)) return body
  if (!order.every((id) => isSmooth(builder.node(id)))) return null
  const { op, inputs } = builder.node(body)
  const there = put(body)
  if (isDefined(builder, there)) return place.isInfinite ? withoutVanished(builder, there) : there
  const [first, second] = inputs as [NodeId, NodeId]
  if (op === NEGATIVE || isSum(op) || op === PRODUCT) {
    const parts = inputs.map((input) => limitOf(place, input, turns))
    return parts.every((part) => part !== null) ? builder.apply(op, parts as NodeId[]) : null
  }
  if (op !== QUOTIENT || turns >= MOST_TURNS) return null
  const both = [put(first), put(second)]
  const isOpen = both.every((id) => isZero(builder, id)) || both.every((id) => isBoundless(builder, id))
  if (!isOpen) return null
  const slope = (of: NodeId): NodeId => backpropagate(builder, simplifier, of).get(leaf)?.node ?? algebra(builder).n(0)
  // Powers cancel only once they stand together: 2x / e^x, not e^x 2x / e^x e^x.
  const [above, below] = [slope(first), slope(second)].map((id) => (place.isInfinite ? simplifier.expand(id) : id))
  return limitOf(place, builder.apply(QUOTIENT, [above as NodeId, below as NodeId]), turns + 1)
}

/**
 * A value with infinity in it, `1 - 1/(\infty + 1)`, without what is 0 there; `null` where more than that is left, as in
 * `\arctan \infty`. In doubles `\infty^0` is 1, whatever such a power goes to: it is left out.
 */
function withoutVanished(builder: GraphBuilder, root: NodeId): NodeId | null {
  const order = ancestors(builder.graph, root)
  const isInfinite = (id: NodeId): boolean => Math.abs(builder.constantOf(id) ?? 0) === Number.POSITIVE_INFINITY
  const touched = new Set(order.filter((id) => ancestors(builder.graph, id).some(isInfinite)))
  const isOpenPower = (id: NodeId): boolean => {
    const { op, inputs } = builder.node(id)
    return op === POWER && inputs.every((input) => touched.has(input))
  }
  if (order.some(isOpenPower)) return null
  const made = new Map<NodeId, NodeId>()
  for (const id of order) {
    const { op, inputs, attributes } = builder.node(id)
    if (!touched.has(id) || inputs.length === 0) made.set(id, id)
    else if (isZero(builder, id)) made.set(id, builder.constant(0))
    else
      made.set(
        id,
        builder.apply(
          op,
          inputs.map((input) => made.get(input) as NodeId),
          attributes,
        ),
      )
  }
  const found = made.get(root) as NodeId
  return ancestors(builder.graph, found).some(isInfinite) ? null : found
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

const isBoundless = (builder: GraphBuilder, root: NodeId): boolean => {
  const values = valuesOf(builder, root).filter((value) => !Number.isNaN(value))
  return values.length > 0 && values.every((value) => Math.abs(value) === Number.POSITIVE_INFINITY)
}

function isZero(builder: GraphBuilder, root: NodeId): boolean {
  const values = valuesOf(builder, root).filter((value) => !Number.isNaN(value))
  return values.length > 0 && values.every((value) => Math.abs(value) < 1e-12)
}

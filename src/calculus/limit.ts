/** Limits of expressions: what is continuous by its value, 0/0 by its derivatives (de l'H\u00f4pital). */
import { ancestors, type GraphBuilder, type NodeId } from '../graph/graph'
import { QUOTIENT } from '../operations/algebra'
import { operation } from '../operations/index'
import { backpropagate } from './backpropagate'
import type { Simplifier } from './simplify'

interface Place {
  readonly builder: GraphBuilder
  readonly simplifier: Simplifier
}

/** How often numerator and denominator are differentiated. */
const MOST_DERIVATIVES = 4

/**
 * The limit of `root` as the leaf `by` goes to `to`; `null` where it isn't found. Exact for what is smooth there: a term that jumps,
 * or has no finite limit of its own, gives `null`.
 */
export function limitAt(place: Place, root: NodeId, by: NodeId, to: NodeId, taken = 0): NodeId | null {
  const { builder } = place
  if (root === by) return to
  if (!ancestors(builder.graph, root).includes(by)) return root
  const { op, inputs, attributes } = builder.node(root)
  if (op === QUOTIENT) return quotientAt(place, inputs as readonly [NodeId, NodeId], by, to, taken)
  const entry = operation(op)
  const jumps = entry?.rounds === true || (entry?.kink !== undefined && entry.continuous !== true)
  if (!entry?.elementwise || !entry.value || jumps) return null
  const parts = inputs.map((input) => limitAt(place, input, by, to, taken))
  return parts.every((part) => part !== null) ? builder.apply(op, parts as NodeId[], attributes) : null
}

function quotientAt(
  place: Place,
  [above, below]: readonly [NodeId, NodeId],
  by: NodeId,
  to: NodeId,
  taken: number,
): NodeId | null {
  const { builder, simplifier } = place
  const isZero = (id: NodeId): boolean => builder.constantOf(simplifier.expand(id)) === 0
  const [top, bottom] = [above, below].map((id) => limitAt(place, id, by, to, taken))
  if (top === null || bottom === null || top === undefined || bottom === undefined) return null
  if (!isZero(bottom)) return builder.apply(QUOTIENT, [top, bottom])
  if (!isZero(top) || taken === MOST_DERIVATIVES) return null
  const [dTop, dBottom] = [above, below].map((id) => slope(place, id, by))
  return limitAt(place, builder.apply(QUOTIENT, [dTop as NodeId, dBottom as NodeId]), by, to, taken + 1)
}

const slope = ({ builder, simplifier }: Place, of: NodeId, by: NodeId): NodeId =>
  of === by ? builder.constant(1) : (backpropagate(builder, simplifier, of).get(by)?.node ?? builder.constant(0))

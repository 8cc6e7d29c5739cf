/** Integrals without a closed form, as nodes: what is known of them is what they are of, by what, and between which bounds. */
import type { GraphBuilder, NodeId } from '../graph/graph'

/** The reason that such a node has. */
export const INTEGRAL = 'integral'

export interface Integral {
  /** What is integrated, and the leaf by which. */
  readonly core: NodeId
  readonly leaf: NodeId
  readonly from: NodeId
  readonly to: NodeId
}

/** An integral between bounds; `null` for all other nodes. */
export function integralAt(builder: GraphBuilder, id: NodeId): Integral | null {
  const { op, inputs, attributes } = builder.node(id)
  if (op !== 'opaque' || attributes.reason !== INTEGRAL || typeof attributes.leaf !== 'number') return null
  const [core, from, to] = inputs
  if (core === undefined || from === undefined || to === undefined) return null
  return { core, leaf: attributes.leaf, from, to }
}

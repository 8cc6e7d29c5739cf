/** A product of many factors is written two by two; its gradients keep the order in which the author wrote the factors. */

import type { GraphBuilder, NodeId } from '../graph/graph'
import { PRODUCT } from '../operations/algebra'
import { times } from '../operations/shapes'

export interface Product {
  /** The outermost multiplication, whose gradient is upstream of every factor. */
  readonly root: NodeId
  /** Contribution to what stands at one place of `inner`, a multiplication of the product: upstream times all others. */
  without(builder: GraphBuilder, inner: NodeId, input: number, upstream: NodeId): NodeId
}

/**
 * The product that a multiplication is part of; `null` where it stands alone.
 * @param users for each node, those that use it
 */
export function productAround(
  builder: GraphBuilder,
  id: NodeId,
  users: ReadonlyMap<NodeId, readonly NodeId[]>,
): Product | null {
  let root = id
  for (let outer = outerProduct(builder, root, users); outer !== null; outer = outerProduct(builder, root, users)) {
    root = outer
  }
  if (root === id) return null
  return {
    root,
    without(into, inner, input, upstream) {
      return factorsOf(builder, root, users, { inner, input }).reduce((a, b) => times(into, a, b), upstream)
    },
  }
}

const isScalarProduct = (builder: GraphBuilder, id: NodeId): boolean => {
  const { op, shape } = builder.node(id)
  return op === PRODUCT && shape?.length === 0
}

/** The multiplication of which a nameless one is a factor, and nothing else. */
function outerProduct(builder: GraphBuilder, id: NodeId, users: ReadonlyMap<NodeId, readonly NodeId[]>): NodeId | null {
  const [user, second] = users.get(id) ?? []
  if (user === undefined || second !== undefined || builder.node(id).name !== null) return null
  if (!isScalarProduct(builder, id) || !isScalarProduct(builder, user)) return null
  // Where the outer one has more indices, these are summed on the way in.
  if (builder.indicesOf(user).length > builder.indicesOf(id).length) return null
  // x x uses its factor twice: neither of them is the one that is left out.
  const [a, b] = builder.node(user).inputs
  return a === b ? null : user
}

/** The factors from left to right, without the one at the place that is left out. */
function factorsOf(
  builder: GraphBuilder,
  id: NodeId,
  users: ReadonlyMap<NodeId, readonly NodeId[]>,
  left: { inner: NodeId; input: number },
): NodeId[] {
  return builder.node(id).inputs.flatMap((factor, input) => {
    if (id === left.inner && input === left.input) return []
    return outerProduct(builder, factor, users) === id ? factorsOf(builder, factor, users, left) : [factor]
  })
}

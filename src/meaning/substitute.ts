/** Copies of expressions with something put in place of something else. */

import { ancestors, type GraphBuilder, type NodeId } from '../graph/graph'
import { operation } from '../operations/index'

/** `root` with nodes replaced, as new nodes where anything changes. */
export function substitute(builder: GraphBuilder, root: NodeId, replacements: ReadonlyMap<NodeId, NodeId>): NodeId {
  const copies = new Map<NodeId, NodeId>(replacements)
  for (const id of ancestors(builder.graph, root)) {
    if (copies.has(id)) continue
    const node = builder.node(id)
    const inputs = node.inputs.map((input) => copies.get(input) ?? input)
    const same = inputs.every((input, k) => input === node.inputs[k])
    if (same) copies.set(id, id)
    // What was a name's value isn't any more: the copy has no name.
    else if (operation(node.op)?.isCopy) copies.set(id, inputs[0] as NodeId)
    else copies.set(id, builder.apply(node.op, inputs, node.attributes))
  }
  return copies.get(root) as NodeId
}

/** The same expression, names written out: `x + y` and a `t` that is defined so. */
export function alike(builder: GraphBuilder, a: NodeId, b: NodeId): boolean {
  const [x, y] = [unnamed(builder, a), unnamed(builder, b)]
  if (x === y) return true
  const [left, right] = [builder.node(x), builder.node(y)]
  if (left.op !== right.op || left.inputs.length !== right.inputs.length) return false
  if (left.op === 'constant') return left.attributes.value === right.attributes.value
  if (left.inputs.length === 0) return false
  const straight = left.inputs.every((input, k) => alike(builder, input, right.inputs[k] as NodeId))
  if (straight || !operation(left.op)?.commutative) return straight
  return [...left.inputs].reverse().every((input, k) => alike(builder, input, right.inputs[k] as NodeId))
}

function unnamed(builder: GraphBuilder, id: NodeId): NodeId {
  let node = builder.node(id)
  while (operation(node.op)?.isCopy) node = builder.node(node.inputs[0] as NodeId)
  return node.id
}

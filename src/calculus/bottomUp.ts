import type { GraphBuilder, GraphNode, NodeId } from '../graph/graph'

/**
 * Visits what a node depends on, operands before their users; a loop, for graphs thousands of nodes deep.
 * @param known nodes that have been visited; `visit` is expected to add to them
 * @param descend whether a node's own operands come first
 */
export function bottomUp(
  builder: GraphBuilder,
  root: NodeId,
  known: ReadonlyMap<NodeId, unknown>,
  visit: (id: NodeId) => void,
  descend: (node: GraphNode) => boolean,
): void {
  const stack: NodeId[] = [root]
  while (stack.length > 0) {
    const id = stack[stack.length - 1] as NodeId
    if (known.has(id)) {
      stack.pop()
      continue
    }
    const node = builder.node(id)
    const missing = descend(node) ? node.inputs.filter((input) => !known.has(input)) : []
    if (missing.length > 0) stack.push(...missing)
    else {
      visit(id)
      stack.pop()
    }
  }
}

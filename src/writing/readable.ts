/** What is too long to be read is not written out. */
import type { Graph, NodeId } from '../graph/graph'

/** An expression of more nodes than this, down to its names, is one that nobody reads. */
const MOST_NODES = 160

/** Whether an expression, written down to its names, can still be taken in. @param itself whether a name of its own is written out */
export function isReadable(graph: Graph, id: NodeId, itself = false): boolean {
  let left = MOST_NODES
  const stack = [id]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (left-- === 0) return false
    const node = graph.nodes[next]
    if (!node || (node.name && !(itself && next === id))) continue
    stack.push(...node.inputs)
  }
  return true
}

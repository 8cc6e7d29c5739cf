/** Values of a graph in any arithmetic: the doubles of a tape are only the fastest. */
import { constantOf } from '../arithmetic/constants'
import type { Enclosure } from '../arithmetic/enclosures'
import type { Ends } from '../arithmetic/ends'
import type { Graph, GraphNode, NodeId } from '../graph/graph'
import type { Arithmetic } from '../operations/carrier'
import { operation } from '../operations/index'

/** Can every one of these nodes be computed number by number? */
export const isCarried = (graph: Graph, order: readonly NodeId[]): boolean =>
  order.every((id) => {
    const node = graph.nodes[id] as GraphNode
    return node.inputs.length === 0 || operation(node.op)?.value !== undefined
  })

/**
 * Intervals that hold the values of some nodes at one point.
 * @param order the nodes to compute, inputs before their users
 * @param given intervals of inputs, and of constants of which less is known than is written
 * @returns `null` where nothing is known: an input without a value, an operation that isn't defined there
 */
export function enclose<E>(
  ends: Ends<E>,
  carrier: Arithmetic<Enclosure<E>>,
  graph: Graph,
  order: readonly NodeId[],
  given: ReadonlyMap<NodeId, Enclosure<E>>,
): (id: NodeId) => Enclosure<E> {
  const known = new Map<NodeId, Enclosure<E>>()
  for (const id of order) {
    const node = graph.nodes[id] as GraphNode
    const own = given.get(id)
    if (own !== undefined) known.set(id, own)
    else if (node.op === 'constant')
      known.set(id, constantOf(ends, carrier, node.attributes.value as number, String(node.attributes.text ?? '')))
    else {
      const value = operation(node.op)?.value
      const [a = null, b = null, c = null] = node.inputs.map((input) => known.get(input) ?? null)
      known.set(id, value ? value(carrier, a, b, c) : null)
    }
  }
  return (id) => known.get(id) ?? null
}

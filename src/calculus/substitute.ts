/** Named nodes replaced by what they stand for. */
import type { GraphBuilder, NodeId } from '../graph/graph'
import { COPY } from '../operations/arrays'
import { bottomUp } from './bottomUp'
import { matchesAt } from './composite'

/** Gives the node with every named node replaced by what it stands for, down to the inputs; what has been replaced once is remembered. */
export function substituter(builder: GraphBuilder): (root: NodeId) => NodeId {
  const substituted = new Map<NodeId, NodeId>()
  let ops: ReadonlySet<string> | null = null
  const isWritten = (op: string): boolean => {
    ops ??= new Set(builder.graph.nodes.filter(({ origin }) => origin === 'written').map((node) => node.op))
    return ops.has(op)
  }
  /**
   * `1/(1+e^{-x})` as σ(x), once it is written out. Where the author writes no σ, a name for it stays: nobody should meet a
   * letter that the note doesn't have.
   */
  const composite = (id: NodeId): NodeId | null => {
    const [match] = matchesAt(builder.graph, id)
    if (match && builder.node(id).name && !isWritten(match.composite.name)) return id
    return match ? builder.apply(match.composite.name, [substituted.get(match.input) ?? match.input]) : null
  }
  const replace = (id: NodeId): NodeId => {
    const node = builder.node(id)
    const inputs = node.inputs.map((input) => substituted.get(input) as NodeId)
    const same = node.name === null && inputs.every((input, k) => input === node.inputs[k])
    if (node.inputs.length === 0 || same) return id
    if (node.op === COPY) return inputs[0] as NodeId
    return composite(id) ?? builder.apply(node.op, inputs, node.attributes)
  }
  return (root) => {
    bottomUp(
      builder,
      root,
      substituted,
      (id) => substituted.set(id, replace(id)),
      (node) => node.inputs.length > 0,
    )
    return substituted.get(root) as NodeId
  }
}

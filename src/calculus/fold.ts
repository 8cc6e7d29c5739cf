/** The least simplification: for graphs that only a machine evaluates, where shared parts must stay shared. */

import type { GraphBuilder, GraphNode, NodeId } from '../graph/graph'
import { DIFFERENCE, POWER, PRODUCT } from '../operations/algebra'
import { bottomUp } from './bottomUp'
import type { Simplifier } from './simplify'

/** Factors of 1, powers of 1 and differences of numbers are folded; everything else is left as the rules write it. */
export function folder(builder: GraphBuilder): Simplifier {
  const folded = new Map<NodeId, NodeId>()
  const visit = (id: NodeId): void => {
    const node = builder.node(id)
    if (isLeft(node)) {
      folded.set(id, id)
      return
    }
    const inputs = node.inputs.map((input) => folded.get(input) as NodeId)
    const [a, b] = inputs as [NodeId, NodeId]
    const [x, y] = [builder.constantOf(a), b === undefined ? null : builder.constantOf(b)]
    const result = FOLDS[node.op]?.(builder, [a, b], [x, y]) ?? builder.apply(node.op, inputs, node.attributes)
    folded.set(id, result)
    folded.set(result, result)
  }
  const fold = (id: NodeId): NodeId => {
    bottomUp(builder, id, folded, visit, (node) => !isLeft(node))
    return folded.get(id) as NodeId
  }
  return { simplify: fold, polish: fold, expand: fold, keyOf: (id) => id }
}

/** What is written stays as it is. */
const isLeft = (node: GraphNode): boolean => node.origin === 'written' || node.inputs.length === 0

type Fold = (builder: GraphBuilder, ids: [NodeId, NodeId], numbers: [number | null, number | null]) => NodeId | null

const FOLDS: Record<string, Fold> = {
  [PRODUCT]: (_builder, [a, b], [x, y]) => (x === 1 ? b : y === 1 ? a : null),
  [POWER]: (_builder, [a], [, y]) => (y === 1 ? a : null),
  [DIFFERENCE]: (builder, _ids, [x, y]) => (x !== null && y !== null ? builder.constant(x - y) : null),
}

/** A derivation as plain data with which a page computes values and gradients by itself. */
import type { Derivation } from '../derivation'
import type { NodeId } from '../graph/graph'
import type { Model, Trial } from '../panel/messages'

/** Larger graphs aren't moved: sending them would take longer than looking at them. */
const MOST = 20_000

/** The graph with its gradients; `null` where it is too large, or an input can't be written. */
export function modelOf(derivation: Derivation): Model | null {
  const gradients = derivation.inputs.flatMap((id): [NodeId, NodeId][] => {
    const gradient = derivation.written.length > MOST ? null : derivation.gradient(id)
    return gradient ? [[id, gradient.node]] : []
  })
  const { nodes } = derivation.graph
  if (nodes.length > MOST) return null
  const leaves = [...derivation.inputs, ...(derivation.upstream ? [derivation.upstream.node] : [])]
  return {
    nodes: nodes.map(({ op, inputs, attributes, shape }) => ({ op, inputs, attributes, shape })),
    output: derivation.output,
    leaves: leaves.flatMap((node): Trial[] => {
      const value = derivation.value(node)
      return value ? [{ node, shape: [...value.shape], data: [...value.data] }] : []
    }),
    gradients,
  }
}

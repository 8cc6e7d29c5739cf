/** Numbers of a backward pass that begins with a symbol: `0.098 · ∂L/∂z`. */
import { evaluator } from '../calculus/evaluate'
import type { Derivation } from '../derivation'
import type { NodeId } from '../graph/graph'
import type { Tensor } from '../operations/operation'
import { latexNumber } from './number'

const known = new WeakMap<Derivation, { readonly nodes: number; value(id: NodeId): Tensor | null }>()

/**
 * How many times the upstream gradient a gradient is, by the values of the inputs; `null` where they are missing, where the
 * upstream gradient has a value of its own, and for arrays, whose gradients are no multiples of it.
 */
export function upstreamFactor(derivation: Derivation, gradient: NodeId): number | null {
  const { upstream, graph, output } = derivation
  if (!upstream || derivation.value(upstream.node) || (graph.nodes[output]?.shape ?? []).length > 0) return null
  let unit = known.get(derivation)
  if (unit?.nodes !== graph.nodes.length) {
    const bindings = new Map<NodeId, Tensor>([[upstream.node, { shape: [], data: Float64Array.of(1) }]])
    for (const input of derivation.inputs) {
      const value = derivation.value(input)
      if (value) bindings.set(input, value)
    }
    unit = { nodes: graph.nodes.length, value: evaluator(graph, bindings) }
    known.set(derivation, unit)
  }
  const value = unit.value(gradient)
  return value && value.shape.length === 0 ? (value.data[0] ?? null) : null
}

/** The same as LaTeX: `0.098 \cdot \frac{\partial L}{\partial z}`; `null` where there is no number. */
export function scaledUpstream(derivation: Derivation, gradient: NodeId, digits = 6): string | null {
  const factor = upstreamFactor(derivation, gradient)
  if (factor === null || !derivation.upstream) return null
  const { latex } = derivation.upstream.name
  return factor === 1 ? latex : `${latexNumber(factor, digits)} \\cdot ${latex}`
}

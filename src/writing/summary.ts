/** What "Copy as LaTeX" copies: the node and its gradient, ready for a note. */
import type { Derivation } from '../derivation'
import type { NodeId } from '../graph/graph'
import { type Explanation, explain } from './explanation'
import { latexTensor } from './tensor'

/** The chain rule of a node as one line of LaTeX; where no gradient reaches it, the node itself. */
export function latexSummary(derivation: Derivation, id: NodeId): string {
  const explanation = explain(derivation, id)
  const sides = explanation.chain
    ? [explanation.chain.derivative, ...explanation.chain.steps]
    : gradientSides(explanation)
  const value = explanation.gradient?.value
  const number = value ? latexTensor(value) : null
  return (number === null || number === sides.at(-1) ? sides : [...sides, number]).join(' = ')
}

const gradientSides = ({ gradient, latex }: Explanation): string[] =>
  gradient ? [gradient.derivative, ...gradient.sides] : [latex]

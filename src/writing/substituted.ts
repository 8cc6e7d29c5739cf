/** One step of the forward pass with the numbers put in: `0.5 + 1.25` for `x + y`. */
import type { Derivation } from '../derivation'
import type { NodeId } from '../graph/graph'
import { PRECEDENCE, type Printed } from '../operations/operation'
import { latexNumber } from './number'
import { type Form, print } from './print'

const number = (text: string): Printed => {
  const isNegative = text.startsWith('-')
  return { text, precedence: isNegative ? PRECEDENCE.negation : PRECEDENCE.atom, digit: /^[\d.]/.test(text) }
}

/**
 * The expression of a node with numbers in place of what it is computed from, as LaTeX; `null` where one is missing or an array.
 * @param isStep whether a node is a step of its own, whose number stands for it
 */
export function substitutedLatex(derivation: Derivation, id: NodeId, isStep: (id: NodeId) => boolean): string | null {
  let complete = true
  const valueText = (node: NodeId): string => {
    const value = derivation.value(node)
    if (!value || value.shape.length > 0) complete = false
    return value ? latexNumber(value.data[0] ?? Number.NaN) : '?'
  }
  const form: Form = {
    name: (node) =>
      node.op !== 'constant' && (node.name !== null || node.inputs.length === 0 || isStep(node.id))
        ? valueText(node.id)
        : null,
    named: number,
    leaf: (node) =>
      number(node.op === 'constant' ? String(node.attributes.text ?? valueText(node.id)) : valueText(node.id)),
    operation: (entry, inputs, attributes) => entry.latex(inputs, attributes),
  }
  const { text } = print(derivation.graph, id, form, true)
  return complete ? text : null
}

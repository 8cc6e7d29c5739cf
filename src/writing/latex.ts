/** Graphs as LaTeX, in the author's names. */
import type { Graph, GraphNode, NodeId } from '../graph/graph'
import { PRECEDENCE, type Printed } from '../operations/operation'
import { latexNumber } from './number'
import { type Form, print } from './print'

const named = (text: string): Printed => ({ text, precedence: PRECEDENCE.atom })

/** A constant as its author wrote it, else in at most 12 digits. */
function constant(node: GraphNode): Printed {
  const value = node.attributes.value as number
  const written = typeof node.attributes.text === 'string' ? node.attributes.text : null
  const text = written ?? latexNumber(value, 12)
  if (text.startsWith('-')) return { text, precedence: PRECEDENCE.negation, number: value }
  const precedence = text.includes('\\times') ? PRECEDENCE.product : text.includes('^') ? PRECEDENCE.power : PRECEDENCE.atom
  return { text, precedence, digit: /^[\d.]/.test(text), number: value }
}

const LATEX: Form = {
  name: (node) => (node.op === 'constant' ? null : (node.name?.latex ?? null)),
  named,
  leaf(node) {
    if (node.op === 'constant') return constant(node)
    if (node.op === 'opaque') return { text: String(node.attributes.text ?? '?'), precedence: PRECEDENCE.comparison }
    return named(node.name?.latex ?? '?')
  },
  operation: (entry, inputs, attributes) => entry.latex(inputs, attributes),
}

/** The name of a node, or its expression down to named nodes: `t`, `2 t`. */
export const latexOf = (graph: Graph, id: NodeId): string => print(graph, id, LATEX, false).text

/** What the node is, even where it has a name: `x + y` for t. */
export const expressionLatex = (graph: Graph, id: NodeId): string => print(graph, id, LATEX, true).text

/** The same with its precedence, for a text in which it stands as an operand. */
export const printedLatex = (graph: Graph, id: NodeId): Printed => print(graph, id, LATEX, false)


/** Graphs as LaTeX, in the author's names. */
import type { Graph, GraphNode, NodeId } from '../graph/graph'
import { operation } from '../operations/index'
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
  const precedence = text.includes('\\times')
    ? PRECEDENCE.product
    : text.includes('^')
      ? PRECEDENCE.power
      : PRECEDENCE.atom
  return { text, precedence, digit: /^[\d.]/.test(text), number: value }
}

function literalLatex(node: GraphNode): string {
  const columns = Number(node.shape?.[node.shape.length - 1] ?? 1)
  const data = node.attributes.data as readonly number[]
  const rows: string[] = []
  for (let at = 0; at < data.length; at += columns) {
    rows.push(
      data
        .slice(at, at + columns)
        .map((x) => latexNumber(x))
        .join(' & '),
    )
  }
  return `\\begin{pmatrix} ${rows.join(' \\\\ ')} \\end{pmatrix}`
}

const LATEX: Form = {
  name: (node) => (node.op === 'constant' ? null : (node.name?.latex ?? null)),
  named,
  leaf(node) {
    if (node.op === 'constant') return constant(node)
    if (node.op === 'literal') return named(literalLatex(node))
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

/** The maps from upstream to contribution of an operation that isn't elementwise: `\cdot\, W^{\top}`; `null` for others. */
export function localMapsOf(graph: Graph, id: NodeId): (string | null)[] {
  const node = graph.nodes[id] as GraphNode
  const inputs = node.inputs.map((input) => printedLatex(graph, input))
  return operation(node.op)?.localMap?.(inputs, node.attributes) ?? node.inputs.map(() => null)
}

/** A computational graph in Graphviz' language. */
import type { Derivation } from '../derivation'
import type { NodeId } from '../graph/graph'
import { chartOf, edgeNumbers, OUTPUT } from './caption'

/** The graph of a derivation, left to right, operations in circles, values and gradients on the edges. */
export function dotOf(derivation: Derivation): string {
  const lines = [`digraph ${quoted(derivation.name.plain)} {`, '  rankdir=LR', '  node [shape=circle]']
  const { nodes, edges } = chartOf(derivation)
  for (const { node, caption, isLeaf } of nodes) {
    const shape = isLeaf ? ', shape=plaintext' : ''
    lines.push(`  ${idOf(node.id)} [label=${quoted(caption)}${shape}]`)
  }
  lines.push(`  ${OUTPUT} [label=${quoted(derivation.name.plain)}, shape=plaintext]`)
  for (const { from, to } of edges) lines.push(edge(derivation, from, idOf(to)))
  lines.push(edge(derivation, derivation.output, OUTPUT), '}')
  return lines.join('\n')
}

const idOf = (id: NodeId) => `n${id}`

function edge(derivation: Derivation, from: NodeId, to: string): string {
  const { value, gradient } = edgeNumbers(derivation, from)
  const label = [value, gradient === null ? null : `← ${gradient}`].filter((part) => part !== null).join('\n')
  return `  ${idOf(from)} -> ${to}${label ? ` [label=${quoted(label)}]` : ''}`
}

const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`

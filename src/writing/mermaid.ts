/** A computational graph as a Mermaid flow chart, drawn the book's way: operations in circles, values and gradients on the edges. */
import type { Derivation } from '../derivation'
import type { GraphNode, NodeId } from '../graph/graph'
import { chartOf, edgeNumbers, OUTPUT } from './caption'

/** The graph of a derivation. */
export function mermaidOf(derivation: Derivation): string {
  const lines = ['graph LR']
  const { nodes, edges } = chartOf(derivation)
  for (const { node, caption, isLeaf } of nodes)
    lines.push(`  ${idOf(node.id)}${shaped(node, isLeaf, quoted(caption))}`)
  lines.push(`  ${OUTPUT}[${quoted(derivation.name.plain)}]`)
  for (const { from, to } of edges) lines.push(edge(derivation, from, idOf(to)))
  lines.push(edge(derivation, derivation.output, OUTPUT))
  return lines.join('\n')
}

const idOf = (id: NodeId) => `n${id}`

function shaped(node: GraphNode, isLeaf: boolean, text: string): string {
  if (node.op === 'input') return `([${text}])`
  return isLeaf ? `[${text}]` : `((${text}))`
}

function edge(derivation: Derivation, from: NodeId, to: string): string {
  const { value, gradient } = edgeNumbers(derivation, from)
  const label = [value, gradient === null ? null : `← ${gradient}`].filter((part) => part !== null).join('\n')
  return `  ${idOf(from)} -->${label ? `|${quoted(label)}|` : ''} ${to}`
}

/** Text in quotes; Mermaid knows `#…;` entities, and takes a label of `+` or `-` alone for a list. */
function quoted(text: string): string {
  const escaped = text.replace(/[#"<>&`\\|]/g, (character) => `#${character.charCodeAt(0)};`)
  const safe = escaped.replace(/^[-+*]|(?<=^\d+)\.(?= )/, (sign) => `#${sign.charCodeAt(0)};`)
  return `"${safe.replaceAll('\n', '<br/>')}"`
}

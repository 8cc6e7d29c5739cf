/** What stands in the nodes and on the edges of a graph that is written as text. */
import type { Derivation } from '../derivation'
import type { GraphNode, NodeId } from '../graph/graph'
import { operation } from '../operations/index'
import { spoken, spokenExpression } from './spoken'
import { plainTensor } from './tensor'
import { numbersIn } from './writtenNumbers'

/** The name of the node behind the last edge, which no other node can have. */
export const OUTPUT = 'out'

/** Signs that a reader knows better than those of a keyboard. */
const SIGNS: Readonly<Record<string, string>> = { '*': '×', '-': '−', '**': '^', negate: '−', matmul: 'dot' }

/** An operation with a number in it (`t²`, `1 + v`) shows both in one circle, if they are no longer than this. */
const LONGEST_FOLDED = 12

/** The nodes and edges of a graph as they are drawn: numbers stand inside the operation that uses them, where they fit. */
export interface Chart {
  readonly nodes: readonly { readonly node: GraphNode; readonly caption: string; readonly isLeaf: boolean }[]
  readonly edges: readonly { readonly from: NodeId; readonly to: NodeId }[]
}

/** What is drawn of a derivation. */
export function chartOf(derivation: Derivation): Chart {
  const written = derivation.written.map((id) => derivation.graph.nodes[id] as GraphNode)
  const numbers = numbersIn(derivation)
  const isNumber = (id: NodeId) => numbers.has(id)
  const folded = (node: GraphNode) =>
    node.inputs.some(isNumber) && !node.inputs.every(isNumber) && expressionOf(derivation, node)
  const edges = written
    .filter(({ id }) => !isNumber(id))
    .flatMap((node) =>
      node.inputs.filter((input) => !(folded(node) && isNumber(input))).map((from) => ({ from, to: node.id })),
    )
  const used = new Set(edges.map(({ from }) => from))
  const captionOf = (node: GraphNode) =>
    isNumber(node.id) ? numberCaption(derivation, node) : folded(node) || nodeCaption(derivation, node)
  return {
    nodes: written
      .filter(({ id }) => !isNumber(id) || used.has(id))
      .map((node) => ({ node, caption: captionOf(node), isLeaf: isNumber(node.id) || node.inputs.length === 0 })),
    edges,
  }
}

/** A number as it is written: `2`, `1 / 2`. */
const numberCaption = (derivation: Derivation, node: GraphNode) => spokenExpression(derivation.graph, node.id)

/** The whole expression of a node, if it is short. */
function expressionOf(derivation: Derivation, node: GraphNode): string {
  const text = spokenExpression(derivation.graph, node.id)
  return text.length <= LONGEST_FOLDED ? text : ''
}

/** The sign of an operation, or the leaf itself. */
function nodeCaption(derivation: Derivation, node: GraphNode): string {
  if (node.op === 'opaque') return '…'
  const entry = operation(node.op)
  if (!entry) return node.name?.plain ?? spoken(derivation.graph, node.id)
  const sign = entry.spellings.plain?.[0] ?? entry.name
  return SIGNS[sign] ?? sign
}

/** What an edge carries: the value of the node that it leaves, with its name, and the gradient that comes back. */
export function edgeNumbers(
  derivation: Derivation,
  from: NodeId,
): { readonly value: string | null; readonly gradient: string | null } {
  const node = derivation.graph.nodes[from]
  const value = derivation.value(from)
  const name = node?.op === 'input' ? null : (node?.name?.plain ?? null)
  const gradient = numbersIn(derivation).has(from) ? null : derivation.gradient(from)
  const number = gradient && derivation.value(gradient.node)
  return {
    value: value ? (name === null ? plainTensor(value) : `${name} = ${plainTensor(value)}`) : name,
    gradient: number ? plainTensor(number) : gradient ? spoken(derivation.graph, gradient.node) : null,
  }
}

/** What stands in the nodes and on the edges of a graph that is written as text. */
import type { Derivation } from '../derivation'
import type { GraphNode, Name, NodeId } from '../graph/graph'
import { operation } from '../operations/index'
import { plainTensor } from './tensor'
import { expressionText, type TextNames, textOf } from './text'
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
const numberCaption = (derivation: Derivation, node: GraphNode) =>
  pretty(expressionText(derivation.graph, node.id, plainNames(derivation)))

/** The whole expression of a node, if it is short. */
function expressionOf(derivation: Derivation, node: GraphNode): string {
  const text = pretty(expressionText(derivation.graph, node.id, plainNames(derivation)))
  return text.length <= LONGEST_FOLDED ? text : ''
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** Powers and products as people write them: `t²`, `2t`, `a · b`. */
export const pretty = (text: string) =>
  text
    .replace(/\^(\d+)(?![\d.])/g, (_, digits: string) =>
      [...digits].map((digit) => SUPERSCRIPTS[Number(digit)]).join(''),
    )
    .replace(/(?<![\w.])(\d+) \* (?=[\p{L}(])/gu, '$1')
    .replaceAll(' * ', ' · ')

/** The sign of an operation, or the leaf itself. */
function nodeCaption(derivation: Derivation, node: GraphNode): string {
  if (node.op === 'opaque') return '…'
  const entry = operation(node.op)
  if (!entry) return node.name?.plain ?? textOf(derivation.graph, node.id, plainNames(derivation))
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
    gradient: number
      ? plainTensor(number)
      : gradient
        ? pretty(textOf(derivation.graph, gradient.node, plainNames(derivation)))
        : null,
  }
}

const known = new WeakMap<Derivation, TextNames>()

/** Names as people type them (`ŷ`, `τ`), for text that no program reads. */
export function plainNames(derivation: Derivation): TextNames {
  const names = known.get(derivation) ?? new Map(namedNodes(derivation).map(({ id, name }) => [id, name.plain]))
  known.set(derivation, names)
  return names
}

function namedNodes(derivation: Derivation): { id: NodeId; name: Name }[] {
  const ids = [...derivation.written, ...(derivation.upstream ? [derivation.upstream.node] : [])]
  return ids.flatMap((id) => {
    const name = derivation.graph.nodes[id]?.name
    return name ? [{ id, name }] : []
  })
}

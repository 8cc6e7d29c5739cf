/** What stands in the nodes and on the edges of a graph that is written as text. */
import type { Derivation } from '../derivation'
import type { GraphNode, Name, NodeId } from '../graph/graph'
import { operation } from '../operations/index'
import { plainTensor } from './tensor'
import { type TextNames, textOf } from './text'

/** The name of the node behind the last edge, which no other node can have. */
export const OUTPUT = 'out'

/** Signs that a reader knows better than those of a keyboard. */
const SIGNS: Readonly<Record<string, string>> = { '*': '×', '-': '−', '**': '^' }

/** What a node shows: the sign of its operation, or the leaf itself. */
export function nodeCaption(derivation: Derivation, node: GraphNode): string {
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
  const gradient = node?.op === 'constant' && !node.name ? null : derivation.gradient(from)
  const number = gradient && derivation.value(gradient.node)
  return {
    value: value ? (name === null ? plainTensor(value) : `${name} = ${plainTensor(value)}`) : name,
    gradient: number
      ? plainTensor(number)
      : gradient
        ? textOf(derivation.graph, gradient.node, plainNames(derivation))
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

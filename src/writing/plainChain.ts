/** The chain rule as people type it: `∂z/∂t · ∂t/∂x = 2t · 1`. */
import type { Derivation } from '../derivation'
import type { NodeId } from '../graph/graph'
import type { Notation } from './chain'
import { isReadable } from './readable'
import { spoken } from './spoken'

/** How the output is called: `z`, or `L` where the gradient comes from a later `L`. */
function outputPlain(derivation: Derivation): string {
  const later = derivation.upstream && /^∂(.+)\/∂/.exec(derivation.upstream.name.plain)?.[1]
  return later || derivation.name.plain
}

function nodePlain(derivation: Derivation, id: NodeId): string {
  if (id === derivation.output) return derivation.name.plain
  const name = derivation.graph.nodes[id]?.name?.plain
  return name ?? `(${spoken(derivation.graph, id)})`
}

export const PLAIN: Notation = {
  expression: (_, graph, id) => (isReadable(graph, id) ? spoken(graph, id) : '…'),
  derivative: (derivation, of, by) =>
    `∂${of === null ? outputPlain(derivation) : nodePlain(derivation, of)}/∂${nodePlain(derivation, by)}`,
  times: ' · ',
}

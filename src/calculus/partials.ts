/**
 * Partial derivatives from name to name, as the chain rule is written: with `t = (x + y)²` and `z = sin t` the user of x is
 * t, and `∂t/∂x` is one factor, however many nodes lie between.
 */
import type { Derivation } from '../derivation'
import { ancestors, type GraphBuilder, graphBuilder, type NodeId } from '../graph/graph'
import { backpropagate, type NodeGradient } from './backpropagate'
import { simplifier } from './simplify'

export interface Factor {
  /** The nearest named node that is computed from the node that was asked about, or the output. */
  readonly through: NodeId
  /** `∂through/∂node`, other names held fixed, in the graph of `builder`. */
  readonly local: NodeId
}
export interface Partials {
  /** Goes on with the derivation's graph; nodes that are made here are none of the derivation's. */
  readonly builder: GraphBuilder
  factors(id: NodeId): Factor[]
}

const known = new WeakMap<Derivation, Partials>()

/** The partial derivatives of a derivation, made when first asked for. */
export function partialsOf(derivation: Derivation): Partials {
  const made = known.get(derivation) ?? makePartials(derivation)
  known.set(derivation, made)
  return made
}

function makePartials(derivation: Derivation): Partials {
  // All gradients first: the derivation's graph doesn't grow with them afterwards, and both agree on their nodes.
  derivation.gradient(derivation.output)
  const builder = graphBuilder(derivation.graph)
  const simple = simplifier(builder)
  const ends = derivation.written.filter((id) => id === derivation.output || builder.node(id).name !== null)
  const backward = new Map<NodeId, Map<NodeId, NodeGradient>>()
  const users = usersByNode(derivation, new Set(ends))
  return {
    builder,
    factors: (id) =>
      (users.get(id) ?? []).flatMap((through) => {
        const pass = backward.get(through) ?? backpropagate(builder, simple, through, { stopAtNames: true })
        backward.set(through, pass)
        const local = pass.get(id)?.node
        return local === undefined ? [] : [{ through, local }]
      }),
  }
}

/** Of each written node the nearest ends that are computed from it. */
function usersByNode(derivation: Derivation, ends: ReadonlySet<NodeId>): Map<NodeId, NodeId[]> {
  const { nodes } = derivation.graph
  const users = new Map<NodeId, Set<NodeId>>()
  const order = ancestors(derivation.graph, derivation.output)
  // From the output on, so that what is above an unnamed node is known when its inputs are reached.
  for (const id of order.reverse()) {
    const above = ends.has(id) ? [id] : [...(users.get(id) ?? [])]
    for (const input of nodes[id]?.inputs ?? []) {
      const list = users.get(input) ?? new Set()
      users.set(input, list)
      for (const end of above) list.add(end)
    }
  }
  return new Map([...users].map(([id, list]) => [id, [...list].sort((a, b) => a - b)]))
}

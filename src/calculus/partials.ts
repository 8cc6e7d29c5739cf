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
  /** How many named nodes use this one: each needs a pass of its own. */
  uses(id: NodeId): number
  /** Goes on with the derivation's graph; nodes that are made here are none of the derivation's. */
  readonly builder: GraphBuilder
  factors(id: NodeId): Factor[]
}

interface Known {
  readonly users: ReadonlyMap<NodeId, readonly NodeId[]>
  readonly partials: Partials
  /** Nodes that the derivation had: it grows as gradients are asked for. */
  readonly length: number
}
const known = new WeakMap<Derivation, Known>()

/**
 * The partial derivatives of a derivation, in a graph that has the gradients of `ids` and of what they are used by: their nodes
 * may be combined with the factors.
 */
export function partialsOf(derivation: Derivation, ids: readonly NodeId[]): Partials {
  const old = known.get(derivation)
  const users = old?.users ?? usersByNode(derivation)
  for (const id of ids) for (const through of [id, ...(users.get(id) ?? [])]) derivation.gradient(through)
  const { length } = derivation.graph.nodes
  if (old?.length === length) return old.partials
  const partials = makePartials(derivation, users)
  known.set(derivation, { users, partials, length })
  return partials
}

function makePartials(derivation: Derivation, users: Known['users']): Partials {
  const builder = graphBuilder(derivation.graph)
  const { length } = derivation.graph.nodes
  const simple = simplifier(builder)
  const backward = new Map<NodeId, Map<NodeId, NodeGradient>>()
  return {
    builder,
    uses: (id) => users.get(id)?.length ?? 0,
    factors: (id) => {
      const ends = users.get(id) ?? []
      // Nothing with a name lies between: the factor is the whole gradient, which is known.
      const isWhole = ends.length === 1 && ends[0] === derivation.output && !derivation.upstream
      const whole = isWhole ? derivation.gradient(id)?.node : undefined
      if (whole !== undefined && whole < length) return [{ through: derivation.output, local: whole }]
      return ends.flatMap((through) => {
        const pass = backward.get(through) ?? backpropagate(builder, simple, through, { stopAtNames: true })
        backward.set(through, pass)
        const local = pass.get(id)?.node
        return local === undefined ? [] : [{ through, local: simple.polish(local) }]
      })
    },
  }
}

/** Of each written node the nearest ends that are computed from it. */
function usersByNode(derivation: Derivation): Map<NodeId, NodeId[]> {
  const { nodes } = derivation.graph
  const isEnd = (id: NodeId) => id === derivation.output || nodes[id]?.name !== null
  const users = new Map<NodeId, Set<NodeId>>()
  const order = ancestors(derivation.graph, derivation.output)
  // From the output on, so that what is above an unnamed node is known when its inputs are reached.
  for (const id of order.reverse()) {
    const above = isEnd(id) ? [id] : [...(users.get(id) ?? [])]
    for (const input of nodes[id]?.inputs ?? []) {
      const list = users.get(input) ?? new Set()
      users.set(input, list)
      for (const end of above) list.add(end)
    }
  }
  return new Map([...users].map(([id, list]) => [id, [...list].sort((a, b) => a - b)]))
}

/** Large graphs are drawn by their named nodes: what a name stands for is one node, until somebody opens it. */
import type { Derivation } from '../derivation'
import type { GraphNode, NodeId } from '../graph/graph'

export interface Groups {
  /** How many named expressions have an inside. */
  readonly count: number
  /** The node as which this one is drawn: itself, or the group that it is inside of. */
  ownerOf(id: NodeId): NodeId
  insideOf(id: NodeId): readonly NodeId[]
  /** What flows into a drawn node, once each: which node, which input it is there, and how many lines are drawn as this one. */
  inputsOf(id: NodeId): readonly { readonly input: NodeId; readonly slot: number; readonly count: number }[]
  /** How many lines leave a drawn node, that to the output's name included. */
  usersOf(id: NodeId): number
}

/** The groups of a derivation; with `collapsed` off there are none, but `count` tells how many there could be. */
export function groupsOf(
  derivation: Derivation,
  { collapsed, expanded }: { readonly collapsed: boolean; readonly expanded: ReadonlySet<NodeId> },
): Groups {
  const owners = ownersOf(derivation)
  const count = new Set([...owners].filter(([id, owner]) => id !== owner).map(([, owner]) => owner)).size
  const ownerOf = (id: NodeId) => {
    const owner = owners.get(id) ?? id
    return collapsed && !expanded.has(owner) ? owner : id
  }
  const inside = new Map<NodeId, NodeId[]>()
  const inputs = new Map<NodeId, { input: NodeId; slot: number; count: number }[]>()
  const users = new Map<NodeId, number>([[derivation.output, 1]])
  for (const id of derivation.written) {
    const owner = ownerOf(id)
    if (owner !== id) append(inside, owner, id)
    const list = inputs.get(owner) ?? []
    inputs.set(owner, list)
    derivation.graph.nodes[id]?.inputs.forEach((input, slot) => {
      if (ownerOf(input) === owner && input !== owner) return
      // A group takes each input once; an operation that takes one twice (`x · x`) has two lines.
      const known = inside.has(owner) ? list.find((other) => other.input === input) : undefined
      if (known) {
        known.count++
        return
      }
      list.push({ input, slot, count: 1 })
      users.set(input, (users.get(input) ?? 0) + 1)
    })
  }
  return {
    count,
    ownerOf,
    insideOf: (id) => inside.get(id) ?? [],
    inputsOf: (id) => inputs.get(id) ?? [],
    usersOf: (id) => users.get(id) ?? 0,
  }
}

/** With more inputs than this, an input that one named node alone uses, such as a weight, is inside of that node. */
const MANY_INPUTS = 24

/** Unnamed operations and numbers belong to the one named node (or output) that everything using them belongs to. */
function ownersOf({ graph, written, output, inputs }: Derivation): Map<NodeId, NodeId> {
  const manyInputs = inputs.length > MANY_INPUTS
  const owners = new Map<NodeId, NodeId>()
  const users = new Map<NodeId, NodeId[]>()
  for (const id of written) {
    for (const input of graph.nodes[id]?.inputs ?? []) append(users, input, id)
  }
  for (let i = written.length - 1; i >= 0; i--) {
    const id = written[i] as NodeId
    const node = graph.nodes[id] as GraphNode
    const above = new Set((users.get(id) ?? []).map((user) => owners.get(user) as NodeId))
    const isOwn = node.op === 'input' ? !manyInputs : node.name !== null
    const stands = id === output || isOwn || node.op === 'opaque' || above.size !== 1
    owners.set(id, stands ? id : ([...above][0] as NodeId))
  }
  return owners
}

function append(lists: Map<NodeId, NodeId[]>, key: NodeId, id: NodeId): void {
  const list = lists.get(key)
  if (list) list.push(id)
  else lists.set(key, [id])
}

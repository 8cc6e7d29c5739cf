/**
 * Folds: several nodes that are drawn as one. What a name stands for is a fold, and so is a composite such as the sigmoid, whatever
 * names its parts have. Large graphs begin folded; in small ones a reader folds what he likes, and the gradients stay what they are.
 */
import { type CompositeMatch, composites } from '../calculus/composite'
import type { Derivation } from '../derivation'
import type { GraphNode, NodeId } from '../graph/graph'

export interface Groups {
  /** How many folds there are, or could be. */
  readonly count: number
  /** The fold that a node belongs to: the node as which it is drawn when that is folded; `null` where it belongs to none. */
  foldOf(id: NodeId): NodeId | null
  /** The composite as which a node is drawn. */
  compositeAt(id: NodeId): CompositeMatch | null
  /** The node as which this one is drawn: itself, or the group that it is inside of. */
  ownerOf(id: NodeId): NodeId
  insideOf(id: NodeId): readonly NodeId[]
  /** What flows into a drawn node, once each: which node, which input it is there, and how many lines are drawn as this one. */
  inputsOf(id: NodeId): readonly { readonly input: NodeId; readonly slot: number; readonly count: number }[]
  /** How many lines leave a drawn node, that to the output's name included. */
  usersOf(id: NodeId): number
}

/** What is folded: all or nothing, and which folds are the other way round. */
export interface Folding {
  readonly collapsed: boolean
  readonly turned: ReadonlySet<NodeId>
}

/** The groups of a derivation. */
export function groupsOf(derivation: Derivation, { collapsed, turned }: Folding): Groups {
  const users = usersOf(derivation)
  const owners = ownersOf(derivation, users)
  // A number stands in the circle of its operation anyway.
  const folds = (id: NodeId, owner: NodeId) => id !== owner && derivation.graph.nodes[id]?.op !== 'constant'
  const named = new Set([...owners].filter(([id, owner]) => folds(id, owner)).map(([, owner]) => owner))
  const matches = compositesOf(derivation, users)
  const whole = new Map(matches.map((match) => [match.output, match]))
  const parts = new Map(matches.flatMap(({ inside, output }) => [...inside].map((id) => [id, output] as const)))
  const isFolded = (root: NodeId) => collapsed !== turned.has(root)
  /** Where a composite ends in a name, a reader folds the composite alone. */
  const isNameFolded = (root: NodeId) => isFolded(root) && (collapsed || !whole.has(root))
  /** The folded composite that a node is a part of. */
  const inComposite = (id: NodeId): NodeId | null => {
    const composite = parts.get(id)
    return composite !== undefined && isFolded(composite) ? composite : null
  }
  const ownerOf = (id: NodeId) => {
    const outside = inComposite(id) ?? id
    const owner = owners.get(outside) ?? outside
    // A name within a composite can't stand for what is outside of it.
    return isNameFolded(owner) && inComposite(owner) === null ? owner : outside
  }
  const inside = new Map<NodeId, NodeId[]>()
  const inputs = new Map<NodeId, { input: NodeId; slot: number; count: number }[]>()
  const lines = new Map<NodeId, number>([[derivation.output, 1]])
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
      lines.set(input, (lines.get(input) ?? 0) + 1)
    })
  }
  const foldOf = (id: NodeId): NodeId | null => {
    const owner = owners.get(id) ?? id
    return parts.get(id) ?? (whole.has(id) ? id : named.has(owner) ? owner : null)
  }
  const compositeAt = (id: NodeId): CompositeMatch | null => {
    const match = whole.get(id)
    const hidden = inside.get(id) ?? []
    return match && hidden.length > 0 && hidden.every((part) => match.inside.has(part)) ? match : null
  }
  return {
    count: new Set([...named, ...whole.keys()]).size,
    foldOf,
    compositeAt,
    ownerOf,
    insideOf: (id) => inside.get(id) ?? [],
    inputsOf: (id) => inputs.get(id) ?? [],
    usersOf: (id) => lines.get(id) ?? 0,
  }
}

type Users = ReadonlyMap<NodeId, readonly NodeId[]>

function usersOf({ graph, written }: Derivation): Users {
  const users = new Map<NodeId, NodeId[]>()
  for (const id of written) {
    for (const input of graph.nodes[id]?.inputs ?? []) append(users, input, id)
  }
  return users
}

/** Composites that share no part; of two that do, the one that comes first. */
function compositesOf({ graph, written }: Derivation, users: Users): CompositeMatch[] {
  const taken = new Set<NodeId>()
  return composites(graph, written, users).filter(({ output, inside }) => {
    const parts = [output, ...inside]
    if (parts.some((id) => taken.has(id))) return false
    for (const id of parts) taken.add(id)
    return true
  })
}

/** With more inputs than this, an input that one named node alone uses, such as a weight, is inside of that node. */
const MANY_INPUTS = 24

/** Unnamed operations and numbers belong to the one named node (or output) that everything using them belongs to. */
function ownersOf({ graph, written, output, inputs }: Derivation, users: Users): Map<NodeId, NodeId> {
  const manyInputs = inputs.length > MANY_INPUTS
  const owners = new Map<NodeId, NodeId>()
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

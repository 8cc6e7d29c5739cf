/** Finds the composites of `operations/composites.ts` in a graph. */

import type { Graph, GraphNode, NodeId } from '../graph/graph'
import { COMPOSITES, type Composite, type Pattern, type PatternOf } from '../operations/composites'
import { operation } from '../operations/index'

export interface CompositeMatch {
  readonly composite: Composite
  readonly output: NodeId
  readonly input: NodeId
  /** The nodes between input and output, constants included. */
  readonly inside: ReadonlySet<NodeId>
}

/**
 * Composites that end in one of `order` and whose inner nodes are used nowhere else.
 * @param users for each node, the nodes that use it
 */
export function composites(
  graph: Graph,
  order: readonly NodeId[],
  users: ReadonlyMap<NodeId, readonly NodeId[]>,
): CompositeMatch[] {
  const matches: CompositeMatch[] = []
  for (const output of order) {
    for (const match of matchesAt(graph, output)) {
      if (!match.composite.derivative) continue
      match.inside.delete(output)
      const closed = [...match.inside].every((id) =>
        (users.get(id) ?? []).every((user) => user === output || match.inside.has(user)),
      )
      if (closed) matches.push(match)
    }
  }
  return matches
}

/** Patterns by the operation that they end in: most nodes end none. */
const byOutput = new Map<string, { composite: Composite; pattern: PatternOf }[]>()
for (const composite of COMPOSITES) {
  for (const pattern of composite.patterns) {
    const op = pattern[0] as string
    byOutput.set(op, [...(byOutput.get(op) ?? []), { composite, pattern }])
  }
}
const NONE: (CompositeMatch & { inside: Set<NodeId> })[] = []

/** The composites that end in a node, whoever else uses their inner nodes; those that have a rule of their own, or all. */
export function matchesAt(graph: Graph, output: NodeId, all = false): (CompositeMatch & { inside: Set<NodeId> })[] {
  const candidates = byOutput.get((graph.nodes[output] as GraphNode).op)
  if (!candidates) return NONE
  return candidates.flatMap(({ composite, pattern }) => {
    if (!all && !composite.derivative) return []
    const match = matchPattern(graph, output, pattern)
    return match ? [{ composite, output, ...match }] : []
  })
}

function matchPattern(graph: Graph, output: NodeId, whole: Pattern): { input: NodeId; inside: Set<NodeId> } | null {
  let input: NodeId | null = null
  const inside = new Set<NodeId>()
  const matches = (id: NodeId, pattern: Pattern): boolean => {
    const node = graph.nodes[id] as GraphNode
    if (pattern === 'x') {
      if (input === null) input = id
      return input === id && node.op !== 'constant'
    }
    if (typeof pattern === 'number') {
      if (node.op !== 'constant' || node.attributes.value !== pattern) return false
      inside.add(id)
      return true
    }
    if (typeof pattern === 'string') return false
    const [op, ...parts] = pattern as readonly [string, ...Pattern[]]
    if (node.op !== op || node.inputs.length !== parts.length) return false
    inside.add(id)
    const straight = (inputs: readonly NodeId[]) => inputs.every((each, k) => matches(each, parts[k] as Pattern))
    const before = input
    if (straight(node.inputs)) return true
    if (!operation(op)?.commutative) return false
    input = before
    return straight([...node.inputs].reverse())
  }
  return matches(output, whole) && input !== null ? { input, inside } : null
}

/**
 * Derived expressions in the form an author would write: no `1 ·`, no `+ 0`, like terms and powers merged, brackets
 * left closed, the order kept, a named node preferred to what it stands for. The forward graph is never rewritten: a
 * simplified expression is a new node.
 */

import type { GraphBuilder, NodeId } from '../graph/graph'
import type { KeyOf } from './algebra'
import { isAtom } from './atoms'
import { rebuilder } from './rebuild'
import { shortestForm } from './shortest'
import { structuralKeys } from './structuralKeys'
import { substituter } from './substitute'
import { sumsOf } from './sums'

export interface Simplifier {
  /** The node simplified, named nodes left as names: for going on with. */
  simplify(id: NodeId): NodeId
  /** The same for a reader: -(a - y) is y - a, and brackets are multiplied out where that is shorter. */
  polish(id: NodeId): NodeId
  /** The node with every named node replaced by what it stands for, down to the inputs; then simplified. */
  expand(id: NodeId): NodeId
  /** Equal numbers: the same expression up to where it is written. */
  keyOf: KeyOf
}

/** A simplifier for the nodes of one builder; what it has simplified once it remembers. */
export function simplifier(builder: GraphBuilder): Simplifier {
  const simplified = new Map<NodeId, NodeId>()
  const polished = new Map<NodeId, NodeId>()
  const keyOf = structuralKeys(builder)
  const substitute = substituter(builder)
  const rebuild = rebuilder(builder, keyOf)
  const sums = sumsOf(builder, keyOf, rebuild, simplify)
  const shortest = shortestForm(builder, keyOf, rebuild, sums)

  const polish = (id: NodeId): NodeId => {
    const known = polished.get(id)
    if (known !== undefined) return known
    const result = isAtom(builder.node(id)) ? id : shortest(sums.sumOf(id))
    polished.set(id, result)
    return result
  }
  function simplify(id: NodeId): NodeId {
    const known = simplified.get(id)
    if (known !== undefined) return known
    const node = builder.node(id)
    const result = isAtom(node) ? id : rebuild.fromSum(sums.sumOf(id))
    simplified.set(id, result)
    simplified.set(result, result)
    return result
  }

  return { simplify, polish, expand: (id) => polish(substitute(id)), keyOf }
}

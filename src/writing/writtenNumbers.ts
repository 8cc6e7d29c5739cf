/** Parts of a derivation that are mere numbers: `1/2`, `2π`. Nobody asks for a gradient of them. */
import type { Derivation } from '../derivation'
import type { NodeId } from '../graph/graph'

const known = new WeakMap<Derivation, ReadonlySet<NodeId>>()

/** The nodes that are computed from written numbers alone and have no name. */
export function numbersIn(derivation: Derivation): ReadonlySet<NodeId> {
  const numbers = known.get(derivation) ?? findNumbers(derivation)
  known.set(derivation, numbers)
  return numbers
}

function findNumbers(derivation: Derivation): Set<NodeId> {
  const numbers = new Set<NodeId>()
  // Inputs come before their users.
  for (const id of derivation.written) {
    const node = derivation.graph.nodes[id]
    if (!node || node.name || id === derivation.output) continue
    const isNumber = node.op === 'constant' || (node.inputs.length > 0 && node.op !== 'opaque')
    if (isNumber && node.inputs.every((input) => numbers.has(input))) numbers.add(id)
  }
  return numbers
}

/** `--at x=1,y=2`: the values of a derivation with other inputs. */
import { evaluator, scalar } from '../calculus/evaluate'
import type { Derivation } from '../derivation'
import type { NodeId } from '../graph/graph'
import type { Tensor } from '../operations/operation'
import { namesIn } from './names'

/** The same derivation, evaluated with these values before those of the file. */
export function withValues(derivation: Derivation, at: Readonly<Record<string, number>>): Derivation {
  if (Object.keys(at).length === 0) return derivation
  const bindings = new Map<NodeId, Tensor>()
  for (const [id, names] of leavesOf(derivation)) {
    // A note may call a variable `constructor`: only what was given counts.
    const given = names.find((name) => Object.hasOwn(at, name))
    const value = given === undefined ? derivation.value(id) : scalar(at[given] as number)
    if (value) bindings.set(id, value)
  }
  return Object.create(derivation, { value: { value: evaluator(derivation.graph, bindings) } })
}

/** The given names that no input of any of the derivations has. */
export function unknownInputs(derivations: readonly Derivation[], at: Readonly<Record<string, number>>): string[] {
  const known = new Set(derivations.flatMap((derivation) => leavesOf(derivation).flatMap(([, names]) => names)))
  return Object.keys(at).filter((name) => !known.has(name))
}

/** What can be given a value, each with the names that it goes by. */
function leavesOf(derivation: Derivation): [NodeId, readonly string[]][] {
  const names = namesIn(derivation)
  const leaves = [...derivation.inputs, ...(derivation.upstream ? [derivation.upstream.node] : [])]
  return leaves.map((id) => {
    const name = derivation.graph.nodes[id]?.name
    return [id, [names.get(id), name?.key, name?.plain].filter((each) => each !== undefined)]
  })
}

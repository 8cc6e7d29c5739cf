/** `--at x=1,y=2`: the values of a derivation with other inputs. */
import { evaluator, scalar } from '../calculus/evaluate'
import type { Derivation } from '../derivation'
import type { NodeId } from '../graph/graph'
import type { Tensor } from '../operations/operation'
import { namesIn } from './names'

/** The same derivation, evaluated with these values before those of the file. */
export function withValues(derivation: Derivation, at: Readonly<Record<string, number>>): Derivation {
  if (Object.keys(at).length === 0) return derivation
  const names = namesIn(derivation)
  const bindings = new Map<NodeId, Tensor>()
  for (const id of [...derivation.inputs, ...(derivation.upstream ? [derivation.upstream.node] : [])]) {
    const node = derivation.graph.nodes[id]
    const given = [names.get(id), node?.name?.key, node?.name?.plain].map((name) =>
      // A note may call a variable `constructor`: only what was given counts.
      name !== undefined && Object.hasOwn(at, name) ? at[name] : undefined,
    )
    const number = given.find((value) => value !== undefined)
    const value = number === undefined ? derivation.value(id) : scalar(number)
    if (value) bindings.set(id, value)
  }
  return Object.create(derivation, { value: { value: evaluator(derivation.graph, bindings) } })
}

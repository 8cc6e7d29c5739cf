/**
 * A function that the note doesn't define, as any function: a polynomial whose coefficients are free. At one point a
 * cubic takes every value and every slope up to the third, so an identity that holds for it holds for all functions.
 */

import type { GraphBuilder, NodeId } from '../graph/graph'
import { algebra } from '../operations/algebra'
import type { Name } from '../reading/statement'

const DEGREE = 4

/** `g(a)`, `g(a, b)`: the sum over all powers of the arguments up to the third, each with a coefficient of its own. */
export function genericFunction(
  builder: GraphBuilder,
  coefficients: Map<NodeId, string>,
  name: Name,
  args: readonly NodeId[],
): NodeId {
  const coefficient = (place: string): NodeId => {
    const key = `${name.key}#${args.length}#${place}`
    for (const id of coefficients.keys()) if (builder.node(id).name?.key === key) return id
    const id = builder.add({ op: 'input', shape: [], name: { key, latex: `${name.latex}_{${place}}`, plain: key } })
    coefficients.set(id, name.key)
    return id
  }
  let sum = coefficient('0')
  const add = (place: string, factors: readonly NodeId[]) => {
    const product = factors.reduce(algebra<NodeId>(builder).product, coefficient(place))
    sum = algebra<NodeId>(builder).sum(sum, product)
  }
  args.forEach((arg, k) => {
    for (let power = 1; power < DEGREE; power++)
      add(
        `${k}^${power}`,
        Array.from({ length: power }, () => arg),
      )
    for (let other = k + 1; other < args.length; other++) add(`${k}${other}`, [arg, args[other] as NodeId])
  })
  return sum
}

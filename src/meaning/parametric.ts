/**
 * Derivatives between names of which none is written as a function of the other: along a curve with a parameter (dy/dx = ẏ / ẋ), and of
 * an inverse function (dx/dy = 1 / y').
 */

import { ancestors, type NodeId } from '../graph/graph'
import { QUOTIENT } from '../operations/algebra'
import type { Name } from '../reading/statement'
import type { Building } from './vocabulary'

/** The leaves of a node that are names. */
const leavesOf = ({ builder, names }: Building, id: NodeId): NodeId[] =>
  ancestors(builder.graph, id).filter((each) => builder.node(each).op === 'input' && names.has(each))

/** dy/dx where both are functions of one parameter; `null` where they aren't. */
export function parametricSlope(
  building: Building,
  of: NodeId,
  by: NodeId,
): { node: NodeId; parameter: NodeId } | null {
  const { builder } = building
  if (builder.node(by).inputs.length === 0 || builder.node(of).inputs.length === 0 || building.hidden.size > 0)
    return null
  if (ancestors(builder.graph, of).includes(by)) return null
  const others = new Set(leavesOf(building, by))
  const [parameter, further] = leavesOf(building, of).filter((id) => others.has(id))
  if (parameter === undefined || further !== undefined) return null
  const [above, below] = [building.derive(of, parameter, 'total'), building.derive(by, parameter, 'total')]
  if (above.doubt || below.doubt || builder.constantOf(below.node) === 0) return null
  return { node: builder.apply(QUOTIENT, [above.node, below.node]), parameter }
}

/** dx/dy of a name that y is a function of. */
export function inverseSlope(building: Building, of: Name, by: NodeId): NodeId | null {
  const { builder, inputs, scope } = building
  const leaf = inputs.get(scope.canonical(of).key)
  if (leaf === undefined || leaf === by || !ancestors(builder.graph, by).includes(leaf)) return null
  const { node, doubt } = building.derive(by, leaf, 'total')
  return doubt || builder.constantOf(node) === 0 ? null : builder.apply(QUOTIENT, [builder.constant(1), node])
}

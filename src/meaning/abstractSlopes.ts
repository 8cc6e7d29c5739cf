/**
 * Rules of differentiation for functions that the note doesn't define: `(uv)' = u'v + uv'`, `\\frac{d}{dx}(uv) = …`. Each name in the
 * bracket is a function of the variable, whatever it is.
 */
import { ancestors, type NodeId } from '../graph/graph'
import { algebra } from '../operations/algebra'
import type { Expr, Name } from '../reading/statement'
import { input, resolve, sourceOf } from './names'
import { namesIn } from './parts'
import type { UsePlace } from './scope'
import type { Building } from './vocabulary'

/**
 * The derivative of an expression of such names by the variable that the claim differentiates by; `null` where something in it is
 * known. The notation doesn't say which names are constant, so a difference from it proves nothing.
 */
export function abstractSlope(
  building: Building,
  expr: Expr,
  of: NodeId,
  order: number,
  place: UsePlace,
): NodeId | null {
  const { builder, choices, names, notes } = building
  const written = namesIn(expr)
  if (choices.unknowns === 'shown' || written.length === 0) return null
  if (written.some((each) => each.kind !== 'name' || resolve(building, each.name, place))) return null
  const leaves = ancestors(builder.graph, of).filter((id) => builder.node(id).op === 'input')
  const isKnown = leaves.some((id) => !names.has(id) || builder.shapeOf(id)?.length !== 0)
  if (leaves.length === 0 || isKnown || (order > 1 && leaves[0] !== of)) return null
  notes.doubts.add('variable')
  let sum: NodeId | null = null
  for (const leaf of leaves) {
    const name = names.get(leaf) as Name
    const own = input(building, primed(name, order), sourceOf(place, expr.range), place)
    const { node } = building.derive(of, leaf, 'total')
    const term = algebra(builder).product(node, own)
    sum = sum === null ? term : algebra(builder).sum(sum, term)
  }
  return leaves[0] === of
    ? input(building, primed(names.get(of) as Name, order), sourceOf(place, expr.range), place)
    : sum
}

const primed = (name: Name, order: number): Name => {
  const primes = "'".repeat(order)
  return { key: name.key + primes, latex: name.latex + primes, plain: name.plain + primes }
}

/** Derivatives along a curve that an equation describes: `x^2 + y^2 = 25`, dy/dx = -F_x / F_y. */

import type { NodeId } from '../graph/graph'
import { DIFFERENCE, NEGATIVE, QUOTIENT } from '../operations/algebra'
import type { Expr, Name, Statement } from '../reading/statement'
import { linkedSlope, type Notation } from './links'
import { input, sourceOf } from './names'
import { namesIn, partsIn } from './parts'
import type { Placed } from './scope'
import { type Building, type Curve, EMPTY, noNotes } from './vocabulary'

/** dy/dx of the y that the claim differentiates and an equation of its section ties to x; `null` where none does. */
export function implicitSlope(building: Building, of: Name, by: NodeId, notation: Notation): NodeId | null {
  const { builder, scope, claimed } = building
  const [head] = claimed?.sides ?? []
  if (!claimed || head?.kind !== 'derivative' || head.of.kind !== 'name' || notation === 'partial') return null
  const key = scope.canonical(of).key
  if (scope.canonical(head.of.name).key !== key) return null
  const curve = building.curve ?? curveThrough(building, key)
  if (curve === null) return null
  const apart = curve.node
  const leaf = input(building, of, sourceOf(claimed.place, head.range), claimed.place)
  const across = building.derive(apart, leaf, 'total')
  const along = linkedSlope(building, { of: apart, by }, 'total', notation, leaf)
  if (across.doubt || along.doubt || builder.constantOf(across.node) === 0) return null
  building.curve = curve
  return builder.apply(NEGATIVE, [builder.apply(QUOTIENT, [along.node, across.node])])
}

/** The nearest equation before the claim that speaks of a name in numbers alone, as what is zero on its curve. */
function curveThrough(building: Building, key: string): Curve | null {
  const { scope, claimed } = building
  if (!claimed) return null
  const section = claimed.place.section.join()
  const isOf = (each: ReturnType<typeof namesIn>[number]): boolean =>
    each.kind === 'name' && scope.canonical(each.name).key === key
  for (let k = scope.statements.length - 1; k >= 0; k--) {
    const { statement, ...place } = scope.statements[k] as Placed<Statement>
    if (statement.kind !== 'equation' || place.order >= claimed.place.order || place.section.join() !== section)
      continue
    const [left, right, further] = statement.sides
    if (!left || !right || further || right.relation !== '=' || partsIn(statement).derivatives.length > 0) continue
    const names = [left, right].flatMap((side) => namesIn(side.expr))
    if (!names.some(isOf)) continue
    const node = names.some((each) => each.kind === 'call') ? null : apartIn(building, left.expr, right.expr)
    return node === null ? null : { node, equation: { ...place, statement } }
  }
  return null
}

/** One side less the other; `null` where they can't be read. */
function apartIn(building: Building, left: Expr, right: Expr): NodeId | null {
  const { builder, claimed, notes } = building
  if (!claimed) return null
  building.notes = noNotes()
  const sides = [left, right].map((side) => building.build(side, claimed.place, EMPTY))
  const { doubts } = building.notes
  building.notes = notes
  return doubts.size > 0 ? null : builder.apply(DIFFERENCE, sides)
}

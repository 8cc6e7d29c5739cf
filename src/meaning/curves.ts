/** Derivatives along a curve that an equation describes: `x^2 + y^2 = 25`, dy/dx = -F_x / F_y. */

import type { NodeId } from '../graph/graph'
import { DIFFERENCE, NEGATIVE, PRODUCT, QUOTIENT } from '../operations/algebra'
import type { DerivativeExpr, Expr, Name, Statement } from '../reading/statement'
import { linkedSlope, type Notation } from './links'
import { numberLoss } from './loss'
import { input, resolve, sourceOf } from './names'
import { namesIn, partsIn } from './parts'
import type { Placed, UsePlace } from './scope'
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

/** `F(x, y) = 0`, whatever F is: dy/dx = -F_x / F_y; `null` for all but the derivative that the claim begins with. */
export function anyCurveSlope(building: Building, expr: DerivativeExpr, place: UsePlace): NodeId | null {
  const { builder, claimed } = building
  const [variable] = expr.wrt
  const curve = expr === claimed?.sides[0] ? anyCurve(building) : null
  if (!curve || !variable) return null
  const [along, across] = [variable.variable, expr.of].map((each) => {
    const by = building.build(each, place, EMPTY)
    return building.upstream(numberLoss(curve), 1, [{ by, order: 1 }], 'partial')
  }) as [NodeId, NodeId]
  return builder.apply(NEGATIVE, [builder.apply(QUOTIENT, [along, across])])
}

const curves = new WeakMap<Building, Name | null>()

/**
 * The function without a definition that the claim differentiates by what its head differentiates and by what that depends on: by an
 * equation of the note it is constant along the curve, or the claim has the sign that only this gives.
 */
export function anyCurve(building: Building): Name | null {
  const known = curves.get(building)
  if (known !== undefined) return known
  curves.set(building, null)
  const { claimed, scope } = building
  const [head, ...steps] = claimed?.sides ?? []
  const [by, further] = head?.kind === 'derivative' ? head.wrt : []
  if (!claimed || head?.kind !== 'derivative' || head.of.kind !== 'name' || head.order !== 1) return null
  if (by?.variable.kind !== 'name' || further) return null
  const own = head.of.name
  const slopes = steps.flatMap((expr) => partsIn({ kind: 'mention', expr, range: expr.range }).derivatives)
  const isBy = (name: Name, variable: Name): boolean =>
    slopes.some(({ of, wrt, order }) => {
      const [only] = wrt
      return (
        order === 1 &&
        of.kind === 'name' &&
        of.name.key === name.key &&
        only?.variable.kind === 'name' &&
        only.variable.name.key === variable.key
      )
    })
  const variable = by.variable.name
  const names = slopes.flatMap(({ of }) => (of.kind === 'name' && of.name.key !== own.key ? [of.name] : []))
  const found = names.find(
    (name) => isBy(name, own) && isBy(name, variable) && resolve(building, name, claimed.place) === null,
  )
  const isCurve = found && (isConstantAlong(scope, found) || steps.some(isNegative))
  if (isCurve) curves.set(building, found)
  return isCurve ? found : null
}

/** `F(x, y) = 0`, `f(x, y) = c` of a function that is defined nowhere. */
const isConstantAlong = (scope: Building['scope'], name: Name): boolean =>
  scope.statements.some(({ statement }) => {
    if (statement.kind !== 'equation') return false
    const [left, right, further] = statement.sides
    const isOf = left?.expr.kind === 'call' && left.expr.primes === 0 && left.expr.callee.key === name.key
    return isOf && !further && (right?.expr.kind === 'number' || right?.expr.kind === 'name')
  })

const isNegative = (expr: Expr): boolean =>
  expr.kind === 'apply' &&
  (expr.op === NEGATIVE || ((expr.op === PRODUCT || expr.op === QUOTIENT) && isNegative(expr.args[0] as Expr)))

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

/**
 * A derivative of which the note has just written an equation, `2x + 2y y' = 0` or `100 = 4πr² dr/dt`: what solves the equation is
 * what the derivative is, whatever the function may be.
 */

import { ancestors, leavesOf, type NodeId } from '../graph/graph'
import type { Built, Meaning } from '../meaning/build'
import type { Placed, Scope } from '../meaning/scope'
import { substitute } from '../meaning/substitute'
import type { Choices } from '../meaning/vocabulary'
import { algebra } from '../operations/algebra'
import type { Claim, Expr, Range, Side, Statement } from '../reading/statement'
import type { Relation, Witness } from './equivalence'
import { isWithinReach } from './evidence'
import { isOneEditAway } from './nearMiss'
import { relate } from './relation'
import { hasDerivative, type Sides } from './suspect'
import { TOTAL } from './worlds'

/** What a step is judged with. */
interface Asked {
  readonly scope: Scope
  readonly claim: Placed<Claim>
  readonly exprs: readonly Expr[]
  readonly index: number
  under(choices: Choices, exprs: readonly Expr[]): Sides
  between(from: { readonly passage: number; readonly range: Range }): string
}

export type Solved =
  | { readonly kind: 'equal'; readonly condition: string }
  | {
      readonly kind: 'slip'
      readonly witness: Witness
      readonly right: { readonly world: Meaning; readonly truth: Built; readonly written: Built }
    }

/** Equations that are asked: the nearest before the claim, in its section. */
const MOST = 3

/** What the equations right before a claim say of one of its steps; `null` where they say nothing. */
export function solvedBefore(asked: Asked): Solved | null {
  const { scope, claim, exprs, between } = asked
  const head = exprs[0] as Expr
  const section = claim.section.join()
  let left = MOST
  for (let at = Math.min(claim.order, scope.statements.length) - 1; at >= 0; at--) {
    const placed = scope.statements[at] as Placed<Statement>
    if (left === 0 || placed.section.join() !== section) return null
    for (const sides of equationsIn(placed.statement)) {
      left--
      if (!isWithinReach(between({ passage: placed.passage, range: placed.statement.range }))) return null
      const found = solve(asked, head, sides)
      if (found) return found
    }
  }
  return null
}

/** Neighbouring sides, one of which has a derivative in it. */
function equationsIn(statement: Statement): (readonly [Expr, Expr])[] {
  if (statement.kind !== 'equation' && statement.kind !== 'claim') return []
  const { sides } = statement
  return sides.slice(1).flatMap((side: Side, k): (readonly [Expr, Expr])[] => {
    const before = (sides[k] as Side).expr
    const isEquation = side.relation === '=' && [before, side.expr].some(hasDerivative)
    return isEquation ? [[before, side.expr]] : []
  })
}

function solve({ exprs, index, under }: Asked, head: Expr, [left, right]: readonly [Expr, Expr]): Solved | null {
  const own =
    head.kind === 'derivative' && head.of.kind === 'name' ? head.of.name : head.kind === 'call' ? head.callee : null
  if (own === null) return null
  const choices: Choices = { ...TOTAL, free: new Set([own.key]) }
  const { world, setting, built } = under(choices, [head, left, right, exprs[index] as Expr])
  const { builder } = world
  const [of, a, b, side] = built as [Built, Built, Built, Built]
  const slope = of.node
  if (builder.node(slope).op !== 'upstream' || [a, b, side].some(({ doubts }) => doubts.size > 0)) return null
  const { difference, quotient, negative } = algebra<NodeId>(builder)
  const apart = difference(a.node, b.node)
  if (!ancestors(builder.graph, apart).includes(slope) || a.node === slope) return null
  const factor = world.derive(apart, slope, 'total')
  const isLinear =
    factor.doubt === null && !leavesOf(builder.graph, [world.simplifier.expand(factor.node)]).includes(slope)
  if (!isLinear || builder.constantOf(world.simplifier.expand(factor.node)) === 0) return null
  const rest = substitute(builder, apart, new Map([[slope, builder.constant(0)]]))
  const truth: Built = {
    ...side,
    node: negative(quotient(rest, factor.node)),
    slopes: [],
    used: [],
    derived: new Set(),
  }
  const found: Relation = relate(world, setting, truth, side)
  if (found.kind === 'equal') return { kind: 'equal', condition: found.condition ?? FOLLOWS }
  if (found.kind !== 'different') return null
  const known = new Set(leavesOf(builder.graph, [truth.node]))
  const said = leavesOf(builder.graph, [side.node])
  // A number may be what the formula is at a point.
  const isAlike = said.every((id) => known.has(id)) && said.length > 0 === known.size > 0
  if (!isAlike || !isOneEditAway(world, truth.node, side.node)) return null
  return { kind: 'slip', witness: found.witness, right: { world, truth, written: side } }
}

const FOLLOWS = 'It follows from the equation before.'

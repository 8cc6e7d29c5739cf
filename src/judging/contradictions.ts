/**
 * Steps that can't be right although what they should be isn't known for certain: a fraction without a denominator, an
 * equation between independent variables, the name of another constant.
 */

import { leavesOf } from '../graph/graph'
import type { Built, Meaning } from '../meaning/build'
import { childrenOf } from '../meaning/parts'
import type { Defined, Placed, Scope } from '../meaning/scope'
import type { Choices } from '../meaning/vocabulary'
import type { Claim, DerivativeExpr, Expr } from '../reading/statement'
import { compare, type Witness } from './equivalence'
import { namesakes } from './namesakes'
import { relate } from './relation'
import { freed, slippedFrom } from './sideBefore'
import { hasDerivative, isNumberOnly, type Sides, type Wording } from './suspect'
import { UNEQUAL } from './verdict'
import { hasWordsBetween } from './words'
import { TOTAL } from './worlds'

/** A step of which nothing certain is known. */
export interface Open {
  readonly scope: Scope
  readonly claim: Placed<Claim>
  readonly exprs: readonly Expr[]
  readonly index: number
  readonly truthSide: number
  readonly plain: Sides
  readonly wording: Wording
  /** Does what the names are defined as stand near? */
  readonly isAtHand: boolean
  under(reading: Choices, expressions?: readonly Expr[]): Sides
}

export interface Contradiction {
  readonly reason: string
  /** What says otherwise, and where. */
  readonly against: { readonly world: Meaning; readonly truth: Built; readonly written: Built } | null
  readonly witness: Witness | null
}

interface Row {
  readonly name: string
  /** It says nothing of definitions, so it counts wherever these stand. */
  readonly isOfSidesAlone: boolean
  readonly finds: (open: Open) => Contradiction | null
}

const ROWS: readonly Row[] = [
  {
    name: 'plain arithmetic',
    isOfSidesAlone: true,
    finds: ({ claim, exprs, index, plain }) => {
      const [left, right] = [exprs[index - 1] as Expr, exprs[index] as Expr]
      if (index < 2 || !isNumberOnly(left) || !isNumberOnly(right)) return null
      const { world, built, setting } = plain
      const [before, side] = [built[index - 1] as Built, built[index] as Built]
      const found = relate(world, setting, before, side)
      if (found.kind !== 'different') return null
      // `e - 1 \\approx 1.718 = \\frac{e - 1}{1}`: behind a number that is about equal the exact one may come back.
      const isAbout = claim.statement.sides.slice(1, index).some(({ relation }) => relation === '≈')
      if (isAbout && found.witness.apart < ABOUT) return null
      const against = { world, truth: before, written: side }
      return { reason: UNEQUAL, against, witness: found.witness }
    },
  },
  {
    name: 'one edit away from the side before',
    isOfSidesAlone: true,
    finds: ({ claim, exprs, index, wording, under, isAtHand }) => {
      if (index < 2) return null
      const [previous, own] = [claim.statement.sides[index - 1], claim.statement.sides[index]]
      const gap = { start: previous?.range.end ?? 0, end: own?.range.start ?? 0 }
      if (hasWordsBetween(wording.original(claim, gap))) return null
      const [head, ...both] = [exprs[0], exprs[index - 1], exprs[index]] as [Expr, Expr, Expr]
      const slip =
        slippedFrom(head, both, under(freed(both), both)) ??
        (isAtHand && !both.some(hasDerivative) ? slippedFrom(head, both, under(TOTAL, both)) : null)
      return slip && { reason: UNEQUAL, ...slip }
    },
  },
  {
    name: 'independent variables',
    isOfSidesAlone: false,
    finds: ({ scope, claim, exprs, index, under }) => {
      const head = exprs[0]
      if (index < 2 || head?.kind !== 'derivative' || head.notation !== 'partial') return null
      // A number is what the derivative is set to, or its value at a point.
      if (isNumberOnly(exprs[index] as Expr)) return null
      const free = independentOf(scope, claim, head)
      if (free.size < 2) return null
      const { world, built, setting } = under({ ...TOTAL, free })
      const [before, side] = [built[index - 1] as Built, built[index] as Built]
      const leaves = leavesOf(world.builder.graph, [before.node, side.node])
      if (leaves.length < 2 || !leaves.every((id) => free.has(world.names.get(id)?.key ?? ''))) return null
      if (before.doubts.size > 0 || side.doubts.size > 0) return null
      const found = compare(world.builder.graph, before.node, side.node, { whole: setting.whole })
      if (found.kind !== 'different') return null
      const { witness } = found
      return {
        reason: UNEQUAL,
        against: { world, truth: before, written: side },
        witness,
      }
    },
  },
  {
    name: 'another constant',
    isOfSidesAlone: false,
    finds: (open) => {
      const { scope, claim, exprs, index, truthSide, plain } = open
      const expr = exprs[index] as Expr
      const [truth, side] = [plain.built[truthSide] as Built, plain.built[index] as Built]
      if (expr.kind !== 'name' || !/^[a-z]$/i.test(expr.name.key) || truth.doubts.size > 0) return null
      const { builder, simplifier, names: inputs } = plain.world
      const [single, written] = [simplifier.expand(truth.node), side.node]
      if (!inputs.has(single) || !inputs.has(written) || single === written) return null
      const [of] = truth.used
      if (!of || !isConstantOf(scope, claim, of, expr.name.key)) return null
      const others = namesakes(scope, of).some((use) => {
        const { world, setting, built } = open.under({ ...TOTAL, instead: { of, use } })
        return relate(world, setting, built[truthSide] as Built, built[index] as Built).kind === 'equal'
      })
      const found = compare(builder.graph, single, written)
      if (others || found.kind !== 'different') return null
      const name = inputs.get(single)?.plain ?? ''
      const against = { world: plain.world, truth, written: side }
      return { reason: `The constant is ${name}, not ${expr.name.plain}.`, against, witness: found.witness }
    },
  },
]

/** Relative differences that rounding on the way may make. */
export const ABOUT = 0.01

/** The first row that finds something. @param ofSidesAlone only those that ask for no definitions */
export function contradictionIn(open: Open, ofSidesAlone = false): Contradiction | null {
  for (const { finds, isOfSidesAlone } of ROWS) {
    if (ofSidesAlone && !isOfSidesAlone) continue
    const found = finds(open)
    if (found) return found
  }
  return null
}

/** What the section differentiates the same function by, and never says to depend on anything. */
function independentOf(scope: Scope, claim: Placed<Claim>, head: DerivativeExpr): Set<string> {
  if (head.of.kind !== 'name') return new Set()
  const { key } = head.of.name
  const free = new Set<string>()
  const dependent = new Set<string>()
  for (const { statement, section } of scope.statements) {
    if (section.join() !== claim.section.join() || statement.kind !== 'claim') continue
    for (const side of statement.sides) {
      visit(side.expr, (derivative) => {
        if (derivative.of.kind !== 'name') return
        if (derivative.of.name.key !== key) dependent.add(derivative.of.name.key)
        else for (const { variable } of derivative.wrt) if (variable.kind === 'name') free.add(variable.name.key)
      })
    }
  }
  for (const name of dependent) free.delete(name)
  return free
}

function visit(expr: Expr, meet: (derivative: DerivativeExpr) => void): void {
  if (expr.kind === 'derivative') meet(expr)
  for (const child of childrenOf(expr)) visit(child, meet)
}

/** Twice or more in the section the name stands as a constant in definitions of the same function. */
function isConstantOf(scope: Scope, claim: Placed<Claim>, of: Defined, key: string): boolean {
  const uses = scope.statements.filter(
    ({ statement, section }) =>
      statement.kind === 'definition' &&
      statement.target.key === of.definition.target.key &&
      section.join() === claim.section.join() &&
      mentionsName(statement.expr, key),
  )
  return uses.length >= 2
}

const mentionsName = (expr: Expr, key: string): boolean =>
  (expr.kind === 'name' && expr.name.key === key) || childrenOf(expr).some((child) => mentionsName(child, key))

/**
 * A first side that the note writes again, `f'(x) = \frac{3x^2}{x}` and, on a line below, `f'(x) = 3x`: what is said of it the second
 * time goes on from what was said of it the first.
 */

import type { Built } from '../meaning/build'
import { literalNumber } from '../meaning/literals'
import type { Placed, Scope } from '../meaning/scope'
import type { Choices } from '../meaning/vocabulary'
import type { Claim, Expr } from '../reading/statement'
import { relate } from './relation'
import { freed, type Slipped, slippedFrom } from './sideBefore'
import { isNumberOnly, type Sides } from './suspect'

/** Claims with the same first side that are asked: the nearest before. */
const MOST = 3

/** What was written before makes of the first step of a claim: the same, or a slip on the way. */
export type Restated = { readonly kind: 'same' } | ({ readonly kind: 'slip' } & Slipped)

/** What the lines before it make of the first step of a claim; `null` where they say nothing. */
export function restated(
  scope: Scope,
  claim: Placed<Claim>,
  under: (choices: Choices, exprs: readonly Expr[]) => Sides,
): Restated | null {
  const [head, step] = claim.statement.sides.map(({ expr }) => expr) as [Expr, Expr]
  // `y' = 0` is an equation each time.
  if (literalNumber(step) === 0) return null
  for (const { statement, passage, order } of before(scope, claim, head)) {
    // `\frac{dT}{dy} = … = 0` is solved for y, and goes on as a derivative.
    const last = statement.sides
      .slice(1)
      .findLast(({ relation, expr }) => relation === '=' && literalNumber(expr) !== 0)?.expr
    if (!last || isAlike(last, step)) continue
    const both = [last, step] as const
    const sides = under(freed(both), both)
    const [truth, side] = sides.built as [Built, Built]
    if (sides.built.some(({ doubts }) => doubts.has('array') || doubts.has('mismatch'))) continue
    const found = relate(sides.world, { ...sides.setting, values: new Map() }, truth, side)
    if (found.kind === 'equal') return { kind: 'same' }
    // Lines of one display that follow each other; elsewhere another function may go by the name.
    if (passage !== claim.passage || order !== claim.order - 1) continue
    const isArithmetic = both.every(isNumberOnly) && both.some((each) => literalNumber(each) === null)
    if (isArithmetic && found.kind === 'different')
      return { kind: 'slip', witness: found.witness, against: { world: sides.world, truth, written: side } }
    const slip = slippedFrom(head, both, sides)
    if (slip) return { kind: 'slip', ...slip }
  }
  return null
}

/** Claims of the same part of the note with the same first side, the nearest first. */
function before(scope: Scope, claim: Placed<Claim>, head: Expr): readonly Placed<Claim>[] {
  return scope.statements
    .filter((each): each is Placed<Claim> => each.statement.kind === 'claim' && each.order < claim.order)
    .filter(({ section, statement }) => section[0] === claim.section[0] && isAlike(statement.sides[0]?.expr, head))
    .slice(-MOST)
    .reverse()
}

const PLACES: ReadonlySet<string> = new Set(['range', 'calleeRange', 'operator'])
const withoutPlace = (key: string, value: unknown): unknown => (PLACES.has(key) ? undefined : value)

/** Expressions don't change, and each head is compared with those of all claims behind it. */
const signsOf = new WeakMap<Expr, string>()
function signs(expr: Expr): string {
  const known = signsOf.get(expr) ?? JSON.stringify(expr, withoutPlace)
  signsOf.set(expr, known)
  return known
}

/** Written with the same signs, wherever that is. */
export const isAlike = (a: Expr | undefined, b: Expr): boolean => a?.kind === b.kind && signs(a) === signs(b)

/** Brackets multiplied out, to see whether something cancels: (−y/p + (1−y)/(1−p)) p (1−p) is p − y. */

import type { GraphBuilder, NodeId } from '../graph/graph'
import { DIFFERENCE, SUM } from '../operations/algebra'
import { asNumber, type Factor, type KeyOf, numberSum, plus, type Sum, type Term, timesTerm } from './algebra'

/** More terms than this are not tried: nobody would read them. */
const MOST_TERMS = 16
const HIGHEST_POWER = 2
const MOST_ROUNDS = 4

/**
 * The sum without brackets; `null` where it has none, or too many terms would come of it.
 * @param sumOf the terms of a node that stands for a bracket
 */
export function multipliedOut(builder: GraphBuilder, sum: Sum, sumOf: (id: NodeId) => Sum, keyOf: KeyOf): Sum | null {
  let result: Sum | null = null
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const current: Sum = result ?? sum
    const brackets = current.flatMap((term) => term.factors.filter((factor) => isBracket(builder, factor)))
    if (brackets.length === 0) return result
    // Fractions first: what is below their lines may cancel a bracket that would else be multiplied out.
    const fractions = brackets.filter(({ base }) => sumOf(base).some(hasDenominator))
    const chosen = new Set((fractions.length > 0 ? fractions : brackets).map(({ base }) => base))
    result = opened(current, (factor) => isBracket(builder, factor) && chosen.has(factor.base), sumOf, keyOf)
    if (!result) return null
  }
  return result
}

/** One product is shorter without its brackets only where they hold fractions; several terms may cancel each other. */
export const mayCancel = (sum: Sum, sumOf: (id: NodeId) => Sum): boolean =>
  sum.length > 1 ||
  sum.some((term) => term.factors.length > 1 && term.factors.some(({ base }) => sumOf(base).some(hasDenominator)))

function opened(sum: Sum, isOpen: (factor: Factor) => boolean, sumOf: (id: NodeId) => Sum, keyOf: KeyOf): Sum | null {
  let result: Sum = []
  for (const term of sum) {
    let open: Sum = [{ coefficient: term.coefficient, factors: term.factors.filter((factor) => !isOpen(factor)) }]
    for (const { base, exponent } of term.factors.filter(isOpen)) {
      const inner = sumOf(base)
      for (let power = asNumber(exponent) ?? 0; power > 0; power--) {
        if (open.length * inner.length > MOST_TERMS) return null
        open = crossProduct(open, inner, keyOf)
      }
    }
    result = plus(result, open, keyOf)
    if (result.length > MOST_TERMS) return null
  }
  return result
}

const hasDenominator = (term: Term): boolean => term.factors.some(({ exponent }) => (asNumber(exponent) ?? 0) < 0)

/** A nameless sum or difference to the power of 1 or 2. */
export function isBracket(builder: GraphBuilder, { base, exponent }: Factor): boolean {
  const power = asNumber(exponent)
  const { op, name } = builder.node(base)
  const whole = power !== null && Number.isInteger(power) && power > 0 && power <= HIGHEST_POWER
  return whole && name === null && (op === SUM || op === DIFFERENCE)
}

const crossProduct = (a: Sum, b: Sum, keyOf: KeyOf): Sum =>
  a
    .flatMap((left) => b.map((right): Term => timesTerm(left, right, keyOf)))
    .reduce<Sum>((total, term) => plus(total, [term], keyOf), numberSum(0))

/** Fractions drawn together: 1/(x−1) − (x+1)/(x−1)² is −2/(x−1)². */
import {
  asNumber,
  type Factor,
  inverse,
  type KeyOf,
  numberSum,
  ONE,
  plus,
  type Sum,
  type Term,
  timesTerm,
} from './algebra'

export interface Fraction {
  readonly numerator: Sum
  readonly denominator: Term
}

/** The sum over its common denominator; `null` where fewer than two terms are fractions. */
export function overCommonDenominator(sum: Sum, keyOf: KeyOf): Fraction | null {
  const powers = new Map<number, { base: Factor['base']; power: number }>()
  let fractions = 0
  for (const term of sum) {
    const below = term.factors.filter(({ exponent }) => (asNumber(exponent) ?? 0) < 0)
    if (below.length > 0) fractions++
    for (const { base, exponent } of below) {
      const power = -(asNumber(exponent) ?? 0)
      const known = powers.get(keyOf(base))
      if (!known || known.power < power) powers.set(keyOf(base), { base, power })
    }
  }
  if (fractions < 2) return null
  const factors = [...powers.values()].map(({ base, power }): Factor => ({ base, exponent: numberSum(power) }))
  const denominator: Term = { coefficient: ONE, factors }
  const numerator = sum.reduce<Sum>((total, term) => plus(total, [timesTerm(term, denominator, keyOf)], keyOf), [])
  return { numerator, denominator }
}

/** The fraction as a sum of one term, its numerator a bracket. */
export const asQuotient = (numerator: Term, denominator: Term, keyOf: KeyOf): Sum => [
  timesTerm(numerator, inverse(denominator), keyOf),
]

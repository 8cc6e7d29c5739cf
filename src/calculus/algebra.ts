/**
 * Sums of terms, terms of factors: the small algebra in which derived expressions are simplified. It keeps the order
 * in which things come, never multiplies brackets out, and merges only what is alike.
 */
import type { NodeId } from '../graph/graph'

/** A rational coefficient; numerator and denominator are whole where the author's numbers are. */
export interface Coefficient {
  readonly numerator: number
  readonly denominator: number
}
/** `base` to the power of a sum; most often the number 1. */
export interface Factor {
  readonly base: NodeId
  readonly exponent: Sum
}
export interface Term {
  readonly coefficient: Coefficient
  readonly factors: readonly Factor[]
}
export type Sum = readonly Term[]

/** Tells whether two nodes are the same expression: equal keys. */
export type KeyOf = (id: NodeId) => number

export const coefficient = (numerator: number, denominator = 1): Coefficient => reduce(numerator, denominator)
export const ONE: Coefficient = { numerator: 1, denominator: 1 }

/** Rounds what binary fractions add to a decimal: 0.1 · 3 is 0.3. */
const tidy = (value: number): number =>
  Number.isInteger(value) || !Number.isFinite(value) ? value : Number(value.toPrecision(15))

function reduce(numerator: number, denominator: number): Coefficient {
  if (denominator === 0) return { numerator, denominator }
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator)) {
    // A decimal over a decimal: one number, unless that can't be written exactly.
    const ratio = tidy(numerator / denominator)
    return denominator === 1 || tidy(ratio * denominator) === numerator
      ? { numerator: denominator === 1 ? tidy(numerator) : ratio, denominator: 1 }
      : { numerator, denominator }
  }
  const divisor = greatestCommonDivisor(Math.abs(numerator), Math.abs(denominator)) || 1
  const sign = denominator < 0 ? -1 : 1
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor }
}

function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y !== 0) [x, y] = [y, x % y]
  return x
}

export const value = ({ numerator, denominator }: Coefficient): number => numerator / denominator

const timesCoefficient = (a: Coefficient, b: Coefficient): Coefficient =>
  reduce(a.numerator * b.numerator, a.denominator * b.denominator)

const plusCoefficient = (a: Coefficient, b: Coefficient): Coefficient =>
  reduce(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)

/** The sum that is one number. */
export const numberSum = (numerator: number, denominator = 1): Sum =>
  numerator === 0 ? [] : [{ coefficient: coefficient(numerator, denominator), factors: [] }]

/** The number that a sum is, or `null`. */
export function asNumber(sum: Sum): number | null {
  if (sum.length === 0) return 0
  const [only] = sum
  return sum.length === 1 && only && only.factors.length === 0 ? value(only.coefficient) : null
}

const UNIT: Sum = numberSum(1)
/** The sum that is one node. */
export const nodeSum = (base: NodeId): Sum => [{ coefficient: ONE, factors: [{ base, exponent: UNIT }] }]

export const isZero = (term: Term): boolean => term.coefficient.numerator === 0

/** a + b, like terms collected in the place of the first. */
export function plus(a: Sum, b: Sum, keyOf: KeyOf): Sum {
  const terms = [...a]
  for (const term of b) {
    const key = termKey(term, keyOf)
    const at = terms.findIndex((other) => termKey(other, keyOf) === key)
    const other = terms[at]
    if (other) terms[at] = { ...other, coefficient: plusCoefficient(other.coefficient, term.coefficient) }
    else terms.push(term)
  }
  return terms.filter((term) => !isZero(term))
}

/** A sum times a number. */
export const scale = (sum: Sum, by: Coefficient): Sum =>
  by.numerator === 0 ? [] : sum.map((term) => ({ ...term, coefficient: timesCoefficient(term.coefficient, by) }))

export const negated = (sum: Sum): Sum => scale(sum, { numerator: -1, denominator: 1 })

/** Product of two terms: powers of the same base are merged in the place of the first. */
export function timesTerm(a: Term, b: Term, keyOf: KeyOf): Term {
  const factors = [...a.factors]
  for (const factor of b.factors) {
    const at = factors.findIndex((other) => keyOf(other.base) === keyOf(factor.base))
    const other = factors[at]
    if (other) factors[at] = { base: other.base, exponent: plus(other.exponent, factor.exponent, keyOf) }
    else factors.push(factor)
  }
  return {
    coefficient: timesCoefficient(a.coefficient, b.coefficient),
    factors: factors.filter(({ exponent }) => exponent.length > 0),
  }
}

/** 1 over a term. */
export function inverse(term: Term): Term {
  const { numerator, denominator } = term.coefficient
  return {
    coefficient: reduce(denominator, numerator),
    factors: term.factors.map(({ base, exponent }) => ({ base, exponent: negated(exponent) })),
  }
}

/** Same factors with the same powers, in any order. */
export function termKey(term: Term, keyOf: KeyOf): string {
  return term.factors
    .map(({ base, exponent }) => `${keyOf(base)}^${sumKey(exponent, keyOf)}`)
    .sort()
    .join('·')
}

export function sumKey(sum: Sum, keyOf: KeyOf): string {
  return sum
    .map((term) => `${value(term.coefficient)}*${termKey(term, keyOf)}`)
    .sort()
    .join('+')
}

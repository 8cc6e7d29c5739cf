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

export const coefficient = (numerator: number, denominator = 1): Coefficient =>
  denominator === 1 && Number.isSafeInteger(numerator) ? { numerator, denominator } : reduce(numerator, denominator)
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

/** Of two whole numbers that aren't negative. */
export function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y !== 0) [x, y] = [y, x % y]
  return x
}

export const value = ({ numerator, denominator }: Coefficient): number => numerator / denominator

const timesCoefficient = (a: Coefficient, b: Coefficient): Coefficient =>
  isOne(b) ? a : isOne(a) ? b : reduce(a.numerator * b.numerator, a.denominator * b.denominator)

const isOne = ({ numerator, denominator }: Coefficient): boolean => numerator === 1 && denominator === 1

const plusCoefficient = (a: Coefficient, b: Coefficient): Coefficient =>
  reduce(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)

/** The sum that is one number. */
export const numberSum = (numerator: number, denominator = 1): Sum => {
  if (numerator === 1 && denominator === 1) return UNIT
  return numerator === 0 ? [] : [{ coefficient: coefficient(numerator, denominator), factors: [] }]
}

/** The sum that is 1: the exponent of most factors, always this one object. */
const UNIT: Sum = [{ coefficient: { numerator: 1, denominator: 1 }, factors: [] }]

/** The number that a sum is, or `null`. */
export function asNumber(sum: Sum): number | null {
  if (sum.length === 0) return 0
  const [only] = sum
  return sum.length === 1 && only && only.factors.length === 0 ? value(only.coefficient) : null
}

/** The sum that is one node. */
export const nodeSum = (base: NodeId): Sum => [{ coefficient: ONE, factors: [{ base, exponent: UNIT }] }]

export const isZero = (term: Term): boolean => term.coefficient.numerator === 0

/** a + b, like terms collected in the place of the first. */
export function plus(a: Sum, b: Sum, keyOf: KeyOf): Sum {
  if (b.length === 0) return a
  if (a.length === 0) return b
  const [x, y] = [asNumber(a), asNumber(b)]
  if (x !== null && y !== null) return unit(addNumbers(a, b))
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

const addNumbers = ([a]: Sum, [b]: Sum): Coefficient => plusCoefficient(a?.coefficient ?? ZERO, b?.coefficient ?? ZERO)
const ZERO: Coefficient = { numerator: 0, denominator: 1 }
const unit = ({ numerator, denominator }: Coefficient): Sum => numberSum(numerator, denominator)

/** A sum times a number. */
export const scale = (sum: Sum, by: Coefficient): Sum =>
  by.numerator === by.denominator
    ? sum
    : by.numerator === 0
      ? []
      : sum.map((term) => ({ ...term, coefficient: timesCoefficient(term.coefficient, by) }))

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

/** Terms never change, so each has its key made once. */
const termKeys = new WeakMap<Term, string>()

/** Same factors with the same powers, in any order. Keys are of one graph: `keyOf` numbers its nodes. */
function termKey(term: Term, keyOf: KeyOf): string {
  const [first, second] = term.factors
  if (!first) return ''
  if (!second) return factorKey(first, keyOf)
  const known = termKeys.get(term)
  if (known !== undefined) return known
  const key = term.factors
    .map((factor) => factorKey(factor, keyOf))
    .sort()
    .join('·')
  termKeys.set(term, key)
  return key
}

const factorKey = ({ base, exponent }: Factor, keyOf: KeyOf): string =>
  exponent === UNIT ? `${keyOf(base)}` : `${keyOf(base)}^${sumKey(exponent, keyOf)}`

function sumKey(sum: Sum, keyOf: KeyOf): string {
  const [only] = sum
  if (sum.length === 1 && only && only.factors.length === 0) return `${value(only.coefficient)}`
  return sum
    .map((term) => `${value(term.coefficient)}*${termKey(term, keyOf)}`)
    .sort()
    .join('+')
}

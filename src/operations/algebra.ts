/** The four operations of arithmetic, powers and signs, as those write them who build graphs of their own. */
import type { Builder, NodeId } from './operation'

/** What each of them is called in the table. */
export const SUM = 'add'
export const DIFFERENCE = 'subtract'
export const PRODUCT = 'multiply'
export const QUOTIENT = 'divide'
export const POWER = 'power'
export const NEGATIVE = 'negate'

/** A sum or a difference of two terms. */
export const isSum = (op: string): boolean => op === SUM || op === DIFFERENCE

/** Small expressions, so that what is built reads as a formula. */
export interface Algebra {
  n(value: number): NodeId
  sum(a: NodeId, b: NodeId): NodeId
  difference(a: NodeId, b: NodeId): NodeId
  product(a: NodeId, b: NodeId): NodeId
  quotient(a: NodeId, b: NodeId): NodeId
  power(base: NodeId, exponent: NodeId): NodeId
  negative(a: NodeId): NodeId
  /** Any other entry. */
  of(op: string, a: NodeId): NodeId
}

export const algebra = (build: Pick<Builder, 'constant' | 'apply'>): Algebra => ({
  n: (value) => build.constant(value),
  sum: (a, b) => build.apply(SUM, [a, b]),
  difference: (a, b) => build.apply(DIFFERENCE, [a, b]),
  product: (a, b) => build.apply(PRODUCT, [a, b]),
  quotient: (a, b) => build.apply(QUOTIENT, [a, b]),
  power: (base, exponent) => build.apply(POWER, [base, exponent]),
  negative: (a) => build.apply(NEGATIVE, [a]),
  of: (op, a) => build.apply(op, [a]),
})

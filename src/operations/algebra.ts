/** The four operations of arithmetic, powers and signs, as those write them who build graphs of their own. */
/** What each of them is called in the table. */
export const SUM = 'add'
export const DIFFERENCE = 'subtract'
export const PRODUCT = 'multiply'
export const QUOTIENT = 'divide'
export const POWER = 'power'
export const NEGATIVE = 'negate'

/** A sum or a difference of two terms. */
export const isSum = (op: string): boolean => op === SUM || op === DIFFERENCE

/** Small expressions, so that what is built reads as a formula: nodes of a graph, expressions of a note, values of code. */
export interface Algebra<T> {
  n(value: number): T
  sum(a: T, b: T): T
  difference(a: T, b: T): T
  product(a: T, b: T): T
  quotient(a: T, b: T): T
  power(base: T, exponent: T): T
  negative(a: T): T
  /** Any other entry. */
  of(op: string, ...inputs: T[]): T
}

export const algebra = <T>(build: {
  constant(value: number): T
  apply(op: string, inputs: readonly T[]): T
}): Algebra<T> => ({
  n: (value) => build.constant(value),
  sum: (a, b) => build.apply(SUM, [a, b]),
  difference: (a, b) => build.apply(DIFFERENCE, [a, b]),
  product: (a, b) => build.apply(PRODUCT, [a, b]),
  quotient: (a, b) => build.apply(QUOTIENT, [a, b]),
  power: (base, exponent) => build.apply(POWER, [base, exponent]),
  negative: (a) => build.apply(NEGATIVE, [a]),
  of: (op, ...inputs) => build.apply(op, inputs),
})

/** The four operations of arithmetic, powers and signs, as those write them who build graphs of their own. */
/** What each of them is called in the table. */
export const SUM = 'add'
export const DIFFERENCE = 'subtract'
export const PRODUCT = 'multiply'
export const QUOTIENT = 'divide'
export const POWER = 'power'
export const NEGATIVE = 'negate'
export const CHOICE = 'piecewise'
/** The square root. */
export const ROOT = 'sqrt'

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
  /** The square root, or the one of a degree. */
  root(a: T, degree?: T): T
  absolute(a: T): T
  /** The natural logarithm. */
  logarithm(a: T): T
  exponential(a: T): T
  larger(a: T, b: T): T
  smaller(a: T, b: T): T
  /** `a ≥ b`. */
  atLeast(a: T, b: T): T
  /** `a ≤ b`. */
  atMost(a: T, b: T): T
  /** Both conditions hold. */
  both(a: T, b: T): T
  /** `then` where the condition holds. */
  choice(condition: T, then: T, otherwise: T): T
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
  root: (a, degree) => (degree === undefined ? build.apply(ROOT, [a]) : build.apply('root', [a, degree])),
  absolute: (a) => build.apply('abs', [a]),
  larger: (a, b) => build.apply('max', [a, b]),
  smaller: (a, b) => build.apply('min', [a, b]),
  atLeast: (a, b) => build.apply('greaterEqual', [a, b]),
  atMost: (a, b) => build.apply('lessEqual', [a, b]),
  both: (a, b) => build.apply('and', [a, b]),
  logarithm: (a) => build.apply('log', [a]),
  exponential: (a) => build.apply('exp', [a]),
  choice: (condition, then, otherwise) => build.apply(CHOICE, [condition, then, otherwise]),
  of: (op, ...inputs) => build.apply(op, inputs),
})

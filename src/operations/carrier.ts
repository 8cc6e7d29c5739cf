/**
 * The arithmetic over which an entry writes its value once: doubles, intervals, decimals carry it out. A carrier that
 * can't give a value, because it isn't defined there or costs too much, gives its own word for "nothing is known";
 * none of these methods throws.
 */
export interface Arithmetic<T> {
  /** How many decimal digits a value has at most: a series needs no more terms than these. */
  readonly digits: number
  /** The number that a double is, exactly. */
  number(value: number): T
  readonly pi: T
  readonly e: T

  add(a: T, b: T): T
  subtract(a: T, b: T): T
  multiply(a: T, b: T): T
  divide(a: T, b: T): T
  negate(a: T): T
  /** Defined for positive bases, for 0 with positive exponents, and for any base with a whole exponent; `0^0` is 1. */
  power(base: T, exponent: T): T
  sqrt(a: T): T
  /** The real root of whole degree, also of negative numbers where the degree is odd. */
  root(a: T, degree: T): T
  exp(a: T): T
  expm1(a: T): T
  log(a: T): T
  log1p(a: T): T

  sin(a: T): T
  cos(a: T): T
  tan(a: T): T
  asin(a: T): T
  acos(a: T): T
  atan(a: T): T
  sinh(a: T): T
  cosh(a: T): T
  tanh(a: T): T
  asinh(a: T): T
  acosh(a: T): T
  atanh(a: T): T

  abs(a: T): T
  /** -1, 0 or 1. */
  sign(a: T): T
  max(a: T, b: T): T
  min(a: T, b: T): T
  floor(a: T): T

  /** Conditions are 1 and 0. */
  less(a: T, b: T): T
  lessEqual(a: T, b: T): T
  equal(a: T, b: T): T
  not(a: T): T
  and(a: T, b: T): T
  or(a: T, b: T): T
  /** A double near it, to choose how many terms a series needs; `NaN` where nothing is known. */
  near(a: T): number
  /** The whole number that it certainly is; `null` where it is none, or not certainly. */
  whole(a: T): number | null
  /** All numbers that lie at most `by` from `a`: what a series leaves out. Doubles leave it out. */
  about(a: T, by: T): T
  /** A function that grows, computed at the ends of what `a` may be. */
  growing(a: T, value: (end: T) => T): T
  /** The chosen one; what isn't chosen may be undefined. */
  select(condition: T, then: T, otherwise: T): T
}

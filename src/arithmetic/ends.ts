/**
 * The ends of intervals, as numbers of some precision: each operation comes twice, rounded downward and upward. This
 * is all that interval arithmetic (`enclosures.ts`) has to be told, so that there is one of it for all precisions.
 */

/** Operations whose result lies on one side of the exact one. `null`: there is none, or it costs too much. */
export interface Rounded<E> {
  readonly pi: E | null
  readonly e: E | null
  /** The decimal number as which a double is written. */
  written(value: number): E
  add(a: E, b: E): E | null
  subtract(a: E, b: E): E | null
  multiply(a: E, b: E): E | null
  /** `b` isn't 0. */
  divide(a: E, b: E): E | null
  /** A whole power, at least 1, of a number that isn't negative. */
  power(a: E, exponent: number): E | null
  /** The root of whole degree, at least 2, of a number that isn't negative. */
  root(a: E, degree: number): E | null
  /** One of the functions below, of a number in its domain. */
  apply(name: Primitive, a: E): E | null
}

/** Functions of one number that precisions bring with them. */
export type Primitive =
  | 'exp'
  | 'expm1'
  | 'log'
  | 'log1p'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'asinh'
  | 'acosh'
  | 'atanh'

/** Numbers of one precision. */
export interface Ends<E> {
  /** Decimal digits. */
  readonly digits: number
  readonly zero: E
  readonly one: E
  readonly down: Rounded<E>
  readonly up: Rounded<E>
  /** The double's own value. */
  number(value: number): E
  /** A double near it. */
  near(a: E): number
  /** Negative, 0 or positive as `a` is less than, equal to or greater than `b`. */
  compare(a: E, b: E): number
  negate(a: E): E
  /** Exact, as a double; `null` where the number is so large that it isn't known to one. */
  floor(a: E): number | null
  /** The whole number that it is, as a double; `null` where it is none. */
  whole(a: E): number | null
}

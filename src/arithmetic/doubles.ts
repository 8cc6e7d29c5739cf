/** The carrier of ordinary numbers: fast, and wrong by a rounding at every operation. */
import type { Arithmetic } from '../operations/carrier'
import type { Operation } from '../operations/operation'

/** The real root of whole degree; `NaN` where there is none. */
function root(value: number, degree: number): number {
  if (degree === 3) return Math.cbrt(value)
  if (degree === 2) return Math.sqrt(value)
  const odd = Math.abs(degree % 2) === 1
  const size = Math.abs(value) ** (1 / degree)
  // 32^{1/5} is 2, and not the last digit beside it.
  const whole = Math.round(size)
  const rounded = whole ** degree === Math.abs(value) ? whole : size
  return value >= 0 ? rounded : odd ? -rounded : Number.NaN
}

export const DOUBLES: Arithmetic<number> = {
  digits: 16,
  number: (value) => value,
  pi: Math.PI,
  e: Math.E,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  negate: (a) => -a,
  // A square by hand: the general power is many times slower, and squares are most of what is raised.
  power: (a, b) => (b === 2 ? a * a : a ** b),
  sqrt: Math.sqrt,
  root,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  abs: Math.abs,
  sign: Math.sign,
  max: (a, b) => Math.max(a, b),
  min: (a, b) => Math.min(a, b),
  floor: Math.floor,
  less: (a, b) => (a < b ? 1 : 0),
  lessEqual: (a, b) => (a <= b ? 1 : 0),
  equal: (a, b) => (a === b ? 1 : 0),
  not: (a) => (a === 0 ? 1 : 0),
  and: (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
  or: (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
  near: (a) => a,
  whole: (a) => (Number.isSafeInteger(a) ? a : null),
  about: (a) => a,
  growing: (a, value) => value(a),
  select: (condition, then, otherwise) => (condition !== 0 ? then : otherwise),
}

/** One number from one number of each input. */
export type Scalar = (a: number, b: number, c: number) => number

/** An entry's value for doubles; `null` where the entry isn't elementwise. Made once for each entry. */
export function scalarOf(entry: Operation): Scalar | null {
  const known = scalars.get(entry)
  if (known !== undefined) return known
  const { value } = entry
  const made: Scalar | null = value ? (a, b, c) => value(DOUBLES, a, b, c) : null
  scalars.set(entry, made)
  return made
}
const scalars = new WeakMap<Operation, Scalar | null>()

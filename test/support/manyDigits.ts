/** A second way to an entry's value: decimal.js's own functions with 100 digits, without intervals. */
import { Decimal } from 'decimal.js'
import type { Arithmetic } from '../../src/operations/carrier'

const D = Decimal.clone({ precision: 100, maxE: 1e9, minE: -1e9 })
/** Holds every double to its last binary digit. */
const Exact = Decimal.clone({ precision: 1200 })

/** The double's own value; `new Decimal(0.1)` would be a tenth. */
export function exactly(value: number): Decimal {
  if (value === 0) return new D(0)
  const exponent = Math.floor(Math.log2(Math.abs(value))) - 53
  // In two steps: 2 to the power alone may not be a double.
  const half = Math.trunc(exponent / 2)
  const mantissa = value / 2 ** half / 2 ** (exponent - half)
  return new D(new Exact(mantissa).times(new Exact(2).pow(exponent)))
}

const bool = (yes: boolean): Decimal => new D(yes ? 1 : 0)
const NOT = new D(Number.NaN)

export const MANY_DIGITS: Arithmetic<Decimal> = {
  digits: 100,
  number: exactly,
  pi: D.acos(-1),
  e: D.exp(1),
  add: (a, b) => a.plus(b),
  subtract: (a, b) => a.minus(b),
  multiply: (a, b) => a.times(b),
  divide: (a, b) => (b.isZero() ? NOT : a.div(b)),
  negate: (a) => a.neg(),
  power(a, b) {
    if (a.isZero()) return b.isZero() ? new D(1) : b.isNegative() ? NOT : new D(0)
    return a.pow(b)
  },
  sqrt: (a) => a.sqrt(),
  root: (a, n) =>
    a.isNegative() ? (n.mod(2).isZero() ? NOT : a.neg().pow(new D(1).div(n)).neg()) : a.pow(new D(1).div(n)),
  exp: (a) => a.exp(),
  expm1: (a) => a.exp().minus(1),
  log: (a) => (a.lte(0) ? NOT : a.ln()),
  log1p: (a) => (a.lte(-1) ? NOT : a.plus(1).ln()),
  sin: (a) => a.sin(),
  cos: (a) => a.cos(),
  tan: (a) => a.sin().div(a.cos()),
  asin: (a) => a.asin(),
  acos: (a) => a.acos(),
  atan: (a) => a.atan(),
  sinh: (a) => a.exp().minus(a.neg().exp()).div(2),
  cosh: (a) => a.exp().plus(a.neg().exp()).div(2),
  tanh: (a) => new D(1).minus(new D(2).div(a.times(2).exp().plus(1))),
  asinh: (a) => a.asinh(),
  acosh: (a) => a.acosh(),
  atanh: (a) => (a.abs().gte(1) ? NOT : a.atanh()),
  abs: (a) => a.abs(),
  sign: (a) => new D(a.isZero() ? 0 : a.isNegative() ? -1 : 1),
  max: (a, b) => D.max(a, b),
  min: (a, b) => D.min(a, b),
  floor: (a) => a.floor(),
  less: (a, b) => bool(a.lt(b)),
  lessEqual: (a, b) => bool(a.lte(b)),
  equal: (a, b) => bool(a.eq(b)),
  not: (a) => bool(a.isZero()),
  and: (a, b) => bool(!a.isZero() && !b.isZero()),
  or: (a, b) => bool(!a.isZero() || !b.isZero()),
  near: (a) => a.toNumber(),
  whole: (a) => (a.isInteger() ? a.toNumber() : null),
  about: (a) => a,
  growing: (a, value) => value(a),
  select: (condition, then, otherwise) => (condition.isZero() ? otherwise : then),
}

/**
 * Doubles as ends of intervals. Sums and products know their own rounding error exactly (Dekker 1971, Knuth 4.2.2), so that
 * what is exact stays a point; functions of the engine are trusted to a few units in the last place.
 */

import { type Bounds, enclosures } from './enclosures'
import type { Ends, Primitive, Rounded } from './ends'

/** A little more than half a unit in the last place (Rump, Zimmermann, Boldo, Melquiond 2009). */
const HALF_UNIT = 2 ** -53 * (1 + 2 ** -51)
const LEAST = Number.MIN_VALUE
/** Within these, no part of an exact error is lost to underflow or overflow. */
const [SMALL, LARGE] = [1e-140, 1e140]

/** What a direction makes of a computed number: the next one on its side, some units away. */
type Toward = -1 | 1
const beside = (value: number, toward: Toward, units = 1): number =>
  value + toward * (Math.abs(value) * HALF_UNIT * (2 * units - 1) + units * LEAST)

/** The exact value is `computed + error`: stays where that lies on the right side already. */
const settled = (computed: number, error: number, toward: Toward): number =>
  error * toward <= 0 ? computed : beside(computed, toward)

/** `a + b` is the computed sum and this. */
function sumError(a: number, b: number, sum: number): number {
  const back = sum - a
  return a - (sum - back) + (b - back)
}

const SPLITTER = 2 ** 27 + 1
/** `a · b` is the computed product and this; `NaN` where it can't be told. */
function productError(a: number, b: number, product: number): number {
  if (a === 0 || b === 0) return 0
  const size = Math.abs(product)
  if (size < SMALL || size > LARGE || Math.abs(a) > LARGE || Math.abs(b) > LARGE) return Number.NaN
  const [x, y] = [SPLITTER * a, SPLITTER * b]
  const [ah, bh] = [x - (x - a), y - (y - b)]
  const [al, bl] = [a - ah, b - bh]
  return al * bl - (product - ah * bh - al * bh - ah * bl)
}

/** An infinite number says that a double overflowed: whatever is computed from it has lost its bounds. */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

/**
 * How far an engine's functions may be off, in units of the last place: V8's are fdlibm's, whose authors state less than
 * one for each but the hyperbolic ones, and reduce angles exactly. The property test holds them against many digits.
 */
const UNITS: Readonly<Record<Primitive, number>> = {
  exp: 2,
  expm1: 3,
  log: 2,
  log1p: 3,
  sin: 2,
  cos: 2,
  tan: 3,
  asin: 2,
  acos: 2,
  atan: 2,
  sinh: 5,
  cosh: 5,
  tanh: 5,
  asinh: 5,
  acosh: 6,
  atanh: 5,
}

/** Where a function's value is certain, and what values it never leaves. */
const EXACT: Readonly<Partial<Record<Primitive, readonly [at: number, value: number]>>> = {
  exp: [0, 1],
  log: [1, 0],
  cos: [0, 1],
  acos: [1, 0],
  cosh: [0, 1],
  acosh: [1, 0],
}
const RANGE: Readonly<Partial<Record<Primitive, readonly [least: number, most: number]>>> = {
  exp: [0, Number.POSITIVE_INFINITY],
  expm1: [-1, Number.POSITIVE_INFINITY],
  sin: [-1, 1],
  cos: [-1, 1],
  cosh: [1, Number.POSITIVE_INFINITY],
  tanh: [-1, 1],
}

function applied(name: Primitive, a: number, toward: Toward): number | null {
  const exact = EXACT[name]
  if (exact) {
    if (exact[0] === a) return exact[1]
  } else if (a === 0) return 0
  const value = beside(Math[name](a), toward, UNITS[name])
  const [least, most] = RANGE[name] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  return finite(Math.min(most, Math.max(least, value)))
}

/** Off by less than one unit (fdlibm); small powers of small whole numbers are exact. */
function raised(a: number, exponent: number, toward: Toward): number | null {
  const value = a ** exponent
  if (Number.isInteger(a) && value <= Number.MAX_SAFE_INTEGER) return value
  if (exponent === 2) return finite(settledOr(value, productError(a, a, value), toward))
  return finite(Math.max(0, beside(value, toward, 3)))
}

const settledOr = (computed: number, error: number, toward: Toward): number =>
  Number.isNaN(error) ? beside(computed, toward) : settled(computed, error, toward)

function rooted(a: number, degree: number, toward: Toward): number | null {
  if (a === 0) return 0
  const value = degree === 2 ? Math.sqrt(a) : degree === 3 ? Math.cbrt(a) : a ** (1 / degree)
  const whole = Math.round(value)
  if (whole ** degree === a && a <= Number.MAX_SAFE_INTEGER) return whole
  // The exponent 1/n is rounded itself, which the logarithm of the base magnifies.
  const units = degree <= 3 ? 2 : 4 + Math.ceil(Math.abs(Math.log(a)))
  return finite(Math.max(0, beside(value, toward, units)))
}

function divided(a: number, b: number, toward: Toward): number | null {
  const quotient = a / b
  const product = quotient * b
  const error = productError(quotient, b, product)
  if (product === a && error === 0) return finite(quotient)
  return finite(beside(quotient, toward))
}

const rounded = (toward: Toward): Rounded<number> => ({
  pi: beside(Math.PI, toward),
  e: beside(Math.E, toward),
  written: (value) => (Number.isSafeInteger(value) ? value : beside(value, toward)),
  add(a, b) {
    const sum = a + b
    return finite(settled(sum, sumError(a, b, sum), toward))
  },
  subtract(a, b) {
    const sum = a - b
    return finite(settled(sum, sumError(a, -b, sum), toward))
  },
  multiply(a, b) {
    const product = a * b
    return finite(settledOr(product, productError(a, b, product), toward))
  },
  divide: (a, b) => divided(a, b, toward),
  power: (a, exponent) => raised(a, exponent, toward),
  root: (a, degree) => rooted(a, degree, toward),
  apply: (name, a) => applied(name, a, toward),
})

/** Beyond this, doubles are whole numbers far apart: no floor says anything of an angle there. */
const LARGEST_WHOLE = 2 ** 48

export const BINARY: Ends<number> = {
  digits: 16,
  zero: 0,
  one: 1,
  down: rounded(-1),
  up: rounded(1),
  number: (value) => value,
  near: (a) => a,
  compare: (a, b) => a - b,
  negate: (a) => -a,
  floor: (a) => (Math.abs(a) <= LARGEST_WHOLE ? Math.floor(a) : null),
  whole: (a) => (Number.isSafeInteger(a) ? a : null),
}

/** Intervals of doubles. */
export const INTERVALS = enclosures(BINARY)
export type Interval = Bounds<number>

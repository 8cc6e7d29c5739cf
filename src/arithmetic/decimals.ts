/**
 * Intervals of many decimal digits, over decimal.js: what doubles can't tell from rounding, such as `x` and
 * `x + 10^{-30}`, or two forms of which one cancels almost completely. What it may cost is counted in work, never in time, so
 * that a verdict is the same on every machine; beyond that, nothing is known.
 */
import { Decimal } from 'decimal.js'
import type { Arithmetic } from '../operations/carrier'
import { type Bounds, type Enclosure, enclosures } from './enclosures'
import type { Ends, Primitive, Rounded } from './ends'

/** How much work is left: about the number of digit products, in thousands. Shared by all that one question asks. */
export interface Budget {
  left: number
}

/** decimal.js knows π and ln 10 to about 1000 digits; the reduction of an angle takes twice its own. */
export const MOST_DIGITS = 400
/** Further digits with which functions are computed that are then rounded outward. */
const GUARD = 12
/** Angles and powers beyond 10 to this would need as many digits more. */
const LARGEST_EXPONENT = 300

/** Decimals of so many digits. */
export interface Decimals {
  readonly arithmetic: Arithmetic<Enclosure<Decimal>>
  readonly ends: Ends<Decimal>
  /** The rational number `p/q`, as an interval. */
  ratio(p: number, q: number): Enclosure<Decimal>
}

/** Intervals of this many digits, as long as the budget lasts. */
export function decimals(digits: number, budget: Budget): Decimals {
  const precision = Math.min(MOST_DIGITS, digits)
  const ends = endsOf(precision, budget)
  const arithmetic = enclosures(ends)
  return { ends, arithmetic, ratio: (p, q) => arithmetic.divide(arithmetic.number(p), arithmetic.number(q)) }
}

export type DecimalBounds = Bounds<Decimal>

type Class = typeof Decimal
/** The classes of decimal.js for one precision, both directions and one with further digits, and its constants. */
interface Classes {
  readonly down: Class
  readonly up: Class
  readonly fine: Class
  /** One unit in the last of the digits that are trusted, relative to the value. */
  readonly doubt: Decimal
  readonly pi: Decimal
  readonly e: Decimal
}

const EXPONENTS = { maxE: 1e9, minE: -1e9 }

function classesOf(precision: number): Classes {
  const known = classes.get(precision)
  if (known) return known
  const fine = fineClass(precision + GUARD)
  const made: Classes = {
    down: Decimal.clone({ ...EXPONENTS, precision, rounding: Decimal.ROUND_FLOOR }),
    up: Decimal.clone({ ...EXPONENTS, precision, rounding: Decimal.ROUND_CEIL }),
    fine,
    doubt: new fine(`1e${DOUBTED - precision - GUARD}`),
    pi: fine.acos(-1),
    e: fine.exp(1),
  }
  classes.set(precision, made)
  return made
}
const classes = new Map<number, Classes>()
/** So many of the guard digits may be wrong. */
const DOUBTED = 4

function fineClass(precision: number): Class {
  const known = fineClasses.get(precision)
  if (known) return known
  const made = Decimal.clone({ ...EXPONENTS, precision, rounding: Decimal.ROUND_HALF_EVEN })
  fineClasses.set(precision, made)
  return made
}
const fineClasses = new Map<number, Class>()

/** What operations cost, relative to a product. */
const COST = { field: 1, root: 8, function: 60 }

function endsOf(precision: number, budget: Budget): Ends<Decimal> {
  const made = classesOf(precision)
  // A product takes the square of the digits, in words of seven.
  const words = Math.ceil(precision / 7)
  const pay = (cost: number): boolean => {
    budget.left -= cost * words * words
    return budget.left >= 0
  }
  // Both ends of a point ask for the same value, one after the other.
  let last: { readonly name: Primitive; readonly a: Decimal; readonly value: Decimal } | null = null
  const fine: Fine = (name, a) => {
    if (last?.name !== name || !last.a.eq(a)) last = { name, a, value: fineValue(name, new made.fine(a)) }
    return last.value
  }
  return {
    digits: precision,
    zero: new made.down(0),
    one: new made.down(1),
    down: roundedOf(made, made.down, precision, pay, fine),
    up: roundedOf(made, made.up, precision, pay, fine),
    number: (value) => new made.down(value),
    near: (a) => a.toNumber(),
    compare: (a, b) => a.cmp(b),
    negate: (a) => a.neg(),
    floor: (a) => (a.e < LARGEST_WHOLE ? a.floor().toNumber() : null),
    whole: (a) => (a.e < LARGEST_WHOLE && a.isInteger() ? a.toNumber() : null),
  }
}
type Fine = (name: Primitive, a: Decimal) => Decimal

/** Whole numbers of so many digits are exact as doubles. */
const LARGEST_WHOLE = 15

function roundedOf(
  made: Classes,
  Class: Class,
  precision: number,
  pay: (cost: number) => boolean,
  functionOf: Fine,
): Rounded<Decimal> {
  const { fine, doubt } = made
  const isUp = Class.rounding === Decimal.ROUND_CEIL
  /** Computed with further digits, of which the last are doubted: to the outer side of what it can be at most. */
  const outward = (value: Decimal): Decimal => {
    const most = value.abs().times(doubt)
    return Class.add(value, isUp ? most : most.neg())
  }
  const powered = (a: Decimal, exponent: number): Decimal => {
    const value = fine.pow(a, exponent)
    // Powers of few digits are exact: 0.1² must not become an interval.
    return a.precision() * exponent <= precision ? value : outward(value)
  }
  const rooted = (a: Decimal, degree: number): Decimal => {
    if (degree === 2) return Class.sqrt(a)
    const value = degree === 3 ? fine.cbrt(a) : fine.pow(a, new fine(1).div(degree))
    const whole = value.round()
    return whole.e < LARGEST_WHOLE && whole.pow(degree).eq(a) ? whole : outward(value)
  }
  return {
    pi: outward(made.pi),
    e: outward(made.e),
    written: (value) => new Class(value),
    add: (a, b) => (pay(COST.field) ? finite(Class.add(a, b)) : null),
    subtract: (a, b) => (pay(COST.field) ? finite(Class.sub(a, b)) : null),
    multiply: (a, b) => (pay(COST.field) ? finite(Class.mul(a, b)) : null),
    divide: (a, b) => (pay(COST.field) ? finite(Class.div(a, b)) : null),
    power: (a, exponent) => (pay(COST.root) ? finite(powered(a, exponent)) : null),
    root: (a, degree) => (pay(COST.root) ? finite(rooted(a, degree)) : null),
    apply(name, a) {
      if (isExact(name, a)) return functionOf(name, a)
      return Math.abs(a.e) <= LARGEST_EXPONENT && pay(COST.function) ? finite(outward(functionOf(name, a))) : null
    },
  }
}

const finite = (value: Decimal): Decimal | null => (value.isFinite() ? value : null)

/** Where the value is 0 or 1, and no rounding happens. */
const isExact = (name: Primitive, a: Decimal): boolean =>
  name === 'log' || name === 'acos' || name === 'acosh' ? a.eq(1) : a.isZero()

/** To all but the last few of the argument's digits. decimal.js's own forms lose more where something cancels in them. */
function fineValue(name: Primitive, x: Decimal): Decimal {
  const one = new (x.constructor as Class)(1)
  switch (name) {
    case 'log':
      return x.ln()
    case 'expm1':
      return near0(x, (fine) => fine.exp().minus(1))
    case 'log1p':
      return near0(x, (fine) => fine.plus(1).ln())
    case 'sinh':
      return near0(x, (fine) => fine.exp().minus(fine.neg().exp()).div(2))
    case 'cosh':
      return x.exp().plus(x.neg().exp()).div(2)
    case 'tanh':
      return near0(x, (fine) => {
        const [up, down] = [fine.exp(), fine.neg().exp()]
        return up.minus(down).div(up.plus(down))
      })
    case 'tan':
      return x.sin().div(x.cos())
    case 'asin':
      return x.div(one.minus(x).times(one.plus(x)).sqrt()).atan()
    default:
      return x[name]()
  }
}

/** A function that is about its argument near 0, where as many digits cancel as the argument is small. */
function near0(x: Decimal, compute: (fine: Decimal) => Decimal): Decimal {
  if (x.e >= 0 || x.isZero()) return compute(x)
  const Class = x.constructor as Class
  // Nearer than the digits reach the next term of the series, relative to x, is none of them.
  if (-x.e > Class.precision) return x
  // In steps, so that few classes are made.
  const Finer = fineClass(Class.precision + 20 * Math.ceil(-x.e / 20))
  return new Class(compute(new Finer(x)))
}

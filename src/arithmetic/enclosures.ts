/**
 * Interval arithmetic over ends of any precision: an interval that holds the exact value, whatever numbers of the
 * inputs' intervals are meant. Every operation rounds outward by itself, so that no two errors can cancel, and two
 * intervals that don't touch are certainly of different numbers.
 */
import type { Arithmetic } from '../operations/carrier'
import type { Ends, Primitive, Rounded } from './ends'

/** All numbers from `lo` to `hi`, both included. */
export interface Bounds<E> {
  readonly lo: E
  readonly hi: E
}

/** `null`: nothing is known, for instance because the operation isn't defined on the whole interval. */
export type Enclosure<E> = Bounds<E> | null

/** The arithmetic of intervals with such ends. */
export function enclosures<E>(ends: Ends<E>): Arithmetic<Enclosure<E>> {
  return { ...field(ends), ...functions(ends), ...series(ends), ...choices(ends) }
}

const between = <E>(lo: E | null, hi: E | null): Enclosure<E> => (lo === null || hi === null ? null : { lo, hi })

const lesser = <E>({ compare }: Ends<E>, a: E, b: E): E => (compare(a, b) <= 0 ? a : b)
const greater = <E>({ compare }: Ends<E>, a: E, b: E): E => (compare(a, b) >= 0 ? a : b)

function hull<E>(ends: Ends<E>, ...all: readonly Enclosure<E>[]): Enclosure<E> {
  let whole: Enclosure<E> = null
  for (const each of all) {
    if (each === null) return null
    whole = whole === null ? each : { lo: lesser(ends, whole.lo, each.lo), hi: greater(ends, whole.hi, each.hi) }
  }
  return whole
}

const pointOf = <E>({ number }: Ends<E>, value: number): Bounds<E> => {
  const end = number(value)
  return { lo: end, hi: end }
}

type Field =
  | 'digits'
  | 'number'
  | 'pi'
  | 'e'
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'negate'
  | 'power'
  | 'sqrt'
  | 'root'

function field<E>(ends: Ends<E>): Pick<Arithmetic<Enclosure<E>>, Field> {
  const { down, up, negate, compare, zero } = ends
  const sign = (a: E): number => compare(a, zero)
  const has0 = ({ lo, hi }: Bounds<E>): boolean => sign(lo) <= 0 && sign(hi) >= 0
  /** The two ends by the signs of the factors; only where both have either sign, four products are compared. */
  const product = (a: Bounds<E>, b: Bounds<E>): Enclosure<E> => {
    const [isUp, isDown] = [sign(a.lo) >= 0, sign(a.hi) <= 0]
    if (sign(b.lo) >= 0) {
      return between(down.multiply(a.lo, isUp ? b.lo : b.hi), up.multiply(a.hi, isDown ? b.lo : b.hi))
    }
    if (sign(b.hi) <= 0) {
      return between(down.multiply(a.hi, isDown ? b.hi : b.lo), up.multiply(a.lo, isUp ? b.hi : b.lo))
    }
    if (isUp) return between(down.multiply(a.hi, b.lo), up.multiply(a.hi, b.hi))
    if (isDown) return between(down.multiply(a.lo, b.hi), up.multiply(a.lo, b.lo))
    const [low, lower] = [down.multiply(a.lo, b.hi), down.multiply(a.hi, b.lo)]
    const [high, higher] = [up.multiply(a.lo, b.lo), up.multiply(a.hi, b.hi)]
    if (low === null || lower === null || high === null || higher === null) return null
    return { lo: lesser(ends, low, lower), hi: greater(ends, high, higher) }
  }
  const inverse = (a: Bounds<E>): Enclosure<E> =>
    has0(a) ? null : between(down.divide(ends.one, a.hi), up.divide(ends.one, a.lo))
  const quotient = (a: Bounds<E>, b: Bounds<E>): Enclosure<E> => {
    if (has0(b)) return null
    if (sign(b.hi) < 0) return quotient({ lo: negate(a.hi), hi: negate(a.lo) }, { lo: negate(b.hi), hi: negate(b.lo) })
    return between(down.divide(a.lo, sign(a.lo) >= 0 ? b.hi : b.lo), up.divide(a.hi, sign(a.hi) >= 0 ? b.lo : b.hi))
  }
  const minus = (a: Enclosure<E>): Enclosure<E> => a && { lo: negate(a.hi), hi: negate(a.lo) }
  const { power, root } = powers(ends, product, inverse)
  return {
    digits: ends.digits,
    number: (value) => (Number.isFinite(value) ? pointOf(ends, value) : null),
    pi: between(down.pi, up.pi),
    e: between(down.e, up.e),
    add: (a, b) => a && b && between(down.add(a.lo, b.lo), up.add(a.hi, b.hi)),
    subtract: (a, b) => a && b && between(down.subtract(a.lo, b.hi), up.subtract(a.hi, b.lo)),
    multiply: (a, b) => a && b && product(a, b),
    divide: (a, b) => a && b && quotient(a, b),
    negate: minus,
    power: (a, b) => a && b && power(a, b),
    sqrt: (a) => a && root(a, 2),
    root: (a, b) => {
      const degree = b && compare(b.lo, b.hi) === 0 ? ends.whole(b.lo) : null
      return a && degree !== null && degree <= LARGEST_POWER ? root(a, degree) : null
    },
  }
}

/** Powers and roots by the ends that they take. @param inverse of what has no 0 in it, else `null` */
function powers<E>(
  ends: Ends<E>,
  product: (a: Bounds<E>, b: Bounds<E>) => Enclosure<E>,
  inverse: (a: Bounds<E>) => Enclosure<E>,
) {
  const { down, up, negate, compare, zero } = ends
  const sign = (a: E): number => compare(a, zero)
  /** Of the sizes of both ends, for even powers and their like. */
  const size = (a: Bounds<E>): Bounds<E> => absolute(ends, a)
  const wholePower = (a: Bounds<E>, n: number): Enclosure<E> => {
    if (n === 0) return pointOf(ends, 1)
    if (n < 0) {
      const raised = wholePower(a, -n)
      return raised && inverse(raised)
    }
    if (n === 1) return a
    if (n % 2 === 0 || sign(a.lo) >= 0) {
      const { lo, hi } = size(a)
      return between(down.power(lo, n), up.power(hi, n))
    }
    const low = up.power(negate(a.lo), n)
    const high = sign(a.hi) >= 0 ? up.power(a.hi, n) : down.power(negate(a.hi), n)
    return low === null || high === null ? null : { lo: negate(low), hi: sign(a.hi) >= 0 ? high : negate(high) }
  }
  const root = (a: Bounds<E>, degree: number): Enclosure<E> => {
    if (degree < 1) return null
    if (degree === 1) return a
    if (sign(a.lo) >= 0) return between(down.root(a.lo, degree), up.root(a.hi, degree))
    if (degree % 2 === 0) return null
    if (sign(a.hi) <= 0) {
      const size = root({ lo: negate(a.hi), hi: negate(a.lo) }, degree)
      return size && { lo: negate(size.hi), hi: negate(size.lo) }
    }
    const low = up.root(negate(a.lo), degree)
    return low === null ? null : between(negate(low), up.root(a.hi, degree))
  }
  const power = (a: Bounds<E>, b: Bounds<E>): Enclosure<E> => {
    const whole = compare(b.lo, b.hi) === 0 ? ends.whole(b.lo) : null
    if (whole !== null && Math.abs(whole) <= LARGEST_POWER) return wholePower(a, whole)
    if (sign(a.lo) < 0) return null
    if (sign(a.lo) === 0) {
      // 0 to a positive power is 0, and powers grow with their base.
      if (sign(b.lo) <= 0) return null
      if (sign(a.hi) === 0) return { lo: zero, hi: zero }
      const most = power({ lo: a.hi, hi: a.hi }, b)
      return most && { lo: zero, hi: most.hi }
    }
    const log = between(down.apply('log', a.lo), up.apply('log', a.hi))
    const exponent = log && product(log, b)
    return exponent && between(down.apply('exp', exponent.lo), up.apply('exp', exponent.hi))
  }
  return { power, root }
}

/** Whole powers beyond this are taken by logarithms. */
const LARGEST_POWER = 100_000

function absolute<E>(ends: Ends<E>, { lo, hi }: Bounds<E>): Bounds<E> {
  const { compare, zero, negate } = ends
  if (compare(lo, zero) >= 0) return { lo, hi }
  if (compare(hi, zero) <= 0) return { lo: negate(hi), hi: negate(lo) }
  return { lo: zero, hi: greater(ends, negate(lo), hi) }
}

/** Functions that grow, with the ends of their domains: an open end isn't in it. */
const GROWING: readonly {
  readonly name: Primitive
  readonly from?: number
  readonly to?: number
  readonly open?: true
}[] = [
  { name: 'exp' },
  { name: 'expm1' },
  { name: 'log', from: 0, open: true },
  { name: 'log1p', from: -1, open: true },
  { name: 'asin', from: -1, to: 1 },
  { name: 'atan' },
  { name: 'sinh' },
  { name: 'tanh' },
  { name: 'asinh' },
  { name: 'acosh', from: 1 },
  { name: 'atanh', from: -1, to: 1, open: true },
]
type Growing = 'exp' | 'expm1' | 'log' | 'log1p' | 'asin' | 'atan' | 'sinh' | 'tanh' | 'asinh' | 'acosh' | 'atanh'

type Functions = Growing | 'acos' | 'cosh' | 'sin' | 'cos' | 'tan'

function functions<E>(ends: Ends<E>): Pick<Arithmetic<Enclosure<E>>, Functions> {
  const { down, up, compare, number } = ends
  const grown = (name: Primitive, lo: E, hi: E): Enclosure<E> => between(down.apply(name, lo), up.apply(name, hi))
  const growing = Object.fromEntries(
    GROWING.map(({ name, from, to, open }) => {
      const [least, most] = [from, to].map((end) => (end === undefined ? null : number(end)))
      const inside = (a: Bounds<E>): boolean => {
        const [below, above] = [least ? compare(a.lo, least) : 1, most ? compare(most, a.hi) : 1]
        return open ? below > 0 && above > 0 : below >= 0 && above >= 0
      }
      return [name, (a: Enclosure<E>) => (a && inside(a) ? grown(name, a.lo, a.hi) : null)]
    }),
  ) as Record<Growing, (a: Enclosure<E>) => Enclosure<E>>
  const [least, most] = [number(-1), number(1)]
  return {
    ...growing,
    acos: (a) =>
      a && compare(a.lo, least) >= 0 && compare(a.hi, most) <= 0
        ? between(down.apply('acos', a.hi), up.apply('acos', a.lo))
        : null,
    cosh: (a) => {
      const size = a && absolute(ends, a)
      return size && grown('cosh', size.lo, size.hi)
    },
    ...circular(ends),
  }
}

/**
 * Sine, cosine, tangent. Which arch of the curve an end lies on is the floor of an interval: where the reduction by π
 * can't tell, both arches count, and far out, where it tells nothing, all that is known is from -1 to 1.
 */
function circular<E>(ends: Ends<E>): Pick<Arithmetic<Enclosure<E>>, 'sin' | 'cos' | 'tan'> {
  const { down, up, number, compare, zero } = ends
  const [least, most] = [number(-1), number(1)]
  /** The whole numbers between which `(a + shift)/π` certainly lies: first and last arch. */
  const arches = (a: Bounds<E>, half: number): readonly [first: number, last: number] | null => {
    if (down.pi === null || up.pi === null) return null
    const turned = (end: E, rounded: Rounded<E>, opposite: Rounded<E>): number | null => {
      const pi = compare(end, zero) >= 0 ? opposite.pi : rounded.pi
      const ratio = pi === null ? null : rounded.divide(end, pi)
      const shifted = ratio === null ? null : rounded.add(ratio, number(half))
      return shifted === null ? null : ends.floor(shifted)
    }
    const [first, last] = [turned(a.lo, down, up), turned(a.hi, up, down)]
    return first === null || last === null ? null : [first, last]
  }
  /** Between the values at both ends, and the extremes that lie between them. */
  const wave = (name: 'sin' | 'cos', a: Bounds<E>): Enclosure<E> => {
    // The extremes of the sine are at π/2 + kπ, those of the cosine at kπ, each the larger for even k.
    const found = arches(a, name === 'sin' ? -0.5 : 0)
    if (!found || found[1] - found[0] > 1) return { lo: least, hi: most }
    const values = [a.lo, a.hi].map((end) => between(down.apply(name, end), up.apply(name, end)))
    const whole = hull(ends, ...values)
    if (!whole || found[0] === found[1]) return whole
    return found[1] % 2 === 0 ? { lo: whole.lo, hi: most } : { lo: least, hi: whole.hi }
  }
  return {
    sin: (a) => a && wave('sin', a),
    cos: (a) => a && wave('cos', a),
    tan: (a) => {
      const found = a && arches(a, 0.5)
      return found && found[0] === found[1] ? between(down.apply('tan', a.lo), up.apply('tan', a.hi)) : null
    },
  }
}

type Series = 'near' | 'whole' | 'about' | 'growing'

function series<E>(ends: Ends<E>): Pick<Arithmetic<Enclosure<E>>, Series> {
  const { compare, down, up } = ends
  return {
    near: (a) => (a ? (ends.near(a.lo) + ends.near(a.hi)) / 2 : Number.NaN),
    whole: (a) => (a && compare(a.lo, a.hi) === 0 ? ends.whole(a.lo) : null),
    about(a, by) {
      const most = by && absolute(ends, by).hi
      return a && most !== null ? between(down.subtract(a.lo, most), up.add(a.hi, most)) : null
    },
    growing(a, value) {
      if (!a) return null
      const low = value({ lo: a.lo, hi: a.lo })
      const high = compare(a.lo, a.hi) === 0 ? low : value({ lo: a.hi, hi: a.hi })
      return low && high && { lo: low.lo, hi: high.hi }
    },
  }
}

type Choices =
  | 'abs'
  | 'sign'
  | 'max'
  | 'min'
  | 'floor'
  | 'less'
  | 'lessEqual'
  | 'equal'
  | 'not'
  | 'and'
  | 'or'
  | 'select'

function choices<E>(ends: Ends<E>): Pick<Arithmetic<Enclosure<E>>, Choices> {
  const { compare, zero, number } = ends
  const [no, yes, either] = [pointOf(ends, 0), pointOf(ends, 1), { lo: zero, hi: number(1) }]
  const truth = (certain: boolean, impossible: boolean): Bounds<E> => (certain ? yes : impossible ? no : either)
  const isTrue = ({ lo, hi }: Bounds<E>): boolean => compare(lo, zero) > 0 || compare(hi, zero) < 0
  const isFalse = ({ lo, hi }: Bounds<E>): boolean => compare(lo, zero) === 0 && compare(hi, zero) === 0
  return {
    abs: (a) => a && absolute(ends, a),
    sign: (a) => a && { lo: number(Math.sign(compare(a.lo, zero))), hi: number(Math.sign(compare(a.hi, zero))) },
    max: (a, b) => a && b && { lo: greater(ends, a.lo, b.lo), hi: greater(ends, a.hi, b.hi) },
    min: (a, b) => a && b && { lo: lesser(ends, a.lo, b.lo), hi: lesser(ends, a.hi, b.hi) },
    floor: (a) => {
      const [lo, hi] = a ? [ends.floor(a.lo), ends.floor(a.hi)] : [null, null]
      return lo === null || hi === null ? null : { lo: number(lo), hi: number(hi) }
    },
    less: (a, b) => a && b && truth(compare(a.hi, b.lo) < 0, compare(a.lo, b.hi) >= 0),
    lessEqual: (a, b) => a && b && truth(compare(a.hi, b.lo) <= 0, compare(a.lo, b.hi) > 0),
    equal: (a, b) =>
      a &&
      b &&
      truth(compare(a.lo, b.hi) === 0 && compare(a.hi, b.lo) === 0, compare(a.hi, b.lo) < 0 || compare(b.hi, a.lo) < 0),
    not: (a) => a && truth(isFalse(a), isTrue(a)),
    and: (a, b) => a && b && truth(isTrue(a) && isTrue(b), isFalse(a) || isFalse(b)),
    or: (a, b) => a && b && truth(isTrue(a) || isTrue(b), isFalse(a) && isFalse(b)),
    select: (condition, then, otherwise) =>
      condition && (isTrue(condition) ? then : isFalse(condition) ? otherwise : hull(ends, then, otherwise)),
  }
}

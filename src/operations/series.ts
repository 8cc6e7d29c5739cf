/**
 * Functions that no precision brings with it, computed from series in any arithmetic. What a series leaves out is bounded and
 * given to the carrier, so that an interval holds the value however few terms were taken.
 */
import type { Arithmetic } from './carrier'

/** Bernoulli's numbers B₂, B₄, … as fractions (Abramowitz and Stegun, 23.2). */
const BERNOULLI: readonly (readonly [numerator: number, denominator: number])[] = [
  [1, 6],
  [-1, 30],
  [1, 42],
  [-1, 30],
  [5, 66],
  [-691, 2730],
  [7, 6],
  [-3617, 510],
  [43867, 798],
  [-174611, 330],
  [854513, 138],
  [-236364091, 2730],
  [8553103, 6],
]
const MOST_TERMS = 5000
/** Asymptotic series are used from here on: beyond, each term is much smaller than the one before. */
const FAR = 12
const FAR_PRECISE = 160

/** The error function: `2/√π ∫₀ˣ e^{-t²} dt`, by its series of positive terms (7.1.6). */
export function erf<T>(carrier: Arithmetic<T>, a: T): T {
  return carrier.growing(a, (x) => erfAt(carrier, x))
}

function erfAt<T>(c: Arithmetic<T>, x: T): T {
  const at = c.near(x)
  const one = c.number(1)
  // 1 - erf(x) < e^{-x²} for x > 1.
  if (at * at > Math.LN10 * (c.digits + 2) && Math.abs(at) > 1) {
    const left = c.exp(c.negate(c.multiply(x, x)))
    return c.about(c.multiply(c.sign(x), one), left)
  }
  const doubled = c.multiply(c.number(2), c.multiply(x, x))
  let term = x
  let sum = x
  for (let k = 1; k < MOST_TERMS && term !== null; k++) {
    term = c.divide(c.multiply(term, doubled), c.number(2 * k + 1))
    sum = c.add(sum, term)
    // From here on terms halve at least: what is left is less than the last one.
    if ((4 * at * at) / (2 * k + 3) < 1 && isSmall(c, term, sum)) break
  }
  const factor = c.divide(c.number(2), c.sqrt(c.pi))
  return c.multiply(c.multiply(factor, c.exp(c.negate(c.multiply(x, x)))), c.about(sum, term))
}

const isSmall = <T>(c: Arithmetic<T>, term: T, sum: T): boolean =>
  !(Math.abs(c.near(term)) > 10 ** -(c.digits + 1) * Math.abs(c.near(sum)))

/** How far to shift the argument before an asymptotic series is good for all digits. */
const shiftOf = <T>(c: Arithmetic<T>, at: number): number =>
  Math.max(0, Math.ceil((c.digits > 16 ? FAR_PRECISE : FAR) - at))

/** Γ(x): factorials of whole numbers, Stirling's series (6.1.42) of others, by reflection left of ½. */
export function gamma<T>(c: Arithmetic<T>, x: T): T {
  const whole = c.whole(x)
  if (whole !== null && whole > 0 && whole <= 171) return factorialOf(c, whole - 1)
  const at = c.near(x)
  if (at < 0.5) {
    const rest = gamma(c, c.subtract(c.number(1), x))
    return c.divide(c.pi, c.multiply(c.sin(c.multiply(c.pi, x)), rest))
  }
  if (!(at < LARGEST_GAMMA)) return c.divide(c.number(1), c.number(0))
  const shift = shiftOf(c, at)
  let below = c.number(1)
  for (let k = 0; k < shift; k++) below = c.multiply(below, c.add(x, c.number(k)))
  return c.divide(c.exp(logGammaFar(c, c.add(x, c.number(shift)))), below)
}
const LARGEST_GAMMA = 1e6

function factorialOf<T>(c: Arithmetic<T>, n: number): T {
  let product = c.number(1)
  for (let k = 2; k <= n; k++) product = c.multiply(product, c.number(k))
  return product
}

/** ln Γ(X) for a large X: the error is less than the first term that is left out, and has its sign. */
function logGammaFar<T>(c: Arithmetic<T>, x: T): T {
  const half = c.divide(c.number(1), c.number(2))
  const start = c.subtract(c.multiply(c.subtract(x, half), c.log(x)), x)
  const root = c.multiply(half, c.log(c.multiply(c.number(2), c.pi)))
  return tail(c, x, c.add(start, root), (k) => [2 * k * (2 * k - 1), 2 * k - 1])
}

/** Adds Σ B₂ₖ / (divisor · X^power) to a sum, and what is left out. */
function tail<T>(c: Arithmetic<T>, x: T, start: T, term: (k: number) => readonly [divisor: number, power: number]): T {
  let sum = start
  let last = start
  for (const [index, [numerator, denominator]] of BERNOULLI.entries()) {
    const [divisor, power] = term(index + 1)
    last = c.divide(c.number(numerator), c.multiply(c.number(denominator * divisor), c.power(x, c.number(power))))
    if (index < BERNOULLI.length - 1) sum = c.add(sum, last)
  }
  return c.about(sum, last)
}

/** ψ⁽ⁿ⁾(x), the n-th derivative of ψ = (ln Γ)′ (6.3.18, 6.4.11); n is a whole number. */
export function polygamma<T>(c: Arithmetic<T>, order: T, x: T): T {
  const n = c.whole(order)
  const undefined_ = c.divide(c.number(1), c.number(0))
  if (n === null || n < 0 || n > 20) return undefined_
  const at = c.near(x)
  if (n === 0 && at < 0.5) {
    const angle = c.multiply(c.pi, x)
    return c.subtract(digammaRight(c, c.subtract(c.number(1), x)), c.divide(c.pi, c.tan(angle)))
  }
  return n === 0 ? digammaRight(c, x) : higher(c, n, x)
}

function digammaRight<T>(c: Arithmetic<T>, x: T): T {
  const shift = shiftOf(c, c.near(x))
  const far = c.add(x, c.number(shift))
  const start = c.subtract(c.log(far), c.divide(c.number(1), c.multiply(c.number(2), far)))
  let sum = negatedTail(c, far, start)
  for (let k = 0; k < shift; k++) sum = c.subtract(sum, c.divide(c.number(1), c.add(x, c.number(k))))
  return sum
}

const negatedTail = <T>(c: Arithmetic<T>, x: T, start: T): T =>
  c.subtract(
    start,
    tail(c, x, c.number(0), (k) => [2 * k, 2 * k]),
  )

/** For n ≥ 1: (-1)ⁿ⁺¹ n! Σ 1/(x+k)ⁿ⁺¹, its far part by Euler and Maclaurin. */
function higher<T>(c: Arithmetic<T>, n: number, x: T): T {
  const at = c.near(x)
  // Left of 0 the sum has its poles; the shift goes over them.
  const shift = shiftOf(c, at)
  if (!(shift < MOST_TERMS)) return c.divide(c.number(1), c.number(0))
  const far = c.add(x, c.number(shift))
  const power = (exponent: number): T => c.power(far, c.number(exponent))
  const ahead = c.divide(factorialOf(c, n - 1), power(n))
  const half = c.divide(factorialOf(c, n), c.multiply(c.number(2), power(n + 1)))
  let sum = c.add(ahead, half)
  let last = sum
  let ratio = factorialOf(c, n - 1)
  for (const [index, [numerator, denominator]] of BERNOULLI.entries()) {
    const k = index + 1
    // (2k+n-1)!/(2k)!
    ratio = c.number(1)
    for (let j = 2 * k + 1; j <= 2 * k + n - 1; j++) ratio = c.multiply(ratio, c.number(j))
    last = c.divide(c.multiply(c.number(numerator), ratio), c.multiply(c.number(denominator), power(2 * k + n)))
    if (index < BERNOULLI.length - 1) sum = c.add(sum, last)
  }
  sum = c.about(sum, last)
  const factorial = factorialOf(c, n)
  for (let k = 0; k < shift; k++) {
    sum = c.add(sum, c.divide(factorial, c.power(c.add(x, c.number(k)), c.number(n + 1))))
  }
  return n % 2 === 1 ? sum : c.negate(sum)
}

/** The number of ways to choose k of n: a product for a whole k, by Γ for others. */
export function binomial<T>(c: Arithmetic<T>, n: T, k: T): T {
  const count = c.whole(k)
  if (count !== null && count < 0) return c.number(0)
  if (count !== null && count <= 1000) {
    let product = c.number(1)
    for (let j = 0; j < count; j++) {
      product = c.divide(c.multiply(product, c.subtract(n, c.number(j))), c.number(j + 1))
    }
    return product
  }
  const one = c.number(1)
  const below = c.multiply(gamma(c, c.add(k, one)), gamma(c, c.add(c.subtract(n, k), one)))
  return c.divide(gamma(c, c.add(n, one)), below)
}

/** Which exact number a constant of a graph stands for. */
import type { Arithmetic } from '../operations/carrier'
import type { Enclosure } from './enclosures'
import type { Ends } from './ends'

/** Larger fractions than this aren't taken for the number behind a double's 16 digits. */
const LARGEST_DENOMINATOR = 1000
/** A number with fewer digits than this was written, and is meant exactly; one with more was computed. */
const COMPUTED_DIGITS = 15
/** How far computing a constant may have led from the exact one, relative to it. */
const COMPUTED_ERROR = 2 ** -49

/**
 * The number that a double stands for: 0.1 is a tenth, 0.333…3 to the last digit is a third, and π and e are themselves.
 * Any other number of 16 digits was computed, of √2 for instance, and is known to these digits only.
 * @param text how it is written: doubles don't have all digits of large whole numbers
 */
export function constantOf<E>(
  ends: Ends<E>,
  carrier: Arithmetic<Enclosure<E>>,
  value: number,
  text = '',
): Enclosure<E> {
  if (!Number.isFinite(value)) return null
  if (Number.isInteger(value)) return wholeOf(carrier, value, text)
  if (value < 0) return carrier.negate(constantOf(ends, carrier, -value))
  if (value === Math.PI) return carrier.pi
  if (value === Math.E) return carrier.e
  if (digitsOf(value) < COMPUTED_DIGITS) return { lo: ends.down.written(value), hi: ends.up.written(value) }
  for (let q = 3; q <= LARGEST_DENOMINATOR; q++) {
    const p = Math.round(value * q)
    if (p !== 0 && Math.abs(p / q - value) <= 1e-15 * value) return carrier.divide(carrier.number(p), carrier.number(q))
  }
  const error = { lo: ends.number(1 - COMPUTED_ERROR), hi: ends.number(1 + COMPUTED_ERROR) }
  return carrier.multiply(carrier.number(value), error)
}

/** Digits that a double has for certain. */
const CHUNK = 15

function wholeOf<E>(carrier: Arithmetic<Enclosure<E>>, value: number, text: string): Enclosure<E> {
  const digits = text.replace(/\{,\}|\\,|[,\s]/g, '')
  if (Number.isSafeInteger(value) || !/^\d+$/.test(digits)) return carrier.number(value)
  let whole: Enclosure<E> = carrier.number(0)
  for (let at = 0; at < digits.length; at += CHUNK) {
    const chunk = digits.slice(at, at + CHUNK)
    whole = carrier.add(carrier.multiply(whole, carrier.number(10 ** chunk.length)), carrier.number(Number(chunk)))
  }
  return whole
}

/** Is the constant known to so many digits only as a double has? */
export const isComputed = (value: number): boolean =>
  !Number.isInteger(value) &&
  Math.abs(value) !== Math.PI &&
  Math.abs(value) !== Math.E &&
  digitsOf(Math.abs(value)) >= COMPUTED_DIGITS

const digitsOf = (value: number): number =>
  String(value)
    .replace(/e.*$/, '')
    .replace(/^0*\.?0*/, '')
    .replace('.', '').length

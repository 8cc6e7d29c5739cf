/** Distributions of `scipy.stats` that the table expresses. */
import { composedSpelled } from '../../../operations/composed'
import { composedOf, constantNamed, formulas } from '../arithmetic'
import type { Call } from '../calls'
import { type Machine, shared } from '../machine'
import { arrayOf } from '../ndarray'
import { type NumberValue, opaque, type Value } from '../value'
import { givenIn } from './given'

/** `norm.cdf(x)`, `norm.pdf(x, loc, scale)`; what isn't among them is opaque. */
export function distribution(machine: Machine, key: string, written: Call): Value {
  const { plain, named, range } = givenIn(machine, written)
  const number = (value: Value | undefined): NumberValue | null => (value ? arrayOf(machine, value, range) : null)
  const [x, location, scale] = [plain[0], named('loc') ?? plain[1], named('scale') ?? plain[2]].map(number)
  const composed = composedSpelled('python', `stats.${key}`)
  if (!composed || !x) return opaque('distribution that is not known')
  const { difference, quotient, logarithm } = formulas(range)
  const moved = location ? difference(x, location) : x
  const measured = scale ? quotient(moved, scale) : moved
  const own = shared(machine, measured, range)
  const pi = constantNamed('Math.PI', range)
  const value = pi && composedOf(composed, [own, pi], range)
  if (!value || !scale) return value ?? opaque('distribution that is not known')
  // A density is one of x, not of what is measured in scales.
  if (key.endsWith('logpdf')) return difference(value, logarithm(scale))
  return key.endsWith('pdf') ? quotient(value, scale) : value
}

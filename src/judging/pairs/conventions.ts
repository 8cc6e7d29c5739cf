/** What people may leave out of a derivative, or put into it, and be right: signs and factors by custom. */

import { ancestors } from '../../graph/graph'
import { POWER, PRODUCT } from '../../operations/algebra'
import type { PairCandidate } from '../../reading/pairs'
import type { PairWorld } from './world'

/** Factors of units: per cent, per mille, basis points, per day, degrees. */
const UNITS = [100, 1000, 10_000, 365, 252, 180 / Math.PI, 60, 3600, 24]
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.abs(b)

/** Whether a derivative may be off by this factor. */
export function isCustomary(factor: number, candidate: PairCandidate, world: PairWorld): boolean {
  const size = Math.abs(factor)
  if (factor < 0 && !isNegative(candidate)) return false
  if (near(size, 1)) return true
  if (UNITS.some((unit) => near(size, unit) || near(size, 1 / unit))) return true
  if ((near(size, 2) || near(size, 0.5)) && hasSquare(world)) return true
  return countsOf(world).some((n) => [n, 1 / n, 2 / n, n / 2].some((each) => near(size, each)))
}

/** Names that tell of the negative gradient: a force, a step downhill. */
const isNegative = ({ function: of, derivative }: PairCandidate): boolean => isNegativeBy([of.name, derivative.name])

export function isNegativeBy(names: readonly string[]): boolean {
  return names.some((name) =>
    /force|energy|potential|descent|downhill|neg|minus|accel|update|hamilton|tension|attract|repuls|pull|push|theta|decay/i.test(
      name,
    ),
  )
}

/** A square: its derivative is written without the 2 by those who think of half of it. */
function hasSquare({ builder, output }: PairWorld): boolean {
  return ancestors(builder.graph, output).some((id) => {
    const { op, inputs } = builder.node(id)
    const [a = -1, b = -1] = inputs
    return (
      (op === POWER && builder.constantOf(b) === 2) || (op === PRODUCT && a === b && builder.constantOf(a) === null)
    )
  })
}

/** Lengths of the lists that the function runs over: a mean divides by them. */
function countsOf({ inputs }: PairWorld): number[] {
  const counts = new Map<string, number>()
  for (const { plain } of inputs) {
    const list = /^(.*)\[\d+\]/.exec(plain)?.[1]
    if (list !== undefined) counts.set(list, (counts.get(list) ?? 0) + 1)
  }
  return [...counts.values()].filter((count) => count > 1)
}

/** A fitted function, or a difference quotient: its numbers agree to some digits only. */
export function isApproximate({ builder, output, written }: PairWorld): boolean {
  let fitted = false
  for (const id of [output, ...written].flatMap((node) => ancestors(builder.graph, node))) {
    const value = builder.constantOf(id)
    if (value === null || value === 0) continue
    const digits = String(Math.abs(value))
      .replace(/e.*$/, '')
      .replace(/^0?\.0*|\./g, '')
      .replace(/0+$/, '').length
    fitted ||=
      (digits >= 4 && !near(Math.abs(value), Math.PI) && !near(Math.abs(value), Math.E)) || Math.abs(value) <= 0.01
  }
  return fitted
}

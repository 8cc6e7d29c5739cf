/** How the numbers of a written derivative stand to the true ones, over all places at which they were compared. */
import type { PairPoint, PairSample } from './sample'

/** One place, with what was written there and what is right. */
export interface Comparison {
  readonly point: PairPoint
  readonly written: number
  readonly truth: number
  /** Values of parameters that stand for nothing of the function. */
  readonly free: readonly number[]
}

/** Code adds small numbers to keep away from 0: what is this close counts as the same. */
export const RELATIVE = 1e-6
const ROBUST = 1e-3

/** What overflows equals nothing, itself neither. */
export function equal(a: number, b: number, scale: number): boolean {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false
  return Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b)) + 1e-9 * scale
}

/** Certainly not the same, by far more than rounding can do. */
export function differs({ written, truth }: { written: number; truth: number }, scale: number): boolean {
  if (Number.isNaN(written)) return true
  const size = Math.max(Math.abs(written), Math.abs(truth))
  return Math.abs(written - truth) > ROBUST * size && Math.abs(written - truth) > 1e-5 * scale
}

/** The middle of the sizes of the true derivative. */
export function scaleOf(comparisons: readonly Comparison[]): number {
  const sizes = comparisons.map(({ truth }) => Math.abs(truth)).sort((a, b) => a - b)
  return Math.max(sizes[Math.floor(sizes.length / 2)] ?? 0, 1e-3 * (sizes.at(-1) ?? 0))
}

export const allEqual = (comparisons: readonly Comparison[], scale: number): boolean =>
  comparisons.every(({ written, truth }) => equal(written, truth, scale))

type Factor = (comparison: Comparison) => number

/** Products of the derivative's own parameters that people multiply a derivative with. */
export function upstreamFactors(count: number): Factor[] {
  const factors: Factor[] = []
  for (let k = 0; k < count; k++) {
    const own = ({ free }: Comparison): number => free[k] as number
    factors.push(
      own,
      (at) => 1 / own(at),
      (at) => own(at) - at.point.value,
      (at) => at.point.value - own(at),
      (at) => -own(at),
    )
  }
  if (count > 1) {
    factors.push(({ free }) => free.reduce((product, value) => product * value, 1))
    for (let k = 0; k < count; k++)
      for (let other = 0; other < count; other++)
        if (other !== k) factors.push(({ free }) => (free[k] as number) / (free[other] as number))
    for (let k = 0; k < count; k++)
      for (let other = 0; other < count; other++)
        if (other !== k) factors.push(({ free }) => (free[k] as number) - (free[other] as number))
  }
  return factors
}

export const scaledBy = (comparisons: readonly Comparison[], factor: Factor): Comparison[] =>
  comparisons.map((at) => ({ ...at, truth: at.truth * factor(at) }))

/** The one number that the written derivative is the true one times; `null` where there is none. */
export function constantFactor(comparisons: readonly Comparison[], scale: number): number | null {
  // Steep powers differ by many magnitudes within a few places: the largest third tells the factor, all must have it.
  const bySize = comparisons
    .filter(({ truth }) => truth !== 0)
    .toSorted((a, b) => Math.abs(b.truth) - Math.abs(a.truth))
  const ratios = bySize.slice(0, Math.max(5, Math.ceil(bySize.length / 3))).map(({ written, truth }) => written / truth)
  const [first] = ratios.toSorted((a, b) => a - b).slice(Math.floor(ratios.length / 2))
  if (first === undefined || !Number.isFinite(first) || Math.abs(first) < 1e-9) return null
  const factor = first
  return ratios.length >= 5 &&
    allEqual(
      scaledBy(comparisons, () => factor),
      scale * Math.abs(factor),
    )
    ? factor
    : null
}

/** Largest distance, as a part of the largest true derivative. */
export function distance(comparisons: readonly Comparison[]): number {
  const largest = Math.max(...comparisons.map(({ truth }) => Math.abs(truth)))
  const worst = Math.max(
    ...comparisons.map(({ truth, written }) =>
      Number.isNaN(written) ? Number.POSITIVE_INFINITY : Math.abs(truth - written),
    ),
  )
  return largest > 0 ? worst / largest : Number.POSITIVE_INFINITY
}

/** Whether numbers that aren't the derivative look like an attempt at it: equal in places, or off by a mere factor. */
export function resembles(comparisons: readonly Comparison[], scale: number, variable: number): boolean {
  const equalOnes = comparisons.filter(({ written, truth }) => equal(written, truth, scale)).length
  if (equalOnes >= 0.15 * comparisons.length) return true
  return constantFactor(comparisons, scale) !== null || isPowerOff(comparisons, scale, variable)
}

/** The written one is the true one times a power of the variable: an exponent was not lowered, or lowered twice. */
function isPowerOff(comparisons: readonly Comparison[], scale: number, variable: number): boolean {
  const usable = comparisons.filter(
    ({ truth, written }) => Math.abs(truth) > 1e-3 * scale && Number.isFinite(written) && written !== 0,
  )
  return (
    usable.length >= 8 &&
    [1, -1, 2, -2].some((power) => {
      const ratios = usable.map(
        ({ truth, written, point }) => written / truth / (point.at[variable] as number) ** power,
      )
      const [first] = ratios
      return first !== undefined && ratios.every((ratio) => Math.abs(ratio - first) <= 1e-6 * Math.abs(first))
    })
  )
}

/** The function's slope by finite differences, to make sure of a true derivative before anything is said against one. */
export function confirmed(sample: PairSample, point: PairPoint, index: number): boolean {
  const x = point.at[index] as number
  const truth = point.slopes[index] as number
  return [1e-5, 1e-6].some((size) => {
    const h = size * Math.max(1, Math.abs(x))
    const at = (value: number) => sample.run(point.at.map((each, k) => (k === index ? value : each)))?.[0] ?? Number.NaN
    const slope = (at(x + h) - at(x - h)) / (2 * h)
    return (
      Math.abs(slope - truth) <=
      1e-4 * Math.max(Math.abs(slope), Math.abs(truth)) + 1e-6 * Math.max(1, Math.abs(point.value))
    )
  })
}

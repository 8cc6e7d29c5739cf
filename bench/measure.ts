/** Timing for benches: both sides of a comparison in the same run, in turns, so that a busy machine slows both. */

export interface Side {
  readonly name: string
  /** Does the work once; what it returns is kept, so that nothing is optimised away. */
  run(): unknown
}
export interface Measured {
  readonly name: string
  /** Median time of one run, in microseconds. */
  readonly microseconds: number
}

export interface SlowSide {
  readonly name: string
  run(): unknown | Promise<unknown>
}

/** Median of `rounds` runs for each side, in turns, for work that takes long enough to be timed alone or that is awaited. */
export async function compareSlow(sides: readonly SlowSide[], rounds = 5): Promise<Measured[]> {
  const times = sides.map((): number[] => [])
  for (let round = -1; round < rounds; round++) {
    for (const [k, side] of sides.entries()) {
      const start = performance.now()
      kept = await side.run()
      // The first run warms up.
      if (round >= 0) times[k]?.push((performance.now() - start) * 1000)
    }
  }
  return sides.map(({ name }, k) => ({ name, microseconds: median(times[k] ?? []) }))
}

let kept: unknown

/** Median of `rounds` rounds for each side, the sides taking turns; a round lasts about `milliseconds`. */
export function compare(sides: readonly Side[], rounds = 9, milliseconds = 120): Measured[] {
  const times = sides.map((): number[] => [])
  const counts = sides.map((side) => repeats(side, milliseconds))
  for (let round = 0; round < rounds; round++) {
    for (const [k, side] of sides.entries()) {
      const count = counts[k] as number
      const start = performance.now()
      for (let n = 0; n < count; n++) kept = side.run()
      times[k]?.push(((performance.now() - start) * 1000) / count)
    }
  }
  return sides.map(({ name }, k) => ({ name, microseconds: median(times[k] ?? []) }))
}

/** A side that has run for so many milliseconds has been compiled by the engine. */
const WARM = 500

/** How often a side runs in about so many milliseconds, once it is warm. */
function repeats(side: Side, milliseconds: number): number {
  const begin = performance.now()
  while (performance.now() - begin < WARM) kept = side.run()
  let count = 1
  for (;;) {
    const start = performance.now()
    for (let n = 0; n < count; n++) kept = side.run()
    const took = performance.now() - start
    if (took > milliseconds / 2) return Math.max(1, Math.round((count * milliseconds) / took))
    count *= 2
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

/** One line a side, and how many times the first is faster (or slower) than it. */
export function report(title: string, measured: readonly Measured[]): void {
  console.log(`\n${title}`)
  const own = measured[0]?.microseconds ?? Number.NaN
  for (const { name, microseconds } of measured) {
    const ratio = microseconds / own
    const compared =
      microseconds === own
        ? ''
        : ratio >= 1
          ? `GradLens is ${ratio.toFixed(1)} × as fast`
          : `GradLens takes ${(1 / ratio).toFixed(1)} × as long`
    console.log(`  ${name.padEnd(44)} ${format(microseconds).padStart(12)}   ${compared}`)
  }
}

const format = (microseconds: number): string =>
  microseconds < 1000 ? `${microseconds.toFixed(2)} µs` : `${(microseconds / 1000).toFixed(2)} ms`

/** Read by nobody; its existence keeps the work of a bench alive. */
export const sink = (): unknown => kept

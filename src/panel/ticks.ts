/** Where an axis has its marks. */

/** Round numbers within a range, at most so many and some more. */
export function ticksOf(low: number, high: number, most: number): number[] {
  const wanted = (high - low) / most
  const magnitude = 10 ** Math.floor(Math.log10(wanted))
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((each) => each >= wanted * (1 - 1e-9)) ?? wanted
  const first = Math.ceil(low / step - 1e-9)
  const count = Math.floor(high / step + 1e-9) - first + 1
  return Array.from({ length: Math.max(0, count) }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

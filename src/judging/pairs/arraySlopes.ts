/** What a written gradient of arrays has to be: of one number, of each entry by its own input, or of all by all. */
import type { ArrayRun } from '../../reading/pairs/arrayCandidate'
import type { Slot } from '../../reading/pairs/sized'
import { type Draw, type EntryAt, joined, trueValue, type Values, valuesIn } from './arrayValues'
import type { ArrayWorld } from './arrayWorld'
import { equal } from './relation'

interface At {
  readonly run: ArrayRun
  readonly world: ArrayWorld
  readonly draw: Draw
  readonly values: Values
}

interface Slopes {
  readonly expected: readonly number[]
  /** Which entry of the input one of them belongs to, and which of the output; `null`: all of them. */
  readonly placeOf: (index: number) => Omit<EntryAt, 'of' | 'written' | 'expected'>
}

const MOST_ENTRIES = 400

/** @param of the input that is varied @param written as many numbers as are to be compared @returns `null` where it can be none */
export function slopesOf({ run, world, draw, values }: At, of: Slot, written: readonly number[]): Slopes | null {
  const truth = (at: Values) => joined(of.leaves.map(({ key }) => trueValue(world, at, key)))
  const total = truth(values)
  const count = joined(world.outputs.map((id) => values.of(id)))?.length ?? 0
  if (!total || run.arriving || count < 2) return total && ofSum(total)
  if (count * total.length > MOST_ENTRIES) return null
  const rows = Array.from({ length: count }, (_row, probed) => truth(valuesIn(run, world, { ...draw, probed })))
  if (rows.includes(null)) return null
  const jacobian = rows as number[][]
  if (written.length === count * total.length) {
    const [plain, turned] = [jacobian.flat(), total.flatMap((_entry, k) => jacobian.map((row) => row[k] as number))]
    const isTurned = agreement(turned, written) > agreement(plain, written)
    const width = isTurned ? count : total.length
    const places = (index: number) => [Math.floor(index / width), index % width] as const
    const placeOf = (index: number) => {
      const [row, column] = places(index)
      return isTurned ? { entry: row, output: column } : { entry: column, output: row }
    }
    return { expected: isTurned ? turned : plain, placeOf }
  }
  // Each input goes into one output alone, so that their sum says no less than all of them.
  const isApart = total.every((_entry, k) => jacobian.filter((row) => row[k] !== 0).length <= 1)
  return isApart ? ofSum(total) : null
}

const ofSum = (expected: readonly number[]): Slopes => ({ expected, placeOf: (entry) => ({ entry, output: null }) })

const agreement = (expected: readonly number[], written: readonly number[]): number =>
  expected.filter((value, k) => equal(written[k] as number, value, 1)).length

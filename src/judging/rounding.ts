/** Whether a difference is what rounding to the written digits can have done. */

import { BINARY, INTERVALS } from '../arithmetic/binary'
import { enclose } from '../calculus/carried'
import { tape } from '../calculus/evaluate'
import { ancestors, leavesOf, type NodeId } from '../graph/graph'
import type { Meaning } from '../meaning/build'
import { NEGATIVE } from '../operations/algebra'
import type { Setting, Witness } from './equivalence'

/** `wide`: the digits are so few that rounding explains almost any value. */
export type Rounding = 'right' | 'wide' | 'wrong'

/** Relative to the value. */
const WIDE = 0.2
/** In halves of the last digit: of one digit alone nobody cuts off the rest. */
const FEW_DIGITS = 20

/**
 * A side with decimals is right when one choice of what was rounded to them fits the truth everywhere. A decimal that the
 * truth has too, or what was differentiated, was copied and not rounded.
 */
export function rounding(
  world: Meaning,
  setting: Setting,
  truth: NodeId,
  side: NodeId,
  { defined, witness }: { readonly defined: readonly NodeId[]; readonly witness?: Witness },
): Rounding {
  const { graph } = world.builder
  const exact = ancestors(graph, truth)
  const order = [...new Set([...exact, ...ancestors(graph, side)])]
  const isOneNumber = ancestors(graph, side).every((id) => isNumberOrSign(world, id))
  const source = [truth, ...defined].flatMap((id) => ancestors(graph, id))
  const halves = halvesOf(world, ancestors(graph, side), isOneNumber ? [] : source)
  if (halves.size === 0) return 'wrong'
  const loose = [...halves].map(([id, half]) => {
    const value = world.builder.node(id).attributes.value as number
    // A calculator's display ends, and people copy what stands there: the rest may be cut off.
    const cut = isOneNumber && Math.abs(value) >= FEW_DIGITS * half ? half : 0
    return [id, { lo: value - half - (value < 0 ? cut : 0), hi: value + half + (value < 0 ? 0 : cut) }] as const
  })
  const inputs = leavesOf(graph, [truth, side])
  const points = roundingPoints(inputs, setting, witness)
  let met = 0
  let isWide = false
  for (const at of points) {
    const values = new Map(inputs.map((id, k) => [id, INTERVALS.number(at[k] as number)]))
    const right = enclose(BINARY, INTERVALS, graph, exact, values)(truth)
    const written = enclose(BINARY, INTERVALS, graph, order, new Map([...values, ...loose]))(side)
    if (!right || !written) continue
    if (written.lo > right.hi || right.lo > written.hi) return 'wrong'
    isWide ||= !isOneNumber && written.hi - written.lo > WIDE * Math.max(Math.abs(written.lo), Math.abs(written.hi))
    met++
  }
  if (met === 0 || (inputs.length > 0 && !fits(world, truth, side, inputs, halves, points))) return 'wrong'
  return isWide ? 'wide' : 'right'
}

const isNumberOrSign = (world: Meaning, id: NodeId): boolean => {
  const { op } = world.builder.node(id)
  return op === 'constant' || op === NEGATIVE
}

/** Half a unit of the last digit of each decimal that may be rounded. */
function halvesOf(world: Meaning, side: readonly NodeId[], truth: readonly NodeId[]): Map<NodeId, number> {
  const copied = new Set(truth.map((id) => world.builder.constantOf(id)))
  return new Map(
    side.flatMap((id) => {
      const half = world.decimals.get(id)
      return half === undefined || copied.has(world.builder.constantOf(id)) ? [] : [[id, half] as const]
    }),
  )
}

function roundingPoints(inputs: readonly NodeId[], setting: Setting, witness?: Witness): number[][] {
  const own = inputs.map((id) => setting.values?.get(id))
  const spread = [0.7, 1.3, 2.9, 17, 0.06, 0.35, 4.1].map((base) => inputs.map((_id, k) => base * (1 + 0.37 * k)))
  const found = inputs.map((id) => witness?.at.get(id))
  const known = [own, found].filter((at): at is number[] => at.every((value) => value !== undefined))
  return [...known, ...spread]
}

/** More decimals than this are believed: there are too few points to tell. */
const MOST_DECIMALS = 4
const ROUNDS = 6
/** What is left of a fit, relative to the truth, is rounding of doubles only. */
const LEFT = 1e-7

/**
 * Is there one choice of the exact numbers behind the decimals with which the side equals the truth at every point? Newton's
 * method for least squares, in units of half a digit. It starts in the middle of what rounding allows, where sides are all but linear.
 */
function fits(
  world: Meaning,
  truth: NodeId,
  side: NodeId,
  inputs: readonly NodeId[],
  halves: ReadonlyMap<NodeId, number>,
  points: readonly (readonly number[])[],
): boolean {
  const { graph } = world.builder
  const ids = [...halves.keys()]
  const written = ids.map((id) => world.builder.constantOf(id) as number)
  const right = tape(graph, inputs, [truth])
  const said = tape(graph, [...inputs, ...ids], [side])
  if (!right || !said || ids.length > MOST_DECIMALS) return true
  const targets = points.map((at) => right.run(at)[0] as number)
  const usable = points.flatMap((at, k) => {
    const [start, target] = [said.run([...at, ...written])[0] as number, targets[k] as number]
    return Number.isFinite(start) && Number.isFinite(target) ? [{ at, target, size: Math.abs(target) || 1 }] : []
  })
  if (usable.length <= ids.length) return true
  const residuals = (shift: readonly number[]): number[] => {
    const numbers = written.map((value, k) => value + (shift[k] as number) * (halves.get(ids[k] as NodeId) as number))
    return usable.map(({ at, target, size }) => ((said.run([...at, ...numbers])[0] as number) - target) / size)
  }
  let shift = ids.map(() => 0)
  for (let round = 0; round < ROUNDS; round++) {
    const now = residuals(shift)
    const slopes = ids.map((_id, k) => {
      const moved = residuals(shift.map((value, j) => (j === k ? value + STEP : value)))
      return moved.map((value, p) => (value - (now[p] as number)) / STEP)
    })
    const change = leastSquares(slopes, now)
    shift = shift.map((value, k) => value - (change[k] as number))
    if (!shift.every(Number.isFinite)) return true
  }
  return shift.every((value) => Math.abs(value) <= 1 + 1e-6) && residuals(shift).every((left) => Math.abs(left) <= LEFT)
}
const STEP = 1e-3

/** The least change that makes the residuals smallest; columns are the slopes of one unknown each. */
function leastSquares(columns: readonly (readonly number[])[], residuals: readonly number[]): number[] {
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, k) => sum + value * (b[k] as number), 0)
  const size = columns.reduce((sum, column) => sum + dot(column, column), 0)
  const rows = columns.map((column, i) => [
    ...columns.map((other, j) => dot(column, other) + (i === j ? 1e-13 * size : 0)),
    dot(column, residuals),
  ])
  return solved(rows)
}

/** Gauss's elimination of a system with its right side as the last column. */
function solved(rows: number[][]): number[] {
  const n = rows.length
  for (let k = 0; k < n; k++) {
    const best = rows
      .slice(k)
      .reduce((at, row, i) => (Math.abs(row[k] as number) > Math.abs(rows[at]?.[k] as number) ? k + i : at), k)
    ;[rows[k], rows[best]] = [rows[best] as number[], rows[k] as number[]]
    const pivot = rows[k] as number[]
    for (const row of rows) {
      if (row === pivot) continue
      const factor = (row[k] as number) / (pivot[k] as number)
      for (let j = k; j <= n; j++) row[j] = (row[j] as number) - factor * (pivot[j] as number)
    }
  }
  return rows.map((row, k) => (row[n] as number) / (row[k] as number))
}

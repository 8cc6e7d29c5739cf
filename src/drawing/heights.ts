/**
 * How high each item stands in its column, after Brandes and Köpf, "Fast and simple horizontal coordinate assignment" (2001):
 * four extreme placements, each with long edges straight, and of the four the mean of the middle two.
 */

import type { Order } from './order'
import type { Item, Ranked } from './ranks'

/** Free room between two things in a column. */
const ROOM = { nodes: 20, lines: 6 }

const isNode = (item: Item) => item.node >= 0

/** The line of each item. */
export function assignHeights(ranked: Ranked, order: Order): number[] {
  const conflicts = conflictsOf(ranked, order)
  const placements = [false, true].flatMap((fromLast) =>
    [false, true].map((fromBelow) => placement(ranked, order, conflicts, fromLast, fromBelow)),
  )
  const smallest = placements.reduce((best, each) => (extent(each) < extent(best) ? each : best))
  const [low, high] = [Math.min(...spanOf(smallest)), Math.max(...spanOf(smallest))]
  placements.forEach((each, index) => {
    const [least, most] = spanOf(each)
    // Those that were pushed up are aligned at the top with the smallest, those pushed down at its bottom.
    const shift = index % 2 === 0 ? low - least : high - most
    for (let id = 0; id < each.length; id++) each[id] = (each[id] as number) + shift
  })
  return ranked.items.map((_, id) => {
    const sorted = placements.map((each) => each[id] as number).sort((a, b) => a - b)
    return ((sorted[1] as number) + (sorted[2] as number)) / 2
  })
}

function spanOf(heights: Float64Array): [number, number] {
  let [least, most] = [Infinity, -Infinity]
  for (const height of heights) {
    if (height < least) least = height
    if (height > most) most = height
  }
  return [least, most]
}

const extent = (heights: Float64Array) => {
  const [least, most] = spanOf(heights)
  return most - least
}

const pair = (a: number, b: number) => (a < b ? `${a},${b}` : `${b},${a}`)

/** Lines that cross the straight middle of a long edge: they give way. Two middles that cross: the later one gives way. */
function conflictsOf(ranked: Ranked, order: Order): Set<string> {
  const conflicts = new Set<string>()
  const position = new Float64Array(ranked.items.length)
  for (const rank of order) rank.forEach((id, index) => (position[id] = index))
  const inner = (from: number, to: number) => !isNode(ranked.items[from] as Item) && !isNode(ranked.items[to] as Item)

  for (let rank = 1; rank < order.length; rank++) {
    const middles: [number, number][] = []
    let furthest = -1
    for (const to of order[rank] as readonly number[]) {
      for (const from of ranked.previous[to] as readonly number[]) {
        if (!inner(from, to)) continue
        if ((position[from] as number) < furthest) conflicts.add(pair(from, to))
        else middles.push([from, to])
        furthest = Math.max(furthest, position[from] as number)
      }
    }
    if (middles.length > 0) addCrossing(ranked, order[rank] as readonly number[], position, middles, conflicts)
  }
  return conflicts
}

function addCrossing(
  ranked: Ranked,
  rank: readonly number[],
  position: Float64Array,
  middles: readonly [number, number][],
  conflicts: Set<string>,
): void {
  // Middles don't cross one another, so both their ends ascend: each other line lies between two neighbouring ones.
  let index = 0
  for (const to of rank) {
    while (
      index < middles.length &&
      (position[(middles[index] as [number, number])[1]] as number) < (position[to] as number)
    )
      index++
    const before = middles[index - 1]
    const at = middles[index]
    for (const from of ranked.previous[to] as readonly number[]) {
      if (at?.[0] === from && at[1] === to) continue
      const above = before && (position[from] as number) < (position[before[0]] as number)
      const below = at && at[1] !== to && (position[from] as number) > (position[at[0]] as number)
      if (above || below) conflicts.add(pair(from, to))
    }
  }
}

/** One of the four: looking from the last column or the first, packing from below or from above. */
function placement(
  ranked: Ranked,
  order: Order,
  conflicts: Set<string>,
  fromLast: boolean,
  fromBelow: boolean,
): Float64Array {
  const columns = order.map((rank) => (fromBelow ? [...rank].reverse() : rank))
  if (fromLast) columns.reverse()
  const neighbours = fromLast ? ranked.next : ranked.previous
  const root = aligned(ranked, columns, neighbours, conflicts)
  const heights = compacted(ranked, columns, root, fromBelow)
  if (fromBelow) for (let id = 0; id < heights.length; id++) heights[id] = -(heights[id] as number)
  return heights
}

/** Items that stand in one straight line have the same root. */
function aligned(
  ranked: Ranked,
  columns: readonly (readonly number[])[],
  neighbours: Ranked['next'],
  conflicts: Set<string>,
): Int32Array {
  const count = ranked.items.length
  const root = Int32Array.from({ length: count }, (_, id) => id)
  const taken = new Uint8Array(count)
  const position = new Float64Array(count)
  for (const column of columns) column.forEach((id, index) => (position[id] = index))
  for (const column of columns) {
    let last = -1
    for (const id of column) {
      const sorted = [...(neighbours[id] as readonly number[])].sort(
        (a, b) => (position[a] as number) - (position[b] as number),
      )
      const middle = (sorted.length - 1) / 2
      for (const index of new Set([Math.floor(middle), Math.ceil(middle)])) {
        const other = sorted[index]
        if (other === undefined || taken[other] || last >= (position[other] as number)) continue
        if (conflicts.has(pair(id, other))) continue
        root[id] = root[other] as number
        taken[other] = 1
        last = position[other] as number
        break
      }
    }
  }
  return root
}

/** Packs the straight lines as tightly as the items in them allow. */
function compacted(
  ranked: Ranked,
  columns: readonly (readonly number[])[],
  root: Int32Array,
  fromBelow: boolean,
): Float64Array {
  const before: Map<number, number>[] = ranked.items.map(() => new Map())
  const after: Map<number, number>[] = ranked.items.map(() => new Map())
  for (const column of columns) {
    for (let i = 1; i < column.length; i++) {
      const [upper, lower] = [column[i - 1] as number, column[i] as number]
      const room = fromBelow ? separation(ranked, lower, upper) : separation(ranked, upper, lower)
      const [a, b] = [root[upper] as number, root[lower] as number]
      const known = after[a]?.get(b) ?? 0
      after[a]?.set(b, Math.max(known, room))
      before[b]?.set(a, Math.max(known, room))
    }
  }
  const order = blockOrder(before, after)
  const heights = new Float64Array(ranked.items.length)
  for (const block of order) {
    let height = 0
    for (const [other, room] of before[block] as Map<number, number>) {
      height = Math.max(height, (heights[other] as number) + room)
    }
    heights[block] = height
  }
  // Back again: what has room below moves towards it, so that nothing hangs at the top without need.
  for (let i = order.length - 1; i >= 0; i--) {
    const block = order[i] as number
    let limit = Infinity
    for (const [other, room] of after[block] as Map<number, number>) {
      limit = Math.min(limit, (heights[other] as number) - room)
    }
    if (limit !== Infinity) heights[block] = Math.max(heights[block] as number, limit)
  }
  return heights.map((_, id) => heights[root[id] as number] as number)
}

/** Blocks so that each comes after those before it. */
function blockOrder(before: readonly Map<number, number>[], after: readonly Map<number, number>[]): number[] {
  const waiting = before.map((map) => map.size)
  const order: number[] = []
  for (let id = 0; id < before.length; id++) if (waiting[id] === 0) order.push(id)
  for (let i = 0; i < order.length; i++) {
    for (const other of (after[order[i] as number] as Map<number, number>).keys()) {
      waiting[other] = (waiting[other] as number) - 1
      if (waiting[other] === 0) order.push(other)
    }
  }
  return order
}

function separation(ranked: Ranked, upper: number, lower: number): number {
  const [above, below] = [ranked.items[upper] as Item, ranked.items[lower] as Item]
  const room = isNode(above) || isNode(below) ? ROOM.nodes : ROOM.lines
  return above.below + below.above + room
}

/** In which order the items of each column stand, so that few lines cross: sweeps by barycentre, the best one is kept. */
import type { Ranked } from './ranks'

/** By rank: the items from top to bottom. */
export type Order = readonly (readonly number[])[]

/** Sweeps for small graphs; large ones get fewer, for time grows with both. */
const SWEEPS = 16
const MANY = 4000

/** An order with few crossings; where nothing decides, the order in which the author wrote the inputs. */
export function orderRanks(ranked: Ranked): Order {
  let order = writtenOrder(ranked)
  let best = order
  let fewest = crossings(ranked, order)
  const sweeps = ranked.items.length > MANY ? 4 : SWEEPS
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
    order = swept(ranked, order, sweep % 2 === 0)
    const count = crossings(ranked, order)
    if (count >= fewest) continue
    fewest = count
    best = order
  }
  return ranked.items.length > MANY ? best : exchanged(ranked, best)
}

/** Depth first from the outputs, inputs in the order written: a tree comes out without a crossing. */
function writtenOrder(ranked: Ranked): Order {
  const order: number[][] = Array.from({ length: ranked.ranks }, () => [])
  const seen = new Uint8Array(ranked.items.length)
  const place = (id: number) => {
    seen[id] = 1
    order[ranked.items[id]?.rank ?? 0]?.push(id)
  }
  ranked.items.forEach((_, root) => {
    if (seen[root] || (ranked.next[root] as readonly number[]).length > 0) return
    const stack = [root]
    while (stack.length > 0) {
      const id = stack.pop() as number
      if (seen[id]) continue
      place(id)
      stack.push(...[...(ranked.previous[id] as readonly number[])].reverse())
    }
  })
  return order
}

function positionsIn(order: Order, count: number): Float64Array {
  const positions = new Float64Array(count)
  for (const rank of order) rank.forEach((id, index) => (positions[id] = index))
  return positions
}

function swept(ranked: Ranked, order: Order, forward: boolean): Order {
  const result = order.map((rank) => [...rank])
  const positions = positionsIn(order, ranked.items.length)
  const fixed = forward ? ranked.previous : ranked.next
  const ranks = result.map((_, index) => index)
  for (const rank of forward ? ranks.slice(1) : ranks.slice(0, -1).reverse()) {
    const items = result[rank] as number[]
    const wanted = new Map(items.map((id) => [id, mean(fixed[id] as readonly number[], positions) ?? positions[id]]))
    items.sort((a, b) => (wanted.get(a) as number) - (wanted.get(b) as number))
    items.forEach((id, index) => (positions[id] = index))
  }
  return result
}

function mean(ids: readonly number[], positions: Float64Array): number | null {
  if (ids.length === 0) return null
  return ids.reduce((sum, id) => sum + (positions[id] as number), 0) / ids.length
}

/** Exchanges neighbours while that removes crossings. */
function exchanged(ranked: Ranked, order: Order): Order {
  const result = order.map((rank) => [...rank])
  const positions = positionsIn(result, ranked.items.length)
  for (let round = 0, improved = true; improved && round < 8; round++) {
    improved = false
    for (const rank of result) {
      for (let i = 0; i + 1 < rank.length; i++) {
        const [a, b] = [rank[i] as number, rank[i + 1] as number]
        const now = pairCrossings(ranked, positions, a, b)
        if (now === 0 || pairCrossings(ranked, positions, b, a) >= now) continue
        rank[i] = b
        rank[i + 1] = a
        positions[b] = i
        positions[a] = i + 1
        improved = true
      }
    }
  }
  return result
}

/** Crossings of the lines of two neighbours when `a` stands above `b`. */
function pairCrossings(ranked: Ranked, positions: Float64Array, a: number, b: number): number {
  let count = 0
  for (const side of [ranked.previous, ranked.next]) {
    for (const one of side[a] as readonly number[]) {
      for (const other of side[b] as readonly number[]) {
        if ((positions[one] as number) > (positions[other] as number)) count++
      }
    }
  }
  return count
}

/** Crossings of all lines: inversions between neighbouring columns, counted with a tree in n log n. */
export function crossings(ranked: Ranked, order: Order): number {
  const positions = positionsIn(order, ranked.items.length)
  let total = 0
  for (let rank = 0; rank + 1 < order.length; rank++) {
    const ends: number[] = []
    for (const id of order[rank] as readonly number[]) {
      const targets = (ranked.next[id] as readonly number[]).map((to) => positions[to] as number)
      ends.push(...targets.sort((a, b) => a - b))
    }
    total += inversions(ends, (order[rank + 1] as readonly number[]).length)
  }
  return total
}

function inversions(values: readonly number[], size: number): number {
  const tree = new Int32Array(size + 1)
  let total = 0
  values.forEach((value, seen) => {
    let before = 0
    for (let i = value + 1; i > 0; i -= i & -i) before += tree[i] as number
    total += seen - before
    for (let i = value + 1; i <= size; i += i & -i) tree[i] = (tree[i] as number) + 1
  })
  return total
}

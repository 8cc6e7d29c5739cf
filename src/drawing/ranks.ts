/** Columns of a graph, and which one each node stands in. */

/** Room around a horizontal line: what stands above it and below it, in pixels. */
export interface Box {
  readonly width: number
  readonly above: number
  readonly below: number
}
/** One thing in a column: a node, the label of an edge, or the place where a long edge passes. */
export interface Item extends Box {
  readonly rank: number
  /** Index of the node, or -1. */
  readonly node: number
  /** Index of the edge it belongs to, or -1. */
  readonly edge: number
}
/** A graph whose every edge leads from one column to the next. */
export interface Ranked {
  readonly items: readonly Item[]
  /** By item: items of the next column, and of the one before. */
  readonly next: readonly (readonly number[])[]
  readonly previous: readonly (readonly number[])[]
  readonly ranks: number
}

/**
 * Longest path from the inputs; then everything that can is drawn towards what uses it, so that an input stands beside its
 * first use and not at the far left.
 * @param edges from, to, and over how many columns it reaches at least (1 unless given)
 */
export function ranksOf(count: number, edges: readonly (readonly [number, number, number?])[]): number[] {
  const users: number[][] = Array.from({ length: count }, () => [])
  const inputs: number[][] = Array.from({ length: count }, () => [])
  const reaches: number[][] = Array.from({ length: count }, () => [])
  for (const [from, to, reach = 1] of edges) {
    users[from]?.push(to)
    reaches[from]?.push(reach)
    inputs[to]?.push(from)
  }
  const reach = (node: number, i: number) => (reaches[node] as number[])[i] as number
  const order = topological(count, inputs, users)
  const ranks = new Array<number>(count).fill(0)
  for (const node of order) {
    for (const [i, user] of (users[node] as number[]).entries()) {
      ranks[user] = Math.max(ranks[user] as number, (ranks[node] as number) + reach(node, i))
    }
  }
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i] as number
    const after = users[node] as number[]
    // Moving right makes the lines to the users shorter and those from the inputs longer; inputs without inputs follow.
    const held = (inputs[node] as number[]).filter((input) => (inputs[input] as number[]).length > 0).length
    if (after.length === 0 || held > after.length) continue
    ranks[node] = Math.min(...after.map((user, i) => (ranks[user] as number) - reach(node, i)))
  }
  return ranks
}

function topological(count: number, inputs: readonly number[][], users: readonly number[][]): number[] {
  const waiting = inputs.map((list) => list.length)
  const order: number[] = []
  for (let node = 0; node < count; node++) if (waiting[node] === 0) order.push(node)
  for (let i = 0; i < order.length; i++) {
    for (const user of users[order[i] as number] as number[]) {
      waiting[user] = (waiting[user] as number) - 1
      if (waiting[user] === 0) order.push(user)
    }
  }
  return order
}

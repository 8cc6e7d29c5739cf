/** Graphs to be laid out, for tests and benches. */
import type { LayoutGraph } from '../../src/drawing/layout'
import type { Box } from '../../src/drawing/ranks'

/** A node, and the label of an edge, as drawings have them. */
export const circle = { width: 44, above: 22, below: 40, align: 'center', port: { inset: 0, spread: 22 } } as const
export const label: Box = { width: 60, above: 24, below: 34 }

/** Graphs like those that derivations have: each operation uses one or two of the nodes before it, mostly near ones. */
export function derivationLike(count: number): LayoutGraph {
  let seed = 7
  const random = () => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed / 2147483648
  }
  const edges: { from: number; to: number; label: Box }[] = []
  for (let to = 3; to < count; to++) {
    const first = Math.max(0, to - 1 - Math.floor(random() ** 3 * 40))
    const second = Math.max(0, to - 1 - Math.floor(random() ** 2 * 60))
    edges.push({ from: first, to, label })
    if (second !== first) edges.push({ from: second, to, label })
  }
  return { nodes: Array(count).fill(circle), edges }
}

/** What is taken as a whole: leaves, and what has a name. */
import type { GraphNode } from '../graph/graph'

const LEAVES = new Set(['input', 'opaque', 'upstream'])

/** Leaves, and named nodes: what a derived expression calls by its name. */
export const isAtom = (node: GraphNode): boolean =>
  LEAVES.has(node.op) || (node.name !== null && node.op !== 'constant')

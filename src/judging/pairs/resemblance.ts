/** Whether what is written looks like an attempt at this derivative: what it is made of, where its numbers alone don't tell. */
import { tape } from '../../calculus/evaluate'
import { ancestors, type NodeId } from '../../graph/graph'
import { operation } from '../../operations/index'
import { type Comparison, equal } from './relation'
import type { Assignment } from './roles'
import type { Trial } from './trial'
import type { PairWorld } from './world'

const PLACES = 12

/**
 * Whether the written derivative computes parts that the function or its true derivative computes too: `1 + Math.exp(x)`,
 * `x * x + y * y`. Compared by value, so that another order or other names of parameters hide nothing. A mere multiple
 * of the function, or it with a number added, is no attempt: a discounted price is no slope of the price.
 */
export function sharesParts(trial: Trial, roles: Assignment['roles'], column: readonly Comparison[]): boolean {
  if (roles.includes('free') || isLinearIn(column)) return false
  const { world, sample } = trial
  const { builder, output, truth, written } = world
  const wanted = new Set([output, ...truth].flatMap((node) => (node === null ? [] : partsOf(world, node))))
  const parts = [...new Set(written.flatMap((node) => partsOf(world, node)))]
  const leaves = [...world.inputs, ...world.own].map(({ node }) => node)
  const nodes = [...wanted, ...parts, ...leaves]
  const values = tape(builder.graph, leaves, nodes)
  if (!values || parts.length === 0) return false
  const rows = sample.points.slice(0, PLACES).map(({ at, value }) => {
    const own = roles.map((role) => (role === 'output' ? value : (at[role as number] as number)))
    return [...values.run([...at, ...own])]
  })
  // Up to a factor: a sum of two equal terms is twice one of them.
  const key = (index: number): string => {
    const first = rows[0]?.[index] as number
    return rows.map((row) => ((row[index] as number) / first).toPrecision(9)).join()
  }
  const known = new Set([...wanted].map((_node, index) => key(index)))
  const plain = new Set(leaves.map((_leaf, index) => key(wanted.size + parts.length + index)))
  return parts.some((_node, index) => {
    const own = key(wanted.size + index)
    return known.has(own) && !plain.has(own)
  })
}

/** Nodes that do more than one step with an input: those that two unrelated formulas don't have in common by chance. */
function partsOf({ builder, inputs, own }: PairWorld, root: NodeId): NodeId[] {
  const leaves = new Set([...inputs, ...own].map(({ node }) => node))
  const depth = new Map<NodeId, number>()
  return ancestors(builder.graph, root).filter((id) => {
    const { op, inputs: from } = builder.node(id)
    const below = Math.max(-1, ...from.map((input) => depth.get(input) ?? -1))
    const own = leaves.has(id) ? 0 : below < 0 ? -1 : below + (isFunction(op) ? 2 : 1)
    depth.set(id, own)
    return own >= 2
  })
}

/** A function with a name, `exp`, in contrast to an operator. */
const isFunction = (op: string): boolean => /^[\w.]+$/.test(operation(op)?.spellings.typescript?.[0] ?? '')

/** Whether what is written is `a f + b` with numbers a and b, everywhere. */
function isLinearIn(column: readonly Comparison[]): boolean {
  const finite = column.filter(({ written }) => Number.isFinite(written))
  const [first, ...rest] = finite
  const last = rest.find(({ point }) => Math.abs(point.value - (first as Comparison).point.value) > 1e-3)
  if (!first || !last || finite.length < 6) return false
  const slope = (last.written - first.written) / (last.point.value - first.point.value)
  if (Math.abs(slope) < 1e-9) return false
  return finite.every(({ written, point }) => {
    const expected = first.written + slope * (point.value - first.point.value)
    return equal(written, expected, Math.abs(first.written) + Math.abs(slope))
  })
}

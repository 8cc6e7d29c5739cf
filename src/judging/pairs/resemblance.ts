/** Whether what is written looks like an attempt at this derivative: what it is made of, where its numbers alone don't tell. */
import { tape } from '../../calculus/evaluate'
import { ancestors, type GraphBuilder, type NodeId } from '../../graph/graph'
import { isSum, NEGATIVE } from '../../operations/algebra'
import { operation } from '../../operations/index'
import type { Tensor } from '../../operations/operation'
import type { ArrayWorld } from './arrayWorld'
import { type Comparison, equal } from './relation'
import type { Assignment } from './roles'
import type { Trial } from './trial'

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
  const leaves = [...world.inputs, ...world.own].map(({ node }) => node)
  const roots = new Set(leaves)
  const wanted = new Set([output, ...truth].flatMap((node) => (node === null ? [] : partsOf(builder, roots, node))))
  const parts = [...new Set(written.flatMap((node) => partsOf(builder, roots, node)))]
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

/** Nodes that do more than one step with an input, and terms of the sum that it is: those that two unrelated formulas don't have in common by chance. */
function partsOf(builder: GraphBuilder, leaves: ReadonlySet<NodeId>, root: NodeId): NodeId[] {
  const depth = new Map<NodeId, number>()
  const terms = termsOf(builder, root)
  return ancestors(builder.graph, root).filter((id) => {
    const { op, inputs: from } = builder.node(id)
    const below = Math.max(-1, ...from.map((input) => depth.get(input) ?? -1))
    const own = leaves.has(id) ? 0 : below < 0 ? -1 : below + (isFunction(op) ? 2 : 1)
    depth.set(id, own)
    return own >= 2 || (own === 1 && terms.has(id))
  })
}

/** The terms of a sum, with what stands before their signs. */
function termsOf(builder: GraphBuilder, root: NodeId): Set<NodeId> {
  const terms = new Set<NodeId>()
  const stack = [root]
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    const { op, inputs } = builder.node(id)
    if (isSum(op) || op === NEGATIVE) stack.push(...inputs)
    else if (id !== root) terms.add(id)
  }
  return terms
}

/** The same for arrays. @param draws what the nodes are at several draws of numbers */
export function sharesArrays(
  { builder, outputs, truth, leaves }: ArrayWorld,
  written: readonly NodeId[],
  draws: readonly ((id: NodeId) => Tensor | null)[],
): boolean {
  const roots = new Set(leaves.values())
  const numbers = (id: NodeId): number[] => draws.flatMap((draw) => [...(draw(id)?.data ?? [])])
  const key = (id: NodeId): string => {
    const all = numbers(id)
    const first = all.find((value) => value !== 0) ?? 1
    return all.map((value) => (value / first).toPrecision(9)).join()
  }
  const values = (ids: readonly NodeId[]) => ids.flatMap(numbers)
  if (isLinear(values(written), values(outputs))) return false
  const wanted = new Set([...outputs, ...truth.values()].flatMap((node) => partsOf(builder, roots, node)))
  const known = new Set([...wanted].map(key))
  const plain = new Set([...roots].map(key))
  return written
    .flatMap((node) => partsOf(builder, roots, node))
    .map(key)
    .some((own) => known.has(own) && !plain.has(own))
}

/** A function with a name, `exp`, in contrast to an operator. */
const isFunction = (op: string): boolean => /^[\w.]+$/.test(operation(op)?.spellings.typescript?.[0] ?? '')

/** Whether what is written is `a f + b` with numbers a and b, everywhere. */
function isLinearIn(column: readonly Comparison[]): boolean {
  const finite = column.filter(({ written }) => Number.isFinite(written))
  return isLinear(
    finite.map(({ written }) => written),
    finite.map(({ point }) => point.value),
  )
}

function isLinear(written: readonly number[], values: readonly number[]): boolean {
  const [first = 0] = values
  const last = values.findIndex((value) => Math.abs(value - first) > 1e-3)
  if (last < 0 || written.length < 6 || written.length !== values.length) return false
  const start = written[0] as number
  const slope = ((written[last] as number) - start) / ((values[last] as number) - first)
  if (Math.abs(slope) < 1e-9) return false
  return written.every((value, k) =>
    equal(value, start + slope * ((values[k] as number) - first), Math.abs(start) + Math.abs(slope)),
  )
}

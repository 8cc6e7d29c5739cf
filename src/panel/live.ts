/** The graph in the page: values, gradients, descent and curves from plain data, without asking anybody. */
import { evaluator } from '../calculus/evaluate'
import { freeIndices, type Graph, type GraphNode, type NodeId } from '../graph/graph'
import type { Tensor } from '../operations/operation'
import type { Model, Trial } from './messages'

/** Values of leaves, by node. */
export type Leaves = ReadonlyMap<NodeId, Tensor>
/** The value of any node. */
export type ValueOf = (node: NodeId) => Tensor | null

/** One number of an input: a scalar's only one, or an entry of an array. */
export interface Entry {
  readonly node: NodeId
  readonly index: number
}

export interface Live {
  readonly leaves: Leaves
  valuesAt(leaves: Leaves): ValueOf
  /** The output at these values; NaN where it has none, or is an array. */
  outputAt(leaves: Leaves): number
  /** Derivative of the output by one number of an input. */
  slopeAt(leaves: Leaves, entry: Entry): number
  /** All of them at one place: what they share is computed once. */
  slopesAt(leaves: Leaves): (entry: Entry) => number
}

const tensorOf = ({ shape, data }: Trial): Tensor => ({ shape, data: Float64Array.from(data) })

/** A graph that can be moved. */
export function liveOf(model: Model): Live {
  const nodes: GraphNode[] = []
  // Inputs come before their users, so the free indices of a node follow from those before it.
  for (const [id, node] of model.nodes.entries()) {
    const inputs = node.inputs.map((input) => nodes[input]?.indices ?? [])
    const indices = freeIndices(node.op, inputs, node.attributes)
    nodes.push({ ...node, id, indices, name: null, origin: 'written', source: null, uses: [] })
  }
  const graph: Graph = { nodes, sizes: { same: {}, numbers: {} } }
  const gradients = new Map(model.gradients)
  const valuesAt = (leaves: Leaves): ValueOf => evaluator(graph, leaves)
  const number = (value: Tensor | null, index = 0) => value?.data[index] ?? Number.NaN
  const slopesAt = (leaves: Leaves) => {
    const at = valuesAt(leaves)
    return ({ node, index }: Entry) => {
      const gradient = gradients.get(node)
      return gradient === undefined ? Number.NaN : number(at(gradient), index)
    }
  }
  return {
    leaves: new Map(model.leaves.map((leaf) => [leaf.node, tensorOf(leaf)])),
    valuesAt,
    outputAt(leaves) {
      const value = valuesAt(leaves)(model.output)
      return value && value.data.length === 1 ? number(value) : Number.NaN
    },
    slopeAt: (leaves, entry) => slopesAt(leaves)(entry),
    slopesAt,
  }
}

/** The leaves with one number changed. */
export function moved(leaves: Leaves, { node, index }: Entry, to: number): Leaves {
  const value = leaves.get(node)
  if (!value) return leaves
  const data = Float64Array.from(value.data)
  data[index] = to
  return new Map([...leaves, [node, { shape: value.shape, data }]])
}

/** One step of gradient descent on the chosen inputs: each goes against its gradient, `x - rate ∂z/∂x`. */
export function descended(live: Live, leaves: Leaves, chosen: readonly NodeId[], rate: number): Leaves {
  const next = new Map(leaves)
  const slopeOf = live.slopesAt(leaves)
  for (const node of chosen) {
    const value = leaves.get(node)
    if (!value) continue
    const data = value.data.map((each, index) => each - rate * slopeOf({ node, index }))
    // A step into what has no value is not taken.
    if (data.every(Number.isFinite)) next.set(node, { shape: value.shape, data })
  }
  return next
}

/** The output over the next steps, the present one first. */
export function foreseen(
  live: Live,
  leaves: Leaves,
  chosen: readonly NodeId[],
  rate: number,
  steps: number,
): readonly number[] {
  const losses = [live.outputAt(leaves)]
  let at = leaves
  for (let i = 0; i < steps; i++) {
    at = descended(live, at, chosen, rate)
    losses.push(live.outputAt(at))
  }
  return losses
}

export interface Sample {
  readonly x: number
  readonly y: number
}

/** The output while one number runs through a range. */
export function curveOf(
  live: Live,
  leaves: Leaves,
  entry: Entry,
  [low, high]: readonly [number, number],
  count: number,
) {
  return Array.from({ length: count }, (_, i): Sample => {
    const x = low + ((high - low) * i) / (count - 1)
    return { x, y: live.outputAt(moved(leaves, entry, x)) }
  })
}

/** The slope as the quotient of two small differences, to hold against the gradient. */
export function centralDifference(live: Live, leaves: Leaves, entry: Entry, step = 1e-5): number {
  const x = leaves.get(entry.node)?.data[entry.index] ?? Number.NaN
  const at = (value: number) => live.outputAt(moved(leaves, entry, value))
  return (at(x + step) - at(x - step)) / (2 * step)
}

/** How far a number may be moved: what the note says, else a stretch of whole numbers around it. */
export function rangeAround(value: number, stated: readonly [number, number] | null): readonly [number, number] {
  if (stated) return stated
  const reach = Math.max(2, Math.ceil(Math.abs(value) * 1.5))
  return [-reach, reach]
}

/** Values to begin with where a note gives none: different ones, so that no two things look alike by chance. */
export function trialNumbers(place: number, count: number): number[] {
  const choices = [0.5, 1.25, -0.75, 1.5, 0.8, -0.4, 2, -1.2]
  return Array.from({ length: count }, (_, i) => choices[(place + i) % choices.length] as number)
}

/** Values of a graph: any shapes node by node, or scalars on a tape when the same graph is evaluated many times. */
import { type Scalar, scalarOf } from '../arithmetic/doubles'
import { ancestors, type Graph, type GraphNode, type NodeId } from '../graph/graph'
import { sizeNumbers } from '../graph/sizes'
import { operation } from '../operations/index'
import { type IndexId, sizeOf } from '../operations/indexTerms'
import type { Dimension, Operation, Tensor } from '../operations/operation'
import { matchesAt } from './composite'

/** One number as a tensor. */
export const scalar = (value: number): Tensor => ({ shape: [], data: Float64Array.of(value) })

/** A value for each combination of the values of some indices, the first index slowest. */
export interface Family {
  readonly indices: readonly IndexId[]
  readonly sizes: readonly number[]
  readonly items: readonly (Tensor | null)[]
}
type Value = Tensor | Family | null
const isFamily = (value: Value): value is Family => value !== null && 'items' in value

/** More numbers than this are not computed for one node that has free indices. */
const MOST_ITEMS = 20_000

/** Values of nodes from those of the inputs: `null` where an input without a value is needed. Computed once each. */
export function evaluator(graph: Graph, bindings: ReadonlyMap<NodeId, Tensor>): (id: NodeId) => Tensor | null {
  const values = families(graph, bindings)
  return (id) => {
    const value = values(id)
    return isFamily(value) ? null : value
  }
}

/**
 * The same, of nodes with free indices too: of these a value for each combination.
 * @param numberOf the number that a size is; without it sizes are seen from the bound values
 */
export function families(
  graph: Graph,
  bindings: ReadonlyMap<NodeId, Tensor>,
  numberOf: (size: Dimension) => number | null = sizesOf(graph, bindings),
): (id: NodeId) => Value {
  const known = new Map<NodeId, Value>()
  return (id) => {
    // Down to what is known and no further: many nodes of one large graph are asked for, one after the other.
    const stack = [id]
    while (stack.length > 0) {
      const top = stack[stack.length - 1] as NodeId
      const node = graph.nodes[top] as GraphNode
      const missing = known.has(top) ? [] : node.inputs.filter((input) => !known.has(input))
      if (missing.length > 0) {
        stack.push(...missing)
        continue
      }
      stack.pop()
      if (!known.has(top))
        known.set(top, throughComposite(graph, node, valueIn(node, known, bindings, numberOf), known))
    }
    return known.get(id) ?? null
  }
}

function sizesOf(graph: Graph, bindings: ReadonlyMap<NodeId, Tensor>): (size: Dimension) => number | null {
  const { learn, numberOf } = sizeNumbers(graph.sizes)
  for (const [id, { shape }] of bindings) learn(graph.nodes[id]?.shape ?? null, shape)
  return numberOf
}

function valueIn(
  node: GraphNode,
  known: ReadonlyMap<NodeId, Value>,
  bindings: ReadonlyMap<NodeId, Tensor>,
  numberOf: (size: Dimension) => number | null,
): Value {
  const entry = operation(node.op)
  if (node.indices.length === 0 && !entry?.indexed) {
    return valueAt(node, (id) => known.get(id) as Tensor | null, bindings)
  }
  const sizes = node.indices.map((index) => numberOf(sizeOf(index)))
  if (sizes.some((size) => size === null)) return null
  const count = (sizes as number[]).reduce((n, size) => n * size, 1)
  if (count > MOST_ITEMS) return null
  const items: (Tensor | null)[] = []
  for (let k = 0; k < count; k++)
    items.push(itemAt(node, entry, assignment(node.indices, sizes as number[], k), known, numberOf))
  return node.indices.length === 0 ? (items[0] ?? null) : { indices: node.indices, sizes: sizes as number[], items }
}

/** The values of indices in the k-th combination, counted from 1. */
function assignment(indices: readonly IndexId[], sizes: readonly number[], k: number): ReadonlyMap<IndexId, number> {
  const values = new Map<IndexId, number>()
  let rest = k
  for (let i = indices.length - 1; i >= 0; i--) {
    values.set(indices[i] as IndexId, (rest % (sizes[i] as number)) + 1)
    rest = Math.floor(rest / (sizes[i] as number))
  }
  return values
}

/** The value that a family has where its indices have these values. */
export function itemOf(value: Value, at: (index: IndexId) => number): Tensor | null {
  if (!isFamily(value)) return value
  const place = value.indices.reduce((k, index, i) => k * (value.sizes[i] as number) + at(index) - 1, 0)
  return value.items[place] ?? null
}

function itemAt(
  node: GraphNode,
  entry: Operation | undefined,
  values: ReadonlyMap<IndexId, number>,
  known: ReadonlyMap<NodeId, Value>,
  numberOf: (size: Dimension) => number | null,
): Tensor | null {
  const at = (index: IndexId): number => values.get(index) ?? Number.NaN
  if (!entry?.indexed) return valueAt(node, (id) => itemOf(known.get(id) ?? null, at), NOTHING)
  return entry.indexed({
    attributes: node.attributes,
    input: (k, more) => itemOf(known.get(node.inputs[k] as NodeId) ?? null, (index) => more?.get(index) ?? at(index)),
    numberAt: at,
    sizeOf: numberOf,
  })
}
const NOTHING: ReadonlyMap<NodeId, Tensor> = new Map()

function valueAt(
  node: GraphNode,
  known: (id: NodeId) => Tensor | null,
  bindings: ReadonlyMap<NodeId, Tensor>,
): Tensor | null {
  const bound = bindings.get(node.id)
  if (bound) return bound
  if (node.op === 'constant') return scalar(node.attributes.value as number)
  if (node.op === 'literal') return literal(node)
  const entry = operation(node.op)
  if (!entry) return null
  const inputs: Tensor[] = []
  for (const input of node.inputs) {
    const value = known(input)
    if (!value) return null
    inputs.push(value)
  }
  if (entry.tensor) return fits(entry, node, inputs) ? entry.tensor(inputs, node.attributes) : null
  return elementwise(entry, inputs)
}

/** `ln(1 + e^x)` where e^x overflows: the value of the composite that the node ends, if that has one. */
function throughComposite(graph: Graph, { id }: GraphNode, plain: Value, known: ReadonlyMap<NodeId, Value>): Value {
  if (plain === null || isFamily(plain) || plain.shape.length !== 0 || Number.isFinite(plain.data[0])) return plain
  const [match] = matchesAt(graph, id, true)
  const entry = match && operation(match.composite.name)
  const input = (match && known.get(match.input)) ?? null
  return (entry && input !== null && !isFamily(input) && elementwise(entry, [input])) || plain
}

/** A matrix that is written out in numbers. */
export function literal(node: GraphNode): Tensor {
  return { shape: node.shape as number[], data: Float64Array.from(node.attributes.data as readonly number[]) }
}

/** Bound values may have other sizes than the note declares: then there is no value, not an exception. */
function fits(entry: Operation, node: GraphNode, inputs: readonly Tensor[]): boolean {
  const shape = entry.shape(
    inputs.map((input) => input.shape),
    node.attributes,
  )
  return shape !== null && !('left' in shape)
}

/** NumPy's broadcasting: `null` where the shapes don't fit. */
function elementwise(entry: Operation, inputs: readonly Tensor[]): Tensor | null {
  const f = scalarOf(entry)
  if (!f) return null
  if (inputs.every((input) => input.shape.length === 0)) {
    const [a, b, c] = inputs
    return scalar(f(a?.data[0] ?? 0, b?.data[0] ?? 0, c?.data[0] ?? 0))
  }
  const shape = entry.shape(
    inputs.map((input) => input.shape),
    {},
  )
  if (!shape || 'left' in shape) return null
  const sizes = shape as number[]
  const count = sizes.reduce((n, size) => n * size, 1)
  const pick = inputs.map((input) => reader(input, sizes))
  const data = new Float64Array(count)
  for (let at = 0; at < count; at++) data[at] = f(pick[0]?.(at) ?? 0, pick[1]?.(at) ?? 0, pick[2]?.(at) ?? 0)
  return { shape: sizes, data }
}

/** Reads an input as if it had the broadcast shape. */
function reader(input: Tensor, sizes: readonly number[]): (at: number) => number {
  if (input.data.length === 1) return () => input.data[0] as number
  const strides: number[] = []
  let stride = 1
  for (let k = 1; k <= sizes.length; k++) {
    const own = input.shape[input.shape.length - k] ?? 1
    strides.unshift(own === 1 ? 0 : stride)
    stride *= own
  }
  return (at) => {
    let rest = at
    let place = 0
    for (let k = sizes.length - 1; k >= 0; k--) {
      const size = sizes[k] as number
      place += (rest % size) * (strides[k] as number)
      rest = Math.floor(rest / size)
    }
    return input.data[place] as number
  }
}

type Instruction = NonNullable<Operation['inPlace']>

const throughCall =
  (f: Scalar): Instruction =>
  (r, out, a, b, c) => {
    r[out] = f(r[a] as number, r[b] as number, r[c] as number)
  }

/** A graph of scalars, ready to be evaluated at many points. */
export interface Tape {
  /** Writes into and returns the same array at each call: the values of `outputs`, in order. */
  run(values: ArrayLike<number>): Float64Array
}

/**
 * Compiles scalar nodes to a flat list of instructions.
 * @param inputs the nodes whose values `run` receives, in order; leaves that are not among them are NaN
 * @returns `null` where a node isn't a scalar operation of the table
 */
export function tape(graph: Graph, inputs: readonly NodeId[], outputs: readonly NodeId[]): Tape | null {
  const order = new Set<NodeId>()
  for (const output of outputs) for (const id of ancestors(graph, output)) order.add(id)
  const slots = new Map<NodeId, number>()
  for (const id of inputs) slots.set(id, slots.size)
  const functions: Instruction[] = []
  const operands: number[] = []
  const constants: [slot: number, value: number][] = []
  const computed: NodeId[] = []
  for (const id of order) {
    if (slots.has(id)) continue
    const node = graph.nodes[id] as GraphNode
    slots.set(id, slots.size)
    const entry = operation(node.op)
    const scalar = entry && scalarOf(entry)
    if (!entry)
      constants.push([slots.get(id) as number, node.op === 'constant' ? (node.attributes.value as number) : Number.NaN])
    else if (!scalar || node.inputs.length > 3) return null
    else {
      computed.push(id)
      functions.push(entry.inPlace ?? throughCall(scalar))
      const [a, b, c] = node.inputs.map((input) => slots.get(input) as number)
      operands.push(a ?? 0, b ?? 0, c ?? 0, slots.get(id) as number)
    }
  }
  const registers = new Float64Array(slots.size)
  for (const [slot, value] of constants) registers[slot] = value
  const places = Int32Array.from(operands)
  const results = new Float64Array(outputs.length)
  const resultSlots = Int32Array.from(outputs.map((id) => slots.get(id) as number))
  const count = functions.length
  return {
    run(values) {
      for (let k = 0; k < inputs.length; k++) registers[k] = values[k] as number
      for (let k = 0, p = 0; k < count; k++, p += 4) {
        const instruction = functions[k] as Instruction
        instruction(
          registers,
          places[p + 3] as number,
          places[p] as number,
          places[p + 1] as number,
          places[p + 2] as number,
        )
      }
      for (let k = 0; k < results.length; k++) results[k] = registers[resultSlots[k] as number] as number
      return results
    },
  }
}

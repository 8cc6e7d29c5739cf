/** Computational graphs as plain data: append-only nodes, and the builder that makes them. */
import { operation } from '../operations/index'
import { type IndexId, indexId, sizeOf } from '../operations/indexTerms'
import type { Attributes, Builder, ConstantSymbol, Dimension, NodeId, Shape } from '../operations/operation'
import type { Name, Range } from '../reading/statement'
import { type SizeFacts, type Sizes, sizeTable } from './sizes'

export type { NodeId } from '../operations/operation'
export type { Name } from '../reading/statement'

/** Where something is written: a range relative to the passage with this key (see `analysis/index.ts`). */
export interface Source extends Range {
  readonly passage: number
}

/** `written`: stands in the text. `derived`: made by the backward pass or the simplifier. */
export type Origin = 'written' | 'derived'

/**
 * What is no operation of the table; all others are. `literal`: a matrix of numbers (`data`, row by row). `opaque`:
 * what can't be read, with the names seen inside as inputs. `derivative`: a written derivative, which `calculus`
 * resolves: inputs are what is differentiated, then the variables (`orders`).
 */
export type LeafOp = 'input' | 'constant' | 'literal' | 'opaque' | 'upstream' | 'derivative'

export interface GraphNode {
  readonly id: NodeId
  /** A `LeafOp` or the name of an entry of the table. */
  readonly op: string
  readonly inputs: readonly NodeId[]
  /** `value` (and `text`, as written) of a constant, `reason` and `text` of an opaque node; axis, condition, … */
  readonly attributes: Attributes
  /** `null`: not known. */
  readonly shape: Shape | null
  /** Indices that are free in it: it has a value for each of their values. */
  readonly indices: readonly IndexId[]
  readonly name: Name | null
  readonly origin: Origin
  /** The node's own expression; `null` for derived nodes. */
  readonly source: Source | null
  /** Other places where the node is used: further mentions of a name. */
  readonly uses: readonly Source[]
}

/** Does it rest on a shape that only the letter of a name suggests? */
export const isGuessedIn = (graph: Graph, id: NodeId): boolean =>
  ancestors(graph, id).some((each) => graph.nodes[each]?.attributes.guessed === true)

/** Does a name stand for it that is no input? */
export const isNamed = ({ name, inputs }: GraphNode): boolean => name !== null && inputs.length > 0

export interface Graph {
  readonly nodes: readonly GraphNode[]
  /** Symbols of sizes that stand for the same number. */
  readonly sizes: SizeFacts
}

/** What can't be built, with both shapes, told where it is written. */
export interface ShapeProblem {
  readonly source: Source
  readonly node: NodeId
  readonly op: string
  readonly left: Shape
  readonly right: Shape
}

export interface NodeDraft {
  op: string
  inputs?: readonly NodeId[]
  attributes?: Attributes
  shape?: Shape | null
  name?: Name | null
  source?: Source | null
  origin?: Origin
}

/** A graph that can still grow. Derived nodes that are alike are one node. */
export interface GraphBuilder extends Builder {
  readonly graph: Graph
  readonly sizes: Sizes
  /** An index of its own over a size. */
  index(letter: string, size: Dimension): IndexId
  add(draft: NodeDraft): NodeId
  node(id: NodeId): GraphNode
  /** Gives a node its name, where a definition says `t = …`. */
  setName(id: NodeId, name: Name, use: Source | null): void
  addUse(id: NodeId, use: Source): void
  readonly problems: readonly ShapeProblem[]
}

const NO_ATTRIBUTES: Attributes = Object.freeze({})

/** Two node numbers in one exact number; no graph comes near it. */
const MOST_NODES = 2 ** 26
/** Where the numbers of indices begin in a graph that goes on with another. */
const MOST_INDICES = 1_000_000

/** A builder over a new graph, or one that goes on with `from`. */
export function graphBuilder(from?: Graph): GraphBuilder {
  const nodes: GraphNode[] = from ? [...from.nodes] : []
  const problems: ShapeProblem[] = []
  const derived = new Map<string, Map<number | string, NodeId>>()
  const constants = new Map<number | ConstantSymbol, NodeId>()
  const sizes = sizeTable(from?.sizes)
  let serial = from ? MOST_INDICES : 0

  /** Derived nodes of an operation by their inputs: two of them without attributes make a number, which is fast. */
  const placeOf = (op: string, inputs: readonly NodeId[], attributes: Attributes) => {
    const alike = derived.get(op) ?? new Map<number | string, NodeId>()
    if (alike.size === 0) derived.set(op, alike)
    const [a = 0, b = -1] = inputs
    const simple = attributes === NO_ATTRIBUTES && inputs.length <= 2
    return { alike, key: simple ? a * MOST_NODES + b : `${inputs.join()}|${JSON.stringify(attributes)}` }
  }

  const add = (draft: NodeDraft): NodeId => {
    const id = nodes.length
    const inputs = draft.inputs ?? []
    let attributes = draft.attributes ?? NO_ATTRIBUTES
    let shape = draft.shape
    if (shape === undefined) {
      const result = operation(draft.op)?.shape(
        inputs.map((i) => resolvedShape(at(i).shape)),
        attributes,
      )
      if (result && 'left' in result) {
        if (draft.source) problems.push({ source: draft.source, node: id, op: draft.op, ...result })
        shape = null
        // No gradient flows through what has no value.
        attributes = { ...attributes, mismatch: true }
      } else shape = result ?? null
    }
    nodes.push({
      id,
      op: draft.op,
      inputs,
      attributes,
      shape,
      indices: freeIndices(
        draft.op,
        inputs.map((input) => at(input).indices),
        attributes,
      ),
      name: draft.name ?? null,
      origin: draft.origin ?? 'written',
      source: draft.source ?? null,
      uses: [],
    })
    return id
  }
  /** Symbols that have turned out to be one are written as one. */
  const resolvedShape = (shape: Shape | null): Shape | null =>
    shape?.some((size) => typeof size === 'string') ? shape.map(sizes.resolve) : shape
  const at = (id: NodeId): GraphNode => {
    const node = nodes[id]
    if (!node) throw new RangeError(`no node ${id}`)
    return node
  }
  /** A derived node, or the one that is alike. */
  const apply = (op: string, inputs: readonly NodeId[], attributes: Attributes = NO_ATTRIBUTES): NodeId => {
    const { alike, key } = placeOf(op, inputs, attributes)
    const known = alike.get(key)
    if (known !== undefined) return known
    const id = add({ op, inputs, attributes, origin: 'derived' })
    alike.set(key, id)
    return id
  }
  const constant = (value: number, symbol?: ConstantSymbol): NodeId => {
    const key = symbol ?? value
    const known = constants.get(key)
    if (known !== undefined) return known
    // As a reader of formulas gives it: what has a text of letters stays a symbol in every form.
    const attributes: Attributes = symbol
      ? { value, symbol, text: symbol === 'pi' ? '\\pi' : symbol }
      : { value: value === 0 ? 0 : value }
    const id = add({ op: 'constant', attributes, shape: [], origin: 'derived' })
    constants.set(key, id)
    return id
  }
  const replace = (id: NodeId, change: Partial<GraphNode>) => {
    nodes[id] = { ...at(id), ...change }
  }
  /** Lists of uses that are this builder's own: a name that is used again and again isn't copied each time. */
  const uses = new Map<NodeId, Source[]>()
  const addUse = (id: NodeId, use: Source) => {
    const own = uses.get(id) ?? [...at(id).uses]
    own.push(use)
    if (at(id).uses === own) return
    uses.set(id, own)
    replace(id, { uses: own })
  }
  return {
    graph: { nodes, sizes: sizes.facts },
    sizes,
    index: (letter, size) => indexId(letter, ++serial, size),
    problems,
    add,
    apply,
    constant,
    node: at,
    shapeOf: (id) => resolvedShape(at(id).shape),
    indicesOf: (id) => at(id).indices,
    extentOf: (index) => sizes.resolve(sizeOf(index)),
    constantOf: (id) => {
      const { op, attributes } = at(id)
      return op === 'constant' ? (attributes.value as number) : null
    },
    setName: (id, name, use) => {
      replace(id, { name })
      if (use) addUse(id, use)
    },
    addUse,
  }
}

const NONE: readonly IndexId[] = []

/** Those of the inputs, unless the operation says otherwise. */
export function freeIndices(
  op: string,
  inputs: readonly (readonly IndexId[])[],
  attributes: Attributes,
): readonly IndexId[] {
  const own = operation(op)?.indices
  if (own) return own(inputs, attributes)
  const some = inputs.filter((each) => each.length > 0)
  return some.length < 2 ? (some[0] ?? NONE) : [...new Set(some.flat())]
}

/** The leaves on which some nodes depend, in the order in which they are written. */
export function leavesOf(graph: Graph, nodes: readonly NodeId[]): NodeId[] {
  const order = new Set(nodes.flatMap((node) => ancestors(graph, node)))
  return [...order].filter((id) => {
    const { op, inputs } = graph.nodes[id] as GraphNode
    return inputs.length === 0 && op !== 'constant'
  })
}

/** Nodes from which `output` is computed, inputs before their users, `output` last. */
export function ancestors(graph: Graph, output: NodeId): NodeId[] {
  const seen = new Set<NodeId>()
  const order: NodeId[] = []
  // An explicit stack: a chain of thousands of nodes must not overflow the call stack.
  const stack: { id: NodeId; next: number }[] = [{ id: output, next: 0 }]
  seen.add(output)
  while (stack.length > 0) {
    const top = stack[stack.length - 1] as { id: NodeId; next: number }
    const inputs = graph.nodes[top.id]?.inputs ?? []
    const input = inputs[top.next++]
    if (input === undefined) {
      order.push(top.id)
      stack.pop()
    } else if (!seen.has(input)) {
      seen.add(input)
      stack.push({ id: input, next: 0 })
    }
  }
  return order
}

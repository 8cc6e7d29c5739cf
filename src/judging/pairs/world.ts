/** A pair as one graph: the function, its true derivatives, and what is written as its derivative. */

import { ancestors, type GraphBuilder, type NodeId } from '../../graph/graph'
import { codeGraph } from '../../meaning/code'
import { algebra } from '../../operations/algebra'
import { operation } from '../../operations/index'
import type { PairCandidate, PairFormula } from '../../reading/pairs'
import type { Expr } from '../../reading/statement'

/** A leaf of the graph, as the code calls it. */
export interface Leaf {
  readonly node: NodeId
  readonly key: string
  readonly plain: string
  /** The value that its author means it to be like, from a default. */
  readonly usual: number | null
}

export interface PairWorld {
  readonly builder: GraphBuilder
  readonly output: NodeId
  /** What the function depends on: its parameters in order, then names from outside. */
  readonly inputs: readonly Leaf[]
  /** True derivative by each of them; `null`: none flows there. */
  readonly truth: readonly (NodeId | null)[]
  readonly written: readonly NodeId[]
  /** What the written derivative depends on that the function doesn't. */
  readonly own: readonly Leaf[]
  /** Both sides are understood to the last part. */
  readonly complete: boolean
}

export function pairWorld(candidate: PairCandidate): PairWorld {
  const graph = codeGraph(0)
  const { builder } = graph
  for (const { target, value } of candidate.bindings) {
    if (target.kind === 'name' && value.kind === 'number') graph.bind(target.name.key, builder.constant(value.value))
  }
  for (const definition of candidate.definitions) graph.define(definition)
  const build = (expr: Expr): NodeId => graph.expression(expr)
  const output = build((candidate.function.results[0] as { expr: Expr }).expr)
  const written = candidate.derivative.results.map(({ expr }) => build(expr))
  const parameters = [...candidate.function.parameters, ...candidate.derivative.parameters]
  const usual = new Map(parameters.map((parameter) => [parameter.name.key, parameter.usual]))
  const leafOf = (key: string, node: NodeId): Leaf => {
    const plain = builder.node(node).name?.plain ?? key
    return { node, key, plain, usual: usual.get(key) ?? null }
  }
  const leaves = new Map([...graph.inputs].map(([key, node]) => [key, leafOf(key, node)]))
  const used = new Set(readable(builder, [output]))
  const inputs = ordered(leaves, candidate.function, used)
  const known = new Set(inputs.map(({ node }) => node))
  const usedByDerivative = new Set(readable(builder, written))
  const own = ordered(leaves, candidate.derivative, usedByDerivative).filter(({ node }) => !known.has(node))
  // Behind rounding a program may take another slope than 0 on purpose.
  const complete = [...used, ...usedByDerivative].every(
    (id) => builder.node(id).op !== 'opaque' && !operation(builder.node(id).op)?.rounds,
  )
  const truth = complete ? gradients(builder, output, inputs) : []
  return { builder, output, inputs, truth, written, own, complete }
}

/** What a pair is computed from, as far as it can be read: what stands inside of something opaque isn't known to matter. */
function readable(builder: GraphBuilder, roots: readonly NodeId[]): Set<NodeId> {
  const found = new Set<NodeId>()
  const stack = [...roots]
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (found.has(id)) continue
    found.add(id)
    const { op, inputs } = builder.node(id)
    if (op !== 'opaque') stack.push(...inputs)
  }
  return found
}

/** Parameters first, in their order; then what comes from outside. */
function ordered(leaves: ReadonlyMap<string, Leaf>, formula: PairFormula, used: ReadonlySet<NodeId>): Leaf[] {
  const keys = formula.parameters.map(({ name }) => name.key)
  const all = [
    ...keys.flatMap((key) => leaves.get(key) ?? []),
    ...[...leaves.values()].filter(({ key }) => !keys.includes(key)),
  ]
  return all.filter(({ node }) => used.has(node))
}

/** The backward pass as the table's rules give it, without any rewriting: what is judged rests on it. */
function gradients(builder: GraphBuilder, output: NodeId, inputs: readonly Leaf[]): (NodeId | null)[] {
  const received = new Map<NodeId, NodeId>([[output, builder.constant(1)]])
  for (const id of ancestors(builder.graph, output).reverse()) {
    const upstream = received.get(id)
    const { op, inputs: from, attributes } = builder.node(id)
    const entry = operation(op)
    if (upstream === undefined || !entry) continue
    entry.backward(builder, { inputs: from, output: id, upstream, attributes }).forEach((part, index) => {
      const input = from[index]
      if (part === null || input === undefined) return
      const sum = received.get(input)
      received.set(input, sum === undefined ? part : algebra<NodeId>(builder).sum(sum, part))
    })
  }
  return inputs.map(({ node }) => received.get(node) ?? null)
}

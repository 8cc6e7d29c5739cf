/** A pair as one graph: the function, its true derivatives, and what is written as its derivative. */
import { ancestors, type GraphBuilder, graphBuilder, type NodeId } from '../../graph/graph'
import { operation } from '../../operations/index'
import type { PairCandidate, PairFormula } from '../../reading/pairs'
import type { Expr, Name } from '../../reading/statement'

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
  const builder = graphBuilder()
  const names = new Map<string, NodeId>()
  const leaves = new Map<string, Leaf>()
  const values = new Map(
    candidate.bindings.map(({ target, value }) => [target.kind === 'name' ? target.name.key : '', value]),
  )
  const parameters = [...candidate.function.parameters, ...candidate.derivative.parameters]
  const usual = new Map(parameters.map((parameter) => [parameter.name.key, parameter.usual]))
  const leaf = ({ key, plain }: Name): NodeId => {
    const value = values.get(key)
    const node = value?.kind === 'number' ? builder.constant(value.value) : builder.add({ op: 'input', shape: [] })
    names.set(key, node)
    if (value?.kind !== 'number') leaves.set(key, { node, key, plain, usual: usual.get(key) ?? null })
    return node
  }
  const build = (expr: Expr): NodeId => {
    if (expr.kind === 'number') return builder.constant(expr.value)
    if (expr.kind === 'name') return names.get(expr.name.key) ?? leaf(expr.name)
    if (expr.kind === 'apply') return builder.apply(expr.op, expr.args.map(build))
    return builder.add({ op: 'opaque', shape: [] })
  }
  for (const { target, expr } of candidate.definitions) names.set(target.key, build(expr))
  const output = build((candidate.function.results[0] as { expr: Expr }).expr)
  const written = candidate.derivative.results.map(({ expr }) => build(expr))
  const used = new Set(ancestors(builder.graph, output))
  const inputs = ordered(leaves, candidate.function, used)
  const known = new Set(inputs.map(({ node }) => node))
  const usedByDerivative = new Set(written.flatMap((node) => ancestors(builder.graph, node)))
  const own = ordered(leaves, candidate.derivative, usedByDerivative).filter(({ node }) => !known.has(node))
  const complete = [...used, ...usedByDerivative].every((id) => builder.node(id).op !== 'opaque')
  const truth = complete ? gradients(builder, output, inputs) : []
  return { builder, output, inputs, truth, written, own, complete }
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
      received.set(input, sum === undefined ? part : builder.apply('add', [sum, part]))
    })
  }
  return inputs.map(({ node }) => received.get(node) ?? null)
}

/** A pair on arrays as one graph: the function, its gradients by the backward pass, and what is written as gradients. */

import { ancestors, type GraphBuilder, type NodeId } from '../../graph/graph'
import { codeGraph } from '../../meaning/code'
import { algebra } from '../../operations/algebra'
import { operation } from '../../operations/index'
import type { ArrayRun } from '../../reading/pairs/arrayCandidate'
import type { Slot } from '../../reading/pairs/sized'
import type { Definition, Expr, Range } from '../../reading/statement'

export interface ArrayWorld {
  readonly builder: GraphBuilder
  readonly leaves: ReadonlyMap<string, NodeId>
  readonly outputs: readonly NodeId[]
  /** What each output is multiplied with where nothing arrives: an array of its shape. */
  readonly probes: readonly NodeId[]
  /** Where a gradient arrives, and which. */
  readonly ends: readonly NodeId[]
  readonly upstream: readonly NodeId[]
  /** Gradient by each leaf, by its key. */
  readonly truth: ReadonlyMap<string, NodeId>
  /** One for each way of the run. */
  readonly ways: readonly (readonly Written[])[]
}

/** What is written as the gradient by an input; `null` where it isn't understood. */
export interface Written {
  readonly of: Slot
  readonly nodes: readonly NodeId[] | null
  /** Where it gets its value. */
  readonly place: Range | null
}

/** The graph of a run; `unread` where the function isn't understood, `null` where its sizes don't fit. */
export function arrayWorld(run: ArrayRun): ArrayWorld | 'unread' | null {
  const graph = codeGraph(0)
  const { builder } = graph
  const leaves = new Map<string, NodeId>()
  for (const { leaves: names, shape } of [...run.inputs, ...(run.arriving ?? []), ...run.random])
    for (const name of names) {
      const id = builder.add({ op: 'input', name, shape: names.length === 1 ? shape : [] })
      graph.bind(name.key, id)
      leaves.set(name.key, id)
    }
  for (const { target, value } of run.bindings)
    if (target.kind === 'name' && value.kind === 'number') graph.bind(target.name.key, builder.constant(value.value))
  for (const definition of run.definitions) graph.define(definition)
  const outputs = run.outputs.map((expr) => graph.expression(expr))
  const known = new Set(leaves.values())
  const isKnown = (id: NodeId): boolean =>
    ancestors(builder.graph, id).every((each) => {
      const { op, shape } = builder.node(each)
      return op !== 'opaque' && shape !== null && (op !== 'input' || known.has(each))
    })
  const isRead = (id: NodeId) => ancestors(builder.graph, id).every((each) => builder.node(each).op !== 'opaque')
  if (!outputs.every(isRead)) return 'unread'
  if (!outputs.every(isKnown)) return null
  const arriving = run.arriving && leavesOf(run.arriving, { leaves })
  if (arriving && arriving.length !== outputs.length) return null
  const probes = arriving ? [] : outputs.map((id, index) => probeFor(builder, id, index))
  const ways = run.ways.map((way) =>
    way.flatMap(({ of, exprs }): Written[] => {
      const slot = run.inputs.find(({ name }) => name === of)
      const nodes = exprs.map((expr) => graph.expression(expr))
      const place = exprs.length === 1 && exprs[0] ? placeOf(exprs[0], run.definitions) : null
      return slot ? [{ of: slot, nodes: nodes.every(isKnown) ? nodes : null, place }] : []
    }),
  )
  const world = { builder, leaves, outputs, probes, ways }
  return arrivingAt(world, outputs, arriving ?? probes)
}

/**
 * The same for a gradient that arrives before the function's last activation, as where `delta` is handed from layer to layer;
 * `null` where the function ends with none.
 */
export function beforeActivation({ arriving }: ArrayRun, world: ArrayWorld): ArrayWorld | null {
  const inner = innerOf(world)
  const upstream = leavesOf(arriving, world)
  return inner === null || upstream.length !== 1 ? null : arrivingAt(world, [inner], upstream)
}

/**
 * The same where no gradient arrives but what the output should have been: half the square of how far it is off tells the rest, or, where
 * the function ends with an activation, the loss that goes with it, by which that difference is the gradient before it.
 */
export function targetWorlds({ arriving }: ArrayRun, world: ArrayWorld): ArrayWorld[] {
  const { builder, outputs } = world
  const targets = leavesOf(arriving, world)
  if (targets.length !== outputs.length) return []
  const off = outputs.map((id, index) => algebra<NodeId>(builder).difference(id, targets[index] as NodeId))
  if (off.some((id) => builder.shapeOf(id) === null)) return []
  const inner = innerOf(world)
  return [...(inner === null ? [] : [arrivingAt(world, [inner], off)]), arrivingAt(world, outputs, off)]
}

/** What arrives times a number. */
export function scaled(world: ArrayWorld, factor: number): ArrayWorld {
  const { n, product } = algebra<NodeId>(world.builder)
  return arrivingAt(
    world,
    world.ends,
    world.upstream.map((id) => product(n(factor), id)),
  )
}

const leavesOf = (slots: ArrayRun['arriving'], { leaves }: Pick<ArrayWorld, 'leaves'>): NodeId[] =>
  (slots ?? []).flatMap(({ leaves: names }) => names.map(({ key }) => leaves.get(key) as NodeId))

/** What the last activation is given: a node of the output's sizes through which all inputs go; `null` where there is none. */
function innerOf({ builder, leaves, outputs }: ArrayWorld): NodeId | null {
  const [output, ...others] = outputs
  if (output === undefined || others.length > 0) return null
  const own = new Set(leaves.values())
  const shape = builder.shapeOf(output)?.join()
  const inner = ancestors(builder.graph, output).find(
    (id) => !own.has(id) && builder.shapeOf(id)?.join() === shape && isPassed(builder, output, id),
  )
  return inner === undefined || inner === output ? null : inner
}

function arrivingAt(
  world: Pick<ArrayWorld, 'builder' | 'leaves' | 'outputs' | 'probes' | 'ways'>,
  ends: readonly NodeId[],
  upstream: readonly NodeId[],
): ArrayWorld {
  const truth = gradients(world.builder, ends, upstream)
  const byKey = [...world.leaves].flatMap(([key, id]) =>
    truth.has(id) ? [[key, truth.get(id) as NodeId] as const] : [],
  )
  return { ...world, ends, upstream, truth: new Map(byKey) }
}

/** Whether an input reaches the output through this node alone. */
function isPassed(builder: GraphBuilder, output: NodeId, through: NodeId): boolean {
  const seen = new Set([output])
  for (const id of seen) {
    if (id === through) continue
    const { op, inputs } = builder.node(id)
    if (op === 'input') return false
    for (const input of inputs) seen.add(input)
  }
  return true
}

/** Where an expression is written that the code may call by a name: `dx = …`, `return dx`. */
function placeOf(expr: Expr, definitions: readonly Definition[]): Range {
  let at = expr
  for (let depth = 0; at.kind === 'name' && depth < definitions.length; depth++) {
    const { key } = at.name
    const definition = definitions.findLast(({ target }) => target.key === key)
    if (!definition) break
    at = definition.expr
  }
  return at.range
}

function probeFor(builder: GraphBuilder, output: NodeId, index: number): NodeId {
  const plain = `probe${index}`
  return builder.add({ op: 'input', name: { key: plain, plain, latex: plain }, shape: builder.shapeOf(output) })
}

/** The backward pass by the table's rules, from what arrives at each output. */
function gradients(
  builder: GraphBuilder,
  outputs: readonly NodeId[],
  arriving: readonly NodeId[],
): Map<NodeId, NodeId> {
  const received = new Map<NodeId, NodeId>()
  const add = (id: NodeId, part: NodeId) => {
    const sum = received.get(id)
    received.set(id, sum === undefined ? part : algebra<NodeId>(builder).sum(sum, part))
  }
  outputs.forEach((id, index) => {
    const own = arriving[index]
    if (own !== undefined) add(id, own)
  })
  const order = new Set(outputs.flatMap((id) => ancestors(builder.graph, id)))
  for (const id of [...order].sort((a, b) => b - a)) {
    const upstream = received.get(id)
    const { op, inputs, attributes } = builder.node(id)
    const entry = operation(op)
    if (upstream === undefined || !entry) continue
    entry.backward(builder, { inputs, output: id, upstream, attributes }).forEach((part, index) => {
      const input = inputs[index]
      if (part !== null && input !== undefined) add(input, part)
    })
  }
  return received
}

/** The backward pass, as new nodes of the same graph: contributions by the table's rules, summed over the paths. */

import { ancestors, type GraphBuilder, type NodeId } from '../graph/graph'
import { PRODUCT, SUM } from '../operations/algebra'
import { arrays } from '../operations/arrays'
import { operation } from '../operations/index'
import { sumOver } from '../operations/indexed'
import type { IndexId } from '../operations/indexTerms'
import { isAtom } from './atoms'
import { type CompositeMatch, composites } from './composite'
import { productAround } from './productOrder'
import type { Simplifier } from './simplify'

/** What reaches a node from one of its users. */
export interface Contribution {
  readonly through: NodeId
  readonly input: number
  readonly upstream: NodeId
  readonly contribution: NodeId
  /** Local derivative of a composite, whose own rule was used; `null` for the rule of the operation (see `localDerivatives`). */
  readonly composite: NodeId | null
}
export interface NodeGradient {
  /** In the form that goes on to the inputs; `polish` makes it one for a reader. */
  readonly node: NodeId
  /** What went on to the inputs: the same, or its name. */
  readonly upstream: NodeId
  readonly contributions: readonly Contribution[]
}
export interface BackwardOptions {
  /** Gradient of the output; without it 1. */
  readonly upstream?: NodeId
  /** Go only through nameless nodes: the partial derivative of what is written, other names held fixed. */
  readonly stopAtNames?: boolean
  /** A named array of which the output is an entry: it is what is written. */
  readonly through?: NodeId
  /** Free indices of the output: each has one value, so that nothing is summed over them. */
  readonly fixed?: readonly IndexId[]
  /** Factors come as the rules give them, which shares more between gradients than the author's order does. */
  readonly inAnyOrder?: boolean
  /** What goes on to the inputs of a node in place of its gradient: in a large graph a name for it. */
  readonly goesOnAs?: (id: NodeId, gradient: NodeId) => NodeId
}

/**
 * Gradients of `output` with respect to each node on which it depends, all simplified.
 * A node to which no gradient flows has no entry.
 */
export function backpropagate(
  builder: GraphBuilder,
  simplifier: Simplifier,
  output: NodeId,
  options: BackwardOptions = {},
): Map<NodeId, NodeGradient> {
  const order = ancestors(builder.graph, output)
  const users = usersOf(builder, order)
  const replaced = replacements(composites(builder.graph, order, users))
  const received = new Map<NodeId, Contribution[]>()
  // What flows into something that can't be differentiated has no gradient: a sum over the other paths would be wrong.
  const lost = entriesBehind(builder, order)
  const gradients = new Map<NodeId, NodeGradient>()
  const inOrder = (id: NodeId, input: number): NodeId | null => {
    const product = options.inAnyOrder ? null : productAround(builder, id, users)
    const upstream = product && gradients.get(product.root)
    return upstream ? product.without(builder, id, input, upstream.node) : null
  }
  for (let k = order.length - 1; k >= 0; k--) {
    const id = order[k] as NodeId
    // Paths in the order in which the author used the node.
    received.get(id)?.sort((a, b) => a.through - b.through || a.input - b.input)
    const node =
      id === output ? (options.upstream ?? builder.constant(1)) : sumOf(builder, simplifier, id, received.get(id))
    if (lost.has(id) || (node && opaque(builder, id))) for (const input of builder.node(id).inputs) lost.add(input)
    if (node === null || lost.has(id)) continue
    const upstream = options.goesOnAs?.(id, node) ?? node
    gradients.set(id, { node, upstream, contributions: received.get(id) ?? [] })
    if (options.stopAtNames && id !== output && id !== options.through && isAtom(builder.node(id))) continue
    for (const each of contributionsOf(builder, simplifier, id, upstream, replaced, inOrder, options.fixed)) {
      const list = received.get(each.to)
      if (list) list.push(each)
      else received.set(each.to, [each])
    }
  }
  return gradients
}

/**
 * Leaves of which something that can't be read may hold another entry: `x_1` beside a sum over `x_i`. What flows there isn't
 * known, so what flows elsewhere isn't all.
 */
function entriesBehind(builder: GraphBuilder, order: readonly NodeId[]): Set<NodeId> {
  const behind = new Set<string>()
  const leaves = (ids: readonly NodeId[]) => ids.map((id) => builder.node(id)).filter(({ op }) => op === 'input')
  for (const id of order) {
    if (!opaque(builder, id)) continue
    const inside = builder.node(id).inputs.flatMap((input) => ancestors(builder.graph, input))
    for (const { name } of leaves(inside)) if (name) behind.add(withoutIndex(name.key))
  }
  if (behind.size === 0) return new Set()
  return new Set(leaves(order).flatMap(({ id, name }) => (name && behind.has(withoutIndex(name.key)) ? [id] : [])))
}

const withoutIndex = (key: string): string => key.replace(/_.*$/, '')

const opaque = (builder: GraphBuilder, id: NodeId): boolean => {
  const { op, inputs, attributes } = builder.node(id)
  return inputs.length > 0 && (!operation(op) || attributes.mismatch === true)
}

/** Local derivative with respect to each input: the backward rule with upstream 1. `null` for a map, or none. */
export function localDerivatives(builder: GraphBuilder, simplifier: Simplifier, id: NodeId): (NodeId | null)[] {
  const { op, inputs, attributes } = builder.node(id)
  const entry = operation(op)
  if (!entry?.elementwise) return inputs.map(() => null)
  return entry
    .backward(builder, { inputs, output: id, upstream: builder.constant(1), attributes })
    .map((local) => (local === null ? null : simplifier.simplify(local)))
}

/** Of each node of `order`, those that use it. */
function usersOf(builder: GraphBuilder, order: readonly NodeId[]): Map<NodeId, NodeId[]> {
  const users = new Map<NodeId, NodeId[]>()
  for (const id of order) {
    for (const input of new Set(builder.node(id).inputs)) {
      const list = users.get(input)
      if (list) list.push(id)
      else users.set(input, [id])
    }
  }
  return users
}

interface Replacements {
  /** By the output of the composite. */
  readonly whole: ReadonlyMap<NodeId, CompositeMatch>
  /** Edges from an inner node to the composite's input, which the composite's own rule stands for. */
  readonly skipped: (user: NodeId, input: NodeId) => boolean
}

function replacements(matches: readonly CompositeMatch[]): Replacements {
  const owner = new Map<NodeId, CompositeMatch>()
  for (const match of matches) for (const id of match.inside) owner.set(id, match)
  return {
    whole: new Map(matches.map((match) => [match.output, match])),
    skipped: (user, input) => owner.get(user)?.input === input,
  }
}

function contributionsOf(
  builder: GraphBuilder,
  simplifier: Simplifier,
  id: NodeId,
  upstream: NodeId,
  replaced: Replacements,
  product: (id: NodeId, input: number) => NodeId | null,
  fixed: readonly IndexId[] = [],
): (Contribution & { to: NodeId })[] {
  const { op, inputs, attributes } = builder.node(id)
  const entry = operation(op)
  if (!entry) return []
  const found = entry
    .backward(builder, { inputs, output: id, upstream, attributes, fixed })
    .flatMap((contribution, input) => {
      const to = inputs[input] as NodeId
      if (contribution === null || replaced.skipped(id, to)) return []
      const whole = summedTo(builder, product(id, input) ?? contribution, id, to, entry.sumsItself, fixed)
      const simplified = simplifier.simplify(whole)
      return [{ to, through: id, input, upstream, contribution: simplified, composite: null }]
    })
  const match = replaced.whole.get(id)
  if (!match) return found
  // Without a name for it, the composite stands for its own expression: σ(x)(1 - σ(x)).
  const whole = builder.node(id).name ? id : builder.apply(match.composite.name, [match.input])
  const derivative = match.composite.derivative?.(builder, match.input, whole)
  if (derivative === undefined) return found
  const local = simplifier.simplify(derivative)
  const contribution = simplifier.simplify(builder.apply(PRODUCT, [upstream, local]))
  return [...found, { to: match.input, through: id, input: 0, upstream, contribution, composite: local }]
}

/** The contribution summed over the indices that are in scope at `id` and that `to` doesn't have. */
function summedTo(
  builder: GraphBuilder,
  contribution: NodeId,
  id: NodeId,
  to: NodeId,
  isSummed: boolean | undefined,
  fixed: readonly IndexId[],
): NodeId {
  if (isSummed) return contribution
  const own = [...builder.indicesOf(to), ...fixed]
  const owed = builder.indicesOf(id).filter((index) => !own.includes(index))
  return owed.reduce((body, index) => sumOver(builder, body, index), contribution)
}

/** A gradient has the shape of its variable: one number for all entries is repeated. */
function shapedLike(builder: GraphBuilder, gradient: NodeId, variable: NodeId): NodeId {
  const [own, wanted] = [builder.shapeOf(gradient), builder.shapeOf(variable)]
  if (!own || !wanted || own.length > 0 || wanted.length === 0) return gradient
  return arrays<NodeId>(builder.apply).repeated(gradient, variable)
}

function sumOf(
  builder: GraphBuilder,
  simplifier: Simplifier,
  id: NodeId,
  parts: readonly Contribution[] | undefined,
): NodeId | null {
  const [first, ...rest] = parts ?? []
  if (!first) return null
  const sum = rest.reduce((total, each) => builder.apply(SUM, [total, each.contribution]), first.contribution)
  return shapedLike(builder, rest.length === 0 ? sum : simplifier.simplify(sum), id)
}

/** A built graph with one output → `Derivation`: gradients, local derivatives and values, each made when first asked for. */

import type { Derivation, Gradient, GradientPath, Upstream } from '../derivation'
import { ancestors, type GraphBuilder, isGuessedIn, type Name, type NodeId, type Source } from '../graph/graph'
import type { Tensor } from '../operations/operation'
import { backpropagate, localDerivatives, type NodeGradient } from './backpropagate'
import { evaluator } from './evaluate'
import { treeSize, whereLarge } from './large'
import { type Simplifier, simplifier } from './simplify'

export interface DerivationDraft {
  readonly key: string
  readonly builder: GraphBuilder
  readonly output: NodeId
  readonly name: Name
  /** The name of an outer loss that the note speaks of; `null` to start from 1. */
  readonly loss: Name | null
  /** Values of inputs, and of the upstream gradient under its own node. */
  readonly bindings: (id: NodeId) => Tensor | null
  readonly upstreamValue: Tensor | null
}

/** Beyond this many nodes the form in inputs would be unreadable: the form in names stands for it. */
const LONGEST_EXPANSION = 400

/** The derivation of a draft. Its graph grows as gradients are asked for; nothing that it has answered changes. */
export function derivation(draft: DerivationDraft): Derivation {
  const { builder, output } = draft
  const written = ancestors(builder.graph, output)
  const upstream = draft.loss && addUpstream(builder, output, draft.name, draft.loss)
  const simple = simplifier(builder)
  let backward: Map<NodeId, NodeGradient> | null = null
  let sources: Source[] | null = null
  const gradients = new Map<NodeId, Gradient | null>()
  const locals = new Map<NodeId, readonly (NodeId | null)[]>()

  const bindings = new Map<NodeId, Tensor>()
  for (const id of written) {
    const value = builder.node(id).op === 'input' ? draft.bindings(id) : null
    if (value) bindings.set(id, value)
  }
  if (upstream && draft.upstreamValue) bindings.set(upstream.node, draft.upstreamValue)
  const valueAt = evaluator(builder.graph, bindings)

  const gradient = (id: NodeId): Gradient | null => {
    const known = gradients.get(id)
    if (known !== undefined) return known
    backward ??= backpropagate(builder, simple, output, {
      ...(upstream ? { upstream: upstream.node } : {}),
      ...whereLarge(builder, written.length, draft.loss ?? draft.name),
    })
    const found = backward.get(id)
    const result = found ? presented(builder, simple, found, local) : null
    gradients.set(id, result)
    return result
  }
  const second = (id: NodeId): NodeId | null => {
    const isScalar = written.every((each) => builder.shapeOf(each)?.length === 0)
    if (upstream || !isScalar || builder.node(id).op !== 'input') return null
    const slope = gradient(id)?.expanded
    if (slope === undefined || treeSize(builder, slope, LONGEST_EXPANSION) > LONGEST_EXPANSION) return null
    const found = backpropagate(builder, simple, slope).get(id)
    return found ? expanded(builder, simple, found.node) : builder.constant(0)
  }
  const local = (id: NodeId): readonly (NodeId | null)[] => {
    const known =
      locals.get(id) ??
      localDerivatives(builder, simple, id).map((each) => (each === null ? null : simple.polish(each)))
    locals.set(id, known)
    return known
  }
  return {
    key: draft.key,
    output,
    name: draft.name,
    upstream,
    graph: builder.graph,
    written,
    inputs: written.filter((id) => builder.node(id).op === 'input'),
    get sources() {
      sources ??= sourcesOf(builder, written)
      return sources
    },
    problems: builder.problems.filter(({ node }) => !isGuessedIn(builder.graph, node)),
    value: valueAt,
    gradient,
    second,
    local,
  }
}

/** The symbol `∂L/∂z`, a leaf of the output's shape. */
function addUpstream(builder: GraphBuilder, output: NodeId, name: Name, loss: Name): Upstream {
  const upstream: Name = {
    key: `d${loss.key}_d${name.key}`,
    latex: `\\frac{\\partial ${loss.latex}}{\\partial ${name.latex}}`,
    plain: `∂${loss.plain}/∂${name.plain}`,
  }
  const node = builder.add({ op: 'upstream', name: upstream, shape: builder.shapeOf(output), origin: 'derived' })
  return { name: upstream, node }
}

/** A gradient with its paths, each expression in the form for a reader, made when it is read. */
function presented(
  builder: GraphBuilder,
  simple: Simplifier,
  { node, upstream, contributions }: NodeGradient,
  local: Derivation['local'],
): Gradient {
  let inInputs: NodeId | null = null
  let paths: GradientPath[] | null = null
  return {
    node: simple.polish(node),
    called: upstream === node ? null : upstream,
    get expanded() {
      inInputs ??= expanded(builder, simple, node)
      return inInputs
    },
    get paths() {
      paths ??= contributions.map(({ through, input, upstream, contribution, composite }) => ({
        through,
        input,
        upstream: simple.polish(upstream),
        local: composite === null ? (local(through)[input] ?? null) : simple.polish(composite),
        contribution: simple.polish(contribution),
      }))
      return paths
    },
  }
}

function expanded(builder: GraphBuilder, simple: Simplifier, id: NodeId): NodeId {
  return treeSize(builder, id, LONGEST_EXPANSION) > LONGEST_EXPANSION ? id : simple.expand(id)
}

function sourcesOf(builder: GraphBuilder, written: readonly NodeId[]): Source[] {
  return written.flatMap((id) => {
    const { source, uses } = builder.node(id)
    return source ? [source, ...uses] : [...uses]
  })
}

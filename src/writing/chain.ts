/**
 * The chain rule written out for one node: `∂z/∂x = ∂z/∂t · ∂t/∂x = 2t · 1 = 2(x + y)`, and the same line with the
 * numbers put in, `2 · 0.049 · 1 = 0.098`.
 */

import { type Factor, partialsOf } from '../calculus/partials'
import type { Derivation } from '../derivation'
import type { Graph, GraphBuilder, GraphNode, NodeId } from '../graph/graph'
import { PRODUCT } from '../operations/algebra'
import { latexOf } from './latex'
import { latexNumber } from './number'
import { isReadable } from './readable'

export interface Chain {
  /** `\frac{\partial z}{\partial x}` */
  readonly derivative: string
  /** What it equals, step by step; the last is the result. */
  readonly steps: readonly string[]
  /** The last product with the numbers put in, and its value; `null` where a value is missing or is a matrix. */
  readonly numbers: { readonly substituted: string; readonly value: string } | null
}

/** How a chain is written: as LaTeX, or as people type it. */
export interface Notation {
  expression(derivation: Derivation, graph: Graph, id: NodeId): string
  /** @param of `null` for the output */
  derivative(derivation: Derivation, of: NodeId | null, by: NodeId): string
  /** Between two derivatives. */
  readonly times: string
}

/** The expression, or an ellipsis where it is too long to be read. */
export const readableLatex = (graph: Graph, id: NodeId): string =>
  isReadable(graph, id) ? latexOf(graph, id) : '\\cdots'

const LATEX: Notation = {
  expression: (_, graph, id) => readableLatex(graph, id),
  derivative: derivativeLatex,
  times: ' \\cdot ',
}

/** A result in terms of inputs that is longer than this many characters explains less than the neighbours' names do. */
export const LONGEST_RESULT = 90
/** A sum over more paths than this is shown by its result alone. */
const MOST_PATHS = 8
/** With more uses the paths aren't even made. */
const MOST_USES = 100
/** Numbers are put into products of up to this many nodes. */
const MOST_NUMBERS = 60

/** How the output is called in derivatives: `z`, or `L` where the gradient comes from a later `L`. */
export function outputLatex(derivation: Derivation): string {
  const upstream = derivation.upstream?.name.latex
  const later = upstream && /^\\[dt]?frac\{\s*(?:\\partial|d|\\mathrm\{d\})?\s*(.+?)\s*\}\{/.exec(upstream)?.[1]
  return later || derivation.name.latex
}

/** How a node is called in derivatives: by its name, else by its expression. */
function nodeLatex(derivation: Derivation, id: NodeId): string {
  const node = derivation.graph.nodes[id]
  if (id === derivation.output) return derivation.name.latex
  return node?.name?.latex ?? readableLatex(derivation.graph, id)
}

/** `\frac{\partial z}{\partial x}`; an expression without a name is put in parentheses. */
export function derivativeLatex(derivation: Derivation, of: NodeId | null, by: NodeId): string {
  const bottom = nodeLatex(derivation, by)
  const isName = derivation.graph.nodes[by]?.name || by === derivation.output
  const top = of === null ? outputLatex(derivation) : nodeLatex(derivation, of)
  const topIsName = of === null || of === derivation.output || derivation.graph.nodes[of]?.name
  const inner = isName ? bottom : `(${bottom})`
  return `\\frac{\\partial ${topIsName ? top : `(${top})`}}{\\partial ${inner}}`
}

/** The chain rule for a node; `null` where no path leads to the output, and for the output itself. */
export function chainOf(derivation: Derivation, id: NodeId, notation: Notation = LATEX): Chain | null {
  if (id === derivation.output) return null
  const gradient = derivation.gradient(id)
  if (!gradient) return null
  const { builder, factors, uses } = partialsOf(derivation, [id])
  const paths = isScalar(derivation, id) && uses(id) <= MOST_USES ? factors(id) : []
  const isProduct = paths.length <= MOST_PATHS && paths.every(({ through }) => isScalar(derivation, through))
  const products = isProduct ? paths : []
  const near = notation.expression(derivation, derivation.graph, gradient.node)
  const expanded = notation.expression(derivation, derivation.graph, gradient.expanded)
  const product = productStep(derivation, builder, products, notation, (node) => node)
  const steps = [symbolStep(derivation, id, products, notation), product]
  // `2t · 1 = 2t = 2(x + y)` says no more than `2t · 1 = 2(x + y)`; but `-v/s² · (-1) = y(1 - y)` does.
  if (expanded.length > LONGEST_RESULT || product === null || saysMore(derivation, builder, gradient.node, products))
    steps.push(near)
  if (expanded.length <= LONGEST_RESULT) steps.push(expanded)
  const written = steps.filter((step) => step !== null)
  return {
    derivative: notation.derivative(derivation, null, id),
    steps: written.filter((step, i) => step !== written[i - 1]),
    numbers: numbersOf(derivation, builder, gradient.node, products),
  }
}

/** Whether the multiplied form speaks of names that the factors don't. */
function saysMore(derivation: Derivation, builder: GraphBuilder, gradient: NodeId, paths: readonly Factor[]): boolean {
  const arriving = paths.map(({ through }) => derivation.gradient(through)?.node ?? gradient)
  const factors = [...arriving, ...paths.map(({ local }) => local)]
  const told = new Set(factors.flatMap((factor) => expressionOf(builder, factor) ?? []).map(({ id }) => id))
  return (expressionOf(builder, gradient) ?? []).some((node) => node.name !== null && !told.has(node.id))
}

/** Products of matrices are no products of derivatives: their gradients stand by themselves. */
const isScalar = (derivation: Derivation, id: NodeId) => (derivation.graph.nodes[id]?.shape ?? []).length === 0

/** `∂z/∂t · ∂t/∂x + ∂z/∂u · ∂u/∂x`; `null` where it would be the left side over again. */
function symbolStep(
  derivation: Derivation,
  id: NodeId,
  paths: readonly Factor[],
  { derivative, times }: Notation,
): string | null {
  if (paths.length === 0) return null
  if (paths.length === 1 && paths[0]?.through === derivation.output && !derivation.upstream) return null
  const product = ({ through }: Factor) => {
    const local = derivative(derivation, through, id)
    if (through === derivation.output && !derivation.upstream) return local
    return `${derivative(derivation, null, through)}${times}${local}`
  }
  return paths.map(product).join(' + ')
}

/** `2t · 1`, the factors not yet multiplied out; `null` where one of them can't be written. */
function productStep(
  derivation: Derivation,
  builder: GraphBuilder,
  paths: readonly Factor[],
  notation: Notation,
  written: (node: NodeId) => NodeId | null,
): string | null {
  const terms: string[] = []
  for (const { through, local } of paths) {
    const arriving = derivation.gradient(through)
    if (!arriving) return null
    const [upstream, factor] = [written(arriving.node), written(local)]
    if (upstream === null || factor === null) return null
    // The 1 that the backward pass begins with is no factor of anything.
    const product = isOne(builder, upstream) ? factor : builder.apply(PRODUCT, [upstream, factor], { sign: 'dot' })
    terms.push(notation.expression(derivation, builder.graph, product))
  }
  return terms.length === 0
    ? null
    : terms.map((term, i) => (i > 0 && term.startsWith('-') ? `(${term})` : term)).join(' + ')
}

function isOne(builder: GraphBuilder, id: NodeId): boolean {
  const node = builder.node(id)
  return node.op === 'constant' && node.attributes.value === 1 && node.origin === 'derived'
}

function numbersOf(
  derivation: Derivation,
  builder: GraphBuilder,
  gradient: NodeId,
  paths: readonly Factor[],
): Chain['numbers'] {
  const value = derivation.value(gradient)
  if (!value || value.shape.length > 0) return null
  const known = new Map<NodeId, NodeId | null>()
  const put = (node: NodeId) => substitute(derivation, builder, node, known)
  const substituted = productStep(derivation, builder, paths, LATEX, put)
  return substituted === null ? null : { substituted, value: latexNumber(value.data[0] ?? Number.NaN) }
}

/** A copy of an expression with numbers in place of names; `null` where one has no number, or it would be too long. */
function substitute(
  derivation: Derivation,
  builder: GraphBuilder,
  root: NodeId,
  known: Map<NodeId, NodeId | null>,
): NodeId | null {
  const order = expressionOf(builder, root)
  if (order === null) return null
  for (const node of order) {
    const inputs = node.inputs.map((input) => known.get(input) ?? null)
    if (node.op === 'constant') known.set(node.id, node.id)
    else if (isLeaf(node)) known.set(node.id, numberNode(derivation, builder, node.id))
    else if (inputs.includes(null)) known.set(node.id, null)
    else known.set(node.id, builder.apply(node.op, inputs as NodeId[], node.attributes))
  }
  return known.get(root) ?? null
}

/** Names stand for themselves: what they are computed from is not put in. */
const isLeaf = (node: GraphNode) => node.name !== null || node.inputs.length === 0

/** The nodes of an expression down to its names, inputs first; `null` where they are too many. */
function expressionOf(builder: GraphBuilder, root: NodeId): GraphNode[] | null {
  const found = new Map<NodeId, GraphNode>()
  const visit = (id: NodeId): boolean => {
    if (found.has(id)) return true
    if (found.size > MOST_NUMBERS) return false
    const node = builder.node(id)
    if (!isLeaf(node)) for (const input of node.inputs) if (!visit(input)) return false
    found.set(id, node)
    return true
  }
  return visit(root) ? [...found.values()] : null
}

function numberNode(derivation: Derivation, builder: GraphBuilder, id: NodeId): NodeId | null {
  const value = derivation.value(id)
  if (!value || value.shape.length > 0) return null
  const number = value.data[0] ?? Number.NaN
  return builder.add({
    op: 'constant',
    attributes: { value: number, text: latexNumber(number) },
    shape: [],
    origin: 'derived',
  })
}

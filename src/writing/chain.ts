/**
 * The chain rule written out for one node: `∂z/∂x = ∂z/∂t · ∂t/∂x = 2t · 1 = 2(x + y)`, and the same line with the
 * numbers put in, `2 · 0.049 · 1 = 0.098`.
 */
import type { Derivation, GradientPath } from '../derivation'
import { type GraphBuilder, type GraphNode, graphBuilder, type NodeId } from '../graph/graph'
import { latexOf } from './latex'
import { latexNumber } from './number'

export interface Chain {
  /** `\frac{\partial z}{\partial x}` */
  readonly derivative: string
  /** What it equals, step by step; the last is the result. */
  readonly steps: readonly string[]
  /** The last product with the numbers put in, and its value; `null` where a value is missing or is a matrix. */
  readonly numbers: { readonly substituted: string; readonly value: string } | null
}

/** A result in terms of inputs that is longer than this many characters explains less than the neighbours' names do. */
const LONGEST_RESULT = 160
/** Numbers are put into products of up to this many nodes. */
const MOST_NUMBERS = 60

/** How the output is called in derivatives: `z`, or `L` where the gradient comes from a later `L`. */
export function outputLatex(derivation: Derivation): string {
  const upstream = derivation.upstream?.name.latex
  const later = upstream && /^\\[dt]?frac\{\s*(?:\\partial|d|\\mathrm\{d\})?\s*(.+?)\s*\}\{/.exec(upstream)?.[1]
  return later || derivation.name.latex
}

/** How a node is called in derivatives: by its name, else by its expression. */
export function nodeLatex(derivation: Derivation, id: NodeId): string {
  const node = derivation.graph.nodes[id]
  if (id === derivation.output) return derivation.name.latex
  return node?.name?.latex ?? latexOf(derivation.graph, id)
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
export function chainOf(derivation: Derivation, id: NodeId): Chain | null {
  if (id === derivation.output) return null
  const gradient = derivation.gradient(id)
  if (!gradient) return null
  const groups = byUser(gradient.paths)
  const scratch = graphBuilder(derivation.graph)
  const steps = [
    symbolStep(derivation, id, groups),
    productStep(scratch, groups, (node) => node),
    latexOf(derivation.graph, gradient.node),
  ]
  const expanded = latexOf(derivation.graph, gradient.expanded)
  const result = expanded.length <= LONGEST_RESULT
  if (result) steps.push(expanded)
  // `2t · 1 = 2t = 2(x + y)` says no more than `2t · 1 = 2(x + y)`.
  if (result && steps[1] && steps[2] !== expanded) steps.splice(2, 1)
  return {
    derivative: derivativeLatex(derivation, null, id),
    steps: steps.filter((step, i): step is string => step !== null && step !== steps.slice(0, i).findLast((s) => s)),
    numbers: numbersOf(derivation, gradient.node, groups),
  }
}

interface Group {
  readonly through: NodeId
  readonly paths: readonly GradientPath[]
}

/** Paths through the same user belong to one factor: both inputs of `t · t` are uses of t by one node. */
function byUser(paths: readonly GradientPath[]): Group[] {
  const groups = new Map<NodeId, GradientPath[]>()
  for (const path of paths) {
    const group = groups.get(path.through) ?? []
    groups.set(path.through, group)
    group.push(path)
  }
  return [...groups].map(([through, paths]) => ({ through, paths }))
}

/** `∂z/∂t · ∂t/∂x + ∂z/∂u · ∂u/∂x`; `null` where the output itself is the only user and nothing arrives but 1. */
function symbolStep(derivation: Derivation, id: NodeId, groups: readonly Group[]): string | null {
  const only = groups.length === 1 ? groups[0] : undefined
  if (only?.through === derivation.output && !derivation.upstream) return null
  if (groups.some((group) => group.paths.some((path) => path.local === null))) return null
  const product = ({ through }: Group) => {
    const local = derivativeLatex(derivation, through, id)
    if (through === derivation.output && !derivation.upstream) return local
    return `${derivativeLatex(derivation, null, through)} \\cdot ${local}`
  }
  return groups.map(product).join(' + ')
}

/** `2t · 1`, the factors not yet multiplied out; `null` where a factor is a map of matrices. */
function productStep(
  scratch: GraphBuilder,
  groups: readonly Group[],
  factor: (node: NodeId) => NodeId | null,
): string | null {
  const terms: string[] = []
  for (const { paths } of groups) {
    const upstream = paths[0] && factor(paths[0].upstream)
    const locals = paths.map((path) => (path.local === null ? null : factor(path.local)))
    if (upstream === undefined || upstream === null || locals.includes(null)) return null
    const local = (locals as NodeId[]).reduce((sum, next) => scratch.apply('add', [sum, next]))
    // The 1 that the backward pass begins with is no factor of anything.
    const product = isOne(scratch, upstream) ? local : scratch.apply('multiply', [upstream, local], { sign: 'dot' })
    terms.push(latexOf(scratch.graph, product))
  }
  return terms.map((term, i) => (i > 0 && term.startsWith('-') ? `(${term})` : term)).join(' + ')
}

function isOne(builder: GraphBuilder, id: NodeId): boolean {
  const node = builder.node(id)
  return node.op === 'constant' && node.attributes.value === 1 && node.origin === 'derived'
}

function numbersOf(derivation: Derivation, gradient: NodeId, groups: readonly Group[]): Chain['numbers'] {
  const value = derivation.value(gradient)
  if (!value || value.shape.length > 0) return null
  const scratch = graphBuilder(derivation.graph)
  const known = new Map<NodeId, NodeId | null>()
  const substituted = productStep(scratch, groups, (node) => substitute(derivation, scratch, node, known))
  return substituted === null ? null : { substituted, value: latexNumber(value.data[0] ?? Number.NaN) }
}

/** A copy of an expression with numbers in place of names; `null` where one has no number, or it would be too long. */
function substitute(
  derivation: Derivation,
  scratch: GraphBuilder,
  root: NodeId,
  known: Map<NodeId, NodeId | null>,
): NodeId | null {
  const order = expressionOf(derivation, root)
  if (order === null) return null
  for (const node of order) {
    const inputs = node.inputs.map((input) => known.get(input) ?? null)
    if (node.op === 'constant' && !node.name) known.set(node.id, node.id)
    else if (isLeaf(node)) known.set(node.id, numberNode(derivation, scratch, node.id))
    else if (inputs.includes(null)) known.set(node.id, null)
    else known.set(node.id, scratch.apply(node.op, inputs as NodeId[], node.attributes))
  }
  return known.get(root) ?? null
}

/** Names stand for themselves: what they are computed from is not put in. */
const isLeaf = (node: GraphNode) => node.name !== null || node.inputs.length === 0

/** The nodes of an expression down to its names, inputs first; `null` where they are too many. */
function expressionOf(derivation: Derivation, root: NodeId): GraphNode[] | null {
  const found = new Map<NodeId, GraphNode>()
  const visit = (id: NodeId): boolean => {
    const node = derivation.graph.nodes[id]
    if (!node || found.has(id)) return node !== undefined
    if (found.size > MOST_NUMBERS) return false
    if (!isLeaf(node)) for (const input of node.inputs) if (!visit(input)) return false
    found.set(id, node)
    return true
  }
  return visit(root) ? [...found.values()] : null
}

function numberNode(derivation: Derivation, scratch: GraphBuilder, id: NodeId): NodeId | null {
  const value = derivation.value(id)
  if (!value || value.shape.length > 0) return null
  const number = value.data[0] ?? Number.NaN
  return scratch.add({
    op: 'constant',
    attributes: { value: number, text: latexNumber(number) },
    shape: [],
    origin: 'derived',
  })
}

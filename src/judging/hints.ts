/** What could be better about a step that is right. Taste, so that it is only said where someone asks for it. */

import { matchesAt } from '../calculus/composite'
import { ancestors, isNamed, type NodeId } from '../graph/graph'
import type { Built, Meaning } from '../meaning/build'
import { childrenOf } from '../meaning/parts'
import { substitute } from '../meaning/substitute'
import { DIFFERENCE, NEGATIVE, POWER, PRODUCT, QUOTIENT, SUM } from '../operations/algebra'
import { COPY } from '../operations/arrays'
import { operation } from '../operations/index'
import type { Definition, Expr } from '../reading/statement'
import { expressionLatex } from '../writing/latex'
import { isReadable } from '../writing/readable'
import { typedExpression } from '../writing/spoken'

/** The last step of a chain, where it is right without a condition. */
export interface LastStep {
  readonly world: Meaning
  readonly expr: Expr
  readonly truth: Built
  readonly written: Built
  /** The steps before it. */
  readonly before: readonly Built[]
}

/** How a chain ends: what is told of it alone, and what it says about others of the same function. */
export interface Ending {
  readonly shorter: string | null
  /** The function that the chain differentiates. */
  readonly of: Definition | null
  /** Defined names in which the last step stands. */
  readonly uses: readonly Definition[]
  /** Defined names that an earlier step has and the last one has no more. */
  readonly replaced: readonly Definition[]
}

/** A form that takes more than this part of the written one isn't worth a word. */
const CLEARLY = 2 / 3
/** What may be in the shorter form though the step does without: everything else stays as the author has it. */
const ARITHMETIC = new Set([SUM, DIFFERENCE, PRODUCT, QUOTIENT, NEGATIVE, POWER, 'constant', 'input', COPY])
/** Functions whose derivative is written with their value: y(1 - y), 1 - y². */
const isByOutput = (op: string): boolean => operation(op)?.slopeByOutput === 'formula'

/** @param plain whether the passage is written as plain text, not as LaTeX */
export function endingOf(last: LastStep, plain: boolean): Ending | null {
  const { world, expr, truth, written, before } = last
  const inside = ancestors(world.builder.graph, written.node)
  const isOwnForm = !isPutIn(expr) && written.doubts.size === 0 && isReadable(world.builder.graph, written.node)
  if (!isOwnForm || inside.some((id) => world.generic.has(id) || world.decimals.has(id))) return null
  const [slope, second] = truth.slopes
  const of = slope && !second ? slope.of : null
  const isByInput = slope !== undefined && world.builder.node(slope.by).op === 'input'
  const definedAs = new Map(truth.used.map((each) => [world.define(each), each.definition]))
  const definitionsIn = (nodes: readonly NodeId[]): Definition[] => {
    const names = new Set(nodes.flatMap((node) => [...namesIn(world, node)]))
    return [...names].flatMap((id) => (id === of ? [] : (definedAs.get(id) ?? [])))
  }
  const uses = definitionsIn([written.node])
  return {
    shorter: shorterForm(last, of, plain),
    of: (isByInput && of !== null && definedAs.get(of)) || null,
    uses,
    replaced: definitionsIn(before.map(({ node }) => node)).filter((each) => !uses.includes(each)),
  }
}

/** The hint for a chain of a note, in the light of how its others end. */
export function hintFor(ending: Ending, others: readonly Ending[]): string | null {
  if (ending.shorter !== null) return `Right; shorter: ${ending.shorter}.`
  const { of, uses } = ending
  // Whoever puts in what t stands for in one derivative of z, and not in another, may have forgotten it.
  const kept = uses.find((name) => others.some((each) => of && each.of === of && each.replaced.includes(name)))
  return kept ? `Right, but still in terms of ${kept.target.plain}.` : null
}

/** Derivatives and calls are taken into the graph as what they stand for: the node isn't what is written. */
const isPutIn = (expr: Expr): boolean =>
  expr.kind === 'derivative' || expr.kind === 'call' || expr.kind === 'opaque' || childrenOf(expr).some(isPutIn)

/** Defined names and inputs that stand in an expression as written. */
function namesIn({ builder }: Meaning, root: NodeId): Set<NodeId> {
  const found = new Set<NodeId>()
  const seen = new Set<NodeId>()
  const stack = [root]
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    const { name, op, inputs } = builder.node(id)
    if (name && op !== 'constant') found.add(id)
    else stack.push(...inputs)
  }
  return found
}

/** The same in fewer signs, in names that the step has already or in that of the function itself: y(1 - y). */
function shorterForm({ world, truth, written }: LastStep, of: NodeId | null, plain: boolean): string | null {
  const { builder, simplifier } = world
  const { graph } = builder
  const names = namesIn(world, written.node)
  const activations = activationsOf(world)
  const isAllowed = (id: NodeId) =>
    names.has(id) || (id === of && !isCalled(world, truth, id) && [...activations.values()].includes(id))
  const operations = new Set(operationsIn(world, written.node))
  const length = lengthOf(world, written.node)
  const truths = isReadable(graph, truth.node) ? [truth.node, substitute(builder, truth.node, activations)] : []
  const candidates = [written.node, ...truths].map((id) => simplifier.polish(id))
  const short = candidates
    .filter((id) => isReadable(graph, id))
    .filter((id) => lengthOf(world, id) <= CLEARLY * length)
    .filter((id) => id !== of && [...namesIn(world, id)].every(isAllowed))
    .filter((id) => operationsIn(world, id).every((op) => ARITHMETIC.has(op) || operations.has(op)))
    .sort((a, b) => lengthOf(world, a) - lengthOf(world, b))[0]
  if (short === undefined) return null
  return plain ? typedExpression(graph, short) : expressionLatex(graph, short)
}

/** What names stand for whose derivative is best written in the name itself: σ(a), and 1 / (1 + e^{-a}) as that. */
function activationsOf({ builder }: Meaning): Map<NodeId, NodeId> {
  const found = new Map<NodeId, NodeId>()
  for (const { id, op, inputs } of builder.graph.nodes.filter(isNamed)) {
    if (isByOutput(op)) found.set(builder.apply(op, inputs), id)
    for (const { composite, input } of matchesAt(builder.graph, id)) {
      if (isByOutput(composite.name)) found.set(builder.apply(composite.name, [input]), id)
    }
  }
  return found
}

/** A function of the note that is written with its arguments, f(x), has no name to stand alone. */
const isCalled = (world: Meaning, { used }: Built, id: NodeId): boolean =>
  used.some((each) => each.definition.parameters !== null && world.define(each) === id)

function operationsIn(world: Meaning, root: NodeId): string[] {
  const { builder } = world
  const found = new Set<string>()
  const seen = new Set<NodeId>()
  const stack = [root]
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    const { name, op, inputs } = builder.node(id)
    found.add(op)
    if (!name) stack.push(...inputs)
  }
  return [...found]
}

/** How many signs a reader sees. */
const lengthOf = ({ builder }: Meaning, id: NodeId): number =>
  expressionLatex(builder.graph, id)
    .replace(/\\(left|right)\b|[{}^_\s]/g, '')
    .replace(/\\[A-Za-z]+/g, 'f').length

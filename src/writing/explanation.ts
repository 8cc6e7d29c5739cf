/**
 * What is to be said about one node, as data: its value, local derivatives, gradient, chain rule, rule and sentence. The
 * hover, the strip of the panel, the annotation and the command line each show it in their own way.
 */

import type { Derivation } from '../derivation'
import type { Graph, GraphNode, NodeId } from '../graph/graph'
import { shownShape } from '../graph/sizes'
import { REPEATED } from '../operations/arrays'
import { operation } from '../operations/index'
import type { Operation, Shape, Tensor } from '../operations/operation'
import { type Chain, chainOf, derivativeLatex, LONGEST_RESULT, outputLatex, readableLatex } from './chain'
import { expressionLatex, printedLatex } from './latex'
import { isReadable } from './readable'
import { scaledUpstream } from './scaled'
import { shapeText } from './tensor'
import { numbersIn } from './writtenNumbers'

/** A derivative, what it equals and its number. */
export interface Equation {
  /** `\frac{\partial t}{\partial x}` */
  readonly derivative: string
  /** Right sides, the shortest way of saying it first: `2t`, `2(x + y)`. */
  readonly sides: readonly string[]
  readonly value: Tensor | null
  /** Where it begins with a symbol: how many times that, `0.098 \cdot \frac{\partial L}{\partial z}`. */
  readonly scaled?: string | null
}

export interface Explanation {
  readonly node: GraphNode
  /** `t = x + y`, or the expression alone where it has no name. */
  readonly latex: string
  readonly shape: Shape | null
  readonly value: Tensor | null
  /** One for each input of the node; empty for leaves, and where arrays have no derivative that is one formula. */
  readonly locals: readonly Equation[]
  /** What goes back to each input instead, where there is no local derivative to multiply by. */
  readonly passes: readonly Equation[]
  /** Of the output with respect to this node; `null` where no path leads to the output. */
  readonly gradient: Equation | null
  /** Of the output, twice by this input; `null` where that says nothing. */
  readonly second: Equation | null
  readonly chain: Chain | null
  /** Name of the rule and what the operation does to a gradient: English, keys of `l10n`; `null` for inputs. */
  readonly rule: string | null
  readonly sentence: string | null
  /** Why an opaque node couldn't be read. */
  readonly reason: string | null
}

/** Everything that is to be said about a node of a derivation. */
export function explain(derivation: Derivation, id: NodeId): Explanation {
  const node = derivation.graph.nodes[id] as GraphNode
  const isConstant = node.op === 'constant' || numbersIn(derivation).has(id)
  const entry = ruleOf(derivation, node)
  return {
    node,
    latex: titleOf(derivation, id),
    shape: shownShape(derivation.graph.sizes, node.shape),
    value: derivation.value(id),
    ...localsOf(derivation, node),
    gradient: isConstant ? null : gradientOf(derivation, id),
    second: isConstant ? null : secondOf(derivation, node),
    chain: isConstant ? null : chainOf(derivation, id),
    rule: isConstant ? 'constant' : (entry?.rule ?? null),
    sentence: isConstant ? 'A constant does not change, so no gradient is asked for.' : (entry?.explanation ?? null),
    reason: node.op === 'opaque' ? String(node.attributes.reason ?? '') : null,
  }
}

/** `t = x + y`: the name, where there is one, and what it stands for. */
export function titleOf(derivation: Derivation, id: NodeId): string {
  const node = derivation.graph.nodes[id] as GraphNode
  const isShort = isReadable(derivation.graph, node.id, true)
  const expression = isShort ? expressionLatex(derivation.graph, node.id) : '\\cdots'
  const name = node.name?.latex ?? (node.id === derivation.output ? derivation.name.latex : null)
  return name === null || name === expression ? expression : `${name} = ${expression}`
}

/** The maps from the gradient that arrives to what each input gets, as LaTeX; empty for elementwise operations. */
export function localMapsOf(graph: Graph, id: NodeId): readonly (string | null)[] {
  const node = graph.nodes[id]
  const map = node && operation(node.op)?.localMap
  if (!map) return []
  return map(
    node.inputs.map((input) => printedLatex(graph, input)),
    node.attributes,
  )
}

/** The operation whose rule is told: the node's own; of an input the one that uses it, if that is one alone. */
function ruleOf(derivation: Derivation, node: GraphNode): Operation | undefined {
  return node.op === 'input' ? arrivalOf(derivation, node) : operation(node.op)
}

/** The operation through which the gradient of a node came back to it, if that is one alone: its rule made the gradient. */
export function arrivalOf(derivation: Derivation, node: GraphNode): Operation | undefined {
  const users = (derivation.gradient(node.id)?.paths ?? []).map(({ through }) => derivation.graph.nodes[through])
  const [user] = users
  if (!user || users.some((other) => other?.op !== user.op)) return undefined
  // An input that is repeated for every row is summed over the rows, whatever the operation.
  return operation(isBroadcast(node, user) ? REPEATED : user.op)
}

const isBroadcast = (input: GraphNode, user: GraphNode) =>
  operation(user.op)?.elementwise === true && shapeText(input.shape) !== shapeText(user.shape)

function localsOf(derivation: Derivation, node: GraphNode): Pick<Explanation, 'locals' | 'passes'> {
  const written = derivation.local(node.id)
  const numbers = numbersIn(derivation)
  const isArray = (node.shape ?? []).length > 0
  const locals: Equation[] = []
  const passes: Equation[] = []
  node.inputs.forEach((id, i) => {
    const input = derivation.graph.nodes[id] as GraphNode
    // The derivative by a written number says nothing.
    if (numbers.has(id)) return
    const local = written[i] ?? null
    if (local !== null && !isArray && !isBroadcast(input, node)) {
      const derivative = derivativeLatex(derivation, node.id, id)
      locals.push({ derivative, sides: [readableLatex(derivation.graph, local)], value: derivation.value(local) })
      return
    }
    // No number stands for such a derivative; what the node sends back does.
    const path = derivation.gradient(id)?.paths.find(({ through, input: place }) => through === node.id && place === i)
    if (!path) return
    const derivative = derivativeLatex(derivation, null, id)
    passes.push({ derivative, sides: [readableLatex(derivation.graph, path.contribution)], value: null })
  })
  return { locals, passes }
}

/** `\frac{\partial^2 z}{\partial x^2}`; a longer formula than a line explains nothing. */
function secondOf(derivation: Derivation, node: GraphNode): Equation | null {
  const second = node.op === 'input' ? derivation.second(node.id) : null
  if (second === null || node.name === null) return null
  const side = readableLatex(derivation.graph, second)
  if (side.length > LONGEST_RESULT) return null
  const derivative = `\\frac{\\partial^2 ${outputLatex(derivation)}}{\\partial ${raised(node.name.latex)}}`
  return { derivative, sides: [side], value: derivation.value(second) }
}

/** `x^2`, `{x^{*}}^2` */
const raised = (latex: string): string => (latex.includes('^') ? `{${latex}}^2` : `${latex}^2`)

function gradientOf(derivation: Derivation, id: NodeId): Equation | null {
  const gradient = derivation.gradient(id)
  if (!gradient) return null
  const near = readableLatex(derivation.graph, gradient.node)
  const expanded = readableLatex(derivation.graph, gradient.expanded)
  const derivative =
    id === derivation.output && !derivation.upstream
      ? `\\frac{\\partial ${outputLatex(derivation)}}{\\partial ${outputLatex(derivation)}}`
      : derivativeLatex(derivation, null, id)
  const sides = [near, expanded].filter(
    (side, i) => side !== derivative && (i === 0 || (side !== near && side.length <= LONGEST_RESULT)),
  )
  const scaled = id === derivation.output ? null : scaledUpstream(derivation, gradient.node)
  return { derivative, sides, value: derivation.value(gradient.node), scaled }
}

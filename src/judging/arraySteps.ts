/** Steps about vectors and matrices: what is done entry by entry, what may be called wrong, and what else may be meant. */

import { ancestors, type GraphBuilder, leavesOf, type NodeId } from '../graph/graph'
import type { Built, Meaning } from '../meaning/build'
import { childrenOf, partsIn } from '../meaning/parts'
import type { Defined, Scope } from '../meaning/scope'
import { POWER } from '../operations/algebra'
import { isMatrixProduct } from '../operations/arrays'
import { operation } from '../operations/index'
import { TABULATED } from '../operations/indexNodes'
import type { Expr } from '../reading/statement'
import { relate } from './relation'
import { hasDerivative, leavesIn, type Sides } from './suspect'

/** Does a claim speak of arrays, or of what isn't of one shape? */
export const hasArrays = ({ built }: Sides): boolean =>
  built.some(({ doubts }) => doubts.has('array') || doubts.has('mismatch'))

/** Is there anything that isn't done entry by entry? Products of arrays count where a definition has them. */
export function usesWholeArrays({ built, world }: Sides): boolean {
  const { builder } = world
  const functions = built.flatMap(({ slopes }) => slopes.map(({ of }) => of))
  const isWhole = (id: NodeId): boolean => {
    const { op, origin } = builder.node(id)
    const entry = operation(op)
    return origin === 'written' && entry !== undefined && !entry.elementwise
  }
  const uses = (node: NodeId, isExcused: (id: NodeId) => boolean): boolean =>
    ancestors(builder.graph, node).some((id) => isWhole(id) && !isBareProduct(builder, id) && !isExcused(id))
  if (functions.some((node) => uses(node, () => false))) return true
  // The slope of what is done entry by entry is no number: `(1 - σ(x)) \cdot σ(x)` multiplies entries.
  const isByEntries = (id: NodeId): boolean => functions.length > 0 && isProductOfAlike(builder, id)
  return built.some(({ node }) => uses(node, isByEntries))
}

/** A dot between two arrays of one shape; matrices side by side are multiplied as matrices. */
function isProductOfAlike(builder: GraphBuilder, id: NodeId): boolean {
  const { op, inputs, attributes } = builder.node(id)
  const [a, b] = inputs.map((input) => builder.shapeOf(input))
  if (!isMatrixProduct(op) || !a || !b || a.length === 0 || String(a) !== String(b)) return false
  return a.length === 1 || attributes.sign === 'dot'
}

/**
 * Names side by side that don't fit as arrays, and what is multiplied by them: they may as well be numbers. So may derivatives of what
 * isn't defined, `∂L/∂y ∂y/∂w`, whose order depends on a layout that nobody says.
 */
function isBareProduct({ graph, node }: GraphBuilder, id: NodeId): boolean {
  const { op, shape } = node(id)
  return isMatrixProduct(op) && (shape === null || leavesOf(graph, [id]).every((leaf) => node(leaf).op === 'upstream'))
}

/**
 * A chain of values restates what a name is in ways that aren't known here, and a short name for a derivative has conventions of its
 * own: only written derivatives are told to be wrong.
 */
export function mayFailAsArray(
  exprs: readonly Expr[],
  index: number,
  { world, built }: Sides,
  truthSide: number,
): boolean {
  const [truth, side] = [built[truthSide] as Built, built[index] as Built]
  if (exprs.slice(0, index + 1).some(isLaidOut)) return false
  return isWrittenDerivative(exprs[0] as Expr, truth) && !isAtPoint(world, truth, side) && !isCondition(exprs, index)
}

/** Entries with dots say how a derivative is laid out as often as what it is, and of second derivatives there are several layouts. */
const isLaidOut = (expr: Expr): boolean =>
  (expr.kind === 'binder' && expr.op === TABULATED) ||
  (expr.kind === 'derivative' &&
    expr.order > 1 &&
    expr.wrt.every(({ variable }) => variable.kind !== 'name' || !variable.name.indexed))

/** A list of numbers where the truth has variables: its value somewhere. */
const isAtPoint = (world: Meaning, truth: Built, side: Built): boolean =>
  (world.builder.shapeOf(side.node)?.length ?? 0) > 0 &&
  leavesIn(world, side.node).size === 0 &&
  leavesIn(world, truth.node).size > 0

/** `\nabla f = 2 \nabla g`: where two functions touch. */
const isCondition = (exprs: readonly Expr[], index: number): boolean =>
  exprs[0]?.kind === 'derivative' &&
  exprs[0].notation === 'nabla' &&
  exprs[0].wrt.length === 0 &&
  hasDerivative(exprs[index] as Expr)

/**
 * `\frac{\partial L}{\partial W}`, `\nabla_w L`, `\nabla f(x)`, `r'(t)`, and `\nabla f` of several variables: not `dW`, nor
 * `\nabla y_i`, which may be a difference.
 */
function isWrittenDerivative(expr: Expr, { slopes, derived }: Built): boolean {
  if (expr.kind === 'call') return expr.primes > 0 && derived.size === 0
  if (expr.kind !== 'derivative' || expr.notation === 'programmer') return false
  return expr.wrt.length > 0 || expr.of.kind === 'call' || (expr.notation === 'nabla' && slopes.length > 1)
}

/** All parts of a claim's sides and of the definitions that they use. */
export function partsOfAll(exprs: readonly Expr[], used: readonly Defined[]): Expr[] {
  const parts: Expr[] = []
  const stack = [...exprs, ...used.map(({ definition }) => definition.expr)]
  for (let next = stack.pop(); next; next = stack.pop()) {
    parts.push(next)
    stack.push(...childrenOf(next))
  }
  return parts
}

/** `a^L`: the letter may be a mark. */
export const isLetterPower = (expr: Expr): boolean =>
  expr.kind === 'apply' && expr.op === POWER && expr.args[1]?.kind === 'name'

/** A name that may mean another definition. */
export function anotherDefinition(scope: Scope, truth: Built): string | null {
  for (const of of truth.used) {
    const key = scope.canonical(of.definition.target).key
    const others = scope.definitions.filter((use) => use !== of && scope.canonical(use.definition.target).key === key)
    // Which of them an array means in a step can't be told from its letter.
    if (others.length > 0) return `${of.definition.target.plain} is defined more than once.`
  }
  return null
}

/** What depends on the variable as well, where the step is right with it held fixed. */
export function lostPath({ world, built, setting }: Sides, truthSide: number, index: number): string | null {
  const [truth, side] = [built[truthSide] as Built, built[index] as Built]
  if (relate(world, setting, truth, side).kind !== 'equal') return null
  const names = truth.used.slice(1).map(({ definition }) => definition.target.plain)
  return names.length === 0 ? null : `The path through ${names.join(', ')} is lost.`
}

/** S of `y_i = e^{a_i}/S` is only a name for its sum, unless the note differentiates by it: then it is a step of its own that may be held fixed. */
export function holdsNames(scope: Scope, truth: Built): boolean {
  const by = variablesIn(scope)
  return truth.used.some(({ definition }) => by.has(scope.canonical(definition.target).key))
}

/** Names by which the note differentiates. */
function variablesIn(scope: Scope): ReadonlySet<string> {
  const known = variables.get(scope)
  if (known) return known
  const found = new Set(
    scope.statements.flatMap(({ statement }) =>
      partsIn(statement).derivatives.flatMap(({ wrt }) =>
        wrt.flatMap(({ variable }) => (variable.kind === 'name' ? scope.canonical(variable.name).key : [])),
      ),
    ),
  )
  variables.set(scope, found)
  return found
}
/** Found once for a note. */
const variables = new WeakMap<Scope, ReadonlySet<string>>()

/** What an array step lacks in every reading isn't looked for in each of them: it is built anew for each. */
export function isBlind({ built }: Sides, truthSide: number, index: number): boolean {
  const doubts = [built[truthSide] as Built, built[index] as Built].map((each) => each.doubts)
  return IN_EVERY_READING.some((doubt) => doubts.some((each) => each.has(doubt)))
}

/** Doubts that no reading of a derivative of arrays takes away. */
const IN_EVERY_READING = ['opaque', 'cyclic', 'independent', 'variable', 'undefined'] as const

/** Written derivatives → the nodes that they are: `\frac{ds}{dt}`, `z'`, `\left.\frac{dy}{dx}\right|_{x=2}`. */
import { ancestors, type NodeId, type Source } from '../graph/graph'
import { PRODUCT } from '../operations/algebra'
import type { CallExpr, DerivativeExpr, Expr, Name } from '../reading/statement'
import { isOfArrays, located } from './arraySlopes'
import { transposed } from './arrays'
import { calledAs } from './calledAs'
import { anyCurveSlope } from './curves'
import { jacobianOf } from './determinants'
import { gradientOf } from './gradients'
import { layeredStem } from './layers'
import { impliedVariable, isReached } from './links'
import { type Loss, numberLoss } from './loss'
import { define, inherit, nameNode, parameterNode, resolve, sourceOf } from './names'
import { opaque } from './opaque'
import { byArray, ordered, type Variable } from './ordered'
import { differentiated } from './parts'
import type { Defined, UsePlace } from './scope'
import { substitute } from './substitute'
import type { Building, Doubt, Environment } from './vocabulary'

/** Of a derivative, higher orders than this aren't taken. */
const HIGHEST_ORDER = 6

export function derivative(
  building: Building,
  expr: DerivativeExpr,
  place: UsePlace,
  environment: Environment,
): NodeId {
  const source = sourceOf(place, expr.range)
  if (expr.times) {
    const { times, ...once } = expr
    const factors = [times, once].map((each) => building.build(each, place, environment))
    return building.builder.apply(PRODUCT, factors)
  }
  const unread = (doubt: Doubt, uses: readonly NodeId[] = []): NodeId =>
    opaque(building, { doubt, reason: 'derivative', text: derivativeText(expr), uses, source })
  if (expr.order > HIGHEST_ORDER) return unread('opaque')
  const along = anyCurveSlope(building, expr, place)
  if (along !== null) return placed(building, along, source)
  const call = calledAs(building, expr)
  if (call && !resolve(building, call.callee, place))
    return derivative(building, { ...expr, of: call }, place, environment)
  const flat = flattened(building, expr, place)
  if (flat) return derivative(building, flat, place, environment)
  const implied = expr.notation === 'prime' && expr.wrt.length === 0 ? impliedVariable(building, expr.of, place) : null
  if (implied) {
    const wrt = [{ variable: implied, order: expr.order }]
    return derivative(building, { ...expr, wrt, notation: 'total' }, place, environment)
  }
  const several = severalSlopes(building, expr, place, environment, source)
  if (several !== null) return placed(building, several, source)
  const loss = lossOf(building, expr, place, environment)
  const variables = expr.wrt.map(
    ({ variable, order }): Variable => ({ by: building.build(variable, place, environment), order }),
  )
  if (loss) {
    const of = lossIn(building, loss, expr, place, environment)
    return placed(building, building.upstream(of, expr.order, variables, expr.notation), source)
  }
  const of = building.build(expr.of, place, environment)
  // (y - Xβ)': of an array behind a bracket the prime transposes.
  if (expr.notation === 'prime' && expr.of.kind === 'apply' && (building.builder.shapeOf(of)?.length ?? 0) > 0)
    return transposed(building, of, source)
  if (expr.of.kind === 'call' && !resolve(building, expr.of.callee, place)) {
    building.notes.derived.add(expr.of.callee.key)
  }
  if (variables.length === 0) {
    if (expr.notation === 'nabla') building.notes.doubts.add('array')
    const own = expr.notation === 'nabla' ? calledWith(expr.of) : null
    const by = own
      ? building.build(own, place, environment)
      : ((expr.notation === 'nabla' ? learntArray(building, of) : null) ?? onlyVariable(building, expr.of, of, place))
    if (by === null) return unread('variable', [of])
    variables.push({ by, order: expr.order })
  }
  // `\nabla^2 u(r)` of a number is no second derivative.
  if (
    expr.notation === 'nabla' &&
    expr.order > 1 &&
    variables.some(({ by }) => building.builder.shapeOf(by)?.length === 0)
  )
    return unread('opaque', [of])
  // `\frac{\partial}{\partial x}(a)`: the input a is held, and its derivative is 0 for certain.
  const isHeld = expr.bracketed === true && expr.notation === 'partial' && expr.of.kind === 'name'
  const ofArrays = variables.some(({ by }) => isOfArrays(building, of, by, expr.notation))
  const manner = { isHeld, notation: expr.notation }
  const taken = ofArrays
    ? byArray(building, of, variables, expr.notation)
    : ordered(building, of, variables, building.mode, manner)
  if (taken === null) return unread('opaque', [of, ...variables.map(({ by }) => by)])
  return placed(building, expr.at ? evaluatedAt(building, taken, expr.at, place, environment) : taken, source)
}

/** `\\frac{\\partial}{\\partial x}(\\frac{\\partial f}{\\partial y})` of a function without a definition: its derivative by both. */
function flattened(building: Building, expr: DerivativeExpr, place: UsePlace): DerivativeExpr | null {
  const { of: inner, notation, at } = expr
  if (inner.kind !== 'derivative' || inner.notation !== notation || notation === 'prime' || at || inner.at) return null
  if (inner.of.kind !== 'name' || resolve(building, inner.of.name, place) || expr.wrt.length === 0) return null
  const isSame = notation === 'partial' || inner.wrt.every(({ variable }) => isAlike(variable, expr.wrt[0]?.variable))
  if (!isSame || inner.wrt.length === 0) return null
  return { ...expr, of: inner.of, wrt: [...inner.wrt, ...expr.wrt], order: inner.order + expr.order }
}
const isAlike = (a: Expr, b: Expr | undefined): boolean =>
  a.kind === 'name' && b?.kind === 'name' && a.name.key === b.name.key

/** Derivatives that stand for several at once: of several functions, or by all variables of one. */
const severalSlopes = (
  building: Building,
  expr: DerivativeExpr,
  place: UsePlace,
  environment: Environment,
  source: Source,
): NodeId | null =>
  jacobianOf(building, expr, place, environment, source) ?? gradientOf(building, expr, place, environment, source)

function evaluatedAt(
  building: Building,
  id: NodeId,
  at: NonNullable<DerivativeExpr['at']>,
  place: UsePlace,
  environment: Environment,
): NodeId {
  const values = at.map(
    ({ name, value }) =>
      [nameNode(building, name, value.range, place, environment), building.build(value, place, environment)] as const,
  )
  return substitute(building.builder, id, new Map(values))
}

/** What a derivative came to, as nodes that have the place where it is written. */
export function placed(building: Building, root: NodeId, source: Source): NodeId {
  const { builder, simplifier, choices } = building
  const shown = choices.unknowns === 'shown' ? simplifier.polish(root) : root
  const copies = new Map<NodeId, NodeId>()
  for (const id of ancestors(builder.graph, shown)) {
    const { op, inputs, attributes, shape, origin, source: own } = builder.node(id)
    const isLeaf = op === 'input' || op === 'upstream'
    if (origin === 'written' || own !== null || isLeaf || inputs.some((input) => input > id)) continue
    const copied = inputs.map((input) => copies.get(input) ?? input)
    copies.set(id, builder.add({ op, inputs: copied, attributes, shape, origin, source }))
  }
  const placedRoot = copies.get(shown)
  if (placedRoot === undefined) builder.addUse(shown, source)
  return placedRoot ?? shown
}

/** `\\nabla f(x)` differentiates by the x that it is written with. */
const calledWith = (of: Expr): Expr | null => {
  const [only, further] = of.kind === 'call' ? of.args : []
  return only?.kind === 'name' && !further ? only : null
}

/**
 * The array by which `\\nabla L` differentiates where several stand in L: what is learnt, by its letter, or else x. It is a guess, so that
 * only what is equal says anything.
 */
function learntArray({ builder, names, notes }: Building, of: NodeId): NodeId | null {
  const isOne = (letters: RegExp) => (id: NodeId) =>
    builder.node(id).op === 'input' && (builder.shapeOf(id)?.length ?? 0) > 0 && letters.test(names.get(id)?.key ?? '')
  const leaves = ancestors(builder.graph, of).filter((id) => id !== of)
  const found = LEARNT.map((letters) => leaves.filter(isOne(letters))).find((some) => some.length > 0)
  const [only, further] = found ?? []
  if (only === undefined || further !== undefined || leaves.filter((id) => names.has(id)).length === 1) return null
  notes.doubts.add('variable')
  return only
}
/** Weights and parameters first, then what a function is of. */
const LEARNT = [/^(?:w|theta|beta)(?:_bold|_vec)?$/, /^(?:W|Theta)(?:_bold)?$/, /^x(?:_bold|_vec)?$/]

/** The variable that `z'` means: the parameter, or the only name on which z depends, or x or t. */
function onlyVariable(building: Building, expr: Expr, of: NodeId, place: UsePlace): NodeId | null {
  const { builder, names, inputs, notes } = building
  const found = expr.kind === 'name' ? resolve(building, expr.name, place) : null
  const [parameter, second] = found?.definition.parameters ?? []
  if (found && parameter && !second) return parameterNode(building, parameter.name, parameter.range, found)
  // `y = c` says nothing of what y depends on.
  if (found?.definition.expr.kind === 'name') return null
  const leaves = ancestors(builder.graph, of).filter((id) => id !== of && names.has(id))
  if (leaves.length === 1) return leaves[0] as NodeId
  const usual = ['x', 't', 'z'].map((key) => inputs.get(key)).find((id) => id !== undefined && leaves.includes(id))
  if (usual === undefined) return null
  notes.doubts.add('variable')
  return usual
}

/** The name of a function that the note doesn't define, whose derivative is written. */
function lossOf(building: Building, expr: DerivativeExpr, place: UsePlace, environment: Environment): Name | null {
  const { builder, hidden } = building
  const name = differentiated(expr)
  if (!name || environment.has(name.key) || expr.wrt.length === 0) return null
  const found = resolve(building, name, place)
  if (found) {
    const node = define(building, found)
    // `L = L(a)` of an array only says what L depends on.
    if (hidden.has(node) && isOfItself(found)) return name
    inherit(building, found)
    return hidden.has(node) || isBeyondDefinition(building, node, expr, place, environment) ? name : null
  }
  // `\frac{\partial x_i}{\partial x_j}`: entries of one array.
  const base = building.scope.families.entryOf(name)?.base.key
  const isSibling = ({ variable }: DerivativeExpr['wrt'][number]) =>
    variable.kind === 'name' && building.scope.families.entryOf(variable.name)?.base.key === base
  if (base !== undefined && expr.wrt.some(isSibling)) return null
  // `\frac{d}{dx}(a)` of an input of the note: a itself, and no function that is yet to come.
  if (expr.of.kind === 'name') return expr.bracketed && building.inputs.has(base ?? name.key) ? null : name
  // Of `L(θ)` by something else than its argument nothing is known; of `g(x)` by x it is any function's slope.
  const variables = new Set(expr.wrt.map(({ variable }) => building.build(variable, place, environment)))
  const among = (expr.of as CallExpr).args.map((arg) => building.build(arg, place, environment))
  return among.some((arg) => ancestors(builder.graph, arg).some((id) => variables.has(id))) ? null : name
}

const isOfItself = ({ definition: { target, expr } }: Defined): boolean =>
  expr.kind === 'call' && expr.primes === 0 && expr.callee.key === target.key

/**
 * C = ½‖a^L − y‖² by W^l, which a^L has by what the note says of layers: for a layer that only a letter names C is any function of it. So
 * is the loss of one sample, `L = -y \\log a - …`, by the Z of all of which the note writes `dZ`; and by an array that its definition
 * doesn't lead to as it is read. What is true of any such function is true of this one; that it differs says nothing.
 */
function isBeyondDefinition(
  building: Building,
  node: NodeId,
  { wrt, notation }: DerivativeExpr,
  place: UsePlace,
  environment: Environment,
): boolean {
  const { builder, scope } = building
  const [only, further] = wrt
  if (only?.variable.kind !== 'name' || further) return false
  const isLayered = (name: Name): boolean => layeredStem(scope.families.entryOf(name)?.base ?? name) !== null
  const by = located(building, building.build(only.variable, place, environment)).array
  const isArray = builder.shapeOf(by)?.length !== 0 && builder.shapeOf(node)?.length === 0 && notation === 'partial'
  if (notation !== 'programmer' && !isLayered(only.variable.name) && !isArray) return false
  if (isReached(building, node, by)) return false
  const named = ancestors(builder.graph, node).flatMap((id) => builder.node(id).name ?? [])
  if (notation === 'programmer' || named.some(isLayered)) return true
  if (isArray) building.notes.doubts.add('undefined')
  return isArray
}

/** An entry of an array that nothing is known of is a function for each of its places. */
function lossIn(
  building: Building,
  name: Name,
  { of, order }: DerivativeExpr,
  place: UsePlace,
  environment: Environment,
): Loss {
  const { builder } = building
  if (of.kind !== 'name' || order > 1 || building.scope.families.entryOf(name) === null) return numberLoss(name)
  const { array, at } = located(building, building.build(of, place, environment))
  const { op, name: own, shape } = builder.node(array)
  return op === 'input' && own && shape?.length === at.length ? { name: own, at, shape } : numberLoss(name)
}

/** A derivative as LaTeX, as far as it is made of names. */
function derivativeText({ of, wrt, order, notation }: DerivativeExpr): string {
  const name = of.kind === 'name' ? of.name.latex : of.kind === 'call' ? of.callee.latex : '(\\cdots)'
  if (wrt.length === 0) return notation === 'nabla' ? `\\nabla ${name}` : `${name}${"'".repeat(order)}`
  const d = notation === 'partial' ? '\\partial' : 'd'
  const power = (n: number): string => (n > 1 ? `^{${n}}` : '')
  const below = wrt.map(
    ({ variable, order: times }) => `${d} ${variable.kind === 'name' ? variable.name.latex : '\\cdot'}${power(times)}`,
  )
  return `\\frac{${d}${power(order)} ${name}}{${below.join(' ')}}`
}

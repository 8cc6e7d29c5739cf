/** Functions that are called: of the note with their arguments put in, of the table by a mark of derivation, any others. */

import { ancestors, leavesOf, type NodeId } from '../graph/graph'
import { operationSpelled } from '../operations/index'
import type { CallExpr, Name } from '../reading/statement'
import { isAppliedToEntries } from './activations'
import { hasArray } from './arrays'
import { placed } from './derivatives'
import { genericFunction } from './generic'
import { define, inherit, parameterNode, resolve, sourceOf } from './names'
import { opaque } from './opaque'
import { byArray, ordered, type Variable } from './ordered'
import type { Defined, UsePlace } from './scope'
import { substitute } from './substitute'
import type { Building, Doubt, Environment, Mode } from './vocabulary'
import { arraysAt } from './written'

/** Functions within functions, no deeper. */
const DEEPEST_CALL = 40
/** Bodies that are put in while one meaning is built, no more: f(f(f(x))) of such functions grows fast. */
const MOST_BODIES = 2000

export function call(building: Building, expr: CallExpr, place: UsePlace, environment: Environment): NodeId {
  const { builder, choices, generic, notes } = building
  const args = expr.args.map((arg) => building.build(arg, place, environment))
  const found = environment.has(expr.callee.key) ? null : resolve(building, expr.callee, place)
  if (found?.definition.parameters) return callDefined(building, expr, found, args, place)
  const partial = partialAt(building, expr, found, args, place)
  if (partial !== null) return partial
  if (found) return callName(building, expr, found, args, place)
  const source = sourceOf(place, expr.range)
  const known = operationSpelled('latex', `\\${expr.callee.key}`) ?? operationSpelled('plain', expr.callee.key)
  if (known?.value && known.arity === args.length) {
    return withPrimes(building, expr, args, place, (inputs) => builder.add({ op: known.name, inputs, source }))
  }
  const isOfArray = hasArray(builder, args)
  const isKnown = !isOfArray || (args.length === 1 && isAppliedToEntries(building.scope, expr.callee))
  if (choices.unknowns === 'shown' || !isKnown) return unknown(building, 'undefined', expr, args, place)
  if (isOfArray) notes.doubts.add('array')
  if (expr.primes > 0) notes.derived.add(expr.callee.key)
  return withPrimes(building, expr, args, place, (inputs) => genericFunction(builder, generic, expr.callee, inputs))
}

/** `f(2x)`, `f'(2x)` of a function that the note defines with parameters. */
function callDefined(
  building: Building,
  expr: CallExpr,
  found: Defined,
  args: readonly NodeId[],
  place: UsePlace,
): NodeId {
  const parameters = found.definition.parameters ?? []
  const named = parameters.map(({ name, range }) => parameterNode(building, name, range, found))
  if (expr.primes > 0 && args.length === 1 && parameters.length > 1) {
    // f'(x_1) of f(x_1, x_2): the partial derivative by that parameter.
    const by = named.find((id) => id === args[0])
    if (by === undefined) return unknown(building, 'variable', expr, args, place)
    return slope(building, whole(building, expr, found, place), by, expr, place)
  }
  if (parameters.length !== args.length) {
    const id = expr.primes === 0 ? whole(building, expr, found, place) : null
    const isOfThese = id !== null && isMadeOf(building, id, args)
    return isOfThese ? id : unknown(building, 'variable', expr, args, place)
  }
  if (args.every((arg, k) => arg === named[k])) {
    const id = whole(building, expr, found, place)
    return expr.primes === 0 ? id : slope(building, id, named[0] as NodeId, expr, place, 'total')
  }
  if (!mayPutIn(building, found)) return unknown(building, 'cyclic', expr, args, place)
  if (!building.notes.used.has(found)) building.notes.used.set(found, 'body')
  building.calls.push(found)
  const id = withPrimes(building, expr, args, place, (inputs) => {
    building.bodies++
    const environment = new Map(parameters.map(({ name }, k) => [name.key, inputs[k] as NodeId]))
    return building.build(found.definition.expr, found, environment)
  })
  building.calls.pop()
  return ownNode(building, id, args, expr, place)
}

const mayPutIn = ({ calls, bodies, underway }: Building, found: Defined): boolean =>
  calls.length < DEEPEST_CALL && bodies < MOST_BODIES && !calls.includes(found) && !underway.has(found)

/** `g(x) = x^2 + y^2`, later `g(x, y)`: the names that it is made of, however few were written at first. */
function isMadeOf({ builder }: Building, id: NodeId, args: readonly NodeId[]): boolean {
  const leaves = leavesOf(builder.graph, [id])
  return leaves.length === args.length && leaves.every((leaf) => args.includes(leaf))
}

/** A body that is a name, or the argument itself, gets a node for the call. */
function ownNode({ builder }: Building, id: NodeId, args: readonly NodeId[], expr: CallExpr, place: UsePlace): NodeId {
  if (builder.node(id).name === null && !args.includes(id)) return id
  return arraysAt(builder, sourceOf(place, expr.range)).copy(id)
}

/** `f_x(2, -1)`: what the note says `f_x` is, or the derivative of its `f(x, y)` by x, at that point. */
function partialAt(
  building: Building,
  { callee, primes, range }: CallExpr,
  own: Defined | null,
  args: readonly NodeId[],
  place: UsePlace,
): NodeId | null {
  const [, key = '', letters = ''] = /^([A-Za-z]+)_([a-z]{1,3})$/.exec(callee.key) ?? []
  const of = primes === 0 && key ? resolve(building, { key, latex: key, plain: key }, place) : null
  const parameters = of?.definition.parameters ?? []
  if (!of || parameters.length < 2 || parameters.length !== args.length) return null
  const nodes = new Map(parameters.map(({ name, range }) => [name.key, parameterNode(building, name, range, of)]))
  const by = [...letters].flatMap((letter) => nodes.get(letter) ?? [])
  if (by.length !== letters.length) return null
  const whole = define(building, own ?? of)
  inherit(building, own ?? of)
  const variables = by.map((each) => ({ by: each, order: 1 }))
  const taken = own ? whole : ordered(building, whole, variables, 'partial')
  if (taken === null) return null
  const point = new Map([...nodes.values()].map((node, k) => [node, args[k] as NodeId]))
  return placed(building, substitute(building.builder, taken, point), sourceOf(place, range))
}

/** The function itself, where it is called with its own parameters. */
function whole(building: Building, expr: CallExpr, found: Defined, place: UsePlace): NodeId {
  const id = define(building, found)
  inherit(building, found)
  building.builder.addUse(id, sourceOf(place, expr.range))
  return id
}

/** `y(x)` where y is defined without parameters: y itself, where x is what it depends on. */
function callName(
  building: Building,
  expr: CallExpr,
  found: Defined,
  args: readonly NodeId[],
  place: UsePlace,
): NodeId {
  const id = whole(building, expr, found, place)
  const inside = new Set(ancestors(building.builder.graph, id))
  if (!args.every((arg) => inside.has(arg)))
    return slopeAt(building, id, expr, args, place) ?? unknown(building, 'variable', expr, args, place)
  if (expr.primes === 0) return id
  if (args.length !== 1) return unknown(building, 'variable', expr, args, place)
  return slope(building, id, args[0] as NodeId, expr, place)
}

/** `f'(2)` of an f that is written without its argument: what stands in the bracket is put in for its only variable. */
function slopeAt(
  building: Building,
  of: NodeId,
  expr: CallExpr,
  args: readonly NodeId[],
  place: UsePlace,
): NodeId | null {
  const { builder } = building
  const [argument, more] = args
  const [only, another] = ancestors(builder.graph, of).filter((id) => builder.node(id).op === 'input')
  if (expr.primes === 0 || argument === undefined || more !== undefined || only === undefined || another !== undefined)
    return null
  const noted = building.notes.slopes.length
  const derived = ordered(building, of, [{ by: only, order: expr.primes }], 'total')
  building.notes.slopes.length = noted
  if (derived === null) return null
  return placed(building, substitute(builder, derived, new Map([[only, argument]])), sourceOf(place, expr.range))
}

function slope(
  building: Building,
  of: NodeId,
  by: NodeId,
  expr: CallExpr,
  place: UsePlace,
  mode = building.mode,
): NodeId {
  const taken = derivativeOf(building, of, { by, order: expr.primes }, mode)
  if (taken === null) return unknown(building, 'opaque', expr, [of, by], place)
  return placed(building, taken, sourceOf(place, expr.range))
}

/** Of a number, or of a vector by a number. */
function derivativeOf(building: Building, of: NodeId, variable: Variable, mode: Mode): NodeId | null {
  const { builder } = building
  const isVector = (builder.shapeOf(of)?.length ?? 0) > 0 && builder.shapeOf(variable.by)?.length === 0
  return isVector ? byArray(building, of, [variable], 'total') : ordered(building, of, [variable], mode)
}

/** A function of its arguments, or its derivative by the only one, taken before the argument is put in. */
function withPrimes(
  building: Building,
  expr: CallExpr,
  args: readonly NodeId[],
  place: UsePlace,
  body: (inputs: readonly NodeId[]) => NodeId,
): NodeId {
  const { builder, notes } = building
  if (expr.primes === 0) return body(args)
  if (args.length !== 1) return unknown(building, 'variable', expr, args, place)
  const [argument] = args as [NodeId]
  if (builder.node(argument).op === 'input') return slope(building, body([argument]), argument, expr, place, 'total')
  const noted = notes.slopes.length
  const fresh = builder.add({ op: 'input', shape: [], name: ARGUMENT, source: sourceOf(place, expr.calleeRange) })
  const derived = derivativeOf(building, body([fresh]), { by: fresh, order: expr.primes }, 'total')
  notes.slopes.length = noted
  if (derived === null) return unknown(building, 'opaque', expr, args, place)
  return placed(building, substitute(builder, derived, new Map([[fresh, argument]])), sourceOf(place, expr.range))
}
const ARGUMENT: Name = { key: '#argument', latex: '\\cdot', plain: '·' }

const REASONS: Readonly<Partial<Record<Doubt, string>>> = {
  undefined: 'function that isn’t defined',
  variable: 'function of other arguments',
  cyclic: 'function that calls itself',
  opaque: 'derivative',
}

function unknown(building: Building, doubt: Doubt, expr: CallExpr, args: readonly NodeId[], place: UsePlace): NodeId {
  const named = expr.args.map((arg) => (arg.kind === 'name' ? arg.name.latex : '…'))
  const text = `${expr.callee.latex}${"'".repeat(expr.primes)}(${named.join(', ')})`
  const reason = REASONS[doubt] ?? doubt
  return opaque(building, { doubt, reason, text, uses: args, source: sourceOf(place, expr.range) })
}

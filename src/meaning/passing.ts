/**
 * Integrals and differences between bounds, as the nodes that they come to. They are exact where they are found, and what
 * rests on them is still no ground for an alarm: that they were read as their author means them can't be told from the text.
 */
import { antiderivative } from '../calculus/antiderivative'
import { limitOf } from '../calculus/limit'
import { ancestors, type NodeId } from '../graph/graph'
import { algebra, isSum, NEGATIVE, PRODUCT, QUOTIENT } from '../operations/algebra'
import type { Expr, Name, Passing, Range } from '../reading/statement'
import { INTEGRAL } from './integrals'
import { nameNode, resolve } from './names'
import { childrenOf } from './parts'
import type { UsePlace } from './scope'
import { substitute } from './substitute'
import { type Building, EMPTY, type Environment } from './vocabulary'

/** The node; `null` where it isn't found. */
export function passing(building: Building, of: Passing, place: UsePlace, environment: Environment): NodeId | null {
  const { builder, notes } = building
  const bounds = [of.from, of.to].flatMap((bound) => (bound ? [building.build(bound, place, environment)] : []))
  const name = of.variable ?? variableOf(building, of.body)
  if (name === null) return null
  const { leaf, inside } = bind(building, name, place, environment)
  const body = building.build(of.body, place, inside)
  if ([body, ...bounds].some((id) => builder.shapeOf(id)?.length !== 0)) return null
  notes.doubts.add('opaque')
  const [first, second] = bounds
  const between = (whole: NodeId): NodeId => {
    const at = (value: NodeId): NodeId => substitute(builder, whole, new Map([[leaf, value]]))
    return second === undefined || first === undefined ? whole : algebra(builder).difference(at(second), at(first))
  }
  if (of.op === 'limit') {
    const put = (root: NodeId): NodeId => substitute(builder, root, new Map([[leaf, first as NodeId]]))
    // What a difference quotient of any function goes to is a matter of one point.
    if (first === undefined || !isPlain(building, body)) return null
    const isInfinite = Math.abs(builder.constantOf(first) ?? 0) === Number.POSITIVE_INFINITY
    return limitOf({ builder, simplifier: building.simplifier, leaf, put, isInfinite }, body)
  }
  if (of.op === 'difference') return isPlain(building, body) ? between(body) : null
  const integral = (term: NodeId): NodeId => {
    const found = isPlain(building, term, true) ? antiderivative(building, term, leaf) : null
    return found === null ? unknownIntegral(building, term, leaf, bounds, integral) : between(found)
  }
  const whole = linear(building, building.simplifier.expand(body), integral)
  return bounds.length === 0 ? withConstant(building, whole, body, place) : whole
}

/** What is done with a sum is done with each of its terms. */
function linear(building: Building, id: NodeId, each: (term: NodeId) => NodeId): NodeId {
  const { builder } = building
  const { op, inputs } = builder.node(id)
  if (!isSum(op) && op !== NEGATIVE) return each(id)
  return builder.apply(
    op,
    inputs.map((input) => linear(building, input, each)),
  )
}

/**
 * The integral of a term that has none in closed form: a number of its own, times what doesn't depend on the variable.
 * @param integral of a term of what is left
 */
function unknownIntegral(
  building: Building,
  term: NodeId,
  leaf: NodeId,
  bounds: readonly NodeId[],
  integral: (term: NodeId) => NodeId,
): NodeId {
  const { builder, simplifier, hidden, opaques } = building
  const { n, product, quotient } = algebra(builder)
  const depends = (id: NodeId): boolean =>
    ancestors(builder.graph, id).some((each) => each === leaf || builder.node(each).op === 'opaque' || hidden.has(each))
  let [free, rest] = [n(1), n(1)]
  const take = (id: NodeId, below: boolean): void => {
    const { op, inputs } = builder.node(id)
    const [first, second] = inputs
    const put = (into: NodeId): NodeId => (below ? quotient(into, id) : into === n(1) ? id : product(into, id))
    if ((op === PRODUCT || op === QUOTIENT) && first !== undefined && second !== undefined) {
      take(first, below)
      take(second, op === QUOTIENT ? !below : below)
    } else if (depends(id)) rest = put(rest)
    else free = put(free)
  }
  take(term, false)
  if (isSum(builder.node(rest).op)) return product(free, linear(building, rest, integral))
  const core = simplifier.expand(rest)
  const key = `integral|${leaf}|${simplifier.keyOf(core)}|${bounds.map(simplifier.keyOf).join()}`
  const attributes = { reason: INTEGRAL, text: '', leaf }
  const known = opaques.get(key) ?? builder.add({ op: 'opaque', inputs: [core, ...bounds], attributes, shape: [] })
  opaques.set(key, known)
  return product(free, known)
}

/** With the constant of integration that the claim writes. */
function withConstant(building: Building, whole: NodeId, body: NodeId, place: UsePlace): NodeId {
  const { builder, claimed } = building
  const inside = ancestors(builder.graph, body)
  for (const name of (claimed?.sides ?? []).flatMap(namesOf)) {
    if (!CONSTANT.test(name.key) || resolve(building, name, place)) continue
    const constant = nameNode(building, name, NOWHERE, place, EMPTY)
    if (!inside.includes(constant)) return algebra(builder).sum(whole, constant)
  }
  return whole
}
const CONSTANT = /^(?:[CcKk]|const)(?:_\w)?$/
const NOWHERE: Range = { start: 0, end: 0 }

/** The leaf of the variable: the name's own where it is one, so that definitions that use it go along. */
function bind(
  building: Building,
  name: Name,
  place: UsePlace,
  environment: Environment,
): { leaf: NodeId; inside: Environment } {
  const { builder, names } = building
  if (!environment.has(name.key) && !resolve(building, name, place)) {
    const own = nameNode(building, name, NOWHERE, place, environment)
    if (names.has(own) && builder.node(own).op === 'input') return { leaf: own, inside: environment }
  }
  const leaf = builder.add({ op: 'input', shape: [], name })
  return { leaf, inside: new Map([...environment, [name.key, leaf]]) }
}

/** All of it is numbers that are known. */
const isPlain = ({ builder, hidden, generic }: Building, root: NodeId, isWhole = false): boolean =>
  ancestors(builder.graph, root).every((id) => {
    const { op, shape } = builder.node(id)
    // At a point a cubic is any function, over an interval it is none but itself.
    return op !== 'opaque' && shape?.length === 0 && !hidden.has(id) && !(isWhole && generic.has(id))
  })

/** `[x^2 y]_0^1` where the claim integrates by x. */
function variableOf({ claimed }: Building, body: Expr): Name | null {
  const written = new Set(namesOf(body).map(({ key }) => key))
  const integrated = new Map<string, Name>()
  const stack: Expr[] = [...(claimed?.sides ?? [])]
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next.kind === 'opaque' && next.of?.op === 'integral' && next.of.variable) {
      if (written.has(next.of.variable.key)) integrated.set(next.of.variable.key, next.of.variable)
      stack.push(next.of.body)
    }
    stack.push(...childrenOf(next))
  }
  const [only, second] = [...integrated.values()]
  return only && !second ? only : null
}

function namesOf(expr: Expr): Name[] {
  return expr.kind === 'name' ? [expr.name] : childrenOf(expr).flatMap(namesOf)
}

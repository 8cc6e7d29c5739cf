/**
 * Names that the note doesn't define and that depend on each other all the same, because it writes their derivatives: `dr/dt` says
 * that r depends on t. So does V = 4πr³/3 although its definition lacks t: dV/dt = ∂V/∂r · dr/dt.
 */

import { ancestors, type NodeId } from '../graph/graph'
import { PRODUCT, SUM } from '../operations/algebra'
import type { DerivativeExpr, Expr, Name, NameExpr } from '../reading/statement'
import { numberLoss } from './loss'
import { define, resolve } from './names'
import { parametricSlope } from './parametric'
import { differentiated, expressionsOf, nameOf, namesIn, partsIn } from './parts'
import type { Placed, Scope, UsePlace } from './scope'
import { substitute } from './substitute'
import { type Building, type Claimed, type Doubt, EMPTY, type Mode, type Slope } from './vocabulary'

/** `of` is differentiated by `by`, both names as the note spells them. */
interface Link {
  readonly of: string
  readonly by: string
  readonly order: number
  readonly isPartial: boolean
}

/** A derivative through what is linked, with the leaves that link. */
export interface Linked {
  readonly node: NodeId
  readonly doubt: Doubt | null
  readonly through: readonly NodeId[]
}

/** Does the way it is written let other names move, too? */
export type Notation = DerivativeExpr['notation']

const known = new WeakMap<Building, readonly Link[]>()

/** All that the claim and its section say of how names depend on each other. */
function linksOf(building: Building): readonly Link[] {
  const found = known.get(building)
  if (found) return found
  const { claimed, scope } = building
  const made: Link[] = []
  known.set(building, made)
  if (!claimed) return made
  const section = claimed.place.section.join()
  const add = (derivatives: readonly DerivativeExpr[]): void => {
    for (const derivative of derivatives) {
      const implied = derivative.wrt.length === 0 ? impliedVariable(building, derivative.of, claimed.place) : null
      const [variable, further] = implied ? [{ variable: implied }] : derivative.wrt
      // `(fg)'`: each of its functions depends on what the prime differentiates by.
      if (implied && derivative.of.kind === 'apply') {
        const inside = new Set(namesIn(derivative.of).map((each) => keyOfName(scope, each)))
        for (const of of primedNames(building))
          if (inside.has(of) && of !== implied.name.key)
            made.push({ of, by: implied.name.key, order: 1, isPartial: false })
      }
      // `\\frac{d}{dx}(a)` says that a is a constant as often as that it moves.
      if (derivative.of.kind !== 'name' || derivative.bracketed) continue
      if (variable?.variable.kind !== 'name' || further) continue
      const [of, by] = [scope.canonical(derivative.of.name).key, scope.canonical(variable.variable.name).key]
      if (of !== by) made.push({ of, by, order: derivative.order, isPartial: derivative.notation === 'partial' })
    }
  }
  for (const side of claimed.sides) add(derivativesIn(side))
  // What the section says of names that are set free here was said of others.
  if (building.choices.free) return made
  for (const each of scope.statements) if (isBeside(each, section)) add(partsIn(each.statement).derivatives)
  return made
}

/** Names with which a section writes a function together: `f(u, v)`, or `∂f/∂u` and `∂f/∂v` in one statement. */
interface Company {
  readonly of: string
  readonly names: ReadonlyMap<string, NameExpr>
  readonly isCall: boolean
}

interface Section {
  readonly companies: readonly Company[]
  /** What a name is differentiated by. */
  readonly moves: ReadonlyMap<string, ReadonlySet<string>>
}

const sections = new WeakMap<Building, Section>()

function sectionOf(building: Building): Section {
  const found = sections.get(building)
  if (found) return found
  const { claimed, scope } = building
  const section = claimed?.place.section.join()
  const companies: Company[] = []
  const moves = new Map<string, Set<string>>()
  for (const { statement, section: own } of scope.statements) {
    if (own.join() !== section) continue
    const written = new Map<string, Map<string, NameExpr>>()
    for (const derivative of partsIn(statement).derivatives) {
      const [only, further] = derivative.wrt
      const name = differentiated(derivative)
      if (!name || derivative.order !== 1 || further || only?.variable.kind !== 'name') continue
      const [of, by] = [scope.canonical(name).key, scope.canonical(only.variable.name).key]
      written.set(of, (written.get(of) ?? new Map()).set(by, only.variable))
      moves.set(of, (moves.get(of) ?? new Set()).add(by))
    }
    for (const [of, names] of written) if (names.size > 1) companies.push({ of, names, isCall: false })
    for (const each of expressionsOf(statement).flatMap(namesIn)) {
      if (each.kind !== 'call' || each.primes > 0 || each.args.length < 2) continue
      const names = new Map(
        each.args.flatMap((arg) => (arg.kind === 'name' ? [[keyOfName(scope, arg), arg] as const] : [])),
      )
      companies.push({ of: keyOfName(scope, each), names, isCall: true })
    }
  }
  const made = { companies, moves }
  sections.set(building, made)
  return made
}

/**
 * Paths that a claim leaves out: names with which the section writes a function beside those that the claim follows (`roots`), and that
 * move with what these move with.
 */
export function pathsBeside(building: Building, loss: string, by: NodeId, roots: readonly NodeId[]): NodeId[] {
  const { claimed, builder } = building
  const keys = roots.flatMap((id) => keyOf(building, id) ?? [])
  // `\frac{df}{df}` begins a chain of nodes.
  if (!claimed || keys.includes(loss)) return []
  const { companies, moves } = sectionOf(building)
  const shared = new Set(keys.flatMap((key) => [...(moves.get(key) ?? [])]))
  const found = new Map<string, NodeId>()
  for (const { of, names, isCall } of companies) {
    if (of !== loss || !keys.some((key) => names.has(key))) continue
    for (const [key, variable] of names) {
      if (keys.includes(key) || found.has(key) || key === keyOf(building, by)) continue
      const node = building.build(variable, claimed.place, EMPTY)
      if (node === by || builder.shapeOf(node)?.length !== 0) continue
      if (roots.some((root) => isReached(building, root, node) || isReached(building, node, root))) continue
      const isMoving = [...(moves.get(key) ?? [])].some((each) => shared.has(each))
      if (isMoving || (isCall && isReached(building, node, by))) found.set(key, node)
    }
  }
  return [...found.values()]
}

/** A claim or an equation of the section: a definition `v = dr/dt` says it as well. */
const isBeside = ({ statement, section }: Placed<unknown & { kind: string }>, own: string): boolean =>
  statement.kind !== 'mention' && statement.kind !== 'function' && section.join() === own

const derivativesIn = (expr: Expr): readonly DerivativeExpr[] =>
  partsIn({ kind: 'mention', expr, range: expr.range }).derivatives

/**
 * What the primes of a claim differentiate by, `(fg)' = f'g + fg'`, where the functions aren't defined: the only variable that the
 * claim writes, x where it stands beside them, or any; `null` where something is known of them.
 */
export function impliedVariable(building: Building, of: Expr, place: UsePlace): NameExpr | null {
  const { claimed, scope } = building
  const primed = claimed ? primedNames(building) : []
  if (!claimed || !namesIn(of).some((each) => primed.includes(keyOfName(scope, each)))) return null
  if (namesIn(of).some((each) => each.kind === 'call' || resolve(building, each.name, place) !== null)) return null
  const written = new Map<string, NameExpr>()
  for (const side of claimed.sides) {
    for (const { wrt } of derivativesIn(side)) {
      for (const { variable } of wrt) if (variable.kind === 'name') written.set(variable.name.key, variable)
    }
    for (const each of namesIn(side)) {
      const [only] = each.kind === 'call' && each.primes > 0 ? each.args : []
      if (only?.kind === 'name') written.set(only.name.key, only)
    }
  }
  if (written.size > 1) return null
  return [...written.values()][0] ?? usualVariable(building, primed) ?? { kind: 'name', name: ANY, range: of.range }
}

/** The x of `y' = -\\frac{x}{y}`. */
function usualVariable({ claimed }: Building, primed: readonly string[]): NameExpr | null {
  if (primed.includes('x')) return null
  for (const each of (claimed?.sides ?? []).flatMap(namesIn))
    if (each.kind === 'name' && each.name.key === 'x') return each
  return null
}
const ANY: Name = { key: '#variable', latex: '\\cdot', plain: '·' }

/** Names without a definition that a claim writes with a prime and nothing else. */
function primedNames(building: Building): string[] {
  const { claimed, scope } = building
  if (!claimed) return []
  const [head] = claimed.sides
  const marked =
    head?.kind === 'derivative' && head.of.kind === 'apply'
      ? claimed.sides.flatMap((side) =>
          namesIn(side).flatMap((each) => /^(.+)'$/.exec(keyOfName(scope, each))?.[1] ?? []),
        )
      : []
  const primed = claimed.sides.flatMap(derivativesIn).flatMap(({ of, wrt, notation, range }) => {
    // `(x)'` with brackets differentiates the variable.
    const isName = notation === 'prime' && wrt.length === 0 && of.kind === 'name' && of.range.start === range.start
    return isName && resolve(building, of.name, claimed.place) === null ? [scope.canonical(of.name).key] : []
  })
  const named = new Set([...marked, ...primed])
  if (named.size === 0 || head?.kind !== 'derivative' || head.of.kind !== 'apply') return [...named]
  // `(fg)' = f'g`: g is a function as f is, though no prime is written of it.
  for (const each of namesIn(head.of)) {
    const key = keyOfName(scope, each)
    if (FUNCTION.test(key) && each.kind === 'name' && !resolve(building, each.name, claimed.place)) named.add(key)
  }
  return [...named]
}
const FUNCTION = /^[fghuvFGHUV]$/

const keyOfName = (scope: Scope, each: ReturnType<typeof namesIn>[number]): string => scope.canonical(nameOf(each)).key

/**
 * The name beside a leaf that a mark makes its derivative: `\\dot\\theta` by t, and `f'` in a claim that differentiates an expression
 * in f; elsewhere a prime may make another name of it.
 */
function markedSlope(building: Building, leaf: NodeId, by: NodeId): NameExpr | null {
  const { claimed } = building
  const own = building.names.get(leaf)
  const variable = keyOf(building, by)
  if (!claimed || !own || building.builder.node(leaf).op !== 'input') return null
  const marks = variable === 't' ? withDot(own.key) : []
  const [head] = claimed.sides
  if (head?.kind === 'derivative' && head.of.kind === 'apply') marks.push(`${own.key}'`)
  for (const side of claimed.sides) {
    for (const each of namesIn(side)) if (each.kind === 'name' && marks.includes(each.name.key)) return each
  }
  return null
}

/** The name with one dot more: `\\dot{q}`, `\\ddot{q}_1`. */
function withDot(key: string): string[] {
  const [, base, dots, index = ''] = /^(.+?)(_d?dot)?(_[^_]+)?$/.exec(key) ?? []
  if (dots === '_ddot' || key.endsWith('_ddot')) return []
  return dots || key.endsWith('_dot') ? [key.replace(/_dot(?=_|$)/, '_ddot')] : [`${key}_dot`, `${base}_dot${index}`]
}

/** The key of a node that is a name. */
const keyOf = ({ builder, names }: Building, id: NodeId): string | null =>
  names.get(id)?.key ?? builder.node(id).name?.key ?? null

/** Does a name that isn't defined depend on a node, by what is written of derivatives? */
function reaches(building: Building, from: string, to: NodeId, accepted: (link: Link) => boolean): boolean {
  const target = keyOf(building, to)
  const seen = new Set<string>()
  const stack = [from]
  for (let key = stack.pop(); key !== undefined; key = stack.pop()) {
    for (const link of linksOf(building)) {
      if (link.of !== key || seen.has(link.by) || !accepted(link)) continue
      if (link.by === target || dependsOn(building, link.by, to)) return true
      seen.add(link.by)
      stack.push(link.by)
    }
  }
  return false
}

/** Does the definition of a name have the node in it? */
function dependsOn(building: Building, key: string, on: NodeId): boolean {
  const { scope, claimed, builder } = building
  const found = claimed && scope.definitionOf({ key, latex: key, plain: key }, claimed.place)
  return found ? ancestors(builder.graph, define(building, found)).includes(on) : false
}

/** Leaves of a node that depend on another one by what is written of their derivatives. */
export function linkedLeaves(building: Building, of: NodeId, by: NodeId, notation: Notation): NodeId[] {
  const { builder, names, hidden } = building
  const inside = ancestors(builder.graph, of)
  // `∂f/∂x` where x itself stands in f holds the other names fixed, unless they are differentiated by ∂, too.
  const holds = notation === 'partial' && inside.includes(by)
  const accepted = (link: Link): boolean => !holds || link.isPartial
  const target = keyOf(building, by)
  return inside.filter((id) => {
    if (id !== by && markedSlope(building, id, by)) return true
    const symbol = building.symbols.get(id)
    if (symbol) {
      // `\\ddot\\theta` beside `\\dot\\theta`: the derivative that is written moves as well.
      const { name, order } = symbol
      return symbol.by === by && linksOf(building).some((l) => l.of === name.key && l.by === target && l.order > order)
    }
    const name = builder.node(id).op === 'input' && id !== by && !hidden.has(id) ? names.get(id) : undefined
    return name !== undefined && reaches(building, name.key, by, accepted)
  })
}

/** `z = x^2 y`, of which only dx/dt is written: whether y moves isn't known, and no letter of a constant. */
function looseLeaves(
  { builder, names, scope, claimed }: Building,
  of: NodeId,
  by: NodeId,
  linked: readonly NodeId[],
): NodeId[] {
  return ancestors(builder.graph, of).filter((id) => {
    const name = names.get(id)
    if (!name || !claimed || id === by || linked.includes(id) || builder.node(id).op !== 'input') return false
    return (VARIABLE.test(name.key) || VECTOR.test(name.latex)) && scope.bindingOf(name, claimed.place) === null
  })
}
const VECTOR = /^\\(?:vec|overrightarrow)\b/
const VARIABLE = /^([xyzuvwrhs]|theta|phi)(_\d)?$/

/** Does the derivative of a node by another have a part through names that aren't defined? */
export const isReached = (building: Building, of: NodeId, by: NodeId): boolean =>
  ancestors(building.builder.graph, of).includes(by) || linkedLeaves(building, of, by, 'total').length > 0

/**
 * The derivative of a node by another, through its definition and through the derivatives that are written of its leaves.
 * @param held a name that isn't followed: the one that an equation is solved for
 */
export function linkedSlope(
  building: Building,
  { of, by }: Slope,
  mode: Mode,
  notation: Notation,
  held: NodeId | null = null,
): Linked {
  const { builder, names } = building
  const own = building.derive(of, by, mode)
  const isUncertain = own.doubt !== null && notation !== 'partial'
  const parametric = isUncertain && of !== by ? parametricSlope(building, of, by) : null
  if (parametric) return { node: parametric.node, doubt: null, through: [parametric.parameter] }
  if (of === by || (own.doubt !== null && own.doubt !== 'independent')) return { ...own, through: [] }
  const { body, withVariable } = besideVariable(building, of, by)
  const linked = linkedLeaves(building, body, by, notation).filter((leaf) => leaf !== held)
  const through =
    linked.length > 0 ? [...linked, ...looseLeaves(building, body, by, [...linked, ...(held ? [held] : [])])] : []
  const slopeOf = (leaf: NodeId): NodeId => {
    const marked = markedSlope(building, leaf, by)
    if (marked) return building.build(marked, (building.claimed as Claimed).place, EMPTY)
    const symbol = building.symbols.get(leaf)
    const order = 1 + (symbol?.order ?? 0)
    return building.upstream(numberLoss(symbol?.name ?? (names.get(leaf) as Name)), order, [{ by, order }], notation)
  }
  const parts = through.flatMap((leaf) => {
    const local = building.derive(body, leaf, 'total')
    return local.doubt === null ? [builder.apply(PRODUCT, [withVariable(local.node), slopeOf(leaf)])] : []
  })
  const [first, ...rest] = own.doubt === null && builder.constantOf(own.node) !== 0 ? [own.node, ...parts] : parts
  if (first === undefined) return { ...own, through: [] }
  return { node: rest.reduce((a, b) => builder.apply(SUM, [a, b]), first), doubt: null, through }
}

/** What stands beside a variable that has a definition itself: what that is made of moves as the variable does, and isn't followed anew. */
function besideVariable({ builder }: Building, of: NodeId, by: NodeId) {
  if (builder.node(by).inputs.length === 0 || !ancestors(builder.graph, of).includes(by))
    return { body: of, withVariable: (id: NodeId) => id }
  const own = builder.add({ op: 'input', shape: builder.shapeOf(by) })
  const withVariable = (id: NodeId): NodeId => substitute(builder, id, new Map([[own, by]]))
  return { body: substitute(builder, of, new Map([[by, own]])), withVariable }
}

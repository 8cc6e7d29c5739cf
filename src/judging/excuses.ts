/**
 * What else an author may have meant by a step that isn't equal to the truth. Each row is tried before a step is called
 * wrong: one that fits makes it hold, or leaves it undecided. A false alarm is worse than a mistake that isn't found.
 */

import { ancestors, type NodeId } from '../graph/graph'
import type { Built, Meaning } from '../meaning/build'
import { literalNumber } from '../meaning/literals'
import { childrenOf, expressionsOf } from '../meaning/parts'
import type { Defined, Placed, Scope } from '../meaning/scope'
import { substitute } from '../meaning/substitute'
import type { Choices } from '../meaning/vocabulary'
import type { Claim, Definition, Expr, Name, Statement } from '../reading/statement'
import { otherReadings } from './ambiguous'
import { compare, differClearly, leavesOf, type Setting, type Witness } from './equivalence'
import type { Mistake } from './mistakes'
import { type Relation, relate, unknown } from './relation'

/** A claim in one reading: a node for each side, and what the note says of the names. */
export interface Sides {
  readonly world: Meaning
  readonly built: readonly Built[]
  readonly setting: Setting
}

/** A step that differs from the truth, with everything that may explain it. */
export interface Suspect {
  readonly scope: Scope
  readonly claim: Placed<Claim>
  readonly exprs: readonly Expr[]
  readonly index: number
  readonly truthSide: number
  readonly plain: Sides
  readonly witness: Witness
  /** The slip that it looks like. */
  readonly slip: Mistake | null
  /** The claim in another reading, or with other sides. */
  under(reading: Choices, exprs?: readonly Expr[]): Sides
  readonly readings: readonly Choices[]
  /** Words between a definition and the claim. */
  prose(from: Defined): string
  /** Words right before the claim. */
  readonly before: string
  /** The claim and the definitions that it uses, as written. */
  readonly texts: readonly string[]
}

export interface Excuse {
  readonly name: string
  /** The relation that it makes of the step; `null` where it doesn't fit. */
  readonly fits: (suspect: Suspect) => Relation | null
}

const FIXED: Choices = { head: 'partial', inner: 'partial', unknowns: 'any' }

/** Other definitions of a name that are tried before a step is called wrong: the nearest. */
const MOST_ALTERNATIVES = 6

/** Does one of the sides have a number that isn't whole, or a definition that it uses? */
const hasDecimals = ({ world, built }: Sides, sides: readonly number[]): boolean =>
  sides
    .flatMap((side) => ancestors(world.builder.graph, (built[side] as Built).node))
    .some((id) => !Number.isInteger(world.builder.constantOf(id) ?? 0))

const truthOf = ({ plain, truthSide }: Suspect): Built => plain.built[truthSide] as Built
const sideOf = ({ plain, index }: Suspect): Built => plain.built[index] as Built
const leaves = (world: Meaning, ...nodes: NodeId[]): Set<NodeId> => new Set(leavesOf(world.builder.graph, nodes))

export const EXCUSES: readonly Excuse[] = [
  {
    name: 'read in another way',
    fits: (suspect) => {
      const { exprs, index, readings, truthSide } = suspect
      for (const expression of otherReadings(exprs[index] as Expr)) {
        for (const reading of readings) {
          const { world, setting, built } = suspect.under(reading, [exprs[truthSide] as Expr, expression])
          const [truth, side] = built as [Built, Built]
          if (differClearly(world.builder.graph, truth.node, side.node)) continue
          if (relate(world, setting, truth, side).kind === 'equal') return { kind: 'equal', condition: null }
        }
      }
      return null
    },
  },
  {
    name: 'another definition of the same name',
    fits: (suspect) => {
      const { scope, claim, exprs, truthSide, index, readings } = suspect
      const both = [exprs[truthSide] as Expr, exprs[index] as Expr]
      for (const of of truthOf(suspect).used) {
        for (const use of nearest(namesakes(scope, of), claim, isNear(scope, of, claim))) {
          for (const { head, inner } of [...readings.slice(0, 2), FIXED]) {
            const { world, setting, built } = suspect.under(
              { head, inner, unknowns: 'any', instead: { of, use } },
              both,
            )
            const [truth, side] = built as [Built, Built]
            if (differClearly(world.builder.graph, truth.node, side.node)) continue
            if (relate(world, setting, truth, side).kind === 'equal') {
              return unknown(`It follows from another definition of ${of.definition.target.plain}.`)
            }
          }
        }
      }
      return null
    },
  },
  {
    name: 'a result that comes later',
    fits: (suspect) => {
      const { claim, exprs, truthSide, index, readings } = suspect
      // `= MPL - w = 0`, so `w = MPL`: what follows from the claim says nothing about it.
      const later = truthOf(suspect).used.filter(({ order }) => order > claim.order)
      if (later.length === 0) return null
      const free = new Set(later.map(({ definition }) => definition.target.key))
      const both = [exprs[truthSide] as Expr, exprs[index] as Expr]
      return holdsUnder(
        suspect,
        readings.map((reading) => ({ ...reading, free })),
        both,
      )
        ? unknown('It holds where what is only defined later means itself.')
        : null
    },
  },
  {
    name: 'an equation of the section',
    fits: (suspect) => {
      const { plain, scope, claim } = suspect
      const [truth, side] = [truthOf(suspect), sideOf(suspect)]
      const isGiven = conditionsBefore(scope, claim).some((sides) => holdsGiven(plain, sides, truth, side.node))
      return isGiven ? unknown('It holds where an equation of the note does.') : null
    },
  },
  {
    name: 'an assumption in words',
    fits: (suspect) => {
      const { plain } = suspect
      const [truth, side] = [truthOf(suspect), sideOf(suspect)]
      if (!ASSUMING.test(truth.used.map((each) => suspect.prose(each)).join(' '))) return null
      const said = leaves(plain.world, side.node)
      const missing = [...leaves(plain.world, truth.node)].filter((id) => !said.has(id))
      if (missing.length === 0 || missing.length > 3) return null
      const holds = [1, 0].some((value) => equalWith(plain, truth.node, side.node, missing, value))
      return holds ? unknown('It holds under an assumption that the note may make in words.') : null
    },
  },
  {
    name: 'a value at a point',
    fits: (suspect) => {
      const { plain, witness, index, before } = suspect
      const [truth, side] = [truthOf(suspect), sideOf(suspect)]
      const [slope] = truth.slopes
      const open = leaves(plain.world, truth.node)
      if (leaves(plain.world, side.node).size > 0 || open.size === 0) return null
      if ([...open].every((id) => isBoundNear(suspect, id))) return isWholeNumberOf(witness) ? unknown(ROUNDED) : null
      const equation = unknown('It may be an equation to be solved, or a value at a point.')
      // Only a known slip tells a wrong number from an equation; words may name the point.
      if (suspect.slip === null || (index === 1 && /\p{L}{2}/u.test(before))) return equation
      if (!slope || !open.has(slope.by)) return null
      const value = witness.right
      const simple = SIMPLE_VALUES.some((at) => {
        const put = new Map([[slope.by, plain.world.builder.constant(at)]])
        const there = substitute(plain.world.builder, truth.node, put)
        return compare(plain.world.builder.graph, there, plain.world.builder.constant(value)).kind === 'equal'
      })
      return simple ? equation : null
    },
  },
  {
    name: 'a name for it',
    fits: ({ exprs, index, plain, truthSide }) => {
      const expr = exprs[index] as Expr
      // `dy/dx = f'(x)`: the note may call by f what it calls y.
      if (isBareSlope(expr)) return unknown(NAMING)
      const isChainOfNames = !hasDerivative(exprs[truthSide] as Expr)
      const named = exprs.slice(1, index).some((each) => each.kind === 'name' || each.kind === 'call')
      return isChainOfNames && named && plain.built.length > 0 ? unknown(NAMING) : null
    },
  },
  {
    name: 'something known that isn’t written',
    fits: (suspect) => {
      // `MRS = MU_x / MU_y = y / x`: what a chain of names puts in for a name may stand nowhere in the note.
      if (hasDerivative(suspect.exprs[0] as Expr)) return null
      const { world } = suspect.plain
      const said = leaves(world, sideOf(suspect).node)
      const isLost = [...leaves(world, truthOf(suspect).node)].some((id) => !said.has(id))
      return isLost ? unknown('It may use what the note doesn’t say.') : null
    },
  },
  {
    name: 'close enough',
    // Whole numbers and their fractions are no approximations: 5000 · 4998 isn't 5000 · 4999.
    fits: ({ witness, plain, index, truthSide }) =>
      witness.apart < CLOSE && hasDecimals(plain, [index, truthSide])
        ? unknown('It differs so little that an approximation may be meant.')
        : null,
  },
  {
    name: 'ambiguous text',
    fits: ({ texts }) =>
      texts.some((text) => AMBIGUOUS.test(text)) ? unknown('It can be read in more than one way.') : null,
  },
  {
    name: 'logarithm to another base',
    fits: (suspect) => {
      const { world, setting } = suspect.plain
      const [truth, side] = [truthOf(suspect), sideOf(suspect)]
      const { builder } = world
      const functions = truth.slopes.map(({ of }) => of)
      const hasLog = [truth.node, ...functions].some((node) =>
        ancestors(builder.graph, node).some((id) => builder.node(id).op === 'log'),
      )
      if (!hasLog) return null
      const based = [10, 2].some((base) => {
        const scaled = builder.apply('divide', [truth.node, builder.apply('log', [builder.constant(base)])])
        return compare(builder.graph, scaled, side.node, setting).kind === 'equal'
      })
      return based ? unknown('It holds for logarithms to another base.') : null
    },
  },
  {
    name: 'a definition far away',
    fits: ({ scope, claim, plain, truthSide, slip }) => {
      const truth = plain.built[truthSide] as Built
      const own = truth.used.find((each) => truth.slopes.some(({ of }) => of === plain.world.define(each)))
      if (!own || isNear(scope, own, claim)) return null
      return slip === null || WEAK_SLIPS.has(slip.name)
        ? unknown('The definition may be meant for another place.')
        : null
    },
  },
]

const ROUNDED = 'It may be rounded to a whole number.'
const isWholeNumberOf = ({ left, right }: Witness): boolean =>
  Number.isInteger(right) && Math.abs(right) > 1 && Math.abs(left - right) <= 0.5

const NAMING = 'It may be a new name for the side before it.'
const SIMPLE_VALUES = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, 10, 0.5, -0.5, 0.1, Math.PI, Math.PI / 2, Math.PI / 4]
/** Relative differences below this are what approximations have. */
const CLOSE = 0.01
/** Slips that a step about something else may look like too. */
const WEAK_SLIPS = new Set(['path lost', 'other variable', 'function given back', 'term lost', 'factor lost inside'])

/** `e^2x`, `1/1+e^{-x}`: authors often mean more than they write. */
const AMBIGUOUS = /(?:^|[^\\A-Za-z])e\s*\^\s*-?\d?[A-Za-z]?[A-Za-z0-9](?=[A-Za-z])|\/\s*1\s*\+/

/** Words of assuming with a number, in the languages of the notes that were looked at. */
const ASSUMING =
  /(assum|suppos|given that|normali[sz]|set to|equal to|fix|仮定|とする|とおく|とすれば|固定|假设|假定|设|令|가정|하자|이라고)[^.。]{0,80}([10１０]|\bone\b|\bzero\b|\bunit)/i

/** Are the two sides equal under one of these readings? */
function holdsUnder(suspect: Suspect, readings: readonly Choices[], both: readonly Expr[]): boolean {
  return readings.some((reading) => {
    const { world, setting, built } = suspect.under(reading, both)
    const [truth, side] = built as [Built, Built]
    if (differClearly(world.builder.graph, truth.node, side.node)) return false
    return relate(world, setting, truth, side).kind === 'equal'
  })
}

/** The equations that are written before a claim in its section: `t_1 + t_2 = 1`; the nearest. */
function conditionsBefore(scope: Scope, claim: Placed<Claim>): (readonly [Expr, Expr])[] {
  const section = claim.section.join()
  const found: (readonly [Expr, Expr])[] = []
  for (const placed of scope.statements) {
    if (placed.order >= claim.order) break
    if (placed.statement.kind !== 'equation' || placed.section.join() !== section) continue
    const [left, right, further] = placed.statement.sides
    if (!left || !right || further || right.relation !== '=') continue
    if (![left.expr, right.expr].some(hasDerivative)) found.push([left.expr, right.expr])
  }
  return found.slice(-MOST_ALTERNATIVES)
}

/** Equal, once a condition is solved for a name in which it is linear. */
function holdsGiven({ world, setting }: Sides, given: readonly [Expr, Expr], truth: Built, side: NodeId): boolean {
  const { builder } = world
  const [left, right] = [world.side(given[0]), world.side(given[1])]
  if (left.doubts.size > 0 || right.doubts.size > 0) return false
  const apart = builder.apply('subtract', [left.node, right.node])
  const concerned = leaves(world, truth.node, side, ...truth.slopes.map(({ of }) => of))
  const [only, another] = truth.slopes
  return [...leaves(world, apart)].some((name) => {
    if (!concerned.has(name)) return false
    const slope = world.derive(apart, name, 'total')
    if (slope.doubt || literalOf(world, slope.node) === 0 || leaves(world, slope.node).has(name)) return false
    const solved = builder.apply('subtract', [name, builder.apply('divide', [apart, slope.node])])
    const put = new Map([[name, world.simplifier.expand(solved)]])
    const solvedIn = (node: NodeId): NodeId => substitute(builder, world.simplifier.expand(node), put)
    const isSide = (node: NodeId): boolean =>
      compare(builder.graph, node, solvedIn(side), { ...setting, defined: [] }).kind === 'equal'
    if (isSide(solvedIn(truth.node))) return true
    // Put in before the derivative is taken: `U = log x + log y` on `x + y = 10`.
    return only !== undefined && !another && isSide(world.derive(solvedIn(only.of), only.by, 'total').node)
  })
}

const literalOf = ({ builder }: Meaning, id: NodeId): unknown => {
  const { op, attributes } = builder.node(id)
  return op === 'constant' ? attributes.value : null
}

function equalWith(
  { world, setting }: Sides,
  truth: NodeId,
  side: NodeId,
  names: readonly NodeId[],
  value: number,
): boolean {
  const put = new Map(names.map((id) => [id, world.builder.constant(value)]))
  const replaced = substitute(world.builder, truth, put)
  return compare(world.builder.graph, replaced, side, { ...setting, defined: [] }).kind === 'equal'
}

/** Those that lie nearest; where the definition in use is at hand, only those of the same part of the note. */
function nearest(candidates: readonly Defined[], claim: Placed<Claim>, isAtHand: boolean): Defined[] {
  // The sides of a chain of names prove nothing about themselves.
  const saysSlope = hasDerivative(claim.statement.sides[0]?.expr as Expr)
  return candidates
    .filter(({ order }) => order !== claim.order || saysSlope)
    .filter(({ section }) => !isAtHand || section[0] === claim.section[0])
    .sort((a, b) => Math.abs(a.order - claim.order) - Math.abs(b.order - claim.order))
    .slice(0, MOST_ALTERNATIVES)
}

/** Everything else in the note that defines a name, or the name with or without an index: `f_a` where `f` is meant. */
export function namesakes(scope: Scope, of: Defined): Defined[] {
  const { key } = of.definition.target
  const family = familiesOf(scope).get(withoutIndex(key)) ?? []
  return family.filter(({ definition }) => {
    const other = definition.target.key
    const related = other === key || other === withoutIndex(key) || withoutIndex(other) === key
    return related && definition !== of.definition
  })
}

const withoutIndex = (key: string): string => key.replace(/_.*$/, '')

/** All that a note defines, by name without index; made once for a note. */
function familiesOf(scope: Scope): ReadonlyMap<string, readonly Defined[]> {
  const known = families.get(scope)
  if (known) return known
  const made = new Map<string, Defined[]>()
  for (const { statement, passage, block, section, order } of scope.statements) {
    const definition = statement.kind === 'definition' ? statement : impliedBy(statement)
    for (const one of definition ? [definition] : formsIn(statement)) {
      const base = withoutIndex(one.target.key)
      const each = { definition: one, passage, block, section, order }
      made.set(base, [...(made.get(base) ?? []), each])
    }
  }
  families.set(scope, made)
  return made
}
const families = new WeakMap<Scope, ReadonlyMap<string, readonly Defined[]>>()

/** `\frac{dy}{dx} = \frac{d}{dx} (x^2 + 1)` says what y is. */
function impliedBy(statement: Statement): Definition | null {
  if (statement.kind !== 'claim') return null
  const [head, step] = statement.sides.map((side) => side.expr)
  if (step?.kind !== 'derivative' || step.order !== 1 || step.of.kind === 'name' || step.of.kind === 'call') return null
  const target = slopeOf(head)
  if (!target) return null
  const { range } = statement
  return { kind: 'definition', target, targetRange: range, parameters: null, expr: step.of, range, chain: true }
}

/** `H = p q' - L = p^2 / 2m`: each further side says what H is, in other names. */
function formsIn(statement: Statement): Definition[] {
  if (statement.kind !== 'claim') return []
  const [head, , ...further] = statement.sides
  if (head?.expr.kind !== 'name') return []
  const { name: target, range: targetRange } = head.expr
  return further
    .filter(({ relation }) => relation === '=')
    .map(({ expr, range }) => ({ kind: 'definition', target, targetRange, parameters: null, expr, range, chain: true }))
}

/** The name of which an expression is the first derivative. */
function slopeOf(expr: Expr | undefined): Name | null {
  if (expr?.kind === 'call') return expr.primes === 1 ? expr.callee : null
  if (expr?.kind !== 'derivative' || expr.order !== 1) return null
  return expr.of.kind === 'name' ? expr.of.name : expr.of.kind === 'call' ? expr.of.callee : null
}

/** The note has just given the name a value, so a number can only be meant there. */
function isBoundNear({ scope, claim, plain }: Suspect, id: NodeId): boolean {
  const name = plain.world.names.get(id)
  const bound = name && plain.setting.values?.has(id) ? scope.bindingOf(name, claim) : null
  if (!bound || bound.order > claim.order) return false
  return bound.block === claim.block || bound.section.join() === claim.section.join()
}

/** In the same block, or before it in the same section or one around it, and no equation since speaks of the name. */
function isNear(scope: Scope, own: Defined, claim: Placed<Claim>): boolean {
  if (own.block === claim.block) return true
  const around = own.section.length <= claim.section.length && own.section.every((part, k) => part === claim.section[k])
  if (!around || own.order > claim.order) return false
  const key = own.definition.target.key
  return !scope.statements.some(
    ({ statement, order }) =>
      statement.kind === 'equation' &&
      order > own.order &&
      order < claim.order &&
      literalNumber(statement.sides[0]?.expr as Expr) === null &&
      expressionsOf(statement).some((expr) => mentions(expr, key)),
  )
}

/** Is a name used as itself, not only differentiated? */
function mentions(expr: Expr, key: string): boolean {
  if (expr.kind === 'name') return expr.name.key === key
  return expr.kind !== 'derivative' && childrenOf(expr).some((child) => mentions(child, key))
}

/** `f'(x)`, `\frac{df}{dx}`: names alone, nothing put in. */
function isBareSlope(expr: Expr): boolean {
  if (expr.kind === 'call') return expr.args.every((arg) => arg.kind === 'name')
  return expr.kind === 'derivative' && (expr.of.kind === 'name' || isBareSlope(expr.of))
}

/** Does an expression have a derivative in it? */
export function hasDerivative(expr: Expr): boolean {
  if (expr.kind === 'derivative' || (expr.kind === 'call' && expr.primes > 0)) return true
  return expr.kind === 'apply' && expr.args.some(hasDerivative)
}

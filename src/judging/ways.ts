/**
 * The ways in which a step may be meant, from the likeliest: how its text groups, which definition a name means, ∂ or d, which
 * conditions hold, what a new name stands for. A step is false only where it is false in each. The first that fits makes it
 * hold, or leaves it undecided with its sentence; what partial and total derivatives make of it was tried before (`relation`).
 */

import { ancestors } from '../graph/graph'
import type { Built } from '../meaning/build'
import { literalNumber } from '../meaning/literals'
import { groupBy, namesIn } from '../meaning/parts'
import type { Choices } from '../meaning/vocabulary'
import { algebra } from '../operations/algebra'
import { operation } from '../operations/index'
import type { Expr } from '../reading/statement'
import { conditionsIn, holdsGiven, holdsWith, sumsToOne } from './conditions'
import { compare, differClearly, type Relation } from './equivalence'
import { otherReadings } from './grouping'
import { isNear, namesakes, nearest } from './namesakes'
import { relate, unknown } from './relation'
import { hasDerivative, isBareSlope, leavesIn, type Sides, type Suspect, sideOf, truthOf } from './suspect'
import { isAggregate, isAssuming, isLet, saysOneHot } from './words'

export interface Way {
  readonly name: string
  /** How far from the text as it stands: the nearest are tried first. */
  readonly cost: number
  /** What the step is, meant in this way; `null` where it isn't meant so. */
  readonly meant: (suspect: Suspect) => Relation | null
}

const FIXED: Choices = { head: 'partial', inner: 'partial', unknowns: 'any' }

const UNORDERED: readonly Way[] = [
  {
    name: 'grouped in another way',
    cost: 1,
    meant: (suspect) => {
      const { exprs, index, truthSide } = suspect
      const groupings = otherReadings(exprs[index] as Expr).map((side) => [exprs[truthSide] as Expr, side])
      return groupings.some((both) => holdsUnder(suspect, suspect.readings, both))
        ? { kind: 'equal', condition: null }
        : null
    },
  },
  {
    name: 'another definition of the same name',
    cost: 2,
    meant: (suspect) => {
      const { scope, claim, exprs, truthSide, index, readings } = suspect
      const both = [exprs[truthSide] as Expr, exprs[index] as Expr]
      for (const of of truthOf(suspect).used) {
        if (suspect.isSpent()) return null
        for (const use of nearest(namesakes(scope, of), claim, isNear(scope, of, claim))) {
          const choices = [...readings.slice(0, 2), FIXED].map((each) => ({ ...each, instead: { of, use } }))
          if (holdsUnder(suspect, choices, both)) {
            return unknown(`It follows from another definition of ${of.definition.target.plain}.`)
          }
        }
      }
      return null
    },
  },
  {
    name: 'data of which the note has a model',
    cost: 2,
    meant: (suspect) => {
      // `r = φ + e` and its residual `e = r - φ`: what the model explains is given when the residual is differentiated.
      const free = explainedByEachOther(suspect)
      if (free.size === 0) return null
      const both = [suspect.exprs[suspect.truthSide] as Expr, suspect.exprs[suspect.index] as Expr]
      const choices = suspect.readings.map((each) => ({ ...each, free }))
      return holdsUnder(suspect, choices, both) ? unknown('It holds where what a model explains is given.') : null
    },
  },
  {
    name: 'a result that comes later',
    cost: 2,
    meant: (suspect) => {
      const { claim, exprs, truthSide, index, readings } = suspect
      // `= MPL - w = 0`, so `w = MPL`: what follows from the claim says nothing about it.
      const later = truthOf(suspect).used.filter(({ order }) => order > claim.order)
      if (later.length === 0) return null
      const free = new Set(later.map(({ definition }) => definition.target.key))
      const both = [exprs[truthSide] as Expr, exprs[index] as Expr]
      const choices = readings.map((each) => ({ ...each, free }))
      return holdsUnder(suspect, choices, both)
        ? unknown('It holds where what is only defined later means itself.')
        : null
    },
  },
  {
    name: 'a name for it',
    cost: 3,
    meant: ({ exprs, index, plain, truthSide }) => {
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
    cost: 3,
    meant: (suspect) => {
      // `MRS = MU_x / MU_y = y / x`: what a chain of names puts in for a name may stand nowhere in the note.
      if (hasDerivative(suspect.exprs[0] as Expr)) return null
      const { world } = suspect.plain
      const said = leavesIn(world, sideOf(suspect).node)
      const isLost = [...leavesIn(world, truthOf(suspect).node)].some((id) => !said.has(id))
      return isLost ? unknown('It may use what the note doesn’t say.') : null
    },
  },
  {
    name: 'a value that is wanted',
    cost: 3,
    meant: ({ exprs, index, truthSide, wording }) =>
      !hasDerivative(exprs[truthSide] as Expr) && literalNumber(exprs[index] as Expr) !== null && isLet(wording.before)
        ? unknown('It is an equation to be solved.')
        : null,
  },
  {
    name: 'a condition of the section',
    cost: 4,
    meant: (suspect) => {
      const { plain, scope, claim, wording } = suspect
      const [truth, side] = [truthOf(suspect), sideOf(suspect)]
      if (conditionsIn(scope, claim).some((sides) => holdsGiven(plain, sides, truth, side.node))) {
        return unknown('It holds where an equation of the note does.')
      }
      const isOne = saysOneHot(wording.section) && sumsToOne(plain, truth, side.node)
      return isOne ? unknown('It holds where entries add up to 1.') : null
    },
  },
  {
    name: 'an assumption in words',
    cost: 4,
    meant: (suspect) => {
      const { plain, wording } = suspect
      const [truth, side] = [truthOf(suspect), sideOf(suspect)]
      if (!isAssuming(truth.used.map((each) => wording.between(each)).join(' '))) return null
      const said = leavesIn(plain.world, side.node)
      const missing = [...leavesIn(plain.world, truth.node)].filter((id) => !said.has(id))
      if (missing.length === 0 || missing.length > MOST_ASSUMED) return null
      const holds = [1, 0].some((value) => holdsWith(plain, truth, side.node, missing, value))
      return holds ? unknown('It holds under an assumption that the note may make in words.') : null
    },
  },
  {
    name: 'a logarithm to another base',
    cost: 4,
    meant: (suspect) => {
      const { world, setting } = suspect.plain
      const [truth, side] = [truthOf(suspect), sideOf(suspect)]
      const { builder } = world
      const nodes = [truth.node, ...truth.slopes.map(({ of }) => of)]
      const hasLog = nodes.some((node) =>
        ancestors(builder.graph, node).some((id) => operation(builder.node(id).op)?.bases),
      )
      if (!hasLog) return null
      const isBased = [10, 2].some((base) => {
        const { n, logarithm, quotient } = algebra(builder)
        const scaled = quotient(truth.node, logarithm(n(base)))
        return compare(builder.graph, scaled, side.node, setting).kind === 'equal'
      })
      return isBased ? unknown('It holds for logarithms to another base.') : null
    },
  },
  {
    name: 'an approximation',
    cost: 4,
    // Whole numbers and their fractions are no approximations: 5000 · 4998 isn't 5000 · 4999.
    meant: ({ witness, plain, index, truthSide }) =>
      witness.apart < CLOSE && hasDecimals(plain, [index, truthSide])
        ? unknown('It differs so little that an approximation may be meant.')
        : null,
  },
  {
    name: 'one of the cases that are told apart',
    cost: 4,
    meant: ({ plain, truthSide, index }) => {
      const { world, built, setting } = plain
      const [truth, side] = [built[truthSide] as Built, built[index] as Built]
      const cases = setting.assumptions ?? []
      if (cases.length < 2) return null
      const holds = cases.some(
        (only) => relate(world, { ...setting, assumptions: [only] }, truth, side).kind === 'equal',
      )
      return holds ? unknown('It holds in one of the cases that the note tells apart.') : null
    },
  },
  {
    name: 'a name that the words call a sum',
    cost: 4,
    meant: (suspect) => {
      const { plain, wording, scope, claim } = suspect
      const truth = truthOf(suspect)
      const variables = new Set(truth.slopes.map(({ by }) => by))
      const open = [...leavesIn(plain.world, ...truth.slopes.map(({ of }) => of))].filter((id) => !variables.has(id))
      const names = open.flatMap((id) => plain.world.names.get(id) ?? [])
      const isSum = names.some(({ latex, plain: typed }) => isAggregate(wording.section, [latex, typed]))
      const differentiated = differentiatedIn(scope, claim)
      return isSum || names.some(({ key }) => differentiated.has(key))
        ? unknown('A name in it may depend on the variable.')
        : null
    },
  },
]

/** The nearest to the text first. */
export const WAYS: readonly Way[] = [...UNORDERED].sort((a, b) => a.cost - b.cost)

const NAMING = 'It may be a new name for the side before it.'

/** Names that an assumption gives one value. */
const MOST_ASSUMED = 3

/** Relative differences below this are what approximations have. */
const CLOSE = 0.01

/** Does one of the sides have a number that isn't whole, or a definition that it uses? */
const hasDecimals = ({ world, built }: Sides, sides: readonly number[]): boolean =>
  sides
    .flatMap((side) => ancestors(world.builder.graph, (built[side] as Built).node))
    .some((id) => !Number.isInteger(world.builder.constantOf(id) ?? 0))

/** Are the two sides equal under one of these choices? */
function holdsUnder(suspect: Suspect, choices: readonly Choices[], both: readonly Expr[]): boolean {
  return choices.some((each) => {
    if (suspect.isSpent()) return false
    const { world, setting, built } = suspect.under(each, both)
    const [truth, side] = built as [Built, Built]
    if (differClearly(world.builder.graph, truth.node, side.node)) return false
    return relate(world, setting, truth, side).kind === 'equal'
  })
}

/** Names of which some definition uses a name whose definition in use uses them. */
function explainedByEachOther(suspect: Suspect): Set<string> {
  const { used } = truthOf(suspect)
  const byKey = groupBy(suspect.scope.definitions, ({ definition }) => definition.target.key)
  const keysIn = (expr: Expr): string[] => namesIn(expr).flatMap((each) => (each.kind === 'name' ? each.name.key : []))
  const free = new Set<string>()
  for (const { definition } of used) {
    for (const key of new Set(keysIn(definition.expr))) {
      if (key === definition.target.key) continue
      const others = byKey.get(key) ?? []
      if (others.some((other) => keysIn(other.definition.expr).includes(definition.target.key))) free.add(key)
    }
  }
  return free
}

/** Names that the section differentiates, other than the claim's own. */
function differentiatedIn(scope: Suspect['scope'], claim: Suspect['claim']): Set<string> {
  const found = new Set<string>()
  for (const { statement, section } of scope.statements) {
    if (statement.kind !== 'claim' || section.join() !== claim.section.join()) continue
    const head = statement.sides[0]?.expr
    if (head?.kind === 'derivative' && head.of.kind === 'name') found.add(head.of.name.key)
  }
  return found
}

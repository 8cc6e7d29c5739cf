/**
 * The ways in which a step may be meant, from the likeliest: how its text groups, which definition a name means, ∂ or d, which
 * conditions hold, what a new name stands for. A step is false only where it is false in each. The first that fits makes it
 * hold, or leaves it undecided with its sentence; what partial and total derivatives make of it was tried before (`relation`).
 */

import { ancestors, type GraphBuilder, type NodeId } from '../graph/graph'
import type { Built, Meaning } from '../meaning/build'
import { literalNumber } from '../meaning/literals'
import { groupBy, keysIn, namesIn } from '../meaning/parts'
import { substitute } from '../meaning/substitute'
import type { Choices } from '../meaning/vocabulary'
import { algebra, DIFFERENCE, PRODUCT, SUM } from '../operations/algebra'
import { operation } from '../operations/index'
import type { CallExpr, Expr, Range } from '../reading/statement'
import { conditionsIn, holdsForOneValue, holdsGiven, holdsWith, sumsToOne } from './conditions'
import { compare, differClearly, type Relation } from './equivalence'
import { otherReadings } from './grouping'
import { furtherForms, isNear, namesakes, nearest } from './namesakes'
import { relate, unknown } from './relation'
import {
  hasDerivative,
  isBareSlope,
  isNumberOnly,
  leavesIn,
  type Sides,
  type Suspect,
  sideOf,
  truthOf,
} from './suspect'
import { mayBeSymmetric } from './symmetry'
import { hasWordsBetween, isAggregate, isAssuming, isLet, saysOneHot } from './words'

export interface Way {
  readonly name: string
  /** How far from the text as it stands: the nearest are tried first. */
  readonly cost: number
  /** What the step is, meant in this way; `null` where it isn't meant so. */
  readonly meant: (suspect: Suspect) => Relation | null
}

const EQUAL: Relation = { kind: 'equal', condition: null }
const isEqual = ({ kind }: { readonly kind: string }): boolean => kind === EQUAL.kind

const FIXED: Choices = { head: 'partial', inner: 'partial', unknowns: 'any' }

const UNORDERED: readonly Way[] = [
  {
    name: 'grouped in another way',
    cost: 1,
    meant: (suspect) => {
      const { exprs, index, truthSide } = suspect
      const groupings = otherReadings(exprs[index] as Expr).map((side) => [exprs[truthSide] as Expr, side])
      return groupings.some((both) => holdsUnder(suspect, suspect.readings, both)) ? EQUAL : null
    },
  },
  {
    name: 'derivatives along one edge each',
    cost: 2,
    meant: (suspect) => {
      const { world, built } = suspect.plain
      if (![truthOf(suspect), sideOf(suspect)].some(({ node }) => hasSymbol(world, node)) || built.length === 0)
        return null
      const choices = suspect.readings.map((each): Choices => ({ ...each, paths: 'edges' }))
      // All sides: what the later ones write decides which edges there are.
      const holds = choices.some((each) => {
        const { world: edges, setting, built: sides } = suspect.under(each)
        const [truth, side] = [sides[suspect.truthSide] as Built, sides[suspect.index] as Built]
        return isEqual(relate(edges, setting, truth, side))
      })
      return holds ? EQUAL : null
    },
  },
  {
    name: 'a composition of the functions beside it',
    cost: 2,
    meant: (suspect) => {
      // Of a list of functions that are put into each other: `dh/dx` of h(x) = x^5 where h(g(x)) is meant.
      const { scope, claim, plain } = suspect
      const { world, setting } = plain
      const [slope, further] = truthOf(suspect).slopes
      const [own] = truthOf(suspect).used
      if (!slope || further || !own || claim.block === own.block) return null
      const inner = scope.definitions.filter(
        (each) => each !== own && each.block === own.block && each.definition.parameters,
      )
      const holds = inner.some((each) => {
        const node = world.define(each)
        if (node === null || !leavesIn(world, node).has(slope.by)) return false
        const composed = substitute(world.builder, world.simplifier.expand(slope.of), new Map([[slope.by, node]]))
        const { node: taken } = world.derive(composed, slope.by, 'total')
        return isEqual(compare(world.builder.graph, taken, sideOf(suspect).node, setting))
      })
      return holds ? unknown('It holds for a composition of the functions beside it.') : null
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
    name: 'a value that a name has been given since its definition',
    cost: 2,
    meant: (suspect) => {
      // "When b = e": the last that the note says of b, whatever b was before.
      const { scope, claim, exprs, truthSide, index, readings } = suspect
      const { builder } = suspect.plain.world
      const { node, slopes } = truthOf(suspect)
      const parts = new Set([node, ...slopes.map(({ of }) => of)].flatMap((root) => ancestors(builder.graph, root)))
      const since = [...parts].flatMap((id) => {
        const { name, inputs } = builder.node(id)
        if (!name || inputs.length === 0) return []
        const [bound, defined] = [scope.bindingOf(name, claim), scope.definitionOf(name, claim)]
        return bound && defined && bound.order > defined.order && bound.order < claim.order ? [name.key] : []
      })
      if (since.length === 0) return null
      const free = new Set(since)
      const both = [exprs[truthSide] as Expr, exprs[index] as Expr]
      for (const reading of readings) {
        const { world, setting, built } = suspect.under({ ...reading, free }, both)
        const found = relate(world, setting, built[0] as Built, built[1] as Built)
        if (found.kind === 'equal') return found
      }
      return null
    },
  },
  { name: 'data of which the note has a model', cost: 2, meant: modelled },
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
      if (isBareSlope(expr) && slopeName(expr) !== slopeName(exprs[0] as Expr)) return unknown(NAMING)
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
    name: 'a symmetry',
    cost: 3,
    meant: ({ exprs, index, truthSide, scope, claim }) => {
      const isKnown = ({ callee }: CallExpr): boolean => scope.definitionOf(callee, claim) !== null
      return mayBeSymmetric(exprs[truthSide] as Expr, exprs[index] as Expr, isKnown)
        ? unknown('It may use what the note doesn’t say.')
        : null
    },
  },
  {
    name: 'a value said in words',
    cost: 3,
    meant: (suspect) => {
      // "of fixed radius 4": a chain of names puts in a number for a name that is defined elsewhere.
      const { exprs, index, truthSide, claim, readings } = suspect
      if (hasDerivative(exprs[0] as Expr)) return null
      const both = [exprs[truthSide] as Expr, exprs[index] as Expr]
      const elsewhere = truthOf(suspect).used.filter(({ block, order }) => block !== claim.block && order < claim.order)
      const holds = elsewhere.some(({ definition: { target } }) => {
        const { world, built } = suspect.under({ ...(readings[0] as Choices), free: new Set([target.key]) }, both)
        const [truth, side] = built as [Built, Built]
        const name = world.inputs.get(target.key)
        return name !== undefined && holdsForOneValue(world, truth.node, side.node, name)
      })
      return holds ? unknown('It holds for one value of a name, which the words may give.') : null
    },
  },
  {
    name: 'a part of the side before',
    cost: 3,
    meant: (suspect) => {
      const { plain, index, wording, claim } = suspect
      if (index < 2 || !hasWordsBetween(wording.original(claim, gapBefore(suspect)))) return null
      const { world, built, setting } = plain
      const parts = termsOf(world, (built[index - 1] as Built).node)
      const isPart =
        parts.length > 1 &&
        parts.some((part) => isEqual(compare(world.builder.graph, part, sideOf(suspect).node, setting)))
      return isPart ? unknown('It may speak of one part of the side before.') : null
    },
  },
  {
    name: 'a value that is wanted',
    cost: 3,
    meant: ({ exprs, index, truthSide, wording }) =>
      !hasDerivative(exprs[truthSide] as Expr) && isNumberOnly(exprs[index] as Expr) && isLet(wording.sentence)
        ? unknown('It is an equation to be solved.')
        : null,
  },
  { name: 'a condition of the section', cost: 4, meant: conditional },
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
    meant: ({ plain, truthSide, index, scope, claim }) => {
      const { world, built, setting } = plain
      const [truth, side] = [built[truthSide] as Built, built[index] as Built]
      const cases = setting.assumptions ?? []
      if (cases.length < 2) return null
      // "For x > 3 we have …; for x < 3 we have …": the last before the claim, in its sentence.
      const own = scope.statements.findLast(
        ({ statement, block, order }) =>
          statement.kind === 'assumption' && block === claim.block && order < claim.order,
      )?.statement
      if (own?.kind === 'assumption') {
        const [left, right] = [own.left, own.right].map((each) => world.side(each).node) as [NodeId, NodeId]
        const only = { ...setting, assumptions: [{ left, relation: own.relation, right }] }
        if (relate(world, only, truth, side).kind === 'equal')
          return { kind: 'equal', condition: 'It holds in one of the cases that the note tells apart.' }
      }
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
      // Along those through which it is seen to depend their own derivatives are written.
      const variables = new Set(truth.slopes.flatMap(({ by, through }) => [by, ...(through ?? [])]))
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

/** What the chain that defines a name goes on to say of it is as much its definition; of arrays as well. */
export function goneOnWith(step: Modelled): Relation | null {
  const { scope, exprs, truthSide, index, readings } = step
  const both = [exprs[truthSide] as Expr, exprs[index] as Expr]
  const holds = (step.plain.built[truthSide]?.used ?? []).some((of) =>
    furtherForms(scope, of).some((use) =>
      holdsUnder(
        step,
        [...readings.slice(0, 2), FIXED].map((each) => ({ ...each, instead: { of, use } })),
        both,
      ),
    ),
  )
  return holds ? { kind: 'equal', condition: 'It follows from what its definition goes on to say.' } : null
}

type Modelled = Pick<Suspect, 'scope' | 'exprs' | 'truthSide' | 'index' | 'readings' | 'plain' | 'under' | 'isSpent'>

/** `r = φ + e` and its residual `e = r - φ`: what the model explains is given when the residual is differentiated; of arrays as well. */
export function modelled(step: Modelled): Relation | null {
  const free = new Set([...explainedByEachOther(step), ...cancelledIn(step)])
  if (free.size === 0) return null
  if (free.size === 0) return null
  const both = [step.exprs[step.truthSide] as Expr, step.exprs[step.index] as Expr]
  const choices = step.readings.map((each) => ({ ...each, free }))
  return holdsUnder(step, choices, both)
    ? { kind: 'equal', condition: 'It holds where what a model explains is given.' }
    : null
}

/** What a step is where an equation of the section holds, or what the words say of entries; of arrays as well. */
export function conditional({
  plain,
  scope,
  claim,
  wording,
  truthSide,
  index,
}: Pick<Suspect, 'plain' | 'scope' | 'claim' | 'wording' | 'truthSide' | 'index'>): Relation | null {
  const [truth, side] = [plain.built[truthSide] as Built, plain.built[index] as Built]
  const given = conditionsIn(scope, claim).find((sides) => holdsGiven(plain, sides, truth, side.node))
  if (given) {
    const condition = 'It holds where an equation of the note does.'
    return isSumToOne(given) ? { kind: 'equal', condition } : unknown(condition)
  }
  const isOne = saysOneHot(wording.section) && sumsToOne(plain, truth, side.node)
  return isOne ? unknown('It holds where entries add up to 1.') : null
}

/** `t_1 + t_2 = 1`: shares, said of the note's names once and for all. */
const isSumToOne = ([left, right]: readonly [Expr, Expr]): boolean =>
  literalNumber(right) === 1 && left.kind === 'apply' && left.op === SUM

/** The nearest to the text first. */
export const WAYS: readonly Way[] = [...UNORDERED].sort((a, b) => a.cost - b.cost)

/** What a derivative of a name differentiates; `null` for all else. */
function slopeName(expr: Expr): string | null {
  if (expr.kind === 'call') return expr.callee.key
  if (expr.kind !== 'derivative') return null
  return expr.of.kind === 'name' ? expr.of.name.key : expr.of.kind === 'call' ? expr.of.callee.key : null
}

const hasSymbol = ({ builder }: Meaning, id: NodeId): boolean =>
  ancestors(builder.graph, id).some((each) => builder.node(each).op === 'upstream')

/** Between the side before and the step. */
const gapBefore = ({ claim, index }: Suspect): Range => ({
  start: claim.statement.sides[index - 1]?.range.end ?? 0,
  end: claim.statement.sides[index]?.range.start ?? 0,
})

/** The terms of a sum, or the factors of a product. */
function termsOf({ builder }: Meaning, id: NodeId): NodeId[] {
  const sums = partsBy(builder, id, [SUM, DIFFERENCE])
  return sums.length > 1 ? sums : partsBy(builder, id, [PRODUCT])
}
function partsBy(builder: GraphBuilder, id: NodeId, ops: readonly string[]): NodeId[] {
  const { op, inputs } = builder.node(id)
  return ops.includes(op) ? inputs.flatMap((input) => partsBy(builder, input, ops)) : [id]
}

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
function holdsUnder(
  suspect: Pick<Suspect, 'under' | 'isSpent'>,
  choices: readonly Choices[],
  both: readonly Expr[],
): boolean {
  return choices.some((each) => {
    if (suspect.isSpent()) return false
    const { world, setting, built } = suspect.under(each, both)
    const [truth, side] = built as [Built, Built]
    if (differClearly(world.builder.graph, truth.node, side.node)) return false
    return relate(world, setting, truth, side).kind === 'equal'
  })
}

/** Names of which some definition uses a name whose definition in use uses them. */
function explainedByEachOther(suspect: Modelled): Set<string> {
  const { used } = suspect.plain.built[suspect.truthSide] as Built
  const byKey = groupBy(suspect.scope.definitions, ({ definition }) => definition.target.key)
  const plainKeysIn = (expr: Expr): string[] =>
    namesIn(expr).flatMap((each) => (each.kind === 'name' ? each.name.key : []))
  const free = new Set<string>()
  const differentiated = new Set(plainKeysIn(suspect.exprs[0] as Expr))
  for (const { definition } of used) {
    for (const key of new Set(plainKeysIn(definition.expr))) {
      if (key === definition.target.key || differentiated.has(key)) continue
      const others = byKey.get(key) ?? []
      if (others.some((other) => plainKeysIn(other.definition.expr).includes(definition.target.key))) free.add(key)
    }
  }
  return free
}

/** Names with whose definitions put in a function loses its variable: `y = βx + ε` in the residual `y - βx`. They are given. */
function cancelledIn(suspect: Modelled): readonly string[] {
  const { world, built } = suspect.plain
  const truth = built[suspect.truthSide] as Built
  if (truth.slopes.length === 0 || world.builder.constantOf(world.simplifier.expand(truth.node)) !== 0) return []
  const differentiated = keysIn([suspect.exprs[0] as Expr])
  return truth.used.map(({ definition }) => definition.target.key).filter((key) => !differentiated.has(key))
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

/**
 * When an alarm is justified: a step that is false in every way in which it can be meant is still no mistake while author and
 * checker may speak of different things. Each row names what is missing; the first that does keeps the step undecided.
 */

import { matchesAt } from '../calculus/composite'
import { ancestors, type NodeId } from '../graph/graph'
import type { Built, Meaning } from '../meaning/build'
import { literalNumber } from '../meaning/literals'
import { namesIn } from '../meaning/parts'
import type { Defined, Placed } from '../meaning/scope'
import { algebra } from '../operations/algebra'
import { operation } from '../operations/index'
import type { Claim, Equation, Expr, Statement } from '../reading/statement'
import { compare } from './equivalence'
import { type Letters, unusualPart } from './plainText'
import { relate } from './relation'
import {
  hasDerivative,
  isBareSlope,
  isNumberOnly,
  lacksVariable,
  leavesIn,
  type Suspect,
  sideOf,
  truthOf,
} from './suspect'
import { isPosed, isQuoted, isToSolve } from './words'

export interface Lack {
  readonly name: string
  /** Why a difference isn't called a mistake; `null` where nothing is missing. */
  readonly reason: (suspect: Suspect) => string | null
}

/** Why most is silent: what stands near enough may change with other claims of the section. */
export const ELSEWHERE = 'The definition may be meant for another place.'
const SOLVED = 'It may be an equation to be solved, or a value at a point.'
const LACKING = 'The function doesn’t depend on the variable here, so another one is meant.'

const LACKS: readonly Lack[] = [
  {
    name: 'a quoted mistake',
    reason: ({ wording }) => (isQuoted(wording.line) ? 'The note itself may call it a mistake.' : null),
  },
  {
    name: 'not at hand',
    reason: (suspect) => {
      const truth = truthOf(suspect)
      const ofStep = sideOf(suspect).used.filter(
        (each) => each.order !== suspect.claim.order && !truth.used.includes(each),
      )
      const curve = curveOf(suspect)
      const needed = [...headDefinitions(suspect), ...ofStep, ...(curve ? [curve] : [])]
      const far = needed.filter((each) => !isAtHand(suspect, each))
      return far.length === 0 || isFalseWithout(suspect, far) ? null : ELSEWHERE
    },
  },
  {
    name: 'a function without its variable',
    reason: (suspect) => {
      const { world } = suspect.plain
      if (
        !isWrittenOut(suspect.exprs[0] as Expr) &&
        truthOf(suspect).slopes.some((slope) => lacksVariable(world, slope))
      ) {
        return LACKING
      }
      return sideOf(suspect).slopes.some((slope) => lacksVariable(world, slope))
        ? 'Another variable may be meant.'
        : null
    },
  },
  {
    name: 'a number for a formula',
    reason: (suspect) => {
      const { world } = suspect.plain
      const [truth, side] = [truthOf(suspect), sideOf(suspect)]
      if (leavesIn(world, side.node).size > 0 || isLink(suspect)) return null
      const open = [...leavesIn(world, truth.node)]
      if (open.length > 0) {
        if (!open.every((id) => isBoundNear(suspect, id))) return SOLVED
        return isWholeNumberOf(suspect) ? 'It may be rounded to a whole number.' : null
      }
      const isPlain = isInline(suspect.exprs[0] as Expr) || isArithmetic(world, world.simplifier.simplify(truth.node))
      return isPlain || truth.used.every((each) => isAtHand(suspect, each)) ? null : SOLVED
    },
  },
  {
    name: 'a value that may be wanted',
    reason: (suspect) => {
      // `f(0) = 1`, `f'(0) = -3`: of the function that is defined right there, or for one that is looked for.
      const { claim, exprs, index, wording } = suspect
      const [head] = exprs
      if (head?.kind !== 'call' || index > 1 || !head.args.every(isNumberOnly)) return null
      const here = headDefinitions(suspect).find(({ block }) => block === claim.block)
      if (isPosed(here ? wording.between(here) : wording.sentence)) return SOLVED
      const isSaid = here || head.primes > 0 || headDefinitions(suspect).every((own) => suspect.isConfirmed(own))
      return isSaid ? null : SOLVED
    },
  },
  {
    name: 'a differential equation',
    reason: (suspect) => {
      const head = suspect.exprs[0] as Expr
      const own = hasDerivative(head) ? functionOf(head) : null
      // Along a curve the slope is written in both names.
      if (own === null || suspect.plain.world.curve !== null || !isNameIn(suspect.exprs[suspect.index] as Expr, own))
        return null
      if (isToSolve(suspect.wording.line)) return SOLVED
      const isFollowing = suspect.slip !== null || suspect.held().length > 0
      return isFollowing || isWrittenInItself(suspect) ? null : 'It may be a differential equation.'
    },
  },
  {
    name: 'an equation that is differentiated',
    reason: (suspect) => {
      // `\\frac{d}{dx}(\\sin(x + y)) = \\frac{d}{dx}(y^2)`: both sides of an equation, which says what y is.
      const [head, step] = suspect.exprs
      if (suspect.index !== 1 || !isInline(head as Expr) || !isInline(step as Expr)) return null
      const { world } = suspect.plain
      const [truth, side] = [truthOf(suspect), sideOf(suspect)]
      const [by] = [...truth.slopes, ...side.slopes].map((slope) => slope.by)
      const others = [...leavesIn(world, ...[...truth.slopes, ...side.slopes].map(({ of }) => of))].filter(
        (id) => id !== by,
      )
      return others.length > 0 || truth.used.length > 0 ? SOLVED : null
    },
  },
  {
    name: 'given data',
    reason: (suspect) => (contradictsData(suspect) ? 'The values that are given are those of another function.' : null),
  },
  {
    name: 'not plain text',
    reason: (suspect) => {
      const { wording, claim, index } = suspect
      const own = claim.statement.sides.slice(0, index + 1).map(({ range }) => wording.written(claim, range))
      const used = truthOf(suspect).used.map((each) => wording.written(each, each.definition.range))
      const letters = lettersOf(suspect)
      return [...own, ...used].every((text) => unusualPart(text, letters) === null) ? null : READ_DIFFERENTLY
    },
  },
]

export const READ_DIFFERENTLY = 'It is written in a way that can be read differently.'

/** A letter before a bracket is clear where the note defines it or differentiates by it, or where it was read as a function. */
function lettersOf({ plain, index, exprs }: Suspect): Letters {
  const { world, built } = plain
  const written = [...exprs, ...built.flatMap(({ used }) => used.map(({ definition }) => definition.expr))]
  const calls = written.flatMap(namesIn).flatMap((each) => (each.kind === 'call' ? [each.callee.plain] : []))
  const plainOf = (id: NodeId): string => world.builder.node(id).name?.plain ?? ''
  const variables = new Set<string>()
  const known = new Set<string>(calls)
  if (world.curve !== null) for (const id of leavesIn(world, world.curve.node)) known.add(plainOf(id))
  for (const { used, slopes } of built.slice(0, index + 1)) {
    for (const { definition } of used) known.add(definition.target.plain)
    for (const { of, by } of slopes) {
      variables.add(plainOf(by))
      for (const id of leavesIn(world, of)) known.add(plainOf(id))
    }
  }
  return {
    isFactor: (letter) => known.has(letter) || variables.has(letter),
    isVariable: (letter) => variables.has(letter),
  }
}

/** Lines between a definition and a claim that still speaks of it. */
const AT_HAND = 4
const FENCE = /\$\$|\\(?:begin|end)\{\w+\*?\}|[\s&\\>|]|```\w*|<br\/?>/g
/** An item that says what a letter of the formula above is: `- $N$ is the labour employed`. */
const LEGEND =
  /^\s*(?:[-*+•]|\d+[.)])\s+(?:where\s+)?\$[^$\n]{1,40}\$\s*(?:[:：=—–-]|(?:is|are|denotes|means|stands|where|with|es|son|donde|ist|mit|est|où|é)(?![a-z])|は|が|을|를|은|는|是|为|表示)/iu
/** Written lines: neither blank nor the fence of a display, nor what the definition's own line goes on with, nor its legend. */
const linesIn = (text: string): number =>
  text
    .split('\n')
    .slice(1)
    .filter((each) => each.replace(FENCE, '') !== '' && !LEGEND.test(each)).length
/** A heading, a rule, a new exercise: from here on another thing may be meant. */
const BORDER =
  /^\s*(#{1,6}\s|---+\s*$|\*\*\*+\s*$|[\s>*_]*(exercises?|examples?|problems?|questions?|ejercicios?|ejemplos?|problemas?|exercices?|exemples?|exercícios?|aufgaben?|beispiele?|задач[аи]|пример\p{L}*|упражнени\p{L}*)\b|[\s>*_]*(例題?|問題?|練習|演習|习题|练习|例子|예제|문제)\s*[\d（(:：.]*)/imu

/** Does something begin between a text's first line and its end? */
const hasBorder = (between: string): boolean =>
  between.includes('\n') && BORDER.test(between.slice(between.indexOf('\n') + 1))

/** Is what stands there still spoken of? @param between the text from its end to the claim */
export const isWithinReach = (between: string): boolean => linesIn(between) <= AT_HAND && !hasBorder(between)

const ROW = /^\s*\|/

/** It stands right before the claim, or claims about it do that reach back to it without a gap. */
function isAtHand(suspect: Suspect, own: Defined): boolean {
  const { scope, claim, wording } = suspect
  if (own.order > claim.order) return own.block === claim.block
  if (isSuperseded(suspect, own)) return false
  // Another step or claim of the same matter has held here, and this one is an edit away from the truth; every number is near another.
  const isNumber = leavesIn(suspect.plain.world, sideOf(suspect).node).size === 0
  if ((isHeldBy(suspect, own) || (suspect.isConfirmed(own) && !isNumber)) && suspect.isNearMiss()) return true
  const between = wording.between(own)
  if (hasBorder(between)) return false
  if (ROW.test(wording.lineOf(own)) && between.includes('\n')) return false
  const distance = linesIn(between)
  if (distance <= AT_HAND) return true
  const { key } = own.definition.target
  const isOnCurve = own.order === suspect.plain.world.curve?.equation.order
  const speaking = scope.statements
    .filter((each): each is Placed<Claim | Equation> => isAbout(each.statement, key, isOnCurve))
    .filter(({ order }) => order > own.order && order < claim.order)
  let from = distance
  for (const each of speaking) {
    const at = linesIn(wording.between({ ...each, definition: { ...own.definition, range: each.statement.range } }))
    if (from - at > AT_HAND + 1) return false
    from = at
  }
  return from <= AT_HAND && speaking.length > 0
}

/** Does a statement speak of a name: a claim that begins with it, on a curve an equation between its derivatives? */
function isAbout(statement: Statement, key: string, isOnCurve: boolean): boolean {
  if (statement.kind !== 'claim' && !(isOnCurve && statement.kind === 'equation')) return false
  const exprs = statement.sides.map(({ expr }) => expr)
  if (statement.kind === 'equation' && !exprs.some(hasDerivative)) return false
  const speaking = statement.kind === 'claim' ? exprs.slice(0, 1) : exprs
  return speaking.flatMap(namesIn).some((each) => keyOf(each) === key)
}

/** Has another step of the chain worked out what the definition gives? */
const isHeldBy = (suspect: Suspect, own: Defined): boolean =>
  hasDerivative(suspect.exprs[0] as Expr) &&
  truthOf(suspect).used.includes(own) &&
  suspect.held().some(({ slopes, derived, used }) => slopes.length === 0 && derived.size === 0 && !used.includes(own))

/** False whatever the names that are defined far away stand for: what they are defined as doesn't matter. */
function isFalseWithout(suspect: Suspect, far: readonly Defined[]): boolean {
  const { exprs, truthSide, index, readings, claim } = suspect
  const head = exprs[0] as Expr
  // Of `dy/dx` nothing is known without y.
  const isOfHead = ({ definition }: Defined): boolean => !isInline(head) && functionOf(head) === definition.target.key
  if (far.some((each) => each.order > claim.order || isOfHead(each)) || !hasDerivative(head)) return false
  const free = new Set(far.map(({ definition: { target } }) => target.key))
  const both = [exprs[truthSide] as Expr, exprs[index] as Expr]
  return readings.every((reading) => {
    const { world, setting, built } = suspect.under({ ...reading, free }, both)
    const [truth, side] = built as [Built, Built]
    return relate(world, setting, truth, side).kind === 'different'
  })
}

/** Does an equation stand between a definition and the claim that the definition doesn't fulfil? Then it is about another of that name. */
function isSuperseded(
  { scope, claim, plain: { world } }: Suspect,
  { order: from, definition: { target } }: Defined,
): boolean {
  return scope.statements.some(({ statement, order }) => {
    if (statement.kind !== 'equation' || order <= from || order >= claim.order) return false
    const [left, right, further] = statement.sides
    if (!left || !right || further || right.relation !== '=') return false
    const sides = [left.expr, right.expr]
    if (sides.some((side) => literalNumber(side) !== null || hasDerivative(side))) return false
    if (!sides.flatMap(namesIn).some((each) => keyOf(each) === target.key)) return false
    const [one, other] = sides.map((side) => world.side(side)) as [Built, Built]
    if (one.doubts.size > 0 || other.doubts.size > 0) return false
    return compare(world.builder.graph, one.node, other.node).kind === 'different'
  })
}

const keyOf = (each: ReturnType<typeof namesIn>[number]): string =>
  each.kind === 'name' ? each.name.key : each.callee.key

/** The definitions that the head of a claim names, without that of its variable. */
function headDefinitions(suspect: Suspect): readonly Defined[] {
  const { exprs, plain } = suspect
  const truth = truthOf(suspect)
  if (!hasDerivative(exprs[0] as Expr)) return truth.used.filter(({ order }) => order !== suspect.claim.order)
  const { names, builder } = plain.world
  const functions = new Set(truth.slopes.flatMap(({ of }) => builder.node(of).name?.key ?? []))
  const variables = new Set(
    truth.slopes.flatMap(({ by, of, through }) => {
      // Of a curve with a parameter both functions are meant.
      const isParametric =
        (through ?? []).length > 0 && builder.node(by).op !== 'input' && builder.node(of).op !== 'input'
      return isParametric ? [] : (names.get(by)?.key ?? builder.node(by).name?.key ?? [])
    }),
  )
  const named = new Set(namesIn(exprs[0] as Expr).map(keyOf))
  return truth.used.filter(
    ({ definition: { target } }) => named.has(target.key) && (!variables.has(target.key) || functions.has(target.key)),
  )
}

/** The equation of the curve along which a head differentiates, as what says what its name is. */
function curveOf({ exprs, plain }: Suspect): Defined | null {
  const { curve } = plain.world
  const [head] = exprs
  if (!curve || head?.kind !== 'derivative' || head.of.kind !== 'name') return null
  const { statement, ...place } = curve.equation
  const { name: target, range: targetRange } = head.of
  const { range, sides } = statement
  const definition = {
    kind: 'definition',
    target,
    targetRange,
    parameters: null,
    expr: sides[0]?.expr ?? head,
    range,
    chain: false,
  } as const
  return { ...place, definition }
}

/** `\frac{d}{dx}(x^2)`: what is differentiated stands in the derivative itself. */
const isInline = (head: Expr): boolean =>
  head.kind === 'derivative' && head.of.kind !== 'name' && head.of.kind !== 'call'

/** The same, and not only by its name: of `\frac{\partial y'}{\partial Y'}` nothing is known but names. */
const isWrittenOut = (head: Expr): boolean => isInline(head) && head.kind === 'derivative' && !isBareSlope(head.of)

/** The derivative of another link of the same chain: ∂t/∂x written for ∂z/∂x, a factor left out or written twice. */
const isLink = ({ slip }: Suspect): boolean => slip?.name === 'another link'

/** The note has just given the name a value, so a number can only be meant there. */
function isBoundNear({ scope, claim, plain }: Suspect, id: NodeId): boolean {
  const name = plain.world.names.get(id)
  const bound = name && plain.setting.values?.has(id) ? scope.bindingOf(name, claim) : null
  if (!bound || bound.order > claim.order) return false
  return bound.block === claim.block || bound.section.join() === claim.section.join()
}

/** Written with numbers alone: no name stands for one of them. */
function isArithmetic({ builder }: Meaning, root: NodeId): boolean {
  return ancestors(builder.graph, root).every((id) => {
    const { op, name } = builder.node(id)
    return id === root || name === null || op === 'constant'
  })
}

const isWholeNumberOf = ({ witness: { left, right } }: Suspect): boolean =>
  Number.isInteger(right) && Math.abs(right) > 1 && Math.abs(left - right) <= 0.5

/** The name of the function that a head differentiates. */
function functionOf(head: Expr): string | null {
  if (head.kind === 'call') return head.callee.key
  if (head.kind !== 'derivative') return null
  return head.of.kind === 'name' ? head.of.name.key : head.of.kind === 'call' ? head.of.callee.key : null
}

/** Does a name stand in an expression outside of a derivative? */
function isNameIn(expr: Expr, key: string): boolean {
  if (expr.kind === 'name') return expr.name.key === key
  if (expr.kind === 'call' && expr.primes === 0 && expr.callee.key === key) return true
  return (expr.kind === 'apply' || expr.kind === 'call') && expr.args.some((arg) => isNameIn(arg, key))
}

/** `y(1 - y)`, `y` of an exponential: authors write the derivative of such a function in the function itself. */
function isWrittenInItself(suspect: Suspect): boolean {
  const { world } = suspect.plain
  if (isMultipleOfItself(suspect)) return true
  return truthOf(suspect).slopes.some(({ of }) => {
    let node = world.builder.node(of)
    while (operation(node.op)?.isCopy) node = world.builder.node(node.inputs[0] as NodeId)
    const composites = matchesAt(world.builder.graph, node.id).map(({ composite }) => composite.name)
    return [node.op, ...composites].some((op) => operation(op)?.slopeByOutput)
  })
}

/** `ce^{ax}`: the derivative over the function doesn't have the variable. */
function isMultipleOfItself(suspect: Suspect): boolean {
  const { world } = suspect.plain
  const [slope, further] = truthOf(suspect).slopes
  const [head] = suspect.exprs
  // Growth has its equation with a d.
  if (!slope || further || head?.kind !== 'derivative' || head.notation !== 'partial') return false
  const ratio = world.simplifier.expand(algebra<NodeId>(world.builder).quotient(truthOf(suspect).node, slope.of))
  return !leavesIn(world, ratio).has(slope.by)
}

/** `f(0) = 3` beside the claim, which the definition doesn't fulfil. */
function contradictsData({ scope, claim, exprs, plain }: Suspect): boolean {
  const own = functionOf(exprs[0] as Expr)
  if (own === null) return false
  return scope.statements.some(({ statement, block, order }) => {
    if (statement.kind !== 'equation' && statement.kind !== 'claim') return false
    if (order === claim.order || (block !== claim.block && Math.abs(order - claim.order) > 2)) return false
    const [left, right, further] = statement.sides
    if (!left || !right || further || left.expr.kind !== 'call' || left.expr.callee.key !== own) return false
    if (left.expr.primes > 0 || !left.expr.args.every((arg) => literalNumber(arg) !== null)) return false
    const [value, given] = [plain.world.side(left.expr), plain.world.side(right.expr)]
    if (value.doubts.size > 0 || given.doubts.size > 0) return false
    return compare(plain.world.builder.graph, value.node, given.node).kind === 'different'
  })
}

/** What is missing for an alarm; `null` where nothing is. */
export function lackOf(suspect: Suspect): { readonly name: string; readonly reason: string } | null {
  for (const { name, reason } of LACKS) {
    const found = reason(suspect)
    if (found !== null) return { name, reason: found }
  }
  return null
}

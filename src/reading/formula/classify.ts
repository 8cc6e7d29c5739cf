/** What a row of sides says: a definition, a value, a claim, a shape, an assumption, an equation, a mere mention. */

import { NEGATIVE, PRODUCT } from '../../operations/algebra'
import { operation } from '../../operations/index'
import type { Assumption, Claim, DerivativeExpr, Expr, Name, NameExpr, Range, Side, Statement } from '../statement'
import { argsOf } from '../terms'
import {
  asProgrammers,
  isAboutDerivatives,
  isDerivative,
  partialOf,
  withSubscripts,
  withVariable,
} from './derivativeClaims'
import { choice, condition } from './environments'
import { dottedEntries, isListed, listedShape, shapeOf } from './lists'
import { expression } from './parser'
import { isPassing } from './passing'
import type { Part, SideTokens } from './rows'
import { around, namesIn, rangeOf, type State, Unreadable } from './state'
import { measured } from './units'
import { literal, numberOf } from './values'

/** A side that has been read, and the sign before it. */
interface ReadSide extends Side {
  readonly sign: string | null
  readonly tokens: SideTokens
}

/** The statements of all parts. */
export function statementsOf(state: State, parts: readonly Part[]): Statement[] {
  const statements: Statement[] = []
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] as Part
    const pieces = piecesFrom(parts, at)
    if (pieces > 1 || (pieces === 1 && !isDerivativePart(state, part))) {
      const whole = piecewise(state, parts.slice(at, at + pieces))
      if (whole) {
        statements.push(whole)
        at += pieces - 1
        continue
      }
    }
    const read = sidesOf(state, part)
    const shape = listedShape(state, parts, at)
    if (shape && read[0]?.expr.kind === 'name')
      statements.push({ kind: 'declaration', target: read[0].expr, shape, range: read[0].range })
    else if (isListed(parts, at) || part.isSupposed) statements.push(equation(read))
    else statements.push(...classify(state, read, part), ...sideCondition(state, part))
  }
  return statements
}

/** A single claim about a derivative: a condition behind it says where it holds, `(x > 0)`, and is no case among others. */
function isDerivativePart(state: State, part: Part): boolean {
  const [first] = part.sides
  return first !== undefined && part.sides.length > 1 && isDerivative(expression(state, first.from, first.to))
}

/** What the condition behind a claim assumes, where it can be read. */
function sideCondition(state: State, part: Part): Statement[] {
  const holds = part.condition ? conditionOf(state, part.condition) : null
  if (holds?.kind !== 'apply') return []
  const relation = operation(holds.op)?.spellings.plain?.[0]
  const [left, right] = holds.args
  return isRelation(relation) && left && right
    ? [{ kind: 'assumption', left, relation, right, range: holds.range }]
    : []
}
const isRelation = (sign: string | undefined): sign is Assumption['relation'] =>
  sign !== undefined && /^(?:[<>]=?|!=)$/.test(sign)

function sidesOf(state: State, part: Part): readonly ReadSide[] {
  const sides = part.sides.map((side) => {
    const expr = expression(state, side.from, side.to)
    const range = rangeOf(state, side.from, side.to)
    return { expr, range, relation: relationOf(side.sign), sign: side.sign, tokens: side }
  })
  return measured(state, sides)
}

const relationOf = (sign: string | null): Side['relation'] => {
  if (sign === null) return null
  if (sign === '=') return '='
  return sign === '≈' || sign === '≅' ? '≈' : 'other'
}

const plainSide = ({ expr, range, relation }: ReadSide): Side => ({ expr, range, relation })
const spanOf = (sides: readonly ReadSide[]): Range => {
  const [first] = sides
  const last = sides[sides.length - 1]
  return first && last ? around(first.range, last.range) : { start: 0, end: 0 }
}
const equation = (sides: readonly ReadSide[]): Statement => ({
  kind: 'equation',
  sides: sides.map(plainSide),
  range: spanOf(sides),
})

/** How many parts from here give one quantity under conditions: `h = 0 (x \le 0), x (0 < x)`. */
function piecesFrom(parts: readonly Part[], at: number): number {
  let count = 0
  while (
    parts[at + count]?.condition &&
    (count === 0 || (parts[at + count]?.joint !== 'words' && continues(parts, at, at + count)))
  )
    count++
  return count
}

/** A further piece is an expression by itself, or says its name again. */
const continues = (parts: readonly Part[], at: number, next: number): boolean => {
  const sides = parts[next]?.sides.length
  return sides === 1 || (sides === 2 && parts[at]?.sides.length === 2)
}

function piecewise(state: State, parts: readonly Part[]): Statement | null {
  const read = parts.map((part) => sidesOf(state, part))
  const [target, first] = read[0] ?? []
  if (!target || !first || read[0]?.length !== 2 || first.relation !== '=') return null
  const branches: { value: Expr; condition: Expr | null }[] = []
  for (const [index, sides] of read.entries()) {
    const value =
      sides.length === 2 && sides[0] && sameText(state, sides[0], target)
        ? sides[1]
        : index > 0 && sides.length === 1
          ? sides[0]
          : undefined
    const span = parts[index]?.condition
    const used = index === 0 ? first : value
    const holds = span ? conditionOf(state, span) : undefined
    if (!used || holds === undefined) return null
    branches.push({ value: used.expr, condition: holds })
  }
  const to = parts[parts.length - 1]?.condition?.to ?? 0
  const expr = choice(state, branches, first.tokens.from, to)
  const side: ReadSide = { ...first, expr, range: rangeOf(state, first.tokens.from, to) }
  return classify(state, [target, side], parts[0] as Part)[0] ?? null
}

const sameText = (state: State, a: ReadSide, b: ReadSide): boolean =>
  state.text.slice(a.range.start, a.range.end).replace(/\s/g, '') ===
  state.text.slice(b.range.start, b.range.end).replace(/\s/g, '')

/** The condition; `null`: otherwise; `undefined`: none that can be read. */
function conditionOf(state: State, span: { from: number; to: number }): Expr | null | undefined {
  state.depth = 0
  state.bars = 0
  try {
    return condition(state, span)
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

function classify(state: State, sides: readonly ReadSide[], part: Part): Statement[] {
  const [first, second] = sides
  if (!first) return []
  if (part.isHeadless) return [sides.length === 1 ? mention(first) : equation(sides)]
  if (!second) return [mention(first)]
  const signs = new Set(sides.slice(1).map((side) => side.sign))
  if (signs.has('∈')) return declarations(state, sides)
  if ([...signs].every((sign) => sign !== null && '<>≤≥≠'.includes(sign))) return assumptions(sides)
  if (signs.has('←') || isUpdate(first.expr)) return [equation(sides)]
  if (isDerivative(first.expr)) {
    const { functions, expressed, samples } = state.context
    return derivativeFirst(
      withVariable(
        withSubscripts(
          asProgrammers(sides, samples),
          (key) => functions.has(key),
          (key) => expressed.has(key),
        ),
      ),
    )
  }
  if (sides.slice(1).every(isEquality) && isAboutDerivatives(sides)) return [claim(sides)]
  if (first.expr.kind === 'name' && second.relation === '=') {
    const moving =
      rateOf(state, first.expr, sides) ??
      (isDerivative(second.expr) ? null : partialOf(first.expr, 'subscript', (key) => state.context.functions.has(key)))
    if (moving)
      return [...nameFirst(first.expr, sides), ...derivativeFirst([{ ...first, expr: moving }, ...sides.slice(1)])]
  }
  if (first.expr.kind === 'name')
    return (sides.length === 2 && listedEntries(state, first.expr, second)) || nameFirst(first.expr, sides)
  if (first.expr.kind === 'call') return callFirst(sides)
  const isTold = isPassing(first.expr) && sides.slice(1).every(isEquality) && !isSeparated(state, sides)
  return isTold || isWorkedOut(sides) ? [claim(sides)] : [equation(sides)]
}

/** `\int \frac{dy}{y} = \int x\,dx`: an equation of which both sides are integrated, unless one variable is said in terms of the other. */
const isSeparated = ({ context }: State, sides: readonly ReadSide[]): boolean => {
  const variables = sides.flatMap(({ expr }) =>
    expr.kind === 'opaque' && expr.of?.variable ? [expr.of.variable.key] : [],
  )
  return new Set(variables).size > 1 && !variables.some((key) => context.expressed.has(key))
}

/** `\sin\pi = 0`, `0.25 \times 0.18 \approx 0.045`, `\pi \approx 3.14`: nothing but numbers, and something to work out. */
function isWorkedOut(sides: readonly ReadSide[]): boolean {
  const [first, ...others] = sides
  if (!first || !others.every((side) => isComparison(side) && isNumeric(side.expr))) return false
  return isNumeric(first.expr) && !isPlainNumber(first.expr)
}
const isComparison = (side: ReadSide): boolean => isEquality(side) || side.relation === '≈'
/** Digits, with a sign. */
const isPlainNumber = (expr: Expr): boolean =>
  expr.kind === 'number' ? /\d/.test(expr.text) : argsOf(expr, NEGATIVE).some(isPlainNumber)

/** `\dot{x}` of an x that the note defines: its derivative, by t where the row has other such marks. */
function rateOf(state: State, { name, range }: NameExpr, sides: readonly ReadSide[]): DerivativeExpr | null {
  const [, letter, dots, index = ''] = DOTTED.exec(name.key) ?? []
  const key = letter && letter + index
  if (!key || !dots || !state.context.expressed.has(key)) return null
  const [, accented = key, below = ''] = /^\\d?dot\{(.*?)\}(_.*)?$/.exec(name.latex) ?? []
  const bare: Name = { key, latex: accented + below, plain: name.plain.normalize('NFD').replace(/[\u0307\u0308]/g, '') }
  const order = dots === 'ddot' ? 2 : 1
  const isMoving = namesIn(sides.slice(1).map(({ expr }) => expr)).some((each) => DOTTED.test(each.name.key))
  const time: NameExpr = { kind: 'name', name: { key: 't', latex: 't', plain: 't' }, range }
  const wrt = isMoving ? [{ variable: time, order }] : []
  return {
    kind: 'derivative',
    of: { kind: 'name', name: bare, range },
    wrt,
    order,
    notation: isMoving ? 'total' : 'prime',
    range,
  }
}
const DOTTED = /^(.+)_(dot|ddot)(_[^_]+)?$/

const mention = (side: ReadSide): Statement => ({ kind: 'mention', expr: side.expr, range: side.range })
const claim = (sides: readonly ReadSide[]): Claim => ({
  kind: 'claim',
  sides: sides.map(plainSide),
  range: spanOf(sides),
})
const isEquality = (side: ReadSide): boolean => side.sign === '=' || side.sign === '≔' || side.sign === '≡'

function derivativeFirst(sides: readonly ReadSide[]): Statement[] {
  const [first, second] = sides
  if (first?.expr.kind === 'derivative' && sides.length === 2 && second && second.relation === '=') {
    const value = literal(second)
    if (value?.kind === 'matrix')
      return [{ kind: 'binding', target: first.expr as DerivativeExpr, value, range: spanOf(sides) }]
  }
  return sides.slice(1).some((side) => side.sign !== null && '<>≤≥≠∈∝∼'.includes(side.sign))
    ? [equation(sides)]
    : [claim(sides)]
}

/** `x = (x_1, \dots, x_n)` says what its entries are called; x in bold is the array of those without. */
function listedEntries(state: State, target: NameExpr, side: ReadSide): Statement[] | null {
  if (!isEquality(side)) return null
  const listed = dottedEntries(state, side.tokens)
  if (!listed) return null
  const { base, shape } = listed
  const array: NameExpr = { kind: 'name', name: base, range: side.range }
  const range = around(target.range, side.range)
  if (base.key === target.name.key) return [{ kind: 'declaration', target, shape, range }]
  if (target.name.key.replace(/_(?:bold|vec)$/, '').toLowerCase() !== base.key.toLowerCase()) return null
  const shared = { targetRange: target.range, parameters: null, range, chain: false }
  return [
    { kind: 'declaration', target: array, shape, range: side.range },
    { kind: 'definition', target: target.name, expr: array, ...shared },
  ]
}

function nameFirst(target: NameExpr, sides: readonly ReadSide[]): Statement[] {
  const [first, second] = sides
  if (!first || !second) return []
  const last = sides[sides.length - 1] as ReadSide
  if (!isEquality(second)) {
    // `x \approx 0.5` says little, and never wrongly.
    return [equation(sides)]
  }
  const value = literal(last)
  if (value && sides.slice(1).every(isEquality) && sides.slice(0, -1).every((side) => side.expr.kind === 'name')) {
    return sides
      .slice(0, -1)
      .map((side) => ({ kind: 'binding', target: side.expr as NameExpr, value, range: around(side.range, last.range) }))
  }
  if (isIndexRange(second.expr) || dependsOn(second.expr, target.name)) return [equation(sides)]
  const chain = sides.length > 2
  const definition: Statement = {
    kind: 'definition',
    target: target.name,
    targetRange: target.range,
    parameters: null,
    expr: second.expr,
    range: around(first.range, second.range),
    chain,
  }
  return chain ? [definition, ...secondName(sides), claim(sides)] : [definition]
}

/** `y = f(x) = x^2`, `f(x, y) = z = x y`: the expression defines both names. */
function secondName(sides: readonly ReadSide[]): Statement[] {
  const [first, second, third] = sides
  if (!first || !second || !third || !isEquality(third) || numberOf(third.expr) !== null) return []
  const isCall = second.expr.kind === 'call' && second.expr.primes === 0
  if (first.expr.kind === second.expr.kind || (second.expr.kind !== 'name' && !isCall)) return []
  const name = second.expr.kind === 'call' ? second.expr.callee : second.expr.kind === 'name' ? second.expr.name : null
  const args = second.expr.kind === 'call' ? second.expr.args : []
  const parameters = args.filter((arg): arg is NameExpr => arg.kind === 'name')
  if (!name || parameters.length !== args.length || dependsOn(third.expr, name) || callsOf(third.expr, name)) return []
  // `a_2 = g(z_1) = 3 z_2`: something else is put in, or it is a slip.
  const isOfThem = parameters.length === 0 || parameters.some((each) => dependsOn(third.expr, each.name))
  if (!isOfThem && namesIn([third.expr]).length > 0) return []
  return [
    {
      kind: 'definition',
      target: name,
      targetRange: second.expr.kind === 'call' ? second.expr.calleeRange : second.expr.range,
      parameters: isCall ? parameters : null,
      expr: third.expr,
      range: around(second.range, third.range),
      chain: true,
    },
  ]
}

/** `f(x, y) = …`; a value `f(2) = 4` is an equation. */
function callFirst(sides: readonly ReadSide[]): Statement[] {
  const [first, second] = sides
  if (first?.expr.kind !== 'call' || !second) return []
  const { args, callee, calleeRange } = first.expr
  const parameters = args.filter((arg): arg is NameExpr => arg.kind === 'name')
  const isDefinition = parameters.length === args.length && args.length > 0 && isEquality(second)
  if (!isDefinition && isArithmetic(sides)) return [claim(sides)]
  if (!isDefinition || isIndexRange(second.expr)) return [equation(sides)]
  if (
    numberOf(second.expr) !== null ||
    namesIn([second.expr]).some((name) => name.name.key === callee.key) ||
    callsOf(second.expr, callee)
  )
    return [equation(sides)]
  // `f(x) = x^3 - 1 = 0` is to be solved.
  const last = sides[sides.length - 1]
  const isSolved =
    sides.length > 2 && last !== undefined && numberOf(last.expr) !== null && namesIn([second.expr]).length > 0
  const claimed = isSolved ? sides.slice(0, -1) : sides
  const chain = sides.length > 2
  const definition: Statement = {
    kind: 'definition',
    target: callee,
    targetRange: calleeRange,
    parameters,
    expr: second.expr,
    range: around(first.range, second.range),
    chain,
  }
  if (isSolved && claimed.length < 3) return [definition, equation(sides)]
  return chain ? [definition, ...secondName(sides), claim(claimed)] : [definition]
}

/** `h(3) = 3^2 = 9`: a value of a function, worked out in numbers alone. */
const isArithmetic = (sides: readonly ReadSide[]): boolean => {
  const [first, ...others] = sides
  const isOfNumbers = first?.expr.kind === 'call' && first.expr.args.every(isNumeric)
  return isOfNumbers && others.length > 0 && others.every((side) => isComparison(side) && isNumeric(side.expr))
}
const isNumeric = (expr: Expr): boolean =>
  expr.kind === 'number' || (expr.kind === 'apply' && expr.args.length > 0 && expr.args.every(isNumeric))

function callsOf(expr: Expr, callee: Name): boolean {
  const stack: Expr[] = [expr]
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next.kind === 'call' && next.callee.key === callee.key) return true
    if (next.kind === 'apply' || next.kind === 'call') stack.push(...next.args)
    else if (next.kind === 'matrix') stack.push(...next.rows.flat())
  }
  return false
}

const dependsOn = (expr: Expr, name: Name): boolean =>
  expr.kind !== 'opaque' && namesIn([expr]).some((use) => use.name.key === name.key)

/** `i = 1, …`, `1..N` read as something left out. */
const isIndexRange = (expr: Expr): boolean => {
  if (expr.kind === 'opaque') return expr.reason === 'left out terms'
  return argsOf(expr, PRODUCT).some(isIndexRange)
}

const UPDATED = /(?:^|[_^])(?:new|next|updated|t\+1|n\+1|k\+1|i\+1|\(t\+1\)|\(n\+1\)|\(k\+1\)|\(new\))$/

/** `w^{new} = …`, `w_{t+1} = …`. */
const isUpdate = (expr: Expr): boolean => expr.kind === 'name' && UPDATED.test(expr.name.key)

function assumptions(sides: readonly ReadSide[]): Statement[] {
  const found: Assumption[] = []
  sides.forEach((right, index) => {
    const left = sides[index - 1]
    const relation = ASSUMED.get(right.sign ?? '')
    if (!left || !relation || left.expr.kind === 'opaque' || right.expr.kind === 'opaque') return
    if (isDerivative(left.expr) || isDerivative(right.expr)) return
    found.push({
      kind: 'assumption',
      left: left.expr,
      relation,
      right: right.expr,
      range: around(left.range, right.range),
    })
  })
  return found.length === sides.length - 1 ? found : [equation(sides)]
}

const ASSUMED: ReadonlyMap<string, Assumption['relation']> = new Map([
  ['<', '<'],
  ['>', '>'],
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '!='],
] as const)

/** `X \in \mathbb{R}^{N \times D}`. */
function declarations(state: State, sides: readonly ReadSide[]): Statement[] {
  const [first, second, third] = sides
  if (first?.expr.kind !== 'name' || !second) return [equation(sides)]
  // `x = (x_1, \dots, x_n) \in \mathbb{R}^n`.
  const listed = third && sides.length === 3 && isEquality(second) && listedEntries(state, first.expr, second)
  if (listed) return listed
  if (sides.length !== 2) return [equation(sides)]
  const shape = shapeOf(state.tokens.slice(second.tokens.from, second.tokens.to))
  return shape ? [{ kind: 'declaration', target: first.expr, shape, range: spanOf(sides) }] : [equation(sides)]
}

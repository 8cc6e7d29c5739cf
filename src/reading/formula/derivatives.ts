/** Derivatives as people write them: fractions, slashes, subscripts, nabla, and the programmers' `dw`. */
import type { Expr, NameExpr } from '../statement'
import { ACCENTS, FONTS } from './commands'
import { beginsOperand } from './juxtaposed'
import { draftOf, finishName } from './names'
import { beginsName, readName, scriptSpan } from './nucleus'
import { scriptEnd } from './scripts'
import { around, BINDING, fail, namesIn, opaque, peek, rangeOf, type State, take, takeSign, within } from './state'
import type { Token } from './tokens'

interface Span {
  readonly from: number
  readonly to: number
}

const isD = (token: Token | undefined): boolean =>
  token !== undefined &&
  ((token.kind === 'sign' && token.text === '∂') || (token.kind === 'letter' && token.text === 'd' && !token.accents))
const isDelta = (token: Token | undefined): boolean =>
  token !== undefined && (token.text === '\\delta' || (token.kind === 'letter' && token.text === 'δ'))
const isPartial = (token: Token | undefined): boolean => token?.text === '∂' || isDelta(token)

/** `\frac{…}{…}`: a derivative where its form shows one, else a division. */
export function fraction(state: State): Expr {
  const from = state.position
  const sign = take(state)
  const numerator = argumentSpan(state)
  const denominator = argumentSpan(state)
  const end = state.position
  const range = rangeOf(state, from, end)
  if (isDerivative(state, numerator, denominator)) return derivative(state, numerator, denominator, from, end)
  const above = readSpan(state, numerator)
  const below = readSpan(state, denominator)
  state.position = end
  return { kind: 'apply', op: 'divide', args: [above, below], range, operator: { start: sign.start, end: sign.end } }
}

/** An argument without its braces, however many there are. */
function argumentSpan(state: State): Span {
  const token = peek(state)
  if (token?.kind === 'open' && token.text !== '{') {
    state.position++
    return { from: state.position - 1, to: state.position }
  }
  return unwrapped(state, scriptSpan(state))
}

function unwrapped(state: State, span: Span): Span {
  let { from, to } = span
  while (isWrapping(state, from) && state.partner[from] === to - 1) {
    from++
    to--
  }
  return { from, to }
}

/** Braces, or any bracket right around a ∂. */
const isWrapping = (state: State, at: number): boolean => {
  const token = state.tokens[at]
  return token?.kind === 'open' && (token.text === '{' || state.tokens[at + 1]?.text === '∂')
}

const readSpan = (state: State, span: Span): Expr =>
  within(state, span.from, span.to, () => state.read(state, BINDING.or))

function isDerivative(state: State, numerator: Span, denominator: Span): boolean {
  const above = state.tokens[numerator.from]
  const below = state.tokens[denominator.from]
  if (numerator.from >= numerator.to || denominator.from >= denominator.to) return false
  if (isDelta(above) && isDelta(below)) return denominator.to - denominator.from > 1
  if (!isD(above) || !goesOn(state, numerator)) return false
  if (isD(below)) return denominator.to - denominator.from > 1 && goesOn(state, denominator)
  // A forgotten ∂ below.
  return isPartial(above) && isBareName(state, denominator)
}

/** Behind the d stands something that it can belong to, or nothing. */
function goesOn(state: State, span: Span): boolean {
  const next = span.from + 1 < span.to ? state.tokens[span.from + 1] : undefined
  if (!next) return true
  return next.text === '^' || next.text === "'" || beginsOperand(state, next)
}

function isBareName(state: State, span: Span): boolean {
  const { position, end } = state
  state.position = span.from
  state.end = span.to
  const read = readName(state)
  const whole = read !== null && !peek(state)
  state.position = position
  state.end = end
  return whole
}

/** Reads both parts, and what follows where the operator stands alone: `\frac{d}{dx}(…)`. */
function derivative(state: State, numerator: Span, denominator: Span, from: number, end: number): Expr {
  const notation = isPartial(state.tokens[numerator.from]) ? 'partial' : 'total'
  let order = 1
  let of: Expr | null = null
  within(state, numerator.from, numerator.to, () => {
    take(state)
    order = orderAt(state)
    if (peek(state)) of = state.read(state, BINDING.or)
  })
  const wrt = within(state, denominator.from, denominator.to, () => variables(state))
  state.position = end
  const [single] = wrt
  if (order === 1 && wrt.length === 1 && single && single.order > 1 && single.power)
    wrt[0] = { variable: single.power, order: 1 }
  const total = wrt.reduce((sum, item) => sum + item.order, 0)
  if (total !== order) return opaque(state, 'order of the derivative', from, end, of ? namesIn([of]) : [])
  const body = of ?? operatorBody(state)
  if (!body) return opaque(state, 'operator without a function', from, state.position)
  skipOwnVariable(state, wrt[0]?.variable)
  const range = rangeOf(state, from, state.position)
  return {
    kind: 'derivative',
    of: body,
    wrt: wrt.map(({ variable, order: times }) => ({ variable, order: times })),
    order,
    notation,
    range,
  }
}

/** `\\frac{df}{dx}(x)`: the bracket says again at what. */
function skipOwnVariable(state: State, variable: Expr | undefined): void {
  const { position } = state
  if (variable?.kind !== 'name' || peek(state)?.text !== '(') return
  const close = state.partner[state.position] ?? -1
  if (close < 0 || close >= state.end) return
  const { end } = state
  state.position++
  state.end = close
  const read = readName(state)
  const isOwn =
    read !== null && read.raised.length === 0 && !peek(state) && finishName(read.draft).key === variable.name.key
  state.end = end
  state.position = isOwn ? close + 1 : position
}

/** `^2` behind a d; 1 without. */
function orderAt(state: State): number {
  if (!takeSign(state, '^')) return 1
  const span = scriptSpan(state)
  const digits = state.tokens.slice(span.from, span.to).filter((token) => !'(){}'.includes(token.text))
  const [only] = digits
  if (digits.length !== 1 || only?.kind !== 'number') return fail(state, 'derivative of order n')
  return Number(only.text)
}

/** `power`: the variable with its exponent, where that is no order: `\\partial \\sigma^2`. */
function variables(state: State): { variable: Expr; order: number; power?: Expr }[] {
  const found: { variable: Expr; order: number; power?: Expr }[] = []
  while (peek(state)) {
    const sign = peek(state)
    let order = 1
    if (isD(sign) || isDelta(sign)) {
      take(state)
      order = orderAt(state)
    }
    const variable = state.operand(state)
    const [base, exponent] = variable.kind === 'apply' && variable.op === 'power' ? variable.args : []
    if (base && exponent?.kind === 'number') found.push({ variable: base, order: exponent.value, power: variable })
    else found.push({ variable, order })
  }
  return found
}

/** What an operator `\frac{d}{dx}` is put on: a bracket, else all factors that follow without a sign. */
function operatorBody(state: State): Expr | null {
  const first = peek(state)
  if (!first || !beginsOperand(state, first)) return null
  let body = state.operand(state)
  if (first.kind === 'open' && first.text !== '{') return body
  for (let next = peek(state); next && beginsOperand(state, next); next = peek(state)) {
    const factor = state.operand(state)
    body = {
      kind: 'apply',
      op: 'multiply',
      args: [body, factor],
      attributes: { sign: 'juxtaposed' },
      range: around(body.range, factor.range),
    }
  }
  return body
}

/** Does a derivative in one line begin here: `∂z/∂x`, `dz/dx`, `∂_x z`, `dw`? */
export function beginsDerivative(state: State): boolean {
  const token = state.tokens[state.position]
  if (token?.kind === 'open' && token.text === '{') return slashSpans(state) !== null
  if (!isD(token) && !isDelta(token)) return false
  if (token?.text === '∂') return true
  return slashSpans(state) !== null || programmersName(state) !== null
}

export function slashDerivative(state: State): Expr {
  const from = state.position
  const token = peek(state)
  if (token?.text === '∂' && state.tokens[from + 1]?.text === '_') return indexed(state, 'partial')
  const spans = slashSpans(state)
  if (spans) return derivative(state, spans.numerator, spans.denominator, from, spans.end)
  const name = programmersName(state)
  if (name) {
    state.position = name.end
    const range = rangeOf(state, from, name.end)
    const loss = state.context.loss ?? finishName(draftOf('L'))
    const of: Expr = { kind: 'name', name: loss, range: { start: range.start, end: range.start + 1 } }
    return { kind: 'derivative', of, wrt: [{ variable: name.expr, order: 1 }], order: 1, notation: 'programmer', range }
  }
  take(state)
  const next = peek(state)
  const uses = next && beginsOperand(state, next) ? namesIn([state.operand(state)]) : []
  return opaque(state, 'differential', from, state.position, uses)
}

/** The parts of `d…/d…`, found without reading them. */
function slashSpans(state: State): { numerator: Span; denominator: Span; end: number } | null {
  const from = state.position
  const above = operandEnd(state, from, true)
  if (state.tokens[above]?.text !== '/' || above >= state.end) return null
  const numerator = unwrapped(state, { from, to: above })
  if (!isD(state.tokens[numerator.from]) && !isDelta(state.tokens[numerator.from])) return null
  let below = above + 1
  if (state.tokens[below]?.text === '{') {
    below = operandEnd(state, below, false)
  } else {
    const order = numeratorOrder(state, numerator)
    for (let count = 0; count < order && (isD(state.tokens[below]) || isDelta(state.tokens[below])); ) {
      const start = below
      below = operandEnd(state, below, true)
      count += orderOf(state, start, below)
    }
  }
  const denominator = unwrapped(state, { from: above + 1, to: below })
  if (below > state.end || !isDerivative(state, numerator, denominator)) return null
  return { numerator, denominator, end: below }
}

const numeratorOrder = (state: State, span: Span): number => {
  if (state.tokens[span.from + 1]?.text !== '^') return 1
  const token = state.tokens[span.from + 2]
  return Number((token?.text === '{' ? state.tokens[span.from + 3] : token)?.text) || 1
}

/** The number in `dx^2`. */
function orderOf(state: State, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    if (state.tokens[at]?.text === '^')
      return Number(state.tokens.slice(at + 1, to).find((token) => token.kind === 'number')?.text) || 1
  }
  return 1
}

/** Index behind an operand (with a d before it), by its tokens alone. */
function operandEnd(state: State, start: number, withD: boolean): number {
  const { tokens, partner } = state
  let at = start
  if (withD && (isD(tokens[at]) || isDelta(tokens[at]))) {
    at++
    if (tokens[at]?.text === '^') at = scriptEnd(state, at)
    if (tokens[at]?.text === '/') return at
  }
  const token = tokens[at]
  if (!token || at >= state.end) return at
  if (token.kind === 'open') at = (partner[at] ?? -1) + 1 || state.end
  else if (token.kind === 'command' && (ACCENTS.has(token.text) || FONTS.has(token.text))) {
    at++
    at = tokens[at]?.kind === 'open' ? (partner[at] ?? -1) + 1 || state.end : at + 1
  } else if (beginsName(token) || token.kind === 'function' || token.kind === 'command') at++
  else return at
  for (let next = tokens[at]; next && at < state.end; next = tokens[at]) {
    if (next.text === "'") at++
    else if (next.kind === 'number' && !next.spaced) at++
    else if (next.text === '_' || next.text === '^') at = scriptEnd(state, at)
    else if (next.kind === 'open' && next.text === '(' && !next.spaced) at = (partner[at] ?? -1) + 1 || state.end
    else break
  }
  return at
}

/** `dw` where the note uses it for the gradient of the loss. */
function programmersName(state: State): { expr: NameExpr; end: number } | null {
  const { position, context } = state
  if (context.gradients.size === 0) return null
  const next = state.tokens[position + 1]
  if (!next || next.spaced || !beginsName(next)) return null
  state.position = position + 1
  const read = readName(state)
  const end = state.position
  state.position = position
  if (!read || read.raised.length > 0) return null
  const name = finishName(read.draft)
  return context.gradients.has(name.key)
    ? { expr: { kind: 'name', name, range: rangeOf(state, read.from, end) }, end }
    : null
}

/** `∂_x z` and `\nabla_w L`: the variables stand below. */
function indexed(state: State, notation: 'partial' | 'nabla'): Expr {
  const from = state.position
  take(state)
  const wrt: { variable: Expr; order: number }[] = []
  if (takeSign(state, '_')) {
    const span = scriptSpan(state)
    const after = state.position
    within(state, span.from, span.to, () => {
      while (peek(state)) {
        if (!takeSign(state, ',')) wrt.push({ variable: state.operand(state), order: 1 })
      }
    })
    state.position = after
  }
  const next = peek(state)
  if (!next || !beginsOperand(state, next)) return opaque(state, 'operator without a function', from, state.position)
  const of = state.operand(state)
  return {
    kind: 'derivative',
    of,
    wrt,
    order: Math.max(1, wrt.length),
    notation,
    range: rangeOf(state, from, state.position),
  }
}

/** `\nabla L`, `\nabla_w L`; the other uses of nabla aren't gradients. */
export function nabla(state: State): Expr {
  const from = state.position
  const next = state.tokens[from + 1]
  const reason = NABLA.get(next?.text ?? '')
  if (!reason || next?.kind !== 'sign') return indexed(state, 'nabla')
  take(state)
  take(state)
  const uses = peek(state) ? namesIn([state.operand(state)]) : []
  return opaque(state, reason, from, state.position, uses)
}

const NABLA = new Map([
  ['·', 'divergence'],
  ['×', 'curl'],
  ['^', 'Laplace operator'],
])

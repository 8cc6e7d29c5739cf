/** Derivatives as people write them: fractions, slashes, subscripts, nabla, and the programmers' `dw`. */
import { POWER } from '../../operations/algebra'
import type { Expr, Name, NameExpr } from '../statement'
import { argsOf, arrayTerms, juxtaposed, terms } from '../terms'
import { isD, isDelta, isDerivative, isPartial, type Span, slashSpans, unwrapped } from './derivativeForms'
import { beginsOperand } from './juxtaposed'
import { draftOf, finishName, withoutLayer } from './names'
import { beginsName, readName, scriptSpan } from './nucleus'
import { around, BINDING, fail, namesIn, opaque, peek, rangeOf, type State, take, takeSign, within } from './state'

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
  return terms(range, { start: sign.start, end: sign.end }).quotient(above, below)
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

const readSpan = (state: State, span: Span): Expr =>
  within(state, span.from, span.to, () => state.read(state, BINDING.or))

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
  const bracketed = of === null && peek(state)?.text === '('
  const body = of ?? operatorBody(state)
  if (!body) return opaque(state, 'operator without a function', from, state.position)
  skipOwnVariable(state, wrt[0]?.variable)
  const places = of === null ? [] : placesBehind(state, body, wrt[0]?.variable)
  const range = rangeOf(state, from, state.position)
  if (!places) return opaque(state, 'values of a function', from, state.position, namesIn([body]))
  return {
    kind: 'derivative',
    ...(places.length > 0 && { at: places }),
    of: body,
    wrt: wrt.map(({ variable, order: times }) => ({ variable, order: times })),
    order,
    notation,
    ...(bracketed && { bracketed }),
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

/**
 * `\\frac{\\partial f}{\\partial x}(x_0, y_0)`: where the function is meant, by the names of its variables; none for `(x, y)`. Of other
 * values the bracket doesn't say which variable has which: `null`.
 */
function placesBehind(state: State, of: Expr, by: Expr | undefined): Place[] | null {
  const { position } = state
  const close = state.partner[position] ?? -1
  if (of.kind !== 'name' || by?.kind !== 'name' || peek(state)?.text !== '(') return []
  if (close < 0 || close >= state.end) return []
  const values = within(state, position + 1, close, () => {
    const items = [state.read(state, BINDING.sum)]
    while (takeSign(state, ',')) items.push(state.read(state, BINDING.sum))
    return peek(state) ? [] : items
  })
  state.position = values.length < 2 ? position : close + 1
  if (values.length < 2) return []
  const marked = values.map((value) => (value.kind === 'name' ? /^([a-z]+)(_\w)?$/i.exec(value.name.key) : null))
  const bases = marked.map((found) => found?.[1] ?? '')
  const marks = new Set(marked.map((found) => found?.[2]))
  if (!bases.includes(by.name.key) || marks.size > 1) return null
  if (marks.has(undefined)) return []
  const named = (key: string): Name => ({ key, latex: key.length > 1 ? `\\${key}` : key, plain: key })
  return values.map((value, k) => ({ name: named(bases[k] as string), value }))
}

interface Place {
  readonly name: Name
  readonly value: Expr
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
    const [base, exponent] = argsOf(variable, POWER)
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
    body = juxtaposed(body, factor, around(body.range, factor.range))
  }
  return body
}

/** Does a derivative in one line begin here: `∂z/∂x`, `dz/dx`, `∂_x z`, `dw`? */
export function beginsDerivative(state: State): boolean {
  const token = state.tokens[state.position]
  if (token?.kind === 'open' && token.text === '{') return slashSpans(state) !== null
  if (isIndexedD(state)) return true
  if (!isD(token) && !isDelta(token)) return false
  if (token?.text === '∂') return true
  return slashSpans(state) !== null || programmersName(state) !== null
}

/** `D_x f` where D is no name of the note. */
function isIndexedD({ tokens, position, context }: State): boolean {
  const token = tokens[position]
  return token?.kind === 'letter' && context.operators.has(token.text) && tokens[position + 1]?.text === '_'
}

export function slashDerivative(state: State): Expr {
  const from = state.position
  const token = peek(state)
  if (isIndexedD(state) || (token?.text === '∂' && state.tokens[from + 1]?.text === '_'))
    return indexed(state, 'partial')
  const spans = slashSpans(state)
  if (spans) return derivative(state, spans.numerator, spans.denominator, from, spans.end)
  const name = programmersName(state)
  if (name) {
    state.position = name.end
    const range = rangeOf(state, from, name.end)
    const loss = state.context.loss ?? finishName(draftOf('L'))
    const of: Expr = { kind: 'name', name: loss, range: { start: range.start, end: range.start + 1 } }
    const wrt = [{ variable: name.expr, order: 1 }]
    const slope: Expr = { kind: 'derivative', of, wrt, order: 1, notation: 'programmer', range }
    return name.isTurned ? arrayTerms(range).transposed(slope) : slope
  }
  take(state)
  const next = peek(state)
  const uses = next && beginsOperand(state, next) ? namesIn([state.operand(state)]) : []
  return opaque(state, 'differential', from, state.position, uses)
}

/** `dw` where the note uses it for the gradient of the loss. */
function programmersName(state: State): { expr: NameExpr; end: number; isTurned: boolean } | null {
  const { position, context } = state
  if (context.gradients.size === 0) return null
  const next = state.tokens[position + 1]
  if (!next || next.spaced || !beginsName(next)) return null
  state.position = position + 1
  const read = readName(state)
  const end = state.position
  state.position = position
  // `dZ^T`: what is transposed is the gradient.
  if (!read || read.raised.some(({ kind }) => kind !== 'turned')) return null
  const name = finishName(read.draft)
  const isGradient = context.gradients.has(name.key) || context.gradients.has(withoutLayer(name.key))
  const expr: NameExpr = { kind: 'name', name, range: rangeOf(state, read.from, end) }
  return isGradient ? { expr, end, isTurned: read.raised.length % 2 === 1 } : null
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
  const second = next.text === '^' ? hessian(state, from) : null
  if (second) return second
  take(state)
  take(state)
  const uses = peek(state) ? namesIn([state.operand(state)]) : []
  return opaque(state, reason, from, state.position, uses)
}

/** `\\nabla^2 f(x)`, `\\nabla_w^2 L` of a function of one name: its second derivative by that name; `null` where nothing says so. */
function hessian(state: State, from: number): Expr | null {
  const { tokens } = state
  const isBraced = tokens[from + 2]?.text === '{'
  const [power, behind] = isBraced ? [tokens[from + 3], from + 5] : [tokens[from + 2], from + 3]
  const [name, open, argument, close] = tokens.slice(behind, behind + 4)
  if (power?.text !== '2' || !name || !argument || open?.text !== '(' || close?.text !== ')') return null
  if (!beginsName(name) || !beginsName(argument)) return null
  state.position = behind
  const of = state.operand(state)
  const [only, further] = of.kind === 'call' ? of.args : []
  if (only?.kind !== 'name' || further) {
    state.position = from
    return null
  }
  const range = rangeOf(state, from, state.position)
  return { kind: 'derivative', of, wrt: [{ variable: only, order: 2 }], order: 2, notation: 'nabla', range }
}

const NABLA = new Map([
  ['·', 'divergence'],
  ['×', 'curl'],
  ['^', 'Laplace operator'],
])

/** The forms that show a derivative, told by their tokens before anything is read. */
import { ACCENTS, FONTS } from './commands'
import { beginsOperand } from './juxtaposed'
import { beginsName, readName } from './nucleus'
import { scriptEnd } from './scripts'
import { peek, type State } from './state'
import type { Token } from './tokens'

export interface Span {
  readonly from: number
  readonly to: number
}

export const isD = (token: Token | undefined): boolean =>
  token !== undefined &&
  ((token.kind === 'sign' && token.text === '∂') || (token.kind === 'letter' && token.text === 'd' && !token.accents))

export const isDelta = (token: Token | undefined): boolean =>
  token !== undefined && (token.text === '\\delta' || (token.kind === 'letter' && token.text === 'δ'))

export const isPartial = (token: Token | undefined): boolean => token?.text === '∂' || isDelta(token)

export function unwrapped(state: State, span: Span): Span {
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

export function isDerivative(state: State, numerator: Span, denominator: Span): boolean {
  const above = state.tokens[numerator.from]
  const below = state.tokens[denominator.from]
  if (numerator.from >= numerator.to || denominator.from >= denominator.to) return false
  // `\\frac{dy/dt}{dx/dt}` is a fraction of two derivatives.
  if (hasSlash(state, numerator) || hasSlash(state, denominator)) return false
  if (isDelta(above) && isDelta(below)) return denominator.to - denominator.from > 1
  if (!isD(above) || !goesOn(state, numerator)) return false
  // Where d is a variable of the note, `\frac{d}{d\,x}` is a fraction.
  const isApart = numerator.to - numerator.from === 1 && state.tokens[denominator.from + 1]?.spaced === true
  if (isApart && above?.kind === 'letter' && state.context.variables.has('d')) return false
  if (isD(below)) return denominator.to - denominator.from > 1 && goesOn(state, denominator)
  // A forgotten ∂ below.
  return isPartial(above) && isBareName(state, denominator)
}

function hasSlash({ tokens, partner }: State, { from, to }: Span): boolean {
  for (let at = from; at < to; at++) {
    if (tokens[at]?.text === '/') return true
    if (tokens[at]?.kind === 'open') at = Math.max(at, partner[at] ?? at)
  }
  return false
}

/** Behind the d stands something that it can belong to, or nothing. */
function goesOn(state: State, span: Span): boolean {
  const next = span.from + 1 < span.to ? state.tokens[span.from + 1] : undefined
  if (!next) return true
  // `\\frac{d|x|}{dx}`: a bar is no sign of being given there.
  return next.text === '^' || next.text === "'" || next.text === '|' || beginsOperand(state, next)
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

/** The parts of `d…/d…`, found without reading them. */
export function slashSpans(state: State): { numerator: Span; denominator: Span; end: number } | null {
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

/** Functions of whole arrays, norms, lists of numbers and places of brackets. */

import { operationCalled } from '../../operations/index'
import type { Expr, MatrixExpr } from '../statement'
import { arrayTerms, terms } from '../terms'
import { placesIn } from './places'
import { BINDING, inBrackets, opaque, peek, rangeOf, type State, Unreadable, within } from './state'
import type { Token } from './tokens'

/** The operation on arrays that a token names, unless the note uses the word for something of its own. */
function arrayOperation(state: State, token: Token) {
  if (token.kind === 'command') return operationCalled(token.text)
  if (token.kind !== 'text' && token.kind !== 'word') return undefined
  const word = token.text.trim()
  if (state.context.functions.has(word)) return undefined
  return operationCalled(word)
}

/** Does a function of an array begin here, `\operatorname{tr}(…)`, `\det A`? */
export function beginsArrayFunction(state: State): boolean {
  const token = peek(state)
  if (!token || !arrayOperation(state, token)) return false
  const next = state.tokens[state.position + 1]
  return next !== undefined && state.position + 1 < state.end && (next.kind === 'open' || token.kind === 'command')
}

export function arrayFunction(state: State): Expr {
  const from = state.position
  const token = state.tokens[from] as Token
  const entry = arrayOperation(state, token)
  state.position++
  const open = peek(state)
  const isCall = open?.kind === 'open' && ('([|'.includes(open.text) || open.text === '\\{')
  const arg = isCall ? inBrackets(state, () => state.read(state, BINDING.or)) : state.operand(state)
  return {
    kind: 'apply',
    op: entry?.name ?? '',
    args: [arg],
    range: rangeOf(state, from, state.position),
    operator: { start: token.start, end: token.end },
  }
}

/** The norm of what stands between two bars; behind it `_2`, `_F` and `_1` may say which. */
export function normBetween(state: State, from: number, close: number): Expr {
  const { depth, bars, end } = state
  let inner: Expr
  try {
    inner = within(state, from + 1, close, () => state.read(state, BINDING.or))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    Object.assign(state, { depth, bars, end })
    state.position = close + 1
    return opaque(state, 'norm', from, close + 1)
  }
  state.position = close + 1
  const kind = kindOfNorm(state)
  const range = rangeOf(state, from, state.position)
  if (kind === null) return opaque(state, 'norm', from, state.position)
  if (kind === 2) return arrayTerms(range).norm(inner)
  return arrayTerms(range).sumAlong(terms(inner.range).absolute(inner), null)
}

/** 1 or 2 (also for Frobenius, the 2-norm of all entries); `null` for any other. */
function kindOfNorm(state: State): 1 | 2 | null {
  const { tokens, position } = state
  const sign = tokens[position]
  if (position >= state.end || sign?.kind !== 'sign' || sign.text !== '_') return 2
  const braced = tokens[position + 1]?.text === '{' && state.partner[position + 1] === position + 3
  const which = tokens[position + (braced ? 2 : 1)]?.text.trim()
  if (which !== '1' && which !== '2' && which !== 'F') return null
  state.position = position + (braced ? 4 : 2)
  return which === '1' ? 1 : 2
}

/** `(1, 2)` as a vector; `null` where an item is no expression that a vector could hold. */
export function listVector(state: State, items: readonly Expr[], from: number, close: number): MatrixExpr | null {
  if (items.length < 2 || items.some((item) => item.kind === 'opaque' || item.kind === 'matrix')) return null
  return { kind: 'matrix', rows: [items], list: true, range: rangeOf(state, from, close + 1) }
}

/** `(XW)_{nk}`: the places behind a bracket; `null` where the script says something else, and nothing is taken. */
export function entryBehind(state: State, of: Expr, span: { from: number; to: number }, from: number): Expr | null {
  const at = placesIn(state.tokens.slice(span.from, span.to))
  return at && { kind: 'entry', of, at, range: rangeOf(state, from, state.position) }
}

/** One Pratt parser for LaTeX, Unicode and plain formulas: the operators between operands, and how tightly they bind. */

import { operationSpelled, operatorSpelled } from '../../operations/index'
import type { Expr, OpaqueExpr } from '../statement'
import { juxtaposed, terms } from '../terms'
import { partners } from './brackets'
import { beginsOperand } from './juxtaposed'
import type { NoteContext } from './noteContext'
import { operand } from './operands'
import { withSeries } from './series'
import {
  around,
  BINDING,
  fail,
  lettersIn,
  MAXIMUM_DEPTH,
  opaque,
  peek,
  rangeOf,
  type State,
  take,
  Unreadable,
  within,
} from './state'
import type { Token } from './tokens'

interface Infix {
  readonly binding: number
  /** How a product is written. */
  readonly sign?: 'dot' | 'times' | 'star' | 'hadamard'
}

const INFIX: ReadonlyMap<string, Infix> = new Map<string, Infix>([
  ['+', { binding: BINDING.sum }],
  ['-', { binding: BINDING.sum }],
  ['·', { binding: BINDING.product, sign: 'dot' }],
  ['×', { binding: BINDING.product, sign: 'times' }],
  ['*', { binding: BINDING.product, sign: 'star' }],
  ['⊙', { binding: BINDING.product, sign: 'hadamard' }],
  ['∘', { binding: BINDING.product, sign: 'hadamard' }],
  ['⊗', { binding: BINDING.product, sign: 'hadamard' }],
  ['/', { binding: BINDING.product }],
  ['÷', { binding: BINDING.product }],
  ['<', { binding: BINDING.comparison }],
  ['>', { binding: BINDING.comparison }],
  ['≤', { binding: BINDING.comparison }],
  ['≥', { binding: BINDING.comparison }],
  ['≠', { binding: BINDING.comparison }],
  ['=', { binding: BINDING.comparison }],
  ['∧', { binding: BINDING.and }],
  ['∨', { binding: BINDING.or }],
])

/** Longer chains of operators are given up: whatever walks them later does so recursively. */
const MAXIMUM_TERMS = 1500

/** Expression of operators that bind at least so tightly. */
function read(state: State, binding: number): Expr {
  if (++state.depth > MAXIMUM_DEPTH) fail(state, 'nested too deeply')
  peek(state)
  const from = state.position
  let left = prefix(state, binding)
  let terms = 0
  for (let token = peek(state); token; token = peek(state)) {
    const next = infix(state, left, token, binding, from)
    if (!next) break
    if (++terms > MAXIMUM_TERMS) fail(state, 'too long')
    left = next
  }
  state.depth--
  return withSeries(left)
}

/** A sign before a term; it binds looser than a product: `-a b` is `-(a b)`, `-t^2` is `-(t^2)`. */
function prefix(state: State, binding: number): Expr {
  const token = peek(state)
  if (token?.kind !== 'sign' || (token.text !== '-' && token.text !== '+')) return operand(state)
  const from = state.position
  take(state)
  const factor = token.text === '-' ? negativeFactor(state, from) : null
  if (factor) return factor
  const inner = read(state, Math.max(binding, BINDING.product))
  if (token.text === '+') return inner
  return terms(rangeOf(state, from, state.position), rangeOfToken(token)).negative(inner)
}

/** `-1 \\times x`: who writes the sign of a product behind the number multiplies by a negative number. */
function negativeFactor(state: State, from: number): Expr | null {
  const [number, next] = [peek(state), state.tokens[state.position + 1]]
  if (number?.kind !== 'number' || next?.kind !== 'sign' || INFIX.get(next.text)?.sign === undefined) return null
  const read = operand(state)
  if (read.kind !== 'number') return fail(state, 'not an expression')
  return { ...read, value: -read.value, text: `-${read.text}`, range: rangeOf(state, from, state.position) }
}

const rangeOfToken = (token: Token) => ({ start: token.start, end: token.end })

/** What goes on behind `left`, which began at the token `from`: its brackets belong to the range of the whole. */
function infix(state: State, left: Expr, token: Token, binding: number, from: number): Expr | null {
  const entry = token.kind === 'sign' ? INFIX.get(token.text) : undefined
  if (entry) return entry.binding < binding ? null : written(state, left, token, entry, from)
  if (token.kind === 'function' && operatorSpelled('plain', token.text, 2)?.isCondition) return null
  if (token.kind === 'sign' && (token.text === '±' || token.text === '∓')) return fail(state, 'plus or minus')
  if (binding > BINDING.product || !beginsOperand(state, token)) return null
  if (isCondition(state, token)) return null
  if (token.kind === 'number' && left.kind === 'number') return fail(state, 'two numbers side by side')
  const right = read(state, BINDING.operand)
  return juxtaposed(left, right, rangeOf(state, from, state.position))
}

function written(state: State, left: Expr, token: Token, entry: Infix, from: number): Expr {
  take(state)
  peek(state)
  const second = state.position
  const right = read(state, entry.binding + 1)
  if (token.text === '∘') {
    const composed = composition(state, left, right)
    if (composed) return composed
  }
  const op = operationSpelled('plain', token.text)
  if (!op) return fail(state, `unknown sign ${token.text}`)
  const shared = { range: rangeOf(state, from, state.position), operator: rangeOfToken(token) }
  if (entry.binding !== BINDING.comparison) {
    return {
      kind: 'apply',
      op: op.name,
      args: [left, right],
      ...(entry.sign && { attributes: { sign: entry.sign } }),
      ...shared,
    }
  }
  const compared: Expr = { kind: 'apply', op: op.name, args: [left, right], ...shared }
  // `0 < x < 1` says both.
  const next = peek(state)
  const chained = next?.kind === 'sign' ? INFIX.get(next.text) : undefined
  if (!next || chained?.binding !== BINDING.comparison) return compared
  if (++state.depth > MAXIMUM_DEPTH) return fail(state, 'nested too deeply')
  const rest = written(state, right, next, chained, second)
  return terms(rangeOf(state, from, state.position)).both(compared, rest)
}

/** `f \\circ g(x)` is `f(g(x))`; between quantities the sign is the elementwise product. */
function composition(state: State, left: Expr, right: Expr): Expr | null {
  if (left.kind !== 'name') return null
  const { functions } = state.context
  const isFunction = functions.has(left.name.key) || (right.kind === 'call' && /^[fghFGH]$/.test(left.name.key))
  if (right.kind !== 'call') return isFunction ? fail(state, 'composition') : null
  if (!isFunction) return null
  return {
    kind: 'call',
    callee: left.name,
    args: [right],
    primes: 0,
    range: around(left.range, right.range),
    calleeRange: left.range,
  }
}

/** `x (x > 0)`: a bracket that holds a condition is no factor. */
function isCondition(state: State, token: Token): boolean {
  if (token.kind !== 'open' || (token.text !== '(' && token.text !== '[')) return false
  return holdsRelation(state, state.position)
}

/** Does the bracket at this index hold a comparison of its own? */
export function holdsRelation(state: Pick<State, 'tokens' | 'partner'>, open: number): boolean {
  const close = state.partner[open] ?? -1
  for (let at = open + 1; at < close; at++) {
    const token = state.tokens[at] as Token
    if (token.kind === 'open' || token.kind === 'begin') at = Math.max(at, state.partner[at] ?? at)
    else if (token.kind === 'sign' && '<>≤≥≠='.includes(token.text)) return true
  }
  return false
}

/** A parse over these tokens. */
export function startState(text: string, tokens: readonly Token[], context: NoteContext, plain: boolean): State {
  return {
    text,
    tokens,
    partner: partners(tokens),
    context,
    plain,
    position: 0,
    end: tokens.length,
    depth: 0,
    bars: 0,
    read,
    operand,
  }
}

/** The expression in a part of the tokens; what can't be read is opaque, with its reason. */
export function expression(state: State, from: number, to: number): Expr {
  state.depth = 0
  state.bars = 0
  try {
    state.end = to
    return within(state, from, to, () => read(state, BINDING.or))
  } catch (error) {
    if (error instanceof Unreadable) return unreadable(state, error, from, to)
    throw error
  } finally {
    state.position = to
    state.end = state.tokens.length
  }
}

const unreadable = (state: State, error: Unreadable, from: number, to: number): OpaqueExpr =>
  opaque(state, error.reason, from, to, lettersIn(state, from, to))

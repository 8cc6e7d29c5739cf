/** Where a parse stands, and the small steps that all parts of the parser take. */

import type { BinderExpr, Expr, NameExpr, OpaqueExpr, Range } from '../statement'
import { terms } from '../terms'
import type { NoteContext } from './noteContext'
import type { Token } from './tokens'

export interface State {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly partner: Int32Array
  readonly context: NoteContext
  /** Without LaTeX: `x^2y` has no group but what brackets make. */
  readonly plain: boolean
  position: number
  /** The part that is being read ends before this token. */
  end: number
  depth: number
  /** Bars that are open: `|` closes the innermost. */
  bars: number
  /** Reads an expression of operators that bind at least so tightly. */
  readonly read: (state: State, binding: number) => Expr
  /** Reads one operand with its powers. */
  readonly operand: (state: State) => Expr
}

/** How tightly operators bind. */
export const BINDING = { or: 1, and: 2, comparison: 3, sum: 4, product: 5, operand: 6 } as const

/** How deep brackets may stand in each other. */
export const MAXIMUM_DEPTH = 150

/** What can't be read, with the reason in a few words. Thrown inside of the parser only. */
export class Unreadable extends Error {
  constructor(
    readonly reason: string,
    readonly at: number,
  ) {
    super(reason)
  }
}

export const fail = (state: State, reason: string): never => {
  throw new Unreadable(reason, state.tokens[state.position]?.start ?? state.text.length)
}

/** Tokens that only part cells and rows. */
export const isInvisible = (token: Token | undefined): boolean =>
  token?.kind === 'align' || token?.kind === 'newline' || token?.kind === 'space' || token?.kind === 'tie'

/** The next token of the part that is being read. */
export function peek(state: State): Token | undefined {
  while (state.position < state.end) {
    const token = state.tokens[state.position] as Token
    if (!isInvisible(token)) return token
    state.position++
  }
  return undefined
}

export function take(state: State): Token {
  const token = peek(state)
  if (!token) return fail(state, 'ends too early')
  state.position++
  return token
}

export const peekSign = (state: State, sign: string): boolean => {
  const token = peek(state)
  return token?.kind === 'sign' && token.text === sign
}

export function takeSign(state: State, sign: string): Token | undefined {
  return peekSign(state, sign) ? take(state) : undefined
}

/** Reads what stands between two tokens as a whole. */
export function within<T>(state: State, from: number, to: number, reader: () => T): T {
  const { end, bars } = state
  state.position = from
  state.end = to
  state.bars = 0
  const result = reader()
  if (peek(state)) fail(state, 'more than one expression')
  state.position = to
  state.end = end
  state.bars = bars
  return result
}

/** What a reader makes of it; `null`, with the state as it was, where it can't be read. */
export function attempted<T>(state: State, reader: () => T | null): T | null {
  const { position, end, depth, bars } = state
  try {
    const result = reader()
    if (result !== null) return result
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
  }
  Object.assign(state, { position, end, depth, bars })
  return null
}

/** Where the tokens between two places stand, but for those within a bracket or an environment. */
export function* outside({ tokens, partner }: State, from: number, to: number): Generator<number> {
  for (let at = from; at < to; at++) {
    yield at
    const { kind } = tokens[at] as Token
    if (kind === 'open' || kind === 'begin') at = Math.max(at, partner[at] ?? at)
  }
}

/** The partner of the bracket at the position; it must lie in the part that is being read. */
export function closing(state: State): number {
  const close = state.partner[state.position] ?? -1
  if (close < 0 || close >= state.end) fail(state, 'brackets without a partner')
  return close
}

/** Reads what the bracket at the position holds, as a whole; the position is behind it then. */
export function inBrackets<T>(state: State, reader: () => T): T {
  const close = closing(state)
  const result = within(state, state.position + 1, close, reader)
  state.position = close + 1
  return result
}

/** From the first token to the last but invisible ones. */
export function rangeOf(state: State, from: number, to: number): Range {
  let first = from
  let last = to - 1
  while (first < last && isInvisible(state.tokens[first])) first++
  while (last > first && isInvisible(state.tokens[last])) last--
  const start = state.tokens[first]?.start ?? state.text.length
  let end = start
  // A macro's argument may end after the macro's own tokens.
  for (let at = first; at <= last; at++) end = Math.max(end, state.tokens[at]?.end ?? start)
  return { start, end }
}

/** The smallest range around both. */
export const around = (a: Range, b: Range): Range => ({
  start: Math.min(a.start, b.start),
  end: Math.max(a.end, b.end),
})

/** Names inside of expressions, each once. */
export function namesIn(exprs: readonly Expr[]): NameExpr[] {
  const found = new Map<string, NameExpr>()
  const stack = [...exprs].reverse()
  for (let expr = stack.pop(); expr; expr = stack.pop()) {
    if (expr.kind === 'name') found.has(expr.name.key) || found.set(expr.name.key, expr)
    else stack.push(...partsOf(expr).reverse())
  }
  return [...found.values()]
}

/** `1` and `n` of `\sum_{i=1}^{n}`, each once. */
const limitsOf = ({ indices }: BinderExpr): Expr[] => [
  ...new Set(indices.flatMap(({ from, to }) => [from, to]).filter((limit) => limit !== null)),
]

/** The expressions that an expression is made of. */
export function partsOf(expr: Expr): Expr[] {
  if (expr.kind === 'apply' || expr.kind === 'call') return [...expr.args]
  if (expr.kind === 'matrix') return expr.rows.flat()
  if (expr.kind === 'binder') return [expr.body, ...(expr.condition ? [expr.condition] : []), ...limitsOf(expr)]
  if (expr.kind === 'entry') return [expr.of]
  if (expr.kind === 'opaque') return [...expr.uses]
  if (expr.kind === 'derivative')
    return [expr.of, ...expr.wrt.map((w) => w.variable), ...(expr.at ?? []).map((a) => a.value)]
  return []
}

/** An expression that isn't understood, over these tokens. */
export function opaque(
  state: State,
  reason: string,
  from: number,
  to: number,
  uses: readonly NameExpr[] = [],
): OpaqueExpr {
  const range = rangeOf(state, from, to)
  return { kind: 'opaque', reason, text: state.text.slice(range.start, range.end), uses, range }
}

/** The argument of a macro or exponent: what braces or brackets hold, `-x`, or the next operand without a power of its own. */
export function scriptArgument(state: State): Expr {
  const token = peek(state)
  if (!token) return fail(state, 'ends too early')
  if (token.kind === 'open' && (token.text === '{' || token.text === '(' || token.text === '[')) {
    const close = closing(state)
    if (close === state.position + 1) return fail(state, 'empty brackets')
    return inBrackets(state, () => state.read(state, BINDING.or))
  }
  if (token.kind === 'sign' && (token.text === '-' || token.text === '+')) {
    state.position++
    const inner = scriptArgument(state)
    if (token.text === '+') return inner
    return terms(around(token, inner.range), { start: token.start, end: token.end }).negative(inner)
  }
  return state.operand(state)
}

/** Plain letters of a part that can't be read. */
export function lettersIn(state: State, from: number, to: number): OpaqueExpr['uses'] {
  const seen = new Map<string, OpaqueExpr['uses'][number]>()
  for (const token of state.tokens.slice(from, to)) {
    if (token.kind !== 'letter' || seen.has(token.text)) continue
    const name = { key: token.text, latex: token.text, plain: token.text }
    if (/[A-Za-z]/.test(token.text))
      seen.set(token.text, { kind: 'name', name, range: { start: token.start, end: token.end } })
  }
  return [...seen.values()]
}

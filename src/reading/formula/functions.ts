/** Functions of the table applied with or without brackets: `\sin(x)`, `\sin 2x`, `\log_2 x`, `\max(0, x)`. */
import { operation, operationSpelled } from '../../operations/index'
import type { Operation } from '../../operations/operation'
import type { Expr, Range } from '../statement'
import { apply, argumentReason } from './apply'
import { callArguments } from './named'
import { beginsName, scriptSpan } from './nucleus'
import {
  around,
  BINDING,
  fail,
  inBrackets,
  namesIn,
  opaque,
  peek,
  peekSign,
  rangeOf,
  type State,
  scriptArgument,
  take,
  Unreadable,
  within,
} from './state'
import type { Token } from './tokens'

/** Logarithms to a base of their own. */
const LOG_TEN = new Set(['\\lg', 'log10'])
const LOG_TWO = new Set(['\\lb', 'log2'])

/** The operation that a token spells; names that need brackets (`\sigma`, `\text{ReLU}`) aren't meant. */
export function functionOf(token: Token): Operation | undefined {
  if (token.kind === 'command') {
    if (LOG_TEN.has(token.text) || LOG_TWO.has(token.text)) return operation('log')
    if (!/^\\[a-z]+$/.test(token.text) || token.text === '\\sigma') return undefined
    const entry = operationSpelled('latex', token.text)
    return entry?.isFunction ? entry : undefined
  }
  if (token.kind !== 'function') return undefined
  if (LOG_TEN.has(token.text) || LOG_TWO.has(token.text)) return operation('log')
  return operationSpelled('plain', token.text)
}

export const beginsFunction = (token: Token): boolean => functionOf(token) !== undefined

export function functionApplication(state: State): Expr {
  const from = state.position
  const token = take(state)
  const entry = functionOf(token) ?? fail(state, `unknown function ${token.text}`)
  const operator: Range = { start: token.start, end: token.end }
  const scripts = functionScripts(state, token)
  const args = functionArguments(state, entry, from)
  const range = rangeOf(state, from, state.position)
  const uses = namesIn(args)
  if (scripts.primes > 0) return primed(entry, token, args, scripts.primes, range, operator)
  if (scripts.base && entry.name !== 'log')
    return opaque(state, `${token.text.replace('\\', '')} over an index`, from, state.position, uses)
  if (isMinusOne(scripts.power)) return inverse(state, entry, args, from, range, operator)
  let expr =
    apply(entry, args, range, operator) ?? opaque(state, argumentReason(entry.name), from, state.position, uses)
  const base = scripts.base ?? baseOf(token, operator)
  if (base) {
    const logOfBase: Expr = { kind: 'apply', op: 'log', args: [base], range: base.range }
    expr = { kind: 'apply', op: 'divide', args: [expr, logOfBase], range, operator }
  }
  return scripts.power ? { kind: 'apply', op: 'power', args: [expr, scripts.power], range, operator } : expr
}

const literal = (value: number, range: Range): Expr => ({ kind: 'number', value, text: String(value), range })
const baseOf = (token: Token, range: Range): Expr | null =>
  LOG_TEN.has(token.text) ? literal(10, range) : LOG_TWO.has(token.text) ? literal(2, range) : null
const isMinusOne = (power: Expr | null): boolean =>
  power?.kind === 'apply' && power.op === 'negate' && power.args[0]?.kind === 'number' && power.args[0].value === 1

/** `\sin^2`, `\log_2`, `\sigma'`, in any order. */
function functionScripts(state: State, token: Token): { base: Expr | null; power: Expr | null; primes: number } {
  let base: Expr | null = null
  let power: Expr | null = null
  let primes = 0
  // `log10`, `log2` in plain text and code-like LaTeX.
  const digits = peek(state)
  if (
    token.text === 'log' &&
    digits?.kind === 'number' &&
    !digits.spaced &&
    /^(?:2|10)$/.test(digits.text) &&
    state.tokens[state.position + 1]?.text === '('
  ) {
    take(state)
    base = literal(Number(digits.text), { start: digits.start, end: digits.end })
  }
  for (;;) {
    if (peekSign(state, "'")) {
      take(state)
      primes++
    } else if (!base && peekSign(state, '_')) {
      take(state)
      base = baseArgument(state)
    } else if (!power && (peekSign(state, '^') || peekSign(state, '**'))) {
      take(state)
      const marks = primesAt(state)
      if (marks > 0) primes += marks
      else power = exponentArgument(state)
    } else return { base, power, primes }
  }
}

/** `^{'}`, `^{\\prime}`: how many primes; none are taken where there is anything else. */
function primesAt(state: State): number {
  const { position } = state
  const span = scriptSpan(state)
  const inner = state.tokens.slice(span.from, span.to)
  if (inner.length > 0 && inner.every((token) => token.text === "'")) return inner.length
  state.position = position
  return 0
}

/** A base or an index; what isn't an expression (`i \in S`) counts as an index. */
function baseArgument(state: State): Expr {
  const from = state.position
  const span = scriptSpan(state)
  const after = state.position
  try {
    return within(state, span.from, span.to, () => state.read(state, BINDING.sum))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return opaque(state, 'index', from, after)
  } finally {
    state.position = after
  }
}

/** `\sin^2 x` and, typed without braces, `\sin^2x`: one token. */
function exponentArgument(state: State): Expr {
  const token = peek(state)
  if (token?.kind !== 'letter') return scriptArgument(state)
  const span = scriptSpan(state)
  const after = state.position
  const exponent = within(state, span.from, span.to, () => state.read(state, BINDING.or))
  state.position = after
  return exponent
}

function functionArguments(state: State, entry: Operation, from: number): Expr[] {
  const token = peek(state)
  if (!token) return fail(state, 'function without an argument')
  if (token.kind === 'open' && ('(['.includes(token.text) || (token.text === '\\{' && entry.arity !== 1))) {
    return inBrackets(state, () => callArguments(state))
  }
  if (entry.arity !== 1)
    return [opaque(state, `${entry.name} over an index`, from, state.position), bareArgument(state)]
  if (token.kind === 'sign' && token.text === '-') return [scriptArgument(state)]
  return [bareArgument(state)]
}

/** Without brackets: one operand; after a number what is written right behind it too (`\sin 2x`), and letters without a space (`\log xy`). */
function bareArgument(state: State): Expr {
  let expr = state.operand(state)
  for (let token = peek(state); token; token = peek(state)) {
    if (!beginsName(token) || !belongsTo(expr, token, state)) break
    const next = state.operand(state)
    const isNumber = expr.kind === 'number'
    expr = {
      kind: 'apply',
      op: 'multiply',
      args: [expr, next],
      attributes: { sign: 'juxtaposed' },
      range: around(expr.range, next.range),
    }
    if (isNumber && next.kind !== 'number') break
  }
  return expr
}

function belongsTo(expr: Expr, token: Token, state: State): boolean {
  if (expr.kind === 'number' || endsWithNumber(expr)) return true
  if (expr.kind === 'name' && expr.name.key === 'omega') return true
  const previous = state.tokens[state.position - 1]
  return token.kind === 'letter' && previous?.kind === 'letter' && !token.spaced && previous.end === token.start
}

/** `2π`: more constants may follow a number. */
const endsWithNumber = (expr: Expr): boolean =>
  expr.kind === 'apply' && expr.op === 'multiply' && expr.args.every((arg) => arg.kind === 'number')

/** `\sin^{-1} x`. */
function inverse(
  state: State,
  entry: Operation,
  args: readonly Expr[],
  from: number,
  range: Range,
  operator: Range,
): Expr {
  const arc = entry.inverse === undefined ? undefined : operation(entry.inverse)
  const expr = arc && apply(arc, args, range, operator)
  return expr ?? opaque(state, 'inverse function', from, state.position, namesIn(args))
}

/** `\tanh'(z)`: the derivative of the function at the argument. */
function primed(
  entry: Operation,
  token: Token,
  args: readonly Expr[],
  primes: number,
  range: Range,
  operator: Range,
): Expr {
  const plain = token.text.replace(/^\\/, '')
  return {
    kind: 'call',
    callee: { key: entry.name, latex: token.text, plain },
    args,
    primes,
    range,
    calleeRange: operator,
  }
}

/** Functions of the table applied with or without brackets: `\sin(x)`, `\sin 2x`, `\log_2 x`, `\max(0, x)`. */

import { NEGATIVE } from '../../operations/algebra'
import { logarithmSpelled, operation } from '../../operations/index'
import type { Operation } from '../../operations/operation'
import type { Expr, Range } from '../statement'
import { terms } from '../terms'
import { apply, argumentReason } from './apply'
import { bareArgument } from './bareArgument'
import { baseOf, functionOf } from './functionTokens'
import { callArguments } from './named'
import { scriptSpan } from './nucleus'
import {
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
  if (scripts.base && !entry.bases)
    return opaque(state, `${token.text.replace('\\', '')} over an index`, from, state.position, uses)
  if (isMinusOne(scripts.power)) return inverse(state, entry, args, from, range, operator)
  let expr = apply(entry, args, range, operator) ?? opaque(state, argumentReason(entry), from, state.position, uses)
  const spelledBase = baseOf(token)
  const base = scripts.base ?? (spelledBase === undefined ? null : literal(spelledBase, operator))
  if (base) {
    expr = terms(range, operator).quotient(expr, terms(base.range).logarithm(base))
  }
  return scripts.power ? terms(range, operator).power(expr, scripts.power) : expr
}

const literal = (value: number, range: Range): Expr => ({ kind: 'number', value, text: String(value), range })
const isMinusOne = (power: Expr | null): boolean =>
  power?.kind === 'apply' && power.op === NEGATIVE && power.args[0]?.kind === 'number' && power.args[0].value === 1

/** `\sin^2`, `\log_2`, `\sigma'`, in any order. */
function functionScripts(state: State, token: Token): { base: Expr | null; power: Expr | null; primes: number } {
  let base: Expr | null = null
  let power: Expr | null = null
  let primes = 0
  // `log10`, `log2` in plain text and code-like LaTeX.
  const digits = peek(state)
  if (
    digits?.kind === 'number' &&
    !digits.spaced &&
    logarithmSpelled(token.text + digits.text) &&
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
  return [bareArgument(state)]
}

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

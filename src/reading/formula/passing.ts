/** Integrals and differences between bounds: what of them can be read, though no graph shows it. */
import { DIFFERENCE, NEGATIVE, PRODUCT } from '../../operations/algebra'
import { rewritten } from '../rewritten'
import type { Expr, Name, NumberExpr, OpaqueExpr, Passing } from '../statement'
import { finishName } from './names'
import { beginsName, readName, scriptSpan } from './nucleus'
import {
  attempted,
  BINDING,
  fail,
  namesIn,
  opaque,
  partsOf,
  peekSign,
  rangeOf,
  type State,
  take,
  within,
} from './state'
import type { Token } from './tokens'
import { isRelation } from './walk'

interface Span {
  readonly from: number
  readonly to: number
}

/** The scripts at the position, in either order. */
function scripts(state: State): { below: Span | null; above: Span | null } {
  let below: Span | null = null
  let above: Span | null = null
  while (peekSign(state, '_') || peekSign(state, '^')) {
    const isBelow = take(state).text === '_'
    const span = scriptSpan(state)
    if (isBelow) below = span
    else above = span
  }
  return { below, above }
}

/** What is read in a script, which may lie beyond what is read around it; the position stays. */
function inSpan<T>(state: State, { from, to }: Span, read: () => T): T {
  const { position, end } = state
  state.end = Math.max(end, to)
  const found = within(state, from, to, read)
  Object.assign(state, { position, end })
  return found
}

const whole = (state: State, span: Span): Expr => inSpan(state, span, () => state.read(state, BINDING.or))

/** The term as one that can't be drawn, with what is known of it where its bounds are plain. */
function term(state: State, from: number, reason: string, of: Passing, isBound: boolean): OpaqueExpr {
  const bounds = [of.from, of.to].filter((bound) => bound !== null)
  const inside = namesIn([of.body]).filter(({ name }) => !isBound || name.key !== of.variable?.key)
  const made = opaque(state, reason, from, state.position, namesIn([...inside, ...bounds]))
  return bounds.every((bound) => bound.kind !== 'opaque') ? { ...made, of } : made
}

/** `\int_a^b f\,dx`, behind its sign; the integrand ends at the differential that belongs to it. */
export function integral(state: State, from: number): Expr | null {
  const sign = state.tokens[from] as Token
  if (!/^(?:\\int|∫)$/.test(state.text.slice(sign.start, sign.end))) return null
  return attempted(state, () => {
    const { below, above } = scripts(state)
    const start = state.position
    const at = differentialOf(state)
    if (at < 0) return null
    const body: Expr =
      at === start
        ? { kind: 'number', value: 1, text: '1', range: rangeOf(state, from, from + 1) }
        : whole(state, { from: start, to: at })
    state.position = at + 1
    const read = readName(state)
    if (!read || read.raised.length > 0) return null
    const variable = finishName(read.draft)
    if ((below === null) !== (above === null)) return opaque(state, 'integral', from, state.position, namesIn([body]))
    const [lower, upper] = [below && whole(state, below), above && whole(state, above)]
    return term(state, from, 'integral', { op: 'integral', variable, from: lower, to: upper, body }, lower !== null)
  })
}

/** `\lim_{h \to 0} f`, behind its sign; what it is taken of goes as far as a product. */
export function limit(state: State, from: number): Expr | null {
  return attempted(state, () => {
    const { below, above } = scripts(state)
    if (!below || above) return null
    const goes = inSpan(state, below, () => {
      const read = readName(state)
      if (!read || read.raised.length > 0 || take(state).text !== '→') return fail(state, 'limit')
      return { variable: finishName(read.draft), to: infinite(state) ?? state.read(state, BINDING.sum) }
    })
    const body = state.read(state, BINDING.product)
    return term(state, from, 'limit', { op: 'limit', variable: goes.variable, from: null, to: goes.to, body }, true)
  })
}

/** `\infty`, `+\infty`, `-\infty`, and nothing behind it. */
function infinite(state: State): NumberExpr | null {
  const { position: from, tokens, end } = state
  const sign = tokens[from]?.text
  const at = sign === '-' || sign === '+' ? from + 1 : from
  if (tokens[at]?.text !== '∞' || at + 1 < end) return null
  state.position = at + 1
  const value = sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return { kind: 'number', value, text: sign === '-' ? '-∞' : '∞', range: rangeOf(state, from, at + 1) }
}

/** An integral or a limit, with numbers before it: what a chain that begins with it is equal to. */
export function isPassing(expr: Expr): boolean {
  if (expr.kind === 'opaque') return expr.of?.op === 'integral' || expr.of?.op === 'limit'
  if (expr.kind !== 'apply' || (expr.op !== NEGATIVE && expr.op !== PRODUCT)) return false
  return expr.args.some(isPassing) && expr.args.every((arg) => isPassing(arg) || namesIn([arg]).length === 0)
}

/** The `d` that closes the integral at the position; -1 where there is none on its level. */
function differentialOf(state: State): number {
  let open = 1
  for (let at = state.position; at < state.end; at++) {
    const token = state.tokens[at] as Token
    const next = state.tokens[at + 1]
    if (token.kind === 'open' || token.kind === 'begin') at = Math.max(at, state.partner[at] ?? at)
    else if (token.text === '∫') open++
    else if (isDifferential(token, state.tokens[at - 1]) && next && at + 1 < state.end && beginsName(next)) {
      if (--open === 0) return at
    }
  }
  return -1
}

const isDifferential = (token: Token, before: Token | undefined): boolean =>
  token.kind === 'letter' && token.text === 'd' && !token.accents && before?.text !== '_' && before?.text !== '^'

/**
 * `[F]_a^b`, `F |_{x=a}^{x=b}`: the difference of the values at two bounds; `null`, and nothing is taken, where one is missing.
 * The position is at the script's sign.
 */
export function difference(state: State, body: Expr, from: number): Expr | null {
  const before = state.tokens[state.position - 1]
  if (before?.text !== ']' && before?.text !== '|') return null
  // `[A]_0^2` is the square of a concentration.
  if (body.kind === 'name' && !/^\p{Ll}/u.test(body.name.plain)) return null
  return attempted(state, () => {
    const { below, above } = scripts(state)
    if (!below || !above) return null
    const [lower, upper] = [boundIn(state, below), boundIn(state, above)]
    // `x^2 y |_0^1`: how far a bar without its partner reaches isn't told.
    if (before.text === '|' && isBehindOperand(state.tokens[from - 1]) && !isBehindNumbers(state, from))
      return opaque(state, 'difference between bounds', from, state.position, namesIn([body]))
    const said = lower.variable ?? upper.variable
    const names = namesIn([body])
    const [only, second] = names
    const variable = said ?? (only && !second ? only.name : null)
    const of: Passing = { op: 'difference', variable, from: lower.value, to: upper.value, body }
    const written = variable && isPlain(state, body, variable) ? valuesBetween(state, of, variable, from) : null
    return written ?? term(state, from, 'difference between bounds', of, true)
  })
}

const isBehindOperand = (token: Token | undefined): boolean =>
  token !== undefined && (['letter', 'number', 'close', 'word'].includes(token.kind) || '+-·×*/^'.includes(token.text))

/** `\\frac{2}{3} (1 + x)^{3/2} |_0^1`: a factor of numbers makes no difference to how far the bar reaches. */
function isBehindNumbers({ tokens }: State, from: number): boolean {
  let at = from - 1
  while (at >= 0 && isOfNumber(tokens[at] as Token)) at--
  return at < 0 || isRelation(tokens[at])
}
const isOfNumber = ({ kind, text }: Token): boolean => kind === 'number' || /^(?:[{}·×/]|\\?[dt]?frac)$/.test(text)

/** `0`, or `x = 0`. */
function boundIn(state: State, span: Span): { variable: Name | null; value: Expr } {
  return inSpan(state, span, () => {
    const value = state.read(state, BINDING.sum)
    if (!peekSign(state, '=')) return { variable: null, value }
    if (value.kind !== 'name') return fail(state, 'bound')
    take(state)
    return { variable: value.name, value: state.read(state, BINDING.sum) }
  })
}

/** Nothing in it depends on the variable but where it is written. */
const isPlain = (state: State, body: Expr, variable: Name): boolean =>
  namesIn([body]).every(({ name }) => name.key === variable.key || !state.context.expressed.has(name.key)) &&
  isWritten(body)

const isWritten = (expr: Expr): boolean =>
  !['derivative', 'opaque', 'call', 'binder', 'entry'].includes(expr.kind) && partsOf(expr).every(isWritten)

function valuesBetween(state: State, of: Passing, variable: Name, from: number): Expr | null {
  const at = (value: Expr): Expr =>
    rewritten(of.body, (part) => (part.kind === 'name' && part.name.key === variable.key ? value : null))
  if (!of.from || !of.to || of.from.kind === 'opaque' || of.to.kind === 'opaque') return null
  return { kind: 'apply', op: DIFFERENCE, args: [at(of.to), at(of.from)], range: rangeOf(state, from, state.position) }
}

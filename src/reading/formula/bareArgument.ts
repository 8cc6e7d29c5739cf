/** What a function without brackets is applied to: `\sin 2x`, `\cos\omega_0 t`, `\sin\frac{n\pi}{L}x`. */
import type { Expr } from '../statement'
import { juxtaposed, terms } from '../terms'
import { isApplied } from './applied'
import { functionOf } from './functionTokens'
import { finishName } from './names'
import { beginsName, type ReadName, readName } from './nucleus'
import { peek, peekSign, rangeOf, type State, take } from './state'
import type { Token } from './tokens'

/**
 * The product that follows, as physicists write it: numbers, constants, fractions, roots and names, up to a sign, a
 * bracket, another function or a derivative. A name that the note takes as a whole argument elsewhere (`\sin\theta`) ends it.
 */
export function bareArgument(state: State): Expr {
  peek(state)
  const from = state.position
  const sign = peekSign(state, '-') || peekSign(state, '+') ? take(state) : undefined
  const expr = product(state)
  if (sign?.text !== '-') return expr
  return terms(rangeOf(state, from, state.position), sign).negative(expr)
}

function product(state: State): Expr {
  peek(state)
  const from = state.position
  const first = state.tokens[from] as Token | undefined
  const goesOn = first !== undefined && (first.kind === 'number' || isFraction(first) || beginsName(first))
  let expr = state.operand(state)
  let isCoefficient = first?.kind === 'number' || (first !== undefined && isFraction(first)) || isPi(expr)
  if (!goesOn || expr.kind === 'call' || holdsAngle(state, from)) return adjacent(state, expr, from)
  for (let token = peek(state); token; token = peek(state)) {
    if (!isFactor(state, token, isCoefficient)) break
    const at = state.position
    const next = state.operand(state)
    expr = times(state, expr, next, from)
    isCoefficient &&= token.kind === 'number' || isFraction(token) || isPi(next)
    if (holdsAngle(state, at)) break
  }
  return adjacent(state, expr, from)
}

/** Letters without a space belong together: `\log xy`, `\cos kx^2`. */
function adjacent(state: State, start: Expr, from: number): Expr {
  let expr = start
  for (let token = peek(state); token && isGlued(state, token); token = peek(state))
    expr = times(state, expr, state.operand(state), from)
  return expr
}

const times = (state: State, left: Expr, right: Expr, from: number): Expr =>
  juxtaposed(left, right, rangeOf(state, from, state.position))

const isFraction = (token: Token): boolean => token.kind === 'command' && /^\\(?:[dtc]?frac|sqrt)$/.test(token.text)
const isPi = (expr: Expr): boolean => expr.kind === 'number' && expr.text === '\\pi'

/** The letter before stands right before this one, and nothing is put on either. */
function isGlued(state: State, token: Token): boolean {
  const previous = state.tokens[state.position - 1]
  const isLetter =
    token.kind === 'letter' && previous?.kind === 'letter' && !token.spaced && previous.end === token.start
  return isLetter && token.end - token.start === 1 && isFreeName(state, true)
}

/** May this token go on with the argument? Behind a name only further names do, without powers: `\cos q x^2` is cos(q) x². */
function isFactor(state: State, token: Token, isCoefficient: boolean): boolean {
  if (token.kind === 'number' || isFraction(token)) return isCoefficient
  if (!beginsName(token) || functionOf(token)) return false
  return isFreeName(state, isCoefficient || isGlued(state, token))
}

/** A name that is a mere factor: no function that is applied, no time derivative, no differential, no base of a power of its own. */
function isFreeName(state: State, withPower: boolean): boolean {
  const { position } = state
  const read = nameHere(state)
  const open = peek(state)
  const applied = read !== null && open?.kind === 'open' && '(['.includes(open.text) && isApplied(state, read, open)
  const after = state.tokens[position + 1]
  state.position = position
  if (!read || applied || read.draft.primes > 0 || read.draft.accents.some((accent) => /dot|Delta/.test(accent)))
    return false
  const { base } = read.draft
  if (base === 'e' && !state.context.variables.has('e')) return false
  if (base === 'd' && after?.kind === 'letter' && !state.context.variables.has('d')) return false
  return withPower || read.raised.length === 0
}

/** Does the argument from this token on hold a name that the note takes as a whole one? */
function holdsAngle(state: State, from: number): boolean {
  const { angles } = state.context
  if (angles.size === 0) return false
  const { position } = state
  for (let at = from; at < position; at++) {
    const token = state.tokens[at] as Token
    if (!beginsName(token)) continue
    state.position = at
    const read = nameHere(state)
    if (read && angles.has(finishName({ ...read.draft, primes: 0 }).key)) {
      state.position = position
      return true
    }
    at = Math.max(at, state.position - 1)
  }
  state.position = position
  return false
}

function nameHere(state: State): ReadName | null {
  const { depth } = state
  const read = readName(state)
  state.depth = depth
  return read
}

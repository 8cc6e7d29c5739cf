/** Letters that may be something special, told by where a passage puts them: the imaginary unit, and a d that is a variable. */
import { functionOf } from './functionTokens'
import { scriptEnd } from './scripts'
import type { State } from './state'
import type { Token } from './tokens'
import { isRelation } from './walk'

export interface LetterFacts {
  /** `i^2 = -1`, `i = \sqrt{-1}`: said to be the imaginary unit. */
  readonly imaginary: readonly string[]
  /** `e^{ikx}`: hardly anything else. */
  readonly turning: readonly string[]
  /** `a + ib`: perhaps it, perhaps a current. */
  readonly perhapsImaginary: readonly string[]
  /** `D_x f`, and a `D` anywhere else. */
  readonly operatorD: boolean
  readonly otherD: boolean
  /** A `d` where no differential can stand: `d \times x`. */
  readonly plainD: boolean
}

/** What the letters i, j and d say of themselves. */
export function letterFacts(state: State): LetterFacts {
  const { tokens } = state
  const imaginary = new Set<string>()
  const turning = new Set<string>()
  const perhapsImaginary = new Set<string>()
  let plainD = tokens.length === 1 && tokens[0]?.text === 'd'
  let exponentEnd = -1
  let operatorD = false
  let otherD = false
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token
    if (token.text === '_' && token.kind === 'sign') {
      at = scriptEnd(state, at) - 1
      continue
    }
    exponentEnd = Math.max(exponentEnd, exponentOfE(state, at))
    if (token.kind === 'letter' && token.text === 'D') {
      const isOperator = isOperatorD(state, at)
      operatorD ||= isOperator
      otherD ||= !isOperator
    }
    if (token.kind !== 'letter' || token.accents || tokens[at + 1]?.text === '_') continue
    if (token.text === 'd') plainD ||= isPlainD(tokens, at)
    if (token.text !== 'i' && token.text !== 'j') continue
    if (isSaid(tokens, at)) imaginary.add(token.text)
    if (at < exponentEnd && (isFactor(tokens[at - 1], ')') || isFactor(tokens[at + 1]))) turning.add(token.text)
    if (token.text === 'i' && !state.plain && isImaginaryPart(tokens, at)) perhapsImaginary.add(token.text)
  }
  return {
    imaginary: [...imaginary],
    turning: [...turning],
    perhapsImaginary: [...perhapsImaginary],
    operatorD,
    otherD,
    plainD,
  }
}

/** `D_q p`: a letter below, and something behind that it can be put on. */
function isOperatorD({ tokens, partner }: State, at: number): boolean {
  if (tokens[at + 1]?.text !== '_') return false
  const end = scriptEnd({ tokens, partner }, at + 1)
  const below = tokens.slice(at + 2, end).filter((token) => !'{}'.includes(token.text))
  const next = tokens[end]
  const isOperand = next?.kind === 'letter' || (next?.kind === 'open' && next.text === '(') || next?.kind === 'function'
  return below.length > 0 && below.every((token) => token.kind === 'letter') && isOperand
}

/** The index behind the exponent that begins here, of e or exp; -1 elsewhere. */
function exponentOfE({ tokens, partner }: State, at: number): number {
  const token = tokens[at] as Token
  if (token.kind === 'letter' && token.text === 'e' && tokens[at + 1]?.text === '^')
    return scriptEnd({ tokens, partner }, at + 1)
  // The exponential is the function that is its own slope.
  return functionOf(token)?.slopeByOutput === 'itself' ? (partner[at + 1] ?? -1) : -1
}

/** `i^2 = -1`, `i = \sqrt{-1}`. */
function isSaid(tokens: readonly Token[], at: number): boolean {
  const behind = tokens
    .slice(at + 1, at + 8)
    .map((token) => token.text)
    .join('')
    .replace(/[{}]/g, '')
  return behind.startsWith('^2=-1') || behind.startsWith('=\\sqrt-1')
}

/** @param bracket the one that a factor in brackets shows on this side: `i(x)`, and not the index `(i)` */
const isFactor = (token: Token | undefined, bracket = '('): boolean =>
  token !== undefined && (['letter', 'number', 'function', 'command'].includes(token.kind) || token.text === bracket)

/** `+ i\beta`, `+ bi`: a factor in a term that something is added to. */
function isImaginaryPart(tokens: readonly Token[], at: number): boolean {
  let from = at - 1
  while (from >= 0 && ['letter', 'number'].includes(tokens[from]?.kind ?? '')) from--
  const sign = tokens[from]
  if (sign?.kind !== 'sign' || !'+-'.includes(sign.text) || from < 1) return false
  const before = tokens[from - 1] as Token
  if (!['letter', 'number', 'close'].includes(before.kind)) return false
  return from < at - 1 ? !isFactor(tokens[at + 1]) && tokens[at + 1]?.text !== '^' : isFactor(tokens[at + 1])
}

/** No differential stands before a sign. */
function isPlainD(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]
  return next !== undefined && ((next.kind === 'sign' && '+-·×*'.includes(next.text)) || isRelation(next))
}

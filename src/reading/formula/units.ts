/** Units behind numbers: `1500 \text{ m}^2`, `9.8\,\mathrm{m/s^2}`, `3 \text{ apples}`. They measure, and are no factor. */
import type { Expr } from '../statement'
import { scriptEnd } from './scripts'
import { opaque, partsOf, type State } from './state'
import { isProse } from './text'
import type { Token } from './tokens'
import { isSymbol } from './unitSymbols'

/** The tokens with units told from names, by what they stand behind. */
export function withUnits(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some((token) => token.kind === 'text' || token.isUpright)) return tokens
  const out: Token[] = []
  tokens.forEach((token, at) => {
    out.push(isUnit(token, out, tokens[at + 1]) ? { ...token, kind: 'unit', text: token.text.trim() } : token)
  })
  return out
}

function isUnit(token: Token, before: readonly Token[], next: Token | undefined): boolean {
  if (token.kind !== 'text' && !token.isUpright) return false
  const word = token.text.trim()
  // `90\pi \text{ cm}^3`, `\frac{1}{2} \text{ m}`: a blank inside of the text is no factor's.
  const isPadded = token.isPadded || (token.kind === 'text' && /^\s/.test(token.text))
  if (isPadded && isSymbol(word) && !isProse(word) && endsOperand(before)) return true
  if (!measures(before)) return false
  if (/^[di]$/.test(word) && next?.kind === 'letter') return false
  if (isSymbol(word)) return true
  // A blank inside of the text is no factor's: `\text{ apples}`. What follows a word of prose goes on with the formula.
  const isWord = token.kind === 'text' && /^\s/.test(token.text) && /^\p{L}+\.?$/u.test(word) && !isProse(word)
  return (
    isWord && (next === undefined || !['letter', 'number', 'open', 'command', 'function', 'word'].includes(next.kind))
  )
}

const endsOperand = (before: readonly Token[]): boolean => {
  const last = before.findLast(({ kind }) => kind !== 'tie' && kind !== 'space')
  return last !== undefined && ['number', 'letter', 'command', 'close', 'unit'].includes(last.kind)
}

/** Does a number end here, or a unit that goes on: `5 \text{ kg} \cdot`, `3 \text{m}^2 /`? */
function measures(before: readonly Token[]): boolean {
  let at = before.length - 1
  while (before[at]?.kind === 'tie' || before[at]?.kind === 'space') at--
  const last = before[at]
  if (last?.kind === 'unit') return true
  if (last?.kind === 'number') return !isScriptSign(before[at - 1])
  if (last?.kind !== 'sign' || !'/·'.includes(last.text)) return false
  for (at--; at >= 0; at--) {
    const token = before[at] as Token
    if (token.kind === 'unit') return true
    const isExponent = token.kind === 'number' || token.text === '-' || token.text === '^' || '{}'.includes(token.text)
    if (!isExponent) return false
  }
  return false
}

const isScriptSign = (token: Token | undefined): boolean => token?.text === '^' || token?.text === '_'

/** Takes the units at the position, with their powers and the signs between them. */
export function skipUnits(state: State): void {
  const { tokens } = state
  let at = state.position
  while (at < state.end && tokens[at]?.kind === 'unit') {
    at++
    if (tokens[at]?.text === '^' && at < state.end) at = Math.min(scriptEnd(state, at), state.end)
    const isJoint = tokens[at]?.kind === 'sign' && '/·'.includes(tokens[at]?.text ?? ' ')
    if (isJoint && tokens[at + 1]?.kind === 'unit') at++
  }
  state.position = at
}

/**
 * Sides that say a measure. Between units other than those before, and where names may carry units of their own, numbers
 * aren't compared: such a side can't be read. What is worked out of numbers alone right before it is the same number.
 */
export function measured<Side extends { readonly expr: Expr; readonly tokens: { from: number; to: number } }>(
  state: State,
  sides: readonly Side[],
): readonly Side[] {
  const known = new Set<string>()
  let hasNames = false
  return sides.map((side, index) => {
    const own = atomsIn(state, side.tokens.from, side.tokens.to)
    const isNew = known.size > 0 && own.some((atom) => !known.has(atom))
    for (const atom of own) known.add(atom)
    const isWorkedOut = index > 1 && isArithmetic((sides[index - 1] as Side).expr)
    if (index > 1 && own.length > 0 && (isNew || (hasNames && !isWorkedOut)))
      return { ...side, expr: opaque(state, 'units', side.tokens.from, side.tokens.to) }
    if (index > 0) hasNames ||= !isArithmetic(side.expr)
    return side
  })
}

const isArithmetic = (expr: Expr): boolean =>
  expr.kind === 'number' || (expr.kind === 'apply' && partsOf(expr).every(isArithmetic))

const atomsIn = (state: State, from: number, to: number): string[] =>
  state.tokens
    .slice(from, to)
    .flatMap((token) =>
      token.kind === 'unit' ? token.text.split(/[/·*]/).map((part) => part.replace(/\^?-?\d$/, '')) : [],
    )

/** Notation that is recognised and not read: sums with an index, limits, probabilities. It gives its reason, never a guess. */
import type { Expr, NameExpr } from '../statement'
import { scriptSpan } from './nucleus'
import { integral, limit } from './passing'
import { BINDING, closing, namesIn, opaque, peek, peekSign, type State, take, Unreadable } from './state'
import type { Token } from './tokens'

const SIGNS = new Map([
  ['∑', 'sum with an index'],
  ['∏', 'product with an index'],
  ['∫', 'integral'],
  ['…', 'left out terms'],
  ['∞', 'infinity'],
  ['∅', 'set'],
  ['∀', 'set'],
  ['∃', 'set'],
  ['±', 'plus or minus'],
  ['∓', 'plus or minus'],
  ['¬', 'logic'],
])

const MACROS = new Map([
  ['\\lim', 'limit'],
  ['\\limsup', 'limit'],
  ['\\liminf', 'limit'],
  ['\\argmax', 'optimum'],
  ['\\argmin', 'optimum'],
  ['\\arg', 'optimum'],
  ['\\sup', 'optimum'],
  ['\\inf', 'optimum'],
  ['\\Pr', 'probability'],
  ['\\det', 'determinant'],
  ['\\dim', 'dimension'],
  ['\\ker', 'kernel'],
  ['\\gcd', 'divisor'],
  ['\\choose', 'binomial coefficient'],
  ['\\bmod', 'remainder'],
  ['\\mod', 'remainder'],
  ['\\pmod', 'remainder'],
  ['\\bigcup', 'set'],
  ['\\bigcap', 'set'],
  ['\\includegraphics', 'picture'],
  ['\\begin', 'unfinished environment'],
])

const WORDS = new Map([
  ['argmax', 'optimum'],
  ['argmin', 'optimum'],
  ['lim', 'limit'],
  ['softmax', 'softmax'],
  ['Var', 'probability'],
  ['Cov', 'probability'],
  ['diag', 'matrix function'],
  ['tr', 'matrix function'],
  ['Tr', 'matrix function'],
  ['det', 'determinant'],
  ['rank', 'matrix function'],
  ['mean', 'mean'],
  ['std', 'deviation'],
])

/** The reason why what begins here isn't read; `undefined` where it may be. */
function reasonOf(token: Token, state?: State): string | undefined {
  if (token.kind === 'sign') return SIGNS.get(token.text)
  if (token.kind === 'command') return MACROS.get(token.text)
  if (token.kind === 'letter') return isIndexedSigma(token, state) ? SIGNS.get('∑') : undefined
  if (token.kind !== 'text' && token.kind !== 'word') return undefined
  const word = token.text.trim()
  if (state?.context.functions.has(word) || state?.context.words.has(word)) return undefined
  return WORDS.get(word)
}

/** `\Sigma^{N}_{k=1}` is a sum. */
function isIndexedSigma(token: Token, state?: State): boolean {
  if (!state || token.text !== 'Σ') return false
  const [, sign, open] = state.tokens.slice(state.position, state.position + 3)
  if (!sign || (sign.text !== '_' && sign.text !== '^') || open?.text !== '{') return false
  const scripts = state.tokens.slice(state.position, state.position + 14)
  return scripts.some((item) => item.text === '=') && scripts.some((item) => item.text === '_')
}

export const beginsUnsupported = (token: Token, state?: State): boolean =>
  reasonOf(token, state) !== undefined || isExpectation(token, state)

/** `\mathbb{E}_{x}[…]`, `\mathbb{1}` is no expectation. */
function isExpectation(token: Token, state?: State): boolean {
  if (token.kind !== 'command' || token.text !== '\\mathbb' || !state) return false
  const inner =
    state.tokens[state.position + 1]?.text === '{' ? state.tokens[state.position + 2] : state.tokens[state.position + 1]
  return inner?.text === 'E' || inner?.text === 'P' || inner?.text === 'V'
}

const LIMIT = new Set(['\\lim', 'lim'])

/** Takes the construct with its scripts and the term that it governs. */
export function unsupported(state: State): Expr {
  const from = state.position
  const token = take(state)
  const reason = reasonOf(token, at(state, from)) ?? 'probability'
  const passing = token.text === '∫' ? integral(state, from) : LIMIT.has(token.text) ? limit(state, from) : null
  if (passing) return passing
  if (reason === 'probability' && token.kind === 'command' && token.text === '\\mathbb') skipArgument(state)
  while (peekSign(state, '_') || peekSign(state, '^')) {
    take(state)
    scriptSpan(state)
  }
  if (token.text === '…' || token.text === '∞' || token.text === '∅') return opaque(state, reason, from, state.position)
  const uses = governed(state)
  return opaque(state, reason, from, state.position, uses)
}

const at = (state: State, position: number): State => ({ ...state, position })

function skipArgument(state: State): void {
  if (peek(state)?.text === '{') state.position = closing(state) + 1
  else take(state)
}

/** Names in the term behind; where even that can't be read, all that is left is taken. */
export function governed(state: State): readonly NameExpr[] {
  if (!peek(state)) return []
  const { end, depth, bars } = state
  try {
    return namesIn([state.read(state, BINDING.product)])
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    state.end = end
    state.depth = depth
    state.bars = bars
    state.position = state.end
    return []
  }
}

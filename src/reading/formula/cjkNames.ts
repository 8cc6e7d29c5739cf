/** Japanese and Korean words in mathematics: `\text{りんご} \times 個数`. What stands at an operand's place is a name, the rest prose. */
import { isProseScript } from './characters'
import type { Token } from './lexer'
import { isBlank, isOperator, isRelation } from './walk'

/** Words that join statements, wherever they stand. */
const CONNECTIVES = new Set(
  'よって ゆえに したがって ただし ここで ここに すなわち つまり ならば また または かつ および のとき とき とする より から 그리고 따라서 그러면 여기서 단 또는 이므로'.split(
    ' ',
  ),
)
/** Endings of verbs, of the copula, and particles: no noun ends a side with them. */
const SAYS_SOMETHING =
  /(?:です|ます|である|でない|ない|する|なる|ある|いる|った|れる|える|とき|場合|なら|ので|から|は|が|を|に|で|と|へ|다|요|는|은|를|을|에서|이면|하면|경우)$/

/**
 * The word that a token of text is a name by; `null` where it is prose. In LaTeX a word without Japanese or Korean grammar
 * is a name anyhow, wherever a name can be. @param plain a plain line, where each word has to prove it
 */
export function cjkName(tokens: readonly Token[], at: number, plain: boolean): string | null {
  const token = tokens[at]
  if (!token || (token.kind !== 'text' && token.kind !== 'cjk')) return null
  const word = token.text.trim()
  if (
    !(isProseScript(word) || (plain && token.kind === 'cjk')) ||
    !/^[\p{L}\p{N}ー]+$/u.test(word) ||
    CONNECTIVES.has(word)
  )
    return null
  const before = tokens[at - 1]
  const after = tokens[at + 1]
  if (!closes(after)) return null
  if (isDifferential(tokens, at - 1)) return word
  if (!opens(before)) return null
  // A whole argument of a fraction.
  if (before?.text === '{') return after?.text === '}' && isArgument(tokens, at - 1) ? word : null
  if (isOperator(before) || isOperator(after)) return isSigned(after) && !before ? null : word
  if (isRelation(after)) return word
  return isRelation(before) && !SAYS_SOMETHING.test(word) ? word : null
}

/** `ただし -x`: a sign behind the first word belongs to what follows. */
const isSigned = (after: Token | undefined): boolean => after?.text === '-' || after?.text === '+'

const opens = (token: Token | undefined): boolean =>
  token === undefined ||
  isBlank(token) ||
  token.kind === 'open' ||
  isStop(token) ||
  isOperator(token) ||
  isRelation(token)

const closes = (token: Token | undefined): boolean =>
  token === undefined ||
  isBlank(token) ||
  token.kind === 'close' ||
  isStop(token) ||
  isOperator(token) ||
  isRelation(token)

/** `\partial 価格`, `\frac{d 価格}{…}`. */
const isDifferential = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.text === '∂' || (tokens[at]?.text === 'd' && tokens[at - 1]?.text === '{')

const isStop = (token: Token): boolean => token.kind === 'sign' && ',.;'.includes(token.text)

const isArgument = (tokens: readonly Token[], open: number): boolean => {
  const before = tokens[open - 1]
  return before?.kind === 'command' ? /^\\[dtc]?frac$|^\\sqrt$/.test(before.text) : before?.text === '}'
}

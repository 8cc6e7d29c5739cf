/** What a token is, and the steps that every reader of characters takes. */
import type { Range } from '../statement'

export type TokenKind =
  | 'number'
  /** One letter, Latin or Greek. */
  | 'letter'
  /** Several letters that are one name (made by `words.ts`). */
  | 'word'
  /** The name of an operation, spelled in letters (made by `words.ts`). */
  | 'function'
  /** Text inside of mathematics: `\text{if }`, `\mathrm{loss}`. */
  | 'text'
  /** A unit behind a number: `5 \text{ m}` (made by `units.ts`). */
  | 'unit'
  /** A run of Chinese, Japanese or Korean characters. */
  | 'cjk'
  /** A LaTeX macro that the parser knows or not. */
  | 'command'
  | 'sign'
  | 'open'
  | 'close'
  /** `\begin{…}` and `\end{…}`; `text` is the environment. */
  | 'begin'
  | 'end'
  /** `\\` or, in plain text, the end of a line. */
  | 'newline'
  /** `&`. */
  | 'align'
  /** `\quad`: parts statements. */
  | 'space'
  /** `~`: parts statements where both sides are some. */
  | 'tie'
  /** `#1` in the body of a macro. */
  | 'parameter'

export interface Token extends Range {
  readonly kind: TokenKind
  /** One spelling for all that mean the same: `×` for `\times`, `(` for `（`. */
  readonly text: string
  /** Something invisible stands before it. */
  readonly spaced: boolean
  /** Accents of a letter: `['hat']` of `ŷ`. */
  readonly accents?: readonly string[]
  /** Font of a letter that has a character of its own: `𝐖` is bold. */
  readonly font?: string
  /** A letter that is written upright: `\mathrm{m}`. */
  readonly isUpright?: boolean
  /** With a blank inside of its braces: `\text{ m}`. */
  readonly isPadded?: boolean
  /** `\operatorname{…}`: its author calls it a function. */
  readonly isOperator?: boolean
  /** Of a bracket: made by `\left` or `\right`, so that it pairs with any other such. */
  readonly stretchy?: boolean
}

export interface Lexer {
  readonly text: string
  readonly plain: boolean
  readonly tokens: Token[]
  position: number
  spaced: boolean
}

export function push(lexer: Lexer, kind: TokenKind, text: string, length: number, more?: Partial<Token>): void {
  const start = lexer.position
  lexer.tokens.push({ kind, text, start, end: start + length, spaced: lexer.spaced, ...more })
  lexer.position = start + length
  lexer.spaced = false
}

export function skip(lexer: Lexer, length: number): void {
  lexer.position += length
  lexer.spaced = true
}

export function match(lexer: Lexer, pattern: RegExp, at = lexer.position): string {
  pattern.lastIndex = at
  return pattern.exec(lexer.text)?.[0] ?? ''
}

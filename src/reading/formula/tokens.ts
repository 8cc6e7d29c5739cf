/** Text → tokens, for LaTeX, Unicode and plain formulas alike. Every token knows exactly where it stands. */
import type { Range } from '../statement'
import { COMBINING, canonicalSign, FONT_RANGES, greekLetter, isCjk, SUBSCRIPTS, SUPERSCRIPTS } from './characters'
import {
  CLOSING,
  DROPPED_WITH_ARGUMENT,
  LETTER_MACROS,
  LOOKS,
  OPENING,
  SIGN_MACROS,
  TEXT_MACROS,
  UPRIGHT_MACROS,
  WIDE_SPACES,
  WRAPPERS,
  WRAPPERS_AFTER_ARGUMENT,
} from './commands'

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
  /** Of a bracket: made by `\left` or `\right`, so that it pairs with any other such. */
  readonly stretchy?: boolean
}

interface Lexer {
  readonly text: string
  readonly plain: boolean
  readonly tokens: Token[]
  position: number
  spaced: boolean
}

const LETTER = /[A-Za-z\p{Script=Greek}ℓℏıȷℜℑℵℝℂℕℤℚ∆]/u
const ASCII_LETTER = /[A-Za-z]/
const DIGIT = /[0-9０-９]/
const NUMBER = /(?:\d{1,3}(?:(?:,|\{,\}|\\,)\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+/y
const EXPONENT = /[eE][-+]?\d+(?![\d.]|[A-Za-z^_{])/y
const MACRO = /\\(?:[A-Za-z]+\*?|[^A-Za-z])/y

/** The tokens of a text. `plain`: a formula without LaTeX, where a line's end is the end of a row. */
export function lex(text: string, plain: boolean): Token[] {
  const lexer: Lexer = { text, plain, tokens: [], position: 0, spaced: false }
  while (lexer.position < text.length) step(lexer)
  return lexer.tokens
}

function step(lexer: Lexer): void {
  const { text, position } = lexer
  const character = text.charAt(position)
  if (character === '\n' && lexer.plain) return push(lexer, 'newline', '\n', 1)
  if (/\s/.test(character) || character === '\u200b') return skip(lexer, 1)
  if (character === '\\') return macro(lexer)
  if (DIGIT.test(character) || (character === '.' && DIGIT.test(text.charAt(position + 1)))) return number(lexer)
  if (SUPERSCRIPTS.has(character)) return scriptRun(lexer, SUPERSCRIPTS, '^')
  if (SUBSCRIPTS.has(character)) return scriptRun(lexer, SUBSCRIPTS, '_')
  if (ASCII_LETTER.test(character) && lexer.text.charCodeAt(position + 1) < 0x300)
    return push(lexer, 'letter', character, 1)
  if (isCjk(character)) return cjkRun(lexer)
  const point = String.fromCodePoint(text.codePointAt(position) ?? 0)
  if (letter(lexer, point)) return
  sign(lexer, character)
}

function push(lexer: Lexer, kind: TokenKind, text: string, length: number, more?: Partial<Token>): void {
  const start = lexer.position
  lexer.tokens.push({ kind, text, start, end: start + length, spaced: lexer.spaced, ...more })
  lexer.position = start + length
  lexer.spaced = false
}

function skip(lexer: Lexer, length: number): void {
  lexer.position += length
  lexer.spaced = true
}

function match(lexer: Lexer, pattern: RegExp, at = lexer.position): string {
  pattern.lastIndex = at
  return pattern.exec(lexer.text)?.[0] ?? ''
}

function number(lexer: Lexer): void {
  const start = lexer.position
  if (isBareArgument(lexer.tokens)) return push(lexer, 'number', lexer.text.charAt(start), 1)
  let length = match(lexer, NUMBER).length
  if (length === 0) {
    // Full-width digits.
    while (DIGIT.test(lexer.text.charAt(start + length))) length++
  }
  length += match(lexer, EXPONENT, start + length).length
  push(lexer, 'number', lexer.text.slice(start, start + length), length)
}

/** `\\frac12`: without braces each digit is an argument of its own. */
function isBareArgument(tokens: readonly Token[]): boolean {
  const previous = tokens[tokens.length - 1]
  if (isFraction(previous)) return true
  return isFraction(tokens[tokens.length - 2]) && (previous?.kind === 'number' || previous?.kind === 'letter')
}
const isFraction = (token: Token | undefined): boolean => token?.kind === 'command' && /^\\[dtc]?frac$/.test(token.text)

/** A letter with its accents, composed (`ŷ`) or combining; false where there is none. */
function letter(lexer: Lexer, point: string): boolean {
  const decomposed = point.normalize('NFKD')
  const base = decomposed.charAt(0)
  if (!LETTER.test(point) && !/^[A-Za-z\p{Script=Greek}]/u.test(base)) return false
  let length = point.length
  const marks = [...decomposed.slice(1)]
  for (let next = lexer.text.charAt(lexer.position + length); COMBINING.has(next) || next === '\u0301'; ) {
    marks.push(next)
    length++
    next = lexer.text.charAt(lexer.position + length)
  }
  const accents = marks.map((mark) => COMBINING.get(mark)).filter((name) => name !== undefined)
  const text = point === '∆' ? 'Δ' : LETTER.test(point) && accents.length === 0 ? point : base
  const font = FONT_RANGES.find(
    ([first]) => (point.codePointAt(0) ?? 0) >= first && (point.codePointAt(0) ?? 0) < first + 52,
  )?.[1]
  push(lexer, 'letter', font ? base : text, length, { ...(accents.length > 0 && { accents }), ...(font && { font }) })
  return true
}

/** `⁻ˣ` becomes `^{-x}`: tokens with the ranges of the raised characters. */
function scriptRun(lexer: Lexer, table: ReadonlyMap<string, string>, script: string): void {
  push(lexer, 'sign', script, 0)
  push(lexer, 'open', '{', 0)
  for (let next = table.get(lexer.text.charAt(lexer.position)); next; ) {
    if (DIGIT.test(next)) {
      let digits = ''
      while (next && DIGIT.test(next)) {
        digits += next
        next = table.get(lexer.text.charAt(lexer.position + digits.length))
      }
      push(lexer, 'number', digits, digits.length)
      continue
    }
    const kind = next === '(' ? 'open' : next === ')' ? 'close' : LETTER.test(next) ? 'letter' : 'sign'
    push(lexer, kind, next, 1)
    next = table.get(lexer.text.charAt(lexer.position))
  }
  push(lexer, 'close', '}', 0)
}

function cjkRun(lexer: Lexer): void {
  let length = 1
  while (isCjk(lexer.text.charAt(lexer.position + length))) length++
  push(lexer, 'cjk', lexer.text.slice(lexer.position, lexer.position + length), length)
}

const BRACKETS = new Map([
  ['(', 'open'],
  ['[', 'open'],
  ['{', 'open'],
  [')', 'close'],
  [']', 'close'],
  ['}', 'close'],
] as const)

function sign(lexer: Lexer, character: string): void {
  const { text, position, plain } = lexer
  const canonical = canonicalSign(character)
  const bracket = BRACKETS.get(canonical as '(')
  if (bracket) return push(lexer, bracket, canonical, 1)
  if (canonical === '&') return push(lexer, 'align', '&', 1)
  if (character === '~' && !plain) return push(lexer, 'tie', '~', 1)
  if (character === '%' && !plain && lexer.tokens.at(-1)?.kind !== 'number') {
    const end = text.indexOf('\n', position)
    return skip(lexer, (end < 0 ? text.length : end) - position)
  }
  if (character === '#' && DIGIT.test(text.charAt(position + 1)))
    return push(lexer, 'parameter', text.charAt(position + 1), 2)
  const dots = '.…・'.includes(character) ? match(lexer, /\.{2,}|…+|・{3,}/y) : ''
  if (dots) return push(lexer, 'sign', '…', dots.length)
  const joined = BEGINS_TWO.has(canonical)
    ? TWO_CHARACTER_SIGNS.get(canonical + canonicalSign(text.charAt(position + 1)))
    : undefined
  if (joined) return push(lexer, 'sign', joined, 2)
  push(lexer, 'sign', canonical, canonical === character || character.length === 1 ? 1 : character.length)
}

const TWO_CHARACTER_SIGNS = new Map([
  ['**', '**'],
  ['<=', '≤'],
  ['>=', '≥'],
  ['!=', '≠'],
  ['==', '='],
  [':=', '≔'],
  ['->', '→'],
  ['=>', '⇒'],
  ['<-', '←'],
  ['~=', '≈'],
  ['||', '‖'],
])

const BEGINS_TWO = new Set([...TWO_CHARACTER_SIGNS.keys()].map((sign) => sign.charAt(0)))

function macro(lexer: Lexer): void {
  const name = match(lexer, MACRO)
  if (name.length < 2) return push(lexer, 'sign', '\\', 1)
  const bare = name.endsWith('*') && !UPRIGHT_MACROS.has(name) ? name.slice(0, -1) : name
  if (name === '\\\\') return newline(lexer)
  if (/^\\[^A-Za-z]/.test(name)) return escaped(lexer, name)
  if (name === '\\left' || name === '\\right') return stretchy(lexer, name)
  if (name === '\\begin' || name === '\\end') return environment(lexer, name)
  if (name === '\\cr' || name === '\\newline') return push(lexer, 'newline', '\\\\', name.length)
  if (TEXT_MACROS.has(bare)) return text(lexer, bare)
  if (UPRIGHT_MACROS.has(name) || UPRIGHT_MACROS.has(bare)) return upright(lexer, name)
  if (DROPPED_WITH_ARGUMENT.has(bare) || WIDE_SPACES.has(bare)) return dropped(lexer, bare)
  if (WRAPPERS_AFTER_ARGUMENT.has(bare)) return skip(lexer, bare.length + argumentLength(lexer, bare.length))
  if (LOOKS.has(bare) || WRAPPERS.has(bare)) return skip(lexer, bare.length)
  const opening = OPENING.get(bare)
  if (opening) return push(lexer, 'open', opening, bare.length)
  const closing = CLOSING.get(bare)
  if (closing) return push(lexer, 'close', closing, bare.length)
  const sameSign = SIGN_MACROS.get(bare)
  if (sameSign === '[' || sameSign === ']')
    return push(lexer, sameSign === '[' ? 'open' : 'close', sameSign, bare.length)
  if (sameSign) return push(lexer, 'sign', sameSign, bare.length)
  const letterOfMacro = greekLetter(bare.slice(1)) ?? LETTER_MACROS.get(bare)
  if (letterOfMacro) return push(lexer, 'letter', letterOfMacro, bare.length)
  push(lexer, 'command', bare, bare.length)
}

function newline(lexer: Lexer): void {
  const length = match(lexer, /\\\\\*?(?:\[-?[\d.]+ *[a-z]{2}\])?/y).length
  push(lexer, 'newline', '\\\\', length)
}

function escaped(lexer: Lexer, name: string): void {
  const character = name.slice(1)
  if (character === '{') return push(lexer, 'open', '\\{', 2)
  if (character === '}') return push(lexer, 'close', '\\}', 2)
  if (character === '|') return push(lexer, 'sign', '‖', 2)
  if (character === '%') return push(lexer, 'sign', '%', 2)
  if (character === '_') return push(lexer, 'sign', '_', 2)
  if (character === '*') return push(lexer, 'sign', '*', 2)
  if (character === '&') return push(lexer, 'text', '&', 2)
  if (character === '$' || character === '#') return push(lexer, 'sign', name, 2)
  if (character === '[' || character === ']' || character === '(' || character === ')')
    return push(lexer, 'sign', name, 2)
  // `\,` `\;` `\!` `\ ` and a stray backslash at a line's end.
  skip(lexer, 2)
}

function stretchy(lexer: Lexer, name: string): void {
  const { text, position } = lexer
  let at = position + name.length
  while (/\s/.test(text.charAt(at))) at++
  const delimiter = match(lexer, MACRO, at) || text.charAt(at)
  const sign = canonicalDelimiter(delimiter)
  push(lexer, name === '\\left' ? 'open' : 'close', sign, at + delimiter.length - position, { stretchy: true })
}

function canonicalDelimiter(delimiter: string): string {
  const known = OPENING.get(delimiter) ?? CLOSING.get(delimiter) ?? SIGN_MACROS.get(delimiter)
  if (known) return known
  if (delimiter === '\\|') return '‖'
  return delimiter.startsWith('\\') ? delimiter : canonicalSign(delimiter)
}

function environment(lexer: Lexer, name: string): void {
  const found = match(lexer, /\\(?:begin|end)\s*\{\s*[A-Za-z]+\*?\s*\}/y)
  if (!found) return push(lexer, 'command', name, name.length)
  const title = found.replace(/^[^{]*\{\s*|\s*\}$/g, '')
  let length = found.length
  if (name === '\\begin') {
    // `[t]`, `{lcl}` and the empty `{}` say how to set it.
    length += match(lexer, /\s*(?:\[[a-z]*\])?/y, lexer.position + length).length
    const columns = /array|alignat|tabular|numcases/.test(title) ? /\s*\{[^{}]*\}/y : /\s*\{\s*\}/y
    length += match(lexer, columns, lexer.position + length).length
  }
  push(lexer, name === '\\begin' ? 'begin' : 'end', title, length)
}

/** Length of `{…}` (with what is invisible before it) at this distance; 0 where there is none. */
function argumentLength(lexer: Lexer, distance: number): number {
  const start = lexer.position + distance
  let at = start
  while (/\s/.test(lexer.text.charAt(at))) at++
  if (lexer.text.charAt(at) !== '{') return 0
  for (let depth = 0; at < lexer.text.length; at++) {
    const character = lexer.text.charAt(at)
    if (character === '\\') at++
    else if (character === '{') depth++
    else if (character === '}' && --depth === 0) return at + 1 - start
  }
  return 0
}

function dropped(lexer: Lexer, name: string): void {
  const length = name.length + (DROPPED_WITH_ARGUMENT.has(name) ? argumentLength(lexer, name.length) : 0)
  if (WIDE_SPACES.has(name)) push(lexer, 'space', name, length)
  else skip(lexer, length)
}

function text(lexer: Lexer, name: string): void {
  const length = argumentLength(lexer, name.length)
  if (length === 0) return skip(lexer, name.length)
  const content = lexer.text.slice(lexer.position + name.length, lexer.position + name.length + length)
  const inner = content.replace(/^\s*\{|\}$/g, '')
  if (/^[A-Za-z]$/.test(inner.trim())) return upright(lexer, name)
  push(lexer, 'text', inner, name.length + length)
}

/** `\mathrm{loss}` is a word; `\mathrm{d}` a letter; anything longer is read as if the font weren't there. */
function upright(lexer: Lexer, name: string): void {
  const length = argumentLength(lexer, name.length)
  const content = lexer.text.slice(lexer.position + name.length, lexer.position + name.length + length)
  const inner = content.replace(/^\s*\{|\}$/g, '').trim()
  const range = name.length + length
  if (/^[A-Za-z]$/.test(inner)) return push(lexer, 'letter', inner, range)
  if (length > 0 && /^[\p{L}][\p{L}\d _-]*$/u.test(inner.replace(/\\[ ,;]/g, ' '))) {
    return push(lexer, 'text', inner.replace(/\\[ ,;]/g, ' '), range)
  }
  skip(lexer, name.length)
}

/** Text → tokens, for LaTeX, Unicode and plain formulas alike. Every token knows exactly where it stands. */
import { COMBINING, canonicalSign, FONT_RANGES, isCjk, SUBSCRIPTS, SUPERSCRIPTS } from './characters'
import { macro } from './latexTokens'
import { type Lexer, match, push, skip, type Token } from './lexer'

export type { Token } from './lexer'

const LETTER = /[A-Za-z\p{Script=Greek}ℓℏıȷℜℑℵℝℂℕℤℚ∆]/u
const ASCII_LETTER = /[A-Za-z]/
const DIGIT = /[0-9０-９]/
const NUMBER = /(?:\d{1,3}(?:(?:,|\{,\}|\\,)\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+/y
const EXPONENT = /[eE][-+]?\d+(?![\d.]|[A-Za-z^_{])/y

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
  const dots = '.…・·⋅'.includes(character) ? match(lexer, /\.{2,}|…+|・{3,}|·{3,}|⋅{3,}/y) : ''
  if (dots) return push(lexer, 'sign', '…', dots.length)
  const joined = BEGINS_TWO.has(canonical)
    ? TWO_CHARACTER_SIGNS.get(canonical + canonicalSign(text.charAt(position + 1)))
    : undefined
  if (joined) return push(lexer, 'sign', joined, 2)
  push(lexer, 'sign', canonical, canonical === character || character.length === 1 ? 1 : character.length)
}

const TWO_CHARACTER_SIGNS = new Map([
  ['**', '**'],
  // Elementwise, as MATLAB writes them.
  ['.*', '⊙'],
  ['./', '/'],
  ['.^', '^'],
  ['<=', '≤'],
  ['>=', '≥'],
  ['!=', '≠'],
  ['==', '='],
  [':=', '≔'],
  ['->', '→'],
  ['=>', '⇒'],
  ['<-', '←'],
  ['~=', '≈'],
])

const BEGINS_TWO = new Set([...TWO_CHARACTER_SIGNS.keys()].map((sign) => sign.charAt(0)))

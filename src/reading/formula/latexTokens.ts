/** LaTeX macros as tokens: signs, brackets, environments, text; what only concerns the looks is left out. */
import { canonicalSign, greekLetter } from './characters'
import {
  CLOSING,
  DROPPED_WITH_ARGUMENT,
  LETTER_MACROS,
  LOOKS,
  OPENING,
  SIGN_MACROS,
  SWITCHES,
  TEXT_MACROS,
  UPRIGHT_MACROS,
  WIDE_SPACES,
  WRAPPERS,
  WRAPPERS_AFTER_ARGUMENT,
} from './commands'
import { type Lexer, match, push, skip } from './lexer'
import { isSymbol } from './unitSymbols'

/** What a font switch is put on, up to the end of its group: `{\rm MLE}`. */
const SWITCHED = /\s{0,9}[A-Za-z]+(?=\s{0,9}\})/y
/** A letter in bold text is a bold letter. */
const BOLD_LETTER = /\\textbf\s*\{\s*[A-Za-z]\s*\}/y
const MACRO = /\\(?:[A-Za-z]+\*?|[^A-Za-z])/y

export function macro(lexer: Lexer): void {
  const name = match(lexer, MACRO)
  if (name.length < 2) return push(lexer, 'sign', '\\', 1)
  const bare = name.endsWith('*') && !UPRIGHT_MACROS.has(name) ? name.slice(0, -1) : name
  if (name === '\\\\') return newline(lexer)
  if (/^\\[^A-Za-z]/.test(name)) return escaped(lexer, name)
  if (name === '\\left' || name === '\\right') return stretchy(lexer, name)
  if (name === '\\begin' || name === '\\end') return environment(lexer, name)
  if (name === '\\cr' || name === '\\newline') return push(lexer, 'newline', '\\\\', name.length)
  if (match(lexer, BOLD_LETTER)) return push(lexer, 'command', '\\mathbf', bare.length)
  if (TEXT_MACROS.has(bare)) return text(lexer, bare)
  if (UPRIGHT_MACROS.has(name) || UPRIGHT_MACROS.has(bare)) return upright(lexer, name)
  const switched = SWITCHES.get(bare) === '' ? match(lexer, SWITCHED, lexer.position + bare.length) : ''
  if (switched) return spelledOut(lexer, switched.trim(), bare.length + switched.length)
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
  if (/^[A-Za-z]$/.test(inner)) return spelledOut(lexer, inner, range, /^\s*\{\s/.test(content))
  if (lexer.tokens.at(-1)?.kind === 'number' && isSymbol(inner)) return push(lexer, 'text', inner, range)
  if (length > 0 && /^[\p{L}][\p{L}\d _-]*$/u.test(inner.replace(/\\[ ,;]/g, ' '))) {
    const isOperator = name.startsWith('\\operatorname') || name.startsWith('\\Declare')
    return push(lexer, 'text', inner.replace(/\\[ ,;]/g, ' '), range, isOperator ? { isOperator } : undefined)
  }
  skip(lexer, name.length)
}

/** A word in upright letters, or a single letter. */
function spelledOut(lexer: Lexer, word: string, length: number, isPadded = false): void {
  const isLetter = word.length === 1
  push(lexer, isLetter ? 'letter' : 'text', word, length, isLetter ? { isUpright: true, isPadded } : undefined)
}

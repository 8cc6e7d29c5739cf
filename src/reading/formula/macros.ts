/** Macros that a note or its reader's settings define: collected, and put in place of their uses. */
import { lex, type Token } from './tokens'

export interface Macro {
  readonly parameters: number
  readonly body: readonly Token[]
  /** The body as written: two macros are the same when these are. */
  readonly source: string
}

const DEFINITION =
  /\\(?:(?:re|provide)?newcommand|DeclareMathOperator)\*?\s*(?:\{\s*)?(\\[A-Za-z]+)\s*(?:\}\s*)?(?:\[(\d)\]\s*)?(?=\{)|\\g?def\s*(\\[A-Za-z]+)((?:#\d)*)\s*(?=\{)/g

/** The definitions in a text, and the text with them blanked out. */
export function collectMacros(text: string): { macros: Map<string, Macro>; rest: string } {
  const macros = new Map<string, Macro>()
  if (!/newcommand|\\g?def|DeclareMathOperator/.test(text)) return { macros, rest: text }
  let rest = text
  for (const found of text.matchAll(DEFINITION)) {
    const open = found.index + found[0].length
    const close = closingBrace(text, open)
    if (close < 0) continue
    const inner = text.slice(open + 1, close)
    const source = found[0].includes('DeclareMathOperator') ? `\\operatorname{${inner}}` : inner
    const name = found[1] ?? found[3] ?? ''
    const parameters = found[2] ? Number(found[2]) : (found[4] ?? '').length / 2
    macros.set(name, { parameters, body: lex(source, false), source })
    rest = rest.slice(0, found.index) + ' '.repeat(close + 1 - found.index) + rest.slice(close + 1)
  }
  return { macros, rest }
}

/** Macros as settings give them: `{ "\\R": "\\mathbb{R}" }`. */
export function macrosOf(definitions: Readonly<Record<string, string>>): Map<string, Macro> {
  const macros = new Map<string, Macro>()
  for (const [name, source] of Object.entries(definitions)) {
    const numbers = [...source.matchAll(/#(\d)/g)].map((found) => Number(found[1]))
    macros.set(name, { parameters: Math.max(0, ...numbers), body: lex(source, false), source })
  }
  return macros
}

function closingBrace(text: string, open: number): number {
  for (let at = open, depth = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '\\') at++
    else if (character === '{') depth++
    else if (character === '}' && --depth === 0) return at
  }
  return -1
}

/** A note may define macros by each other; more rounds than this are a loop. */
const MAXIMUM_ROUNDS = 8
const MAXIMUM_TOKENS = 50_000

/** Tokens with each use of a macro replaced. What comes from a body has the range of the whole use. */
export function expandMacros(tokens: readonly Token[], macros: ReadonlyMap<string, Macro>): readonly Token[] {
  if (macros.size === 0) return tokens
  let current = tokens
  for (let round = 0; round < MAXIMUM_ROUNDS; round++) {
    if (!current.some((token) => token.kind === 'command' && macros.has(token.text))) return current
    current = expandOnce(current, macros)
    if (current.length > MAXIMUM_TOKENS) return tokens
  }
  return tokens
}

function expandOnce(tokens: readonly Token[], macros: ReadonlyMap<string, Macro>): Token[] {
  const out: Token[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token
    const macro = token.kind === 'command' ? macros.get(token.text) : undefined
    if (!macro) {
      out.push(token)
      continue
    }
    const given: (readonly Token[])[] = []
    let end = at + 1
    for (let count = 0; count < macro.parameters; count++) {
      const argument = macroArgument(tokens, end)
      given.push(argument.tokens)
      end = argument.end
    }
    const range = { start: token.start, end: tokens[end - 1]?.end ?? token.end }
    macro.body.forEach((part, index) => {
      const argument = part.kind === 'parameter' ? given[Number(part.text) - 1] : undefined
      if (argument) out.push(...argument)
      else out.push({ ...part, ...range, spaced: index === 0 ? token.spaced : part.spaced })
    })
    at = end - 1
  }
  return out
}

function macroArgument(tokens: readonly Token[], from: number): { tokens: readonly Token[]; end: number } {
  const first = tokens[from]
  if (!first) return { tokens: [], end: from }
  if (first.text !== '{') return { tokens: [first], end: from + 1 }
  for (let at = from, depth = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token
    if (token.kind === 'open' && token.text === '{') depth++
    if (token.kind === 'close' && token.text === '}' && --depth === 0)
      return { tokens: tokens.slice(from + 1, at), end: at + 1 }
  }
  return { tokens: [], end: tokens.length }
}

/** Which letter runs a note uses as one name. Found from the tokens alone, before anything is parsed. */
import { operationSpelled } from '../../operations/index'
import { isRelation } from './rows'
import { isProse } from './text'
import type { Token } from './tokens'
import { isGluedFunction, runEnd } from './words'

/** What one passage says about letter runs. */
export interface WordFacts {
  /** Runs that stand where only a name can: a whole side, a function before its bracket, behind a ∂. */
  readonly candidates: readonly string[]
  /** Letters that stand for themselves. */
  readonly singles: readonly string[]
  /** Words in upright letters or text. */
  readonly upright: readonly string[]
  /** Letters that something is differentiated by: a run that holds one is a product, `s = ct`. */
  readonly variables: readonly string[]
  /** Letters with a bracket of their own behind them. */
  readonly applied: readonly string[]
}

/** @param plain code-like text, where short names are usual */
export function wordFacts(tokens: readonly Token[], plain: boolean): WordFacts {
  const candidates = new Set<string>()
  const singles = new Set<string>()
  const upright = new Set<string>()
  const variables = new Set<string>()
  const applied = new Set<string>()
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] as Token
    const end = runEnd(tokens, at)
    if (end === at) {
      if (token.kind === 'text' && !isProse(token.text) && token.text.trim().length > 1) upright.add(token.text.trim())
      at++
      continue
    }
    const run = tokens
      .slice(at, end)
      .map((letter) => letter.text)
      .join('')
    if (end - at === 1) {
      singles.add(run)
      if (isBracket(tokens[end])) applied.add(run)
      if (tokens[at - 1]?.text === '∂') variables.add(run)
    } else if (isCandidate(tokens, at, end, run, plain)) candidates.add(run)
    if (isBelow(tokens, at) && /^d[A-Za-z]$/.test(run)) variables.add(run.charAt(1))
    at = end
  }
  return {
    candidates: [...candidates],
    singles: [...singles],
    upright: [...upright],
    variables: [...variables],
    applied: [...applied],
  }
}

const isBracket = (token: Token | undefined): boolean => token?.kind === 'open' && token.text === '(' && !token.spaced

/** Below a fraction bar, or behind a slash: `\frac{ds}{dt}`. */
const isBelow = (tokens: readonly Token[], at: number): boolean =>
  tokens[at - 1]?.text === '/' || (tokens[at - 1]?.text === '{' && tokens[at - 2]?.text === '}')

/** `LL(\theta) = …`: the run, and names in a bracket, are the whole side. */
function isDefinedFunction(tokens: readonly Token[], to: number): boolean {
  if (!isBracket(tokens[to])) return false
  const close = bracketEnd(tokens, to)
  const inner = tokens.slice(to + 1, close - 1)
  const areNames = inner.every(
    (token) => ['letter', 'command', 'number'].includes(token.kind) || '{}_,;'.includes(token.text),
  )
  return inner.length > 0 && areNames && isRelation(tokens[close])
}

/** Two small letters are a product, unless they are given a value, or typed as in code. */
const isShort = (run: string, plain: boolean): boolean => !plain && /^[a-z]{2}$/.test(run)

function isCandidate(tokens: readonly Token[], from: number, to: number, run: string, plain: boolean): boolean {
  if (isProse(run) || /^d[A-Za-z]$/.test(run)) return false
  const before = tokens[from - 1]
  const opens = begins(before)
  let after = to
  if (tokens[after]?.text === '_') after = scriptEnd(tokens, after + 1)
  const next = tokens[after]
  const entry = operationSpelled('plain', run)
  if (entry) return entry.isTotal === true && opens && isRelation(next)
  const hasValue = tokens[after + 1]?.kind === 'number' && !beginsFactor(tokens[after + 2])
  if (opens && isRelation(next)) return !isShort(run, plain) || hasValue
  if (opens && isDefinedFunction(tokens, to)) return true
  if (next?.kind === 'open' && next.text === '(' && !next.spaced && run.length > 2 && !isGluedFunction(run)) return true
  if (before?.kind === 'sign' && before.text === '∂') return true
  if (isGluedFunction(run) || isShort(run, plain)) return false
  return (
    (opens || isRelation(before)) &&
    (next === undefined ||
      next.kind === 'newline' ||
      (isRelation(before) && next.kind === 'sign' && ',.;'.includes(next.text)))
  )
}

const begins = (token: Token | undefined): boolean =>
  token === undefined ||
  ['newline', 'align', 'space', 'text', 'cjk', 'begin'].includes(token.kind) ||
  (token.kind === 'sign' && ',;:⇒∴'.includes(token.text))

const beginsFactor = (token: Token | undefined): boolean =>
  token !== undefined && (['letter', 'open', 'command', 'number'].includes(token.kind) || '·×*/^'.includes(token.text))

function scriptEnd(tokens: readonly Token[], at: number): number {
  return tokens[at]?.kind === 'open' ? bracketEnd(tokens, at) : at + 1
}

/** The index behind the bracket that opens here. */
function bracketEnd(tokens: readonly Token[], at: number): number {
  for (let end = at, depth = 0; end < tokens.length; end++) {
    if (tokens[end]?.kind === 'open') depth++
    else if (tokens[end]?.kind === 'close' && --depth === 0) return end + 1
  }
  return tokens.length
}

/** All runs that are one name, from the facts of all passages. */
export function wordsOf(facts: Iterable<WordFacts>): Set<string> {
  const candidates = new Set<string>()
  const singles = new Set<string>()
  const upright = new Set<string>()
  const variables = new Set<string>()
  const applied = new Set<string>()
  for (const fact of facts) {
    for (const letter of fact.variables) variables.add(letter)
    for (const letter of fact.applied) applied.add(letter)
    for (const run of fact.candidates) candidates.add(run)
    for (const letter of fact.singles) singles.add(letter)
    for (const word of fact.upright) upright.add(word)
  }
  const words = new Set<string>()
  for (const run of candidates) {
    const letters = [...run]
    const isProduct = letters.some((letter) => variables.has(letter)) && !/^[A-Z]+$/.test(run)
    // `LL` is no product of an L that is a function and another.
    const isDoubled = letters.length === 2 && letters[0] === letters[1] && applied.has(run.charAt(0))
    if (upright.has(run) || isDoubled || (!isProduct && letters.some((letter) => !singles.has(letter)))) words.add(run)
  }
  for (const word of upright) if (/^[A-Za-z]{3,}$/.test(word) && !operationSpelled('plain', word)) words.add(word)
  return words
}

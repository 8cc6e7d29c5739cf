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
}

export function wordFacts(tokens: readonly Token[]): WordFacts {
  const candidates = new Set<string>()
  const singles = new Set<string>()
  const upright = new Set<string>()
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
    if (end - at === 1) singles.add(run)
    else if (isCandidate(tokens, at, end, run)) candidates.add(run)
    at = end
  }
  return { candidates: [...candidates], singles: [...singles], upright: [...upright] }
}

function isCandidate(tokens: readonly Token[], from: number, to: number, run: string): boolean {
  if (isProse(run) || /^d[A-Za-z]$/.test(run)) return false
  const before = tokens[from - 1]
  const opens = begins(before)
  let after = to
  if (tokens[after]?.text === '_') after = scriptEnd(tokens, after + 1)
  const next = tokens[after]
  if (operationSpelled('plain', run)) return run === 'sum' && opens && isRelation(next)
  if (opens && isRelation(next)) return true
  if (next?.kind === 'open' && next.text === '(' && !next.spaced && run.length > 2 && !isGluedFunction(run)) return true
  if (before?.kind === 'sign' && before.text === '∂') return true
  if (isGluedFunction(run)) return false
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

function scriptEnd(tokens: readonly Token[], at: number): number {
  if (tokens[at]?.kind !== 'open') return at + 1
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
  for (const fact of facts) {
    for (const run of fact.candidates) candidates.add(run)
    for (const letter of fact.singles) singles.add(letter)
    for (const word of fact.upright) upright.add(word)
  }
  const words = new Set<string>()
  for (const run of candidates) if (upright.has(run) || [...run].some((letter) => !singles.has(letter))) words.add(run)
  for (const word of upright) if (/^[A-Za-z]{3,}$/.test(word) && !operationSpelled('plain', word)) words.add(word)
  return words
}

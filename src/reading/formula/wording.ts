/** Words between statements: they part them, name a quantity, or make a condition of what follows. */
import { isProseScript } from './characters'
import { isOtherwise, isPhrase, isProse } from './text'
import type { Token } from './tokens'
import { extend, finish, isBlank, isOpen, isOperator, isRelation, STOPS, type Walk } from './walk'

const CONDITIONAL = /^(?:if|when|for|on|whenever|provided|if and only if|for all)$/i

const CONNECTIVE = /^(?:where|and|or|if|for|when|so|then|with|at|thus|hence|because|since|otherwise|else|on|that|by)$/i

const SUPPOSING = /substitut|suppos|assum|plug|代入|仮定|假设/i

/** Text names a quantity, or parts statements. */
export function words(walk: Walk, at: number, token: Token, end: number): number {
  if (isName(walk, at, token, end)) {
    if (token.kind === 'text') walk.tokens[at] = { ...token, kind: 'word', text: token.text.trim() }
    return extend(walk, at, at + 1)
  }
  if (isOpen(walk)) return extend(walk, at, at + 1)
  const word = token.text.trim().replace(/[,.:]$/, '')
  // Prose typed as mathematics leaves its letters behind: `a d of g(x)`.
  if (walk.from >= 0 && isTyped(walk, token) && !CONNECTIVE.test(word)) walk.isSupposed = true
  finish(walk, 'words')
  const last = walk.parts[walk.parts.length - 1]
  if (isOtherwise(word) && last && !last.condition) {
    walk.parts[walk.parts.length - 1] = { ...last, condition: { from: at, to: at + 1 } }
    return at + 1
  }
  walk.isCondition = CONDITIONAL.test(word)
  walk.isSupposed = SUPPOSING.test(word)
  return at + 1
}

/** Letters of the formula, not an argument of `\\text`. */
const isTyped = (walk: Walk, token: Token): boolean =>
  token.kind === 'text' && /[A-Za-z]/.test(walk.text.charAt(token.start))

function isName(walk: Walk, at: number, token: Token, end: number): boolean {
  let next = at + 1
  while (next < end && isBlank(walk.tokens[next])) next++
  const after = walk.tokens[next]
  const isLast =
    next >= end ||
    after?.kind === 'newline' ||
    after?.kind === 'end' ||
    (after?.kind === 'sign' && STOPS.has(after.text))
  const opens = walk.from < 0 || isOperator(walk.tokens[walk.to - 1])
  if (token.kind === 'cjk') {
    if (isProseScript(token.text)) return false
    return opens && (isRelation(after) || isOperator(after) || (isLast && (walk.sign !== null || walk.from >= 0)))
  }
  if (!isProse(token.text)) return true
  // A phrase that has a side for itself.
  return isPhrase(token.text) && walk.from < 0 && (isRelation(after) || (isLast && walk.sign !== null))
}

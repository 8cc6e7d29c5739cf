/** A passage as statements in a row: which tokens are sides, what relates them, and what parts one statement from the next. */
import { BRACED, CASES_ENVIRONMENTS, ROW_ENVIRONMENTS } from './commands'
import { holdsRelation } from './parser'
import { scriptEnd } from './scripts'
import type { State } from './state'
import type { Token } from './tokens'
import {
  ARROWS,
  extend,
  finish,
  isBlank,
  isOpen,
  isOperator,
  isRelation,
  type Part,
  RELATIONS,
  STOPS,
  type Walk,
} from './walk'
import { words } from './wording'

export { isRelation, type Part, type SideTokens } from './walk'

/** The parts of all tokens of a state. Phrases that name a quantity become words. */
export function partsIn(state: State): Part[] {
  const walk: Walk = {
    text: state.text,
    tokens: state.tokens as Token[],
    partner: state.partner,
    parts: [],
    sides: [],
    from: -1,
    to: -1,
    sign: null,
    joint: 'start',
    isCondition: false,
    isSupposed: false,
    isHeadless: false,
    condition: null,
  }
  scan(walk, 0, state.tokens.length)
  finish(walk, 'row')
  return withConditions(walk.parts)
}

/** `0 \\text{ if } x < 0`: what the words introduce is the condition of the part before. */
function withConditions(parts: readonly Part[]): Part[] {
  const folded: Part[] = []
  for (const part of parts) {
    const last = folded[folded.length - 1]
    if (!part.isCondition || !last) {
      folded.push(part)
      continue
    }
    const first = part.sides[0]
    const end = part.sides[part.sides.length - 1]
    if (first && end && !last.condition)
      folded[folded.length - 1] = { ...last, condition: { from: first.from, to: end.to } }
  }
  return folded
}

function scan(walk: Walk, from: number, to: number): void {
  for (let at = from; at < to; ) at = step(walk, at, to)
}

/** Deals with one token or bracket; gives the index behind it. */
function step(walk: Walk, at: number, end: number): number {
  const token = walk.tokens[at] as Token
  switch (token.kind) {
    case 'open':
      return bracket(walk, at, token)
    case 'begin':
      return environment(walk, at, token)
    case 'align':
      if (walk.sides.length > 0 && walk.from >= 0 && relationAhead(walk, at + 1, end)) wideSpace(walk, at, end)
      return at + 1
    case 'newline':
      return newRow(walk, at + 1, end)
    case 'space':
      wideSpace(walk, at, end)
      return at + 1
    case 'tie':
      if (walk.sides.length > 0 && walk.from >= 0 && relationAhead(walk, at + 1, end)) finish(walk, 'space')
      return at + 1
    case 'text':
    case 'cjk':
      return words(walk, at, token, end)
    case 'sign':
      return sign(walk, at, token)
    case 'command':
      return command(walk, at, token)
    default:
      return extend(walk, at, at + 1)
  }
}

function sign(walk: Walk, at: number, token: Token): number {
  if (RELATIONS.has(token.text)) {
    relation(walk, token.text)
    return at + 1
  }
  if (ARROWS.has(token.text)) {
    finish(walk, 'row')
    return at + 1
  }
  if (STOPS.has(token.text)) {
    if (!(walk.sign !== null && walk.from < 0)) finish(walk, 'comma')
    return at + 1
  }
  if (token.text === '_' || token.text === '^')
    return extend(walk, at, Math.min(scriptEnd(walk, at), walk.tokens.length))
  return extend(walk, at, at + 1)
}

function relation(walk: Walk, text: string): void {
  if (walk.from >= 0) walk.sides.push({ from: walk.from, to: walk.to, sign: walk.sign })
  else if (walk.sides.length === 0) resume(walk)
  walk.from = -1
  walk.sign = text
}

/** A relation with nothing before it goes on from the statement before. */
function resume(walk: Walk): void {
  const last = walk.joint === 'words' ? undefined : walk.parts.pop()
  if (!last || last.condition) {
    if (last) walk.parts.push(last)
    walk.isHeadless = true
    return
  }
  walk.sides = [...last.sides]
  walk.joint = last.joint
  walk.isCondition = last.isCondition
  walk.isHeadless = last.isHeadless
}

/**
 * A new row begins a new statement, unless the old one isn't complete or the new one goes on with an operator. Gives the
 * index to go on from.
 */
function newRow(walk: Walk, next: number, end: number): number {
  if (isOpen(walk)) return next
  if (walk.from >= 0) {
    if (isOperator(walk.tokens[walk.to - 1])) return next
    const at = behindBlanks(walk, next, end)
    const first = walk.tokens[at]
    if (isOperator(first) && (first?.text !== '-' || !relationAhead(walk, at, end, true))) return at
  }
  finish(walk, 'row')
  return next
}

function behindBlanks(walk: Walk, from: number, end: number): number {
  let at = from
  while (at < end && isBlank(walk.tokens[at])) at++
  return at
}

function wideSpace(walk: Walk, at: number, end: number): void {
  if (isOpen(walk)) return
  const token = walk.tokens[behindBlanks(walk, at + 1, end)]
  if (isRelation(token) || isOperator(token) || (walk.from >= 0 && isOperator(walk.tokens[walk.to - 1]))) return
  finish(walk, 'space')
}

/** Is there a relation before the next thing that parts statements? */
function relationAhead(walk: Walk, from: number, end: number, acrossSpaces = false): boolean {
  for (let at = from; at < end; at++) {
    const token = walk.tokens[at] as Token
    if (isRelation(token)) return true
    if (token.kind === 'newline' || token.kind === 'end') return false
    if (!acrossSpaces && (token.kind === 'space' || token.kind === 'tie' || token.kind === 'text')) return false
    if (token.kind === 'sign' && (STOPS.has(token.text) || ARROWS.has(token.text))) return false
    if (token.kind === 'open' || token.kind === 'begin') at = Math.max(at, walk.partner[at] ?? at)
  }
  return false
}

/** Braces around whole statements are seen through; a condition in round brackets belongs to what stands before it. */
function bracket(walk: Walk, at: number, token: Token): number {
  const close = walk.partner[at] ?? -1
  if (close < 0) return extend(walk, at, at + 1)
  if (isEquationNumber(walk, at, close)) return close + 1
  const isFirst = walk.from < 0
  if (token.text === '{' && isFirst && !isScript(walk.tokens[close + 1]) && holdsStatement(walk, at)) {
    scan(walk, at + 1, close)
    return close + 1
  }
  if (
    token.text === '\\{' &&
    token.stretchy &&
    isFirst &&
    walk.sides.length === 0 &&
    walk.tokens[at + 1]?.kind === 'begin'
  ) {
    system(walk, at + 1, close)
    return close + 1
  }
  const follows = !isFirst || (walk.sides.length === 0 && walk.parts.length > 0 && walk.joint === 'space')
  if (token.text === '(' && follows && holdsRelation(walk, at) && !isArgument(walk, at))
    return conditionOf(walk, at, close)
  return extend(walk, at, close + 1)
}

/** `& (1)` at the end of a row. */
const isEquationNumber = (walk: Walk, at: number, close: number): boolean => {
  const next = walk.tokens[close + 1]
  const isLast = next === undefined || next.kind === 'newline' || next.kind === 'end'
  return walk.tokens[at - 1]?.kind === 'align' && close === at + 2 && walk.tokens[at + 1]?.kind === 'number' && isLast
}

const isScript = (token: Token | undefined): boolean =>
  token?.kind === 'sign' && (token.text === '_' || token.text === '^')

/** Something like `P(X = x)` or `\mathbb{1}(x > 0)` rather than a condition. */
function isArgument(walk: Walk, at: number): boolean {
  const before = walk.tokens[at - 1]
  if (!before) return false
  if (before.kind === 'close' && before.text === '}') return true
  return (
    /^(?:P|p|Pr|E|Var|1|I)$/.test(before.text.trim()) &&
    (before.kind !== 'number' || walk.tokens[at - 2]?.kind === 'command')
  )
}

function conditionOf(walk: Walk, from: number, close: number): number {
  const span = { from, to: close + 1 }
  if (walk.from >= 0) {
    walk.condition = span
    finish(walk, 'comma')
  } else {
    const last = walk.parts.pop()
    if (last) walk.parts.push({ ...last, condition: span })
  }
  return close + 1
}

function holdsStatement(walk: Walk, open: number): boolean {
  let from = open
  let close = walk.partner[open] ?? -1
  // Braces right inside of braces are seen through.
  while (walk.tokens[from + 1]?.text === '{' && walk.partner[from + 1] === close - 1) {
    from++
    close--
  }
  for (let at = from + 1; at < close; at++) {
    const token = walk.tokens[at] as Token
    if (isRelation(token) || token.kind === 'newline') return true
    if (token.kind === 'begin' && ROW_ENVIRONMENTS.has(token.text)) return true
    if (token.kind === 'open' || token.kind === 'begin') at = Math.max(at, walk.partner[at] ?? at)
  }
  return false
}

function environment(walk: Walk, at: number, token: Token): number {
  const close = walk.partner[at] ?? -1
  if (close < 0) return ROW_ENVIRONMENTS.has(token.text) ? at + 1 : extend(walk, at, at + 1)
  const isFirst = walk.from < 0 && walk.sides.length === 0
  if (ROW_ENVIRONMENTS.has(token.text)) {
    if (walk.from >= 0 && walk.sides.length === 0) finish(walk, 'space')
    scan(walk, at + 1, close)
    return newRow(walk, close + 1, walk.tokens.length)
  }
  if (isFirst && CASES_ENVIRONMENTS.has(token.text) && isSystem(walk, at, close)) {
    system(walk, at, close)
    return close + 1
  }
  if (isFirst && token.text === 'array' && walk.tokens[at - 1]?.kind !== 'open' && isSystem(walk, at, close)) {
    system(walk, at, close)
    return close + 1
  }
  return extend(walk, at, close + 1)
}

/** `cases` without a left side whose rows are equations. */
function isSystem(walk: Walk, open: number, close: number): boolean {
  for (let at = open + 1; at < close; at++) {
    const token = walk.tokens[at] as Token
    if (token.kind === 'newline') return false
    if (token.kind === 'sign' && token.text === '=') return true
    if (token.kind === 'open' || token.kind === 'begin') at = Math.max(at, walk.partner[at] ?? at)
  }
  return false
}

function system(walk: Walk, open: number, end: number): void {
  const close = walk.tokens[open]?.kind === 'begin' ? (walk.partner[open] ?? end) : end
  scan(walk, open + 1, Math.min(close, end))
  finish(walk, 'row')
}

/** `\overset{\text{def}}{=}` is a relation. */
function command(walk: Walk, at: number, token: Token): number {
  if (BRACED.has(token.text) && walk.tokens[at + 1]?.text === '{') {
    const first = walk.partner[at + 1] ?? -1
    const second = first < 0 ? -1 : (walk.partner[first + 1] ?? -1)
    const inner = walk.tokens[first + 2]
    if (second === first + 3 && isRelation(inner)) {
      relation(walk, inner?.text === '=' ? '≔' : (inner?.text ?? '='))
      return second + 1
    }
    if (/set$|stackrel/.test(token.text) && second > 0) return extend(walk, at, second + 1)
  }
  return extend(walk, at, at + 1)
}

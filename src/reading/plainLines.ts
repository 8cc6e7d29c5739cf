/** Lines of plain text that are formulas, all of them: `t = x + y`. Prose never is. */

import { EMPTY_CONTEXT, readPassage } from './formula'
import { isRelation } from './formula/rows'
import { lex, type Token } from './formula/tokens'
import { resolveWords } from './formula/words'
import { opaqueReasons } from './opaque'
import type { Statement } from './statement'

export type Strength = 'strong' | 'weak' | 'none'

const LONGEST_LINE = 400
const remembered = new Map<string, Strength>()

/**
 * Whether a line is a formula as a whole. `weak`: a word and a number, `rate = 0.1`, which is one only in a note that
 * calculates with the word. @param goesOn the line before is one, so that this one may begin with `=`
 */
export function strengthOf(line: string, goesOn: boolean): Strength {
  if (line.length > LONGEST_LINE || !/[=＝]/.test(line)) return 'none'
  const key = (goesOn ? '+' : '-') + line
  const known = remembered.get(key)
  if (known) return known
  if (remembered.size > 20_000) remembered.clear()
  const strength = judge(line.replace(/(?:\\|\s{2,})$/, ''), goesOn)
  remembered.set(key, strength)
  return strength
}

/** Marks that formulas in plain text don't have: of code, of Markdown, of shells, of addresses. */
const FOREIGN =
  /[$`"#@~?\\\0]|:\/\/|==|&&|\|\||=>|->|\+=|-=|\*=|\/=|;\s*$|<\/?[a-z]|!\[|\]\(|--|\.\.\/|\+\+|[A-Za-z]\.[A-Za-z]/

function judge(line: string, goesOn: boolean): Strength {
  const trimmed = line.trim()
  if (trimmed === '' || FOREIGN.test(trimmed)) return 'none'
  const tokens = resolveWords(lex(trimmed, true), EMPTY_CONTEXT, true)
  if (!tokens.some(isRelation) || tokens.some(isForeign)) return 'none'
  if (!goesOn && isRelation(tokens[0])) return 'none'
  if (!areWordsCode(tokens, trimmed)) return 'none'
  if (!isUnderstood(trimmed, goesOn)) return 'none'
  return isConfiguration(tokens) ? 'weak' : 'strong'
}

const isForeign = (token: Token): boolean =>
  token.kind === 'text' ||
  token.kind === 'cjk' ||
  token.kind === 'command' ||
  token.kind === 'align' ||
  (token.kind === 'sign' && ':;.!?%&'.includes(token.text) && token.text !== '%')

/** Words must be joined by signs that stand apart: `total = price * count`, not `a-b/c`, not `key = some value`. */
function areWordsCode(tokens: readonly Token[], line: string): boolean {
  const words = tokens.filter((token) => token.kind === 'word')
  if (words.length === 0) return true
  for (let at = 1; at < tokens.length; at++) {
    const token = tokens[at] as Token
    const before = tokens[at - 1] as Token
    if (isNamed(token) && isNamed(before)) return false
    if (token.kind !== 'sign' || !'-/'.includes(token.text)) continue
    const next = tokens[at + 1]
    const touches = !token.spaced || (next !== undefined && !next.spaced)
    if (touches && (before.kind === 'word' || next?.kind === 'word') && !/\bd\w+\s*\/\s*d\w+/.test(line)) return false
  }
  // A word for itself on either side is a setting: `mode = fast`, `FLAGS = -O2`.
  const relation = tokens.findIndex(isRelation)
  const right = tokens.slice(relation + 1).filter((token, index) => index > 0 || token.text !== '-')
  if (right.length === 1 && right[0]?.kind === 'word') return false
  return (
    tokens[0]?.kind !== 'word' ||
    right.some((token) => token.kind === 'function' || isOperator(token)) ||
    isConfiguration(tokens)
  )
}

const isOperator = (token: Token): boolean => token.kind === 'sign' && '+-*/×·÷^**'.includes(token.text)
const isNamed = (token: Token): boolean => token.kind === 'word' || token.kind === 'letter'

/** A word and a number: `port = 8080`. */
function isConfiguration(tokens: readonly Token[]): boolean {
  const relation = tokens.findIndex(isRelation)
  const left = tokens.slice(0, relation)
  if (!left.some((token) => token.kind === 'word')) return false
  return tokens
    .slice(relation + 1)
    .every((token) => token.kind === 'number' || token.text === '-' || token.text === '%')
}

function isUnderstood(line: string, goesOn: boolean): boolean {
  const statements = statementsIn(goesOn ? `a = b\n${line}` : line)
  return (
    statements.length > 0 &&
    statements.every(({ kind }) => kind !== 'mention') &&
    opaqueReasons(statements).length === 0
  )
}

const statementsIn = (text: string): readonly Statement[] =>
  readPassage({ kind: 'plain', start: 0, text, section: [], block: 0 }, EMPTY_CONTEXT).statements

/** What a plain formula within a sentence does: it gives names their values, or it calculates. */
export interface PlainFormula {
  readonly isValue: boolean
}

/** The plain formula that a stretch of a sentence is; `null` where it is none, or says no more than a name of a name. */
export function plainFormula(text: string): PlainFormula | null {
  const strength = strengthOf(text, false)
  if (strength === 'none') return null
  const statements = statementsIn(text)
  if (strength === 'weak' || statements.every(({ kind }) => kind === 'binding')) return { isValue: true }
  return statements.every(saysSomething) ? { isValue: false } : null
}

/** What stands before the first relation. */
export const leftSide = (text: string): string => /[^=＝]*/.exec(text)?.[0].trim() ?? ''

function saysSomething(statement: Statement): boolean {
  if (statement.kind === 'binding') return true
  if (statement.kind === 'definition') return statement.expr.kind === 'apply'
  const first = statement.kind === 'claim' ? statement.sides[0]?.expr.kind : undefined
  return first === 'derivative' || first === 'name' || first === 'call'
}

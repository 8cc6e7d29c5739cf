/** Lines of plain text that are formulas, all of them: `t = x + y`. Prose never is. */

import { EMPTY_CONTEXT, readPassage } from './formula'
import { isRelation } from './formula/rows'
import { partsOf } from './formula/state'
import { lex, type Token } from './formula/tokens'
import { resolveWords } from './formula/words'
import type { Expr, Passage } from './statement'

/** Consecutive lines that are formulas, where they stand in the text. */
export interface FormulaLines {
  readonly start: number
  readonly text: string
  /** A word and a number, `rate = 0.1`: a formula only in a note that calculates with the word. */
  readonly weakName: string | null
}

type Strength = 'strong' | 'weak' | 'none'

/** The formulas among the lines of a paragraph. */
export function formulaLines(text: string): FormulaLines[] {
  if (!/[=＝]/.test(text)) return []
  const runs: FormulaLines[] = []
  let run: { readonly start: number; readonly end: number } | undefined
  let at = 0
  for (const line of text.split('\n')) {
    const end = at + line.length
    const strength = strengthOf(line, run !== undefined)
    if (run && strength !== 'strong') {
      runs.push({ start: run.start, text: text.slice(run.start, run.end), weakName: null })
      run = undefined
    }
    if (strength === 'strong') run = { start: run?.start ?? at, end }
    if (strength === 'weak') runs.push({ start: at, text: line, weakName: /[^=＝]*/.exec(line)?.[0].trim() ?? '' })
    at = end + 1
  }
  if (run) runs.push({ start: run.start, text: text.slice(run.start, run.end), weakName: null })
  return runs
}

const LONGEST_LINE = 400
const remembered = new Map<string, Strength>()

function strengthOf(line: string, goesOn: boolean): Strength {
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
  /[$`"#@~?\\]|:\/\/|==|&&|\|\||=>|->|\+=|-=|\*=|\/=|;\s*$|<\/?[a-z]|!\[|\]\(|--|\.\.\/|\+\+|[A-Za-z]\.[A-Za-z]/

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
  const passage: Passage = { kind: 'plain', start: 0, text: goesOn ? `a = b\n${line}` : line, section: [], block: 0 }
  const { statements } = readPassage(passage, EMPTY_CONTEXT)
  return (
    statements.length > 0 &&
    statements.every((statement) => {
      if (statement.kind === 'mention') return false
      const exprs = exprsIn(statement)
      return exprs.every(isClear)
    })
  )
}

function exprsIn(statement: ReturnType<typeof readPassage>['statements'][number]): Expr[] {
  if (statement.kind === 'claim' || statement.kind === 'equation') return statement.sides.map((side) => side.expr)
  if (statement.kind === 'definition') return [statement.expr]
  if (statement.kind === 'binding') return [statement.value]
  return statement.kind === 'assumption' ? [statement.left, statement.right] : []
}

function isClear(expr: Expr): boolean {
  const stack = [expr]
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next.kind === 'opaque') return false
    stack.push(...partsOf(next))
  }
  return true
}

/** Formulas: a passage of a note, or a text by itself, as statements. */

import { statementsOf } from './formula/classify'
import { noteContext, tokensOf } from './formula/context'
import { draftOf, finishName } from './formula/names'
import type { NoteContext } from './formula/noteContext'
import { expression, startState } from './formula/parser'
import { partsIn } from './formula/rows'
import { partsOf } from './formula/state'
import { resolveWords } from './formula/words'
import type { Expr, Passage, Range, Reading, Statement, Unread } from './statement'

export { noteContext } from './formula/context'
export { collectMacros, macrosOf } from './formula/macros'
export { EMPTY_CONTEXT, type NoteContext } from './formula/noteContext'

/** Longer passages are given up: nobody wrote them as one formula. */
const LONGEST_PASSAGE = 50_000

/** What a passage says. Never throws; what isn't understood is opaque, and told where nothing at all was. */
export function readPassage(passage: Passage, context: NoteContext): Reading {
  if (passage.kind === 'code') return { statements: [], unread: [] }
  const range = trimmed(passage.text)
  if (passage.text.length > LONGEST_PASSAGE) return { statements: [], unread: [{ range, reason: 'too long' }] }
  if (/^\s*<math[\s>]/i.test(passage.text)) return { statements: [], unread: [{ range, reason: 'MathML' }] }
  const plain = passage.kind === 'plain'
  const tokens = resolveWords(tokensOf(passage.text, plain, context.macros), context, plain)
  const state = startState(passage.text, tokens, context, plain)
  const statements = withShape(statementsOf(state, partsIn(state)), passage)
  return { statements, unread: unreadOf(statements, range, tokens.length) }
}

/** Names of which the words around them say the shape. */
function withShape(statements: Statement[], { shape, bare = [], text }: Passage): Statement[] {
  const range = trimmed(text)
  const among = bare.map(({ letter, shape: own }): Statement => {
    const [base = '', digit] = letter
    const subscript = digit === undefined ? null : { key: digit, latex: digit, plain: digit }
    const name = finishName({ ...draftOf(base), subscript })
    return { kind: 'declaration', target: { kind: 'name', name, range }, shape: own, range }
  })
  const own = statements.map(
    (each): Statement =>
      shape && each.kind === 'mention' && each.expr.kind === 'name'
        ? { kind: 'declaration', target: each.expr, shape, range: each.range }
        : each,
  )
  return [...own, ...among]
}

/** One expression, as the command line and tests give it. @param plain code-like text, where `w_ij` is one name */
export function parseFormula(text: string, context?: NoteContext, plain = false): Expr {
  const passage: Passage = { kind: plain ? 'plain' : 'inline', start: 0, text, section: [], block: 0 }
  const known = context ?? noteContext([passage])
  const tokens = resolveWords(tokensOf(text, plain, known.macros), known, plain)
  return expression(startState(text, tokens, known, plain), 0, tokens.length)
}

function trimmed(text: string): Range {
  const start = text.search(/\S/)
  return start < 0 ? { start: 0, end: 0 } : { start, end: text.trimEnd().length }
}

/** One entry where nothing of the passage could be used. */
function unreadOf(statements: readonly Statement[], range: Range, tokens: number): Unread[] {
  if (tokens === 0 || range.start === range.end) return []
  if (statements.length === 0) return [{ range, reason: 'text only' }]
  const exprs = statements.flatMap(exprsOf)
  if (exprs.some((expr) => expr.kind !== 'opaque'))
    return isUsable(statements) ? [] : [{ range, reason: reasonIn(exprs) }]
  return [{ range, reason: reasonIn(exprs) }]
}

/** Something besides the name on the left was understood. */
function isUsable(statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    const exprs = valuesOf(statement)
    return exprs.length === 0 || exprs.some((expr) => !isAllOpaque(expr))
  })
}

/** Only what can't be read, perhaps with a sign or a factor. */
function isAllOpaque(expr: Expr): boolean {
  if (expr.kind === 'opaque') return expr.of === undefined
  if (expr.kind !== 'apply' || expr.args.length === 0) return false
  return expr.args.some(isAllOpaque) && expr.args.every((arg) => arg.kind === 'number' || isAllOpaque(arg))
}

function reasonIn(exprs: readonly Expr[]): string {
  const stack = [...exprs].reverse()
  for (let expr = stack.pop(); expr; expr = stack.pop()) {
    if (expr.kind === 'opaque') return expr.reason
    stack.push(...partsOf(expr).reverse())
  }
  return 'no formula'
}

function exprsOf(statement: Statement): Expr[] {
  switch (statement.kind) {
    case 'definition':
      return [statement.expr]
    case 'binding':
      return [statement.target, statement.value]
    case 'declaration':
      return [statement.target]
    case 'claim':
    case 'equation':
      return statement.sides.map((side) => side.expr)
    case 'assumption':
      return [statement.left, statement.right]
    case 'mention':
      return [statement.expr]
    default:
      return []
  }
}

/** What a statement says about its first side. */
function valuesOf(statement: Statement): Expr[] {
  if (statement.kind === 'claim' || statement.kind === 'equation')
    return statement.sides.slice(1).map((side) => side.expr)
  if (statement.kind === 'binding' || statement.kind === 'declaration') return []
  return exprsOf(statement)
}

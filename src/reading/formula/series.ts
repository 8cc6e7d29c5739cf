/** Dots between terms: `x_1^2 + \cdots + x_n^2` is the sum over i, `p_1 p_2 \cdots p_n` the product, where the terms that are written show the rule. */
import { binderOfChain } from '../../operations/index'
import { rewritten } from '../rewritten'
import type { ApplyExpr, BinderExpr, Expr, Indexed, IndexTerm, Name, NameExpr, Range } from '../statement'
import { draftOf, finishName } from './names'

const LEFT_OUT = 'left out terms'

const isDots = (expr: Expr): boolean => expr.kind === 'opaque' && expr.reason === LEFT_OUT

/** The sum or product that a chain with dots stands for; the chain as it is where its terms show no rule. */
export function withSeries(expr: Expr): Expr {
  const op = expr.kind === 'apply' ? binderOfChain(expr.op)?.name : undefined
  if (!op || expr.kind !== 'apply') return expr
  const terms = termsOf(expr)
  const at = terms.findIndex(isDots)
  if (at < 1) return expr
  const series = seriesOf(terms, at, op)
  if (!series) return expr
  // What stands behind the last term of the series goes on with it: `… + w_n x_n + b`.
  return terms.slice(at + 2).reduce<Expr>((left, right) => joined(expr, left, right), series)
}

/** The operands of a chain of one operation, from left to right. */
function termsOf(expr: ApplyExpr): Expr[] {
  const terms: Expr[] = []
  let left: Expr = expr
  while (left.kind === 'apply' && left.op === expr.op && left.args.length === 2) {
    terms.unshift(left.args[1] as Expr)
    left = left.args[0] as Expr
  }
  return [left, ...terms]
}

const joined = ({ op, attributes }: ApplyExpr, left: Expr, right: Expr): Expr => ({
  kind: 'apply',
  op,
  args: [left, right],
  ...(attributes && { attributes }),
  range: { start: left.range.start, end: right.range.end },
})

function seriesOf(terms: readonly Expr[], at: number, op: BinderExpr['op']): BinderExpr | null {
  const [first] = terms
  const [dots, last] = [terms[at], terms[at + 1]]
  if (!first || !dots || !last || at > 2) return null
  const rule = ruleOf(terms.slice(0, at), last, freeLetter(terms))
  if (!rule) return null
  return {
    kind: 'binder',
    op,
    indices: [countedBy(rule, { first: first.range, last: last.range })],
    condition: null,
    body: rule.body,
    range: { start: first.range.start, end: last.range.end },
    operator: dots.range,
  }
}

/** What terms with dots have in common: a body, and the letter in it that runs from a number to another letter. */
export interface Rule {
  readonly letter: string
  readonly from: number
  readonly to: string
  readonly body: Expr
}

/** A rule's letter with its limits, as a sum binds it. */
export function countedBy(
  { letter, from, to }: Rule,
  { first, last }: { readonly first: Range; readonly last: Range },
): BinderExpr['indices'][number] {
  const size: NameExpr = { kind: 'name', name: finishName(draftOf(to)), range: last }
  const start: Expr = { kind: 'number', value: from, text: String(from), range: first }
  return { name: finishName(draftOf(letter)), from: start, to: size }
}

/** The rule of one or more terms before the dots and the one behind them; `null` where they show none. */
export function ruleOf(written: readonly Expr[], last: Expr, letter: string | undefined): Rule | null {
  const [first] = written
  const counted = first && countOf(first, last)
  if (!counted || letter === undefined) return null
  const { from, to } = counted
  const name = finishName(draftOf(letter))
  const body = replaced(last, (term) => (isAt(term, to) ? placeOfLetter(name) : null))
  const isRule = (term: Expr, k: number): boolean =>
    sameExpr(
      term,
      replaced(body, (place) => (isAt(place, name.key) ? { letters: [], offset: from + k } : null)),
    )
  return written.every(isRule) ? { letter, from, to, body } : null
}

/** A letter for what counts that none of the terms has. */
export function freeLetter(terms: readonly Expr[], ...taken: readonly string[]): string | undefined {
  const keys = keysIn(terms)
  return LETTERS.find((each) => !keys.has(each) && !taken.includes(each))
}
/** Letters that count, in the order in which people take them. */
const LETTERS = ['i', 'j', 'k', 'l', 'p', 'q', 'r', 's']

/** From which number to which letter the places run in which two terms differ. */
function countOf(first: Expr, last: Expr): { readonly from: number; readonly to: string } | null {
  const [starts, ends] = [placesIn(first), placesIn(last)]
  if (starts.length === 0 || starts.length !== ends.length) return null
  for (const [k, end] of ends.entries()) {
    const start = starts[k]
    const [letter, second] = end.letters
    if (!start || start.letters.length > 0 || !letter || second) continue
    if (end.offset === 0 && letter.factor === 1 && (start.offset === 0 || start.offset === 1))
      return { from: start.offset, to: letter.key }
  }
  return null
}

const isAt = ({ letters, offset }: IndexTerm, key: string): boolean =>
  offset === 0 && letters.length === 1 && letters[0]?.key === key && letters[0].factor === 1

const placeOfLetter = ({ key, latex }: Name): IndexTerm => ({ letters: [{ key, latex, factor: 1 }], offset: 0 })

/** The places below all names of an expression, in order. */
function placesIn(expr: Expr): IndexTerm[] {
  if (expr.kind === 'name') return (expr.name.indexed?.at ?? []).flatMap((term) => term ?? [])
  if (expr.kind === 'apply' || expr.kind === 'call') return expr.args.flatMap(placesIn)
  if (expr.kind === 'derivative') return [expr.of, ...expr.wrt.map(({ variable }) => variable)].flatMap(placesIn)
  return []
}

function keysIn(terms: readonly Expr[]): Set<string> {
  const keys = new Set<string>()
  const stack = [...terms]
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next.kind === 'name') {
      keys.add(next.name.key)
      for (const term of next.name.indexed?.at ?? []) for (const { key } of term?.letters ?? []) keys.add(key)
    } else if (next.kind === 'apply' || next.kind === 'call') stack.push(...next.args)
    else if (next.kind === 'derivative') stack.push(next.of, ...next.wrt.map(({ variable }) => variable))
  }
  return keys
}

/** The expression with other places below its names. */
const replaced = (expr: Expr, by: (term: IndexTerm) => IndexTerm | null): Expr =>
  rewritten(expr, (part) => {
    if (part.kind !== 'name' || !part.name.indexed) return null
    const { base, at } = part.name.indexed
    const places = at.map((term) => (term && by(term)) ?? term)
    return places.every((term, k) => term === at[k]) ? part : { ...part, name: nameAt(base, places) }
  })

/** `w_{11}` as the entry in row 1 and column 1. */
export const withDigitsApart = (expr: Expr): Expr =>
  rewritten(expr, (part) => {
    const { base, at } = (part.kind === 'name' && part.name.indexed) || {}
    if (part.kind !== 'name' || !base || !at) return null
    const digits = placesOfDigits(at)
    return digits ? { ...part, name: nameAt(base, digits) } : part
  })

/** The digits of a number of two that is the only place; `null` for other places. */
export function placesOfDigits(at: Indexed['at']): Indexed['at'] | null {
  const [only, further] = at
  if (!only || further || only.letters.length > 0 || !/^[1-9]{2}$/.test(String(only.offset))) return null
  return [...String(only.offset)].map((digit) => ({ letters: [], offset: Number(digit) }))
}

/** A name at places, `x_{ij}`. */
function nameAt(base: Name, at: Indexed['at']): Name {
  const text = (form: 'key' | 'latex') => at.map((term) => (term ? termText(term, form) : ':')).join('')
  const [key, latex] = [text('key'), text('latex')]
  return {
    key: `${base.key}_${key}`,
    latex: `${base.latex}_${latex.length === 1 ? latex : `{${latex}}`}`,
    plain: `${base.plain}_${key}`,
    indexed: { base, at },
  }
}

const termText = ({ letters, offset }: IndexTerm, form: 'key' | 'latex'): string => {
  const written = letters.map((letter) => letter[form]).join('+')
  return offset === 0 && written !== '' ? written : `${written}${offset < 0 || written === '' ? '' : '+'}${offset}`
}

/** Two expressions that are written in the same way. */
function sameExpr(a: Expr, b: Expr): boolean {
  if (a.kind === 'number' && b.kind === 'number') return a.value === b.value
  if (a.kind === 'name' && b.kind === 'name') return a.name.key === b.name.key
  if (a.kind === 'apply' && b.kind === 'apply') return a.op === b.op && sameArgs(a.args, b.args)
  if (a.kind === 'call' && b.kind === 'call')
    return a.callee.key === b.callee.key && a.primes === b.primes && sameArgs(a.args, b.args)
  if (a.kind === 'derivative' && b.kind === 'derivative') {
    const [left, right] = [a, b].map(({ of, wrt }) => [of, ...wrt.map(({ variable }) => variable)])
    return a.order === b.order && a.notation === b.notation && sameArgs(left ?? [], right ?? [])
  }
  return false
}

const sameArgs = (a: readonly Expr[], b: readonly Expr[]): boolean =>
  a.length === b.length && a.every((arg, k) => sameExpr(arg, b[k] as Expr))

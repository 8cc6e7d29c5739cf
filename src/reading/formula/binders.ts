/** Sums, products and extrema over indices: `\sum_{i=1}^{n} x_i`, `\prod_j`, `\max_k a_k`, `\sum_{i \ne j}`. */
import { binderSpelled } from '../../operations/index'
import type { BinderExpr, Expr, Name, NameExpr } from '../statement'
import { terms } from '../terms'
import { draftOf, finishName } from './names'
import { scriptSpan } from './nucleus'
import { BINDING, fail, peek, peekSign, rangeOf, type State, take, within } from './state'
import type { Token } from './tokens'

type Bound = BinderExpr['indices'][number]

/** Does a binder with an index begin here? */
export function beginsBinder(state: State): boolean {
  const token = peek(state)
  if (!token || !binderSpelled(token.text)) return false
  const at = state.position + 1
  const below = belowOf(state, at)
  const found = below && indicesBelow(state, below.from, below.to)
  if (found?.kind !== 'set') return found !== null
  // The x of `\\sum_{x \\in X} p(x)` is one of its values, and counts nothing.
  return binderSpelled(token.text)?.binds?.neutral === 0 && found.letters.every(({ text }) => /^[i-nqst]$/.test(text))
}

/** The script below, which may stand behind the one above. */
function belowOf(state: State, at: number): { from: number; to: number } | null {
  const next = state.tokens[at]
  if (next?.kind !== 'sign' || (next.text !== '_' && next.text !== '^')) return null
  const end = (state.partner[at + 1] ?? -1) > at + 1 ? (state.partner[at + 1] as number) + 1 : at + 2
  if (end > state.end) return null
  if (next.text === '^') return belowOf(state, end)
  const braced = state.tokens[at + 1]?.text === '{' && end > at + 2
  return braced ? { from: at + 2, to: end - 1 } : { from: at + 1, to: end }
}

interface Below {
  readonly letters: Token[]
  /** Where what follows `=` or `∈` begins; -1 where there is neither. */
  readonly start: number
  readonly kind: 'all' | 'from' | 'condition' | 'set'
}

/** Letters that a script binds, and what limits them. */
function indicesBelow(state: State, from: number, to: number): Below | null {
  const letters: Token[] = []
  let at = from
  for (;;) {
    const token = state.tokens[at]
    if (at >= to || !token || !isLetter(token)) return null
    letters.push(token)
    const next = state.tokens[at + 1]
    if (at + 1 >= to) return { letters, start: -1, kind: 'all' }
    if (next?.kind === 'sign' && next.text === ',') at += 2
    else if (next?.kind === 'sign' && next.text === '=') return { letters, start: at + 2, kind: 'from' }
    else if (next?.text === '∈' && letters.length === 1) return { letters, start: at + 2, kind: 'set' }
    else if (next?.kind === 'sign' && '≠<>≤≥'.includes(next.text)) return { letters, start: -1, kind: 'condition' }
    else return null
  }
}

const isLetter = (token: Token): boolean =>
  (token.kind === 'letter' && !token.font && !token.accents) || (token.kind === 'command' && token.text === '\\ell')

const nameOf = (token: Token): Name => finishName(draftOf(token.kind === 'command' ? 'ℓ' : token.text))

/** The binder with all that it governs. */
export function binder(state: State): Expr {
  const from = state.position
  const sign = take(state)
  const entry = binderSpelled(sign.text) ?? fail(state, 'sum with an index')
  let below: { from: number; to: number } | null = null
  let to: Expr | null = null
  while (peekSign(state, '_') || peekSign(state, '^')) {
    const isBelow = take(state).text === '_'
    const span = scriptSpan(state)
    const after = state.position
    if (isBelow) below = span
    else if (span.from < span.to) to = bound(state, behindLetter(state, span.from), span.to)
    state.position = after
  }
  const found = below && indicesBelow(state, below.from, below.to)
  if (!below || !found) return fail(state, 'sum with an index')
  const after = state.position
  const first = found.kind === 'from' ? bound(state, found.start, below.to) : null
  const condition = found.kind === 'condition' ? whole(state, below.from, below.to) : null
  const member = found.kind === 'set' ? memberOf(state, found, below.to) : null
  state.position = after
  // `i \ne j` binds i; where both are bound, the note says so by two sums.
  const indices: Bound[] = found.letters.map((letter) => ({ name: nameOf(letter), from: first, to }))
  // `\max_i a_i + b` is the maximum of the a alone, as with any function.
  const own = entry.binds?.neutral === null ? state.operand(state) : state.read(state, BINDING.product)
  const body = member ? terms(member.range).product(member, own) : own
  const range = rangeOf(state, from, state.position)
  return { kind: 'binder', op: entry.name, indices, condition, body, range, operator: rangeOf(state, from, after) }
}

/** Of a sum over the members of a set, `\sum_{i \in S} x_i`, the factor that is 1 for them and 0 for the others. */
function memberOf(state: State, { letters: [letter], start }: Below, to: number): NameExpr {
  const set = whole(state, start, to)
  if (!letter || set.kind !== 'name' || set.name.indexed) return fail(state, 'sum with an index')
  const { key, latex } = nameOf(letter)
  const base: Name = {
    key: `1_${set.name.key}`,
    latex: `\\mathbb{1}_{${set.name.latex}}`,
    plain: `1_${set.name.plain}`,
  }
  const name: Name = {
    key: `${base.key},${key}`,
    latex: `\\mathbb{1}_{${latex} \\in ${set.name.latex}}`,
    plain: `[${letter.text} ∈ ${set.name.plain}]`,
    indexed: { base, at: [{ letters: [{ key, latex, factor: 1 }], offset: 0 }] },
  }
  return { kind: 'name', name, range: set.range }
}

/** `i=n` above a sum says n. */
const behindLetter = ({ tokens }: State, from: number): number =>
  tokens[from + 1]?.text === '=' && isLetter(tokens[from] as Token) ? from + 2 : from

/** A limit; `\infty` is none that could be counted to. */
function bound(state: State, from: number, to: number): Expr {
  const expr = whole(state, from, to)
  return expr.kind === 'opaque' ? fail(state, 'sum with an index') : expr
}

function whole(state: State, from: number, to: number): Expr {
  const { end } = state
  state.end = Math.max(end, to)
  const expr = within(state, from, to, () => state.read(state, BINDING.or))
  state.end = end
  return expr
}

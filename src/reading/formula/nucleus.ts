/** A name with everything that is put on it: accents, fonts, subscripts, marks, primes. What is a power stays one. */
import { operationSpelled } from '../../operations/index'
import { greekLetter, isProseScript } from './characters'
import { ACCENTS, FONTS, LETTER_MACROS, SWITCHES } from './commands'
import { draftOf, finishName, looksLikeArray, type NameDraft, type Script } from './names'
import { placesIn } from './places'
import { scriptOf } from './scriptNames'
import { macroEnd } from './scripts'
import { closing, fail, MAXIMUM_DEPTH, peek, type State, take } from './state'
import { isProse } from './text'
import type { Token } from './tokens'

/** A superscript that is an operation on the name. */
export interface Raised {
  readonly kind: 'raised' | 'turned'
  /** Tokens of the exponent, without its braces. */
  readonly from: number
  readonly to: number
}

export interface ReadName {
  readonly draft: NameDraft
  readonly raised: readonly Raised[]
  /** Tokens of the name without what is raised. */
  readonly from: number
  readonly to: number
}

/** A token that a name can begin with. */
export function beginsName(token: Token): boolean {
  if (token.kind === 'letter' || token.kind === 'word') return true
  if (token.kind === 'text') return !isProse(token.text)
  if (token.kind === 'cjk') return !isProseScript(token.text)
  if (token.kind !== 'command') return false
  return ACCENTS.has(token.text) || FONTS.has(token.text) || letterOf(token) !== undefined
}

/** The letter that a macro is: `\alpha`, `\ell`. */
const letterOf = (token: Token): string | undefined => greekLetter(token.text.slice(1)) ?? LETTER_MACROS.get(token.text)

/** The name at the position; `null` (and nothing taken) where there is none. */
export function readName(state: State): ReadName | null {
  peek(state)
  const from = state.position
  const draft = nucleus(state)
  if (!draft) {
    state.position = from
    return null
  }
  return readScripts(state, draft, from)
}

function nucleus(state: State): NameDraft | null {
  const token = peek(state)
  if (!token) return null
  if (token.kind === 'open' && token.text === '{') return bracedNucleus(state)
  if (!beginsName(token)) return null
  state.position++
  if (token.kind === 'letter') return letterNucleus(state, token)
  if (token.kind !== 'command') return draftOf(token.text.trim())
  const accent = ACCENTS.get(token.text)
  if (accent) return accented(state, accent)
  const font = FONTS.get(token.text)
  if (font !== undefined) return withFont(state, font)
  return letterNucleus(state, { ...token, text: letterOf(token) ?? token.text })
}

/** `Δx` is one name. */
function letterNucleus(state: State, token: Token): NameDraft | null {
  const own = draftOf(token.text, token.accents, token.font)
  if (token.text !== 'Δ') return own
  const next = peek(state)
  if (!next || !(beginsName(next) || next.text === '{')) return own
  const from = state.position
  const changed = nucleus(state)
  if (changed && changed.accents.length === 0) return { ...changed, accents: ['Delta'] }
  state.position = from
  return own
}

/** Braces around nothing but a name. `{\bf q}` sets a font. */
function bracedNucleus(state: State): NameDraft | null {
  const from = state.position
  const close = state.partner[from] ?? -1
  if (close < 0 || close >= state.end || state.depth > MAXIMUM_DEPTH) return null
  state.depth++
  const { end } = state
  state.position = from + 1
  state.end = close
  const change = peek(state)
  const font = change?.kind === 'command' ? SWITCHES.get(change.text) : undefined
  if (font !== undefined) state.position++
  const inner = nucleus(state)
  const read = inner ? readScripts(state, inner, from + 1) : null
  const whole = read !== null && read.raised.length === 0 && !peek(state)
  state.depth--
  state.end = end
  state.position = whole ? close + 1 : from
  if (!read || !whole) return null
  return font ? { ...read.draft, font } : read.draft
}

/** The argument of an accent or font: braces around a name, or the next letter. */
function argumentNucleus(state: State): NameDraft | null {
  const next = peek(state)
  if (!next) return null
  if (next.text === '{' && next.kind === 'open') return bracedNucleus(state) ?? wordNucleus(state)
  return nucleus(state)
}

/** `\mathbf{Wx}`, `\overline{AB}`: several letters under one mark are one name. */
function wordNucleus(state: State): NameDraft | null {
  const close = closing(state)
  const inner = state.tokens.slice(state.position + 1, close)
  if (!inner.every((token) => token.kind === 'letter' || token.kind === 'number')) return null
  const base = inner.map((token) => token.text).join('')
  if (base === '') return null
  state.position = close + 1
  return draftOf(base)
}

/** What an accent or font stands on, unless marks are piled up beyond reason. */
function deeper(state: State): NameDraft | null {
  if (state.depth >= MAXIMUM_DEPTH) fail(state, 'nested too deeply')
  state.depth++
  const draft = argumentNucleus(state)
  state.depth--
  return draft
}

function accented(state: State, accent: string): NameDraft | null {
  const draft = deeper(state)
  return draft && { ...draft, accents: [...draft.accents, accent] }
}

function withFont(state: State, font: string): NameDraft | null {
  const draft = deeper(state)
  return draft && { ...draft, font }
}

/** Takes everything that stands on the name. */
function readScripts(state: State, start: NameDraft, from: number): ReadName {
  let draft = start
  let to = state.position
  const raised: Raised[] = []
  for (let token = peek(state); token; token = peek(state)) {
    if (token.kind === 'number' && isIndexNumber(state, draft, token, raised)) {
      draft = numbered(state, draft, take(state).text)
    } else if (token.kind !== 'sign') break
    else if (token.text === "'") {
      take(state)
      draft = { ...draft, primes: draft.primes + 1 }
    } else if (token.text === '*' && isStar(state, draft, token)) {
      take(state)
      draft = { ...draft, superscript: { key: 'star', latex: '*', plain: '*' } }
    } else if (token.text === '_') {
      if (draft.subscript) break
      take(state)
      const span = scriptSpan(state)
      const subscript = scriptOf(state.tokens.slice(span.from, span.to)) ?? fail(state, 'subscript')
      draft = { ...draft, subscript }
    } else if (token.text === '^' || token.text === '**') {
      if (raised.some((item) => item.kind === 'raised')) break
      const joint = jointMark(state, draft)
      const mark = joint?.mark ?? superscript(state, draft)
      if ('kind' in mark) {
        raised.push(mark)
        continue
      }
      draft = { ...draft, ...mark }
      if (joint?.turned) {
        to = state.position
        raised.push(joint.turned)
      }
    } else break
    if (raised.length === 0) to = state.position
  }
  return { draft: isPartial(state, draft) ? { ...draft, primes: 0 } : draft, raised, from, to }
}

/** `f'_x`, `f''_{xy}` of an f(x, y): a spelling of `f_x`, `f_{xy}`. */
function isPartial({ context }: State, { base, subscript, primes, accents, font }: NameDraft): boolean {
  if (primes === 0 || !subscript || accents.length > 0 || font || subscript.key.length !== primes) return false
  return [...subscript.key].every((letter) => context.partials.has(`${base}_${letter}`))
}

/** `q* = 5`: nothing follows that could be multiplied. */
const isStar = (state: State, draft: NameDraft, token: Token): boolean =>
  !token.spaced && draft.superscript === null && state.position + 1 >= state.end

/** `x1`: a number right behind a letter is its index. */
const isIndexNumber = (state: State, draft: NameDraft, token: Token, raised: readonly Raised[]): boolean =>
  !(state.context.factors.has(draft.base) && state.tokens[state.position + 1]?.text === '^') &&
  !token.spaced &&
  draft.subscript === null &&
  draft.superscript === null &&
  raised.length === 0 &&
  /^\d+$/.test(token.text) &&
  state.tokens[state.position - 1]?.end === token.start

function numbered(state: State, draft: NameDraft, digits: string): NameDraft {
  if (state.context.distinct.has(draft.base)) return { ...draft, base: draft.base + digits }
  return { ...draft, subscript: { key: digits, latex: digits, plain: digits } }
}

/** Tokens of a script, without its braces; the position is behind it. */
export function scriptSpan(state: State): { from: number; to: number; braced: boolean } {
  const token = peek(state)
  if (!token) return fail(state, 'ends too early')
  const from = state.position
  if (token.kind === 'open' && (token.text === '{' || token.text === '(' || token.text === '[')) {
    const close = closing(state)
    state.position = close + 1
    return token.text === '{' ? { from: from + 1, to: close, braced: true } : { from, to: close + 1, braced: false }
  }
  state.position = Math.min(macroEnd(state, from), state.end)
  // A font or accent takes its argument along.
  if (token.kind === 'command' && (FONTS.has(token.text) || ACCENTS.has(token.text))) {
    if (peek(state)?.text === '{') state.position = closing(state) + 1
    else take(state)
  }
  return { from, to: state.position, braced: false }
}

/** What a superscript is: part of the name, or something that is done to it. */
function superscript(state: State, draft: NameDraft): Partial<NameDraft> | Raised {
  const sign = take(state)
  const minus = peek(state)
  const start = state.position
  if (minus?.kind === 'sign' && minus.text === '-') {
    // `x^-1`: the sign belongs to the exponent.
    state.position++
    if (!peek(state) || isCloser(peek(state))) return { superscript: { key: '-', latex: '-', plain: '-' } }
    const span = scriptSpan(state)
    return { kind: 'raised', from: start, to: span.to }
  }
  const span = state.plain && beginsName(minus ?? sign) ? plainExponent(state) : scriptSpan(state)
  const inner = state.tokens.slice(span.from, span.to)
  if (sign.text === '**') return { kind: 'raised', from: span.from, to: span.to }
  if (inner.length === 0) return fail(state, 'empty exponent')
  if (inner.every((token) => token.text === "'")) return { primes: draft.primes + inner.length }
  if (isTransposition(inner, state, draft)) return { kind: 'turned', from: span.from, to: span.to }
  if (isSquareName(state, draft, inner)) return { superscript: { key: '2', latex: '2', plain: '²' } }
  const isBase = draft.base === 'e' && !state.context.variables.has('e')
  const mark = isBase ? null : markOf(inner, span.braced, state)
  if (mark && !draft.superscript) return { superscript: mark }
  return { kind: 'raised', from: span.from, to: span.to }
}

/** `A^{[l]T}`, `g^{[l]\prime}`: a mark, and what is done to the name that has it; `null`, and nothing is taken, for all else. */
function jointMark(state: State, draft: NameDraft): { mark: Partial<NameDraft>; turned: Raised | null } | null {
  const { position } = state
  const isPower = take(state).text === '^' && !draft.superscript
  const { from, to, braced } = isPower ? scriptSpan(state) : { from: 0, to: 0, braced: false }
  const after = state.position
  state.position = position
  if (!isPower || !braced) return null
  const isPrime = (at: number): boolean => state.tokens[at]?.text === "'"
  let [start, end] = [from, to]
  while (start < end && isPrime(start)) start++
  while (start < end && isPrime(end - 1)) end--
  const primes = start - from + (to - end)
  const last = state.tokens[end - 1]
  const isBracketed = '(['.includes(state.tokens[start]?.text ?? ' ')
  const isTurned = end - start > 1 && (isTop(last) || (isBracketed && last?.text.trim() === 'T'))
  const inner = state.tokens.slice(start, isTurned ? end - 1 : end)
  const isMark = (primes > 0 || isTurned) && inner[0]?.kind !== 'sign'
  const superscript = isMark ? markOf(inner, true, state) : null
  if (!superscript) return null
  state.position = after
  const turned: Raised | null = isTurned ? { kind: 'turned', from: end - 1, to } : null
  return { mark: { superscript, primes: draft.primes + primes }, turned }
}

const isTop = (token: Token | undefined): boolean => /^(?:\\top|\\intercal|⊤|⊺)$/.test(token?.text ?? '')

/** `\sigma^2` in a note that defines it so: one name. */
function isSquareName({ context }: State, draft: NameDraft, inner: readonly Token[]): boolean {
  if (inner.length !== 1 || inner[0]?.text !== '2' || draft.superscript || draft.primes > 0) return false
  return context.squares.size > 0 && context.squares.has(finishName(draft).key)
}

/** `x^w1`, `x^w_1` in plain text: the whole name. */
function plainExponent(state: State): { from: number; to: number; braced: boolean } {
  const from = state.position
  readName(state)
  return { from, to: state.position, braced: false }
}

const isCloser = (token: Token | undefined): boolean => token?.kind === 'close' || token?.kind === 'sign'

function isTransposition(inner: readonly Token[], state: State, draft: NameDraft): boolean {
  const [token] = inner
  if (inner.length !== 1 || !token) return false
  if (isTop(token) || state.context.turning.has(token.text.trim())) return true
  if (token.text.trim() !== 'T') return false
  // `T^T`, where T is a number: a power.
  if (draft.base === 'T' && state.context.variables.has('T')) return false
  return looksLikeArray(draft) || !(state.context.variables.has('T') || state.context.indices.has('T'))
}

/** A layer, a sample, a star: part of the name. */
function markOf(inner: readonly Token[], braced: boolean, state: State): Script | null {
  const [first] = inner
  const last = inner[inner.length - 1]
  if (!first || !last) return null
  if (inner.length === 1) {
    if (first.kind === 'sign' && '*+-'.includes(first.text)) return scriptOf(inner)
    if (first.kind === 'command' && /^\\d?dagger$/.test(first.text)) return scriptOf(inner)
    if (first.kind === 'text' || first.kind === 'word')
      return state.context.marks.has(first.text.trim()) ? scriptOf(inner) : null
  }
  if (first.text === '[' && last.text === ']') return scriptOf(inner)
  if (braced && first.text === '[' && last.text === ')') return sampleOf(inner)
  const letters = inner.filter((token) => token.kind === 'letter' || token.kind === 'command')
  const counts = letters.every((token) => isIndex(state, token))
  if (braced && first.text === '(' && last.text === ')') {
    if (!letters.every((token) => isIndex(state, token) || state.context.marks.has(token.text))) return null
    const mark = scriptOf(inner)
    return mark && { ...mark, places: placesIn(inner.slice(1, -1)) }
  }
  return letters.length > 0 && counts && inner.every(isCounting) ? scriptOf(inner) : null
}

/** `[l](i)`: a sample of a layer. */
function sampleOf(inner: readonly Token[]): Script | null {
  const open = inner.findIndex(({ text }) => text === '(')
  const layer = open > 1 && inner[open - 1]?.text === ']' ? scriptOf(inner.slice(0, open)) : null
  const places = layer && placesIn(inner.slice(open + 1, -1))
  const whole = places?.length === 1 ? scriptOf(inner) : null
  return layer && whole && { ...whole, places, layer }
}

const isIndex = (state: State, token: Token): boolean => {
  if (token.kind === 'letter') return state.context.indices.has(finishName(draftOf(token.text)).key)
  return token.text === '\\ell'
}

const isCounting = (token: Token): boolean =>
  token.kind === 'letter' ||
  token.kind === 'number' ||
  token.kind === 'command' ||
  (token.kind === 'sign' && '+-,'.includes(token.text))

/** The operation that a word or letter spells where something is applied to. */
export function operationOfName(draft: NameDraft) {
  if (draft.subscript || draft.superscript || draft.font || draft.accents.length > 0) return undefined
  return operationSpelled('plain', draft.base)
}

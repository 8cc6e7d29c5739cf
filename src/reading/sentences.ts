/**
 * Formulas within a sentence that carry no mark: `ノードは y = 1 / x を表す`, `微分{\dfrac{dz}{dx}}を求める`. A sentence is
 * cut where prose begins; what lies between two cuts is a formula wholly or not at all.
 */
import { isLatexFormula } from './bareLatex'
import { EMPTY_CONTEXT } from './formula/noteContext'
import { isRelation } from './formula/rows'
import { isProse } from './formula/text'
import { lex, type Token } from './formula/tokens'
import { resolveWords } from './formula/words'
import { type PlainFormula, plainFormula } from './plainLines'
import type { Range } from './statement'

/** A formula of a sentence. */
export interface Piece extends Range {
  readonly kind: 'plain' | 'inline'
}

/** Stands in a line for what is no prose: other formulas, code, links. */
export const BARRIER = '\0'

const LONGEST = 1500
const CJK_PUNCTUATION = /[\u3001\u3002\u3008-\u301f\uff0c\uff0e\uff1a\uff1b\uff1f\uff01“”‘’]/
/** Marks by which a line is code or a setting; quoted words are somebody else's. */
const CODE = /["#@~?\\&;]|:\/\/|==|=>|->|[-+*/]=|<\/?[a-z]|!\[|\]\(|--|\.\.\/|\+\+|[A-Za-z]\.[A-Za-z]/
/** What a sentence goes on with where the formula is only the base: "y = 2x の 2 乗". */
const GOES_ON = /^\s*[の的의]\s*(?:[\d２３二三]\s*[乗次제]|平方|立方|自乗|二乗|逆数|倒数|絶対値|绝对值|제곱|역수)/

/** The formulas of a line of prose, in order. */
export function piecesOf(line: string): Piece[] {
  if (line.length > LONGEST) return []
  const hasMacro = /\\[A-Za-z]/.test(line)
  if (hasMacro) return latexPieces(line)
  return /[=＝]/.test(line) ? plainPieces(line) : []
}

function latexPieces(line: string): Piece[] {
  const tokens = lex(line, false)
  // A sentence in Latin letters can't be cut where its words are, only at its brackets.
  const isCjk = tokens.some(({ kind }) => kind === 'cjk')
  const spans = isCjk ? between(tokens, (token) => isCut(token, line)) : bracketed(tokens)
  return spans.flatMap(([from, to]) => {
    const range = trimmed(tokens, from, to)
    if (!range || !isLatexFormula(line.slice(range.start, range.end))) return []
    return [{ ...range, kind: 'inline' as const }]
  })
}

function plainPieces(line: string): Piece[] {
  if (CODE.test(line)) return []
  const tokens = resolveWords(lex(line, true), EMPTY_CONTEXT, true)
  if (!isSentence(tokens)) return []
  const pieces: (Piece & PlainFormula)[] = []
  for (const [from, to] of between(tokens, (token) => isCut(token, line))) {
    const whole = plainPiece(line, tokens, from, to)
    if (whole) {
      pieces.push(whole)
      continue
    }
    const inner = tokens.slice(from, to)
    for (const [first, last] of between(inner, (token) => isWord(token))) {
      const piece = plainPiece(line, inner, first, last)
      if (piece) pieces.push(piece)
    }
  }
  // "If y = 1" is a case; a value counts where the sentence calculates.
  return pieces.every(({ isValue }) => isValue) ? [] : pieces
}

function plainPiece(line: string, tokens: readonly Token[], from: number, to: number): (Piece & PlainFormula) | null {
  const range = trimmed(tokens, from, to)
  if (!range) return null
  const text = line.slice(range.start, range.end)
  const inner = tokens.slice(from, to).filter(({ start, end }) => range.start <= start && end <= range.end)
  if (!inner.some(isRelation) || isTypedTogether(inner) || GOES_ON.test(line.slice(range.end))) return null
  const formula = plainFormula(text)
  return formula && { ...range, kind: 'plain', isValue: formula.isValue }
}

/** Letters that stand side by side with a space between are words rather than a product: `is a y = 2`. */
const isTypedTogether = (tokens: readonly Token[]): boolean =>
  tokens.some((token, at) => {
    const before = tokens[at - 1]
    return (
      token.spaced &&
      before !== undefined &&
      isOperand(token) &&
      (isOperand(before) || before.kind === 'close') &&
      before.kind !== 'number'
    )
  })

const isOperand = ({ kind }: Token): boolean => kind === 'letter' || kind === 'word' || kind === 'number'

/** Prose is CJK, or three words: fewer are a line of code. */
const isSentence = (tokens: readonly Token[]): boolean =>
  tokens.some(({ kind }) => kind === 'cjk') || tokens.filter(isWord).length >= 3

const isWord = (token: Token): boolean =>
  token.kind === 'text' ||
  token.kind === 'word' ||
  (token.kind === 'letter' && isProse(token.text) && token.text.length > 1)

const isCut = (token: Token, line: string): boolean =>
  token.kind === 'cjk' ||
  token.text === BARRIER ||
  (token.kind === 'sign' && (token.text === ':' || CJK_PUNCTUATION.test(line.charAt(token.start))))

/** Runs of tokens outside of braces between those that cut. */
function between(tokens: readonly Token[], cuts: (token: Token) => boolean): [from: number, to: number][] {
  const spans: [number, number][] = []
  let depth = 0
  let from = 0
  tokens.forEach((token, at) => {
    if (token.text === '{') depth++
    else if (token.text === '}') depth--
    else if (depth <= 0 && cuts(token)) {
      if (at > from) spans.push([from, at])
      from = at + 1
    }
  })
  if (tokens.length > from) spans.push([from, tokens.length])
  return spans
}

/** What round and square brackets hold, outermost ones. */
function bracketed(tokens: readonly Token[]): [from: number, to: number][] {
  const spans: [number, number][] = []
  const open: number[] = []
  tokens.forEach((token, at) => {
    if (token.kind === 'open') open.push(at)
    if (token.kind !== 'close') return
    const from = open.pop()
    if (from !== undefined && open.length === 0 && '(['.includes(tokens[from]?.text ?? '')) spans.push([from + 1, at])
  })
  return spans
}

/** The range of tokens without the punctuation and the brackets of the sentence around them; `null` where nothing is left. */
function trimmed(tokens: readonly Token[], first: number, last: number): Range | null {
  let from = first
  let to = last
  for (;;) {
    const head = tokens[from]
    const tail = tokens[to - 1]
    if (from >= to || !head || !tail) return null
    if (isPunctuation(head) || head.kind === 'close') from++
    else if (isPunctuation(tail) || tail.kind === 'open') to--
    else if (head.kind === 'open' && '(['.includes(head.text)) {
      const partner = partnerOf(tokens, from, to)
      if (partner > 0 && partner < to - 1) return { start: head.start, end: tail.end }
      from++
      if (partner === to - 1) to--
    } else if (tail.kind === 'close' && ')]'.includes(tail.text) && isStray(tokens, from, to)) to--
    else return { start: head.start, end: tail.end }
  }
}

const isPunctuation = (token: Token): boolean => token.kind === 'sign' && ',.;:!?…·'.includes(token.text)

/** The bracket that closes the one at `from`; -1 where there is none before `to`. */
function partnerOf(tokens: readonly Token[], from: number, to: number): number {
  for (let at = from, depth = 0; at < to; at++) {
    if (tokens[at]?.kind === 'open') depth++
    else if (tokens[at]?.kind === 'close' && --depth === 0) return at
  }
  return -1
}

/** The last bracket closes something before these tokens. */
function isStray(tokens: readonly Token[], from: number, to: number): boolean {
  let depth = 0
  for (let at = from; at < to; at++) {
    if (tokens[at]?.kind === 'open') depth++
    else if (tokens[at]?.kind === 'close') depth--
  }
  return depth < 0
}

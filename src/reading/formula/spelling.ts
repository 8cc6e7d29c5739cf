/**
 * Tokens as if everybody wrote the same way: what LaTeX lets people write in several ways, and what they type for looks
 * alone, comes down to one form before anything is read. Every token keeps the range of what was written.
 */
import { partners } from './brackets'
import { CASES_ENVIRONMENTS, MATRIX_ENVIRONMENTS, ROW_ENVIRONMENTS } from './commands'
import { beginsFunction } from './functionTokens'
import type { Token } from './tokens'
import { isRelation } from './walk'

/** What becomes of the token at an index: other tokens, or none. */
type Changes = Map<number, readonly Token[]>

interface Written {
  readonly tokens: readonly Token[]
  readonly partner: Int32Array
  readonly plain: boolean
}

/** One way in which the same thing is written otherwise. */
type Pass = (written: Written, changes: Changes) => void

/** The tokens in their usual spelling. @param plain a formula without LaTeX */
export function usualSpelling(tokens: readonly Token[], plain: boolean): readonly Token[] {
  let current = tokens
  for (const pass of PASSES) current = changed(current, plain, pass)
  return current
}

function changed(tokens: readonly Token[], plain: boolean, pass: Pass): readonly Token[] {
  const changes: Changes = new Map()
  pass({ tokens, partner: partners(tokens), plain }, changes)
  if (changes.size === 0) return tokens
  return tokens.flatMap((token, at) => changes.get(at) ?? [token])
}

const isSign = (token: Token | undefined, text: string): boolean => token?.kind === 'sign' && token.text === text
const isScript = (token: Token | undefined): boolean => isSign(token, '_') || isSign(token, '^')
const isBrace = (token: Token | undefined): boolean => token?.kind === 'open' && token.text === '{'

/** `{a \over b}` is `\frac{a}{b}`, `{n \choose k}` is `\binom{n}{k}`; without braces the whole bracket is meant. */
const infixFractions: Pass = ({ tokens, partner }, changes) => {
  const open: number[] = []
  const seen = new Set<number>()
  tokens.forEach((token, at) => {
    if (token.kind === 'open' || token.kind === 'begin') open.push(at)
    else if ((token.kind === 'close' || token.kind === 'end') && partner[at] === open[open.length - 1]) open.pop()
    const name = token.kind === 'command' ? INFIX_MACROS.get(token.text) : undefined
    if (!name) return
    const outer = open[open.length - 1]
    const from = outer === undefined ? 0 : outer + 1
    const to = outer === undefined ? tokens.length : (partner[outer] ?? -1)
    // Two of them in one bracket say nothing in TeX either.
    if (to < 0 || from >= at || at + 1 >= to || seen.has(from)) return
    seen.add(from)
    if (tokens.slice(from, to).some(isRelation)) return
    const brace = (kind: 'open' | 'close', place: number): Token => ({
      kind,
      text: kind === 'open' ? '{' : '}',
      start: place,
      end: place,
      spaced: false,
    })
    const first = tokens[from] as Token
    const last = tokens[to - 1] as Token
    const macro: Token = { ...token, text: name, start: first.start, end: first.start }
    changes.set(from, [macro, brace('open', first.start), first])
    changes.set(at, [brace('close', token.start), brace('open', token.end)])
    changes.set(to - 1, [last, brace('close', last.end)])
  })
}
const INFIX_MACROS = new Map([
  ['\\over', '\\frac'],
  ['\\choose', '\\binom'],
])

/** Braces that only keep things apart: `{\partial}w`, `x{_0}{^2}`, `\log{\left(x\right)}^2`. */
const idleBraces: Pass = ({ tokens, partner }, changes) => {
  tokens.forEach((token, at) => {
    const close = partner[at] ?? -1
    if (!isBrace(token) || close < 0 || close === at + 1) return
    const before = tokens[at - 1]
    const isArgument =
      before?.kind === 'command' || before?.kind === 'close' || isScript(before) || before?.kind === 'number'
    const first = tokens[at + 1] as Token
    const isOperator = !isArgument && isSignOfDerivative(first) && isBareOrRaised(tokens, partner, at + 1, close)
    const isWholeScript = isScript(first) && (before?.kind !== 'command' || beginsFunction(before))
    const isWholeBracket =
      '(['.includes(first.text) &&
      first.kind === 'open' &&
      partner[at + 1] === close - 1 &&
      isApplied(tokens, partner, at)
    if (!isOperator && !isWholeScript && !isWholeBracket) return
    const last = tokens[close - 1] as Token
    changes.set(at, [])
    changes.set(close, [])
    if (isWholeBracket) changes.set(at + 1, [{ ...first, start: token.start, spaced: token.spaced }])
    // The brace that goes still belongs to the range of what it closed.
    changes.set(close - 1, [{ ...last, end: (tokens[close] as Token).end }])
  })
}

const isSignOfDerivative = (token: Token): boolean =>
  token.text === '∂' || (token.kind === 'letter' && (token.text === 'd' || token.text === 'δ'))

/** Nothing but the token, or the token with a power. */
function isBareOrRaised(tokens: readonly Token[], partner: Int32Array, at: number, close: number): boolean {
  if (at + 1 === close) return true
  if (!isSign(tokens[at + 1], '^')) return false
  return isBrace(tokens[at + 2]) ? partner[at + 2] === close - 1 : at + 3 === close
}

/** Does a function end before this index, its scripts included? */
function isApplied(tokens: readonly Token[], partner: Int32Array, at: number): boolean {
  let end = at - 1
  for (let scripts = 0; scripts < 3 && end >= 0; scripts++) {
    const token = tokens[end] as Token
    if (isSign(token, "'")) {
      end--
      continue
    }
    const from = token.kind === 'close' && token.text === '}' ? (partner[end] ?? -1) : end
    if (from < 1 || !isScript(tokens[from - 1])) break
    end = from - 2
  }
  const token = tokens[end]
  if (!token || isScript(tokens[end - 1])) return false
  return ['letter', 'word', 'function', 'text'].includes(token.kind) || beginsFunction(token)
}

/** `\eqalign{…}`, `\array{…}`: an environment as plain TeX writes it. */
const macroEnvironments: Pass = ({ tokens, partner }, changes) => {
  tokens.forEach((token, at) => {
    if (token.kind !== 'command' || !isBrace(tokens[at + 1])) return
    const name = token.text.slice(1)
    const title = ROWS_IN_TEX.has(name) ? 'aligned' : ENVIRONMENTS_IN_TEX.has(name) ? name : null
    const close = partner[at + 1] ?? -1
    if (!title || close < 0) return
    const [open, shut] = [tokens[at + 1] as Token, tokens[close] as Token]
    changes.set(at, [{ ...token, kind: 'begin', text: title, end: open.end }])
    changes.set(at + 1, [])
    changes.set(close, [{ ...shut, kind: 'end', text: title }])
  })
}
const ROWS_IN_TEX = new Set(['eqalign', 'eqalignno', 'displaylines', 'array', 'substack', 'align', 'aligned', 'split'])
const ENVIRONMENTS_IN_TEX = new Set(
  [...MATRIX_ENVIRONMENTS, ...CASES_ENVIRONMENTS].filter(
    (name) => !ROWS_IN_TEX.has(name) && !ROW_ENVIRONMENTS.has(name),
  ),
)

/** A point between two operands multiplies: `\frac{1}{2}.\frac{x}{3}`, `a . b`. One that ends a sentence has a blank behind it alone. */
const points: Pass = ({ tokens, plain }, changes) => {
  if (plain) return
  tokens.forEach((token, at) => {
    if (!isSign(token, '.')) return
    const [before, after] = [tokens[at - 1], tokens[at + 1]]
    if (!before || !after || !endsOperand(before) || !startsOperand(after) || token.spaced !== after.spaced) return
    changes.set(at, [{ ...token, text: '·' }])
  })
}
const endsOperand = (token: Token): boolean =>
  token.kind === 'close' ||
  token.kind === 'number' ||
  (token.kind === 'letter' && token.text !== 'e') ||
  isSign(token, "'")
const startsOperand = (token: Token): boolean =>
  (token.kind === 'open' && token.text !== '\\{') ||
  token.kind === 'letter' ||
  token.kind === 'number' ||
  (token.kind === 'command' && (FRACTIONS.test(token.text) || beginsFunction(token)))
const FRACTIONS = /^\\(?:[dtc]?frac|sqrt)$/

/** `**8x^3 + 6**`: the stars of Markdown that make a part bold. */
const boldStars: Pass = ({ tokens, plain }, changes) => {
  if (plain) return
  let open = -1
  tokens.forEach((token, at) => {
    if (!isSign(token, '**')) return
    if (open < 0 && opensSide(tokens[at - 1])) open = at
    else if (open >= 0 && closesSide(tokens[at + 1])) {
      changes.set(open, [])
      changes.set(at, [])
      open = -1
    }
  })
}
const opensSide = (token: Token | undefined): boolean =>
  token === undefined ||
  isRelation(token) ||
  token.kind === 'newline' ||
  token.kind === 'align' ||
  token.kind === 'begin'
const closesSide = (token: Token | undefined): boolean =>
  opensSide(token) || token?.kind === 'end' || (token?.kind === 'sign' && ',.;'.includes(token.text))

/** `z = w x + b -- the logit`: two dashes begin a remark up to the end of the row. */
const remarks: Pass = ({ tokens, plain }, changes) => {
  if (plain) return
  for (let at = 1; at + 2 < tokens.length; at++) {
    const [first, second, word] = [tokens[at] as Token, tokens[at + 1] as Token, tokens[at + 2] as Token]
    const isDash =
      isSign(first, '-') && isSign(second, '-') && second.start === first.end && first.spaced && word.spaced
    const isWord = word.kind === 'text' || word.kind === 'cjk' || (word.kind === 'letter' && isLongRun(tokens, at + 2))
    if (!isDash || !isWord) continue
    let end = at
    for (; end < tokens.length && tokens[end]?.kind !== 'newline' && tokens[end]?.kind !== 'end'; end++)
      changes.set(end, [])
    const last = tokens[end - 1] as Token
    changes.set(at, [{ ...first, kind: 'text', text: ' - ', end: last.end }])
    at = end
  }
}
const isLongRun = (tokens: readonly Token[], at: number): boolean =>
  [0, 1, 2].every((ahead) => {
    const [token, next] = [tokens[at + ahead], tokens[at + ahead + 1]]
    return token?.kind === 'letter' && (ahead === 2 || next?.start === token.end)
  })

/** `||x||` is a norm; `|x||z|` is a product of two absolute values. */
const doubleBars: Pass = ({ tokens, partner }, changes) => {
  let isOpen = false
  let inNorm = false
  tokens.forEach((token, at) => {
    if (token.kind === 'open' || token.kind === 'close') {
      isOpen &&= partner[at] !== -1
      return
    }
    if (!isSign(token, '|') || changes.has(at)) return
    const next = tokens[at + 1]
    const isDouble = isSign(next, '|') && next?.start === token.end
    if (isDouble && (inNorm || !isOpen)) {
      changes.set(at, [{ ...token, text: '‖', end: next?.end ?? token.end }])
      changes.set(at + 1, [])
      inNorm = !inNorm
    } else if (!inNorm) isOpen = !isOpen
  })
}

/** `np.sum(dZ, axis=1, keepdims=True)` adds up the rows, `(dZ) \\mathbf{1}`, with axis=0 the columns, `\\mathbf{1}^\\top (dZ)`. */
const numpySums: Pass = ({ tokens, partner }, changes) => {
  tokens.forEach((_token, at) => {
    const open = behindNumpySum(tokens, at)
    const close = partner[open] ?? -1
    if (open < 0 || close < 0) return
    const comma = tokens.findIndex((token, k) => k > open && k < close && isSign(token, ','))
    const [, axis] = /^,axis=([01])(?:,keepdims=(?:True|1))?$/.exec(textOf(tokens.slice(comma, close))) ?? []
    if (comma < 0 || axis === undefined) return
    for (let k = at; k < open; k++) changes.set(k, [])
    for (let k = comma; k < close; k++) changes.set(k, [])
    const [first, last] = [tokens[at] as Token, tokens[close] as Token]
    if (axis === '1') changes.set(close, [last, ...ones(last.end)])
    else changes.set(at, [...ones(first.start), ...turned(first.start)])
  })
}
const textOf = (tokens: readonly Token[]): string => tokens.map(({ text }) => text.replace(/\s/g, '')).join('')

/** The bracket behind `np.sum` where that begins here; -1 for anything else. */
function behindNumpySum(tokens: readonly Token[], at: number): number {
  for (let end = at + 1; end <= at + 6; end++)
    if (tokens[end]?.text === '(' && textOf(tokens.slice(at, end)) === 'np.sum') return end
  return -1
}
const made = (at: number, kind: Token['kind'], text: string): Token => ({
  kind,
  text,
  start: at,
  end: at,
  spaced: false,
})
const braced = (at: number, inner: Token): Token[] => [made(at, 'open', '{'), inner, made(at, 'close', '}')]
const ones = (at: number): Token[] => [made(at, 'command', '\\mathbf'), ...braced(at, made(at, 'number', '1'))]
const turned = (at: number): Token[] => [made(at, 'sign', '^'), ...braced(at, made(at, 'command', '\\top'))]

const PASSES: readonly Pass[] = [
  numpySums,
  macroEnvironments,
  infixFractions,
  idleBraces,
  points,
  boldStars,
  remarks,
  doubleBars,
]

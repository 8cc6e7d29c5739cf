/** Runs of letters: functions, names of several letters, prose, or a product of single letters. */
import { operationSpelled } from '../../operations/index'
import { greekLetter } from './characters'
import { cjkName } from './cjkNames'
import type { NoteContext } from './noteContext'
import { isProseRun } from './text'
import type { Token } from './tokens'
import { withUnits } from './units'
import { isOperator } from './walk'

/** Functions that may be written right against their argument: `sinx`, `2xlogx`. */
const GLUED = /^([a-z]?)(arcsin|arccos|arctan|sinh|cosh|tanh|sin|cos|tan|log|ln|exp)([a-zA-Z]?)$/
/** Functions that are read without brackets: circular and hyperbolic ones, logarithms, exp. Others need them to be told from a name. */
const isBareFunction = (word: string): boolean => {
  const entry = operationSpelled('plain', word)
  return entry?.inverse !== undefined
}
/** Words above a name that tell which of two it is: `w^{new}`. */
const RAISED_WORDS = new Set('new old next prev true pred opt init train test ref'.split(' '))
const isRaised = (tokens: readonly Token[], at: number): boolean =>
  tokens[at - 1]?.text === '^' || (tokens[at - 1]?.text === '{' && tokens[at - 2]?.text === '^')

/** Operators that aren't functions of the table, and are told by their names. */
const NAMED = new Set('lim argmax argmin softmax det rank diag'.split(' '))
/** LaTeX letters that no reader takes for a product. */
const LONGEST_PRODUCT = 3

/** `sinx`, `logx`: a function and its argument without a space. */
export const isGluedFunction = (run: string): boolean => GLUED.test(run)

/** The index behind the run of adjacent letters that begins here. */
export function runEnd(tokens: readonly Token[], from: number): number {
  let at = from
  for (let token = tokens[at]; token && isRunLetter(token) && (at === from || !isApart(tokens, at)); token = tokens[at])
    at++
  return at
}

const isRunLetter = (token: Token): boolean =>
  token.kind === 'letter' &&
  !token.accents &&
  !token.font &&
  !token.isUpright &&
  token.text.length === 1 &&
  /[A-Za-z]/.test(token.text) &&
  token.end - token.start === 1

/** Something stands between a token and the one before it. */
const isApart = (tokens: readonly Token[], at: number): boolean => (tokens[at - 1]?.end ?? 0) !== tokens[at]?.start

/** Tokens with units and letter runs resolved. `plain`: code-like text, where a run of three letters or more is one name. */
export function resolveWords(
  written: readonly Token[],
  context: Pick<NoteContext, 'words' | 'gradients'>,
  plain: boolean,
): Token[] {
  const tokens = plain ? written : withUnits(written)
  const out: Token[] = []
  for (let at = 0; at < tokens.length; ) {
    const end = runEnd(tokens, at)
    if (end - at < 2) {
      out.push(textual(tokens, at, context, plain))
      at++
      continue
    }
    const numbered = numberedFunction(tokens, at, end)
    out.push(...(numbered ? [numbered.token] : resolveRun(tokens, at, end, context, plain)))
    at = numbered?.end ?? end
  }
  return out
}

/** `log1p(x)`, `atan2(y, x)`: a function of the table whose name has a digit in it. */
function numberedFunction(tokens: readonly Token[], from: number, to: number): { token: Token; end: number } | null {
  const digits = tokens[to]
  if (digits?.kind !== 'number' || isApart(tokens, to)) return null
  const end = tokens[to + 1] && !isApart(tokens, to + 1) ? runEnd(tokens, to + 1) : to + 1
  const text = tokens
    .slice(from, end)
    .map((token) => token.text)
    .join('')
  if (tokens[end]?.text !== '(' || !operationSpelled('plain', text)) return null
  const token: Token = { ...(tokens[from] as Token), kind: 'function', text, end: tokens[end - 1]?.end ?? 0 }
  return { token, end }
}

/** What a token of words is: a name, a function, or prose as it was. */
function textual(tokens: readonly Token[], at: number, context: Pick<NoteContext, 'words'>, plain: boolean): Token {
  const token = tokens[at] as Token
  const name = cjkName(tokens, at, plain)
  if (name !== null) return { ...token, kind: 'word', text: name }
  return token.kind === 'text' ? spelledText(token, tokens[at + 1], context) : token
}

/** `\mathrm{sin}x`, `\operatorname{sech} x`, `\text{sign}^2(x)`: the function that the text spells, where something follows that it can be put on. */
function spelledText(token: Token, next: Token | undefined, context: Pick<NoteContext, 'words'>): Token {
  const word = token.text.trim()
  const spelled = word.length > 1 ? operationSpelled('plain', word) : undefined
  if (!spelled || !next) return token
  const isBare = isBareFunction(word) || (spelled.arity === 1 && (token.isOperator || !context.words.has(word)))
  return isBracket(next) || (isBare && beginsArgument(next)) ? { ...token, kind: 'function', text: word } : token
}

const isBracket = (token: Token): boolean => token.kind === 'open' && '(['.includes(token.text)

/** What a function without brackets can be put on, or a power of the function. */
export const beginsArgument = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.kind === 'number' ||
    token.kind === 'letter' ||
    token.kind === 'function' ||
    token.kind === 'word' ||
    (token.kind === 'open' && token.text !== '\\{') ||
    (token.kind === 'command' && /^\\(?:[a-z]+)$/.test(token.text)) ||
    (token.kind === 'sign' && "^|√'".includes(token.text)))

function resolveRun(
  tokens: readonly Token[],
  from: number,
  to: number,
  context: Pick<NoteContext, 'words' | 'gradients'>,
  plain: boolean,
): Token[] {
  const letters = tokens.slice(from, to)
  const run = letters.map((token) => token.text).join('')
  const next = tokens[to]
  const bracket = next?.kind === 'open' && '(['.includes(next.text)
  const whole = (kind: Token['kind'], text = run): Token[] => [
    { ...(letters[0] as Token), kind, text, end: letters[letters.length - 1]?.end ?? 0 },
  ]
  if (context.words.has(run)) return whole('word')
  if (NAMED.has(run) && (run === 'lim' || bracket || tokens[to]?.text === '_')) return whole('text')
  if (isFunctionRun(run, bracket, next)) return whole('function')
  const isScript = tokens[from - 1]?.text === '_' || tokens[from - 2]?.text === '_'
  if (RAISED_WORDS.has(run) && isRaised(tokens, from)) return whole('word')
  // `ax + by`: behind an operator stands an operand.
  const isOperand = run.length === 2 && isOperator(tokens[from - 1])
  if (isProseRun(run) && !isScript && !isOperand && !isAmongOperands(tokens, from, to)) return whole('text')
  if (plain && greekLetter(run)) return whole('letter', greekLetter(run))
  const glued = GLUED.exec(run)
  if (glued) return split(letters, glued)
  // `\frac{dAC}{dq}` for the name AC.
  const differential = tokens[from - 1]?.kind === 'open' && run.startsWith('d') && context.words.has(run.slice(1))
  if (differential || (plain && isDerivativeRun(tokens, from, to)))
    return [letters[0] as Token, ...joined(letters.slice(1), context, plain)]
  if (plain && (run.length > 2 || isScript)) return whole('word')
  if (!plain && !isScript && operationSpelled('plain', run)) return whole('text', ` ${run} `)
  if (!plain && bracket && run.length > 2) return whole('word')
  if (!plain && run.length > LONGEST_PRODUCT && !isScript) return whole('text', ` ${run} `)
  return letters
}

/** `2st`, `we + xf`, `e^{2\\pi in}`: letters of a product, though they spell a word. */
function isAmongOperands(tokens: readonly Token[], from: number, to: number): boolean {
  const [before, next] = [tokens[from - 1], tokens[to]]
  if (before && !isApart(tokens, from) && (before.kind === 'number' || before.kind === 'letter')) return true
  if (next && '+*·×'.includes(next.text)) return true
  return next?.text === '}' && tokens[openOf(tokens, to) - 1]?.text === '^'
}

/** The brace that a closing one closes. */
function openOf(tokens: readonly Token[], close: number): number {
  let depth = 0
  for (let at = close; at >= 0 && close - at < LONGEST_EXPONENT; at--) {
    if (tokens[at]?.text === '}') depth++
    else if (tokens[at]?.text === '{' && --depth === 0) return at
  }
  return -1
}
const LONGEST_EXPONENT = 60

const isFunctionRun = (run: string, bracket: boolean, next: Token | undefined): boolean => {
  if (/^log(?:10|2)?$/.test(run)) return true
  if (!operationSpelled('plain', run)) return false
  return (
    bracket ||
    (isBareFunction(run) && next !== undefined && next.text !== '=') ||
    (next?.text === '{' && run !== 'where')
  )
}

/** Letters before, the function, the letter behind. */
function split(letters: readonly Token[], glued: RegExpExecArray): Token[] {
  const [, before = '', name = '', after = ''] = glued
  const head = letters.slice(0, before.length)
  const tail = letters.slice(letters.length - after.length)
  const middle = letters.slice(before.length, letters.length - after.length)
  if (after.length === 0) return [...head, functionToken(middle, name)]
  return [...head, functionToken(middle, name), ...tail]
}

const functionToken = (letters: readonly Token[], name: string): Token => ({
  ...(letters[0] as Token),
  kind: 'function',
  text: name,
  end: letters[letters.length - 1]?.end ?? 0,
})

/** The rest of `dLoss` behind its d. */
function joined(letters: readonly Token[], context: Pick<NoteContext, 'words'>, plain: boolean): Token[] {
  const run = letters.map((token) => token.text).join('')
  if (letters.length > 1 && (plain || context.words.has(run)))
    return [{ ...(letters[0] as Token), kind: 'word', text: run, end: letters[letters.length - 1]?.end ?? 0 }]
  return [...letters]
}

/** `dL/dw`: a d on both sides of the slash. */
function isDerivativeRun(tokens: readonly Token[], from: number, to: number): boolean {
  if (tokens[from]?.text !== 'd') return false
  let after = to
  while (tokens[after] && /^(?:number)$/.test(tokens[after]?.kind ?? '')) after++
  if (tokens[after]?.text === '_') after += 2
  if (tokens[after]?.text === '/' && tokens[after + 1]?.text === 'd') return true
  let before = from - 1
  if (tokens[before]?.text !== '/') return false
  for (before--; before >= 0 && !isApart(tokens, before + 1); before--) {
    const text = tokens[before]?.text
    if (text === 'd' && (before === 0 || isApart(tokens, before) || tokens[before - 1]?.kind !== 'letter')) return true
  }
  return false
}

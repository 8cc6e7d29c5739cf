/** A name as an operand: a variable, a constant, a function of the note that is applied, a derivative by a prime. */

import type { Expr, Name, Range } from '../statement'
import { arrayTerms, terms } from '../terms'
import { FUNCTION_LETTERS, functionKey, isApplied, operationOfFunction, orderOf } from './applied'
import { apply, argumentReason } from './apply'
import { bareArgument } from './bareArgument'
import { beginsOperand } from './juxtaposed'
import { finishName, type NameDraft } from './names'
import { type Raised, type ReadName, readName } from './nucleus'
import {
  BINDING,
  fail,
  inBrackets,
  lettersIn,
  namesIn,
  opaque,
  peek,
  peekSign,
  rangeOf,
  type State,
  take,
  within,
} from './state'
import type { Token } from './tokens'
import { beginsArgument } from './words'

/** A name as an operand; `null`, and nothing is taken, where there is none: braces may hold more than a name. */
export function nameOperandOrNull(state: State): Expr | null {
  const read = readName(state)
  if (!read) return null
  const constant = constantOf(state, read)
  if (constant) return constant
  const open = peek(state)
  if (open?.kind === 'open' && '(['.includes(open.text) && isApplied(state, read, open)) return application(state, read)
  const restated = open ? restatement(state, read) : null
  if (restated) return raise(state, restated, read)
  const bare = bareApplication(state, read, open)
  return bare ?? raise(state, variable(state, read), read)
}

/** `\sigma(x)` after `\sigma = \frac{1}{1 + e^{-ax}}`: the bracket says again on what it depends. */
function restatement(state: State, read: ReadName): Expr | null {
  const name = finishName(read.draft)
  const open = state.position
  const close = state.partner[open] ?? -1
  if (!state.context.expressed.has(name.key) || read.raised.length > 0 || state.tokens[open]?.text !== '(') return null
  if (close < 0 || close >= state.end) return null
  const { end } = state
  state.position = open + 1
  state.end = close
  let isList = true
  do {
    const argument = peek(state) ? readName(state) : null
    isList = argument !== null && argument.raised.length === 0
  } while (isList && peekSign(state, ',') && take(state))
  isList &&= !peek(state)
  state.end = end
  state.position = isList ? close + 1 : open
  return isList ? { kind: 'name', name, range: rangeOf(state, read.from, close + 1) } : null
}

/** `\operatorname{sinc} p`, `\operatorname{erf}^2 x`: whatever its author calls an operator is applied to what follows. */
function bareApplication(state: State, read: ReadName, next: Token | undefined): Expr | null {
  const { draft, from } = read
  const first = state.tokens[from]
  const isFunction =
    first?.isOperator || ([...draft.base].length > 1 && state.context.functions.has(functionKey(draft)))
  if (!isFunction || !next || !beginsArgument(next) || !beginsOperand(state, next)) return null
  if (read.raised.some((item) => item.kind === 'turned' || isMinusOne(state, item))) return null
  const args =
    next.kind === 'open' && next.text === '(' ? inBrackets(state, () => callArguments(state)) : [bareArgument(state)]
  const range = rangeOf(state, from, state.position)
  const callee = finishName({ ...draft, primes: 0 })
  const calleeRange = rangeOf(state, from, read.to)
  return raise(state, { kind: 'call', callee, args, primes: draft.primes, range, calleeRange }, read)
}

/** e and π, where the note doesn't use them as names. */
function constantOf(state: State, read: ReadName): Expr | null {
  const { draft } = read
  if (draft.accents.length > 0 || draft.font || draft.subscript || draft.superscript || draft.primes > 0) return null
  const range = rangeOf(state, read.from, read.to)
  if (draft.base === 'e' && !state.context.variables.has('e')) {
    const [first] = read.raised
    if (first?.kind === 'raised') {
      const exponent = readSpan(state, first)
      return terms(rangeOf(state, read.from, state.position), range).exponential(exponent)
    }
    return { kind: 'number', value: Math.E, text: 'e', range }
  }
  if (state.context.imaginary.has(draft.base))
    return raise(state, opaque(state, 'imaginary unit', read.from, read.to), read)
  const isCalled = peek(state)?.text === '(' && state.tokens[state.position + 1]?.kind !== 'number'
  if (draft.base === 'π' && !state.context.variables.has('pi') && !isCalled) {
    return raise(state, { kind: 'number', value: Math.PI, text: '\\pi', range }, read)
  }
  return null
}

function readSpan(state: State, span: Raised): Expr {
  const { position } = state
  const expr = within(state, span.from, span.to, () => state.read(state, BINDING.or))
  state.position = position
  return expr
}

/** Powers and transpositions on top of what they stand on. */
function raise(state: State, base: Expr, read: ReadName): Expr {
  let expr = base
  for (const item of read.raised) {
    const range = { start: expr.range.start, end: spanEnd(state, item) }
    expr = item.kind === 'turned' ? arrayTerms(range).transposed(expr) : terms(range).power(expr, readSpan(state, item))
  }
  return expr
}

/** Where an exponent ends, its closing brace included. */
const spanEnd = (state: State, span: Raised): number => {
  const after = state.tokens[span.to]
  const last = state.tokens[span.to - 1]
  const braced = state.tokens[span.from - 1]?.text === '{' && after?.text === '}'
  return (braced ? after?.end : last?.end) ?? state.text.length
}

/** A variable, or its derivative where a prime means one. */
function variable(state: State, read: ReadName): Expr {
  const range = rangeOf(state, read.from, read.to)
  const { draft } = read
  if (draft.primes > 0) {
    const plain = finishName({ ...draft, primes: 0 })
    const { differentiable, functions } = state.context
    if (differentiable.has(plain.key) || functions.has(plain.key)) {
      const of: Expr = { kind: 'name', name: plain, range }
      return { kind: 'derivative', of, wrt: [], order: draft.primes, notation: 'prime', range }
    }
  }
  return { kind: 'name', name: finishName(draft), range }
}

function application(state: State, read: ReadName): Expr {
  const { draft, raised } = read
  const key = functionKey(draft)
  const known = state.context.functions.has(key) ? undefined : operationOfFunction(draft)
  const callee = calleeOf(draft, known?.name)
  const order = orderOf(draft)
  const isDerivative = order !== null && (state.context.functions.has(key) || FUNCTION_LETTERS.has(draft.base))
  const primes = isDerivative ? order : draft.primes
  const name = isDerivative ? finishName({ ...draft, superscript: null, primes: 0 }) : callee
  const open = state.position
  const close = state.partner[open] ?? open
  if (isGiven(state, open, close)) {
    state.position = close + 1
    return raise(state, opaque(state, 'probability', read.from, close + 1, lettersIn(state, open, close)), read)
  }
  const args = inBrackets(state, () => callArguments(state))
  const range: Range = rangeOf(state, read.from, state.position)
  const calleeRange = rangeOf(state, read.from, read.to)
  if (raised.some((item) => isMinusOne(state, item)))
    return opaque(state, 'inverse function', read.from, state.position, namesIn(args))
  if (known && primes === 0)
    return raise(
      state,
      apply(known, args, range, calleeRange) ??
        opaque(state, argumentReason(known), read.from, state.position, namesIn(args)),
      read,
    )
  return raise(state, { kind: 'call', callee: name, args, primes, range, calleeRange }, read)
}

/** `P(x | y)`: a bar without a partner says "given". */
function isGiven(state: State, open: number, close: number): boolean {
  let bars = 0
  for (let at = open + 1; at < close; at++) {
    const token = state.tokens[at] as Token
    if (token.kind === 'open' || token.kind === 'begin') at = Math.max(at, state.partner[at] ?? at)
    else if (token.text === '|') bars++
  }
  return bars === 1
}

/** The name of the function; an operation of the table goes by its name there. */
function calleeOf(draft: NameDraft, operation: string | undefined): Name {
  const own = finishName({ ...draft, primes: 0 })
  return operation ? { ...own, key: operation } : own
}

const isMinusOne = (state: State, item: Raised): boolean =>
  item.kind === 'raised' &&
  item.to - item.from === 2 &&
  state.tokens[item.from]?.text === '-' &&
  state.tokens[item.from + 1]?.text === '1'

/** Arguments, parted by commas or by the semicolon before parameters. A bar says "given": no function of numbers. */
export function callArguments(state: State): Expr[] {
  const args: Expr[] = []
  if (!peek(state)) return args
  do {
    if (peek(state)?.text === '…') fail(state, 'left out arguments')
    args.push(state.read(state, BINDING.or))
    if (peekSign(state, '|')) fail(state, 'probability')
  } while ((peekSign(state, ',') || peekSign(state, ';')) && take(state))
  return args
}

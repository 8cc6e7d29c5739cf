/** A name as an operand: a variable, a constant, a function of the note that is applied, a derivative by a prime. */
import { operationSpelled } from '../../operations/index'
import type { Expr, Name, Range } from '../statement'
import { apply, argumentReason } from './apply'
import { finishName, type NameDraft } from './names'
import { operationOfName, type Raised, type ReadName, readName } from './nucleus'
import { BINDING, fail, inBrackets, namesIn, opaque, peek, peekSign, rangeOf, type State, take, within } from './state'
import type { Token } from './tokens'

/** The operand that begins with a name; fails where there is none. */
export function namedOperand(state: State): Expr {
  return nameOperandOrNull(state) ?? fail(state, 'mark over an expression')
}

/** The same for braces, which may hold more than a name: then `null`, and nothing is taken. */
export function nameOperandOrNull(state: State): Expr | null {
  const read = readName(state)
  if (!read) return null
  const constant = constantOf(state, read)
  if (constant) return constant
  const open = peek(state)
  if (open?.kind === 'open' && '(['.includes(open.text) && isApplied(state, read, open)) return application(state, read)
  return raise(state, variable(state, read), read)
}

/** e and π, where the note doesn't use them as names. */
function constantOf(state: State, read: ReadName): Expr | null {
  const { draft } = read
  if (draft.accents.length > 0 || draft.font || draft.subscript || draft.superscript || draft.primes > 0) return null
  const range = rangeOf(state, read.from, read.to)
  if (draft.base === 'e' && !state.context.variables.has('e')) {
    const [first] = read.raised
    if (first?.kind === 'power') {
      const exponent = readSpan(state, first)
      return {
        kind: 'apply',
        op: 'exp',
        args: [exponent],
        range: rangeOf(state, read.from, state.position),
        operator: range,
      }
    }
    return { kind: 'number', value: Math.E, text: 'e', range }
  }
  if (draft.base === 'π' && !state.context.variables.has('pi') && peek(state)?.text !== '(') {
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
    const start = expr.range.start
    if (item.kind === 'transpose')
      expr = { kind: 'apply', op: 'transpose', args: [expr], range: { start, end: spanEnd(state, item) } }
    else
      expr = {
        kind: 'apply',
        op: 'power',
        args: [expr, readSpan(state, item)],
        range: { start, end: spanEnd(state, item) },
      }
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

/** Letters that name functions where a note doesn't say otherwise. */
const FUNCTION_LETTERS = new Set('fghFGH')

/** Does a bracket behind this name hold arguments (and not a factor)? */
function isApplied(state: State, read: ReadName, open: Token): boolean {
  const { draft } = read
  const { functions, variables } = state.context
  if (read.raised.some((item) => item.kind === 'transpose')) return false
  if (holdsItself(state, read)) return false
  const key = functionKey(draft)
  if (functions.has(key) || functions.has(finishName({ ...draft, primes: 0 }).key)) return true
  if (open.text === '[' && draft.base === 'E') return fail(state, 'probability')
  if (open.text === '[') return false
  if (hasComma(state, state.position)) return true
  if (draft.primes > 0) return isPrimedFunction(state, draft, state.position)
  if (variables.has(key)) return false
  if (operationOfFunction(draft)) return true
  const isWord = [...draft.base].length > 1
  if (isWord) return !open.spaced
  const isBare = !draft.subscript && !draft.font && read.raised.length === 0
  return FUNCTION_LETTERS.has(draft.base) && isBare && (draft.superscript === null || orderOf(draft) !== null)
}

/** `g'(x)` is applied; `x' (a + b)` is a product, unless the letter is one of a function. */
export function isPrimedFunction(state: State, draft: NameDraft, open: number): boolean {
  if (FUNCTION_LETTERS.has(draft.base) || operationOfFunction({ ...draft, primes: 0 })) return true
  const close = state.partner[open] ?? -1
  return (
    close > open &&
    !state.tokens.slice(open + 1, close).some((token) => token.kind === 'sign' && '+-*/·×÷'.includes(token.text))
  )
}

/** `y(1 - y)`, `\\sigma(1 - \\sigma)`: a product, whatever the name is elsewhere. */
function holdsItself(state: State, read: ReadName): boolean {
  const close = state.partner[state.position] ?? -1
  for (let at = state.position + 1; at < close; at++) {
    const token = state.tokens[at] as Token
    if (token.kind === 'open') at = Math.max(at, state.partner[at] ?? at)
    else if (
      token.kind === 'letter' &&
      token.text === read.draft.base &&
      !'([_^'.includes(state.tokens[at + 1]?.text ?? ' ') &&
      !read.draft.subscript
    ) {
      return true
    }
  }
  return false
}

/** The order of `f^{(2)}`. */
const orderOf = (draft: NameDraft): number | null => {
  const order = /^\((\d)\)$/.exec(draft.superscript?.key ?? '')
  return order ? Number(order[1]) : null
}

/** The key of a function without the order of its derivative, `f^{(2)}`. */
const functionKey = (draft: NameDraft): string => {
  const ordered = draft.superscript && /^\([\dn]\)$/.test(draft.superscript.key)
  return finishName({ ...draft, primes: 0, superscript: ordered ? null : draft.superscript }).key
}

function hasComma(state: State, open: number): boolean {
  const close = state.partner[open] ?? -1
  for (let at = open + 1; at < close; at++) {
    const token = state.tokens[at] as Token
    if (token.kind === 'open') at = Math.max(at, state.partner[at] ?? at)
    else if (token.kind === 'sign' && (token.text === ',' || token.text === ';')) return true
  }
  return false
}

/** σ, ReLU, sigmoid: operations that are spelled like names. */
export function operationOfFunction(draft: NameDraft) {
  if (draft.subscript || draft.superscript || draft.font || draft.accents.length > 0) return undefined
  return operationOfName(draft) ?? operationSpelled('latex', finishName({ ...draft, primes: 0 }).latex)
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
  const args = inBrackets(state, () => callArguments(state))
  const range: Range = rangeOf(state, read.from, state.position)
  const calleeRange = rangeOf(state, read.from, read.to)
  if (raised.some((item) => isMinusOne(state, item)))
    return opaque(state, 'inverse function', read.from, state.position, namesIn(args))
  if (known && primes === 0)
    return raise(
      state,
      apply(known, args, range, calleeRange) ??
        opaque(state, argumentReason(known.name), read.from, state.position, namesIn(args)),
      read,
    )
  return raise(state, { kind: 'call', callee: name, args, primes, range, calleeRange }, read)
}

/** The name of the function; an operation of the table goes by its name there. */
function calleeOf(draft: NameDraft, operation: string | undefined): Name {
  const own = finishName({ ...draft, primes: 0 })
  return operation ? { ...own, key: operation } : own
}

const isMinusOne = (state: State, item: Raised): boolean =>
  item.kind === 'power' &&
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

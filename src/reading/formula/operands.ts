/** What an operator can stand between: numbers, names, brackets, functions, roots, fractions. */

import { DIFFERENCE, SUM } from '../../operations/algebra'
import type { Expr, Name, Range } from '../statement'
import { argsOf, arrayTerms, terms } from '../terms'
import { arrayFunction, beginsArrayFunction, entryBehind, listVector, normBetween } from './arrays'
import { beginsBinder, binder } from './binders'
import { ACCENTS, BRACED, FONTS } from './commands'
import { beginsDerivative, fraction, nabla, slashDerivative } from './derivatives'
import { cases, environment, listMatrix } from './environments'
import { evaluation } from './evaluated'
import { functionApplication } from './functions'
import { beginsFunction } from './functionTokens'
import { beginsIndicator, indicator } from './indicator'
import { callArguments, nameOperandOrNull } from './named'
import { draftOf, finishName } from './names'
import { beginsName, scriptSpan } from './nucleus'
import { difference } from './passing'
import {
  attempted,
  BINDING,
  closing,
  fail,
  inBrackets,
  MAXIMUM_DEPTH,
  namesIn,
  opaque,
  peek,
  peekSign,
  rangeOf,
  type State,
  scriptArgument,
  take,
} from './state'
import type { Token } from './tokens'
import { skipUnits } from './units'
import { beginsUnsupported, governed, unsupported } from './unsupported'
import { isOperator, isRelation } from './walk'

/** One operand with its powers. */
export function operand(state: State): Expr {
  if (++state.depth > MAXIMUM_DEPTH) fail(state, 'nested too deeply')
  const from = state.position
  let expr = atom(state)
  for (let token = peek(state); token; token = peek(state)) {
    if (token.kind === 'unit') {
      skipUnits(state)
      continue
    }
    const next = postfix(state, expr, token, from)
    if (!next) break
    expr = next
  }
  state.depth--
  return expr
}

function atom(state: State): Expr {
  const token = peek(state)
  if (!token) return fail(state, 'ends too early')
  if (token.kind === 'number') return numberAtom(state, token)
  if (beginsDerivative(state)) return slashDerivative(state)
  if (beginsFunction(token) && !beginsBinder(state)) return functionApplication(state)
  if (beginsIndicator(state)) return indicator(state)
  if (beginsBinder(state)) return binder(state)
  if (beginsArrayFunction(state)) return arrayFunction(state)
  if (beginsUnsupported(token, state)) return unsupported(state)
  if (beginsName(token)) return nameOperandOrNull(state) ?? shownExpression(state, token)
  if (token.kind === 'open') return (token.text === '{' && nameOperandOrNull(state)) || bracketed(state, token)
  if (token.kind === 'begin') return environment(state)
  if (token.kind === 'command') return macroAtom(state, token)
  if (token.kind === 'sign') return signAtom(state, token)
  return fail(state, 'not an expression')
}

function numberAtom(state: State, token: Token): Expr {
  take(state)
  const text = token.text.normalize('NFKC')
  const value = Number(text.replace(/\{,\}|\\,|,/g, ''))
  return { kind: 'number', value, text, range: { start: token.start, end: token.end } }
}

/** `\boldsymbol{3x^2 + 4}`: a font that only shows; an accent over an expression means something. */
function shownExpression(state: State, token: Token): Expr {
  if (!FONTS.has(token.text) || state.tokens[state.position + 1]?.text !== '{')
    return fail(state, 'mark over an expression')
  take(state)
  return atom(state)
}

function macroAtom(state: State, token: Token): Expr {
  if (/^\\[dtc]?frac$/.test(token.text)) return fraction(state)
  if (token.text === '\\sqrt') return root(state)
  if (/^\\[dt]?binom$/.test(token.text)) return binomial(state)
  if (BRACED.has(token.text)) return remarked(state, token)
  if (FONTS.has(token.text) || ACCENTS.has(token.text)) return fail(state, 'mark over an expression')
  return fail(state, `unknown macro ${token.text}`)
}

function signAtom(state: State, token: Token): Expr {
  if (token.text === '|') return bars(state)
  if (token.text === '‖') return norm(state)
  if (token.text === '∇') return nabla(state)
  if (token.text === '√') {
    const from = state.position
    take(state)
    if (++state.depth > MAXIMUM_DEPTH) fail(state, 'nested too deeply')
    const inner = atom(state)
    state.depth--
    return terms(rangeOf(state, from, state.position), token).root(inner)
  }
  return fail(state, 'not an expression')
}

/** `\binom{n}{2}`: the product n (n - 1) / 2 where the lower number is a small one. */
function binomial(state: State): Expr {
  const from = state.position
  const sign = take(state)
  const [above, below] = [scriptArgument(state), scriptArgument(state)]
  const range = rangeOf(state, from, state.position)
  const count = below.kind === 'number' && Number.isInteger(below.value) ? below.value : -1
  if (count < 0 || count > MOST_FACTORS)
    return opaque(state, 'binomial coefficient', from, state.position, namesIn([above, below]))
  const { n, product, difference } = terms(range)
  let factors = count === 0 ? n(1) : above
  let factorial = 1
  for (let k = 1; k < count; k++) {
    factorial *= k + 1
    factors = product(factors, difference(above, n(k)))
  }
  return terms(range, sign).quotient(factors, n(factorial))
}
const MOST_FACTORS = 12

/** `\sqrt{x}`, `\sqrt[3]{x}`. */
function root(state: State): Expr {
  const from = state.position
  const sign = take(state)
  const operator: Range = { start: sign.start, end: sign.end }
  let degree: Expr | undefined
  if (peek(state)?.text === '[') {
    degree = inBrackets(state, () => state.read(state, BINDING.or))
  }
  const inner = scriptArgument(state)
  const range = rangeOf(state, from, state.position)
  return terms(range, operator).root(inner, degree)
}

/** `\underbrace{a + b}_{\text{sum}}`: the remark is dropped. `\overset{!}{=}` is not an expression. */
function remarked(state: State, token: Token): Expr {
  take(state)
  if (/set$|stackrel/.test(token.text)) return stacked(state)
  const inner = scriptArgument(state)
  while (peekSign(state, '_') || peekSign(state, '^')) {
    take(state)
    if (peek(state)?.kind === 'open') state.position = closing(state) + 1
    else take(state)
  }
  return inner
}

/** `\\underset{x}{\\text{argmin}} f(x)`: the operator and what it governs. */
function stacked(state: State): Expr {
  const from = state.position - 1
  scriptSpan(state)
  const base = scriptSpan(state)
  const isOptimum = state.tokens.slice(base.from, base.to).some((token) => /max|min|arg|sup|inf/.test(token.text))
  if (!isOptimum) return fail(state, 'text over a sign')
  const uses = governed(state)
  return opaque(state, 'optimum', from, state.position, uses)
}

/** Brackets of any kind. */
function bracketed(state: State, token: Token): Expr {
  const composed = compositionAt(state)
  if (composed) return composed
  const from = state.position
  const close = closing(state)
  const shut = state.tokens[close] as Token
  if (token.text === '[' && shut.text === ']') {
    const matrix = listMatrix(state)
    if (matrix) return matrix
  }
  if (token.text === '\\{' && state.tokens[from + 1]?.kind === 'begin' && state.partner[from + 1] === close - 1) {
    state.position = close + 1
    return cases(state, from + 1, close - 1)
  }
  if (token.text === '{' || '([.'.includes(token.text) || (token.text === '\\{' && token.stretchy)) {
    if (from + 1 === close) return fail(state, 'empty brackets')
    const inner = inBrackets(state, () => list(state))
    const only = inner.length === 1 ? inner[0] : undefined
    if (only && token.text === '[' && isWholeSide(state, from, close) && isEntry(only))
      return opaque(state, 'matrix by its entries', from, close + 1, namesIn(inner))
    if (only) return only
    return listVector(state, inner, from, close) ?? opaque(state, 'list', from, close + 1, namesIn(inner))
  }
  if (token.text === '|') {
    const inner = inBrackets(state, () => state.read(state, BINDING.or))
    return terms(rangeOf(state, from, close + 1)).absolute(inner)
  }
  if (token.text === '‖') return normBetween(state, from, close)
  const inside = token.text === '⟨' ? components(state, close) : token.text === '\\{' ? grouped(state, close) : null
  if (inside) return inside
  state.position = close + 1
  return opaque(state, REASONS.get(token.text) ?? 'brackets', from, close + 1)
}

/** `\\langle 2t, 3t^2, 0 \\rangle` has the components of a vector; of two names it is a product of vectors. */
function components(state: State, close: number): Expr | null {
  const from = state.position
  const items = attempted(state, () => inBrackets(state, () => list(state)))
  const isProduct = items?.length === 2 && items.some((item) => item.kind === 'name' || hasArrayName(item))
  if (items && !isProduct) return listVector(state, items, from, close)
  state.position = from
  return null
}

const hasArrayName = (item: Expr): boolean =>
  namesIn([item]).some(({ name }) => /\\\\(?:mathbf|boldsymbol|bm|vec|bold|overrightarrow)\\b/.test(name.latex))

/** `2\\{f(x)\\}^2`, `\\{y - t\\} x`: braces that group, where a set would stand alone. */
function grouped(state: State, close: number): Expr | null {
  const from = state.position
  const [before, behind] = [state.tokens[from - 1], close + 1 < state.end ? state.tokens[close + 1] : undefined]
  const isFactor =
    behind?.text === '^' ||
    behind?.text === "'" ||
    isOperator(behind) ||
    (behind !== undefined && (behind.text === '(' || beginsName(behind)))
  if (!isFactor && !(before?.kind === 'number' || before?.text === '^')) return null
  const inner = attempted(state, () => inBrackets(state, () => state.read(state, BINDING.sum)))
  if (!inner) state.position = from
  return inner
}

/** `\\frac{\\partial L}{\\partial K} = [\\frac{\\partial L}{\\partial k_{ij}}]`: brackets around an entry mean all entries. */
const isEntry = (expr: Expr): boolean =>
  expr.kind !== 'apply' &&
  namesIn([expr]).some(({ name }) => name.indexed && name.indexed.at.filter((term) => term?.letters.length).length > 1)

const isWholeSide = ({ tokens }: State, from: number, close: number): boolean => {
  const [before, behind] = [tokens[from - 1], tokens[close + 1]]
  return [before, behind].every(
    (token) => !token || token.kind === 'align' || token.kind === 'newline' || isRelation(token),
  )
}

/** `(f \\circ g)(x)` is `f(g(x))`. */
function compositionAt(state: State): Expr | null {
  const { tokens, partner, position } = state
  const [first, sign, second] = tokens.slice(position + 1, position + 4)
  const open = position + 5
  if (sign?.text !== '∘' || partner[position] !== position + 4 || tokens[open]?.text !== '(' || open >= state.end)
    return null
  if (first?.kind !== 'letter' || second?.kind !== 'letter') return null
  const callee = (token: Token): Name => finishName(draftOf(token.text))
  state.position = open
  const args = inBrackets(state, () => callArguments(state))
  const range = rangeOf(state, position, state.position)
  const inner: Expr = {
    kind: 'call',
    callee: callee(second),
    args,
    primes: 0,
    range: { ...range, start: second.start },
    calleeRange: second,
  }
  return { kind: 'call', callee: callee(first), args: [inner], primes: 0, range, calleeRange: first }
}

const REASONS = new Map([
  ['\\{', 'set'],
  ['‖', 'norm'],
  ['⟨', 'inner product'],
  ['⌊', 'rounding'],
  ['⌈', 'rounding'],
])

/** Expressions parted by commas. */
export function list(state: State): Expr[] {
  const items = [state.read(state, BINDING.or)]
  while (peekSign(state, ',') || peekSign(state, ';')) {
    take(state)
    items.push(state.read(state, BINDING.or))
  }
  if (peekSign(state, '|')) fail(state, 'probability')
  return items
}

/** `|x|`, where only the position tells which bar opens. */
function bars(state: State): Expr {
  const from = state.position
  take(state)
  state.bars++
  const inner = state.read(state, BINDING.or)
  state.bars--
  if (!peekSign(state, '|')) return fail(state, 'bars without a partner')
  take(state)
  return terms(rangeOf(state, from, state.position)).absolute(inner)
}

/** `\\|x\\|_2^2`: everything up to the next double bar. */
function norm(state: State): Expr {
  const from = state.position
  let close = from + 1
  while (close < state.end && state.tokens[close]?.text !== '‖') close++
  if (close >= state.end) return fail(state, 'bars without a partner')
  return normBetween(state, from, close)
}

/** What may stand behind an operand: a power, `!`, `%`, a prime, the bar of an evaluation. */
function postfix(state: State, expr: Expr, token: Token, from: number): Expr | null {
  if (token.kind !== 'sign') return null
  const range = (): Range => ({
    start: Math.min(expr.range.start, rangeOf(state, from, from + 1).start),
    end: rangeOf(state, from, state.position).end,
  })
  if (token.text === '^' || token.text === '**') return power(state, expr, range)
  if (
    token.text === '!' &&
    expr.kind === 'number' &&
    Number.isInteger(expr.value) &&
    expr.value >= 0 &&
    expr.value <= 170
  ) {
    take(state)
    let value = 1
    for (let factor = 2; factor <= expr.value; factor++) value *= factor
    return { kind: 'number', value, text: `${expr.text}!`, range: range() }
  }
  if (token.text === '!') {
    while (peekSign(state, '!')) take(state)
    return opaque(state, 'factorial', from, state.position, namesIn([expr]))
  }
  if (token.text === '%' && expr.kind === 'number') {
    take(state)
    return { kind: 'number', value: expr.value / 100, text: `${expr.text}%`, range: range() }
  }
  if (token.text === "'" && state.tokens[state.position - 1]?.kind === 'close') {
    let order = 0
    while (peekSign(state, "'")) {
      take(state)
      order++
    }
    return { kind: 'derivative', of: expr, wrt: [], order, notation: 'prime', range: range() }
  }
  const before = state.tokens[state.position - 1]
  if (token.text === '_' && (before?.kind === 'close' || before?.text === '‖')) return subscripted(state, expr, from)
  if (token.text === '|' && state.bars === 0 && state.tokens[state.position + 1]?.text === '_') {
    take(state)
    return subscripted(state, expr, from)
  }
  return null
}

/** `(…)^2`, `W^T` of a bracket. */
function power(state: State, base: Expr, range: () => Range): Expr {
  take(state)
  const token = peek(state)
  const next = state.tokens[state.position + 1]
  const single = token?.text === '{' && state.partner[state.position] === state.position + 2 ? next : token
  if (
    single &&
    (single.text === '\\top' || single.text === '\\intercal' || single.text === '⊤' || single.text.trim() === 'T') &&
    !isNumber(base, single, state)
  ) {
    state.position += single === token ? 1 : 3
    return arrayTerms(range()).transposed(base)
  }
  const exponent = scriptArgument(state)
  return terms(range()).power(base, exponent)
}

/** `(1 + r)^T`, or any bracket to the power of a T that the note differentiates by: nothing to transpose. */
const isNumber = (base: Expr, { text }: Token, { context }: State): boolean =>
  base.kind === 'number' ||
  (text.trim() === 'T' &&
    (context.variables.has('T') || [SUM, DIFFERENCE].some((op) => argsOf(base, op).some(isDigits))))
const isDigits = ({ kind }: Expr): boolean => kind === 'number'

/** `\left.\frac{dz}{dx}\right|_{x=1}`: where it is taken. Any other subscript of a bracket isn't understood. */
function subscripted(state: State, expr: Expr, from: number): Expr {
  const evaluated = difference(state, expr, from) ?? evaluation(state, expr, from)
  if (evaluated) return evaluated
  take(state)
  const span = scriptSpan(state)
  const entry = expr.kind === 'opaque' ? null : entryBehind(state, expr, span, from)
  if (entry) return entry
  if (expr.kind === 'opaque') return opaque(state, expr.reason, from, state.position, expr.uses)
  return opaque(state, 'subscript of a bracket', from, state.position, namesIn([expr]))
}

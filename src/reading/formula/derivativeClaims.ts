/** Which first sides make a row a claim about a derivative, and by what a prime differentiates. */
import { DIFFERENCE, NEGATIVE, PRODUCT, QUOTIENT, SUM } from '../../operations/algebra'
import { rewritten } from '../rewritten'
import type { DerivativeExpr, Expr, Name, NameExpr } from '../statement'
import { namesIn, partsOf } from './state'

/** A derivative, or a product of derivatives as the chain rule writes it. */
export function isDerivative(expr: Expr): boolean {
  if (expr.kind === 'derivative') return true
  if (expr.kind === 'call') return expr.primes > 0
  return expr.kind === 'apply' && expr.op === PRODUCT && expr.args.every(isDerivative)
}

/** Products of the same derivative with something on each side, and sums of derivatives of what stands in them. */
export const isAboutDerivatives = (sides: readonly { readonly expr: Expr }[]): boolean =>
  sharesDerivative(sides) || isExplicit(sides[0]?.expr)

/** `\frac{\partial L}{\partial y} y^2 e^{-x} = \frac{\partial L}{\partial y} y (1 - y)`: no equation to be solved for the derivative. */
function sharesDerivative(sides: readonly { readonly expr: Expr }[]): boolean {
  const [first, ...others] = sides.map((side) => new Set(factorsOf(side.expr).flatMap(keyOfDerivative)))
  return first !== undefined && [...first].some((key) => others.every((keys) => keys.has(key)))
}

function factorsOf(expr: Expr): readonly Expr[] {
  if (expr.kind !== 'apply' || ![PRODUCT, NEGATIVE, QUOTIENT].includes(expr.op)) return [expr]
  return expr.op === QUOTIENT ? factorsOf(expr.args[0] as Expr) : expr.args.flatMap(factorsOf)
}

function keyOfDerivative(expr: Expr): string[] {
  if (expr.kind !== 'derivative' || expr.of.kind !== 'name') return []
  const below = expr.wrt.map(({ variable, order }) =>
    variable.kind === 'name' ? `${variable.name.key}^${order}` : '?',
  )
  return [[expr.of.name.key, ...below].join('/')]
}

/** `\frac{d}{dx}(x^2) + 2\frac{d}{dx}(x)`: derivatives of expressions in nothing but their variable. */
function isExplicit(expr: Expr | undefined): boolean {
  if (expr?.kind === 'number') return true
  if (expr?.kind === 'derivative') {
    const [variable] = expr.wrt
    const key = variable?.variable.kind === 'name' ? variable.variable.name.key : undefined
    return expr.of.kind !== 'name' && expr.wrt.length === 1 && areNamesOf(expr.of, key)
  }
  if (expr?.kind !== 'apply' || ![SUM, DIFFERENCE, PRODUCT, NEGATIVE].includes(expr.op)) return false
  return expr.args.every(isExplicit) && expr.args.some((arg) => arg.kind !== 'number')
}
const areNamesOf = (expr: Expr, key: string | undefined): boolean =>
  expr.kind === 'apply' && namesIn([expr]).every((name) => name.name.key === key) && !partsOf(expr).some(isUnreadable)
const isUnreadable = (expr: Expr): boolean =>
  expr.kind === 'opaque' || expr.kind === 'call' || partsOf(expr).some(isUnreadable)

/** `f'(x) = (x^2)' + (3x)'`: what the first side is differentiated by goes for the primes of brackets, too. */
export function withVariable<Side extends { readonly expr: Expr }>(sides: readonly Side[]): readonly Side[] {
  const variable = variableOf(sides[0]?.expr)
  if (!variable) return sides
  const named = (part: Expr): Expr | null =>
    part.kind === 'derivative' && part.wrt.length === 0 && part.of.kind !== 'name'
      ? { ...part, wrt: [{ variable, order: part.order }] }
      : null
  return sides.map((side) => ({ ...side, expr: rewritten(side.expr, named) }))
}

/**
 * A row that begins with `dW`, or says one: `dW = \\frac{\\partial J}{\\partial W}` says what it means, whatever letter the loss has; and of a
 * mean over m samples `dZ` is m times the derivative, as it is of their sum, where W and b have the factor 1/m. A small `dz` is of one
 * sample, unless its row takes the mean.
 */
export function asProgrammers<Side extends { readonly expr: Expr }>(
  sides: readonly Side[],
  samples: Name | null,
): readonly Side[] {
  const [head] = sides
  if (!head) return sides
  const own = head.expr.kind === 'derivative' && head.expr.notation === 'programmer' ? head.expr : null
  const isMean = samples !== null && sides.some(({ expr }) => dividesBy(expr, samples.key))
  const scaled = (part: Expr): Expr | null => {
    if (part.kind !== 'derivative' || part.notation !== 'programmer') return null
    const variable = part.wrt[0]?.variable
    if (!samples || variable?.kind !== 'name' || PARAMETERS.test(variable.name.key)) return part
    if (!isMean && !/^[A-Z]/.test(variable.name.key)) return part
    return { ...part, times: { kind: 'name', name: samples, range: part.range } }
  }
  return sides.map((side) => {
    const isSame = own && side !== head && isLossBy(side.expr, own)
    return { ...side, expr: rewritten(isSame ? { ...own, range: side.expr.range } : side.expr, scaled) }
  })
}
/** Weights and biases: what a network learns. */
const PARAMETERS = /^(?:[WwUVb]|theta|beta|gamma)(?![a-z])/

const dividesBy = (expr: Expr, key: string): boolean =>
  (expr.kind === 'apply' && expr.op === QUOTIENT && isName(expr.args[1], key)) ||
  partsOf(expr).some((part) => dividesBy(part, key))
const isName = (expr: Expr | undefined, key: string): boolean => expr?.kind === 'name' && expr.name.key === key

/** `\\frac{\\partial J}{\\partial W}` beside `dW`. */
function isLossBy(expr: Expr, { wrt }: DerivativeExpr): boolean {
  if (expr.kind !== 'derivative' || expr.notation === 'programmer' || expr.order !== 1) return false
  const [by, own] = [expr.wrt[0]?.variable, wrt[0]?.variable]
  const isLoss = expr.of.kind === 'name' && LOSS.test(expr.of.name.key)
  return isLoss && own?.kind === 'name' && isName(by, own.name.key)
}
const LOSS = /^(?:[LJEC](?:_cal)?|[Ll]oss|cost)$/

/**
 * `\\frac{dz}{dt} = f_x \\frac{dx}{dt} + \\dots`: a letter below a function is what it is differentiated by, beside derivatives.
 * @param isFunction does the note use this name as a function?
 * @param isOwn is the name as it stands one of the note?
 */
export function withSubscripts<Side extends { readonly expr: Expr }>(
  sides: readonly Side[],
  isFunction: (key: string) => boolean,
  isOwn: (key: string) => boolean,
): readonly Side[] {
  const [head] = sides
  if (!head) return sides
  const differentiated = new Set(sides.flatMap(({ expr }) => differentiatedIn(expr)))
  const partial = (part: Expr): Expr | null =>
    part.kind === 'name' && !isOwn(part.name.key)
      ? partialOf(part, 'partial', (key) => isFunction(key) || differentiated.has(key))
      : null
  return sides.map((side) => (side === head ? side : { ...side, expr: rewritten(side.expr, partial) }))
}

const differentiatedIn = (expr: Expr): readonly string[] =>
  expr.kind === 'derivative' && expr.of.kind === 'name' ? [expr.of.name.key] : partsOf(expr).flatMap(differentiatedIn)

/** `f_x`, `f_{xy}`, `f'_x` of a function f as its partial derivative; `null` where it is none. */
export function partialOf(
  { name, range }: NameExpr,
  notation: 'partial' | 'subscript',
  isFunction: (key: string) => boolean,
): DerivativeExpr | null {
  const [, key = '', letters = '', primes = ''] = /^([A-Za-z]+)_([a-z]{1,2})('*)$/.exec(name.key) ?? []
  if (!isFunction(key) || (primes && primes.length !== letters.length)) return null
  if (notation === 'partial' && !VARIABLES.test(letters)) return null
  const wrt = [...letters].map((letter) => {
    const variable: NameExpr = { kind: 'name', name: { key: letter, latex: letter, plain: letter }, range }
    return { variable, order: 1 }
  })
  const of: NameExpr = { kind: 'name', name: { key, latex: key, plain: key }, range }
  return { kind: 'derivative', of, wrt, order: wrt.length, notation, range }
}
/** What else stands below a letter is a mark of its own: `F_n`, `p_i`. */
const VARIABLES = /^[r-z]+$/

function variableOf(expr: Expr | undefined): NameExpr | null {
  if (expr?.kind === 'call' && expr.primes > 0) {
    const [only] = expr.args
    return expr.args.length === 1 && only?.kind === 'name' ? only : null
  }
  if (expr?.kind !== 'derivative' || expr.wrt.length !== 1) return null
  const variable = expr.wrt[0]?.variable
  return variable?.kind === 'name' ? variable : null
}

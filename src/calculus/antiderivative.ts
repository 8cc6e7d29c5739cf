/**
 * Antiderivatives of what notes integrate by hand: powers, functions of the table, products by parts, and inner functions with their
 * slope beside them. What is found is exact; most functions have none that could be written, and those give `null`.
 */
import { ancestors, type GraphBuilder, type NodeId } from '../graph/graph'
import { algebra, isSum, NEGATIVE, POWER, PRODUCT, QUOTIENT, SUM } from '../operations/algebra'
import { operation, operationSpelled } from '../operations/index'
import { backpropagate } from './backpropagate'
import type { Simplifier } from './simplify'

interface Place {
  readonly builder: GraphBuilder
  readonly simplifier: Simplifier
  readonly by: NodeId
  /** How many integrals may still be taken on the way to one. */
  left: number
}

const MOST_INTEGRALS = 80
const MOST_TERMS = 12

const named = (spelling: string): string => operationSpelled('latex', spelling)?.name ?? ''
const LOG = named('\\ln')
const ABS = operationSpelled('typescript', 'Math.abs')?.name ?? ''
const ROOT = named('\\sqrt')
const SINE = named('\\sin')
const COSINE = named('\\cos')

/** A function of the leaf `by` whose derivative is `root`; `null` where none is found. */
export function antiderivative(
  { builder, simplifier }: Pick<Place, 'builder' | 'simplifier'>,
  root: NodeId,
  by: NodeId,
): NodeId | null {
  const place: Place = { builder, simplifier, by, left: MOST_INTEGRALS }
  const whole = simplifier.expand(root)
  // Across a kink or a jump the parts would have to be put together.
  const isSmooth = ancestors(builder.graph, whole).every((id) => {
    const entry = operation(builder.node(id).op)
    return !entry?.kink && !entry?.rounds
  })
  return isSmooth ? integral(place, whole) : null
}

const has = ({ builder, by }: Place, id: NodeId): boolean => ancestors(builder.graph, id).includes(by)
const numberOf = ({ builder, simplifier }: Place, id: NodeId): number | null =>
  builder.constantOf(id) ?? builder.constantOf(simplifier.expand(id))

function slope({ builder, simplifier, by }: Place, of: NodeId): NodeId {
  if (of === by) return builder.constant(1)
  return backpropagate(builder, simplifier, of).get(by)?.node ?? builder.constant(0)
}

function integral(place: Place, id: NodeId): NodeId | null {
  const { builder, by } = place
  if (place.left-- <= 0) return null
  const { product, negative } = algebra(builder)
  if (!has(place, id)) return product(id, by)
  const { op, inputs } = builder.node(id)
  const [first, second] = inputs
  if (op === NEGATIVE && first !== undefined) {
    const inner = integral(place, first)
    return inner === null ? null : negative(inner)
  }
  if (isSum(op) && first !== undefined && second !== undefined) {
    const [a, b] = [integral(place, first), integral(place, second)]
    return a === null || b === null ? null : builder.apply(op, [a, b])
  }
  const form = powerForm(place, id)
  if (form) return powerOfVariable(place, form)
  return productOf(place, factorsOf(place, id))
}

/** `c x^n`. */
interface PowerForm {
  readonly coefficient: NodeId
  readonly exponent: number
}

function powerForm(place: Place, id: NodeId): PowerForm | null {
  const { builder, by } = place
  const { n, product, quotient, negative, power } = algebra(builder)
  if (!has(place, id)) return { coefficient: id, exponent: 0 }
  if (id === by) return { coefficient: n(1), exponent: 1 }
  const { op, inputs } = builder.node(id)
  const [first = id, second = id] = inputs
  if (op === POWER || op === ROOT) {
    const exponent = op === ROOT ? 0.5 : numberOf(place, second)
    const base = exponent === null ? null : powerForm(place, first)
    if (!base || exponent === null) return null
    // (x²)^½ is |x|.
    if (!Number.isInteger(exponent) && base.exponent !== 1) return null
    return { coefficient: power(base.coefficient, n(exponent)), exponent: base.exponent * exponent }
  }
  if (op === NEGATIVE) {
    const inner = powerForm(place, first)
    return inner && { ...inner, coefficient: negative(inner.coefficient) }
  }
  if (op !== PRODUCT && op !== QUOTIENT) return null
  const [a, b] = [powerForm(place, first), powerForm(place, second)]
  if (!a || !b) return null
  return op === PRODUCT
    ? { coefficient: product(a.coefficient, b.coefficient), exponent: a.exponent + b.exponent }
    : { coefficient: quotient(a.coefficient, b.coefficient), exponent: a.exponent - b.exponent }
}

function powerOfVariable(place: Place, { coefficient, exponent }: PowerForm): NodeId {
  const { builder, by } = place
  const { n, product, quotient, power, of } = algebra(builder)
  if (exponent === -1) return product(coefficient, of(LOG, of(ABS, by)))
  return quotient(product(coefficient, power(by, n(exponent + 1))), n(exponent + 1))
}

/** Factors of a product or a quotient; what stands below has its exponent negated. */
function factorsOf(place: Place, id: NodeId): NodeId[] {
  const { builder } = place
  const { op, inputs } = builder.node(id)
  const [first = id, second = id] = inputs
  if (op === PRODUCT) return [...factorsOf(place, first), ...factorsOf(place, second)]
  if (op === NEGATIVE) return [builder.constant(-1), ...factorsOf(place, first)]
  if (op !== QUOTIENT) return [id]
  return [...factorsOf(place, first), ...factorsOf(place, second).map((each) => inverse(place, each))]
}

function inverse(place: Place, id: NodeId): NodeId {
  const { builder } = place
  const { n, power, quotient, negative } = algebra(builder)
  if (!has(place, id)) return quotient(n(1), id)
  const { op, inputs } = builder.node(id)
  const [base = id, exponent = id] = inputs
  if (op === ROOT) return power(base, n(-0.5))
  if (op !== POWER) return power(id, n(-1))
  const number = numberOf(place, exponent)
  return power(base, number === null ? negative(exponent) : n(-number))
}

function productOf(place: Place, factors: readonly NodeId[]): NodeId | null {
  const { builder } = place
  const { product } = algebra(builder)
  const free = factors.filter((each) => !has(place, each))
  const rest = factors.filter((each) => has(place, each))
  const inner =
    distributed(place, rest) ?? bySubstitution(place, rest) ?? squaredCircular(place, rest) ?? byParts(place, rest)
  return inner === null ? null : [...free, inner].reduce(product)
}

/** A sum among several factors, or a small power of one: each of its terms with the others. */
function distributed(place: Place, factors: readonly NodeId[]): NodeId | null {
  const { builder } = place
  const { product } = algebra(builder)
  const at = factors.findIndex((each) => termsOf(place, each).length > 1)
  const terms = at < 0 ? [] : termsOf(place, factors[at] as NodeId)
  if (terms.length < 2 || terms.length > MOST_TERMS) return null
  if (factors.length === 1 && builder.node(factors[0] as NodeId).op !== POWER) return null
  const others = factors.filter((_each, k) => k !== at)
  let sum: NodeId | null = null
  for (const term of terms) {
    const whole = integral(place, place.simplifier.expand([term, ...others].reduce(product)))
    if (whole === null) return null
    sum = sum === null ? whole : algebra(builder).sum(sum, whole)
  }
  return sum
}

/** The terms of a sum, of the square or cube of one: signs go along. */
function termsOf(place: Place, id: NodeId): NodeId[] {
  const { builder } = place
  const { product, negative } = algebra(builder)
  const { op, inputs } = builder.node(id)
  const [first = id, second = id] = inputs
  if (isSum(op)) {
    const right = termsOf(place, second)
    return [...termsOf(place, first), ...(op === SUM ? right : right.map(negative))]
  }
  if (op === NEGATIVE) return termsOf(place, first).map(negative)
  const exponent = op === POWER ? numberOf(place, second) : null
  const terms = exponent === 2 || exponent === 3 ? termsOf(place, first) : []
  if (terms.length < 2 || terms.length > 3) return [id]
  let all = terms
  for (let k = 1; k < (exponent ?? 1); k++) all = all.flatMap((a) => terms.map((b) => product(a, b)))
  return all
}

/** `g(u) u'` up to a number: the antiderivative of g at u. */
function bySubstitution(place: Place, factors: readonly NodeId[]): NodeId | null {
  const { builder, simplifier } = place
  const { product, quotient, n } = algebra(builder)
  for (const [k, factor] of factors.entries()) {
    for (const { inner, outer } of outerOf(place, factor)) {
      const others = factors.filter((_each, other) => other !== k).reduce(product, n(1))
      const below = slope(place, inner)
      if (numberOf(place, below) === 0) continue
      const ratio = simplifier.expand(quotient(others, below))
      if (!has(place, ratio)) return product(ratio, outer)
    }
  }
  return null
}

/** The ways in which a factor is a function of an inner one, each with its antiderivative by that. */
function outerOf(place: Place, id: NodeId): { inner: NodeId; outer: NodeId }[] {
  const { builder } = place
  const { n, sum, power, quotient, of, product } = algebra(builder)
  const { op, inputs } = builder.node(id)
  const [first = id, second = id] = inputs
  const found: { inner: NodeId; outer: NodeId }[] = []
  const entry = operation(op)
  if (entry?.integral) found.push({ inner: first, outer: entry.integral(builder, first) })
  if (op === POWER && !has(place, second)) {
    const isInverse = numberOf(place, second) === -1
    const raised = quotient(power(first, sum(second, n(1))), sum(second, n(1)))
    found.push({ inner: first, outer: isInverse ? of(LOG, of(ABS, first)) : raised })
  }
  if (op === POWER && !has(place, first)) found.push({ inner: second, outer: quotient(id, of(LOG, first)) })
  if (id !== place.by) found.push({ inner: id, outer: quotient(product(id, id), n(2)) })
  return found
}

/** sin² and cos² of something straight, by the double angle. */
function squaredCircular(place: Place, [only, other]: readonly NodeId[]): NodeId | null {
  const { builder, by } = place
  const { n, product, quotient, sum, difference, of } = algebra(builder)
  if (only === undefined || other !== undefined) return null
  const { op, inputs } = builder.node(only)
  const [base = only, exponent = only] = inputs
  const inside = builder.node(base)
  const angle = inside.inputs[0]
  if (op !== POWER || numberOf(place, exponent) !== 2 || angle === undefined) return null
  if (inside.op !== SINE && inside.op !== COSINE) return null
  const straight = slope(place, angle)
  if (has(place, straight)) return null
  const wave = quotient(of(SINE, product(n(2), angle)), product(n(4), straight))
  const half = quotient(by, n(2))
  return inside.op === SINE ? difference(half, wave) : sum(half, wave)
}

/** xⁿ g: xⁿ G - n ∫ xⁿ⁻¹ G. */
function byParts(place: Place, factors: readonly NodeId[]): NodeId | null {
  const { builder, simplifier, by } = place
  const { n, product, power, difference } = algebra(builder)
  const logarithm = factors.find((each) => builder.node(each).op === LOG)
  if (logarithm !== undefined) return byLogarithm(place, factors, logarithm)
  const at = factors.findIndex((each) => {
    const form = powerForm(place, each)
    return form !== null && Number.isInteger(form.exponent) && form.exponent > 0
  })
  const form = at < 0 || factors.length < 2 ? null : powerForm(place, factors[at] as NodeId)
  if (!form) return null
  const whole = productOf(
    place,
    factors.filter((_each, k) => k !== at),
  )
  if (whole === null) return null
  const lower = product(n(form.exponent), power(by, n(form.exponent - 1)))
  const rest = integral(place, simplifier.expand(product(lower, whole)))
  if (rest === null) return null
  return product(form.coefficient, difference(product(power(by, n(form.exponent)), whole), rest))
}

/** g ln u: G ln u - ∫ G u'/u. */
function byLogarithm(place: Place, factors: readonly NodeId[], logarithm: NodeId): NodeId | null {
  const { builder, simplifier } = place
  const { n, product, difference } = algebra(builder)
  const others = factors.filter((each) => each !== logarithm)
  const form = others.length > 0 ? powerForm(place, simplifier.expand(others.reduce(product, n(1)))) : null
  if (!form) return null
  const whole = powerOfVariable(place, form)
  const rest = integral(place, simplifier.expand(product(whole, slope(place, logarithm))))
  return rest === null ? null : difference(product(whole, logarithm), rest)
}

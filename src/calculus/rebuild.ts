/** From the algebra back to nodes: one fraction a term, the first term positive, a common factor before its bracket. */

import type { GraphBuilder, NodeId } from '../graph/graph'
import { DIFFERENCE, NEGATIVE, POWER, QUOTIENT, ROOT, SUM } from '../operations/algebra'
import { times } from '../operations/shapes'
import {
  asNumber,
  coefficient,
  type Factor,
  greatestCommonDivisor,
  type KeyOf,
  negated,
  nodeSum,
  numberSum,
  plus,
  type Sum,
  type Term,
  value,
} from './algebra'

export interface Rebuilder {
  /** @param bracketFirst a common factor comes behind its bracket: (p - y) x */
  fromSum(sum: Sum, bracketFirst?: boolean): NodeId
  /** -(a - y) alone is y - a. */
  turned(sum: Sum): Sum
  /** How much there is to read: nodes, a name counting as one. */
  size(id: NodeId): number
}

/** Writes sums as nodes of `builder`. */
export function rebuilder(builder: GraphBuilder, keyOf: KeyOf): Rebuilder {
  const size = measure(builder)

  const fromSum = (sum: Sum, bracketFirst = false): NodeId => {
    const plain = fromTerms(sum)
    const common = sum.length > 1 ? commonFactors(sum, keyOf) : []
    if (common.length === 0) return plain
    const number = commonNumber(sum)
    const byKey = new Map(common.map((factor) => [keyOf(factor.base), factor]))
    const rest = sum.map((term) => without(term, byKey, number, keyOf))
    const bracket = fromTerms(rest)
    const closed = chain(number === 1 ? [] : [builder.constant(number)], common)
    const factored = bracketFirst && number === 1 ? times(builder, bracket, closed) : times(builder, closed, bracket)
    return size(factored) < size(plain) ? factored : plain
  }

  const fromTerms = (sum: Sum): NodeId => {
    const first = sum.findIndex((term) => value(term.coefficient) > 0)
    const ordered = first > 0 ? [sum[first] as Term, ...sum.slice(0, first), ...sum.slice(first + 1)] : sum
    let result: NodeId | null = null
    for (const term of ordered) {
      const negative = value(term.coefficient) < 0
      const magnitude = fromMagnitude(term)
      if (result === null) result = negative ? negate(magnitude) : magnitude
      else result = builder.apply(negative ? DIFFERENCE : SUM, [result, magnitude])
    }
    return result ?? builder.constant(0)
  }

  const negate = (id: NodeId): NodeId => {
    const constant = builder.constantOf(id)
    return constant === null || builder.node(id).origin === 'written'
      ? builder.apply(NEGATIVE, [id])
      : builder.constant(-constant)
  }

  const fromMagnitude = ({ coefficient, factors }: Term): NodeId => {
    const below = factors.filter(({ exponent }) => isNegative(exponent))
    const above = factors.filter(({ exponent }) => !isNegative(exponent))
    const [n, d] = [Math.abs(coefficient.numerator), Math.abs(coefficient.denominator)]
    const number = n === 1 && above.length > 0 ? [] : [builder.constant(n)]
    // What comes from upstream stands before what the step does with it: ∂L/∂z · 2t.
    const [arriving, ...own] = above
    const isFirst = arriving && builder.node(arriving.base).op === 'upstream' && asNumber(arriving.exponent) === 1
    const numerator = isFirst ? chain([arriving.base, ...number], own) : chain(number, above)
    if (below.length === 0 && d === 1) return numerator
    const inverted = below.map(({ base, exponent }) => ({ base, exponent: negated(exponent) }))
    return builder.apply(QUOTIENT, [
      numerator,
      chain(d === 1 && below.length > 0 ? [] : [builder.constant(d)], inverted),
    ])
  }

  const chain = (first: NodeId[], factors: readonly Factor[]): NodeId =>
    [...first, ...factors.map(fromFactor)].reduce((a, b) => {
      const product = times(builder, a, b)
      // Measured as it grows: a product of thousands must not be measured by recursion.
      size(product)
      return product
    })

  const fromFactor = ({ base, exponent }: Factor): NodeId => {
    const n = asNumber(exponent)
    if (n === 1) return base
    const node = builder.node(base)
    // (√a)² is a.
    if (node.op === ROOT && !node.name && n !== null && n % 2 === 0) {
      const inner = node.inputs[0] as NodeId
      return n === 2 ? inner : builder.apply(POWER, [inner, builder.constant(n / 2)])
    }
    return builder.apply(POWER, [base, fromTerms(exponent)])
  }

  return { fromSum, turned: (sum) => turned(builder, sum), size }
}

/** How much there is to read of a node; what has been measured once is remembered. */
function measure(builder: GraphBuilder): (id: NodeId) => number {
  const sizes = new Map<NodeId, number>()
  const size = (id: NodeId): number => {
    const known = sizes.get(id)
    if (known !== undefined) return known
    const node = builder.node(id)
    const total = node.name ? 1 : node.inputs.reduce((sum, input) => sum + size(input), 1)
    sizes.set(id, total)
    return total
  }
  return size
}

/** -(a - y) alone is y - a. */
function turned(builder: GraphBuilder, sum: Sum): Sum {
  const [only] = sum
  const factor = only?.factors[0]
  if (sum.length !== 1 || !only || !factor || only.factors.length !== 1) return sum
  if (value(only.coefficient) !== -1 || asNumber(factor.exponent) !== 1) return sum
  const { op, inputs, name } = builder.node(factor.base)
  if (op !== DIFFERENCE || name) return sum
  return nodeSum(builder.apply(DIFFERENCE, [...inputs].reverse()))
}

/** A power that belongs below the line of a fraction. */
function isNegative(exponent: Sum): boolean {
  return exponent.length > 0 && exponent.every((term) => value(term.coefficient) < 0)
}

/** Powers of a term by the key of their base, numbers only. */
function powersOf(term: Term, keyOf: KeyOf): Map<number, number> {
  const powers = new Map<number, number>()
  for (const { base, exponent } of term.factors) {
    const power = asNumber(exponent)
    if (power !== null) powers.set(keyOf(base), power)
  }
  return powers
}

/** Factors that every term has, with the lowest of their powers. */
function commonFactors(sum: Sum, keyOf: KeyOf): Factor[] {
  const [first] = sum
  if (!first) return []
  const powers = sum.map((term) => powersOf(term, keyOf))
  return first.factors.flatMap(({ base }) => {
    const lowest = powers.reduce((least, each) => Math.min(least, each.get(keyOf(base)) ?? 0), Number.POSITIVE_INFINITY)
    return lowest > 0 ? [{ base, exponent: numberSum(lowest) }] : []
  })
}

/** The greatest whole number that divides every coefficient. */
function commonNumber(sum: Sum): number {
  const numbers = sum.map(({ coefficient: { numerator, denominator } }) =>
    denominator === 1 ? Math.abs(numerator) : 1,
  )
  if (!numbers.every(Number.isSafeInteger)) return 1
  return numbers.reduce(greatestCommonDivisor)
}

function without(term: Term, common: ReadonlyMap<number, Factor>, number: number, keyOf: KeyOf): Term {
  const factors = term.factors.flatMap((factor) => {
    const taken = common.get(keyOf(factor.base))
    if (!taken) return [factor]
    const exponent = plus(factor.exponent, negated(taken.exponent), keyOf)
    return exponent.length === 0 ? [] : [{ base: factor.base, exponent }]
  })
  const { numerator, denominator } = term.coefficient
  return { coefficient: coefficient(numerator / number, denominator), factors }
}

/** Expressions as sums of products of powers: the form in which like terms and factors meet. */
import { scalarOf } from '../arithmetic/doubles'
import type { GraphBuilder, GraphNode, NodeId } from '../graph/graph'
import { CHOICE, DIFFERENCE, NEGATIVE, POWER, PRODUCT, QUOTIENT, SUM } from '../operations/algebra'
import { COPY } from '../operations/arrays'
import { operation } from '../operations/index'
import {
  asNumber,
  coefficient,
  type Factor,
  inverse,
  isZero,
  type KeyOf,
  negated,
  nodeSum,
  numberSum,
  ONE,
  plus,
  type Sum,
  scale,
  type Term,
  timesTerm,
  value,
} from './algebra'
import { arrayForms, type FormRule, unrepeated } from './arrayForms'
import { isAtom } from './atoms'
import { bottomUp } from './bottomUp'
import type { FormKit } from './matrixProducts'
import type { Rebuilder } from './rebuild'

export interface Sums {
  /** A node as a sum; what has been read once is remembered. */
  sumOf(id: NodeId): Sum
  /** A sum as one term: of several terms the bracket becomes a factor. @param id the node whose sum it is */
  asTerm(id: NodeId, sum: Sum): Term
  product(a: NodeId, b: NodeId, left: Sum, right: Sum): Sum
}

/** Reads nodes of one builder as sums. @param simplify what the inputs of an operation become that the algebra doesn't know */
export function sumsOf(
  builder: GraphBuilder,
  keyOf: KeyOf,
  rebuild: Rebuilder,
  simplify: (id: NodeId) => NodeId,
): Sums {
  const sums = new Map<NodeId, Sum>()

  const sumOf = (id: NodeId): Sum => {
    const known = sums.get(id)
    if (known) return known
    bottomUp(
      builder,
      id,
      sums,
      (each) => sums.set(each, compute(each)),
      (node) => !isAtom(node),
    )
    return sums.get(id) as Sum
  }

  const compute = (id: NodeId): Sum => {
    const node = builder.node(id)
    if (isAtom(node)) return nodeSum(id)
    if (node.op === 'constant') return constantSum(node)
    const inputs = node.inputs.map((input) => sumOf(input))
    const known = rules[node.op]?.(id, inputs) ?? exactValue(node, inputs.map(asNumber))
    if (known) return known
    if (node.origin === 'written') return nodeSum(id)
    return nodeSum(builder.apply(node.op, node.inputs.map(simplify), node.attributes))
  }

  /** A sum as one term: of several terms the bracket becomes a factor. */
  const asTerm = (id: NodeId, sum: Sum): Term => {
    const [only] = sum
    if (sum.length === 1 && only) return only
    const written = builder.node(id).origin === 'written'
    if (!written && sum.length > 0 && sum.every((term) => value(term.coefficient) < 0)) {
      return factorTerm(rebuild.fromSum(negated(sum)), coefficient(-1))
    }
    return factorTerm(written ? id : rebuild.fromSum(sum), ONE)
  }
  const product = (a: NodeId, b: NodeId, left: Sum, right: Sum): Sum => {
    if (left.length === 0 || right.length === 0) return []
    if (asNumber(left) === 1) return right
    if (asNumber(right) === 1) return left
    const term = timesTerm(asTerm(a, left), asTerm(b, right), keyOf)
    return isZero(term) ? [] : [unrepeated(kit, term)]
  }

  const kit = { builder, keyOf, sumOf, asTerm, product, fromSum: rebuild.fromSum }
  const rules = rulesOf(kit)

  return { sumOf, asTerm, product }
}

/** What the rules of the algebra are made with. */
interface Kit extends FormKit {
  product(a: NodeId, b: NodeId, left: Sum, right: Sum): Sum
}

/** What the algebra knows of; every other operation is an atom with simplified inputs. */
function rulesOf(kit: Kit): Readonly<Record<string, FormRule>> {
  const { builder, keyOf, asTerm, product } = kit
  const inputOf = (id: NodeId, place: number): NodeId => builder.node(id).inputs[place] as NodeId
  return {
    ...arrayForms(kit),
    [SUM]: (_id, [a = [], b = []]) => plus(a, b, keyOf),
    [DIFFERENCE]: (_id, [a = [], b = []]) => plus(a, negated(b), keyOf),
    [NEGATIVE]: (id, [a = []]) => {
      if (a.length < 2) return negated(a)
      return scale([asTerm(inputOf(id, 0), a)], coefficient(-1))
    },
    [PRODUCT]: (id, [a = [], b = []]) => product(inputOf(id, 0), inputOf(id, 1), a, b),
    [QUOTIENT]: (id, [a = [], b = []]) => {
      if (b.length === 0) return null
      if (a.length === 0) return []
      if (asNumber(b) === 1) return a
      return [timesTerm(asTerm(inputOf(id, 0), a), inverse(asTerm(inputOf(id, 1), b)), keyOf)]
    },
    [POWER]: (id, [base = [], exponent = []]) => powerSum(kit, inputOf(id, 0), base, exponent),
    [COPY]: (_id, [a = []]) => a,
    [CHOICE]: (id, [, then = [], otherwise = []]) =>
      keyOf(inputOf(id, 1)) === keyOf(inputOf(id, 2)) || (then.length === 0 && otherwise.length === 0) ? then : null,
  }
}

/** A power as a sum; `null` where the algebra has no form for it. */
function powerSum({ asTerm, fromSum }: Kit, baseId: NodeId, base: Sum, exponent: Sum): Sum | null {
  const n = asNumber(exponent)
  if (n === 0) return numberSum(1)
  if (n === 1) return base
  const number = asNumber(base)
  if (number !== null && n !== null) {
    const raised = number ** Math.abs(n)
    if (!Number.isInteger(n) || !Number.isFinite(raised) || (n < 0 && number === 0)) return null
    return n > 0 ? numberSum(raised) : numberSum(1, raised)
  }
  const term = asTerm(baseId, base)
  if (n !== null && Number.isInteger(n)) return [raisedTerm(term, n)]
  const [factor] = term.factors
  const isPlain =
    term.factors.length === 1 && value(term.coefficient) === 1 && factor && asNumber(factor.exponent) === 1
  const raised = isPlain ? factor.base : fromSum(base)
  return [{ coefficient: ONE, factors: [{ base: raised, exponent }] }]
}

/** exp(0), log(1), step(2): only what stays exact. A tie of two equal ones is a half. */
function exactValue(node: GraphNode, numbers: readonly (number | null)[]): Sum | null {
  const entry = operation(node.op)
  const evaluate = entry && scalarOf(entry)
  if (!evaluate || node.shape?.length !== 0 || numbers.includes(null)) return null
  const [a = 0, b = 0, c = 0] = numbers as number[]
  const result = evaluate(a, b, c)
  return Number.isInteger(2 * result) ? numberSum(result) : null
}

function constantSum(node: GraphNode): Sum {
  const number = node.attributes.value as number
  const text = node.attributes.text
  // \pi keeps its name; an infinity or NaN has no coefficient.
  const symbolic = typeof text === 'string' && !/^[\d.,{}_\s+\-eE%]+$/.test(text)
  return symbolic || !Number.isFinite(number) ? nodeSum(node.id) : numberSum(number)
}

const factorTerm = (base: NodeId, by: Term['coefficient']): Term => ({
  coefficient: by,
  factors: [{ base, exponent: numberSum(1) }],
})

/** A term to a whole power: coefficient and exponents. */
function raisedTerm(term: Term, n: number): Term {
  const size = Math.abs(n)
  const { numerator, denominator } = term.coefficient
  const factors = term.factors.map(
    ({ base, exponent }): Factor => ({ base, exponent: scale(exponent, coefficient(size)) }),
  )
  const raised: Term = { coefficient: coefficient(numerator ** size, denominator ** size), factors }
  return n < 0 ? inverse(raised) : raised
}

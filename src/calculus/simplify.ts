/**
 * Derived expressions in the form an author would write: no `1 ·`, no `+ 0`, like terms and powers merged, brackets
 * left closed, the order kept, a named node preferred to what it stands for. The forward graph is never rewritten: a
 * simplified expression is a new node.
 */

import { scalarOf } from '../arithmetic/doubles'
import type { GraphBuilder, GraphNode, NodeId } from '../graph/graph'
import { CHOICE, DIFFERENCE, NEGATIVE, POWER, PRODUCT, QUOTIENT, SUM } from '../operations/algebra'
import { COPY, isTransposition, REPEATED } from '../operations/arrays'
import { operation } from '../operations/index'
import { sameShape } from '../operations/shapes'
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
import { asQuotient, overCommonDenominator } from './commonDenominator'
import { matchesAt } from './composite'
import { gathered } from './gather'
import { isBracket, mayCancel, multipliedOut } from './multiplyOut'
import { rebuilder } from './rebuild'

export interface Simplifier {
  /** The node simplified, named nodes left as names: for going on with. */
  simplify(id: NodeId): NodeId
  /** The same for a reader: -(a - y) is y - a, and brackets are multiplied out where that is shorter. */
  polish(id: NodeId): NodeId
  /** The node with every named node replaced by what it stands for, down to the inputs; then simplified. */
  expand(id: NodeId): NodeId
  /** Equal numbers: the same expression up to where it is written. */
  keyOf: KeyOf
}

const LEAVES = new Set(['input', 'opaque', 'upstream'])

/** Leaves, and named nodes: what a derived expression calls by its name. */
export const isAtom = (node: GraphNode): boolean =>
  LEAVES.has(node.op) || (node.name !== null && node.op !== 'constant')

/** A simplifier for the nodes of one builder; what it has simplified once it remembers. */
export function simplifier(builder: GraphBuilder): Simplifier {
  const sums = new Map<NodeId, Sum>()
  const simplified = new Map<NodeId, NodeId>()
  const polished = new Map<NodeId, NodeId>()
  const substituted = new Map<NodeId, NodeId>()
  const keyOf = structuralKeys(builder)
  const rebuild = rebuilder(builder, keyOf)

  /** The operands before their users, without descending into atoms; a loop, for graphs thousands of nodes deep. */
  const bottomUp = (
    root: NodeId,
    known: ReadonlyMap<NodeId, unknown>,
    visit: (id: NodeId) => void,
    descend: (node: GraphNode) => boolean,
  ) => {
    const stack: NodeId[] = [root]
    while (stack.length > 0) {
      const id = stack[stack.length - 1] as NodeId
      if (known.has(id)) {
        stack.pop()
        continue
      }
      const node = builder.node(id)
      const missing = descend(node) ? node.inputs.filter((input) => !known.has(input)) : []
      if (missing.length > 0) stack.push(...missing)
      else {
        visit(id)
        stack.pop()
      }
    }
  }

  const sumOf = (id: NodeId): Sum => {
    const known = sums.get(id)
    if (known) return known
    bottomUp(
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
    const rule = RULES[node.op]
    const inputs = node.inputs.map((input) => sumOf(input))
    return rule?.(id, inputs) ?? other(node, inputs)
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
    if (isOnesLike(builder, a, b)) return right
    if (isOnesLike(builder, b, a)) return left
    if (asNumber(left) === 1) return right
    if (asNumber(right) === 1) return left
    return [timesTerm(asTerm(a, left), asTerm(b, right), keyOf)].filter((term) => !isZero(term))
  }

  /** What the algebra knows of; every other operation is an atom with simplified inputs. */
  const RULES: Record<string, (id: NodeId, inputs: readonly Sum[]) => Sum | null> = {
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
    [POWER]: (id, [base = [], exponent = []]) => power(inputOf(id, 0), base, exponent),
    [COPY]: (_id, [a = []]) => a,
    [CHOICE]: (id, [, then = [], otherwise = []]) =>
      keyOf(inputOf(id, 1)) === keyOf(inputOf(id, 2)) || (then.length === 0 && otherwise.length === 0) ? then : null,
  }
  const inputOf = (id: NodeId, place: number): NodeId => builder.node(id).inputs[place] as NodeId

  const power = (baseId: NodeId, base: Sum, exponent: Sum): Sum | null => {
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
    const plain =
      term.factors.length === 1 && value(term.coefficient) === 1 && factor && asNumber(factor.exponent) === 1
    if (plain) return [{ coefficient: ONE, factors: [{ base: factor.base, exponent }] }]
    return [{ coefficient: ONE, factors: [{ base: rebuild.fromSum(base), exponent }] }]
  }

  const other = (node: GraphNode, inputs: readonly Sum[]): Sum => {
    const entry = operation(node.op)
    const evaluate = entry && scalarOf(entry)
    const numbers = inputs.map(asNumber)
    if (evaluate && node.shape?.length === 0 && numbers.every((n) => n !== null)) {
      const [a = 0, b = 0, c = 0] = numbers as number[]
      const result = evaluate(a, b, c)
      // exp(0), log(1), step(2): only what stays exact. A tie of two equal ones is a half.
      if (Number.isInteger(2 * result)) return numberSum(result)
    }
    if (isTransposition(node.op)) {
      const inner = builder.node(inputOf(node.id, 0))
      // A vector is its own transposition; a gradient has the shape of its variable.
      if (inner.shape !== null && inner.shape.length < 2) return inputs[0] as Sum
      if (isTransposition(inner.op) && inner.name === null) return nodeSum(inner.inputs[0] as NodeId)
    }
    if (node.origin === 'written') return nodeSum(node.id)
    return nodeSum(builder.apply(node.op, node.inputs.map(simplify), node.attributes))
  }

  const polish = (id: NodeId): NodeId => {
    const known = polished.get(id)
    if (known !== undefined) return known
    const result = isAtom(builder.node(id)) ? id : shortest(sumOf(id))
    polished.set(id, result)
    return result
  }
  const gathering = {
    builder,
    keyOf,
    sumOf,
    fromSum: rebuild.fromSum,
    plus: (a: Sum, b: Sum) => plus(a, b, keyOf),
    product: (a: Sum, b: Sum) => {
      const [left, right] = [rebuild.fromSum(a), rebuild.fromSum(b)]
      return product(left, right, a, b)
    },
  }
  /** The shortest of the forms: as it is, multiplied out, over a common denominator. */
  const shortest = (raw: Sum): NodeId => {
    const sum = gathered(raw, gathering)
    const open = mayCancel(sum, sumOf) ? multipliedOut(builder, sum, sumOf, keyOf) : null
    const forms = open ? [sum, open] : [sum]
    const first = sum[0]?.factors[0]
    const bracketFirst = sum.length === 1 && first !== undefined && isBracket(builder, first)
    const candidates = [...forms, ...forms.flatMap(together)].map((form) =>
      rebuild.fromSum(rebuild.turned(form), bracketFirst),
    )
    return candidates.reduce((best, each) => (rebuild.size(each) < rebuild.size(best) ? each : best))
  }
  const together = (sum: Sum): Sum[] => {
    const fraction = overCommonDenominator(sum, keyOf)
    if (!fraction) return []
    const flat = multipliedOut(builder, fraction.numerator, sumOf, keyOf) ?? fraction.numerator
    if (flat.length === 0) return [[]]
    const numerator = rebuild.fromSum(flat)
    return [asQuotient(asTerm(numerator, flat), fraction.denominator, keyOf)]
  }
  function simplify(id: NodeId): NodeId {
    const known = simplified.get(id)
    if (known !== undefined) return known
    const node = builder.node(id)
    const result = isAtom(node) ? id : rebuild.fromSum(sumOf(id))
    simplified.set(id, result)
    simplified.set(result, result)
    return result
  }

  /**
   * `1/(1+e^{-x})` as σ(x), once it is written out. Where the author writes no σ, a name for it stays: nobody should meet a
   * letter that the note doesn't have.
   */
  const composite = (id: NodeId): NodeId | null => {
    const [match] = matchesAt(builder.graph, id)
    if (match && builder.node(id).name && !isWritten(match.composite.name)) return id
    return match ? builder.apply(match.composite.name, [substituted.get(match.input) ?? match.input]) : null
  }
  const isWritten = (op: string) => {
    ops ??= new Set(builder.graph.nodes.filter(({ origin }) => origin === 'written').map((node) => node.op))
    return ops.has(op)
  }
  let ops: ReadonlySet<string> | null = null
  const substitute = (root: NodeId): NodeId => {
    bottomUp(
      root,
      substituted,
      (id) => {
        const node = builder.node(id)
        const inputs = node.inputs.map((input) => substituted.get(input) as NodeId)
        const same = node.name === null && inputs.every((input, k) => input === node.inputs[k])
        if (node.inputs.length === 0 || same) substituted.set(id, id)
        else if (node.op === COPY) substituted.set(id, inputs[0] as NodeId)
        else if (composite(id)) substituted.set(id, composite(id) as NodeId)
        else substituted.set(id, builder.apply(node.op, inputs, node.attributes))
      },
      (node) => node.inputs.length > 0,
    )
    return substituted.get(root) as NodeId
  }

  return { simplify, polish, expand: (id) => polish(substitute(id)), keyOf }
}

/** Ones of the other's shape: what a sum's gradient repeats. */
function isOnesLike(builder: GraphBuilder, id: NodeId, other: NodeId): boolean {
  const { op, inputs, shape } = builder.node(id)
  return op === REPEATED && builder.constantOf(inputs[0] as NodeId) === 1 && sameShape(shape, builder.shapeOf(other))
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

/** Numbers that are equal where two nodes are the same expression. */
function structuralKeys(builder: GraphBuilder): KeyOf {
  const keys = new Map<NodeId, number>()
  const numbers = new Map<string, number>()
  const intern = (text: string): number => {
    const known = numbers.get(text)
    if (known !== undefined) return known
    numbers.set(text, numbers.size)
    return numbers.size - 1
  }
  const compute = (id: NodeId): number => {
    const node = builder.node(id)
    if (isAtom(node)) return intern(`#${id}`)
    if (node.op === 'constant') return intern(`=${node.attributes.value}`)
    const attributes = node.op === PRODUCT ? '' : JSON.stringify(node.attributes)
    return intern(`${node.op}(${node.inputs.map((input) => keys.get(input)).join()})${attributes}`)
  }
  return (root) => {
    const known = keys.get(root)
    if (known !== undefined) return known
    const stack = [root]
    while (stack.length > 0) {
      const id = stack[stack.length - 1] as NodeId
      const node = builder.node(id)
      const missing = keys.has(id) || isAtom(node) ? [] : node.inputs.filter((input) => !keys.has(input))
      if (missing.length > 0) stack.push(...missing)
      else {
        if (!keys.has(id)) keys.set(id, compute(id))
        stack.pop()
      }
    }
    return keys.get(root) as number
  }
}

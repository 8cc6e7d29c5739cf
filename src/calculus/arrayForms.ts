/**
 * Derived expressions of arrays as they are written by hand: numbers stand before the products of matrices, an identity, or ones beside an
 * array of their shape, stand nowhere, gradients are columns, and what is given entry by entry is a product of matrices where there
 * is one (`matrixForm`).
 */
import type { GraphBuilder, NodeId } from '../graph/graph'
import { PRODUCT } from '../operations/algebra'
import {
  isMatrixProduct,
  isTransposition,
  MATRIX_PRODUCT,
  OUTER_PRODUCT,
  REPEATED,
  TRANSPOSE,
} from '../operations/arrays'
import { operation } from '../operations/index'
import { ENTRY, isOnes, TABULATED } from '../operations/indexNodes'
import { type IndexId, plainIndex } from '../operations/indexTerms'
import { sameShape } from '../operations/shapes'
import { asNumber, type Factor, inverse, nodeSum, ONE, type Sum, type Term, timesTerm, value } from './algebra'
import { matrixForm } from './matrixForm'
import { type FormKit, product, rank, turned } from './matrixProducts'
import { renamed } from './renamedIndices'

/** What a derived node becomes, its inputs being these sums; `null` where it stays. */
export type FormRule = (id: NodeId, inputs: readonly Sum[]) => Sum | null

const unit = (base: NodeId): Term => ({ coefficient: ONE, factors: nodeSum(base)[0]?.factors ?? [] })

/** Rules by the operation that they are about. */
export function arrayForms(kit: FormKit): Readonly<Record<string, FormRule>> {
  const { builder } = kit
  const linear = multilinear(kit)
  return {
    [MATRIX_PRODUCT]: linear(([a = 0, b = 0]) => product(builder, a, b)),
    [OUTER_PRODUCT]: linear(([a = 0, b = 0]) => builder.apply(OUTER_PRODUCT, [a, b])),
    [TRANSPOSE]: (id, sums) => {
      const inner = builder.node(builder.node(id).inputs[0] as NodeId)
      // A vector is its own transposition; a gradient has the shape of its variable.
      if (inner.shape !== null && inner.shape.length < 2) return column(kit, inner.id) ?? sums[0] ?? null
      if (isTransposition(inner.op) && inner.name === null) return nodeSum(inner.inputs[0] as NodeId)
      return linear(([a = 0]) => turned(builder, a))(id, sums)
    },
    [ENTRY]: (id, [array = []]) => entryOf(kit, id, array),
    [TABULATED]: (id, [body = []]) => matrixForm(kit, builder.node(id).attributes.indices as IndexId[], body),
  }
}

/** Numbers that multiply an input multiply the whole; the arrays that are left are put together by `make`. */
const multilinear =
  ({ builder, keyOf, asTerm, fromSum }: FormKit) =>
  (make: (arrays: readonly NodeId[]) => NodeId): FormRule =>
  (id, sums) => {
    const { inputs, origin } = builder.node(id)
    if (origin === 'written' || sums.some((sum) => sum.length === 0)) return null
    const terms = sums.map((sum, k) => asTerm(inputs[k] as NodeId, sum))
    const isNumber = ({ base }: Factor) => rank(builder, base) === 0
    const arrays = terms.map(({ factors }) => factors.filter((factor) => !isNumber(factor)))
    if (arrays.some((factors) => factors.length === 0)) return null
    const made = make(arrays.map((factors) => fromSum([{ coefficient: ONE, factors }])))
    const numbers = terms.map(({ coefficient, factors }): Term => ({ coefficient, factors: factors.filter(isNumber) }))
    return [[...numbers, unit(made)].reduce((a, b) => timesTerm(a, b, keyOf))]
  }

/** What a row like `x^\\top A` is as a column, Aᵀ x. */
function column({ builder }: FormKit, id: NodeId): Sum | null {
  const { op, inputs, name } = builder.node(id)
  const [row = 0, matrix = 0] = inputs
  if (name !== null || !isMatrixProduct(op) || rank(builder, row) !== 1 || rank(builder, matrix) !== 2) return null
  const { op: turn, inputs: of, name: own } = builder.node(row)
  return nodeSum(
    product(builder, turned(builder, matrix), own === null && isTransposition(turn) ? (of[0] as NodeId) : row),
  )
}

/** A product in which a number that is repeated to the shape of another factor is that number. */
export function unrepeated(kit: FormKit, term: Term): Term {
  const { builder, keyOf, sumOf, asTerm } = kit
  const at = term.factors.findIndex(
    ({ base, exponent }, k) =>
      asNumber(exponent) === 1 &&
      repeatedNumber(builder, base) !== null &&
      term.factors.some((other, j) => j !== k && sameShape(builder.shapeOf(other.base), builder.shapeOf(base))),
  )
  if (at < 0) return term
  const number = repeatedNumber(builder, (term.factors[at] as Factor).base)
  const rest: Term = { ...term, factors: term.factors.toSpliced(at, 1) }
  if (number === null || number === 'one') return unrepeated(kit, rest)
  const sum = sumOf(number)
  return sum.length === 0 ? term : unrepeated(kit, timesTerm(asTerm(number, sum), rest, keyOf))
}

/** The number that all entries of an array are. */
function repeatedNumber(builder: GraphBuilder, id: NodeId): NodeId | 'one' | null {
  const { op, inputs, name } = builder.node(id)
  if (name !== null) return null
  if (isOnes(op)) return 'one'
  const [inner] = inputs
  if (op === TABULATED && inner !== undefined && rank(builder, inner) === 0) {
    const own = builder.node(id).attributes.indices as readonly IndexId[]
    return builder.indicesOf(inner).some((index) => own.includes(index)) ? null : inner
  }
  return op === REPEATED && inner !== undefined && rank(builder, inner) === 0 ? inner : null
}

/** The entry of a product of arrays of one shape is the product of their entries; of one that is given entry by entry its body. */
function entryOf(kit: FormKit, id: NodeId, array: Sum): Sum | null {
  const { builder, keyOf, sumOf, asTerm } = kit
  const { attributes, inputs, origin } = builder.node(id)
  const at = attributes.at as readonly string[]
  const shape = builder.shapeOf(inputs[0] as NodeId)
  if (origin === 'written' || !shape || shape.length !== at.length) return null
  const [only, further] = array
  const isPlain = !further && only?.factors.length === 1 && value(only.coefficient) === 1
  let isShorter = !isPlain
  const entryIn = (base: NodeId): Term => {
    const body = rank(builder, base) === 0 ? base : bodyOf(builder, base, at)
    if (body === null) return unit(builder.apply(ENTRY, [base], { at: [...at] }))
    isShorter ||= body !== base
    return asTerm(body, sumOf(body))
  }
  const terms: Term[] = []
  for (const { coefficient, factors } of array) {
    let term: Term = { coefficient, factors: [] }
    for (const { base, exponent } of factors) {
      if (rank(builder, base) !== 0 && !sameShape(builder.shapeOf(base), shape)) return null
      const n = asNumber(exponent)
      if (n === null || !Number.isInteger(n)) return null
      for (let k = Math.abs(n); k > 0; k--) {
        const part = entryIn(base)
        term = timesTerm(term, n > 0 ? part : inverse(part), keyOf)
      }
    }
    terms.push(term)
  }
  return isShorter ? terms : null
}

/** What stands at places of an array that is given entry by entry, or that repeats a number; `null` for any other. */
function bodyOf(builder: GraphBuilder, array: NodeId, at: readonly string[]): NodeId | null {
  const { op, inputs, attributes, name } = builder.node(array)
  const number = repeatedNumber(builder, array)
  if (number !== null) return number === 'one' ? builder.constant(1) : number
  if (name !== null) return null
  const entryAt = (input: NodeId) =>
    rank(builder, input) === 0 ? input : builder.apply(ENTRY, [input], { at: [...at] })
  if (
    operation(op)?.elementwise &&
    inputs.every((each) => rank(builder, each) === 0 || sameShape(builder.shapeOf(each), builder.shapeOf(array)))
  )
    return builder.apply(op, inputs.map(entryAt), op === PRODUCT ? {} : attributes)
  if (op !== TABULATED) return null
  const own = attributes.indices as readonly IndexId[]
  const places = at.map(plainIndex)
  if (own.length !== at.length || places.some((place) => place === null)) return null
  return renamed(builder, inputs[0] as NodeId, new Map(own.map((index, k) => [index, places[k] as IndexId])))
}

/** Products and transpositions of derived matrices, without what a reader would strike out. */
import type { GraphBuilder, NodeId } from '../graph/graph'
import {
  isIdentityMatrix,
  isMatrixProduct,
  isTransposition,
  MATRIX_PRODUCT,
  OUTER_PRODUCT,
  TRANSPOSE,
} from '../operations/arrays'
import type { KeyOf, Sum, Term } from './algebra'

/** What the simplifier lends. */
export interface FormKit {
  readonly builder: GraphBuilder
  readonly keyOf: KeyOf
  sumOf(id: NodeId): Sum
  asTerm(id: NodeId, sum: Sum): Term
  fromSum(sum: Sum): NodeId
}

/** How many axes; -1 where that isn't known. */
export const rank = (builder: GraphBuilder, id: NodeId): number => builder.shapeOf(id)?.length ?? -1

/** A matrix product without identities; a vector that comes from a gradient is a column. */
export function product(builder: GraphBuilder, a: NodeId, b: NodeId): NodeId {
  if (isIdentityMatrix(builder.node(a).op)) return b
  if (isIdentityMatrix(builder.node(b).op) && rank(builder, a) === 2) return a
  if (rank(builder, a) === 1 && rank(builder, b) === 2) return product(builder, turned(builder, b), a)
  return builder.apply(MATRIX_PRODUCT, [a, b])
}

/** The transposition, taken into a product where it meets another one there. */
export function turned(builder: GraphBuilder, id: NodeId): NodeId {
  const { op, inputs, name } = builder.node(id)
  const [a = 0, b = 0] = inputs
  if (rank(builder, id) === 1 || isIdentityMatrix(op)) return id
  if (name === null && isTransposition(op)) return a
  if (name === null && op === OUTER_PRODUCT) return builder.apply(OUTER_PRODUCT, [b, a])
  const isTurned = (each: NodeId) => isTransposition(builder.node(each).op) && builder.node(each).name === null
  if (name === null && isMatrixProduct(op) && (isTurned(a) || isTurned(b)))
    return builder.apply(MATRIX_PRODUCT, [turned(builder, b), turned(builder, a)])
  return builder.apply(TRANSPOSE, [id])
}

/** Operations between arrays as mathematics means them: products by shapes, powers of matrices, columns and rows. */
import type { GraphBuilder, NodeId, Source } from '../graph/graph'
import { isOpen } from '../graph/sizes'
import { NEGATIVE, POWER, PRODUCT, QUOTIENT } from '../operations/algebra'
import { INVERSE, isMatrixProduct, isTransposition, MATRIX_PRODUCT } from '../operations/arrays'
import { operation } from '../operations/index'
import type { Attributes, Operation, Shape } from '../operations/operation'
import type { ApplyExpr } from '../reading/statement'
import { opaque } from './opaque'
import type { Building } from './vocabulary'
import { arraysAt } from './written'

/** The node of an operation of which an input is an array, or may be one. */
export function applyToArrays(building: Building, expr: ApplyExpr, inputs: readonly NodeId[], source: Source): NodeId {
  const { builder, notes } = building
  notes.doubts.add('array')
  const entry = operation(expr.op)
  const byForm = FORMS[expr.op]?.(building, inputs, source, expr.attributes ?? {})
  const own = byForm ?? (entry && byRank(building, entry, inputs[0] ?? 0, source))
  if (own !== undefined) return own
  if (entry?.elementwise) return elementwise(building, expr.op, inputs, source, expr.attributes)
  return checked(building, builder.add({ op: expr.op, inputs, attributes: expr.attributes, source }))
}

/** Xᵀ; of a number the number. */
export function transposed({ builder }: Building, id: NodeId, source: Source): NodeId {
  return builder.shapeOf(id)?.length === 0 ? id : arraysAt(builder, source).transposed(id)
}

/** `[h; x]`: vectors one after the other. */
export const joined = ({ builder }: Building, inputs: readonly NodeId[], source: Source): NodeId =>
  arraysAt(builder, source).joined(inputs, 0)

/** Is an input no number? */
export const hasArray = (builder: GraphBuilder, inputs: readonly NodeId[]): boolean =>
  inputs.some((id) => builder.shapeOf(id)?.length !== 0)

type Rule = (
  building: Building,
  inputs: readonly NodeId[],
  source: Source,
  attributes: Attributes,
) => NodeId | undefined

/** What the forms of arithmetic mean between arrays; all else the table says (`byRank`). */
const FORMS: Readonly<Record<string, Rule>> = {
  [PRODUCT]: (building, [a = 0, b = 0], source, attributes) => product(building, a, b, source, attributes),
  [POWER]: (building, [base = 0, exponent = 0], source) => power(building, base, exponent, source),
  [QUOTIENT]: (building, [a = 0, b = 0], source) => {
    const below = building.builder.shapeOf(b)
    return below && below.length > 1 && !sameShapes(building, a, b)
      ? mismatch(building, QUOTIENT, [a, b], source)
      : undefined
  },
}

/** What an entry is of a single input with so many axes; `undefined` where that makes no difference. */
function byRank(building: Building, entry: Operation, a: NodeId, source: Source): NodeId | undefined {
  const { builder } = building
  const shape = builder.shapeOf(a)
  if (shape?.length === 0) return ofNumber(building, entry, a, source)
  if (entry.isAlongRows) return builder.add({ op: entry.name, inputs: [a], attributes: { axis: -1 }, source })
  if (entry.isOfSquares) return square(building, entry.name, a, source)
  if (entry.isTotal) return arraysAt(builder, source).sumAlong(a, null)
  if (entry.ofMatrices === undefined) return undefined
  // Bars mean one thing around a square matrix, and nothing that is clear around another array.
  const isSquare = shape?.length === 2 && builder.sizes.equate(shape[0] ?? 1, shape[1] ?? 1)
  if (entry.elementwise && !isSquare) return unclear(building, 'bars around an array', [a], source)
  return shape?.length === 2 ? square(building, entry.ofMatrices, a, source) : undefined
}

/** What is said of arrays, put on a number. */
function ofNumber(building: Building, entry: Operation, a: NodeId, source: Source): NodeId | undefined {
  const { builder } = building
  if (entry.ofNumbers === 'itself') return a
  if (entry.ofNumbers !== undefined && entry.arity === 1)
    return builder.add({ op: entry.ofNumbers, inputs: [a], source })
  if (entry.isAlongRows) return unclear(building, 'softmax', [a], source)
  if (entry.isTotal) return unclear(building, 'sum without an index', [a], source)
  return entry.isOfSquares ? unclear(building, entry.name, [a], source) : undefined
}

function unclear(building: Building, reason: string, uses: readonly NodeId[], source: Source): NodeId {
  return opaque(building, { doubt: 'opaque', reason, text: '', uses, source, shape: null })
}

/** A node whose shapes don't fit is noted. */
function checked(building: Building, id: NodeId): NodeId {
  if (building.builder.node(id).attributes.mismatch) building.notes.doubts.add('mismatch')
  return id
}

function mismatch({ builder, notes }: Building, op: string, inputs: readonly NodeId[], source: Source): NodeId {
  notes.doubts.add('mismatch')
  return builder.add({ op, inputs, attributes: { mismatch: true }, shape: null, source })
}

/** An operation on a matrix with as many rows as columns. */
function square(building: Building, op: string, a: NodeId, source: Source): NodeId {
  const { builder } = building
  const shape = builder.shapeOf(a)
  if (shape && (shape.length !== 2 || !builder.sizes.equate(shape[0] ?? 1, shape[1] ?? 1))) {
    return mismatch(building, op, [a], source)
  }
  return builder.add({ op, inputs: [a], source })
}

const sameShapes = ({ builder }: Building, a: NodeId, b: NodeId): boolean => {
  const [left, right] = [builder.shapeOf(a), builder.shapeOf(b)]
  return left !== null && right !== null && builder.sizes.equateShapes(left, right)
}

/** A vector is a column unless it was transposed: is this one a row? */
function isRow(builder: GraphBuilder, id: NodeId): boolean {
  const { op, inputs, name, shape } = builder.node(id)
  if (shape?.length !== 1) return false
  if (isTransposition(op)) return !isRow(builder, inputs[0] as NodeId)
  if (name !== null || inputs.length === 0) return false
  if (isMatrixProduct(op)) return builder.shapeOf(inputs[0] as NodeId)?.length === 1
  if (!operation(op)?.elementwise) return false
  return inputs.some((input) => builder.shapeOf(input)?.length === 1 && isRow(builder, input))
}

/** Without its transposition, for an operation that says by itself which way a vector stands. */
const upright = (builder: GraphBuilder, id: NodeId): NodeId => {
  const { op, inputs, name } = builder.node(id)
  return isTransposition(op) && name === null ? (inputs[0] as NodeId) : id
}

/** A product without a sign, with a dot or a cross is the matrix product; `⊙` and where it can't be meant otherwise `*` the elementwise one. */
function product(building: Building, a: NodeId, b: NodeId, source: Source, attributes: Attributes): NodeId | undefined {
  const { builder } = building
  const { sign } = attributes
  const [left, right] = [builder.shapeOf(a), builder.shapeOf(b)]
  if (sign === 'hadamard' || left?.length === 0 || right?.length === 0) return undefined
  if (!left || !right) return builder.add({ op: MATRIX_PRODUCT, inputs: [a, b], attributes, shape: null, source })
  if (sign === 'star' && left.length === right.length && canBeSame(builder, left, right)) return undefined
  if (left.length > 2 || right.length > 2) return mismatch(building, MATRIX_PRODUCT, [a, b], source)
  return left.length === 1 && right.length === 1
    ? ofVectors(building, a, b, source, attributes)
    : withMatrix(building, a, b, source, attributes)
}

function canBeSame({ sizes }: GraphBuilder, a: Shape, b: Shape): boolean {
  return a.every((size, k) => {
    const [x, y] = [sizes.resolve(size), sizes.resolve(b[k] ?? 1)]
    return x === y || isOpen(x) || isOpen(y)
  })
}

/** A column by a row is their outer product, anything else the inner one. */
function ofVectors(building: Building, a: NodeId, b: NodeId, source: Source, attributes: Attributes): NodeId {
  const { builder } = building
  const [left, right] = [isRow(builder, a), isRow(builder, b)]
  if (!left && right) return arraysAt(builder, source).outerProduct(a, upright(builder, b))
  const [m, n] = [builder.shapeOf(a)?.[0] ?? 1, builder.shapeOf(b)?.[0] ?? 1]
  // Two columns side by side are no product; with a dot they are the inner one.
  const isInner = left !== right || attributes.sign === 'dot'
  if (!isInner || !builder.sizes.equate(m, n)) return mismatch(building, MATRIX_PRODUCT, [a, b], source)
  return builder.add({ op: MATRIX_PRODUCT, inputs: [a, b], attributes, source })
}

function withMatrix(building: Building, a: NodeId, b: NodeId, source: Source, attributes: Attributes): NodeId {
  const { builder } = building
  const [left, right] = [builder.shapeOf(a) ?? [], builder.shapeOf(b) ?? []]
  // A row behind a matrix, or a matrix of one column: x yᵀ.
  const isTurned = right.length === 1 && isRow(builder, b)
  const inner = left[left.length - 1] ?? 1
  if (isTurned && builder.sizes.resolve(inner) !== 1) return mismatch(building, MATRIX_PRODUCT, [a, b], source)
  if (!builder.sizes.equate(inner, right[0] ?? 1)) return mismatch(building, MATRIX_PRODUCT, [a, b], source)
  return checked(building, builder.add({ op: MATRIX_PRODUCT, inputs: [a, b], attributes, source }))
}

/** Made entry by entry, as what comes out of a layer. */
function isByEntries(builder: GraphBuilder, id: NodeId): boolean {
  const { op, inputs } = builder.node(id)
  const entry = operation(op)
  if (entry?.isCopy) return isByEntries(builder, inputs[0] as NodeId)
  return entry?.elementwise === true && inputs.length === 1
}

/** `A^{-1}`, `A^{-T}`, `A^2` of a square matrix; of anything else number by number. */
function power(building: Building, base: NodeId, exponent: NodeId, source: Source): NodeId | undefined {
  const { builder } = building
  const shape = builder.shapeOf(base)
  if (shape?.length !== 2) return shape === null ? unclear(building, 'power of an array', [base], source) : undefined
  const turned = isMinusT(building, exponent)
  const n = turned ? -1 : numberOf(builder, exponent)
  const [rows, columns] = [shape[0] ?? 1, shape[1] ?? 1]
  const isSquare = builder.sizes.resolve(rows) === builder.sizes.resolve(columns) || isOpen(builder.sizes.resolve(rows))
  if (n === null || !Number.isInteger(n)) return unclear(building, 'power of an array', [base], source)
  if (!isSquare) return n < 0 ? mismatch(building, INVERSE, [base], source) : undefined
  // `1 - A^2` of A = tanh(Z), where nothing says that it is square.
  if (n > 1 && isOpen(builder.sizes.resolve(rows)) && isByEntries(builder, base)) return undefined
  builder.sizes.equate(rows, columns)
  const { inverse, transposed, matrixPower } = arraysAt(builder, source)
  if (n >= 0) return matrixPower(base, n)
  const inverted = inverse(base)
  if (turned) return transposed(inverted)
  return n === -1 ? inverted : matrixPower(inverted, -n)
}

function numberOf(builder: GraphBuilder, id: NodeId): number | null {
  const { op, inputs } = builder.node(id)
  if (op !== NEGATIVE) return builder.constantOf(id)
  const inner = builder.constantOf(inputs[0] as NodeId)
  return inner === null ? null : -inner
}

/** `-T`, `-\top`, as an exponent reads them. */
function isMinusT({ builder }: Building, id: NodeId): boolean {
  const { op, inputs } = builder.node(id)
  if (op !== NEGATIVE) return false
  const { name } = builder.node(inputs[0] as NodeId)
  return TRANSPOSED.test(name?.key ?? '')
}
const TRANSPOSED = /^(?:T|⊤|⊺)(?:_\w+)?$/

/** Number by number, after the shapes have been brought together: a vector beside a matrix is a bias of its rows or its columns. */
function elementwise(
  building: Building,
  op: string,
  inputs: readonly NodeId[],
  source: Source,
  attributes: Attributes | undefined,
): NodeId {
  const { builder } = building
  const shapes = inputs.map((id) => builder.shapeOf(id))
  const rank = Math.max(...shapes.map((shape) => shape?.length ?? 0))
  if (shapes.some((shape) => shape === null)) return builder.add({ op, inputs, attributes, shape: null, source })
  const first = inputs.find((id) => builder.shapeOf(id)?.length === rank) as NodeId
  const wanted = builder.shapeOf(first) as Shape
  const aligned: NodeId[] = []
  for (const id of inputs) {
    const found = id === first ? id : alignedTo(building, id, wanted, first, source)
    if (found === null) return mismatch(building, op, inputs, source)
    aligned.push(found)
  }
  return checked(building, builder.add({ op, inputs: aligned, attributes, source }))
}

/** A product with the weights on the left, `W X`: its columns are samples. */
function isByWeights(builder: GraphBuilder, id: NodeId): boolean {
  const { op, inputs } = builder.node(id)
  const [left, right] = inputs.map((input) => builder.node(input).name?.key ?? '')
  return isMatrixProduct(op) && WEIGHTS.test(left ?? '') && !WEIGHTS.test(right ?? '')
}
const WEIGHTS = /^W(?![a-z])/

/** An input as it stands beside an array of this shape; `null` where it doesn't fit. */
function alignedTo(building: Building, id: NodeId, wanted: Shape, beside: NodeId, source: Source): NodeId | null {
  const { builder } = building
  const { sizes } = builder
  const shape = builder.shapeOf(id) as Shape
  if (shape.length === 0) return id
  if (shape.length === wanted.length) {
    if (shape.length === 1 && isRow(builder, id) !== isRow(builder, beside)) return null
    const fits = shape.every((size, k) => {
      const other = wanted[k] ?? 1
      return sizes.resolve(size) === 1 || sizes.resolve(other) === 1 || sizes.equate(size, other)
    })
    return fits ? id : null
  }
  if (shape.length !== 1 || wanted.length !== 2) return null
  const [own] = shape
  const [rows, columns] = wanted
  if (own === undefined || rows === undefined || columns === undefined) return null
  if (sizes.resolve(own) === sizes.resolve(columns)) return id
  const column = () => arraysAt(builder, source).reshaped(id, [-1, 1])
  if (sizes.resolve(own) === sizes.resolve(rows)) return column()
  // b of `W X + b` has an entry for each row of W; nothing else may say which way it stands.
  if (isOpen(sizes.resolve(own)) && isByWeights(builder, beside) && sizes.equate(own, rows)) return column()
  return sizes.equate(own, columns) ? id : sizes.equate(own, rows) ? column() : null
}

/** Operations between arrays as mathematics means them: products by shapes, powers of matrices, columns and rows. */
import type { GraphBuilder, NodeId, Source } from '../graph/graph'
import { isOpen } from '../graph/sizes'
import { operation } from '../operations/index'
import type { Attributes, Shape } from '../operations/operation'
import type { ApplyExpr } from '../reading/statement'
import { opaque } from './opaque'
import type { Building } from './vocabulary'

/** The node of an operation of which an input is an array, or may be one. */
export function applyToArrays(building: Building, expr: ApplyExpr, inputs: readonly NodeId[], source: Source): NodeId {
  const { builder, notes } = building
  notes.doubts.add('array')
  const own = RULES[expr.op]?.(building, inputs, source, expr.attributes ?? {})
  if (own !== undefined) return own
  const entry = operation(expr.op)
  if (entry?.elementwise) return elementwise(building, expr.op, inputs, source, expr.attributes)
  return checked(building, builder.add({ op: expr.op, inputs, attributes: expr.attributes, source }))
}

/** Xᵀ; of a number the number. */
export function transposed({ builder }: Building, id: NodeId, source: Source): NodeId {
  return builder.shapeOf(id)?.length === 0 ? id : builder.add({ op: 'transpose', inputs: [id], source })
}

/** `[h; x]`: vectors one after the other. */
export const joined = ({ builder }: Building, inputs: readonly NodeId[], source: Source): NodeId =>
  builder.add({ op: 'concat', inputs, attributes: { axis: 0 }, source })

/** Is an input no number? */
export const hasArray = (builder: GraphBuilder, inputs: readonly NodeId[]): boolean =>
  inputs.some((id) => builder.shapeOf(id)?.length !== 0)

type Rule = (
  building: Building,
  inputs: readonly NodeId[],
  source: Source,
  attributes: Attributes,
) => NodeId | undefined

const RULES: Readonly<Record<string, Rule>> = {
  multiply: (building, [a = 0, b = 0], source, attributes) => product(building, a, b, source, attributes),
  power: (building, [base = 0, exponent = 0], source) => power(building, base, exponent, source),
  transpose: (building, [a = 0], source) => transposed(building, a, source),
  divide: (building, [a = 0, b = 0], source) => {
    const below = building.builder.shapeOf(b)
    return below && below.length > 1 && !sameShapes(building, a, b)
      ? mismatch(building, 'divide', [a, b], source)
      : undefined
  },
  softmax: (building, [a = 0], source) => alongRows(building, 'softmax', a, source),
  logSumExp: (building, [a = 0], source) => alongRows(building, 'logSumExp', a, source),
  norm: (building, [a = 0], source) => {
    const { builder } = building
    if (builder.shapeOf(a)?.length === 0) return builder.add({ op: 'abs', inputs: [a], source })
    return undefined
  },
  abs: (building, [a = 0], source) => {
    const shape = building.builder.shapeOf(a)
    if (shape?.length === 0) return undefined
    const isSquare = shape?.length === 2 && building.builder.sizes.equate(shape[0] ?? 1, shape[1] ?? 1)
    return isSquare ? square(building, 'det', a, source) : unclear(building, 'bars around an array', [a], source)
  },
  det: (building, [a = 0], source) => square(building, 'det', a, source),
  trace: (building, [a = 0], source) => square(building, 'trace', a, source),
  diag: (building, [a = 0], source) => {
    const rank = building.builder.shapeOf(a)?.length
    return rank === 2 ? square(building, 'diagonal', a, source) : undefined
  },
  sum: (building, [a = 0], source) => {
    if (building.builder.shapeOf(a)?.length === 0) return unclear(building, 'sum without an index', [a], source)
    return building.builder.add({ op: 'sum', inputs: [a], attributes: { axis: null }, source })
  },
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

function square(building: Building, op: string, a: NodeId, source: Source): NodeId {
  const { builder } = building
  const shape = builder.shapeOf(a)
  if (shape?.length === 0) return op === 'trace' || op === 'det' ? a : unclear(building, op, [a], source)
  if (shape && (shape.length !== 2 || !builder.sizes.equate(shape[0] ?? 1, shape[1] ?? 1))) {
    return mismatch(building, op, [a], source)
  }
  return builder.add({ op, inputs: [a], source })
}

/** Of a matrix each row by itself. */
function alongRows(building: Building, op: string, a: NodeId, source: Source): NodeId {
  const { builder } = building
  const shape = builder.shapeOf(a)
  if (shape?.length === 0) return unclear(building, 'softmax', [a], source)
  return builder.add({ op, inputs: [a], attributes: { axis: -1 }, source })
}

const sameShapes = ({ builder }: Building, a: NodeId, b: NodeId): boolean => {
  const [left, right] = [builder.shapeOf(a), builder.shapeOf(b)]
  return left !== null && right !== null && builder.sizes.equateShapes(left, right)
}

/** A vector is a column unless it was transposed: is this one a row? */
export function isRow(builder: GraphBuilder, id: NodeId): boolean {
  const { op, inputs, name, shape } = builder.node(id)
  if (shape?.length !== 1) return false
  if (op === 'transpose') return !isRow(builder, inputs[0] as NodeId)
  if (name !== null || inputs.length === 0) return false
  if (op === 'matmul') return builder.shapeOf(inputs[0] as NodeId)?.length === 1
  if (!operation(op)?.elementwise) return false
  return inputs.some((input) => builder.shapeOf(input)?.length === 1 && isRow(builder, input))
}

/** Without its transposition, for an operation that says by itself which way a vector stands. */
const upright = (builder: GraphBuilder, id: NodeId): NodeId => {
  const { op, inputs, name } = builder.node(id)
  return op === 'transpose' && name === null ? (inputs[0] as NodeId) : id
}

/** A product without a sign, with a dot or a cross is the matrix product; `⊙` and where it can't be meant otherwise `*` the elementwise one. */
function product(building: Building, a: NodeId, b: NodeId, source: Source, attributes: Attributes): NodeId | undefined {
  const { builder } = building
  const { sign } = attributes
  const [left, right] = [builder.shapeOf(a), builder.shapeOf(b)]
  if (sign === 'hadamard' || left?.length === 0 || right?.length === 0) return undefined
  if (!left || !right) return builder.add({ op: 'matmul', inputs: [a, b], attributes, shape: null, source })
  if (sign === 'star' && left.length === right.length && canBeSame(builder, left, right)) return undefined
  if (left.length > 2 || right.length > 2) return mismatch(building, 'matmul', [a, b], source)
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
  if (!left && right) return builder.add({ op: 'outer', inputs: [a, upright(builder, b)], source })
  const [m, n] = [builder.shapeOf(a)?.[0] ?? 1, builder.shapeOf(b)?.[0] ?? 1]
  // Two columns side by side are no product; with a dot they are the inner one.
  const isInner = left !== right || attributes.sign === 'dot'
  if (!isInner || !builder.sizes.equate(m, n)) return mismatch(building, 'matmul', [a, b], source)
  return builder.add({ op: 'matmul', inputs: [a, b], attributes, source })
}

function withMatrix(building: Building, a: NodeId, b: NodeId, source: Source, attributes: Attributes): NodeId {
  const { builder } = building
  const [left, right] = [builder.shapeOf(a) ?? [], builder.shapeOf(b) ?? []]
  // A row behind a matrix, or a matrix of one column: x yᵀ.
  const isTurned = right.length === 1 && isRow(builder, b)
  const inner = left[left.length - 1] ?? 1
  if (isTurned && builder.sizes.resolve(inner) !== 1) return mismatch(building, 'matmul', [a, b], source)
  if (!builder.sizes.equate(inner, right[0] ?? 1)) return mismatch(building, 'matmul', [a, b], source)
  return checked(building, builder.add({ op: 'matmul', inputs: [a, b], attributes, source }))
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
  if (!isSquare) return n < 0 ? mismatch(building, 'inverse', [base], source) : undefined
  builder.sizes.equate(rows, columns)
  if (n >= 0) return builder.add({ op: 'matrixPower', inputs: [base], attributes: { n }, source })
  const inverse = builder.add({ op: 'inverse', inputs: [base], source })
  if (turned) return builder.add({ op: 'transpose', inputs: [inverse], source })
  return n === -1 ? inverse : builder.add({ op: 'matrixPower', inputs: [inverse], attributes: { n: -n }, source })
}

function numberOf(builder: GraphBuilder, id: NodeId): number | null {
  const { op, inputs } = builder.node(id)
  if (op !== 'negate') return builder.constantOf(id)
  const inner = builder.constantOf(inputs[0] as NodeId)
  return inner === null ? null : -inner
}

/** `-T`, `-\top`, as an exponent reads them. */
function isMinusT({ builder }: Building, id: NodeId): boolean {
  const { op, inputs } = builder.node(id)
  if (op !== 'negate') return false
  const { name } = builder.node(inputs[0] as NodeId)
  return name?.key === 'T' || name?.key === 'top'
}

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
    const found = id === first ? id : alignedTo(building, id, wanted, isRow(builder, first), source)
    if (found === null) return mismatch(building, op, inputs, source)
    aligned.push(found)
  }
  return checked(building, builder.add({ op, inputs: aligned, attributes, source }))
}

/** An input as it stands beside an array of this shape; `null` where it doesn't fit. */
function alignedTo(building: Building, id: NodeId, wanted: Shape, row: boolean, source: Source): NodeId | null {
  const { builder } = building
  const { sizes } = builder
  const shape = builder.shapeOf(id) as Shape
  if (shape.length === 0) return id
  if (shape.length === wanted.length) {
    if (shape.length === 1 && isRow(builder, id) !== row) return null
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
  const column = () =>
    builder.add({ op: 'reshape', inputs: [id], attributes: { shape: [sizes.resolve(own), 1] }, source })
  if (sizes.resolve(own) === sizes.resolve(rows)) return column()
  return sizes.equate(own, columns) ? id : sizes.equate(own, rows) ? column() : null
}

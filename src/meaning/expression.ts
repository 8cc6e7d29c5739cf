/** Expressions → nodes, each with its source. */
import type { GraphBuilder, NodeId, Source } from '../graph/graph'
import type { Shape } from '../operations/operation'
import type { ApplyExpr, Expr, MatrixExpr, NumberExpr } from '../reading/statement'
import { call } from './calls'
import { derivative } from './derivatives'
import { matrixNumbers } from './literals'
import { matrixShape, nameNode, sourceOf } from './names'
import { opaque } from './opaque'
import type { UsePlace } from './scope'
import type { Building, Environment } from './vocabulary'

/** The node of an expression that stands at a place of the note; `environment` binds names before the scope does. */
export function build(building: Building, expr: Expr, place: UsePlace, environment: Environment): NodeId {
  if (expr.kind !== 'apply') return buildPart(building, expr, place, environment)
  // Sums and products of thousands of terms are deep on the left: down the left side by a loop.
  const spine = [expr]
  let left = expr.args[0]
  while (left?.kind === 'apply') {
    spine.push(left)
    left = left.args[0]
  }
  let id: NodeId | null = left ? buildPart(building, left, place, environment) : null
  for (const each of spine.reverse()) {
    const rest = each.args.slice(1).map((arg) => build(building, arg, place, environment))
    id = apply(building, each, id === null ? rest : [id, ...rest], sourceOf(place, each.range))
  }
  return id as NodeId
}

function apply(building: Building, expr: ApplyExpr, inputs: readonly NodeId[], source: Source): NodeId {
  const { builder, notes, choices } = building
  const byEntries =
    choices.products === 'entries' && expr.op === 'multiply' && !inputs.some((id) => isNumber(builder, id))
  const attributes = byEntries ? { ...expr.attributes, sign: 'hadamard' } : expr.attributes
  const op = expr.op === 'multiply' && isMatrixProduct(builder, inputs, attributes?.sign) ? 'matmul' : expr.op
  const isElementwise = attributes?.sign === 'hadamard' && inputs.some((id) => builder.shapeOf(id)?.length !== 0)
  if (ARRAY_OPERATIONS.has(expr.op) || isElementwise) notes.doubts.add('array')
  return builder.add({ op, inputs, attributes, source })
}

function buildPart(building: Building, expr: Expr, place: UsePlace, environment: Environment): NodeId {
  const source = sourceOf(place, expr.range)
  switch (expr.kind) {
    case 'number':
      return constant(building, expr, source)
    case 'name':
      return nameNode(building, expr.name, expr.range, place, environment)
    case 'matrix':
      return matrix(building, expr, source)
    case 'call':
      return call(building, expr, place, environment)
    case 'derivative':
      return derivative(building, expr, place, environment)
    case 'opaque': {
      const uses = expr.uses.map((use) => build(building, use, place, environment))
      return opaque(building, { doubt: 'opaque', reason: expr.reason, text: expr.text, uses, source })
    }
    default:
      return build(building, expr, place, environment)
  }
}

function constant({ builder, decimals, notes, rounded }: Building, expr: NumberExpr, source: Source): NodeId {
  const { value, text } = expr
  const id = builder.add({ op: 'constant', attributes: { value, text }, shape: [], source })
  const places = notes === rounded ? decimalPlaces(text) : null
  if (places !== null) decimals.set(id, 0.5 * 10 ** -places)
  return id
}

function matrix(building: Building, expr: MatrixExpr, source: Source): NodeId {
  const { builder, notes } = building
  notes.doubts.add('array')
  const data = matrixNumbers(expr)
  if (data) return builder.add({ op: 'literal', attributes: { data }, shape: matrixShape(expr), source })
  const text = '\\begin{pmatrix}…\\end{pmatrix}'
  return opaque(building, { doubt: 'array', reason: 'matrix of expressions', text, uses: [], source })
}

const ARRAY_OPERATIONS = new Set(['transpose', 'matmul', 'outer', 'sum', 'sumTo', 'expand', 'dot', 'norm'])

const isNumber = (builder: GraphBuilder, id: NodeId): boolean => builder.shapeOf(id)?.length === 0

/** Between arrays a product without sign, with a dot or a cross is the matrix product, where its shapes can fit. */
function isMatrixProduct(builder: GraphBuilder, args: readonly NodeId[], sign: unknown): boolean {
  const [a, b]: (Shape | null | undefined)[] = args.map((id) => builder.shapeOf(id))
  if (sign === 'hadamard' || a?.length === 0 || b?.length === 0) return false
  if (sign !== 'star' || !a || !b) return true
  return a[a.length - 1] === b[Math.max(0, b.length - 2)]
}

/** Digits after the point of a decimal number as written; `null` for a whole one. */
function decimalPlaces(text: string): number | null {
  const match = /\.(\d+)$/.exec(text.replace(/[{}\s]/g, ''))
  return match ? (match[1] as string).length : null
}

/** Expressions → nodes, each with its source. */

import type { NodeId, Source } from '../graph/graph'
import { PRODUCT } from '../operations/algebra'
import { operation } from '../operations/index'
import type { ApplyExpr, Expr, MatrixExpr, NumberExpr } from '../reading/statement'
import { applyToArrays, hasArray, joined } from './arrays'
import { call } from './calls'
import { derivative } from './derivatives'
import { determinantOf, isBarredJacobian, writtenRows } from './determinants'
import { binder, entryExpr } from './indices'
import { matrixNumbers } from './literals'
import { matrixShape, nameNode, sourceOf } from './names'
import { opaque } from './opaque'
import { passing } from './passing'
import type { UsePlace } from './scope'
import { takenOnce } from './taken'
import type { Building, Environment } from './vocabulary'
import { arraysAt } from './written'

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
  const written = writtenRows(spine.at(-1) as ApplyExpr)
  let id: NodeId | null = null
  if (written) {
    const rows = written.rows.map((row) => row.map((cell) => build(building, cell, place, environment)))
    id = determinantOf(building, rows, sourceOf(place, (spine.pop() as ApplyExpr).range))
  } else if (left) id = buildPart(building, left, place, environment)
  for (const each of spine.reverse()) {
    const rest = each.args.slice(1).map((arg) => build(building, arg, place, environment))
    id = apply(building, each, id === null ? rest : [id, ...rest], sourceOf(place, each.range))
  }
  return id as NodeId
}

function apply(building: Building, expr: ApplyExpr, inputs: readonly NodeId[], source: Source): NodeId {
  const { builder, choices } = building
  const { op, attributes } = expr
  if (isBarredJacobian(building, expr)) return inputs[0] as NodeId
  const isOfArrays = hasArray(builder, inputs) || operation(op)?.elementwise === false
  if (isOfArrays && choices.products === 'entries') return asInCode(building, expr, inputs, source)
  if (isOfArrays) return applyToArrays(building, expr, inputs, source)
  return builder.add({ op, inputs, attributes, source })
}

/** In code a sign means what its language means by it: a product of arrays is one of their entries. */
function asInCode(
  { builder, notes }: Building,
  { op, attributes }: ApplyExpr,
  inputs: readonly NodeId[],
  source: Source,
): NodeId {
  notes.doubts.add('array')
  const areArrays = op === PRODUCT && !inputs.some((id) => builder.shapeOf(id)?.length === 0)
  return builder.add({ op, inputs, attributes: areArrays ? { ...attributes, sign: 'hadamard' } : attributes, source })
}

function buildPart(building: Building, expr: Expr, place: UsePlace, environment: Environment): NodeId {
  const source = sourceOf(place, expr.range)
  switch (expr.kind) {
    case 'number':
      return constant(building, expr, source)
    case 'name':
      return nameNode(building, expr.name, expr.range, place, environment)
    case 'matrix':
      return matrix(building, expr, place, environment)
    case 'call':
      return call(building, expr, place, environment)
    case 'derivative':
      return takenOnce(building, expr, environment, () => derivative(building, expr, place, environment))
    case 'binder':
      return binder(building, expr, place, environment, source)
    case 'entry':
      return entryExpr(building, expr, environment, build(building, expr.of, place, environment), source)
    case 'opaque': {
      const passed =
        expr.of && building.choices.unknowns === 'any' ? passing(building, expr.of, place, environment) : null
      if (passed !== null) return passed
      const uses = expr.uses.map((use) => build(building, use, place, environment))
      const isOpen = environment.size > 0
      return opaque(building, { doubt: 'opaque', reason: expr.reason, text: expr.text, uses, source, isOpen })
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

function matrix(building: Building, expr: MatrixExpr, place: UsePlace, environment: Environment): NodeId {
  const { builder, notes } = building
  const source = sourceOf(place, expr.range)
  notes.doubts.add('array')
  const data = matrixNumbers(expr)
  if (data) return builder.add({ op: 'literal', attributes: { data }, shape: matrixShape(expr), source })
  const rows = expr.rows.map((row) => row.map((cell) => build(building, cell, place, environment)))
  const numbers = rows.flat()
  const isOneLine = rows.length === 1 || rows.every((row) => row.length === 1)
  // `[h; x]`: vectors one after the other.
  if (isOneLine && numbers.length > 1 && numbers.every((id) => builder.shapeOf(id)?.length === 1))
    return joined(building, numbers, source)
  if (!numbers.every((id) => builder.shapeOf(id)?.length === 0)) {
    const text = '\\begin{pmatrix}…\\end{pmatrix}'
    return opaque(building, {
      doubt: 'opaque',
      reason: 'matrix of expressions',
      text,
      uses: numbers,
      source,
      shape: null,
    })
  }
  const { stacked } = arraysAt(builder, source)
  return matrixShape(expr).length === 1 ? stacked(numbers) : stacked(rows.map(stacked))
}

/** Digits after the point of a decimal number as written; `null` for a whole one. */
function decimalPlaces(text: string): number | null {
  const match = /\.(\d+)$/.exec(text.replace(/[{}\s]/g, ''))
  return match ? (match[1] as string).length : null
}

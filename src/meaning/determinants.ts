/** Determinants that are written row by row, and the one of the derivatives of several functions, `\frac{\partial(x, y)}{\partial(u, v)}`. */
import type { NodeId, Source } from '../graph/graph'
import { DETERMINANT } from '../operations/arrays'
import { operation } from '../operations/index'
import type { ApplyExpr, DerivativeExpr, Expr, MatrixExpr } from '../reading/statement'
import { opaque } from './opaque'
import { ordered } from './ordered'
import type { UsePlace } from './scope'
import type { Building, Environment } from './vocabulary'
import { arraysAt, formulasAt } from './written'

/** The matrix between bars, or behind `\det`, where its rows are written out; `null` for all else. */
export function writtenRows(expr: ApplyExpr): MatrixExpr | null {
  const [matrix, further] = expr.args
  const isDeterminant = expr.op === DETERMINANT || operation(expr.op)?.ofMatrices === DETERMINANT
  if (!isDeterminant || matrix?.kind !== 'matrix' || further || matrix.list) return null
  return matrix.rows.length > 1 && matrix.rows.every(({ length }) => length === matrix.rows.length) ? matrix : null
}

/**
 * The determinant of rows of numbers, by the cofactors of the first row, which may hold vectors: the product of two vectors is
 * written with i, j and k above their components.
 */
export function determinantOf(building: Building, rows: readonly (readonly NodeId[])[], source: Source): NodeId {
  const { builder } = building
  const isNumber = (id: NodeId): boolean => builder.shapeOf(id)?.length === 0
  if (!rows.slice(1).flat().every(isNumber) || rows.length > MOST_ROWS) {
    const [reason, text] = ['determinant', '\\begin{vmatrix}…\\end{vmatrix}']
    return opaque(building, { doubt: 'opaque', reason, text, uses: rows.flat(), source, shape: null })
  }
  const { product, sum, difference } = formulasAt(builder, source)
  const of = ([top = [], ...below]: readonly (readonly NodeId[])[]): NodeId => {
    if (below.length === 0) return top[0] as NodeId
    const terms = top.map((head, k) => product(head, of(below.map((row) => row.toSpliced(k, 1)))))
    return terms.reduce((total, term, k) => (k % 2 === 0 ? sum(total, term) : difference(total, term)))
  }
  return of(rows)
}
/** The number of products grows with the factorial. */
const MOST_ROWS = 4

/**
 * `\frac{\partial(x, y)}{\partial(u, v)}`: the determinant of all derivatives, or their matrix where the claim writes one; `null` for
 * any other derivative.
 */
export function jacobianOf(
  building: Building,
  { of, wrt, order }: DerivativeExpr,
  place: UsePlace,
  environment: Environment,
  source: Source,
): NodeId | null {
  const [by, further] = wrt
  if (order !== 1 || further || !by || !isRow(of) || !isRow(by.variable)) return null
  const build = (expr: Expr): NodeId => building.build(expr, place, environment)
  const [functions, variables] = [
    (of.rows[0] as readonly Expr[]).map(build),
    (by.variable.rows[0] as readonly Expr[]).map(build),
  ]
  const isNumber = (id: NodeId): boolean => building.builder.shapeOf(id)?.length === 0
  if (functions.length !== variables.length || ![...functions, ...variables].every(isNumber)) return null
  const rows: NodeId[][] = []
  for (const f of functions) {
    const row = variables.map((variable) =>
      ordered(building, f, [{ by: variable, order: 1 }], building.mode, AS_PARTIAL),
    )
    if (row.some((entry) => entry === null)) return null
    rows.push(row as NodeId[])
  }
  if (!building.claimed?.sides.some(isMatrix)) return determinantOf(building, rows, source)
  building.notes.doubts.add('array')
  const { stacked } = arraysAt(building.builder, source)
  return stacked(rows.map(stacked))
}

/**
 * `\left|\frac{\partial(x, y)}{\partial(u, v)}\right|`: beside a determinant written out the bars are the determinant's own; else, and
 * where the claim takes absolute values as well, it is the absolute value that may be meant.
 */
export function isBarredJacobian({ claimed }: Building, { op, args }: ApplyExpr): boolean {
  const [inner] = args
  if (operation(op)?.ofMatrices !== DETERMINANT || inner?.kind !== 'derivative' || !isRow(inner.of)) return false
  return claimed?.sides.some((side) => side.kind === 'apply' && writtenRows(side) !== null) ?? false
}

const AS_PARTIAL = { isHeld: false, notation: 'partial' } as const
const isRow = (expr: Expr): expr is MatrixExpr => expr.kind === 'matrix' && expr.list === true
const isMatrix = (expr: Expr): boolean => expr.kind === 'matrix' && !expr.list

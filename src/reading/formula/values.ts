/** What can be bound to a name: numbers, and matrices of them. */
import { scalarOf } from '../../arithmetic/doubles'
import { NEGATIVE, POWER, PRODUCT, QUOTIENT } from '../../operations/algebra'
import { isTransposition } from '../../operations/arrays'
import { operation } from '../../operations/index'
import type { Expr, MatrixExpr, NumberExpr, Range } from '../statement'

/** A number or a matrix of numbers, as a value to bind; fractions and powers of numbers count. */
export function literal(side: { readonly expr: Expr; readonly range: Range }): Expr | null {
  const turned = side.expr.kind === 'apply' && isTransposition(side.expr.op) ? side.expr.args[0] : undefined
  if (turned?.kind === 'matrix') {
    const value = literal({ ...side, expr: turned })
    return value?.kind === 'matrix' ? { ...transposed(value), range: side.expr.range } : null
  }
  if (side.expr.kind === 'matrix')
    return side.expr.rows.flat().every((cell) => numberOf(cell) !== null) ? folded(side.expr) : null
  const value = numberOf(side.expr)
  if (value === null) return null
  if (side.expr.kind === 'number') return side.expr
  return { kind: 'number', value, text: String(value), range: side.range }
}

/** A list is a vector either way. */
const transposed = (matrix: MatrixExpr): MatrixExpr =>
  matrix.list
    ? matrix
    : { ...matrix, rows: (matrix.rows[0] ?? []).map((_cell, k) => matrix.rows.map((row) => row[k] as Expr)) }

function folded(matrix: Expr & { kind: 'matrix' }): Expr {
  const cell = (expr: Expr): Expr =>
    expr.kind === 'number'
      ? expr
      : ({
          kind: 'number',
          value: numberOf(expr) ?? 0,
          text: String(numberOf(expr)),
          range: expr.range,
        } satisfies NumberExpr)
  return { ...matrix, rows: matrix.rows.map((row) => row.map(cell)) }
}

const OF_NUMBERS = new Set([NEGATIVE, PRODUCT, QUOTIENT, POWER])

/** What numbers alone amount to: `-3`, `1/2`, `2 \times 10^{-3}`. */
export function numberOf(expr: Expr): number | null {
  if (expr.kind === 'number') return expr.value
  if (expr.kind !== 'apply' || expr.args.length > 2) return null
  const [a, b] = expr.args.map(numberOf)
  if (a === null || a === undefined || b === null) return null
  if (!OF_NUMBERS.has(expr.op)) return null
  const entry = operation(expr.op)
  return entry?.arity === expr.args.length ? (scalarOf(entry)?.(a, b ?? 0, 0) ?? null) : null
}

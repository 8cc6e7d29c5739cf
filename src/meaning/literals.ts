/** Numbers that are written out. */
import { NEGATIVE, QUOTIENT } from '../operations/algebra'
import type { Expr, MatrixExpr } from '../reading/statement'

/** The numbers of a literal matrix, row by row; `null` where an entry is no number or the rows differ in length. */
export function matrixNumbers(expr: MatrixExpr): number[] | null {
  const numbers: number[] = []
  for (const row of expr.rows) {
    if (row.length !== expr.rows[0]?.length) return null
    for (const entry of row) {
      const number = literalNumber(entry)
      if (number === null) return null
      numbers.push(number)
    }
  }
  return numbers
}

/** A number with any number of signs before it, or a quotient of two; else `null`. */
export function literalNumber(expr: Expr): number | null {
  if (expr.kind === 'number') return expr.value
  if (expr.kind !== 'apply') return null
  const [a, b] = expr.args.map(literalNumber)
  if (a === null || a === undefined) return null
  if (expr.op === NEGATIVE) return -a
  return expr.op === QUOTIENT && typeof b === 'number' ? a / b : null
}

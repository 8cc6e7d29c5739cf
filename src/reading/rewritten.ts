/** Expressions with parts of them replaced. */
import type { Expr } from './statement'

/** The expression with `change` put on each part, from the outside; `null` keeps a part and goes on inside of it. */
export function rewritten(expr: Expr, change: (part: Expr) => Expr | null): Expr {
  const changed = change(expr)
  if (changed) return changed
  const inside = (part: Expr): Expr => rewritten(part, change)
  switch (expr.kind) {
    case 'apply':
    case 'call':
      return { ...expr, args: expr.args.map(inside) }
    case 'matrix':
      return { ...expr, rows: expr.rows.map((row) => row.map(inside)) }
    case 'derivative':
      return {
        ...expr,
        of: inside(expr.of),
        wrt: expr.wrt.map(({ variable, order }) => ({ variable: inside(variable), order })),
        ...(expr.at && { at: expr.at.map(({ name, value }) => ({ name, value: inside(value) })) }),
      }
    case 'binder':
      return {
        ...expr,
        indices: expr.indices.map(({ name, from, to }) => ({ name, from: from && inside(from), to: to && inside(to) })),
        condition: expr.condition && inside(expr.condition),
        body: inside(expr.body),
      }
    case 'entry':
      return { ...expr, of: inside(expr.of) }
    default:
      return expr
  }
}

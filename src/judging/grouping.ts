/**
 * Other ways to read what is written without parentheses: `\cos q x^2` is cos(q)·x² for one author and cos(q x²) for
 * another, `1/2x` is x/2 or 1/(2x). Tried only before a step would be called wrong.
 */
import { PRODUCT, QUOTIENT } from '../operations/algebra'
import type { ApplyExpr, Expr } from '../reading/statement'

const MOST = 12

/** Expressions that the same text may mean, each differing in one place or in all. */
export function otherReadings(expr: Expr): Expr[] {
  const found: Expr[] = []
  for (const change of [splitArgument, joinArgument, splitQuotient, joinQuotient]) {
    const places = count(expr, change)
    if (places > 1) found.push(rewrite(expr, change, null))
    for (let k = 0; k < places; k++) found.push(rewrite(expr, change, k))
  }
  return found.slice(0, MOST)
}

type Change = (expr: ApplyExpr) => Expr | null

const isFunction = (expr: Expr): expr is ApplyExpr =>
  expr.kind === 'apply' && expr.args.length === 1 && /^(log|sqrt|exp|a?(sin|cos|tan)h?)$/.test(expr.op)
const isProduct = (expr: Expr): expr is ApplyExpr => expr.kind === 'apply' && expr.op === PRODUCT
/** Nothing stands behind the argument: no bracket closes it. */
const isBare = (expr: ApplyExpr): boolean => expr.range.end === expr.args[expr.args.length - 1]?.range.end

/** `\cos(a b)` without brackets as `\cos(a) b`. */
const splitArgument: Change = (expr) => {
  const [argument] = expr.args
  if (!isFunction(expr) || !isBare(expr) || !argument || !isProduct(argument)) return null
  const [first, second] = argument.args as [Expr, Expr]
  return product({ ...expr, args: [first], range: { start: expr.range.start, end: first.range.end } }, second, expr)
}

/** `\cos(a) b` without brackets as `\cos(a b)`. */
const joinArgument: Change = (expr) => {
  const [first, second] = expr.args
  if (!isProduct(expr) || !first || !second || !isFunction(first) || !isBare(first)) return null
  const argument = product(first.args[0] as Expr, second, expr)
  return { ...first, args: [argument], range: expr.range }
}

/** `a / (b c)` without brackets as `(a / b) c`. */
const splitQuotient: Change = (expr) => {
  const [above, below] = expr.args
  if (expr.op !== QUOTIENT || !isBare(expr) || !above || !below || !isProduct(below)) return null
  const [first, second] = below.args as [Expr, Expr]
  return product({ ...expr, args: [above, first] }, second, expr)
}

/** `a / b c` without a sign between b and c as `a / (b c)`; `a / b \cdot c` says how it groups. */
const joinQuotient: Change = (expr) => {
  const [first, second] = expr.args
  if (!isProduct(expr) || expr.attributes?.sign !== 'juxtaposed' || !first || !second) return null
  if (first.kind !== 'apply' || first.op !== QUOTIENT || !isBare(first)) return null
  return { ...first, args: [first.args[0] as Expr, product(first.args[1] as Expr, second, expr)], range: expr.range }
}

const product = (a: Expr, b: Expr, at: ApplyExpr): ApplyExpr => ({
  kind: 'apply',
  op: PRODUCT,
  args: [a, b],
  attributes: { sign: 'juxtaposed' },
  range: at.range,
})

function count(expr: Expr, change: Change): number {
  if (expr.kind !== 'apply') return 0
  return (change(expr) ? 1 : 0) + expr.args.reduce((sum, arg) => sum + count(arg, change), 0)
}

/** Applies a change at the k-th place where it can be, counted from the outside, or at all of them. */
function rewrite(root: Expr, change: Change, which: number | null): Expr {
  let met = 0
  const visit = (expr: Expr): Expr => {
    if (expr.kind !== 'apply') return expr
    const changed = change(expr)
    if (changed && (which === null || met++ === which)) return which === null ? visitArgs(changed) : changed
    return visitArgs(expr)
  }
  const visitArgs = (expr: Expr): Expr => (expr.kind === 'apply' ? { ...expr, args: expr.args.map(visit) } : expr)
  return visit(root)
}

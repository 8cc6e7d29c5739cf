/** Operations of the table put on what was read. */
import type { Operation } from '../../operations/operation'
import type { ApplyExpr, Expr, Range } from '../statement'
import { around } from './state'

/** An operation on these arguments; `null` where their number doesn't fit. Two-place operations fold over more: `max(a, b, c)`. */
export function apply(entry: Operation, args: readonly Expr[], range: Range, operator?: Range): Expr | null {
  if (entry.arity === null || entry.arity === args.length)
    return { kind: 'apply', op: entry.name, args, range, operator }
  const [first, second, ...rest] = args
  if (!entry.ofMany || !first || !second) return null
  let expr: ApplyExpr = {
    kind: 'apply',
    op: entry.name,
    args: [first, second],
    range: around(first.range, second.range),
    operator,
  }
  for (const next of rest)
    expr = { kind: 'apply', op: entry.name, args: [expr, next], range: around(expr.range, next.range), operator }
  return { ...expr, range }
}

/** Why an operation can't be applied: a maximum of one thing is one over a list. */
export const argumentReason = ({ name, ofMany }: Operation): string =>
  ofMany ? `${name} over a list` : 'number of arguments'

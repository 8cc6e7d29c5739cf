/** A side with one thing changed, in any of its places: what a wrong step may have been meant to be. */

import type { Expr } from '../reading/statement'

/** @template S what is said where the change makes the side right; `null`: nothing in particular */
export interface Edited<S extends string | null = string | null> {
  readonly expr: Expr
  readonly sentence: S
}

/** An expression with each change that there is of one of its arguments. */
export function editedBelow<E extends Extract<Expr, { kind: 'apply' | 'call' }>, S extends string | null>(
  expr: E,
  changes: (arg: Expr) => readonly Edited<S>[],
): Edited<S>[] {
  return expr.args.flatMap((arg, k) =>
    changes(arg).map(({ expr: changed, sentence }) => ({ expr: withArg(expr, k, changed), sentence })),
  )
}

/** An expression with another argument at one of its places. */
export const withArg = <E extends Extract<Expr, { kind: 'apply' | 'call' }>>(expr: E, k: number, arg: Expr): E => ({
  ...expr,
  args: expr.args.with(k, arg),
})

/** What may be known of a function that a note defines nowhere: that it is odd or even, that its arguments may change places. */
import { namesIn } from '../meaning/parts'
import type { CallExpr, Expr } from '../reading/statement'

/**
 * Whether two sides call one function of the same names, in another order or with other signs: `F(x, y)` and `F(y, x)`, `f'(x)` and `f'(-x)`.
 * @param isKnown whether the note defines a function
 */
export function mayBeSymmetric(one: Expr, other: Expr, isKnown: (call: CallExpr) => boolean): boolean {
  const [first, second] = [one, other].map((expr) => callsIn(expr).filter((call) => !isKnown(call)))
  return (first ?? []).some((call) =>
    (second ?? []).some((each) => {
      if (each.callee.key !== call.callee.key) return false
      const [names, others] = [namesOf(call), namesOf(each)]
      if (!names || !others || names.join() === others.join()) return false
      const unsigned = (list: readonly string[]): string =>
        list
          .map((name) => name.replace('-', ''))
          .sort()
          .join()
      return unsigned(names) === unsigned(others)
    }),
  )
}

const callsIn = (expr: Expr): CallExpr[] => namesIn(expr).filter((each) => each.kind === 'call')

/** Arguments that are names, with their signs; `null` where one is something else. */
function namesOf({ args }: CallExpr): string[] | null {
  const names = args.map((arg) => {
    if (arg.kind === 'name') return arg.name.key
    const [inner] = arg.kind === 'apply' && arg.args.length === 1 ? arg.args : []
    return inner?.kind === 'name' ? `-${inner.name.key}` : null
  })
  return names.includes(null) ? null : (names as string[])
}

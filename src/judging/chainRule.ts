/** The chain rule itself, written for functions that the note doesn't define: `\\frac{dz}{dx} = \\frac{dz}{du}\\frac{du}{dx}`. */
import { isSum, PRODUCT, SUM } from '../operations/algebra'
import type { DerivativeExpr, Expr } from '../reading/statement'

/** What is differentiated by what, by their names; `null` where it isn't a first derivative of a name by a name. */
interface Link {
  readonly of: string
  readonly by: string
  readonly isPartial: boolean
}

/**
 * Does a side spell out the derivative before it along paths of names, each link once and each path another one? Nothing is known
 * of the functions then, and the step holds for all of them.
 * @param isFree is this name none that the note defines?
 */
export function isChainRule(head: Expr, side: Expr, isFree: (key: string) => boolean): boolean {
  const whole = linkOf(head)
  const terms = termsOf(side)
  if (!whole || !terms) return false
  const paths = terms.map((term) =>
    pathOf(
      term.flatMap((factor) => linkOf(factor) ?? []),
      term.length,
      whole,
    ),
  )
  if (paths.some((path) => path === null)) return false
  const names = new Set(paths.flatMap((path) => path ?? []))
  const isLonger = paths.length > 1 ? paths.some((path) => path && path.length > 2) : (paths[0]?.length ?? 0) > 2
  return isLonger && new Set(paths.map((path) => path?.join())).size === paths.length && isFreeOf(names, whole, isFree)
}

/** The variable may have any value; the functions on the way may be any. */
const isFreeOf = (names: ReadonlySet<string>, { by }: Link, isFree: (key: string) => boolean): boolean =>
  [...names].every((name) => name === by || isFree(name))

function linkOf(expr: Expr): Link | null {
  if (expr.kind !== 'derivative' || expr.order !== 1 || expr.at) return null
  const [only, second] = expr.wrt
  const [of, by] = [keyOf(expr.of), only && !second ? keyOf(only.variable) : null]
  return of === null || by === null ? null : { of, by, isPartial: isPartial(expr) }
}
const isPartial = ({ notation }: DerivativeExpr): boolean => notation === 'partial'

const keyOf = (expr: Expr): string | null => (expr.kind === 'name' ? expr.name.key : null)

/** The terms of a sum as their factors; `null` where it is anything else. */
function termsOf(expr: Expr): Expr[][] | null {
  if (expr.kind !== 'apply' || !isSum(expr.op)) return [factorsOf(expr)]
  if (expr.op !== SUM) return null
  const parts = expr.args.map(termsOf)
  return parts.every((part) => part !== null) ? parts.flat() : null
}

const factorsOf = (expr: Expr): Expr[] =>
  expr.kind === 'apply' && expr.op === PRODUCT ? expr.args.flatMap(factorsOf) : [expr]

/** The names that links lead through, from what is differentiated to the variable; `null` where they don't. */
function pathOf(links: readonly Link[], factors: number, { of, by }: Link): string[] | null {
  if (links.length !== factors) return null
  // The path of a single link is the variable held apart from the others.
  if (links.length === 1 && !links[0]?.isPartial) return null
  const path = [of]
  const left = [...links]
  while (left.length > 0) {
    const at = left.findIndex((link) => link.of === path.at(-1))
    if (at < 0) return null
    path.push((left.splice(at, 1)[0] as Link).by)
  }
  return path.at(-1) === by && new Set(path).size === path.length ? path : null
}

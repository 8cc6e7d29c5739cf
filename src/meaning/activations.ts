/**
 * Functions that a note doesn't define and applies to each entry of an array: it multiplies entry by entry by their derivatives,
 * `δ ⊙ g'(z)`. Of any other function of an array nothing is known.
 */
import { PRODUCT } from '../operations/algebra'
import type { CallExpr, Expr, Name } from '../reading/statement'
import { childrenOf, expressionsOf } from './parts'
import type { Scope } from './scope'

/** Is a function applied to each entry, in whatever layer? */
export const isAppliedToEntries = (scope: Scope, callee: Name): boolean => activationsOf(scope).has(stemOf(callee))

/** `g` of `g^{[2]}`: what is said of a layer's function is meant of every layer's. */
const stemOf = ({ key }: Name): string => key.replace(/[\^_].*$/, '')

function activationsOf(scope: Scope): ReadonlySet<string> {
  const known = activations.get(scope)
  if (known) return known
  const found = new Set<string>()
  const stack: Expr[] = scope.statements.flatMap(({ statement }) => [...expressionsOf(statement)])
  for (let expr = stack.pop(); expr; expr = stack.pop()) {
    stack.push(...childrenOf(expr))
    for (const { callee } of factorsByEntry(expr)) found.add(stemOf(callee))
  }
  activations.set(scope, found)
  return found
}
const activations = new WeakMap<Scope, ReadonlySet<string>>()

/** The derivatives `g'(z)` among the factors of a product of entries. */
function factorsByEntry(expr: Expr): CallExpr[] {
  const isByEntry = expr.kind === 'apply' && expr.op === PRODUCT && BY_ENTRY.has(String(expr.attributes?.sign))
  return isByEntry ? expr.args.filter((arg) => arg.kind === 'call').filter(({ primes }) => primes > 0) : []
}
const BY_ENTRY: ReadonlySet<string> = new Set(['hadamard', 'star'])

/** A function that a note only calls, `z = f(x, y)`, and then differentiates by its name: `\\frac{\\partial f}{\\partial x}`. */

import type { CallExpr, DerivativeExpr, Expr, NameExpr } from '../reading/statement'
import { anyCurve } from './curves'
import { expressionsOf, namesIn, partsIn } from './parts'
import type { Scope } from './scope'
import type { Building } from './vocabulary'

/**
 * The call that a name without a definition stands for in a claim that differentiates something made of it; `null` where the note calls
 * it with other things than names, or the claim differentiates it by others: then it is a function yet to come.
 */
export function calledAs(building: Building, { of, wrt }: DerivativeExpr): CallExpr | null {
  const { scope, claimed } = building
  const [head] = claimed?.sides ?? []
  if (!claimed || of.kind !== 'name' || head?.kind !== 'derivative' || head.of.kind !== 'name') return null
  const { key } = of.name
  const call = callsOf(scope).get(key)
  if (!call || head.of.name.key === key || wrt.length === 0 || anyCurve(building)?.key === key) return null
  const own = new Set(call.args.map((arg) => (arg as NameExpr).name.key))
  const slopes = claimed.sides.flatMap((expr) => partsIn({ kind: 'mention', expr, range: expr.range }).derivatives)
  // `\\frac{dy}{df}\\frac{df}{dx}`: a link of a chain.
  if (slopes.some((each) => each.wrt.some(({ variable }) => variable.kind === 'name' && variable.name.key === key)))
    return null
  const isByArguments = slopes
    .filter((each) => each.of.kind === 'name' && each.of.name.key === key)
    .every((each) => each.wrt.every(({ variable }) => variable.kind === 'name' && own.has(variable.name.key)))
  return isByArguments ? { ...call, range: of.range, calleeRange: of.range } : null
}

/** Functions that the note calls with names alone, each time with the same; found once. */
function callsOf(scope: Scope): ReadonlyMap<string, CallExpr> {
  const known = callsOfScope.get(scope)
  if (known) return known
  const found = new Map<string, CallExpr>()
  const mixed = new Set<string>()
  for (const each of scope.statements.flatMap(({ statement }) => expressionsOf(statement)).flatMap(namesIn)) {
    if (each.kind !== 'call' || each.primes > 0) continue
    const before = found.get(each.callee.key)
    if (!each.args.every((arg) => arg.kind === 'name') || (before && namesOf(before) !== namesOf(each)))
      mixed.add(each.callee.key)
    found.set(each.callee.key, each)
  }
  for (const key of mixed) found.delete(key)
  callsOfScope.set(scope, found)
  return found
}
const callsOfScope = new WeakMap<Scope, ReadonlyMap<string, CallExpr>>()

const namesOf = ({ args }: CallExpr): string =>
  args.map((arg: Expr) => (arg.kind === 'name' ? arg.name.key : '?')).join()

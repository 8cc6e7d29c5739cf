/**
 * Integration by a claim: `\int f\,dx = F + C` says that F' is f. A chain that begins with an integral without bounds is judged by the
 * derivatives of its sides, so no integral has to be found, and a constant makes no difference.
 */

import { childrenOf } from '../meaning/parts'
import type { Placed } from '../meaning/scope'
import { DIFFERENCE, NEGATIVE, PRODUCT, QUOTIENT, SUM } from '../operations/algebra'
import type { Claim, Expr, Name, NameExpr, Passing, Side } from '../reading/statement'

/** The claim about derivatives; `null` where it doesn't begin with an integral, or where one of its sides can't be differentiated. */
export function differentiatedClaim(claim: Placed<Claim>): Placed<Claim> | null {
  const { statement } = claim
  const [head, ...others] = statement.sides
  const of = head && integralOf(head.expr)
  if (!head || !of?.variable || others.some(({ relation }) => relation !== '=')) return null
  const variable: NameExpr = { kind: 'name', name: of.variable, range: head.range }
  const sides: Side[] = []
  for (const side of statement.sides) {
    const expr = slopeOf(side.expr, variable)
    if (!expr) return null
    sides.push({ ...side, expr })
  }
  return { ...claim, statement: { ...statement, sides } }
}

/** The variables of the integrals without bounds in a claim, that of its first side first. */
export function integratedBy({ sides }: Claim): Name[] {
  const found = new Map<string, Name>()
  const visit = (expr: Expr): void => {
    if (expr.kind === 'opaque' && expr.of?.variable) found.set(expr.of.variable.key, expr.of.variable)
    for (const part of childrenOf(expr)) visit(part)
  }
  for (const { expr } of sides) visit(expr)
  return [...found.values()]
}

/** Does an expression have the integral without bounds that its derivative gives back? */
function integralOf(expr: Expr): Passing | null {
  if (expr.kind === 'opaque') return expr.of?.op === 'integral' && expr.of.from === null ? expr.of : null
  if (expr.kind !== 'apply' || ![PRODUCT, NEGATIVE].includes(expr.op)) return null
  const [last] = expr.args.slice(-1)
  return last && expr.args.slice(0, -1).every((arg) => arg.kind === 'number') ? integralOf(last) : null
}

/** The derivative of a side; `null` where an integral in it is more than a term with a number before it. */
function slopeOf(expr: Expr, variable: NameExpr): Expr | null {
  const { range } = expr
  const apply = (op: string, args: readonly Expr[]): Expr => ({ kind: 'apply', op, args, range })
  const slope = (of: Expr): Expr => ({
    kind: 'derivative',
    of,
    wrt: [{ variable, order: 1 }],
    order: 1,
    notation: 'total',
    range,
  })
  if (expr.kind === 'opaque') {
    const of = integralOf(expr)
    if (!of?.variable) return null
    if (of.variable.key === variable.name.key) return of.body
    return apply(PRODUCT, [of.body, slope({ kind: 'name', name: of.variable, range })])
  }
  if (!hasOpaque(expr)) return isConstant(expr) ? zeroAt(expr) : slope(withoutConstant(expr))
  if (expr.kind !== 'apply') return null
  const [first, second] = expr.args as [Expr, Expr | undefined]
  if ([SUM, DIFFERENCE, NEGATIVE].includes(expr.op)) {
    const args = expr.args.map((arg) => slopeOf(arg, variable))
    return args.every((arg) => arg !== null) ? apply(expr.op, args) : null
  }
  if (expr.op === PRODUCT && second && isFraction(first)) {
    const rest = slopeOf(second, variable)
    return rest && apply(PRODUCT, [first, rest])
  }
  if (expr.op === QUOTIENT && second?.kind === 'number') {
    const rest = slopeOf(first, variable)
    return rest && apply(QUOTIENT, [rest, second])
  }
  return null
}

const hasOpaque = (expr: Expr): boolean => expr.kind === 'opaque' || childrenOf(expr).some(hasOpaque)
/** Numbers alone. */
const isFraction = (expr: Expr): boolean =>
  expr.kind === 'number' || (expr.kind === 'apply' && expr.args.length > 0 && expr.args.every(isFraction))

/** The C behind an integral, whatever else the note calls so. */
const isConstant = (expr: Expr): boolean => (expr.kind === 'name' && CONSTANT.test(expr.name.key)) || isFraction(expr)
const CONSTANT = /^(?:C|c|K|const)(?:_\w)?$/
const zeroAt = ({ range }: Expr): Expr => ({ kind: 'number', value: 0, text: '0', range })

/** `F + C` without the C. */
function withoutConstant(expr: Expr): Expr {
  if (expr.kind !== 'apply' || (expr.op !== SUM && expr.op !== DIFFERENCE)) return expr
  const [first, second] = expr.args as [Expr, Expr]
  return isConstant(second) ? withoutConstant(first) : expr
}

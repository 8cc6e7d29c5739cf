/** Other definitions that a name may mean: the note's others of that name, with or without an index, and those that it implies. */
import { literalNumber } from '../meaning/literals'
import { childrenOf, differentiated, expressionsOf, groupBy } from '../meaning/parts'
import type { Defined, Placed, Scope } from '../meaning/scope'
import type { Claim, Definition, Expr, Name, Statement } from '../reading/statement'
import { hasDerivative } from './suspect'

/** Other definitions of a name that are tried before a step is called wrong: the nearest. */
const MOST_ALTERNATIVES = 6

/** Those that lie nearest; where the definition in use is at hand, only those of the same part of the note. */
export function nearest(candidates: readonly Defined[], claim: Placed<Claim>, isAtHand: boolean): Defined[] {
  // The sides of a chain of names prove nothing about themselves.
  const saysSlope = hasDerivative(claim.statement.sides[0]?.expr as Expr)
  return candidates
    .filter(({ order }) => order !== claim.order || saysSlope)
    .filter(({ section }) => !isAtHand || section[0] === claim.section[0])
    .sort((a, b) => Math.abs(a.order - claim.order) - Math.abs(b.order - claim.order))
    .slice(0, MOST_ALTERNATIVES)
}

/** Everything else in the note that defines a name, or the name with or without an index: `f_a` where `f` is meant. */
export function namesakes(scope: Scope, of: Defined): Defined[] {
  const { key } = of.definition.target
  const { byKey, byBase } = definedIn(scope)
  const base = withoutIndex(key)
  const related = base === key ? byBase.get(base) : [...(byKey.get(key) ?? []), ...(byKey.get(base) ?? [])]
  return (related ?? []).filter(({ definition }) => definition !== of.definition)
}

const withoutIndex = (key: string): string => key.replace(/_.*$/, '')

/** All that a note defines, by name and by name without index; made once for a note. */
interface DefinedNames {
  readonly byKey: ReadonlyMap<string, readonly Defined[]>
  readonly byBase: ReadonlyMap<string, readonly Defined[]>
}

function definedIn(scope: Scope): DefinedNames {
  const known = definedNames.get(scope)
  if (known) return known
  const all = scope.statements.flatMap(({ statement, passage, block, section, order }): Defined[] => {
    const definition = statement.kind === 'definition' ? statement : impliedBy(statement)
    const forms = definition ? [definition] : formsIn(statement)
    return forms.map((one) => ({ definition: one, passage, block, section, order }))
  })
  const made: DefinedNames = {
    byKey: groupBy(all, ({ definition }) => definition.target.key),
    byBase: groupBy(all, ({ definition }) => withoutIndex(definition.target.key)),
  }
  definedNames.set(scope, made)
  return made
}
const definedNames = new WeakMap<Scope, DefinedNames>()

/** `\frac{dy}{dx} = \frac{d}{dx} (x^2 + 1)` says what y is. */
function impliedBy(statement: Statement): Definition | null {
  if (statement.kind !== 'claim') return null
  const [head, step] = statement.sides.map((side) => side.expr)
  if (step?.kind !== 'derivative' || step.order !== 1 || step.of.kind === 'name' || step.of.kind === 'call') return null
  const target = slopeOf(head)
  if (!target) return null
  const { range } = statement
  return { kind: 'definition', target, targetRange: range, parameters: null, expr: step.of, range, chain: true }
}

/** `H = p q' - L = p^2 / 2m`, `J(m, c) = …`: each further side says what it is, in other names. */
function formsIn(statement: Statement): Definition[] {
  if (statement.kind !== 'claim') return []
  const [head, , ...further] = statement.sides
  if (!head) return []
  const called = head.expr.kind === 'call' && head.expr.primes === 0 ? head.expr : null
  const parameters = called ? called.args.filter((arg) => arg.kind === 'name') : null
  const target = head.expr.kind === 'name' ? head.expr.name : called?.callee
  if (!target || (called && parameters?.length !== called.args.length)) return []
  const targetRange = called?.calleeRange ?? head.range
  return further
    .filter(({ relation }) => relation === '=')
    .map(({ expr, range }) => ({ kind: 'definition', target, targetRange, parameters, expr, range, chain: true }))
}

/** The further sides of the chain that defines a name: `J = \frac{1}{N} \sum_i (y_i - \hat{y}_i)^2 = \frac{1}{N} \sum_i (y_i - m x_i - c)^2`. */
export const furtherForms = (scope: Scope, of: Defined): Defined[] =>
  namesakes(scope, of).filter(
    ({ passage, definition }) =>
      passage === of.passage && definition.targetRange.start === of.definition.targetRange.start,
  )

/** The name of which an expression is the first derivative. */
function slopeOf(expr: Expr | undefined): Name | null {
  if (expr?.kind === 'call') return expr.primes === 1 ? expr.callee : null
  if (expr?.kind !== 'derivative' || expr.order !== 1) return null
  return differentiated(expr)
}

/** In the same block, or before it in the same section or one around it, and no equation since speaks of the name. */
export function isNear(scope: Scope, own: Defined, claim: Placed<Claim>): boolean {
  if (own.block === claim.block) return true
  const around = own.section.length <= claim.section.length && own.section.every((part, k) => part === claim.section[k])
  if (!around || own.order > claim.order) return false
  const key = own.definition.target.key
  return !scope.statements.some(
    ({ statement, order }) =>
      statement.kind === 'equation' &&
      order > own.order &&
      order < claim.order &&
      literalNumber(statement.sides[0]?.expr as Expr) === null &&
      expressionsOf(statement).some((expr) => mentions(expr, key)),
  )
}

/** Is a name used as itself, not only differentiated? */
function mentions(expr: Expr, key: string): boolean {
  if (expr.kind === 'name') return expr.name.key === key
  return expr.kind !== 'derivative' && childrenOf(expr).some((child) => mentions(child, key))
}

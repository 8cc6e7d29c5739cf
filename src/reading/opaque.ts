/** Why parts of a reading couldn't be read. */
import { partsOf } from './formula/state'
import type { Expr, Statement } from './statement'

/** The reasons of everything opaque in these statements. */
export function opaqueReasons(statements: readonly Statement[]): string[] {
  const reasons: string[] = []
  const stack = statements.flatMap(expressionsOf)
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next.kind === 'opaque') reasons.push(next.reason)
    stack.push(...partsOf(next))
  }
  return reasons
}

/** What a statement says, without the name that it says it of. */
function expressionsOf(statement: Statement): Expr[] {
  switch (statement.kind) {
    case 'claim':
    case 'equation':
      return statement.sides.map((side) => side.expr)
    case 'definition':
    case 'mention':
      return [statement.expr]
    case 'binding':
      return [statement.value]
    case 'assumption':
      return [statement.left, statement.right]
    default:
      return []
  }
}

/** What statements are made of: their expressions, the names and derivatives in them. */
import { isTransposition } from '../operations/arrays'
import type { BinderExpr, CallExpr, DerivativeExpr, Expr, Name, NameExpr, Statement } from '../reading/statement'

/** The expressions that a statement is made of. */
export function expressionsOf(statement: Statement): readonly Expr[] {
  switch (statement.kind) {
    case 'definition':
      return [statement.expr]
    case 'binding':
      return [statement.target, statement.value]
    case 'claim':
    case 'equation':
      return statement.sides.map((side) => side.expr)
    case 'assumption':
      return [statement.left, statement.right]
    case 'mention':
      return [statement.expr]
    case 'function':
      return [...statement.definitions.map((definition) => definition.expr), statement.result]
    case 'declaration':
      return [statement.target]
  }
}

/** `1` and `n` of `\sum_{i=1}^{n}`, each once. */
const limitsOf = ({ indices }: BinderExpr): Expr[] => [
  ...new Set(indices.flatMap(({ from, to }) => [from, to]).filter((limit) => limit !== null)),
]

/** The parts of an expression. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'apply':
    case 'call':
      return expr.args
    case 'derivative':
      return [expr.of, ...expr.wrt.map(({ variable }) => variable)]
    case 'matrix':
      return expr.rows.flat()
    case 'entry':
      return [expr.of]
    case 'binder':
      return [...limitsOf(expr), ...(expr.condition ? [expr.condition] : []), expr.body]
    case 'opaque':
      return expr.uses
    default:
      return []
  }
}

/** Expressions don't change, and those of a passage stay the same objects while its text does: found once each. */
const namesInExpr = new WeakMap<Expr, readonly (NameExpr | CallExpr)[]>()

/** The names and calls in an expression, with their places; of `∂z/∂x` too. */
export function namesIn(expr: Expr): readonly (NameExpr | CallExpr)[] {
  const known = namesInExpr.get(expr)
  if (known) return known
  const found: (NameExpr | CallExpr)[] = []
  const stack: { expr: Expr; bound: readonly string[] }[] = [{ expr, bound: [] }]
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { expr: part, bound } = next
    if (part.kind === 'call' || (part.kind === 'name' && !bound.includes(part.name.key))) found.push(part)
    // An index that is bound is no name of the note.
    const inside = part.kind === 'binder' ? [...bound, ...part.indices.map(({ name }) => name.key)] : bound
    for (const child of childrenOf(part)) stack.push({ expr: child, bound: inside })
  }
  namesInExpr.set(expr, found)
  return found
}

/** What a name or a call calls. */
export const nameOf = (each: NameExpr | CallExpr): Name => (each.kind === 'name' ? each.name : each.callee)

/** The keys of the names and functions in some expressions. */
export const keysIn = (exprs: readonly Expr[]): Set<string> =>
  new Set(exprs.flatMap(namesIn).map((each) => nameOf(each).key))

/** The function whose derivative an expression is, where it is a name or a call. */
export const differentiated = ({ of }: DerivativeExpr): Name | null =>
  of.kind === 'name' || of.kind === 'call' ? nameOf(of) : null

interface StatementParts {
  readonly derivatives: readonly DerivativeExpr[]
  readonly transposed: readonly Name[]
  /** Keys of names that stand beside another spelling of themselves. */
  readonly apart: readonly string[]
}
const partsOf = new WeakMap<Statement, StatementParts>()

export const isTransposed = (expr: Expr): boolean => expr.kind === 'apply' && isTransposition(expr.op)

/** The derivatives that a statement writes and the names that it transposes, or multiplies by what is transposed. */
export function partsIn(statement: Statement): StatementParts {
  const known = partsOf.get(statement)
  if (known) return known
  const derivatives: DerivativeExpr[] = []
  const transposed: Name[] = []
  const stack: Expr[] = [...expressionsOf(statement)].reverse()
  for (let expr = stack.pop(); expr; expr = stack.pop()) {
    if (expr.kind === 'derivative') derivatives.push(expr)
    if (expr.kind === 'apply' && isTransposed(expr)) {
      for (const arg of expr.args) if (arg.kind === 'name') transposed.push(arg.name)
    }
    // x of w^T x is as much an array.
    if (expr.kind === 'apply' && expr.args[0] && isTransposed(expr.args[0]) && expr.args[1]?.kind === 'name')
      transposed.push(expr.args[1].name)
    stack.push(...[...childrenOf(expr)].reverse())
  }
  const parts = { derivatives, transposed, apart: apartIn(statement) }
  partsOf.set(statement, parts)
  return parts
}

function apartIn(statement: Statement): string[] {
  const names = new Map(namesOf(statement).map((name) => [name.key, name]))
  if (names.size < 2) return []
  const alike = groupBy([...names.values()], (name) => looseKeys(name)[1])
  return [...alike.values()].filter((same) => same.length > 1).flatMap((same) => same.map(({ key }) => key))
}

const namesInStatement = new WeakMap<Statement, readonly Name[]>()

/** All names that a statement uses, and those that a definition gives a meaning to. */
export function namesOf(statement: Statement): readonly Name[] {
  const known = namesInStatement.get(statement)
  if (known) return known
  const names = expressionsOf(statement).flatMap((expr) => namesIn(expr).map(nameOf))
  if (statement.kind === 'definition')
    names.push(statement.target, ...(statement.parameters ?? []).map(({ name }) => name))
  namesInStatement.set(statement, names)
  return names
}

const loosened = new WeakMap<Name, readonly [string, string]>()

/** The key without its underscores, and in small letters too. */
export function looseKeys(name: Name): readonly [string, string] {
  const known = loosened.get(name)
  if (known) return known
  const joined = name.key.replaceAll('_', '')
  const keys = [joined, joined.toLowerCase()] as const
  loosened.set(name, keys)
  return keys
}

/** Items by their key, each group in order. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

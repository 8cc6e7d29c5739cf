/**
 * Which names of a note are arrays although it declares no shape: what is transposed, what stands in a norm, what is multiplied by
 * such a name as only an array can be. How many axes they have is told by their letter, as everyone writes it: capitals are
 * matrices, small letters vectors. It is a guess, and what rests on it is never said against the author.
 */
import { operation, operationSpelled } from '../operations/index'
import type { Expr, Name, Statement } from '../reading/statement'
import { areConsecutive } from './layers'
import { childrenOf, expressionsOf, isTransposed } from './parts'

/** How many axes an array has by its letter; an arrow says vector. The weights of a layer are a matrix. */
export function axesByLetter({ key, latex }: Name): 1 | 2 {
  if (/^(?:w|theta)(?:_bold)?\^/.test(key)) return 2
  if (/\\vec\b|_vec\b/.test(`${latex} ${key}`)) return 1
  return CAPITAL.test(key) ? 2 : 1
}
const CAPITAL = /^(?:[A-Z](?![a-z])|Sigma|Lambda|Phi|Omega|Theta|Gamma|Delta|Psi|Pi|Xi)/

/** What an expression is by the axes of its names: a number, a vector, a row, a matrix; `null` where it can't be told. */
type Kind = 0 | 1 | 'row' | 2 | null

/** Keys of names that are arrays, and of those that may as well be numbers: b of X w + b, where nothing else shows what it is. */
export interface ArrayKeys {
  readonly arrays: ReadonlySet<string>
  readonly beside: ReadonlySet<string>
  /** Those that are arrays by what is said of them. */
  readonly known: ReadonlySet<string>
}

/**
 * Finds them all.
 * @param known keys of names that are certainly arrays
 * @param keyOf one key for a name however it is spelled
 */
export function arrayNames(
  statements: readonly Statement[],
  known: ReadonlySet<string>,
  keyOf: (name: Name) => string,
): ArrayKeys {
  const arrays = new Set(known)
  const beside = new Set<string>()
  const isArray = (expr: Expr): boolean => expr.kind === 'name' && arrays.has(keyOf(expr.name))
  const add = (expr: Expr): void => {
    if (expr.kind !== 'name' || SCALARS.test(expr.name.key)) return
    arrays.add(keyOf(expr.name))
    beside.delete(keyOf(expr.name))
  }
  const exprs = statements.flatMap((statement) => [...expressionsOf(statement)])
  for (let size = -1; size !== arrays.size; ) {
    size = arrays.size
    for (const expr of exprs) walk(expr, learn)
    for (const statement of statements) if (statement.kind === 'definition') learnDefined(statement)
  }
  return { arrays, beside, known }

  function learn(expr: Expr, inside: Expr | null): void {
    if (expr.kind !== 'apply') return
    const [arg, second] = expr.args
    // What a transposition, a norm, a trace is taken of.
    if (arg && !second && operation(expr.op)?.elementwise === false) add(arg)
    // A part of a longer product ends where that one goes on: y_i x_i^T in y_i x_i^T w.
    else if (isPlainProduct(expr) && !(inside && isPlainProduct(inside))) learnProduct(factorsOf(expr))
    else if (SUMS.has(expr.op)) learnSum(expr.args)
  }

  function learnProduct(factors: readonly Expr[]): void {
    factors.forEach((left, k) => {
      const right = factors[k + 1]
      if (!right) return
      const isLast = k + 2 === factors.length
      // W^l a^{l-1}.
      const areWhole = isWhole(left) && isWhole(right)
      if (areWhole && areConsecutive(left.name, right.name)) for (const each of [left, right]) add(each)
      // xᵀ y, xᵀ A.
      if (isTransposed(left) && kindOf(left, isArray) !== null) add(right)
      // A xᵀ; x yᵀ where nothing else follows: before it a small letter may be a number, λ wᵀw.
      if (isTransposed(right) && left.kind === 'name' && (isCapital(left) || isLast)) add(left)
      if (left.kind === 'name' && isCapital(left) && right.kind === 'name') {
        if (isArray(left) || isArray(right)) for (const each of [left, right]) add(each)
      }
    })
  }

  /** Beside a vector a small letter is one, beside a matrix a capital; b of X W + b is a bias. */
  function learnSum(args: readonly Expr[]): void {
    const kinds = args.map((arg) => kindOf(arg, isArray))
    args.forEach((arg, k) => {
      const other = kinds[1 - k]
      if (arg.kind !== 'name' || isArray(arg)) return
      const isBias = other === 2 && args[1] === arg && isPlainProductOf(args[0])
      const isOne = ((other === 1 || isBias) && !isCapital(arg)) || (other === 2 && isCapital(arg))
      if (!isOne || SCALARS.test(arg.name.key)) return
      arrays.add(keyOf(arg.name))
      beside.add(keyOf(arg.name))
    })
  }

  /** y = W x + b where y is an array. */
  function learnDefined({ target, expr }: Extract<Statement, { kind: 'definition' }>): void {
    if (!arrays.has(keyOf(target))) return
    walk(expr, (part) => {
      if (part.kind !== 'apply' || !isPlainProduct(part)) return
      const [left, right] = part.args
      if (left?.kind === 'name' && right?.kind === 'name' && isCapital(left))
        for (const each of [left, right]) add(each)
    })
  }
}

/** Names that a note transposes or multiplies entry by entry: arrays, whatever stands beside them elsewhere. */
export function arraysByUse(statements: readonly Statement[], keyOf: (name: Name) => string): ReadonlySet<string> {
  const found = new Set<string>()
  const isOfWholes = (part: Expr): boolean =>
    isTransposed(part) || (part.kind === 'apply' && part.attributes?.sign === 'hadamard')
  const see = (part: Expr): void => {
    if (part.kind !== 'apply' || !isOfWholes(part)) return
    for (const arg of part.args) if (isWhole(arg)) found.add(keyOf(arg.name))
  }
  for (const expr of statements.flatMap((statement) => [...expressionsOf(statement)])) walk(expr, see)
  return found
}

/** A name without places below it. */
const isWhole = (expr: Expr): expr is Extract<Expr, { kind: 'name' }> =>
  expr.kind === 'name' && (expr.name.indexed?.at.length ?? 0) === 0

/** @param isArray what is known of a name */
function kindOf(expr: Expr, isArray: (expr: Expr) => boolean): Kind {
  if (expr.kind === 'number') return 0
  if (expr.kind === 'name') return isArray(expr) ? axesByLetter(expr.name) : 0
  if (expr.kind !== 'apply') return null
  const [a, b] = expr.args.map((arg) => kindOf(arg, isArray))
  if (a === undefined) return null
  if (isTransposed(expr)) return a === 1 ? 'row' : a === 'row' ? 1 : a
  if (b !== undefined) return isPlainProduct(expr) ? ofProduct(a, b) : expr.op === QUOTIENT ? a : larger(a, b)
  const entry = operation(expr.op)
  if (entry?.elementwise) return a
  const shape = entry?.shape([a === 2 ? [2, 2] : [2]], {})
  return Array.isArray(shape) && shape.length === 0 ? 0 : null
}

/** Small numbers and rates that are added to arrays. */
const SCALARS = /^(?:epsilon|eta|alpha|lambda|tau)$/
const spelled = (sign: string): string => operationSpelled('plain', sign)?.name ?? ''
const SUMS = new Set([spelled('+'), spelled('-')])
const [PRODUCT, QUOTIENT] = [spelled('*'), spelled('/')]

const isCapital = (expr: Expr): boolean => expr.kind === 'name' && axesByLetter(expr.name) === 2
const isPlainProduct = (expr: Expr): boolean =>
  expr.kind === 'apply' &&
  expr.op === PRODUCT &&
  expr.attributes?.sign !== 'hadamard' &&
  expr.attributes?.sign !== 'star'

const isPlainProductOf = (expr: Expr | undefined): boolean => expr !== undefined && isPlainProduct(expr)

const larger = (a: Kind, b: Kind): Kind => (a === null || b === null ? null : a === 0 ? b : a)

function ofProduct(a: Kind, b: Kind): Kind {
  if (a === null || b === null) return null
  if (a === 0 || b === 0) return a === 0 ? b : a
  if (a === 'row') return b === 1 ? 0 : b === 2 ? 'row' : null
  if (a === 1) return b === 'row' ? 2 : null
  return b === 'row' ? null : b
}

/** The factors of a product without signs, from left to right. */
function factorsOf(expr: Expr): Expr[] {
  if (expr.kind !== 'apply' || !isPlainProduct(expr)) return [expr]
  return expr.args.flatMap(factorsOf)
}

function walk(expr: Expr, see: (part: Expr, inside: Expr | null) => void): void {
  const stack: { part: Expr; inside: Expr | null }[] = [{ part: expr, inside: null }]
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { part } = next
    see(part, next.inside)
    for (const child of childrenOf(part)) stack.push({ part: child, inside: part })
  }
}

/** Expressions that readers make of others, written as they read. */
import { type Algebra, algebra, PRODUCT } from '../operations/algebra'
import { type Arrays, arrays } from '../operations/arrays'
import type { Attributes } from '../operations/operation'
import type { Expr, Range } from './statement'

const applied =
  (range: Range, operator?: Range) =>
  (op: string, args: readonly Expr[], attributes?: Attributes): Expr => ({
    kind: 'apply',
    op,
    args,
    ...(attributes ? { attributes } : {}),
    range,
    ...(operator ? { operator } : {}),
  })

/** @param range where the whole stands; @param operator where its sign does, if it has one */
export const terms = (range: Range, operator?: Range): Algebra<Expr> =>
  algebra<Expr>({
    constant: (value) => ({ kind: 'number', value, text: String(value), range }),
    apply: applied(range, operator),
  })

export const arrayTerms = (range: Range): Arrays<Expr> => arrays<Expr>(applied(range))

/** Factors side by side, without a sign. */
export const juxtaposed = (left: Expr, right: Expr, range: Range): Expr =>
  applied(range)(PRODUCT, [left, right], { sign: 'juxtaposed' })

/** What is operated on, where an expression is this operation: the factors of a product. */
export const argsOf = (expr: Expr, op: string): readonly Expr[] =>
  expr.kind === 'apply' && expr.op === op ? expr.args : []

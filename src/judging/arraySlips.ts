/** What a wrong step about arrays looks like: right once a transposition, the order of two factors or the kind of a product is otherwise. */

import { isTransposed } from '../meaning/parts'
import type { Choices } from '../meaning/vocabulary'
import { PRODUCT } from '../operations/algebra'
import type { ApplyExpr, Expr } from '../reading/statement'
import { arrayTerms } from '../reading/terms'
import { type Edited, editedBelow, withArg } from './edited'
import { holdsAlways } from './relation'
import type { Sides } from './suspect'

type Slip = Edited<string>

/** Edits that are tried: each has to be built. */
const MOST = 24

/** The sentence for the slip that makes the difference; `null` where no edit makes the side right. */
export function arraySlip(
  exprs: readonly Expr[],
  truthSide: number,
  index: number,
  under: (reading: Choices, exprs: readonly Expr[]) => Sides,
  reading: Choices,
): string | null {
  const edits = editsIn(exprs[index] as Expr)
    .sort((a, b) => USUAL.indexOf(a.sentence) - USUAL.indexOf(b.sentence))
    .slice(0, MOST)
  if (edits.length === 0) return null
  // All sides: what the later ones write decides what is known.
  const { world, setting, built } = under(reading, [...exprs, ...edits.map(({ expr }) => expr)])
  const truth = built[truthSide]
  const found = edits.find((_edit, k) => {
    const edited = built[exprs.length + k]
    return truth && edited && holdsAlways(world, setting, truth, edited)
  })
  return found?.sentence ?? null
}

function editsIn(expr: Expr): Slip[] {
  if (expr.kind !== 'apply') return []
  const own = isProduct(expr) ? [...reordered(expr), ...ofOtherKind(expr), ...turned(expr)] : []
  return [...own, ...editedBelow(expr, editsIn)]
}

const isProduct = ({ op }: ApplyExpr): boolean => op === PRODUCT

/** `b a` for `a b`; `a c b` for `(a b) c`. */
function reordered(expr: ApplyExpr): Slip[] {
  const [left, right] = expr.args as [Expr, Expr]
  const swapped: Slip[] = [{ expr: { ...expr, args: [right, left] }, sentence: ORDER }]
  if (left.kind !== 'apply' || !isProduct(left)) return swapped
  const [first, second] = left.args as [Expr, Expr]
  const inner: ApplyExpr = { ...left, args: [first, right] }
  return [...swapped, { expr: { ...expr, args: [inner, second] }, sentence: ORDER }]
}

function ofOtherKind(expr: ApplyExpr): Slip[] {
  const isByEntry = expr.attributes?.sign === 'hadamard'
  if (isByEntry) return [{ expr: { ...expr, attributes: {} }, sentence: BY_ENTRY }]
  return [{ expr: { ...expr, attributes: { sign: 'hadamard' } }, sentence: WHOLE }]
}

/** One of the factors turned, or turned back. */
const turned = (expr: ApplyExpr): Slip[] =>
  expr.args.flatMap((arg, k): Slip[] => {
    if (arg.kind === 'number' || (arg.kind === 'apply' && isProduct(arg))) return []
    const changed = arg.kind === 'apply' && isTransposed(arg) ? arg.args[0] : arrayTerms(arg.range).transposed(arg)
    return changed ? [{ expr: withArg(expr, k, changed), sentence: TRANSPOSED }] : []
  })

const ORDER = 'The factors stand in the wrong order.'
const TRANSPOSED = 'A transposition is missing or too many.'
const BY_ENTRY = 'A product of entries stands for a product of matrices.'
const WHOLE = 'A product of matrices stands for a product of entries.'
/** The slips that are made most, first. */
const USUAL = [TRANSPOSED, ORDER, BY_ENTRY, WHOLE]

/**
 * A side that would be the side before it, were one thing in it otherwise: whatever the names stand for, it can't be right where
 * that one is. Nothing that is defined elsewhere is asked for, so it doesn't matter where, or whether it can be read.
 */

import { ancestors, leavesOf, type NodeId } from '../graph/graph'
import type { Built, Meaning } from '../meaning/build'
import { childrenOf, keysIn } from '../meaning/parts'
import { substitute } from '../meaning/substitute'
import type { Choices, Slope } from '../meaning/vocabulary'
import type { Expr } from '../reading/statement'
import { compare, type Witness } from './equivalence'
import { otherReadings } from './grouping'
import { isOneEditAway } from './nearMiss'
import { hasDerivative, lacksVariable, type Sides, takesArray } from './suspect'
import { TOTAL } from './worlds'

/** A slip between two sides, with what it differs from. */
export interface Slipped {
  readonly witness: Witness
  readonly against: { readonly world: Meaning; readonly truth: Built; readonly written: Built }
}

/** The names of some expressions, which then mean nothing but themselves. */
export const freed = (exprs: readonly Expr[]): Choices => ({
  ...TOTAL,
  entrywise: true,
  free: keysIn(exprs),
})

/**
 * @param sides the two, under a choice of what their names mean
 * @param head the first side of the chain: a chain of names may be an equation that is solved on the way, so there the slip has to
 * be one from both sides
 */
export function slippedFrom(
  head: Expr,
  both: readonly [before: Expr, side: Expr],
  { world, setting, built }: Sides,
): Slipped | null {
  const [truth, written] = built as [Built, Built]
  if (both.some(hasConstant) || both.some(isOfArrays)) return null
  if (built.some(({ doubts }) => DOUBTFUL.some((doubt) => doubts.has(doubt)))) return null
  // `\frac{\partial y'}{\partial Y'}` isn't 0 because nothing says how y' depends on Y'.
  if (built.some(({ slopes }) => slopes.some((slope) => isOfSymbol(world, slope) && lacksVariable(world, slope))))
    return null
  const [before, right] = asNumbers(world, built) ?? []
  if (before === undefined || right === undefined) return null
  const left = withoutUnused(world, before, right)
  const [ours, theirs] = [left, right].map((node) => leavesOf(world.builder.graph, [node]))
  if (!ours || !theirs || theirs.length === 0 || !theirs.every((leaf) => ours.includes(leaf))) return null
  const found = compare(world.builder.graph, left, right, { ...setting, values: new Map() })
  if (found.kind !== 'different') return null
  const slipped = { witness: found.witness, against: { world, truth, written } }
  // What isn't there any more may have been given a value in words, or be 0: only a name in its place can't.
  if (theirs.length < ours.length) return isOneEditAway(world, left, right, 'names') ? slipped : null
  const isSlip =
    isOneEditAway(world, left, right) ||
    (hasDerivative(head) && both.every((each) => otherReadings(each).length === 0) && isOneEditAway(world, right, left))
  return isSlip ? slipped : null
}

/** With a number for each name that `other` hasn't and that makes no difference: φ of (r cos φ)² + (r sin φ)². */
function withoutUnused({ builder }: Meaning, node: NodeId, other: NodeId): NodeId {
  const kept = leavesOf(builder.graph, [other])
  const lost = leavesOf(builder.graph, [node]).filter((leaf) => !kept.includes(leaf))
  if (lost.length === 0) return node
  const [here, there] = [0.3, 0.9].map((value) => {
    const numbers = new Map(lost.map((leaf, k) => [leaf, builder.constant(value + 0.1 * k)] as const))
    return substitute(builder, node, numbers)
  }) as [NodeId, NodeId]
  return compare(builder.graph, here, there).kind === 'equal' ? here : node
}

/** Is what is differentiated a derivative itself, of which nothing is known? */
const isOfSymbol = ({ builder }: Meaning, { of }: Slope): boolean => builder.node(of).op === 'upstream'

/** An integral without bounds: a constant goes with it that sides may write or leave out. */
const hasConstant = (expr: Expr): boolean =>
  (expr.kind === 'opaque' && expr.of?.op === 'integral' && expr.of.from === null) || childrenOf(expr).some(hasConstant)

/** Something is done with a whole array: entry by entry it would be another thing. */
const isOfArrays = (expr: Expr): boolean => takesArray(expr) || childrenOf(expr).some(isOfArrays)

/** Of arrays their own rules speak; what depends on itself means nothing. */
const DOUBTFUL = ['array', 'mismatch', 'cyclic'] as const

/** Two sides with a number for each part that can't be read; `null` where these parts aren't the same in both. */
function asNumbers({ builder }: Meaning, sides: readonly Built[]): readonly NodeId[] | null {
  const unread = sides.map(({ node }) =>
    ancestors(builder.graph, node).filter((id) => builder.node(id).op === 'opaque'),
  )
  const [ours, theirs] = unread as [NodeId[], NodeId[]]
  if (ours.length !== theirs.length || !theirs.every((id) => ours.includes(id))) return null
  if (ours.some((id) => builder.shapeOf(id)?.length !== 0)) return null
  const numbers = new Map(ours.map((id) => [id, builder.add({ op: 'input', shape: [] })] as const))
  return sides.map(({ node }) => substitute(builder, node, numbers))
}

/**
 * A step of which nothing certain is known may still be one that can't be right: where it holds once a sign or a number in it is
 * changed, what is true is known, and it isn't what is written.
 */

import { ancestors, type NodeId } from '../graph/graph'
import type { Built, Meaning } from '../meaning/build'
import { substitute } from '../meaning/substitute'
import type { Choices } from '../meaning/vocabulary'
import { DIFFERENCE, NEGATIVE, PRODUCT, QUOTIENT, SUM } from '../operations/algebra'
import type { Expr, NumberExpr } from '../reading/statement'
import { compare, type Relation, type Witness } from './equivalence'
import type { Mistake } from './mistakes'
import { relate } from './relation'
import type { Sides } from './suspect'

/** A side with one thing changed. */
interface Edited {
  readonly expr: Expr
  readonly sentence: string | null
}

/** Edits that are tried: each has to be built. */
const MOST = 40
const FACTORS = [2, 3, 4]

/** An expression with a sign or a number changed, in each of its places. */
function editsIn(expr: Expr): Edited[] {
  const { range } = expr
  const apply = (op: string, args: readonly Expr[]): Expr => ({ kind: 'apply', op, args, range })
  const number = (value: number): NumberExpr => ({ kind: 'number', value, text: String(value), range })
  const whole: Edited[] = [
    { expr: apply(NEGATIVE, [expr]), sentence: 'The sign is wrong.' },
    ...FACTORS.flatMap((by): Edited[] => [
      { expr: apply(PRODUCT, [number(by), expr]), sentence: `The factor ${by} is missing.` },
      { expr: apply(QUOTIENT, [expr, number(by)]), sentence: `It is ${by} times what is right.` },
    ]),
  ]
  return [...whole, ...inside(expr)].slice(0, MOST)
}

function inside(expr: Expr): Edited[] {
  if (expr.kind === 'number') {
    return [expr.value - 1, expr.value + 1].map((value) => ({
      expr: { ...expr, value, text: String(value) },
      sentence: null,
    }))
  }
  if (expr.kind !== 'apply') return []
  const own: Edited[] = []
  if (expr.op === SUM) own.push({ expr: { ...expr, op: DIFFERENCE }, sentence: 'A minus has become a plus.' })
  if (expr.op === DIFFERENCE) own.push({ expr: { ...expr, op: SUM }, sentence: 'A plus has become a minus.' })
  if (expr.op === NEGATIVE) own.push({ expr: expr.args[0] as Expr, sentence: null })
  const below = expr.args.flatMap((arg, k) =>
    inside(arg).map(({ expr: changed, sentence }) => ({
      expr: { ...expr, args: expr.args.map((each, at) => (at === k ? changed : each)) },
      sentence,
    })),
  )
  return [...own, ...below]
}

/** A step with all that its chain says. */
interface Asked {
  readonly exprs: readonly Expr[]
  readonly truthSide: number
  readonly index: number
  under(reading: Choices, exprs: readonly Expr[]): Sides
}

/** A step that holds once a sign or a number in it is changed can't hold as it stands. @param known what is said of it as it stands @param readings those that are tried */
export function holdsEdited(
  known: Relation,
  { exprs, truthSide, index, under }: Asked,
  readings: readonly Choices[],
): { readonly witness: Witness; readonly slip: Mistake } | null {
  if (known.kind !== 'unknown') return null
  const edits = editsIn(exprs[index] as Expr)
  for (const reading of new Set(readings)) {
    // All sides: what the later ones write decides what is known.
    const { world, setting, built } = under(reading, [...exprs, ...edits.map(({ expr }) => expr)])
    const [truth, side] = [built[truthSide] as Built, built[index] as Built]
    for (const [k, { sentence }] of edits.entries()) {
      const edited = built[exprs.length + k] as Built
      const found = relate(world, setting, truth, edited)
      const witness = found.kind === 'equal' && found.condition === null ? differAnyway(world, edited, side) : null
      if (witness) return { witness, slip: { name: 'edit', sentence } }
    }
  }
  return null
}

/** Do two nodes differ, what can't be read being any number? */
function differAnyway({ builder }: Meaning, a: Built, b: Built): Witness | null {
  const unread = [a, b]
    .flatMap(({ node }) => ancestors(builder.graph, node))
    .filter((id) => builder.node(id).op === 'opaque')
  if (unread.some((id) => builder.shapeOf(id)?.length !== 0)) return null
  const numbers = new Map(unread.map((id) => [id, builder.add({ op: 'input', shape: [] })] as const))
  const [left, right] = [a, b].map(({ node }) => substitute(builder, node, numbers)) as [NodeId, NodeId]
  const found = compare(builder.graph, left, right)
  return found.kind === 'different' ? found.witness : null
}

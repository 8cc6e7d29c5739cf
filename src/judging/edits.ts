/**
 * A step of which nothing certain is known may still be one that can't be right: where it holds once a sign, a number or a name in it
 * is changed, or with one term of what is true, what is true is known, and it isn't what is written.
 */

import { ancestors, leavesOf, type NodeId } from '../graph/graph'
import type { Built, Meaning } from '../meaning/build'
import { differentiated, namesIn } from '../meaning/parts'
import type { Placed, Scope } from '../meaning/scope'
import { substitute } from '../meaning/substitute'
import type { Choices } from '../meaning/vocabulary'
import { algebra, DIFFERENCE, NEGATIVE, PRODUCT, QUOTIENT, SUM } from '../operations/algebra'
import type { Claim, Expr, Name, NumberExpr, Range } from '../reading/statement'
import { type Edited, editedBelow } from './edited'
import { compare, type Relation, type Witness } from './equivalence'
import type { Mistake } from './mistakes'
import { ratesBefore } from './rates'
import { holdsAlways, isBeyondEdits } from './relation'
import type { Sides } from './suspect'

/** Edits that are tried: each has to be built. */
const MOST = 40
const FACTORS = [2, 3, 4]

/** An expression with a sign, a number or a name changed, in each of its places. @param names those that may stand instead */
function editsIn(expr: Expr, names: readonly Name[]): Edited[] {
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
  // A single name may be another name for what stands before it.
  const renamed = expr.kind === 'name' ? [] : renamedIn(expr, names).slice(0, MOST)
  return [...[...whole, ...inside(expr)].slice(0, MOST), ...renamed]
}

/** Another name in each of the places that have one; not in a derivative, which says what depends on what. */
function renamedIn(expr: Expr, names: readonly Name[]): Edited[] {
  if (expr.kind === 'name') {
    const others = names.filter(({ key }) => key !== expr.name.key)
    return others.map((name) => ({
      expr: { ...expr, name },
      sentence: `${name.plain} is meant, not ${expr.name.plain}.`,
    }))
  }
  if (expr.kind !== 'apply' && !(expr.kind === 'call' && expr.primes === 0)) return []
  return editedBelow(expr, (arg) => renamedIn(arg, names))
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
  return [...own, ...editedBelow(expr, inside)]
}

/** A step with all that its chain says. */
interface Asked {
  readonly scope: Scope
  readonly claim: Placed<Claim>
  readonly exprs: readonly Expr[]
  readonly truthSide: number
  readonly index: number
  between(from: { readonly passage: number; readonly range: Range }): string
  under(reading: Choices, exprs: readonly Expr[]): Sides
  beside(reading: Choices): Sides
}

/** Nodes that the edits of a step may add in one reading. */
const MOST_NODES = 40_000

/** A step that holds once a sign or a number in it is changed can't hold as it stands. @param known what is said of it as it stands @param readings those that are tried */
export function holdsEdited(
  known: Relation,
  { scope, claim, exprs, truthSide, index, under, beside, between }: Asked,
  readings: readonly Choices[],
): { readonly witness: Witness; readonly slip: Mistake } | null {
  if (known.kind !== 'unknown') return null
  const edits = editsIn(exprs[index] as Expr, namesOutside(exprs))
  for (const reading of new Set(readings)) {
    // One world for all: what an edit leaves as it is has been built.
    const { world, setting, built } = beside(reading)
    const [truth, side] = [built[truthSide] as Built, built[index] as Built]
    if (isBeyondEdits(truth, side)) continue
    const most = world.builder.graph.nodes.length + MOST_NODES
    for (const { expr, sentence } of edits) {
      if (world.builder.graph.nodes.length > most) break
      const edited = world.side(expr)
      const witness = holdsAlways(world, setting, truth, edited) ? differAnyway(world, edited, side) : null
      if (witness) return { witness, slip: { name: 'edit', sentence } }
    }
    const isMoving = movingIn(exprs[truthSide] as Expr, { scope, claim, between })
    const lost = isMoving ? lostTerm({ world, setting, built }, truth, side, isMoving) : null
    if (lost) return { witness: lost, slip: { name: 'edit', sentence: LOST } }
    for (const fixed of withFunctionFixed(exprs[truthSide] as Expr, exprs[index] as Expr)) {
      const { built: both, ...held } = under(reading, fixed)
      const isHeld = holdsAlways(held.world, held.setting, both[0] as Built, both[1] as Built)
      const witness = isHeld ? differAnyway(world, truth, side) : null
      if (witness) return { witness, slip: { name: 'edit', sentence: LOST } }
    }
  }
  return null
}

const LOST = 'A term is missing.'

/**
 * A derivative and its step, with a number in the place of one function that the step doesn't differentiate: `(f(x) g(x))' = f'(x) g(x)`
 * is what it would be, were g constant.
 */
function withFunctionFixed(head: Expr, side: Expr): (readonly [Expr, Expr])[] {
  if (head.kind !== 'derivative' || head.of.kind !== 'apply') return []
  const calls = new Map(
    namesIn(head.of).flatMap((each) =>
      each.kind === 'call' && each.primes === 0 ? [[each.callee.key, each] as const] : [],
    ),
  )
  if (calls.size < 2) return []
  return [...calls.values()].flatMap((call) => {
    const { callee } = call
    const name: Name = { ...callee, key: `#${callee.key}` }
    const fix = (expr: Expr): Expr | null => {
      if (expr.kind === 'call' && expr.callee.key === callee.key)
        return expr.primes === 0 ? { kind: 'name', name, range: expr.range } : null
      if (expr.kind === 'derivative') {
        const of = differentiated(expr)?.key === callee.key ? null : fix(expr.of)
        return of && { ...expr, of }
      }
      if (expr.kind !== 'apply' && expr.kind !== 'call') return expr
      const args = expr.args.map(fix)
      return args.every((arg) => arg !== null) ? { ...expr, args } : null
    }
    const [of, written] = [fix(head.of), fix(side)]
    return of && written ? [[{ ...head, of }, written] as const] : []
  })
}

/** The names that some sides write. */
const namesOutside = (exprs: readonly Expr[]): readonly Name[] => [
  ...new Map(
    exprs.flatMap(namesIn).flatMap((each) => (each.kind === 'name' ? [[each.name.key, each.name] as const] : [])),
  ).values(),
]

/** `(fg)'`: of letters for functions; of other names it may be known that they don't move. */
const isOfFunctions = (head: Expr): boolean =>
  head.kind === 'derivative' && head.notation === 'prime' && head.of.kind === 'apply'

/** Which symbols of rates belong to what moves: all in `(fg)'`, in `\\frac{dA}{dt}` those that the section writes; `null` where none does. */
function movingIn(
  head: Expr,
  { scope, claim, between }: Pick<Asked, 'scope' | 'claim' | 'between'>,
): ((key: string) => boolean) | null {
  if (isOfFunctions(head)) return () => true
  if (head.kind !== 'derivative' || head.notation !== 'total') return null
  const rates = ratesBefore(scope, claim, between)
  return rates.size === 0 ? null : (key) => rates.has(key)
}

/** What is written is what is true but for one of its terms. @param isMoving may a term with this rate not be left out? */
function lostTerm(
  { world, setting }: Sides,
  truth: Built,
  side: Built,
  isMoving: (key: string) => boolean,
): Witness | null {
  const { builder } = world
  if (truth.slopes.length === 0 || [truth, side].some(({ doubts }) => doubts.size > 0)) return null
  const terms = termsOf(builder, truth.node)
  if (terms.length < 2 || terms.length > MOST_TERMS) return null
  const { sum, difference } = algebra<NodeId>(builder)
  const rateOf = (id: NodeId): string | null => {
    const { op, name } = builder.node(id)
    return op === 'upstream' ? (name?.key ?? '') : null
  }
  const whole = terms
    .filter(({ node }) =>
      leavesOf(builder.graph, [node]).every((id) => rateOf(id) === null || isMoving(rateOf(id) as string)),
    )
    .map(({ node, sign }) => (sign > 0 ? sum(side.node, node) : difference(side.node, node)))
    .find((node) => compare(builder.graph, truth.node, node, setting).kind === 'equal')
  return whole === undefined ? null : differAnyway(world, { ...side, node: whole }, side)
}
const MOST_TERMS = 6

/** The terms of a sum, with their signs. */
function termsOf(builder: Meaning['builder'], id: NodeId, sign = 1): { node: NodeId; sign: number }[] {
  const { op, inputs } = builder.node(id)
  const [first, second] = inputs as [NodeId, NodeId]
  if (op === SUM) return [...termsOf(builder, first, sign), ...termsOf(builder, second, sign)]
  if (op === DIFFERENCE) return [...termsOf(builder, first, sign), ...termsOf(builder, second, -sign)]
  if (op === NEGATIVE) return termsOf(builder, first, -sign)
  return [{ node: id, sign }]
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

/** `\sigma(2.4) \approx 0.9168`: what is about equal is wrong only where no rounding and no usual approximation explains it. */

import { BINARY, INTERVALS, type Interval } from '../arithmetic/binary'
import { enclose } from '../calculus/carried'
import { ancestors, leavesOf, type NodeId } from '../graph/graph'
import type { Meaning } from '../meaning/build'
import type { Scope } from '../meaning/scope'
import { NEGATIVE, POWER, PRODUCT } from '../operations/algebra'
import type { Expr } from '../reading/statement'
import { argsOf } from '../reading/terms'

/** Nearer than this, relative to the value, an author may have approximated in a coarser way: `\sqrt{17} \approx 4.125`. */
const COARSE = 0.005

/**
 * Is a number far from all that it may stand for? Everything must be numbers; the last digit may be cut off instead of
 * rounded, and decimals that the note has from rounding are known to their digits only.
 * @param candidates nodes before the number: the head of the chain, the side before
 * @param text the chain as written
 */
export function isFarOff(
  scope: Scope,
  world: Meaning,
  candidates: readonly NodeId[],
  number: Expr,
  text: string,
): boolean {
  const unit = unitOf(number)
  const value = unit === null ? null : numberIn(number)
  // Degrees and other bases are meant by many who write so.
  if (unit === null || value === null || /\\log|\blog|\\deg|\\circ|°/.test(text)) return false
  const { graph } = world.builder
  if (candidates.length === 0 || leavesOf(graph, candidates).length > 0) return false
  if (candidates.some((id) => ancestors(graph, id).some((each) => TURNS.test(world.builder.node(each).op))))
    return false
  return candidates.every((id) => {
    const found = loosely(world, id, roundedIn(scope))
    if (!found) return false
    const room = Math.max(unit, COARSE * Math.max(Math.abs(found.lo), Math.abs(found.hi)))
    return value > found.hi + room || value < found.lo - room
  })
}

const TURNS = /^(?:a?(?:sin|cos|tan)|opaque)$/

/** Numbers as written behind a sign of approximation: the note may go on with them. Found once for a note. */
function roundedIn(scope: Scope): ReadonlySet<string> {
  const known = roundedOf.get(scope)
  if (known) return known
  const found = new Set<string>()
  for (const { statement } of scope.statements) {
    if (statement.kind !== 'claim' && statement.kind !== 'equation') continue
    for (const { relation, expr } of statement.sides)
      if (relation === '≈' && expr.kind === 'number' && expr.text.includes('.')) found.add(expr.text)
  }
  roundedOf.set(scope, found)
  return found
}
const roundedOf = new WeakMap<Scope, ReadonlySet<string>>()

/** What a node may be where numbers that come from rounding are known to their digits. */
function loosely({ builder }: Meaning, node: NodeId, rounded: ReadonlySet<string>): Interval | null {
  const order = ancestors(builder.graph, node)
  const loose = new Map(
    order.flatMap((id) => {
      const { op, attributes } = builder.node(id)
      const text = String(attributes.text ?? '')
      const unit = op === 'constant' && rounded.has(text) ? unitIn(text) : null
      const value = attributes.value as number
      return unit === null ? [] : [[id, { lo: value - unit / 2, hi: value + unit / 2 }] as const]
    }),
  )
  return enclose(BINARY, INTERVALS, builder.graph, order, loose)(node)
}

/** `-1.50`, `2.5 \times 10^{-3}` as a number. */
function numberIn(expr: Expr): number | null {
  if (expr.kind === 'number') return expr.value
  if (expr.kind !== 'apply') return null
  const [first, second] = expr.args
  if (expr.op === NEGATIVE && first) {
    const value = numberIn(first)
    return value === null ? null : -value
  }
  const scale = second ? powerOfTen(second) : null
  return expr.op === PRODUCT && first?.kind === 'number' && scale !== null ? first.value * scale : null
}

/** One unit of the last digit that is written; zeros at the end of a whole number may only fill it up. */
function unitOf(expr: Expr): number | null {
  if (expr.kind === 'number') return unitIn(expr.text)
  if (expr.kind !== 'apply') return null
  const [first, second] = expr.args
  if (expr.op === NEGATIVE) return first ? unitOf(first) : null
  const unit = first?.kind === 'number' ? unitIn(first.text) : null
  const scale = second ? powerOfTen(second) : null
  return unit === null || scale === null ? null : unit * scale
}

function powerOfTen(expr: Expr): number | null {
  const [base, exponent] = argsOf(expr, POWER)
  const power = exponent ? numberIn(exponent) : null
  return base?.kind === 'number' && base.value === 10 && power !== null ? 10 ** power : null
}

function unitIn(text: string): number | null {
  const found = /^(\d+)(?:\.(\d+))?(%?)$/.exec(text.replace(/[{},\\\s]/g, ''))
  if (!found) return null
  const [, whole = '', decimals, percent] = found
  const scale = percent ? 0.01 : 1
  if (decimals !== undefined) return scale * 10 ** -decimals.length
  return scale * 10 ** (/0*$/.exec(whole)?.[0].length ?? 0)
}

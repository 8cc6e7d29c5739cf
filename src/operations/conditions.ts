/** How comparisons stand to one another, by where they hold. */
import { operation } from './index'

/** A comparison, and whether its inputs stand the other way round: `0 < x` beside `x > 0`. */
interface Turned {
  readonly op: string
  readonly isTurned: boolean
}

/** Does one hold wherever the other doesn't? Where both sides are equal, both may hold, or none: `x > 0` and `x < 0`. */
export function areOpposite(a: Turned, b: Turned): boolean {
  const [left, right] = [sidesOf(a), sidesOf(b)]
  return left !== null && right !== null && [-1, 1].every((side) => left.includes(side) !== right.includes(side))
}

function sidesOf({ op, isTurned }: Turned): readonly number[] | null {
  const holds = operation(op)?.holds ?? null
  return isTurned && holds ? holds.map((side) => -side) : holds
}

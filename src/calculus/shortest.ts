/** The form of a sum that a reader finds the shortest. */
import type { GraphBuilder, NodeId } from '../graph/graph'
import { type KeyOf, plus, type Sum } from './algebra'
import { asQuotient, overCommonDenominator } from './commonDenominator'
import { gathered } from './gather'
import { isBracket, mayCancel, multipliedOut } from './multiplyOut'
import type { Rebuilder } from './rebuild'
import type { Sums } from './sums'

/** Gives the shortest of the forms: as it is, multiplied out, over a common denominator. */
export function shortestForm(
  builder: GraphBuilder,
  keyOf: KeyOf,
  rebuild: Rebuilder,
  { sumOf, asTerm, product }: Sums,
): (raw: Sum) => NodeId {
  const gathering = {
    builder,
    keyOf,
    sumOf,
    fromSum: rebuild.fromSum,
    plus: (a: Sum, b: Sum) => plus(a, b, keyOf),
    product: (a: Sum, b: Sum) => {
      const [left, right] = [rebuild.fromSum(a), rebuild.fromSum(b)]
      return product(left, right, a, b)
    },
  }
  /** The shortest of the forms: as it is, multiplied out, over a common denominator. */
  const shortest = (raw: Sum): NodeId => {
    const sum = gathered(raw, gathering)
    const open = mayCancel(sum, sumOf) ? multipliedOut(builder, sum, sumOf, keyOf) : null
    const forms = open ? [sum, open] : [sum]
    const first = sum[0]?.factors[0]
    const bracketFirst = sum.length === 1 && first !== undefined && isBracket(builder, first)
    const candidates = [...forms, ...forms.flatMap(together)].map((form) =>
      rebuild.fromSum(rebuild.turned(form), bracketFirst),
    )
    return candidates.reduce((best, each) => (rebuild.size(each) < rebuild.size(best) ? each : best))
  }
  const together = (sum: Sum): Sum[] => {
    const fraction = overCommonDenominator(sum, keyOf)
    if (!fraction) return []
    const flat = multipliedOut(builder, fraction.numerator, sumOf, keyOf) ?? fraction.numerator
    if (flat.length === 0) return [[]]
    const numerator = rebuild.fromSum(flat)
    return [asQuotient(asTerm(numerator, flat), fraction.denominator, keyOf)]
  }
  return shortest
}

/** Slips of a differentiation rule: one operation on the way is differentiated wrongly, all others rightly. */
import { localDerivatives } from '../calculus/backpropagate'
import type { NodeId } from '../graph/graph'
import { algebra, PRODUCT, QUOTIENT } from '../operations/algebra'
import { OPERATIONS } from '../operations/index'
import type { Slip, SlipContext, Variant } from './slip'

/** Each wrong rule of an entry, used on one operation of that kind. */
const wrongRules: readonly Slip[] = OPERATIONS.flatMap(({ name: op, slips = [] }) =>
  slips.map(
    ({ name, sentence, slope }): Slip => ({
      name,
      variants: (context) => {
        const { builder } = context
        return onTheWay(context, op).map((id): Variant => {
          const [input, exponent] = builder.node(id).inputs as [NodeId, NodeId | undefined]
          const wrong = slope(algebra(builder), input, id, exponent ?? input)
          return { node: replaced(context, id, [wrong, null]), sentence }
        })
      },
    }),
  ),
)

/** The right answer with the local derivatives of one node exchanged; `null` keeps one. */
function replaced(context: SlipContext, id: NodeId, wrong: readonly (NodeId | null)[]): NodeId {
  const { builder, gradients, world } = context
  const { sum, difference } = algebra(builder)
  const arriving = gradients.get(id)?.node as NodeId
  const locals = localDerivatives(builder, world.simplifier, id)
  let result = context.truth
  builder.node(id).inputs.forEach((input, k) => {
    const [instead, local] = [wrong[k], locals[k]]
    if (instead === null || instead === undefined || local === null || local === undefined) return
    const change = difference(instead, local)
    const part = context.times(context.times(arriving, change), context.inner(input))
    result = sum(result, part)
  })
  return result
}

/** Nodes of an operation through which the variable reaches the function. */
const onTheWay = ({ builder, gradients, slope }: SlipContext, op: string): NodeId[] =>
  slope === null ? [] : [...gradients.keys()].filter((id) => builder.node(id).op === op)

/** Products and quotients of which both parts depend on the variable. */
const bothParts = (context: SlipContext, op: string): NodeId[] =>
  onTheWay(context, op).filter((id) =>
    context.builder.node(id).inputs.every((input) => context.builder.constantOf(context.inner(input)) !== 0),
  )

const productRules: Slip = {
  name: 'product rule half applied',
  variants: (context) => {
    const zero = context.builder.constant(0)
    const { sum, difference } = algebra(context.builder)
    return bothParts(context, PRODUCT).flatMap((id) => {
      const [u, v] = context.builder.node(id).inputs as [NodeId, NodeId]
      const bothInner = context.times(context.inner(u), context.inner(v))
      const arriving = context.gradients.get(id)?.node as NodeId
      const without = replaced(context, id, [zero, zero])
      const half = 'Product rule: only one of its two terms is there.'
      return [
        { node: replaced(context, id, [zero, null]), sentence: half },
        { node: replaced(context, id, [null, zero]), sentence: half },
        {
          node: sum(without, context.times(arriving, bothInner)),
          sentence: 'The derivative of a product isn’t the product of the derivatives.',
        },
        {
          node: sum(
            without,
            context.times(arriving, difference(context.times(context.inner(u), v), context.times(u, context.inner(v)))),
          ),
          sentence: 'Product rule: its two terms are added.',
        },
      ]
    })
  },
}

const quotientRules: Slip = {
  name: 'quotient rule half applied',
  variants: (context) => {
    const { builder } = context
    const { n, sum, difference, power, negative } = algebra(builder)
    const zero = n(0)
    return bothParts(context, QUOTIENT)
      .concat(onTheWay(context, QUOTIENT))
      .flatMap((id) => {
        const [u, v] = builder.node(id).inputs as [NodeId, NodeId]
        const arriving = context.gradients.get(id)?.node as NodeId
        const without = replaced(context, id, [zero, zero])
        const [du, dv] = [context.inner(u), context.inner(v)]
        const square = (x: NodeId) => power(x, n(2))
        const numerator = difference(context.times(du, v), context.times(u, dv))
        const added = sum(context.times(du, v), context.times(u, dv))
        const as = (local: NodeId) => sum(without, context.times(arriving, local))
        return [
          {
            node: as(context.over(added, square(v))),
            sentence: 'Quotient rule: the two terms of the numerator are subtracted.',
          },
          {
            node: as(context.over(negative(numerator), square(v))),
            sentence: 'Quotient rule: the terms of the numerator are in the wrong order.',
          },
          { node: as(context.over(numerator, v)), sentence: 'Quotient rule: the denominator isn’t squared.' },
          {
            node: as(context.over(numerator, square(u))),
            sentence: 'Quotient rule: the denominator is squared, not the numerator.',
          },
          { node: as(numerator), sentence: 'Quotient rule: the squared denominator is missing.' },
          {
            node: as(context.over(du, dv)),
            sentence: 'The derivative of a quotient isn’t the quotient of the derivatives.',
          },
          { node: as(context.over(du, v)), sentence: 'Quotient rule: the derivative of the denominator is missing.' },
        ]
      })
  },
}

export const LOCAL_SLIPS: readonly Slip[] = [...wrongRules, productRules, quotientRules]

/** Slips of a differentiation rule: one operation on the way is differentiated wrongly, all others rightly. */
import { localDerivatives } from '../calculus/backpropagate'
import type { NodeId } from '../graph/graph'
import type { Slip, SlipContext, Variant } from './mistakes'

/** A wrong local derivative of an operation by its first input. */
interface WrongRule {
  readonly name: string
  readonly sentence: string
  readonly ops: readonly string[]
  /** From the input, the output and, of a power, the exponent; `null` where it doesn't apply. */
  readonly slope: (build: Shorthand, input: NodeId, output: NodeId, exponent: NodeId) => NodeId | null
}

/** Small expressions, so that the table below reads as formulas. */
interface Shorthand {
  n(value: number): NodeId
  f(op: string, ...inputs: NodeId[]): NodeId
}

const WRONG_RULES: readonly WrongRule[] = [
  {
    name: 'power rule: exponent kept',
    sentence: 'Power rule: the exponent isn’t lowered by one.',
    ops: ['power'],
    slope: ({ f }, u, _y, k) => f('multiply', k, f('power', u, k)),
  },
  {
    name: 'power rule: factor off by one',
    sentence: 'Power rule: the factor is the exponent itself, not the exponent less one.',
    ops: ['power'],
    slope: ({ n, f }, u, _y, k) => f('multiply', f('subtract', k, n(1)), f('power', u, f('subtract', k, n(1)))),
  },
  {
    name: 'power rule: factor lost',
    sentence: 'Power rule: the exponent isn’t brought down as a factor.',
    ops: ['power'],
    slope: ({ n, f }, u, _y, k) => f('power', u, f('subtract', k, n(1))),
  },
  {
    name: 'power rule: lowered twice',
    sentence: 'Power rule: the exponent is lowered by two instead of one.',
    ops: ['power'],
    slope: ({ n, f }, u, _y, k) => f('multiply', k, f('power', u, f('subtract', k, n(2)))),
  },
  {
    name: 'power rule: exponent lost',
    sentence: 'Power rule: the exponent that remains is lost.',
    ops: ['power'],
    slope: ({ f }, u, _y, k) => f('multiply', k, u),
  },
  {
    name: 'power rule: exponent raised',
    sentence: 'Power rule: the exponent is raised instead of lowered.',
    ops: ['power'],
    slope: ({ n, f }, u, _y, k) => f('multiply', k, f('power', u, f('add', k, n(1)))),
  },
  {
    name: 'sine given back',
    sentence: 'The derivative of the sine is the cosine.',
    ops: ['sin'],
    slope: (_build, _u, y) => y,
  },
  {
    name: 'sine: sign of the cosine',
    sentence: 'The derivative of the sine is the cosine, without a minus.',
    ops: ['sin'],
    slope: ({ f }, u) => f('negate', f('cos', u)),
  },
  {
    name: 'cosine: minus lost',
    sentence: 'The derivative of the cosine is minus the sine.',
    ops: ['cos'],
    slope: ({ f }, u) => f('sin', u),
  },
  {
    name: 'cosine given back',
    sentence: 'The derivative of the cosine is minus the sine.',
    ops: ['cos'],
    slope: (_build, _u, y) => y,
  },
  {
    name: 'cosine given back with a minus',
    sentence: 'The derivative of the cosine is minus the sine.',
    ops: ['cos'],
    slope: ({ f }, _u, y) => f('negate', y),
  },
  {
    name: 'exponential as a power',
    sentence: 'The exponential is its own derivative: the power rule doesn’t apply to it.',
    ops: ['exp'],
    slope: ({ n, f }, u) => f('multiply', u, f('exp', f('subtract', u, n(1)))),
  },
  {
    name: 'logarithm given back',
    sentence: 'The derivative of the logarithm is one over its input.',
    ops: ['log'],
    slope: (_build, _u, y) => y,
  },
  {
    name: 'logarithm: over the output',
    sentence: 'The derivative of the logarithm is one over its input, not over its output.',
    ops: ['log'],
    slope: ({ n, f }, _u, y) => f('divide', n(1), y),
  },
  {
    name: 'root: factor 2 lost',
    sentence: 'The derivative of the square root has a 2 in the denominator.',
    ops: ['sqrt'],
    slope: ({ n, f }, _u, y) => f('divide', n(1), y),
  },
  {
    name: 'root: not inverted',
    sentence: 'The derivative of the square root is one over twice the root.',
    ops: ['sqrt'],
    slope: ({ n, f }, _u, y) => f('divide', y, n(2)),
  },
  {
    name: 'sigmoid: 1 + y',
    sentence: 'The derivative of the sigmoid is y(1 − y), with a minus.',
    ops: ['sigmoid'],
    slope: ({ n, f }, _u, y) => f('multiply', y, f('add', n(1), y)),
  },
  {
    name: 'sigmoid: y lost',
    sentence: 'The derivative of the sigmoid is y(1 − y): the factor y is missing.',
    ops: ['sigmoid'],
    slope: ({ n, f }, _u, y) => f('subtract', n(1), y),
  },
  {
    name: 'sigmoid: 1 − y²',
    sentence: 'The derivative of the sigmoid is y(1 − y), not 1 − y².',
    ops: ['sigmoid'],
    slope: ({ n, f }, _u, y) => f('subtract', n(1), f('power', y, n(2))),
  },
  {
    name: 'tanh: 1 + y²',
    sentence: 'The derivative of tanh is 1 − y², with a minus.',
    ops: ['tanh'],
    slope: ({ n, f }, _u, y) => f('add', n(1), f('power', y, n(2))),
  },
  {
    name: 'tanh: square lost',
    sentence: 'The derivative of tanh is 1 − y²: the square is missing.',
    ops: ['tanh'],
    slope: ({ n, f }, _u, y) => f('subtract', n(1), y),
  },
  {
    name: 'tanh: as a sigmoid',
    sentence: 'The derivative of tanh is 1 − y², not y(1 − y).',
    ops: ['tanh'],
    slope: ({ n, f }, _u, y) => f('multiply', y, f('subtract', n(1), y)),
  },
]

/** Operations of one input on the way, each differentiated by each wrong rule for it. */
const wrongRules: readonly Slip[] = WRONG_RULES.map(({ name, sentence, ops, slope }) => ({
  name,
  variants: (context) => {
    const { builder } = context
    const short: Shorthand = { n: (value) => builder.constant(value), f: (op, ...inputs) => builder.apply(op, inputs) }
    return onTheWay(context, ops).flatMap((id): Variant[] => {
      const [input, exponent] = builder.node(id).inputs as [NodeId, NodeId | undefined]
      const wrong = slope(short, input, id, exponent ?? input)
      return wrong === null ? [] : [{ node: replaced(context, id, [wrong, null]), sentence }]
    })
  },
}))

/** The right answer with the local derivatives of one node exchanged; `null` keeps one. */
function replaced(context: SlipContext, id: NodeId, wrong: readonly (NodeId | null)[]): NodeId {
  const { builder, gradients, world } = context
  const arriving = gradients.get(id)?.node as NodeId
  const locals = localDerivatives(builder, world.simplifier, id)
  let result = context.truth
  builder.node(id).inputs.forEach((input, k) => {
    const [instead, local] = [wrong[k], locals[k]]
    if (instead === null || instead === undefined || local === null || local === undefined) return
    const change = builder.apply('subtract', [instead, local])
    const part = context.times(context.times(arriving, change), context.inner(input))
    result = builder.apply('add', [result, part])
  })
  return result
}

/** Nodes of these operations through which the variable reaches the function. */
const onTheWay = ({ builder, gradients, slope }: SlipContext, ops: readonly string[]): NodeId[] =>
  slope === null ? [] : [...gradients.keys()].filter((id) => ops.includes(builder.node(id).op))

/** Products and quotients of which both parts depend on the variable. */
const bothParts = (context: SlipContext, op: string): NodeId[] =>
  onTheWay(context, [op]).filter((id) =>
    context.builder.node(id).inputs.every((input) => context.builder.constantOf(context.inner(input)) !== 0),
  )

const productRules: Slip = {
  name: 'product rule half applied',
  variants: (context) => {
    const zero = context.builder.constant(0)
    return bothParts(context, 'multiply').flatMap((id) => {
      const [u, v] = context.builder.node(id).inputs as [NodeId, NodeId]
      const bothInner = context.times(context.inner(u), context.inner(v))
      const arriving = context.gradients.get(id)?.node as NodeId
      const without = replaced(context, id, [zero, zero])
      const half = 'Product rule: only one of its two terms is there.'
      return [
        { node: replaced(context, id, [zero, null]), sentence: half },
        { node: replaced(context, id, [null, zero]), sentence: half },
        {
          node: context.builder.apply('add', [without, context.times(arriving, bothInner)]),
          sentence: 'The derivative of a product isn’t the product of the derivatives.',
        },
        {
          node: context.builder.apply('add', [
            without,
            context.times(
              arriving,
              context.builder.apply('subtract', [
                context.times(context.inner(u), v),
                context.times(u, context.inner(v)),
              ]),
            ),
          ]),
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
    const zero = builder.constant(0)
    return bothParts(context, 'divide')
      .concat(onTheWay(context, ['divide']))
      .flatMap((id) => {
        const [u, v] = builder.node(id).inputs as [NodeId, NodeId]
        const arriving = context.gradients.get(id)?.node as NodeId
        const without = replaced(context, id, [zero, zero])
        const [du, dv] = [context.inner(u), context.inner(v)]
        const square = (x: NodeId) => builder.apply('power', [x, builder.constant(2)])
        const numerator = builder.apply('subtract', [context.times(du, v), context.times(u, dv)])
        const sum = builder.apply('add', [context.times(du, v), context.times(u, dv)])
        const as = (local: NodeId) => builder.apply('add', [without, context.times(arriving, local)])
        return [
          {
            node: as(context.over(sum, square(v))),
            sentence: 'Quotient rule: the two terms of the numerator are subtracted.',
          },
          {
            node: as(context.over(builder.apply('negate', [numerator]), square(v))),
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

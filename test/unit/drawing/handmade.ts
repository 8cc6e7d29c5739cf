/** Derivations made by hand, for tests of what is drawn of them. */
import { derivation as derive } from '../../../src/calculus/derivation'
import type { Derivation } from '../../../src/derivation'
import { type GraphBuilder, graphBuilder, type NodeId } from '../../../src/graph/graph'
import type { Attributes, Shape, Tensor } from '../../../src/operations/operation'
import type { Name } from '../../../src/reading/statement'

export const name = (latex: string): Name => {
  const plain = latex.replace(/\\(?:text|mathrm|mathbf|hat)?\{?|[{}]/g, '')
  return { key: plain, latex, plain }
}

/** Short words for building a graph. */
export interface Hand {
  input(latex: string, value?: number | number[][], shape?: Shape): NodeId
  number(value: number, text?: string): NodeId
  op(op: string, ...inputs: NodeId[]): NodeId
  with(attributes: Attributes, op: string, ...inputs: NodeId[]): NodeId
  named(latex: string, id: NodeId): NodeId
  opaque(text: string, reason: string, ...inputs: NodeId[]): NodeId
}

const tensorOf = (value: number | number[][]): Tensor =>
  typeof value === 'number'
    ? { shape: [], data: Float64Array.of(value) }
    : { shape: [value.length, value[0]?.length ?? 0], data: Float64Array.from(value.flat()) }

/** `L` is asked about, which the derivation doesn't define; `value` is bound to its gradient. */
interface Later {
  readonly value?: number[][]
}

/** A derivation of the node that `make` gives. */
export function derivation(latex: string, make: (hand: Hand) => NodeId, later?: Later): Derivation {
  const builder = graphBuilder()
  const values = new Map<NodeId, Tensor>()
  return derive({
    key: latex,
    builder,
    output: make(handOf(builder, values)),
    name: name(latex),
    loss: later ? name('L') : null,
    bindings: (id) => values.get(id) ?? null,
    upstreamValue: later?.value ? tensorOf(later.value) : null,
  })
}

function handOf(builder: GraphBuilder, values: Map<NodeId, Tensor>): Hand {
  const hand: Hand = {
    input(latex, value, shape) {
      const tensor = value === undefined ? undefined : tensorOf(value)
      const id = builder.add({ op: 'input', name: name(latex), shape: shape ?? tensor?.shape ?? [] })
      if (tensor) values.set(id, tensor)
      return id
    },
    number: (value, text) => builder.add({ op: 'constant', shape: [], attributes: text ? { value, text } : { value } }),
    op: (op, ...inputs) => builder.add({ op, inputs }),
    with: (attributes, op, ...inputs) => builder.add({ op, inputs, attributes }),
    named(latex, id) {
      builder.setName(id, name(latex), null)
      return id
    },
    opaque: (text, reason, ...inputs) => builder.add({ op: 'opaque', inputs, attributes: { text, reason } }),
  }
  return hand
}

/** Derivations that show everything a drawing can have. */
export const GALLERY: readonly [string, Derivation][] = [
  [
    'chain-rule',
    derivation('z', ({ input, number, op, named }) => {
      const t = named('t', op('add', input('x', 0.5), input('y', 1.25)))
      return op('power', t, number(2))
    }),
  ],
  [
    'without-values',
    derivation('z', ({ input, number, op, named }) => {
      const t = named('t', op('add', input('x'), input('y')))
      return op('power', t, number(2))
    }),
  ],
  [
    'shopping',
    derivation('\\text{合計}', ({ input, op, named }) => {
      const apples = named('\\text{りんご}', op('multiply', input('a', 100), input('n', 2)))
      const oranges = named('\\text{みかん}', op('multiply', input('m', 150), input('k', 3)))
      return op('multiply', named('s', op('add', apples, oranges)), input('\\text{税}', 1.1))
    }),
  ],
  [
    'sigmoid',
    derivation('y', ({ input, number, op }) =>
      op('divide', number(1), op('add', number(1), op('exp', op('negate', input('x', 1.5))))),
    ),
  ],
  [
    'fan-out',
    derivation('z', ({ input, op, named }) => {
      const [x, y] = [input('x', 2), input('y', -1)]
      const t = named('t', op('add', x, y))
      const u = named('u', op('multiply', x, op('sin', y)))
      return op('add', op('multiply', t, u), op('multiply', x, t))
    }),
  ],
  [
    'neuron',
    derivation('L', ({ input, number, op, named }) => {
      const products = ['1', '2'].map((i) => op('multiply', input(`w_{${i}}`, 0.3), input(`x_{${i}}`, -1.2)))
      const a = named('a', op('add', op('add', ...products), input('b', 0.1)))
      const y = named('\\hat{y}', op('sigmoid', a))
      return op('multiply', number(0.5), op('power', op('subtract', y, input('t', 1)), number(2)))
    }),
  ],
  [
    'affine',
    derivation(
      'Y',
      ({ input, op }) =>
        op(
          'add',
          op(
            'matmul',
            input('X', [
              [1, 2],
              [3, 4],
            ]),
            input('W', [
              [0.5, -1, 2],
              [1, 0, -0.25],
            ]),
          ),
          input('B', [[0.1, 0.2, 0.3]]),
        ),
      {
        value: [
          [1, 0, -1],
          [0.5, 2, 1],
        ],
      },
    ),
  ],
  [
    'affine-shapes',
    derivation(
      'Y',
      ({ input, op }) =>
        op(
          'add',
          op('matmul', input('X', undefined, ['N', 2]), input('W', undefined, [2, 3])),
          input('B', undefined, [3]),
        ),
      {},
    ),
  ],
  [
    'opaque',
    derivation('z', ({ input, op, opaque }) => {
      const x = input('x', 2)
      return op('multiply', x, opaque('\\lim_{n \\to \\infty} x_n', 'limit', x))
    }),
  ],
]

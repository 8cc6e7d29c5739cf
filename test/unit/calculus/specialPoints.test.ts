import assert from 'node:assert/strict'
import { backpropagate } from '../../../src/calculus/backpropagate'
import { evaluator, scalar } from '../../../src/calculus/evaluate'
import { simplifier } from '../../../src/calculus/simplify'
import { graphBuilder } from '../../../src/graph/graph'
import type { Shape } from '../../../src/operations/operation'
import { asciiName } from '../../support/names'
import { derivationOf, nodeOf } from '../../support/notes'

/** Definitions, values of the inputs, the value of the result, gradients: what JAX and PyTorch give, or better. */
const ROWS: readonly [string, Readonly<Record<string, number>>, number, Readonly<Record<string, number>>][] = [
  ['q = max(x, y)', { x: 2, y: 2 }, 2, { x: 0.5, y: 0.5 }],
  ['q = min(x, y)', { x: 2, y: 2 }, 2, { x: 0.5, y: 0.5 }],
  ['q = max(x, y)', { x: 3, y: 2 }, 3, { x: 1, y: 0 }],
  ['q = max(x, x)', { x: 2 }, 2, { x: 1 }],
  ['q = min(2 x, x + x) + y', { x: 2, y: 1 }, 5, { x: 2, y: 1 }],
  ['q = max(0, x)', { x: 0 }, 0, { x: 0 }],
  ['q = abs(x)', { x: 0 }, 0, { x: 0 }],
  ['q = sign(x)', { x: 0 }, 0, { x: 0 }],
  ['q = floor(x) x', { x: 2.5 }, 5, { x: 2 }],
  ['q = x^y', { x: 0, y: 2 }, 0, { x: 0, y: 0 }],
  ['q = x^y', { x: 0, y: 1 }, 0, { x: 1, y: 0 }],
  ['q = 0^x', { x: 2 }, 0, { x: 0 }],
  ['q = 2^x', { x: 3 }, 8, { x: 8 * Math.LN2 }],
  ['q = ln(1 + e^x)', { x: 1000 }, 1000, { x: 1 }],
  ['q = -ln(1 + e^(-x))', { x: -1000 }, -1000, { x: 1 }],
  ['q = (e^x - e^(-x))/(e^x + e^(-x))', { x: 1000 }, 1, { x: 0 }],
  ['q = 1/(1 + e^(-x))', { x: -1000 }, 0, { x: 0 }],
  ['q = cbrt(x)', { x: -8 }, -2, { x: 1 / 12 }],
  ['q = log1p(x)', { x: 1e-20 }, 1e-20, { x: 1 }],
  ['q = expm1(x)', { x: 1e-20 }, 1e-20, { x: 1 }],
  ['q = hypot(x, y)', { x: 3e200, y: 4e200 }, 5e200, { x: 0.6, y: 0.8 }],
  ['q = atan2(y, x)', { x: 0, y: 1 }, Math.PI / 2, { x: -1, y: 0 }],
  // The inside of the sigmoid is used elsewhere too: its own path counts beside the composite's rule.
  ['q = 1/(1 + E) + E; E = e^(-x)', { x: 0 }, 1.5, { x: -0.75 }],
  ['q = erf(x)', { x: 0 }, 0, { x: 2 / Math.sqrt(Math.PI) }],
]

describe('values and gradients at special points', () => {
  for (const [definition, at, value, gradients] of ROWS) {
    it(`${definition} at ${JSON.stringify(at)}`, () => {
      const derivation = derivationOf(definition)
      const values = new Map(Object.entries(at).map(([name, x]) => [nodeOf(derivation, name), scalar(x)]))
      const numberAt = (id: number): number => evaluator(derivation.graph, values)(id)?.data[0] ?? Number.NaN
      const close = (found: number, expected: number, what: string) =>
        assert.ok(Math.abs(found - expected) <= 1e-14 * Math.abs(expected), `${what}: ${found}, not ${expected}`)
      close(numberAt(derivation.output), value, 'value')
      for (const [name, expected] of Object.entries(gradients)) {
        const gradient = derivation.gradient(nodeOf(derivation, name))
        close(gradient ? numberAt(gradient.node) : Number.NaN, expected, `gradient by ${name}`)
      }
    })
  }
})

describe('what doesn’t fit', () => {
  it('has no gradient: shapes of two sizes stop it', () => {
    const builder = graphBuilder()
    const input = (key: string, shape: Shape) => builder.add({ op: 'input', shape, name: asciiName(key) })
    const [a, b, c] = [input('a', [2]), input('b', [3]), input('c', [])]
    const misfit = builder.add({ op: 'add', inputs: [a, b] })
    const total = builder.add({ op: 'sum', inputs: [misfit], attributes: { axis: null } })
    const output = builder.add({ op: 'multiply', inputs: [total, c] })
    const gradients = backpropagate(builder, simplifier(builder), output)
    assert.deepEqual(
      [a, b, c].map((id) => gradients.has(id)),
      [false, false, true],
    )
  })
})

describe('what a rule calls by its symbol', () => {
  it('is written so: 2/√π in the derivative of erf', () => {
    const derivation = derivationOf('q = erf(x)')
    const gradient = derivation.gradient(nodeOf(derivation, 'x'))
    const constants = gradient && derivation.graph.nodes.filter(({ attributes }) => attributes.symbol === 'pi')
    assert.equal(constants?.length, 1)
  })
})

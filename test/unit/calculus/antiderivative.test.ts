import assert from 'node:assert/strict'
import { antiderivative } from '../../../src/calculus/antiderivative'
import { backpropagate } from '../../../src/calculus/backpropagate'
import { tape } from '../../../src/calculus/evaluate'
import { simplifier } from '../../../src/calculus/simplify'
import { graphBuilder, type NodeId } from '../../../src/graph/graph'
import { parseFormula } from '../../../src/reading/formula'
import type { Expr } from '../../../src/reading/statement'
import { asciiName } from '../../support/names'

/** Integrands by x, with a and b constant. */
const FOUND = [
  'x^2 - x^4',
  '3',
  'a x^3 + b/x',
  'sqrt(x)',
  'x sqrt(x)',
  '1/x^2',
  'sqrt(1 + 9x/4)',
  '(2x + 1)^5',
  '1/(3x + b)',
  'x/(x^2 + 1)',
  'e^(a x)',
  'x e^(x^2)',
  'x e^x',
  'x^2 cos(x)',
  'sin(2x) + cos(x/3)',
  'sin(x) cos(x)',
  '(sin(x))^2',
  '(cos(2x))^2',
  '2^x',
  'ln(x)',
  'x ln(x)',
  'tan(x)',
  '(x + 1)(x - 2)',
  '(x^2 + a)^2',
  'e^x (1 + e^x)^3',
  'cosh(x) - sinh(2x)',
]
/** None that could be written with the functions of the table, or none that is looked for. */
const NOT_FOUND = ['e^(x^2)', 'sin(x)/x', 'abs(x)', 'floor(x) x']

function world() {
  const builder = graphBuilder()
  const leaves = new Map(
    ['x', 'a', 'b'].map((key) => [key, builder.add({ op: 'input', shape: [], name: asciiName(key) })]),
  )
  const build = (expr: Expr): NodeId => {
    if (expr.kind === 'number') return builder.constant(expr.value)
    if (expr.kind === 'name') return leaves.get(expr.name.key) as NodeId
    assert.equal(expr.kind, 'apply')
    return expr.kind === 'apply' ? builder.apply(expr.op, expr.args.map(build)) : builder.constant(Number.NaN)
  }
  return { builder, simple: simplifier(builder), build, x: leaves.get('x') as NodeId, inputs: [...leaves.values()] }
}

describe('antiderivatives', () => {
  for (const text of FOUND) {
    it(`of ${text} have it as their derivative`, () => {
      const { builder, simple, build, x, inputs } = world()
      const node = build(parseFormula(text, undefined, true))
      const found = antiderivative({ builder, simplifier: simple }, node, x)
      assert.ok(found !== null)
      const slope = backpropagate(builder, simple, found).get(x)?.node ?? builder.constant(0)
      for (const at of [0.4, 0.9, 1.3]) {
        const [expected = 0, value = 0] = tape(builder.graph, inputs, [node, slope])?.run([at, 1.7, 0.6]) ?? []
        assert.ok(Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${value}, not ${expected}`)
      }
    })
  }
  for (const text of NOT_FOUND) {
    it(`of ${text} aren’t guessed`, () => {
      const { builder, simple, build, x } = world()
      assert.equal(antiderivative({ builder, simplifier: simple }, build(parseFormula(text, undefined, true)), x), null)
    })
  }
})

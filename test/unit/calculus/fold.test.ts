import assert from 'node:assert/strict'
import { backpropagate } from '../../../src/calculus/backpropagate'
import { tape } from '../../../src/calculus/evaluate'
import { folder } from '../../../src/calculus/fold'
import { graphBuilder } from '../../../src/graph/graph'

describe('folding', () => {
  it('takes a chain of any depth', () => {
    const builder = graphBuilder()
    const x = builder.add({ op: 'input', shape: [] })
    let last = x
    for (let n = 0; n < 30_000; n++)
      last = builder.apply('multiply', [builder.apply('sin', [last]), builder.constant(2)])
    const slope = backpropagate(builder, folder(builder), last).get(x)?.node
    assert.ok(slope !== undefined)
    const at = (value: number) => tape(builder.graph, [x], [last, slope])?.run(Float64Array.of(value)) ?? []
    // v = 2 sin(v) has the fixed point 0, where each step doubles the slope.
    assert.deepEqual([...at(0)], [0, Infinity])
    assert.ok(Number.isFinite(at(0.3)[0]))
  })

  const rows: [what: string, built: (b: ReturnType<typeof graphBuilder>, x: number) => number, op: string][] = [
    ['a factor of 1 goes', (b, x) => b.apply('multiply', [b.constant(1), b.apply('sin', [x])]), 'sin'],
    ['a power of 1 goes', (b, x) => b.apply('power', [b.apply('sin', [x]), b.constant(1)]), 'sin'],
    ['a difference of numbers is a number', (b) => b.apply('subtract', [b.constant(3), b.constant(1)]), 'constant'],
    ['a factor of 2 stays', (b, x) => b.apply('multiply', [b.constant(2), x]), 'multiply'],
  ]
  for (const [what, built, op] of rows)
    it(what, () => {
      const builder = graphBuilder()
      const x = builder.add({ op: 'input', shape: [] })
      assert.equal(builder.node(folder(builder).simplify(built(builder, x))).op, op)
    })
})

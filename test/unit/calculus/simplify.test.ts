import assert from 'node:assert/strict'
import fc from 'fast-check'
import { backpropagate } from '../../../src/calculus/backpropagate'
import { evaluator, scalar } from '../../../src/calculus/evaluate'
import { folder } from '../../../src/calculus/fold'
import { graphBuilder } from '../../../src/graph/graph'
import { textOf } from '../../../src/writing/text'
import { GRADIENT_FORMS } from '../../support/gradientForms'
import { derivationOf, nodeOf } from '../../support/notes'

describe('gradients have the form that an author would write', () => {
  for (const [definitions, wrt, form] of GRADIENT_FORMS) {
    it(`d(${definitions})/d${wrt} = ${form}`, () => {
      const derivation = derivationOf(definitions)
      const gradient = derivation.gradient(nodeOf(derivation, wrt))
      assert.equal(gradient && textOf(derivation.graph, gradient.node), form)
    })
  }
})

describe('the form equals the raw gradient wherever both are defined', () => {
  for (const [definitions, wrt] of GRADIENT_FORMS) {
    it(`d(${definitions})/d${wrt}`, () => {
      const derivation = derivationOf(definitions)
      const id = nodeOf(derivation, wrt)
      const gradient = derivation.gradient(id)
      assert.ok(gradient)
      const forms = [gradient.node, gradient.expanded]
      const builder = graphBuilder(derivation.graph)
      const raw = backpropagate(builder, folder(builder), derivation.output).get(id)?.node as number
      fc.assert(
        fc.property(fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 12, maxLength: 12 }), (point) => {
          const values = new Map(derivation.inputs.map((input, k) => [input, scalar(((point[k] ?? 1) + 0.37) / 100)]))
          const at = evaluator(builder.graph, values)
          const expected = at(raw)?.data[0] ?? Number.NaN
          for (const form of forms) {
            const value = at(form)?.data[0] ?? Number.NaN
            if (!Number.isFinite(expected) || !Number.isFinite(value)) continue
            assert.ok(
              Math.abs(value - expected) <= 1e-7 * Math.max(1, Math.abs(value), Math.abs(expected)),
              `${textOf(builder.graph, form)} is ${value}, raw ${expected}`,
            )
          }
        }),
        { numRuns: 40 },
      )
    })
  }
})

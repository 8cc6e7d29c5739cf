import assert from 'node:assert/strict'
import { analyzeMarkdown } from '../../../src/analysis'
import { spokenExpression, typedExpression } from '../../../src/writing/spoken'

/** How the output of a note is said, and how it is typed into a note in plain text. */
const ROWS: readonly [note: string, spoken: string, typed: string][] = [
  ['$z = 2 \\cdot t$', '2t', '2t'],
  ['$z = t^{2}$', 't²', 't²'],
  ['$z = t^{12} + 1$', 't¹² + 1', 't¹² + 1'],
  ['$z = t^{2.5}$', 't^2.5', 't^2.5'],
  ['$z = 2 \\pi x^2$', '2π · x²', '2π * x²'],
  ['$z = a b$', 'a · b', 'a * b'],
  ['$z = 2 (x + y)$', '2(x + y)', '2(x + y)'],
  ['$z = x_{1} x_{2}$', 'x_1 · x_2', 'x_1 * x_2'],
  ['$z = 3 \\hat{y}$', '3ŷ', '3ŷ'],
  ['$z = x_1 2$', 'x_1 · 2', 'x_1 * 2'],
  ['$z = 2 \\sin(x)$', '2 sin(x)', '2 sin(x)'],
]

describe('expressions as people write them', () => {
  for (const [note, said, toType] of ROWS)
    it(`${note}: ${said}`, () => {
      const [derivation] = analyzeMarkdown(note).derivations
      assert.ok(derivation)
      assert.equal(spokenExpression(derivation.graph, derivation.output), said)
      assert.equal(typedExpression(derivation.graph, derivation.output), toType)
    })

  it('what is typed into a plain note is read again as what it was', () => {
    for (const [note, , toType] of ROWS) {
      const values = (text: string) => {
        const [derivation] = analyzeMarkdown(
          `${text}\n\n$t = 3$, $a = 2$, $b = 5$, $x = 7$, $y = 4$, $x_1 = 2$, $x_2 = 9$, $\\hat{y} = 3$\n`,
        ).derivations
        assert.ok(derivation)
        return derivation.value(derivation.output)
      }
      assert.deepEqual(values(`z = ${toType}`), values(note), toType)
    }
  })
})

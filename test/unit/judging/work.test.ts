import assert from 'node:assert/strict'
import { stepsOf } from './note'

/** What a verdict may cost is counted in nodes, digits and alternatives: these would otherwise take minutes. */
describe('claims over a lot', () => {
  const chain = (count: number) => Array.from({ length: count }, (_, k) => `x_{${k + 1}} = \\sin(x_{${k}}) + b`)
  const last = (lines: readonly string[]) => stepsOf(lines).at(-1)

  it('the last link of a long chain holds by its names', () => {
    const claim = '\\frac{\\partial x_{1000}}{\\partial x_{999}} = \\cos(x_{999})'
    assert.equal(last([...chain(1000), claim])?.verdict, 'holds')
  }).timeout(60_000)
  it('the same with a wrong sign doesn’t', () => {
    const claim = '\\frac{\\partial x_{1000}}{\\partial x_{999}} = -\\cos(x_{999})'
    assert.notEqual(last([...chain(1000), claim])?.verdict, 'holds')
  }).timeout(60_000)
  it('a step through all of it is wrong or too much work, never right', () => {
    const claim = '\\frac{\\partial x_{400}}{\\partial x_{0}} = \\cos(x_{0})'
    assert.notEqual(last([...chain(400), claim])?.verdict, 'holds')
  }).timeout(60_000)
})

import assert from 'node:assert/strict'
import { analyzeTypeScript } from '../../../src/analysis'
import { PROBLEMS } from './leastSquares'

const verdictOf = (code: string): string =>
  analyzeTypeScript(code)
    .pairs()
    .find(({ derivative }) => derivative.name === 'fGradient')?.verdict ?? 'none'

describe('problems of Moré, Garbow and Hillstrom', () => {
  PROBLEMS.forEach(({ name, code, mistake: [right, wrong] }) => {
    it(name, () => assert.equal(verdictOf(code), 'holds'))
    it(`${name}, with ${wrong}`, () => {
      const at = code.lastIndexOf(right)
      assert.ok(at > code.indexOf('fGradient'), right)
      assert.equal(verdictOf(code.slice(0, at) + wrong + code.slice(at + right.length)), 'fails')
    })
  })
})

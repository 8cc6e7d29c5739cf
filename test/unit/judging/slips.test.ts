import assert from 'node:assert/strict'
import { SLIPS } from '../../../src/judging/mistakes'
import { stepsOf } from './note'
import { SHOWN_SLIPS } from './slips'

describe('slips', () => {
  for (const { slip, formulas, says } of SHOWN_SLIPS) {
    it(`${slip}: ${formulas.at(-1)}`, () => {
      const step = stepsOf(formulas).at(-1)
      assert.equal(step?.verdict, 'fails')
      assert.equal(step?.reason, says)
    })
  }
  for (const { name } of SLIPS) {
    it(`${name} is shown by an example`, () => assert.ok(SHOWN_SLIPS.some(({ slip }) => slip === name)))
  }
})

import assert from 'node:assert/strict'
import { FALSE_TRAPS, TRUE_IDENTITIES } from './identities'
import { stepsOf } from './note'

/** The verdict on "left is right", as a derivative whose function is nothing but the left side. */
const verdictOn = (left: string, right: string): string | undefined =>
  stepsOf([`\\frac{\\partial}{\\partial q} (q \\cdot (${left})) = ${right}`])[0]?.verdict

describe('equality of expressions', () => {
  for (const [left, right] of TRUE_IDENTITIES) {
    it(`${left} is ${right}`, () => {
      assert.equal(verdictOn(left, right), 'holds')
      assert.equal(verdictOn(right, left), 'holds')
    })
  }
  for (const [left, right] of FALSE_TRAPS) {
    it(`${left} isn't ${right}`, () => {
      assert.notEqual(verdictOn(left, right), 'holds')
      assert.notEqual(verdictOn(right, left), 'holds')
    })
  }
})

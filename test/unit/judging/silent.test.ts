import assert from 'node:assert/strict'
import { claimsOf } from './note'
import { SILENT_NOTES } from './silentNotes'

describe('notes without a certain mistake', () => {
  for (const [about, text] of SILENT_NOTES) {
    it(`${about}: nothing is marked`, () => {
      const marked = claimsOf(text).flatMap(({ steps }) => steps.filter((step) => step.verdict === 'fails'))
      assert.deepEqual(
        marked.map(({ latex, reason }) => `${latex}: ${reason}`),
        [],
      )
    })
  }
})

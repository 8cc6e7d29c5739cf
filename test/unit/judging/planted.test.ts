import assert from 'node:assert/strict'
import { claimsOf } from './note'
import { MARK, PLANTED_NOTES } from './plantedNotes'

/** The note without its marks, and the lines on which they stood. */
function unmarked(text: string): { note: string; lines: number[] } {
  const lines = text.split('\n').flatMap((line, k) =>
    line
      .split(MARK)
      .slice(1)
      .map(() => k + 1),
  )
  return { note: text.replaceAll(MARK, ''), lines }
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

describe('whole notes with mistakes', () => {
  for (const [about, text] of PLANTED_NOTES) {
    it(`${about}: each mistake is marked, and nothing else`, () => {
      const { note, lines } = unmarked(text)
      const marked = claimsOf(note).flatMap(({ steps }) => steps.filter(({ verdict }) => verdict === 'fails'))
      assert.deepEqual(
        marked.map(({ range }) => lineOf(note, range.start)),
        lines,
        marked.map(({ latex, reason }) => `${latex}: ${reason}`).join('\n'),
      )
    })
  }
})

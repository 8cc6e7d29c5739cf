/** Whole notes in three languages and what is read in them. The notes stand in the files beside this one. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { printNote } from './printed'

interface NoteCase {
  readonly title: string
  readonly note: string
  readonly reads: readonly string[]
}

/** `=== title`, the note, `--- reads`, one line for each statement. */
function casesIn(file: string): NoteCase[] {
  const text = readFileSync(`test/unit/reading/${file}`, 'utf8')
  return text
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const [head = '', reads = ''] = block.split('\n--- reads\n')
      const [title = '', ...lines] = head.split('\n')
      return { title, note: lines.join('\n'), reads: reads.split('\n').filter((line) => line !== '') }
    })
}

for (const language of ['english', 'japanese', 'chinese']) {
  describe(`reading notes in ${language}`, () => {
    const cases = casesIn(`notes.${language}.txt`)
    for (const { title, note, reads } of cases) {
      it(title, () => assert.deepEqual(printNote(note), reads))
    }
    it('reads the same with the line ends of Windows', () => {
      for (const { note, reads } of cases) assert.deepEqual(printNote(note.replaceAll('\n', '\r\n')), reads)
    })
  })
}

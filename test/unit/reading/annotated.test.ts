import assert from 'node:assert/strict'
import { annotatedRegions } from '../../../src/reading/annotated'
import { isIgnoredCode, isIgnoredPassage } from '../../../src/reading/ignored'

const BLOCK = '<!-- gradlens:begin -->\nabc\n<!-- gradlens:end -->'

const rows: [name: string, text: string, regions: string[], broken: string[]][] = [
  ['none', 'a\n\nb', [], []],
  ['one', `a\n\n${BLOCK}\n\nb`, [BLOCK], []],
  ['two', `${BLOCK}\n${BLOCK}`, [BLOCK, BLOCK], []],
  ['line ends of Windows', `a\r\n${BLOCK.replaceAll('\n', '\r\n')}\r\n`, [BLOCK.replaceAll('\n', '\r\n')], []],
  ['text behind the end comment stays outside', `${BLOCK} tail`, [BLOCK], []],
  ['a begin without an end', 'a\n<!-- gradlens:begin -->\nb', [], ['<!-- gradlens:begin -->']],
  ['an end without a begin', 'a\n<!-- gradlens:end -->\nb', [], ['<!-- gradlens:end -->']],
  ['two begins', `<!-- gradlens:begin -->\n${BLOCK}`, [BLOCK], ['<!-- gradlens:begin -->']],
  ['a block shown in a code fence', `\`\`\`html\n${BLOCK}\n\`\`\``, [], []],
  [
    'a fence inside the block',
    `<!-- gradlens:begin -->\n\`\`\`mermaid\n\`\`\`\n<!-- gradlens:end -->`,
    ['<!-- gradlens:begin -->\n```mermaid\n```\n<!-- gradlens:end -->'],
    [],
  ],
  ['comments inside a line', 'write <!-- gradlens:begin --> and so on', [], []],
]

describe('annotated regions', () => {
  for (const [name, text, regions, broken] of rows) {
    it(name, () => {
      const found = annotatedRegions(text)
      assert.deepEqual(
        found.regions.map(({ start, end }) => text.slice(start, end)),
        regions,
      )
      assert.deepEqual(
        found.broken.map(({ start, end }) => text.slice(start, end)),
        broken,
      )
    })
  }
})

const notes: [name: string, note: string, ignored: boolean][] = [
  ['no comment', 'a\n\n@y = 1', false],
  ['right above', '<!-- gradlens-ignore -->\n@y = 1', true],
  ['above a blank line', '<!-- gradlens-ignore -->\n\n@y = 1', true],
  ['above the paragraph', '<!-- gradlens-ignore -->\nThis is\nwhy @y = 1', true],
  ['above another paragraph', '<!-- gradlens-ignore -->\n\nz = 2\n\n@y = 1', false],
  ['behind, on the same line', '@y = 1 <!-- gradlens-ignore -->', true],
  ['in LaTeX', '% gradlens-ignore\n\\[@y = 1\\]', true],
  ['in MDX', '{/* gradlens-ignore */}\n\n@y = 1', true],
]
const code: [name: string, code: string, ignored: boolean, language?: string][] = [
  ['above the line', '// gradlens-ignore\n@f()', true],
  ['behind', '@f() // gradlens-ignore', true],
  ['two lines above', '// gradlens-ignore\ng()\n@f()', false],
  ['above the line, in Python', '# gradlens-ignore\n@f()', true, 'python'],
  ['behind, in Python', '@f() # gradlens-ignore', true, 'python'],
  ['in the words of another language', '// gradlens-ignore\n@f()', false, 'python'],
]

describe('the comment that says: leave this alone', () => {
  for (const [name, note, ignored] of notes) {
    it(`in a note: ${name}`, () => assert.equal(isIgnoredPassage(note.replace('@', ''), note.indexOf('@')), ignored))
  }
  for (const [name, text, ignored, language = 'typescript'] of code) {
    it(`in code: ${name}`, () =>
      assert.equal(isIgnoredCode(text.replace('@', ''), text.indexOf('@'), language), ignored))
  }
})

import assert from 'node:assert/strict'
import { positionsOf } from '../../../src/report/positions'

const rows: [name: string, text: string, offset: number, line: number, character: number][] = [
  ['the first character', 'ab\ncd', 0, 0, 0],
  ['the line feed belongs to its line', 'ab\ncd', 2, 0, 2],
  ['the first character of the next line', 'ab\ncd', 3, 1, 0],
  ['the end of the text', 'ab\ncd', 5, 1, 2],
  ['CRLF is one line end', 'ab\r\ncd', 4, 1, 0],
  ['an old Mac line end', 'ab\rcd', 3, 1, 0],
  ['UTF-16 units, not characters', '𝑥𝑦\n', 4, 0, 4],
  ['an empty text', '', 0, 0, 0],
]

describe('positions of the Language Server Protocol', () => {
  for (const [name, text, offset, line, character] of rows) {
    it(name, () => assert.deepEqual(positionsOf(text).at(offset), { line, character }))
  }
})

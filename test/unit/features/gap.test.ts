import assert from 'node:assert/strict'
import { analyzeMarkdown } from '../../../src/analysis'
import { gapAt } from '../../../src/features/gap'

const LATEX = '$$\nz = t^2, \\quad t = x + y\n$$\n\n$x = 2$, $y = 3$\n\n'
const PLAIN = 'z = t²\nt = x + y\n\n'

/** `@` is where the pointer is. The answer, in place of the gap; `null`: nothing is known of what is asked. */
const rows: [name: string, note: string, answer: string | null][] = [
  ['a question mark', `${LATEX}$\\frac{\\partial z}{\\partial x} = @?$\n`, '2 (x + y)'],
  ['at its end', `${LATEX}$\\frac{\\partial z}{\\partial x} = ?@$\n`, '2 (x + y)'],
  ['a box', `${LATEX}$$\n\\frac{\\partial z}{\\partial t} = @\\square\n$$\n`, '2 t'],
  ['a box with nothing in it', `${LATEX}$$\n\\frac{\\partial t}{\\partial x} = @\\boxed{ }\n$$\n`, '1'],
  ['a line', `${LATEX}$\\frac{\\partial z}{\\partial t} = @\\_\\_\\_$\n`, '2 t'],
  [
    'one row among others',
    `${LATEX}$$\\begin{aligned} \\frac{\\partial z}{\\partial t} &= 2t \\\\ \\frac{\\partial t}{\\partial y} &= @? \\end{aligned}$$\n`,
    '1',
  ],
  [
    'the end of a chain',
    `${LATEX}$\\frac{\\partial z}{\\partial x} = \\frac{\\partial z}{\\partial t} \\cdot \\frac{\\partial t}{\\partial x} = @?$\n`,
    '2 (x + y)',
  ],
  ['a value', `${LATEX}$t = @?$\n`, '5'],
  ['a value that the note does not give', `${PLAIN}t = @?\n`, null],
  ['a name that the note does not know', `${LATEX}$\\frac{\\partial q}{\\partial w} = @?$\n`, null],
  ['no gap there', `${LATEX}$@\\frac{\\partial z}{\\partial x} = ?$\n`, null],
  ['a question', `${LATEX}Is $z = t^2@$?\n`, null],
]

describe('a gap that the note leaves to its reader', () => {
  for (const [name, note, answer] of rows)
    it(name, () => {
      const gap = gapAt(analyzeMarkdown(note.replace('@', '')), note.indexOf('@'))
      assert.equal(gap?.answer.replace(/\\left|\\right/g, '') ?? null, answer)
    })
})

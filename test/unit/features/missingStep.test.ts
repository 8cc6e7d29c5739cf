import assert from 'node:assert/strict'
import { analyzeMarkdown } from '../../../src/analysis'
import { missingStepAt } from '../../../src/features/missingStep'

const LATEX = '$$\nz = t^2, \\quad t = x + y\n$$\n\n'
const PLAIN = 'z = t²\nt = x + y\n\n'

/** `@` is where the pointer is; `null`: nothing is offered. */
const rows: [name: string, note: string, inserted: string | null][] = [
  [
    'both steps of the chain rule, in LaTeX',
    `${LATEX}$$\n\\frac{\\partial z}{\\partial x} = @2(x + y)\n$$\n`,
    '\\frac{\\partial z}{\\partial t} \\cdot \\frac{\\partial t}{\\partial x} = 2 t \\cdot 1 = ',
  ],
  [
    'only the one that is missing',
    `${LATEX}$$\n\\frac{\\partial z}{\\partial x} = \\frac{\\partial z}{\\partial t} \\cdot \\frac{\\partial t}{\\partial x} = @2(x + y)\n$$\n`,
    '2 t \\cdot 1 = ',
  ],
  ['plain where the note is plain', `${PLAIN}∂z/∂x = @2(x + y)\n`, '∂z/∂t · ∂t/∂x = 2t · 1 = '],
  ['nothing where all is shown', `${PLAIN}∂z/∂x = ∂z/∂t · ∂t/∂x = 2t · 1 = @2(x + y)\n`, null],
  ['nothing in a chain of values', `${PLAIN}z = t² = @(x + y)²\n`, null],
]

describe('the missing step', () => {
  for (const [name, note, inserted] of rows) {
    it(name, () => {
      const missing = missingStepAt(analyzeMarkdown(note.replace('@', '')), note.indexOf('@'))
      assert.equal(missing?.text ?? null, inserted)
      if (missing) assert.equal(missing.offset, note.indexOf('@'))
    })
  }
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { claimsOf } from './note'

type Row = readonly [kind: string, note: string, verdicts: readonly string[]]

const SHAPES =
  'Let $X \\in \\mathbb{R}^{N \\times D}$, $W \\in \\mathbb{R}^{D \\times K}$, $b \\in \\mathbb{R}^{K}$.\n\n$$Y = X W + b$$\n\n'
const SOFTMAX = '$$y_k = \\frac{e^{a_k}}{\\sum_j e^{a_j}}$$\n\n'
const claim = (text: string) => `$$${text}$$\n`

/** Right and wrong siblings side by side. */
const ROWS: readonly Row[] = [
  [
    'order and transposition',
    SHAPES + claim('\\frac{\\partial L}{\\partial W} = X^\\top \\frac{\\partial L}{\\partial Y}'),
    ['holds'],
  ],
  ['order', SHAPES + claim('\\frac{\\partial L}{\\partial W} = \\frac{\\partial L}{\\partial Y} X^\\top'), ['fails']],
  [
    'transposition lost',
    SHAPES + claim('\\frac{\\partial L}{\\partial X} = \\frac{\\partial L}{\\partial Y} W'),
    ['fails'],
  ],
  [
    'sum over the batch',
    SHAPES + claim('\\frac{\\partial L}{\\partial b_k} = \\sum_{n=1}^{N} \\frac{\\partial L}{\\partial Y_{nk}}'),
    ['holds'],
  ],
  [
    'softmax by its delta',
    SOFTMAX + claim('\\frac{\\partial y_k}{\\partial a_i} = y_k (\\delta_{ik} - y_i)'),
    ['holds'],
  ],
  ['delta forgotten', SOFTMAX + claim('\\frac{\\partial y_k}{\\partial a_i} = y_k (1 - y_i)'), ['fails']],
  [
    'the case of two indices that differ proves nothing',
    SOFTMAX + claim('\\frac{\\partial y_k}{\\partial a_i} = -y_k y_i'),
    ['unknown'],
  ],
  ['one index', SOFTMAX + claim('\\frac{\\partial y_k}{\\partial a_k} = y_k (1 - y_k)'), ['holds']],
  [
    'a free index beside numbers',
    `$$y_i = \\frac{e^{a_i}}{e^{a_1} + e^{a_2}}$$\n\n${claim('\\frac{\\partial y_i}{\\partial a_i} = y_i (1 - y_i)')}`,
    ['holds'],
  ],
  [
    'mean',
    'Let $x \\in \\mathbb{R}^{n}$.\n\n$$v = \\frac{1}{n} \\sum_{i=1}^{n} x_i^2$$\n\n' +
      claim('\\frac{\\partial v}{\\partial x_k} = \\frac{2}{n} x_k'),
    ['holds'],
  ],
  [
    '1/n missing',
    'Let $x \\in \\mathbb{R}^{n}$.\n\n$$v = \\frac{1}{n} \\sum_{i=1}^{n} x_i^2$$\n\n' +
      claim('\\frac{\\partial v}{\\partial x_k} = 2 x_k'),
    ['fails'],
  ],
  [
    'symmetric only, and the note doesn’t say so',
    'Let $A \\in \\mathbb{R}^{n \\times n}$, $x \\in \\mathbb{R}^{n}$.\n\n$$f = x^\\top A x$$\n\n' +
      claim('\\frac{\\partial f}{\\partial x} = 2 A x'),
    ['unknown'],
  ],
  [
    'symmetric only, and the note says that it isn’t',
    'Let $A \\in \\mathbb{R}^{n \\times n}$ and $x \\in \\mathbb{R}^{n}$; $A$ is not symmetric.\n\n$$f = x^\\top A x$$\n\n' +
      claim('\\frac{\\partial f}{\\partial x} = 2 A x'),
    ['fails'],
  ],
  [
    'numerator layout',
    'Here we use the numerator layout. Let $A \\in \\mathbb{R}^{m \\times n}$, $x \\in \\mathbb{R}^{n}$.\n\n$$y = A x$$\n\n' +
      claim('\\frac{\\partial y}{\\partial x} = A'),
    ['holds'],
  ],
  [
    'entries one by one are numbers',
    `Let $z \\in \\mathbb{R}^{n}$.\n\n$$a = \\tanh(z)$$\n\n${claim('\\frac{da}{dz} = 1 - a^2')}`,
    ['holds'],
  ],
]

/** `=== hf what it is` begins a note: one letter for each step, holds, fails or unknown. */
function* notesOf(file: string): Generator<{ verdicts: string; name: string; note: string }> {
  for (const part of readFileSync(file, 'utf8').split(/^=== /m).slice(1)) {
    const [head = '', ...lines] = part.split('\n')
    const [verdicts = '', ...words] = head.split(' ')
    yield { verdicts, name: words.join(' '), note: lines.join('\n') }
  }
}

describe('judging: vectors, matrices, sums', () => {
  for (const { verdicts, name, note } of notesOf('test/unit/judging/arrayNotes.txt')) {
    it(`${name}: ${verdicts}`, () => {
      const steps = claimsOf(note).flatMap(({ steps: own }) => own.map(({ verdict }) => verdict.charAt(0)))
      assert.equal(steps.join(''), verdicts)
    })
  }
  for (const [kind, note, verdicts] of ROWS) {
    it(kind, () => {
      const steps = claimsOf(note).flatMap(({ steps: own }) => own.map(({ verdict }) => verdict))
      assert.deepEqual(steps, verdicts)
    })
  }
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { claimsOf } from './note'

/** One slip at a time put into notes of which every step holds: the step that has it fails, and no other does. */
const ROWS: readonly (readonly [note: string, right: string, wrong: string, slip: string])[] = [
  ['notes/logistic-regression', String.raw`\frac{1}{m} (p - y)$$`, String.raw`\frac{1}{m} (y - p)$$`, 'sign'],
  [
    'notes/logistic-regression',
    String.raw`\frac{1}{m} X^\top (p - y)`,
    String.raw`\frac{1}{m} X (p - y)`,
    'transposition lost',
  ],
  ['notes/logistic-regression', String.raw`\frac{1}{m} X^\top (p - y)`, String.raw`X^\top (p - y)`, '1/m lost'],
  [
    'notes/logistic-regression',
    String.raw`= \frac{1}{m} \sum_{i=1}^{m} (p_i - y_i)`,
    String.raw`= \sum_{i=1}^{m} (p_i - y_i)`,
    '1/m lost',
  ],
  ['notes/least-squares', String.raw`2 X^\top (X w - y) = 2`, String.raw`X^\top (X w - y) = 2`, 'factor 2 lost'],
  [
    'notes/least-squares',
    String.raw`2 X^\top X w - 2 X^\top y`,
    String.raw`2 X^\top X w - 2 X y`,
    'transposition lost',
  ],
  ['notes/least-squares', String.raw`+ 2 \lambda w`, String.raw`+ \lambda w`, 'factor 2 of the penalty'],
  ['notes/least-squares', String.raw`(A + A^\top) w`, String.raw`2 A^\top w`, 'symmetric only'],
  ['notes/least-squares', String.raw`w w^\top$$`, String.raw`w^\top w$$`, 'inner for outer'],
  [
    'notes/batch-normalisation',
    String.raw`\frac{\partial L}{\partial y_i} u_i`,
    String.raw`\frac{\partial L}{\partial y_i} x_i`,
    'wrong factor',
  ],
  [
    'notes/batch-normalisation',
    String.raw`= \gamma \frac{\partial L}{\partial y_i}`,
    String.raw`= \beta \frac{\partial L}{\partial y_i}`,
    'wrong name',
  ],
  ['notes/batch-normalisation', String.raw`-\frac{1}{2} (v`, String.raw`\frac{1}{2} (v`, 'sign'],
  [
    'notes/batch-normalisation',
    String.raw`- \sum_{j=1}^{m} \frac{\partial L}{\partial u_j} - u_i`,
    String.raw`- u_i`,
    'path through the mean lost',
  ],
  [
    'notes/attention',
    String.raw`= A^\top \frac{\partial L}{\partial O}`,
    String.raw`= A \frac{\partial L}{\partial O}`,
    'transposition lost',
  ],
  [
    'notes/attention',
    String.raw`\frac{\partial L}{\partial O} V^\top`,
    String.raw`V^\top \frac{\partial L}{\partial O}`,
    'order',
  ],
  [
    'notes/attention',
    String.raw`- \sum_{k=1}^{m} \frac{\partial L}{\partial A_{ik}} A_{ik}`,
    String.raw`- \frac{\partial L}{\partial A_{ij}} A_{ij}`,
    'sum lost',
  ],
  [
    'notes/attention',
    String.raw`\frac{1}{\sqrt{d}} \frac{\partial L}{\partial S} K`,
    String.raw`\frac{\partial L}{\partial S} K`,
    'scale lost',
  ],
  [
    'notes/lstm-cell',
    String.raw`\frac{\partial L}{\partial q} \odot o \odot (1 - \tanh(p)^2)`,
    String.raw`\frac{\partial L}{\partial q} \odot o \odot (1 - \tanh(p))`,
    'square lost',
  ],
  [
    'notes/lstm-cell',
    String.raw`= \frac{\partial L}{\partial p} \odot u$$`,
    String.raw`= \frac{\partial L}{\partial p} \odot g$$`,
    'wrong factor',
  ],
  [
    'notes/lstm-cell',
    String.raw`\odot (1 - g \odot g) \right) s^\top`,
    String.raw`\odot g \odot (1 - g) \right) s^\top`,
    'slope of the other curve',
  ],
  [
    'chapter-5/6-affine',
    String.raw`= W^\top \frac{\partial L}{\partial y}`,
    String.raw`= W \frac{\partial L}{\partial y}`,
    'transposition lost',
  ],
  [
    'chapter-5/6-affine',
    String.raw`= \frac{\partial L}{\partial y} x^\top`,
    String.raw`= x \left( \frac{\partial L}{\partial y} \right)^\top`,
    'the other outer product',
  ],
  [
    'chapter-5/6-affine',
    String.raw`= X^\top \frac{\partial L}{\partial Y}`,
    String.raw`= \frac{\partial L}{\partial Y} X^\top`,
    'order',
  ],
  [
    'chapter-5/6-affine',
    String.raw`\sum_{i=1}^{N} \frac{\partial L}{\partial Y_{ij}}`,
    String.raw`\frac{1}{N} \sum_{i=1}^{N} \frac{\partial L}{\partial Y_{ij}}`,
    '1/N too many',
  ],
  ['chapter-5/7-softmax-with-loss', String.raw`y_k (\delta_{ik} - y_i)`, String.raw`y_k (1 - y_i)`, 'delta forgotten'],
  ['chapter-5/7-softmax-with-loss', String.raw`= y_i - t_i`, String.raw`= t_i - y_i`, 'sign'],
  [
    'chapter-5/8-two-layer-network',
    String.raw`\odot Z \odot (1 - Z)`,
    String.raw`\odot A \odot (1 - A)`,
    'of the input for of the output',
  ],
  [
    'chapter-5/8-two-layer-network',
    String.raw`= X^\top \frac{\partial L}{\partial A}`,
    String.raw`= X^\top \frac{\partial L}{\partial Z}`,
    'a factor of the chain lost',
  ],
]

/** Slips that are said by name. */
const NAMED: ReadonlyMap<string, RegExp> = new Map([
  ['sign', /The sign is wrong|isn’t equal/],
  ['1/m lost', /factor 1\/m is missing|isn’t equal/],
  ['factor 2 lost', /The factor 2 is missing/],
  ['the other outer product', /transposition/],
  ['delta forgotten', /only where the two indices are the same/],
  ['order', /in the wrong order/],
  ['transposition lost', /transposition is missing/],
])

describe('judging: slips put into the examples', () => {
  for (const [note, right, wrong, slip] of ROWS) {
    it(`${note}: ${slip}`, () => {
      const text = readFileSync(`examples/${note}.md`, 'utf8')
      assert.equal(text.split(right).length, 2, right)
      const steps = claimsOf(text.replace(right, () => wrong)).flatMap((claim) => claim.steps)
      const [failing, second] = steps.filter(({ verdict }) => verdict !== 'holds')
      assert.equal(second, undefined)
      assert.equal(failing?.verdict, 'fails')
      assert.match(failing?.reason ?? '', NAMED.get(slip) ?? /./)
    })
  }
})

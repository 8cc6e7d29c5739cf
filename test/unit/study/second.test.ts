import assert from 'node:assert/strict'
import { analyzeMarkdown } from '../../../src/analysis'
import { latexOf } from '../../../src/writing/latex'
import { nodeOf } from '../../support/notes'

/** Second derivative of the output by an input; `null`: none is told. */
const rows: readonly [note: string, by: string, second: string | null][] = [
  ['$z = t^2$, $t = x + y$', 'x', '2'],
  ['$y = x^3$', 'x', '6 x'],
  ['$y = \\sin(k x)$', 'x', '-k^{2} \\sin(k x)'],
  ['$y = e^{-x}$', 'x', 'e^{-x}'],
  ['$y = a x + b$', 'x', '0'],
  ['$p = x y$', 'x', '0'],
  ['$L = (y - t)^2$, $y = w x + b$', 'w', '2 x^{2}'],
  ['$Y = X W$, $X \\in \\mathbb{R}^{2 \\times 3}$, $W \\in \\mathbb{R}^{3 \\times 2}$', 'W', null],
]

describe('second derivatives', () => {
  for (const [note, by, second] of rows)
    it(`${note}, twice by ${by}`, () => {
      const [derivation] = analyzeMarkdown(note).derivations
      assert.ok(derivation)
      const found = derivation.second(nodeOf(derivation, by))
      assert.equal(found === null ? null : latexOf(derivation.graph, found), second)
    })
})

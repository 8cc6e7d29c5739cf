import assert from 'node:assert/strict'
import { analyzeMarkdown } from '../../../src/analysis'
import { type Formula, formulaText, hoverContent } from '../../../src/features/hoverContent'
import { explain } from '../../../src/writing/explanation'
import { mermaidOf } from '../../../src/writing/mermaid'

/** All formulas of the hover at the first place of a part of a note, and its labels. */
async function hoverAt(note: string, part: string): Promise<{ formulas: string[]; html: string }> {
  const place = analyzeMarkdown(note).at(note.indexOf(part))
  assert.ok(place)
  const formulas: string[] = []
  const draw = async (formula: Formula) => {
    formulas.push(formulaText(formula))
    return '<img>'
  }
  const html = await hoverContent(explain(place.derivation, place.node), { t: (s) => s, draw, valueStyle: '' })
  return { formulas, html }
}

describe('what a reader sees', () => {
  const SIGMOID =
    '$$ y = \\frac{1}{1 + e^{-(w x + b)}}, \\quad L = (y - t)^2 $$\n\n$w = 1.2$, $x = 0.5$, $b = -0.3$, $t = 1$\n'

  for (const part of ['w x', 'x +', 'b)']) {
    it(`no letter that the note doesn't have, at ${part}`, async () => {
      const { formulas } = await hoverAt(SIGMOID, part)
      assert.doesNotMatch(formulas.join('\n'), /\\sigma|σ/)
    })
  }

  it('negative numbers that are put in stand in brackets', async () => {
    const { formulas } = await hoverAt(SIGMOID, 'w x')
    assert.doesNotMatch(formulas.join('\n'), /[+\-·] *-\d|\\cdot *-\d/)
  })

  it('matrices in their brackets, and what goes back to an array is called so', async () => {
    const note =
      '$$ Y = X W + B $$\n\n$X = \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$, $W = \\begin{pmatrix} 1 & 0 \\\\ 2 & 1 \\end{pmatrix}$, $B = \\begin{pmatrix} 1 & 2 \\end{pmatrix}$\n'
    const { formulas, html } = await hoverAt(note, '+ B')
    assert.match(formulas.join('\n'), /\\begin\{pmatrix\} 6 & 4 \\cr 12 & 6 \\end\{pmatrix\}/)
    assert.doesNotMatch(html, /local derivatives/)
    assert.match(html, /passes back/)
  })

  const graphs: [note: string, label: RegExp][] = [
    ['$$ z = 2 t, \\quad t = x + y $$', /2 ?t|2t/],
    ['$$ y = e^{-x} $$', /exp|e\^/],
    ['$$ y = a^* b $$', /b/],
  ]
  for (const [note, label] of graphs) {
    it(`Mermaid without codes that an editor takes for colours: ${note}`, () => {
      const [derivation] = analyzeMarkdown(note).derivations
      const text = derivation ? mermaidOf(derivation) : ''
      assert.match(text, label)
      assert.doesNotMatch(text, /#\d{3,8};|\d \* [a-z]/)
    })
  }

  const slips: [claim: string, says: RegExp, not: RegExp][] = [
    ['\\frac{\\partial z}{\\partial y} = 3t', /2 ?t/, /side before/],
    ['\\frac{\\partial z}{\\partial t} = 2t = 3t', /side before|2 ?t/, /^$/],
  ]
  for (const [claim, says, not] of slips) {
    it(`${claim} is told what it is`, () => {
      const analysis = analyzeMarkdown(`$$ z = t^2, \\quad t = x + y $$\n\n$$ ${claim} $$\n`)
      const [finding] = analysis.findings()
      assert.ok(finding)
      const words = JSON.stringify(finding)
      assert.match(words, says)
      assert.doesNotMatch(finding.message, not)
    })
  }
})

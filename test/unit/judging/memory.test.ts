import assert from 'node:assert/strict'
import { analyzeMarkdown } from '../../../src/analysis'

const NOTE = `# One
$z = t^2$, $t = x + y$

By the chain rule
$$\\frac{\\partial z}{\\partial x} = 2t = 2(x + y)$$
# Two
## Part
$x = 3$

$y = x^2$ has, as we assume,
$$\\frac{dy}{dx} = 2x = 6$$
## Other part
$$\\frac{dy}{dx} = 3x^2$$
`

/** Edits, one after the other: what is replaced by what. */
const EDITS: readonly (readonly [about: string, from: string, to: string])[] = [
  ['a definition', 't = x + y', 't = 3x + y'],
  ['the definition of the function', 'z = t^2', 'z = t^3'],
  ['a claim', '= 2t =', '= 3t^2 \\cdot 3 ='],
  ['a value', 'x = 3', 'x = 4'],
  ['words before a claim', 'By the chain rule', 'At a point'],
  ['words of assuming', 'as we assume', 'as we assume that x is 1'],
  ['a heading', '## Other part', '# Another part'],
  ['a new definition', '# Another part', '# Another part\n$y = x^3$\n'],
  ['a definition that is taken away', '$z = t^3$, ', ''],
  ['an assumption', '# Two', '# Two\n$x > 0$\n'],
]

describe('verdicts that are remembered', () => {
  let text = NOTE
  let analysis = analyzeMarkdown(text)
  analysis.claims()
  for (const [about, from, to] of EDITS) {
    it(`after an edit of ${about} they are those of a fresh analysis`, () => {
      assert.ok(text.includes(from))
      text = text.replace(from, to)
      analysis = analyzeMarkdown(text, analysis)
      assert.deepEqual(analysis.claims(), analyzeMarkdown(text).claims())
    })
  }
})

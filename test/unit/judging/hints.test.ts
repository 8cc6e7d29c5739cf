import assert from 'node:assert/strict'
import { claimsOf, displays } from './note'

const SIGMOID = 'y = \\frac{1}{1 + e^{-a}}'
const SQUARE = 'z = t^2, \\quad t = x + y'
const AFFINE = 'z = t x, \\quad t = 3x + y'
const NEURON = 'L = (a - y)^2, \\quad a = \\sigma(u), \\quad u = w x + b'
const by = (x: string, of = 'z') => `\\frac{\\partial ${of}}{\\partial ${x}}`

/** What is said of the last step of each claim of a note, from the first to the last. */
const NOTES: [about: string, formulas: string[], hints: (RegExp | null)[]][] = [
  ['a factor 1', ['z = x^2', `${by('x')} = 2 \\cdot x \\cdot 1`], [/^Right; shorter: 2 ?x\.$/]],
  [
    'a quotient that is y(1 - y)',
    [SIGMOID, `${by('a', 'y')} = \\frac{e^{-a}}{(1 + e^{-a})^2}`],
    [/^Right; shorter: y.*\(1 - y\\?.*\.$/],
  ],
  ['σ(1 - σ)', ['y = \\sigma(a)', `${by('a', 'y')} = \\sigma(a) (1 - \\sigma(a))`], [/^Right; shorter: y.*1 - y/]],
  ['1 - tanh²', ['y = \\tanh a', `${by('a', 'y')} = 1 - \\tanh^2 a`], [/^Right; shorter: 1 - y\^/]],
  ['a power that is as short', ['y = \\log x', `${by('x', 'y')} = x^{-1}`], [null]],
  ['what the name would hide', ['y = e^{x^2}', `${by('x', 'y')} = 2x e^{x^2}`], [null]],
  ['a sum of equal terms', ['z = 3x^2', `${by('x')} = x + x + x + x + x + x`], [/^Right; shorter: 6 ?x\.$/]],
  ['the short form', ['z = x^2', `${by('x')} = 2x`], [null]],
  ['only the last step', ['z = x^2', `${by('x')} = 2 \\cdot x \\cdot 1 = 2x`], [null]],
  ['a little longer', ['z = x^3', `${by('x')} = 3 x x`], [null]],
  ['y(1 - y) itself', [SIGMOID, `${by('a', 'y')} = y(1 - y)`], [null]],
  ['brackets left closed', [SQUARE, `${by('x')} = 2(x + y)`], [null]],
  ['no names that the author has put something in for', [SQUARE, `${by('x')} = 2t = 2(x + y)`], [null]],
  ['a product of derivatives', [SQUARE, `${by('x')} = ${by('t')} \\cdot ${by('x', 't')}`], [null]],
  ['a call of a function', ['f(x) = x^2', "f'(x) = 2 x \\cdot \\frac{f(x)}{f(x)}"], [null]],
  ['a decimal', ['z = x^2', '\\left.\\frac{dz}{dx}\\right|_{x=1} = 2.0000000'], [null]],
  ['a wrong step', ['z = x^2', `${by('x')} = 3 \\cdot x \\cdot 1`], [null]],
  [
    'still in t where the other derivative is not',
    [SQUARE, `${by('x')} = 2t = 2(x + y)`, `${by('y')} = 2t`],
    [null, /^Right, but still in terms of t\.$/],
  ],
  ['in t throughout', [SQUARE, `${by('x')} = 2t`, `${by('y')} = 2t`], [null, null]],
  ['by t itself', [SQUARE, `${by('x')} = 2t = 2(x + y)`, `${by('t')} = 2t`], [null, null]],
  ['another function', [SQUARE, 's = t^3', `${by('x')} = 2t = 2(x + y)`, `${by('x', 's')} = 3t^2`], [null, null]],
  [
    'a chain in names',
    [NEURON, `${by('w', 'L')} = 2(a - y) a (1 - a) x`, `${by('b', 'L')} = 2(a - y) a (1 - a)`],
    [null, null],
  ],
  ['two paths', [AFFINE, `${by('x')} = t + 3x`], [null]],
]

describe('hints for right steps', () => {
  for (const [about, formulas, hints] of NOTES) {
    it(about, () => {
      const found = claimsOf(displays(formulas)).map(({ steps }) => steps.at(-1)?.hint ?? null)
      assert.equal(found.length, hints.length)
      for (const [k, hint] of hints.entries()) {
        if (hint === null) assert.equal(found[k], null)
        else assert.match(found[k] ?? 'nothing', hint)
      }
    })
  }

  it('are for last steps that hold', () => {
    const claims = NOTES.flatMap(([, formulas]) => claimsOf(displays(formulas)))
    for (const { steps } of claims) {
      for (const [k, { hint, verdict }] of steps.entries()) {
        if (hint !== null) assert.deepEqual([verdict, k], ['holds', steps.length - 1])
      }
    }
  })
})

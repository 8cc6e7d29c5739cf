/** Notebooks and LaTeX documents, read as notes: what is read, and where it stands. */
import assert from 'node:assert/strict'
import { analyzeLatex, analyzeNotebook } from '../../../src/analysis'
import { texDocument } from '../../../src/reading/tex'
import { analyze } from '../../../src/report/analyze'
import { printStatement } from './printed'

const markdown = (...source: string[]) => ({ cell_type: 'markdown', source })
const code = (source: string) => ({ cell_type: 'code', source })
const notebook = (cells: unknown[], language = 'python') =>
  JSON.stringify({ nbformat: 4, metadata: { language_info: { name: language } }, cells })

const readsOf = (analysis: ReturnType<typeof analyzeLatex>): string[] =>
  analysis.passages.flatMap(({ statements }) => statements.map(printStatement))

describe('a notebook', () => {
  it('is read cell by cell, names going from one to the next', () => {
    const json = notebook([
      markdown('# Title\n', '\n', '$y = x^3$'),
      code('y = x ** 4'),
      markdown('so\n', '\n', '$\\frac{dy}{dx} = 3x$'),
    ])
    const report = analyze(json, 'notebook', 'a.ipynb')
    const [step] = report.claims[0]?.steps ?? []
    assert.equal(step?.verdict, 'fails')
    assert.deepEqual(step?.range, {
      cell: 2,
      start: { line: 2, character: 17 },
      end: { line: 2, character: 19 },
    })
  })

  it('has derivatives judged against a function in a cell above, the last of its name', () => {
    const json = notebook([
      code('def f(x):\n    return x ** 2'),
      code('def f(x):\n    return x ** 3'),
      code('# here\ndef f_grad(x):\n    return 2 * x'),
      code('def f_prime(x):\n    return 3 * x ** 2'),
    ])
    const { pairs } = analyze(json, 'notebook', 'a.ipynb')
    assert.deepEqual(
      pairs.map(({ verdict, function: of, derivative }) => [derivative.name, verdict, of.range.cell, of.range.start]),
      [
        ['f_grad', 'fails', 1, { line: 0, character: 4 }],
        ['f_prime', 'holds', 1, { line: 0, character: 4 }],
      ],
    )
  })

  it('has a half-open display end with its cell', () => {
    assert.deepEqual(
      readsOf(analyzeNotebook(notebook([markdown('```\n$$'), markdown('$y = x^2$\n\n$$'), markdown('$z = y$')]))),
      ['def y := (x ^ 2)', 'def z := y'],
    )
  })

  it('has functions where its code is JavaScript', () => {
    const { derivations } = analyzeNotebook(notebook([code('const f = (x) => x * x')], 'javascript'))
    assert.equal(derivations.length, 1)
  })

  it('of version 3 is read too', () => {
    const json = JSON.stringify({
      worksheets: [{ cells: [{ cell_type: 'heading', level: 2, source: 'A' }, markdown('$y = 2x$')] }],
    })
    assert.deepEqual(readsOf(analyzeNotebook(json)), ['def y := (2 * x)'])
  })

  for (const text of ['{}', '[]', '{"cells": 3}', 'y = x', '']) {
    it(`${text || 'nothing'} is none`, () => assert.throws(() => analyzeNotebook(text), SyntaxError))
  }
})

const TEX: readonly (readonly [title: string, text: string, reads: readonly string[]])[] = [
  [
    'formulas in a text',
    'Let $y = x^2$, so\n\\[\n  \\frac{dy}{dx} = 2x\n\\]',
    ['def y := (x ^ 2)', 'claim D{y / x} = (2 * x)'],
  ],
  [
    'an indented environment',
    '\\begin{proof}\n    \\begin{align}\n      y &= x^2\n    \\end{align}\n\\end{proof}',
    ['def y := (x ^ 2)'],
  ],
  [
    'what is commented out',
    '$y = x^2$ % $z = 3x$\n% $w = 2$\n$u = 5 \\% v$',
    ['def y := (x ^ 2)', 'def u := (5% * v)'],
  ],
  [
    'macros of the preamble',
    '\\newcommand{\\half}{\\frac{1}{2}}\n\\begin{document}\n$y = \\half x$\n\\end{document}',
    ['def y := ((1 / 2) * x)'],
  ],
  [
    'what stands outside of the document',
    '$a = 2b$\n\\begin{document}\n$y = 3x$\n\\end{document}\n$c = 4d$',
    ['def y := (3 * x)'],
  ],
  ['a listing', '\\begin{lstlisting}\n$x = 3$\n\\end{lstlisting}\n$y = 3x$', ['def y := (3 * x)']],
  ['quotes of TeX', "``a'' $y = 3x$ and ``b''", ['def y := (3 * x)']],
]

describe('a LaTeX document', () => {
  for (const [title, text, reads] of TEX) {
    it(title, () =>
      assert.deepEqual(
        readsOf(analyzeLatex(text)).filter((read) => !read.startsWith('eq')),
        reads,
      ),
    )
  }

  it('has sections', () => {
    const { passages } = analyzeLatex('\\section{A}\n$y = x$\n\\subsection*{B}\n$z = y$\n\\section{C}\n$w = z$')
    assert.deepEqual(
      passages.map(({ passage }) => passage.section),
      [[0], [0, 0], [1]],
    )
  })

  it('is as long as a note as it is', () => {
    for (const [, text] of TEX) assert.equal(texDocument(text).note.length, text.length)
  })
})

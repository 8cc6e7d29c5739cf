import assert from 'node:assert/strict'
import { analyzeMarkdown } from '../../../src/analysis'
import { derivationSvg } from '../../../src/drawing/draw'
import { pdfFile } from '../../../src/drawing/pdf'
import { outlineOperators, rectangleOperators } from '../../../src/drawing/pdfPaths'
import { provideMathJax } from '../../../src/drawing/typeset'

const svg = (inside: string) => `<svg xmlns="x" width="200" height="100" viewBox="0 0 200 100">${inside}</svg>`
/** What is drawn on the first page. */
const content = (file: string) => /stream\n([\s\S]*?)\nendstream/.exec(file)?.[1] ?? ''
const objectsOf = (file: string) => [...file.matchAll(/^(\d+) 0 obj\n/gm)]

describe('outlines of SVG as operators of PDF', () => {
  const rows: [outline: string, operators: string][] = [
    ['M0 0L3 4Z', '0 0 m 3 4 l h'],
    ['M1 2 3 4 5 6', '1 2 m 3 4 l 5 6 l'],
    ['M10 20l9 -4v8z', '10 20 m 19 16 l 19 24 l h'],
    ['M10 20H30V5', '10 20 m 30 20 l 30 5 l'],
    ['M10 20h-5.5v.5', '10 20 m 4.5 20 l 4.5 20.5 l'],
    ['M0 0C1 2 3 4 5 6', '0 0 m 1 2 3 4 5 6 c'],
    ['M0 0C0 0 3 4 5 6S9 9 10 10', '0 0 m 0 0 3 4 5 6 c 7 8 9 9 10 10 c'],
    ['M0 0Q3 3 6 0', '0 0 m 2 2 4 2 6 0 c'],
    ['M0 0Q3 3 6 0T12 0', '0 0 m 2 2 4 2 6 0 c 8 -2 10 -2 12 0 c'],
    ['M-1-2-3-4', '-1 -2 m -3 -4 l'],
    ['M1e2 0', '100 0 m'],
  ]
  for (const [outline, operators] of rows)
    it(`${outline}: ${operators}`, () => assert.equal(outlineOperators(outline), operators))

  it('a rectangle has sharp corners, or round ones', () => {
    assert.equal(rectangleOperators(1, 2, 30, 40, 0), '1 2 30 40 re')
    assert.equal(rectangleOperators(0, 0, 10, 10, 5).match(/ c/g)?.length, 4)
  })
})

describe('a drawing as PDF', () => {
  it('says where each of its objects is', () => {
    const file = pdfFile([svg('<title>f</title><circle cx="5" cy="5" r="3" fill="#ff0000"/>')])
    assert.match(file, /^%PDF-1\.4\n/)
    const table = file.slice(Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file)?.[1]))
    const offsets = [...table.matchAll(/^(\d{10}) 00000 n $/gm)].map((match) => Number(match[1]))
    assert.deepEqual(
      offsets,
      objectsOf(file).map(({ index }) => index),
    )
    assert.deepEqual(
      objectsOf(file).map(([, id]) => Number(id)),
      offsets.map((_, i) => i + 1),
    )
    for (const [, length, stream] of file.matchAll(/\/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/g))
      assert.equal(stream?.length, Number(length))
  })

  const rows: [what: string, inside: string, drawn: RegExp][] = [
    ['a line', '<path fill="none" stroke="#00ff00" stroke-width="2" d="M0 0L3 4"/>', /0 1 0 RG 2 w 0 0 m 3 4 l S/],
    [
      'a dashed body',
      '<rect fill="#ffffff" stroke="#000000" stroke-dasharray="4 3" x="0" y="0" width="9" height="9"/>',
      /1 1 1 rg 0 0 0 RG 1 w \[4 3\] 0 d 0 0 9 9 re B/,
    ],
    ['a ground', '<rect width="100%" height="100%" fill="#ffffff"/>', /1 1 1 rg 0 0 200 100 re f/],
    ['what is neither filled nor lined', '<path fill="none" d="M0 0L3 4"/>', /cm\n$/],
    [
      'a letter, in the colour of its group',
      '<defs><path id="g0" d="M0 0L1 1Z"/></defs><g color="#0000ff"><g fill="currentColor" transform="translate(3,4) scale(0.5,-0.5)"><use href="#g0"/></g></g>',
      /1 0 0 1 3 4 cm 0\.5 0 0 -0\.5 0 0 cm q 0 0 1 rg \/G0 Do Q/,
    ],
    [
      'a drawing inside',
      '<svg x="1" y="2" width="10" height="20" viewBox="0 0 100 100"><path d="M0 0H1"/></svg>',
      /1 0 0 1 1 2 cm 0\.1 0 0 0\.2 0 0 cm .*0 0 100 100 re W n/,
    ],
    ['text', '<text font-size="10">f&#60;ü</text>', /BT \/Latin 10 Tf 1 0 0 -1 0 0 Tm <66> Tj .*<3C> Tj .*<FC> Tj ET/],
    ['Japanese text', '<text font-size="10">単価の</text>', /\/Japanese 10 Tf 1 0 0 -1 0 0 Tm <5358> Tj/],
    ['Chinese text', '<text font-size="10">单价</text>', /\/Chinese .*1 0 0 -1 10 0 Tm <4EF7> Tj/],
    ['Korean text', '<text font-size="10">값</text>', /\/Korean/],
  ]
  for (const [what, inside, drawn] of rows)
    it(`draws ${what}`, () => assert.match(content(pdfFile([svg(inside)])), drawn))

  it('has a page for each drawing, and keeps each letter once', async () => {
    provideMathJax(() => import('../../../src/platform/mathjaxBundle'))
    const { derivations } = analyzeMarkdown('z = t^2\nt = x + y\n\nx = 1\ny = 2\n\n$L = \\|W u\\|^2$\n')
    const drawings = await Promise.all(derivations.map((derivation) => derivationSvg(derivation)))
    const file = pdfFile(drawings)
    assert.equal(file.match(/\/Type \/Page /g)?.length, 2)
    assert.equal(file.match(/\/Subtype \/Form/g)?.length, drawings.join('').match(/<path id=/g)?.length)
    assert.match(file, /\/Title <FEFF00430/)
    // Nothing but ASCII: positions are bytes.
    assert.match(file, /^[\n -~]*$/)
  })
})

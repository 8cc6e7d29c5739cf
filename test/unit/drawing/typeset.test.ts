import assert from 'node:assert/strict'
import {
  asText,
  base64,
  provideMathJax,
  readyToTypeset,
  typeset,
  typesetDataUri,
  typesetNow,
  typesetSvg,
} from '../../../src/drawing/typeset'

describe('typesetting', () => {
  before(async () => {
    provideMathJax(() => import('../../../src/platform/mathjaxBundle'))
    await readyToTypeset()
  })

  const drawn = [
    'x',
    'w_{1}',
    '\\mathcal{L}',
    '\\mathbb{R}^{N \\times D}',
    '\\mathbf{W}^{\\top}',
    '\\boldsymbol{\\alpha}',
    '\\bm{x}',
    '\\hat{y}',
    '\\mathfrak{g}',
    '\\frac{\\partial L}{\\partial z}',
    '\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}',
    '\\begin{aligned} a &= b \\\\ &= c \\end{aligned}',
    '\\begin{cases} x & (x > 0) \\\\ 0 & \\text{otherwise} \\end{cases}',
    '\\text{学習率}\\,\\eta',
    'α \\le β',
    '\\square + 1',
    '\\sum_{n=1}^{N} x_n',
    '\\cancel{x}',
  ]
  for (const latex of drawn) {
    it(`draws ${latex}`, async () => {
      const { markup, width, height, depth, typeset: isDrawn } = await typeset(latex)
      assert.ok(isDrawn)
      assert.ok(width > 0 && height + depth > 0)
      assert.doesNotMatch(markup, /style=|class=|data-|NaN|undefined/)
    })
  }

  it('writes Japanese with a font of the reader', async () => {
    assert.match((await typeset('\\text{学習率}')).markup, /<text[^>]*>学習率<\/text>/)
  })

  const bad = ['\\frac{', '\\undefinedmacro x', 'x_', '\\begin{pmatrix} 1', '}', 'a & b', '\\text{<script>']
  for (const latex of bad) {
    it(`shows a bad formula as text: ${latex}`, async () => {
      const { markup, typeset: isDrawn } = await typeset(latex)
      assert.equal(isDrawn, false)
      assert.match(markup, /^<text /)
      assert.doesNotMatch(markup, /<script/)
    })
  }

  it('puts a sum in full size where it is displayed', () => {
    assert.ok(typesetNow('\\sum_i x_i', true).height > typesetNow('\\sum_i x_i', false).height)
  })

  it('draws in the colour that is asked for', async () => {
    const svg = typesetSvg(await typeset('x'), { color: '#ff0000', fontSize: 16 })
    assert.match(svg, /fill="#ff0000"/)
    assert.doesNotMatch(svg, /currentColor/)
  })

  it('escapes a colour that isn’t one', async () => {
    const svg = typesetSvg(await typeset('x'), { color: '"/><script>', fontSize: 16 })
    assert.doesNotMatch(svg, /<script>/)
  })

  it('gives an address that holds the picture', async () => {
    const uri = await typesetDataUri('\\text{値}', { color: '#000', fontSize: 16 })
    const [head, data] = uri.split(',')
    assert.equal(head, 'data:image/svg+xml;base64')
    assert.match(Buffer.from(data ?? '', 'base64').toString('utf8'), /^<svg .*値.*<\/svg>$/)
  })

  for (const text of ['', 'a', 'ab', 'abc', 'é', '値', '𝛼x', '<&">']) {
    it(`encodes ${JSON.stringify(text)} as Node does`, () => {
      assert.equal(base64(text), Buffer.from(text, 'utf8').toString('base64'))
    })
  }

  it('measures East Asian text as square', () => {
    assert.equal(asText('学習').width, 2)
  })
})

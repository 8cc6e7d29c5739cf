import assert from 'node:assert/strict'
import MarkdownIt from 'markdown-it'
import { analyzeMarkdown } from '../../../src/analysis'
import { pictureOf } from '../../../src/drawing/picture'
import { sceneOf } from '../../../src/drawing/scene'
import { provideMathJax, readyToTypeset } from '../../../src/drawing/typeset'
import { drawGraphs, type PreviewTools } from '../../../src/features/previewGraphs'
import { annotatedRegions, outermostBlocks } from '../../../src/reading/annotated'
import { applyEdits, planAnnotation } from '../../../src/writing/annotation'

const BLOCK = '```gradlens\nz = t^2\nt = x + y\n\nx = 0.5\ny = 1.25\n```\n'
const NOTE = '# Note\n\n$$ z = t^2, \\quad t = x + y $$\n\n$x = 0.5$, $y = 1.25$\n'
const READER = { regions: annotatedRegions, blocks: outermostBlocks, analyze: (text: string) => analyzeMarkdown(text) }
const ANNOTATED = applyEdits(NOTE, planAnnotation(NOTE, READER).edits)

const tools: PreviewTools = {
  enabled: () => true,
  scene: (derivation) =>
    sceneOf(pictureOf(derivation, { mode: 'symbols', collapsed: false, turned: new Set(), locals: true })),
  t: (sentence) => sentence,
}
const page = (text: string, with_: Partial<PreviewTools> = {}) =>
  drawGraphs(new MarkdownIt({ html: true }), { ...tools, ...with_ }).render(text)
const graphsIn = (html: string) => html.match(/<div class="gradlens-graph"><svg/g)?.length ?? 0

describe('the Markdown preview', () => {
  before(async () => {
    provideMathJax(() => import('../../../src/platform/mathjaxBundle'))
    await readyToTypeset()
  })

  it('draws a block, in the colours of the theme, with what a node says under the pointer', () => {
    const html = page(BLOCK)
    assert.equal(graphsIn(html), 1)
    assert.match(html, /var\(--vscode-gradlens-backward\)/)
    assert.match(html, /<title>t = x \+ y\nvalue 1\.75\ngradient 2t = 3\.5<\/title>/)
    assert.doesNotMatch(html, /style=|<script/)
  })

  it('draws the graph of an annotation in the place of its Mermaid', () => {
    assert.match(ANNOTATED, /```mermaid/)
    const html = page(ANNOTATED)
    assert.equal(graphsIn(html), 1)
    assert.doesNotMatch(html, /language-mermaid/)
  })

  it('keeps the letters of several pictures apart', () => {
    const html = page(`${BLOCK}\n${BLOCK}`)
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    assert.ok(ids.length > 10)
    assert.equal(new Set(ids).size, ids.length)
  })

  const left: [what: string, text: string, with_: Partial<PreviewTools>][] = [
    ['the Mermaid of others', '```mermaid\ngraph LR\n  a --> b\n```\n', {}],
    ['Mermaid that was changed by hand', ANNOTATED.replace('graph LR', 'graph TD'), {}],
    ['a block without mathematics', '```gradlens\nNothing here.\n```\n', {}],
    ['everything, where it is switched off', BLOCK, { enabled: () => false }],
  ]
  for (const [what, text, with_] of left) {
    it(`leaves ${what} alone`, () => {
      const plain = new MarkdownIt({ html: true }).render(text)
      assert.equal(page(text, with_), plain)
    })
  }

  it('says that a graph is coming while what draws it is being loaded', () => {
    assert.match(page(BLOCK, { scene: () => null }), /<p class="gradlens-graph">…<\/p>/)
  })
})

import assert from 'node:assert/strict'
import { analyzeMarkdown } from '../../../src/analysis'
import { annotatedRegions, outermostBlocks } from '../../../src/reading/annotated'
import { applyEdits, isUntouched, type NoteReader, planAnnotation, planRemoval } from '../../../src/writing/annotation'

const reader: NoteReader = {
  regions: annotatedRegions,
  blocks: outermostBlocks,
  analyze: (text) => analyzeMarkdown(text),
}
const annotated = (note: string) => applyEdits(note, planAnnotation(note, reader).edits)
const removed = (note: string) => applyEdits(note, planRemoval(note, reader).edits)

const SEED = '$$\nz = t^2\n$$\n\n$$\nt = x + y\n$$\n\n$x = -0.19$, $y = 0.239$\n'

/** Notes of all kinds of shape: each is annotated, annotated again, and cleaned again. */
const notes: [name: string, note: string, blocks: number][] = [
  ['displays and values', SEED, 1],
  ['plain lines', 'Z = t²\nt = x + y\n\nprose\n', 1],
  ['no line end at the end', '$$\nz = x^2\n$$', 1],
  ['line ends of Windows', SEED.replaceAll('\n', '\r\n'), 1],
  ['prose right behind the formula', 'text $z = x^2$ text\nmore text\n', 1],
  ['two derivations', '# A\n\n$$\nz = x^2\n$$\n\n# B\n\n$$\nu = \\sin(v)\n$$\n', 2],
  ['a list', '- $z = x^2$\n- and so on\n\nprose', 1],
  ['a quote', '> $$\n> z = x^2\n> $$\n\nprose', 1],
  ['a display with a blank line', '$$\nz = x^2\n\n$$\n\nprose', 1],
  ['several blank lines behind', '$$\nz = x^2\n$$\n\n\n\nprose', 1],
  ['Japanese', '合成関数\n\n$$\nz = x^2\n$$\n', 1],
  ['nothing to annotate', '# Prose\n\nNo formula at all.\n', 0],
]

describe('annotating a note', () => {
  for (const [name, note, blocks] of notes) {
    it(`${name}: once is as good as twice, and removal gives the note back`, () => {
      const once = annotated(note)
      assert.equal(annotatedRegions(once).regions.length, blocks)
      assert.equal(annotated(once), once)
      assert.equal(removed(once), note)
      assert.deepEqual(planAnnotation(once, reader).edits, [])
    })
  }

  it('writes the chain rule, the table and the graph', () => {
    const text = annotated(SEED)
    assert.match(
      text,
      /\\frac\{\\partial z\}\{\\partial x\} &= \\frac\{\\partial z\}\{\\partial t\} \\cdot \\frac\{\\partial t\}\{\\partial x\} = 2 t \\cdot 1 = 2 \(x \+ y\)/,
    )
    assert.match(text, /2 \\cdot 0\.049 \\cdot 1 = 0\.098/)
    assert.match(text, /\| \$t = x \+ y\$ \| \$0\.049\$ \|/)
    assert.match(text, /```mermaid\ngraph LR\n/)
  })

  it('keeps the line ends of the note', () => {
    assert.doesNotMatch(annotated(SEED.replaceAll('\n', '\r\n')), /[^\r]\n/)
  })

  it('speaks the language of the note', () => {
    assert.match(annotated(SEED), /\*\*Gradients of \$z\$\*\*/)
    assert.match(annotated(`連鎖律のノート\n\n${SEED}`), /\*\*\$z\$ の勾配\*\*/)
  })

  it('follows the note when it changes', () => {
    const changed = annotated(annotated(SEED).replace('\nt = x + y\n', '\nt = x - y\n'))
    assert.match(changed, /2 \(x - y\)/)
    assert.equal(removed(changed), SEED.replace('x + y', 'x - y'))
  })

  it('is not read as part of the note', () => {
    const count = (text: string) => analyzeMarkdown(text).formulas
    assert.equal(count(annotated(SEED)), count(SEED))
  })

  it('notices what was edited by hand, but not what version control did to line ends', () => {
    const text = annotated(SEED)
    const [region = { start: 0, end: 0 }] = annotatedRegions(text).regions
    const block = text.slice(region.start, region.end)
    assert.ok(isUntouched(block))
    assert.ok(isUntouched(block.replaceAll('\n', '\r\n')))
    assert.ok(!isUntouched(block.replace('**Gradients', '**My gradients')))
    const edited = text.replace('**Gradients', '**My gradients')
    assert.equal(planAnnotation(edited, reader).handEdited.length, 1)
    assert.equal(planRemoval(edited, reader).handEdited.length, 1)
  })

  it('changes nothing while a comment has no counterpart', () => {
    const plan = planAnnotation(`${SEED}\n<!-- gradlens:begin -->\n`, reader)
    assert.deepEqual(plan.edits, [])
    assert.equal(plan.broken.length, 1)
  })
})

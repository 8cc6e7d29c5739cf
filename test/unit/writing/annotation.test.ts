import assert from 'node:assert/strict'
import fc from 'fast-check'
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

const BEGIN = '<!-- gradlens:begin -->'
const END = '<!-- gradlens:end -->'
const SEED = '$$\nz = t^2\n$$\n\n$$\nt = x + y\n$$\n\n$x = -0.19$, $y = 0.239$\n'

const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
  put: fc.constantFrom(
    '',
    '',
    ' ',
    '\n',
    '\r\n',
    '\r',
    '```',
    '$$',
    '-->',
    '<!--',
    '> ',
    '- ',
    'x',
    END,
    BEGIN,
    `\n${BEGIN}\n`,
    `\n${END}\n`,
    '\n\n$u = v^2$\n\n',
  ),
})
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never
const damaged = (text: string, { at, removed: length, put }: Damage): string => {
  const from = Math.floor(at * (text.length + 1))
  return text.slice(0, from) + put + text.slice(from + length)
}

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
  ['line ends of old Macs', SEED.replaceAll('\n', '\r'), 1],
  ['mixed line ends', '$z = t^2$\r\n\r\n$t = x + y$\n\nprose\r\n', 1],
  ['lines of Unix before those of Windows', '\n\n$u = v^2$\r\n\r\nprose\r\n', 1],
  ['a mark of byte order', `\ufeff${SEED}`, 1],
  ['a display and a stop', '$$ z = x^2 $$ .\n\nprose', 1],
  ['blanks behind the formula', '$z = x^2$  \n\nprose', 1],
  ['inline code of three backticks', '``` x ``` is inline code\n\n$z = x^2$\n', 1],
  ['a fence whose look-alike has a word', '```\na\n``` js\nb\n```\n\n$z = x^2$\n', 1],
  ['a fence in a comment', '<!--\n```\n-->\n\n$z = x^2$\n', 1],
  ['a fence in HTML', '<pre>\n~~~\n</pre>\n\n$z = x^2$\n', 1],
  ['a fence in front matter', '---\na: b\n```\n---\n\n$z = x^2$\n', 1],
  ['a fence on the mark of a list', '- ```\n  a\n  ```\n\n$z = x^2$\n', 1],
  ['a quote in a list', '1. > $z = x^2$\n   > and\n\nprose\n', 1],
  ['a table', '| a |\n|---|\n| $z = x^2$ |\n\nprose\n', 1],
  ['HTML around the formula', '<div>\n$z = x^2$\n</div>\n\nprose\n', 1],
  ['an element that is never closed', '$z = x^2$\n<pre>\n$t = 3$', 1],
  ['a fence of mathematics that is never closed', '```math\nz = x^2\n', 0],
  ['LaTeX without dollars', '\\frac{dz}{dx} = 2x\n\nz = x^2\n', 1],
  ['nothing to annotate', '# Prose\n\nNo formula at all.\n', 0],
]

describe('the lines of a chain', () => {
  const chain = (note: string, by: string): string[] => {
    const lines = annotated(note).split('\n')
    const from = lines.findIndex((line) => line.startsWith(`\\frac{\\partial L}{\\partial ${by}} &=`))
    const rest = lines.slice(from + 1)
    return [
      lines[from] ?? '',
      ...rest.slice(
        0,
        rest.findIndex((line) => !line.startsWith('&=')),
      ),
    ]
  }
  const NEURON =
    '$x = 0.5$, $w = 1.2$, $b = -0.3$, $y = 1$\n\n$$z = wx + b, a = \\sigma(z), L = \\frac{1}{2}(a - y)^2$$\n'

  it('break where the line would not fit beside a note', () => {
    assert.deepEqual(chain(NEURON, 'w'), [
      '\\frac{\\partial L}{\\partial w} &= \\frac{\\partial L}{\\partial z} \\cdot \\frac{\\partial z}{\\partial w} = (a - y) a (1 - a) \\cdot x \\\\',
      '&= (\\sigma(w x + b) - y) \\sigma(w x + b) (1 - \\sigma(w x + b)) x \\\\',
      '&= (0.574443 - 1) \\cdot 0.574443 (1 - 0.574443) \\cdot 0.5 = -0.0520155 \\\\',
    ])
  })

  it('stay one where they fit', () => {
    assert.deepEqual(chain('$$L = t^2$$\n\n$$t = x + y$$\n', 'x'), [
      '\\frac{\\partial L}{\\partial x} &= \\frac{\\partial L}{\\partial t} \\cdot \\frac{\\partial t}{\\partial x} = 2 t \\cdot 1 = 2 (x + y) \\\\',
    ])
  })
})

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

  it('keeps a remark beside a comment, and asks before it replaces what stands beside it', () => {
    const text = annotated(SEED)
    const remarks = [
      text.replace('<!-- gradlens:end -->', '<!-- gradlens:end --> <!-- my remark -->'),
      text.replace('<!-- gradlens:end -->', '<!-- gradlens:end --> more'),
      text.replace('<!-- gradlens:begin -->', '<!-- gradlens:begin --> <!-- my remark -->'),
    ]
    for (const remark of remarks) {
      const changed = remark.replace('\nt = x + y\n', '\nt = x - y\n')
      assert.equal(planAnnotation(changed, reader).handEdited.length, 1)
    }
    for (const remark of remarks.slice(0, 2)) {
      assert.match(removed(remark), / (?:<!-- my remark -->|more)/)
      const fresh = annotated(remark.replace('\nt = x + y\n', '\nt = x - y\n'))
      assert.match(fresh, /(?:my remark|more)/)
      assert.equal(annotated(fresh), fresh)
    }
  })

  it('whatever is done to an annotated note, nothing outside of the regions is lost, and twice is once', () => {
    fc.assert(
      fc.property(fc.constantFrom(...notes), fc.array(damage, { minLength: 1, maxLength: 4 }), ([, note], damages) => {
        const text = damages.reduce(damaged, annotated(note))
        const { regions } = annotatedRegions(text)
        const plan = planAnnotation(text, reader)
        const outside = (edit: { start: number; end: number; text: string }) =>
          edit.text.trim() !== '' && !edit.text.includes('gradlens:begin')
        assert.ok(!plan.edits.some(outside))
        for (const { start, end } of [...plan.edits, ...planRemoval(text, reader).edits]) {
          const region = regions.find((each) => each.end === end)
          const lost = region ? text.slice(start, region.start) : text.slice(start, end)
          assert.match(lost, /^[\r\n]*$/)
        }
        if (plan.broken.length > 0) return
        const fresh = applyEdits(text, plan.edits)
        assert.equal(removed(fresh), removed(text))
        assert.equal(annotated(fresh), fresh)
      }),
      { numRuns: Number(process.env.GRADLENS_RUNS ?? 60) },
    )
  }).timeout(600_000)

  it('changes nothing while an end stands twice, in one line', () => {
    const text = annotated('$$\nz = x^2\n$$')
    for (const twice of [`${text.trimEnd()}${END}`, `${text.trimEnd()} and ${END}`]) {
      assert.deepEqual(planAnnotation(twice, reader).edits, [])
      assert.deepEqual(planRemoval(twice, reader).edits, [])
    }
  })

  it('changes nothing while a comment has no counterpart', () => {
    const plan = planAnnotation(`${SEED}\n<!-- gradlens:begin -->\n`, reader)
    assert.deepEqual(plan.edits, [])
    assert.equal(plan.broken.length, 1)
  })
})

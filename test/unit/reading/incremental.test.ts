/** After every edit the reading of a note is that of its text, whatever was read before. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { analyzeMarkdown } from '../../../src/analysis'
import type { Analysis } from '../../../src/derivation'
import { passagesOf } from '../../../src/reading/markdown'
import { markdownTree, type NoteTree } from '../../../src/reading/noteTree'

const FILLER =
  'Some words that fill a line, so that blocks stand far enough apart for a parser to keep what it has. '.repeat(3)

const LINES = [
  FILLER,
  'z = t^2',
  '$t = x + y$ and $u = 2$',
  'so we get $$',
  '$$',
  '$$ so that $$',
  '$$ y = x^2 $$',
  '\\[',
  '\\]',
  '\\begin{align}',
  'z &= x^2 y \\\\',
  '\\end{align}',
  '\\begin{cases}',
  '\\end{cases}',
  '',
  '',
  '# Heading',
  '## t = 3',
  '---',
  '...',
  'lr = 0.1',
  '```math',
  '```',
  '~~~',
  '- item',
  '  - $k = 3$',
  '1. $$',
  '> quote',
  '> $$',
  '> $$ q = p^2 $$',
  '    indented = 2 * x',
  '| a | b |',
  '|---|---|',
  '|---|---|  ',
  '| $c = d^2$ | 2 |',
  '<div>',
  '</div>',
  '<!-- a comment',
  '-->',
  '<!-- gradlens:begin -->',
  '<!-- gradlens:end -->',
  '{{< katex >}}',
  '{{< /katex >}}',
  '{% math %}',
  '{% endmath %}',
  '===',
  '[[ \\frac{dy}{dx} = 2x ]]',
  '\\frac{dy}{dx} = 2x',
  'ノードは y = 1 / x を表す',
  'a vector $t$ of length $k$',
  'W is a matrix, $W$ は行列',
  '$f(x) = x^2$, $f(3)$',
  '```python',
  'def g(x): return x ** 2',
  '\\newcommand{\\k}{t}',
]
const PIECES = [
  '$',
  '$$',
  '\n',
  '\n\n',
  '`',
  '```',
  '#',
  '# ',
  '- ',
  '> ',
  '=',
  '\\',
  '[',
  ']',
  '}',
  '.',
  ' ',
  '|',
  '-',
  '<',
  '>',
  'x',
  '\r\n',
  '\r',
  '~',
  '*',
  '\ufeff',
]

const line = fc.constantFrom(...LINES)
const lines = fc.array(line, { maxLength: 40 }).map((list) => list.join('\n'))
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(fc.nat(3), fc.nat(120)),
  put: fc.oneof(
    fc.constantFrom(...PIECES),
    line.map((text) => `\n${text}\n`),
    fc.constant(''),
  ),
})
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never

const applied = (text: string, { at, removed, put }: Edit): string => {
  const from = Math.floor(at * (text.length + 1))
  return text.slice(0, from) + put + text.slice(from + removed)
}

/** Reads a text and each that the edits make of it with what the one before it left. */
function check(start: string, edits: readonly Edit[]): void {
  let tree: NoteTree = markdownTree(start)
  passagesOf(tree)
  for (const each of edits) {
    const text = applied(tree.text, each)
    const before = tree
    tree = markdownTree(text, before)
    assert.deepEqual(passagesOf(tree), passagesOf(markdownTree(text)), JSON.stringify([before.text, text]))
  }
}

/** What a note says, without the numbers of its readings. */
const said = ({ passages, unread }: Analysis) => ({
  passages: passages.map(({ passage, statements }) => ({ passage, statements })),
  unread,
})

/** The same of statements. What was remembered of the note that was read last is forgotten by reading another. */
function checkStatements(start: string, edits: readonly Edit[]): void {
  let analysis = analyzeMarkdown(start)
  for (const each of edits) {
    const text = applied(analysis.text, each)
    const before = analysis
    analysis = analyzeMarkdown(text, before)
    analyzeMarkdown('')
    assert.deepEqual(said(analysis), said(analyzeMarkdown(text)), JSON.stringify([before.text, text]))
  }
}

function readOn(from: string, to: string): void {
  const tree = markdownTree(from)
  passagesOf(tree)
  assert.deepEqual(passagesOf(markdownTree(to, tree)), passagesOf(markdownTree(to)))
}

const KNOWN: readonly (readonly [title: string, before: string, after: string])[] = [
  [
    'the last brace of an environment',
    `${FILLER}\n\n\\begin{align}\nz &= x^2 y\n\n${FILLER}\n\n\\end{align`,
    `${FILLER}\n\n\\begin{align}\nz &= x^2 y\n\n${FILLER}\n\n\\end{align}`,
  ],
  [
    'a heading within a display taken away',
    `${FILLER}\n\n$$\nz = x^2\n\n${FILLER}\n\n# t = 3\n$$`,
    `${FILLER}\n\n$$\nz = x^2\n\n${FILLER}\n\nt = 3\n$$`,
  ],
  [
    'the last dot of front matter',
    `---\nlr = 0.1\n${FILLER}\n..\n\nz = lr + 1`,
    `---\nlr = 0.1\n${FILLER}\n...\n\nz = lr + 1`,
  ],
  [
    'the end of an annotation taken away',
    `$z = t^2$\n\n<!-- gradlens:begin -->\n\n$t = x + y$\n\n<!-- gradlens:end -->\n\n${FILLER}`,
    `$z = t^2$\n\n<!-- gradlens:begin -->\n\n$t = x + y$\n\n${FILLER}`,
  ],
  ['a blank behind the rule of a table', `| a |\n|---|\n| $x = 2$ |`, `| a |\n|---| \n| $x = 2$ |`],
]

describe('reading on from an earlier reading', () => {
  for (const [title, before, after] of KNOWN) {
    for (const eol of ['\n', '\r\n']) {
      it(`is reading anew: ${title}${eol === '\n' ? '' : ', with the line ends of Windows'}`, () => {
        const [from, to] = [before, after].map((text) => text.replaceAll('\n', eol)) as [string, string]
        readOn(from, to)
        readOn(to, from)
      })
    }
  }

  it('is reading anew after any edits', () => {
    fc.assert(fc.property(lines, fc.array(edit, { minLength: 1, maxLength: 12 }), check), {
      numRuns: Number(process.env.GRADLENS_RUNS ?? 150),
    })
  }).timeout(600_000)

  it('understands what reading anew understands', () => {
    fc.assert(fc.property(lines, fc.array(edit, { minLength: 1, maxLength: 12 }), checkStatements), {
      numRuns: Number(process.env.GRADLENS_RUNS ?? 60),
    })
  }).timeout(600_000)
})

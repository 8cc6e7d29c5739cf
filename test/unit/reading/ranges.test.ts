/** Passages and expressions stand exactly where they are written. */
import assert from 'node:assert/strict'
import { noteContext, readPassage } from '../../../src/reading/formula'
import { readMarkdown } from '../../../src/reading/markdown'
import { markdownTree } from '../../../src/reading/noteTree'
import type { Expr, Statement } from '../../../src/reading/statement'

/** All statements' texts in the document. */
function written(
  note: string,
  pick: (statement: Statement) => readonly { readonly start: number; readonly end: number }[],
): string[] {
  const passages = readMarkdown(note)
  const context = noteContext(passages)
  return passages.flatMap((passage) =>
    readPassage(passage, context).statements.flatMap((statement) =>
      pick(statement).map(({ start, end }) => note.slice(passage.start + start, passage.start + end)),
    ),
  )
}

const sides = (statement: Statement) => ('sides' in statement ? statement.sides.map((side) => side.range) : [])
const whole = (statement: Statement) => [statement.range]
const expression = (statement: Statement) => (statement.kind === 'definition' ? partsOf(statement.expr) : [])
const partsOf = (expr: Expr): Expr['range'][] => [
  expr.range,
  ...(expr.kind === 'apply' || expr.kind === 'call' ? expr.args.flatMap(partsOf) : []),
]

const CASES: readonly (readonly [title: string, note: string, pick: typeof whole, ...expected: string[]])[] = [
  [
    'a step is its expression',
    'So $$ \\frac{dz}{dx} = 2t \\cdot 1 = 2(x + y). $$',
    sides,
    '\\frac{dz}{dx}',
    '2t \\cdot 1',
    '2(x + y)',
  ],
  [
    'rows leave out their signs',
    '$$\n\\begin{aligned}\ny &= a \\\\\n  &= b + c\n\\end{aligned}\n$$',
    sides.bind(null),
    'y',
    'a',
    'b + c',
  ],
  ['a statement among others', '$z = t^2, \\quad t = x + y$', whole, 'z = t^2', 't = x + y'],
  [
    'nodes of an expression',
    '$y = 2 x + \\sin(x)^2$',
    expression,
    '2 x + \\sin(x)^2',
    '2 x',
    '2',
    'x',
    '\\sin(x)^2',
    '\\sin(x)',
    'x',
    '2',
  ],
  ['raised and lowered characters', 'y = x₁² + 1', expression, 'x₁² + 1', 'x₁²', 'x₁', '²', '1'],
  [
    'braces belong to the macro',
    '$y = \\frac{a}{b} c^{2}$',
    expression,
    '\\frac{a}{b} c^{2}',
    '\\frac{a}{b}',
    'a',
    'b',
    'c^{2}',
    'c',
    '2',
  ],
  ['inside of a quote', '> $$\n> y = a\n> + b\n> $$', whole, 'y = a\n> + b'],
  ['in a list', '- text\n  $y = a$', whole, 'y = a'],
]

describe('ranges', () => {
  for (const [title, note, pick, ...expected] of CASES) {
    it(title, () => assert.deepEqual(written(note, pick), expected))
  }

  it('sections and blocks tell where a passage stands', () => {
    const passages = readMarkdown('$a = 1$\n\n# One\n\n$b = 2$ $c = 3$\n\n## Sub\n\n$d = 4$\n\n# Two\n\n$e = 5$')
    assert.deepEqual(
      passages.map((passage) => [passage.text, passage.section.join('.')]),
      [
        ['a = 1', ''],
        ['b = 2', '0'],
        ['c = 3', '0'],
        ['d = 4', '0.0'],
        ['e = 5', '1'],
      ],
    )
    assert.equal(passages[1]?.block, passages[2]?.block)
    assert.equal(new Set(passages.map((passage) => passage.block)).size, 4)
  })

  it('a note that was edited reads as one that is new', () => {
    const before = '# A\n\n$z = t^2$ and more\n\nt = x + y\n\n> quote $a = b$\n'
    const tree = markdownTree(before)
    for (let at = 0; at <= before.length; at++) {
      for (const typed of ['x', '\n', '= ', '$', '> ']) {
        const after = before.slice(0, at) + typed + before.slice(at)
        assert.deepEqual(readMarkdown(after, tree), readMarkdown(after))
      }
    }
  })
})

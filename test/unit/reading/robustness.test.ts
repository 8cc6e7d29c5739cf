/** Nothing that is typed throws, hangs or overflows; what is given up says so. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { noteContext, parseFormula, readPassage } from '../../../src/reading/formula'
import { readMarkdown } from '../../../src/reading/markdown'
import type { Expr, Passage, Range, Statement } from '../../../src/reading/statement'

const PIECES = [
  '\\frac{',
  '}{',
  '}',
  '{',
  '(',
  ')',
  '[',
  ']',
  '\\left(',
  '\\right)',
  '\\left\\{',
  '\\right.',
  '|',
  '\\|',
  '_',
  '^',
  '_{',
  '^{',
  '=',
  '&',
  '\\\\',
  '\\begin{cases}',
  '\\end{cases}',
  '\\begin{aligned}',
  '\\end{aligned}',
  '\\partial',
  '\\partial x',
  'd',
  '/',
  '+',
  '-',
  '\\cdot',
  'x',
  'y',
  'z',
  't',
  '2',
  '1.5',
  '\\sin',
  'log',
  '\\sum_{i=1}^n',
  '\\text{if}',
  '\\text{',
  ',',
  '~',
  '\\quad',
  "'",
  '\\hat',
  '\\mathbf',
  '\\nabla',
  '\\sigma',
  'f(',
  'max',
  '²',
  '₁',
  'ŷ',
  'のとき',
  '＝',
  '$',
  '$$',
  '\n',
  '\n\n',
  '> ',
  '- ',
  '`',
  '```math\n',
  '<',
  '>',
  '!',
  '%',
  '\\newcommand{\\a}{',
  '\\a',
  '#1',
  '\\unknown',
  '\\left',
  '\\begin',
  '∂',
  '∂z/∂x',
  'e^',
  '*',
  '**',
  '\\mathbb{1}',
  '\\circ',
  '|_{x=1}',
]

const noteText = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(''))

/** Every range of an expression lies in its text. */
function check(expr: Expr, length: number): void {
  inside(expr.range, length)
  if (expr.kind === 'apply' || expr.kind === 'call') for (const arg of expr.args) check(arg, length)
  if (expr.kind === 'matrix') for (const cell of expr.rows.flat()) check(cell, length)
  if (expr.kind === 'opaque') for (const use of expr.uses) inside(use.range, length)
  if (expr.kind !== 'derivative') return
  check(expr.of, length)
  for (const { variable } of expr.wrt) check(variable, length)
}

function inside({ start, end }: Range, length: number): void {
  assert.ok(start >= 0 && start <= end && end <= length, `${start}–${end} of ${length}`)
}

function checkStatement(statement: Statement, length: number): void {
  inside(statement.range, length)
  if ('sides' in statement) {
    for (const side of statement.sides) {
      inside(side.range, length)
      check(side.expr, length)
    }
  }
  if ('expr' in statement) check(statement.expr, length)
}

function readAll(text: string): void {
  const passages = readMarkdown(text)
  const context = noteContext(passages)
  for (const passage of passages) {
    inside({ start: passage.start, end: passage.start + passage.text.length }, text.length)
    for (const statement of readPassage(passage, context).statements) checkStatement(statement, passage.text.length)
  }
}

const inline = (text: string): Passage => ({ kind: 'inline', start: 0, text, section: [], block: 0 })

describe('robust reading', () => {
  it('notes of any pieces: no exception, every range inside', () => {
    fc.assert(fc.property(noteText, readAll), { numRuns: 3000 })
  })

  it('formulas of any pieces: no exception, every range inside', () => {
    fc.assert(
      fc.property(noteText, fc.boolean(), (text, plain) => {
        const passage: Passage = { ...inline(text), kind: plain ? 'plain' : 'display' }
        const { statements, unread } = readPassage(passage, noteContext([passage]))
        for (const statement of statements) checkStatement(statement, text.length)
        for (const { range } of unread) inside(range, text.length)
      }),
      { numRuns: 3000 },
    )
  })

  it('any text at all', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), readAll), { numRuns: 500 })
  })

  const DEEP: readonly (readonly [title: string, text: string])[] = [
    ['parentheses', `${'('.repeat(10_000)}x${')'.repeat(10_000)}`],
    ['braces', `${'{'.repeat(10_000)}x${'}'.repeat(10_000)}`],
    ['fractions', `${'\\frac{1}{'.repeat(5000)}x${'}'.repeat(5000)}`],
    ['powers', `${'x^{'.repeat(5000)}x${'}'.repeat(5000)}`],
    ['roots', `${'\\sqrt'.repeat(5000)} x`],
    ['minus signs', `${'-'.repeat(20_000)}x`],
    ['hats', `${'\\hat'.repeat(5000)} x`],
    ['derivatives', `${'d('.repeat(5000)}x${')/dx'.repeat(5000)}`],
  ]
  for (const [title, text] of DEEP) {
    it(`deeply nested ${title} are given up with a reason`, () => {
      const expr = parseFormula(text)
      assert.equal(expr.kind, 'opaque')
      assert.ok(expr.kind === 'opaque' && expr.reason !== '')
    })
  }

  it('10,000 nested parentheses are nested too deeply', () => {
    const expr = parseFormula(`${'('.repeat(10_000)}x${')'.repeat(10_000)}`)
    assert.equal(expr.kind === 'opaque' && expr.reason, 'nested too deeply')
  })

  const LONG: readonly (readonly [title: string, text: string])[] = [
    ['a sum of 50,000 terms', `$y = ${'x+'.repeat(50_000)}x$`],
    ['a product of 50,000 factors', `$y = ${'x '.repeat(50_000)}$`],
    ['50,000 open parentheses', `$y = ${'('.repeat(50_000)}$`],
    ['50,000 stray closing braces', `$y = ${'(}'.repeat(50_000)}$`],
    ['a plain line of 100,000 characters', `y = ${'x + '.repeat(25_000)}x`],
    ['a line of 100,000 dollars', '$'.repeat(100_000)],
    ['50,000 dollars apart', '$ '.repeat(50_000)],
    ['100,000 backslashes', '\\'.repeat(100_000)],
    ['50,000 open brackets', '\\['.repeat(50_000)],
    ['a formula over 20,000 lines', `$$\n${'a &= b \\\\\n'.repeat(20_000)}$$`],
    ['30,000 half-open displays', '$$\na\n\n'.repeat(30_000)],
    ['20,000 ties', `$y = x ${'~ x = x '.repeat(20_000)}$`],
    ['50,000 lists in lists', `a\n${'- '.repeat(50_000)}x`],
    ['50,000 numbered lists in lists', `${'1. '.repeat(50_000)}x`],
    ['50,000 quotes in quotes', `a\n${'> '.repeat(50_000)}x`],
    ['a table with 50,000 columns', `a\n${'|-'.repeat(50_000)}x`],
    ['20,000 openings of Hatena', '[tex:'.repeat(20_000)],
    ['40,000 factorials', `$y = x${'!'.repeat(40_000)}$`],
    ['20,000 empty rows', `$y = x${'\\\\'.repeat(20_000)} + y$`],
    ['20,000 names in a list', `$${'x,'.repeat(20_000)} = y$`],
    ['40,000 blanks in a formula', `$y = x${' '.repeat(40_000)} + y$`],
    ['40,000 blanks behind a macro', `$y = \\newcommand${' '.repeat(40_000)} + y$`],
  ]
  for (const [title, text] of LONG) it(`${title} are read to an end`, () => readAll(text)).timeout(10_000)

  for (const sign of [...' #*+-.:;,!?/|=<>()[]{}"\'`~^_&%@0aé、']) {
    it(`50,000 × ‘${sign}’ between words are read to an end`, () => readAll(`a\n${sign.repeat(50_000)}x = 1`)).timeout(
      10_000,
    )
  }

  it('a note of 1 MB is read', () => {
    const part =
      '## Part\n\nLet $z = t^2$ and $t = x + y$, so\n\n$$\n\\frac{\\partial z}{\\partial x} = 2t = 2(x + y)\n$$\n\nx = 0.5\n\n'
    readAll(part.repeat(Math.ceil(1_000_000 / part.length)))
  }).timeout(120_000)
})

import assert from 'node:assert/strict'
import { analyzeMarkdown, analyzePython, analyzeTypeScript } from '../../../src/analysis'
import type { Analysis } from '../../../src/derivation'
import { lineValues, outlineOf } from '../../../src/features/outline'

const NOTE = `# The chain rule

$$ z = t^2 $$
$$ t = x + y $$

$x = 0.5$, $y = 1.25$

$$ p = a b $$
`
const CODE = `/** @at x = 0.5, y = 1.25 */
function f(x: number, y: number) {
  const t = x + y
  return t ** 2
}
`
const lineAt = (text: string, offset: number) => text.slice(0, offset).split('\n').length

describe('beside the text', () => {
  it('the outline has each derivation, where it is defined', () => {
    const found = outlineOf(analyzeMarkdown(NOTE)).map(({ name, detail, range }) => [
      name,
      detail,
      NOTE.slice(range.start, range.end),
    ])
    assert.deepEqual(found, [
      ['z', 't²', 't^2'],
      ['p', 'a · b', 'a b'],
    ])
  })

  const heads: [text: string, analyze: (text: string) => Analysis, expected: string[]][] = [
    [NOTE, analyzeMarkdown, ['z = t^2', 'p = a b']],
    [CODE, analyzeTypeScript, ['f(']],
    ['class A:\n    def forward(self, x):\n        y = x * x\n        return y * 3\n', analyzePython, ['forward(self']],
    ['const g = (x: number) => {\n  const fog = x\n  return fog * fog\n}', analyzeTypeScript, ['g = (x']],
    ['$$\\hat{y} = w x$$', analyzeMarkdown, ['w x']],
  ]
  for (const [text, analyze, expected] of heads)
    it(`the line above stands over its definition: ${expected[0]}`, () => {
      const found = outlineOf(analyze(text)).map(({ head }) => text.slice(head))
      found.forEach((each, k) => assert.ok(each.startsWith(expected[k] as string), each))
      assert.equal(found.length, expected.length)
    })

  const rows: [
    kind: string,
    text: string,
    analysis: ReturnType<typeof analyzeMarkdown>,
    expected: [number, string][],
  ][] = [
    [
      'a note',
      NOTE,
      analyzeMarkdown(NOTE),
      [
        [3, 'z = 3.0625'],
        [4, 't = 1.75, ∂z/∂t = 3.5'],
      ],
    ],
    [
      'code',
      CODE,
      analyzeTypeScript(CODE),
      [
        [3, 't = 1.75, ∂f/∂t = 3.5'],
        [4, 'f = 3.0625'],
      ],
    ],
  ]
  for (const [kind, text, analysis, expected] of rows) {
    it(`values and gradients stand at the ends of the lines of ${kind}`, () => {
      const found = lineValues(analysis).map((value) => {
        assert.match(text.slice(value.offset), /^(?:\n|$)/)
        return [lineAt(text, value.offset), value.text]
      })
      assert.deepEqual(found, expected)
    })
  }

  it('a text without mathematics has nothing beside it', () => {
    const analysis = analyzeMarkdown('# Words\n\nNothing here.\n')
    assert.deepEqual([outlineOf(analysis), lineValues(analysis)], [[], []])
  })
})

// The schema that is shipped, against reports of everything that the tests have to hand. `additionalProperties` is false in
// it, so a field that is added to the report must be added there.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv2020 from 'ajv/dist/2020'
import { analyze } from '../../../src/report/analyze'

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync('schema/report.schema.json', 'utf8')),
)

const LANGUAGE: Readonly<Record<string, string>> = { md: 'markdown', ts: 'typescript' }
const files = ['examples', 'test/vscode/notes'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => (name.split('.').at(-1) ?? '') in LANGUAGE)
    .map((name) => join(folder, name)),
)

/** Each shows a part of the report that files may lack. */
const texts: readonly [part: string, language: string, text: string][] = [
  ['nothing', 'markdown', ''],
  ['a wrong step with its counterexample', 'markdown', '$y = x^2$\n\n$\\frac{dy}{dx} = 3x$\n'],
  ['a step that is not settled, with its reason', 'markdown', '$y = g(x)$\n\n$\\frac{dy}{dx} = 3x$\n'],
  [
    'an upstream gradient',
    'markdown',
    '$z = x y$\n\n$\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial z} y$\n',
  ],
  ['a value that is not finite', 'markdown', '$y = \\frac{1}{x}$\n\n$x = 0$\n'],
  ['a passage that is not read', 'markdown', '$\\lim_{n \\to \\infty} a_n$\n'],
  ['a matrix', 'markdown', '$X = \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$\n\n$Y = 2 X$\n'],
  ['a pair', 'typescript', 'export const f = (x: number) => x * x\nexport const df = (x: number) => 3 * x\n'],
]

describe('the schema of the report', () => {
  const rows = [
    ...files.map((file) => [file, LANGUAGE[file.split('.').at(-1) as string] as string, readFileSync(file, 'utf8')]),
    ...texts,
  ]
  for (const [name, language, text] of rows as [string, string, string][]) {
    it(`fits ${name}`, () => {
      const report = JSON.parse(JSON.stringify(analyze(text, language, name)))
      assert.ok(validate(report), JSON.stringify(validate.errors?.slice(0, 3)))
    })
  }

  it('refuses a report with a field that it does not know', () => {
    const report = JSON.parse(JSON.stringify(analyze('$y = x^2$', 'markdown')))
    assert.equal(validate({ ...report, mood: 'good' }), false)
  })

  it('refuses a step without a verdict', () => {
    const report = JSON.parse(JSON.stringify(analyze('$y = x^2$\n\n$\\frac{dy}{dx} = 2x$\n', 'markdown')))
    delete report.claims[0].steps[0].verdict
    assert.equal(validate(report), false)
  })
})

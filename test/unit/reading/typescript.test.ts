import { strict as assert } from 'node:assert'
import { readTypeScript } from '../../../src/reading/typescript'
import { latexOf } from '../../../src/reading/typescript/names'
import { functionsOf, printAll } from './typescript.print'

/** Code, and what is read: parameters, definitions, result, bindings. */
const FUNCTIONS: readonly (readonly [what: string, code: string, ...read: string[]])[] = [
  [
    'a chain of locals',
    'export function f(x: number, y: number): number {\n  const t = x + y;\n  return Math.pow(t, 2);\n}',
    'f(x, y): t = (x + y); (t ** 2)',
  ],
  ['an arrow', 'const neuron = (w: number, x: number, b: number) => w * x + b', 'neuron(w, x, b): ((w * x) + b)'],
  ['an arrow with a block', 'const f = (x) => { return x * x }', 'f(x): (x * x)'],
  ['a function expression', 'var f = function (x) { return x / 2 }', 'f(x): (x / 2)'],
  ['a default export', 'export default (x) => x ** 3', 'default(x): (x ** 3)'],
  ['a default export with a name', 'export default function cube(x) { return x ** 3 }', 'cube(x): (x ** 3)'],
  ['unary minus', 'const f = (x: number) => -x', 'f(x): (-x)'],
  ['unary plus', 'const f = (x: number) => +x * 2', 'f(x): (x * 2)'],
  ['the order of operators', 'const f = (a, b, c) => a - b * c ** 2 / 3', 'f(a, b, c): (a - ((b * (c ** 2)) / 3))'],
  ['parentheses', 'const f = (a, b) => (a - b) * (a + b)', 'f(a, b): ((a - b) * (a + b))'],
  ['values of a tag', '/** @at x = 0.5, y = -1e-3 */\nconst f = (x, y) => x * y', 'f(x, y): (x * y) @ x=0.5 y=-0.001'],
  ['numeric separators', 'const f = (x) => 1_000.5 * x', 'f(x): (1000.5 * x)'],
  ['numbers in other forms', 'const f = (x) => 0x10 * x + 1e-7', 'f(x): ((16 * x) + 10^{-7})'],
  ['constants of Math', 'const f = (x) => Math.PI * x + Math.E', 'f(x): ((pi * x) + e)'],
  ['a type assertion', 'const f = (x: unknown) => (x as number) * x!', 'f(x): (x * x)'],
  [
    'what throws is outside the domain',
    'function f(x: number) { if (x < 0) throw new Error("!"); return Math.sqrt(x) }',
    'f(x): sqrt(x)',
  ],
]

describe('reading of TypeScript: functions', () => {
  for (const [what, code, ...read] of FUNCTIONS) it(what, () => assert.deepEqual(printAll(code), read))
})

/** Identifiers, and how they are typeset. */
const NAMES: Readonly<Record<string, string>> = {
  x: 'x',
  w1: 'w_{1}',
  w11: 'w_{11}',
  w_1: 'w_{1}',
  x_in: 'x_{\\mathrm{in}}',
  yHat: '\\hat{y}',
  y_hat: '\\hat{y}',
  xBar: '\\bar{x}',
  yHat1: '\\hat{y}_{1}',
  alpha: '\\alpha',
  mu: '\\mu',
  sigma2: '\\sigma_{2}',
  Sigma: '\\Sigma',
  θ: '\\theta',
  loss: '\\mathrm{loss}',
  loss2: '\\mathrm{loss}_{2}',
  dLoss: '\\mathrm{dLoss}',
  learning_rate: '\\mathrm{learning\\_rate}',
}

describe('reading of TypeScript: names', () => {
  for (const [identifier, latex] of Object.entries(NAMES))
    it(`${identifier} is ${latex}`, () => assert.equal(latexOf(identifier), latex))
})

describe('reading of TypeScript: passages', () => {
  it('puts each function in a passage of its own, with its documentation', () => {
    const text = 'import { a } from "b"\n/** @at x = 1 */\nconst f = (x) => x * x\n\nconst g = (x) => x + 1\n'
    const { passages } = readTypeScript(text)
    assert.deepEqual(
      passages.map((passage) => passage.text),
      ['/** @at x = 1 */\nconst f = (x) => x * x', 'const g = (x) => x + 1'],
    )
    for (const passage of passages)
      assert.equal(text.slice(passage.start, passage.start + passage.text.length), passage.text)
  })

  it('keeps the range of each expression', () => {
    const text = 'const f = (x) => 1 / (1 + Math.exp(-x))'
    const [read] = functionsOf(text)
    const ranges: string[] = []
    const visit = (expr: NonNullable<typeof read>['result']): void => {
      ranges.push(text.slice(expr.range.start, expr.range.end))
      if (expr.kind === 'apply') expr.args.forEach(visit)
    }
    assert.ok(read)
    visit(read.result)
    assert.deepEqual(ranges, ['1 / (1 + Math.exp(-x))', '1', '1 + Math.exp(-x)', '1', 'Math.exp(-x)', '-x', 'x'])
  })

  it('leaves the neighbours of a function that is being typed alone', () => {
    const text =
      'const a = (x) => x * 2\nfunction half(x) { return x *\nfunction b(x) { return x * 3 }\nconst c = (x) => x * 4\n'
    assert.deepEqual(printAll(text), [
      'a(x): (x * 2)',
      'half(x): (x * ?unfinished code?)',
      'b(x): (x * 3)',
      'c(x): (x * 4)',
    ])
  })
})

import assert from 'node:assert/strict'
import { checkDerivation, differentiate, explainStep, QuestionError } from '../../../src/report/answers'

const NOTE = '$z = t^2$, $t = x + y$\n\n$\\frac{\\partial z}{\\partial x} = 2t = 2(x - y)$\n'

describe('answers for assistants', () => {
  const rows: [name: string, answer: () => string, parts: (string | RegExp)[]][] = [
    [
      'the chain rule for each input',
      () => differentiate({ text: 'z = t²\nt = x + y\n' }),
      [/^\*\*z\*\*\n/, '2 t \\cdot 1', '\\partial y'],
    ],
    [
      'values that are given with the question',
      () => differentiate({ text: NOTE, at: { x: 1, y: 2 } }),
      ['**z** = 9', '= 6$'],
    ],
    [
      'one name alone',
      () => differentiate({ text: NOTE, of: 't' }),
      [/^\*\*t\*\*\n/, '\\frac{\\partial t}{\\partial x} = 1'],
    ],
    [
      'code',
      () => differentiate({ text: 'export function f(x: number) { return x * x }', languageId: 'typescript' }),
      ['**f**', '2 x'],
    ],
    [
      'a wrong step with the numbers and what is right',
      () => checkDerivation({ text: NOTE }),
      [/^1 of 2 fail/, 'line 3', '**holds**', '**fails**', 'Right is $2 (x + y)$'],
    ],
    [
      'a derivation that holds',
      () => checkDerivation({ text: '$y = x^2$\n\n$\\frac{dy}{dx} = 2x$' }),
      ['No step fails.', '**holds**'],
    ],
    [
      'a wrong derivative in code',
      () =>
        checkDerivation({
          text: 'export const f = (x: number) => x * x\nexport const df = (x: number) => 3 * x\n',
          languageId: 'typescript',
        }),
      ['`df` as the derivative of `f` **fails**'],
    ],
    [
      'a name',
      () => explainStep({ text: NOTE, part: 't' }),
      ['t = x + y', 'gradient: $\\frac{\\partial z}{\\partial t} = 2 t'],
    ],
    [
      'an expression by its operator',
      () => explainStep({ text: NOTE, part: 'x + y', at: { x: 1, y: 2 } }),
      ['- value: 3', 'sum rule'],
    ],
  ]
  for (const [name, answer, parts] of rows) {
    it(name, () => {
      const text = answer()
      for (const part of parts)
        assert.ok(typeof part === 'string' ? text.includes(part) : part.test(text), `${part} in\n${text}`)
    })
  }

  const refusals: [name: string, ask: () => string, says: RegExp][] = [
    ['prose alone', () => differentiate({ text: 'Hello.' }), /Write each as `name = expression`/],
    [
      'a name that the text lacks',
      () => differentiate({ text: NOTE, of: 'q' }),
      /Nothing is called 'q'. Outputs are: z/,
    ],
    ['a language that is none', () => checkDerivation({ text: NOTE, languageId: 'cobol' }), /no language 'cobol'/],
    ['a note without a claim', () => checkDerivation({ text: '$y = x^2$' }), /then the claim/],
    ['a part that the text lacks', () => explainStep({ text: NOTE, part: 'w' }), /doesn't stand in a formula/],
    ['an empty part', () => explainStep({ text: NOTE, part: '' }), /doesn't stand in a formula/],
  ]
  for (const [name, ask, says] of refusals) {
    it(`refuses ${name} and says what to do`, () =>
      assert.throws(ask, (error) => error instanceof QuestionError && says.test(error.message)))
  }
})

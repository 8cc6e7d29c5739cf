import assert from 'node:assert/strict'
import { claimsOf, displays } from './note'

/** Lines of a note, each a display; the verdict on the last step, and its condition. Right siblings beside wrong ones. */
const ROWS: readonly [string, readonly string[], 'holds' | 'fails' | 'unknown', string?][] = [
  ['a zero of the sine', ['F = \\sin(\\pi) = 0'], 'holds'],
  ['a zero of the tangent', ['F = \\tan(\\pi) = 0'], 'holds'],
  ['a zero of the cosine', ['F = \\cos(\\frac{3\\pi}{2}) = 0'], 'holds'],
  [
    'a decimal whose rest is cut off',
    ['E = \\frac{1}{2}(0.01 - 0.75136507)^2 = 0.274811083'],
    'holds',
    'It is right to the digits that are written.',
  ],
  ['the same, a digit off', ['E = \\frac{1}{2}(0.01 - 0.75136507)^2 = 0.274811085'], 'fails'],
  ['two thirds, cut off', ['g = \\frac{2}{3} = 0.66'], 'holds', 'It is right to the digits that are written.'],
  ['two thirds, below what is left when it is cut off', ['g = \\frac{2}{3} = 0.65'], 'fails'],
  ['a negative decimal, cut off', ['g = -e^2 = -7.3890'], 'holds', 'It is right to the digits that are written.'],
  ['a decimal above the rounded one', ['d = \\sqrt{2} = 1.415'], 'fails'],
  ['no zero of the sine', ['F = \\sin(2\\pi) = 0.1'], 'fails'],
  [
    'digits that cancel',
    ['G = \\frac{1}{r^3} - \\frac{1}{r^3 + 10^{-14}} = \\frac{10^{-14}}{r^3 (r^3 + 10^{-14})}'],
    'holds',
  ],
  [
    'digits that cancel, twice too much',
    ['G = \\frac{1}{r^3} - \\frac{1}{r^3 + 10^{-14}} = \\frac{2 \\cdot 10^{-14}}{r^3 (r^3 + 10^{-14})}'],
    'fails',
  ],
  ['a difference that is small far out', ['G = \\frac{1}{x} - \\frac{x^2}{1+x^3} = \\frac{1}{x(1+x^3)}'], 'holds'],
  [
    'tiny parts of a sum',
    ['G = (x+10^{-13})^3 - x^3 = 3 \\cdot 10^{-13} x^2 + 3 \\cdot 10^{-26} x + 10^{-39}'],
    'holds',
  ],
  [
    'tiny parts of a sum, the last one wrong',
    ['G = (x+10^{-13})^3 - x^3 = 3 \\cdot 10^{-13} x^2 + 3 \\cdot 10^{-26} x + 2 \\cdot 10^{-39}'],
    'fails',
  ],
  ['a derivative that is exactly 0', ['z = x^{-2} x^2', '\\frac{dz}{dx} = -2 x^{-3} x^2 + 2 x^{-2} x'], 'holds'],
  ['the same with a wrong sign', ['z = x^{-2} x^2', '\\frac{dz}{dx} = 2 x^{-3} x^2 + 2 x^{-2} x'], 'fails'],
  ['the largest of two equal ones', ['z = \\max(x, x)', '\\frac{\\partial z}{\\partial x} = 1'], 'holds'],
  ['it isn’t constant', ['z = \\max(x, x)', '\\frac{\\partial z}{\\partial x} = 0'], 'fails'],
  ['the least of two equal ones', ['z = \\min(2x, x + x) + y', '\\frac{\\partial z}{\\partial x} = 2'], 'holds'],
  [
    'a kink far out where every input is negative',
    ['z = \\ln(e^{\\sqrt{xy}}) + \\max(0, -x - 13000)', '\\frac{\\partial z}{\\partial x} = \\frac{y}{2\\sqrt{xy}}'],
    'unknown',
  ],
  [
    'a kink far out, behind functions that end in 0 and 1',
    [
      'z = \\sigma(1.1 x) - \\tanh(e^x) + \\max(0, -x - 13000)',
      '\\frac{dz}{dx} = 1.1 \\sigma(1.1 x)(1 - \\sigma(1.1 x)) - e^x (1 - \\tanh^2(e^x))',
    ],
    'unknown',
  ],
  ['defined at whole numbers alone', ['F = q \\cos(\\pi x)', '\\frac{\\partial F}{\\partial q} = (-1)^x'], 'unknown'],
  ['a letter that counts', ['F = q \\cos(\\pi n)', '\\frac{\\partial F}{\\partial q} = (-1)^n'], 'holds'],
  ['large whole numbers', ['y = 3000 x^{2999}', '\\frac{dy}{dx} = 3000 \\cdot 2999 x^{2998}'], 'holds'],
  ['whole numbers are no approximations', ['y = 3000 x^{2999}', '\\frac{dy}{dx} = 3000 \\cdot 2998 x^{2998}'], 'fails'],
  [
    'a number to few digits',
    ['y = 2^x', '\\frac{dy}{dx} = 0.693 \\cdot 2^x'],
    'holds',
    'It is right to the digits that are written.',
  ],
  ['a number to wrong digits', ['y = 2^x', '\\frac{dy}{dx} = 0.72 \\cdot 2^x'], 'fails'],
  ['two numbers to few digits', ['y = 2^x + 3^x', '\\frac{dy}{dx} = 0.69 \\cdot 2^x + 1.1 \\cdot 3^x'], 'holds'],
  ['one of two to wrong digits', ['y = 2^x + 3^x', '\\frac{dy}{dx} = 0.69 \\cdot 2^x + 1.2 \\cdot 3^x'], 'fails'],
  ['a decimal that is copied isn’t rounded', ['z = 0.5 x^2', '\\frac{dz}{dx} = 0.5 \\cdot \\frac{21}{10} x'], 'fails'],
  ['a copied decimal, rightly', ['z = 0.5 x^2', '\\frac{dz}{dx} = 0.5 \\cdot 2 x'], 'holds'],
  [
    'one choice must fit everywhere',
    ['z = 0.5 \\ln(1+x^2)', '\\frac{dz}{dx} = 0.5 \\cdot \\frac{2x}{1+x^2} + \\frac{x}{50(1+x^2)}'],
    'fails',
  ],
  [
    'where both sides are defined',
    ['G = \\sqrt{(x-2)(x-7)} = \\sqrt{x-2} \\sqrt{x-7}'],
    'holds',
    'It holds where both sides are defined.',
  ],
  ['for positive numbers', ['G = \\ln(x^2) = 2 \\ln x'], 'holds', 'It holds for x > 0.'],
  ['an undefined function isn’t linear', ['K = f(2x) = 2 f(x)'], 'unknown'],
  ['nor is its difference', ['G = f(x + h) - f(x) = f(h)'], 'unknown'],
  ['erf', ['y = \\operatorname{erf}(x)', '\\frac{dy}{dx} = \\frac{2}{\\sqrt{\\pi}} e^{-x^2}'], 'holds'],
  ['erf without its root', ['y = \\operatorname{erf}(x)', '\\frac{dy}{dx} = \\frac{2}{\\pi} e^{-x^2}'], 'fails'],
  ['erf in few digits', ['y = \\operatorname{erf}(x)', '\\frac{dy}{dx} = 1.128 e^{-x^2}'], 'holds'],
  ['sech', ['y = \\operatorname{sech}(x)', '\\frac{dy}{dx} = -\\operatorname{sech}(x) \\tanh x'], 'holds'],
  [
    'sech with a wrong sign',
    ['y = \\operatorname{sech}(x)', '\\frac{dy}{dx} = \\operatorname{sech}(x) \\tanh x'],
    'fails',
  ],
  ['arsinh', ['y = \\operatorname{arsinh}(x)', '\\frac{dy}{dx} = \\frac{1}{\\sqrt{x^2 + 1}}'], 'holds'],
  ['arcosh isn’t arsinh', ['y = \\operatorname{arcosh}(x)', '\\frac{dy}{dx} = \\frac{1}{\\sqrt{x^2 + 1}}'], 'fails'],
  ['artanh', ['f(x) = \\operatorname{artanh}(x)', "f'(x) = \\frac{1}{1-x^2}"], 'holds'],
  ['softplus', ['y = \\operatorname{softplus}(x)', '\\frac{dy}{dx} = \\frac{1}{1+e^{-x}}'], 'holds'],
  ['the cube root of negative numbers', ['y = \\sqrt[3]{x}', '\\frac{dy}{dx} = \\frac{1}{3 \\sqrt[3]{x^2}}'], 'holds'],
  ['the cube root, wrongly', ['y = \\sqrt[3]{x}', '\\frac{dy}{dx} = \\frac{1}{3 \\sqrt[3]{x}}'], 'fails'],
]

describe('numbers decide', () => {
  for (const [title, lines, verdict, condition] of ROWS) {
    it(`${title}: ${verdict}`, () => {
      const step = claimsOf(displays([...lines]))
        .at(-1)
        ?.steps.at(-1)
      assert.equal(step?.verdict, verdict, step?.reason ?? '')
      if (condition !== undefined) assert.equal(step?.reason, condition)
    })
  }
})

import assert from 'node:assert/strict'
import { claimsOf, verdicts } from './note'

/** What no graph shows and can be judged all the same; the verdicts on the steps of the last claim. A difference is an alarm only where the truth is an edit away. */
const ROWS: readonly (readonly [about: string, text: string, expected: string])[] = [
  ['an integral and its value', '$I = \\int_0^1 x^2\\,dx = \\frac13$', 'holds holds'],
  ['a wrong value', '$I = \\int_0^1 x^2\\,dx = \\frac12$', 'holds fails'],
  ['a value far from it', '$I = \\int_0^1 x^2\\,dx = \\frac{5}{7}$', 'holds unknown'],
  ['another integrand', '$I = \\int_0^1 x^2\\,dx = \\int_0^1 x^3\\,dx$', 'holds unknown'],
  ['other bounds', '$I = \\int_0^1 x^2\\,dx = \\int_0^2 x^2\\,dx$', 'holds unknown'],
  [
    'values between bounds',
    '$V = 2\\pi\\int_0^2 x \\cdot x^2\\,dx = 2\\pi\\left[\\frac{x^4}{4}\\right]_0^2 = 8\\pi$',
    'holds holds holds',
  ],
  ['values between bounds behind a bar', '$A = \\frac{x^3}{3}\\Big|_{x=1}^{x=2} = \\frac73$', 'holds holds'],
  ['wrong values between bounds', '$V = \\left[\\frac{x^4}{4}\\right]_0^2 = 8$', 'holds fails'],
  [
    'a substitution',
    '$A = \\int_0^1 x e^{x^2} dx = \\frac12\\int_0^1 e^u\\,du = \\frac12(e - 1)$',
    'holds holds holds',
  ],
  [
    'an integral in an integral',
    '$W = \\int_0^{2\\pi}\\int_0^2 r^3\\,dr\\,d\\theta = \\int_0^{2\\pi}\\left[\\frac{r^4}{4}\\right]_0^2 d\\theta = 8\\pi$',
    'holds holds holds',
  ],
  ['an indefinite integral with its constant', '$F = \\int x e^{x^2} dx = \\frac12 e^{x^2} + C$', 'holds holds'],
  ['an exponent', '$\\mu = e^{\\int -\\frac{2}{x} dx} = e^{-2\\ln x} = x^{-2}$', 'holds holds holds'],
  [
    'an integral of any function, and a constant factor',
    '$J = 2\\int_0^1 g(x)\\,dx = \\int_0^1 2 g(x)\\,dx = \\int_0^1 g(x)\\,dx$',
    'holds holds fails',
  ],
  [
    'an integral of a sum',
    '$Q = \\int_a^b k (f(x) + x)\\,dx = k\\int_a^b f(x)\\,dx + k\\frac{b^2 - a^2}{2}$',
    'holds holds',
  ],
  [
    'a rule that is exact for cubics only',
    '$S = \\int_0^2 f(x)\\,dx = \\frac13(f(0) + 4f(1) + f(2))$',
    'holds unknown',
  ],
  [
    'the limit of a difference quotient',
    "$f(x) = x^2$\n\n$f'(x) = \\lim_{h \\to 0} \\frac{f(x+h) - f(x)}{h} = \\lim_{h \\to 0} \\frac{(x+h)^2 - x^2}{h} = \\lim_{h \\to 0} (2x + h) = 2x$",
    'holds holds holds holds',
  ],
  [
    'a slip on the way',
    "$f(x) = x^2$\n\n$f'(x) = \\lim_{h \\to 0} \\frac{f(x+h) - f(x)}{h} = \\lim_{h \\to 0} (3x + h) = 2x$",
    'holds fails holds',
  ],
  [
    'with Δx',
    "$g(x) = \\sin x$\n\n$g'(x) = \\lim_{\\Delta x \\to 0} \\frac{\\sin(x + \\Delta x) - \\sin x}{\\Delta x} = \\cos x$",
    'holds holds',
  ],
  ['a limit in which what is tried is 0/0', '$s = \\lim_{x \\to 0} \\frac{\\sin x}{x} = 1$', 'holds holds'],
  ['twice 0/0', '$s = \\lim_{t \\to 0} \\frac{1 - \\cos t}{t^2} = \\frac12$', 'holds holds'],
  [
    'a limit at another point',
    '$s = \\lim_{x \\to 2} \\frac{x^2 - 4}{x - 2} = \\lim_{x \\to 2} (x + 2) = 4$',
    'holds holds holds',
  ],
  ['a limit at a jump', '$s = \\lim_{x \\to 0} \\operatorname{sign}(x) = 0$', 'holds unknown'],
  ['a limit from one side', '$s = \\lim_{x \\to 0^+} \\frac{x}{|x|} = 1$', 'holds unknown'],
  ['a limit at infinity', '$s = \\lim_{x \\to \\infty} \\frac{1}{x} = 0$', 'holds holds'],
  ['a limit of any function', '$s = \\lim_{h \\to 0} \\frac{q(x + h) - q(x)}{h} = 3$', 'holds unknown'],
  ['the derivative of any function as a limit', "$f'(x) = \\lim_{h \\to 0} \\frac{f(x+h) - f(x)}{h}$", 'holds'],
  [
    'at a point, as another limit',
    "$f'(c) = \\lim_{x \\to c} \\frac{f(x) - f(c)}{x - c} = \\lim_{x \\to c} \\frac{f(x) - f(c)}{c - x}$",
    'holds fails',
  ],
  ['a difference on both sides over one step', "$f'(x) = \\lim_{h \\to 0} \\frac{f(x+h) - f(x-h)}{h}$", 'fails'],
  [
    'a product as a limit',
    "$(f(x)g(x))' = \\lim_{h \\to 0} \\frac{f(x+h)g(x+h) - f(x)g(x)}{h} = f'(x)g(x) + f(x)g'(x)$",
    'holds holds',
  ],
  ['what an integral is of', '$\\frac{d}{dx}\\int_a^x f(t)\\,dt = f(x)$', 'holds'],
  ['with the variable below', '$\\frac{d}{dx}\\int_x^b f(t)\\,dt = -f(x)$', 'holds'],
  [
    'bounds that are functions',
    "$\\frac{d}{dx}\\int_{g(x)}^{h(x)} f(t)\\,dt = f(h(x)) h'(x) - f(g(x)) g'(x)$",
    'holds',
  ],
  ['an inner derivative that is lost', '$\\frac{d}{dx}\\int_a^{g(x)} f(t)\\,dt = f(g(x))$', 'unknown'],
  ['an integral without a closed form', '$\\frac{d}{dx}\\int_2^{x^2} \\sqrt{1+t^3}\\,dt = 2x\\sqrt{1+x^6}$', 'holds'],
  ['a variable in what is integrated, too', '$\\frac{d}{dx}\\int_0^x f(x t)\\,dt = f(x^2)$', 'unknown'],
  ['a region', '$A = \\iint_D xy\\,dA = \\iint_E xy\\,dA$', 'holds unknown'],
  ['the derivative of an integral', '$\\frac{d}{dx}\\int_0^x t\\,dt = \\int_0^x t\\,dt$', 'unknown'],
  [
    'expectations in another order',
    '$c = \\mathbb{E}[XY] - \\mathbb{E}[X]\\mathbb{E}[Y] = -\\mathbb{E}[X]\\mathbb{E}[Y] + \\mathbb{E}[XY] = \\mathbb{E}[X]$',
    'holds holds unknown',
  ],
  ['probabilities in another order', '$S = P(A|B) P(B) = P(B) P(A | B) = P(B|A)$', 'holds holds unknown'],
  [
    'the imaginary unit is a number',
    '$y = e^{(a + i b) x} = e^{a x} e^{i b x} = e^{a x}$ where $i^2 = -1$',
    'holds holds unknown',
  ],
  ['dots may mean two things', '$s = 1 + x + \\dots = 1 + x + x^2 + \\dots$', 'holds unknown'],
  ['infinity is no number', '$d = \\infty - \\infty = 0$', 'holds unknown'],
  ['a name that has another definition', '$A = x^2$. $A = \\iint_D dA$. $A = \\iint_D dA = 3$', 'unknown unknown'],
]

describe('what can’t be read', () => {
  for (const [about, text, expected] of ROWS) {
    it(`${about}: ${expected}`, () => assert.equal(verdicts(claimsOf(text).at(-1)?.steps ?? []), expected))
  }
})

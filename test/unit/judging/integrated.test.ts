import assert from 'node:assert/strict'
import { claimsOf, verdicts } from './note'

/** Chains that begin with an integral or a limit; the verdicts on the steps of the note. Without bounds a side is judged by its derivative. */
const ROWS: readonly (readonly [about: string, text: string, expected: string])[] = [
  ['a sum', '$\\int (3x^2 + 2x)\\,dx = x^3 + x^2 + C$', 'holds'],
  ['a wrong factor', '$\\int (3x^2 + 2x)\\,dx = x^3 + 2x^2 + C$', 'fails'],
  ['a wrong sign', '$\\int \\cos x\\,dx = -\\sin x + C$', 'fails'],
  ['an inner factor that was multiplied', '$\\int e^{2x} dx = 2 e^{2x} + C$', 'fails'],
  ['without the constant', '$\\int x^2\\,dx = \\frac{x^3}{3}$', 'holds'],
  ['another constant', '$\\int (x + 1)\\,dx = \\frac{(x+1)^2}{2} = \\frac{x^2}{2} + x + C$', 'holds holds'],
  ['any exponent', '$\\int x^n dx = \\frac{x^{n+1}}{n+1} + C$', 'holds'],
  ['a logarithm of both signs', '$\\int \\frac{1}{x}\\,dx = \\ln|x| + C$', 'holds'],
  ['by parts', '$\\int x e^x dx = x e^x - \\int e^x dx = x e^x - e^x + C$', 'holds holds'],
  ['by parts, with a lost sign', '$\\int x e^x dx = x e^x + \\int e^x dx$', 'fails'],
  ['by parts, of any functions', "$\\int f(x) g'(x) dx = f(x) g(x) - \\int f'(x) g(x) dx$", 'holds'],
  [
    'a substitution',
    'Let $u = x^2$. $\\int x \\cos(x^2) dx = \\frac12 \\int \\cos u\\,du = \\frac12 \\sin u + C$',
    'holds holds',
  ],
  [
    'a substitution, and a cosine for its integral',
    'Let $u = x^2$. $\\int x \\cos(x^2) dx = \\frac12 \\int \\cos u\\,du = \\frac12 \\cos u + C$',
    'holds fails',
  ],
  [
    'by parts, of functions that are written without their variable',
    "With $u = u(x)$ and $du = u'(x)$, $v = v(x)$ and $dv = v'(x) dx$: $\\int u\\,dv = uv - \\int v\\,du$",
    'unknown',
  ],
  ['what is called a mistake', 'Common mistake: $\\int e^{2x} dx = 2 e^{2x} + C$', 'unknown'],
  ['both sides of an equation', '$\\int \\frac{1}{y}\\,dy = \\int x\\,dx$', ''],
  ['a density', '$\\int p(x)\\,dx = 1$', 'unknown'],
  ['a name for what is integrated', '$\\int F\\,dx = W$', 'unknown'],
  ['between bounds', '$\\int_0^1 x^2\\,dx = \\left[\\frac{x^3}{3}\\right]_0^1 = \\frac13$', 'holds holds'],
  ['between bounds, wrong', '$\\int_0^1 x^2\\,dx = \\left[\\frac{x^3}{3}\\right]_0^1 = \\frac12$', 'holds fails'],
  [
    'a bar behind a factor of numbers',
    '$\\int_0^3 \\sqrt{1+x}\\,dx = \\frac{2}{3}(1+x)^{3/2}\\Big|_0^3 = \\frac{14}{3}$',
    'holds holds',
  ],
  [
    'a bar behind a factor of numbers, and a wrong value',
    '$\\int_0^3 \\sqrt{1+x}\\,dx = \\frac{2}{3}(1+x)^{3/2}\\Big|_0^3 = \\frac{16}{3}$',
    'holds unknown',
  ],
  ['a bar behind a sum', '$\\int_0^1 (2x+1)\\,dx = x^2 + x\\Big|_0^1 = 3$', 'unknown fails'],
  ['a condition for a constant', '$\\int_0^1 c x\\,dx = 1$', 'unknown'],
  ['a limit', '$\\lim_{x \\to 0} \\frac{\\sin 3x}{x} = 3$', 'holds'],
  ['a limit, wrong', '$\\lim_{x \\to 0} \\frac{\\sin 3x}{x} = 1$', 'fails'],
  ['a limit of any function', '$\\lim_{x \\to 2} f(x) = 4$', 'unknown'],
  ['a limit at infinity', '$\\lim_{n \\to \\infty} \\frac{2n}{n + 1} = 2$', 'holds'],
  ['wrong', '$\\lim_{n \\to \\infty} \\frac{2n}{n + 1} = 1$', 'fails'],
  ['where something vanishes', '$\\lim_{x \\to +\\infty} \\left(3 - \\frac{1}{x + 1}\\right) = 3$', 'holds'],
  [
    'in two turns',
    '$\\lim_{x \\to \\infty} \\frac{x^2}{e^x} = \\lim_{x \\to \\infty} \\frac{2x}{e^x} = 0$',
    'holds holds',
  ],
  ['below all numbers', '$\\lim_{x \\to -\\infty} \\frac{3x^2 + 1}{2x^2 - x} = \\frac{3}{2}$', 'holds'],
  ['an exponent that vanishes', '$\\lim_{x \\to \\infty} (e^x)^{1/x} = 1$', 'unknown'],
  ['a power that grows as its base comes to 1', '$\\lim_{n \\to \\infty} (1 + \\frac{1}{n})^n = 1$', 'unknown'],
  ['without an end', '$\\lim_{x \\to \\infty} \\frac{x^2}{x + 1} = 1$', 'unknown'],
  ['that no number says', '$\\lim_{x \\to \\infty} \\arctan x = 1$', 'unknown'],
  ['of which a parameter decides', '$\\lim_{n \\to \\infty} r^n = 0$', 'unknown'],
  ['a limit of a difference quotient', "$\\lim_{h \\to 0} \\frac{f(x+h) - f(x)}{h} = f'(x)$", 'holds'],
]

describe('chains that begin with an integral or a limit', () => {
  for (const [about, text, expected] of ROWS) {
    it(`${about}: ${expected || 'no claim'}`, () => {
      assert.equal(verdicts(claimsOf(text).flatMap(({ steps }) => steps)), expected)
    })
  }
})

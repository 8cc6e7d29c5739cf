/** The same mathematics in the spellings of many authors: what is right holds, and its wrong sibling fails. */
import assert from 'node:assert/strict'
import { stepsOf } from './note'

/** How it is written, the formulas before, a right claim, and a wrong one of the same form. */
const SPELLINGS: readonly (readonly [kind: string, before: readonly string[], right: string, wrong: string])[] = [
  [
    'an argument without brackets is the product behind the function',
    [String.raw`u(t) = B\sin \omega_0 t`],
    String.raw`u'(t) = B\omega_0\cos \omega_0 t`,
    String.raw`u'(t) = B\cos \omega_0 t`,
  ],
  [
    'a power of e in the numerator',
    [],
    String.raw`\frac{de^x}{dx} = 1 \cdot e^x`,
    String.raw`\frac{de^x}{dx} = x e^{x-1}`,
  ],
  [
    'an inner function in a power of e in the numerator',
    [],
    String.raw`\frac{\partial e^{xy}}{\partial x} = y e^{xy}`,
    String.raw`\frac{\partial e^{xy}}{\partial x} = e^{xy}`,
  ],
  [
    'twice by an error e',
    [String.raw`L = \frac{1}{2} e^2 + 3e`],
    String.raw`\frac{d^2 L}{de^2} = 1`,
    String.raw`\frac{d^2 L}{de^2} = 2`,
  ],
  [
    'a root before the variable of an argument',
    [String.raw`x(t) = A\cos\sqrt{\frac{k}{m}}t`],
    String.raw`x'(t) = -A\sqrt{\frac{k}{m}}\sin\sqrt{\frac{k}{m}}t`,
    String.raw`x'(t) = A\sqrt{\frac{k}{m}}\sin\sqrt{\frac{k}{m}}t`,
  ],
  [
    'a fraction before the variable of an argument',
    [String.raw`f(x) = \sin\frac{n\pi}{L}x`],
    String.raw`f'(x) = \frac{n\pi}{L}\cos\frac{n\pi}{L}x`,
    String.raw`f'(x) = \frac{L}{n\pi}\cos\frac{n\pi}{L}x`,
  ],
  [
    'an angle of the note ends the argument',
    [String.raw`x = r\cos\theta`],
    String.raw`\frac{\partial x}{\partial \theta} = -\sin\theta r`,
    String.raw`\frac{\partial x}{\partial \theta} = \sin\theta r`,
  ],
  [
    'the inverse of one over a function',
    [],
    String.raw`\frac{d}{dx}\cot^{-1}(x) = -\frac{1}{1+x^2}`,
    String.raw`\frac{d}{dx}\cot^{-1}(x) = \frac{1}{1+x^2}`,
  ],
  [
    'an operator without brackets',
    [String.raw`r = \operatorname{sech} t`],
    String.raw`\frac{dr}{dt} = -\operatorname{sech} t \tanh t`,
    String.raw`\frac{dr}{dt} = \operatorname{sech} t \tanh t`,
  ],
  [
    'a power of an operator',
    [String.raw`y = \operatorname{sech}^2 x`],
    String.raw`\frac{dy}{dx} = -2\operatorname{sech}^2 x\tanh x`,
    String.raw`\frac{dy}{dx} = -2\operatorname{sech} x\tanh x`,
  ],
  [
    'a power behind an argument in braces belongs to the function',
    [String.raw`z = \log^3(x)`],
    String.raw`\frac{dz}{dx} = 3 \log{\left(x \right)}^{2} \frac{1}{x}`,
    String.raw`\frac{dz}{dx} = 3 \log{\left(x^{2} \right)} \frac{1}{x}`,
  ],
  [
    'a point multiplies',
    [String.raw`s(x) = \frac{1}{1+e^{-x}}`],
    String.raw`s'(x) = \frac{1}{1+e^{-x}}.(1 - \frac{1}{1+e^{-x}})`,
    String.raw`s'(x) = \frac{1}{1+e^{-x}}.(1 + \frac{1}{1+e^{-x}})`,
  ],
  [
    'a function with a name of two letters',
    ['L(p) = p^3 (1-p)^2', String.raw`LL(p) = 3\ln p + 2\ln(1-p)`],
    String.raw`\frac{\partial LL(p)}{\partial p} = \frac{3}{p} - \frac{2}{1-p}`,
    String.raw`\frac{\partial LL(p)}{\partial p} = \frac{3}{p} + \frac{2}{1-p}`,
  ],
  [
    'a run with the variable in it is a product',
    ['s = ct'],
    String.raw`\frac{ds}{dt} = c`,
    String.raw`\frac{ds}{dt} = t`,
  ],
  [
    'a name that says its argument again',
    [String.raw`\sigma = \frac{1}{1+\exp(-ax)}`],
    String.raw`\frac{\partial\sigma(x)}{\partial x} = a\sigma(x)(1-\sigma(x))`,
    String.raw`\frac{\partial\sigma(x)}{\partial x} = \sigma(x)(1-\sigma(x))`,
  ],
  [
    'a letter of functions that is a factor',
    [],
    'G = (x+h)^2 - x^2 = h((x+h) + x)',
    'G = (x+h)^2 - x^2 = h((x+h) - x)',
  ],
  [
    'a name, its function and the expression in one row',
    ['y = f(x) = x^4'],
    String.raw`\frac{dy}{dx} = 4x^3`,
    String.raw`\frac{dy}{dx} = 4x^2`,
  ],
  [
    'a function, its name and the expression in one row',
    ['f(x, y) = z = x y^2'],
    String.raw`\frac{\partial z}{\partial x} = y^2`,
    String.raw`\frac{\partial z}{\partial x} = 2y`,
  ],
  [
    'a row that begins with a derivative times something',
    [String.raw`y = \frac{1}{1 + \exp(-x)}`],
    String.raw`\frac{\partial L}{\partial y} y^2 \exp(-x) = \frac{\partial L}{\partial y} y (1 - y)`,
    String.raw`\frac{\partial L}{\partial y} y^2 \exp(-x) = \frac{\partial L}{\partial y} y (1 + y)`,
  ],
  [
    'a sum of derivatives of expressions',
    [],
    String.raw`\frac{d}{dx}(x^2) + 2\frac{d}{dx}(x^3) = 2x + 6x^2`,
    String.raw`\frac{d}{dx}(x^2) + 2\frac{d}{dx}(x^3) = 2x + 3x^2`,
  ],
  ['primes of brackets', ['f(x) = x^2 + 1'], "f'(x) = (x^2)' + (1)' = 2x", "f'(x) = (x^2)' + (1)' = 3x"],
  [
    'braces round the sign',
    ['w = s^3'],
    String.raw`\frac{{\partial}w}{{\partial}s} = 3s^2`,
    String.raw`\frac{{\partial}w}{{\partial}s} = 3s`,
  ],
  ['a fraction by over', ['y = x^3 - x'], String.raw`{dy \over dx} = 3x^2 - 1`, String.raw`{dy \over dx} = 3x^2 + 1`],
  [
    'a condition behind a wide space',
    [],
    String.raw`\frac{d}{dx} \ln x = \frac{1}{x} \quad (x > 0)`,
    String.raw`\frac{d}{dx} \ln x = \frac{2}{x} \quad (x > 0)`,
  ],
  ['bold stars', ['g(x) = 2x^4 + 6x'], "g'(x) = **8x^3 + 6**", "g'(x) = **8x^3 + 6x**"],
  ['units', [], String.raw`A = 30 \times 50 = 1500 \text{ m}^2`, String.raw`A = 30 \times 50 = 1600 \text{ m}^2`],
  [
    'plain TeX environments',
    [String.raw`\array{r(x)=x^3+x\\ s(x)=x^4}`],
    String.raw`\frac{ds}{dx}=4x^3`,
    String.raw`\frac{ds}{dx}=4x^2`,
  ],
  [
    'a remark behind dashes',
    ['z = wx + b -- the logit'],
    String.raw`\frac{\partial z}{\partial w} = x`,
    String.raw`\frac{\partial z}{\partial w} = w`,
  ],
  [
    'a dot above is the derivative by the only variable',
    [String.raw`x = 3t^2`],
    String.raw`\dot{x} = 6t`,
    String.raw`\dot{x} = 3t`,
  ],
  ['two dots are the second', [String.raw`w = u^3`], String.raw`\ddot{w} = 6u`, String.raw`\ddot{w} = 3u^2`],
  [
    'dots by time where other names have them',
    [String.raw`x = r\cos\theta`],
    String.raw`\dot x = \dot r\cos\theta - r\dot\theta\sin\theta`,
    String.raw`\dot x = \dot r\cos\theta + r\dot\theta\sin\theta`,
  ],
  [
    'a font around an expression only shows it',
    ['f(x) = x^3 + 4x'],
    String.raw`f'(x) = \boldsymbol{3x^2 + 4}`,
    String.raw`f'(x) = \mathbf{3x^2}`,
  ],
  [
    'braces around what a prime differentiates',
    [],
    String.raw`\{x^2(x+1)\}' = 2x(x+1) + x^2`,
    String.raw`\{x^2(x+1)\}' = 2x(x+1) + x`,
  ],
  [
    'a sum with a number has a power, not a transpose',
    [String.raw`V = V_0 (1+r)^T`],
    String.raw`\frac{\partial V}{\partial r} = T V_0 (1+r)^{T-1}`,
    String.raw`\frac{\partial V}{\partial r} = V_0 (1+r)^{T-1}`,
  ],
  ['a name in the middle is defined as well', ['h(x) = y = e^{2x}'], "y' = 2e^{2x}", "y' = e^{2x}"],
  ['a function without its argument has a slope at a number', ['f = x^2 + 3x'], "f'(2) = 7", "f'(2) = 8"],
  ['a value of a function', ['f(x) = 2x^2 + 1', 'f(0) = 1'], 'f(3) = 19', 'f(3) = 18'],
  ['numbers that are worked out', [], String.raw`\cos\frac{\pi}{3} = \frac{1}{2}`, String.raw`\cos 2\pi = 0`],
  ['a sign of being about equal', [], String.raw`0.25 \times 0.18 ≒ 0.045`, String.raw`0.25 \times 0.18 ≒ 0.054`],
  [
    'a unit behind a constant',
    [],
    String.raw`V = \pi \cdot 9 \cdot 10 = 90\pi \text{ cm}^3`,
    String.raw`V = \pi \cdot 9 \cdot 10 = 19\pi \text{ cm}^3`,
  ],
  [
    'a unit of what names make',
    ['m = 3', 'a = 2'],
    String.raw`F = ma = 3 \cdot 2 = 6 \text{ N}`,
    String.raw`F = ma = 3 \cdot 2 = 8 \text{ N}`,
  ],
  [
    'a residual of a model: what the model explains is given',
    [String.raw`y_i = \beta_0 + \beta_1 x_i + \varepsilon_i`, String.raw`e_i = y_i - \beta_0 - \beta_1 x_i`],
    String.raw`\frac{\partial e_i^2}{\partial\beta_1} = -2 e_i x_i`,
    String.raw`\frac{\partial e_i^2}{\partial\beta_1} = 2 e_i x_i`,
  ],
  [
    'shares add up to one',
    [
      't_1 + t_2 = 1',
      'S = e^{z_1} + e^{z_2}',
      String.raw`p_k = \frac{e^{z_k}}{S}`,
      String.raw`L = -t_1\ln p_1 - t_2\ln p_2`,
    ],
    String.raw`\frac{\partial L}{\partial z_1} = p_1 - t_1`,
    String.raw`\frac{\partial L}{\partial z_1} = p_1 + t_1`,
  ],
  [
    'digits that doubles don’t have',
    [],
    'M = 123456789 \\times 987654321 = 121932631112635269',
    'M = 123456789 \\times 987654321 = 121932631112635268',
  ],
  [
    'powers of ten far from each other',
    [],
    'y = (1 + 10^{-30})x - x = 10^{-30}x',
    'y = (1 + 10^{-30})x - x = 10^{-31}x',
  ],
  ['a bar behind the d of a derivative', [], '\\frac{d|x|}{dx} = \\frac{x}{|x|}', '\\frac{d|x|}{dx} = x|x|'],
  [
    'an exponential over a constant has itself as its derivative',
    ['q = \\frac{e^u}{S}'],
    '\\frac{\\partial q}{\\partial u} = q',
    '\\frac{\\partial q}{\\partial u} = q(1 - q)',
  ],
  ['a subscript of a function of two variables', ['U(x, y) = x^2 y^3'], 'U_x = 2xy^3', 'U_x = 3x^2y^2'],
  [
    'a unit of one letter behind a constant',
    [],
    String.raw`c = 2\pi \cdot 5 = 10\pi \text{ m}`,
    String.raw`c = 2\pi \cdot 5 = 20\pi \text{ m}`,
  ],
]

describe('spellings of many authors', () => {
  for (const [kind, before, right, wrong] of SPELLINGS) {
    it(`${kind}: right`, () => assert.equal(stepsOf([...before, right]).at(-1)?.verdict, 'holds'))
    it(`${kind}: wrong`, () => assert.equal(stepsOf([...before, wrong]).at(-1)?.verdict, 'fails'))
  }
})

/** What can be meant in a way that the program doesn't know is never called wrong. */
const UNKNOWN: readonly (readonly [kind: string, ...formulas: string[]])[] = [
  [
    'a function that nobody defines, applied',
    'y = W(x^2)',
    String.raw`\frac{dy}{dx} = \frac{2 W(x^2)}{x (W(x^2) + 1)}`,
  ],
  ['a shifted step function', 'g(t) = 1 - u(t-2) = u(t) - u(t-2)'],
  ['an unknown operator', String.raw`z = \operatorname{Si} k`, String.raw`\frac{dz}{dk} = \frac{\sin k}{k}`],
  [
    'an unknown upright word before its argument',
    String.raw`s = \mathrm{sinc}\, p`,
    String.raw`\frac{ds}{dp} = \frac{p\cos p-\sin p}{p^2}`,
  ],
  ['a constant function', 'y = c', "y' = 0"],
  ['Euler’s formula', String.raw`z_1 = e^{(\alpha + i\beta)x} = e^{\alpha x}(\cos(\beta x) + i\sin(\beta x))`],
  ['a product of conjugates', 'w = (a + ib)(a - ib) = a^2 + b^2'],
  ['another unit', String.raw`v = 90 \text{ km/h} = 25 \text{ m/s}`],
  [
    'd as a variable',
    String.raw`z = \sin(\ln(d x))`,
    String.raw`\frac{\partial z}{\partial x} = \frac{d}{d \times x}\cos(\ln(d x)) = \frac{d}{d\,x}\,\cos(\ln(d x))`,
  ],
]

describe('what may be meant otherwise', () => {
  for (const [kind, ...formulas] of UNKNOWN) {
    it(`${kind}: nothing is marked`, () => {
      const marked = stepsOf(formulas).filter((step) => step.verdict === 'fails')
      assert.deepEqual(
        marked.map((step) => step.latex),
        [],
      )
    })
  }

  it('a grouping that is written holds against one that is supposed', () => {
    assert.notEqual(
      stepsOf(['z = x', String.raw`\frac{\partial z}{\partial x} = 6 / 2 \cdot 3`]).at(-1)?.verdict,
      'holds',
    )
    assert.notEqual(
      stepsOf([String.raw`z = \frac{1}{2}\ln x`, String.raw`\frac{dz}{dx} = 1/2x`]).at(-1)?.verdict,
      'fails',
    )
  })
})

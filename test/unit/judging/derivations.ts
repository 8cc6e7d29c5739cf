/**
 * Written derivations: definitions, what is differentiated, the right steps, and wrong ones that people write in the
 * place of a step. Each wrong step makes a chain of its own, whose other steps stay right.
 */
export interface WrittenDerivation {
  readonly about: string
  readonly definitions: readonly string[]
  readonly head: string
  readonly steps: readonly string[]
  readonly wrong: readonly (readonly [step: number, expression: string])[]
}

export const DERIVATIONS: readonly WrittenDerivation[] = [
  {
    about: 'a square of a sum',
    definitions: ['z = t^2', 't = x + y'],
    head: '\\frac{\\partial z}{\\partial x}',
    steps: ['\\frac{\\partial z}{\\partial t} \\frac{\\partial t}{\\partial x}', '2t \\cdot 1', '2(x + y)'],
    wrong: [
      [1, '2t \\cdot 2'],
      [1, 't \\cdot 1'],
      [2, '2x + y'],
      [2, '2(x - y)'],
      [2, 'x + y'],
    ],
  },
  {
    about: 'two paths',
    definitions: ['z = u v', 'u = x + y', 'v = x - y'],
    head: '\\frac{\\partial z}{\\partial x}',
    steps: [
      '\\frac{\\partial z}{\\partial u} \\frac{\\partial u}{\\partial x} + \\frac{\\partial z}{\\partial v} \\frac{\\partial v}{\\partial x}',
      'v + u',
      '2x',
    ],
    wrong: [
      [0, '\\frac{\\partial z}{\\partial u} \\frac{\\partial u}{\\partial x}'],
      [0, '\\frac{\\partial z}{\\partial v} \\frac{\\partial v}{\\partial x}'],
      [1, 'v - u'],
      [1, 'u v'],
      [2, '2y'],
      [2, 'x'],
    ],
  },
  {
    about: 'two paths by the other input',
    definitions: ['z = u v', 'u = x + y', 'v = x - y'],
    head: '\\frac{\\partial z}{\\partial y}',
    steps: ['v \\cdot 1 + u \\cdot (-1)', 'v - u', '-2y'],
    wrong: [
      [0, 'v \\cdot 1 + u \\cdot 1'],
      [1, 'u - v'],
      [2, '2y'],
    ],
  },
  {
    about: 'a quotient',
    definitions: ['f(x) = \\frac{x^2 + 1}{x - 3}'],
    head: "f'(x)",
    steps: ['\\frac{2x (x - 3) - (x^2 + 1)}{(x - 3)^2}', '\\frac{x^2 - 6x - 1}{(x - 3)^2}'],
    wrong: [
      [0, '\\frac{2x (x - 3) + (x^2 + 1)}{(x - 3)^2}'],
      [0, '\\frac{2x (x - 3) - (x^2 + 1)}{x - 3}'],
      [0, '\\frac{2x}{1}'],
      [1, '\\frac{x^2 - 6x + 1}{(x - 3)^2}'],
      [1, '\\frac{x^2 - 6x - 1}{x - 3}'],
    ],
  },
  {
    about: 'a product',
    definitions: ['f(x) = x^2 \\sin x'],
    head: "f'(x)",
    steps: ['2x \\sin x + x^2 \\cos x', 'x (2 \\sin x + x \\cos x)'],
    wrong: [
      [0, '2x \\cos x'],
      [0, '2x \\sin x'],
      [0, '2x \\sin x - x^2 \\cos x'],
      [0, 'x \\sin x + x^2 \\cos x'],
      [1, 'x (2 \\sin x + \\cos x)'],
    ],
  },
  {
    about: 'sines and cosines',
    definitions: ['y = \\sin u \\cos u', 'u = 3x'],
    head: '\\frac{dy}{dx}',
    steps: ['\\frac{dy}{du} \\cdot \\frac{du}{dx}', '(\\cos^2 u - \\sin^2 u) \\cdot 3', '3 \\cos(6x)'],
    wrong: [
      [1, '(\\cos^2 u + \\sin^2 u) \\cdot 3'],
      [1, '\\cos^2 u - \\sin^2 u'],
      [2, '3 \\cos(3x)'],
      [2, '6 \\cos(6x)'],
      [2, '3 \\sin(6x)'],
    ],
  },
  {
    about: 'a tangent',
    definitions: ['y = \\tan(x^2)'],
    head: '\\frac{dy}{dx}',
    steps: ['\\frac{1}{\\cos^2(x^2)} \\cdot 2x', '2x (1 + \\tan^2(x^2))'],
    wrong: [
      [0, '\\frac{1}{\\cos^2(x^2)}'],
      [0, '-\\frac{1}{\\cos^2(x^2)} \\cdot 2x'],
      [1, '2x (1 - \\tan^2(x^2))'],
    ],
  },
  {
    about: 'a second derivative',
    definitions: ['f(x) = x^4 - 3x^2 + 2'],
    head: '\\frac{d^2 f}{dx^2}',
    steps: ['\\frac{d}{dx}(4x^3 - 6x)', '12x^2 - 6', '6(2x^2 - 1)'],
    wrong: [
      [0, '\\frac{d}{dx}(4x^3 - 3x)'],
      [1, '12x^2 - 6x'],
      [1, '12x - 6'],
      [2, '6(2x^2 + 1)'],
    ],
  },
  {
    about: 'a second derivative with a product',
    definitions: ['g(t) = t e^{-t}'],
    head: "g''(t)",
    steps: ['(t - 2) e^{-t}', 't e^{-t} - 2 e^{-t}'],
    wrong: [
      [0, '(t + 2) e^{-t}'],
      [0, 't e^{-t}'],
      [1, 't e^{-t} + 2 e^{-t}'],
    ],
  },
  {
    about: 'a mixed second derivative',
    definitions: ['f = x^2 y^3 + x y'],
    head: '\\frac{\\partial^2 f}{\\partial x \\partial y}',
    steps: ['\\frac{\\partial}{\\partial x}(3 x^2 y^2 + x)', '6 x y^2 + 1'],
    wrong: [
      [0, '\\frac{\\partial}{\\partial x}(3 x^2 y^2 + y)'],
      [1, '6 x y^2'],
      [1, '6 x^2 y + 1'],
    ],
  },
  {
    about: 'several inputs',
    definitions: ['p = \\frac{a b}{a + b}'],
    head: '\\frac{\\partial p}{\\partial a}',
    steps: ['\\frac{b (a + b) - a b}{(a + b)^2}', '\\frac{b^2}{(a + b)^2}'],
    wrong: [
      [0, '\\frac{b (a + b) + a b}{(a + b)^2}'],
      [0, '\\frac{b (a + b) - a b}{a + b}'],
      [1, '\\frac{a^2}{(a + b)^2}'],
      [1, '\\frac{b}{(a + b)^2}'],
    ],
  },
  {
    about: 'a piecewise function',
    definitions: ['y = \\begin{cases} x^2 & (x > 0) \\\\ 3x & (x \\le 0) \\end{cases}'],
    head: '\\frac{dy}{dx}',
    steps: ['\\begin{cases} 2x & (x > 0) \\\\ 3 & (x \\le 0) \\end{cases}'],
    wrong: [
      [0, '\\begin{cases} 2x & (x > 0) \\\\ 3x & (x \\le 0) \\end{cases}'],
      [0, '\\begin{cases} x & (x > 0) \\\\ 3 & (x \\le 0) \\end{cases}'],
    ],
  },
  {
    about: 'a leaky rectifier',
    definitions: ['h = \\begin{cases} u & (u > 0) \\\\ 0.1 u & (u \\le 0) \\end{cases}', 'u = w x + b'],
    head: '\\frac{\\partial h}{\\partial w}',
    steps: [
      '\\frac{\\partial h}{\\partial u} \\frac{\\partial u}{\\partial w}',
      '\\begin{cases} x & (u > 0) \\\\ 0.1 x & (u \\le 0) \\end{cases}',
    ],
    wrong: [
      [1, '\\begin{cases} w & (u > 0) \\\\ 0.1 w & (u \\le 0) \\end{cases}'],
      [1, '\\begin{cases} 2 x & (u > 0) \\\\ 0.1 x & (u \\le 0) \\end{cases}'],
    ],
  },
  {
    about: 'squared error of a neuron',
    definitions: ['L = \\frac{1}{2} (y - t)^2', 'y = \\sigma(a)', 'a = w x + b'],
    head: '\\frac{\\partial L}{\\partial w}',
    steps: [
      '\\frac{\\partial L}{\\partial y} \\frac{\\partial y}{\\partial a} \\frac{\\partial a}{\\partial w}',
      '(y - t) \\cdot y (1 - y) \\cdot x',
      '(y - t) y (1 - y) x',
    ],
    wrong: [
      [0, '\\frac{\\partial L}{\\partial y} \\frac{\\partial a}{\\partial w}'],
      [1, '(y - t) \\cdot y (1 + y) \\cdot x'],
      [1, '(t - y) \\cdot y (1 - y) \\cdot x'],
      [1, '2 (y - t) \\cdot y (1 - y) \\cdot x'],
      [1, '(y - t) \\cdot y (1 - y)'],
      [2, '(y - t) y (1 - y) w'],
      [2, '(y - t) (1 - y) x'],
    ],
  },
  {
    about: 'cross entropy of a sigmoid',
    definitions: ['L = -t \\log y - (1 - t) \\log(1 - y)', 'y = \\sigma(z)'],
    head: '\\frac{\\partial L}{\\partial z}',
    steps: ['\\left( -\\frac{t}{y} + \\frac{1 - t}{1 - y} \\right) y (1 - y)', '-t (1 - y) + (1 - t) y', 'y - t'],
    wrong: [
      [0, '\\left( -\\frac{t}{y} - \\frac{1 - t}{1 - y} \\right) y (1 - y)'],
      [0, '-\\frac{t}{y} + \\frac{1 - t}{1 - y}'],
      [1, '-t (1 - y) - (1 - t) y'],
      [2, 't - y'],
      [2, 'y + t'],
    ],
  },
  {
    about: 'an upstream gradient',
    definitions: ['z = x y'],
    head: '\\frac{\\partial L}{\\partial x}',
    steps: ['\\frac{\\partial L}{\\partial z} \\frac{\\partial z}{\\partial x}', '\\frac{\\partial L}{\\partial z} y'],
    wrong: [
      [0, '\\frac{\\partial L}{\\partial z} \\frac{\\partial z}{\\partial y}'],
      [1, '\\frac{\\partial L}{\\partial z} x'],
      [1, '-\\frac{\\partial L}{\\partial z} y'],
    ],
  },
  {
    about: 'an upstream gradient over two nodes',
    definitions: ['y = \\sigma(a)', 'a = w x + b'],
    head: '\\frac{\\partial L}{\\partial w}',
    steps: [
      '\\frac{\\partial L}{\\partial a} \\frac{\\partial a}{\\partial w}',
      '\\frac{\\partial L}{\\partial y} \\frac{\\partial y}{\\partial a} \\cdot x',
      '\\frac{\\partial L}{\\partial y} y (1 - y) x',
    ],
    wrong: [
      [0, '\\frac{\\partial L}{\\partial a} \\frac{\\partial a}{\\partial x}'],
      [2, '\\frac{\\partial L}{\\partial y} y (1 + y) x'],
      [2, '\\frac{\\partial L}{\\partial y} (1 - y) x'],
    ],
  },
  {
    about: 'a direct and an indirect path',
    definitions: ['z = x t', 't = x + y'],
    head: '\\frac{\\partial z}{\\partial x}',
    steps: ['t + x \\frac{\\partial t}{\\partial x}', 't + x', '2x + y'],
    wrong: [
      [1, '2t + x'],
      [1, 't - x'],
      [2, '2x - y'],
      [2, '2x + 2y'],
    ],
  },
  {
    about: 'a root',
    definitions: ['r = \\sqrt{x^2 + y^2}'],
    head: '\\frac{\\partial r}{\\partial x}',
    steps: ['\\frac{2x}{2 \\sqrt{x^2 + y^2}}', '\\frac{x}{\\sqrt{x^2 + y^2}}', '\\frac{x}{r}'],
    wrong: [
      [0, '\\frac{2x}{\\sqrt{x^2 + y^2}}'],
      [0, '\\frac{1}{2 \\sqrt{x^2 + y^2}}'],
      [1, '\\frac{x}{x^2 + y^2}'],
      [2, '\\frac{y}{r}'],
    ],
  },
  {
    about: 'a Gaussian',
    definitions: ['p = e^{-\\frac{(x - \\mu)^2}{2 s^2}}'],
    head: '\\frac{\\partial p}{\\partial \\mu}',
    steps: ['p \\cdot \\frac{2 (x - \\mu)}{2 s^2}', '\\frac{x - \\mu}{s^2} p'],
    wrong: [
      [0, '-p \\cdot \\frac{2 (x - \\mu)}{2 s^2}'],
      [0, '\\frac{2 (x - \\mu)}{2 s^2}'],
      [1, '\\frac{x - \\mu}{s} p'],
      [1, '\\frac{\\mu - x}{s^2} p'],
    ],
  },
  {
    about: 'a general power',
    definitions: ['f(x) = x^n'],
    head: "f'(x)",
    steps: ['n x^{n-1}', '\\frac{n x^n}{x}'],
    wrong: [
      [0, '(n-1) x^{n-1}'],
      [0, 'n x^n'],
      [0, 'x^{n-1}'],
      [1, '\\frac{x^n}{x}'],
    ],
  },
  {
    about: 'an exponential of another base',
    definitions: ['f(x) = a^x'],
    head: "f'(x)",
    steps: ['a^x \\ln a'],
    wrong: [
      [0, 'x a^{x-1}'],
      [0, 'a^x'],
      [0, '\\frac{a^x}{\\ln a}'],
    ],
  },
  {
    about: 'a power tower of logarithms',
    definitions: ['y = \\log(\\log x)'],
    head: '\\frac{dy}{dx}',
    steps: ['\\frac{1}{\\log x} \\cdot \\frac{1}{x}', '\\frac{1}{x \\log x}'],
    wrong: [
      [0, '\\frac{1}{\\log x}'],
      [1, '\\frac{\\log x}{x}'],
      [1, '\\frac{1}{x + \\log x}'],
    ],
  },
  {
    about: 'a hyperbolic tangent',
    definitions: ['s = \\tanh(k)', 'k = a x^2'],
    head: '\\frac{ds}{dx}',
    steps: ['(1 - s^2) \\cdot 2 a x', '2 a x (1 - \\tanh^2(a x^2))'],
    wrong: [
      [0, '(1 + s^2) \\cdot 2 a x'],
      [0, '(1 - s) \\cdot 2 a x'],
      [0, '(1 - s^2) \\cdot a x'],
      [1, '2 x (1 - \\tanh^2(a x^2))'],
      [1, '2 a x (1 - \\tanh^2(x^2))'],
    ],
  },
  {
    about: 'Cobb and Douglas',
    definitions: ['Y = A K^{\\alpha} N^{1 - \\alpha}'],
    head: '\\frac{\\partial Y}{\\partial N}',
    steps: ['(1 - \\alpha) A K^{\\alpha} N^{-\\alpha}', '(1 - \\alpha) \\frac{Y}{N}'],
    wrong: [
      [0, '(1 - \\alpha) A K^{\\alpha} N^{-\\alpha - 1}'],
      [0, 'A K^{\\alpha} N^{-\\alpha}'],
      [0, '(1 - \\alpha) A K^{\\alpha} N^{\\alpha}'],
      [1, '(1 - \\alpha) Y N'],
      [1, '\\alpha \\frac{Y}{N}'],
    ],
  },
  {
    about: 'a Lagrangian',
    definitions: ['\\mathcal{L} = x^2 y - \\lambda (x + 2y - 10)'],
    head: '\\frac{\\partial \\mathcal{L}}{\\partial \\lambda}',
    steps: ['-(x + 2y - 10)', '10 - x - 2y'],
    wrong: [
      [0, 'x + 2y - 10'],
      [1, '10 - x + 2y'],
      [1, '10 - x - y'],
    ],
  },
  {
    about: 'a composition of functions with arguments',
    definitions: ['g(u) = u^3', 'f(x) = g(2x + 1)'],
    head: "f'(x)",
    steps: ["g'(2x + 1) \\cdot 2", '3 (2x + 1)^2 \\cdot 2', '6 (2x + 1)^2'],
    wrong: [
      [0, "g'(2x + 1)"],
      [1, '3 (2x + 1) \\cdot 2'],
      [2, '3 (2x + 1)^2'],
      [2, '6 (2x)^2 + 1'],
    ],
  },
  {
    about: 'an operator before a bracket',
    definitions: [],
    head: '\\frac{d}{dx} (x^3 \\ln x)',
    steps: ['3x^2 \\ln x + x^3 \\cdot \\frac{1}{x}', 'x^2 (3 \\ln x + 1)'],
    wrong: [
      [0, '3x^2 \\cdot \\frac{1}{x}'],
      [0, '3x^2 \\ln x - x^3 \\cdot \\frac{1}{x}'],
      [1, 'x^2 (3 \\ln x + x)'],
    ],
  },
  {
    about: 'a long chain',
    definitions: ['y = a^2', 'a = \\sin b', 'b = e^c', 'c = 5x'],
    head: '\\frac{dy}{dx}',
    steps: [
      '\\frac{dy}{da} \\frac{da}{db} \\frac{db}{dc} \\frac{dc}{dx}',
      '2a \\cdot \\cos b \\cdot e^c \\cdot 5',
      '10 \\sin(e^{5x}) \\cos(e^{5x}) e^{5x}',
    ],
    wrong: [
      [0, '\\frac{dy}{da} \\frac{da}{db} \\frac{dc}{dx}'],
      [1, '2a \\cdot \\cos b \\cdot e^c'],
      [1, '2a \\cdot \\sin b \\cdot e^c \\cdot 5'],
      [2, '10 \\sin(e^{5x}) \\cos(e^{5x})'],
      [2, '10 \\sin(e^{x}) \\cos(e^{5x}) e^{5x}'],
    ],
  },
  {
    about: 'the absolute value',
    definitions: ['f = |x - 2|^3'],
    head: '\\frac{df}{dx}',
    steps: ['3 (x - 2) |x - 2|', '3 |x - 2|^2 \\frac{x - 2}{|x - 2|}'],
    wrong: [
      [0, '3 |x - 2|^2'],
      [1, '|x - 2|^2 \\frac{x - 2}{|x - 2|}'],
    ],
  },
  {
    about: 'a numeric coefficient',
    definitions: ['\\Pi = 40 q - (100 + 10 q + 0.2 q^2)'],
    head: '\\frac{\\partial \\Pi}{\\partial q}',
    steps: ['40 - 10 - 0.4 q', '30 - 0.4 q'],
    wrong: [
      [0, '40 - 10 + 0.4 q'],
      [0, '40 - 10 - 0.2 q'],
      [1, '50 - 0.4 q'],
    ],
  },
  {
    about: 'the circuit of a max gate',
    definitions: ['f = 2 (x y + \\max(z, w))'],
    head: '\\frac{\\partial f}{\\partial x}',
    steps: ['2 y'],
    wrong: [
      [0, '2 x'],
      [0, 'y'],
      [0, '2 y + 2'],
    ],
  },
  {
    about: 'the law of cooling',
    definitions: ['T = T_0 + (T_1 - T_0) e^{-k t}'],
    head: '\\frac{dT}{dt}',
    steps: ['-k (T_1 - T_0) e^{-k t}', '-k (T - T_0)'],
    wrong: [
      [0, 'k (T_1 - T_0) e^{-k t}'],
      [0, '-(T_1 - T_0) e^{-k t}'],
      [1, '-k (T - T_1)'],
      [1, '-k T'],
    ],
  },
  {
    about: 'softmax of two',
    definitions: ['s = \\frac{e^a}{e^a + e^b}'],
    head: '\\frac{\\partial s}{\\partial a}',
    steps: ['\\frac{e^a (e^a + e^b) - e^a e^a}{(e^a + e^b)^2}', 's (1 - s)'],
    wrong: [
      [0, '\\frac{e^a (e^a + e^b) + e^a e^a}{(e^a + e^b)^2}'],
      [0, '\\frac{e^a}{e^a}'],
      [1, 's (1 + s)'],
      [1, '-s (1 - s)'],
    ],
  },
]

/** Functions and hand-written derivatives in the shapes in which people write them. One row: what, code, verdict of each pair. */

export type PairRow = readonly [what: string, code: string, ...verdicts: string[]]

/** Right as they stand. */
export const RIGHT: readonly PairRow[] = [
  ['prefix', 'const loss = (w, x, y) => (w * x - y) ** 2\nconst dLoss = (w, x, y) => 2 * (w * x - y) * x', 'holds'],
  [
    'suffix Prime',
    'function sigmoid(x) { return 1 / (1 + Math.exp(-x)) }\nfunction sigmoidPrime(x) { const s = sigmoid(x); return s * (1 - s) }',
    'holds',
  ],
  [
    'suffix Derivative',
    'export const tanh = (x: number) => Math.tanh(x)\nexport const tanhDerivative = (x: number) => 1 - Math.tanh(x) ** 2',
    'holds',
  ],
  [
    'snake case',
    'function soft_plus(x) { return Math.log(1 + Math.exp(x)) }\nfunction soft_plus_prime(x) { return 1 / (1 + Math.exp(-x)) }',
    'holds',
  ],
  ['suffix _d', 'const gauss = x => Math.exp(-x * x)\nconst gauss_d = x => -2 * x * Math.exp(-x * x)', 'holds'],
  [
    'the variable in the name',
    'const loss = (w, b, x, y) => (w * x + b - y) ** 2\nconst loss_dw = (w, b, x, y) => 2 * (w * x + b - y) * x\nconst loss_db = (w, b, x, y) => 2 * (w * x + b - y)',
    'holds',
    'holds',
  ],
  [
    'Grad with a variable',
    'const f = (x, y) => x * y + Math.sin(x)\nconst fGradX = (x, y) => y + Math.cos(x)\nconst fGradY = (x, y) => x',
    'holds',
    'holds',
  ],
  [
    'gradient as a list',
    'function bowl(x, y) { return x * x + 3 * x * y }\nfunction bowlGradient(x, y) { return [2 * x + 3 * y, 3 * x] }',
    'holds',
  ],
  [
    'gradient as a record',
    'const cost = (a, b, t) => Math.sin(a * t) + b\nconst gradCost = (a, b, t) => ({ da: t * Math.cos(a * t), db: 1 })',
    'holds',
  ],
  [
    'gradient in local variables',
    'function loss(w, b, x, y) { const e = w * x + b - y; return e * e }\nfunction lossGrad(w, b, x, y) { const e = w * x + b - y; const dw = 2 * e * x; const db = 2 * e; return [dw, db] }',
    'holds',
  ],
  [
    'a list in, a list out',
    'const f = (v) => v[0] ** 2 * v[1]\nconst fGrad = (v) => [2 * v[0] * v[1], v[0] ** 2]',
    'holds',
  ],
  ['f and df', 'const square = { f: (x) => x * x, df: (x) => 2 * x }', 'holds'],
  [
    'f and fprime',
    'export const poly = { f(x) { return x ** 3 - 2 * x }, fprime(x) { return 3 * x * x - 2 } }',
    'holds',
  ],
  [
    'output and der',
    'const relu = { output: (x: number) => Math.max(0, x), der: (x: number) => (x <= 0 ? 0 : 1) }',
    'holds kink',
  ],
  [
    'activation and derivate',
    'const table = { arctan: { activation: Math.atan, derivate: (x) => 1 / (x * x + 1) }, sin: { activation: Math.sin, derivate: Math.cos } }',
    'holds',
    'holds',
  ],
  [
    'function and derivative',
    "const acts = { 'softsign': { function: function (x) { return x / (1 + Math.abs(x)) }, derivative: function (x) { var a = 1 + Math.abs(x); return 1 / (a * a) } } }",
    'holds',
  ],
  [
    'a class: calculate and gradient',
    'class Quadratic { constructor(a, b) { this.a = a; this.b = b } calculate(x) { return this.a * x * x + this.b * x } gradient(x) { return 2 * this.a * x + this.b } }',
    'holds',
  ],
  [
    'a class: activate and prime',
    'class Swish { activate(x: number) { return x / (1 + Math.exp(-x)) } prime(x: number) { const s = 1 / (1 + Math.exp(-x)); return s + x * s * (1 - s) } }',
    'holds',
  ],
  [
    'static methods',
    'class Elu { static alpha = 0.5; static f(x) { return x > 0 ? x : Elu.alpha * (Math.exp(x) - 1) } static derivative(x) { return x > 0 ? 1 : Elu.alpha * Math.exp(x) } }',
    'holds kink',
  ],
  [
    'a prototype',
    'function Wave() {}\nWave.prototype.f = function (x) { return this.a * Math.sin(this.k * x) }\nWave.prototype.df = function (x) { return this.a * this.k * Math.cos(this.k * x) }',
    'holds',
  ],
  [
    'a property on the function',
    'function wave(x) { return Math.sin(3 * x) }\nwave.derivative = function (x) { return 3 * Math.cos(3 * x) }',
    'holds',
  ],
  [
    'a property with a name of its own',
    'const bump = (x) => 1 / (1 + x * x)\nconst slopeOfBump = (x) => -2 * x / (1 + x * x) ** 2\nbump.prime = slopeOfBump',
    'holds',
  ],
  ['a flag', 'function act(v, slope) { if (slope) { return 1 - Math.tanh(v) ** 2 } return Math.tanh(v) }', 'holds'],
  [
    'a flag with a default',
    'const sigmoid = (x: number, derivative = false): number => { const s = 1 / (1 + Math.exp(-x)); return derivative ? s * (1 - s) : s }',
    'holds',
  ],
  ['a flag that is compared', 'function lin(x, deriv) { if (deriv === true) return 2; return 2 * x + 1 }', 'holds'],
  [
    'tables with the same keys',
    'const fns = { square: (x) => x * x, cube: (x) => x ** 3 }\nconst derivatives = { square: (x) => 2 * x, cube: (x) => 3 * x * x }',
    'holds',
    'holds',
  ],
  [
    'tables of names',
    'const log = (x) => Math.log(x), inv = (x) => 1 / x, sq = (x) => x * x, two = (x) => 2 * x\nexport const activations = { log, sq }\nexport const activationGrads = { log: inv, sq: two }',
    'holds',
    'holds',
  ],
  ['a tuple', 'const cube = [(x) => x ** 3, (x) => 3 * x ** 2]', 'holds'],
  ['two functions in a call', "register('cube', (x) => x ** 3, (x) => 3 * x ** 2)", 'holds'],
  [
    'value and gradient together',
    'function f(x) { const value = Math.exp(2 * x); const gradient = 2 * value; return { value, gradient } }',
    'holds',
  ],
  [
    'a tag',
    '/** @gradientOf energy\n * @wrt q */\nconst pull = (q, k) => k * q\nconst energy = (q, k) => 0.5 * k * q * q',
    'holds',
  ],
  [
    'quotient',
    'const ratio = (x) => (x * x + 1) / (3 - x)\nconst dRatio = (x) => (2 * x * (3 - x) + x * x + 1) / ((3 - x) * (3 - x))',
    'holds',
  ],
  [
    'a square root',
    'function dist(x, y) { return Math.sqrt(x * x + y * y) }\nfunction distGrad(x, y) { const d = dist(x, y); return [x / d, y / d] }',
    'holds',
  ],
  [
    'a loop',
    'function poly(c: number[], x: number) { let s = 0; for (let i = 0; i < 4; i++) s += c[i] * x ** i; return s }\nfunction polyDerivative(c: number[], x: number) { let s = 0; for (let i = 1; i < 4; i++) s += i * c[i] * x ** (i - 1); return s }',
    'holds',
  ],
  [
    'thresholds',
    'const relu6 = (x) => Math.min(Math.max(0, x), 6)\nconst relu6Prime = (x) => (x > 0 && x < 6 ? 1 : 0)',
    'holds kink',
  ],
  [
    'a threshold far out',
    'const softplus = (x) => (x > 30 ? x : Math.log(1 + Math.exp(x)))\nconst dSoftplus = (x) => 1 / (1 + Math.exp(-x))',
    'holds',
  ],
  [
    'a constant of the module',
    'const ALPHA = 0.2\nconst leaky = (x) => (x > 0 ? x : ALPHA * x)\nconst leakyDeriv = (x) => (x > 0 ? 1 : ALPHA)',
    'holds kink',
  ],
  [
    'guards',
    "function root(x: number) { if (x < 0) throw new Error('negative'); return Math.sqrt(x) }\nfunction rootDerivative(x: number) { if (x <= 0) throw new Error('negative'); return 0.5 / Math.sqrt(x) }",
    'holds',
  ],
  [
    'cross entropy',
    'const bce = (p, y) => -(y * Math.log(p) + (1 - y) * Math.log(1 - p))\nconst bceGrad = (p, y) => (p - y) / (p * (1 - p))',
    'holds',
  ],
  [
    'a power with a variable exponent',
    'const powerLaw = (x, n) => x ** n\nconst dPowerLaw = (x, n) => n * Math.pow(x, n - 1)',
    'holds',
  ],
]

/** Right by what people have agreed on, each with the convention. */
export const BY_CONVENTION: readonly PairRow[] = [
  [
    'sigmoid of its output',
    'const sigmoid = (x) => 1 / (1 + Math.exp(-x))\nconst dSigmoid = (y) => y * (1 - y)',
    'holds output',
  ],
  [
    'the output under the name x',
    'const sigmoid = (x) => 1 / (1 + Math.exp(-x))\nconst sigmoidDerivative = (x) => x * (1 - x)',
    'holds output',
  ],
  ['tanh of its output', 'const t = { output: Math.tanh, der: (y) => 1 - y * y }', 'holds output'],
  [
    'a table that takes outputs',
    'const acts = { sig: { f: (x) => 1 / (1 + Math.exp(-x)), df: (y) => y * (1 - y) }, tanh: { f: (x) => Math.tanh(x), df: (y) => 1 - y * y }, relu: { f: (x) => Math.max(x, 0), df: (y) => (y > 0 ? 1 : 0) }, id: { f: (x) => x, df: (y) => 1 } }',
    'holds output',
    'holds output',
    'holds kink',
    'holds',
  ],
  ['exp of its output', 'function act(x, deriv) { if (deriv) return x; return Math.exp(x) }', 'holds output'],
  [
    'times the gradient from later',
    'class Sigmoid { forward(x) { return 1 / (1 + Math.exp(-x)) } backward(x, grad) { const s = this.forward(x); return grad * s * (1 - s) } }',
    'holds upstream',
  ],
  [
    'a layer that keeps its output',
    'class Sigmoid { forward(x) { this.out = 1 / (1 + Math.exp(-x)); return this.out } backward(dout) { return dout * (1 - this.out) * this.out } }',
    'holds upstream',
  ],
  [
    'output and error',
    'const relu = { activate: (x) => Math.max(0, x), measure: (y, error) => (y <= 0 ? 0 : error) }',
    'holds upstream',
  ],
  [
    'a layer with a weight',
    'class Scale { forward(x) { this.x = x; return this.w * x } backward(g) { return g * this.w } }',
    'holds upstream',
  ],
  ['half of a square', 'const mse = (y, t) => (y - t) ** 2\nconst mseDerivative = (y, t) => y - t', 'holds factor'],
  [
    'a mean',
    'const mean = (v: [number, number, number]) => (v[0] ** 2 + v[1] ** 2 + v[2] ** 2) / 3\nconst meanGrad = (v: [number, number, number]) => [2 * v[0], 2 * v[1], 2 * v[2]]',
    'holds factor',
  ],
  [
    'per cent',
    'const price = (v) => 30 * Math.sqrt(v) + v\nconst priceGradient = (v) => (15 / Math.sqrt(v) + 1) / 100',
    'holds factor',
  ],
  [
    'degrees',
    'const height = (deg) => Math.sin((deg * Math.PI) / 180)\nconst heightSlope = (deg) => Math.cos((deg * Math.PI) / 180)',
    'holds factor',
  ],
  ['a force', 'const springs = { energy: (x, k) => 0.5 * k * x * x, force: (x, k) => -k * x }', 'holds negative'],
  [
    'a step downhill',
    'const potential = (r) => 1 / r ** 2\nconst negGradPotential = (r) => 2 / r ** 3\n/** @gradientOf potential */\nconst push = (r) => 2 / (r * r * r)',
    'holds negative',
  ],
  [
    '0.5 at the kink',
    'const hinge = (x) => Math.max(0, 1 - x)\nconst hingeDerivative = (x) => (x < 1 ? -1 : x > 1 ? 0 : -0.5)',
    'holds kink',
  ],
  ['the sign as slope of the absolute value', 'const abs = { f: Math.abs, df: Math.sign }', 'holds kink'],
  [
    'a fitted function',
    'function erf(x) { const t = 1 / (1 + 0.3275911 * Math.abs(x)); const y = 1 - (((((1.061405429 * t - 1.453152027) * t) + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * Math.exp(-x * x); return x < 0 ? -y : y }\nfunction erfDerivative(x) { return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) }',
    'holds approximate',
  ],
  [
    'a difference quotient',
    'const f = (x) => Math.sin(x) * x\nconst fPrime = (x) => (f(x + 1e-4) - f(x)) / 1e-4',
    'holds approximate',
  ],
  [
    'the gradient by the target',
    'const sq = (out, target) => 0.5 * (target - out) ** 2\nconst sqDeriv = (out, target) => target - out',
    'holds',
  ],
]

/** Wrong. */
export const WRONG: readonly PairRow[] = [
  [
    'softsign with a lost square',
    'const softsign = (x) => x / (1 + Math.abs(x))\nconst softsignDerivative = (x) => 1 / (1 + Math.abs(x))',
    'fails',
  ],
  [
    'softsign of its output, copied',
    'const table = { softsign: { f: (x) => x / (1 + Math.abs(x)), df: (y) => y * (1 - y) } }',
    'fails',
  ],
  ['a lost inner derivative', 'const wave = (x) => Math.sin(3 * x)\nwave.derivative = (x) => Math.cos(3 * x)', 'fails'],
  ['the sign of cos', 'const c = { f: (x) => Math.cos(x), fprime: (x) => Math.sin(x) }', 'fails'],
  [
    'tanh without the square',
    'function tanh(x, deriv) { if (deriv) return 1 - Math.tanh(x); return Math.tanh(x) }',
    'fails',
  ],
  [
    'sigmoid with a plus',
    'const sigmoid = (x) => 1 / (1 + Math.exp(-x))\nconst sigmoidPrime = (x) => sigmoid(x) * (1 + sigmoid(x))',
    'fails',
  ],
  [
    'half of the product rule',
    'class Xe { calculate(x) { return x * Math.exp(x) } gradient(x) { return Math.exp(x) } }',
    'fails',
  ],
  [
    'the quotient rule upside down',
    'const q = (x) => (x + 1) / (x * x + 2)\nconst dQ = (x) => ((x + 1) * 2 * x - (x * x + 2)) / (x * x + 2) ** 2',
    'fails',
  ],
  ['an exponent not lowered', 'const cube = [(x) => x ** 3, (x) => 3 * x ** 3]', 'fails'],
  [
    'called with the output',
    'const sigmoid = (x) => 1 / (1 + Math.exp(-x))\nconst dSigmoid = (x) => sigmoid(x) * (1 - sigmoid(x))\nfunction train(z, err) { const out = sigmoid(z); return err * dSigmoid(out) }',
    'fails',
  ],
  [
    'a cut that the derivative forgets',
    'const relu6 = (x) => Math.min(Math.max(0, x), 6)\nconst relu6Derivative = (x) => (x > 0 ? 1 : 0)',
    'fails',
  ],
  [
    'the wrong slope below zero',
    'const leaky = (x) => (x > 0 ? x : 0.01 * x)\nconst leakyPrime = (x) => (x > 0 ? 1 : 0.1)',
    'fails',
  ],
  [
    'a term of the gradient',
    'const f = (x, y) => (x - 1) ** 2 + 2 * (2 * y - x) ** 2\nconst fGrad = (x, y) => [2 * (x - 1) - 2 * (2 * y - x), 8 * (2 * y - x)]',
    'fails',
  ],
  [
    'components in the wrong order',
    'const loss = (w, b, x, y) => (w * x + b - y) ** 2\nfunction lossGradient(w, b, x, y) { const e = w * x + b - y; const dw = 2 * e; const db = 2 * e * x; return { dw, db } }',
    'fails',
  ],
  [
    'the derivative by another variable',
    '/** @gradientOf area @wrt w */\nconst slope = (w, h) => w + 1\nconst area = (w, h) => w * h + h',
    'fails',
  ],
  [
    'not a number',
    'function mix(a, b, t) { return a + (b - a) * t * t }\nfunction mixDerivative(a, b, t) { let k; return 2 * t * (b - a) * k }',
    'fails',
  ],
  ['log in another base', 'const bits = (x) => Math.log2(x)\nconst bitsDerivative = (x) => 1 / x', 'fails'],
  [
    'elu off by its alpha',
    'const elu = { output: (x, a) => (x > 0 ? x : a * (Math.exp(x) - 1)), der: (x, a) => (x > 0 ? 1 : elu.output(x, a) + 1) }',
    'fails',
  ],
  [
    'a backward pass with the wrong factor',
    'class Tanh { forward(x) { this.y = Math.tanh(x); return this.y } backward(g) { return g * (1 - this.y) } }',
    'fails',
  ],
]

/** As the names of other fields have them: a wrong one among what looks like it is still found. */
export const BY_FIELD: readonly PairRow[] = [
  [
    'a curve and its tangent',
    'const curve = (t, r) => ({ x: r * Math.cos(t), y: Math.sin(2 * t) })\nconst curveTangent = (t, r) => ({ x: -r * Math.sin(t), y: 2 * Math.cos(2 * t) })',
    'holds',
  ],
  [
    'a curve and its tangent, wrong',
    'const curve = (t, r) => ({ x: r * Math.cos(t), y: Math.sin(2 * t) })\nconst curveTangent = (t, r) => ({ x: -r * Math.sin(t), y: Math.cos(2 * t) })',
    'fails',
  ],
  [
    'the gradient of each of several numbers',
    'const polar = (r, th) => [r * Math.cos(th), r * Math.sin(th)]\nconst polarJacobian = (r, th) => [[Math.cos(th), -r * Math.sin(th)], [Math.sin(th), r * Math.cos(th)]]',
    'holds',
  ],
  [
    'the gradient of each of several numbers, wrong',
    'const polar = (r, th) => [r * Math.cos(th), r * Math.sin(th)]\nconst polarJacobian = (r, th) => [[Math.cos(th), -r * Math.sin(th)], [Math.sin(th), -r * Math.cos(th)]]',
    'fails',
  ],
  [
    'a second derivative',
    'const u = (x) => Math.exp(-x * x)\nconst du = (x) => -2 * x * u(x)\nconst d2u = (x) => (4 * x * x - 2) * u(x)',
    'holds',
    'holds',
  ],
  [
    'a second derivative, wrong',
    'const u = (x) => Math.exp(-x * x)\nconst du = (x) => -2 * x * u(x)\nconst d2u = (x) => (4 * x * x + 2) * u(x)',
    'holds',
    'fails',
  ],
  [
    'position and velocity, wrong',
    'const position = (t, x0, v0, a) => x0 + v0 * t + 0.5 * a * t * t\nconst velocity = (t, x0, v0, a) => v0 + 0.5 * a * t',
    'fails',
  ],
  [
    'digits that cancel far out',
    'function loss({ w, b }, x, y) { const p = 1 / (1 + Math.exp(-(w * x + b))); return -(y * Math.log(p) + (1 - y) * Math.log(1 - p)) }\nfunction lossGradient({ w, b }, x, y) { const p = 1 / (1 + Math.exp(-(w * x + b))); return { w: (p - y) * x, b: p - y } }',
    'holds',
  ],
  ['a tuple without names', 'const sineAndDerivative = (x) => [Math.sin(3 * x), 3 * Math.cos(3 * x)]', 'holds'],
  ['a tuple without names, wrong', 'const sineAndDerivative = (x) => [Math.sin(3 * x), Math.cos(3 * x)]', 'fails'],
  [
    'a tuple that its comment tells of, wrong',
    '/** The value and its derivative. */\nfunction cubic(x) { return [x ** 3 - x, 3 * x ** 2 + 1] }',
    'fails',
  ],
  [
    'two classes with the same members',
    'class Cube { value(x) { return x ** 3 } }\nclass CubeDerivative { value(x) { return 3 * x * x } }',
    'holds',
  ],
  [
    'two classes with the same members, wrong',
    'class Cube { value(x) { return x ** 3 } }\nclass CubeDerivative { value(x) { return 3 * x } }',
    'fails',
  ],
  [
    'a distance',
    'const norm = (x, y) => Math.sqrt(x * x + y * y)\nconst dnorm = (x, y) => x / (x * x + y * y)',
    'fails',
  ],
  [
    'a slope with a default',
    'const leak = (x, a = 0.01) => Math.max(a * x, x)\nconst leakDerivative = (x, a = 0.01) => (x >= 0 ? a : 1)',
    'fails',
  ],
  [
    'a power table',
    'const acts = { square: (x) => x * x, cube: (x) => x ** 3 }\nconst actsPrime = { square: (x) => 2 * x, cube: (x) => 3 * x }',
    'holds',
    'fails',
  ],
  ['a growth that overflows', 'const f = (x) => 1000 + x * x\nconst df = (x) => Math.exp(x)', 'fails'],
  [
    'the word in the middle',
    'const sampleX = (t) => t ** 3 - t\nconst sampleDerivativeX = (t) => 3 * t ** 2 - 1',
    'holds',
  ],
  [
    'the word in the middle, wrong',
    'const sampleX = (t) => t ** 3 - t\nconst sampleDerivativeX = (t) => 3 * t ** 2 + 1',
    'fails',
  ],
  [
    'value and derivative at a place',
    'const valueAt = (t) => t ** 3 - 2 * t\nconst derivativeAt = (t) => 3 * t ** 2 - 2',
    'holds',
  ],
  [
    'value and derivative at a place, wrong',
    'const valueAt = (t) => t ** 3 - 2 * t\nconst derivativeAt = (t) => 3 * t ** 2 - 2 * t',
    'fails',
  ],
  [
    'position and velocity',
    'const position = (t) => 3 * Math.sin(2 * t)\nconst velocity = (t) => 6 * Math.cos(2 * t)',
    'holds',
  ],
  [
    'position and velocity, wrong',
    'const position = (t) => 3 * Math.sin(2 * t)\nconst velocity = (t) => 3 * Math.cos(2 * t)',
    'fails',
  ],
  [
    'distribution and density',
    'const expCdf = (x, rate) => 1 - Math.exp(-rate * x)\nconst expPdf = (x, rate) => rate * Math.exp(-rate * x)',
    'holds',
  ],
  [
    'distribution and density, wrong',
    'const expCdf = (x, rate) => 1 - Math.exp(-rate * x)\nconst expPdf = (x, rate) => Math.exp(-rate * x)',
    'fails',
  ],
  [
    'a potential and its force',
    'const springPotential = (x, k) => 0.5 * k * x * x\nconst springForce = (x, k) => -k * x',
    'holds negative',
  ],
  [
    'a steep force',
    'const lj = { energy: (r) => 4 * (r ** -12 - r ** -6), force: (r) => 24 * (2 * r ** -13 - r ** -7) }',
    'holds negative',
  ],
  [
    'a steep force, wrong',
    'const lj = { energy: (r) => 4 * (r ** -12 - r ** -6), force: (r) => 24 * (2 * r ** -13 + r ** -7) }',
    'fails',
  ],
  [
    'marginal cost',
    'const cost = (q) => 50 + 3 * q + 0.2 * q ** 3\nconst marginalCost = (q) => 3 + 0.6 * q ** 2',
    'holds',
  ],
  [
    'a member called like a function of the language',
    'const acts = { tanh: (z) => Math.tanh(z) }\nconst dActs = { tanh: (a) => 1 - a * a }',
    'holds output',
  ],
  [
    'a member called like one, wrong',
    'const acts = { tanh: (z) => Math.tanh(z) }\nconst dActs = { tanh: (a) => 1 + a * a }',
    'fails',
  ],
  [
    'two tables with the same keys, called with the input',
    'const acts = { tanh: (z) => Math.tanh(z) }\nconst dActs = { tanh: (a) => 1 - a * a }\nfunction step(z) { return acts.tanh(z) * dActs.tanh(z) }',
    'fails',
  ],
  [
    'a minimum of numbers',
    'const f = (x) => { let s = 0; for (let i = 1; i <= 3; i++) s += Math.min(i, 4 - i) * x ** i; return s }\nconst df = (x) => { let s = 0; for (let i = 1; i <= 3; i++) s += i * Math.min(i, 4 - i) * x ** (i - 1); return s }',
    'holds',
  ],
]

/** Slips that are harder to see. */
export const SLIPS: readonly PairRow[] = [
  [
    'a factor 1 - s that is missing',
    'const swish = (x) => x / (1 + Math.exp(-x))\nconst swishDerivative = (x) => { const s = 1 / (1 + Math.exp(-x)); return s + x * s }',
    'fails',
  ],
  [
    'a width that is not squared',
    'const gauss = (x, mu, s) => Math.exp(-((x - mu) ** 2) / (2 * s ** 2))\nconst gaussPrime = (x, mu, s) => (-(x - mu) / s) * gauss(x, mu, s)',
    'fails',
  ],
  [
    'the function below zero instead of its slope',
    'const elu = (x, a) => (x >= 0 ? x : a * (Math.exp(x) - 1))\nconst eluGrad = (x, a) => (x >= 0 ? 1 : a * (Math.exp(x) - 1))',
    'fails',
  ],
  [
    'the sign of an exponent',
    'const softplus = (x) => Math.log(1 + Math.exp(x))\nconst dSoftplus = (x) => 1 / (1 + Math.exp(x))',
    'fails',
  ],
  [
    'a bracket that is missing',
    'const logit = (p) => Math.log(p / (1 - p))\nconst logitDerivative = (p) => 1 / p * (1 - p)',
    'fails',
  ],
  [
    'the sign of a hinge',
    'function hinge(x, y) { return Math.max(0, 1 - x * y) }\nfunction hingeGrad(x, y) { return x * y < 1 ? y : 0 }',
    'fails',
  ],
  [
    'a table of derivatives with one wrong',
    'const fns = { tanh: (x) => Math.tanh(x), cube: (x) => x ** 3 }\nconst fnDerivatives = { tanh: (x) => 1 / Math.cosh(x), cube: (x) => 3 * x ** 2 }',
    'fails',
    'holds',
  ],
  [
    'a sign of the quotient rule',
    'const sinc = (x) => (x === 0 ? 1 : Math.sin(x) / x)\nconst sincDerivative = (x) => (x === 0 ? 0 : (x * Math.cos(x) + Math.sin(x)) / (x * x))',
    'fails',
  ],
  [
    'a factor beyond the threshold',
    'const huber = (e, d) => (Math.abs(e) <= d ? 0.5 * e * e : d * (Math.abs(e) - 0.5 * d))\nconst huberDerivative = (e, d) => (Math.abs(e) <= d ? e : Math.sign(e))',
    'fails',
  ],
]

/** What is right only as it is meant, or whose convention nothing shows: told quietly, or not at all. */
export const QUIET: readonly PairRow[] = [
  [
    'a table that mixes input and output, and no call',
    'const acts = { sig: { f: (x) => 1 / (1 + Math.exp(-x)), df: (y) => y * (1 - y) }, tanh: { f: (x) => Math.tanh(x), df: (y) => 1 - y * y }, soft: { f: (x) => Math.log(1 + Math.exp(x)), df: (x) => 1 / (1 + Math.exp(-x)) } }',
    'holds output',
    'holds output',
    'unknown',
  ],
  [
    'a slope that is less than one, by its default',
    'const leak = (x, a = 0.01) => Math.max(a * x, x)\nconst leakDerivative = (x, a = 0.01) => (x >= 0 ? 1 : a)',
    'holds kink',
  ],
  [
    'a slope that is less than one, unsaid',
    'const leaky = (x, slope) => Math.max(slope * x, x)\nconst leakyPrime = (x, slope) => (x >= 0 ? 1 : slope)',
    'unknown',
  ],
]

/** Pairs by name alone that are no function and derivative: nothing is said against them. */
export const NO_PAIRS: readonly PairRow[] = [
  [
    'a tangent of two coordinates',
    '/** The derivative at t = 0. */\nconst tangentAt0 = (x0, y0, x1, y1) => [3 * (x1 - x0), 3 * (y1 - y0)]',
    'unknown',
  ],
  ['an encoder and a decoder', 'const encode = (x) => x * 2 + 1\nconst decode = (x) => (x - 1) / 2'],
  ['raw and draw', 'const raw = (x) => x * 3\nconst draw = (x) => x * x + 1'],
  ['a distance with a parameter d', 'const scale = (x, d) => x * d + Math.abs(d)'],
  ['2D and 3D', 'const noise2D = (x, y) => Math.sin(x) * y\nconst noise3D = (x, y, z) => x * y * z'],
  ['two callbacks', 'ease((t) => t * t, (t) => 1 - t)'],
  ['forward and backward of a list', 'class Cursor { forward(x) { return x + 1 } backward(x) { return x - 1 } }'],
  [
    'a density',
    'const norm = (x, y) => Math.hypot(x, y)\nconst dnorm = (x, mu) => Math.exp(-((x - mu) ** 2) / 2)',
    'unknown',
  ],
  ['a colour gradient', 'const linear = (t) => t\nconst linearGradient = (t) => 20 + 180 * t', 'unknown'],
  ['a word that ends in der', 'const or = (a, b) => a + b - a * b\nconst order = (a, b) => (a > b ? a : b)'],
  ['polar coordinates', 'const toXY = (r, t) => [r * Math.cos(t), r * Math.sin(t)]'],
  ['a discounted price', 'const price = (q) => 100 - q * q\nconst dprice = (q) => 0.9 * (100 - q * q)', 'unknown'],
  [
    'a table of rates that has prime in its name',
    'const flatTax = { due: (x) => 0.2 * x * x, rest: (x) => x - 0.2 * x * x }\nconst primeTax = { due: (x) => 3 * x + 1, rest: (x) => x ** 3 }',
    'unknown',
    'unknown',
  ],
  ['a step function', 'const step = { output: (x) => (x > 0 ? 1 : 0), der: (x) => 1 }', 'unknown'],
  [
    'a Jacobian',
    'const softmax = (x, sum) => Math.exp(x) / sum\nconst softmaxGrad = (s, i, j) => s * ((i === j ? 1 : 0) - s)',
    'unknown',
  ],
  [
    'a gradient of colours',
    'const color = (x) => x * 255\nconst colorGradient = (a, b, n) => a + (b - a) / n',
    'unknown',
  ],
  ['what is not understood', 'const f = (x) => lookup(x) * 2\nconst fPrime = (x) => lookup(x)'],
]

/** As libraries have them. */
export const IN_LIBRARIES: readonly PairRow[] = [
  [
    'static tables of a class',
    'export class Errors { public static SQUARE = { error: (o: number, t: number) => 0.5 * Math.pow(o - t, 2), der: (o: number, t: number) => o - t } }\nexport class Acts { public static TANH = { output: x => (Math as any).tanh(x), der: x => { let output = Acts.TANH.output(x); return 1 - output * output } } }',
    'holds',
    'holds',
  ],
  [
    'functions handed to a constructor',
    'let sigmoid = new ActivationFunction(x => 1 / (1 + Math.exp(-x)), y => y * (1 - y))',
    'holds output',
  ],
  [
    'a choice by text',
    "function act(x: number, kind: string) { switch (kind) { case 'tanh': return Math.tanh(x); case 'relu': return Math.max(0, x); default: return x } }\nfunction actDerivative(x: number, kind: string) { if (kind === 'tanh') return 1 - Math.tanh(x) * 2; if (kind === 'relu') return x > 0 ? 1 : 0; return 1 }",
    'fails',
    'holds kink',
  ],
  [
    'a cross entropy through its sigmoid',
    'const crossEntropy = (a, y) => -(y * Math.log(a) + (1 - y) * Math.log(1 - a))\nconst crossEntropyDerivative = (a, y) => a - y',
    'holds upstream',
  ],
  [
    'a loss that is kept from infinity',
    'const eps = 1e-7\nconst bce = (y, p) => -(y * Math.log(p + eps) + (1 - y) * Math.log(1 - p + eps))\nconst bcePrime = (y, p) => (1 - y) / (1 - p) - y / p',
    'holds approximate',
  ],
  [
    'huber, by thresholds that are parameters',
    'function huber(e, delta = 1) { const a = Math.abs(e); return a <= delta ? 0.5 * e * e : delta * (a - 0.5 * delta) }\nfunction huberGrad(e, delta = 1) { return Math.abs(e) <= delta ? e : delta * Math.sign(e) }',
    'holds',
  ],
  [
    'records in and out',
    'const quad = (p) => p.x ** 2 + 3 * p.x * p.y\nconst quadGradient = (p) => ({ x: 2 * p.x + 3 * p.y, y: 3 * p.x })',
    'holds',
  ],
  [
    'records in and out, one field wrong',
    'const quad = (p) => p.x ** 2 + 3 * p.x * p.y\nconst quadGradient = (p) => ({ x: 2 * p.x + 3 * p.y, y: 3 * p.y })',
    'fails',
  ],
  [
    'a spring: the force by the place, not by the rest length',
    'class Spring { constructor(private k: number, private x0: number) {} energy(x: number) { return 0.5 * this.k * (x - this.x0) ** 2 } force(x: number) { return -this.k * (x - this.x0) } }',
    'holds negative',
  ],
  [
    'layers that keep what they saw',
    'class Mul { forward(x, y) { this.x = x; this.y = y; return x * y } backward(d) { return [d * this.y, d * this.x] } }\nclass Dense { w = 0; b = 0; forward(x: number) { this.x = x; return this.w * x + this.b } backward(grad: number) { this.dw = grad * this.x; return grad * this.w } }',
    'holds upstream',
    'holds upstream',
  ],
  [
    'rounded constants',
    'const selu = { fn: x => x > 0 ? 1.0507 * x : 1.0507 * 1.67326 * (Math.exp(x) - 1), derivative: x => x > 0 ? 1.0507009873554805 : 1.7580993408473766 * Math.exp(x) }',
    'holds approximate',
  ],
  [
    'an expression that overflows far out',
    'const logistic = (x) => 1 / (1 + Math.exp(-x / 1000))\nconst logisticPrime = (x) => Math.exp(x / 1000) / (1000 * (1 + Math.exp(x / 1000)) ** 2)',
    'holds',
  ],
  [
    'an entry that is not a number',
    'function hermite(p0, p1, t) { if (p0.length) { return p0.map((p, i) => p * t + p1[i]) } return p0 * t * t + p1 * t }\nfunction dhermite(p0, p1, t) { if (p0.length) { for (var i = 0; i < p0.length; i++) p0[i] = 0; return p0 } return 2 * p0 * t + p1[i] }',
    'fails',
  ],
]

/** Lists whose length is that of the argument. */
export const LISTS: readonly PairRow[] = [
  [
    'a gradient that is written into a list',
    'export function bowl(x: Float64Array): number { let s = 0; for (const v of x) s += v ** 3; return s }\nexport function bowlGradient(x: Float64Array, out: Float64Array): void { for (let i = 0; i < x.length; i++) out[i] = 3 * x[i] ** 2 }',
    'holds',
  ],
  [
    'a gradient that is written into a list, wrong',
    'export function bowl(x: Float64Array): number { let s = 0; for (const v of x) s += v ** 3; return s }\nexport function bowlGradient(x: Float64Array, out: Float64Array): void { for (let i = 0; i < x.length; i++) out[i] = 2 * x[i] ** 2 }',
    'fails',
  ],
  [
    'a mean of squares over lists of any length',
    'function mse(p: number[], t: number[]) { return p.reduce((s, v, i) => s + (v - t[i]) ** 2, 0) / p.length }\nfunction mseGradient(p: number[], t: number[]) { return p.map((v, i) => (2 * (v - t[i])) / p.length) }',
    'holds',
  ],
  [
    'a mean of squares with the wrong sign in a later entry',
    'function mse(p: number[], t: number[]) { return p.reduce((s, v, i) => s + (v - t[i]) ** 2, 0) / p.length }\nfunction mseGradient(p: number[], t: number[]) { return p.map((v, i) => (2 * (i > 0 ? t[i] - v : v - t[i])) / p.length) }',
    'fails',
  ],
  [
    'lists without types',
    'function rosen(x) { let f = 0; for (let i = 0; i + 1 < x.length; i++) f += 100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2; return f }\nfunction rosenGradient(x) { const g = new Array(x.length).fill(0); for (let i = 0; i + 1 < x.length; i++) { g[i] += -400 * x[i] * (x[i + 1] - x[i] ** 2) - 2 * (1 - x[i]); g[i + 1] += 200 * (x[i + 1] - x[i] ** 2) } return g }',
    'holds',
  ],
  [
    'an assignment where a sum is meant',
    'function rosen(x) { let f = 0; for (let i = 0; i + 1 < x.length; i++) f += 100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2; return f }\nfunction rosenGradient(x) { const g = new Array(x.length).fill(0); for (let i = 0; i + 1 < x.length; i++) { g[i] = -400 * x[i] * (x[i + 1] - x[i] ** 2) - 2 * (1 - x[i]); g[i + 1] += 200 * (x[i + 1] - x[i] ** 2) } return g }',
    'fails',
  ],
  [
    'a matrix and a vector',
    'function ridge(w: number[], X: number[][], y: number[]) { let l = 0; for (let i = 0; i < X.length; i++) { let p = 0; for (let j = 0; j < w.length; j++) p += X[i][j] * w[j]; l += 0.5 * (p - y[i]) ** 2 } for (const v of w) l += 0.05 * v * v; return l }\nfunction ridgeGrad(w: number[], X: number[][], y: number[]) { const g = w.map((v) => 0.1 * v); for (let i = 0; i < X.length; i++) { let p = 0; for (let j = 0; j < w.length; j++) p += X[i][j] * w[j]; for (let j = 0; j < w.length; j++) g[j] += (p - y[i]) * X[i][j] } return g }',
    'holds',
  ],
  [
    'a matrix with its indices the wrong way round',
    'function ridge(w: number[], X: number[][], y: number[]) { let l = 0; for (let i = 0; i < X.length; i++) { let p = 0; for (let j = 0; j < w.length; j++) p += X[i][j] * w[j]; l += 0.5 * (p - y[i]) ** 2 } return l }\nfunction ridgeGrad(w: number[], X: number[][], y: number[]) { const g = w.map(() => 0); for (let i = 0; i < X.length; i++) { let p = 0; for (let j = 0; j < w.length; j++) p += X[i][j] * w[j]; for (let j = 0; j < w.length; j++) g[j] += (p - y[i]) * X[j][i] } return g }',
    'fails',
  ],
  [
    'a typed array, filled neighbour by neighbour',
    'function chain(x: Float64Array) { let f = 0; for (let i = 1; i < x.length; i++) f += (x[i] - x[i - 1]) ** 2; return f }\nfunction chainGradient(x: Float64Array) { const g = new Float64Array(x.length); for (let i = 1; i < x.length; i++) { const d = x[i] - x[i - 1]; g[i] += 2 * d; g[i - 1] -= 2 * d } return g }',
    'holds',
  ],
  [
    'a neighbour that is left out',
    'function chain(x: Float64Array) { let f = 0; for (let i = 1; i < x.length; i++) f += (x[i] - x[i - 1]) ** 2; return f }\nfunction chainGradient(x: Float64Array) { const g = new Float64Array(x.length); for (let i = 1; i < x.length; i++) g[i] += 2 * (x[i] - x[i - 1]); return g }',
    'fails',
  ],
  [
    'more entries than three where the code asks for them',
    'function poly(c: number[], x: number) { let s = 0; for (let i = 0; i < 5; i++) s += c[i] * x ** i; return s }\nfunction polyDerivative(c: number[], x: number) { let s = 0; for (let i = 1; i < 5; i++) s += i * c[i] * x ** (i - 1); return s }',
    'holds',
  ],
  [
    'something unknown changes the list',
    'function f(x: number[]) { shuffle(x); return x.reduce((s, v) => s + v * v, 0) }\nfunction fGradient(x: number[]) { return x.map((v) => 3 * v) }',
  ],
]

import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { readTypeScript } from '../../../../src/reading/code'
import { latexOf } from '../../../../src/reading/code/names'
import type { Expr } from '../../../../src/reading/statement'
import { functionsOf, printAll } from './print'

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
  [
    'arrays of a tag',
    '/** @at x = [1, -2], W = [[1, 2],\n * [3, 4]], k = 2 */\nconst f = (x, W, k) => x[1] * W[1][0] * k + x.length',
    'f(x, W, k): x_1 = slice(x); W_1_0 = slice(slice(W)); (((x_1 * W_1_0) * k) + 2) @ x=matrix W=matrix k=2',
  ],
  [
    'an object of the module that is changed after it is made',
    'const c = [1, 2]; c.reverse(); const d = [1, 2]\nconst f = (x) => c[0] * x\nconst g = (x) => d[0] * x',
    'f(x): (?outside state that changes? * x)',
    'g(x): (1 * x)',
  ],
  [
    'an object of the module that functions change',
    'const c = { k: 1 }; const d = { k: 2 }\nexport const set = (v) => { c.k = v }\nexport const own = (x) => { const d = { k: 3 }; d.k += x; return d.k }\nexport const f = (x) => c.k * x + d.k',
    'own(x): d_k = (3 + x); d_k',
    'f(x): ((?outside state that changes? * x) + 2)',
  ],
  ['numeric separators', 'const f = (x) => 1_000.5 * x', 'f(x): (1000.5 * x)'],
  ['numbers in other forms', 'const f = (x) => 0x10 * x + 1e-7', 'f(x): ((16 * x) + 10^{-7})'],
  ['constants of Math', 'const f = (x) => Math.PI * x + Math.E', 'f(x): ((pi * x) + e)'],
  ['a type assertion', 'const f = (x: unknown) => (x as number) * x!', 'f(x): (x * x)'],
  [
    'what throws is outside the domain',
    'function f(x: number) { if (x < 0) throw new Error("!"); return Math.sqrt(x) }',
    'f(x): sqrt(x)',
  ],
  [
    'destructured parameters',
    'function f({ x, y = 2 }: { x: number; y?: number }, [p, q]: number[]) { return x * y + p * q }',
    'f(x, y, p, q): ((x * y) + (p * q))',
  ],
  ['a default', 'function f(x, r = 3) { return x ** r }', 'f(x, r): (x ** r) @ r=3'],
  [
    'reassignment: each value has a key of its own',
    'function f(x: number) { let t = x; t *= 2; t -= 1; t /= 3; t **= 2; return t }',
    'f(x): t = x; t#2 = (t * 2); t#3 = (t#2 - 1); t#4 = (t#3 / 3); t#5 = (t#4 ** 2); t#5',
  ],
  [
    'increments',
    'function f(x: number) { let t = x; t++; --t; return t * t }',
    'f(x): t = x; t#2 = (t + 1); t#3 = (t#2 - 1); (t#3 * t#3)',
  ],
  [
    'a destructured list',
    'const f = (x, y) => { const [a, b] = [x + y, x - y]; return a * b }',
    'f(x, y): a = (x + y); b = (x - y); (a * b)',
  ],
  ['a swap', 'function f(a, b) { const c = a; a = b; b = c; return a - 2 * b }', 'f(a, b): (b - (2 * a))'],
  [
    'a swap by pattern',
    'const f = (x, y) => { let a = x, b = y; [a, b] = [b, a + b]; return a * b }',
    'f(x, y): b = (x + y); (y * b)',
  ],
  [
    'early returns',
    'function f(x: number): number { if (x < 0) { return -x } else if (x < 1) { return x * x } return 2 * x - 1 }',
    'f(x): select((x < 0), (-x), select((x < 1), (x * x), ((2 * x) - 1)))',
  ],
  [
    'a branch that assigns',
    'function f(x: number) { let y = 0; if (x > 0) { const t = x * x; y = t } return y + 1 }',
    'f(x): y = 0; t = (x * x); y#2 = t; y#3 = select((x > 0), y#2, y); (y#3 + 1)',
  ],
  [
    'branches one after the other',
    'function clip(x: number): number { let y = x; if (x > 1) y = 1; else if (x < -1) y = -1; return y * 2 }',
    'clip(x): y = x; y#2 = 1; y#3 = (-1); y#4 = select((x < (-1)), y#3, y); y#5 = select((x > 1), y#2, y#4); (y#5 * 2)',
  ],
  [
    'connected conditions',
    'function f(x) { return x > 0 && x < 1 ? x : 0 }',
    'f(x): select(((x > 0) && (x < 1)), x, 0)',
  ],
  ['a negated condition', 'const f = (x) => !(x > 0) ? x * 2 : x || 0', 'f(x): select(not((x > 0)), (x * 2), x)'],
  [
    'a switch',
    'function f(x: number, k: number) { let r; switch (k) { case 0: r = x; break; case 1: case 2: r = x * 2; break; default: r = 0 } return r }',
    'f(x, k): r = x; r#2 = (x * 2); r#3 = (x * 2); r#4 = 0; r#5 = select((k === 2), r#3, r#4); r#6 = select((k === 1), r#2, r#5); r#7 = select((k === 0), r, r#6); r#7',
  ],
  [
    'a switch over conditions',
    'function f(x: number) { switch (true) { case x < 0: return 0; case x > 1: return 1 } return x }',
    'f(x): select((x < 0), 0, select((x > 1), 1, x))',
  ],
  [
    'a switch that returns',
    'function f(x: number, k: number) { switch (k) { case 1: return x; default: return x ** 3; case 2: return x * x } }',
    'f(x, k): select((k === 1), x, select((k === 2), (x * x), (x ** 3)))',
  ],
  ['a condition as a number', 'const f = (x) => x * Number(x > 0)', 'f(x): (x * (x > 0))'],
  [
    'a flag',
    'function act(x, deriv) { if (deriv) return x * (1 - x); return 1 / (1 + Math.exp(-x)) }',
    'act(x, deriv): select(deriv, (x * (1 - x)), (1 / (1 + exp((-x)))))',
  ],
  [
    'a flag with a default',
    'const f = (x, deriv = false) => deriv ? 1 : x * 1',
    'f(x, deriv): select(deriv, 1, (x * 1)) @ deriv=0',
  ],
  [
    'a counted loop',
    'function f(x: number, w: number[]) { let s = 0; for (let i = 0; i < 3; i++) { s += w[i] * x ** i } return s }',
    'f(x, w_0, w_1, w_2): s = 0; s#2 = (s + (w_0 * (x ** 0))); s#3 = (s#2 + (w_1 * (x ** 1))); s#4 = (s#3 + (w_2 * (x ** 2))); s#4',
  ],
  [
    'a loop over a list',
    'function f(x: number) { let s = 0; for (const c of [1, 2, 3]) s = s * x + c; return s }',
    'f(x): s = 0; c = 1; s#2 = ((s * x) + c); c#2 = 2; s#3 = ((s#2 * x) + c#2); c#3 = 3; s#4 = ((s#3 * x) + c#3); s#4',
  ],
  [
    'a while loop',
    'function f(x: number) { let p = 1; let k = 0; while (k < 2) { p *= x; k++ } return p }',
    'f(x): p = 1; k = 0; p#2 = (p * x); k#2 = (k + 1); p#3 = (p#2 * x); k#3 = (k#2 + 1); p#3',
  ],
  [
    'a do loop',
    'function f(x: number) { let p = x; do { p = p * x } while (false); return p }',
    'f(x): p = x; p#2 = (p * x); p#2',
  ],
  [
    'continue and break',
    'function f(x: number) { let s = 0; for (let i = 0; i < 4; i++) { if (i % 2) continue; if (i > 2) break; s += x ** i } return s }',
    'f(x): s = 0; s#2 = (s + (x ** 0)); s#3 = (s#2 + (x ** 2)); s#3',
  ],
  [
    'a loop that returns',
    'function f(x: number) { for (let i = 0; i < 3; i++) { if (x < i) return i * x } return x }',
    'f(x): select((x < 0), (0 * x), select((x < 1), (1 * x), select((x < 2), (2 * x), x)))',
  ],
  [
    'a loop that inputs end',
    'function f(x: number) { let s = x; for (let i = 0; i < 3; i++) { if (s > 9) break; s *= x } return s }',
    'f(x): s = x; s#2 = (s * x); s#3 = (s#2 * x); s#4 = (s#3 * x); s#5 = select((s#3 > 9), s#3, s#4); s#6 = select((s#2 > 9), s#2, s#5); s#7 = select((s > 9), s, s#6); s#7',
  ],
  [
    'labels',
    'function f(x) { a: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (j === 1) continue a; if (i === 2) break a; x += i + j } } return x * 1 }',
    'f(x): x#2 = (x + (0 + 0)); x#3 = (x#2 + (1 + 0)); (x#3 * 1)',
  ],
  [
    'a loop with unknown bounds',
    'function f(xs: number[]) { let s = 0; for (const x of xs) s += x; return s }',
    'f(xs): s = 0; ?loop with unknown bounds?',
  ],
  [
    'a loop with too many rounds',
    'function f(x: number) { let s = 0; for (let i = 0; i < 1e6; i++) s += x; return s }',
    'f(x): s = 0; ?loop with many rounds?',
  ],
  [
    'map and reduce',
    'function dot(a: [number, number], b: [number, number]) { return a.map((v, i) => v * b[i]).reduce((s, v) => s + v) }',
    'dot(a_0, a_1, b_0, b_1): function.s = (a_0 * b_0); function.v = (a_1 * b_1); (function.s + function.v)',
  ],
  [
    'a list of the module',
    'const c = [0.5, 1.5]\nconst f = (x: number) => c.reduce((sum, ci, i) => sum + ci * x ** i, 0)',
    'f(x): function.sum = (0 + (0.5 * (x ** 0))); (function.sum + (1.5 * (x ** 1)))',
  ],
  [
    'a list that grows',
    'function f(x) { const out = []; for (let i = 1; i < 3; i++) out.push(x * i); return out[0] + out[1] }',
    'f(x): ((x * 1) + (x * 2))',
  ],
  [
    'parts of a list parameter',
    'const f = (w: number[], x: number[]) => w[0] * x[0] + w[1] * x[1]',
    'f(w_0, w_1, x_0, x_1): ((w_0 * x_0) + (w_1 * x_1))',
  ],
  [
    'a record',
    'function f(x) { const v = { x, y: x * 2 }; v.y += 1; v.z = v.x * v.y; return v.z }',
    'f(x): v_y = (x * 2); v_y#2 = (v_y + 1); v_z = (x * v_y#2); v_z',
  ],
  [
    'a record of the module',
    'const P = { k: 2, inner: { c: 3 } }\nconst f = (x: number) => P.k * x + P.inner.c',
    'f(x): ((2 * x) + 3)',
  ],
  [
    'parts of a record parameter',
    'const area = (box) => box.size.w * box.size.h',
    'area(box_size_w, box_size_h): (box_size_w * box_size_h)',
  ],
  [
    'a record that is taken apart',
    'function f(p: { x: number; y: number }) { const { x, y } = p; return Math.hypot(x, y) }',
    'f(p_x, p_y): hypot(p_x, p_y)',
  ],
  ['constants of the module', 'const ETA = 0.1\nconst f = (x) => ETA * x', 'f(x): (ETA * x) @ ETA=0.1'],
  [
    'a helper of the file',
    'const sigmoid = (z) => 1 / (1 + Math.exp(-z))\nexport const f = (w, x) => sigmoid(w * x) * 2',
    'sigmoid(z): (1 / (1 + exp((-z))))',
    'f(w, x): sigmoid.z = (w * x); ((1 / (1 + exp((-sigmoid.z)))) * 2)',
  ],
  [
    'a helper with locals',
    'function f(t: number) { return 2 * square(t + 1) }\nfunction square(x: number) { const t = x * x; return t }',
    'f(t): square.x = (t + 1); square.t = (square.x * square.x); (2 * square.t)',
    'square(x): t = (x * x); t',
  ],
  [
    'a closure',
    'function f(x) { const sq = (v) => v * v; return sq(x + 1) + sq(x - 1) }',
    'f(x): sq.v = (x + 1); sq.v#2 = (x - 1); ((sq.v * sq.v) + (sq.v#2 * sq.v#2))',
  ],
  [
    'a function that makes functions',
    'const scale = (k) => (x) => k * x\nconst f = (x) => scale(2)(x) + scale(3)(x)',
    'scale(x): (k * x)',
    'f(x): ((2 * x) + (3 * x))',
  ],
  [
    'functions inside a factory',
    'function factory(k) { const c = k * 2; function f(x) { return c * x } return { f, g: (x) => k * x } }',
    'f(x): c = (k * 2); (c * x)',
    'g(x): (k * x)',
  ],
  ['an enum', 'enum Mode { A = 1, B }\nconst f = (x: number) => x * Mode.B', 'f(x): (x * 2)'],
  [
    'methods, fields, getters',
    'class A { #k = 2; static base = 3; lr = 0.1; get g() { return this.gain * 2 } f(x: number) { return this.g * x * this.#k * A.base + this.lr } set(v) { this.lr = v } }',
    'g(): (this.gain * 2)',
    'f(x): (((((this.gain * 2) * x) * 2) * 3) + this.lr) @ this.lr=0.1',
  ],
  [
    'a field that holds a function',
    'class A { f = (x: number) => x * 2; h(x: number) { return this.f(x) + 1 } }',
    'f(x): (x * 2)',
    'h(x): ((x * 2) + 1)',
  ],
  [
    'a method that keeps its result',
    'class A { forward(x) { this.z = this.w * x; return this.z + this.b } }',
    'forward(x): z = (this.w * x); (z + this.b)',
  ],
  [
    'prototypes',
    'function A(w) { this.w = w }\nA.prototype.out = function (x) { return this.w * x }',
    'out(x): (this.w * x)',
  ],
  [
    'exports',
    'exports.f = (x) => x - 1\nmodule.exports.g = function (x) { return x - 2 }',
    'f(x): (x - 1)',
    'g(x): (x - 2)',
  ],
  [
    'an object that is exported',
    'module.exports = { f: (x) => x * 3, g(x) { return x * 4 } }',
    'f(x): (x * 3)',
    'g(x): (x * 4)',
  ],
  [
    'a table of functions',
    "const acts = { tanh: { output: (x) => Math.tanh(x), der: function (x) { const y = acts.tanh.output(x); return 1 - y * y } }, 'relu': { output: x => Math.max(0, x) } }",
    'output(x): tanh(x)',
    'der(x): y = tanh(x); (1 - (y * y))',
    'output(x): max(0, x)',
  ],
  [
    'a property on a function',
    'function f(x) { return x * x }\nf.derivative = function (x) { return 2 * x }\nconst g = (x) => f.derivative(x) + 1',
    'f(x): (x * x)',
    'derivative(x): (2 * x)',
    'g(x): ((2 * x) + 1)',
  ],
  ['a wrapper around a function', 'const memo = useCallback((x: number) => x * 5, [])', 'memo(x): (x * 5)'],
  [
    'a module in a wrapper',
    '(function (root, factory) { root.lib = factory() })(this, function () { var K = 2; function f(x) { return K * x } return { f: f } })',
    'f(x): (K * x) @ K=2',
  ],
  [
    'TSX',
    'export const Area = (props: { w: number }) => { const twice = (x: number) => x * 2; return <p title="a">{twice(props.w)}</p> }',
    'twice(x): (x * 2)',
  ],
  ['type parameters', 'const f = <T,>(x: T & number, y: number): number => x * y', 'f(x, y): (x * y)'],
  [
    'log in other bases',
    'const f = (x) => Math.log2(x) + Math.log10(x) + Math.log1p(x)',
    'f(x): (((log(x) / log(2)) + (log(x) / log(10))) + log1p(x))',
  ],
  [
    'more of Math',
    'const f = (x) => Math.expm1(x) + Math.cbrt(x) + Math.sign(x)',
    'f(x): ((expm1(x) + cbrt(x)) + sign(x))',
  ],
  ['inverse hyperbolic functions', 'const f = (x) => Math.asinh(x) * Math.atanh(x)', 'f(x): (asinh(x) * atanh(x))'],
  [
    'atan2 and hypot',
    'const f = (x, y) => Math.atan2(y, x) / Math.hypot(x, y)',
    'f(x, y): (atan2(y, x) / hypot(x, y))',
  ],
  [
    'maxima of many',
    'const f = (x, y) => Math.max(x, y, 0) + Math.min(x, 1)',
    'f(x, y): (max(max(x, y), 0) + min(x, 1))',
  ],
  [
    'recursion',
    'function f(n: number): number { return n <= 1 ? 1 : n * f(n - 1) }',
    'f(n): select((n <= 1), 1, (n * ?recursion?))',
  ],
  ['async', 'async function f(x: number): Promise<number> { return x * 2 }', 'f(x): ?async?'],
  ['randomness', 'const f = (x) => x * Math.random()', 'f(x): (x * ?randomness?)'],
  ['time', 'const f = (x: number) => x * Date.now()', 'f(x): (x * ?time?)'],
  [
    'outside state',
    'let total = 0\nfunction f(x: number): number { total += x; return total }',
    'f(x): ?outside state that changes?',
  ],
  ['rounding', 'const f = (x) => Math.floor(x) * x', 'f(x): (floor(x) * x)'],
  ['remainders and bits', 'const f = (x: number) => (x | 0) + x % 2', 'f(x): (?bit operation? + ?remainder?)'],
  ['a function of nowhere', 'const f = (x: number) => elsewhere(x) * 2', 'f(x): (?function that is not known? * 2)'],
  ['an unknown index', 'const f = (w: number[], i: number) => w[i] * 2', 'f(w, i): (?index that is not known? * 2)'],
  [
    'not of numbers',
    "const f = (name) => 'n' + name\nconst g = (a) => [a]\nfunction h(user) { return user.name }\nconst k = (x) => x > 0\nfunction m() { save() }",
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

  it('tells of a function of which nothing could be used', () => {
    const { readings } = readTypeScript('async function f(x: number): Promise<number> { return x * 2 }')
    assert.deepEqual(
      readings.flatMap(({ unread }) => unread.map(({ reason }) => reason)),
      ['async'],
    )
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

describe('reading of TypeScript: imports', () => {
  const files: Readonly<Record<string, string>> = {
    './activations': 'export const gain = 2\nexport function sigmoid(z: number) { return gain / (1 + Math.exp(-z)) }',
  }
  const code = "import { sigmoid as s } from './activations'\nconst f = (x: number) => s(x + 1) * 3"
  it('reads helpers of other files where they can be had', () =>
    assert.deepEqual(printAll(code, { resolve: (specifier) => files[specifier] ?? null }), [
      'f(x): sigmoid.z = (x + 1); ((gain / (1 + exp((-sigmoid.z)))) * 3) @ gain=2',
    ]))
  it('says so where they cannot', () => assert.deepEqual(printAll(code), ['f(x): (?function of another file? * 3)']))
})

/** Every range of what was read, with the length of its passage. */
function rangesOf(text: string): { start: number; end: number; length: number }[] {
  const { passages, readings } = readTypeScript(text)
  return readings.flatMap(({ statements }, index) =>
    statements.flatMap((statement) => {
      if (statement.kind !== 'function') return []
      const exprs: Expr[] = [statement.result, ...statement.definitions.map(({ expr }) => expr)]
      for (const expr of exprs) if (expr.kind === 'apply') exprs.push(...expr.args)
      const ranges = [statement.range, statement.nameRange, ...exprs.map(({ range }) => range)]
      ranges.push(
        ...statement.bindings.map(({ range }) => range),
        ...statement.definitions.map(({ targetRange }) => targetRange),
      )
      return ranges.map(({ start, end }) => ({ start, end, length: passages[index]?.text.length ?? 0 }))
    }),
  )
}

describe('reading of TypeScript: any text', () => {
  const pieces = FUNCTIONS.map(([, code]) => code)
  it('never throws, and keeps every range inside its passage', () => {
    const edited = fc
      .tuple(
        fc.constantFrom(...pieces),
        fc.constantFrom(...pieces),
        fc.nat(400),
        fc.nat(30),
        fc.string({ maxLength: 6 }),
      )
      .map(([a, b, at, removed, added]) => {
        const text = `${a}\n${b}`
        return text.slice(0, at) + added + text.slice(at + removed)
      })
    fc.assert(
      fc.property(edited, (text) => {
        for (const { start, end, length } of rangesOf(text)) assert.ok(0 <= start && start <= end && end <= length)
      }),
      { numRuns: 400 },
    )
  }).timeout(120_000)
  it('gives up on what is nested too deeply', () => {
    const nested = `const f = (x: number) => ${'('.repeat(10_000)}x * 2${')'.repeat(10_000)}\nconst g = (x) => x * 3`
    assert.equal(printAll(nested).at(-1), 'g(x): (x * 3)')
    const summed = `const f = (x: number) => ${'x + '.repeat(20_000)}x`
    assert.match(printAll(summed)[0] ?? '', /nested too deeply/)
    const called = `const f = (x: number) => ${'Math.sin('.repeat(3_000)}x${')'.repeat(3_000)}`
    assert.match(printAll(called)[0] ?? '', /nested too deeply/)
  })
})

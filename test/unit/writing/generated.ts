/** Functions whose gradients are generated, compiled and compared: each with what it is called with. */

/** The code of `f` (or of a class `Model` with a method `f`), and arguments, the object first where `f` is a method. */
export type Row = readonly [code: string, args: string]

const scalar = (body: string): string => `export function f(x: number, y: number): number { ${body} }`
const at = '0.7, 1.3'

export const SCALARS: readonly Row[] = [
  'return x * y + x',
  'return (x - y) / (x + y)',
  'return x ** 3 * Math.sin(y)',
  'const t = x * y; return t * t + t',
  'const t = Math.exp(-x * x); const s = t * y; return s / (1 + t)',
  'const d = Math.log(x / y) + x * x / 2; const e = d / (x * Math.sqrt(y)); return x * Math.exp(-e * e / 2)',
  'const z = x * y - 0.3; const a = 1 / (1 + Math.exp(-z)); return -Math.log(a) - (1 - a) * Math.log(1 - a)',
  'const r = Math.hypot(x, y); return Math.log(r) / r',
  'return Math.sqrt(1 + x * x) * Math.sqrt(1 + x * x) * y',
  'let s = x; s *= y; s += Math.cos(s); s = s * s; return s - x',
  'let s = 0; for (let i = 1; i <= 4; i++) s += x ** i / i; return s * y',
  'return x > 1 ? x * x : 2 * x - y * y',
  'if (x < y) return x * y; return x / y',
  'const m = Math.max(x, y); return m * m * x',
  'return Math.tanh(x) * Math.atan(y) + Math.abs(x - y)',
  'const p = Math.PI * x; return Math.sin(p) / p + y',
  'const a = [x, x * y, 3]; return a.reduce((s, v) => s + v * v, 0)',
  'const [a, b] = [x + y, x - y]; return a ** b',
  'const q = { u: x * 2, v: y }; return q.u * q.v ** 2',
  'const sq = (v: number) => v * v; return sq(x) + sq(sq(y))',
  'return Math.log1p(x) * Math.expm1(y) + Math.cbrt(x)',
  'return 1 / (x * x + y * y) ** 1.5',
  'const k = 2; const n = 3; return (k * x) ** n + n * y',
  'return Math.exp(Math.sin(x * y)) - Math.exp(Math.sin(x * y)) ** 2',
  'switch (true) { case x > 2: return x; case x > 0.5: return x * y; default: return y }',
  'let y2 = y; if (x > 0) { y2 = y * x } else { y2 = y / x } return y2 * y2 + x',
  'return (-x) ** 2 - (-y) ** 3',
  'const logPart = Math.log(x); return logPart * y + Math.log(x) ** 2',
  'const gradT = x * 2; const t = gradT * y; return t * t',
  'return x * x * x * y - x * x / y',
].map((body) => [scalar(body), at])

export const SHAPES: readonly Row[] = [
  ['export const f = (x: number, y = 2): number => x ** y', '1.3'],
  ['export const f = (x: number, k = 0.5, n: number = 3): number => k * x ** n', '1.3'],
  ['export function f(p: number[]): number { return p[0] * p[1] ** 2 }', '[0.7, 1.3]'],
  ['export function f(p: readonly number[]): number { return Math.exp(-p[0]) * p[2] }', '[0.7, 1.3, 2]'],
  ['export function f(p: [number, number]): number { const [a, b] = p; return a * b + a }', '[0.7, 1.3]'],
  ['export function f([a, b]: [number, number]): number { return a * b * b }', '[0.7, 1.3]'],
  [
    'export function f(v: Float64Array): number { return v[0] * v[1] - Math.cos(v[0]) }',
    'new Float64Array([0.7, 1.3])',
  ],
  ['export function f(m: number[][]): number { return m[0][0] * m[1][1] - m[0][1] * m[1][0] }', '[[0.7, 1.3], [2, 3]]'],
  ['export function f(p: { x: number; y: number }): number { return p.x * p.y ** 2 }', '{ x: 0.7, y: 1.3 }'],
  ['export function f({ x, y }: { x: number; y: number }): number { return x / y }', '{ x: 0.7, y: 1.3 }'],
  ['export function f({ x, y = 2 }: { x: number; y?: number }): number { return x / y }', '{ x: 0.7, y: 1.3 }'],
  [
    'export function f(l: { w: number[]; b: number }, x: number): number { return Math.tanh(l.w[0] * x + l.w[1] * x * x + l.b) }',
    '{ w: [0.2, 0.3], b: 0.1 }, 0.7',
  ],
  [
    'export function f(a: { c: { d: number }; e: number }): number { return a.c.d ** 2 * a.e }',
    '{ c: { d: 0.7 }, e: 1.3 }',
  ],
  [
    'export function f(p: { x: number }[], k: number): number { return k * p[0].x * p[1].x }',
    '[{ x: 0.7 }, { x: 1.3 }], 2',
  ],
  ['export function f(x: number, unused: number): number { return Math.log(x) }', '0.7, 1'],
  ['const K = 3\nexport function f(x: number): number { return K * x * x }', '0.7'],
  [
    'const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z))\nexport function f(w: number[], x: number): number { return sigmoid(w[0] + w[1] * x) }',
    '[0.2, 0.4], 0.7',
  ],
  [
    'export function f(x: number[], y: number[]): number { const a = x[0] - y[0], b = x[1] - y[1]; return Math.sqrt(a * a + b * b) }',
    '[0.7, 1.3], [2, 3]',
  ],
  [
    'export function f(x: number[]): number { let s = 0; for (let i = 0; i < 3; i++) s += (i + 1) * x[i] ** 2; return s }',
    '[0.7, 1.3, 2]',
  ],
  ['export function f(x: number[]): number { return 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2 }', '[0.7, 1.3]'],
  [
    'export class Model { constructor(public k: number) {}\n  f(x: number): number { return 0.5 * this.k * x * x } }',
    'new Model(3), 0.7',
  ],
  [
    'export class Model { k = 2; static c = 3\n  f(x: number, y: number): number { const t = this.k * x; return t * t * y } }',
    'new Model(), 0.7, 1.3',
  ],
  [
    'export class Model { readonly w = 2\n  scale(v: number): number { return this.w * v }\n  f(x: number): number { return this.scale(x) ** 2 + model } }\nconst model = 1',
    'new Model(), 0.7',
  ],
  [
    'export class Model { constructor(readonly p: { a: number; b: number }) {}\n  f(x: number): number { return this.p.a * x ** this.p.b } }',
    'new Model({ a: 2, b: 3 }), 0.7',
  ],
  [
    'export const f = (x: number): number => { const gradX = x; const part = gradX * x; return part * part + Math.sqrt(1 + part) + Math.sqrt(1 + part) ** 3 }',
    '0.7',
  ],
  [
    'export function f(S: number, K: number, r: number, v: number, T: number): number { const d1 = (Math.log(S / K) + (r + v * v / 2) * T) / (v * Math.sqrt(T)); return S * Math.exp(-d1 * d1 / 2) }',
    '1.1, 1, 0.05, 0.3, 2',
  ],
  [
    'export function f(S: number, v: number, T: number): number { const a = v * Math.sqrt(T); const d1 = Math.log(S) / a + a / 2; const d2 = d1 - a; return S * Math.exp(-d1 * d1) - Math.exp(-d2 * d2) }',
    '1.1, 0.3, 2',
  ],
  [
    'export function f(m: number, c: { re: number; im: number }): number { const a = m * c.re; const b = m * c.im; return Math.log(a * a + b * b) + Math.log(a * a + b * b) ** 2 }',
    '0.7, { re: 1.1, im: 0.4 }',
  ],
  [
    'export function f(t: number): number { return (1 - t) ** 3 * 0.1 + 3 * (1 - t) ** 2 * t * 0.4 + 3 * (1 - t) * t ** 2 * 0.7 + t ** 3 }',
    '0.3',
  ],
  [
    'export function f(q: number[]): number { const w = q[3], x = q[0]; return 2 * Math.acos(w) * x + 2 * Math.acos(w) ** 2 }',
    '[0.2, 0, 0, 0.5]',
  ],
  ['export function f(x: number): number { const s = 1 / (1 + Math.exp(-x)); return s * (1 - s) }', '0.7'],
  [
    'export function f(x: number, mu: number, sd: number): number { const z = (x - mu) / sd; return -0.5 * z * z - Math.log(sd) - 0.5 * Math.log(2 * Math.PI) }',
    '0.7, 0.2, 1.3',
  ],
]

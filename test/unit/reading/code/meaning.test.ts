import assert from 'node:assert/strict'
import { isSame, nodeValues, readValues } from './run'

/** Bodies of `f(x)`: what JavaScript makes of them is what the graph has to give. */
const FOLLOWED: readonly (readonly [what: string, body: string])[] = [
  ['powers from the right', 'return x ** 2 ** 3'],
  ['powers from the right, in brackets and with a sign', 'return (x + 1) ** 2 ** (x ** 2) - (-x) ** 2 ** 2'],
  ['a sign before an increment', 'let y = x; return -y++ + y'],
  ['a sign before an increment that is kept', 'let y = x; const z = -y++; return z + 10 * y'],
  ['an index with a side effect', 'const v = [0, 0]; let i = 0; v[i++] += x; return v[0] + 10 * v[1] + 100 * i'],
  ['shift', 'const a = [x, 2, 3]; a.shift(); return a[0] * x'],
  ['unshift', 'const a = [x, 2, 3]; a.unshift(x ** 2); return a[0] + 10 * a[1]'],
  ['splice', 'const a = [x, 2 * x, 3 * x, 4]; const b = a.splice(1, 2, 7); return a[1] + 10 * a[2] + 100 * b[0]'],
  ['sort by a function', 'const a = [3, 1, 2]; a.sort((p, q) => p - q); return a[0] * x'],
  ['sort by the text', 'let s = 0; [10, 9, 1].sort().forEach((v, i) => { s += v * x ** i }); return s'],
  ['a length that is set', 'const a = [x, 2 * x, 3 * x]; a.length = 2; return a.reduce((p, q) => p + q, 0)'],
  ['fill from an index on', 'const v = [x, x, x]; v.fill(0, 1); return v[0] + v[1] + v[2]'],
  ['reverse gives the list itself', 'const q = [1, x]; const r = q.reverse(); r[0] = 5; return q[0]'],
  ['copyWithin', 'const a = [1, 2, 3, 4]; a.copyWithin(0, 2); return a[0] * x'],
  ['a swap of items', 'const a = [x, 2 * x, 3 * x]; [a[0], a[2]] = [a[2], a[0]]; return a[0] - a[2]'],
  ['a swap of fields', 'const o = { p: x, q: 2 * x }; [o.p, o.q] = [o.q, o.p]; return o.p + 10 * o.q'],
  ['fields of a record into an object', 'const o = { q: 0 }; ({ p: o.q } = { p: x }); return o.q * x'],
  [
    'functions made in a loop',
    'const f = []; for (let i = 1; i <= 2; i++) f.push((z) => z ** i); return f[0](x) + f[1](x)',
  ],
  [
    'functions made in a loop over items',
    'const f = []; for (const i of [1, 2]) f.push(() => i * x); return f[0]() + 10 * f[1]()',
  ],
  [
    'functions made in a loop share a var',
    'const f = []; for (var i = 1; i <= 2; i++) f.push(() => i * x); return f[0]() + f[1]()',
  ],
  [
    'a callback that shortens its list visits what is left',
    'const a = [x, 2, 3, 4]; let s = 0; a.forEach((v, i) => { s += v * (i + 1); a.pop() }); return s + 10 * a.length',
  ],
  [
    'a sum whose list gets shorter',
    'const a = [x, 2, 3, 4]; return a.reduce((s, v) => { a.pop(); return s + v }, 0) + 10 * a.length',
  ],
  [
    'what is kept is what was visited',
    'const a = [x, 2, 3]; const b = a.filter((v, i) => { a[i + 1] = x * (i + 2); return true }); return b[0] + 10 * b[1] + 100 * b[2]',
  ],
  [
    'a search in a list that gets shorter',
    'const a = [x, 2, 3, 4]; return a.findIndex((v) => { a.pop(); return v === undefined }) + x',
  ],
  [
    'a text with a number in it as a key',
    "const o = {}; for (let i = 1; i <= 2; i++) o['w' + i] = i * x; return o.w1 + 10 * o.w2",
  ],
  ['Object.assign', 'const o = { n: 1 }; Object.assign(o, { n: x }); return o.n * 3'],
  ['set of a typed array', 'const a = new Float64Array(2); a[0] = x; a.set([x * 2], 1); return a[0] + a[1]'],
  ['two names of one object', 'const a = { k: x }; const b = a; b.k = 3; return a.k * x'],
  ['a branch with a side effect in a condition', 'let k = 0; const y = x > 0 && ++k > 0 ? x : 1; return y + 10 * k'],
  ['a part of an input of its own', 'const p = { x }; p.x += 5; return p.x * 2'],
  [
    'an object made of a class',
    'class P { constructor(k) { this.k = k } get twice() { return 2 * this.k } add(o) { return new P(this.k + o.k) } } return new P(x).add(new P(3)).twice',
  ],
  [
    'chaining and static members',
    'class A { static of(k) { return new A(k) } constructor(k) { this.s = k } add(v) { this.s += v; return this } } return A.of(x).add(2).add(x).s',
  ],
  [
    'inheritance',
    'class A { constructor(k) { this.k = k } f() { return this.k * x } } class B extends A { constructor() { super(3); this.m = 2 } f() { return super.f() + this.m } } return new B().f()',
  ],
  ['fields and their defaults', 'class A { k = 2; #h = 3; f(v) { return v * this.k + this.#h } } return new A().f(x)'],
  [
    'a constructor function',
    'function P(k) { this.k = k; this.f = function (v) { return v * this.k } } return new P(3).f(x)',
  ],
  ['recursion to a known depth', 'const f = (n) => (n <= 0 ? 1 : x * f(n - 1)); return f(4)'],
  ['while and do', 'let r = 0.1; while (r < 3) r *= 2; do r++; while (r < 9); return r * x'],
  ['a function of Math as a callback', 'return [4, 9].map(Math.sqrt).reduce((a, b) => a + b) * x'],
  ['find and indexOf', 'const a = [3, 5, 7]; return a.find((v) => v > 3) * x + a.indexOf(7) + (a.includes(3) ? 1 : 0)'],
  ['a default that uses another parameter', 'const f = (a, b = a * 2) => a * b; return f(x)'],
  ['nothing where a default stands', 'const f = ({ k = 2, z }) => k * z; return f({ z: x }) + (undefined ?? x)'],
  ['spread arguments', 'return Math.hypot(...[3, x]) + Math.max.apply(null, [x, 1])'],
  [
    'labels',
    'let s = 0; outer: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (j === 2) continue outer; if (i === 2) break outer; s += x * i + j } } return s',
  ],
  [
    'ways that meet again',
    'let y = 0; if (x > 1) { if (x > 2) return 1; y = 3 } else { if (x > 0.5) return y + 7; y = 4 } y += x; return y',
  ],
  ['one of two objects', 'const p = { k: 1 }, q = { k: 2 }; const o = x > 1 ? p : q; return o.k * x'],
  [
    'names of the prototype of all objects',
    'const constructor = x * 2; const o = { toString: 3, valueOf: x }; return constructor + o.toString * o.valueOf',
  ],
]

/** What can't be followed: there is no number, never a wrong one. */
const NOT_FOLLOWED: readonly (readonly [what: string, body: string])[] = [
  [
    'a view of the same numbers',
    'const a = new Float64Array(3); a.fill(x); const b = a.subarray(1); b[0] = 5; return a[1] * x',
  ],
  [
    'a callback handed to something unknown',
    'let s = x * x; new Set([1, 2, 3]).forEach((v) => { s += x * v }); return s',
  ],
  [
    'a list handed to something unknown',
    'const a = [x, 2]; const m = new WeakMap([[a, 1]]); new Intl.Any(a); return a[0]',
  ],
  [
    'a function that is kept',
    'let s = 0; const e = new EventTarget(); e.on(() => { s += x }); s = 3; e.fire(); return s',
  ],
  [
    'one of two objects is changed',
    'const p = { k: 1 }, q = { k: 2 }; const o = x > 1 ? p : q; o.k = 5; return p.k * x',
  ],
  ['an index that the input decides', 'const a = [1, 2, 3]; a[Math.floor(x)] = 7; return a[0] * x'],
  ['a loop that the input decides', 'let s = 0; for (let i = 0; i < x; i++) s += x; return s'],
  [
    'an iteration that stops early',
    'let y = x; for (let i = 0; i < 90; i++) { const d = (y * y - 2) / y; y -= d / 2; if (Math.abs(d) < 1e-9) break } return y',
  ],
]

const file = (rows: readonly (readonly [string, string])[]) =>
  rows.map(([, body], index) => `export function f${index}(x) { ${body} }`).join('\n')

describe('code means what JavaScript means by it', () => {
  for (const x of [0.7, -1.3, 2.5]) {
    const read = readValues(file(FOLLOWED), x)
    const run = nodeValues(file(FOLLOWED), x)
    FOLLOWED.forEach(([what], index) => {
      it(`${what}, at ${x}`, () => {
        const [a, b] = [read.get(`f${index}`), run.get(`f${index}`)]
        assert.ok(a && 'value' in a, JSON.stringify(a))
        assert.ok(b && 'value' in b && isSame(a.value, b.value), JSON.stringify({ read: a, node: b }))
      })
    })
  }

  NOT_FOLLOWED.forEach(([what], index) => {
    it(`no number: ${what}`, () => {
      const read = readValues(file(NOT_FOLLOWED), 0.7).get(`f${index}`)
      assert.ok(!read || 'reason' in read, JSON.stringify(read))
    })
  })
})

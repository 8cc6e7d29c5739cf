import assert from 'node:assert/strict'
import vm from 'node:vm'
import { analyzeTypeScript } from '../../../../src/analysis'
import type { Derivation } from '../../../../src/derivation'
import { isSame } from './run'

type Nested = number | readonly Nested[]
type Inputs = Readonly<Record<string, Nested>>

const MATRIX = [
  [0.5, -1.2, 0.3],
  [1.1, 0.4, -0.7],
]

/** Functions of lists whose sizes `@at` gives: value and gradients as Node and finite differences have them. */
const FUNCTIONS: readonly (readonly [what: string, inputs: Inputs, code: string])[] = [
  [
    'a loop to the length',
    { x: [1.5, -2, 0.5] },
    'let s = 0; for (let i = 0; i < x.length; i++) s += x[i] ** 2; return s',
  ],
  ['map and reduce', { x: [1.5, -2] }, 'return x.map((v) => Math.exp(v)).reduce((a, b) => a + b, 0)'],
  ['forEach', { x: [1, 2], w: [3, -1] }, 'let s = 0; x.forEach((v, i) => { s += v * w[i] }); return s'],
  ['for of', { x: [1, 2, 4] }, 'let p = 1; for (const v of x) p *= v; return p'],
  [
    'rows and columns',
    { W: MATRIX, x: [1, 2, 3] },
    'return W.map((r) => r.reduce((s, w, j) => s + w * x[j], 0)).reduce((a, b) => a * b)',
  ],
  [
    'a transposition',
    { W: MATRIX },
    'const T = W[0].map((_, j) => W.map((r) => r[j])); return T[2][0] * T[0][1] + T.length',
  ],
  ['destructuring and spread', { x: [1, 2, 3] }, 'const [a, ...r] = x; return a * Math.hypot(...r) + [...x, 4].length'],
  [
    'a list that is made and filled',
    { x: [1, 2] },
    'const g = new Array(x.length).fill(0); for (const i of x.keys()) g[i] = x[i] * i; return g[1] ** 2',
  ],
  ['an entry that is set', { x: [1, 2] }, 'x[0] = x[1] * 3; return x[0] * x[1]'],
  [
    'a mean and a variance',
    { x: [1, 2, 6] },
    'const m = x.reduce((a, b) => a + b) / x.length; return x.reduce((s, v) => s + (v - m) ** 2, 0)',
  ],
  ['sorted by what is known', { x: [3, 1] }, 'return Math.max(...x) * x[1]'],
  ['a helper of the file', { x: [1, 2], y: [0.5, 3] }, 'return dot(x, y) / Math.sqrt(dot(x, x))'],
]
const HELPERS = 'const dot = (a, b) => a.reduce((s, v, i) => s + v * b[i], 0)'

const parse = (inputs: Inputs): Inputs => JSON.parse(JSON.stringify(inputs))
const numbersOf = (value: Nested): number[] => (typeof value === 'number' ? [value] : value.flatMap(numbersOf))

/** The input with its k-th number moved. */
function moved(value: Nested, k: number, by: number): Nested {
  let at = 0
  const visit = (part: Nested): Nested => (typeof part === 'number' ? part + (at++ === k ? by : 0) : part.map(visit))
  return visit(value)
}

describe('functions of lists of a known size', () => {
  for (const [what, inputs, body] of FUNCTIONS)
    it(what, () => {
      const names = Object.keys(inputs)
      const tag = names.map((name) => `${name} = ${JSON.stringify(inputs[name])}`).join(', ')
      const text = `${HELPERS}\n/** @at ${tag} */\nexport function f(${names.join(', ')}) { ${body} }`
      const run = vm.runInNewContext(`${HELPERS}; (function (${names.join(', ')}) { ${body} })`) as (
        ...args: Nested[]
      ) => number
      const at = (given: Inputs) => run(...Object.values(parse(given)))
      const derivation: Derivation =
        analyzeTypeScript(text).derivations.find(({ name }) => name.plain === 'f') ?? assert.fail('not read')
      assert.ok(isSame(derivation.value(derivation.output)?.data[0] ?? Number.NaN, at(inputs)))
      for (const name of names) {
        const node =
          derivation.inputs.find((id) => derivation.graph.nodes[id]?.name?.plain === name) ?? assert.fail(name)
        const gradient = derivation.gradient(node)
        const value = gradient && derivation.value(gradient.node)
        const sizes = Array.isArray(inputs[name]?.[0 as never]) ? [2, 3] : [numbersOf(inputs[name] as Nested).length]
        assert.deepEqual(value?.shape, sizes, name)
        numbersOf(inputs[name] as Nested).forEach((_number, k) => {
          const side = (by: number) => at({ ...inputs, [name]: moved(inputs[name] as Nested, k, by) })
          const slope = (side(1e-5) - side(-1e-5)) / 2e-5
          assert.ok(
            Math.abs((value?.data[k] ?? Number.NaN) - slope) < 1e-5 * Math.max(1, Math.abs(slope)),
            `${name} ${k}`,
          )
        })
      }
    })
})

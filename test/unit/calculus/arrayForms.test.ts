import assert from 'node:assert/strict'
import fc from 'fast-check'
import { analyzeMarkdown } from '../../../src/analysis'
import type { Derivation } from '../../../src/derivation'
import { latexOf } from '../../../src/writing/latex'

const outputOf = (note: string, name: string): Derivation =>
  analyzeMarkdown(note).derivations.find((each) => each.name.plain === name) ?? assert.fail(`no ${name}: ${note}`)

/** The gradient by a name as a reader sees it, and its numbers. */
function gradient(derivation: Derivation, name: string): { latex: string; numbers: number[] } {
  const id = derivation.graph.nodes.find((node) => node.name?.latex === name)?.id ?? assert.fail(`no ${name}`)
  const found = derivation.gradient(id) ?? assert.fail(`no gradient of ${name}`)
  return {
    latex: latexOf(derivation.graph, found.node),
    numbers: [...(derivation.value(found.node)?.data ?? [])],
  }
}

const W = 'Let $W \\in \\mathbb{R}^{m \\times n}$, $x, b \\in \\mathbb{R}^{n}$, $y, t \\in \\mathbb{R}^{m}$.\n\n'

/** The gradients of L as they are written by hand. */
const ROWS: readonly (readonly [definition: string, gradients: Readonly<Record<string, string>>])[] = [
  ['L = \\| W x - y \\|^2', { W: '2 (W x - y) x^{\\top}', x: '2 W^{\\top} (W x - y)', y: '-2 (W x - y)' }],
  ['L = \\sum_{i=1}^{m} \\sum_{j=1}^{n} y_i W_{ij} x_j', { W: 'y x^{\\top}', x: 'W^{\\top} y', y: 'W x' }],
  ['L = \\sum_{i=1}^{m} (y_i - t_i)^2', { y: '2 (y - t)', t: '-2 (y - t)' }],
  ['L = y^\\top W x', { W: 'y x^{\\top}', x: 'W^{\\top} y', y: 'W x' }],
  ['L = \\operatorname{tr}(W W^\\top)', { W: '2 W' }],
  ['L = \\sum_{j=1}^{n} x_j b_j', { x: 'b', b: 'x' }],
  ['L = \\| y - t \\|^2 + \\| x \\|^2', { y: '2 (y - t)', x: '2 x' }],
]

const SIZES = [
  [2, 3],
  [3, 2],
  [3, 3],
] as const
const matrix = (rows: readonly (readonly number[])[]) =>
  `\\begin{pmatrix} ${rows.map((row) => row.join(' & ')).join(' \\\\ ')} \\end{pmatrix}`

/** A factor at the indices i and j: how it is written, and its value. */
interface Factor {
  readonly latex: string
  readonly at: (values: Values, i: number, j: number) => number
}
type Values = Readonly<Record<'x' | 'y' | 'A' | 'B', number[][]>>
const entry = (array: number[][], i: number, j: number): number => array[i]?.[j] ?? Number.NaN
const FACTORS: readonly Factor[] = [
  { latex: 'x_i', at: ({ x }, i) => entry(x, i, 0) },
  { latex: 'y_j', at: ({ y }, _i, j) => entry(y, j, 0) },
  { latex: 'A_{ij}', at: ({ A }, i, j) => entry(A, i, j) },
  { latex: 'B_{ji}', at: ({ B }, i, j) => entry(B, j, i) },
  { latex: 'x_i^2', at: ({ x }, i) => entry(x, i, 0) ** 2 },
  { latex: '\\tanh(y_j)', at: ({ y }, _i, j) => Math.tanh(entry(y, j, 0)) },
  { latex: '(x_i - y_j)', at: ({ x, y }, i, j) => entry(x, i, 0) - entry(y, j, 0) },
]

describe('gradients of arrays', () => {
  for (const [definition, gradients] of ROWS) {
    it(definition, () => {
      const derivation = outputOf(`${W}$$${definition}$$\n`, 'L')
      for (const [name, latex] of Object.entries(gradients)) assert.equal(gradient(derivation, name).latex, latex, name)
    })
  }

  it('the indexed sum, its gradient, what is printed of it and finite differences agree at three sizes', () => {
    const number = fc.integer({ min: -15, max: 15 }).map((n) => (n === 0 ? 5 : n) / 10)
    const terms = fc.array(fc.array(fc.constantFrom(...FACTORS), { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 2,
    })
    fc.assert(
      fc.property(
        terms,
        fc.constantFrom(...SIZES),
        fc.array(number, { minLength: 24, maxLength: 24 }),
        (sum, [m, n], drawn) => {
          const part = (from: number, rows: number, columns: number) =>
            Array.from({ length: rows }, (_r, i) => drawn.slice(from + i * columns, from + (i + 1) * columns))
          const values: Values = { x: part(0, m, 1), y: part(3, n, 1), A: part(6, m, n), B: part(15, n, m) }
          const total = (at: Values): number => {
            let result = 0
            for (const term of sum)
              for (let i = 0; i < m; i++)
                for (let j = 0; j < n; j++) result += term.reduce((product, factor) => product * factor.at(at, i, j), 1)
            return result
          }
          const body = sum.map(
            (term) => `\\sum_{i=1}^{m} \\sum_{j=1}^{n} ${term.map(({ latex }) => latex).join(' \\cdot ')}`,
          )
          const said =
            'Let $x \\in \\mathbb{R}^{m}$, $y \\in \\mathbb{R}^{n}$, $A \\in \\mathbb{R}^{m \\times n}$, $B \\in \\mathbb{R}^{n \\times m}$.\n\n'
          const bound = Object.entries(values)
            .map(([name, array]) => `$$${name} = ${matrix(array)}$$\n`)
            .join('\n')
          const written = body.join(' ')
          const derivation = outputOf(`${said}$$L = ${body.join(' + ')}$$\n\n${bound}`, 'L')
          // Of a sum over j without an entry at j nothing says how far j goes.
          fc.pre(derivation.value(derivation.output) !== null)
          for (const name of ['x', 'y', 'A', 'B'] as const) {
            if (!new RegExp(`${name}_`).test(written)) continue
            const { latex, numbers } = gradient(derivation, name)
            const differences = values[name].flatMap((row, i) =>
              row.map((_x, j) => {
                const moved = (by: number): Values => ({
                  ...values,
                  [name]: values[name].map((each, k) => each.map((x, l) => (k === i && l === j ? x + by : x))),
                })
                return (total(moved(1e-4)) - total(moved(-1e-4))) / 2e-4
              }),
            )
            assert.equal(numbers.length, differences.length, latex)
            numbers.forEach((x, k) => {
              assert.ok(Math.abs(x - (differences[k] as number)) < 1e-5, `${written}: ${latex}`)
            })
            // Entry by entry, or with a size as a number, it says nothing by itself.
            if (latex.includes('\\left[') || /(?<![A-Za-z\\])[mn](?![A-Za-z])/.test(latex)) continue
            const again = outputOf(`${said}$$G = ${latex}$$\n\n${bound}`, 'G')
            const back = [...(again.value(again.output)?.data ?? [])]
            assert.deepEqual(
              back.map((x) => x.toFixed(6)),
              numbers.map((x) => x.toFixed(6)),
              latex,
            )
          }
        },
      ),
      { numRuns: 25 },
    )
  })
})

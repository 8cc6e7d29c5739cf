/**
 * Square matrices: trace, diagonal, determinant, inverse, powers. Backward rules: Magnus and Neudecker, Matrix Differential
 * Calculus, for a scalar loss.
 */
import { first } from './axes'
import {
  type Builder,
  type NodeId,
  type Operation,
  PRECEDENCE,
  type Printed,
  type Shape,
  type ShapeMismatch,
  type Tensor,
} from './operation'
import { operand, parenthesized, plainFunction, three } from './printing'
import { differ, times } from './shapes'

/** A square matrix in, this shape out; a mismatch where its sides differ. */
const ofSquare =
  (result: (a: Shape) => Shape) =>
  ([a]: readonly (Shape | null)[]): Shape | ShapeMismatch | null => {
    if (!a) return null
    if (a.length !== 2 || differ(a[0], a[1])) return { left: a, right: [...a].reverse() }
    return result(a)
  }

/** A copy of the rows of a square matrix. */
function rowsOf(a: Tensor): Float64Array[] {
  const n = a.shape[0] as number
  return Array.from({ length: n }, (_row, i) => a.data.slice(i * n, (i + 1) * n))
}

/** Brings `rows` to triangular form, the largest pivot first, and does the same to `beside`; gives the determinant. */
function eliminate(rows: Float64Array[], beside: Float64Array[]): number {
  let determinant = 1
  for (let c = 0; c < rows.length; c++) {
    let pivot = c
    for (let i = c + 1; i < rows.length; i++) {
      if (Math.abs(rows[i]?.[c] as number) > Math.abs(rows[pivot]?.[c] as number)) pivot = i
    }
    if (pivot !== c) {
      determinant = -determinant
      for (const each of [rows, beside]) {
        if (each.length > 0) [each[c], each[pivot]] = [each[pivot] as Float64Array, each[c] as Float64Array]
      }
    }
    const head = rows[c]?.[c] as number
    determinant *= head
    if (head === 0) return 0
    for (let i = 0; i < rows.length; i++) {
      const above = beside.length === 0 && i < c
      if (i === c || above) continue
      const factor = (rows[i]?.[c] as number) / head
      subtractRow(rows[i] as Float64Array, rows[c] as Float64Array, factor)
      if (beside.length > 0) subtractRow(beside[i] as Float64Array, beside[c] as Float64Array, factor)
    }
  }
  return determinant
}

function subtractRow(from: Float64Array, row: Float64Array, factor: number): void {
  for (let j = 0; j < from.length; j++) from[j] = (from[j] as number) - factor * (row[j] as number)
}

const determinantOf = (a: Tensor): number => eliminate(rowsOf(a), [])

/** The inverse by elimination; of a singular matrix NaN. */
function inverseOf(a: Tensor): Tensor {
  const n = a.shape[0] as number
  const rows = rowsOf(a)
  const beside = rows.map((_row, i) => Float64Array.from({ length: n }, (_x, j) => (i === j ? 1 : 0)))
  const determinant = eliminate(rows, beside)
  const data = new Float64Array(n * n).fill(Number.NaN)
  if (determinant !== 0) {
    beside.forEach((row, i) => {
      data.set(
        row.map((x) => x / (rows[i]?.[i] as number)),
        i * n,
      )
    })
  }
  return { shape: a.shape, data }
}

function product(a: Tensor, b: Tensor): Tensor {
  const n = a.shape[0] as number
  const data = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let total = 0
      for (let k = 0; k < n; k++) total += (a.data[i * n + k] as number) * (b.data[k * n + j] as number)
      data[i * n + j] = total
    }
  return { shape: a.shape, data }
}

function diagonalMatrix(values: Float64Array): Tensor {
  const n = values.length
  const data = new Float64Array(n * n)
  values.forEach((x, i) => {
    data[i * n + i] = x
  })
  return { shape: [n, n], data }
}

/** `(A^{\top})^{-1}` as a node. */
const turnedInverse = (build: Builder, inverse: NodeId): NodeId => build.apply('transpose', [inverse])

const call =
  (macro: string) =>
  (inputs: readonly Printed[]): Printed => ({
    text: `${macro}${parenthesized(three(inputs)[0].text)}`,
    precedence: PRECEDENCE.prefix,
  })

const raised =
  (exponent: (attributes: { readonly n?: unknown }) => string) =>
  (inputs: readonly Printed[], attributes: { readonly n?: unknown }): Printed => ({
    text: `${operand(three(inputs)[0], PRECEDENCE.atom)}^{${exponent(attributes)}}`,
    precedence: PRECEDENCE.power,
  })

/** Powers of a matrix beyond this one are not unrolled. */
const HIGHEST_POWER = 64

export const SQUARE: readonly Operation[] = [
  {
    name: 'trace',
    isOfSquares: true,
    ofNumbers: 'itself',
    words: ['tr', 'Tr', 'trace', '\\tr', '\\Tr'],
    arity: 1,
    spellings: {
      python: ['np.trace', 'trace'],
    },
    symbol: () => '\\operatorname{tr}',
    elementwise: false,
    shape: ofSquare(() => []),
    tensor: (inputs) => {
      const a = first(inputs)
      const n = a.shape[0] as number
      let total = 0
      for (let i = 0; i < n; i++) total += a.data[i * n + i] as number
      return { shape: [], data: Float64Array.of(total) }
    },
    backward: (build, { inputs: [a = 0], upstream }) => [build.apply('multiply', [upstream, build.apply('eye', [a])])],
    localMap: () => ['\\cdot\\, I'],
    latex: call('\\operatorname{tr}'),
    text: plainFunction('trace'),
    rule: 'trace rule',
    explanation: 'A trace sends the upstream gradient to each entry of the diagonal, and nothing to the others.',
  },
  {
    name: 'eye',
    arity: 1,
    spellings: {},
    symbol: () => 'I',
    elementwise: false,
    shape: ofSquare((a) => a),
    tensor: (inputs) => diagonalMatrix(new Float64Array(first(inputs).shape[0] as number).fill(1)),
    backward: () => [null],
    localMap: () => [null],
    latex: () => ({ text: 'I', precedence: PRECEDENCE.atom }),
    text: (inputs) => ({ text: `eye(${three(inputs)[0].text})`, precedence: PRECEDENCE.atom }),
    rule: 'identity matrix',
    explanation: 'The identity matrix has only the size of its input: no gradient flows back through it.',
  },
  {
    name: 'diag',
    ofMatrices: 'diagonal',
    words: ['diag', '\\diag'],
    arity: 1,
    spellings: {
      python: ['np.diag', 'diag'],
    },
    symbol: () => '\\operatorname{diag}',
    elementwise: false,
    shape: ([a]) => {
      if (!a) return null
      return a.length === 1 ? [...a, ...a] : { left: a, right: [a[0] ?? 1] }
    },
    tensor: (inputs) => diagonalMatrix(first(inputs).data),
    backward: (build, { upstream }) => [build.apply('diagonal', [upstream])],
    localMap: () => ['\\text{diagonal}'],
    latex: call('\\operatorname{diag}'),
    text: plainFunction('diag'),
    rule: 'diagonal rule',
    explanation: 'A diagonal matrix sends the diagonal of the upstream gradient back to its vector.',
  },
  {
    name: 'diagonal',
    isOfSquares: true,
    arity: 1,
    spellings: { python: ['np.diagonal'] },
    symbol: () => '\\operatorname{diag}',
    elementwise: false,
    shape: ofSquare((a) => [a[0] ?? 1]),
    tensor: (inputs) => {
      const a = first(inputs)
      const n = a.shape[0] as number
      return { shape: [n], data: Float64Array.from({ length: n }, (_x, i) => a.data[i * n + i] as number) }
    },
    backward: (build, { upstream }) => [build.apply('diag', [upstream])],
    localMap: () => ['\\operatorname{diag}(\\cdot)'],
    latex: call('\\operatorname{diag}'),
    text: plainFunction('diagonal'),
    rule: 'diagonal rule',
    explanation: 'The diagonal of a matrix sends the upstream gradient back onto the diagonal.',
  },
  {
    name: 'det',
    isOfSquares: true,
    ofNumbers: 'itself',
    words: ['det', '\\det'],
    arity: 1,
    spellings: { python: ['np.linalg.det'] },
    symbol: () => '\\det',
    elementwise: false,
    shape: ofSquare(() => []),
    tensor: (inputs) => ({ shape: [], data: Float64Array.of(determinantOf(first(inputs))) }),
    backward: (build, { inputs: [a = 0], output, upstream }) => [
      build.apply('multiply', [times(build, upstream, output), turnedInverse(build, build.apply('inverse', [a]))]),
    ],
    localMap: (inputs) => {
      const [a] = three(inputs)
      return [`\\cdot\\, \\det(${a.text})\\, ${operand(a, PRECEDENCE.atom)}^{-\\top}`]
    },
    latex: call('\\det'),
    text: plainFunction('det'),
    rule: 'determinant rule',
    explanation: 'A determinant sends back the upstream gradient times the determinant times the inverse, transposed.',
  },
  {
    name: 'inverse',
    arity: 1,
    spellings: { python: ['np.linalg.inv', 'inv'] },
    symbol: () => 'A^{-1}',
    elementwise: false,
    shape: ofSquare((a) => a),
    tensor: (inputs) => inverseOf(first(inputs)),
    backward: (build, { output, upstream }) => {
      const turned = turnedInverse(build, output)
      const inner = build.apply('matmul', [build.apply('matmul', [turned, upstream]), turned])
      return [build.apply('negate', [inner])]
    },
    localMap: (inputs) => {
      const turned = `${operand(three(inputs)[0], PRECEDENCE.atom)}^{-\\top}`
      return [`-${turned} \\,\\cdot\\, ${turned}`]
    },
    latex: raised(() => '-1'),
    text: plainFunction('inv'),
    rule: 'inverse rule',
    explanation: 'An inverse stands on both sides of the upstream gradient, transposed, with a minus sign.',
  },
  {
    name: 'matrixPower',
    arity: 1,
    spellings: { python: ['np.linalg.matrix_power'] },
    symbol: ({ n }) => `A^{${n}}`,
    elementwise: false,
    shape: ([a], { n }) => {
      const isPower = typeof n === 'number' && Number.isInteger(n) && n >= 0 && n <= HIGHEST_POWER
      return isPower ? ofSquare((shape) => shape)([a ?? null]) : null
    },
    tensor: (inputs, { n }) => {
      const a = first(inputs)
      let power = diagonalMatrix(new Float64Array(a.shape[0] as number).fill(1))
      for (let k = 0; k < (n as number); k++) power = product(power, a)
      return power
    },
    // d(Aⁿ) is the sum of A … dA … A over the place of dA.
    backward: (build, { inputs: [a = 0], upstream, attributes }) => {
      const n = attributes.n as number
      const factor = (k: number): NodeId[] =>
        k === 0 ? [] : [build.apply('transpose', [k === 1 ? a : build.apply('matrixPower', [a], { n: k })])]
      const terms = Array.from({ length: n }, (_x, k) =>
        [...factor(k), upstream, ...factor(n - 1 - k)].reduce((left, right) => build.apply('matmul', [left, right])),
      )
      const [head, ...rest] = terms
      return [head === undefined ? null : rest.reduce((sum, term) => build.apply('add', [sum, term]), head)]
    },
    localMap: (inputs, { n }) => {
      const turned = `(${three(inputs)[0].text}^{\\top})`
      return [`\\textstyle\\sum_{k} ${turned}^{k} \\,\\cdot\\, ${turned}^{${Number(n) - 1}-k}`]
    },
    latex: raised(({ n }) => String(n)),
    text: (inputs, { n }) => ({
      text: `matrix_power(${three(inputs)[0].text}, ${n})`,
      precedence: PRECEDENCE.atom,
    }),
    rule: 'matrix power rule',
    explanation:
      'A power of a matrix is a product: each of its factors has its turn, and the contributions are summed.',
  },
]

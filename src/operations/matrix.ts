/**
 * Products, transposition and sums of vectors and matrices. Backward rules: Magnus and Neudecker, Matrix Differential
 * Calculus, for a scalar loss; gradients have the shape of their variable.
 */
import { axisText, first, lanesOf, reduced, reducedShape } from './axes'
import { type Attributes, type Operation, PRECEDENCE, type Printed, type Shape, type Tensor } from './operation'
import { operand, parenthesized, plainFunction, plainInfix, productSign, three } from './printing'
import { broadcast, differ } from './shapes'

function matmulShape([a, b]: readonly (Shape | null)[]) {
  if (!a || !b) return null
  if (a.length === 0 || b.length === 0) return broadcast([a, b])
  const [inner, outer] = [a[a.length - 1], b[Math.max(0, b.length - 2)]]
  if (differ(inner, outer)) return { left: a, right: b }
  return [...a.slice(0, -1), ...(b.length > 1 ? b.slice(1) : [])]
}

/** Rows and columns of a tensor seen as a matrix: a vector on the left is a row, on the right a column. */
function matmul([a, b]: readonly Tensor[]): Tensor {
  if (!a || !b) throw new RangeError('matmul needs two inputs')
  const rows = a.shape.length > 1 ? (a.shape[0] as number) : 1
  const inner = a.shape[a.shape.length - 1] as number
  const columns = b.shape.length > 1 ? (b.shape[1] as number) : 1
  const data = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < inner; k++) {
      const factor = a.data[i * inner + k] as number
      for (let j = 0; j < columns; j++) {
        data[i * columns + j] = (data[i * columns + j] as number) + factor * (b.data[k * columns + j] as number)
      }
    }
  return { shape: [...a.shape.slice(0, -1), ...(b.shape.length > 1 ? [columns] : [])], data }
}

function transpose([a]: readonly Tensor[]): Tensor {
  if (!a) throw new RangeError('transpose needs an input')
  if (a.shape.length < 2) return a
  const [rows, columns] = a.shape as [number, number]
  const data = new Float64Array(a.data.length)
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) data[j * rows + i] = a.data[i * columns + j] as number
  return { shape: [columns, rows], data }
}

function outer([a, b]: readonly Tensor[]): Tensor {
  if (!a || !b) throw new RangeError('outer needs two inputs')
  const data = new Float64Array(a.data.length * b.data.length)
  a.data.forEach((x, i) => {
    b.data.forEach((y, j) => {
      data[i * b.data.length + j] = x * y
    })
  })
  return { shape: [a.data.length, b.data.length], data }
}

/** The opposite of a sum: repeats the first input along the axis that was summed, to the shape of the second. */
function expanded([a, like]: readonly Tensor[], attributes: Attributes): Tensor {
  if (!a || !like) throw new RangeError('expand needs two inputs')
  const data = new Float64Array(like.data.length)
  const { size, inner } = lanesOf(like, attributes)
  for (let at = 0; at < data.length; at++) {
    data[at] = a.data[Math.floor(at / (inner * size)) * inner + (at % inner)] as number
  }
  return { shape: like.shape, data }
}

const TOP = '^{\\top}'
function turned(printed: Printed): string {
  const { text, precedence } = printed
  // The inverse, turned: A^{-\\top}. What already has something above goes into braces.
  if (precedence === PRECEDENCE.power && text.endsWith('^{-1}')) return text.replace(/\^\{-1\}$/, '^{-\\top}')
  if (precedence === PRECEDENCE.atom && /\^(?:\{[^{}]*\}|.)$/.test(text)) return `{${text}}${TOP}`
  return `${operand(printed, PRECEDENCE.atom)}${TOP}`
}

function matmulLatex(inputs: readonly Printed[], attributes: Attributes): Printed {
  const [a, b] = three(inputs)
  const sign = productSign(attributes)
  // A dot binds as loosely as ⊙: (a · b) c.
  const least = sign ? PRECEDENCE.hadamard : PRECEDENCE.product
  const [left, right] = [operand(a, least), operand(b, b.isMatrixProduct && !sign ? least : PRECEDENCE.product + 1)]
  return { text: `${left} ${sign ? `${sign} ` : ''}${right}`, precedence: least, isMatrixProduct: !sign }
}

/** `\sum_{n=1}^{N} (…)_{n}` for an axis of known name, else `\sum …`. */
function sumLatex(inputs: readonly Printed[], { axis, size }: Attributes): Printed {
  const inner = three(inputs)[0]
  if (axis === null || axis === undefined) {
    return { text: `\\operatorname{sum}(${inner.text})`, precedence: PRECEDENCE.prefix }
  }
  const index = axis === 0 ? 'n' : 'j'
  const bound = size === '' || size === undefined ? '' : `^{${size}}`
  // An index behind a derivative would belong to its denominator.
  const body = inner.text.startsWith('\\frac') ? parenthesized(inner.text) : operand(inner, PRECEDENCE.atom)
  const place = axis === 0 ? `_{${index}}` : `_{:,${index}}`
  return { text: `\\sum_{${index}${bound ? '=1' : ''}}${bound} ${body}${place}`, precedence: PRECEDENCE.sum }
}

export const MATRIX: readonly Operation[] = [
  {
    name: 'matmul',
    arity: 2,
    spellings: { python: ['@', 'np.dot', 'np.matmul', 'np.vdot', 'np.inner'] },
    ofNumbers: 'multiply',
    symbol: () => '\\mathrm{dot}',
    elementwise: false,
    shape: matmulShape,
    tensor: matmul,
    backward: (build, { inputs: [a = 0, b = 0], upstream }) => {
      const [left, right] = [build.shapeOf(a)?.length ?? 2, build.shapeOf(b)?.length ?? 2]
      if (left === 1 && right === 1) {
        // A row that multiplied is a column as a gradient.
        return [
          build.apply('multiply', [upstream, b]),
          build.apply('multiply', [upstream, build.apply('transpose', [a])]),
        ]
      }
      const byLeft =
        right === 1
          ? build.apply('outer', [upstream, b])
          : build.apply('matmul', [upstream, build.apply('transpose', [b])])
      const byRight =
        left === 1
          ? build.apply('outer', [a, upstream])
          : build.apply('matmul', [build.apply('transpose', [a]), upstream])
      return [byLeft, byRight]
    },
    localMap: (inputs) => {
      const [a, b] = three(inputs)
      return [`\\cdot\\, ${turned(b)}`, `${turned(a)} \\,\\cdot`]
    },
    latex: matmulLatex,
    text: plainInfix('@', PRECEDENCE.product),
    rule: 'matrix product rule',
    explanation:
      'A matrix product multiplies the upstream gradient by the other input, transposed, on the side where that input stood.',
  },
  {
    name: 'outer',
    arity: 2,
    spellings: { python: ['np.outer'] },
    symbol: () => '\\otimes',
    elementwise: false,
    shape: ([a, b]) => (a && b ? [...a, ...b] : null),
    tensor: outer,
    backward: (build, { inputs: [a = 0, b = 0], upstream }) => [
      build.apply('matmul', [upstream, b]),
      build.apply('matmul', [build.apply('transpose', [upstream]), a]),
    ],
    localMap: (inputs) => {
      const [a, b] = three(inputs)
      return [`\\cdot\\, ${b.text}`, `${a.text} \\,\\cdot`]
    },
    latex: (inputs) => {
      const [a, b] = three(inputs)
      return {
        text: `${operand(a, PRECEDENCE.product)} ${turned(b)}`,
        precedence: PRECEDENCE.product,
        isMatrixProduct: true,
      }
    },
    text: plainFunction('outer'),
    rule: 'outer product rule',
    explanation: 'An outer product multiplies the upstream gradient by the other vector.',
  },
  {
    name: 'transpose',
    isView: true,
    arity: 1,
    spellings: { plain: ['transpose'], python: ['transpose', 'np.transpose'] },
    ofNumbers: 'itself',
    symbol: () => '\\top',
    elementwise: false,
    shape: ([a]) => (a ? [...a].reverse() : null),
    tensor: transpose,
    backward: (build, { upstream }) => [build.apply('transpose', [upstream])],
    localMap: () => ['(\\cdot)^{\\top}'],
    latex: (inputs) => ({ text: turned(three(inputs)[0]), precedence: PRECEDENCE.power }),
    text: plainFunction('transpose'),
    rule: 'transposition rule',
    explanation: 'A transposition transposes the upstream gradient back.',
  },
  {
    name: 'sum',
    isTotal: true,
    words: ['sum'],
    arity: 1,
    spellings: { plain: ['sum'], python: ['sum', 'np.sum', 'np.nansum'] },
    symbol: () => '\\sum',
    elementwise: false,
    shape: reducedShape,
    tensor: (inputs, attributes) =>
      reduced(first(inputs), attributes, (lane) => {
        let total = 0
        for (const x of lane) total += x
        return total
      }),
    backward: (build, { inputs: [a = 0], upstream, attributes }) => [
      build.apply('expand', [upstream, a], { axis: attributes.axis ?? null }),
    ],
    localMap: () => ['\\text{repeat}'],
    latex: sumLatex,
    text: ([a], attributes) => ({
      text: `sum(${a?.text ?? ''}${axisText(attributes)})`,
      precedence: PRECEDENCE.atom,
    }),
    rule: 'sum rule',
    explanation: 'A sum over an axis repeats the upstream gradient along it: each term receives the same.',
  },
  {
    name: 'expand',
    arity: 2,
    spellings: {},
    symbol: () => '\\text{repeat}',
    elementwise: false,
    shape: ([, like]) => like ?? null,
    tensor: expanded,
    backward: (build, { upstream, attributes }) => [
      build.apply('sum', [upstream], { axis: attributes.axis ?? null }),
      null,
    ],
    localMap: () => ['\\textstyle\\sum', null],
    latex: ([a]) => ({
      text: `${operand(three(a ? [a] : [])[0], PRECEDENCE.product)} \\mathbf{1}`,
      precedence: PRECEDENCE.product,
    }),
    text: plainFunction('expand'),
    rule: 'broadcast rule',
    explanation: 'What is repeated in the forward pass is summed in the backward pass.',
  },
]

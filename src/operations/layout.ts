/** Arrays put together, taken apart and given another shape: no number is changed, so gradients only go back to their places. */
import { axisOf, axisText, first, isBeyond, lanesOf } from './axes'
import {
  type Attributes,
  type Builder,
  type Dimension,
  type NodeId,
  type Operation,
  PRECEDENCE,
  type Printed,
  type Shape,
  type ShapeMismatch,
  type Tensor,
} from './operation'
import { parenthesized, plainFunction, three } from './printing'
import { differ } from './shapes'

const call =
  (macro: string) =>
  (inputs: readonly Printed[]): Printed => ({
    text: `${macro}${parenthesized(inputs.map((input) => input.text).join(', '))}`,
    precedence: PRECEDENCE.prefix,
  })

const listText =
  (name: string) =>
  (inputs: readonly Printed[], attributes: Attributes): Printed => ({
    text: `${name}([${inputs.map((input) => input.text).join(', ')}]${axisText(attributes)})`,
    precedence: PRECEDENCE.atom,
  })

/** Sizes that are joined: numbers are added, symbols are written as a sum. */
function joinedSize(sizes: readonly Dimension[]): Dimension {
  if (sizes.every((size) => typeof size === 'number')) return sizes.reduce<number>((n, size) => n + (size as number), 0)
  return sizes.join('+')
}

/** All inputs agree but along the axis, where their sizes add up. */
function concatShape(inputs: readonly (Shape | null)[], attributes: Attributes): Shape | ShapeMismatch | null {
  const shapes: Shape[] = []
  for (const shape of inputs) {
    if (!shape) return null
    shapes.push(shape)
  }
  const [head] = shapes
  if (!head) return null
  const axis = axisOf({ axis: attributes.axis ?? 0 }, head.length)
  if (axis === null) return null
  for (const shape of shapes) {
    if (shape.length !== head.length || shape.some((size, k) => k !== axis && differ(size, head[k])))
      return { left: head, right: shape }
  }
  const joined = joinedSize(shapes.map((shape) => shape[axis] as Dimension))
  return head.map((size, k) => (k === axis ? joined : size))
}

function concat(inputs: readonly Tensor[], attributes: Attributes): Tensor {
  const a = first(inputs)
  const axis = axisOf({ axis: attributes.axis ?? 0 }, a.shape.length) ?? 0
  const shape = concatShape(
    inputs.map((input) => input.shape),
    attributes,
  ) as number[]
  const data = new Float64Array(shape.reduce((n, size) => n * size, 1))
  const outer = a.shape.slice(0, axis).reduce((n, size) => n * size, 1)
  let at = 0
  for (let k = 0; k < outer; k++) {
    for (const input of inputs) {
      const block = input.data.length / outer
      data.set(input.data.subarray(k * block, (k + 1) * block), at)
      at += block
    }
  }
  return { shape, data }
}

/** The span of a part among the inputs of a concatenation. */
function spanOf(inputs: readonly Tensor[], attributes: Attributes): Span {
  const parts = inputs.slice(1)
  const axis = axisOf({ axis: attributes.axis ?? 0 }, first(inputs).shape.length) ?? 0
  const index = Number(attributes.index)
  const sizes = parts.map((part) => part.shape[axis] as number)
  const from = sizes.slice(0, index).reduce((n, size) => n + size, 0)
  return { from, to: from + (sizes[index] ?? 0), step: 1 }
}

interface Span {
  readonly from: number
  readonly to: number
  readonly step: number
}

/** `from`, `to` (exclusive) and `step` of a slice, as NumPy means them, on an axis of this size. */
function sliceOf(attributes: Attributes, size: number): Span {
  const step = Number(attributes.step ?? 1)
  const place = (value: unknown, otherwise: number) =>
    typeof value === 'number' ? Math.min(size, Math.max(0, value < 0 ? value + size : value)) : otherwise
  return { from: place(attributes.from, 0), to: place(attributes.to, size), step }
}

const countOf = ({ from, to, step }: Span): number => Math.max(0, Math.ceil((to - from) / step))

/** The part of an axis; `back` writes it into zeros of the whole. */
function cut(whole: Tensor, attributes: Attributes, span: Span): Tensor {
  const axis = axisOf(attributes, whole.shape.length) ?? 0
  const count = countOf(span)
  const { inner, lanes, start } = lanesOf(whole, { axis })
  const data = new Float64Array(lanes * count)
  for (let lane = 0; lane < lanes; lane++) {
    const target = Math.floor(lane / inner) * inner * count + (lane % inner)
    for (let k = 0; k < count; k++)
      data[target + k * inner] = whole.data[start(lane) + (span.from + k * span.step) * inner] as number
  }
  return { shape: whole.shape.map((size, k) => (k === axis ? count : size)), data }
}

function pasted(part: Tensor, like: Tensor, attributes: Attributes, span: Span): Tensor {
  const axis = axisOf(attributes, like.shape.length) ?? 0
  const count = countOf(span)
  const { inner, lanes, start } = lanesOf(like, { axis })
  const data = new Float64Array(like.data.length)
  for (let lane = 0; lane < lanes; lane++) {
    const source = Math.floor(lane / inner) * inner * count + (lane % inner)
    for (let k = 0; k < count; k++)
      data[start(lane) + (span.from + k * span.step) * inner] = part.data[source + k * inner] as number
  }
  return { shape: like.shape, data }
}

function slicedShape([a]: readonly (Shape | null)[], attributes: Attributes): Shape | null {
  if (!a || isBeyond(attributes, a.length)) return null
  const axis = axisOf(attributes, a.length)
  const size = axis === null ? undefined : a[axis]
  if (typeof attributes.index === 'number') {
    if (typeof size === 'number' && (attributes.index >= size || attributes.index < -size)) return null
    return a.filter((_size, k) => k !== axis)
  }
  if (Number(attributes.step ?? 1) <= 0) return null
  const whole = attributes.from === undefined && attributes.to === undefined && (attributes.step ?? 1) === 1
  if (typeof size === 'number') return a.map((each, k) => (k === axis ? countOf(sliceOf(attributes, size)) : each))
  return whole ? a : null
}

/** A slice, or one entry of the axis, which then is gone. */
function sliced(a: Tensor, attributes: Attributes): Tensor {
  const axis = axisOf(attributes, a.shape.length) ?? 0
  const size = a.shape[axis] as number
  if (typeof attributes.index !== 'number') return cut(a, attributes, sliceOf(attributes, size))
  const at = attributes.index < 0 ? attributes.index + size : attributes.index
  const part = cut(a, attributes, { from: at, to: at + 1, step: 1 })
  return { shape: part.shape.filter((_size, k) => k !== axis), data: part.data }
}

function unsliced(part: Tensor, like: Tensor, attributes: Attributes): Tensor {
  const size = like.shape[axisOf(attributes, like.shape.length) ?? 0] as number
  if (typeof attributes.index !== 'number') return pasted(part, like, attributes, sliceOf(attributes, size))
  const at = attributes.index < 0 ? attributes.index + size : attributes.index
  return pasted(part, like, attributes, { from: at, to: at + 1, step: 1 })
}

/** Shape that is asked for, one size of which may be -1: what is left. */
function reshaped([a]: readonly (Shape | null)[], { shape }: Attributes): Shape | ShapeMismatch | null {
  const wanted = (shape ?? []) as readonly Dimension[]
  if (!a) return wanted.includes(-1) ? null : wanted
  if (![...a, ...wanted].every((size) => typeof size === 'number'))
    return wanted.includes(-1) ? laidOut(a, wanted) : wanted
  const count = (a as number[]).reduce((n, size) => n * size, 1)
  const known = (wanted as number[]).reduce((n, size) => (size === -1 ? n : n * size), 1)
  const full = (wanted as number[]).map((size) => (size === -1 ? count / known : size))
  return full.reduce((n, size) => n * size, 1) === count && full.every(Number.isInteger)
    ? full
    : { left: a, right: wanted }
}

/** A vector of any size as a column or a row; `null` where the size that is left can't be told. */
function laidOut(a: Shape, wanted: readonly Dimension[]): Shape | null {
  const [only, further] = a.filter((size) => size !== 1)
  if (only === undefined || further !== undefined || !wanted.every((size) => size === -1 || size === 1)) return null
  return wanted.map((size) => (size === -1 ? only : size))
}

const zerosLike = (build: Builder, id: NodeId): NodeId => build.apply('expand', [build.constant(0), id], { axis: null })

/** Rows of a table by their numbers: `W[t]`; numbers that aren't rows give NaN. */
function rowsAt(table: Tensor, numbers: Tensor): Tensor {
  const width = table.shape.slice(1).reduce((n, size) => n * size, 1)
  const data = new Float64Array(numbers.data.length * width).fill(Number.NaN)
  numbers.data.forEach((row, k) => {
    if (Number.isInteger(row) && row >= 0 && row < (table.shape[0] as number))
      data.set(table.data.subarray(row * width, (row + 1) * width), k * width)
  })
  return { shape: [...numbers.shape, ...table.shape.slice(1)], data }
}

/** Adds rows up at their numbers, in zeros of the table's shape. */
function rowsTo(rows: Tensor, table: Tensor, numbers: Tensor): Tensor {
  const width = table.shape.slice(1).reduce((n, size) => n * size, 1)
  const data = new Float64Array(table.data.length)
  numbers.data.forEach((row, k) => {
    for (let j = 0; j < width && row * width + j < data.length; j++) {
      const at = row * width + j
      data[at] = (data[at] as number) + (rows.data[k * width + j] as number)
    }
  })
  return { shape: table.shape, data }
}

/** `a[n, t[n]]` for each row n; `to` writes numbers there, in zeros. */
function picked(a: Tensor, numbers: Tensor): Tensor {
  const width = a.shape[1] as number
  return { shape: numbers.shape, data: numbers.data.map((t, n) => a.data[n * width + t] ?? Number.NaN) }
}

function unpicked(values: Tensor, like: Tensor, numbers: Tensor): Tensor {
  const width = like.shape[1] as number
  const data = new Float64Array(like.data.length)
  numbers.data.forEach((t, n) => {
    if (n * width + t < data.length) data[n * width + t] = values.data[n] as number
  })
  return { shape: like.shape, data }
}

const inputAt = (inputs: readonly Tensor[], k: number): Tensor => inputs[k] ?? first(inputs)

const entryText = ([a]: readonly Printed[], { axis, index, from, to }: Attributes): string => {
  const place = typeof index === 'number' ? `${index}` : `${from ?? ''}:${to ?? ''}`
  return `${a?.text ?? ''}[${axis ? ':, '.repeat(Number(axis)) : ''}${place}]`
}

export const LAYOUT: readonly Operation[] = [
  {
    name: 'reshape',
    isView: true,
    arity: 1,
    spellings: { python: ['np.reshape'] },
    symbol: () => '\\text{reshape}',
    elementwise: false,
    shape: reshaped,
    tensor: (inputs, attributes) => {
      const a = first(inputs)
      return { shape: reshaped([a.shape], attributes) as number[], data: a.data }
    },
    backward: (build, { inputs: [a = 0], upstream }) => [build.apply('reshapeLike', [upstream, a])],
    localMap: () => ['\\text{reshape}'],
    latex: (inputs) => three(inputs)[0],
    text: ([a], { shape }) => ({
      text: `reshape(${a?.text ?? ''}, [${((shape ?? []) as readonly Dimension[]).join(', ')}])`,
      precedence: PRECEDENCE.atom,
    }),
    rule: 'reshape rule',
    explanation: 'Another shape for the same numbers: the upstream gradient gets the old shape back.',
  },
  {
    name: 'reshapeLike',
    arity: 2,
    spellings: {},
    symbol: () => '\\text{reshape}',
    elementwise: false,
    shape: ([, like]) => like ?? null,
    tensor: (inputs) => ({ shape: inputAt(inputs, 1).shape, data: first(inputs).data }),
    backward: (build, { inputs: [a = 0], upstream }) => [build.apply('reshapeLike', [upstream, a]), null],
    localMap: () => ['\\text{reshape}', null],
    latex: (inputs) => three(inputs)[0],
    text: plainFunction('reshape'),
    rule: 'reshape rule',
    explanation: 'Another shape for the same numbers: the upstream gradient gets the old shape back.',
  },
  {
    name: 'concat',
    arity: null,
    spellings: { python: ['np.concatenate'] },
    symbol: () => '[\\,;\\,]',
    elementwise: false,
    shape: concatShape,
    tensor: concat,
    backward: (build, { inputs, upstream, attributes }) =>
      inputs.map((_input, index) => build.apply('part', [upstream, ...inputs], { axis: attributes.axis ?? 0, index })),
    localMap: (inputs) => inputs.map(() => '\\text{its part}'),
    latex: (inputs) => ({ text: `[${inputs.map((input) => input.text).join(';\\, ')}]`, precedence: PRECEDENCE.atom }),
    text: listText('concat'),
    rule: 'concatenation rule',
    explanation: 'Arrays that were put together each get their part of the upstream gradient.',
  },
  {
    name: 'part',
    isView: true,
    arity: null,
    spellings: {},
    symbol: () => '\\text{part}',
    elementwise: false,
    shape: ([, ...parts], { index }) => parts[Number(index)] ?? null,
    tensor: (inputs, attributes) => cut(first(inputs), { axis: attributes.axis ?? 0 }, spanOf(inputs, attributes)),
    backward: (build, { inputs: [, ...parts], upstream, attributes }) => [
      build.apply(
        'concat',
        parts.map((part, k) => (k === attributes.index ? upstream : zerosLike(build, part))),
        { axis: attributes.axis ?? 0 },
      ),
      ...parts.map(() => null),
    ],
    localMap: (inputs) => inputs.map((_input, k) => (k === 0 ? '[\\cdots;\\, \\cdot;\\, \\cdots]' : null)),
    latex: ([a, ...parts], { index }) => ({
      text: `${parenthesized(a?.text ?? '')}_{${parts[Number(index)]?.text ?? ''}}`,
      precedence: PRECEDENCE.atom,
    }),
    text: ([a, ...parts], { axis, index }) => ({
      text: `part(${a?.text ?? ''}, [${parts.map(({ text }) => text).join(', ')}], ${index}, ${axis ?? 0})`,
      precedence: PRECEDENCE.atom,
    }),
    rule: 'slice rule',
    explanation: 'A part of an array sends the upstream gradient back to its places, and nothing to the others.',
  },
  {
    name: 'stack',
    gathers: true,
    arity: null,
    spellings: { python: ['np.stack', 'np.array'] },
    symbol: () => '[\\,,\\,]',
    elementwise: false,
    shape: (inputs) => {
      const [head] = inputs
      if (!head || inputs.some((shape) => !shape)) return null
      const other = inputs.find(
        (shape) => shape?.length !== head.length || shape.some((size, k) => differ(size, head[k])),
      )
      return other ? { left: head, right: other } : [inputs.length, ...head]
    },
    tensor: (inputs) => {
      const a = first(inputs)
      const data = new Float64Array(a.data.length * inputs.length)
      inputs.forEach((input, k) => {
        data.set(input.data, k * a.data.length)
      })
      return { shape: [inputs.length, ...a.shape], data }
    },
    backward: (build, { inputs, upstream }) =>
      inputs.map((_input, index) => build.apply('slice', [upstream], { axis: 0, index })),
    localMap: (inputs) => inputs.map((_input, k) => `(\\cdot)_{${k + 1}}`),
    latex: (inputs) => ({
      text: `\\begin{pmatrix} ${inputs.map((input) => input.text).join(' \\\\ ')} \\end{pmatrix}`,
      precedence: PRECEDENCE.atom,
    }),
    text: (inputs) => ({ text: `[${inputs.map((input) => input.text).join(', ')}]`, precedence: PRECEDENCE.atom }),
    rule: 'stacking rule',
    explanation: 'What was put into an array gets its own entry of the upstream gradient.',
  },
  {
    name: 'slice',
    isView: true,
    arity: 1,
    spellings: {},
    symbol: (_attributes, inputs) => (inputs ? `${inputs[0]?.text ?? ''}_{[\\,]}` : '[\\,]'),
    elementwise: false,
    shape: slicedShape,
    tensor: (inputs, attributes) => sliced(first(inputs), attributes),
    backward: (build, { inputs: [a = 0], upstream, attributes }) => [build.apply('unslice', [upstream, a], attributes)],
    localMap: () => ['\\text{to its place}'],
    latex: ([a], { axis, index, from, to }) => {
      const place = typeof index === 'number' ? `${index + 1}` : `${Number(from ?? 0) + 1}:${to ?? ''}`
      return {
        text: `${a?.text ?? ''}_{${axis ? ':,'.repeat(Number(axis)) : ''}${place}}`,
        precedence: PRECEDENCE.atom,
      }
    },
    text: (inputs, attributes) => ({ text: entryText(inputs, attributes), precedence: PRECEDENCE.atom }),
    rule: 'slice rule',
    explanation: 'A part of an array sends the upstream gradient back to its places, and nothing to the others.',
  },
  {
    name: 'unslice',
    arity: 2,
    spellings: {},
    symbol: () => '\\text{place}',
    elementwise: false,
    shape: ([, like]) => like ?? null,
    tensor: (inputs, attributes) => unsliced(first(inputs), inputAt(inputs, 1), attributes),
    backward: (build, { upstream, attributes }) => [build.apply('slice', [upstream], attributes), null],
    localMap: () => ['\\text{its part}', null],
    latex: (inputs) => ({
      text: `${call('\\operatorname{place}')(inputs.slice(0, 1)).text}`,
      precedence: PRECEDENCE.prefix,
    }),
    text: plainFunction('place'),
    rule: 'slice rule',
    explanation: 'Numbers that were put into an array of zeros get their part of the upstream gradient.',
  },
  {
    name: 'rows',
    arity: 2,
    spellings: { python: ['np.take'] },
    symbol: () => '[\\,]',
    elementwise: false,
    shape: ([a, numbers]) => (a && numbers ? [...numbers, ...a.slice(1)] : null),
    tensor: (inputs) => rowsAt(first(inputs), inputAt(inputs, 1)),
    backward: (build, { inputs: [a = 0, numbers = 0], upstream }) => [
      build.apply('addRows', [upstream, a, numbers]),
      null,
    ],
    localMap: () => ['\\text{to their rows}', null],
    latex: ([a, numbers]) => ({ text: `${a?.text ?? ''}_{${numbers?.text ?? ''}}`, precedence: PRECEDENCE.atom }),
    text: ([a, numbers]) => ({ text: `${a?.text ?? ''}[${numbers?.text ?? ''}]`, precedence: PRECEDENCE.atom }),
    rule: 'row selection rule',
    explanation:
      'Selected rows send the upstream gradient back to the rows that they were, summed where one was taken twice.',
  },
  {
    name: 'addRows',
    arity: 3,
    spellings: {},
    symbol: () => '\\text{add to rows}',
    elementwise: false,
    shape: ([, like]) => like ?? null,
    tensor: (inputs) => rowsTo(first(inputs), inputAt(inputs, 1), inputAt(inputs, 2)),
    backward: (build, { inputs: [, , numbers = 0], upstream }) => [
      build.apply('rows', [upstream, numbers]),
      null,
      null,
    ],
    localMap: () => ['\\text{their rows}', null, null],
    latex: (inputs) => call('\\operatorname{place}')(inputs.slice(0, 1)),
    text: plainFunction('add_rows'),
    rule: 'row selection rule',
    explanation: 'Rows that were added into an array of zeros get theirs of the upstream gradient.',
  },
  {
    name: 'pick',
    arity: 2,
    spellings: {},
    symbol: () => '[\\,]',
    elementwise: false,
    shape: ([a, numbers]) => {
      if (!a || !numbers) return null
      return a.length !== 2 || numbers.length !== 1 || differ(a[0], numbers[0]) ? { left: a, right: numbers } : numbers
    },
    tensor: (inputs) => picked(first(inputs), inputAt(inputs, 1)),
    backward: (build, { inputs: [a = 0, numbers = 0], upstream }) => [
      build.apply('unpick', [upstream, a, numbers]),
      null,
    ],
    localMap: () => ['\\text{to its place}', null],
    latex: ([a, numbers]) => ({ text: `${a?.text ?? ''}_{n,${numbers?.text ?? ''}}`, precedence: PRECEDENCE.atom }),
    text: plainFunction('pick'),
    rule: 'selection rule',
    explanation: 'One entry of each row sends the upstream gradient back to its place, and nothing to the others.',
  },
  {
    name: 'unpick',
    arity: 3,
    spellings: {},
    symbol: () => '\\text{place}',
    elementwise: false,
    shape: ([, like]) => like ?? null,
    tensor: (inputs) => unpicked(first(inputs), inputAt(inputs, 1), inputAt(inputs, 2)),
    backward: (build, { inputs: [, , numbers = 0], upstream }) => [
      build.apply('pick', [upstream, numbers]),
      null,
      null,
    ],
    localMap: () => ['\\text{its entries}', null, null],
    latex: (inputs) => call('\\operatorname{place}')(inputs.slice(0, 1)),
    text: plainFunction('unpick'),
    rule: 'selection rule',
    explanation: 'Numbers that were put into one place of each row get their entry of the upstream gradient.',
  },
  {
    name: 'oneHot',
    arity: 1,
    spellings: {},
    symbol: () => '\\operatorname{onehot}',
    elementwise: false,
    shape: ([a], { classes }) =>
      a && (typeof classes === 'number' || typeof classes === 'string') ? [...a, classes] : null,
    tensor: (inputs, { classes }) => {
      const a = first(inputs)
      const width = classes as number
      const data = new Float64Array(a.data.length * width)
      a.data.forEach((t, n) => {
        if (Number.isInteger(t) && t >= 0 && t < width) data[n * width + t] = 1
      })
      return { shape: [...a.shape, width], data }
    },
    backward: () => [null],
    localMap: () => [null],
    latex: call('\\operatorname{onehot}'),
    text: ([a], { classes }) => ({ text: `one_hot(${a?.text ?? ''}, ${classes})`, precedence: PRECEDENCE.atom }),
    rule: 'one-hot rule',
    explanation: 'Labels are whole numbers: no gradient flows back through them.',
  },
]

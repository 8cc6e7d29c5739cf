/**
 * Index notation: entries of arrays, sums, products and extrema that bind an index, Kronecker's delta. Inside, everything is a
 * number for each value of the free indices, so that the rules of all other operations hold as they stand; what an input lacks of
 * the indices in scope is summed in the backward pass.
 */
import {
  type IndexId,
  indicesIn,
  letterOf,
  placeLatex,
  placeOf,
  placesLatex,
  placeValue,
  plainIndex,
  sizeOf,
  WHOLE_AXIS,
} from './indexTerms'
import {
  type Attributes,
  type Builder,
  type IndexedPlace,
  type NodeId,
  type Operation,
  PRECEDENCE,
  type Printed,
  type Shape,
  type Tensor,
} from './operation'
import { operand, parenthesized } from './printing'
import { times } from './shapes'

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : [])
const scalar = (value: number): Tensor => ({ shape: [], data: Float64Array.of(value) })

/** The sum over an index; of what doesn't have it, the size times. */
export function sumOver(build: Builder, body: NodeId, index: IndexId): NodeId {
  if (build.indicesOf(body).includes(index)) return build.apply('summation', [body], { index })
  const count = sizeOf(index)
  const times = typeof count === 'number' ? build.constant(count) : build.apply('extent', [], { size: count })
  return build.apply('multiply', [times, body])
}

/** The array whose entry at these indices is the body. */
export const tabulated = (build: Builder, body: NodeId, indices: readonly IndexId[]): NodeId =>
  indices.length === 0 ? body : build.apply('tabulate', [body], { indices: [...indices] })

/** The entry of an array at places; of an array that is tabulated over just these indices, its body. */
export function entryOf(build: Builder, array: NodeId, at: readonly string[]): NodeId {
  return at.length === 0 ? array : build.apply('entry', [array], { at: [...at] })
}

/** Indices without those that are bound. */
const without = (indices: readonly IndexId[], bound: readonly IndexId[]): IndexId[] =>
  indices.filter((index) => !bound.includes(index))

/** Offsets and trailing shape of an entry in an array; `null` where a place lies outside. */
function located(place: IndexedPlace, shape: readonly number[], at: readonly string[]): number[] | null {
  const places = at.map((text) => placeOf(text))
  let offsets = [0]
  for (let axis = 0; axis < shape.length; axis++) {
    const size = shape[axis] as number
    const term = axis < places.length ? places[axis] : null
    const value = term ? placeValue(term, place.numberAt) - 1 : null
    if (value !== null && !(value >= 0 && value < size)) return null
    offsets = offsets.flatMap((offset) =>
      value === null ? Array.from({ length: size }, (_x, k) => offset * size + k) : [offset * size + value],
    )
  }
  return offsets
}

/** Axes of an array that stay when entries are taken at these places. */
const keptAxes = <T>(shape: readonly T[], at: readonly string[]): T[] =>
  shape.filter((_size, axis) => axis >= at.length || at[axis] === WHOLE_AXIS)

/** What lies outside of an array counts as nothing: `x_{i+1}` at the end of a sum that stops before it. */
function entryValue(place: IndexedPlace): Tensor | null {
  const array = place.input(0)
  const at = listOf(place.attributes.at)
  if (!array || at.length > array.shape.length) return null
  const shape = keptAxes(array.shape, at)
  const offsets = located(place, array.shape, at)
  const count = shape.reduce((n, size) => n * size, 1)
  return {
    shape,
    data: Float64Array.from({ length: count }, (_x, k) => (offsets ? (array.data[offsets[k] as number] as number) : 0)),
  }
}

/** All values of some indices, first index slowest. */
function* assignments(place: IndexedPlace, indices: readonly IndexId[]): Generator<Map<IndexId, number> | null> {
  const sizes = indices.map((index) => place.sizeOf(sizeOf(index)))
  if (sizes.some((size) => size === null)) {
    yield null
    return
  }
  const count = (sizes as number[]).reduce((n, size) => n * size, 1)
  for (let k = 0; k < count; k++) {
    const values = new Map<IndexId, number>()
    let rest = k
    for (let i = indices.length - 1; i >= 0; i--) {
      const size = sizes[i] as number
      values.set(indices[i] as IndexId, (rest % size) + 1)
      rest = Math.floor(rest / size)
    }
    yield values
  }
}

/** The bodies of a binder added, multiplied, …, number by number. */
function folded(place: IndexedPlace, start: number, combine: (a: number, b: number) => number): Tensor | null {
  let total: Tensor | null = null
  for (const values of assignments(place, [String(place.attributes.index)])) {
    const body = values && place.input(0, values)
    if (!body) return null
    if (total === null) total = { shape: body.shape, data: new Float64Array(body.data.length).fill(start) }
    for (let k = 0; k < body.data.length; k++) total.data[k] = combine(total.data[k] as number, body.data[k] as number)
  }
  return total
}

function tabulatedValue(place: IndexedPlace): Tensor | null {
  const indices = listOf(place.attributes.indices)
  const bodies: Tensor[] = []
  for (const values of assignments(place, indices)) {
    const body = values && place.input(0, values)
    if (!body) return null
    bodies.push(body)
  }
  const [first] = bodies
  if (!first) return null
  const data = new Float64Array(bodies.length * first.data.length)
  bodies.forEach((body, k) => {
    data.set(body.data, k * first.data.length)
  })
  return { shape: [...indices.map((index) => place.sizeOf(sizeOf(index)) as number), ...first.shape], data }
}

/** Zeros of the shape of the second input, to which the first is added at its places, for all values of `over`. */
function scattered(place: IndexedPlace): Tensor | null {
  const like = place.input(1)
  const at = listOf(place.attributes.at)
  if (!like) return null
  const data = new Float64Array(like.data.length)
  for (const values of assignments(place, listOf(place.attributes.over))) {
    const body = values && place.input(0, values)
    if (!body) return null
    const numberAt = (index: IndexId) => values.get(index) ?? place.numberAt(index)
    located({ ...place, numberAt }, like.shape, at)?.forEach((offset, k) => {
      data[offset] = (data[offset] as number) + (body.data[body.data.length === 1 ? 0 : k] as number)
    })
  }
  return { shape: like.shape, data }
}

/** A constant array of a shape in symbols. */
function filled(
  attributes: Attributes,
  numberOf: IndexedPlace['sizeOf'],
  value: (k: number, width: number) => number,
): Tensor | null {
  const shape = ((attributes.shape ?? []) as Shape).map(numberOf)
  if (shape.some((size) => size === null)) return null
  const sizes = shape as number[]
  const count = sizes.reduce((n, size) => n * size, 1)
  return { shape: sizes, data: Float64Array.from({ length: count }, (_x, k) => value(k, sizes[sizes.length - 1] ?? 1)) }
}

const subscripted = ({ text, precedence }: Printed, below: string): string => {
  if (precedence < PRECEDENCE.atom) return `${parenthesized(text)}_{${below}}`
  // \frac{\partial L}{\partial y} has its index at the variable.
  const derivative = /^(\\frac\{.*\}\{\\partial )(.+)\}$/.exec(text)
  if (derivative && !/[_{]/.test(derivative[2] as string)) return `${derivative[1]}${derivative[2]}_{${below}}}`
  // W^{(1)} takes its index before the mark; a second one below is set behind braces.
  return /_(?:\{[^{}]*\}|.)(?:\^.*)?$/.test(text) ? `{${text}}_{${below}}` : `${text}_{${below}}`
}

/** `\sum_{i=1}^{n}`, `\sum_{i}`: what a binder writes before its body. */
function head(sign: string, index: IndexId): string {
  const size = sizeOf(index)
  const letter = letterOf(index)
  return String(size).startsWith('?') ? `${sign}_{${letter}}` : `${sign}_{${letter}=1}^{${size}}`
}

const binder = (name: string, sign: string, word: string, neutral: number | null, signs = [sign], chain?: string) => ({
  name,
  binds: { signs, neutral, chain },
  arity: 1,
  spellings: {},
  elementwise: false,
  symbol: ({ index }: Attributes) => `${sign}_{${letterOf(String(index))}}`,
  shape: ([a]: readonly (Shape | null)[]) => a ?? null,
  indices: ([a = []]: readonly (readonly IndexId[])[], { index }: Attributes) => without(a, [String(index)]),
  latex: ([a]: readonly Printed[], { index }: Attributes): Printed => ({
    text: `${head(sign, String(index))} ${a ? operand(a, PRECEDENCE.product) : ''}`,
    precedence: PRECEDENCE.sum,
  }),
  text: ([a]: readonly Printed[], { index }: Attributes): Printed => ({
    text: `${word}_${letterOf(String(index))}(${a?.text ?? ''})`,
    precedence: PRECEDENCE.atom,
  }),
})

/** The largest or smallest over an index: the gradient goes to where it was found. */
const extreme = (name: string, spelling: 'max' | 'min', start: number): Operation => ({
  ...binder(name, `\\${spelling}`, spelling, null),
  indexed: (place) => folded(place, start, Math[spelling]),
  latex: ([a], { index }) => ({
    text: `\\${spelling}_{${letterOf(String(index))}} ${a ? operand(a, PRECEDENCE.power) : ''}`,
    precedence: PRECEDENCE.prefix,
  }),
  backward: (build, { inputs: [a = 0], output, upstream }) => [
    times(build, upstream, build.apply('equals', [a, output])),
  ],
  rule: `${spelling === 'max' ? 'maximum' : 'minimum'} rule`,
  explanation:
    spelling === 'max'
      ? 'The maximum of an array sends the upstream gradient to its largest entry and nothing to the others.'
      : 'The minimum of an array sends the upstream gradient to its smallest entry and nothing to the others.',
})

export const INDEXED: readonly Operation[] = [
  {
    name: 'ones',
    arity: 0,
    spellings: {},
    symbol: () => '\\mathbf{1}',
    elementwise: false,
    shape: (_inputs, { shape }) => (shape ?? []) as Shape,
    indexed: ({ attributes, sizeOf: numberOf }) => filled(attributes, numberOf, () => 1),
    backward: () => [],
    latex: () => ({ text: '\\mathbf{1}', precedence: PRECEDENCE.atom }),
    text: () => ({ text: 'ones', precedence: PRECEDENCE.atom }),
    rule: 'constant',
    explanation: 'A constant doesn’t depend on anything: no gradient flows back through it.',
  },
  {
    name: 'identityMatrix',
    arity: 0,
    spellings: {},
    symbol: () => 'I',
    elementwise: false,
    shape: (_inputs, { shape }) => (shape ?? []) as Shape,
    indexed: ({ attributes, sizeOf: numberOf }) =>
      filled(attributes, numberOf, (k, width) => (k % (width + 1) === 0 ? 1 : 0)),
    backward: () => [],
    latex: () => ({ text: 'I', precedence: PRECEDENCE.atom }),
    text: () => ({ text: 'I', precedence: PRECEDENCE.atom }),
    rule: 'identity matrix',
    explanation: 'The identity matrix has only the size of its input: no gradient flows back through it.',
  },
  {
    name: 'entry',
    arity: 1,
    spellings: {},
    symbol: ({ at }) => `[\\,]_{${placesLatex(listOf(at))}}`,
    elementwise: false,
    shape: ([a], { at }) => {
      if (!a) return null
      return listOf(at).length > a.length ? { left: a, right: listOf(at).map(() => 1) } : keptAxes(a, listOf(at))
    },
    indices: ([a = []], { at }) => [...new Set([...a, ...indicesIn(listOf(at))])],
    indexed: entryValue,
    sumsItself: true,
    backward: (build, { inputs: [a = 0], output, upstream, attributes, fixed = [] }) => {
      const at = listOf(attributes.at)
      const over = without(build.indicesOf(output), [...build.indicesOf(a), ...fixed])
      const plain = at.map(plainIndex)
      const shape = build.shapeOf(a)
      const isWhole = plain.every(
        (index, k) =>
          index !== null && over.includes(index) && plain.indexOf(index) === k && build.extentOf(index) === shape?.[k],
      )
      if (!isWhole) return [build.apply('scatter', [upstream, a], { at: [...at], over })]
      const own = plain as IndexId[]
      const rest = without(over, own).reduce((body, index) => sumOver(build, body, index), upstream)
      return [tabulated(build, rest, own)]
    },
    localMap: (_inputs, { at }) => [`\\text{to }_{${placesLatex(listOf(at))}}`],
    latex: ([a], { at }) => ({
      text: a ? subscripted(a, placesLatex(listOf(at))) : '',
      precedence: PRECEDENCE.atom,
    }),
    text: ([a], { at }) => ({
      text: `${a?.text ?? ''}[${listOf(at)
        .map((place) => placeLatex(place))
        .join(', ')}]`,
      precedence: PRECEDENCE.atom,
    }),
    rule: 'entry rule',
    explanation:
      'An entry sends the upstream gradient back to its place in the array, summed where it is taken more than once.',
  },
  {
    name: 'scatter',
    arity: 2,
    spellings: {},
    symbol: () => '\\text{place}',
    elementwise: false,
    shape: ([, like]) => like ?? null,
    indices: ([a = [], like = []], { at, over }) => [
      ...new Set([...without([...a, ...indicesIn(listOf(at))], listOf(over)), ...like]),
    ],
    indexed: scattered,
    backward: (build, { upstream, attributes }) => [entryOf(build, upstream, listOf(attributes.at)), null],
    localMap: (_inputs, { at }) => [`(\\cdot)_{${placesLatex(listOf(at))}}`, null],
    latex: ([a], { at, over }) => ({
      text: `${listOf(over)
        .map((index) => `\\sum_{${letterOf(index)}} `)
        .join('')}${a ? operand(a, PRECEDENCE.product) : ''}\\, \\mathbf{e}_{${placesLatex(listOf(at))}}`,
      precedence: PRECEDENCE.sum,
    }),
    text: ([a], { at }) => ({
      text: `place(${a?.text ?? ''}, ${listOf(at)
        .map((place) => placeLatex(place))
        .join(', ')})`,
      precedence: PRECEDENCE.atom,
    }),
    rule: 'entry rule',
    explanation: 'What is put at places of an array gets the upstream gradient of these places.',
  },
  {
    name: 'tabulate',
    arity: 1,
    spellings: {},
    symbol: ({ indices }) => `(\\cdot)_{${listOf(indices).map(letterOf).join('')}}`,
    elementwise: false,
    shape: ([a], { indices }) => (a ? [...listOf(indices).map(sizeOf), ...a] : null),
    indices: ([a = []], { indices }) => without(a, listOf(indices)),
    indexed: tabulatedValue,
    sumsItself: true,
    backward: (build, { inputs: [a = 0], upstream, attributes }) => {
      const own = listOf(attributes.indices)
      const part = entryOf(
        build,
        upstream,
        own.map((index) => `1*${index}`),
      )
      // A body that doesn't have the index is every entry along it.
      return [without(own, build.indicesOf(a)).reduce((body, index) => sumOver(build, body, index), part)]
    },
    localMap: (_inputs, { indices }) => [`(\\cdot)_{${listOf(indices).map(letterOf).join('')}}`],
    latex: ([a], { indices }) => ({
      text: `\\left[${a?.text ?? ''}\\right]_{${placesLatex(listOf(indices).map((index) => `1*${index}`))}}`,
      precedence: PRECEDENCE.atom,
    }),
    text: ([a]) => ({ text: `[${a?.text ?? ''}]`, precedence: PRECEDENCE.atom }),
    rule: 'entry rule',
    explanation: 'An array that is given entry by entry sends each entry its own part of the upstream gradient.',
  },
  {
    ...binder('summation', '\\sum', 'sum', 0, ['∑', '\\sum'], 'add'),
    indexed: (place) => folded(place, 0, (a, b) => a + b),
    backward: (build, { inputs: [a = 0], upstream, attributes }) => {
      const index = String(attributes.index)
      return [build.indicesOf(a).includes(index) ? upstream : sumOver(build, upstream, index)]
    },
    localMap: () => ['\\text{repeat}'],
    rule: 'sum rule',
    explanation: 'A sum over an index sends the upstream gradient unchanged to each of its terms.',
  },
  {
    ...binder('product', '\\prod', 'product', 1, ['∏', '\\prod'], 'multiply'),
    indexed: (place) => folded(place, 1, (a, b) => a * b),
    backward: (build, { inputs: [a = 0], output, upstream }) => [
      build.apply('divide', [times(build, upstream, output), a]),
    ],
    localMap: () => ['\\textstyle\\prod_{\\text{others}}'],
    rule: 'product rule',
    explanation: 'A product sends each factor the upstream gradient times all the other factors.',
  },
  extreme('largest', 'max', Number.NEGATIVE_INFINITY),
  extreme('smallest', 'min', Number.POSITIVE_INFINITY),
  {
    name: 'delta',
    arity: 0,
    spellings: {},
    symbol: ({ at }) => `\\delta_{${placesLatex(listOf(at))}}`,
    elementwise: false,
    shape: () => [],
    indices: (_inputs, { at }) => indicesIn(listOf(at)),
    indexed: ({ attributes, numberAt }) => {
      const [a, b] = listOf(attributes.at).map(placeOf)
      return a && b ? scalar(placeValue(a, numberAt) === placeValue(b, numberAt) ? 1 : 0) : null
    },
    backward: () => [],
    latex: (_inputs, { at }) => ({ text: `\\delta_{${placesLatex(listOf(at))}}`, precedence: PRECEDENCE.atom }),
    text: (_inputs, { at }) => ({
      text: `delta(${listOf(at)
        .map((place) => placeLatex(place))
        .join(', ')})`,
      precedence: PRECEDENCE.atom,
    }),
    rule: 'Kronecker delta',
    explanation:
      'Kronecker’s delta is 1 where its indices are equal and 0 elsewhere: no gradient flows back through it.',
  },
  {
    name: 'indexValue',
    arity: 0,
    spellings: {},
    symbol: ({ at }) => placeLatex(String(at)),
    elementwise: false,
    shape: () => [],
    indices: (_inputs, { at }) => indicesIn([String(at)]),
    indexed: ({ attributes, numberAt }) => {
      const place = placeOf(String(attributes.at))
      return place && scalar(placeValue(place, numberAt))
    },
    backward: () => [],
    latex: (_inputs, { at }) => ({ text: placeLatex(String(at)), precedence: PRECEDENCE.atom }),
    text: (_inputs, { at }) => ({ text: placeLatex(String(at)), precedence: PRECEDENCE.atom }),
    rule: 'index',
    explanation: 'An index only counts: no gradient flows back through it.',
  },
  {
    name: 'extent',
    arity: 0,
    spellings: {},
    symbol: ({ size }) => String(size),
    elementwise: false,
    shape: () => [],
    indexed: ({ attributes, sizeOf: numberOf }) => {
      const number = numberOf(attributes.size as string)
      return number === null ? null : scalar(number)
    },
    backward: () => [],
    latex: (_inputs, { size }) => ({ text: String(size), precedence: PRECEDENCE.atom }),
    text: (_inputs, { size }) => ({ text: String(size), precedence: PRECEDENCE.atom }),
    rule: 'size',
    explanation: 'The number of entries doesn’t depend on their values: no gradient flows back through it.',
  },
]

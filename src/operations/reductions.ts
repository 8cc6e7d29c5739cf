/** Arrays to fewer numbers along an axis: mean, product, extrema, norm, log-sum-exp; and what works along an axis and keeps it. */
import { axisText, extent, first, isBeyond, mapped, reduced, reducedShape, repeated } from './axes'
import { type Attributes, type Operation, PRECEDENCE, type Printed, type Shape, type Tensor } from './operation'
import { parenthesized, three } from './printing'
import { times } from './shapes'

type Form = (inputs: readonly Printed[], attributes: Attributes) => Printed

/** `\operatorname{mean}(x)`; of an axis the axis as a subscript. */
const latexCall =
  (macro: string): Form =>
  (inputs, { axis }) => {
    // The last axis goes without saying.
    const place = typeof axis === 'number' && axis !== -1 ? `_{\\text{axis }${axis}}` : ''
    return { text: `${macro}${place}${parenthesized(three(inputs)[0].text)}`, precedence: PRECEDENCE.prefix }
  }

const plainCall =
  (name: string): Form =>
  (inputs, attributes) => ({
    text: `${name}(${three(inputs)[0].text}${axisText(attributes)})`,
    precedence: PRECEDENCE.atom,
  })

const sameShape = ([a]: readonly (Shape | null)[], attributes: Attributes): Shape | null =>
  a && !isBeyond(attributes, a.length) ? a : null

/** What the entries for functions along an axis share. */
const alongAxis = (name: string, macro: string, spelling: string) => ({
  name,
  arity: 1,
  symbol: () => macro,
  elementwise: false,
  latex: latexCall(macro),
  text: plainCall(spelling),
})

const sumOf = (lane: ArrayLike<number>): number => {
  let total = 0
  for (let k = 0; k < lane.length; k++) total += lane[k] as number
  return total
}

const largest = (lane: Float64Array): number => lane.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)

/** The largest number is taken out first, so that nothing overflows. */
function softmaxOf(lane: Float64Array): Float64Array {
  const top = largest(lane)
  const powers = lane.map((x) => Math.exp(x - top))
  const total = sumOf(powers)
  return powers.map((x) => x / total)
}

function logSumExpOf(lane: Float64Array): number {
  const top = largest(lane)
  return top + Math.log(sumOf(lane.map((x) => Math.exp(x - top))))
}

/** The largest or smallest of an array: the gradient goes to where it was found. */
function extremeOver(name: 'maxOver' | 'minOver', spelling: 'max' | 'min'): Operation {
  const value = (a: Tensor, attributes: Attributes) =>
    reduced(a, attributes, (lane) =>
      lane.reduce(
        (x, y) => Math[spelling](x, y),
        spelling === 'max' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
      ),
    )
  return {
    ...alongAxis(name, `\\${spelling}`, spelling),
    spellings: { python: [`np.${spelling}`, `np.a${spelling}`] },
    shape: reducedShape,
    tensor: (inputs, attributes) => value(first(inputs), attributes),
    backward: (build, { inputs: [a = 0], output, upstream, attributes }) => {
      const chosen = build.apply('equals', [a, repeated(build, output, a, attributes)])
      return [times(build, repeated(build, upstream, a, attributes), chosen)]
    },
    localMap: () => ['\\text{to the chosen}'],
    rule: spelling === 'max' ? 'maximum rule' : 'minimum rule',
    explanation:
      spelling === 'max'
        ? 'The maximum of an array sends the upstream gradient to its largest entry and nothing to the others.'
        : 'The minimum of an array sends the upstream gradient to its smallest entry and nothing to the others.',
  }
}

export const REDUCTIONS: readonly Operation[] = [
  {
    ...alongAxis('mean', '\\operatorname{mean}', 'mean'),
    words: ['mean'],
    spellings: { python: ['np.mean', 'np.average', 'np.nanmean', 'mean'] },
    shape: reducedShape,
    tensor: (inputs, attributes) => reduced(first(inputs), attributes, (lane) => sumOf(lane) / lane.length),
    backward: (build, { inputs: [a = 0], upstream, attributes }) => {
      const share = build.apply('divide', [upstream, extent(build, a, attributes)])
      return [repeated(build, share, a, attributes)]
    },
    localMap: () => ['\\text{repeat} / n'],
    rule: 'mean rule',
    explanation: 'A mean of n numbers sends the upstream gradient divided by n to each of them.',
  },
  {
    ...alongAxis('prod', '\\prod', 'prod'),
    spellings: { python: ['np.prod', 'prod'] },
    shape: reducedShape,
    tensor: (inputs, attributes) => reduced(first(inputs), attributes, (lane) => lane.reduce((a, b) => a * b, 1)),
    backward: (build, { inputs: [a = 0], output, upstream, attributes }) => {
      const whole = repeated(build, times(build, upstream, output), a, attributes)
      return [build.apply('divide', [whole, a])]
    },
    localMap: () => ['\\textstyle\\prod_{\\text{others}}'],
    rule: 'product rule',
    explanation: 'A product sends each factor the upstream gradient times all the other factors.',
  },
  extremeOver('maxOver', 'max'),
  extremeOver('minOver', 'min'),
  {
    ...alongAxis('norm', '\\operatorname{norm}', 'norm'),
    spellings: { python: ['np.linalg.norm', 'norm'] },
    ofNumbers: 'abs',
    symbol: () => '\\lVert\\cdot\\rVert',
    shape: reducedShape,
    tensor: (inputs, attributes) =>
      reduced(first(inputs), attributes, (lane) => Math.sqrt(lane.reduce((s, x) => s + x * x, 0))),
    backward: (build, { inputs: [a = 0], output, upstream, attributes }) => {
      const direction = repeated(build, build.apply('divide', [upstream, output]), a, attributes)
      return [times(build, direction, a)]
    },
    localMap: (inputs) => [`\\frac{${three(inputs)[0].text}}{\\lVert ${three(inputs)[0].text} \\rVert}`],
    latex: (inputs) => ({ text: `\\lVert ${three(inputs)[0].text} \\rVert`, precedence: PRECEDENCE.atom }),
    rule: 'norm rule',
    explanation: 'A norm sends back the upstream gradient times the unit vector that points along its input.',
  },
  {
    isAlongRows: true,
    ...alongAxis('logSumExp', '\\operatorname{logsumexp}', 'logsumexp'),
    words: ['logsumexp', 'LSE', 'LogSumExp'],
    spellings: {
      python: ['logsumexp', 'scipy.special.logsumexp'],
    },
    shape: reducedShape,
    tensor: (inputs, attributes) => reduced(first(inputs), attributes, logSumExpOf),
    backward: (build, { inputs: [a = 0], upstream, attributes }) => [
      times(
        build,
        repeated(build, upstream, a, attributes),
        build.apply('softmax', [a], { axis: attributes.axis ?? null }),
      ),
    ],
    localMap: (inputs) => [`\\operatorname{softmax}(${three(inputs)[0].text})`],
    rule: 'log-sum-exp rule',
    explanation: 'Log-sum-exp sends the upstream gradient back in the shares of the softmax.',
  },
  {
    isAlongRows: true,
    ...alongAxis('softmax', '\\operatorname{softmax}', 'softmax'),
    words: ['softmax', 'Softmax', '\\softmax'],
    spellings: {
      python: ['softmax', 'scipy.special.softmax'],
    },
    shape: sameShape,
    tensor: (inputs, attributes) => mapped(first(inputs), attributes, softmaxOf),
    backward: (build, { inputs: [a = 0], output, upstream, attributes }) => {
      const weighted = build.apply('sum', [times(build, upstream, output)], { axis: attributes.axis ?? null })
      const apart = build.apply('subtract', [upstream, repeated(build, weighted, a, attributes)])
      return [times(build, output, apart)]
    },
    localMap: (inputs) => [`(\\operatorname{diag}(y) - y y^{\\top})\\, \\cdot`].slice(0, inputs.length),
    rule: 'softmax rule',
    explanation:
      'The softmax multiplies by its output what is left of the upstream gradient after its mean, weighted with the output, is taken away.',
  },
  {
    ...alongAxis('logSoftmax', '\\operatorname{logsoftmax}', 'log_softmax'),
    spellings: { python: ['log_softmax', 'scipy.special.log_softmax'] },
    shape: sameShape,
    tensor: (inputs, attributes) =>
      mapped(first(inputs), attributes, (lane) => {
        const total = logSumExpOf(lane)
        return lane.map((x) => x - total)
      }),
    backward: (build, { inputs: [a = 0], upstream, attributes }) => {
      const axis = { axis: attributes.axis ?? null }
      const total = repeated(build, build.apply('sum', [upstream], axis), a, attributes)
      return [build.apply('subtract', [upstream, times(build, total, build.apply('softmax', [a], axis))])]
    },
    localMap: () => ['\\cdot - (\\textstyle\\sum \\cdot)\\, \\operatorname{softmax}'],
    rule: 'log-softmax rule',
    explanation: 'Log-softmax takes from the upstream gradient its sum times the softmax.',
  },
  {
    ...alongAxis('cumsum', '\\operatorname{cumsum}', 'cumsum'),
    spellings: { python: ['np.cumsum', 'cumsum'] },
    shape: sameShape,
    tensor: (inputs, attributes) =>
      mapped(first(inputs), attributes, (lane) => {
        const ordered = attributes.reverse ? [...lane].reverse() : [...lane]
        let total = 0
        const sums = ordered.map((x) => {
          total += x
          return total
        })
        return attributes.reverse ? sums.reverse() : sums
      }),
    backward: (build, { upstream, attributes }) => [
      build.apply('cumsum', [upstream], { axis: attributes.axis ?? null, reverse: !attributes.reverse }),
    ],
    localMap: () => ['\\textstyle\\sum_{\\text{from here on}}'],
    rule: 'cumulative sum rule',
    explanation: 'A running sum sends each entry the sum of the upstream gradient from its place on.',
  },
  {
    ...alongAxis('argmax', '\\operatorname{argmax}', 'argmax'),
    spellings: { python: ['np.argmax', 'argmax'] },
    shape: reducedShape,
    tensor: (inputs, attributes) => reduced(first(inputs), attributes, (lane) => lane.indexOf(largest(lane))),
    backward: () => [null],
    localMap: () => [null],
    rule: 'argmax rule',
    explanation: 'The place of the maximum jumps from one entry to another: no gradient flows back through it.',
  },
  {
    name: 'size',
    arity: 1,
    spellings: {},
    symbol: ({ text }) => String(text || '\\text{size}'),
    elementwise: false,
    shape: () => [],
    tensor: (inputs, attributes) => {
      const a = first(inputs)
      const { axis } = attributes
      const counted = typeof axis === 'number' ? (a.shape[axis < 0 ? axis + a.shape.length : axis] ?? 1) : a.data.length
      return { shape: [], data: Float64Array.of(counted) }
    },
    backward: () => [null],
    localMap: () => [null],
    latex: (_inputs, { text }) => ({
      text: String(text || 'n'),
      precedence: String(text).includes(' ') ? PRECEDENCE.product : PRECEDENCE.atom,
    }),
    text: (inputs, attributes) => ({
      text: `size(${three(inputs)[0].text}${axisText(attributes)})`,
      precedence: PRECEDENCE.atom,
    }),
    rule: 'size',
    explanation: 'The number of entries doesn’t depend on their values: no gradient flows back through it.',
  },
]

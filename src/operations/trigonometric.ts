/** Circular functions, one over them, and their inverses. Derivatives: Abramowitz and Stegun, 4.3 and 4.4. */
import { functionOf, negative, oneMinus, onePlus, reciprocal, rooted, squared } from './elementwise'
import { type Builder, type NodeId, type Operation, PRECEDENCE } from './operation'
import { latexFunction, plainFunction } from './printing'
import { broadcast, reduceTo, times } from './shapes'
import { COSINE_CONFUSION, COSINE_SLIPS, SINE_CONFUSION, SINE_SLIPS } from './slips'
import { code, typescript, word } from './spelling'

/** `|x| √(x² - 1)`: what the inverses of secant and cosecant divide by. */
const beyondOne = (build: Builder, x: NodeId): NodeId =>
  build.apply('multiply', [
    build.apply('abs', [x]),
    rooted(build, build.apply('subtract', [squared(build, x), build.constant(1)])),
  ])
const product = (build: Builder, a: NodeId, b: NodeId): NodeId => build.apply('multiply', [a, b])

export const TRIGONOMETRIC: readonly Operation[] = [
  functionOf({
    name: 'sin',
    // Spanish, Portuguese and Italian write sen, Slavic languages and many older books tg.
    latex: ['\\sin', '\\sen', ...word('sen')],
    plain: ['sin', 'sen'],
    ...code('sin'),
    value: (carrier, a) => carrier.sin(a),
    derivative: (build, x) => build.apply('cos', [x]),
    integral: (build, u) => negative(build, build.apply('cos', [u])),
    inverse: 'asin',
    reciprocal: 'csc',
    slips: SINE_SLIPS,
    confusion: SINE_CONFUSION,
    rule: 'sine rule',
    explanation: 'The sine multiplies the upstream gradient by the cosine of its input.',
  }),
  functionOf({
    name: 'cos',
    latex: ['\\cos'],
    plain: ['cos'],
    ...code('cos'),
    value: (carrier, a) => carrier.cos(a),
    derivative: (build, x) => negative(build, build.apply('sin', [x])),
    integral: (build, u) => build.apply('sin', [u]),
    inverse: 'acos',
    reciprocal: 'sec',
    slips: COSINE_SLIPS,
    confusion: COSINE_CONFUSION,
    rule: 'cosine rule',
    explanation: 'The cosine multiplies the upstream gradient by minus the sine of its input.',
  }),
  functionOf({
    name: 'tan',
    latex: ['\\tan', '\\tg', ...word('tg')],
    plain: ['tan', 'tg'],
    ...code('tan'),
    value: (carrier, a) => carrier.tan(a),
    derivative: (build, x) => reciprocal(build, squared(build, build.apply('cos', [x]))),
    integral: (build, u) => negative(build, build.apply('log', [build.apply('abs', [build.apply('cos', [u])])])),
    domain: (a) => Math.cos(a) !== 0,
    inverse: 'atan',
    reciprocal: 'cot',
    rule: 'tangent rule',
    explanation: 'The tangent divides the upstream gradient by the squared cosine of its input.',
  }),
  functionOf({
    name: 'sec',
    latex: ['\\sec'],
    plain: ['sec'],
    value: (carrier, a) => carrier.divide(carrier.number(1), carrier.cos(a)),
    derivative: (build, x, output) => product(build, output, build.apply('tan', [x])),
    domain: (a) => Math.cos(a) !== 0,
    inverse: 'asec',
    reciprocal: 'cos',
    expression: typescript((a) => `1 / Math.cos(${a})`, PRECEDENCE.product),
    rule: 'secant rule',
    explanation: 'The secant multiplies the upstream gradient by itself and the tangent of its input.',
  }),
  functionOf({
    name: 'csc',
    latex: ['\\csc', '\\cosec'],
    plain: ['csc', 'cosec'],
    value: (carrier, a) => carrier.divide(carrier.number(1), carrier.sin(a)),
    derivative: (build, x, output) => negative(build, product(build, output, build.apply('cot', [x]))),
    domain: (a) => Math.sin(a) !== 0,
    inverse: 'acsc',
    reciprocal: 'sin',
    expression: typescript((a) => `1 / Math.sin(${a})`, PRECEDENCE.product),
    rule: 'cosecant rule',
    explanation: 'The cosecant multiplies the upstream gradient by minus itself and the cotangent of its input.',
  }),
  functionOf({
    name: 'cot',
    latex: ['\\cot', '\\ctg', '\\cotg', ...word('ctg', 'cotg')],
    plain: ['cot', 'ctg', 'cotg'],
    // Not one over the tangent: that has no value where the cotangent is 0.
    value: (carrier, a) => carrier.divide(carrier.cos(a), carrier.sin(a)),
    derivative: (build, x) => negative(build, reciprocal(build, squared(build, build.apply('sin', [x])))),
    domain: (a) => Math.sin(a) !== 0,
    inverse: 'acot',
    reciprocal: 'tan',
    expression: typescript((a) => `1 / Math.tan(${a})`, PRECEDENCE.product),
    rule: 'cotangent rule',
    explanation: 'The cotangent divides the upstream gradient by minus the squared sine of its input.',
  }),
  functionOf({
    name: 'asin',
    latex: ['\\arcsin', '\\arcsen', ...word('asin', 'arcsin', 'arcsen')],
    plain: ['asin', 'arcsin', 'arcsen'],
    ...code('asin'),
    value: (carrier, a) => carrier.asin(a),
    derivative: (build, x) => reciprocal(build, rooted(build, oneMinus(build, squared(build, x)))),
    domain: (a) => Math.abs(a) <= 1,
    inverse: 'sin',
    rule: 'arcsine rule',
    explanation: 'The arcsine divides the upstream gradient by √(1 − x²).',
  }),
  functionOf({
    name: 'acos',
    latex: ['\\arccos', ...word('acos', 'arccos')],
    plain: ['acos', 'arccos'],
    ...code('acos'),
    value: (carrier, a) => carrier.acos(a),
    derivative: (build, x) => negative(build, reciprocal(build, rooted(build, oneMinus(build, squared(build, x))))),
    domain: (a) => Math.abs(a) <= 1,
    inverse: 'cos',
    rule: 'arccosine rule',
    explanation: 'The arccosine divides the upstream gradient by −√(1 − x²).',
  }),
  functionOf({
    name: 'atan',
    latex: ['\\arctan', '\\arctg', ...word('atan', 'arctan', 'arctg')],
    plain: ['atan', 'arctan', 'arctg'],
    ...code('atan'),
    value: (carrier, a) => carrier.atan(a),
    derivative: (build, x) => reciprocal(build, onePlus(build, squared(build, x))),
    inverse: 'tan',
    rule: 'arctangent rule',
    explanation: 'The arctangent divides the upstream gradient by 1 + x².',
  }),
  functionOf({
    name: 'asec',
    latex: [...word('arcsec', 'asec'), '\\arcsec'],
    plain: ['asec', 'arcsec'],
    value: (carrier, a) => carrier.acos(carrier.divide(carrier.number(1), a)),
    derivative: (build, x) => reciprocal(build, beyondOne(build, x)),
    domain: (a) => Math.abs(a) >= 1,
    inverse: 'sec',
    expression: typescript((a) => `Math.acos(1 / ${a})`),
    rule: 'arcsecant rule',
    explanation: 'The arcsecant divides the upstream gradient by |x|√(x² − 1).',
  }),
  functionOf({
    name: 'acsc',
    latex: [...word('arccsc', 'acsc', 'arccosec'), '\\arccsc', '\\arccosec'],
    plain: ['acsc', 'arccsc', 'arccosec'],
    value: (carrier, a) => carrier.asin(carrier.divide(carrier.number(1), a)),
    derivative: (build, x) => negative(build, reciprocal(build, beyondOne(build, x))),
    domain: (a) => Math.abs(a) >= 1,
    inverse: 'csc',
    expression: typescript((a) => `Math.asin(1 / ${a})`),
    rule: 'arccosecant rule',
    explanation: 'The arccosecant divides the upstream gradient by −|x|√(x² − 1).',
  }),
  functionOf({
    name: 'acot',
    latex: [...word('arccot', 'acot', 'arcctg'), '\\arccot', '\\arcctg'],
    plain: ['acot', 'arccot', 'arcctg'],
    // From 0 to π, without a jump at 0. Where others take arctan(1/x), both agree for x > 0 and have one derivative.
    value: (carrier, a) => carrier.subtract(carrier.divide(carrier.pi, carrier.number(2)), carrier.atan(a)),
    derivative: (build, x) => negative(build, reciprocal(build, onePlus(build, squared(build, x)))),
    inverse: 'cot',
    expression: typescript((a) => `Math.PI / 2 - Math.atan(${a})`, PRECEDENCE.sum),
    rule: 'arccotangent rule',
    explanation: 'The arccotangent divides the upstream gradient by −(1 + x²).',
  }),
  {
    name: 'atan2',
    arity: 2,
    spellings: {
      latex: word('atan2', 'arctan2'),
      plain: ['atan2', 'arctan2'],
      typescript: ['Math.atan2'],
      python: ['math.atan2', 'np.arctan2', 'atan2'],
    },
    symbol: () => '\\operatorname{atan2}',
    elementwise: true,
    isFunction: true,
    shape: broadcast,
    // Through the half angle: one expression on the whole plane but the negative half of the axis, and there π.
    value: (carrier, y, x) => {
      const zero = carrier.number(0)
      const radius = carrier.sqrt(carrier.add(carrier.multiply(y, y), carrier.multiply(x, x)))
      const half = carrier.atan(carrier.divide(y, carrier.add(radius, x)))
      const upper = carrier.and(carrier.equal(y, zero), carrier.less(x, zero))
      const left = carrier.subtract(
        carrier.multiply(carrier.sign(y), carrier.pi),
        carrier.atan(carrier.divide(y, carrier.negate(x))),
      )
      const turned = carrier.select(carrier.less(x, zero), left, carrier.multiply(carrier.number(2), half))
      const origin = carrier.and(carrier.equal(y, zero), carrier.equal(x, zero))
      return carrier.select(origin, zero, carrier.select(upper, carrier.pi, turned))
    },
    backward: (build, { inputs: [y = 0, x = 0], upstream }) => {
      const square = build.apply('add', [squared(build, x), squared(build, y)])
      return [
        reduceTo(build, times(build, upstream, build.apply('divide', [x, square])), y),
        reduceTo(build, negative(build, times(build, upstream, build.apply('divide', [y, square]))), x),
      ]
    },
    latex: latexFunction('\\operatorname{atan2}'),
    text: plainFunction('atan2'),
    domain: (y, x) => x > 0 || y !== 0,
    rule: 'arctangent rule',
    explanation: 'The angle of a point turns by x/(x² + y²) for y and by −y/(x² + y²) for x.',
  },
]

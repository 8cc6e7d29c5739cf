/** Exponential, logarithm, root, and the sigmoid that is made of them. */
import { algebra } from './algebra'
import { functionOf, oneMinus, onePlus, reciprocal, squared } from './elementwise'
import { type Operation, PRECEDENCE } from './operation'
import { latexFunction, operand, plainFunction, three } from './printing'
import { broadcast, reduceTo, times } from './shapes'
import { EXPONENTIAL_SLIPS, LOGARITHM_SLIPS, ROOT_SLIPS, SIGMOID_SLIPS } from './slips'
import { typescript, word } from './spelling'

const exponential: Operation = {
  ...functionOf({
    name: 'exp',
    latex: ['\\exp'],
    plain: ['exp'],
    typescript: ['Math.exp'],
    python: ['exp', 'math.exp', 'np.exp'],
    value: (carrier, a) => carrier.exp(a),
    derivative: (_build, _input, output) => output,
    integral: (build, u) => build.apply('exp', [u]),
    symbol: '\\exp',
    inverse: 'log',
    slopeByOutput: 'itself',
    slips: EXPONENTIAL_SLIPS,
    rule: 'exponential rule',
    explanation: 'The exponential is its own derivative: the upstream gradient is multiplied by the output.',
  }),
  latex: (inputs) => ({ text: `e^{${three(inputs)[0].text}}`, precedence: PRECEDENCE.power }),
}

const root: Operation = {
  ...functionOf({
    name: 'sqrt',
    latex: ['\\sqrt'],
    plain: ['sqrt', '√'],
    typescript: ['Math.sqrt'],
    python: ['sqrt', 'math.sqrt', 'np.sqrt'],
    value: (carrier, a) => carrier.sqrt(a),
    derivative: (build, _input, output) => reciprocal(build, build.apply('multiply', [build.constant(2), output])),
    integral: (build, u) => {
      const { n, quotient, product, of } = algebra(build)
      return quotient(product(product(n(2), u), of('sqrt', u)), n(3))
    },
    domain: (a) => a >= 0,
    symbol: '\\sqrt{\\;}',
    slips: ROOT_SLIPS,
    rule: 'power rule',
    explanation: 'The square root divides the upstream gradient by twice its output.',
  }),
  // Its macro takes braces, as a fraction does.
  isFunction: false,
  latex: (inputs) => ({ text: `\\sqrt{${three(inputs)[0].text}}`, precedence: PRECEDENCE.atom }),
}

export const EXPONENTIAL: readonly Operation[] = [
  exponential,
  functionOf({
    name: 'log',
    latex: ['\\log', '\\ln'],
    plain: ['log', 'ln'],
    typescript: ['Math.log'],
    python: ['log', 'math.log', 'np.log'],
    value: (carrier, a) => carrier.log(a),
    derivative: (build, input) => reciprocal(build, input),
    integral: (build, u) => {
      const { difference, product, of } = algebra(build)
      return difference(product(u, of('log', u)), u)
    },
    domain: (a) => a > 0,
    inverse: 'exp',
    bases: { '\\lg': 10, log10: 10, '\\lb': 2, log2: 2 },
    slips: LOGARITHM_SLIPS,
    rule: 'logarithm rule',
    explanation: 'The logarithm divides the upstream gradient by its input.',
  }),
  root,
  functionOf({
    name: 'sigmoid',
    latex: ['\\sigma', ...word('sigmoid', 'logistic')],
    plain: ['sigmoid', 'σ', 'logistic', 'Sigmoid'],
    python: ['sigmoid', 'expit'],
    value: (carrier, a) =>
      carrier.divide(carrier.number(1), carrier.add(carrier.number(1), carrier.exp(carrier.negate(a)))),
    derivative: (build, _input, output) => build.apply('multiply', [output, oneMinus(build, output)]),
    expression: typescript((a) => `1 / (1 + Math.exp(-${a}))`, PRECEDENCE.product),
    slopeByOutput: 'formula',
    slips: SIGMOID_SLIPS,
    rule: 'sigmoid rule',
    explanation: 'The sigmoid multiplies the upstream gradient by y(1 − y), where y is its output.',
  }),
  functionOf({
    name: 'softplus',
    latex: [...word('softplus'), '\\softplus'],
    plain: ['softplus'],
    python: ['softplus', 'jax.nn.softplus', 'F.softplus'],
    // ln(1 + eˣ) without eˣ, which overflows where the result is about x.
    value: (carrier, a) =>
      carrier.add(carrier.max(a, carrier.number(0)), carrier.log1p(carrier.exp(carrier.negate(carrier.abs(a))))),
    derivative: (build, x) => build.apply('sigmoid', [x]),
    expression: typescript((a) => `Math.log1p(Math.exp(${a}))`),
    rule: 'softplus rule',
    explanation: 'The softplus multiplies the upstream gradient by the sigmoid of its input.',
  }),
  functionOf({
    name: 'log1p',
    latex: word('log1p'),
    plain: ['log1p'],
    typescript: ['Math.log1p'],
    python: ['math.log1p', 'np.log1p', 'log1p'],
    value: (carrier, a) => carrier.log1p(a),
    derivative: (build, x) => reciprocal(build, onePlus(build, x)),
    domain: (a) => a > -1,
    inverse: 'expm1',
    rule: 'logarithm rule',
    explanation: 'The logarithm of 1 + x divides the upstream gradient by 1 + x.',
  }),
  functionOf({
    name: 'expm1',
    latex: word('expm1'),
    plain: ['expm1'],
    typescript: ['Math.expm1'],
    python: ['math.expm1', 'np.expm1', 'expm1'],
    value: (carrier, a) => carrier.expm1(a),
    derivative: (build, x) => build.apply('exp', [x]),
    inverse: 'log1p',
    rule: 'exponential rule',
    explanation: 'The exponential minus 1 multiplies the upstream gradient by the exponential of its input.',
  }),
  {
    ...functionOf({
      name: 'cbrt',
      latex: word('cbrt'),
      plain: ['cbrt', '∛'],
      typescript: ['Math.cbrt'],
      python: ['np.cbrt', 'math.cbrt', 'cbrt'],
      value: (carrier, a) => carrier.root(a, carrier.number(3)),
      derivative: (build, _x, output) =>
        reciprocal(build, build.apply('multiply', [build.constant(3), squared(build, output)])),
      symbol: '\\sqrt[3]{\\;}',
      rule: 'power rule',
      explanation: 'The cube root divides the upstream gradient by three times its squared output.',
    }),
    latex: (inputs) => ({ text: `\\sqrt[3]{${three(inputs)[0].text}}`, precedence: PRECEDENCE.atom }),
  },
  {
    name: 'root',
    arity: 2,
    spellings: {},
    symbol: (_attributes, inputs) => `\\sqrt[${inputs?.[1]?.text ?? 'n'}]{\\;}`,
    elementwise: true,
    shape: broadcast,
    value: (carrier, a, degree) => carrier.root(a, degree),
    backward: (build, { inputs: [base = 0, degree = 0], output, upstream }) => {
      const n = build.constantOf(degree)
      const lower = n === null ? build.apply('subtract', [degree, build.constant(1)]) : build.constant(n - 1)
      const slope = build.apply('multiply', [degree, build.apply('power', [output, lower])])
      const byBase = reduceTo(build, build.apply('divide', [upstream, slope]), base)
      if (n !== null) return [byBase, null]
      const log = build.apply('divide', [build.apply('log', [base]), build.apply('power', [degree, build.constant(2)])])
      const byDegree = build.apply('negate', [times(build, upstream, times(build, output, log))])
      return [byBase, reduceTo(build, byDegree, degree)]
    },
    latex: (inputs) => {
      const [base, degree] = three(inputs)
      return { text: `\\sqrt[${degree.text}]{${base.text}}`, precedence: PRECEDENCE.atom }
    },
    text: plainFunction('root'),
    domain: (a, n) => a >= 0 || Math.abs(n % 2) === 1,
    expression: {
      typescript: (inputs) => {
        const [base, degree] = three(inputs)
        if (degree.number === 3) return { text: `Math.cbrt(${base.text})`, precedence: PRECEDENCE.atom }
        return {
          text: `${operand(base, PRECEDENCE.atom)} ** (1 / ${operand(degree, PRECEDENCE.atom)})`,
          precedence: PRECEDENCE.power,
        }
      },
    },
    rule: 'power rule',
    explanation: 'The n-th root divides the upstream gradient by n times its output to the power n − 1.',
  },
  {
    name: 'hypot',
    ofMany: true,
    arity: 2,
    spellings: {
      latex: word('hypot'),
      plain: ['hypot'],
      typescript: ['Math.hypot'],
      python: ['math.hypot', 'np.hypot', 'hypot'],
    },
    symbol: () => '\\operatorname{hypot}',
    elementwise: true,
    isFunction: true,
    ofOne: 'abs',
    shape: broadcast,
    // The larger is taken out, so that no square overflows.
    value: (carrier, a, b) => {
      const [x, y] = [carrier.abs(a), carrier.abs(b)]
      const [most, least] = [carrier.max(x, y), carrier.min(x, y)]
      const ratio = carrier.divide(least, most)
      const root = carrier.sqrt(carrier.add(carrier.number(1), carrier.multiply(ratio, ratio)))
      return carrier.select(carrier.equal(most, carrier.number(0)), carrier.number(0), carrier.multiply(most, root))
    },
    backward: (build, { inputs: [a = 0, b = 0], output, upstream }) =>
      [a, b].map((input) => reduceTo(build, times(build, upstream, build.apply('divide', [input, output])), input)),
    latex: latexFunction('\\operatorname{hypot}'),
    text: plainFunction('hypot'),
    domain: (a, b) => a !== 0 || b !== 0,
    rule: 'norm rule',
    explanation: 'The length √(a² + b²) sends each input its share of it: a or b divided by the output.',
  },
  {
    ...functionOf({
      name: 'logOfBase',
      latex: ['\\log'],
      plain: ['log'],
      value: (carrier, a) => carrier.select(carrier.equal(a, carrier.number(0)), carrier.number(0), carrier.log(a)),
      derivative: (build, input) => reciprocal(build, input),
      expression: typescript((a) => `Math.log(${a} || 1)`),
      domain: (a) => a > 0,
      rule: 'logarithm rule',
      explanation:
        'What an exponent receives from a power: the logarithm of its base, and nothing where the base is 0.',
    }),
    // Read as the logarithm: it is one everywhere but at 0, where powers of 0 don't change with their exponent.
    spellings: {},
  },
]

/** Exponential, logarithm, root, and the sigmoid that is made of them. */
import { functionOf, oneMinus, reciprocal } from './elementwise'
import { type Operation, PRECEDENCE } from './operation'
import { three } from './printing'

const exponential: Operation = {
  ...functionOf({
    name: 'exp',
    latex: ['\\exp'],
    plain: ['exp'],
    typescript: ['Math.exp'],
    python: ['exp', 'math.exp', 'np.exp'],
    value: (carrier, a) => carrier.exp(a),
    derivative: (_build, _input, output) => output,
    symbol: '\\exp',
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
    domain: (a) => a >= 0,
    symbol: '\\sqrt{\\;}',
    rule: 'power rule',
    explanation: 'The square root divides the upstream gradient by twice its output.',
  }),
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
    domain: (a) => a > 0,
    rule: 'logarithm rule',
    explanation: 'The logarithm divides the upstream gradient by its input.',
  }),
  root,
  functionOf({
    name: 'sigmoid',
    latex: ['\\sigma', '\\operatorname{sigmoid}', '\\mathrm{sigmoid}', '\\text{sigmoid}'],
    plain: ['sigmoid', 'σ', 'logistic'],
    python: ['sigmoid', 'expit'],
    value: (carrier, a) =>
      carrier.divide(carrier.number(1), carrier.add(carrier.number(1), carrier.exp(carrier.negate(a)))),
    derivative: (build, _input, output) => build.apply('multiply', [output, oneMinus(build, output)]),
    rule: 'sigmoid rule',
    explanation: 'The sigmoid multiplies the upstream gradient by y(1 − y), where y is its output.',
  }),
]

/** The error function, Γ and what belongs to it. Derivatives: Abramowitz and Stegun, 6 and 7. */
import { functionOf, negative, onePlus, squared } from './elementwise'
import { type Builder, type NodeId, type Operation, PRECEDENCE } from './operation'
import { latexFunction, operand, plainFunction, plainOperand, three } from './printing'
import { binomial, erf, gamma, polygamma } from './series'
import { broadcast, reduceTo, times } from './shapes'
import { word } from './spelling'

const product = (build: Builder, a: NodeId, b: NodeId): NodeId => build.apply('multiply', [a, b])
const digamma = (build: Builder, x: NodeId): NodeId => build.apply('digamma', [x])

export const SPECIAL: readonly Operation[] = [
  functionOf({
    name: 'erf',
    latex: [...word('erf'), '\\erf'],
    plain: ['erf'],
    python: ['math.erf', 'erf', 'scipy.special.erf', 'special.erf'],
    value: erf,
    derivative: (build, x) => {
      const factor = build.apply('divide', [build.constant(2), build.apply('sqrt', [build.constant(Math.PI, 'pi')])])
      return product(build, factor, build.apply('exp', [negative(build, squared(build, x))]))
    },
    rule: 'error function rule',
    explanation: 'The error function multiplies the upstream gradient by (2/√π)·exp(−x²).',
  }),
  functionOf({
    name: 'erfc',
    latex: [...word('erfc'), '\\erfc'],
    plain: ['erfc'],
    python: ['math.erfc', 'erfc', 'scipy.special.erfc', 'special.erfc'],
    value: (carrier, a) => carrier.subtract(carrier.number(1), erf(carrier, a)),
    derivative: (build, x) => {
      const factor = build.apply('divide', [build.constant(2), build.apply('sqrt', [build.constant(Math.PI, 'pi')])])
      return negative(build, product(build, factor, build.apply('exp', [negative(build, squared(build, x))])))
    },
    rule: 'error function rule',
    explanation: 'The complementary error function multiplies the upstream gradient by −(2/√π)·exp(−x²).',
  }),
  functionOf({
    name: 'gamma',
    // \Gamma itself is a letter: only where it is called it means the function.
    latex: ['\\Gamma', ...word('Gamma')],
    plain: ['Gamma'],
    python: ['math.gamma', 'scipy.special.gamma', 'special.gamma'],
    value: gamma,
    derivative: (build, x, output) => product(build, output, digamma(build, x)),
    domain: isNoPole,
    rule: 'gamma function rule',
    explanation: 'The gamma function multiplies the upstream gradient by itself and the digamma function of its input.',
  }),
  functionOf({
    name: 'digamma',
    latex: [...word('digamma'), '\\digamma'],
    plain: ['digamma'],
    python: ['scipy.special.digamma', 'special.digamma', 'digamma', 'psi'],
    value: (carrier, a) => polygamma(carrier, carrier.number(0), a),
    derivative: (build, x) => build.apply('polygamma', [build.constant(1), x]),
    domain: isNoPole,
    rule: 'digamma function rule',
    explanation: 'The digamma function multiplies the upstream gradient by the trigamma function of its input.',
  }),
  {
    name: 'polygamma',
    arity: 2,
    spellings: {
      latex: word('polygamma'),
      plain: ['polygamma'],
      python: ['scipy.special.polygamma', 'special.polygamma', 'polygamma'],
    },
    symbol: () => '\\psi^{(n)}',
    elementwise: true,
    isFunction: true,
    shape: broadcast,
    value: polygamma,
    // The order is a whole number: nothing flows to it.
    backward: (build, { inputs: [order = 0, x = 0], upstream }) => {
      const n = build.constantOf(order)
      const next = n === null ? build.apply('add', [order, build.constant(1)]) : build.constant(n + 1)
      return [null, reduceTo(build, times(build, upstream, build.apply('polygamma', [next, x])), x)]
    },
    latex: latexFunction('\\operatorname{polygamma}'),
    text: plainFunction('polygamma'),
    domain: (n, x) => Number.isInteger(n) && n >= 0 && isNoPole(x),
    rule: 'polygamma function rule',
    explanation: 'A polygamma function multiplies the upstream gradient by the next one of its input.',
  },
  {
    ...functionOf({
      name: 'factorial',
      latex: [...word('factorial')],
      plain: ['factorial'],
      python: ['math.factorial', 'factorial'],
      value: (carrier, a) => gamma(carrier, carrier.add(a, carrier.number(1))),
      derivative: (build, x, output) => product(build, output, digamma(build, onePlus(build, x))),
      domain: (a) => isNoPole(a + 1),
      symbol: 'x!',
      rule: 'factorial rule',
      explanation: 'The factorial multiplies the upstream gradient by itself and the digamma function of x + 1.',
    }),
    latex: (inputs) => ({ text: `${operand(three(inputs)[0], PRECEDENCE.atom)}!`, precedence: PRECEDENCE.power }),
    text: (inputs) => ({
      text: `factorial(${plainOperand(three(inputs)[0], PRECEDENCE.comparison)})`,
      precedence: PRECEDENCE.atom,
    }),
  },
  {
    name: 'binomial',
    arity: 2,
    spellings: {
      latex: ['\\binom', '\\dbinom', '\\tbinom'],
      plain: ['binomial', 'binom', 'comb'],
      python: ['math.comb', 'scipy.special.binom', 'scipy.special.comb', 'comb'],
    },
    symbol: () => '\\tbinom{n}{k}',
    elementwise: true,
    shape: broadcast,
    value: binomial,
    backward: (build, { inputs: [n = 0, k = 0], output, upstream }) => {
      const rest = digamma(build, onePlus(build, build.apply('subtract', [n, k])))
      const slope = (by: NodeId, from: NodeId, to: NodeId) =>
        reduceTo(build, times(build, upstream, product(build, output, build.apply('subtract', [from, to]))), by)
      return [slope(n, digamma(build, onePlus(build, n)), rest), slope(k, rest, digamma(build, onePlus(build, k)))]
    },
    latex: (inputs) => {
      const [n, k] = three(inputs)
      return { text: `\\binom{${n.text}}{${k.text}}`, precedence: PRECEDENCE.atom }
    },
    text: plainFunction('binomial'),
    rule: 'binomial coefficient rule',
    explanation:
      'A binomial coefficient multiplies the upstream gradient by itself and a difference of digamma functions.',
  },
]

/** Γ has its poles at 0, -1, -2, … */
function isNoPole(a: number): boolean {
  return a > 0 || !Number.isInteger(a)
}

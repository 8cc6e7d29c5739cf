/** Wrong derivatives that people write, by the entry that they belong to. The sentence names the slip. */
import type { Confusion, RuleSlip } from './operation'

export const POWER_SLIPS: readonly RuleSlip[] = [
  {
    name: 'power rule: exponent kept',
    sentence: 'Power rule: the exponent isn’t lowered by one.',
    slope: ({ product, power }, u, _y, k) => product(k, power(u, k)),
  },
  {
    name: 'power rule: factor off by one',
    sentence: 'Power rule: the factor is the exponent itself, not the exponent less one.',
    slope: ({ n, product, power, difference }, u, _y, k) => product(difference(k, n(1)), power(u, difference(k, n(1)))),
  },
  {
    name: 'power rule: factor lost',
    sentence: 'Power rule: the exponent isn’t brought down as a factor.',
    slope: ({ n, power, difference }, u, _y, k) => power(u, difference(k, n(1))),
  },
  {
    name: 'power rule: lowered twice',
    sentence: 'Power rule: the exponent is lowered by two instead of one.',
    slope: ({ n, product, power, difference }, u, _y, k) => product(k, power(u, difference(k, n(2)))),
  },
  {
    name: 'power rule: exponent lost',
    sentence: 'Power rule: the exponent that remains is lost.',
    slope: ({ product }, u, _y, k) => product(k, u),
  },
  {
    name: 'power rule: exponent raised',
    sentence: 'Power rule: the exponent is raised instead of lowered.',
    slope: ({ n, product, power, sum }, u, _y, k) => product(k, power(u, sum(k, n(1)))),
  },
]

export const SINE_SLIPS: readonly RuleSlip[] = [
  {
    name: 'sine given back',
    sentence: 'The derivative of the sine is the cosine.',
    slope: (_algebra, _u, y) => y,
  },
  {
    name: 'sine: sign of the cosine',
    sentence: 'The derivative of the sine is the cosine, without a minus.',
    slope: ({ negative, of }, u) => negative(of('cos', u)),
  },
]
export const SINE_CONFUSION: Confusion = {
  name: 'cosine for sine',
  with: 'cos',
  sentence: 'A sine has become a cosine.',
}

export const COSINE_SLIPS: readonly RuleSlip[] = [
  {
    name: 'cosine: minus lost',
    sentence: 'The derivative of the cosine is minus the sine.',
    slope: ({ of }, u) => of('sin', u),
  },
  {
    name: 'cosine given back',
    sentence: 'The derivative of the cosine is minus the sine.',
    slope: (_algebra, _u, y) => y,
  },
  {
    name: 'cosine given back with a minus',
    sentence: 'The derivative of the cosine is minus the sine.',
    slope: ({ negative }, _u, y) => negative(y),
  },
]
export const COSINE_CONFUSION: Confusion = {
  name: 'sine for cosine',
  with: 'sin',
  sentence: 'A cosine has become a sine.',
}

export const EXPONENTIAL_SLIPS: readonly RuleSlip[] = [
  {
    name: 'exponential as a power',
    sentence: 'The exponential is its own derivative: the power rule doesn’t apply to it.',
    slope: ({ n, product, difference, of }, u) => product(u, of('exp', difference(u, n(1)))),
  },
]

export const LOGARITHM_SLIPS: readonly RuleSlip[] = [
  {
    name: 'logarithm given back',
    sentence: 'The derivative of the logarithm is one over its input.',
    slope: (_algebra, _u, y) => y,
  },
  {
    name: 'logarithm: over the output',
    sentence: 'The derivative of the logarithm is one over its input, not over its output.',
    slope: ({ n, quotient }, _u, y) => quotient(n(1), y),
  },
]

export const ROOT_SLIPS: readonly RuleSlip[] = [
  {
    name: 'root: factor 2 lost',
    sentence: 'The derivative of the square root has a 2 in the denominator.',
    slope: ({ n, quotient }, _u, y) => quotient(n(1), y),
  },
  {
    name: 'root: not inverted',
    sentence: 'The derivative of the square root is one over twice the root.',
    slope: ({ n, quotient }, _u, y) => quotient(y, n(2)),
  },
]

export const SIGMOID_SLIPS: readonly RuleSlip[] = [
  {
    name: 'sigmoid: 1 + y',
    sentence: 'The derivative of the sigmoid is y(1 − y), with a minus.',
    slope: ({ n, product, sum }, _u, y) => product(y, sum(n(1), y)),
  },
  {
    name: 'sigmoid: y lost',
    sentence: 'The derivative of the sigmoid is y(1 − y): the factor y is missing.',
    slope: ({ n, difference }, _u, y) => difference(n(1), y),
  },
  {
    name: 'sigmoid: 1 − y²',
    sentence: 'The derivative of the sigmoid is y(1 − y), not 1 − y².',
    slope: ({ n, difference, power }, _u, y) => difference(n(1), power(y, n(2))),
  },
]

export const TANH_SLIPS: readonly RuleSlip[] = [
  {
    name: 'tanh: 1 + y²',
    sentence: 'The derivative of tanh is 1 − y², with a minus.',
    slope: ({ n, sum, power }, _u, y) => sum(n(1), power(y, n(2))),
  },
  {
    name: 'tanh: square lost',
    sentence: 'The derivative of tanh is 1 − y²: the square is missing.',
    slope: ({ n, difference }, _u, y) => difference(n(1), y),
  },
  {
    name: 'tanh: as a sigmoid',
    sentence: 'The derivative of tanh is 1 − y², not y(1 − y).',
    slope: ({ n, product, difference }, _u, y) => product(y, difference(n(1), y)),
  },
]

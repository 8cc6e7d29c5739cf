/** For each slip of the table a step that shows it: definitions, the claim, and what is said of its last step. */
export interface ShownSlip {
  readonly slip: string
  readonly formulas: readonly string[]
  readonly says: string
}

const derivative = (definition: string, step: string): string[] => [definition, `f'(x) = ${step}`]

export const SHOWN_SLIPS: readonly ShownSlip[] = [
  { slip: 'sign', formulas: derivative('f(x) = \\cos x + x', '\\sin x - 1'), says: 'The sign is wrong.' },
  {
    slip: 'factor lost',
    formulas: ['z = \\sin t', 't = 3x + y', '\\frac{\\partial z}{\\partial x} = \\cos t'],
    says: 'The inner derivative ∂t/∂x = 3 is missing.',
  },
  {
    slip: 'another link',
    formulas: ['z = \\sin t', 't = a x + y', '\\frac{\\partial z}{\\partial x} = a'],
    says: 'That is ∂t/∂x; ∂z/∂x is cos(t) · a.',
  },
  {
    slip: 'factor doubled',
    formulas: ['z = \\sin t', 't = a x + y', '\\frac{\\partial z}{\\partial x} = a^2 \\cos t'],
    says: 'The inner derivative ∂t/∂x = a is there twice.',
  },
  {
    slip: 'factor doubled',
    formulas: ['z = \\frac{a}{v}', '\\frac{\\partial z}{\\partial v} = -\\frac{a}{v}'],
    says: 'The factor v is missing in the denominator.',
  },
  {
    slip: 'factor lost',
    formulas: ['z = \\frac{a}{v}', '\\frac{\\partial z}{\\partial v} = -\\frac{a}{v^3}'],
    says: 'The factor v is once too often in the denominator.',
  },
  {
    slip: 'number',
    formulas: derivative('f(x) = \\sin x + x', '2 (\\cos x + 1)'),
    says: 'It is 2 times what is right.',
  },
  {
    slip: 'power rule: exponent kept',
    formulas: derivative('f(x) = x^4 + x', '4x^4 + 1'),
    says: 'Power rule: the exponent isn’t lowered by one.',
  },
  {
    slip: 'power rule: factor off by one',
    formulas: derivative('f(x) = x^n', '(n-1) x^{n-1}'),
    says: 'Power rule: the factor is the exponent itself, not the exponent less one.',
  },
  {
    slip: 'power rule: factor lost',
    formulas: derivative('f(x) = x^4 + x', 'x^3 + 1'),
    says: 'Power rule: the exponent isn’t brought down as a factor.',
  },
  {
    slip: 'power rule: lowered twice',
    formulas: derivative('f(x) = x^5 + x', '5x^3 + 1'),
    says: 'Power rule: the exponent is lowered by two instead of one.',
  },
  {
    slip: 'power rule: exponent lost',
    formulas: derivative('f(x) = x^4 + x', '4x + 1'),
    says: 'Power rule: the exponent that remains is lost.',
  },
  {
    slip: 'power rule: exponent raised',
    formulas: derivative('f(x) = x^4 + x', '4x^5 + 1'),
    says: 'Power rule: the exponent is raised instead of lowered.',
  },
  {
    slip: 'sine given back',
    formulas: derivative('f(x) = \\sin x + x^2', '\\sin x + 2x'),
    says: 'The derivative of the sine is the cosine.',
  },
  {
    slip: 'sine: sign of the cosine',
    formulas: derivative('f(x) = \\sin x + x^2', '-\\cos x + 2x'),
    says: 'The derivative of the sine is the cosine, without a minus.',
  },
  {
    slip: 'cosine: minus lost',
    formulas: derivative('f(x) = \\cos x + x^2', '\\sin x + 2x'),
    says: 'The derivative of the cosine is minus the sine.',
  },
  {
    slip: 'cosine given back',
    formulas: derivative('f(x) = \\cos x + x^2', '\\cos x + 2x'),
    says: 'The derivative of the cosine is minus the sine.',
  },
  {
    slip: 'cosine given back with a minus',
    formulas: derivative('f(x) = \\cos x + x^2', '-\\cos x + 2x'),
    says: 'The derivative of the cosine is minus the sine.',
  },
  {
    slip: 'exponential as a power',
    formulas: derivative('f(x) = e^x + x', 'x e^{x-1} + 1'),
    says: 'The exponential is its own derivative: the power rule doesn’t apply to it.',
  },
  {
    slip: 'logarithm given back',
    formulas: derivative('f(x) = \\ln x + x', '\\ln x + 1'),
    says: 'The derivative of the logarithm is one over its input.',
  },
  {
    slip: 'logarithm: over the output',
    formulas: derivative('f(x) = \\ln x + x', '\\frac{1}{\\ln x} + 1'),
    says: 'The derivative of the logarithm is one over its input, not over its output.',
  },
  {
    slip: 'root: factor 2 lost',
    formulas: derivative('f(x) = \\sqrt{x} + x', '\\frac{1}{\\sqrt{x}} + 1'),
    says: 'The derivative of the square root has a 2 in the denominator.',
  },
  {
    slip: 'root: not inverted',
    formulas: derivative('f(x) = \\sqrt{x} + x', '\\frac{\\sqrt{x}}{2} + 1'),
    says: 'The derivative of the square root is one over twice the root.',
  },
  {
    slip: 'sigmoid: 1 + y',
    formulas: derivative('f(x) = \\sigma(x) + x', '\\sigma(x)(1 + \\sigma(x)) + 1'),
    says: 'The derivative of the sigmoid is y(1 − y), with a minus.',
  },
  {
    slip: 'sigmoid: y lost',
    formulas: derivative('f(x) = \\sigma(x) + x', '2 - \\sigma(x)'),
    says: 'The derivative of the sigmoid is y(1 − y): the factor y is missing.',
  },
  {
    slip: 'sigmoid: 1 − y²',
    formulas: derivative('f(x) = \\sigma(x) + x', '2 - \\sigma(x)^2'),
    says: 'The derivative of the sigmoid is y(1 − y), not 1 − y².',
  },
  {
    slip: 'tanh: 1 + y²',
    formulas: derivative('f(x) = \\tanh x + x', '2 + \\tanh^2 x'),
    says: 'The derivative of tanh is 1 − y², with a minus.',
  },
  {
    slip: 'tanh: square lost',
    formulas: derivative('f(x) = \\tanh x + x', '2 - \\tanh x'),
    says: 'The derivative of tanh is 1 − y²: the square is missing.',
  },
  {
    slip: 'tanh: as a sigmoid',
    formulas: derivative('f(x) = \\tanh x + x', '\\tanh x (1 - \\tanh x) + 1'),
    says: 'The derivative of tanh is 1 − y², not y(1 − y).',
  },
  {
    slip: 'product rule half applied',
    formulas: derivative('f(x) = x^2 \\sin x', '2x \\sin x'),
    says: 'Product rule: only one of its two terms is there.',
  },
  {
    slip: 'product rule half applied',
    formulas: derivative('f(x) = x^2 \\sin x', '2x \\cos x'),
    says: 'The derivative of a product isn’t the product of the derivatives.',
  },
  {
    slip: 'quotient rule half applied',
    formulas: derivative(
      'f(x) = \\frac{\\sin x}{x^2 + 1}',
      '\\frac{\\cos x (x^2 + 1) + \\sin x \\cdot 2x}{(x^2 + 1)^2}',
    ),
    says: 'Quotient rule: the two terms of the numerator are subtracted.',
  },
  {
    slip: 'quotient rule half applied',
    formulas: derivative('f(x) = \\frac{\\sin x}{x^2 + 1}', '\\frac{\\cos x (x^2 + 1) - \\sin x \\cdot 2x}{x^2 + 1}'),
    says: 'Quotient rule: the denominator isn’t squared.',
  },
  {
    slip: 'path lost',
    formulas: [
      'z = u^2 + \\sin v',
      'u = x y',
      'v = x + y',
      '\\frac{\\partial z}{\\partial x} = \\frac{\\partial z}{\\partial u} \\frac{\\partial u}{\\partial x}',
    ],
    says: 'The path through v is missing.',
  },
  {
    slip: 'other variable',
    formulas: ['z = x^2 \\sin y', '\\frac{\\partial z}{\\partial x} = x^2 \\cos y'],
    says: 'This is the derivative by y.',
  },
  {
    slip: 'function given back',
    formulas: ['f(x) = x \\ln x', "f'(x) = x \\ln x"],
    says: 'This is f itself, not its derivative.',
  },
  {
    slip: 'sine for cosine',
    formulas: derivative('f(x) = x^3 \\sin x', '3x^2 \\sin x + x^3 \\cos x = 3x^2 \\sin x + x^3 \\sin x'),
    says: 'A cosine has become a sine.',
  },
  {
    slip: 'cosine for sine',
    formulas: derivative('f(x) = x^3 \\sin x', '3x^2 \\sin x + x^3 \\cos x = 3x^2 \\cos x + x^3 \\cos x'),
    says: 'A sine has become a cosine.',
  },
  {
    slip: 'plus for minus',
    formulas: derivative('f(x) = x^3 - x^2', '3x^2 - 2x = 3x^2 + 2x'),
    says: 'A minus has become a plus.',
  },
  {
    slip: 'minus for plus',
    formulas: derivative('f(x) = x^3 + x^2', '3x^2 + 2x = 3x^2 - 2x'),
    says: 'A plus has become a minus.',
  },
  {
    slip: 'exponent',
    formulas: [
      'z = t^2 + t',
      't = x^3 + y',
      '\\frac{\\partial z}{\\partial x} = (2 (x^3 + y) + 1) 3 x^2 = (2 (x^4 + y) + 1) 3 x^2',
    ],
    says: 'The exponent of x is 3, not 4.',
  },
  {
    slip: 'exponent lost',
    formulas: [
      'z = \\ln t',
      't = x^n + y',
      '\\frac{\\partial z}{\\partial x} = \\frac{n x^{n-1}}{x^n + y} = \\frac{n x^{n-1}}{x + y}',
    ],
    says: 'The exponent of x is lost.',
  },
  {
    slip: 'term lost',
    formulas: derivative('f(x) = x^3 + \\ln x + x', '3x^2 + \\frac{1}{x} + 1 = 3x^2 + \\frac{1}{x}'),
    says: 'The term 1 is lost.',
  },
  {
    slip: 'factor lost inside',
    formulas: derivative('f(x) = x^3 a + \\ln x', '3x^2 a + \\frac{1}{x} = 3x^2 + \\frac{1}{x}'),
    says: 'The factor a is lost.',
  },
  {
    slip: 'bracket lost',
    formulas: ['z = t^2', 't = x + y', '\\frac{\\partial z}{\\partial x} = 2(x + y) = 2x + y'],
    says: 'A bracket is lost.',
  },
  {
    slip: 'fraction inverted',
    formulas: derivative('f(x) = \\ln(x^2 + 1) + x', '\\frac{2x}{x^2 + 1} + 1 = \\frac{x^2 + 1}{2x} + 1'),
    says: 'A fraction is upside down.',
  },
  {
    slip: 'sign inside',
    formulas: derivative('f(x) = e^{-x} + x', '-e^{-x} + 1 = -e^{x} + 1'),
    says: 'A minus inside is lost.',
  },
  {
    slip: 'evaluated too early',
    formulas: ['z = \\sin t + t', 't = 3x + y', '\\frac{\\partial z}{\\partial x} = 3 (\\cos t + 1) = 3 (\\cos x + 1)'],
    says: 't has been replaced by x alone.',
  },
  {
    slip: 'argument not put in',
    formulas: ['f(x) = \\sin(2x + 1) + x^2', "f'(x) = 2 \\cos(2x + 1) + 2x = 2 \\cos x + 2x"],
    says: 'It is taken at x instead of the inner expression.',
  },
]

/** Sums, products, quotients, powers. */
import { type Attributes, type Builder, type NodeId, type Operation, PRECEDENCE, type Printed } from './operation'
import { latexInfix, operand, plainInfix, plainOperand, productSign, three } from './printing'
import { broadcast, reduceTo, times } from './shapes'
import { POWER_SLIPS } from './slips'

function productLatex(inputs: readonly Printed[], attributes: Attributes): Printed {
  const [a, b] = three(inputs)
  // A negative number may stand first, as people write `-1 \\times x`; the whole then binds like `-x`.
  const negative = a.number !== undefined && a.number < 0 && productSign(attributes) !== null
  // A product of matrices needs no bracket before ⊙; behind it, it does, and ⊙ as its factor as well.
  const isHadamard = attributes.sign === 'hadamard'
  const left = negative ? a.text : operand(a, isHadamard ? PRECEDENCE.hadamard : PRECEDENCE.product)
  const right = operand(
    b,
    b.isMatrixProduct && productSign(attributes) === null ? PRECEDENCE.product : PRECEDENCE.product + 1,
  )
  // Two numbers side by side would read as one, `x 2` reads badly, and `x'(…)` reads as a derivative.
  const needed = (b.digit && b.precedence > PRECEDENCE.product) || (left.endsWith("'") && /^(\\left)?\(/.test(right))
  const sign = productSign(attributes) ?? (needed ? '\\cdot' : '')
  return {
    text: sign ? `${left} ${sign} ${right}` : `${left} ${right}`,
    precedence: negative ? PRECEDENCE.negation : isHadamard ? PRECEDENCE.hadamard : PRECEDENCE.product,
    digit: a.digit,
  }
}

function powerLatex(inputs: readonly Printed[]): Printed {
  const [base, exponent] = three(inputs)
  // \sin^{-1} would read as the inverse function.
  const asFunction = base.raised && exponent.number !== undefined && exponent.number > 0
  const text = asFunction ? base.raised(exponent.text) : `${operand(base, PRECEDENCE.atom)}^{${exponent.text}}`
  return { text, precedence: PRECEDENCE.power, digit: base.digit }
}

function powerText(inputs: readonly Printed[]): Printed {
  const [base, exponent] = three(inputs)
  const text = `${plainOperand(base, PRECEDENCE.atom)}^${plainOperand(exponent, PRECEDENCE.power)}`
  return { text, precedence: PRECEDENCE.power }
}

const isConstant = (build: Builder, id: NodeId): boolean => build.constantOf(id) !== null

export const ARITHMETIC: readonly Operation[] = [
  {
    name: 'add',
    arity: 2,
    spellings: { latex: ['+'], plain: ['+'], typescript: ['+'], python: ['+', 'np.add'] },
    symbol: () => '+',
    elementwise: true,
    shape: broadcast,
    value: (carrier, a, b) => carrier.add(a, b),
    inPlace: (r, out, a, b) => {
      r[out] = (r[a] as number) + (r[b] as number)
    },
    backward: (build, { inputs: [a = 0, b = 0], upstream }) => [
      reduceTo(build, upstream, a),
      reduceTo(build, upstream, b),
    ],
    // No two signs side by side: `3 + (-2)`.
    latex: latexInfix('+', PRECEDENCE.sum, PRECEDENCE.hadamard),
    text: plainInfix('+', PRECEDENCE.sum),
    confusion: { name: 'minus for plus', with: 'subtract', sentence: 'A plus has become a minus.' },
    commutative: true,
    rule: 'sum rule',
    explanation: 'Addition passes the upstream gradient on to both inputs unchanged.',
  },
  {
    name: 'subtract',
    arity: 2,
    spellings: { latex: ['-'], plain: ['-'], typescript: ['-'], python: ['-', 'np.subtract'] },
    symbol: () => '-',
    elementwise: true,
    shape: broadcast,
    value: (carrier, a, b) => carrier.subtract(a, b),
    inPlace: (r, out, a, b) => {
      r[out] = (r[a] as number) - (r[b] as number)
    },
    backward: (build, { inputs: [a = 0, b = 0], upstream }) => [
      reduceTo(build, upstream, a),
      reduceTo(build, build.apply('negate', [upstream]), b),
    ],
    latex: latexInfix('-', PRECEDENCE.sum, PRECEDENCE.hadamard),
    text: plainInfix('-', PRECEDENCE.sum),
    confusion: { name: 'plus for minus', with: 'add', sentence: 'A minus has become a plus.' },
    rule: 'difference rule',
    explanation: 'Subtraction passes the upstream gradient on to the first input and its negative to the second.',
  },
  {
    name: 'multiply',
    arity: 2,
    spellings: {
      latex: ['\\cdot', '\\times', '*', '\\odot', '\\ast'],
      plain: ['*', '×', '·', '・', '･', '⋅', '⊙', '∘', '⊗'],
      typescript: ['*'],
      python: ['*', 'np.multiply'],
    },
    symbol: (attributes) => (attributes.sign === 'hadamard' ? '\\odot' : '\\times'),
    elementwise: true,
    shape: broadcast,
    value: (carrier, a, b) => carrier.multiply(a, b),
    inPlace: (r, out, a, b) => {
      r[out] = (r[a] as number) * (r[b] as number)
    },
    backward: (build, { inputs: [a = 0, b = 0], upstream }) => [
      reduceTo(build, times(build, upstream, b), a),
      reduceTo(build, times(build, upstream, a), b),
    ],
    latex: productLatex,
    text: plainInfix('*', PRECEDENCE.product),
    commutative: true,
    rule: 'product rule',
    explanation: 'Multiplication swaps its inputs: each receives the upstream gradient times the other.',
  },
  {
    name: 'divide',
    arity: 2,
    spellings: {
      latex: ['\\frac', '/', '\\div'],
      plain: ['/', '÷'],
      typescript: ['/'],
      python: ['/', 'np.divide', 'np.true_divide'],
    },
    symbol: () => '/',
    elementwise: true,
    shape: broadcast,
    value: (carrier, a, b) => carrier.divide(a, b),
    inPlace: (r, out, a, b) => {
      r[out] = (r[a] as number) / (r[b] as number)
    },
    backward: (build, { inputs: [a = 0, b = 0], upstream }) => {
      const square = build.apply('power', [b, build.constant(2)])
      const ratio = build.apply('divide', [a, square])
      return [
        reduceTo(build, build.apply('divide', [upstream, b]), a),
        reduceTo(build, build.apply('negate', [times(build, upstream, ratio)]), b),
      ]
    },
    latex: ([a, b]) => ({
      text: `\\frac{${a?.text ?? ''}}{${b?.text ?? ''}}`,
      precedence: PRECEDENCE.prefix,
    }),
    text: plainInfix('/', PRECEDENCE.product),
    domain: (_a, b) => b !== 0,
    rule: 'quotient rule',
    explanation:
      'Division sends 1/b times the upstream gradient to the numerator and −a/b² times it to the denominator b.',
  },
  {
    name: 'negate',
    arity: 1,
    spellings: { typescript: ['-'], python: ['-', 'np.negative'] },
    symbol: () => '-',
    elementwise: true,
    shape: broadcast,
    value: (carrier, a) => carrier.negate(a),
    inPlace: (r, out, a) => {
      r[out] = -(r[a] as number)
    },
    backward: (build, { upstream }) => [build.apply('negate', [upstream])],
    latex: (inputs) => ({
      text: `-${operand(three(inputs)[0], PRECEDENCE.hadamard)}`,
      precedence: PRECEDENCE.negation,
    }),
    text: (inputs) => ({
      text: `-${plainOperand(three(inputs)[0], PRECEDENCE.product)}`,
      precedence: PRECEDENCE.negation,
    }),
    rule: 'constant factor rule',
    explanation: 'The minus sign turns the sign of the upstream gradient.',
  },
  {
    name: 'power',
    arity: 2,
    spellings: {
      latex: ['^'],
      plain: ['^', '**'],
      typescript: ['**', 'Math.pow'],
      python: ['**', 'pow', 'np.power', 'math.pow'],
    },
    symbol: (_attributes, inputs) => (inputs ? powerLatex(inputs).text : 'x^{n}'),
    elementwise: true,
    shape: broadcast,
    value: (carrier, a, b) => carrier.power(a, b),
    inPlace: (r, out, a, b) => {
      const base = r[a] as number
      r[out] = r[b] === 2 ? base * base : base ** (r[b] as number)
    },
    backward: (build, { inputs: [base = 0, exponent = 0], output, upstream }) => {
      const constant = build.constantOf(exponent)
      const lower =
        constant === null ? build.apply('subtract', [exponent, build.constant(1)]) : build.constant(constant - 1)
      const slope = times(build, exponent, build.apply('power', [base, lower]))
      const byBase = reduceTo(build, times(build, upstream, slope), base)
      // A constant exponent is no variable: its log would only bring NaN for negative bases.
      if (constant !== null) return [byBase, null]
      const log = build.apply(build.constantOf(base) === 0 || !isConstant(build, base) ? 'logOfBase' : 'log', [base])
      const byExponent = times(build, upstream, times(build, output, log))
      return [byBase, reduceTo(build, byExponent, exponent)]
    },
    latex: powerLatex,
    text: powerText,
    domain: (a, b) => a > 0 || Number.isInteger(b),
    slips: POWER_SLIPS,
    rule: 'power rule',
    explanation: 'A power multiplies the upstream gradient by n·xⁿ⁻¹: the exponent comes down and is lowered by one.',
  },
  {
    name: 'identity',
    arity: 1,
    spellings: {},
    isCopy: true,
    expression: { typescript: (inputs) => three(inputs)[0] },
    symbol: () => '=',
    elementwise: true,
    shape: broadcast,
    value: (_carrier, a) => a,
    backward: (_build, { upstream }) => [upstream],
    latex: (inputs) => three(inputs)[0],
    text: (inputs) => three(inputs)[0],
    rule: 'identity',
    explanation: 'A second name for the same value: the upstream gradient passes unchanged.',
  },
]

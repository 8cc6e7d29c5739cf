/** Functions with kinks and jumps, conditions, and the choice between two expressions. */
import { functionOf } from './elementwise'
import {
  type Builder,
  type Language,
  type NodeId,
  type Operation,
  PRECEDENCE,
  type Printed,
  type Value,
} from './operation'
import { latexFunction, latexInfix, operand, plainFunction, plainInfix, three } from './printing'
import { broadcast, reduceTo, times } from './shapes'
import { typescript, word } from './spelling'

/** A condition: 1 where it is true, 0 elsewhere; nothing flows back through it. */
function comparison(
  name: string,
  holds: readonly (-1 | 0 | 1)[],
  latex: readonly [string, ...string[]],
  plain: readonly [string, ...string[]],
  spellings: Readonly<Partial<Record<Language, readonly string[]>>>,
  value: Value,
): Operation {
  return {
    name,
    arity: 2,
    spellings: { latex, plain, ...spellings },
    symbol: () => latex[0],
    elementwise: true,
    shape: broadcast,
    value,
    backward: () => [null, null],
    latex: latexInfix(latex[0], PRECEDENCE.comparison),
    text: plainInfix(plain[0], PRECEDENCE.comparison),
    kink: (a, b) => a - b,
    isCondition: true,
    holds,
    rule: 'condition',
    explanation: 'A condition is constant on either side of its threshold: no gradient flows back through it.',
  }
}

/** A comparison that all languages write with one sign, and NumPy also with a word. */
const inCode = (sign: string, word: string) => ({ typescript: [sign], python: [sign, `np.${word}`] })

/** The larger or smaller of two: the gradient goes to the one that was chosen, and half to each where they are equal. */
function extremum(name: 'max' | 'min', value: Value, explanation: string): Operation {
  return {
    name,
    arity: 2,
    spellings: {
      latex: [`\\${name}`],
      plain: [name],
      typescript: [`Math.${name}`],
      python: [name, `np.${name}imum`],
    },
    symbol: () => `\\${name}`,
    elementwise: true,
    shape: broadcast,
    value,
    backward: (build, { inputs: [a = 0, b = 0], upstream }) => {
      // Beside a constant any share is a subgradient: the gate of max(0, x) is closed at 0, as ReLU's is.
      const gate = [a, b].some((id) => build.constantOf(id) !== null) ? 'unitStep' : 'heaviside'
      const above = build.apply(gate, [build.apply('subtract', [a, b])])
      const below = build.apply(gate, [build.apply('subtract', [b, a])])
      const [gateA, gateB] = name === 'max' ? [above, below] : [below, above]
      return [reduceTo(build, times(build, upstream, gateA), a), reduceTo(build, times(build, upstream, gateB), b)]
    },
    latex: latexFunction(`\\${name}`),
    text: plainFunction(name),
    isFunction: true,
    ofMany: true,
    continuous: true,
    kink: (a, b) => a - b,
    rule: `${name === 'max' ? 'maximum' : 'minimum'} rule`,
    explanation,
  }
}

/** `and`, `or`: of conditions. */
function connective(name: string, latex: string, sign: string, typescript: string, value: Value): Operation {
  return {
    name,
    arity: 2,
    spellings: { latex: [latex], plain: [name, sign], typescript: [typescript], python: [name] },
    symbol: () => latex,
    elementwise: true,
    shape: broadcast,
    value,
    backward: () => [null, null],
    latex: latexInfix(latex, PRECEDENCE.comparison),
    text: plainInfix(name, PRECEDENCE.comparison),
    isCondition: true,
    rule: 'condition',
    explanation: 'A condition is constant on either side of its threshold: no gradient flows back through it.',
  }
}

function casesLatex(inputs: readonly Printed[]): Printed {
  const [condition, then, otherwise] = three(inputs)
  return {
    text: `\\begin{cases} ${then.text} & (${condition.text}) \\\\ ${otherwise.text} & (\\text{otherwise}) \\end{cases}`,
    precedence: PRECEDENCE.prefix,
  }
}

/** Constant between the jumps; of an array nothing flows, as a single 0 hasn't its shape. */
const constantly0 = (build: Builder, x: NodeId): NodeId | null =>
  build.shapeOf(x)?.length === 0 ? build.constant(0) : null
/** Jumps at whole numbers. */
const atWhole = (a: number): number => Math.sin(Math.PI * a)

export const PIECEWISE: readonly Operation[] = [
  {
    ...functionOf({
      name: 'abs',
      latex: ['\\operatorname{abs}', '\\mathrm{abs}'],
      plain: ['abs'],
      typescript: ['Math.abs'],
      python: ['abs', 'np.abs', 'np.absolute', 'np.fabs', 'math.fabs'],
      value: (carrier, a) => carrier.abs(a),
      derivative: (build, x) => build.apply('signum', [x]),
      continuous: true,
      kink: (a) => a,
      symbol: '|\\cdot|',
      rule: 'absolute value rule',
      explanation:
        'The absolute value passes the upstream gradient on where its input is positive, and turns its sign where it is negative.',
    }),
    ofMatrices: 'det',
    latex: (inputs) => ({ text: `\\left|${three(inputs)[0].text}\\right|`, precedence: PRECEDENCE.atom }),
  },
  {
    ...functionOf({
      name: 'signum',
      latex: ['\\operatorname{sign}', '\\mathrm{sign}', '\\operatorname{sgn}', '\\mathrm{sgn}'],
      plain: ['sign', 'sgn'],
      typescript: ['Math.sign'],
      python: ['sign', 'np.sign'],
      value: (carrier, a) => carrier.sign(a),
      derivative: constantly0,
      kink: (a) => a,
      rule: 'sign rule',
      explanation: 'The sign is constant on either side of 0: no gradient flows back through it.',
    }),
    reportedAs: 'sign',
  },
  {
    ...functionOf({
      name: 'unitStep',
      latex: ['\\operatorname{step}', '\\mathrm{step}'],
      plain: ['step'],
      value: (carrier, a) => carrier.max(carrier.sign(a), carrier.number(0)),
      derivative: constantly0,
      kink: (a) => a,
      expression: typescript((a) => `(${a} > 0 ? 1 : 0)`),
      rule: 'step rule',
      explanation: 'The step is constant on either side of 0: no gradient flows back through it.',
    }),
    reportedAs: 'step',
  },
  {
    ...functionOf({
      name: 'heaviside',
      latex: [...word('heaviside')],
      plain: ['heaviside'],
      // (1 + sign x)/2: 1 beyond 0, 0 before, and ½ at 0.
      value: (carrier, a) => carrier.divide(carrier.add(carrier.number(1), carrier.sign(a)), carrier.number(2)),
      derivative: constantly0,
      kink: (a) => a,
      expression: typescript((a) => `(1 + Math.sign(${a})) / 2`, PRECEDENCE.product),
      rule: 'step rule',
      explanation: 'The step is constant on either side of 0: no gradient flows back through it.',
    }),
    text: (inputs) => ({ text: `(1 + sign(${three(inputs)[0].text}))/2`, precedence: PRECEDENCE.product }),
  },
  functionOf({
    name: 'floor',
    latex: [...word('floor')],
    plain: ['floor'],
    typescript: ['Math.floor'],
    python: ['math.floor', 'np.floor', 'floor'],
    value: (carrier, a) => carrier.floor(a),
    derivative: constantly0,
    kink: atWhole,
    rounds: true,
    symbol: '\\lfloor\\cdot\\rfloor',
    rule: 'rounding rule',
    explanation: 'Rounding is constant between its jumps: no gradient flows back through it.',
  }),
  functionOf({
    name: 'ceil',
    latex: [...word('ceil')],
    plain: ['ceil'],
    typescript: ['Math.ceil'],
    python: ['math.ceil', 'np.ceil', 'ceil'],
    value: (carrier, a) => carrier.negate(carrier.floor(carrier.negate(a))),
    derivative: constantly0,
    kink: atWhole,
    rounds: true,
    symbol: '\\lceil\\cdot\\rceil',
    rule: 'rounding rule',
    explanation: 'Rounding is constant between its jumps: no gradient flows back through it.',
  }),
  functionOf({
    name: 'trunc',
    latex: [...word('trunc')],
    plain: ['trunc'],
    typescript: ['Math.trunc'],
    python: ['math.trunc', 'np.trunc', 'np.fix', 'trunc'],
    value: (carrier, a) => carrier.multiply(carrier.sign(a), carrier.floor(carrier.abs(a))),
    derivative: constantly0,
    kink: atWhole,
    rounds: true,
    rule: 'rounding rule',
    explanation: 'Rounding is constant between its jumps: no gradient flows back through it.',
  }),
  functionOf({
    name: 'round',
    latex: [...word('round')],
    plain: ['round'],
    typescript: ['Math.round'],
    python: ['round', 'np.round', 'np.rint'],
    // As JavaScript does: a half goes up.
    value: (carrier, a) => carrier.floor(carrier.add(a, carrier.divide(carrier.number(1), carrier.number(2)))),
    derivative: constantly0,
    kink: (a) => Math.cos(Math.PI * a),
    rounds: true,
    rule: 'rounding rule',
    explanation: 'Rounding is constant between its jumps: no gradient flows back through it.',
  }),
  functionOf({
    name: 'relu',
    latex: ['\\operatorname{ReLU}', '\\mathrm{ReLU}', '\\text{ReLU}', '\\operatorname{relu}', '\\mathrm{relu}'],
    plain: ['relu', 'ReLU'],
    python: ['relu'],
    value: (carrier, a) => carrier.max(a, carrier.number(0)),
    derivative: (build, x) => build.apply('unitStep', [x]),
    continuous: true,
    kink: (a) => a,
    expression: {
      typescript: (inputs) => ({ text: `Math.max(0, ${three(inputs)[0].text})`, precedence: PRECEDENCE.atom }),
    },
    rule: 'ReLU rule',
    explanation:
      'ReLU is a gate: it passes the upstream gradient on where its input is positive, and stops it elsewhere.',
  }),
  extremum(
    'max',
    (carrier, a, b) => carrier.max(a, b),
    'The maximum sends the upstream gradient to the larger input; of two equal ones each receives half.',
  ),
  extremum(
    'min',
    (carrier, a, b) => carrier.min(a, b),
    'The minimum sends the upstream gradient to the smaller input; of two equal ones each receives half.',
  ),
  comparison('less', [-1], ['<', '\\lt'], ['<'], inCode('<', 'less'), (carrier, a, b) => carrier.less(a, b)),
  comparison(
    'lessEqual',
    [-1, 0],
    ['\\le', '\\leq', '\\leqq', '\\leqslant'],
    ['<=', '≤', '≦'],
    inCode('<=', 'less_equal'),
    (carrier, a, b) => carrier.lessEqual(a, b),
  ),
  comparison('greater', [1], ['>', '\\gt'], ['>'], inCode('>', 'greater'), (carrier, a, b) => carrier.less(b, a)),
  comparison(
    'greaterEqual',
    [0, 1],
    ['\\ge', '\\geq', '\\geqq', '\\geqslant'],
    ['>=', '≥', '≧'],
    inCode('>=', 'greater_equal'),
    (carrier, a, b) => carrier.lessEqual(b, a),
  ),
  comparison(
    'equals',
    [0],
    ['='],
    ['==', '='],
    { typescript: ['===', '=='], python: ['==', 'is', 'np.equal'] },
    (carrier, a, b) => carrier.equal(a, b),
  ),
  comparison(
    'notEqual',
    [-1, 1],
    ['\\ne', '\\neq'],
    ['!=', '≠'],
    { typescript: ['!==', '!='], python: ['!=', 'is not', 'np.not_equal'] },
    (carrier, a, b) => carrier.not(carrier.equal(a, b)),
  ),
  connective('and', '\\land', '∧', '&&', (carrier, a, b) => carrier.and(a, b)),
  connective('or', '\\lor', '∨', '||', (carrier, a, b) => carrier.or(a, b)),
  {
    ...functionOf({
      name: 'not',
      latex: ['\\lnot', '\\neg'],
      plain: ['not'],
      typescript: ['!'],
      python: ['not'],
      value: (carrier, a) => carrier.not(a),
      derivative: null,
      expression: typescript((a) => `!${a}`, PRECEDENCE.prefix),
      rule: 'condition',
      explanation: 'A condition is constant on either side of its threshold: no gradient flows back through it.',
    }),
    isFunction: false,
    isCondition: true,
    latex: (inputs) => ({
      text: `\\lnot ${operand(three(inputs)[0], PRECEDENCE.prefix)}`,
      precedence: PRECEDENCE.prefix,
    }),
  },
  {
    name: 'piecewise',
    reportedAs: 'select',
    arity: 3,
    spellings: { plain: ['where'], python: ['np.where', 'where'] },
    isChoice: true,
    expression: {
      typescript: (inputs) => {
        const [condition, then, otherwise] = three(inputs)
        return { text: `(${condition.text} ? ${then.text} : ${otherwise.text})`, precedence: PRECEDENCE.atom }
      },
    },
    symbol: () => '?',
    elementwise: true,
    shape: broadcast,
    value: (carrier, condition, then, otherwise) => carrier.select(condition, then, otherwise),
    backward: (build, { inputs: [condition = 0, then = 0, otherwise = 0], upstream }) => [
      null,
      reduceTo(build, build.apply('piecewise', [condition, upstream, build.constant(0)]), then),
      reduceTo(build, build.apply('piecewise', [condition, build.constant(0), upstream]), otherwise),
    ],
    latex: casesLatex,
    text: plainFunction('where'),
    rule: 'piecewise rule',
    explanation: 'A choice sends the upstream gradient to the branch that was taken, and nothing to the other.',
  },
]

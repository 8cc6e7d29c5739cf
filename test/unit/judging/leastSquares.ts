/**
 * Sums of squares that optimisers are tested with, from the formulas of Moré, Garbow and Hillstrom, "Testing Unconstrained
 * Optimization Software", ACM Transactions on Mathematical Software 7 (1981): each with its gradient as people write it, and one mistake.
 */

export interface Problem {
  readonly name: string
  readonly code: string
  /** What stands in the gradient, and what is planted in its place. */
  readonly mistake: readonly [right: string, wrong: string]
}

const problem = (name: string, value: string, gradient: string, mistake: readonly [string, string]): Problem => ({
  name,
  code: `function f(x: number[]): number {\n${value}\n}\n\nfunction fGradient(x: number[]): number[] {\n${gradient}\n}\n`,
  mistake,
})

/** A sum over i of the squares of one residual, `r`, whose partial derivatives are `d`. */
function summed(
  name: string,
  count: number,
  residual: string,
  partials: readonly string[],
  mistake: readonly [string, string],
  data = '',
): Problem {
  const loop = (body: string) => `  for (let i = 1; i <= ${count}; i++) {\n${residual}\n${body}\n  }`
  const steps = partials.map((partial, k) => `    g[${k}] += 2 * r * ${partial}`).join('\n')
  return problem(
    name,
    `${data}  let sum = 0\n${loop('    sum += r * r')}\n  return sum`,
    `${data}  const g = [${partials.map(() => 0).join(', ')}]\n${loop(steps)}\n  return g`,
    mistake,
  )
}

const list = (name: string, values: readonly number[]): string => `  const ${name} = [${values.join(', ')}]\n`

export const PROBLEMS: readonly Problem[] = [
  problem(
    'Rosenbrock',
    '  return 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2',
    '  const d = x[1] - x[0] ** 2\n  return [-400 * x[0] * d - 2 * (1 - x[0]), 200 * d]',
    ['-400', '-200'],
  ),
  problem(
    'Freudenstein and Roth',
    '  const a = -13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1]\n  const b = -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1]\n  return a * a + b * b',
    '  const a = -13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1]\n  const b = -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1]\n  return [2 * (a + b), 2 * a * (10 * x[1] - 3 * x[1] ** 2 - 2) + 2 * b * (3 * x[1] ** 2 + 2 * x[1] - 14)]',
    ['10 * x[1] - 3', '5 * x[1] - 3'],
  ),
  problem(
    'Brown almost-linear',
    '  const s = x[0] + x[1] + x[2] - 4\n  return (x[0] + s) ** 2 + (x[1] + s) ** 2 + (x[0] * x[1] * x[2] - 1) ** 2',
    '  const s = x[0] + x[1] + x[2] - 4\n  const a = x[0] + s\n  const b = x[1] + s\n  const p = x[0] * x[1] * x[2] - 1\n  return [\n    4 * a + 2 * b + 2 * p * x[1] * x[2],\n    2 * a + 4 * b + 2 * p * x[0] * x[2],\n    2 * a + 2 * b + 2 * p * x[0] * x[1],\n  ]',
    ['2 * p * x[0] * x[1]', '2 * p * x[0] * x[2]'],
  ),
  summed(
    'Beale',
    3,
    '    const r = y[i - 1] - x[0] * (1 - x[1] ** i)',
    ['(x[1] ** i - 1)', 'x[0] * i * x[1] ** (i - 1)'],
    ['i * x[1] ** (i - 1)', 'i * x[1] ** i'],
    list('y', [1.5, 2.25, 2.625]),
  ),
  summed(
    'Jennrich and Sampson',
    4,
    '    const r = 2 + 2 * i - (Math.exp(i * x[0]) + Math.exp(i * x[1]))',
    ['-i * Math.exp(i * x[0])', '-i * Math.exp(i * x[1])'],
    ['* -i * Math.exp(i * x[1])', '* i * Math.exp(i * x[1])'],
  ),
  problem(
    'helical valley',
    '  const angle = Math.atan(x[1] / x[0]) / (2 * Math.PI)\n  return 100 * (x[2] - 10 * angle) ** 2 + 100 * (Math.sqrt(x[0] ** 2 + x[1] ** 2) - 1) ** 2 + x[2] ** 2',
    '  const angle = Math.atan(x[1] / x[0]) / (2 * Math.PI)\n  const q = x[0] ** 2 + x[1] ** 2\n  const root = Math.sqrt(q)\n  const a = 100 * (x[2] - 10 * angle)\n  return [\n    (10 * a * x[1]) / (Math.PI * q) + (200 * (root - 1) * x[0]) / root,\n    (-10 * a * x[0]) / (Math.PI * q) + (200 * (root - 1) * x[1]) / root,\n    2 * a + 2 * x[2],\n  ]',
    ['(-10 * a', '(10 * a'],
  ),
  summed(
    'Bard',
    5,
    '    const v = 16 - i\n    const w = Math.min(i, v)\n    const s = v * x[1] + w * x[2]\n    const r = y[i - 1] - (x[0] + i / s)',
    ['-1', '(i * v) / s ** 2', '(i * w) / s ** 2'],
    ['(i * w) / s ** 2', '(i * v) / s ** 2'],
    list('y', [0.14, 0.18, 0.22, 0.25, 0.29]),
  ),
  summed(
    'Gaussian',
    5,
    '    const t = (8 - i) / 2\n    const e = Math.exp((-x[1] * (t - x[2]) ** 2) / 2)\n    const r = x[0] * e - y[i - 1]',
    ['e', '((-x[0] * (t - x[2]) ** 2) / 2) * e', 'x[0] * x[1] * (t - x[2]) * e'],
    ['x[0] * x[1] * (t - x[2])', 'x[0] * (t - x[2])'],
    list('y', [0.0009, 0.0044, 0.0175, 0.054, 0.1295]),
  ),
  summed(
    'Box',
    4,
    '    const t = 0.1 * i\n    const k = Math.exp(-t) - Math.exp(-10 * t)\n    const r = Math.exp(-t * x[0]) - Math.exp(-t * x[1]) - x[2] * k',
    ['-t * Math.exp(-t * x[0])', 't * Math.exp(-t * x[1])', '-k'],
    ['* t * Math.exp(-t * x[1])', '* Math.exp(-t * x[1])'],
  ),
  problem(
    'Powell singular',
    '  const [a, b, c, d] = [x[0] + 10 * x[1], x[2] - x[3], x[1] - 2 * x[2], x[0] - x[3]]\n  return a ** 2 + 5 * b ** 2 + c ** 4 + 10 * d ** 4',
    '  const [a, b, c, d] = [x[0] + 10 * x[1], x[2] - x[3], x[1] - 2 * x[2], x[0] - x[3]]\n  return [2 * a + 40 * d ** 3, 20 * a + 4 * c ** 3, 10 * b - 8 * c ** 3, -10 * b - 40 * d ** 3]',
    ['-10 * b - 40', '-10 * b + 40'],
  ),
  problem(
    'Wood',
    '  return (\n    100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2 + 90 * (x[3] - x[2] ** 2) ** 2 + (1 - x[2]) ** 2 +\n    10 * (x[1] + x[3] - 2) ** 2 + 0.1 * (x[1] - x[3]) ** 2\n  )',
    '  const a = x[1] - x[0] ** 2\n  const b = x[3] - x[2] ** 2\n  return [\n    -400 * x[0] * a - 2 * (1 - x[0]),\n    200 * a + 20 * (x[1] + x[3] - 2) + 0.2 * (x[1] - x[3]),\n    -360 * x[2] * b - 2 * (1 - x[2]),\n    180 * b + 20 * (x[1] + x[3] - 2) - 0.2 * (x[1] - x[3]),\n  ]',
    ['180 * b + 20 * (x[1] + x[3] - 2) - 0.2', '180 * b + 20 * (x[1] + x[3] - 2) + 0.2'],
  ),
  summed(
    'Kowalik and Osborne',
    4,
    '    const v = u[i - 1]\n    const n = v * v + v * x[1]\n    const d = v * v + v * x[2] + x[3]\n    const r = y[i - 1] - (x[0] * n) / d',
    ['-n / d', '(-x[0] * v) / d', '(x[0] * n * v) / d ** 2', '(x[0] * n) / d ** 2'],
    ['(x[0] * n * v) / d ** 2', '(x[0] * n) / d ** 2'],
    list('u', [4, 2, 1, 0.5]) + list('y', [0.1957, 0.1947, 0.1735, 0.16]),
  ),
  summed(
    'Brown and Dennis',
    4,
    '    const t = i / 5\n    const a = x[0] + t * x[1] - Math.exp(t)\n    const b = x[2] + x[3] * Math.sin(t) - Math.cos(t)\n    const r = a * a + b * b',
    ['2 * a', '2 * a * t', '2 * b', '2 * b * Math.sin(t)'],
    ['2 * b * Math.sin(t)', '2 * b * Math.cos(t)'],
  ),
  problem(
    'extended Rosenbrock',
    '  let sum = 0\n  for (let i = 0; i < 4; i += 2) sum += 100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2\n  return sum',
    '  const g = [0, 0, 0, 0]\n  for (let i = 0; i < 4; i += 2) {\n    const d = x[i + 1] - x[i] ** 2\n    g[i] = -400 * x[i] * d - 2 * (1 - x[i])\n    g[i + 1] = 200 * d\n  }\n  return g',
    ['200 * d', '100 * d'],
  ),
  problem(
    'penalty function I',
    '  let q = -0.25\n  for (let i = 0; i < 4; i++) q += x[i] ** 2\n  let sum = q * q\n  for (let i = 0; i < 4; i++) sum += 1e-5 * (x[i] - 1) ** 2\n  return sum',
    '  let q = -0.25\n  for (let i = 0; i < 4; i++) q += x[i] ** 2\n  const g = [0, 0, 0, 0]\n  for (let i = 0; i < 4; i++) g[i] = 4 * q * x[i] + 2e-5 * (x[i] - 1)\n  return g',
    ['4 * q * x[i]', '2 * q * x[i]'],
  ),
  problem(
    'variably dimensioned',
    '  let s = 0\n  let sum = 0\n  for (let i = 0; i < 4; i++) {\n    s += (i + 1) * (x[i] - 1)\n    sum += (x[i] - 1) ** 2\n  }\n  return sum + s ** 2 + s ** 4',
    '  let s = 0\n  for (let i = 0; i < 4; i++) s += (i + 1) * (x[i] - 1)\n  const g = [0, 0, 0, 0]\n  for (let i = 0; i < 4; i++) g[i] = 2 * (x[i] - 1) + (2 * s + 4 * s ** 3) * (i + 1)\n  return g',
    ['4 * s ** 3', '3 * s ** 3'],
  ),
  problem(
    'Broyden tridiagonal',
    '  const r = [\n    (3 - 2 * x[0]) * x[0] - 2 * x[1] + 1,\n    (3 - 2 * x[1]) * x[1] - x[0] - 2 * x[2] + 1,\n    (3 - 2 * x[2]) * x[2] - x[1] + 1,\n  ]\n  return r[0] ** 2 + r[1] ** 2 + r[2] ** 2',
    '  const r = [\n    (3 - 2 * x[0]) * x[0] - 2 * x[1] + 1,\n    (3 - 2 * x[1]) * x[1] - x[0] - 2 * x[2] + 1,\n    (3 - 2 * x[2]) * x[2] - x[1] + 1,\n  ]\n  return [\n    2 * r[0] * (3 - 4 * x[0]) - 2 * r[1],\n    2 * r[1] * (3 - 4 * x[1]) - 4 * r[0] - 2 * r[2],\n    2 * r[2] * (3 - 4 * x[2]) - 4 * r[1],\n  ]',
    ['- 4 * r[0] - 2 * r[2]', '- 2 * r[0] - 4 * r[2]'],
  ),
  problem(
    'linear function, full rank',
    '  const n = 3\n  const m = 5\n  let s = 0\n  for (let j = 0; j < n; j++) s += x[j]\n  let sum = 0\n  for (let i = 0; i < m; i++) sum += ((i < n ? x[i] : 0) - (2 / m) * s - 1) ** 2\n  return sum',
    '  const n = 3\n  const m = 5\n  let s = 0\n  for (let j = 0; j < n; j++) s += x[j]\n  let all = 0\n  for (let i = 0; i < m; i++) all += (i < n ? x[i] : 0) - (2 / m) * s - 1\n  const g = [0, 0, 0]\n  for (let j = 0; j < n; j++) g[j] = 2 * (x[j] - (2 / m) * s - 1) - (4 / m) * all\n  return g',
    ['- (4 / m) * all', '- (2 / m) * all'],
  ),
  summed(
    'Meyer',
    3,
    '    const t = x[2] + 45 + 5 * i\n    const e = Math.exp(x[1] / t)\n    const r = x[0] * e - y[i - 1]',
    ['e', '(x[0] * e) / t', '(-x[0] * x[1] * e) / t ** 2'],
    ['(-x[0] * x[1] * e) / t ** 2', '(-x[0] * x[1] * e) / t'],
    list('y', [34.78, 28.61, 23.65]),
  ),
  problem(
    'Powell badly scaled',
    '  return (1e4 * x[0] * x[1] - 1) ** 2 + (Math.exp(-x[0]) + Math.exp(-x[1]) - 1.0001) ** 2',
    '  const a = 1e4 * x[0] * x[1] - 1\n  const b = Math.exp(-x[0]) + Math.exp(-x[1]) - 1.0001\n  return [2e4 * a * x[1] - 2 * b * Math.exp(-x[0]), 2e4 * a * x[0] - 2 * b * Math.exp(-x[1])]',
    ['2e4 * a * x[0] - 2', '2e4 * a * x[1] - 2'],
  ),
]

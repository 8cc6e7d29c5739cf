import { strict as assert } from 'node:assert'
import { analyzeMarkdown, analyzePython } from '../../../src/analysis'
import type { Derivation } from '../../../src/derivation'

const outputOf = (derivations: readonly Derivation[], name: string): Derivation => {
  const found = derivations.find((each) => each.name.plain === name)
  assert.ok(found, `no derivation of ${name}`)
  return found
}

const valueIn = (derivation: Derivation): number | undefined => derivation.value(derivation.output)?.data[0]

/** Code with one function `f` and `@at` above it, and its value there. */
const VALUES: readonly (readonly [what: string, code: string, value: number])[] = [
  ['an expression', '# @at x = 3\ndef f(x):\n    return 2 * x ** 2 - 1', 17],
  ['values in a comment inside', 'def f(x):\n    # @at x = 3\n    return 2 * x ** 2 - 1', 17],
  ['values in the docstring', 'def f(x):\n    """Square.\n\n    @at x = 3\n    """\n    return 2 * x ** 2 - 1', 17],
  ['values inside, a remark above', '# a remark\ndef f(x):\n    # @at x = 3\n    return 2 * x ** 2 - 1', 17],
  ['values above, words inside', '# @at x = 3\ndef f(x):\n    """Square."""\n    return 2 * x ** 2 - 1', 17],
  ['a power of a power, from the right', '# @at x = 2\ndef f(x):\n    return x ** 2 ** 3', 256],
  ['a sign before a power', '# @at x = 3\ndef f(x):\n    return -x ** 2', -9],
  [
    'math',
    'import math\n# @at x = 0.5\ndef f(x):\n    return math.exp(x) + math.sin(x)',
    Math.exp(0.5) + Math.sin(0.5),
  ],
  [
    'names imported from math',
    'from math import exp, pi\n# @at x = 1\ndef f(x):\n    return exp(-x) * pi',
    Math.PI / Math.E,
  ],
  ['locals that change', '# @at x = 2\ndef f(x):\n    y = x\n    y = y * x\n    y += 1\n    return y', 5],
  ['a swap', '# @at x = 2\ndef f(x):\n    a, b = x, 3 * x\n    a, b = b, a\n    return a - b', 4],
  ['a chain of targets', '# @at x = 2\ndef f(x):\n    a = b = x * x\n    a = a + 1\n    return a * b', 20],
  ['a chain of comparisons', '# @at x = 2\ndef f(x):\n    return x * 10 if 0 < x < 3 else -x', 20],
  ['not before and', '# @at x = 2\ndef f(x):\n    return 1.0 * x if not x < 0 and x > 5 else 3 * x', 6],
  [
    'elif',
    '# @at x = 2\ndef f(x):\n    if x < 0:\n        return 0 * x\n    elif x < 3:\n        return 5 * x\n    else:\n        return 7 * x',
    10,
  ],
  ['a loop', '# @at x = 2\ndef f(x):\n    s = 0\n    for k in range(1, 4):\n        s += x ** k\n    return s', 14],
  [
    'enumerate and zip',
    '# @at x = 2\ndef f(x):\n    s = 0\n    for k, (a, b) in enumerate(zip([1, 2], [3, 4])):\n        s += k * a * b * x\n    return s',
    16,
  ],
  [
    'a loop with else',
    '# @at x = 2\ndef f(x):\n    for k in range(3):\n        x = x + 1\n    else:\n        x = x * 2\n    return x',
    10,
  ],
  ['a comprehension', '# @at x = 2\ndef f(x):\n    return sum(a * x for a in [1, 2, 3] if a != 2)', 8],
  [
    'lists',
    '# @at x = 2\ndef f(x):\n    q = [x] * 2 + [5]\n    q.append(7 * x)\n    return q[-1] + q[1] + sum(q[2:])',
    35,
  ],
  [
    'a dictionary',
    "# @at x = 2\ndef f(x):\n    p = {'W': 3 * x, 'b': 1}\n    p['b'] -= x\n    return p['W'] + p['b']",
    5,
  ],
  [
    'keyword arguments and defaults',
    'def g(a, b=2, *, c=1):\n    return a * b + c\n# @at x = 3\ndef f(x):\n    return g(x, c=x) + g(b=x, a=1)',
    13,
  ],
  ['a lambda', '# @at x = 3\ndef f(x):\n    h = lambda t, k=2: t ** k\n    return h(x) + h(x, 3)', 36],
  ['the remainder of negative numbers', '# @at x = 3\ndef f(x):\n    return x * (-7 % 3) + (-7 // 2)', 2],
  ['a function inside', '# @at x = 3\ndef f(x):\n    def g(t):\n        return t * x\n    return g(2) + g(x)', 15],
  [
    'nonlocal',
    '# @at x = 3\ndef f(x):\n    s = 0\n    def add(t):\n        nonlocal s\n        s = s + t\n    add(x)\n    add(x * x)\n    return s',
    12,
  ],
  [
    'a class',
    'class P:\n    scale = 2\n    def __init__(self, a):\n        self.a = a\n    @property\n    def twice(self):\n        return 2 * self.a\n    def g(self, x):\n        return self.scale * self.twice * x\n# @at x = 3\ndef f(x):\n    return P(5).g(x)',
    60,
  ],
  [
    'inheritance',
    'class A:\n    def __init__(self, a):\n        self.a = a\n    def g(self, x):\n        return self.a * x\nclass B(A):\n    def __init__(self, a, b):\n        super().__init__(a)\n        self.b = b\n    def g(self, x):\n        return super().g(x) + self.b\n# @at x = 3\ndef f(x):\n    return B(2, 10).g(x)',
    16,
  ],
  [
    'arrays',
    'import numpy as np\n# @at W = [[1, 2], [3, 4]], x = [1, 2]\ndef f(W, x):\n    return np.sum((W @ x) ** 2)',
    146,
  ],
  [
    'a number times a row is no matrix product',
    'import numpy as np\n# @at A = [[1, 2], [3, 4]]\ndef f(A):\n    return np.sum(A * A)',
    30,
  ],
  [
    'means along axes',
    'import numpy as np\n# @at A = [[1, 2], [3, 5]]\ndef f(A):\n    return np.max(A.mean(axis=0, keepdims=True) - A.min(axis=1, keepdims=True))',
    2.5,
  ],
  [
    'shapes',
    'import numpy as np\n# @at A = [[1, 2, 3], [3, 5, 7]]\ndef f(A):\n    N, D = A.shape\n    return np.sum(A.reshape(D, -1)[0]) / N + len(A) + A.size',
    9.5,
  ],
  [
    'a mask',
    'import numpy as np\n# @at x = [1, -2, 3]\ndef f(x):\n    out = x.copy()\n    out[x <= 0] = 0\n    return out.sum() + x.sum()',
    6,
  ],
  [
    'an alias is changed with the array',
    'import numpy as np\n# @at x = [1, -2, 3]\ndef f(x):\n    y = x * 2\n    z = y\n    z[y < 0] = 10\n    return y.sum()',
    18,
  ],
  [
    'entries that are set',
    'import numpy as np\n# @at x = [1, 2, 3]\ndef f(x):\n    y = np.zeros(3)\n    for i in range(3):\n        y[i] = x[i] ** 2\n    y[1:] += 1\n    return y.sum()',
    16,
  ],
  [
    'one entry of each row',
    'import numpy as np\n# @at p = [[0.2, 0.8], [0.5, 0.5]], t = [1, 0]\ndef f(p, t):\n    return -np.sum(np.log(p[np.arange(len(t)), t])) / len(t)',
    -(Math.log(0.8) + Math.log(0.5)) / 2,
  ],
  [
    'where, maximum and clip',
    'import numpy as np\n# @at x = [1, -2, 3]\ndef f(x):\n    return np.sum(np.where(x > 0, x, 0.5 * x) + np.maximum(0, x) + np.clip(x, -1, 2))',
    9,
  ],
]

describe('what a function uses more than once', () => {
  it('has no name that the text doesn’t have', () => {
    const { derivations } = analyzePython(
      'import numpy as np\ndef f(x):\n    return np.log1p(np.exp(-x)) + np.tanh(2 * x)',
    )
    const names = outputOf(derivations, 'f').graph.nodes.flatMap(({ name }) => name?.plain ?? [])
    assert.deepEqual([...new Set(names)].sort(), ['f', 'x'])
  })
})

describe('Python: values', () => {
  for (const [what, code, value] of VALUES)
    it(what, () => {
      const found = valueIn(outputOf(analyzePython(code).derivations, 'f'))
      assert.ok(found !== undefined && Math.abs(found - value) < 1e-12, `${found} is not ${value}`)
    })
})

/** What must stay opaque, or show no value: never a number that is wrong. */
const UNKNOWN: readonly (readonly [what: string, code: string])[] = [
  [
    'a view that is written to',
    'import numpy as np\n# @at x = [1, 2, 3]\ndef f(x):\n    y = x * 1\n    v = y[0:2]\n    v[0] = 100\n    return y.sum()',
  ],
  ['a selection by a condition', 'import numpy as np\n# @at x = [1, 2, 3]\ndef f(x):\n    return np.sum(x[x > 1])'],
  [
    'a loop whose end the inputs decide',
    '# @at x = 3\ndef f(x):\n    s = x\n    while s > 1:\n        s = s / 2\n    return s',
  ],
  [
    'a loop over what is not known',
    '# @at x = 3\ndef f(x):\n    s = x\n    for k in other():\n        s = s + k\n    return s',
  ],
  ['a generator', 'def g(n):\n    yield n\n# @at x = 1\ndef f(x):\n    return sum(g(x)) + x'],
  ['a library that is not known', 'import torch\n# @at x = 1\ndef f(x):\n    return torch.relu(x) + x'],
]

describe('Python: what is not followed', () => {
  for (const [what, code] of UNKNOWN)
    it(what, () => {
      const found = analyzePython(code).derivations.find((each) => each.name.plain === 'f')
      assert.equal(found ? (valueIn(found) ?? null) : null, null)
    })
})

describe('Python: in a note', () => {
  it('a fence is read as code', () => {
    const { derivations } = analyzeMarkdown('Text\n\n```python\n# @at x = 3\ndef f(x):\n    return x ** 2\n```\n')
    assert.equal(valueIn(outputOf(derivations, 'f')), 9)
  })
  it('commands of a notebook and a prompt are no code', () => {
    const { derivations } = analyzePython(
      '%matplotlib inline\n!pip install x\n# @at x = 3\ndef f(x):\n    return x ** 2\n',
    )
    assert.equal(valueIn(outputOf(derivations, 'f')), 9)
  })
  it('an open bracket leaves the next function alone', () => {
    const { derivations } = analyzePython('def g(x):\n    return (x +\n\n# @at x = 3\ndef f(x):\n    return x ** 2\n')
    assert.equal(valueIn(outputOf(derivations, 'f')), 9)
  })
})

describe('Python: gradients', () => {
  it('have the shape of their array', () => {
    const { derivations } = analyzePython(
      'import numpy as np\n# @at X = [[1, 2, 3], [4, 5, 6]], w = [1, 0, -1]\ndef f(X, w):\n    return np.sum(np.tanh(X @ w))',
    )
    const derivation = outputOf(derivations, 'f')
    for (const input of derivation.inputs) {
      const gradient = derivation.gradient(input)
      assert.ok(gradient)
      assert.deepEqual(derivation.value(gradient.expanded)?.shape, derivation.value(input)?.shape)
    }
  })
})

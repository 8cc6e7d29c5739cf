/** What NumPy does to arrays beside arithmetic, in functions and layers and their gradients, each with mistakes to be found in it. */
import type { ArrayPairRow } from './arrayPairs'

const python = (row: Omit<ArrayPairRow, 'language'>): ArrayPairRow => ({
  language: 'python',
  ...row,
  code: `import numpy as np\n\n${row.code}`,
})

export const NUMPY_PAIRS: readonly ArrayPairRow[] = [
  python({
    what: 'rows of a table by their numbers, added to one by one',
    code: `class Lookup:
    def __init__(self, W):
        self.params = [W]
        self.grads = [np.zeros_like(W)]

    def forward(self, numbers):
        W, = self.params
        self.numbers = numbers
        return W[numbers]

    def backward(self, dout):
        dW, = self.grads
        dW[...] = 0
        for place, number in enumerate(self.numbers):
            dW[number] += dout[place]
        return None
`,
    holds: ['Lookup.backward'],
    mistakes: [
      ['dW[number] += dout[place]', 'dW[number] -= dout[place]'],
      ['dW[number] += dout[place]', 'dW[number] += 2 * dout[place]'],
    ],
    // Which of two rows with one number stays can't be said.
    silent: [
      [
        '        for place, number in enumerate(self.numbers):\n            dW[number] += dout[place]',
        '        dW[self.numbers] = dout',
      ],
    ],
  }),
  python({
    what: 'rows of a table by their numbers, added to all at once',
    code: `def lookup_forward(x, W):
    out = W[x, :]
    cache = (x, W)
    return out, cache

def lookup_backward(dout, cache):
    x, W = cache
    dW = np.zeros_like(W)
    np.add.at(dW, x, dout)
    return dW
`,
    holds: ['lookup_backward'],
    mistakes: [
      ['np.add.at(dW, x, dout)', 'np.add.at(dW, x, 2 * dout)'],
      ['np.add.at(dW, x, dout)', 'np.add.at(dW, x, -dout)'],
    ],
  }),
  python({
    what: 'a name for an array is the array: what changes one in place changes the other',
    code: `class Doubled:
    def __init__(self, W):
        self.W = W

    def forward(self, x):
        self.x = x
        return 2 * np.dot(x, self.W)

    def backward(self, dout):
        d = dout
        d *= 2
        self.dW = np.dot(self.x.T, dout)
        return np.dot(dout, self.W.T)
`,
    holds: ['Doubled.backward'],
    mistakes: [
      ['d = dout\n', 'd = dout.copy()\n'],
      ['d = dout\n', 'd = dout * 1\n'],
      ['d *= 2\n', 'd = d * 2\n'],
      ['d *= 2\n', 'd += 2\n'],
    ],
    // A view shares its numbers.
    silent: [['d = dout\n', 'd = dout.T\n']],
  }),
  python({
    what: 'two columns of probabilities',
    code: `from common.arrays import np

class TwoSided:
    def forward(self, x, t):
        self.t = t
        self.y = 1 / (1 + np.exp(-x))
        return self.entropy(np.c_[1 - self.y, self.y], t)

    def entropy(self, p, t):
        count = p.shape[0]
        return -np.sum(np.log(p[np.arange(count), t] + 1e-7)) / count

    def backward(self, dout=1):
        count = self.t.shape[0]
        return (self.y - self.t) * dout / count
`,
    holds: ['TwoSided.backward'],
    mistakes: [
      ['(self.y - self.t)', '(self.t - self.y)'],
      ['(self.y - self.t)', '(self.y + self.t)'],
    ],
  }),
  python({
    what: 'sizes that fit by chance alone',
    code: `def loss(x, t):
    return -np.sum(np.log(np.c_[x, 1 + x]) * t) / t.shape[0]

def loss_grad(x, t):
    return -t / x
`,
    holds: [],
    silent: [['-t / x', 't / x']],
  }),
]

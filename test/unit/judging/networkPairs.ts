/** Networks, and layers whose `backward` is given something else than a gradient that arrives, each with mistakes to be found. */
import { type ArrayPairRow, python } from './arrayPairs'

const SOFTMAX = `def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
`

export const NETWORK_PAIRS: readonly ArrayPairRow[] = [
  python({
    what: 'a network that is told what its output should have been, and steps downhill by itself',
    code: `${SOFTMAX}
class Net:
    def __init__(self, n_in, n_hidden, n_out, lr=0.1):
        self.w_first = np.random.randn(n_in, n_hidden) * np.sqrt(2 / n_in)
        self.w_last = np.random.randn(n_hidden, n_out) * np.sqrt(2 / n_hidden)
        self.b_first = np.zeros((1, n_hidden))
        self.b_last = np.zeros((1, n_out))
        self.lr = lr

    def forward(self, X):
        self.z = X @ self.w_first + self.b_first
        self.h = np.maximum(0, self.z)
        self.p = softmax(self.h @ self.w_last + self.b_last)
        return self.p

    def backward(self, X, y):
        count = y.shape[0]
        off = self.p - y
        hidden = off @ self.w_last.T * (self.z > 0)
        self.w_last -= self.lr * self.h.T @ off / count
        self.w_first -= self.lr * X.T @ hidden / count
        self.b_last -= self.lr * off.sum(axis=0, keepdims=True) / count
        self.b_first -= self.lr * hidden.sum(axis=0, keepdims=True) / count
`,
    holds: ['Net.backward'],
    mistakes: [
      ['(self.z > 0)', '(self.z < 0)'],
      ['(self.z > 0)', '1'],
      ['X.T @ hidden / count', 'X.T @ hidden'],
      ['self.lr * off.sum(', 'self.lr * off.mean('],
      ['self.w_first -=', 'self.w_first +='],
    ],
  }),
  python({
    what: 'errors of a sigmoid’s output, their sign turned and added',
    code: `class Net:
    def __init__(self, n_in, n_hidden, n_out):
        self.a = np.random.randn(n_in, n_hidden)
        self.b = np.random.randn(n_hidden, n_out)

    def squash(self, z):
        return 1 / (1 + np.exp(-z))

    def forward(self, X):
        self.h = self.squash(X @ self.a)
        self.out = self.squash(self.h @ self.b)
        return self.out

    def backward(self, X, target, learning_rate):
        late = (target - self.out) * self.out * (1 - self.out)
        early = late @ self.b.T * self.h * (1 - self.h)
        self.b += learning_rate * self.h.T @ late
        self.a += learning_rate * X.T @ early
`,
    holds: ['Net.backward'],
    mistakes: [
      ['self.h * (1 - self.h)', 'self.h * (1 + self.h)'],
      ['self.h * (1 - self.h)', 'self.out.sum() * (1 - self.h)'],
    ],
    silent: [['(target - self.out) * self.out', '(target - 3 * self.out) * self.out']],
  }),
  python({
    what: 'what came out is given again, beside what it should have been',
    code: `${SOFTMAX}
class Net:
    def __init__(self, n_in, n_hidden, n_out):
        self.a = np.random.randn(n_in, n_hidden)
        self.b = np.random.randn(n_hidden, n_out)

    def forward(self, X):
        self.h = np.tanh(X @ self.a)
        return softmax(self.h @ self.b)

    def backward(self, X, y, output):
        off = output - y
        self.db = self.h.T @ off
        self.da = X.T @ (off @ self.b.T * (1 - self.h ** 2))
`,
    holds: ['Net.backward'],
    mistakes: [
      ['(1 - self.h ** 2)', '(1 - self.h)'],
      ['self.b.T * (1', 'self.b.T / (1'],
      ['self.da = X.T', 'self.da = -X.T'],
    ],
  }),
  python({
    what: 'the gradient that arrives is used',
    code: `class Squash:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout):
        return dout * (1.0 - self.out) * self.out
`,
    holds: ['Squash.backward'],
    mistakes: [
      ['return dout * ', 'return '],
      ['return dout * ', 'count = dout.shape[0]\n        return '],
    ],
  }),
  python({
    what: 'whoever calls multiplies with the gradient that arrives',
    code: `class Squash:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout):
        return (1.0 - self.out) * self.out

def train(layers, grad):
    for layer in reversed(layers):
        grad = grad * layer.backward(grad)
`,
    holds: ['Squash.backward'],
    mistakes: [
      ['(1.0 - self.out)', '(1.0 + self.out)'],
      ['grad = grad * layer', 'grad = layer'],
    ],
  }),
  python({
    what: 'a loss is the end: nothing arrives',
    code: `class Square:
    def forward(self, y, t):
        self.y, self.t = y, t
        return 0.5 * np.sum((y - t) ** 2)

    def backward(self, dout):
        return self.y - self.t
`,
    holds: ['Square.backward'],
    mistakes: [['self.y - self.t', 'self.y + self.t']],
  }),
  python({
    what: 'a network of layers in an ordered dictionary, its weights under names that are put together',
    code: `from collections import OrderedDict

class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T

class Tanh:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, dout):
        return dout * (1 - self.y ** 2)

class Half:
    def forward(self, x, t):
        self.off = x - t
        return 0.5 * np.sum(self.off ** 2)

    def backward(self, dout=1):
        return dout * self.off

class Net:
    def __init__(self, n_in, n_hidden, n_out):
        sizes = [n_in, n_hidden, n_out]
        self.params = {}
        self.layers = OrderedDict()
        for i in range(1, len(sizes)):
            self.params['W' + str(i)] = np.random.randn(sizes[i - 1], sizes[i])
            self.params[f'b{i}'] = np.zeros(sizes[i])
            self.layers[f'Affine{i}'] = Affine(self.params[f'W{i}'], self.params['b' + str(i)])
            if i < len(sizes) - 1:
                self.layers[f'Tanh{i}'] = Tanh()
        self.last = Half()

    def loss(self, x, t):
        for layer in self.layers.values():
            x = layer.forward(x)
        return self.last.forward(x, t)

    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.last.backward(1)
        layers = list(self.layers.values())
        layers.reverse()
        for layer in layers:
            dout = layer.backward(dout)
        grads = {f'W{i}': self.layers[f'Affine{i}'].dW for i in (1, 2)}
        grads['b1'] = self.layers['Affine1'].db
        grads['b2'] = self.layers['Affine2'].db
        return grads
`,
    holds: ['Net.gradient'],
    mistakes: [
      ['dout * (1 - self.y ** 2)', 'dout * (1 + self.y ** 2)'],
      ["grads['b1'] = self.layers['Affine1'].db", "grads['b1'] = 2 * self.layers['Affine1'].db"],
      ['self.db = dout.sum(axis=0)', 'self.db = dout.mean(axis=0)'],
    ],
  }),
  python({
    what: 'the pass forward is that of a class above',
    code: `class Bend:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

class Learnt(Bend):
    def backward(self, dout):
        return dout * (1 - self.y ** 2)
`,
    holds: ['Learnt.backward'],
    mistakes: [
      ['(1 - self.y ** 2)', '(1 - self.y)'],
      ['np.tanh(x)', 'np.tan(x)'],
    ],
    silent: [['        self.y = np.tanh(x)\n        return self.y', '        raise NotImplementedError']],
  }),
  {
    language: 'typescript',
    what: 'the pass forward is that of a class above',
    code: `class Gain {
  k = 2
  forward(x: number[]): number[] {
    return x.map((v) => v * this.k)
  }
}
class Learnt extends Gain {
  backward(g: number[]): number[] {
    return g.map((v) => v * this.k)
  }
}
`,
    holds: ['Learnt.backward'],
    mistakes: [['g.map((v) => v * this.k)', 'g.map((v) => v + this.k)']],
  },
  python({
    what: 'arrays in layers, and their parts',
    code: `class Pile:
    def forward(self, a, b):
        return np.dstack((a, b))

    def backward(self, dout):
        return dout[..., 0], dout[..., 1]
`,
    holds: ['Pile.backward'],
    mistakes: [['dout[..., 0], dout[..., 1]', 'dout[..., 1], dout[..., 0]']],
  }),
  python({
    what: 'products along axes that are named',
    code: `class Product:
    def __init__(self, W):
        self.W = W

    def forward(self, x):
        self.x = x
        return np.tensordot(x, self.W, axes=([1], [0]))

    def backward(self, dout):
        self.dW = np.tensordot(self.x, dout, axes=([0], [0]))
        return np.tensordot(dout, self.W, axes=([1], [1]))
`,
    holds: ['Product.backward'],
    mistakes: [['self.dW = np.tensordot(self.x', 'self.dW = np.tensordot(2 * self.x']],
  }),
  python({
    what: 'a layer that remembers what it needs in training alone',
    code: `class Rectify:
    def forward(self, x, training=False):
        if training:
            self.x = x
        return np.maximum(0, x)

    def backward(self, dout):
        return dout * (self.x > 0)
`,
    holds: ['Rectify.backward'],
    mistakes: [['(self.x > 0)', '(self.x < 0)']],
  }),
]

/** What NumPy does to arrays beside arithmetic, in functions and layers and their gradients, each with mistakes to be found in it. */
import { type ArrayPairRow, python } from './arrayPairs'

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
  python({
    what: 'windows on images as rows, and back',
    code: `def rows_of(images, h, w, stride=1, pad=0):
    N, C, H, W = images.shape
    out_h = (H + 2 * pad - h) // stride + 1
    out_w = (W + 2 * pad - w) // stride + 1
    img = np.pad(images, [(0, 0), (0, 0), (pad, pad), (pad, pad)], 'constant')
    rows = np.zeros((N, C, h, w, out_h, out_w))
    for y in range(h):
        for x in range(w):
            rows[:, :, y, x, :, :] = img[:, :, y:y + stride * out_h:stride, x:x + stride * out_w:stride]
    return rows.transpose(0, 4, 5, 1, 2, 3).reshape(N * out_h * out_w, -1)

def images_of(rows, shape, h, w, stride=1, pad=0):
    N, C, H, W = shape
    out_h = (H + 2 * pad - h) // stride + 1
    out_w = (W + 2 * pad - w) // stride + 1
    rows = rows.reshape(N, out_h, out_w, C, h, w).transpose(0, 3, 4, 5, 1, 2)
    img = np.zeros((N, C, H + 2 * pad + stride - 1, W + 2 * pad + stride - 1))
    for y in range(h):
        for x in range(w):
            img[:, :, y:y + stride * out_h:stride, x:x + stride * out_w:stride] += rows[:, :, y, x, :, :]
    return img[:, :, pad:H + pad, pad:W + pad]

class Filter:
    def __init__(self, W, b, stride=1, pad=1):
        self.W, self.b, self.stride, self.pad = W, b, stride, pad

    def forward(self, x):
        F, C, h, w = self.W.shape
        N, C, H, W = x.shape
        out_h = 1 + int((H + 2 * self.pad - h) / self.stride)
        out_w = 1 + int((W + 2 * self.pad - w) / self.stride)
        self.shape = x.shape
        self.rows = rows_of(x, h, w, self.stride, self.pad)
        self.columns = self.W.reshape(F, -1).T
        out = np.dot(self.rows, self.columns) + self.b
        return out.reshape(N, out_h, out_w, -1).transpose(0, 3, 1, 2)

    def backward(self, dout):
        F, C, h, w = self.W.shape
        dout = dout.transpose(0, 2, 3, 1).reshape(-1, F)
        self.db = np.sum(dout, axis=0)
        self.dW = np.dot(self.rows.T, dout).transpose(1, 0).reshape(F, C, h, w)
        return images_of(np.dot(dout, self.columns.T), self.shape, h, w, self.stride, self.pad)

class Largest:
    def __init__(self, pool_h, pool_w, stride=2, pad=0):
        self.pool_h, self.pool_w, self.stride, self.pad = pool_h, pool_w, stride, pad

    def forward(self, x):
        N, C, H, W = x.shape
        out_h = int(1 + (H - self.pool_h) / self.stride)
        out_w = int(1 + (W - self.pool_w) / self.stride)
        rows = rows_of(x, self.pool_h, self.pool_w, self.stride, self.pad).reshape(-1, self.pool_h * self.pool_w)
        self.x = x
        self.largest = np.argmax(rows, axis=1)
        return np.max(rows, axis=1).reshape(N, out_h, out_w, C).transpose(0, 3, 1, 2)

    def backward(self, dout):
        dout = dout.transpose(0, 2, 3, 1)
        size = self.pool_h * self.pool_w
        back = np.zeros((dout.size, size))
        back[np.arange(self.largest.size), self.largest.flatten()] = dout.flatten()
        back = back.reshape(dout.shape + (size,))
        rows = back.reshape(back.shape[0] * back.shape[1] * back.shape[2], -1)
        return images_of(rows, self.x.shape, self.pool_h, self.pool_w, self.stride, self.pad)
`,
    holds: ['Filter.backward', 'Largest.backward'],
    mistakes: [
      ['self.db = np.sum(dout, axis=0)', 'self.db = np.mean(dout, axis=0)'],
      ['dout.transpose(0, 2, 3, 1).reshape(-1, F)', 'dout.reshape(-1, F)'],
      ['np.dot(self.rows.T, dout)', '2 * np.dot(self.rows.T, dout)'],
      ['+= rows[:, :, y, x, :, :]', '= rows[:, :, y, x, :, :]'],
    ],
  }),
  python({
    what: 'the largest of each window takes all',
    code: `class Largest:
    def forward(self, x):
        N, C, H, W = x.shape
        self.x = x
        self.parts = x.reshape(N, C, H // 2, 2, W)
        return np.max(self.parts, axis=3)

    def backward(self, dout):
        N, C, H, W = self.x.shape
        out = np.max(self.parts, axis=3, keepdims=True)
        mask = self.parts == out
        return (mask * dout.reshape(N, C, H // 2, 1, W)).reshape(N, C, H, W)
`,
    holds: ['Largest.backward'],
    mistakes: [['self.parts == out', 'self.parts != out']],
  }),
  python({
    what: 'rows of any number of axes, of a size that the layer is given',
    code: `class Standardized:
    def __init__(self, d, eps=1e-6):
        self.eps = eps
        self.gamma = np.ones(d)
        self.beta = np.zeros(d)
        self.params = [self.gamma, self.beta]
        self.grads = [np.zeros_like(self.gamma), np.zeros_like(self.beta)]

    def forward(self, x):
        mean = x.mean(axis=-1, keepdims=True)
        self.deviation = np.sqrt(x.var(axis=-1, keepdims=True) + self.eps)
        self.xhat = (x - mean) / self.deviation
        return self.gamma * self.xhat + self.beta

    def backward(self, dout):
        axes = tuple(range(dout.ndim - 1))
        self.grads[0][...] = (dout * self.xhat).sum(axis=axes)
        self.grads[1][...] = dout.sum(axis=axes)
        d = dout * self.gamma
        rest = self.xhat * (d * self.xhat).mean(axis=-1, keepdims=True)
        return (d - d.mean(axis=-1, keepdims=True) - rest) / self.deviation
`,
    holds: ['Standardized.backward'],
    mistakes: [
      ['self.grads[1][...] = dout.sum(axis=axes)', 'self.grads[1][...] = 3 * dout.sum(axis=axes)'],
      ['d - d.mean(axis=-1, keepdims=True) - rest', 'd - d.mean(axis=-1, keepdims=True) + rest'],
      ['d = dout * self.gamma', 'd = dout'],
    ],
  }),
  python({
    what: 'stacks of matrices, multiplied one by one',
    code: `def weigh(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

class Look:
    def __init__(self, d_model):
        self.Wq = np.random.randn(d_model, d_model)
        self.Wv = np.random.randn(d_model, d_model)

    def forward(self, x):
        N, T, D = x.shape
        self.x, self.q, self.v = x, x @ self.Wq, np.matmul(x, self.Wv)
        self.a = weigh(self.q @ x.transpose(0, 2, 1) / np.sqrt(D))
        return self.a @ self.v

    def backward(self, dout):
        N, T, D = self.x.shape
        dv = self.a.transpose(0, 2, 1) @ dout
        da = dout @ self.v.transpose(0, 2, 1)
        ds = self.a * (da - (da * self.a).sum(axis=-1, keepdims=True)) / np.sqrt(D)
        dq = ds @ self.x
        flat = self.x.reshape(N * T, D)
        self.dWq = flat.T @ dq.reshape(N * T, D)
        self.dWv = flat.T @ dv.reshape(N * T, D)
        return dq @ self.Wq.T + dv @ self.Wv.T + ds.transpose(0, 2, 1) @ self.q
`,
    holds: ['Look.backward'],
    mistakes: [
      ['ds.transpose(0, 2, 1) @ self.q', 'ds @ self.q'],
      ['dv = self.a.transpose(0, 2, 1) @ dout', 'dv = self.a @ dout'],
      ['(da - (da * self.a).sum(axis=-1, keepdims=True))', 'da * (1 - self.a)'],
      ['+ dv @ self.Wv.T', '- dv @ self.Wv.T'],
    ],
  }),
]

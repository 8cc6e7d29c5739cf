/** Functions of several numbers with a gradient that is one array, and regressions with loops over samples: as courses write them. */
import { type ArrayPairRow, python } from './arrayPairs'

export const SURFACE_PAIRS: readonly ArrayPairRow[] = [
  python({
    what: 'a gradient by two numbers as one array',
    code: `def hill(x, y):
    return np.sin(x) * np.exp(-y) + x * y ** 2

def grad_hill(x, y):
    by_x = np.cos(x) * np.exp(-y) + y ** 2
    by_y = -np.sin(x) * np.exp(-y) + 2 * x * y
    return np.array([by_x, by_y])
`,
    holds: ['grad_hill'],
    mistakes: [
      ['-np.sin(x)', 'np.sin(x)'],
      ['2 * x * y', '2 * y'],
      ['[by_x, by_y]', '[by_y, by_x]'],
    ],
  }),
  python({
    what: 'the same of an object with settings, the array under a name',
    code: `class Valley:
    def __init__(self, a: float = 2.0, b: float = 30.0) -> None:
        self._a = a
        self._b = b

    def __call__(self, x: float | np.ndarray, y: float | np.ndarray) -> float | np.ndarray:
        return (self._a - x) ** 2 + self._b * (y - x ** 2) ** 2

    def gradient(self, x: float, y: float) -> np.ndarray:
        across = -2.0 * (self._a - x) - 4.0 * self._b * x * (y - x ** 2)
        slope = np.array([across, 2.0 * self._b * (y - x ** 2)])
        return slope
`,
    holds: ['gradient'],
    mistakes: [
      ['4.0 * self._b', '2.0 * self._b'],
      ['across, 2.0', 'across, 3.0'],
    ],
  }),
  python({
    what: 'logistic regression sample by sample; the names of what is returned say which is which',
    code: `def squash(z):
    return 1 / (1 + np.exp(-z))

def compute_cost(X, y, w, b):
    m = X.shape[0]
    cost = 0.0
    for i in range(m):
        f = squash(np.dot(X[i], w) + b)
        cost += -y[i] * np.log(f) - (1 - y[i]) * np.log(1 - f)
    return cost / m

def compute_gradient(X, y, w, b):
    m, n = X.shape
    dj_dw = np.zeros((n,))
    dj_db = 0.
    for i in range(m):
        off = squash(np.dot(X[i], w) + b) - y[i]
        for j in range(n):
            dj_dw[j] = dj_dw[j] + off * X[i, j]
        dj_db = dj_db + off
    dj_dw = dj_dw / m
    dj_db = dj_db / m
    return dj_db, dj_dw
`,
    holds: ['compute_gradient'],
    mistakes: [
      ['dj_db = dj_db / m', 'dj_db = dj_db'],
      ['off * X[i, j]', 'off * X[i, j] ** 2'],
      ['+ b) - y[i]', '+ b) + y[i]'],
    ],
  }),
  python({
    what: 'a loss that keeps what it was given, with a sum that passes over what is no number',
    code: `class CrossEntropy:
    def __call__(self, y, y_pred):
        self.y = y
        self.y_pred = y_pred
        return np.nansum(-y * np.log(y_pred) - (1 - y) * np.log(1 - y_pred)) / y.shape[0]

    def gradient(self):
        dL_dy = (-(self.y / self.y_pred) + (1 - self.y) / (1 - self.y_pred)) / self.y.shape[0]
        return dL_dy
`,
    holds: ['gradient'],
    mistakes: [['-(self.y /', '(self.y /']],
  }),
  python({
    what: 'functions that are chosen in branches, each beside its derivative',
    code: `class Net:
    def __init__(self, kind):
        if kind == 'relu':
            self.act = lambda x: np.maximum(0, x)
            self.act_derivative = lambda x: (x > 0).astype(float)
        elif kind == 'tanh':
            self.act = lambda x: np.tanh(x)
            self.act_derivative = lambda x: 1 - np.tanh(x) ** 2
        else:
            self.act = lambda x: 1 / (1 + np.exp(-x))
            self.act_derivative = lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2
`,
    holds: ['act_derivative'],
  }),
  python({
    what: 'a slope that takes the output, and is called with it',
    code: `def squash(z):
    z = np.clip(z, -500, 500)
    return 1 / (1 + np.exp(-z))

def squash_derivative(s):
    return s * (1 - s)

def train(X, y, W):
    out = squash(np.dot(X, W))
    delta = (y - out) * squash_derivative(out)
    return X.T.dot(delta)
`,
    holds: ['squash_derivative'],
    mistakes: [
      ['s * (1 - s)', 's * (1 + s)'],
      ['squash_derivative(out)', 'squash_derivative(np.dot(X, W))'],
    ],
  }),
  python({
    what: 'the same where nothing calls it',
    code: `def bend(x):
    return np.tanh(x)

def bend_derivative(y):
    return 1 - y ** 2
`,
    holds: ['bend_derivative'],
    mistakes: [['y ** 2', 'y ** 3']],
  }),
  python({
    what: 'an error of a layer: a gradient through an activation that the loss is not given',
    code: `def squash_prime(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2

class SquareCost:
    @staticmethod
    def fn(a, y):
        return 0.5 * np.linalg.norm(a - y) ** 2

    @staticmethod
    def delta(z, a, y):
        return (a - y) * squash_prime(z)
`,
    holds: [],
  }),
  python({
    what: 'a mean over all entries, the target first',
    code: `def mse(y_true, y_pred):
    return np.mean(np.power(y_true - y_pred, 2))

def mse_prime(y_true, y_pred):
    return 2 * (y_pred - y_true) / np.size(y_true)
`,
    holds: ['mse_prime'],
    mistakes: [
      ['y_pred - y_true', 'y_pred + y_true'],
      ['(y_pred - y_true)', '(y_pred - y_true) ** 2'],
    ],
  }),
  python({
    what: 'a layer of an ancestor that stands elsewhere, which steps at a rate of its own',
    code: `from .base import Layer

class Dense(Layer):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.W = np.random.randn(n_in, n_out) * 0.1
        self.b = np.zeros((1, n_out))

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, grad, learning_rate=0.01):
        dW = np.dot(self.x.T, grad)
        db = np.sum(grad, axis=0, keepdims=True)
        dx = np.dot(grad, self.W.T)
        self.W -= learning_rate * dW
        self.b -= learning_rate * db
        return dx
`,
    holds: ['Dense.backward'],
    mistakes: [
      ['np.dot(grad, self.W.T)', 'np.dot(grad, self.W)'],
      ['self.W -= learning_rate * dW', 'self.W -= learning_rate * 2 * dW'],
      ['np.sum(grad, axis=0, keepdims=True)', 'np.mean(grad, axis=0, keepdims=True)'],
    ],
  }),
]

/** Functions and layers in Python as they stand in people's own repositories, each with mistakes to be found in it. */
import { type ArrayPairRow, python } from './arrayPairs'

const BLACK_SCHOLES = `from scipy.stats import norm

def d1(S, K, T, r, sigma):
    return (np.log(S / K) + (r + 0.5 * sigma ** 2) * T) / (sigma * np.sqrt(T))

def call_price(S, K, T, r, sigma):
    d2 = d1(S, K, T, r, sigma) - sigma * np.sqrt(T)
    return S * norm.cdf(d1(S, K, T, r, sigma)) - K * np.exp(-r * T) * norm.cdf(d2)

def call_vega(S, K, T, r, sigma):
    return S * norm.pdf(d1(S, K, T, r, sigma)) * np.sqrt(T)

def call_theta(S, K, T, r, sigma):
    d2 = d1(S, K, T, r, sigma) - sigma * np.sqrt(T)
    return -S * norm.pdf(d1(S, K, T, r, sigma)) * sigma / (2 * np.sqrt(T)) - r * K * np.exp(-r * T) * norm.cdf(d2)
`

export const PYTHON_PAIRS: readonly ArrayPairRow[] = [
  python({
    what: 'an option and what it is sensitive to; theta counts time down',
    code: BLACK_SCHOLES,
    holds: ['call_vega', 'call_theta'],
    mistakes: [
      ['d1(S, K, T, r, sigma)) * np.sqrt(T)', 'd1(S, K, T, r, sigma)) * T'],
      ['S * norm.pdf(d1(S, K, T, r, sigma)) * np', '2 * norm.pdf(d1(S, K, T, r, sigma)) * np'],
    ],
  }),
  python({
    what: 'an object computes its fields when it is made',
    code: `class Wave:
    def __init__(self, k, m):
        self.k = k
        self.m = m
        self.omega = np.sqrt(k / m)

    def position(self, t):
        return np.sin(self.omega * t)

    def velocity(self, t):
        return np.sqrt(self.k / self.m) * np.cos(self.omega * t)
`,
    holds: ['velocity'],
    mistakes: [['np.sqrt(self.k / self.m) * np.cos', '-np.sqrt(self.k / self.m) * np.cos']],
  }),
  python({
    what: 'what is no longer than the indices say',
    code: `def h(x):
    return np.array([np.sqrt(x[0]**2 + x[1]**2), np.arctan2(x[1], x[0])])

def jacobian_h(x):
    r2 = x[0]**2 + x[1]**2
    return np.array([[x[0] / np.sqrt(r2), x[1] / np.sqrt(r2)], [-x[1] / r2, x[0] / r2]])
`,
    holds: ['jacobian_h'],
    mistakes: [
      ['[-x[1] / r2', '[x[1] / r2'],
      ['x[0] / r2]', 'x[0] / np.sqrt(r2)]'],
    ],
  }),
  python({
    what: 'a force on a point',
    code: `def potential_energy(pos, k=2.0):
    r = np.sqrt(pos[0]**2 + pos[1]**2)
    return 0.5 * k * (r - 1.0)**2

def force(pos, k=2.0):
    r = np.sqrt(pos[0]**2 + pos[1]**2)
    return -k * (r - 1.0) * pos / r
`,
    holds: ['force'],
    mistakes: [['-k * (r - 1.0) * pos / r', '-k * (r - 1.0) * pos']],
  }),
  python({
    what: 'the interior of a vector',
    code: `def rosen(x):
    return np.sum(100.0 * (x[1:] - x[:-1]**2)**2 + (1 - x[:-1])**2)

def rosen_der(x):
    der = np.zeros_like(x)
    der[1:-1] = 200*(x[1:-1]-x[:-2]**2) - 400*(x[2:] - x[1:-1]**2)*x[1:-1] - 2*(1-x[1:-1])
    der[0] = -400*x[0]*(x[1]-x[0]**2) - 2*(1-x[0])
    der[-1] = 200*(x[-1]-x[-2]**2)
    return der
`,
    holds: ['rosen_der'],
    mistakes: [
      ['- 2*(1-x[1:-1])', '+ 2*(1-x[1:-1])'],
      ['der[-1] = 200', 'der[-1] = -200'],
    ],
  }),
  python({
    what: 'sizes as functions',
    code: `def mse(y_true, y_pred):
    return np.mean(np.power(y_true - y_pred, 2))

def mse_prime(y_true, y_pred):
    return 2 * (y_pred - y_true) / np.size(y_true)
`,
    holds: ['mse_prime'],
    mistakes: [['(y_pred - y_true)', '(y_true - y_pred)']],
  }),
  python({
    what: 'a Jacobian for each sample',
    code: `class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)

    def backward(self, dvalues):
        self.dinputs = np.empty_like(dvalues)
        for index, (single_output, single_dvalues) in enumerate(zip(self.output, dvalues)):
            single_output = single_output.reshape(-1, 1)
            jacobian_matrix = np.diagflat(single_output) - np.dot(single_output, single_output.T)
            self.dinputs[index] = np.dot(jacobian_matrix, single_dvalues)
`,
    holds: ['Activation_Softmax.backward'],
    mistakes: [['np.diagflat(single_output) - np.dot', 'np.diagflat(single_output) + np.dot']],
  }),
  python({
    what: 'einsum',
    code: `class Linear:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return np.einsum('nd,dk->nk', x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.einsum('nd,nk->dk', self.x, dout)
        self.db = dout.sum(0)
        return np.einsum('nk,dk->nd', dout, self.W)
`,
    holds: ['Linear.backward'],
    mistakes: [
      ["np.einsum('nd,nk->dk', self.x, dout)", "2 * np.einsum('nd,nk->dk', self.x, dout)"],
      ['dout.sum(0)', 'dout.mean(0)'],
    ],
  }),
  python({
    what: 'results that are written into an array',
    code: `class Scale:
    def __init__(self, gamma):
        self.gamma = gamma

    def forward(self, x):
        self.x = x
        out = np.empty_like(x)
        np.multiply(x, self.gamma, out=out)
        return out

    def backward(self, grad_output):
        self.grad_gamma = np.sum(grad_output * self.x, axis=0)
        return np.multiply(grad_output, self.gamma)
`,
    holds: ['Scale.backward'],
    mistakes: [['np.sum(grad_output * self.x, axis=0)', 'np.sum(grad_output, axis=0)']],
  }),
  python({
    what: 'arguments by name alone',
    code: `class Dense:
    def __init__(self, *, in_features, out_features, bias=True):
        self.W = np.random.normal(0, 1, size=(in_features, out_features))
        self.b = np.zeros(out_features) if bias else None

    def forward(self, x):
        self.x = x
        y = x @ self.W
        if self.b is not None:
            y = y + self.b
        return y

    def backward(self, grad_out):
        self.grad_W = self.x.T @ grad_out
        if self.b is not None:
            self.grad_b = grad_out.sum(axis=0)
        return grad_out @ self.W.T
`,
    holds: ['Dense.backward'],
    mistakes: [['self.x.T @ grad_out', '-self.x.T @ grad_out']],
  }),
  python({
    what: 'names that only look like a derivative',
    code: `def weight(x):
    return 3 * x + 2

def dweight(x):
    return 0.85 * (3 * x + 2)

def rate(t):
    return 0.03 + 0.01 * t

def drate(t):
    return rate(t) / 365

def distance(a, b):
    return np.sqrt(np.sum((a - b) ** 2))

def ddistance(a, b):
    return np.abs(a - b)
`,
    holds: [],
  }),
  python({
    what: 'what a function keeps for its gradient',
    code: `def affine_forward(x, w, b):
    return x.dot(w) + b, (x, w, b)

def affine_backward(dout, cache):
    x, w, b = cache
    return dout.dot(w.T), x.T.dot(dout), np.sum(dout, axis=0)
`,
    holds: ['affine_backward'],
    mistakes: [
      ['x.T.dot(dout)', 'dout.T.dot(x)'],
      ['np.sum(dout, axis=0)', 'np.sum(dout, axis=1)'],
    ],
  }),
  python({
    what: 'a column for each sample, and a mean over them',
    code: `def linear_forward(A, W, b):
    Z = np.dot(W, A) + b
    return Z, (A, W, b)

def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db
`,
    holds: ['linear_backward'],
    mistakes: [
      ['dW = np.dot(dZ, A_prev.T) / m', 'dW = np.dot(dZ, A_prev.T)'],
      ['db = np.sum(dZ, axis=1, keepdims=True) / m', 'db = np.sum(dZ, axis=1, keepdims=True)'],
    ],
  }),
  python({
    what: 'a recurrent cell with its gates side by side, and two gradients that arrive',
    code: `def sigmoid(x):
    return 1 / (1 + np.exp(-x))

class Cell:
    def __init__(self, Wx, Wh, b):
        self.params = [Wx, Wh, b]
        self.grads = [np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)]

    def forward(self, x, h_prev, c_prev):
        Wx, Wh, b = self.params
        N, H = h_prev.shape
        A = np.dot(x, Wx) + np.dot(h_prev, Wh) + b
        f = sigmoid(A[:, :H])
        g = np.tanh(A[:, H:2*H])
        o = sigmoid(A[:, 2*H:])
        c_next = f * c_prev + g
        h_next = o * np.tanh(c_next)
        self.cache = (x, h_prev, c_prev, f, g, o, c_next)
        return h_next, c_next

    def backward(self, dh_next, dc_next):
        Wx, Wh, b = self.params
        x, h_prev, c_prev, f, g, o, c_next = self.cache
        ds = dc_next + dh_next * o * (1 - np.tanh(c_next) ** 2)
        df = ds * c_prev
        dg = ds.copy()
        do = dh_next * np.tanh(c_next)
        df *= f * (1 - f)
        do *= o * (1 - o)
        dg *= 1 - g ** 2
        dA = np.hstack((df, dg, do))
        self.grads[0][...] = np.dot(x.T, dA)
        self.grads[1][...] = np.dot(h_prev.T, dA)
        self.grads[2][...] = dA.sum(axis=0)
        return np.dot(dA, Wx.T), np.dot(dA, Wh.T), ds * f
`,
    holds: ['Cell.backward'],
    mistakes: [
      ['ds * f\n', 'ds * g\n'],
      ['do *= o * (1 - o)', 'do *= 1 - o'],
    ],
  }),
  python({
    what: 'a batch of sequences',
    code: `class TimeAffine:
    def __init__(self, W, b):
        self.params = [W, b]
        self.grads = [np.zeros_like(W), np.zeros_like(b)]

    def forward(self, x):
        N, T, D = x.shape
        W, b = self.params
        self.x = x
        return (np.dot(x.reshape(N * T, -1), W) + b).reshape(N, T, -1)

    def backward(self, dout):
        x = self.x
        N, T, D = x.shape
        W, b = self.params
        dout = dout.reshape(N * T, -1)
        self.grads[0][...] = np.dot(x.reshape(N * T, -1).T, dout)
        self.grads[1][...] = np.sum(dout, axis=0)
        return np.dot(dout, W.T).reshape(*x.shape)
`,
    holds: ['TimeAffine.backward'],
    mistakes: [['np.sum(dout, axis=0)', 'np.mean(dout, axis=0)']],
  }),
  python({
    what: 'all that is learnt is divided by the number of samples',
    code: `class Linear:
    def __init__(self, n_in, n_out):
        self.W = np.random.uniform(-1, 1, size=(n_in, n_out))
        self.b = np.random.uniform(-1, 1, size=n_out)

    def forward(self, input):
        return np.dot(input, self.W) + self.b

    def backward(self, input, grad_output):
        self.grad_b = np.mean(grad_output, axis=0)
        self.grad_W = np.dot(input.T, grad_output) / input.shape[0]
        return np.dot(grad_output, self.W.T)
`,
    holds: ['Linear.backward'],
    mistakes: [
      ['np.dot(input.T, grad_output) / input.shape[0]', 'np.dot(input.T, grad_output)'],
      ['np.dot(grad_output, self.W.T)', 'np.dot(grad_output, self.W.T) / input.shape[0]'],
    ],
  }),
  python({
    what: 'losses by what was predicted, the target first; a column for each sample; values that are clipped',
    code: `class SquareLoss:
    def loss(self, y, y_pred):
        return 0.5 * np.power((y - y_pred), 2)

    def gradient(self, y, y_pred):
        return -(y - y_pred)

class Turned:
    def loss(self, predictions, y):
        return np.mean((y - predictions)**2)

    def loss_gradient(self, predictions, y):
        return (-2*(y - predictions)/y.shape[1]).T

class Clipped:
    def loss(self, y, p):
        p = np.clip(p, 1e-15, 1 - 1e-15)
        return - y * np.log(p) - (1 - y) * np.log(1 - p)

    def gradient(self, y, p):
        p = np.clip(p, 1e-15, 1 - 1e-15)
        return - (y / p) + (1 - y) / (1 - p)
`,
    holds: ['SquareLoss.gradient'],
    mistakes: [['-(y - y_pred)', 'y - y_pred']],
  }),
]

/** How layers and losses are called, what they are given and what is added to their gradients, each with mistakes to be found. */
import { type ArrayPairRow, python } from './arrayPairs'

export const LAYER_PAIRS: readonly ArrayPairRow[] = [
  python({
    what: 'numbers that end in a point',
    code: `class Squash:
    def __init__(self, n_in):
        self.W = np.random.randn(n_in, n_in) * np.sqrt(2. / n_in)

    def forward(self, x):
        self.x = x
        self.y = 1. / (1. + np.exp(-x @ self.W))
        return self.y

    def backward(self, dout):
        d = dout * self.y * (1. - self.y)
        self.dW = self.x.T @ d
        return d @ self.W.T
`,
    holds: ['Squash.backward'],
    mistakes: [
      ['(1. - self.y)', '(2. - self.y)'],
      ['(1. - self.y)', '(1.+0e0 + self.y)'],
    ],
  }),
  python({
    what: 'a penalty on large weights, added to their gradient',
    code: `class Dense:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out)
        self.b = np.zeros((1, n_out))
        self.decay = 1e-2

    def forward(self, x):
        self.x = x
        self.output = np.dot(x, self.W) + self.b

    def backward(self, dvalues):
        self.dW = np.dot(self.x.T, dvalues) + 2 * self.decay * self.W
        self.db = np.sum(dvalues, axis=0, keepdims=True) + 2 * self.decay * self.b
        self.dx = np.dot(dvalues, self.W.T)
`,
    holds: ['Dense.backward'],
    mistakes: [
      ['dvalues) + 2 * self.decay * self.W', 'dvalues) - 2 * self.decay * self.W'],
      ['dvalues) + 2 * self.decay * self.W', 'dvalues) + 2 * self.decay + self.W'],
      ['np.dot(dvalues, self.W.T)', 'np.dot(dvalues, self.W.T) + self.decay * self.x'],
    ],
  }),
  python({
    what: 'the mean over the samples, with a penalty',
    code: `class Dense:
    def __init__(self, n_in, n_out, penalty):
        self.W = np.random.randn(n_in, n_out)
        self.penalty = penalty

    def forward(self, x):
        self.x = x
        return x @ self.W

    def backward(self, dout):
        count = dout.shape[0]
        self.dW = self.x.T @ dout / count + self.penalty * self.W / count
        return dout @ self.W.T
`,
    holds: ['Dense.backward'],
    mistakes: [['self.x.T @ dout / count', '3 * self.x.T @ dout / count']],
  }),
  python({
    what: 'penalties on squares and on sizes, as options say',
    code: `class Dense:
    def __init__(self, n_in, n_out, l1, l2):
        self.weights = 0.01 * np.random.randn(n_in, n_out)
        self.l1 = l1
        self.l2 = l2

    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.dot(inputs, self.weights)

    def backward(self, dvalues):
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dinputs = np.dot(dvalues, self.weights.T)
        if self.l1 > 0:
            self.dweights += self.l1 * np.sign(self.weights)
        if self.l2 > 0:
            self.dweights += 2 * self.l2 * self.weights
`,
    holds: ['Dense.backward'],
    mistakes: [
      ['self.dweights += 2 * self.l2 * self.weights', 'self.dweights -= 2 * self.l2 * self.weights'],
      ['np.dot(dvalues, self.weights.T)', '2 * np.dot(dvalues, self.weights.T)'],
      ['self.dweights = np.dot(self.inputs.T, dvalues)', 'self.dweights = 3 * np.dot(self.inputs.T, dvalues)'],
    ],
  }),
  python({
    what: 'the sum over the samples',
    code: `class Dense:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = np.sum(dout, axis=0)
        return dout @ self.W.T

class Other:
    def mean(self, batch):
        return np.mean(batch, axis=0)
`,
    holds: ['Dense.backward'],
    mistakes: [
      ['self.db = np.sum(dout, axis=0)', 'self.db = dout'],
      ['self.db = np.sum(dout, axis=0)', 'self.db = 1 * dout'],
    ],
  }),
  python({
    what: 'one sample at a time: nothing is summed',
    code: `class Dense:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = np.sum(dout)
        return dout @ self.W.T
`,
    holds: [],
    silent: [['self.db = np.sum(dout)', 'self.db = dout']],
  }),
  python({
    what: 'an object that is called',
    code: `class Squash:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def __call__(self, *args, **kwargs):
        return self.forward(*args, **kwargs)

    def backward(self, dout):
        return dout * (1 - self.y ** 2)

class Block:
    def __init__(self, W):
        self.W = W
        self.squash = Squash()

    def forward(self, x):
        self.x = x
        return self.squash(x @ self.W)

    def backward(self, dout):
        d = self.squash.backward(dout)
        self.dW = self.x.T @ d
        return d @ self.W.T
`,
    holds: ['Block.backward'],
    mistakes: [
      ['d @ self.W.T', 'd @ self.W.T * 2'],
      ['self.dW = self.x.T @ d\n', 'self.dW = self.x.T @ dout\n'],
    ],
  }),
  python({
    what: 'a loss that is given again what was predicted',
    code: `class Loss:
    def calculate(self, output, y):
        return np.mean(self.forward(output, y))

class Entropy(Loss):
    def forward(self, y_pred, y_true):
        samples = len(y_pred)
        clipped = np.clip(y_pred, 1e-7, 1 - 1e-7)
        if len(y_true.shape) == 1:
            likely = clipped[range(samples), y_true]
        elif len(y_true.shape) == 2:
            likely = np.sum(clipped * y_true, axis=1)
        return -np.log(likely)

    def backward(self, dvalues, y_true):
        samples = len(dvalues)
        labels = len(dvalues[0])
        if len(y_true.shape) == 1:
            y_true = np.eye(labels)[y_true]
        self.dinputs = -y_true / dvalues
        self.dinputs = self.dinputs / samples
`,
    holds: ['Entropy.backward'],
    mistakes: [
      ['-y_true / dvalues', 'y_true / dvalues'],
      ['-y_true / dvalues', '-y_true / dvalues ** 2'],
      ['-y_true / dvalues', '-y_true * dvalues'],
    ],
  }),
  python({
    what: 'softmax and cross entropy together, given what the softmax gave',
    code: `class Softmax:
    def forward(self, inputs):
        e = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = e / np.sum(e, axis=1, keepdims=True)

class Loss:
    def calculate(self, output, y):
        return np.mean(self.forward(output, y))

class Entropy(Loss):
    def forward(self, y_pred, y_true):
        return -np.log(np.sum(y_pred * y_true, axis=1))

class Both:
    def __init__(self):
        self.activation = Softmax()
        self.loss = Entropy()

    def forward(self, inputs, y_true):
        self.activation.forward(inputs)
        self.output = self.activation.output
        return self.loss.calculate(self.output, y_true)

    def backward(self, dvalues, y_true):
        samples = len(dvalues)
        if len(y_true.shape) == 2:
            y_true = np.argmax(y_true, axis=1)
        self.dinputs = dvalues.copy()
        self.dinputs[range(samples), y_true] -= 1
        self.dinputs = self.dinputs / samples
`,
    holds: ['Both.backward'],
    mistakes: [
      ['y_true] -= 1', 'y_true] += 1'],
      ['y_true] -= 1', 'y_true] -= 2'],
    ],
  }),
  python({
    what: 'settings in a dictionary',
    code: `def norm_forward(x, gamma, beta, bn_param):
    mode = bn_param['mode']
    eps = bn_param.get('eps', 1e-5)
    momentum = bn_param.get('momentum', 0.9)
    N, D = x.shape
    running_mean = bn_param.get('running_mean', np.zeros(D, dtype=x.dtype))
    out, cache = None, None
    if mode == 'train':
        mean = x.mean(axis=0)
        std = np.sqrt(np.mean((x - mean) ** 2, axis=0) + eps)
        xhat = (x - mean) / std
        out = gamma * xhat + beta
        running_mean = momentum * running_mean + (1 - momentum) * mean
        cache = (xhat, gamma, std)
    elif mode == 'test':
        out = gamma * (x - running_mean) + beta
    else:
        raise ValueError('Invalid mode "%s"' % mode)
    bn_param['running_mean'] = running_mean
    return out, cache

def norm_backward(dout, cache):
    xhat, gamma, std = cache
    N = dout.shape[0]
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * xhat, axis=0)
    d = dout * gamma
    dx = (d - np.mean(d, axis=0) - xhat * np.mean(d * xhat, axis=0)) / std
    return dx, dgamma, dbeta
`,
    holds: ['norm_backward'],
    mistakes: [
      ['dgamma = np.sum(dout * xhat, axis=0)', 'dgamma = np.sum(dout + xhat, axis=0)'],
      ['- np.mean(d, axis=0)', '+ np.mean(d, axis=0)'],
      ['dbeta = np.sum(dout, axis=0)', 'dbeta = np.mean(dout, axis=0)'],
    ],
  }),
  python({
    what: 'weights in a dictionary',
    code: `def cell_forward(xt, a_prev, parameters):
    Wax = parameters["Wax"]
    Waa = parameters["Waa"]
    ba = parameters["ba"]
    a_next = np.tanh(np.dot(Wax, xt) + np.dot(Waa, a_prev) + ba)
    cache = (a_next, a_prev, xt, parameters)
    return a_next, cache

def cell_backward(da_next, cache):
    (a_next, a_prev, xt, parameters) = cache
    d = (1 - a_next ** 2) * da_next
    gradients = {
        "dxt": np.dot(parameters["Wax"].T, d),
        "dWax": np.dot(d, xt.T),
        "da_prev": np.dot(parameters["Waa"].T, d),
        "dWaa": np.dot(d, a_prev.T),
        "dba": np.sum(d, axis=1, keepdims=True),
    }
    return gradients
`,
    holds: ['cell_backward'],
    mistakes: [
      ['(1 - a_next ** 2)', '(1 + a_next ** 2)'],
      ['np.dot(d, a_prev.T)', 'np.dot(d, 2 * a_prev.T)'],
    ],
  }),
  python({
    what: 'the variance along several axes',
    code: `class Norm:
    def __init__(self, channels):
        self.gamma = np.ones(shape=(1, channels, 1, 1))
        self.beta = np.zeros(shape=(1, channels, 1, 1))

    def forward(self, inputs):
        N, C, H, W = inputs.shape
        mean = inputs.mean(axis=(0, 2, 3), keepdims=True)
        self.std = np.sqrt(inputs.var(axis=(0, 2, 3), keepdims=True) + 1e-5)
        self.xhat = (inputs - mean) / self.std
        return self.gamma * self.xhat + self.beta

    def backward(self, dout):
        axes = (0, 2, 3)
        self.dbeta = np.sum(dout, axis=axes, keepdims=True)
        self.dgamma = np.sum(dout * self.xhat, axis=axes, keepdims=True)
        d = dout * self.gamma
        rest = d.mean(axis=axes, keepdims=True) + self.xhat * (d * self.xhat).mean(axis=axes, keepdims=True)
        return (d - rest) / self.std
`,
    holds: ['Norm.backward'],
    mistakes: [
      ['(d - rest)', '(d + rest)'],
      ['np.sum(dout * self.xhat, axis=axes', 'np.sum(self.xhat, axis=axes'],
    ],
  }),
  python({
    what: 'an activation that an option chooses, and that the caller goes back through',
    code: `class Layer:
    def __init__(self, n_in, n_out, activation='relu'):
        self.weights = np.random.randn(n_in, n_out)
        self.activation = activation

    def forward(self, inputs):
        self.inputs = inputs
        self.output = inputs @ self.weights
        if self.activation == 'relu':
            self.output = np.maximum(0, self.output)
        return self.output

    def backward(self, dout):
        dout = dout * (self.output > 0)
        self.dweights = self.inputs.T @ dout
        return dout @ self.weights.T
`,
    holds: ['Layer.backward'],
    mistakes: [['dout * (self.output > 0)', 'dout * (self.output < 0)']],
    silent: [['        dout = dout * (self.output > 0)\n', '']],
  }),
  python({
    what: 'an error that has gone through the activation already',
    code: `class Layer:
    def __init__(self, W):
        self.W = W

    def forward(self, x):
        self.x = x
        self.y = np.tanh(x @ self.W)
        return self.y

    def backward(self, delta):
        d = delta * (1 - self.y ** 2)
        self.dW = self.x.T @ d
        return d @ self.W.T
`,
    holds: ['Layer.backward'],
    mistakes: [['delta * (1 - self.y ** 2)', 'delta * (1 + self.y ** 2)']],
    silent: [['delta * (1 - self.y ** 2)', 'delta']],
  }),
  python({
    what: 'many hidden units by default, and a guard against log 0',
    code: `class Network:
    def __init__(self, in_dim, hidden=64, n_classes=2):
        self.W1 = np.random.randn(in_dim, hidden)
        self.W2 = np.random.randn(hidden, n_classes)
        self.params = [self.W1, self.W2]
        self.grads = [np.zeros_like(p) for p in self.params]

    def forward(self, x, labels):
        N = x.shape[0]
        h = np.maximum(0, x @ self.W1)
        scores = h @ self.W2
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        self.cache = (x, h, p, labels, N)
        return -np.log(p[np.arange(N), labels] + 1e-7).mean()

    def backward(self):
        x, h, p, labels, N = self.cache
        d = p.copy()
        d[np.arange(N), labels] -= 1
        d /= N
        self.grads[1][...] = h.T @ d
        dh = d @ self.W2.T
        dh[h == 0] = 0
        self.grads[0][...] = x.T @ dh
`,
    holds: ['Network.backward'],
    mistakes: [
      ['labels] -= 1', 'labels] += 1'],
      ['dh[h == 0] = 0', 'dh[h > 0] = 0'],
    ],
    // What was never set is no gradient.
    silent: [['        self.grads[0][...] = x.T @ dh\n', '']],
  }),
  python({
    what: 'two axes or four',
    code: `class Scale:
    def __init__(self, gamma):
        self.gamma = gamma

    def forward(self, x):
        if x.ndim != 2:
            N, C, H, W = x.shape
            x = x.reshape(N, -1)
        self.x = x
        return self.gamma * x

    def backward(self, dout):
        self.dgamma = np.sum(dout * self.x, axis=0)
        return dout * self.gamma
`,
    holds: ['Scale.backward'],
    mistakes: [['np.sum(dout * self.x, axis=0)', 'np.sum(dout, axis=0)']],
  }),
]

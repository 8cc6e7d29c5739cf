/** Gradients on arrays as people write them in Python and TypeScript, each with mistakes to be found in it. */

export interface ArrayPairRow {
  readonly what: string
  readonly language: 'python' | 'typescript'
  readonly code: string
  /** The derivatives that hold. */
  readonly holds: readonly string[]
  /** Another text in place of one, after which the first derivative fails. */
  readonly mistakes?: readonly (readonly [right: string, wrong: string])[]
  /** Other texts with which nothing fails. */
  readonly silent?: readonly (readonly [text: string, other: string])[]
}

/** A row of Python, which has NumPy. */
export const python = (row: Omit<ArrayPairRow, 'language'>): ArrayPairRow => ({
  language: 'python',
  ...row,
  code: `import numpy as np\n\n${row.code}`,
})

export const ARRAY_PAIRS: readonly ArrayPairRow[] = [
  python({
    what: 'weights are inputs of the constructor',
    code: `class Dense:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T)
`,
    holds: ['Dense.backward'],
    mistakes: [
      ['self.W.T', 'self.W'],
      ['np.sum(dout, axis=0)', 'np.mean(dout, axis=0)'],
      ['self.x.T, dout', 'dout.T, self.x'],
    ],
  }),
  python({
    what: 'a layer makes its own weights of given sizes, and learns from one sample',
    code: `class Linear(object):
    def __init__(self, n_inputs, n_outputs):
        self.weights = np.random.randn(n_inputs, n_outputs) * 0.1
        self.bias = np.zeros((1, n_outputs))

    def forward_propagation(self, data):
        self.data = data
        return np.dot(data, self.weights) + self.bias

    def backward_propagation(self, output_error, learning_rate):
        back = np.dot(output_error, self.weights.T)
        self.weights -= learning_rate * np.dot(self.data.T, output_error)
        self.bias -= learning_rate * output_error
        return back
`,
    holds: ['Linear.backward_propagation'],
    mistakes: [
      ['self.weights.T', '2 * self.weights.T'],
      ['self.bias -= learning_rate * output_error', 'self.bias += learning_rate * output_error'],
      ['np.dot(self.data.T, output_error)', 'np.dot(self.data.T, 2 * output_error)'],
    ],
  }),
  python({
    what: 'weights and gradients in dictionaries',
    code: `class Linear:
    def __init__(self, n_in, n_out):
        self.params = {'w': np.random.randn(n_in, n_out), 'b': np.zeros(n_out)}
        self.grads = {'w': None, 'b': None}

    def forward(self, x):
        self.x = x
        return x @ self.params['w'] + self.params['b']

    def backward(self, dy):
        self.grads['w'] = self.x.T @ dy
        self.grads['b'] = dy.sum(axis=0)
        return dy @ self.params['w'].T
`,
    holds: ['Linear.backward'],
    mistakes: [
      ['self.x.T @ dy', '-self.x.T @ dy'],
      ['dy.sum(axis=0)', 'dy.mean(axis=0)'],
    ],
  }),
  python({
    what: 'the output stays in a field, and so do the gradients',
    code: `class Layer:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.dot(inputs, self.weights) + self.biases

    def backward(self, dvalues):
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.dinputs = np.dot(dvalues, self.weights.T)
`,
    holds: ['Layer.backward'],
    mistakes: [
      ['np.sum(dvalues, axis=0, keepdims=True)', 'np.mean(dvalues, axis=0, keepdims=True)'],
      ['self.inputs.T, dvalues', 'self.inputs.T, dvalues ** 2'],
      ['np.dot(dvalues, self.weights.T)', 'np.dot(dvalues, -self.weights.T)'],
    ],
  }),
  python({
    what: 'what backward takes is an input of forward',
    code: `class Sigmoid:
    def forward(self, input):
        return 1 / (1 + np.exp(-input))

    def backward(self, input, grad_output):
        s = self.forward(input)
        return grad_output * s * (1 - s)
`,
    holds: ['Sigmoid.backward'],
    mistakes: [
      ['s * (1 - s)', 's * (1 + s)'],
      ['s * (1 - s)', '(1 - s)'],
    ],
  }),
  python({
    what: 'a whole network: the loss and the gradients by all weights',
    code: `def sigmoid(x):
    return 1 / (1 + np.exp(-x))

class Net:
    def __init__(self, input_size, hidden_size, output_size, std=0.01):
        self.params = {}
        self.params['W1'] = std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = np.zeros(output_size)

    def loss(self, x, t):
        z1 = sigmoid(np.dot(x, self.params['W1']) + self.params['b1'])
        y = np.dot(z1, self.params['W2']) + self.params['b2']
        return 0.5 * np.sum((y - t) ** 2)

    def gradient(self, x, t):
        W1, W2 = self.params['W1'], self.params['W2']
        b1, b2 = self.params['b1'], self.params['b2']
        grads = {}
        z1 = sigmoid(np.dot(x, W1) + b1)
        y = np.dot(z1, W2) + b2
        dy = y - t
        grads['W2'] = np.dot(z1.T, dy)
        grads['b2'] = np.sum(dy, axis=0)
        da1 = np.dot(dy, W2.T) * z1 * (1 - z1)
        grads['W1'] = np.dot(x.T, da1)
        grads['b1'] = np.sum(da1, axis=0)
        return grads
`,
    holds: ['Net.gradient'],
    mistakes: [
      ['z1 * (1 - z1)\n', '(1 - z1)\n'],
      ['dy = y - t', 'dy = t - y'],
    ],
  }),
  python({
    what: 'a loss is differentiated by what was predicted',
    code: `def mse(y_true, y_pred):
    return np.mean(np.power(y_true - y_pred, 2))

def mse_prime(y_true, y_pred):
    return 2 * (y_pred - y_true) / y_true.size
`,
    holds: ['mse_prime'],
    mistakes: [
      ['y_pred - y_true', 'y_true - y_pred'],
      ['2 * (y_pred - y_true)', '3 * (y_pred - y_true)'],
    ],
    silent: [['2 * (y_pred - y_true) / y_true.size', 'y_pred - y_true']],
  }),
  python({
    what: 'the gradient of a loss goes through the softmax before it',
    code: `def cross_entropy(p, y):
    return -np.sum(y * np.log(p))

def cross_entropy_grad(p, y):
    return -y / p
`,
    holds: ['cross_entropy_grad'],
    mistakes: [['-y / p', 'y / p']],
    silent: [['-y / p', 'p - y']],
  }),
  python({
    what: 'handed on untouched: part of the loss that comes later',
    code: `class Softmax:
    def forward(self, x):
        e = np.exp(x - np.max(x, axis=-1, keepdims=True))
        self.out = e / np.sum(e, axis=-1, keepdims=True)
        return self.out

    def backward(self, grad):
        return self.out * (grad - np.sum(grad * self.out, axis=-1, keepdims=True))
`,
    holds: ['Softmax.backward'],
    mistakes: [
      ['self.out * (grad - np.sum(grad * self.out, axis=-1, keepdims=True))', 'grad * self.out * (1 - self.out)'],
    ],
    silent: [['self.out * (grad - np.sum(grad * self.out, axis=-1, keepdims=True))', 'grad']],
  }),
  python({
    what: 'a small number guards the logarithm',
    code: `def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)

class SoftmaxWithLoss:
    def forward(self, x, t):
        self.t = t
        self.y = softmax(x)
        if t.size == self.y.size:
            t = t.argmax(axis=1)
        return -np.sum(np.log(self.y[np.arange(x.shape[0]), t] + 1e-7)) / x.shape[0]

    def backward(self, dout=1):
        return (self.y - self.t) / self.t.shape[0]
`,
    holds: [],
  }),
]

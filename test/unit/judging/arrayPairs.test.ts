import assert from 'node:assert/strict'
import { analyzeMarkdown, analyzePython, analyzeTypeScript } from '../../../src/analysis'
import type { JudgedPair } from '../../../src/derivation'
import { openFindings } from '../../../src/judging/ignored'
import { ARRAY_PAIRS } from './arrayPairs'
import { LAYER_PAIRS } from './layerPairs'
import { NETWORK_PAIRS } from './networkPairs'
import { NUMPY_PAIRS } from './numpyPairs'
import { PYTHON_PAIRS } from './pythonPairs'
import { SURFACE_PAIRS } from './surfacePairs'

const ANALYZE = { python: analyzePython, typescript: analyzeTypeScript }
const verdictOf = (pairs: readonly JudgedPair[], name: string): string =>
  pairs.find(({ derivative }) => derivative.name === name)?.verdict ?? 'none'

describe('gradients on arrays', () => {
  const rows = [...ARRAY_PAIRS, ...PYTHON_PAIRS, ...NUMPY_PAIRS, ...LAYER_PAIRS, ...NETWORK_PAIRS, ...SURFACE_PAIRS]
  for (const { what, language, code, holds, mistakes = [], silent = [] } of rows) {
    const pairsOf = (text: string) => ANALYZE[language](text).pairs()
    const changed = (from: string, to: string): string => {
      assert.ok(code.includes(from), from)
      return code.replace(from, to)
    }
    it(what, () => {
      const pairs = pairsOf(code)
      for (const name of holds) assert.equal(verdictOf(pairs, name), 'holds', name)
      assert.deepEqual(
        pairs.filter(({ verdict }) => verdict === 'fails').map(({ reason }) => reason),
        [],
      )
    })
    for (const [right, wrong] of mistakes)
      it(`${what}: ${wrong.trim()}`, () =>
        assert.equal(verdictOf(pairsOf(changed(right, wrong)), holds[0] ?? ''), 'fails'))
    for (const [text, other] of silent)
      it(`${what}, silent: ${other.trim()}`, () => {
        const failing = pairsOf(changed(text, other)).filter(({ verdict }) => verdict === 'fails')
        assert.deepEqual(failing, [])
      })
  }
})

describe('what is wrong for numbers too', () => {
  const counterexample = (text: string) => analyzePython(text).pairs()[0]?.counterexample
  it('is told by numbers', () => {
    const found = counterexample('def cube(x):\n    return x ** 3\n\ndef cube_grad(x):\n    return 2 * x ** 2\n')
    assert.equal(typeof found?.at.x, 'number')
    assert.equal(found?.arrays, undefined)
  })
})

const FUNCTIONS = 'import numpy as np\ndef squash(x):\n    return 1 / (1 + np.exp(-x))\n'
const LAYER = `class Squash:
    def forward(self, x):
        self.out = squash(x)
        return self.out
    def backward(self, dout):
        return dout * (1.0 - self.out) * self.out
`
const WRONG = LAYER.replace('(1.0 - self.out)', '(1.0 + self.out)')

describe('functions of another file', () => {
  const files = new Map([
    ['common.functions', FUNCTIONS],
    ['nets.functions', FUNCTIONS],
    ['nets.layers', 'from .functions import *\n'],
    ['functions', FUNCTIONS],
  ])
  const verdict = (text: string) =>
    verdictOf(analyzePython(text, undefined, { resolve: (name) => files.get(name) ?? null }).pairs(), 'Squash.backward')
  for (const imports of [
    'from common.functions import *',
    'from common.functions import squash',
    'from nets.layers import *',
    'import common.functions as F\nsquash = F.squash',
    'from common import functions\nsquash = functions.squash',
  ])
    it(imports.split('\n')[0] ?? '', () => {
      assert.equal(verdict(`${imports}\n${LAYER}`), 'holds')
      assert.equal(verdict(`${imports}\n${WRONG}`), 'fails')
    })
  it('a file that can’t be had says nothing', () =>
    assert.notEqual(verdict(`from elsewhere import *\n${WRONG}`), 'fails'))
})

describe('functions of a cell or fence above', () => {
  const fence = (text: string) => `\`\`\`python\n${text}\`\`\`\n\n`
  const verdict = (note: string) => verdictOf(analyzeMarkdown(note).pairs(), 'Squash.backward')
  it('are known', () => {
    assert.equal(verdict(fence(FUNCTIONS) + fence(LAYER)), 'holds')
    assert.equal(verdict(fence(FUNCTIONS) + fence(WRONG)), 'fails')
  })
  it('not those below', () => assert.notEqual(verdict(fence(WRONG) + fence(FUNCTIONS)), 'fails'))
  it('a variable may have another value since', () => {
    const factor = 'import numpy as np\nk = 2.0\n'
    const f = 'def f(x):\n    return k * x ** 2\ndef f_prime(x):\n    return 4 * x\n'
    const pairs = analyzeMarkdown(fence(factor) + fence(f)).pairs()
    assert.notEqual(verdictOf(pairs, 'f_prime'), 'holds')
  })
})

/** A layer with a mistake in the statement between the marks. */
const MARKED: readonly [what: string, analyze: typeof analyzePython, code: string][] = [
  [
    'a field',
    analyzePython,
    `import numpy as np
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
    def forward(self, x):
        self.x = x
        return x @ self.W + self.b
    def backward(self, dout):
        dx = dout @ self.W.T
        «self.dW = dout.T @ self.x»
        self.db = np.sum(dout, axis=0)
        return dx
`,
  ],
  [
    'a name that is returned',
    analyzePython,
    `import numpy as np
class Softmax:
    def forward(self, x, t):
        self.t = t
        e = np.exp(x - np.max(x, axis=1, keepdims=True))
        self.y = e / np.sum(e, axis=1, keepdims=True)
        return -np.sum(t * np.log(self.y)) / x.shape[0]
    def backward(self, dout=1):
        «dx = (self.y + self.t) / self.t.shape[0]»
        return dx
`,
  ],
  [
    'an array that is changed in place',
    analyzePython,
    `import numpy as np
class Relu:
    def forward(self, x):
        self.mask = x <= 0
        return np.where(self.mask, 0, x)
    def backward(self, dout):
        «dout[~self.mask] = 0»
        return dout
`,
  ],
  [
    'what is returned',
    analyzePython,
    'import numpy as np\ndef f(x):\n    return np.sum(x ** 2)\ndef f_grad(x):\n    «return 3 * x»\n',
  ],
]

describe('a wrong gradient is underlined where it is written', () => {
  for (const [what, analyze, marked] of MARKED)
    it(what, () => {
      const code = marked.replace(/[«»]/g, '')
      const found = analyze(code)
        .findings()
        .map(({ range }) => code.slice(range.start, range.end))
      assert.deepEqual(found, [/«(.*)»/.exec(marked)?.[1]])
      const silenced = [
        code.replace(/^( *)def (backward|f_grad)/m, '$1# gradlens-ignore\n$1def $2'),
        marked.replace('»', ' # gradlens-ignore').replace('«', ''),
      ]
      for (const text of silenced) assert.deepEqual(openFindings(analyze(text)), [], text)
      const note = `# Layers\n\n\`\`\`python\n${silenced[1]}\`\`\`\n`
      assert.deepEqual(openFindings(analyzeMarkdown(note)), [])
      assert.equal(openFindings(analyzeMarkdown(note.replace('# gradlens-ignore', ''))).length, 1)
    })
})

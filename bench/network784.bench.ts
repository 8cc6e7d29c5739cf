/**
 * A note's network 784-50-10: forward and backward pass on a batch of 100 against TensorFlow.js' cpu backend, growth in the batch, and
 * the symbolic gradients of a network of ten layers.
 */
import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { analyzeMarkdown } from '../src/analysis'
import { evaluator } from '../src/calculus/evaluate'
import type { Derivation } from '../src/derivation'
import type { NodeId } from '../src/graph/graph'
import type { Tensor } from '../src/operations/operation'
import { latexOf } from '../src/writing/latex'
import { compareSlow, median, report } from './measure'

const NOTE = `Let $X \\in \\mathbb{R}^{N \\times 784}$, $T \\in \\mathbb{R}^{N \\times 10}$, $W_1 \\in \\mathbb{R}^{784 \\times 50}$,
$b_1 \\in \\mathbb{R}^{50}$, $W_2 \\in \\mathbb{R}^{50 \\times 10}$, $b_2 \\in \\mathbb{R}^{10}$.

$$A = X W_1 + b_1$$

$$Z = \\sigma(A)$$

$$S = Z W_2 + b_2$$

$$Y = \\mathrm{softmax}(S)$$

$$L = -\\frac{1}{N} \\sum_{n=1}^{N} \\sum_{k=1}^{10} T_{nk} \\log Y_{nk}$$
`

function derivationOf(note: string, name: string): Derivation {
  const found = analyzeMarkdown(note).derivations.find((each) => each.name.plain === name)
  if (!found) throw new Error(`no ${name}`)
  return found
}

const SHAPES = (batch: number): Readonly<Record<string, readonly number[]>> => ({
  X: [batch, 784],
  T: [batch, 10],
  W1: [784, 50],
  b1: [50],
  W2: [50, 10],
  b2: [10],
})
const PARAMETERS = ['W1', 'b1', 'W2', 'b2']

function numbersFor(batch: number): Map<string, Tensor> {
  let seed = 5
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed / 2 ** 32 - 0.5
  }
  return new Map(
    Object.entries(SHAPES(batch)).map(([name, shape]): [string, Tensor] => {
      const data = Float64Array.from({ length: shape.reduce((n, size) => n * size, 1) }, () => random() / 5)
      if (name === 'T') data.forEach((_x, k) => (data[k] = k % 10 === Math.floor(k / 10) % 10 ? 1 : 0))
      return [name, { shape, data }]
    }),
  )
}

/** Value and gradients by all parameters, as the panel asks for them: nothing is remembered from one pass to the next. */
function ours(batch: number): () => number[] {
  const derivation = derivationOf(NOTE, 'L')
  const { graph } = derivation
  const idOf = (name: string): NodeId => {
    const id = derivation.inputs.find((each) => graph.nodes[each]?.name?.key.replace('_', '') === name)
    if (id === undefined) throw new Error(`no input ${name}`)
    return id
  }
  const values = new Map([...numbersFor(batch)].map(([name, tensor]) => [idOf(name), tensor]))
  const wanted = [derivation.output, ...PARAMETERS.map((name) => derivation.gradient(idOf(name))?.node ?? Number.NaN)]
  return () => {
    const valueAt = evaluator(derivation.graph, values)
    return wanted.map((id) => valueAt(id)?.data[0] ?? Number.NaN)
  }
}

/** The same by hand in TensorFlow.js' operations, whose own backward pass would do at least as much. */
function theirs(batch: number): () => number[] {
  const values = numbersFor(batch)
  const matrix = (name: string): tf.Tensor2D => {
    const { shape, data } = values.get(name) as Tensor
    return tf.tensor2d(Float32Array.from(data), shape.length === 2 ? (shape as [number, number]) : [1, shape[0] ?? 1])
  }
  const [x, t, w1, b1, w2, b2] = ['X', 'T', 'W1', 'b1', 'W2', 'b2'].map(matrix) as [
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
  ]
  return () =>
    tf.tidy(() => {
      const z = tf.sigmoid(tf.add(tf.matMul(x, w1), b1)) as tf.Tensor2D
      const s = tf.add(tf.matMul(z, w2), b2) as tf.Tensor2D
      const y = tf.softmax(s)
      const loss = tf.div(tf.neg(tf.sum(tf.mul(t, tf.log(y)))), batch)
      const ds = tf.div(tf.sub(y, t), batch) as tf.Tensor2D
      const dz = tf.matMul(ds, w2, false, true)
      const da = tf.mul(dz, tf.mul(z, tf.sub(1, z))) as tf.Tensor2D
      const gradients = [tf.matMul(x, da, true), tf.sum(da, 0), tf.matMul(z, ds, true), tf.sum(ds, 0)]
      return [loss, ...gradients].map((each) => each.dataSync()[0] as number)
    })
}

const MILLISECONDS = 1000

async function passes(): Promise<void> {
  await tf.setBackend('cpu')
  const [own, other] = [ours(100), theirs(100)]
  const [a, b] = [own(), other()]
  a.forEach((x, k) => {
    if (!(Math.abs(x - (b[k] as number)) < 1e-4)) throw new Error(`number ${k}: ${x} and ${b[k]}`)
  })
  report(
    'Loss and gradients of a 784-50-10 network on a batch of 100',
    await compareSlow([
      { name: 'GradLens, doubles', run: own },
      { name: 'TensorFlow.js, cpu backend, singles', run: other },
    ]),
  )
  console.log('\nGrowth in the batch')
  for (const batch of [50, 100, 200, 400]) {
    const [measured] = await compareSlow([{ name: '', run: ours(batch) }], 3)
    const each = (measured?.microseconds ?? Number.NaN) / MILLISECONDS
    console.log(
      `  ${String(batch).padStart(4)} samples   ${each.toFixed(0)} ms, ${(each / batch).toFixed(3)} ms a sample`,
    )
  }
}

/** A network of so many layers as a note; its edition keeps it from being remembered. */
function layers(count: number, edition: number): string {
  const lines = [`Let $X_0 \\in \\mathbb{R}^{N \\times D_0}$, $T \\in \\mathbb{R}^{N \\times D_{${count}}}$.`, '']
  for (let k = 1; k <= count; k++) {
    lines.push(
      `Let $W_{${k}} \\in \\mathbb{R}^{D_{${k - 1}} \\times D_{${k}}}$, $b_{${k}} \\in \\mathbb{R}^{D_{${k}}}$.`,
      '',
    )
    lines.push(`$$X_{${k}} = \\tanh(X_{${k - 1}} W_{${k}} + b_{${k}})$$`, '')
  }
  return [...lines, `$$L = ${edition} \\| X_{${count}} - T \\|^2$$`, ''].join('\n')
}

function symbols(): void {
  const times: number[] = []
  let written = 0
  for (let edition = 2; edition < 9; edition++) {
    const start = performance.now()
    const derivation = derivationOf(layers(10, edition), 'L')
    written = 0
    for (const id of derivation.inputs) {
      const gradient = derivation.gradient(id)
      if (gradient) written += latexOf(derivation.graph, gradient.node).length > 0 ? 1 : 0
    }
    times.push(performance.now() - start)
  }
  console.log(
    `\n${written} symbolic gradients of a network of ten layers, read as a note and printed: ${median(times).toFixed(0)} ms`,
  )
}

passes().then(symbols)

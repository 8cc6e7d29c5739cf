import assert from 'node:assert/strict'
import fc from 'fast-check'
import { backpropagate } from '../../../src/calculus/backpropagate'
import { evaluator, tape } from '../../../src/calculus/evaluate'
import { simplifier } from '../../../src/calculus/simplify'
import { type GraphBuilder, graphBuilder, type NodeId } from '../../../src/graph/graph'
import { OPERATIONS } from '../../../src/operations/index'
import type { Attributes, Operation, Shape, Tensor } from '../../../src/operations/operation'
import { asciiName } from '../../support/names'

/** Values at which every operation that has a gradient is smooth: away from kinks, poles and ends of domains. */
const VALUES: Record<string, [low: number, high: number]> = {
  divide: [0.3, 2],
  log: [0.2, 3],
  sqrt: [0.2, 3],
  asin: [-0.8, 0.8],
  acos: [-0.8, 0.8],
  tan: [-1, 1],
  power: [0.3, 2],
  log1p: [-0.6, 2],
  root: [0.3, 2],
  logOfBase: [0.2, 3],
  csc: [0.3, 2.5],
  cot: [0.3, 2.5],
  csch: [0.3, 2],
  coth: [0.3, 2],
  asec: [1.2, 3],
  acsc: [1.2, 3],
  acosh: [1.2, 3],
  atanh: [-0.8, 0.8],
  asech: [0.2, 0.8],
  acsch: [0.3, 2],
  acoth: [1.2, 3],
  gamma: [0.6, 3],
  digamma: [0.6, 3],
  polygamma: [0.6, 3],
  factorial: [-0.4, 2],
  binomial: [0.6, 3],
}

/** Shapes of the inputs to try; scalars for every elementwise operation come first. */
const ELEMENTWISE_SHAPES: readonly (readonly [Shape, Shape, Shape])[] = [
  [[], [], []],
  [[3], [3], [3]],
  [[2, 3], [3], []],
  [
    [2, 3],
    [2, 3],
    [2, 3],
  ],
  [[], [2, 3], [3]],
  [
    [2, 1],
    [2, 3],
    [1, 3],
  ],
]
const OTHER_SHAPES: Record<string, readonly { shapes: readonly Shape[]; attributes?: Attributes }[]> = {
  matmul: [
    {
      shapes: [
        [2, 3],
        [3, 4],
      ],
    },
    { shapes: [[3], [3, 2]] },
    { shapes: [[2, 3], [3]] },
    { shapes: [[3], [3]] },
  ],
  outer: [{ shapes: [[2], [3]] }],
  transpose: [{ shapes: [[2, 3]] }, { shapes: [[3]] }],
  sum: [
    { shapes: [[2, 3]], attributes: { axis: null } },
    { shapes: [[2, 3]], attributes: { axis: 0 } },
    { shapes: [[2, 3]], attributes: { axis: 1 } },
    { shapes: [[2, 3]], attributes: { axis: 1, keep: true } },
    { shapes: [[4]], attributes: { axis: 0 } },
  ],
  expand: [
    { shapes: [[3], [2, 3]], attributes: { axis: 0 } },
    { shapes: [[], [2, 3]], attributes: { axis: null } },
  ],
  mean: overAxes(),
  prod: overAxes(),
  maxOver: overAxes(),
  minOver: overAxes(),
  norm: overAxes(),
  logSumExp: overAxes(),
  softmax: overAxes(),
  logSoftmax: overAxes(),
  cumsum: [...overAxes(), { shapes: [[4]], attributes: { axis: 0, reverse: true } }],
  argmax: overAxes(),
  size: overAxes(),
  trace: [{ shapes: [[3, 3]] }],
  eye: [{ shapes: [[3, 3]] }],
  diag: [{ shapes: [[3]] }],
  diagonal: [{ shapes: [[3, 3]] }],
  det: [{ shapes: [[2, 2]] }, { shapes: [[3, 3]] }],
  inverse: [{ shapes: [[2, 2]] }],
  matrixPower: [0, 1, 2, 3].map((n) => ({ shapes: [[2, 2]], attributes: { n } })),
  reshape: [
    { shapes: [[2, 3]], attributes: { shape: [3, 2] } },
    { shapes: [[2, 3]], attributes: { shape: [-1] } },
  ],
  reshapeLike: [{ shapes: [[2, 3], [6]] }],
  concat: [
    { shapes: [[2], [3]] },
    {
      shapes: [
        [2, 1],
        [2, 3],
      ],
      attributes: { axis: 1 },
    },
  ],
  part: [
    { shapes: [[5], [2], [3]], attributes: { axis: 0, index: 1 } },
    {
      shapes: [
        [2, 4],
        [2, 3],
        [2, 1],
      ],
      attributes: { axis: 1, index: 0 },
    },
  ],
  stack: [{ shapes: [[], [], []] }, { shapes: [[2], [2]] }],
  slice: [
    { shapes: [[5]], attributes: { axis: 0, index: 2 } },
    { shapes: [[5]], attributes: { axis: 0, index: -1 } },
    { shapes: [[2, 4]], attributes: { axis: 1, from: 1, to: 3 } },
    { shapes: [[6]], attributes: { axis: 0, from: 1, step: 2 } },
  ],
  unslice: [
    { shapes: [[], [5]], attributes: { axis: 0, index: 2 } },
    {
      shapes: [
        [2, 2],
        [2, 4],
      ],
      attributes: { axis: 1, from: 1, to: 3 },
    },
  ],
  rows: [{ shapes: [[4, 3], [2]] }],
  addRows: [{ shapes: [[2, 3], [4, 3], [2]] }],
  pick: [{ shapes: [[2, 3], [2]] }],
  unpick: [{ shapes: [[2], [2, 3], [2]] }],
  oneHot: [{ shapes: [[3]], attributes: { classes: 4 } }],
}

/** All numbers, along each axis, counted from the end, and with the axis kept. */
function overAxes(): readonly { shapes: readonly Shape[]; attributes?: Attributes }[] {
  return [
    { shapes: [[4]], attributes: { axis: null } },
    { shapes: [[2, 3]], attributes: { axis: 0 } },
    { shapes: [[2, 3]], attributes: { axis: -1 } },
    { shapes: [[2, 3]], attributes: { axis: 1, keep: true } },
  ]
}

/** Matrices that must be far from singular: their diagonal is large. */
const REGULAR = new Set(['inverse', 'det'])

/** Inputs that are places in an array, orders, degrees: whole numbers, which have no slope. */
const PLACES: Record<string, number> = { root: 1, polygamma: 0, rows: 1, addRows: 2, pick: 1, unpick: 2, oneHot: 0 }

const sizeOf = (shape: Shape): number => (shape as number[]).reduce((n, size) => n * size, 1)
/** A fixed stream of numbers from one seed, so that a failing case can be run again. */
function stream(seed: number): () => number {
  let state = seed >>> 0 || 1
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

interface Trial {
  builder: GraphBuilder
  inputs: NodeId[]
  loss: NodeId
  values: Map<NodeId, Tensor>
}

/** loss = sum of the operation's result, each number weighted differently, so that no two contributions cancel. */
function trial(entry: Operation, shapes: readonly Shape[], attributes: Attributes, seed: number): Trial {
  const builder = graphBuilder()
  const random = stream(seed)
  const [low, high] = VALUES[entry.name] ?? [-2, 2]
  const values = new Map<NodeId, Tensor>()
  const input = (shape: Shape, k: number, from: number, to: number) => {
    const id = builder.add({ op: 'input', shape, name: asciiName(`x${k}`) })
    // On a grid of its own for each input: no two numbers are equal and none is 0, where kinks lie.
    const place = (_x: unknown, at: number) =>
      PLACES[entry.name] === k
        ? (entry.name === 'root' ? 2 : 0) + Math.floor(2 * random())
        : Math.round((from + (to - from) * random()) * 50) / 50 + 0.003 * (k + 1) + 0.0002 * at + diagonal(at)
    const diagonal = (at: number) => (REGULAR.has(entry.name) && at % ((shape[0] as number) + 1) === 0 ? 6 : 0)
    const data = Float64Array.from({ length: sizeOf(shape) }, place)
    values.set(id, { shape: shape as number[], data })
    return id
  }
  const inputs = shapes.map((shape, k) => input(shape, k, low, high))
  const output = builder.add({ op: entry.name, inputs, attributes })
  const shape = builder.shapeOf(output) ?? []
  const weights = input(shape, 9, 0.5, 1.5)
  const weighted = builder.add({ op: 'multiply', inputs: [output, weights], attributes: { sign: 'hadamard' } })
  const loss =
    shape.length === 0 ? weighted : builder.add({ op: 'sum', inputs: [weighted], attributes: { axis: null } })
  return { builder, inputs, loss, values }
}

function lossAt({ builder, loss, values }: Trial, id: NodeId, at: number, value: number): number {
  const tensor = values.get(id) as Tensor
  const data = Float64Array.from(tensor.data)
  data[at] = value
  return evaluator(builder.graph, new Map([...values, [id, { ...tensor, data }]]))(loss)?.data[0] ?? Number.NaN
}

function checkGradients(entry: Operation, shapes: readonly Shape[], attributes: Attributes, seed: number): void {
  const run = trial(entry, shapes, attributes, seed)
  const gradients = backpropagate(run.builder, simplifier(run.builder), run.loss)
  const valueAt = evaluator(run.builder.graph, run.values)
  for (const [place, id] of run.inputs.entries()) {
    if (place === PLACES[entry.name]) continue
    const tensor = run.values.get(id) as Tensor
    const gradient = gradients.get(id)
    tensor.data.forEach((x, at) => {
      const h = 1e-5 * Math.max(1, Math.abs(x))
      const slope = (lossAt(run, id, at, x + h) - lossAt(run, id, at, x - h)) / (2 * h)
      if (!gradient) {
        assert.equal(slope, 0, `${entry.name}: no gradient, but a slope of ${slope}`)
        return
      }
      const value = valueAt(gradient.node) as Tensor
      assert.deepEqual(value.shape, tensor.shape, `${entry.name}: a gradient has the shape of its variable`)
      const expected = value.data[at] as number
      assert.ok(
        Math.abs(expected - slope) <= 1e-5 * Math.max(1, Math.abs(slope)),
        `${entry.name}: gradient ${expected}, slope ${slope} at ${[...tensor.data]}`,
      )
    })
  }
}

describe('backward rules agree with finite differences', () => {
  // Operations on indices have tests of their own: calculus/indices.test.ts.
  for (const entry of OPERATIONS.filter(({ indexed }) => !indexed)) {
    const cases = entry.elementwise
      ? ELEMENTWISE_SHAPES.map((shapes) => ({ shapes: shapes.slice(0, entry.arity ?? 2), attributes: {} }))
      : (OTHER_SHAPES[entry.name] ?? [])
    it(entry.name, () => {
      assert.ok(cases.length > 0, `no shapes to try ${entry.name} with`)
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
          for (const { shapes, attributes = {} } of cases) checkGradients(entry, shapes, attributes, seed)
        }),
        { numRuns: 25 },
      )
    })
  }
})

describe('the table of operations', () => {
  it('has each name once', () => {
    const names = OPERATIONS.map(({ name }) => name)
    assert.deepEqual(names, [...new Set(names)])
  })
  it('has each spelling once in a language, but for the minus of difference and sign', () => {
    for (const language of ['latex', 'plain', 'typescript', 'python'] as const) {
      const spellings = OPERATIONS.flatMap((entry) => entry.spellings[language] ?? []).filter((each) => each !== '-')
      assert.deepEqual(spellings, [...new Set(spellings)], language)
    }
  })
  it('says in words what each operation does', () => {
    for (const { name, rule, explanation } of OPERATIONS) {
      assert.match(explanation, /^[A-Z].*[.]$/s, name)
      assert.ok(rule.length > 3, name)
    }
  })
})

describe('the tape gives what the evaluator gives', () => {
  for (const entry of OPERATIONS.filter(({ elementwise }) => elementwise)) {
    it(entry.name, () => {
      const run = trial(entry, ELEMENTWISE_SHAPES[0]?.slice(0, entry.arity ?? 2) ?? [], {}, 7)
      const ids = [...run.values.keys()]
      const compiled = tape(run.builder.graph, ids, [run.loss])
      const values = ids.map((id) => run.values.get(id)?.data[0] ?? 0)
      assert.equal(compiled?.run(values)[0], evaluator(run.builder.graph, run.values)(run.loss)?.data[0])
    })
  }
})

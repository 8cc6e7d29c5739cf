import assert from 'node:assert/strict'
import { backpropagate } from '../../../src/calculus/backpropagate'
import { evaluator } from '../../../src/calculus/evaluate'
import { simplifier } from '../../../src/calculus/simplify'
import { type GraphBuilder, graphBuilder, type NodeId } from '../../../src/graph/graph'
import { type Algebra, algebra } from '../../../src/operations/algebra'
import { OPERATIONS } from '../../../src/operations/index'
import { deltaNode, entryNode, extentNode, indexNode, tabulatedNode } from '../../../src/operations/indexNodes'
import { type IndexId, placeText } from '../../../src/operations/indexTerms'
import type { Attributes, Dimension, Tensor } from '../../../src/operations/operation'
import { asciiName } from '../../support/names'

/** Two with all sizes different, one square. */
const SIZES: readonly Record<string, number>[] = [
  { n: 2, m: 3, k: 4 },
  { n: 4, m: 2, k: 3 },
  { n: 3, m: 3, k: 3 },
]

type Bound = 'summation' | 'product' | 'largest' | 'smallest'

/** Words in which an array is said entry by entry. */
interface Words extends Algebra<NodeId> {
  /** The array of these sizes, given by its entry. */
  each(sizes: readonly Dimension[], entry: (...indices: IndexId[]) => NodeId): NodeId
  over(op: Bound, size: Dimension, body: (index: IndexId) => NodeId): NodeId
  sumOver(size: Dimension, body: (index: IndexId) => NodeId): NodeId
  /** The entry of an array, an index further on where a number says so. */
  at(array: NodeId, ...places: readonly (IndexId | readonly [index: IndexId, offset: number] | number)[]): NodeId
  delta(i: IndexId, j: IndexId | number): NodeId
  number(index: IndexId): NodeId
  size(size: Dimension): NodeId
  apply(op: string, ...inputs: readonly NodeId[]): NodeId
  constant(value: number): NodeId
}

function words(builder: GraphBuilder): Words {
  const place = (at: IndexId | readonly [index: IndexId, offset: number] | number): string => {
    if (typeof at === 'number') return placeText({ parts: [], offset: at })
    const [index, offset] = typeof at === 'string' ? [at, 0] : at
    return placeText({ parts: [{ index, factor: 1 }], offset })
  }
  const over: Words['over'] = (op, size, body) => {
    const index = builder.index('q', size)
    return builder.add({ op, inputs: [body(index)], attributes: { index } })
  }
  return {
    ...algebra<NodeId>(builder),
    each: (sizes, entry) => {
      const indices = sizes.map((size) => builder.index('i', size))
      return builder.add(tabulatedNode(entry(...indices), indices))
    },
    over,
    sumOver: (size, body) => over('summation', size, body),
    at: (array, ...places) => builder.add(entryNode(array, places.map(place))),
    delta: (i, j) => builder.add(deltaNode([place(i), place(j)])),
    number: (index) => builder.add(indexNode(place(index), place(index))),
    size: (size) => builder.add(extentNode(size)),
    apply: (op, ...inputs) => builder.apply(op, inputs),
    constant: (value) => builder.constant(value),
  }
}

interface Row {
  readonly shapes: readonly (readonly Dimension[])[]
  readonly attributes?: Attributes
  readonly means: (words: Words, ...inputs: NodeId[]) => NodeId
}

/** What reduces along an axis: of a vector, of all entries, of each column, of each row. */
const reduction = (body: (words: Words, size: Dimension, entry: (index: IndexId) => NodeId) => NodeId): Row[] => [
  { shapes: [['n']], attributes: { axis: 0 }, means: (w, a) => body(w, 'n', (q) => w.at(a, q)) },
  {
    shapes: [['n', 'm']],
    attributes: { axis: 0 },
    means: (w, a) => w.each(['m'], (j) => body(w, 'n', (q) => w.at(a, q, j as IndexId))),
  },
  {
    shapes: [['n', 'm']],
    attributes: { axis: -1 },
    means: (w, a) => w.each(['n'], (i) => body(w, 'm', (q) => w.at(a, i as IndexId, q))),
  },
]

/** What keeps its shape and looks along the last axis. */
const alongRows = (
  body: (words: Words, size: Dimension, entry: (index: IndexId) => NodeId, own: IndexId) => NodeId,
): Row[] => [
  {
    shapes: [['n']],
    attributes: { axis: -1 },
    means: (w, a) => w.each(['n'], (i) => body(w, 'n', (q) => w.at(a, q), i as IndexId)),
  },
  {
    shapes: [['n', 'm']],
    attributes: { axis: -1 },
    means: (w, a) => w.each(['n', 'm'], (i, j) => body(w, 'm', (q) => w.at(a, i as IndexId, q), j as IndexId)),
  },
]

const exponentials = (w: Words, size: Dimension, entry: (index: IndexId) => NodeId): NodeId =>
  w.sumOver(size, (q) => w.apply('exp', entry(q)))
const squared = (w: Words, size: Dimension, entry: (index: IndexId) => NodeId): NodeId =>
  w.sumOver(size, (q) => w.product(entry(q), entry(q)))
const two = (w: Words, a: NodeId, entry: (i: number, j: number) => NodeId = (i, j) => w.at(a, i, j)): NodeId =>
  w.difference(w.product(entry(1, 1), entry(2, 2)), w.product(entry(1, 2), entry(2, 1)))

/** What each array entry of the table means, entry by entry. */
const MEANINGS: Readonly<Record<string, readonly Row[]>> = {
  matmul: [
    {
      shapes: [
        ['n', 'm'],
        ['m', 'k'],
      ],
      means: (w, a, b) =>
        w.each(['n', 'k'], (i, j) =>
          w.sumOver('m', (q) => w.product(w.at(a, i as IndexId, q), w.at(b, q, j as IndexId))),
        ),
    },
    {
      shapes: [['n', 'm'], ['m']],
      means: (w, a, b) => w.each(['n'], (i) => w.sumOver('m', (q) => w.product(w.at(a, i as IndexId, q), w.at(b, q)))),
    },
    {
      shapes: [['n'], ['n', 'm']],
      means: (w, a, b) => w.each(['m'], (j) => w.sumOver('n', (q) => w.product(w.at(a, q), w.at(b, q, j as IndexId)))),
    },
    { shapes: [['n'], ['n']], means: (w, a, b) => w.sumOver('n', (q) => w.product(w.at(a, q), w.at(b, q))) },
  ],
  outer: [
    {
      shapes: [['n'], ['m']],
      means: (w, a, b) => w.each(['n', 'm'], (i, j) => w.product(w.at(a, i as IndexId), w.at(b, j as IndexId))),
    },
  ],
  transpose: [
    { shapes: [['n', 'm']], means: (w, a) => w.each(['m', 'n'], (i, j) => w.at(a, j as IndexId, i as IndexId)) },
  ],
  sum: reduction((w, size, entry) => w.sumOver(size, entry)),
  mean: reduction((w, size, entry) => w.quotient(w.sumOver(size, entry), w.size(size))),
  prod: reduction((w, size, entry) => w.over('product', size, entry)),
  maxOver: reduction((w, size, entry) => w.over('largest', size, entry)),
  minOver: reduction((w, size, entry) => w.over('smallest', size, entry)),
  norm: reduction((w, size, entry) => w.apply('sqrt', squared(w, size, entry))),
  logSumExp: reduction((w, size, entry) => w.apply('log', exponentials(w, size, entry))),
  softmax: alongRows((w, size, entry, own) => w.quotient(w.apply('exp', entry(own)), exponentials(w, size, entry))),
  logSoftmax: alongRows((w, size, entry, own) =>
    w.difference(entry(own), w.apply('log', exponentials(w, size, entry))),
  ),
  cumsum: alongRows((w, size, entry, own) =>
    w.sumOver(size, (q) => w.choice(w.atMost(w.number(q), w.number(own)), entry(q), w.constant(0))),
  ),
  expand: [
    {
      shapes: [['m'], ['n', 'm']],
      attributes: { axis: 0 },
      means: (w, a) => w.each(['n', 'm'], (_i, j) => w.at(a, j as IndexId)),
    },
    { shapes: [[], ['n', 'm']], attributes: { axis: null }, means: (w, a) => w.each(['n', 'm'], () => a) },
  ],
  trace: [{ shapes: [['n', 'n']], means: (w, a) => w.sumOver('n', (q) => w.at(a, q, q)) }],
  diag: [
    {
      shapes: [['n']],
      means: (w, a) =>
        w.each(['n', 'n'], (i, j) => w.product(w.delta(i as IndexId, j as IndexId), w.at(a, i as IndexId))),
    },
  ],
  diagonal: [{ shapes: [['n', 'n']], means: (w, a) => w.each(['n'], (i) => w.at(a, i as IndexId, i as IndexId)) }],
  matrixPower: [
    {
      shapes: [['n', 'n']],
      attributes: { n: 2 },
      means: (w, a) =>
        w.each(['n', 'n'], (i, j) =>
          w.sumOver('n', (q) => w.product(w.at(a, i as IndexId, q), w.at(a, q, j as IndexId))),
        ),
    },
    {
      shapes: [['n', 'n']],
      attributes: { n: 3 },
      means: (w, a) =>
        w.each(['n', 'n'], (i, j) =>
          w.sumOver('n', (p) =>
            w.sumOver('n', (q) =>
              w.product(w.product(w.at(a, i as IndexId, p), w.at(a, p, q)), w.at(a, q, j as IndexId)),
            ),
          ),
        ),
    },
  ],
  det: [{ shapes: [[2, 2]], means: (w, a) => two(w, a) }],
  // By Cayley and Hamilton: A⁻¹ = (tr A · I − A) / det A of two rows.
  inverse: [
    {
      shapes: [[2, 2]],
      means: (w, a) =>
        w.each([2, 2], (i, j) =>
          w.quotient(
            w.difference(
              w.product(w.delta(i as IndexId, j as IndexId), w.sum(w.at(a, 1, 1), w.at(a, 2, 2))),
              w.at(a, i as IndexId, j as IndexId),
            ),
            two(w, a),
          ),
        ),
    },
  ],
  slice: [
    { shapes: [['n']], attributes: { axis: 0, index: 1 }, means: (w, a) => w.at(a, 2) },
    {
      shapes: [['n', 4]],
      attributes: { axis: 1, from: 1, to: 3 },
      means: (w, a) => w.each(['n', 2], (i, j) => w.at(a, i as IndexId, [j as IndexId, 1])),
    },
  ],
  // What lies outside of an array counts as nothing.
  concat: [
    {
      shapes: [[2], [3]],
      means: (w, a, b) => w.each([5], (i) => w.sum(w.at(a, i as IndexId), w.at(b, [i as IndexId, -2]))),
    },
  ],
  unslice: [
    {
      shapes: [[2], [5]],
      attributes: { axis: 0, from: 1, to: 3 },
      means: (w, a) => w.each([5], (i) => w.at(a, [i as IndexId, -1])),
    },
  ],
  part: [
    {
      shapes: [[5], [2], [3]],
      attributes: { axis: 0, index: 1 },
      means: (w, a) => w.each([3], (i) => w.at(a, [i as IndexId, 2])),
    },
  ],
  stack: [
    {
      shapes: [['n'], ['n']],
      means: (w, a, b) =>
        w.each([2, 'n'], (i, j) =>
          w.sum(
            w.product(w.delta(i as IndexId, 1), w.at(a, j as IndexId)),
            w.product(w.delta(i as IndexId, 2), w.at(b, j as IndexId)),
          ),
        ),
    },
  ],
}

/** Entries without a meaning as a term, and why. */
const WITHOUT: Readonly<Record<string, string>> = {
  argmax: 'steps, without a slope',
  size: 'a number that no entry changes',
  eye: 'numbers that no entry changes',
  oneHot: 'numbers that no entry changes',
  reshape: 'its places are quotients and remainders',
  reshapeLike: 'its places are quotients and remainders',
  rows: 'its places are values of an array',
  addRows: 'its places are values of an array',
  pick: 'its places are values of an array',
  unpick: 'its places are values of an array',
}

/** Numbers that don't repeat, so that there is one largest entry. */
function valuesOf(shapes: readonly (readonly Dimension[])[], ids: readonly NodeId[], sizes: Record<string, number>) {
  let state = 11
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return 0.4 + (1.2 * state) / 2 ** 32
  }
  return new Map(
    ids.map((id, k): [NodeId, Tensor] => {
      const shape = (shapes[k] ?? []).map((size) => (typeof size === 'number' ? size : (sizes[size] as number)))
      const count = shape.reduce((n, size) => n * size, 1)
      return [id, { shape, data: Float64Array.from({ length: count }, next) }]
    }),
  )
}

/** The total of an array, each entry weighted differently, so that no two paths cancel. */
function weighted(builder: GraphBuilder, array: NodeId, weights: NodeId): NodeId {
  const product = builder.apply('multiply', [array, weights], { sign: 'hadamard' })
  return builder.shapeOf(array)?.length === 0 ? product : builder.apply('sum', [product], { axis: null })
}

function check(op: string, { shapes, attributes, means }: Row): void {
  const builder = graphBuilder()
  const inputs = shapes.map((shape, k) => builder.add({ op: 'input', shape, name: asciiName(`x${k}`) }))
  const own = builder.add({ op, inputs, attributes })
  const meant = means(words(builder), ...inputs)
  const shape = builder.shapeOf(own) ?? assert.fail('no shape')
  const weights = builder.add({ op: 'input', shape, name: asciiName('w') })
  const [byRule, byMeaning] = [own, meant].map((array) =>
    backpropagate(builder, simplifier(builder), weighted(builder, array, weights)),
  )
  for (const sizes of SIZES) {
    const valueAt = evaluator(builder.graph, valuesOf([...shapes, shape], [...inputs, weights], sizes))
    const same = (a: NodeId | undefined, b: NodeId | undefined, what: string) => {
      const [x, y] = [a, b].map((id) => (id === undefined ? null : valueAt(id)))
      assert.deepEqual(x?.shape, y?.shape, `${what}: shape`)
      x?.data.forEach((each, k) => {
        const other = y?.data[k] as number
        assert.ok(Math.abs(each - other) <= 1e-9 * Math.max(1, Math.abs(other)), `${what}[${k}]: ${each}, ${other}`)
      })
    }
    same(own, meant, 'value')
    for (const input of inputs)
      same(byRule?.get(input)?.node, byMeaning?.get(input)?.node, `gradient by input ${inputs.indexOf(input)}`)
  }
}

describe('an array operation and what it means entry by entry', () => {
  const entries = OPERATIONS.filter(({ elementwise, indexed }) => !elementwise && !indexed)
  it('are known of every operation on arrays', () => {
    const known = [...Object.keys(MEANINGS), ...Object.keys(WITHOUT)].sort()
    assert.deepEqual(known, entries.map(({ name }) => name).sort())
  })
  for (const { name } of entries) {
    for (const row of MEANINGS[name] ?? []) {
      const text = row.shapes.map((shape) => `[${shape.join(' × ')}]`).join(', ')
      it(`agree in values and gradients: ${name} ${text}`, () => check(name, row))
    }
  }
})

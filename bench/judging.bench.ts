/**
 * How often are two different expressions called equal? Random expressions against copies that are different by
 * construction: a relative or an added constant, a kink far away, a narrow window, a term of a high power.
 */
import { tape } from '../src/calculus/evaluate'
import { type GraphBuilder, graphBuilder, type NodeId } from '../src/graph/graph'
import { compare } from '../src/judging/equivalence'

const PAIRS = 400

function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state >>> 0) / 4294967296
  }
}

const BINARY = ['add', 'subtract', 'multiply', 'divide', 'max']
const UNARY = ['exp', 'log', 'sqrt', 'sin', 'cos', 'tanh', 'sigmoid', 'abs', 'relu', 'negate']

/** An expression of the given depth over the leaves. */
function expression(builder: GraphBuilder, leaves: readonly NodeId[], depth: number, random: () => number): NodeId {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  if (depth === 0) return random() < 0.7 ? pick(leaves) : builder.constant(Math.round(1 + 40 * random()) / 10)
  const child = () => expression(builder, leaves, depth - 1, random)
  if (random() < 0.55) return builder.apply(pick(BINARY), [child(), child()])
  if (random() < 0.2) return builder.apply('power', [child(), builder.constant(pick([2, 3, -1, 0.5]))])
  return builder.apply(pick(UNARY), [child()])
}

/** A copy that is certainly different, by how much or how far away `size` says: a power of ten. */
interface Spoiling {
  readonly name: string
  readonly spoil: (builder: GraphBuilder, node: NodeId, x: NodeId, size: number) => NodeId
  readonly sizes: readonly number[]
  /** Values of x at which the copies differ; without them everywhere. */
  readonly where?: (size: number) => readonly number[]
}

/** Do the two have values that differ, or is the difference beyond the domain of the expression? */
function differsSomewhere(
  builder: GraphBuilder,
  pair: readonly NodeId[],
  leaves: readonly NodeId[],
  xs: readonly number[],
): boolean {
  const run = tape(builder.graph, leaves, pair)
  return xs.some((x) =>
    [0.6, 1.4, 3, -0.8].some((other) => {
      const [a = Number.NaN, b = Number.NaN] =
        run?.run(leaves.map((_leaf, k) => (k === 0 ? x : other * (1 + 0.1 * k)))) ?? []
      return Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) > 1e-12 * Math.max(Math.abs(a), Math.abs(b))
    }),
  )
}

const SPOILINGS: readonly Spoiling[] = [
  {
    name: 'times 1 + 10^-k',
    sizes: [1, 3, 6, 9, 12, 15, 18, 24, 30],
    spoil: (builder, node, _x, k) => {
      const small = builder.apply('power', [builder.constant(10), builder.constant(-k)])
      return builder.apply('multiply', [node, builder.apply('add', [builder.constant(1), small])])
    },
  },
  {
    name: 'plus 10^-k',
    sizes: [1, 3, 6, 9, 12, 15, 18, 24, 30],
    spoil: (builder, node, _x, k) =>
      builder.apply('add', [node, builder.apply('power', [builder.constant(10), builder.constant(-k)])]),
  },
  {
    name: 'a kink at 10^k',
    where: (k) => [1.6, 2.2, 5].map((by) => by * 10 ** k),
    sizes: [0, 1, 2, 3, 4, 5, 6],
    spoil: (builder, node, x, k) =>
      builder.apply('add', [
        node,
        builder.apply('relu', [builder.apply('subtract', [x, builder.constant(1.3 * 10 ** k)])]),
      ]),
  },
  {
    name: 'a kink at -10^k',
    where: (k) => [1.6, 2.2, 5].map((by) => -by * 10 ** k),
    sizes: [0, 1, 2, 3, 4, 5, 6],
    spoil: (builder, node, x, k) =>
      builder.apply('add', [
        node,
        builder.apply('relu', [builder.apply('negate', [builder.apply('add', [x, builder.constant(1.3 * 10 ** k)])])]),
      ]),
  },
  {
    name: 'a window of width 10^-k',
    where: (k) => [2.37, 2.37 + 0.3 * 10 ** -k],
    sizes: [0, 1, 2, 3, 4],
    spoil: (builder, node, x, k) => {
      const from = builder.apply('power', [builder.apply('subtract', [x, builder.constant(2.37)]), builder.constant(2)])
      return builder.apply('add', [
        node,
        builder.apply('relu', [builder.apply('subtract', [builder.constant(10 ** (-2 * k)), from])]),
      ])
    },
  },
  {
    name: 'plus x^k / k!',
    sizes: [3, 7, 11, 15, 19],
    spoil: (builder, node, x, k) => {
      let factorial = 1
      for (let n = 2; n <= k; n++) factorial *= n
      const power = builder.apply('power', [x, builder.constant(k)])
      return builder.apply('add', [node, builder.apply('divide', [power, builder.constant(factorial)])])
    },
  },
]

const random = generator(7)
let all = 0
let wrong = 0
for (const { name, spoil, sizes, where } of SPOILINGS) {
  const counts = { equal: 0, different: 0, partly: 0, unknown: 0 }
  let tried = 0
  const missed = new Map<number, number>()
  for (let pair = 0; pair < PAIRS; pair++) {
    const builder = graphBuilder()
    const leaves = ['x', 'y', 'z']
      .slice(0, 1 + (pair % 3))
      .map((key) => builder.add({ op: 'input', shape: [], name: { key, latex: key, plain: key } }))
    const x = leaves[0] as NodeId
    const node = builder.apply('add', [x, expression(builder, leaves, 1 + (pair % 4), random)])
    const size = sizes[pair % sizes.length] as number
    const spoiled = spoil(builder, node, x, size)
    // Beyond its domain an expression can't be told from another: there is nothing to find.
    if (where && !differsSomewhere(builder, [node, spoiled], leaves, where(size))) continue
    tried++
    const { kind } = compare(builder.graph, node, spoiled)
    counts[kind]++
    if (kind === 'equal') missed.set(size, (missed.get(size) ?? 0) + 1)
  }
  all += tried
  wrong += counts.equal
  const sizesMissed = [...missed].map(([size, count]) => `k = ${size}: ${count}`).join(', ')
  console.log(`${name.padEnd(26)} ${JSON.stringify(counts)} ${sizesMissed}`)
}
console.log(`called equal although different: ${wrong} of ${all} (${((100 * wrong) / all).toFixed(2)} %)`)

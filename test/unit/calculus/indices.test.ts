import assert from 'node:assert/strict'
import fc from 'fast-check'
import { backpropagate } from '../../../src/calculus/backpropagate'
import { evaluator } from '../../../src/calculus/evaluate'
import { simplifier } from '../../../src/calculus/simplify'
import { type GraphBuilder, graphBuilder, type NodeId } from '../../../src/graph/graph'
import type { IndexId } from '../../../src/operations/indexTerms'
import type { Attributes, Dimension, Tensor } from '../../../src/operations/operation'
import { asciiName } from '../../support/names'

const at = (...indices: readonly (IndexId | string)[]): Attributes => ({
  at: indices.map((index) => (index.includes('#') && !index.includes('*') ? `1*${index}` : index)),
})

/** Arrays of which terms are made, with symbols for sizes. */
const ARRAYS: Record<string, readonly Dimension[]> = {
  x: ['n'],
  y: ['n'],
  v: ['m'],
  A: ['n', 'm'],
  B: ['m', 'n'],
  S: ['n', 'n'],
  c: [],
}
/** Two with all sizes different, one square. */
const SIZES: readonly Record<string, number>[] = [
  { n: 2, m: 3 },
  { n: 4, m: 2 },
  { n: 3, m: 3 },
]

interface Arrays {
  readonly builder: GraphBuilder
  readonly nodes: ReadonlyMap<string, NodeId>
}

function arrays(): Arrays {
  const builder = graphBuilder()
  const nodes = new Map(
    Object.entries(ARRAYS).map(([name, shape]) => [name, builder.add({ op: 'input', shape, name: asciiName(name) })]),
  )
  return { builder, nodes }
}

function valuesOf({ nodes }: Arrays, sizes: Record<string, number>, seed: number): Map<NodeId, Tensor> {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return 0.4 + (1.2 * state) / 2 ** 32
  }
  return new Map(
    [...nodes].map(([name, id]) => {
      const shape = (ARRAYS[name] ?? []).map((size) => sizes[size] as number)
      const count = shape.reduce((n, size) => n * size, 1)
      return [id, { shape, data: Float64Array.from({ length: count }, next) }]
    }),
  )
}

/** Every gradient of a scalar against finite differences, at three assignments of sizes. */
function checkGradients(made: Arrays, output: NodeId, seed = 7): void {
  const { builder } = made
  const gradients = backpropagate(builder, simplifier(builder), output)
  for (const sizes of SIZES) {
    const values = valuesOf(made, sizes, seed)
    const valueAt = evaluator(builder.graph, values)
    for (const [name, id] of made.nodes) {
      const gradient = gradients.get(id)
      const own = values.get(id) as Tensor
      const value = gradient && valueAt(gradient.node)
      if (gradient) assert.deepEqual(value?.shape, own.shape, `gradient of ${name}`)
      own.data.forEach((x, k) => {
        const moved = (h: number) => {
          const data = Float64Array.from(own.data)
          data[k] = x + h
          return evaluator(builder.graph, new Map([...values, [id, { ...own, data }]]))(output)?.data[0] as number
        }
        const slope = (moved(1e-5) - moved(-1e-5)) / 2e-5
        const found = value?.data[k] ?? 0
        assert.ok(
          Math.abs(found - slope) <= 1e-5 * Math.max(1, Math.abs(slope)),
          `d/d${name}[${k}] = ${found}, slope ${slope}, sizes ${JSON.stringify(sizes)}`,
        )
      })
    }
  }
}

/** Shorthand for building terms. */
function shorthand(made: Arrays) {
  const { builder } = made
  const add = (op: string, inputs: readonly NodeId[], attributes?: Attributes) =>
    builder.add({ op, inputs, ...(attributes && { attributes }) })
  return {
    builder,
    array: (name: string) => made.nodes.get(name) as NodeId,
    entry: (name: string, ...places: readonly string[]) =>
      add('entry', [made.nodes.get(name) as NodeId], at(...places)),
    of: (node: NodeId, ...places: readonly string[]) => add('entry', [node], at(...places)),
    total: (index: IndexId, body: NodeId) => add('summation', [body], { index }),
    tabulate: (body: NodeId, ...indices: readonly IndexId[]) => add('tabulate', [body], { indices: [...indices] }),
    add,
  }
}

describe('an index is known by itself, never by its letter', () => {
  it('a sum over i of a sum over i', () => {
    const made = arrays()
    const { builder, entry, total, add } = shorthand(made)
    const [i, j] = [builder.index('i', 'n'), builder.index('i', 'n')]
    const inner = total(j, add('multiply', [entry('x', j), entry('y', j)]))
    checkGradients(made, total(i, add('multiply', [entry('x', i), add('sin', [inner])])))
  })
  it('a sum of a term that doesn’t have the index is the size times the term', () => {
    const made = arrays()
    const { builder, entry, total, array } = shorthand(made)
    const i = builder.index('i', 'n')
    checkGradients(made, total(i, array('c')))
    const j = builder.index('j', 'm')
    checkGradients(made, total(i, total(j, entry('x', i))))
  })
  it('an array that is given entry by entry, taken at another index of the same letter', () => {
    const made = arrays()
    const { builder, entry, total, tabulate, of, add } = shorthand(made)
    const [i, k, j] = [builder.index('i', 'n'), builder.index('i', 'n'), builder.index('j', 'n')]
    const soft = tabulate(add('divide', [add('exp', [entry('x', i)]), total(j, add('exp', [entry('x', j)]))]), i)
    checkGradients(made, total(k, add('multiply', [entry('y', k), add('log', [of(soft, k)])])))
  })
  it('an entry on the diagonal, a fixed entry, an entry further on', () => {
    const made = arrays()
    const { builder, entry, total, add } = shorthand(made)
    const i = builder.index('i', 'n')
    const terms = [entry('S', i, i), entry('S', i, '1'), entry('x', `1*${i} + 1`), entry('A', '2', ':')]
    for (const term of terms.slice(0, 3)) checkGradients(made, total(i, add('exp', [term])))
    checkGradients(made, add('sum', [add('exp', [terms[3] as NodeId])], { axis: null }))
  })
  it('the largest entry, a product over an index, a delta', () => {
    const made = arrays()
    const { builder, entry, total, add } = shorthand(made)
    const [i, j] = [builder.index('i', 'n'), builder.index('j', 'n')]
    checkGradients(made, add('largest', [add('sin', [entry('x', i)])], { index: i }))
    checkGradients(made, add('product', [add('add', [entry('x', i), entry('y', i)])], { index: i }))
    const same = add('delta', [], { at: [`1*${i}`, `1*${j}`] })
    checkGradients(made, total(i, total(j, add('multiply', [same, add('multiply', [entry('x', i), entry('y', j)])]))))
  })
})

/** Random terms: sums of products of entries and functions of them, with indices in scope. */
function randomTerm(made: Arrays, draw: (below: number) => number): NodeId {
  const { builder, total, add, array, tabulate, of } = shorthand(made)
  type Scope = readonly { readonly id: IndexId; readonly size: Dimension }[]
  const leaf = (scope: Scope): NodeId => {
    const names = Object.keys(ARRAYS).filter((name) =>
      (ARRAYS[name] ?? []).every((size) => scope.some((index) => index.size === size)),
    )
    const name = names[draw(names.length)] as string
    const places = (ARRAYS[name] ?? []).map((size) => {
      const fitting = scope.filter((index) => index.size === size)
      return `1*${fitting[draw(fitting.length)]?.id}`
    })
    return places.length === 0 ? array(name) : add('entry', [array(name)], { at: places })
  }
  const term = (scope: Scope, depth: number): NodeId => {
    if (depth === 0) return leaf(scope)
    const kind = draw(6)
    if (kind < 2) {
      const size = draw(2) === 0 ? 'n' : 'm'
      const id = builder.index('i', size)
      return total(id, term([...scope, { id, size }], depth - 1))
    }
    if (kind === 2) return add('sin', [term(scope, depth - 1)])
    if (kind === 3 && scope.length > 0) {
      // An array of its own, taken at an index in scope.
      const chosen = scope[draw(scope.length)] as Scope[number]
      const id = builder.index('k', chosen.size)
      const body = term([...scope.filter(({ id: own }) => own !== chosen.id), { id, size: chosen.size }], depth - 1)
      return of(tabulate(body, id), chosen.id)
    }
    const [a, b] = [term(scope, depth - 1), term(scope, depth - 1)]
    return add(kind === 4 ? 'add' : 'multiply', [a, b])
  }
  return term([], 4)
}

describe('gradients of random index terms', () => {
  it('agree with finite differences at three assignments of sizes', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(1000)), (numbers) => {
        const made = arrays()
        const draw = (below: number) => (numbers.next().value as number) % below
        checkGradients(made, randomTerm(made, draw))
      }),
      { numRuns: 60 },
    )
  })
})

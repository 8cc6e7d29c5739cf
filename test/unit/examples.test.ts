import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { analyzeMarkdown, analyzeTypeScript } from '../../src/analysis'
import { evaluator } from '../../src/calculus/evaluate'
import type { Derivation } from '../../src/derivation'
import type { NodeId } from '../../src/graph/graph'
import type { Tensor } from '../../src/operations/operation'
import { chainOf } from '../../src/writing/chain'

/** The notes and files; the settings of the folder are none. */
const EXAMPLES = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.startsWith('.') && /\.(?:md|ts)$/.test(file))

/** Of each note in the folder of the chapter: what NumPy gives, one record a derivation; the output's value, all others' gradients. */
const CHAPTER: Record<string, Record<string, unknown>[]> = JSON.parse(
  readFileSync('examples/chapter-5/values.json', 'utf8'),
)

const analyze = (file: string) => {
  const text = readFileSync(`examples/${file}`, 'utf8')
  return file.endsWith('.md') ? analyzeMarkdown(text) : analyzeTypeScript(text)
}

const named = (derivation: Derivation, name: string) =>
  derivation.written.find((id) => derivation.graph.nodes[id]?.name?.plain === name) ?? assert.fail(`no ${name}`)
const numbers = (tensor: Tensor | null | undefined) =>
  [...(tensor?.data ?? [])].map((value) => Number(value.toPrecision(9)))
const gradientOf = (derivation: Derivation, name: string) => {
  const gradient = derivation.gradient(named(derivation, name))
  return gradient && numbers(derivation.value(gradient.node))
}

/** What each example is there to show. Values and gradients by name; matrices row by row. */
const rows: [file: string, derivation: number, value: number[], gradients: Record<string, number[]>][] = [
  ['chain-rule.ja.md', 0, [0.002401], { t: [0.098], x: [0.098], y: [0.098] }],
  ['chain-rule.ja.md', 1, [0.002401], { t: [0.098], x: [0.098], y: [0.098] }],
  ['shopping.ja.md', 0, [220], { a: [2.2], n: [110], τ: [200] }],
  ['shopping.ja.md', 1, [715], { n: [110], a: [2.2], b: [3.3], m: [165], τ: [650] }],
  ['circuit.md', 0, [-12], { x: [-4], y: [-4], z: [3] }],
  ['sigmoid.md', 0, [0.622459331], { x: [0.235003712] }],
  [
    'affine.md',
    0,
    [5.1, 2.2, 0.3, 11.1, 4.2, -0.7],
    { X: [-1, 3, -1.5, 1.25], W: [-2, 9, 3.5, -2, 12, 6], B: [0, 3, 2.5] },
  ],
  ['gradients.ts', 1, [220], { price: [2.2], count: [110], tax: [200] }],
]

describe('the examples', () => {
  for (const [file, index, value, gradients] of rows) {
    const derivation = analyze(file).derivations[index]
    it(`${file}, ${derivation?.name.plain}: has the numbers of its text`, () => {
      assert.ok(derivation)
      assert.deepEqual(numbers(derivation.value(derivation.output)), value)
      for (const [name, expected] of Object.entries(gradients))
        assert.deepEqual(gradientOf(derivation, name), expected, name)
    })
  }

  for (const [note, records] of Object.entries(CHAPTER)) {
    for (const file of [`chapter-5/${note}.md`, `chapter-5/${note}.ja.md`]) {
      it(`${file}: has NumPy's numbers`, () => {
        const { derivations } = analyze(file)
        records.forEach((record, k) => {
          const derivation = derivations[k] ?? assert.fail(`no derivation ${k}`)
          for (const [name, value] of Object.entries(record)) {
            const id = named(derivation, name)
            const found = id === derivation.output ? numbers(derivation.value(id)) : gradientOf(derivation, name)
            assert.deepEqual(
              found,
              [value].flat(2).map((each) => Number((each as number).toPrecision(9))),
              name,
            )
          }
        })
      })
    }
  }

  it('every step of the chapter and of the longer notes holds', () => {
    for (const file of EXAMPLES.filter((each) => /^(?:chapter-5|notes)\/.*\.md$/.test(each))) {
      const steps = analyze(file)
        .claims()
        .flatMap((claim) => claim.steps)
      assert.ok(steps.length > 0, file)
      assert.deepEqual(
        steps.filter(({ verdict }) => verdict !== 'holds').map(({ latex }) => latex),
        [],
        file,
      )
    }
  })

  it('the chain of the seed ends in 2(x + y)', () => {
    for (const derivation of analyze('chain-rule.ja.md').derivations) {
      assert.equal(chainOf(derivation, named(derivation, 'x'))?.steps.at(-1), '2 (x + y)')
    }
  })

  it('the sigmoid from its parts has the gradient y(1 - y)', () => {
    const [derivation] = analyze('sigmoid.md').derivations
    assert.ok(derivation)
    assert.match(chainOf(derivation, named(derivation, 'x'))?.steps.join(' = ') ?? '', /y \\?,?\(1 - y\)/)
  })

  it('nothing in them is unread, and nothing is found wrong', () => {
    for (const file of EXAMPLES) {
      const analysis = analyze(file)
      assert.deepEqual(analysis.unread, [], file)
      assert.deepEqual(analysis.findings(), [], file)
    }
  })
})

describe('gradients of the examples', () => {
  for (const file of EXAMPLES) {
    for (const derivation of analyze(file).derivations) {
      it(`${file}, ${derivation.name.plain}: two forms and finite differences agree`, () => agree(derivation))
    }
  }
})

/** Compares the gradient in names, the gradient in inputs and central differences of every number of every input. */
function agree(derivation: Derivation): void {
  const point = new Map(derivation.inputs.map((id) => [id, derivation.value(id)]))
  if ([...point.values()].includes(null)) return
  const bindings = point as Map<NodeId, Tensor>
  const upstream = derivation.upstream && derivation.value(derivation.upstream.node)
  // The number that is differentiated: the output, weighed by what arrives at it.
  const total = (values: ReadonlyMap<NodeId, Tensor>) => {
    const output = evaluator(derivation.graph, values)(derivation.output)
    return [...(output?.data ?? [])].reduce((sum, value, k) => sum + value * (upstream?.data[k] ?? 1), 0)
  }
  for (const id of derivation.inputs) {
    const gradient = derivation.gradient(id)
    const at = bindings.get(id)
    assert.ok(gradient && at)
    const [near, expanded] = [derivation.value(gradient.node), derivation.value(gradient.expanded)]
    at.data.forEach((value, k) => {
      const step = 1e-5 * Math.max(1, Math.abs(value))
      const moved = (by: number) => total(new Map([...bindings, [id, { ...at, data: at.data.with(k, value + by) }]]))
      const difference = (moved(step) - moved(-step)) / (2 * step)
      const tolerance = 1e-6 * Math.max(1, Math.abs(difference))
      assert.ok(
        Math.abs((near?.data[k] ?? Number.NaN) - difference) < tolerance,
        `${near?.data[k]} is not ${difference}`,
      )
      assert.ok(Math.abs((expanded?.data[k] ?? Number.NaN) - difference) < tolerance)
    })
  }
}

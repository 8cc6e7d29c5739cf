import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { analyzeMarkdown } from '../../../src/analysis'
import type { Derivation } from '../../../src/derivation'
import { graphvizOrderer, provideGraphviz } from '../../../src/drawing/graphviz'
import type { Orderer } from '../../../src/drawing/layout'
import { CONVENTIONS, type Convention, type Mode, pictureOf } from '../../../src/drawing/picture'
import { sceneOf } from '../../../src/drawing/scene'
import { provideMathJax, readyToTypeset } from '../../../src/drawing/typeset'
import { collisions } from './collisions'

/** Graphs of all sizes that a note has, in every convention; more on request. */
const RUNS = Number(process.env.GRADLENS_RUNS ?? 200)

const MODES: readonly Mode[] = ['symbols', 'numbers', 'both']

/** Formulas of a generated note: each uses two names before it, often near ones, as people's definitions do. */
const STEPS: readonly ((a: string, b: string) => string)[] = [
  (a, b) => `${a} + ${b}`,
  (a, b) => `${a} ${b}`,
  (a, b) => `\\frac{${a}}{1 + ${b}^2}`,
  (a) => `\\sin(3 ${a})`,
  (a, b) => `e^{-${a}} - 2 ${b}`,
  (a) => `\\frac{1}{1 + e^{-${a}}}`,
  (a, b) => `\\log(${a}^2 + ${b}^2 + 1)`,
  (a, b) => `\\max(${a}, ${b})`,
]

const NAMES = ['u', 'v_{1}', 'h', '\\hat{y}', 's', 'w_{12}', 'E', 'q', '\\alpha', 'm', 'T_{k}', 'g']

interface Drawing {
  readonly note: string
  readonly convention: Convention
  readonly mode: Mode
  readonly collapsed: boolean
}

const drawing: fc.Arbitrary<Drawing> = fc
  .record({
    steps: fc.array(fc.tuple(fc.nat(STEPS.length - 1), fc.nat(3), fc.nat(5)), {
      minLength: 1,
      maxLength: NAMES.length,
    }),
    values: fc.boolean(),
    convention: fc.constantFrom(...CONVENTIONS),
    mode: fc.constantFrom(...MODES),
    collapsed: fc.boolean(),
  })
  .map(({ steps, values, ...rest }) => {
    const known = ['x', 'y', 'z']
    const lines = steps.map(([kind, near, far], k) => {
      const [a, b] = [known.at(-1 - near), known.at(-1 - far)].map((name) => name ?? 'x') as [string, string]
      const name = NAMES[k] as string
      known.push(name)
      return `$$${name} = ${STEPS[kind]?.(a, b)}$$`
    })
    const given = values ? '$x = 0.25$, $y = -1.5$, $z = 3$' : ''
    return { note: [...lines, given].join('\n\n'), ...rest }
  })

describe('drawings of whatever is written', () => {
  let orderer: Orderer | undefined
  before(async () => {
    provideMathJax(() => import('../../../src/platform/mathjaxBundle'))
    provideGraphviz(() => import('../../../src/platform/graphvizBundle'))
    await readyToTypeset()
    orderer = await graphvizOrderer()
  })
  const touching = (derivation: Derivation, options: Omit<Drawing, 'note'>) =>
    collisions(sceneOf(pictureOf(derivation, { ...options, turned: new Set(), locals: true }), orderer))

  it('no label touches another, a node or a line, in any convention', function () {
    this.timeout(RUNS * 1000)
    fc.assert(
      fc.property(drawing, ({ note, ...options }) => {
        for (const derivation of analyzeMarkdown(note).derivations)
          assert.deepEqual(touching(derivation, options), [], note)
      }),
      { numRuns: RUNS },
    )
  })

  const examples = ['examples', 'examples/chapter-5', 'examples/notes'].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.md'))
      .map((file) => join(folder, file)),
  )
  for (const file of examples)
    it(`nor in ${file}`, () => {
      const { derivations } = analyzeMarkdown(readFileSync(file, 'utf8'))
      assert.ok(derivations.length > 0)
      for (const derivation of derivations)
        for (const mode of MODES)
          assert.deepEqual(touching(derivation, { convention: 'book', mode, collapsed: false }), [], derivation.key)
    })
})

import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { graphvizOrderer, provideGraphviz } from '../../../src/drawing/graphviz'
import { CONVENTIONS, type Convention, type Mode, pictureOf } from '../../../src/drawing/picture'
import { revalued } from '../../../src/drawing/revalue'
import { type Scene, sceneOf } from '../../../src/drawing/scene'
import { LIGHT, svgFile } from '../../../src/drawing/svg'
import { provideMathJax, readyToTypeset } from '../../../src/drawing/typeset'
import { collisions } from './collisions'
import { derivation, GALLERY } from './handmade'

const GOLDEN = 'test/golden/drawing'
/** Set to write the files anew; look at each of them before committing. */
const UPDATE = process.env.UPDATE_GOLDEN === '1'

/** Drawings that are compared with a file. */
const APPROVED: readonly (readonly [string, Mode])[] = [
  ['chain-rule', 'symbols'],
  ['without-values', 'symbols'],
  ['shopping', 'numbers'],
  ['sigmoid', 'numbers'],
  ['fan-out', 'numbers'],
  ['affine', 'numbers'],
  ['affine-shapes', 'symbols'],
]

/** The beginnings of lines that one text has and the other hasn't: whole drawings are too long for a message. */
function differentLines(a: string, b: string): string[] {
  const [left, right] = [a.split('\n'), b.split('\n')]
  const only = (lines: string[], others: string[]) => lines.filter((line) => !others.includes(line))
  return [...only(left, right), ...only(right, left)].map((line) => line.slice(0, 160))
}

const words = (scene: Scene) => scene.nodes.map(({ spoken }) => spoken.expression)

describe('drawing', () => {
  before(async () => {
    provideMathJax(() => import('../../../src/platform/mathjaxBundle'))
    provideGraphviz(() => import('../../../src/platform/graphvizBundle'))
    await readyToTypeset()
  })
  const sceneFor = async (name: string, mode: Mode) => {
    const found = GALLERY.find(([key]) => key === name)?.[1]
    assert.ok(found)
    return sceneOf(
      pictureOf(found, { mode, collapsed: false, turned: new Set(), locals: true }),
      await graphvizOrderer(),
    )
  }

  for (const [name] of GALLERY) {
    for (const mode of ['symbols', 'numbers'] as const) {
      it(`no label touches a label, a node or a line: ${name}, ${mode}`, async () => {
        assert.deepEqual(collisions(await sceneFor(name, mode)), [])
      })
    }
  }

  for (const [name, mode] of APPROVED) {
    it(`looks as it was approved: ${name}, ${mode}`, async () => {
      const svg = `${svgFile(await sceneFor(name, mode), { palette: LIGHT, title: name })}\n`
      const file = join(GOLDEN, `${name}-${mode}.svg`)
      if (UPDATE) {
        mkdirSync(GOLDEN, { recursive: true })
        writeFileSync(file, svg)
      }
      assert.ok(existsSync(file), `${file} is missing: run with UPDATE_GOLDEN=1 and look at it`)
      assert.deepEqual(differentLines(svg, readFileSync(file, 'utf8')), [])
    })
  }

  it('keeps labels apart in a tangle of 60 nodes', async () => {
    const tangled = derivation('z', ({ input, op, named }) => {
      const nodes = ['a', 'b', 'c', 'd'].map((latex, i) => input(latex, 0.3 * (i + 1)))
      let seed = 5
      const pick = () => {
        seed = (seed * 1103515245 + 12345) % 2147483648
        return nodes[
          Math.floor((seed / 2147483648) * Math.min(nodes.length, 12)) + Math.max(0, nodes.length - 12)
        ] as number
      }
      for (let i = 0; i < 56; i++) {
        const made = i % 5 === 0 ? op('sin', pick()) : op(i % 2 ? 'add' : 'multiply', pick(), pick())
        nodes.push(i % 3 === 0 ? named(`v_{${i}}`, made) : made)
      }
      return nodes.slice(-12).reduce((sum, next) => op('add', sum, next))
    })
    const scene = sceneOf(
      pictureOf(tangled, { mode: 'both', collapsed: false, turned: new Set(), locals: true }),
      await graphvizOrderer(),
    )
    assert.deepEqual(collisions(scene), [])
  })

  it('draws a named expression as one node when groups are collapsed, and opens it', () => {
    const made = GALLERY.find(([key]) => key === 'neuron')?.[1]
    assert.ok(made)
    const collapsed = pictureOf(made, { mode: 'symbols', collapsed: true, turned: new Set() })
    const groups = collapsed.nodes.filter(({ kind }) => kind === 'group')
    assert.deepEqual(
      groups.map(({ symbol }) => symbol[0]),
      ['a', 'L'],
    )
    const open = pictureOf(made, { mode: 'symbols', collapsed: true, turned: new Set([groups[0]!.id]) })
    assert.equal(open.nodes.length, collapsed.nodes.length + groups[0]!.inside.length)
  })

  it('puts constants into the circle of their only other input', async () => {
    const scene = await sceneFor('sigmoid', 'symbols')
    assert.equal(scene.nodes.filter(({ kind }) => kind === 'constant').length, 0)
    assert.deepEqual(words(scene), ['x', '-x', 'exp(-x)', '1 + exp(-x)', 'y = 1 / (1 + exp(-x))', 'y'])
  })

  it('shows on each edge what comes back along it, and the sum under the node', () => {
    const made = GALLERY.find(([key]) => key === 'fan-out')?.[1]
    assert.ok(made)
    const { nodes, edges } = pictureOf(made, { mode: 'symbols', collapsed: false, turned: new Set() })
    const x = nodes.findIndex(({ symbol }) => symbol[0] === 'x')
    const contributions = edges.filter(({ from }) => from === x).map(({ gradient }) => gradient.symbols[0])
    assert.equal(contributions.length, 3)
    assert.equal(new Set(contributions).size, 3)
    assert.match(nodes[x]?.total.symbols[0] ?? '', /^\\frac\{\\partial z\}\{\\partial x\} = /)
  })

  it('shows shapes where there are no numbers, and tables where there are', () => {
    const picture = (name: string) => {
      const made = GALLERY.find(([key]) => key === name)?.[1]
      assert.ok(made)
      return pictureOf(made, { mode: 'symbols', collapsed: false, turned: new Set() })
    }
    assert.deepEqual(
      picture('affine-shapes').edges.map(({ shape }) => shape),
      ['N \\times 2', '2 \\times 3', 'N \\times 3', '3', 'N \\times 3'],
    )
    assert.match(picture('affine').edges[0]?.value.figure?.latex ?? '', /^\\begin\{pmatrix\} 1 & 2/)
  })
})

describe('conventions', () => {
  const example = (name: string) => GALLERY.find(([key]) => key === name)?.[1]
  const drawn = (name: string, convention: Convention) => {
    const made = example(name)
    assert.ok(made)
    return sceneOf(pictureOf(made, { convention, mode: 'both', collapsed: false, turned: new Set(), locals: true }))
  }
  for (const convention of CONVENTIONS) {
    for (const [name] of GALLERY) {
      it(`draw ${name} as ${convention} without a label that touches another`, () => {
        assert.deepEqual(collisions(drawn(name, convention)), [])
      })
    }
  }

  const kinds: [Convention, string, (scene: Scene) => unknown, unknown][] = [
    [
      'book',
      'has an arrow and a local derivative on every edge',
      ({ edges }) => edges.filter(({ arrow }) => arrow).length,
      4,
    ],
    ['circuit', 'has no arrows', ({ edges }) => edges.filter(({ arrow, local }) => arrow || local).length, 0],
    ['record', 'has everything in boxes', ({ nodes }) => nodes.map(({ cells }) => cells.length), [2, 2, 3, 3]],
    [
      'record',
      'has nothing on the lines',
      ({ edges }) => edges.filter(({ value, gradient }) => value || gradient).length,
      0,
    ],
    [
      'tree',
      'has every leaf',
      ({ nodes }) => nodes.map(({ kind }) => kind),
      ['input', 'input', 'operation', 'operation', 'constant'],
    ],
  ]
  for (const [convention, what, of, expected] of kinds) {
    it(`${convention} ${what}`, () => assert.deepEqual(of(drawn('chain-rule', convention)), expected))
  }

  it('calls gradients of matrices by their names', () => {
    const made = example('affine')
    assert.ok(made)
    const { edges } = pictureOf(made, { convention: 'matrix', mode: 'both', collapsed: false, turned: new Set() })
    assert.match(edges[0]?.gradient.symbols[0] ?? '', /^\\frac\{\\partial L\}\{\\partial X\}$/)
  })
})

describe('other numbers in the same drawing', () => {
  it('stand where the old ones stood, and nothing else moves', () => {
    const made = GALLERY.find(([key]) => key === 'chain-rule')?.[1]
    assert.ok(made)
    const scene = sceneOf(pictureOf(made, { mode: 'both', collapsed: false, turned: new Set(), locals: true }))
    const same = revalued(scene, (node) => made.value(node))
    scene.edges.forEach((edge, i) => {
      for (const part of ['value', 'gradient'] as const) {
        const [before, after] = [edge[part]?.figure, same.edges[i]?.[part]?.figure]
        assert.equal(after === null, before === null)
        if (before && after) assert.ok(Math.abs(after.x - before.x) < 0.02 && Math.abs(after.y - before.y) < 0.02)
      }
    })
    assert.deepEqual(
      same.nodes.map(({ x, y }) => [x, y]),
      scene.nodes.map(({ x, y }) => [x, y]),
    )
  })

  it('keep to their room, however long they are', () => {
    const made = GALLERY.find(([key]) => key === 'chain-rule')?.[1]
    assert.ok(made)
    const scene = sceneOf(pictureOf(made, { mode: 'both', collapsed: false, turned: new Set(), locals: true }))
    const long = revalued(scene, () => ({ shape: [], data: Float64Array.of(-123456.789e-30) }))
    for (const { value } of long.edges) {
      const { figure, slot } = value ?? {}
      if (figure && slot) assert.ok((long.formulas[figure.formula]?.width ?? 0) * figure.size <= slot.room + 0.01)
    }
  })
})

import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { graphvizOrderer, provideGraphviz } from '../../../src/drawing/graphviz'
import { type Mode, pictureOf } from '../../../src/drawing/picture'
import { type Placed, type Scene, sceneOf } from '../../../src/drawing/scene'
import { LIGHT, svgFile } from '../../../src/drawing/svg'
import { provideMathJax, readyToTypeset } from '../../../src/drawing/typeset'
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

interface Rect {
  readonly name: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

function labelRects(scene: Scene): Rect[] {
  const rects: Rect[] = []
  const add = (name: string, placed: Placed | null) => {
    const formula = placed && scene.formulas[placed.formula]
    if (!placed || !formula) return
    const { x, y, size } = placed
    rects.push({
      name,
      left: x,
      right: x + formula.width * size,
      top: y - formula.height * size,
      bottom: y + formula.depth * size,
    })
  }
  for (const { key, name, total } of scene.nodes) {
    add(`name of ${key}`, name)
    add(`total of ${key}`, total)
  }
  for (const { key, value, shape, gradient } of scene.edges) {
    add(`value on ${key}`, value)
    add(`shape on ${key}`, shape)
    add(`gradient on ${key}`, gradient)
  }
  return rects
}

const bodyRects = (scene: Scene): Rect[] =>
  scene.nodes.map(({ key, x, y, halfWidth, halfHeight }) => ({
    name: `node ${key}`,
    left: x - halfWidth,
    right: x + halfWidth,
    top: y - halfHeight,
    bottom: y + halfHeight,
  }))

/** Points along the drawn line, curves included. */
function pointsOf(way: Scene['edges'][number]['way']): { x: number; y: number }[] {
  return way.flatMap((to, i) => {
    const from = way[i - 1]
    if (!from) return [to]
    const middle = (from.x + to.x) / 2
    return Array.from({ length: 33 }, (_, step) => {
      const t = step / 32
      const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3] as const
      return {
        x: weights[0] * from.x + (weights[1] + weights[2]) * middle + weights[3] * to.x,
        y: (weights[0] + weights[1]) * from.y + (weights[2] + weights[3]) * to.y,
      }
    })
  })
}

const overlap = (a: Rect, b: Rect) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** Everything in a scene that touches a label and shouldn't. */
function collisions(scene: Scene): string[] {
  const labels = labelRects(scene)
  const bodies = bodyRects(scene)
  const found: string[] = []
  labels.forEach((label, i) => {
    for (const other of [...labels.slice(i + 1), ...bodies]) {
      if (overlap(label, other)) found.push(`${label.name} touches ${other.name}`)
    }
    for (const { key, way, arrow } of scene.edges) {
      const near = ({ x, y }: { x: number; y: number }) =>
        x > label.left - 1 && x < label.right + 1 && y > label.top - 1 && y < label.bottom + 1
      if (pointsOf(way).some(near)) found.push(`${label.name} touches the line ${key}`)
      const touches =
        arrow && arrow.y > label.top && arrow.y < label.bottom && arrow.left < label.right && label.left < arrow.right
      if (touches) found.push(`${label.name} touches the arrow of ${key}`)
    }
  })
  return found
}

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
    return sceneOf(pictureOf(found, { mode, collapsed: false, expanded: new Set() }), await graphvizOrderer())
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
      pictureOf(tangled, { mode: 'numbers', collapsed: false, expanded: new Set() }),
      await graphvizOrderer(),
    )
    assert.deepEqual(collisions(scene), [])
  })

  it('draws a named expression as one node when groups are collapsed, and opens it', () => {
    const made = GALLERY.find(([key]) => key === 'neuron')?.[1]
    assert.ok(made)
    const collapsed = pictureOf(made, { mode: 'symbols', collapsed: true, expanded: new Set() })
    const groups = collapsed.nodes.filter(({ kind }) => kind === 'group')
    assert.deepEqual(
      groups.map(({ symbol }) => symbol[0]),
      ['a', 'L'],
    )
    const open = pictureOf(made, { mode: 'symbols', collapsed: true, expanded: new Set([groups[0]!.id]) })
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
    const { nodes, edges } = pictureOf(made, { mode: 'symbols', collapsed: false, expanded: new Set() })
    const x = nodes.findIndex(({ symbol }) => symbol[0] === 'x')
    const contributions = edges.filter(({ from }) => from === x).map(({ gradient }) => gradient[0])
    assert.equal(contributions.length, 3)
    assert.equal(new Set(contributions).size, 3)
    assert.match(nodes[x]?.total[0] ?? '', /^\\frac\{\\partial z\}\{\\partial x\} = /)
  })

  it('shows shapes where there are no numbers, and tables where there are', () => {
    const picture = (name: string) => {
      const made = GALLERY.find(([key]) => key === name)?.[1]
      assert.ok(made)
      return pictureOf(made, { mode: 'symbols', collapsed: false, expanded: new Set() })
    }
    assert.deepEqual(
      picture('affine-shapes').edges.map(({ shape }) => shape),
      ['N \\times 2', '2 \\times 3', 'N \\times 3', '3', 'N \\times 3'],
    )
    assert.match(picture('affine').edges[0]?.value[0] ?? '', /^\\begin\{pmatrix\} 1 & 2/)
  })
})

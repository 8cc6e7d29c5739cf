import assert from 'node:assert/strict'
import { analyzeMarkdown } from '../../../src/analysis'
import { pictureOf } from '../../../src/drawing/picture'
import { sceneOf } from '../../../src/drawing/scene'
import { provideMathJax, readyToTypeset } from '../../../src/drawing/typeset'

/** Layers of units that are connected with all units of the layer before, `h_{11} = \tanh(w_{111} x_1 + …)`. */
function networkOf(layers: number, units: number): string {
  const numbers = Array.from({ length: units }, (_, i) => i + 1)
  let before = numbers.map((i) => `x_{${i}}`)
  const lines: string[] = []
  for (let layer = 1; layer <= layers; layer++) {
    const names = numbers.map((j) => `h_{${layer}${j}}`)
    const last = before
    for (const [j, called] of names.entries()) {
      const terms = last.map((x, i) => `w_{${layer}${j + 1}${i + 1}} ${x}`)
      lines.push(`$$ ${called} = \\tanh(${terms.join(' + ')} + b_{${layer}${j + 1}}) $$`)
    }
    before = names
  }
  return [...lines, `$$ y = ${before.join(' + ')} $$`].join('\n\n')
}

const outputOf = (note: string) => {
  const { derivations } = analyzeMarkdown(note)
  const last = derivations.at(-1)
  assert.ok(last)
  return last
}

describe('folds', () => {
  before(async () => {
    provideMathJax(() => import('../../../src/platform/mathjaxBundle'))
    await readyToTypeset()
  })

  it('take each input once, with a count of the lines that are drawn as one', () => {
    const derivation = outputOf('$$ u = x \\sin(x) + x y, \\quad z = u^2 $$')
    const { nodes, edges } = pictureOf(derivation, { mode: 'symbols', collapsed: true, turned: new Set() })
    const into = edges.filter(({ to }) => nodes[to]?.symbol[0] === 'u')
    assert.deepEqual(
      into.map(({ from, count }) => [nodes[from]?.symbol[0], count]),
      [
        ['x', 3],
        ['y', 1],
      ],
    )
  })

  it('of a large network are a woven picture whose layers are as high as they are wide', () => {
    const derivation = outputOf(networkOf(10, 5))
    assert.ok(derivation.written.length > 800)
    const picture = pictureOf(derivation, { mode: 'symbols', collapsed: true, turned: new Set(), locals: true })
    const scene = sceneOf(picture)
    const layer = (n: number) => scene.nodes.filter(({ spoken }) => spoken.expression.startsWith(`h_${n}`))
    assert.equal(picture.nodes.filter(({ kind }) => kind === 'group').length, 51)
    // Each shared input is drawn once.
    assert.equal(picture.nodes.filter(({ kind }) => kind === 'input').length, 5)
    assert.equal(new Set(layer(3).map(({ x }) => x)).size, 1)
    assert.ok(scene.height < 700, `${scene.height}`)
    assert.deepEqual(
      scene.edges.filter(({ value, gradient, local }) => value || gradient || local).map(({ to }) => to),
      ['output'],
    )
  })

  it('leave no gradient unsaid: a long one goes by its name', () => {
    const derivation = outputOf(networkOf(3, 2))
    const picture = pictureOf(derivation, { mode: 'symbols', collapsed: false, turned: new Set(), locals: true })
    const scene = sceneOf(picture)
    const silent = scene.edges.filter(({ gradient }, i) => {
      const start = picture.nodes[picture.edges[i]?.from ?? -1]
      return gradient === null && start?.kind !== 'constant'
    })
    assert.deepEqual(
      silent.map(({ from, to }) => `${from} to ${to}`),
      [],
    )
  })
})

describe('the fold of a sigmoid', () => {
  const NOTE =
    '$$ u = -x, \\quad v = e^u, \\quad s = 1 + v, \\quad y = \\frac{1}{s} $$\n\n$x = 0.5$\n\n$$ z = \\frac{1}{1 + e^{-(a b)}} $$'
  const derivationOf = (key: string) => {
    const found = analyzeMarkdown(NOTE).derivations.find(({ name }) => name.plain === key)
    assert.ok(found)
    return found
  }
  const pictureFor = (key: string, options: { collapsed: boolean; turned?: string }) => {
    const derivation = derivationOf(key)
    const turned = derivation.graph.nodes.filter(({ name }) => name?.plain === options.turned).map(({ id }) => id)
    return pictureOf(derivation, {
      mode: 'symbols',
      locals: true,
      collapsed: options.collapsed,
      turned: new Set(turned),
    })
  }

  it('is the step from its parts to one node with y(1 - y), whatever names the parts have', () => {
    const { nodes, edges, groups } = pictureFor('y', { collapsed: false, turned: 'y' })
    assert.equal(groups, 1)
    assert.deepEqual(
      nodes.map(({ kind, symbol, name }) => [kind, symbol[0], name]),
      [
        ['input', 'x', null],
        ['group', '\\sigma', null],
        ['output', 'y', null],
      ],
    )
    assert.equal(edges[0]?.local.symbols[0], '\\times y (1 - y)')
  })

  it('leaves each gradient what it was', () => {
    const [open, folded] = [false, true].map((collapsed) => pictureFor('y', { collapsed }))
    const ofX = (picture: typeof open) =>
      picture?.edges.find(({ from }) => picture.nodes[from]?.symbol[0] === 'x')?.gradient.symbols[0]
    assert.ok(ofX(open))
    assert.equal(ofX(folded), ofX(open))
  })

  it('takes the composite alone where a name stands for more', () => {
    const [alone, whole] = [pictureFor('z', { collapsed: false, turned: 'z' }), pictureFor('z', { collapsed: true })]
    const symbols = (picture: typeof alone) => picture.nodes.map(({ symbol }) => symbol[0])
    assert.deepEqual(symbols(alone), ['a', 'b', '\\times', '\\sigma', 'z'])
    assert.deepEqual(symbols(whole), ['a', 'b', 'z', 'z'])
  })
})

import assert from 'node:assert/strict'
import { analyzeMarkdown } from '../../../src/analysis'
import { contoursOf } from '../../../src/panel/contours'
import {
  centralDifference,
  curveOf,
  descended,
  foreseen,
  liveOf,
  moved,
  rangeAround,
  trialNumbers,
} from '../../../src/panel/live'
import { modelOf } from '../../../src/study/graphData'

const played = (note: string) => {
  const derivation = analyzeMarkdown(note).derivations[0]
  assert.ok(derivation)
  const model = modelOf(derivation)
  assert.ok(model)
  // What goes through the line to the page is JSON.
  const live = liveOf(JSON.parse(JSON.stringify(model)))
  const input = (plain: string) => {
    const found = derivation.inputs.find((id) => derivation.graph.nodes[id]?.name?.plain === plain)
    assert.ok(found !== undefined)
    return { node: found, index: 0 }
  }
  return { live, input }
}

const CHAIN = '$$ z = t^2, \\quad t = x + y $$\n\n$x = 0.5$, $y = 1.25$\n'

describe('the graph in the page', () => {
  it('has the values of the note, and follows an input that is moved', () => {
    const { live, input } = played(CHAIN)
    assert.equal(live.outputAt(live.leaves), 3.0625)
    const there = moved(live.leaves, input('x'), 1)
    assert.equal(live.outputAt(there), 2.25 ** 2)
    assert.equal(live.slopeAt(there, input('x')), 4.5)
    assert.equal(live.outputAt(live.leaves), 3.0625, 'what was before stays as it was')
  })

  it('goes against the gradient, on the chosen inputs alone', () => {
    const { live, input } = played(CHAIN)
    const [x, y] = [input('x').node, input('y').node]
    const next = descended(live, live.leaves, [x], 0.1)
    assert.ok(Math.abs((next.get(x)?.data[0] ?? 0) - (0.5 - 0.1 * 3.5)) < 1e-12)
    assert.equal(next.get(y)?.data[0], 1.25)
    const losses = foreseen(live, live.leaves, [x, y], 0.1, 5)
    assert.equal(losses.length, 6)
    losses.slice(1).forEach((loss, i) => assert.ok(loss < (losses[i] as number)))
  })

  it('takes no step into what has no value', () => {
    const { live, input } = played('$$ z = \\sqrt{x} $$\n\n$x = 0$\n')
    const { node } = input('x')
    assert.equal(descended(live, live.leaves, [node], 0.1).get(node)?.data[0], 0)
  })

  it('agrees with finite differences', () => {
    const { live, input } = played('$$ z = \\sin(x) e^{x y} $$\n\n$x = 0.5$, $y = 1.25$\n')
    for (const name of ['x', 'y']) {
      const [slope, difference] = [
        live.slopeAt(live.leaves, input(name)),
        centralDifference(live, live.leaves, input(name)),
      ]
      assert.ok(Math.abs(slope - difference) < 1e-6, `${name}: ${slope}, ${difference}`)
    }
  })

  it('draws the output over an input', () => {
    const { live, input } = played(CHAIN)
    const curve = curveOf(live, live.leaves, input('x'), [-1, 1], 3)
    assert.deepEqual(curve, [
      { x: -1, y: 0.0625 },
      { x: 0, y: 1.5625 },
      { x: 1, y: 5.0625 },
    ])
  })

  it('draws contours on which the output is the same', () => {
    const { live, input } = played('$$ z = x^2 + y^2 $$\n\n$x = 1$, $y = 1$\n')
    const lines = contoursOf(
      live,
      live.leaves,
      [input('x'), input('y')],
      [
        [-2, 2],
        [-2, 2],
      ],
    )
    assert.ok(lines.length > 100)
    for (const { from, to } of lines) {
      const [a, b] = [from, to].map(({ x, y }) => x * x + y * y) as [number, number]
      assert.ok(Math.abs(a - b) < 0.1, `${a} and ${b}`)
    }
  })

  it('moves an entry of a matrix', () => {
    const { live, input } = played(
      '$$ Y = X W $$\n\n$X = \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$, $W = \\begin{pmatrix} 1 & 0 \\\\ 0 & 1 \\end{pmatrix}$\n',
    )
    const there = moved(live.leaves, { ...input('X'), index: 1 }, 7)
    assert.deepEqual([...(there.get(input('X').node)?.data ?? [])], [1, 7, 3, 4])
  })

  it('proposes a range around a value, or takes that of the note', () => {
    assert.deepEqual(rangeAround(0.5, null), [-2, 2])
    assert.deepEqual(rangeAround(-8, null), [-12, 12])
    assert.deepEqual(rangeAround(0.5, [0, 1]), [0, 1])
  })

  it('gives different trial values to different inputs', () => {
    assert.equal(new Set([0, 1, 2, 3].flatMap((place) => trialNumbers(place, 1))).size, 4)
  })
})

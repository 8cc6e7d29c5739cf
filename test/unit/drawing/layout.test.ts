import assert from 'node:assert/strict'
import { graphvizOrderer, provideGraphviz } from '../../../src/drawing/graphviz'
import { type LayoutGraph, layOut, rankedOf } from '../../../src/drawing/layout'
import { crossings, orderRanks } from '../../../src/drawing/order'
import { type Box, ranksOf } from '../../../src/drawing/ranks'
import { circle, derivationLike, label } from '../../support/layouts'

/** `0-2 1-2 2-3`: edges of a graph. */
const edgesOf = (text: string) => text.split(' ').map((edge) => edge.split('-').map(Number) as [number, number])

function graphOf(text: string): LayoutGraph {
  const edges = edgesOf(text)
  const count = Math.max(...edges.flat()) + 1
  return { nodes: Array(count).fill(circle), edges: edges.map(([from, to]) => ({ from, to, label })) }
}

interface Rect {
  name: string
  left: number
  right: number
  top: number
  bottom: number
}

function boxesOf(graph: LayoutGraph, layout: ReturnType<typeof layOut>): Rect[] {
  const rect = (name: string, box: Box, at: { x: number; y: number }): Rect => ({
    name,
    left: at.x,
    right: at.x + box.width,
    top: at.y - box.above,
    bottom: at.y + box.below,
  })
  return [
    ...graph.nodes.map((node, i) => rect(`node ${i}`, node, layout.nodes[i] as { x: number; y: number })),
    ...graph.edges.flatMap((edge, i) => {
      const at = layout.labels[i]
      return edge.label && at ? [rect(`label ${edge.from}-${edge.to}`, edge.label, at)] : []
    }),
  ]
}

const overlaps = (a: Rect, b: Rect) =>
  a.left < b.right - 0.01 && b.left < a.right - 0.01 && a.top < b.bottom - 0.01 && b.top < a.bottom - 0.01

describe('layout', () => {
  const ranks: [string, string, number[]][] = [
    ['a chain', '0-1 1-2', [0, 1, 2]],
    ['an input stands beside its first use', '0-2 1-2 2-3 4-3', [0, 0, 1, 2, 1]],
    ['an input that is used twice stands before the earlier use', '0-1 1-2 0-2', [0, 1, 2]],
    ['a side branch is drawn towards its use', '0-1 1-2 2-3 3-5 4-6 6-5', [0, 1, 2, 3, 2, 4, 3]],
  ]
  for (const [name, text, expected] of ranks) {
    it(`columns: ${name}`, () => {
      const edges = edgesOf(text)
      assert.deepEqual(ranksOf(expected.length, edges), expected)
    })
  }

  const graphs = [
    '0-2 1-2 2-3',
    '0-1 0-2 1-3 2-3',
    '0-3 1-3 2-4 3-4 3-5 4-5 0-5',
    '0-1 1-2 2-3 3-4 4-5 0-5 1-5',
    '0-4 1-4 2-5 3-5 4-6 5-6 0-6 3-6',
  ]
  for (const text of graphs) {
    it(`nothing overlaps in ${text}`, () => {
      const graph = graphOf(text)
      const boxes = boxesOf(graph, layOut(graph))
      const found = boxes.flatMap((a, i) =>
        boxes
          .slice(i + 1)
          .filter((b) => overlaps(a, b))
          .map((b) => `${a.name}, ${b.name}`),
      )
      assert.deepEqual(found, [])
    })

    it(`edges run level through their labels in ${text}`, () => {
      const graph = graphOf(text)
      const layout = layOut(graph)
      layout.labels.forEach((at, edge) => {
        const way = layout.ways[edge] ?? []
        const straight = way.some((point, i) => {
          const next = way[i + 1]
          if (!at || !next || point.y !== at.y || next.y !== at.y) return false
          return point.x <= at.x && next.x >= at.x + label.width
        })
        assert.ok(straight, `edge ${edge}`)
      })
    })
  }

  it('draws a tree without crossings, inputs in the order written', () => {
    const graph = graphOf('0-4 1-4 2-5 3-5 4-6 5-6')
    const layout = layOut(graph)
    const heights = layout.nodes.map((node) => node.y)
    assert.ok(heights[0]! < heights[1]! && heights[1]! < heights[2]! && heights[2]! < heights[3]!)
    assert.equal(heights[6], (heights[4]! + heights[5]!) / 2)
  })

  it('keeps a long edge straight between its ends', () => {
    const layout = layOut(graphOf('0-1 1-2 2-3 3-4 4-5 0-5'))
    const way = layout.ways[5] ?? []
    assert.equal(new Set(way.slice(2, -2).map((point) => point.y)).size, 1)
  })

  it('lays out 5,000 nodes, each to the right of what it uses', () => {
    const graph = derivationLike(5000)
    const layout = layOut(graph)
    for (const { from, to } of graph.edges) assert.ok(layout.nodes[from]!.x + 44 < layout.nodes[to]!.x)
  })

  it('has fewer crossings with Graphviz than by itself', async () => {
    provideGraphviz(() => import('../../../src/platform/graphvizBundle'))
    const orderer = await graphvizOrderer()
    assert.ok(orderer)
    const { ranked } = rankedOf(derivationLike(120))
    const order = orderer(ranked)
    assert.ok(order)
    assert.ok(crossings(ranked, order) < crossings(ranked, orderRanks(ranked)))
  })

  it('helps itself where Graphviz cannot be loaded', async () => {
    provideGraphviz(() => Promise.reject(new Error('offline')))
    assert.equal(await graphvizOrderer(), undefined)
  })
})

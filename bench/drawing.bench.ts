/** Where the nodes of graphs of 20 to 10,000 nodes go, against Graphviz, ELK and dagre on the same graphs, and how often their lines cross. */
import dagre from '@dagrejs/dagre'
import { instance } from '@viz-js/viz'
import ELK from 'elkjs'
import { graphvizOrderer, provideGraphviz } from '../src/drawing/graphviz'
import { type LayoutGraph, layOut, rankedOf } from '../src/drawing/layout'
import { crossings, orderRanks } from '../src/drawing/order'
import { circle, derivationLike, label } from '../test/support/layouts'
import { compareSlow, type Measured, report, type SlowSide } from './measure'

/** A peer that took longer than this at a size isn't asked for the next one. */
const PATIENCE_MICROSECONDS = 20e6

const HEIGHT = label.above + label.below
const inches = (pixels: number) => (pixels / 72).toFixed(3)

function dotOf({ nodes, edges }: LayoutGraph): string {
  const boxes = nodes.map(
    (_, i) => `${i} [shape=box fixedsize=true width=${inches(circle.width)} height=${inches(62)}]`,
  )
  const lines = edges.map(({ from, to }) => `${from} -> ${to} [label="2 x y = 3.5" fontsize=12]`)
  return `digraph { rankdir=LR; ${[...boxes, ...lines].join('; ')} }`
}

const elkOf = ({ nodes, edges }: LayoutGraph) => ({
  id: 'root',
  layoutOptions: { 'elk.algorithm': 'layered', 'elk.direction': 'RIGHT' },
  children: nodes.map((_, i) => ({ id: `n${i}`, width: circle.width, height: 62 })),
  edges: edges.map(({ from, to }, i) => ({
    id: `e${i}`,
    sources: [`n${from}`],
    targets: [`n${to}`],
    labels: [{ id: `l${i}`, text: '', width: label.width, height: HEIGHT }],
  })),
})

function dagreLayout({ nodes, edges }: LayoutGraph): unknown {
  const graph = new dagre.graphlib.Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR' })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const i of nodes.keys()) graph.setNode(String(i), { width: circle.width, height: 62 })
  for (const { from, to } of edges)
    graph.setEdge(String(from), String(to), { width: label.width, height: HEIGHT, labelpos: 'c' })
  dagre.layout(graph)
  return graph
}

async function main(): Promise<void> {
  provideGraphviz(() => import('../src/platform/graphvizBundle'))
  const orderer = await graphvizOrderer()
  const viz = await instance()
  const elk = new ELK()
  const tired = new Set<string>()
  for (const count of [20, 100, 500, 2000, 5000, 10_000]) {
    const graph = derivationLike(count)
    const dot = dotOf(graph)
    const all: SlowSide[] = [
      { name: 'GradLens', run: () => layOut(graph, orderer) },
      { name: 'dot (@viz-js/viz)', run: () => viz.render(dot, { format: 'plain' }) },
      { name: 'elkjs, layered', run: () => elk.layout(elkOf(graph)) },
      { name: '@dagrejs/dagre', run: () => dagreLayout(graph) },
    ]
    const sides = all.filter(({ name }) => !tired.has(name))
    const measured: Measured[] = await compareSlow(sides, count > 1000 ? 1 : 5)
    report(`layout, ${count} nodes, ${graph.edges.length} lines with labels`, measured)
    for (const { name, microseconds } of measured) if (microseconds > PATIENCE_MICROSECONDS) tired.add(name)
    const { ranked } = rankedOf(graph)
    const order = orderer?.(ranked) ?? orderRanks(ranked)
    if (count <= 2000)
      console.log(
        `  crossings: ${crossings(ranked, order)}; without Graphviz's order ${crossings(ranked, orderRanks(ranked))}`,
      )
  }
}

main().catch((error) => {
  console.error(error)
  process.exitCode = 1
})

/**
 * Places for the nodes and edges of a graph that flows from left to right. Each edge may carry a label, which gets a box of
 * its own between the columns of its nodes: an edge runs straight through its label and bends only in the gaps, where
 * nothing stands, so labels meet neither lines nor each other.
 */
import { assignHeights } from './heights'
import { crossings, type Order, orderRanks } from './order'
import { type Box, type Item, type Ranked, ranksOf } from './ranks'

export interface LayoutNode extends Box {
  /** Where it stands in a column wider than it is. */
  readonly align: 'left' | 'center' | 'right'
  /** How far from its left and right side the lines begin, and how far they may spread around its line. */
  readonly port: { readonly inset: number; readonly spread: number }
}
export interface LayoutEdge {
  readonly from: number
  readonly to: number
  readonly label: Box | null
}
export interface LayoutGraph {
  readonly nodes: readonly LayoutNode[]
  /** From a node to one that uses it: no cycles. */
  readonly edges: readonly LayoutEdge[]
}
export interface Point {
  readonly x: number
  readonly y: number
}
export interface Layout {
  readonly width: number
  readonly height: number
  /** Left side of the node's box, and its line. */
  readonly nodes: readonly Point[]
  /** Left side of the label's column and its width there, and its line: the edge runs straight along all of it. */
  readonly labels: readonly (Point | null)[]
  /** Way of each edge: straight between points of equal `y`, a curve with level ends between others. */
  readonly ways: readonly (readonly Point[])[]
}

/** With labels on less than this share of its lines a graph counts as bare. */
const FEW_LABELS = 0.1

/** Where an item is only passed. */
const PASS: Box = { width: 0, above: 5, below: 5 }

/** Finds a good order within the columns; `null`: it can't. */
export type Orderer = (ranked: Ranked) => Order | null

/** The places. `orderer`: who finds the order within the columns, instead of our own sweeps. */
export function layOut(graph: LayoutGraph, orderer?: Orderer): Layout {
  if (graph.nodes.length === 0) return { width: 0, height: 0, nodes: [], labels: [], ways: [] }
  const { ranked, chains } = rankedOf(graph)
  const order = bestOrder(ranked, orderer)
  const heights = assignHeights(ranked, order)
  return placed(graph, ranked, chains, heights)
}

/** Our own order keeps to what the author wrote; another one is taken where it has fewer crossings. */
function bestOrder(ranked: Ranked, orderer: Orderer | undefined): Order {
  const own = orderRanks(ranked)
  const crossed = crossings(ranked, own)
  const other = crossed > 0 && orderer ? orderer(ranked) : null
  return other && crossings(ranked, other) < crossed ? other : own
}

/** Columns, with an item for each node, each label and each passing of a long edge. `chains`: the items along each edge. */
export function rankedOf(graph: LayoutGraph): { ranked: Ranked; chains: number[][] } {
  const labelled = graph.edges.filter(({ label }) => label).length
  // A column for labels stands between all columns of nodes, unless hardly any line has one: then those alone reach further.
  const isBare = labelled < graph.edges.length * FEW_LABELS
  const step = labelled > 0 && !isBare ? 2 : 1
  const nodeRank = ranksOf(
    graph.nodes.length,
    graph.edges.map(({ from, to, label }) => [from, to, isBare && label ? 2 : 1]),
  )
  const items: Item[] = graph.nodes.map((node, index) => ({
    width: node.width,
    above: node.above,
    below: node.below,
    rank: (nodeRank[index] as number) * step,
    node: index,
    edge: -1,
  }))
  const next: number[][] = items.map(() => [])
  const previous: number[][] = items.map(() => [])
  const link = (from: number, to: number) => {
    next[from]?.push(to)
    previous[to]?.push(from)
  }
  const chains = graph.edges.map((edge, index) => {
    const chain = [edge.from]
    const last = (items[edge.to] as Item).rank
    for (let rank = (items[edge.from] as Item).rank + 1; rank < last; rank++) {
      const box = chain.length === 1 && edge.label ? edge.label : PASS
      const id = items.length
      items.push({ ...box, rank, node: -1, edge: index })
      next.push([])
      previous.push([])
      link(chain[chain.length - 1] as number, id)
      chain.push(id)
    }
    link(chain[chain.length - 1] as number, edge.to)
    chain.push(edge.to)
    return chain
  })
  const ranks = items.reduce((most, item) => Math.max(most, item.rank), 0) + 1
  return { ranked: { items, next, previous, ranks }, chains }
}

const MARGIN = 16
/** Gap between two columns: at least, at most, and how it grows with the height that a curve in it has to climb. */
const GAP = { least: 18, most: 90, slope: 0.32 }

interface Column {
  readonly x: number
  readonly width: number
}

function columnsOf(ranked: Ranked, heights: readonly number[]): Column[] {
  const widths = new Array<number>(ranked.ranks).fill(0)
  const climbs = new Array<number>(ranked.ranks).fill(0)
  ranked.items.forEach((item, id) => {
    widths[item.rank] = Math.max(widths[item.rank] as number, item.width)
    for (const other of ranked.next[id] as number[]) {
      const climb = Math.abs((heights[other] as number) - (heights[id] as number))
      climbs[item.rank] = Math.max(climbs[item.rank] as number, climb)
    }
  })
  let x = MARGIN
  return widths.map((width, rank) => {
    const column = { x, width }
    x += width + Math.min(GAP.most, GAP.least + GAP.slope * (climbs[rank] as number))
    return column
  })
}

const SHARE = { left: 0, center: 0.5, right: 1 } as const

function placed(graph: LayoutGraph, ranked: Ranked, chains: number[][], heights: readonly number[]): Layout {
  const columns = columnsOf(ranked, heights)
  const top = ranked.items.reduce((least, item, id) => Math.min(least, (heights[id] as number) - item.above), Infinity)
  const bottom = ranked.items.reduce(
    (most, item, id) => Math.max(most, (heights[id] as number) + item.below),
    -Infinity,
  )
  const lineOf = (id: number) => (heights[id] as number) - top + MARGIN
  const columnOf = (id: number) => columns[(ranked.items[id] as Item).rank] as Column

  const nodes = graph.nodes.map((node, id) => {
    const column = columnOf(id)
    return { x: column.x + (column.width - node.width) * SHARE[node.align], y: lineOf(id) }
  })
  const ports = portsOf(graph, chains, lineOf)
  const ways = chains.map((chain, edge) => {
    const { from, to } = graph.edges[edge] as LayoutEdge
    const [start, end] = [graph.nodes[from] as LayoutNode, graph.nodes[to] as LayoutNode]
    const last = chain.length - 1
    const points: Point[] = []
    const add = (x: number, y: number) => {
      const [before, last] = [points[points.length - 2], points[points.length - 1]]
      if (last && last.x === x && last.y === y) return
      // What goes straight on needs no point between.
      if (before && last && before.y === y && last.y === y) points.pop()
      points.push({ x, y })
    }
    chain.forEach((id, index) => {
      const column = columnOf(id)
      if (index === 0) {
        const y = lineOf(id) + (ports.out[edge] as number)
        add((nodes[from] as Point).x + start.width - insetAt(start, ports.out[edge] as number), y)
        add(column.x + column.width, y)
      } else if (index === last) {
        const y = lineOf(id) + (ports.in[edge] as number)
        add(column.x, y)
        add((nodes[to] as Point).x + insetAt(end, ports.in[edge] as number), y)
      } else {
        add(column.x, lineOf(id))
        add(column.x + column.width, lineOf(id))
      }
    })
    return points
  })
  const labels = chains.map((chain, edge) => {
    const label = (graph.edges[edge] as LayoutEdge).label
    const id = chain[1] as number
    const column = columnOf(id)
    return label ? { x: column.x + (column.width - label.width) / 2, y: lineOf(id) } : null
  })
  const lastColumn = columns[columns.length - 1] as Column
  return {
    width: lastColumn.x + lastColumn.width + MARGIN,
    height: bottom - top + 2 * MARGIN,
    nodes,
    labels,
    ways,
  }
}

/** How far inside the box of a node a line ends that arrives at this distance from its middle: nodes are round. */
function insetAt(node: LayoutNode, distance: number): number {
  const radius = node.port.spread
  if (radius === 0) return node.port.inset
  return node.port.inset + radius - Math.sqrt(Math.max(0, radius * radius - distance * distance))
}

/** Several lines at one side of a node are spread over it, in the order in which they come. */
function portsOf(graph: LayoutGraph, chains: number[][], lineOf: (id: number) => number) {
  const out = new Array<number>(chains.length).fill(0)
  const inward = new Array<number>(chains.length).fill(0)
  const arrivals: number[][] = graph.nodes.map(() => [])
  graph.edges.forEach((edge, index) => arrivals[edge.to]?.push(index))
  const heightBefore = (edge: number) => lineOf((chains[edge] as number[]).at(-2) as number)
  arrivals.forEach((edges, node) => {
    const { spread } = (graph.nodes[node] as LayoutNode).port
    const line = lineOf(node)
    if (edges.length < 2 || spread === 0) return
    const sorted = [...edges].sort((a, b) => heightBefore(a) - heightBefore(b))
    // A line that comes straight along stays straight, when it is alone in that.
    const half = (sorted.length - 1) / 2
    const reach = Math.min(0.62 * spread, half * 0.42 * spread)
    sorted.forEach((edge, index) => {
      const offset = ((index - half) / half) * reach
      inward[edge] = Math.abs(heightBefore(edge) - line) < 0.5 && Math.abs(offset) < reach ? 0 : offset
    })
  })
  return { out, in: inward }
}

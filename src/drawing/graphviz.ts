/** Graphviz as the one who finds the order within the columns: with a fifth of the crossings of our own sweeps in large graphs. */
import type { Orderer } from './layout'
import type { Order } from './order'
import type { Ranked } from './ranks'

/** What is asked of Graphviz. */
interface Graphviz {
  layout(dot: string, format: 'plain', engine: 'dot'): string
}
interface GraphvizBundle {
  Graphviz: { load(): Promise<Graphviz> }
}

/** Above this many items in columns it takes longer than a reader waits. */
const MOST_ITEMS = 2000
/** Orders that are kept: while values are typed, the same graph is drawn again and again. */
const KEPT = 24

let load: (() => Promise<unknown>) | null = null
let loading: Promise<Graphviz | null> | null = null

const isBundle = (loaded: unknown): loaded is GraphvizBundle =>
  typeof loaded === 'object' && loaded !== null && 'Graphviz' in loaded && typeof loaded.Graphviz === 'function'

/** Says where Graphviz comes from; it isn't loaded before the first graph. */
export function provideGraphviz(loader: () => Promise<unknown>): void {
  load = loader
  loading = null
}

async function loaded(): Promise<Graphviz | null> {
  if (!load) return null
  try {
    const bundle = await load()
    return isBundle(bundle) ? await bundle.Graphviz.load() : null
  } catch {
    return null
  }
}

/** An orderer that asks Graphviz, or none where it can't be had: the layout then helps itself. */
export async function graphvizOrderer(): Promise<Orderer | undefined> {
  loading ??= loaded()
  const graphviz = await loading
  return graphviz ? (ranked) => ordered(graphviz, ranked) : undefined
}

const known = new Map<string, Order>()

function ordered(graphviz: Graphviz, ranked: Ranked): Order | null {
  if (ranked.items.length > MOST_ITEMS) return null
  const dot = dotOf(ranked)
  const before = known.get(dot)
  if (before) return before
  try {
    const order = orderFrom(graphviz.layout(dot, 'plain', 'dot'), ranked)
    if (known.size >= KEPT) known.clear()
    if (order) known.set(dot, order)
    return order
  } catch {
    return null
  }
}

function dotOf(ranked: Ranked): string {
  const lines = ['digraph{rankdir=LR;ranksep=.2;nodesep=.1;node[shape=box,label="",width=.1,height=.1]']
  ranked.items.forEach((_, id) => lines.push(`${id}`))
  ranked.next.forEach((targets, id) => {
    for (const to of targets) lines.push(`${id}->${to}`)
  })
  return `${lines.join('\n')}}`
}

/** Lines of the plain format: `node name x y …`; its y grows upwards. */
function orderFrom(plain: string, ranked: Ranked): Order | null {
  const heights = new Map<number, number>()
  for (const line of plain.split('\n')) {
    const words = line.split(' ')
    if (words[0] === 'node') heights.set(Number(words[1]), Number(words[3]))
  }
  if (heights.size !== ranked.items.length) return null
  const order: number[][] = Array.from({ length: ranked.ranks }, () => [])
  ranked.items.forEach((item, id) => order[item.rank]?.push(id))
  for (const rank of order) rank.sort((a, b) => (heights.get(b) as number) - (heights.get(a) as number))
  return order
}

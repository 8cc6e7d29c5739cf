/** Which derivation a panel shows and how, apart from any editor: what `graphPanel.ts` shows, as data. */
import { derivation as derive } from '../calculus/derivation'
import type { Analysis, Derivation } from '../derivation'
import { groupsOf } from '../drawing/groups'
import { type GraphBuilder, type GraphNode, graphBuilder, type NodeId } from '../graph/graph'
import type { Choice, Convention, Mode, SavedState, UpstreamChoice } from '../panel/messages'
import type { Name } from '../reading/statement'

/** What a person has set in a panel. */
export interface Settings {
  current: string
  /** `null`: formulas with their numbers where there is room for both. */
  mode: Mode | null
  convention: Convention
  upstream: UpstreamChoice
  pinned: boolean
  /** Whether named expressions are drawn as one node; `null`: when the graph is large. */
  collapsed: boolean | null
  /** Folds that are the other way round than all. */
  readonly turned: Set<NodeId>
}

/** More drawn nodes than this are shown by their named ones first. */
export const LARGE = 120

export const settingsOf = (saved: SavedState | null, upstream: UpstreamChoice): Settings => ({
  current: saved?.current ?? '',
  mode: saved?.mode ?? null,
  convention: saved?.convention ?? 'book',
  upstream: saved?.upstream ?? upstream,
  pinned: saved?.pinned ?? false,
  collapsed: null,
  turned: new Set(),
})

export const isCollapsed = ({ collapsed }: Settings, derivation: Derivation): boolean =>
  collapsed ?? derivation.written.length > LARGE

/** Folds or unfolds at a node; gives the node as which the fold is drawn, `null` where there is none. */
export function turnFold(settings: Settings, derivation: Derivation, id: NodeId): NodeId | null {
  const { turned } = settings
  const root = groupsOf(derivation, { collapsed: isCollapsed(settings, derivation), turned }).foldOf(id)
  if (root !== null && !turned.delete(root)) turned.add(root)
  return root
}

/** Up to this many written nodes each gradient is told as a formula and as a number, `2t = 3.5`. */
const ROOM_FOR_BOTH = 7

/** What stands on the edges. */
export const modeOf = ({ mode }: Settings, { written }: Derivation): Mode =>
  mode ?? (written.length <= ROOM_FOR_BOTH ? 'both' : 'symbols')

/** `z` and `z|L` are one derivation with two beginnings of the backward pass. */
const baseKey = (key: string) => key.replace(/\|.*/, '')

/** The derivations to choose from. Where the beginning is fixed, those that differ by nothing else are one. */
export function choicesOf(analysis: Analysis, upstream: UpstreamChoice): Choice[] {
  const seen = new Set<string>()
  return analysis.derivations.flatMap((derivation) => {
    const { key } = derivation
    const base = upstream === 'auto' ? key : baseKey(key)
    if (seen.has(base)) return []
    seen.add(base)
    return [{ key, name: nameOf(derivation), line: lineOf(analysis, derivation) }]
  })
}

const nameOf = ({ name, upstream }: Derivation) => (upstream ? `${name.plain} (${upstream.name.plain})` : name.plain)

function lineOf(analysis: Analysis, { graph, output, sources }: Derivation): number {
  const starts = [graph.nodes[output]?.source ?? null, ...sources].flatMap((source) => {
    const range = source && analysis.locate(source)
    return range ? [range.start] : []
  })
  const start = starts[0] ?? 0
  return analysis.text.slice(0, start).split('\n').length
}

/** The derivation of this key; where only its beginning differs, that one. */
export function derivationOf(analysis: Analysis, key: string): Derivation | null {
  const all = analysis.derivations
  return all.find((each) => each.key === key) ?? all.find((each) => baseKey(each.key) === baseKey(key)) ?? null
}

const LOSS: Name = { key: 'L', latex: 'L', plain: 'L' }
const OTHER_LOSS: Name = { key: 'J', latex: 'J', plain: 'J' }
const made = new WeakMap<Derivation, Derivation>()

/** The same derivation with the backward pass beginning as it was asked for. */
export function withUpstream(derivation: Derivation, upstream: UpstreamChoice): Derivation {
  const asked = upstream === 'auto' ? derivation.upstream !== null : upstream === 'symbol'
  if (asked === (derivation.upstream !== null)) return derivation
  const known = made.get(derivation)
  if (known) return known
  const other = derive({
    key: derivation.key,
    builder: copied(derivation),
    output: derivation.output,
    name: derivation.name,
    loss: asked ? lossFor(derivation) : null,
    bindings: (id) => derivation.value(id),
    upstreamValue: null,
  })
  made.set(derivation, other)
  return other
}

const copied = ({ graph }: Derivation): GraphBuilder => graphBuilder(graph)

const lossFor = ({ name }: Derivation): Name => (name.key === LOSS.key ? OTHER_LOSS : LOSS)

/** How the symbol that the pass begins with would be written. */
export const upstreamName = (derivation: Derivation): string =>
  derivation.upstream?.name.plain ?? `∂${lossFor(derivation).plain}/∂${derivation.name.plain}`

/** Parts that can't be read. */
export const opaqueNodes = ({ graph, written }: Derivation): GraphNode[] =>
  written.flatMap((id) => {
    const node = graph.nodes[id]
    return node?.op === 'opaque' ? [node] : []
  })

/** The node of a derivation that was `id` before an edit: the same one, else that of the same name. */
export function sameNode(before: Derivation, now: Derivation, id: NodeId | null): NodeId | null {
  if (id === null || before === now) return id
  const [old, candidate] = [before.graph.nodes[id], now.graph.nodes[id]]
  if (old && candidate && old.op === candidate.op && old.name?.key === candidate.name?.key) return id
  const key = old?.name?.key
  return key === undefined ? null : (now.written.find((each) => now.graph.nodes[each]?.name?.key === key) ?? null)
}

/** Whether anything in it is a vector or a matrix. */
export const hasArrays = ({ graph, written }: Derivation): boolean =>
  written.some((id) => (graph.nodes[id]?.shape ?? []).length > 0)

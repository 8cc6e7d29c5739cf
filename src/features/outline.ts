/** What is said beside the text about whole derivations: where each stands, and its values at line ends. Knows no editor. */
import type { Analysis, Derivation } from '../derivation'
import type { NodeId } from '../graph/graph'
import type { Range } from '../reading/statement'
import { spokenExpression } from '../writing/spoken'
import { plainTensor } from '../writing/tensor'

export interface OutlineEntry {
  /** `z`, or a function's name. */
  readonly name: string
  /** `t²`; empty where it is too long to be read at a glance. */
  readonly detail: string
  /** Where the output is defined. */
  readonly range: Range
  /** Where its definition begins: the name of the function, or of what is defined. */
  readonly head: number
}

/** Of a longer expression an outline has no use. */
const LONGEST = 60
/** Graphs beyond this size are looked at in the panel: their values would fill the margin. */
const MOST = 200

/** One entry for each derivation whose output is written somewhere, in document order. */
export function outlineOf(analysis: Analysis): OutlineEntry[] {
  const entries = analysis.derivations.flatMap((derivation): OutlineEntry[] => {
    const { graph, output, name } = derivation
    const source = graph.nodes[output]?.source
    const range = source && analysis.locate(source)
    if (!range) return []
    const text = spokenExpression(graph, output)
    const detail = text.length > LONGEST || text === name.plain ? '' : text
    const passage = analysis.locate({ ...source, start: 0, end: 0 })
    const head = headOf(analysis.text, name.plain, passage?.start ?? range.start, range.start)
    return [{ name: name.plain, detail, range, head }]
  })
  return entries.sort((a, b) => a.range.start - b.range.start)
}

/** The last mention of a name before what it stands for: `def f` above its `return`, the `z` of `z = t^2`. */
function headOf(text: string, name: string, from: number, to: number): number {
  const isWordAt = (at: number) => !/[\p{L}\d_$]/u.test(`${text[at - 1] ?? ''}${text[at + name.length] ?? ''}`)
  for (let at = text.lastIndexOf(name, to - 1); at >= from; at = text.lastIndexOf(name, at - 1)) {
    if (isWordAt(at)) return at
    if (at === 0) break
  }
  return to
}

export interface LineValue {
  /** End of the line. */
  readonly offset: number
  /** `t = 1.75, ∂z/∂t = 3.5` */
  readonly text: string
}

/** What each named expression comes to, and its gradient, at the end of the line on which it is written. */
export function lineValues(analysis: Analysis): LineValue[] {
  const lines = new Map<number, string[]>()
  const seen = new Set<string>()
  for (const derivation of analysis.derivations) {
    if (derivation.written.length > MOST) continue
    for (const id of derivation.written) {
      const node = derivation.graph.nodes[id]
      const range = node && node.inputs.length > 0 && node.source && analysis.locate(node.source)
      const text = range ? told(derivation, id) : null
      if (!range || text === null || seen.has(`${range.start} ${text}`)) continue
      seen.add(`${range.start} ${text}`)
      const end = analysis.text.indexOf('\n', range.end)
      const offset = end < 0 ? analysis.text.length : end
      lines.set(offset, [...(lines.get(offset) ?? []), text])
    }
  }
  return [...lines].map(([offset, texts]) => ({ offset, text: texts.join('; ') })).sort((a, b) => a.offset - b.offset)
}

/** `t = 1.75, ∂z/∂t = 3.5`; of an output its value alone: its gradient is 1. */
function told(derivation: Derivation, id: NodeId): string | null {
  const name = derivation.graph.nodes[id]?.name?.plain ?? (id === derivation.output ? derivation.name.plain : null)
  const value = derivation.value(id)
  if (name === null || value?.data.length !== 1) return null
  const own = `${name} = ${plainTensor(value)}`
  const gradient = id === derivation.output ? null : derivation.gradient(id)
  const slope = gradient && derivation.value(gradient.node)
  return slope?.data.length === 1 ? `${own}, ∂${derivation.name.plain}/∂${name} = ${plainTensor(slope)}` : own
}

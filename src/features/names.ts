/** Where a name of a note gets its meaning and where it is used. Knows no editor. */
import type { Analysis, Place } from '../derivation'
import type { GraphNode, Source } from '../graph/graph'
import type { Statement } from '../reading/statement'

export interface Span {
  readonly start: number
  readonly end: number
}

/** The name in the statement that gives it its meaning: a definition, else a value, else a declared shape. */
export function definitionOf(analysis: Analysis, place: Place): Span | null {
  const node = place.derivation.graph.nodes[place.node]
  if (!node?.name) return null
  return definedAt(analysis, node) ?? boundAt(analysis, node, place.range.start)
}

function definedAt(analysis: Analysis, node: GraphNode): Span | null {
  const passage = analysis.passages.find(({ key }) => key === node.source?.passage)
  for (const statement of passage?.statements ?? []) {
    if (statement.kind !== 'definition' || statement.target.key !== node.name?.key) continue
    if (statement.range.start > (node.source?.start ?? 0) || statement.range.end < (node.source?.end ?? 0)) continue
    return analysis.locate({ ...statement.targetRange, passage: passage?.key ?? 0 })
  }
  return null
}

/** An input: the nearest value or declaration of its name before the place, else the first after it. */
function boundAt(analysis: Analysis, node: GraphNode, before: number): Span | null {
  const found: Span[] = []
  for (const { key, statements } of analysis.passages) {
    for (const statement of statements) {
      const target = targetOf(statement)
      const span = target?.name === node.name?.key && target && analysis.locate({ ...target.range, passage: key })
      if (span) found.push(span)
    }
  }
  return found.findLast((span) => span.start <= before) ?? found[0] ?? null
}

function targetOf(statement: Statement): { name: string; range: Span } | null {
  if (statement.kind !== 'binding' && statement.kind !== 'declaration') return null
  const { target } = statement
  return target.kind === 'name' ? { name: target.name.key, range: target.range } : null
}

/** Every place where the name is used in this meaning, in order. */
export function referencesOf(analysis: Analysis, place: Place, withDefinition: boolean): Span[] {
  const node = place.derivation.graph.nodes[place.node]
  if (!node?.name) return []
  const definition = definitionOf(analysis, place)
  const spans = new Map<number, Span>()
  const add = (source: Source) => {
    const span = analysis.locate(source)
    if (span) spans.set(span.start, span)
  }
  for (const { graph } of analysis.derivations) {
    for (const other of graph.nodes) {
      if (other.origin !== 'written' || !isSame(other, node)) continue
      other.uses.forEach(add)
      if (other.inputs.length === 0 && other.source) add(other.source)
    }
  }
  if (definition) {
    if (withDefinition) spans.set(definition.start, definition)
    else spans.delete(definition.start)
  }
  return [...spans.values()].sort((a, b) => a.start - b.start)
}

const isSame = (a: GraphNode, b: GraphNode) =>
  a.name?.key === b.name?.key && a.source?.passage === b.source?.passage && a.source?.start === b.source?.start

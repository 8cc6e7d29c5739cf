/** A derivation for people at a terminal: a table of its nodes. */
import type { Analysis, Derivation } from '../derivation'
import type { GraphNode, NodeId } from '../graph/graph'
import { placeText, positionsIn } from '../report/positions'
import { spoken, spokenExpression } from '../writing/spoken'
import { plainTensor } from '../writing/tensor'
import { harmless, pad, painter, width } from './terminal'

/** A heading with the place, then one line for each node. */
export function derivationText(derivation: Derivation, analysis: Analysis, file: string, colour: boolean): string {
  const paint = painter(colour)
  const first = derivation.sources[0] && analysis.locate(derivation.sources[0])
  const nowhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }
  const place = placeText(file, first ? positionsIn(analysis).range(first) : nowhere)
  const head = `${paint(36, harmless(place))} ${paint(1, harmless(titleOf(derivation)))}`
  const nodes = derivation.written
    .map((id) => derivation.graph.nodes[id] as GraphNode)
    .filter((node) => node.name !== null || node.inputs.length > 0)
  const rows = [['node', 'value', 'local derivatives', 'gradient'], ...nodes.map((node) => row(derivation, node))]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((cells) => width(cells[column] ?? ''))))
  const lines = rows.map((cells) =>
    cells
      .map((cell, i) => pad(cell, widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [head, ...lines.map((line, i) => `  ${i === 0 ? paint(2, line) : harmless(line)}`)].join('\n')
}

function titleOf(derivation: Derivation): string {
  const start = derivation.upstream ? ` from ${derivation.upstream.name.plain}` : ''
  return `${derivation.name.plain}${start}`
}

function row(derivation: Derivation, node: GraphNode): string[] {
  const value = derivation.value(node.id)
  const locals = derivation.local(node.id).map((local, i) => {
    const input = derivation.graph.nodes[node.inputs[i] ?? -1]
    if (local === null || !input || (input.op === 'constant' && !input.name)) return null
    return `∂${labelOf(derivation, node.id)}/∂${labelOf(derivation, input.id)} = ${spoken(derivation.graph, local)}`
  })
  return [
    definition(derivation, node),
    value ? plainTensor(value) : '',
    locals.filter((local) => local !== null).join(', '),
    gradientText(derivation, node.id),
  ]
}

function gradientText(derivation: Derivation, id: NodeId): string {
  const gradient = derivation.gradient(id)
  if (!gradient) return ''
  const value = derivation.value(gradient.node)
  const sides = [
    spoken(derivation.graph, gradient.node),
    spoken(derivation.graph, gradient.expanded),
    ...(value ? [plainTensor(value)] : []),
  ]
  return sides.filter((side, i) => sides.indexOf(side) === i).join(' = ')
}

/** A name, or the expression in parentheses. */
function labelOf(derivation: Derivation, id: NodeId): string {
  if (id === derivation.output) return derivation.name.plain
  return derivation.graph.nodes[id]?.name?.plain ?? `(${spoken(derivation.graph, id)})`
}

/** `t = x + y`; the name alone of an input. */
function definition(derivation: Derivation, node: GraphNode): string {
  const expression = spokenExpression(derivation.graph, node.id)
  const name = node.name?.plain ?? (node.id === derivation.output ? derivation.name.plain : null)
  return name === null || node.inputs.length === 0 ? (name ?? expression) : `${name} = ${expression}`
}

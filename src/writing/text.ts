/** Graphs as plain infix text that a program reads: `2*t`, names as ASCII identifiers. */
import type { Graph, GraphNode, Name, NodeId } from '../graph/graph'
import { OPERATIONS } from '../operations/index'
import { PRECEDENCE } from '../operations/operation'
import { exactNumber } from './number'
import { type Form, print } from './print'

/** Names as the text form uses them, one for each named node. */
export type TextNames = Pick<ReadonlyMap<NodeId, string>, 'get'>

/** `w_{1}` → `w1`, `\hat{y}` → `y_hat`, `a^{(1)}` → `a_1`: letters, digits and underscores, not beginning with a digit. */
export function identifier(name: Name): string {
  const text = name.key
    .replace(/'/g, '_prime')
    .replace(/_(?=\d)/g, '')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return /^[A-Za-z_]/.test(text) ? text : `v${text}`
}

const RESERVED = new Set(['pi', ...OPERATIONS.flatMap((entry) => entry.spellings.plain ?? [])])

/** An identifier for each named node, none twice, none that a function has. */
export function textNames(graph: Graph, ids: readonly NodeId[]): ReadonlyMap<NodeId, string> {
  const names = new Map<NodeId, string>()
  const taken = new Set(RESERVED)
  for (const id of ids) {
    const name = graph.nodes[id]?.name
    if (!name) continue
    const base = identifier(name)
    let text = base
    for (let k = 2; taken.has(text); k++) text = `${base}_${k}`
    taken.add(text)
    names.set(id, text)
  }
  return names
}

function constantText(node: GraphNode) {
  const value = node.attributes.value as number
  const text = node.attributes.text === '\\pi' || node.attributes.text === 'π' ? 'pi' : exactNumber(value)
  return { text, precedence: value < 0 ? PRECEDENCE.negation : PRECEDENCE.atom, number: value }
}

function textForm(names: TextNames): Form {
  return {
    name: (node) =>
      node.op === 'constant' ? null : (names.get(node.id) ?? (node.name ? identifier(node.name) : null)),
    named: (text) => ({ text, precedence: PRECEDENCE.atom }),
    leaf(node) {
      if (node.op === 'constant') return constantText(node)
      return { text: node.name ? identifier(node.name) : `node${node.id}`, precedence: PRECEDENCE.atom }
    },
    operation: (entry, inputs, attributes) => entry.text(inputs, attributes),
  }
}

/** The name of a node, or its expression down to named nodes: `t`, `2*t`. */
export const textOf = (graph: Graph, id: NodeId, names: TextNames = new Map()): string =>
  print(graph, id, textForm(names), false).text

/** What the node is, even where it has a name. */
export const expressionText = (graph: Graph, id: NodeId, names: TextNames = new Map()): string =>
  print(graph, id, textForm(names), true).text

/** The walk that every textual form shares: inputs before their users, so that no depth overflows the stack. */
import type { Graph, GraphNode, NodeId } from '../graph/graph'
import { operation } from '../operations/index'
import type { Attributes, Operation, Printed } from '../operations/operation'

export interface Form {
  /** A name where one stands for the node; `null` to write out what the node is. */
  name(node: GraphNode): string | null
  leaf(node: GraphNode): Printed
  operation(entry: Operation, inputs: readonly Printed[], attributes: Attributes): Printed
  named(text: string): Printed
}

/** Longer than anyone reads: beyond it a part is written as an ellipsis. */
const LONGEST = 20_000

/** Prints `root` in a form; `root` itself is written out even where it has a name, if `writeOut` is set. */
export function print(graph: Graph, root: NodeId, form: Form, writeOut: boolean): Printed {
  const printed = new Map<NodeId, Printed>()
  const nameOf = (node: GraphNode): string | null => (writeOut && node.id === root ? null : form.name(node))
  const stack: NodeId[] = [root]
  while (stack.length > 0) {
    const id = stack[stack.length - 1] as NodeId
    const node = graph.nodes[id] as GraphNode
    const name = nameOf(node)
    const missing = name === null ? node.inputs.filter((input) => !printed.has(input)) : []
    if (missing.length > 0) {
      stack.push(...missing)
      continue
    }
    stack.pop()
    if (!printed.has(id)) printed.set(id, shortened(name === null ? written(node, printed, form) : form.named(name)))
  }
  return printed.get(root) as Printed
}

function written(node: GraphNode, printed: ReadonlyMap<NodeId, Printed>, form: Form): Printed {
  const entry = operation(node.op)
  if (!entry) return form.leaf(node)
  return form.operation(
    entry,
    node.inputs.map((input) => printed.get(input) as Printed),
    node.attributes,
  )
}

const shortened = (printed: Printed): Printed =>
  printed.text.length > LONGEST ? { ...printed, text: '…', raised: undefined } : printed

/** Nodes of what a text says in so many words: with the place where it says it. */
import type { GraphBuilder, NodeId, Source } from '../graph/graph'
import { type Algebra, algebra } from '../operations/algebra'
import { type Arrays, arrays } from '../operations/arrays'
import type { Attributes } from '../operations/operation'

const added =
  (builder: GraphBuilder, source: Source | null) =>
  (op: string, inputs: readonly NodeId[], attributes?: Attributes): NodeId =>
    builder.add({ op, inputs, attributes, source })

export const formulasAt = (builder: GraphBuilder, source: Source | null): Algebra<NodeId> =>
  algebra<NodeId>({ constant: builder.constant, apply: added(builder, source) })

export const arraysAt = (builder: GraphBuilder, source: Source | null): Arrays<NodeId> =>
  arrays<NodeId>(added(builder, source))

/** An expression with other indices in it. Index identity is by id, so nothing is captured but what is bound inside: then it isn't done. */
import { ancestors, type GraphBuilder, type NodeId } from '../graph/graph'
import { type IndexId, placeWith } from '../operations/indexTerms'
import type { Attributes } from '../operations/operation'

/** The node with indices put for its free ones; `null` where one of them would be bound inside. */
export function renamed(builder: GraphBuilder, root: NodeId, others: ReadonlyMap<IndexId, IndexId>): NodeId | null {
  const isConcerned = (id: NodeId) => builder.indicesOf(id).some((index) => others.has(index))
  if (!isConcerned(root)) return root
  const wanted = new Set(others.values())
  const made = new Map<NodeId, NodeId>()
  for (const id of ancestors(builder.graph, root)) {
    const { op, inputs, attributes } = builder.node(id)
    // What it binds itself: an index that goes over from there would be another one.
    if (isConcerned(id) && boundBy(attributes).some((index) => wanted.has(index) || others.has(index))) return null
    const changed = inputs.map((input) => made.get(input) ?? input)
    made.set(id, isConcerned(id) ? builder.apply(op, changed, withPlaces(attributes, others)) : id)
  }
  return made.get(root) ?? root
}

const boundBy = ({ index, indices, over }: Attributes): IndexId[] =>
  [index, indices, over].flatMap((each) =>
    typeof each === 'string' ? [each] : Array.isArray(each) ? each.map(String) : [],
  )

function withPlaces(attributes: Attributes, others: ReadonlyMap<IndexId, IndexId>): Attributes {
  const { at, position } = attributes
  return {
    ...attributes,
    ...(Array.isArray(at) && { at: at.map((place) => placeWith(String(place), others)) }),
    ...(typeof at === 'string' && { at: placeWith(at, others) }),
    ...(typeof position === 'string' && { position: placeWith(position, others) }),
  }
}

/**
 * Derivatives of and by arrays. `∂f/∂X` has the shape of X; of an array by an array there are two layouts, and where both are
 * vectors of one size and each entry depends on its own alone, people also write the entries of the diagonal.
 */

import { backpropagate } from '../calculus/backpropagate'
import { ancestors, type NodeId } from '../graph/graph'
import { arrays } from '../operations/arrays'
import { entryOf, tabulated } from '../operations/indexed'
import { isEntry } from '../operations/indexNodes'
import type { IndexId } from '../operations/indexTerms'
import { placeText } from '../operations/indexTerms'
import type { Dimension } from '../operations/operation'
import type { Building, Layout } from './vocabulary'

/** An array with places, where a node is an entry of it; any other node without. */
export interface Located {
  readonly array: NodeId
  readonly at: readonly string[]
}

export function located({ builder }: Building, id: NodeId): Located {
  const { op, inputs, attributes, name } = builder.node(id)
  if (isEntry(op) && name === null) return { array: inputs[0] as NodeId, at: attributes.at as readonly string[] }
  // Xᵀ, of which the derivative is that by X, turned: told by the one who asks.
  return { array: id, at: [] }
}

/** Is this a derivative that needs more than numbers? */
export function isOfArrays(building: Building, of: NodeId, by: NodeId): boolean {
  const { builder } = building
  const isArray = (id: NodeId) => builder.shapeOf(id)?.length !== 0 || builder.indicesOf(id).length > 0
  return isArray(of) || isArray(by) || isEntry(builder.node(by).op)
}

/** Gradient of a number (for each value of its free indices) by an array or one of its entries; `null` where none flows. */
function gradientBy(
  building: Building,
  of: NodeId,
  by: Located,
  more: readonly IndexId[],
  upstream?: NodeId,
): NodeId | null {
  const { builder, simplifier, mode } = building
  const fixed = [...builder.indicesOf(of), ...more]
  const pass = (stopAtNames: boolean) =>
    backpropagate(builder, simplifier, of, {
      ...(upstream !== undefined && { upstream }),
      fixed,
      stopAtNames,
      through: located(building, of).array,
    }).get(by.array)
  const found = (mode === 'partial' ? pass(true) : undefined) ?? pass(false)
  return found ? entryOf(builder, found.node, by.at) : null
}

/** The derivative as a node; `doubt` where it can't be certain. */
export function arraySlope(building: Building, of: NodeId, by: NodeId, layout: Layout): NodeId | null {
  const { builder, notes } = building
  const place = located(building, by)
  const shape = builder.shapeOf(of)
  const inside = ancestors(builder.graph, of)
  if (inside.some((id) => builder.node(id).op === 'opaque')) {
    notes.doubts.add('opaque')
    return null
  }
  if (!shape || !builder.shapeOf(place.array)) return null
  if (!inside.includes(place.array)) {
    notes.doubts.add('independent')
    return null
  }
  notes.doubts.add('array')
  notes.slopes.push({ of, by })
  if (shape.length === 0) {
    const gradient = gradientBy(building, of, place, [])
    return gradient === null ? null : inLayout(building, gradient, layout)
  }
  return jacobian(building, of, place, shape, layout)
}

/** The derivative of a number by a matrix is turned in numerator layout. */
function inLayout({ builder }: Building, gradient: NodeId, layout: Layout): NodeId {
  return layout === 'numerator' && builder.shapeOf(gradient)?.length === 2
    ? arrays<NodeId>(builder.apply).transposed(gradient)
    : gradient
}

function jacobian(
  building: Building,
  of: NodeId,
  by: Located,
  shape: readonly Dimension[],
  layout: Layout,
): NodeId | null {
  const { builder } = building
  const own = shape.map((size) => builder.index('q', builder.sizes.resolve(size)))
  const places = own.map(plain)
  const entry = entryOf(builder, of, places)
  const gradient = gradientBy(building, entry, by, own)
  if (gradient === null) return null
  if (layout === 'numerator' || layout === 'jacobian') return tabulated(builder, gradient, own)
  const wrt = builder.shapeOf(gradient) ?? []
  // By a number there is nothing to lay out.
  if (wrt.length === 0) return tabulated(builder, gradient, own)
  if (layout === 'entries') {
    const isOne = wrt.length === shape.length && builder.sizes.equateShapes(wrt, shape)
    return isOne ? tabulated(builder, entryOf(builder, gradient, places), own) : null
  }
  const other = wrt.map((size) => builder.index('p', builder.sizes.resolve(size)))
  return tabulated(builder, entryOf(builder, gradient, other.map(plain)), [...other, ...own])
}

const plain = (index: IndexId): string => placeText({ parts: [{ index, factor: 1 }], offset: 0 })

/** What a gradient that arrives at `root` makes of it at `by`. */
export function pulledBack(building: Building, root: NodeId, upstream: NodeId, by: NodeId): NodeId | null {
  const place = located(building, by)
  building.notes.doubts.add('array')
  return gradientBy(building, root, place, [], upstream)
}

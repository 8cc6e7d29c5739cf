/**
 * Derivatives of and by arrays. `∂f/∂X` has the shape of X; of an array by an array there are two layouts, and where both are
 * vectors of one size and each entry depends on its own alone, people also write the entries of the diagonal.
 */

import { backpropagate } from '../calculus/backpropagate'
import { ancestors, type NodeId } from '../graph/graph'
import { PRODUCT, SUM } from '../operations/algebra'
import { arrays } from '../operations/arrays'
import { entryOf, sumOver, tabulated } from '../operations/indexed'
import { isEntry } from '../operations/indexNodes'
import type { IndexId } from '../operations/indexTerms'
import { placeText } from '../operations/indexTerms'
import type { Dimension } from '../operations/operation'
import { linkedLeaves, type Notation } from './links'
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

/** Is this a derivative that needs more than numbers, or goes through an array of which the claim writes the derivative? */
export function isOfArrays(building: Building, of: NodeId, by: NodeId, notation: Notation): boolean {
  const { builder } = building
  const isArray = (id: NodeId) => builder.shapeOf(id)?.length !== 0 || builder.indicesOf(id).length > 0
  return (
    isArray(of) || isArray(by) || isEntry(builder.node(by).op) || linkedLeaves(building, of, by, notation).some(isArray)
  )
}

/** Gradient of a number (for each value of its free indices) by an array or one of its entries; `null` where none flows. */
function gradientBy(
  building: Building,
  of: NodeId,
  by: Located,
  more: readonly IndexId[],
  notation: Notation,
  upstream?: NodeId,
): NodeId | null {
  const { builder, simplifier, mode } = building
  const arriving = upstream === undefined ? [] : builder.indicesOf(upstream)
  const fixed = [...builder.indicesOf(of), ...more, ...arriving]
  const pass = (stopAtNames: boolean) =>
    backpropagate(builder, simplifier, of, {
      ...(upstream !== undefined && { upstream }),
      fixed,
      stopAtNames,
      through: located(building, of).array,
    })
  const all = pass(false)
  const found = (mode === 'partial' ? pass(true).get(by.array) : undefined) ?? all.get(by.array)
  const own = found ? [entryOf(builder, found.node, by.at)] : []
  const linked = linkedLeaves(building, of, by.array, notation).flatMap((leaf) => {
    const gradient = all.get(leaf)
    return gradient ? (throughLink(building, gradient.node, leaf, by, notation) ?? []) : []
  })
  if (linked.length > 0) building.notes.doubts.add('undefined')
  const [first, ...rest] = [...own, ...linked]
  return first === undefined ? null : rest.reduce((a, b) => builder.apply(SUM, [a, b]), first)
}

/**
 * What arrives at an array that the note doesn't define, times the derivative that the claim writes of it: ∂p_k/∂o_i, summed over
 * the places k of the array.
 */
function throughLink(
  building: Building,
  arriving: NodeId,
  leaf: NodeId,
  by: Located,
  notation: Notation,
): NodeId | null {
  const { builder, names } = building
  const [name, shape] = [names.get(leaf), builder.shapeOf(leaf)]
  if (!name || !shape) return null
  const own = shape.map((size) => builder.index('q', builder.sizes.resolve(size)))
  const at = own.map(plain)
  const variable = { by: entryOf(builder, by.array, by.at), order: 1 }
  const slope = building.upstream({ name, at, shape }, 1, [variable], notation)
  const body = builder.apply(PRODUCT, [entryOf(builder, arriving, at), slope])
  return own.reduce((inner, index) => sumOver(builder, inner, index), body)
}

/** The derivative as a node; `doubt` where it can't be certain. */
export function arraySlope(
  building: Building,
  of: NodeId,
  by: NodeId,
  layout: Layout,
  notation: Notation,
): NodeId | null {
  const { builder, notes } = building
  const place = located(building, by)
  const shape = builder.shapeOf(of)
  const inside = ancestors(builder.graph, of)
  if (inside.some((id) => builder.node(id).op === 'opaque')) {
    notes.doubts.add('opaque')
    return null
  }
  if (!shape || !builder.shapeOf(place.array)) return null
  if (!inside.includes(place.array) && linkedLeaves(building, of, place.array, notation).length === 0) {
    notes.doubts.add('independent')
    return null
  }
  if (notation !== 'partial' && hasLooseVector(building, of, place.array)) {
    notes.doubts.add('undefined')
    return null
  }
  notes.doubts.add('array')
  notes.slopes.push({ of, by })
  // wᵀXᵀXw with a w of one column is one by one: a number.
  if (shape.every((size) => builder.sizes.resolve(size) === 1)) {
    const number = entryOf(
      builder,
      of,
      shape.map(() => '1'),
    )
    const gradient = gradientBy(building, number, place, [], notation)
    return gradient === null ? null : inLayout(building, gradient, layout)
  }
  return jacobian(building, of, place, shape, layout, notation)
}

/** `\frac{d}{dt}(r \times p)` of which only dr/dt is written: whether p moves isn't known; of a matrix `A x` it is that it doesn't. */
function hasLooseVector(building: Building, of: NodeId, by: NodeId): boolean {
  const { builder } = building
  const inside = ancestors(builder.graph, of)
  if (builder.shapeOf(by)?.length !== 0 || inside.includes(by)) return false
  const moving = linkedLeaves(building, of, by, 'total')
  const isVector = (id: NodeId): boolean => builder.node(id).op === 'input' && builder.shapeOf(id)?.length === 1
  return moving.some(isVector) && inside.some((id) => isVector(id) && !moving.includes(id))
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
  notation: Notation,
): NodeId | null {
  const { builder } = building
  const own = shape.map((size) => builder.index('q', builder.sizes.resolve(size)))
  const places = own.map(plain)
  const entry = entryOf(builder, of, places)
  const gradient = gradientBy(building, entry, by, own, notation)
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
  return gradientBy(building, root, place, [], 'total', upstream)
}

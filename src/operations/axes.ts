/** Walking a tensor along one of its axes: what reductions, scans and selections share. */
import type { Attributes, Builder, Dimension, NodeId, Shape, Tensor } from './operation'

/** The first input; evaluation has checked that there are as many as the entry says. */
export function first(inputs: readonly Tensor[]): Tensor {
  const [a] = inputs
  if (!a) throw new RangeError('an operation on arrays needs an input')
  return a
}

/** The axis that is meant, counted from the end where negative; `null`: all of them, or none that the shape has. */
export function axisOf({ axis }: Attributes, rank: number): number | null {
  if (typeof axis !== 'number') return null
  const counted = axis < 0 ? axis + rank : axis
  return counted >= 0 && counted < rank ? counted : null
}

/** Whether an axis is named that the shape doesn't have. */
export const isBeyond = (attributes: Attributes, rank: number): boolean =>
  typeof attributes.axis === 'number' && axisOf(attributes, rank) === null

/** Shape after a reduction over `axis`; `keep` leaves it with size 1. `null` where it isn't known. */
export function reducedShape([a]: readonly (Shape | null)[], attributes: Attributes): Shape | null {
  if (typeof attributes.axis !== 'number') return attributes.keep && a ? a.map(() => 1) : []
  if (!a || isBeyond(attributes, a.length)) return null
  const axis = axisOf(attributes, a.length)
  return a.flatMap((size, k) => (k === axis ? (attributes.keep ? [1] : []) : [size]))
}

/** How the numbers along an axis lie: `size` of them, `inner` apart, for each of `lanes` places. */
export interface Lanes {
  readonly size: number
  readonly inner: number
  readonly lanes: number
  /** Where the lane begins. */
  readonly start: (lane: number) => number
}

/** The lanes of a tensor along an axis; without one a single lane of all its numbers. */
export function lanesOf(a: Tensor, attributes: Attributes): Lanes {
  const axis = axisOf(attributes, a.shape.length)
  if (axis === null) return { size: a.data.length, inner: 1, lanes: a.data.length === 0 ? 0 : 1, start: () => 0 }
  const size = a.shape[axis] as number
  const inner = a.shape.slice(axis + 1).reduce((n, d) => n * d, 1)
  const lanes = size === 0 ? 0 : a.data.length / size
  return { size, inner, lanes, start: (lane) => Math.floor(lane / inner) * inner * size + (lane % inner) }
}

/** Each lane as one number. */
export function reduced(a: Tensor, attributes: Attributes, value: (lane: Float64Array) => number): Tensor {
  const { size, inner, lanes, start } = lanesOf(a, attributes)
  const data = new Float64Array(lanes)
  const lane = new Float64Array(size)
  for (let k = 0; k < lanes; k++) {
    for (let i = 0, at = start(k); i < size; i++, at += inner) lane[i] = a.data[at] as number
    data[k] = value(lane)
  }
  return { shape: reducedShape([a.shape], attributes) as number[], data }
}

/** Each lane as a lane of the same length. */
export function mapped(a: Tensor, attributes: Attributes, value: (lane: Float64Array) => ArrayLike<number>): Tensor {
  const { size, inner, lanes, start } = lanesOf(a, attributes)
  const data = new Float64Array(a.data.length)
  const lane = new Float64Array(size)
  for (let k = 0; k < lanes; k++) {
    for (let i = 0, at = start(k); i < size; i++, at += inner) lane[i] = a.data[at] as number
    const result = value(lane)
    for (let i = 0, at = start(k); i < size; i++, at += inner) data[at] = result[i] as number
  }
  return { shape: a.shape, data }
}

/** What a reduction gave, repeated along the axis that it took away, to the shape of its input. */
export const repeated = (build: Builder, reducedNode: NodeId, like: NodeId, { axis }: Attributes): NodeId =>
  build.apply('expand', [reducedNode, like], { axis: axis ?? null })

/** The number of entries along an axis (or of all) as a node: a constant where it is known. */
export function extent(build: Builder, of: NodeId, attributes: Attributes): NodeId {
  const shape = build.shapeOf(of)
  const axis = shape && axisOf(attributes, shape.length)
  const sizes: readonly Dimension[] | null = shape && (axis === null ? shape : [shape[axis] as Dimension])
  if (sizes?.every((size) => typeof size === 'number'))
    return build.constant(sizes.reduce<number>((n, size) => n * (size as number), 1))
  return build.apply('size', [of], { axis: attributes.axis ?? null, text: sizes?.join(' ') ?? '' })
}

/** `, axis`, `, axis, 1` behind the argument of a function in plain text. */
export const axisText = ({ axis, keep }: Attributes): string =>
  `${typeof axis === 'number' ? `, ${axis}` : ''}${keep ? ', keepdims=1' : ''}`

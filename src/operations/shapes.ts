/** Shape rules that several operations share. Broadcasting is NumPy's: from the last axis, equal sizes or 1. */
import type { Builder, Dimension, NodeId, Shape, ShapeMismatch } from './operation'

/** Two sizes that can't be equal: different numbers. Symbols may stand for the same. */
export const differ = (a: Dimension | undefined, b: Dimension | undefined): boolean =>
  typeof a === 'number' && typeof b === 'number' && a !== b

/** Shape of an elementwise result; `null` where it isn't known; a mismatch where sizes differ. */
export function broadcast(shapes: readonly (Shape | null)[]): Shape | ShapeMismatch | null {
  let result: Shape = []
  for (const shape of shapes) {
    if (shape === null) return null
    const joined = join(result, shape)
    if (joined === 'mismatch') return { left: result, right: shape }
    if (joined === null) return null
    result = joined
  }
  return result
}

function join(left: Shape, right: Shape): Shape | 'mismatch' | null {
  const length = Math.max(left.length, right.length)
  const joined: Dimension[] = []
  let known = true
  for (let k = 1; k <= length; k++) {
    const a = left[left.length - k] ?? 1
    const b = right[right.length - k] ?? 1
    if (a === b || b === 1) joined.unshift(a)
    else if (a === 1) joined.unshift(b)
    else if (differ(a, b)) return 'mismatch'
    else known = false
  }
  return known ? joined : null
}

/** Same length and same sizes. */
export const sameShape = (a: Shape | null, b: Shape | null): boolean =>
  a !== null && b !== null && a.length === b.length && a.every((size, k) => size === b[k])

/** Contribution for an input that was broadcast: sums `upstream` over the axes along which the input was repeated. */
export function reduceTo(build: Builder, upstream: NodeId, input: NodeId): NodeId {
  const from = build.shapeOf(upstream)
  const to = build.shapeOf(input)
  // A scalar upstream asks for the local derivative of each number by itself: nothing is summed.
  if (!from || !to || from.length === 0 || sameShape(from, to)) return upstream
  if (to.length === 0) return build.apply('sum', [upstream], { axis: null })
  let result = upstream
  for (let extra = from.length - to.length; extra > 0; extra--) {
    result = build.apply('sum', [result], { axis: 0, size: (build.shapeOf(result)?.[0] ?? '') as Dimension })
  }
  to.forEach((size, axis) => {
    if (size === 1 && build.shapeOf(result)?.[axis] !== 1) {
      result = build.apply('sum', [result], { axis, keep: true })
    }
  })
  return result
}

/** Elementwise product as a backward rule writes it: `⊙` between two arrays, juxtaposed otherwise. */
export function times(build: Builder, a: NodeId, b: NodeId): NodeId {
  const arrays = [a, b].every((id) => (build.shapeOf(id)?.length ?? 0) > 0)
  return arrays ? build.apply('multiply', [a, b], { sign: 'hadamard' }) : build.apply('multiply', [a, b])
}

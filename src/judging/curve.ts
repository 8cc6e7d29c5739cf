/**
 * Do two sides differ on a curve `F(x, y) = 0`? Asked at points that certainly lie on it: where F changes its sign between two ends of
 * a tiny interval, the curve passes between them, and bounds over the whole interval hold at that point.
 */
import { BINARY, INTERVALS } from '../arithmetic/binary'
import { enclose } from '../calculus/carried'
import { ancestors, leavesOf, type NodeId } from '../graph/graph'
import type { Meaning } from '../meaning/build'
import type { Witness } from './equivalence'

/** Where the other names are tried, and where the curve is looked for. */
const BASES = [0.7, 1.3, 2.1, 3.3, 0.3]
const [FROM, TO, CELLS] = [-12.07, 12.11, 96]
const HALVINGS = 44

type Interval = { readonly lo: number; readonly hi: number }

/** A point of the curve at which the sides certainly differ; `'same'` where they agree at all that were found, `null` where none was. */
export function differOnCurve(world: Meaning, curve: NodeId, truth: NodeId, side: NodeId): Witness | 'same' | null {
  const { graph } = world.builder
  const inputs = leavesOf(graph, [curve, truth, side])
  const order = [...new Set([curve, truth, side].flatMap((node) => ancestors(graph, node)))]
  const at = (values: ReadonlyMap<NodeId, Interval>) => enclose(BINARY, INTERVALS, graph, order, values)
  let met = 0
  for (const moving of leavesOf(graph, [curve])) {
    for (const base of BASES) {
      const fixed = inputs.filter((id) => id !== moving).map((id, k) => [id, base * (1 + 0.37 * k)] as const)
      const valuesAt = (y: Interval) =>
        new Map([...fixed.map(([id, value]) => [id, exactly(value)] as const), [moving, y]])
      for (const y of rootsOf((place) => at(valuesAt(place))(curve))) {
        const value = at(valuesAt(y))
        const [right, written] = [value(truth), value(side)]
        if (!right || !written) continue
        if (written.lo > right.hi || right.lo > written.hi) {
          const [left, other] = [middle(right), middle(written)]
          const apart = Math.abs(left - other) / Math.max(Math.abs(left), Math.abs(other))
          return { at: new Map([...fixed, [moving, middle(y)]]), left, right: other, apart }
        }
        met++
      }
    }
  }
  return met >= BASES.length ? 'same' : null
}

const exactly = (value: number): Interval => ({ lo: value, hi: value })
const middle = ({ lo, hi }: Interval): number => Number((lo + (hi - lo) / 2).toPrecision(12))

/** Tiny intervals in which a function certainly crosses zero. */
function* rootsOf(value: (at: Interval) => Interval | null): Generator<Interval> {
  const sign = (at: number): number => {
    const found = value(exactly(at))
    return found === null ? 0 : found.lo > 0 ? 1 : found.hi < 0 ? -1 : 0
  }
  const width = (TO - FROM) / CELLS
  for (let k = 0; k < CELLS; k++) {
    let [lo, hi] = [FROM + k * width, FROM + (k + 1) * width]
    const below = sign(lo)
    // Bounds over the cell say that nothing jumps in it.
    if (below === 0 || sign(hi) !== -below || value({ lo, hi }) === null) continue
    for (let halved = 0; halved < HALVINGS; halved++) {
      const half = (lo + hi) / 2
      const own = sign(half)
      if (own === 0 || half === lo || half === hi) break
      if (own === below) lo = half
      else hi = half
    }
    yield { lo, hi }
  }
}

/** Lines of equal height of the output over two inputs, by marching squares. */
import { type Entry, type Leaves, type Live, moved } from './live'

const CELLS = 28
const LEVELS = 9

interface Point {
  readonly x: number
  readonly y: number
}
export interface Segment {
  readonly from: Point
  readonly to: Point
  /** 0 for the lowest line, 1 for the highest. */
  readonly level: number
}
type Range = readonly [number, number]

/** The pieces of all lines. */
export function contoursOf(
  live: Live,
  leaves: Leaves,
  [first, second]: readonly [Entry, Entry],
  [across, up]: readonly [Range, Range],
): Segment[] {
  const along = ([low, high]: Range, i: number) => low + ((high - low) * i) / CELLS
  const grid = Array.from({ length: CELLS + 1 }, (_, i) => {
    const row = moved(leaves, second, along(up, i))
    return Array.from({ length: CELLS + 1 }, (_, j) => live.outputAt(moved(row, first, along(across, j))))
  })
  const heights = grid.flat().filter(Number.isFinite)
  // Levels at equal shares of the area, so that flat stretches are not left empty.
  const sorted = [...heights].sort((a, b) => a - b)
  const levels = Array.from({ length: LEVELS }, (_, i) => sorted[Math.floor(((i + 0.5) / LEVELS) * sorted.length)] ?? 0)
  const found: Segment[] = []
  for (let i = 0; i < CELLS; i++) {
    for (let j = 0; j < CELLS; j++) {
      const corners = [
        { x: along(across, j), y: along(up, i), h: grid[i]?.[j] as number },
        { x: along(across, j + 1), y: along(up, i), h: grid[i]?.[j + 1] as number },
        { x: along(across, j + 1), y: along(up, i + 1), h: grid[i + 1]?.[j + 1] as number },
        { x: along(across, j), y: along(up, i + 1), h: grid[i + 1]?.[j] as number },
      ]
      levels.forEach((height, k) => {
        const cuts = cutsOf(corners, height)
        for (let c = 0; c + 1 < cuts.length; c += 2)
          found.push({ from: cuts[c] as Point, to: cuts[c + 1] as Point, level: k / (LEVELS - 1) })
      })
    }
  }
  return found
}

/** Where a height lies on the edges of a cell. */
function cutsOf(corners: readonly (Point & { h: number })[], height: number): Point[] {
  if (!corners.every(({ h }) => Number.isFinite(h))) return []
  return corners.flatMap((a, i) => {
    const b = corners[(i + 1) % corners.length] as Point & { h: number }
    if (a.h < height === b.h < height) return []
    const t = (height - a.h) / (b.h - a.h)
    return [{ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t }]
  })
}

/** Outlines of SVG as operators of PDF: `M0 0L3 4z` is `0 0 m 3 4 l h`. */

/** Operators that make a path. */
export type Operators = string

/** How many numbers each command takes. */
const TAKES: Readonly<Record<string, number>> = { m: 2, l: 2, h: 1, v: 1, c: 6, s: 4, q: 4, t: 2, z: 0 }

interface Pen {
  x: number
  y: number
  /** Where the part began. */
  startX: number
  startY: number
  /** The last handle, which a smooth curve mirrors; where it stands on the pen there is none. */
  handleX: number
  handleY: number
}

/** A path of SVG, absolute or relative; arcs are not drawn here. */
export function outlineOperators(outline: string): Operators {
  const pen: Pen = { x: 0, y: 0, startX: 0, startY: 0, handleX: 0, handleY: 0 }
  const drawn: string[] = []
  for (const [, command = '', list = ''] of outline.matchAll(/([mlhvcsqtz])([^a-df-z]*)/gi)) {
    const numbers = [...list.matchAll(/-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?/gi)].map(([text]) => Number(text))
    const kind = command.toLowerCase()
    const takes = TAKES[kind] ?? 0
    if (takes === 0) drawn.push(step(kind, [], pen, false))
    for (let at = 0; takes > 0 && at + takes <= numbers.length; at += takes)
      // More numbers behind a move are lines.
      drawn.push(step(kind === 'm' && at > 0 ? 'l' : kind, numbers.slice(at, at + takes), pen, command === kind))
  }
  return drawn.join(' ')
}

/** One command; the pen moves on. */
function step(kind: string, given: readonly number[], pen: Pen, isRelative: boolean): Operators {
  const { x, y } = pen
  if (kind === 'z') {
    moveTo(pen, pen.startX, pen.startY)
    return 'h'
  }
  if (kind === 'h') return lineTo(pen, (given[0] as number) + (isRelative ? x : 0), y)
  if (kind === 'v') return lineTo(pen, x, (given[0] as number) + (isRelative ? y : 0))
  const at = given.map((value, i) => value + (isRelative ? (i % 2 === 0 ? x : y) : 0))
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = at
  const mirrored = [2 * x - pen.handleX, 2 * y - pen.handleY] as const
  switch (kind) {
    case 'm':
      moveTo(pen, a, b)
      pen.startX = a
      pen.startY = b
      return `${written(a, b)} m`
    case 'l':
      return lineTo(pen, a, b)
    case 'c':
      return curveTo(pen, a, b, c, d, e, f)
    case 's':
      return curveTo(pen, ...mirrored, a, b, c, d)
    case 'q':
      return bowTo(pen, a, b, c, d)
    default:
      return bowTo(pen, ...mirrored, a, b)
  }
}

function moveTo(pen: Pen, x: number, y: number): void {
  pen.x = x
  pen.y = y
  pen.handleX = x
  pen.handleY = y
}

function lineTo(pen: Pen, x: number, y: number): Operators {
  moveTo(pen, x, y)
  return `${written(x, y)} l`
}

function curveTo(pen: Pen, a: number, b: number, c: number, d: number, x: number, y: number): Operators {
  moveTo(pen, x, y)
  pen.handleX = c
  pen.handleY = d
  return `${written(a, b, c, d, x, y)} c`
}

/** PDF has curves with two handles alone: those of one with a single handle stand two thirds of the way to it. */
function bowTo(pen: Pen, a: number, b: number, x: number, y: number): Operators {
  const towards = (from: number, handle: number) => from + (2 / 3) * (handle - from)
  const operators = curveTo(pen, towards(pen.x, a), towards(pen.y, b), towards(x, a), towards(y, b), x, y)
  pen.handleX = a
  pen.handleY = b
  return operators
}

/** How far the handles of a quarter of a circle are from its ends, of its radius. */
const ROUND = 0.5523

/** A rectangle, with corners of this radius. */
export function rectangleOperators(x: number, y: number, width: number, height: number, radius: number): Operators {
  const r = Math.min(radius, width / 2, height / 2)
  if (r === 0) return `${written(x, y, width, height)} re`
  const k = r * (1 - ROUND)
  const [right, bottom] = [x + width, y + height]
  return [
    `${written(x + r, y)} m ${written(right - r, y)} l`,
    `${written(right - k, y, right, y + k, right, y + r)} c ${written(right, bottom - r)} l`,
    `${written(right, bottom - k, right - k, bottom, right - r, bottom)} c ${written(x + r, bottom)} l`,
    `${written(x + k, bottom, x, bottom - k, x, bottom - r)} c ${written(x, y + r)} l`,
    `${written(x, y + k, x + k, y, x + r, y)} c h`,
  ].join(' ')
}

/** A circle. */
export const ovalOperators = (x: number, y: number, r: number): Operators =>
  rectangleOperators(x - r, y - r, 2 * r, 2 * r, r)

const written = (...numbers: readonly number[]) => numbers.map((value) => Math.round(value * 1000) / 1000).join(' ')

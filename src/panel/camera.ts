/** Where the drawing stands in its window: plain geometry, in pixels of the window and of the drawing. */

export interface Size {
  readonly width: number
  readonly height: number
}
/** The drawing's origin in the window, and how much larger it is drawn. */
export interface View {
  readonly x: number
  readonly y: number
  readonly k: number
}
/** A part of the drawing. */
export interface Region extends Size {
  readonly x: number
  readonly y: number
}
/** Something in the drawing, by its middle and half of its size. */
export interface Body {
  readonly x: number
  readonly y: number
  readonly halfWidth: number
  readonly halfHeight: number
}

export const ZOOM = { least: 0.05, most: 6, fit: 1.5, far: 0.42, readable: 0.5, overview: 0.1 }
/** Of more nodes one wants to see how they hang together first. */
const OVERVIEW = 24
/** Height of the buttons in the corner, in pixels. */
const CORNER = 40
/** How far beyond the edge of the window parts are drawn, as a share of its size. */
const AROUND = 0.5
/** Room that is left around a node that has to be brought into view, in pixels of the drawing. */
const MARGIN = 12

/** All of the drawing, in the middle, above the buttons in the corner. */
export function fitted(drawing: Size, window: Size): View {
  const height = Math.max(window.height / 2, window.height - CORNER)
  const k = Math.min(ZOOM.fit, window.width / drawing.width, height / drawing.height)
  return { x: (window.width - drawing.width * k) / 2, y: (height - drawing.height * k) / 2, k }
}

/**
 * Where it begins: all of it, or where that can't be read, as much as can, around `middle`.
 * @param nodes how many there are: of many the whole is shown as long as anything can be told apart
 */
export function beginning(drawing: Size, nodes: number, window: Size, middle: { x: number; y: number }): View {
  const whole = fitted(drawing, window)
  if (whole.k >= ZOOM.readable || (nodes > OVERVIEW && whole.k >= ZOOM.overview)) return whole
  const k = ZOOM.readable
  const place = (length: number, total: number, at: number) =>
    total * k < length ? (length - total * k) / 2 : Math.min(0, Math.max(length - total * k, length / 2 - at * k))
  return {
    x: place(window.width, drawing.width, middle.x),
    y: place(window.height, drawing.height, middle.y),
    k,
  }
}

/** The part of the drawing that is seen. */
export const seenIn = ({ x, y, k }: View, { width, height }: Size): Region => ({
  x: -x / k,
  y: -y / k,
  width: width / k,
  height: height / k,
})

/** What is drawn beforehand, so that a small move shows nothing empty. */
export const around = ({ x, y, width, height }: Region): Region => ({
  x: x - width * AROUND,
  y: y - height * AROUND,
  width: width * (1 + 2 * AROUND),
  height: height * (1 + 2 * AROUND),
})

/** Whether one part lies inside of another. */
export const isInside = (part: Region, whole: Region): boolean =>
  part.x > whole.x &&
  part.y > whole.y &&
  part.x + part.width < whole.x + whole.width &&
  part.y + part.height < whole.y + whole.height

/** How far the drawing must move for a body to be seen, in its own pixels; nothing where it is seen already. */
export const towards = (body: Body, seen: Region): { readonly dx: number; readonly dy: number } => ({
  dx: missing(body.x, body.halfWidth, seen.x, seen.width),
  dy: missing(body.y, body.halfHeight, seen.y, seen.height),
})

function missing(at: number, half: number, from: number, length: number): number {
  if (at - half < from) return from - at + half + MARGIN
  if (at + half > from + length) return from + length - at - half - MARGIN
  return 0
}

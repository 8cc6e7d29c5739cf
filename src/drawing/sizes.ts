/** How large the parts of a drawing are: nodes, and what stands on edges. All in pixels. */
import type { LayoutNode } from './layout'
import type { Caption, PictureEdge, PictureKind, PictureNode, Saying } from './picture'
import type { Box } from './ranks'
import { type Typeset, typesetNow } from './typeset'

const RADIUS = 22
const FONT = { symbol: 18, name: 17, value: 14.5, gradient: 14.5, table: 12, shape: 11.5, total: 13, local: 11.5 }
/** Of a formula in a circle: as wide as it may be, and as small as it may get before the circle becomes longer instead. */
const INNER = { width: 33, height: 32, least: 0.62 }
const WIDEST = { value: 150, gradient: 150, group: 180, local: 92 }
/** Between a line and what stands above it, and between it, the arrow and what stands below. */
export const OFFSET = { value: 7, arrow: 12, gradient: 8, name: 5, side: 9, leaf: 7, total: 5 }
export const LEAST_ARROW = 42
export const AXIS = 0.25

/** A formula at its size. */
export interface Sized {
  readonly picture: Typeset
  readonly latex: string
  readonly size: number
}

export const widthOf = (sized: Sized | null) => (sized ? sized.picture.width * sized.size : 0)
export const heightOf = (sized: Sized | null) => (sized ? (sized.picture.height + sized.picture.depth) * sized.size : 0)
export const isTable = (latex: string) => latex.includes('\\begin{')

/** A formula of more characters fits nowhere on an edge: it isn't even typeset, which takes long where it is very long. */
const LONGEST = { formula: 180, table: 2000 }
export const isTooLong = (latex: string) => latex.length > (isTable(latex) ? LONGEST.table : LONGEST.formula)

/** The first caption that has room, at its full size or a little smaller. */
function fitting(caption: Caption, size: number, widest: number): Sized | null {
  for (const latex of caption) {
    if (isTooLong(latex)) continue
    const picture = typesetNow(latex, !isTable(latex))
    const full = isTable(latex) ? FONT.table : size
    const scale = Math.min(1, widest / (picture.width * full))
    if (scale >= 0.8 || isTable(latex)) return { picture, latex, size: full * Math.max(scale, 0.8) }
  }
  return null
}

/** A saying at its size: symbols, a number, or both side by side. */
export interface Said {
  readonly symbols: Sized | null
  readonly figure: Sized | null
}

/** Whichever of its parts have room. */
function said({ symbols, figure }: Saying, size: number, widest: number): Said {
  const sized = fitting(symbols, size, widest)
  if (!figure) return { symbols: sized, figure: null }
  const isFactor = /^\\times$|^\\text\{/.test(symbols[0] ?? '')
  const latex = sized && !isFactor ? `{} = ${figure.latex}` : figure.latex
  return { symbols: sized, figure: fitting([latex], size, Math.max(widest, 170)) }
}

const SILENT: Said = { symbols: null, figure: null }
export const saidWidth = ({ symbols, figure }: Said) => widthOf(symbols) + widthOf(figure)
export const isSaid = ({ symbols, figure }: Said) => symbols !== null || figure !== null

/** Above and below the baseline. */
export function saidHeights({ symbols, figure }: Said): { above: number; below: number } {
  const parts = [symbols, figure].filter((part) => part !== null)
  return {
    above: Math.max(0, ...parts.map(({ picture, size }) => picture.height * size)),
    below: Math.max(0, ...parts.map(({ picture, size }) => picture.depth * size)),
  }
}
const saidHeight = (part: Said) => saidHeights(part).above + saidHeights(part).below

/** A node with the room that it takes. */
export interface Body {
  readonly box: LayoutNode
  readonly halfWidth: number
  readonly halfHeight: number
  readonly symbol: Sized
  readonly name: Sized | null
  readonly total: Said
  /** Of a record: its boxes behind the symbol. */
  readonly cells: readonly Said[]
}

/** Drawn as a name or a number, without a circle. */
export const isLeaf = (kind: PictureKind) => kind === 'input' || kind === 'constant' || kind === 'output'

/** The sizes of a node. */
export function bodyOf(node: PictureNode): Body {
  if (node.kind === 'record') return recordBody(node)
  return isLeaf(node.kind) ? leafBody(node) : roundBody(node)
}

/** A name or a number without a circle. */
function leafBody(node: PictureNode): Body {
  const latex = node.symbol[0] ?? ''
  const symbol = fitting([latex], isTable(latex) ? FONT.table : FONT.name, WIDEST.group) ?? smallest(latex, FONT.name)
  const total = said(node.total, FONT.total, WIDEST.gradient)
  const half = { width: widthOf(symbol) / 2 + 3, height: Math.max(11, heightOf(symbol) / 2 + 3) }
  const width = 2 * half.width + OFFSET.leaf
  const box: LayoutNode = {
    width: Math.max(width, saidWidth(total) + 6),
    above: half.height + 2,
    below: half.height + 2 + (isSaid(total) ? saidHeight(total) + OFFSET.total : 0),
    align: node.kind === 'output' ? 'left' : 'right',
    port: { inset: 0, spread: 0 },
  }
  return { box, halfWidth: half.width, halfHeight: half.height, symbol, name: null, total, cells: [] }
}

const smallest = (latex: string, size: number): Sized => ({
  picture: typesetNow(latex, true),
  latex,
  size: size * 0.8,
})

/** Room in a box of a record on either side of what it says, in pixels. */
export const CELL = 8

/** Boxes side by side: `+ | t | data 1.75 | grad 3.5`. */
function recordBody(node: PictureNode): Body {
  const symbol = circleSymbol(node.symbol)
  const cells = node.cells.map((cell) => said(cell, FONT.value, WIDEST.value)).filter(isSaid)
  const width = [widthOf(symbol), ...cells.map(saidWidth)].reduce((sum, each) => sum + each + 2 * CELL, 0)
  const height = Math.max(heightOf(symbol), ...cells.map(saidHeight))
  const halfHeight = Math.max(15, height / 2 + 6)
  const box: LayoutNode = {
    width,
    above: halfHeight + 2,
    below: halfHeight + 2,
    align: 'center',
    port: { inset: 0, spread: 0 },
  }
  return { box, halfWidth: width / 2, halfHeight, symbol, name: null, total: SILENT, cells }
}

/** A circle around the operation's symbol; longer where the symbol is. */
function roundBody(node: PictureNode): Body {
  const symbol = node.kind === 'group' ? groupSymbol(node.symbol) : circleSymbol(node.symbol)
  const name = node.name === null ? null : fitting([node.name], FONT.name, WIDEST.group)
  const total = said(node.total, FONT.total, WIDEST.gradient)
  const halfWidth = Math.max(RADIUS, widthOf(symbol) / 2 + 9)
  const halfHeight = Math.max(RADIUS, heightOf(symbol) / 2 + 7)
  const under = [heightOf(name), saidHeight(total)].reduce((sum, height) => sum + (height && height + OFFSET.name), 0)
  const width = Math.max(2 * halfWidth, widthOf(name), saidWidth(total))
  const box: LayoutNode = {
    width,
    above: halfHeight + 2,
    below: halfHeight + 2 + under,
    align: 'center',
    port: { inset: (width - 2 * halfWidth) / 2, spread: node.kind === 'group' ? 0 : halfHeight },
  }
  return { box, halfWidth, halfHeight, symbol, name, total, cells: [] }
}

function circleSymbol(caption: Caption): Sized {
  for (const latex of caption) {
    if (isTooLong(latex)) continue
    const picture = typesetNow(latex, true)
    const room = Math.min(
      INNER.width / (picture.width * FONT.symbol),
      INNER.height / ((picture.height + picture.depth) * FONT.symbol),
    )
    if (room >= INNER.least) return { picture, latex, size: FONT.symbol * Math.min(1, room) }
  }
  const latex = caption[caption.length - 1] ?? '?'
  return { picture: typesetNow(latex, true), latex, size: FONT.symbol * 0.8 }
}

const groupSymbol = (caption: Caption): Sized =>
  fitting(caption, FONT.name, WIDEST.group) ?? smallest(caption[0] ?? '?', FONT.name)

/** What stands on an edge, with the room that it takes. */
export interface Label {
  readonly box: Box
  readonly value: Said
  readonly shape: Sized | null
  readonly gradient: Said
  /** On the line itself, at the end of its straight part. */
  readonly local: Said
}

/** Of the tag on a line: room before its words, behind them, for its point, and half of its height. */
export const TAG = { room: 5, point: 7, half: 10.5, before: 8 }

/** The sizes of what stands on an edge; `null` where nothing does. */
export function labelOf(edge: PictureEdge): Label | null {
  const value = said(edge.value, FONT.value, WIDEST.value)
  const beside = sizeAndCount(edge)
  const shape = beside === null ? null : fitting([beside], FONT.shape, WIDEST.value)
  const gradient = said(edge.gradient, FONT.gradient, WIDEST.gradient)
  const local = fits(said(edge.local, FONT.local, WIDEST.local))
  if (!isSaid(value) && !shape && !isSaid(gradient)) return null
  const top = Math.max(saidHeight(value), heightOf(shape))
  const width = Math.max(topWidth(value, shape), saidWidth(gradient), isSaid(gradient) ? LEAST_ARROW : 0)
  const tag = isSaid(local) ? tagWidth(local) + TAG.before : 0
  const under = isSaid(gradient) ? (edge.arrow ? OFFSET.arrow : 0) + OFFSET.gradient + saidHeight(gradient) + 3 : 5
  const box = {
    width: width + 2 * OFFSET.side + tag,
    above: Math.max(top > 0 ? top + OFFSET.value + 3 : 5, tag > 0 ? TAG.half + 2 : 0),
    below: Math.max(under, tag > 0 ? TAG.half + 2 : 0),
  }
  return { box, value, shape, gradient, local }
}

/** `2 \times 3`; before it how many lines are drawn as this one. */
function sizeAndCount({ shape, count }: PictureEdge): string | null {
  if (count === 1) return shape
  return shape === null ? `${count}\\times` : `${count}\\times(${shape})`
}

/** A tag is one line high. */
const fits = (local: Said): Said => (saidHeight(local) <= 2 * TAG.half - 2 ? local : SILENT)

/** Width of a tag with its point. */
export const tagWidth = (local: Said) => saidWidth(local) + 2 * TAG.room + TAG.point

/** Width of what stands above the line. */
export const topWidth = (value: Said, shape: Sized | null) =>
  saidWidth(value) + widthOf(shape) + (isSaid(value) && shape ? 7 : 0)

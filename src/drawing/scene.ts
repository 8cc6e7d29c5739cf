/** A picture with everything in its place: plain data that can be sent to the panel or written as SVG. */
import type { NodeId } from '../graph/graph'
import { type Box, type LayoutNode, layOut, type Orderer, type Point } from './layout'
import type { Caption, Picture, PictureEdge, PictureKind, PictureNode } from './picture'
import { type Typeset, typesetNow } from './typeset'

/** A formula where it stands: left end of its baseline, and the font size; all in pixels. */
export interface Placed {
  /** Index into the formulas of the scene. */
  readonly formula: number
  readonly x: number
  readonly y: number
  readonly size: number
}
export interface SceneNode {
  /** Unique and the same as long as the node is: elements of the page are kept by it. */
  readonly key: string
  readonly id: NodeId
  readonly kind: PictureKind
  /** Middle of the body, and half of its width and height. */
  readonly x: number
  readonly y: number
  readonly halfWidth: number
  readonly halfHeight: number
  readonly symbol: Placed
  readonly name: Placed | null
  readonly total: Placed | null
  readonly inside: readonly NodeId[]
  readonly spoken: PictureNode['spoken']
}
export interface SceneEdge {
  readonly key: string
  /** Keys of nodes. */
  readonly from: string
  readonly to: string
  readonly way: readonly Point[]
  readonly value: Placed | null
  readonly shape: Placed | null
  readonly gradient: Placed | null
  /** The arrow of the backward pass, from right to left. */
  readonly arrow: { readonly left: number; readonly right: number; readonly y: number } | null
}
export interface Scene {
  readonly width: number
  readonly height: number
  readonly formulas: readonly Typeset[]
  /** Outlines of the letters in the formulas, which refer to them: each is kept once. */
  readonly glyphs: readonly string[]
  readonly nodes: readonly SceneNode[]
  readonly edges: readonly SceneEdge[]
  readonly groups: number
}

/** Measures in pixels. */
export const RADIUS = 22
const FONT = { symbol: 18, name: 17, value: 14.5, gradient: 14.5, table: 12, shape: 11.5, total: 13 }
/** Of a formula in a circle: as wide as it may be, and as small as it may get before the circle becomes longer instead. */
const INNER = { width: 33, height: 32, least: 0.62 }
const WIDEST = { value: 150, gradient: 150, group: 180 }
/** Between a line and what stands above it, and between it, the arrow and what stands below. */
const OFFSET = { value: 7, arrow: 12, gradient: 8, name: 5, side: 9, leaf: 7, total: 5 }
const LEAST_ARROW = 42
const AXIS = 0.25

interface Sized {
  readonly picture: Typeset
  readonly latex: string
  readonly size: number
}

const widthOf = (sized: Sized | null) => (sized ? sized.picture.width * sized.size : 0)
const heightOf = (sized: Sized | null) => (sized ? (sized.picture.height + sized.picture.depth) * sized.size : 0)
const isTable = (latex: string) => latex.includes('\\begin{')

/** A formula of more characters fits nowhere on an edge: it isn't even typeset, which takes long where it is very long. */
const LONGEST = { formula: 180, table: 2000 }
const isTooLong = (latex: string) => latex.length > (isTable(latex) ? LONGEST.table : LONGEST.formula)

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

/** How long typesetting may go on before others get their turn, in milliseconds. */
const SLICE = 20

/**
 * Typesets what a picture may show, in slices: a large one takes seconds, and the extension host has other things to do
 * meanwhile. `pause` waits a moment and says whether to go on. Gives whether all is done.
 */
export async function typesetPicture(
  picture: Picture,
  now: () => number,
  pause: () => Promise<boolean>,
): Promise<boolean> {
  const captions = [
    ...picture.nodes.flatMap(({ symbol, name, total }) => [symbol, name === null ? [] : [name], total]),
    ...picture.edges.flatMap(({ value, shape, gradient }) => [value, shape === null ? [] : [shape], gradient]),
  ]
  let began = now()
  for (const caption of captions) {
    const first = caption.find((latex) => !isTooLong(latex))
    if (first !== undefined) typesetNow(first, !isTable(first))
    if (now() - began < SLICE) continue
    if (!(await pause())) return false
    began = now()
  }
  return true
}

/** Places everything. MathJax must be ready (`readyToTypeset`), else formulas are drawn as text. */
export function sceneOf(picture: Picture, orderer?: Orderer): Scene {
  const formulas = collection()
  const nodes = picture.nodes.map(bodyOf)
  const labels = picture.edges.map(labelOf)
  const layout = layOut(
    {
      nodes: nodes.map((node) => node.box),
      edges: picture.edges.map(({ from, to }, i) => ({ from, to, label: labels[i]?.box ?? null })),
    },
    orderer,
  )
  const keys = keysOf(picture)
  return {
    width: layout.width,
    height: layout.height,
    nodes: picture.nodes.map((node, i) =>
      placedNode(node, keys[i] as string, nodes[i] as Body, layout.nodes[i] as Point, formulas.place),
    ),
    edges: picture.edges.map((edge, i) => ({
      key: `${keys[edge.from]}>${keys[edge.to]}#${i}`,
      from: keys[edge.from] as string,
      to: keys[edge.to] as string,
      way: (layout.ways[i] as Point[]).map(({ x, y }) => ({ x: round(x), y: round(y) })),
      ...placedLabel(labels[i] ?? null, layout.labels[i] ?? null, formulas.place),
    })),
    formulas: formulas.all,
    glyphs: formulas.glyphs,
    groups: picture.groups,
  }
}

const round = (value: number) => Math.round(value * 100) / 100

type Place = (sized: Sized, x: number, y: number) => Placed

/** How a formula refers to a letter: the number is an index into the glyphs of the scene. */
export const glyphId = (index: number) => `glyph-${index}`
const OUTLINE = /<path( transform="[^"]*")? d="([^"]+)"( transform="[^"]*")?><\/path>/g

/** Each formula is kept once, however often it is drawn, and so is each letter. */
function collection(): { all: Typeset[]; glyphs: string[]; place: Place } {
  const all: Typeset[] = []
  const glyphs: string[] = []
  const known = new Map<Typeset, number>()
  const indices = new Map<string, number>()
  const refer = (_: string, before: string | undefined, outline: string, after: string | undefined) => {
    const index = indices.get(outline) ?? glyphs.push(outline) - 1
    indices.set(outline, index)
    return `<use${before ?? after ?? ''} href="#${glyphId(index)}"/>`
  }
  return {
    all,
    glyphs,
    place({ picture, size }, x, y) {
      const formula = known.get(picture) ?? all.push({ ...picture, markup: picture.markup.replace(OUTLINE, refer) }) - 1
      known.set(picture, formula)
      return { formula, x: round(x), y: round(y), size: round(size) }
    },
  }
}

function keysOf(picture: Picture): string[] {
  const seen = new Map<string, number>()
  return picture.nodes.map((node) => {
    const base = node.kind === 'output' ? 'output' : `${node.id}`
    const count = seen.get(base) ?? 0
    seen.set(base, count + 1)
    return count === 0 ? base : `${base}.${count}`
  })
}

interface Body {
  readonly box: LayoutNode
  readonly halfWidth: number
  readonly halfHeight: number
  readonly symbol: Sized
  readonly name: Sized | null
  readonly total: Sized | null
}

const isLeaf = (kind: PictureKind) => kind === 'input' || kind === 'constant' || kind === 'output'

function bodyOf(node: PictureNode): Body {
  return isLeaf(node.kind) ? leafBody(node) : roundBody(node)
}

/** A name or a number without a circle. */
function leafBody(node: PictureNode): Body {
  const latex = node.symbol[0] ?? ''
  const symbol = fitting([latex], isTable(latex) ? FONT.table : FONT.name, WIDEST.group) ?? smallest(latex, FONT.name)
  const total = fitting(node.total, FONT.total, WIDEST.gradient)
  const half = { width: widthOf(symbol) / 2 + 3, height: Math.max(11, heightOf(symbol) / 2 + 3) }
  const width = 2 * half.width + OFFSET.leaf
  const box: LayoutNode = {
    width: Math.max(width, widthOf(total) + 6),
    above: half.height + 2,
    below: half.height + 2 + (total ? heightOf(total) + OFFSET.total : 0),
    align: node.kind === 'output' ? 'left' : 'right',
    port: { inset: 0, spread: 0 },
  }
  return { box, halfWidth: half.width, halfHeight: half.height, symbol, name: null, total }
}

const smallest = (latex: string, size: number): Sized => ({
  picture: typesetNow(latex, true),
  latex,
  size: size * 0.8,
})

/** A circle around the operation's symbol; longer where the symbol is. */
function roundBody(node: PictureNode): Body {
  const symbol = node.kind === 'group' ? groupSymbol(node.symbol) : circleSymbol(node.symbol)
  const name = node.name === null ? null : fitting([node.name], FONT.name, WIDEST.group)
  const total = fitting(node.total, FONT.total, WIDEST.gradient)
  const halfWidth = Math.max(RADIUS, widthOf(symbol) / 2 + 9)
  const halfHeight = Math.max(RADIUS, heightOf(symbol) / 2 + 7)
  const under = [name, total].reduce((sum, part) => sum + (part ? heightOf(part) + OFFSET.name : 0), 0)
  const width = Math.max(2 * halfWidth, widthOf(name), widthOf(total))
  const box: LayoutNode = {
    width,
    above: halfHeight + 2,
    below: halfHeight + 2 + under,
    align: 'center',
    port: { inset: (width - 2 * halfWidth) / 2, spread: node.kind === 'group' ? 0 : halfHeight },
  }
  return { box, halfWidth, halfHeight, symbol, name, total }
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

/** Baseline of a formula whose middle stands at `y`. */
const centred = (sized: Sized, y: number) => y + ((sized.picture.height - sized.picture.depth) / 2) * sized.size

/** Baseline of a name beside a line: the middle of its small letters is on the line. */
const onLine = (sized: Sized, y: number) =>
  sized.picture.height + sized.picture.depth > 1.3 ? centred(sized, y) : y + AXIS * sized.size

function placedNode(node: PictureNode, key: string, body: Body, at: Point, place: Place): SceneNode {
  const { box, symbol, name, total, halfWidth, halfHeight } = body
  const leaf = isLeaf(node.kind)
  const x = leaf ? leafMiddle(node.kind, body, at) : at.x + box.width / 2
  let under = at.y + halfHeight + (leaf ? 2 : OFFSET.name)
  const below = (sized: Sized | null): Placed | null => {
    if (!sized) return null
    const left =
      leaf && node.kind !== 'output' ? at.x + box.width - OFFSET.leaf - widthOf(sized) : x - widthOf(sized) / 2
    const placed = place(sized, Math.max(left, at.x), under + sized.picture.height * sized.size)
    under += heightOf(sized) + OFFSET.total
    return placed
  }
  return {
    key,
    id: node.id,
    kind: node.kind,
    x: round(x),
    y: round(at.y),
    halfWidth: round(halfWidth),
    halfHeight: round(halfHeight),
    symbol: place(symbol, x - widthOf(symbol) / 2, leaf ? onLine(symbol, at.y) : centred(symbol, at.y)),
    name: below(name),
    total: below(total),
    inside: node.inside,
    spoken: node.spoken,
  }
}

const leafMiddle = (kind: PictureKind, body: Body, at: Point) =>
  kind === 'output' ? at.x + OFFSET.leaf + body.halfWidth : at.x + body.box.width - OFFSET.leaf - body.halfWidth

interface Label {
  readonly box: Box
  readonly value: Sized | null
  readonly shape: Sized | null
  readonly gradient: Sized | null
}

function labelOf(edge: PictureEdge): Label | null {
  const value = fitting(edge.value, FONT.value, WIDEST.value)
  const shape = edge.shape === null ? null : fitting([edge.shape], FONT.shape, WIDEST.value)
  const gradient = fitting(edge.gradient, FONT.gradient, WIDEST.gradient)
  if (!value && !shape && !gradient) return null
  const top = Math.max(heightOf(value), heightOf(shape))
  const width = Math.max(topWidth(value, shape), widthOf(gradient), gradient ? LEAST_ARROW : 0)
  const box = {
    width: width + 2 * OFFSET.side,
    above: top > 0 ? top + OFFSET.value + 3 : 5,
    below: gradient ? OFFSET.arrow + OFFSET.gradient + heightOf(gradient) + 3 : 5,
  }
  return { box, value, shape, gradient }
}

const topWidth = (value: Sized | null, shape: Sized | null) =>
  widthOf(value) + widthOf(shape) + (value && shape ? 7 : 0)

type LabelParts = Pick<SceneEdge, 'value' | 'shape' | 'gradient' | 'arrow'>

function placedLabel(label: Label | null, at: Point | null, place: Place): LabelParts {
  if (!label || !at) return { value: null, shape: null, gradient: null, arrow: null }
  const middle = at.x + label.box.width / 2
  const { value, shape, gradient } = label
  const left = middle - topWidth(value, shape) / 2
  const bottom = at.y - OFFSET.value
  const above = (sized: Sized | null, x: number) => sized && place(sized, x, bottom - sized.picture.depth * sized.size)
  const arrowHalf = Math.max(LEAST_ARROW, Math.min(widthOf(gradient), 90)) / 2
  const gradientTop = at.y + OFFSET.arrow + OFFSET.gradient
  return {
    value: above(value, left),
    shape: above(shape, left + widthOf(value) + (value ? 7 : 0)),
    gradient:
      gradient &&
      place(gradient, middle - widthOf(gradient) / 2, gradientTop + gradient.picture.height * gradient.size),
    arrow: gradient && {
      left: round(middle - arrowHalf),
      right: round(middle + arrowHalf),
      y: round(at.y + OFFSET.arrow),
    },
  }
}

/** A picture with everything in its place: plain data that can be sent to the panel or written as SVG. */
import type { NodeId } from '../graph/graph'
import { layOut, type Orderer, type Point } from './layout'
import { collection, type Place, type Placed } from './letters'
import type { Figure, Picture, PictureEdge, PictureKind, PictureNode } from './picture'
import {
  AXIS,
  type Body,
  bodyOf,
  CELL,
  heightOf,
  isLeaf,
  isSaid,
  isTable,
  isTooLong,
  type Label,
  LEAST_ARROW,
  labelOf,
  OFFSET,
  type Said,
  type Sized,
  saidHeights,
  saidWidth,
  TAG,
  tagWidth,
  topWidth,
  widthOf,
} from './sizes'
import { type Typeset, typesetNow } from './typeset'

/** Where a number stands that changes when an input does. */
export interface Slot {
  /** Its value is the number. */
  readonly node: NodeId
  /** `x` is its middle, or where it begins. */
  readonly anchor: 'middle' | 'start'
  readonly x: number
  /** Its baseline, the line that it stands above, or the line that it hangs under. */
  readonly side: 'on' | 'above' | 'under'
  readonly y: number
  readonly size: number
  /** How wide it may be. */
  readonly room: number
  /** It is the right side of an equation: `= 3.5`. */
  readonly isSide: boolean
}
/** What is said at one place. */
export interface SceneSaying {
  readonly symbols: Placed | null
  readonly figure: Placed | null
  readonly slot: Slot | null
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
  readonly total: SceneSaying | null
  /** Of a record: its boxes behind the symbol, each with the line before it. */
  readonly cells: readonly (SceneSaying & { readonly left: number })[]
  readonly inside: readonly NodeId[]
  readonly spoken: PictureNode['spoken']
}
export interface SceneEdge {
  readonly key: string
  /** Keys of nodes. */
  readonly from: string
  readonly to: string
  readonly way: readonly Point[]
  readonly value: SceneSaying | null
  readonly shape: Placed | null
  readonly gradient: SceneSaying | null
  /** The factor of this step, in a tag on the line whose point shows the way back. */
  readonly local: (SceneSaying & { readonly left: number; readonly right: number; readonly y: number }) | null
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
    ...picture.nodes.flatMap(({ symbol, name, total, cells }) => [
      symbol,
      name === null ? [] : [name],
      total.symbols,
      ...cells.map(({ symbols }) => symbols),
    ]),
    ...picture.edges.flatMap(({ value, shape, gradient, local }) => [
      value.symbols,
      shape === null ? [] : [shape],
      gradient.symbols,
      local.symbols,
    ]),
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
      ...placedLabel(edge, labels[i] ?? null, layout.labels[i] ?? null, formulas.place),
    })),
    formulas: formulas.all,
    glyphs: formulas.glyphs,
    groups: picture.groups,
  }
}

const round = (value: number) => Math.round(value * 100) / 100

function keysOf(picture: Picture): string[] {
  const seen = new Map<string, number>()
  return picture.nodes.map((node) => {
    const base = node.kind === 'output' ? 'output' : `${node.id}`
    const count = seen.get(base) ?? 0
    seen.set(base, count + 1)
    return count === 0 ? base : `${base}.${count}`
  })
}

/** Baseline of a formula whose middle stands at `y`. */
const centred = (sized: Sized, y: number) => y + ((sized.picture.height - sized.picture.depth) / 2) * sized.size

/** Baseline of a name beside a line: the middle of its small letters is on the line. */
const onLine = (sized: Sized, y: number) =>
  sized.picture.height + sized.picture.depth > 1.3 ? centred(sized, y) : y + AXIS * sized.size

/** A saying whose middle is at `x` and whose baseline is at `y`. */
function placedSaying(
  parts: Said,
  figure: Figure | null,
  x: number,
  y: number,
  side: Side,
  place: Place,
): SceneSaying | null {
  if (!isSaid(parts)) return null
  const { symbols, figure: number } = parts
  const left = x - saidWidth(parts) / 2
  const behind = left + widthOf(symbols)
  const { above, below } = saidHeights(parts)
  const baseline = side === 'on' ? y : side === 'above' ? y - below : y + above
  return {
    symbols: symbols && place(symbols, left, baseline),
    figure: number && place(number, behind, baseline),
    slot:
      number && figure
        ? {
            node: figure.node,
            anchor: symbols ? 'start' : 'middle',
            x: round(symbols ? behind : x),
            side: symbols ? 'on' : side,
            y: round(symbols ? baseline : y),
            size: round(number.size),
            room: round(Math.max(widthOf(number), LEAST_NUMBER)),
            isSide: number.latex.startsWith('{} = '),
          }
        : null,
  }
}
type Side = Slot['side']
/** A number has this much room at least, in pixels: another one may be longer. */
const LEAST_NUMBER = 56

/** The boxes of a record from left to right, the first one for the symbol. */
function placedRecord(node: PictureNode, key: string, body: Body, at: Point, place: Place): SceneNode {
  const { symbol, halfWidth, halfHeight } = body
  let left = at.x + widthOf(symbol) + 2 * CELL
  const cells = body.cells.flatMap((cell, i) => {
    const width = saidWidth(cell)
    const { above, below } = saidHeights(cell)
    const source = node.cells.filter(({ symbols, figure }) => symbols.length > 0 || figure)[i]
    const saying = placedSaying(
      cell,
      source?.figure ?? null,
      left + CELL + width / 2,
      at.y + (above - below) / 2,
      'on',
      place,
    )
    const start = left
    left += width + 2 * CELL
    return saying ? [{ ...saying, left: round(start) }] : []
  })
  return {
    key,
    id: node.id,
    kind: node.kind,
    x: round(at.x + halfWidth),
    y: round(at.y),
    halfWidth: round(halfWidth),
    halfHeight: round(halfHeight),
    symbol: place(symbol, at.x + CELL, centred(symbol, at.y)),
    name: null,
    total: null,
    cells,
    inside: node.inside,
    spoken: node.spoken,
  }
}

function placedNode(node: PictureNode, key: string, body: Body, at: Point, place: Place): SceneNode {
  if (node.kind === 'record') return placedRecord(node, key, body, at, place)
  const { box, symbol, name, total, halfWidth, halfHeight } = body
  const leaf = isLeaf(node.kind)
  const x = leaf ? leafMiddle(node.kind, body, at) : at.x + box.width / 2
  let under = at.y + halfHeight + (leaf ? 2 : OFFSET.name)
  /** The middle of what stands below the body: leaves end where their line begins. */
  const middle = (width: number) => {
    const left = leaf && node.kind !== 'output' ? at.x + box.width - OFFSET.leaf - width : x - width / 2
    return Math.max(left, at.x) + width / 2
  }
  const below = (sized: Sized | null): Placed | null => {
    if (!sized) return null
    const width = widthOf(sized)
    const placed = place(sized, middle(width) - width / 2, under + sized.picture.height * sized.size)
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
    total: placedSaying(total, node.total.figure, middle(saidWidth(total)), under, 'under', place),
    cells: [],
    inside: node.inside,
    spoken: node.spoken,
  }
}

const leafMiddle = (kind: PictureKind, body: Body, at: Point) =>
  kind === 'output' ? at.x + OFFSET.leaf + body.halfWidth : at.x + body.box.width - OFFSET.leaf - body.halfWidth

type LabelParts = Pick<SceneEdge, 'value' | 'shape' | 'gradient' | 'arrow' | 'local'>

function placedLabel(edge: PictureEdge, label: Label | null, at: Point | null, place: Place): LabelParts {
  if (!label || !at) return { value: null, shape: null, gradient: null, arrow: null, local: null }
  const { value, shape, gradient, local } = label
  const tag = isSaid(local) ? tagWidth(local) : 0
  const middle = at.x + (label.box.width - (tag > 0 ? tag + TAG.before : 0)) / 2
  const left = middle - topWidth(value, shape) / 2
  const bottom = at.y - OFFSET.value
  const arrowHalf = Math.max(LEAST_ARROW, Math.min(saidWidth(gradient), 90)) / 2
  return {
    value: placedSaying(value, edge.value.figure, left + saidWidth(value) / 2, bottom, 'above', place),
    shape:
      shape &&
      place(shape, left + saidWidth(value) + (isSaid(value) ? 7 : 0), bottom - shape.picture.depth * shape.size),
    gradient: placedSaying(
      gradient,
      edge.gradient.figure,
      middle,
      at.y + (edge.arrow ? OFFSET.arrow : 0) + OFFSET.gradient,
      'under',
      place,
    ),
    arrow:
      isSaid(gradient) && edge.arrow
        ? { left: round(middle - arrowHalf), right: round(middle + arrowHalf), y: round(at.y + OFFSET.arrow) }
        : null,
    local: placedTag(edge, local, at.x + label.box.width - OFFSET.side, at.y, place),
  }
}

/** The tag of a step: it ends at `right`, and its point shows to the left. */
function placedTag(edge: PictureEdge, local: Said, right: number, y: number, place: Place): SceneEdge['local'] {
  const { above, below } = saidHeights(local)
  const middle = right - TAG.room - saidWidth(local) / 2
  const saying = placedSaying(local, edge.local.figure, middle, y + (above - below) / 2, 'on', place)
  return saying && { ...saying, left: round(right - tagWidth(local)), right: round(right), y: round(y) }
}

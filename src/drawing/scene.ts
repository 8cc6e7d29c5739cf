/** A picture with everything in its place: plain data that can be sent to the panel or written as SVG. */
import type { NodeId } from '../graph/graph'
import { layOut, type Orderer, type Point } from './layout'
import { collection, type Place } from './letters'
import type { Picture, PictureKind, PictureNode } from './picture'
import {
  AXIS,
  type Body,
  bodyOf,
  heightOf,
  isLeaf,
  isTable,
  isTooLong,
  type Label,
  LEAST_ARROW,
  labelOf,
  OFFSET,
  type Sized,
  topWidth,
  widthOf,
} from './sizes'
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

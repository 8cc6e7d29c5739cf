/** A scene as SVG: with classes, for a page that has the theme, or with its colours in it, as a file of its own. */
import type { Point } from './layout'
import { glyphId } from './letters'
import type { Placed, Scene, SceneEdge, SceneNode } from './scene'
import { escapeXml } from './typeset'

/** The parts of a drawing; in a page each is a class. */
export type Part =
  | 'line'
  | 'body'
  | 'back'
  | 'head'
  | 'value'
  | 'shape'
  | 'gradient'
  | 'symbol'
  | 'name'
  | 'total'
  | 'constant'

/** How a part is painted: attributes of its element. */
export type Paint = (part: Part) => string

/** Colours of a file. */
export interface Palette {
  readonly background: string | null
  readonly text: string
  readonly dim: string
  readonly line: string
  readonly body: string
  readonly forward: string
  readonly backward: string
}
export const LIGHT: Palette = {
  background: '#ffffff',
  text: '#1f1f1f',
  dim: '#616161',
  line: '#767676',
  body: '#ffffff',
  forward: '#0060b0',
  backward: '#b0420a',
}
export const DARK: Palette = {
  background: '#1f1f1f',
  text: '#d4d4d4',
  dim: '#9d9d9d',
  line: '#7f7f7f',
  body: '#262626',
  forward: '#5cc2ff',
  backward: '#ffa36b',
}

const byClass: Paint = (part) => `class="${part}"`

function byColour(palette: Palette): Paint {
  const stroke = (colour: string, width: number, fill = 'none') =>
    `fill="${fill}" stroke="${colour}" stroke-width="${width}"`
  const paints: Record<Part, string> = {
    line: stroke(palette.line, 1.5),
    body: stroke(palette.text, 1.5, palette.body),
    back: stroke(palette.backward, 1.5),
    head: `fill="${palette.backward}"`,
    value: `color="${palette.forward}"`,
    shape: `color="${palette.dim}"`,
    gradient: `color="${palette.backward}"`,
    symbol: `color="${palette.text}"`,
    name: `color="${palette.text}"`,
    total: `color="${palette.backward}"`,
    constant: `color="${palette.dim}"`,
  }
  return (part) => paints[part]
}

const round = (value: number) => Math.round(value * 100) / 100

/** The letters of a scene, to which its formulas refer: they must stand in the same document. */
export const glyphsMarkup = (scene: Scene): string =>
  `<defs>${scene.glyphs.map((outline, i) => `<path id="${glyphId(i)}" d="${outline}"/>`).join('')}</defs>`

/** A formula in its place. */
export function formulaMarkup(scene: Scene, placed: Placed | null, part: Part, paint: Paint = byClass): string {
  if (!placed) return ''
  const scale = placed.size / 1000
  const move = `translate(${round(placed.x)} ${round(placed.y)}) scale(${Math.round(scale * 1e5) / 1e5})`
  return `<g ${paint(part)}><g transform="${move}">${scene.formulas[placed.formula]?.markup ?? ''}</g></g>`
}

/** Straight where it is level, else a curve that leaves and arrives level. */
export function wayMarkup(way: readonly Point[]): string {
  return way
    .map(({ x, y }, i) => {
      const before = way[i - 1]
      if (!before) return `M${x} ${y}`
      if (before.y === y) return `H${x}`
      const middle = round((before.x + x) / 2)
      return `C${middle} ${before.y} ${middle} ${y} ${x} ${y}`
    })
    .join('')
}

/** An edge with its labels. */
export function edgeMarkup(scene: Scene, edge: SceneEdge, paint: Paint = byClass): string {
  return [
    `<path ${paint('line')} d="${wayMarkup(edge.way)}"/>`,
    formulaMarkup(scene, edge.value, 'value', paint),
    formulaMarkup(scene, edge.shape, 'shape', paint),
    arrowMarkup(edge.arrow, paint),
    formulaMarkup(scene, edge.gradient, 'gradient', paint),
  ].join('')
}

function arrowMarkup(arrow: SceneEdge['arrow'], paint: Paint): string {
  if (!arrow) return ''
  const { left, right, y } = arrow
  return (
    `<path ${paint('back')} d="M${right} ${y}H${round(left + 6)}"/>` +
    `<path ${paint('head')} d="M${left} ${y}l9 -4v8z"/>`
  )
}

/** A node with its name. */
export function nodeMarkup(scene: Scene, node: SceneNode, paint: Paint = byClass): string {
  return [
    bodyMarkup(node, paint),
    formulaMarkup(scene, node.symbol, node.kind === 'constant' ? 'constant' : 'symbol', paint),
    formulaMarkup(scene, node.name, 'name', paint),
    formulaMarkup(scene, node.total, 'total', paint),
  ].join('')
}

function bodyMarkup(node: SceneNode, paint: Paint): string {
  const { x, y, halfWidth: w, halfHeight: h } = node
  const rect = (shift: number, radius: number, more = '') =>
    `<rect ${paint('body')} x="${round(x - w + shift)}" y="${round(y - h - shift)}" width="${round(2 * w)}" height="${round(2 * h)}" rx="${round(radius)}"${more}/>`
  if (node.kind === 'group') return rect(3, 8) + rect(0, 8)
  if (node.kind === 'opaque') return rect(0, h, ' stroke-dasharray="4 3"')
  if (node.kind !== 'operation') return ''
  return w === h ? `<circle ${paint('body')} cx="${x}" cy="${y}" r="${h}"/>` : rect(0, h)
}

export interface FileOptions {
  readonly palette: Palette
  /** What it shows, for those who can't see it. */
  readonly title: string
}

/** The scene as a file of its own. */
export function svgFile(scene: Scene, { palette, title }: FileOptions): string {
  const paint = byColour(palette)
  const [width, height] = [Math.ceil(scene.width), Math.ceil(scene.height)]
  const background =
    palette.background === null ? '' : `<rect width="100%" height="100%" fill="${palette.background}"/>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    glyphsMarkup(scene),
    background,
    ...scene.edges.map((edge) => edgeMarkup(scene, edge, paint)),
    ...scene.nodes.map((node) => nodeMarkup(scene, node, paint)),
    '</svg>',
  ]
    .filter((line) => line !== '')
    .join('\n')
}

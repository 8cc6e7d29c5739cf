/** A scene as SVG: with classes, for a page that has the theme, or with its colours in it, as a file of its own. */
import type { Point } from './layout'
import { glyphId, type Placed } from './letters'
import type { Scene, SceneEdge, SceneNode, SceneSaying } from './scene'
import { TAG } from './sizes'
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
  | 'tag'
  | 'local'

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
  /** Behind a local derivative. */
  readonly tag: string
}
export const LIGHT: Palette = {
  background: '#ffffff',
  text: '#1f1f1f',
  dim: '#616161',
  line: '#767676',
  body: '#ffffff',
  forward: '#0060b0',
  backward: '#b0420a',
  tag: '#f9ebe4',
}
export const DARK: Palette = {
  background: '#1f1f1f',
  text: '#d4d4d4',
  dim: '#9d9d9d',
  line: '#7f7f7f',
  body: '#262626',
  forward: '#5cc2ff',
  backward: '#ffa36b',
  tag: '#3a2c24',
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
    tag: `fill="${palette.tag}" stroke="${palette.backward}" stroke-width="1"`,
    local: `color="${palette.backward}"`,
  }
  return (part) => paints[part]
}

const round = (value: number) => Math.round(value * 100) / 100

/** The letters of a scene, to which its formulas refer: they must stand in the same document. */
export const glyphsMarkup = (scene: Scene): string =>
  `<defs>${scene.glyphs.map((outline, i) => `<path id="${glyphId(i)}" d="${outline}"/>`).join('')}</defs>`

function placedMarkup(scene: Scene, placed: Placed | null): string {
  if (!placed) return ''
  const scale = placed.size / 1000
  const move = `translate(${round(placed.x)} ${round(placed.y)}) scale(${Math.round(scale * 1e5) / 1e5})`
  return `<g transform="${move}">${scene.formulas[placed.formula]?.markup ?? ''}</g>`
}

/** A formula in its place. */
const formulaMarkup = (scene: Scene, placed: Placed | null, part: Part, paint: Paint = byClass): string =>
  placed ? `<g ${paint(part)}>${placedMarkup(scene, placed)}</g>` : ''

/** Straight where it is level, else a curve that leaves and arrives level. */
function wayMarkup(way: readonly Point[]): string {
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
    tagMarkup(scene, edge.local, paint),
    sayingMarkup(scene, edge.value, 'value', paint),
    formulaMarkup(scene, edge.shape, 'shape', paint),
    arrowMarkup(edge.arrow, paint),
    sayingMarkup(scene, edge.gradient, 'gradient', paint),
  ].join('')
}

/** Symbols and number of one place: one part, so that each is one thing in the page. */
function sayingMarkup(scene: Scene, saying: SceneSaying | null, part: Part, paint: Paint): string {
  if (!saying) return ''
  const inner = [saying.symbols, saying.figure].map((placed) => placedMarkup(scene, placed)).join('')
  return `<g ${paint(part)}>${inner}</g>`
}

/** A tag with a point to the left. */
function tagMarkup(scene: Scene, local: SceneEdge['local'], paint: Paint): string {
  if (!local) return ''
  const { left, right, y } = local
  const outline = `M${left} ${y}l${TAG.point} ${-TAG.half}H${right}v${2 * TAG.half}H${round(left + TAG.point)}z`
  return `<path ${paint('tag')} d="${outline}"/>${sayingMarkup(scene, local, 'local', paint)}`
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
    sayingMarkup(scene, node.total, 'total', paint),
    ...node.cells.map((cell, i) => sayingMarkup(scene, cell, cellPart(node, i), paint)),
  ].join('')
}

/** The name, then the value, then the gradient. */
function cellPart({ cells }: SceneNode, index: number): Part {
  const left = cells.length - index
  return left === 1 && cells.length > 1
    ? 'gradient'
    : left === 2 && cells.length > 2
      ? 'value'
      : cells.length === 2
        ? 'value'
        : 'name'
}

function bodyMarkup(node: SceneNode, paint: Paint): string {
  const { x, y, halfWidth: w, halfHeight: h } = node
  const rect = (shift: number, radius: number, more = '') =>
    `<rect ${paint('body')} x="${round(x - w + shift)}" y="${round(y - h - shift)}" width="${round(2 * w)}" height="${round(2 * h)}" rx="${round(radius)}"${more}/>`
  if (node.kind === 'group') return rect(3, 8) + rect(0, 8)
  if (node.kind === 'record') {
    const bars = node.cells.map(({ left }) => `M${left} ${round(y - h)}v${round(2 * h)}`).join('')
    return `${rect(0, 4)}<path ${paint('line')} d="${bars}"/>`
  }
  if (node.kind === 'opaque') return rect(0, h, ' stroke-dasharray="4 3"')
  if (node.kind !== 'operation') return ''
  return w === h ? `<circle ${paint('body')} cx="${x}" cy="${y}" r="${h}"/>` : rect(0, h)
}

export interface FileOptions {
  readonly palette: Palette
  /** What it shows, for those who can't see it. */
  readonly title: string
  /** What is said of a node under the pointer. */
  readonly hint?: (node: SceneNode) => string
}

/** The scene as a file of its own. */
export function svgFile(scene: Scene, { palette, title, hint }: FileOptions): string {
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
    ...scene.nodes.map((node) => {
      const markup = nodeMarkup(scene, node, paint)
      return hint ? `<g><title>${escapeXml(hint(node))}</title>${markup}</g>` : markup
    }),
    '</svg>',
  ]
    .filter((line) => line !== '')
    .join('\n')
}

/** Formulas as pictures: LaTeX to SVG by MathJax, which is loaded on first use. Nothing here throws: a bad formula is shown as text. */
import { withSharedOutlines } from './sharedOutlines'

/** A formula as a picture. Lengths are in em: times the font size they are pixels. */
export interface Typeset {
  /** The inside of an `<svg>`, 1000 units to the em, the baseline at y = 0; drawn in `currentColor`. */
  readonly markup: string
  readonly width: number
  /** Above the baseline. */
  readonly height: number
  /** Below the baseline. */
  readonly depth: number
  /** Whether MathJax drew it; otherwise it is the formula's text. */
  readonly typeset: boolean
}

/** What is asked of MathJax: the `<svg>` element of a formula. It throws where the formula has a mistake. */
export interface MathJax {
  texToSvg(latex: string, display: boolean): string
}

/** Formulas that are kept: a note of 5,000 lines has fewer different ones. */
const KEPT = 20_000

const cache = new Map<string, Typeset>()
/** What numbers are made of. A page that has these alone can write every number without MathJax. */
const FIGURES = [...'0123456789-.=', '\\times', '\\infty', '\\mathrm{NaN}']

export type Figures = Readonly<Record<string, Typeset>>

/** The figures as they are drawn here, for a page that has no MathJax. */
export const figures = (): Figures => Object.fromEntries(FIGURES.map((latex) => [latex, typesetNow(latex)]))

let given: Figures | null = null

/** Draws numbers from figures that were drawn elsewhere. */
export function provideFigures(drawn: Figures): void {
  given = drawn
  cache.clear()
}

let load: (() => Promise<unknown>) | null = null
let loadNow: (() => unknown) | null = null
let engine: MathJax | null = null
let loading: Promise<void> | null = null

const isMathJax = (loaded: unknown): loaded is MathJax =>
  typeof loaded === 'object' && loaded !== null && 'texToSvg' in loaded && typeof loaded.texToSvg === 'function'

/**
 * Says where MathJax comes from; it isn't loaded before the first formula. Without it formulas are shown as text.
 * `now`: the same without waiting, where the host can.
 */
export function provideMathJax(loader: () => Promise<unknown>, now: (() => unknown) | null = null): void {
  load = loader
  loadNow = now
  loading = null
}

function take(loaded: unknown): void {
  // A bundle may come with its exports under `default`.
  const candidate =
    isMathJax(loaded) || typeof loaded !== 'object' || loaded === null || !('default' in loaded)
      ? loaded
      : loaded.default
  if (!isMathJax(candidate)) return
  engine = candidate
  cache.clear()
}

/** Loads MathJax, if that hasn't happened yet; afterwards `typesetNow` draws. A failure leaves formulas as text. */
export function readyToTypeset(): Promise<void> {
  if (engine || !load) return Promise.resolve()
  loading ??= load().then(take, () => undefined)
  return loading
}

/** The same without waiting: gives whether `typesetNow` draws. */
export function readyAtOnce(): boolean {
  if (engine || !loadNow) return engine !== null
  try {
    take(loadNow())
  } catch {
    loadNow = null
  }
  return engine !== null
}

/** The formula as a picture. `display`: fractions and sums in full size. */
export async function typeset(latex: string, display = false): Promise<Typeset> {
  await readyToTypeset()
  return typesetNow(latex, display)
}

/** As `typeset`, for those who have waited for `readyToTypeset`. */
export function typesetNow(latex: string, display = false): Typeset {
  const key = `${display ? 'd' : 'i'}${latex}`
  const known = cache.get(key)
  if (known) return known
  const made = draw(latex, display)
  if (cache.size >= KEPT) cache.clear()
  cache.set(key, made)
  return made
}

function draw(latex: string, display: boolean): Typeset {
  const figure = given?.[latex]
  if (figure) return figure
  if (!engine && !given) return asText(latex)
  if (isNumber(latex)) return numberOf(latex)
  const cells = cellsOf(latex)
  if (cells) return matrixOf(cells, latex.startsWith(SIDE))
  if (!engine) return asText(latex)
  try {
    return fromSvg(engine.texToSvg(latex, display)) ?? asText(latex)
  } catch {
    return asText(latex)
  }
}

const UNITS = 1000
const SVG = /^<svg[^>]*\sviewBox="([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+)"[^>]*>(.*)<\/svg>$/s

function fromSvg(svg: string): Typeset | null {
  const match = SVG.exec(svg)
  if (!match) return null
  const [top, width, height] = [Number(match[2]), Number(match[3]), Number(match[4])]
  // MathJax notes on each element what it was made from: half of the text, and nobody reads it here.
  const markup = (match[5] as string).replace(/ (?:data-[a-z-]+|style|class)="[^"]*"/g, '')
  return {
    markup,
    width: width / UNITS,
    height: Math.max(0, -top) / UNITS,
    depth: Math.max(0, height + top) / UNITS,
    typeset: true,
  }
}

/** A number of several digits, or a side `= 3.5`: it needs no MathJax once each figure is drawn, and large graphs hold thousands. */
const NUMBER =
  /^(?:\{\} = )?(?:-?\d*\.?\d+|-?\d+(?:\.\d+)? \\times 10\^\{-?\d+\}|10\^\{-?\d+\}|-?\\infty|\\mathrm\{NaN\})$/
/** What stands before the right side of an equation. */
const SIDE = '{} = '
const isNumber = (latex: string) => NUMBER.test(latex) && !FIGURES.includes(latex)
const OUTLINE = / d="([^"]+)"/
/** Of TeX: room around a sign between numbers and around a relation, and size and height of an exponent. */
const SIGN_ROOM = 0.222
const RELATION_ROOM = 0.278
const EXPONENT = { scale: Math.SQRT1_2, raise: 0.363 }

/** A pen that writes figures side by side. */
function pen() {
  let [width, height, depth] = [0, 0, 0]
  const outlines: string[] = []
  return {
    write(latex: string, scale = 1, raise = 0) {
      const glyph = typesetNow(latex)
      const move = (x: number) =>
        `translate(${Math.round(x * UNITS)},${raise * UNITS})${scale === 1 ? '' : ` scale(${scale.toFixed(3)})`}`
      // A figure of one letter is its outline; one of several (NaN) keeps its own markup.
      const outline = OUTLINE.exec(glyph.markup)?.[1]
      if (outline) outlines.push(`<path transform="${move(width)}" d="${outline}"></path>`)
      width += glyph.width * scale
      height = Math.max(height, glyph.height * scale + raise)
      depth = Math.max(depth, glyph.depth * scale - raise)
    },
    room(size: number) {
      width += size
    },
    done: (): Typeset => ({
      markup: `<g fill="currentColor" stroke-width="0" transform="scale(1,-1)">${outlines.join('')}</g>`,
      width,
      height,
      depth,
      typeset: true,
    }),
  }
}

function numberOf(latex: string): Typeset {
  const { write, room, done } = pen()
  const isSide = latex.startsWith(SIDE)
  if (isSide) {
    room(RELATION_ROOM)
    write('=')
    room(RELATION_ROOM)
  }
  const text = isSide ? latex.slice(SIDE.length) : latex
  const [, mantissa = '', exponent] = /^(.*?)(?: ?(?:\\times )?10\^\{(-?\d+)\})?$/.exec(text) ?? []
  if (mantissa.startsWith('\\') || mantissa.startsWith('-\\')) {
    if (mantissa.startsWith('-')) write('-')
    write(mantissa.replace(/^-/, ''))
  } else for (const character of mantissa) write(character)
  if (exponent === undefined) return done()
  if (mantissa !== '') {
    room(SIGN_ROOM)
    write('\\times')
    room(SIGN_ROOM)
  }
  for (const character of '10') write(character)
  for (const character of exponent) write(character, EXPONENT.scale, EXPONENT.raise)
  return done()
}

/** The rows of a matrix of numbers alone, which is composed as numbers are; `null` for anything else. */
function cellsOf(latex: string): string[][] | null {
  const inner = /^(?:\{\} = )?\\begin\{pmatrix\}\s*([^\\]*(?:\\(?:cr|times)[^\\]*)*)\\end\{pmatrix\}$/.exec(latex)?.[1]
  const rows = inner?.split(/\\cr/).map((row) => row.split('&').map((cell) => cell.trim()))
  return rows?.every((row) => row.every((cell) => /^\d$/.test(cell) || isNumber(cell))) ? rows : null
}

/** Of a matrix, in em: room between columns, height of a line, room for a bracket, and the axis of TeX. */
const CELL = { gap: 0.9, line: 1.2, bracket: 0.42, axis: 0.25, middle: 0.33 }

function matrixOf(cells: readonly (readonly string[])[], isSide: boolean): Typeset {
  const rows = cells.map((row) => row.map((cell) => typesetNow(cell)))
  const columns = Math.max(...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, j) => Math.max(...rows.map((row) => row[j]?.width ?? 0)))
  const side = isSide ? typesetNow('=') : null
  const left = side ? side.width + 2 * RELATION_ROOM : 0
  const half = (rows.length * CELL.line) / 2
  const parts: string[] = []
  const at = (x: number, y: number, markup: string) =>
    parts.push(`<g transform="translate(${Math.round(x * UNITS)},${Math.round(y * UNITS)})">${markup}</g>`)
  if (side) at(RELATION_ROOM, 0, side.markup)
  rows.forEach((row, i) => {
    const y = -CELL.axis - half + (i + 0.5) * CELL.line + CELL.middle
    let x = left + CELL.bracket
    row.forEach((cell, j) => {
      const width = widths[j] as number
      at(x + width - cell.width, y, cell.markup)
      x += width + CELL.gap
    })
  })
  const inside = widths.reduce((sum, width) => sum + width, 0) + CELL.gap * (columns - 1)
  const width = left + inside + 2 * CELL.bracket
  const bracket = (x: number, bend: number) => {
    const [top, bottom] = [-CELL.axis - half + 0.05, -CELL.axis + half - 0.05].map((y) => Math.round(y * UNITS))
    const [from, over] = [Math.round((x + bend) * UNITS), Math.round((x - bend) * UNITS)]
    return `<path d="M${from} ${top}Q${over} ${Math.round(-CELL.axis * UNITS)} ${from} ${bottom}" fill="none" stroke="currentColor" stroke-width="55"/>`
  }
  parts.push(bracket(left + 0.2, 0.12), bracket(width - 0.2, -0.12))
  return { markup: parts.join(''), width, height: half + CELL.axis, depth: half - CELL.axis, typeset: true }
}

/** Width of one character in em: East Asian ones are square. */
const advance = (character: string) => ((character.codePointAt(0) ?? 0) >= 0x1100 ? 1 : 0.55)

/** Width in em of a text in an ordinary font, a little too wide rather than too narrow. */
const textWidth = (text: string) => [...text].reduce((sum, character) => sum + advance(character), 0)

/** A text that isn't a formula, in the same form. */
export function asText(text: string): Typeset {
  return {
    markup: `<text font-size="${UNITS}" font-family="serif" fill="currentColor">${escapeXml(text)}</text>`,
    width: textWidth(text),
    height: 0.75,
    depth: 0.25,
    typeset: false,
  }
}

/** Text as it stands in SVG and HTML. */
export const escapeXml = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`).replace(CONTROL, '')

// XML allows none of them, not even escaped.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g

export interface PictureStyle {
  /** Any colour of CSS. */
  readonly color: string
  /** In pixels. */
  readonly fontSize: number
  readonly display?: boolean
}

const round = (value: number) => Math.round(value * 100) / 100

/** The formula as an SVG file of its own. */
export function typesetSvg(picture: Typeset, { color, fontSize }: PictureStyle): string {
  const pad = 0.06
  const box = [-pad, -picture.height - pad, picture.width + 2 * pad, picture.height + picture.depth + 2 * pad]
  const size = `width="${round((box[2] as number) * fontSize)}" height="${round((box[3] as number) * fontSize)}"`
  const view = box.map((length) => round(length * UNITS)).join(' ')
  const markup = picture.markup.replaceAll('currentColor', escapeXml(color))
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="${view}">${markup}</svg>`
}

/** The formula as the address of an image, for hovers: `data:image/svg+xml;base64,…`. */
export async function typesetDataUri(latex: string, style: PictureStyle): Promise<string> {
  const svg = typesetSvg(await typeset(latex, style.display ?? false), style)
  return `data:image/svg+xml;base64,${base64(withSharedOutlines(svg))}`
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Bytes of a text in UTF-8; the core has neither Node's nor a browser's encoders. */
function utf8(text: string): number[] {
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) as number
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
  }
  return bytes
}

/** A text in UTF-8 as Base64. */
export function base64(text: string): string {
  const bytes = utf8(text)
  let result = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i] as number, bytes[i + 1], bytes[i + 2]]
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0)
    const digits = [word >> 18, (word >> 12) & 63, (word >> 6) & 63, word & 63].map((digit) => DIGITS[digit] as string)
    if (b === undefined) digits[2] = '='
    if (c === undefined) digits[3] = '='
    result += digits.join('')
  }
  return result
}

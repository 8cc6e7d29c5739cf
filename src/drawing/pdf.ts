/**
 * A drawing as PDF, for paper and for LaTeX documents: the shapes of its SVG, one for one. Letters are outlines, each kept
 * once; what is text stays text, in fonts that every reader of PDF brings.
 */
import { type Operators, outlineOperators, ovalOperators, rectangleOperators } from './pdfPaths'

/** Points of paper to a pixel of the drawing. */
const POINT = 0.75

/** How shapes are painted: attributes of SVG that go on to what is inside. */
interface Style {
  readonly color: string
  readonly fill: string
  readonly stroke: string
  readonly width: string
  readonly dash: string
}
const BEGINNING: Style = { color: '#000000', fill: '#000000', stroke: 'none', width: '1', dash: '' }

type Attributes = Readonly<Record<string, string>>
interface Element {
  readonly name: string
  readonly attributes: Attributes
  readonly children: readonly (Element | string)[]
}

/** The file, in ASCII, a page for each drawing. @param svgs drawings as `svgFile` writes them, in plain colours */
export function pdfFile(svgs: readonly string[]): string {
  const drawings = svgs.map(parsed)
  // What stands first is told of last: the catalogue and the list of pages.
  const objects = ['', '']
  const add = (object: string) => objects.push(object)
  const pages = drawings.map((drawing) => pageOf(drawing, add))
  objects[0] = '<< /Type /Catalog /Pages 2 0 R >>'
  objects[1] = `<< /Type /Pages /Kids [${pages.map((page) => `${page} 0 R`).join(' ')}] /Count ${pages.length} >>`
  const titles = drawings.flatMap((drawing) => elementsIn(drawing, 'title')).map(({ children }) => children.join(''))
  add(`<< /Title <FEFF${utf16(unescaped(titles[0] ?? ''))}> /Producer (GradLens) >>`)
  return assembled(objects)
}

/** Adds a page and all that it needs; gives its number. @param add takes an object and gives its number */
function pageOf(drawing: Element, add: (object: string) => number): number {
  const [width = 0, height = 0] = ['width', 'height'].map((name) => number(drawing.attributes[name]) * POINT)
  const outlines = elementsIn(drawing, 'defs').flatMap((defs) => elementsIn(defs, 'path'))
  const letters = new Map(outlines.map(({ attributes }, i) => [`#${attributes.id}`, `G${i}`]))
  const fonts = new Set<FontName>()
  const drawn = drawing.children.map((child) => paint(child, BEGINNING, { letters, fonts, size: drawing.attributes }))
  const content = add(stream('', `${POINT} 0 0 ${-POINT} 0 ${height} cm\n${drawn.join('\n')}`))
  const forms = outlines.map(({ attributes }, i) => {
    const box = '/Type /XObject /Subtype /Form /BBox [-9000 -9000 9000 9000] /Resources << >>'
    return `/G${i} ${add(stream(box, `${outlineOperators(attributes.d ?? '')} f`))} 0 R`
  })
  const used = [...fonts].map((name) => `/${name} ${add(FONTS[name])} 0 R`)
  const resources = `<< /XObject << ${forms.join(' ')} >> /Font << ${used.join(' ')} >> >>`
  return add(
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Resources ${resources} /Contents ${content} 0 R >>`,
  )
}

const stream = (dictionary: string, content: string) =>
  `<< ${dictionary} /Length ${content.length} >>\nstream\n${content}\nendstream`

/** Objects with their table; the first is the catalogue, the last tells about the document. */
function assembled(objects: readonly string[]): string {
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, i) => {
    const at = file.length
    file += `${i + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  return [
    file,
    `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines.join('')}`,
    `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R >>\n`,
    `startxref\n${file.length}\n%%EOF\n`,
  ].join('')
}

interface Page {
  /** Which letter an address means. */
  readonly letters: ReadonlyMap<string, string>
  /** Fonts that are used. */
  readonly fonts: Set<FontName>
  /** Attributes of the whole, of which `100%` is said. */
  readonly size: Attributes
}

/** The operators of one element and of what is in it. */
function paint(element: Element | string, outer: Style, page: Page): string {
  if (typeof element === 'string' || element.name === 'defs' || element.name === 'title') return ''
  const { name, attributes, children } = element
  const style = styleOf(attributes, outer)
  const move = movesOf(attributes.transform)
  const inside = () => children.map((child) => paint(child, style, page)).join('\n')
  const shape = (operators: Operators) => {
    const way = wayOf(style)
    return way === '' ? '' : `${painted(style)}${operators} ${way}`
  }
  const length = (key: string) => lengthOf(attributes[key], page.size[key])
  const drawn: Record<string, () => string> = {
    g: inside,
    svg: () => `${windowOf(attributes)}${inside()}`,
    path: () => shape(outlineOperators(attributes.d ?? '')),
    rect: () =>
      shape(rectangleOperators(length('x'), length('y'), length('width'), length('height'), number(attributes.rx))),
    circle: () => shape(ovalOperators(number(attributes.cx), number(attributes.cy), number(attributes.r))),
    use: () => `${painted(style)}/${page.letters.get(attributes.href ?? '') ?? 'G0'} Do`,
    text: () =>
      `${painted(style)}${textOperators(unescaped(children.join('')), number(attributes['font-size']), page.fonts)}`,
  }
  const operators = drawn[name]?.() ?? ''
  return operators === '' ? '' : `q ${move}${operators} Q`
}

function styleOf(attributes: Attributes, outer: Style): Style {
  const { color = outer.color, fill = outer.fill, stroke = outer.stroke } = attributes
  return {
    color,
    fill,
    stroke,
    width: attributes['stroke-width'] ?? outer.width,
    dash: attributes['stroke-dasharray'] ?? outer.dash,
  }
}

/** Whether a shape is filled, outlined or both. */
function wayOf({ fill, stroke, width }: Style): 'f' | 'S' | 'B' | '' {
  const isLined = stroke !== 'none' && Number(width) !== 0
  return fill === 'none' ? (isLined ? 'S' : '') : isLined ? 'B' : 'f'
}

const painted = ({ color, fill, stroke, width, dash }: Style) =>
  [
    fill === 'none' ? '' : `${rgb(fill, color)} rg `,
    stroke === 'none' ? '' : `${rgb(stroke, color)} RG ${width} w `,
    dash === '' ? '' : `[${dash}] 0 d `,
  ].join('')

function rgb(colour: string, current: string): string {
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour === 'currentColor' ? current : colour)
  return hex ? [1, 2, 3].map((i) => round(Number.parseInt(hex[i] as string, 16) / 255)).join(' ') : '0 0 0'
}

/** `translate(3,4) scale(2)` as operators. */
function movesOf(transform: string | undefined): string {
  const moves = [...(transform ?? '').matchAll(/(translate|scale|matrix)\(([^)]*)\)/g)]
  return moves
    .map(([, kind, list = '']) => {
      const [a = 0, b, ...rest] = list.split(/[\s,]+/).map(Number)
      if (kind === 'translate') return `1 0 0 1 ${a} ${b ?? 0} cm `
      return kind === 'scale' ? `${a} 0 0 ${b ?? a} 0 0 cm ` : `${[a, b, ...rest].join(' ')} cm `
    })
    .join('')
}

/** A drawing inside of a drawing: its window, and nothing beyond. */
function windowOf(attributes: Attributes): string {
  const [x = 0, y = 0, width = 1, height = 1] = (attributes.viewBox ?? '').split(/\s+/).map(Number)
  const place = ['x', 'y', 'width', 'height'].map((key) => number(attributes[key]))
  const [left = 0, top = 0, w = 0, h = 0] = place
  return `1 0 0 1 ${left} ${top} cm ${round(w / width)} 0 0 ${round(h / height)} 0 0 cm 1 0 0 1 ${-x} ${-y} cm ${x} ${y} ${width} ${height} re W n `
}

const round = (value: number) => Math.round(value * 1e5) / 1e5
const number = (text: string | undefined) => Number.parseFloat(text ?? '') || 0
const lengthOf = (text: string | undefined, whole: string | undefined) =>
  text?.endsWith('%') ? (number(text) / 100) * number(whole) : number(text)

const cjk = (name: string, map: string, ordering: string) =>
  `<< /Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /${map} /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering}) /Supplement 2 >> /FontDescriptor << /Type /FontDescriptor /FontName /${name} /Flags 6 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >> >>] >>`
/** Fonts that a reader of PDF brings: of Latin letters, and of what is written in East Asia. */
const FONTS = {
  Latin: '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>',
  Japanese: cjk('HeiseiMin-W3', 'UniJIS-UCS2-H', 'Japan1'),
  Chinese: cjk('STSong-Light', 'UniGB-UCS2-H', 'GB1'),
  Korean: cjk('HYSMyeongJo-Medium', 'UniKS-UCS2-H', 'Korea1'),
} as const
type FontName = keyof typeof FONTS

/** Of a text with kana all is Japanese; characters alone may be Chinese. */
function fontOf(character: string, text: string): FontName {
  if (character < '\u0100') return 'Latin'
  if (/\p{Script=Hangul}/u.test(character)) return 'Korean'
  return /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) || !/\p{Script=Han}/u.test(character)
    ? 'Japanese'
    : 'Chinese'
}

/** Each character in its place: widths are those with which the drawing reckons. */
function textOperators(text: string, size: number, fonts: Set<FontName>): string {
  let x = 0
  const shown = [...text].map((character) => {
    const font = fontOf(character, text)
    fonts.add(font)
    const code = font === 'Latin' ? utf16(character).slice(2) : utf16(character)
    const operators = `/${font} ${size} Tf 1 0 0 -1 ${round(x)} 0 Tm <${code}> Tj`
    x += size * (character < '\u1100' ? 0.5 : 1)
    return operators
  })
  return `BT ${shown.join(' ')} ET`
}

const utf16 = (text: string) =>
  Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(4, '0').toUpperCase()).join('')
const unescaped = (text: string) =>
  text
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[name] ?? '')

const elementsIn = ({ children }: Element, name: string): Element[] =>
  children.filter((child): child is Element => typeof child !== 'string' && child.name === name)

/** The elements of our own SVG. */
function parsed(svg: string): Element {
  const open: { name: string; attributes: Attributes; children: (Element | string)[] }[] = [
    { name: '', attributes: {}, children: [] },
  ]
  for (const [, closing, name, list = '', single, text] of svg.matchAll(
    /<(\/?)([a-z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g,
  )) {
    const inside = open[open.length - 1]
    if (text !== undefined) inside?.children.push(text)
    else if (closing) open.pop()
    else if (name) {
      const attributes = Object.fromEntries(
        [...list.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
      )
      const element = { name, attributes, children: [] }
      inside?.children.push(element)
      if (!single) open.push(element)
    }
  }
  return elementsIn(open[0] as Element, 'svg')[0] as Element
}

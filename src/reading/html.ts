/** HTML in notes: what its tags enclose as text of the same length, the formulas of its scripts, the addresses of its pictures. */
import type { Range } from './statement'

/** No indentation to Markdown, but blank to a formula. */
const FILLER = '\u00a0'
const filled = (text: string): string => text.replace(/[^\n]/g, FILLER)

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&space;', ' '],
  ['&nbsp;', ' '],
  ['&plus;', '+'],
  ['&minus;', '-'],
  ['&times;', '×'],
  ['&middot;', '·'],
  ['&part;', '∂'],
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', ' '],
])

/** The character that an entity stands for, at the end of its room; an unknown one as it is. */
export const entity = (code: string): string => (ENTITIES.get(code.toLowerCase()) ?? code).padStart(code.length)

/** Tags behind which a new line begins. */
const BREAKS = /^<(?:br\s*\/?|\/(?:p|div|li|tr|td|th|h\d|summary|details|center))\s*>$/i
/** Elements whose content is no text. */
const SILENT = ['script', 'style', 'pre', 'code', 'textarea', 'math']

/** `<sup>` and `<sub>` as a formula in plain text has them, other tags as blanks; always as long as the tag. */
export function tagText(tag: string): string {
  const script = /^<(\/?)su([pb])\s*>$/i.exec(tag)
  if (script?.[1]) return '}'.padEnd(tag.length)
  if (script) return `${script[2]?.toLowerCase() === 'p' ? '^' : '_'}{`.padStart(tag.length)
  return BREAKS.test(tag) ? `${FILLER.repeat(tag.length - 1)}\n` : filled(tag)
}

/** The text of HTML: as long as its source, without tags, comments and what is no text; never indented. */
export function htmlText(source: string): string {
  const parts: string[] = []
  let at = 0
  for (const { start, end } of silentElements(source)) {
    parts.push(visible(source.slice(at, start)), filled(source.slice(start, end)))
    at = end
  }
  parts.push(visible(source.slice(at)))
  return parts.join('').replace(/^[ \t]+/gm, filled)
}

const visible = (source: string): string =>
  source.replace(/<!--[^>]{0,4000}-->|<\/?[a-z][^<>]{0,4000}>|&[a-z]{2,6};/gi, (found) => {
    if (found.startsWith('&')) return entity(found)
    return found.startsWith('<!') ? filled(found) : tagText(found)
  })

/** The elements that hold no text, each with its tags. */
function silentElements(source: string): Range[] {
  const found: Range[] = []
  const lower = source.toLowerCase()
  for (const name of SILENT) {
    for (let at = lower.indexOf(`<${name}`); at >= 0; at = lower.indexOf(`<${name}`, at + 1)) {
      if (!/[\s>]/.test(lower.charAt(at + name.length + 1))) continue
      const close = lower.indexOf(`</${name}`, at)
      if (close < 0) break
      found.push({ start: at, end: close })
      at = close
    }
  }
  found.sort((a, b) => a.start - b.start)
  return found.filter(({ start }, i) => i === 0 || start >= (found[i - 1]?.end ?? 0))
}

export interface HtmlFormula extends Range {
  readonly kind: 'inline' | 'display'
}

/** Formulas in elements: `<script type="math/tex">`, and `<math>`, which is seen though it can't be read. */
export function htmlFormulas(source: string): HtmlFormula[] {
  return silentElements(source).flatMap(({ start, end }): HtmlFormula[] => {
    const tag = /^<(script|math)\b([^<>]{0,400})>/i.exec(source.slice(start, start + 500))
    if (!tag) return []
    if (tag[1]?.toLowerCase() === 'math') return [{ kind: 'display', start, end }]
    if (!/math\/tex/i.test(tag[2] ?? '')) return []
    return [{ kind: /mode=display/i.test(tag[2] ?? '') ? 'display' : 'inline', start: start + tag[0].length, end }]
  })
}

/** Where the address of each picture stands. */
export function htmlPictures(source: string): Range[] {
  const found: Range[] = []
  for (const tag of source.matchAll(/<img\s[^<>]{0,4200}/gi)) {
    const attribute = /\ssrc\s*=\s*(?:"([^"]*)|'([^']*)|([^\s"'>]+))/i.exec(tag[0])
    const address = attribute?.[1] ?? attribute?.[2] ?? attribute?.[3]
    if (!attribute || address === undefined) continue
    const end = tag.index + attribute.index + attribute[0].length
    found.push({ start: end - address.length, end })
  }
  return found
}

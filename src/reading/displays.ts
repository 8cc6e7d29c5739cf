/** How far a display goes that opens somewhere: its end is looked for ahead, within bounds. */
import type { Opening } from './delimiters'

/** A document to look ahead in. */
export interface Source {
  readonly length: number
  read(from: number, to: number): string
}

/** Where the content of a display begins and ends and where its closing mark does, as offsets of the document. */
export interface Extent {
  readonly from: number
  readonly to: number
  readonly end: number
}

/** A line by which a display must have ended. */
const LIMIT = /^ {0,3}(?:#{1,6}\s|```|~~~)/

/** How far the end of a display is looked for: a half-typed one must not swallow the note. */
export const MAXIMUM_LINES = 400

/** The display whose content begins at `from`, `null` where it has no end, and how far was looked. */
function extentFrom(
  source: Source,
  from: number,
  close: RegExp,
): { readonly extent: Extent | null; readonly looked: number } {
  let at = from
  for (let count = 0; count <= MAXIMUM_LINES && at <= source.length; count++) {
    const line = lineAt(source, at)
    const next = at + line.length + 1
    if (count > 0 && LIMIT.test(line)) return { extent: null, looked: next }
    const found = close.exec(line)
    if (found) {
      return { extent: { from, to: at + found.index, end: at + found.index + found[0].length }, looked: next }
    }
    at = next
  }
  return { extent: null, looked: at }
}

/**
 * The displays of a block, the first of which begins at `from`. Where prose and the beginning of another display follow on
 * the line that ends one (`$$ so that $$`), that one belongs to the block as well. `looked` is the end of what decided it.
 */
export function extentsFrom(
  source: Source,
  from: number,
  opening: Opening,
): { readonly extents: readonly Extent[]; readonly looked: number } {
  const extents: Extent[] = []
  let { extent, looked } = extentFrom(source, from, opening.close)
  while (extent) {
    extents.push(extent)
    const again: number | null = opening.isDollars ? openDisplay(lineAt(source, extent.end)) : null
    if (again === null) break
    const next = extentFrom(source, extent.end + again, opening.close)
    extent = next.extent
    looked = Math.max(looked, next.looked)
  }
  return { extents, looked }
}

/** What of the line that `from` stands on is behind it. */
export function lineAt(source: Source, from: number): string {
  let size = 256
  for (;;) {
    const to = Math.min(source.length, from + size)
    const text = source.read(from, to)
    const end = text.indexOf('\n')
    if (end >= 0) return text.slice(0, end)
    if (to === source.length) return text
    size *= 4
  }
}

export type OpenMark = '' | '$' | '$$'

/** Behind the `$$` that a text opens and doesn't close; `null` where there is none. */
function openDisplay(text: string): number | null {
  const { mark, at } = dollarsIn(text, '')
  return mark === '$$' ? at + 2 : null
}

/** The mark that is open behind a text, and where it opened. @param before what is open at its beginning */
export function dollarsIn(text: string, before: OpenMark): { readonly mark: OpenMark; readonly at: number } {
  let mark = before
  let at = -1
  for (const match of text.matchAll(/\\[\s\S]|\$\$?|\n/g)) {
    const found = match[0]
    if (found.startsWith('\\')) continue
    // A single dollar that isn't closed on its line is money.
    if (found === '\n') mark = mark === '$' ? '' : mark
    else if (mark === '') {
      mark = found === '$$' ? '$$' : '$'
      at = match.index
    } else if (mark === '$' || found === '$$') mark = ''
  }
  return { mark, at }
}

/** The formulas of a drawing, each kept once, and the letters that they share. */
import type { Sized } from './sizes'
import type { Typeset } from './typeset'

/** A formula where it stands: left end of its baseline, and the font size; all in pixels. */
export interface Placed {
  /** Index into the formulas of the scene. */
  readonly formula: number
  readonly x: number
  readonly y: number
  readonly size: number
}

const round = (value: number) => Math.round(value * 100) / 100

/** Puts a formula somewhere. */
export type Place = (sized: Sized, x: number, y: number) => Placed

/** How a formula refers to a letter: the number is an index into the glyphs of the scene. */
export const glyphId = (index: number) => `glyph-${index}`
const OUTLINE = /<path( transform="[^"]*")? d="([^"]+)"( transform="[^"]*")?><\/path>/g

/** Each formula is kept once, however often it is drawn, and so is each letter. */
export function collection(): { all: Typeset[]; glyphs: string[]; place: Place } {
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

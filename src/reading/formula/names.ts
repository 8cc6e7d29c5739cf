/** Names of mathematics: what belongs to one, and when two are the same. */
import type { Indexed, Name } from '../statement'
import { combining, greek, inFont, isCjk } from './characters'
import { FONT_LATEX } from './commands'

/** A name while it is being read: the letter, and what is put on it. */
export interface NameDraft {
  /** A letter, or a word. */
  readonly base: string
  readonly accents: readonly string[]
  readonly font: string
  readonly subscript: Script | null
  readonly superscript: Script | null
  readonly primes: number
}

/** What stands below or above a name, in the three forms of a name. */
export interface Script {
  readonly key: string
  readonly latex: string
  readonly plain: string
  /** The places in an array that it may say. */
  readonly places?: Indexed['at'] | null
  /** Of `[l](i)` what stands before the places: the array of the layer, of which they say the column. */
  readonly layer?: Script
}

/** A bare letter or word. */
export const draftOf = (base: string, accents: readonly string[] = [], font = ''): NameDraft => ({
  base,
  accents,
  font,
  subscript: null,
  superscript: null,
  primes: 0,
})

/** The name that a draft has become. */
export function finishName(draft: NameDraft): Name {
  const { base, accents, font, subscript, superscript, primes } = draft
  const letter = greek(base)
  const marks = [...accents, ...(font ? [font] : [])]
  const key = [letter?.key ?? base.replace(/\s+/g, '_'), ...marks].join('_')
  let latex =
    letter?.latex ?? (base.length > 1 && !isLongLetter(base) ? `\\mathrm{${base.replace(/_/g, '\\_')}}` : base)
  if (base.length > 1 && (/\s/.test(base) || isCjk(base.charAt(0)))) latex = `\\text{${base}}`
  const fontMacro = FONT_LATEX.get(font)
  if (fontMacro) latex = letter ? `\\boldsymbol{${latex}}` : `${fontMacro}{${latex}}`
  for (const accent of accents) latex = `\\${accent}{${latex}}`
  let plain = font && !letter ? inFont(base, font) : base
  for (const accent of accents) plain = accent === 'Delta' ? `Δ${plain}` : (plain + combining(accent)).normalize('NFC')
  return {
    key: key + below(subscript, (s) => s.key) + above(superscript, (s) => s.key) + "'".repeat(primes),
    latex: latex + braced('_', subscript) + braced('^', superscript) + "'".repeat(primes),
    plain: plain + typed('_', subscript) + typed('^', superscript) + "'".repeat(primes),
    ...indexedOf(draft),
    ...(primes === 1 && { unprimed: finishName({ ...draft, primes: 0 }) }),
  }
}

/** Where the scripts may be places: the name without them. `x^{(i)}_{j}` is x^{(i)} at j, or x at (i, j). */
function indexedOf(draft: NameDraft): { readonly indexed?: Indexed } {
  const { subscript, superscript, primes } = draft
  const below = subscript?.places ?? []
  // A star above is a mark: the best w.
  const above = superscript?.places?.every((place) => place !== null) ? superscript.places : null
  if (primes > 0 || (subscript && !subscript.places) || (below.length === 0 && !above)) return {}
  const raised: Indexed | null = above && {
    base: finishName({ ...draft, subscript: null, superscript: superscript?.layer ?? null }),
    at: [...above, ...below],
  }
  // The samples of `Z^{[l](i)}` are its columns, whatever else stands above.
  if (superscript?.layer && raised && above)
    return { indexed: { ...raised, at: [...(below.length > 0 ? below : [null]), ...above] } }
  if (below.length === 0)
    return raised ? { indexed: { base: finishName({ ...draft, superscript: null }), at: [], raised } } : {}
  return { indexed: { base: finishName({ ...draft, subscript: null }), at: below, ...(raised && { raised }) } }
}

/** The key of a name without what stands above it: `W` of `W^{[l]}`. */
export const withoutLayer = (key: string): string => key.replace(/\^.*$/, '')

/** A capital, a bold letter, one with an arrow: a matrix or a vector by its look. */
export const looksLikeArray = ({ base, font, accents }: NameDraft): boolean =>
  /^\p{Lu}/u.test(base) || font === 'bold' || accents.includes('vec')

const isLongLetter = (base: string): boolean => [...base].length === 1
const below = (script: Script | null, form: (script: Script) => string): string => (script ? `_${form(script)}` : '')
const above = (script: Script | null, form: (script: Script) => string): string => (script ? `^${form(script)}` : '')
const typed = (sign: string, script: Script | null): string => {
  if (!script) return ''
  return sign + (/^(?:[\p{L}\d]+|\*)$/u.test(script.plain) ? script.plain : `{${script.plain}}`)
}
const braced = (sign: string, script: Script | null): string => {
  if (!script) return ''
  return sign + (script.latex.length === 1 ? script.latex : `{${script.latex}}`)
}

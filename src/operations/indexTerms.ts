/**
 * Indices as plain data. An index is known by its whole text, `i#3#n`: the letter is how its author writes it, the number tells it
 * from every other index, also of the same letter, and the last part is the size over which it runs. A place in an array is a term:
 * a sum of indices and a number, counted from 1, or `:` for all places of an axis.
 */
import type { Dimension, IndexId } from './operation'

export type { IndexId }

/** A place along one axis: `i + k - 1`. */
export interface Place {
  readonly parts: readonly { readonly index: IndexId; readonly factor: number }[]
  readonly offset: number
}

/** All places of an axis. */
export const WHOLE_AXIS = ':'

export const indexId = (letter: string, serial: number, size: Dimension): IndexId => `${letter}#${serial}#${size}`

/** The letter as LaTeX. */
export const letterOf = (index: IndexId): string => index.slice(0, index.indexOf('#'))

/** The size over which an index runs. */
export function sizeOf(index: IndexId): Dimension {
  const size = index.slice(index.indexOf('#', index.indexOf('#') + 1) + 1)
  return /^\d+$/.test(size) ? Number(size) : size
}

/** A place as text, for attributes. */
export function placeText({ parts, offset }: Place): string {
  const written = parts.map(({ index, factor }) => `${factor}*${index}`)
  return [...written, ...(offset !== 0 || parts.length === 0 ? [String(offset)] : [])].join(' + ')
}

/** Places are few and are asked for at every node: each text is read once. */
const placesRead = new Map<string, Place>()
const MOST_READ = 10_000

/** The place that a text says; `null` for a whole axis. */
export function placeOf(text: string): Place | null {
  if (text === WHOLE_AXIS) return null
  const known = placesRead.get(text)
  if (known) return known
  if (placesRead.size >= MOST_READ) placesRead.clear()
  const place = readPlace(text)
  placesRead.set(text, place)
  return place
}

function readPlace(text: string): Place {
  let offset = 0
  const parts = text.split(' + ').flatMap((part) => {
    const match = /^(-?\d+)\*(.+)$/.exec(part)
    if (!match) offset += Number(part)
    return match ? [{ factor: Number(match[1]), index: match[2] as IndexId }] : []
  })
  return { parts, offset }
}

/** The index that a place is, where it is nothing else. */
export function plainIndex(text: string): IndexId | null {
  const place = placeOf(text)
  const [only, second] = place?.parts ?? []
  return place && only && !second && only.factor === 1 && place.offset === 0 ? only.index : null
}

/** The indices in places, each once. */
export const indicesIn = (places: readonly string[]): IndexId[] => [
  ...new Set(places.flatMap((text) => placeOf(text)?.parts.map(({ index }) => index) ?? [])),
]

/** A place with some of its indices put for others. */
export function placeWith(text: string, others: ReadonlyMap<IndexId, IndexId>): string {
  const place = placeOf(text)
  if (!place) return text
  return placeText({
    ...place,
    parts: place.parts.map((part) => ({ ...part, index: others.get(part.index) ?? part.index })),
  })
}

/** The number that a place is, where each index has a value. */
export function placeValue({ parts, offset }: Place, numberAt: (index: IndexId) => number): number {
  return parts.reduce((total, { index, factor }) => total + factor * numberAt(index), offset)
}

/** A place as it is written: `i+k-1`. */
export function placeLatex(text: string, letters: (index: IndexId) => string = letterOf): string {
  const place = placeOf(text)
  if (!place) return ':'
  let written = ''
  for (const { index, factor } of place.parts) {
    const size = Math.abs(factor) === 1 ? letters(index) : `${Math.abs(factor)}${letters(index)}`
    written += factor < 0 ? `-${size}` : written === '' ? size : `+${size}`
  }
  if (place.offset === 0 && written !== '') return written
  return written === '' ? String(place.offset) : `${written}${place.offset < 0 ? '-' : '+'}${Math.abs(place.offset)}`
}

/** Several places below a name: `ij`, or `i, j+1` where they would run together. */
export function placesLatex(places: readonly string[]): string {
  const written = places.map((place) => placeLatex(place))
  return written.every((each) => /^(?:[A-Za-z]|\d)'*$/.test(each)) ? written.join('') : written.join(',')
}

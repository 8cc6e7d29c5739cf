/** Passages, read; what was read before is taken over where nothing that it depends on changed. */
import { readPythonCode, readTypeScript } from '../reading/code'
import { readPassage } from '../reading/formula'
import type { NoteContext } from '../reading/formula/noteContext'
import type { Passage, Reading } from '../reading/statement'
import { shifted } from './shifted'

/** The reading of a passage, and what it was made of beside the context of the note. */
export interface ReadEntry extends Source {
  readonly key: number
  readonly reading: Reading
}

interface Source {
  readonly text: string
  /** All else that says how the text is read: its kind, shapes that words give, code above. */
  readonly manner: string
}

let lastKey = 0

/** A number that no reading has yet. */
export const newKey = (): number => ++lastKey

/**
 * The readings of a note's passages, one for each.
 * @param known those of the text before an edit, in the same context
 */
export function readingsOf(
  passages: readonly Passage[],
  context: NoteContext,
  known: readonly ReadEntry[],
): readonly ReadEntry[] {
  const sources = passages.map((passage): Source => ({ text: passage.text, manner: mannerOf(passage, passages) }))
  const taken = takenOver(sources, known)
  return passages.map((passage, k) => {
    const entry = taken[k]
    if (entry) return entry
    const reading = passage.kind === 'code' ? codeReading(passage, passages) : readPassage(passage, context)
    return { key: newKey(), text: passage.text, manner: (sources[k] as Source).manner, reading }
  })
}

function mannerOf(passage: Passage, passages: readonly Passage[]): string {
  const { kind, language, shape, bare } = passage
  if (kind !== 'code' && !shape && !bare) return kind
  const earlier = kind === 'code' ? codeAbove(passage, passages).map(({ text }) => text) : []
  return [kind, language, JSON.stringify([shape, bare]), ...earlier].join('\n')
}

/**
 * What was read of the same sources, each entry once: those at both ends of a note stand where they stood, those between are found by
 * what they are.
 */
function takenOver(sources: readonly Source[], known: readonly ReadEntry[]): (ReadEntry | undefined)[] {
  const shorter = Math.min(sources.length, known.length)
  const by = known.length - sources.length
  let first = 0
  while (first < shorter && isSame(sources[first] as Source, known[first] as Source)) first++
  let end = sources.length
  while (end > first && end + by > first && isSame(sources[end - 1] as Source, known[end - 1 + by] as Source)) end--
  const between = known.slice(first, end + by)
  const taken = sources.slice(first, end).map((source) => {
    const at = between.findIndex((entry) => isSame(source, entry))
    return at < 0 ? undefined : between.splice(at, 1)[0]
  })
  return [...known.slice(0, first), ...taken, ...known.slice(end + by)]
}

const isSame = (one: Source, other: Source): boolean => one.text === other.text && one.manner === other.manner

/** The code of the fences and cells above one, in its language: what they declare is known in it. */
export const codeAbove = ({ start, language }: Passage, passages: readonly Passage[]): Passage[] =>
  passages.filter((each) => each.kind === 'code' && each.start < start && each.language === language).slice(-MOST_ABOVE)

const MOST_ABOVE = 60

/** Who reads code, by its language. */
export const READERS = { typescript: readTypeScript, python: readPythonCode }

/** The functions of a code fence, as statements of its passage. */
function codeReading(passage: Passage, all: readonly Passage[]): Reading {
  const earlier = codeAbove(passage, all).map(({ text }) => text)
  const { passages, readings } = READERS[passage.language ?? 'typescript'](passage.text, { earlier })
  const statements = passages.flatMap((each, k) =>
    (readings[k]?.statements ?? []).map((statement) => shifted(statement, each.start)),
  )
  return { statements, unread: [] }
}

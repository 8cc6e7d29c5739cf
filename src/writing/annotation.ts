/**
 * Annotating a note: where the annotations go, what becomes of those that are there, and how a person's own changes to
 * them are noticed. Pure: text in, edits out. What an annotation says stands in `annotationBlock.ts`.
 */
import type { Analysis, Derivation } from '../derivation'
import { type AnnotationLanguage, annotationBlock, isWorthAnnotating } from './annotationBlock'

interface Span {
  readonly start: number
  readonly end: number
}

/** Replaces `start` to `end` of the old text. Edits don't overlap and come in order. */
export interface TextEdit extends Span {
  readonly text: string
}

/** What annotating needs to know of reading, which stands on another floor. */
export interface NoteReader {
  regions(text: string): { readonly regions: readonly Span[]; readonly broken: readonly Span[] }
  blocks(text: string): readonly Span[]
  analyze(text: string): Analysis
}

export interface AnnotationPlan {
  readonly edits: readonly TextEdit[]
  /** Regions that someone changed by hand and that the edits would overwrite. */
  readonly handEdited: readonly Span[]
  /** Comments that don't pair up: while there are any, `edits` is empty. */
  readonly broken: readonly Span[]
  /** How many annotations the note has after the edits. */
  readonly annotations: number
}

/** What an annotation begins with. */
export const ANNOTATION_BEGIN = '<!-- gradlens:begin -->'
const END = '<!-- gradlens:end -->'
const MARK = /^<!-- gradlens:begin -->\n<!-- gradlens:hash ([0-9a-f]{8}) -->\n/
const ENDING = `\n${END}`
const EOL = /\r\n?|\n/

/** The edits that bring all annotations of a note up to date. None where they are. */
export function planAnnotation(text: string, reader: NoteReader): AnnotationPlan {
  const { regions, broken } = reader.regions(text)
  if (broken.length > 0) return { edits: [], handEdited: [], broken, annotations: 0 }
  const removals = regions.map((region) => removal(text, region))
  const note = applyEdits(text, removals)
  const analysis = reader.analyze(note)
  const language = languageOf(note)
  const eol = EOL.exec(note)?.[0] ?? '\n'
  const insertions = insertionPlaces(note, analysis, reader.blocks(note)).map(({ at, derivations }) => ({
    at,
    gap: eol.length * 2,
    text: `${eol}${eol}${wrap(annotationBlock(derivations, language)).replaceAll('\n', eol)}`,
  }))
  const visible = withoutHidden(note, insertions, reader)
  const edits = difference(text, removals, visible)
  return { edits, handEdited: overwritten(text, regions, edits), broken, annotations: visible.length }
}

interface Insertion {
  readonly at: number
  /** Length of what parts the annotation from the text before it. */
  readonly gap: number
  readonly text: string
}

/** What an unclosed fence or element would swallow is left out: nobody would find it again. */
function withoutHidden(
  note: string,
  insertions: readonly Insertion[],
  reader: Pick<NoteReader, 'regions'>,
): readonly Insertion[] {
  const edits = insertions.map(({ at, text }) => ({ start: at, end: at, text }))
  const found = new Set(reader.regions(applyEdits(note, edits)).regions.map(({ start }) => start))
  let grown = 0
  const visible = insertions.filter(({ at, gap, text }) => {
    const start = at + grown + gap
    grown += text.length
    return found.has(start)
  })
  return visible.length === insertions.length ? visible : withoutHidden(note, visible, reader)
}

/** The edits that take every annotation out and leave the note as it was before, byte for byte. */
export function planRemoval(text: string, reader: Pick<NoteReader, 'regions'>): AnnotationPlan {
  const { regions, broken } = reader.regions(text)
  if (broken.length > 0) return { edits: [], handEdited: [], broken, annotations: 0 }
  const edits = regions.map((region) => removal(text, region))
  return { edits, handEdited: overwritten(text, regions, edits), broken, annotations: 0 }
}

/** The text after the edits. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = ''
  let from = 0
  for (const edit of edits) {
    result += text.slice(from, edit.start) + edit.text
    from = edit.end
  }
  return result + text.slice(from)
}

/** Whether a region is still what was generated; line ends don't count, since version control may change them. */
export function isUntouched(region: string): boolean {
  const text = region.replace(/\r\n?/g, '\n')
  const mark = MARK.exec(text)
  return mark !== null && text.endsWith(ENDING) && hashOf(text.slice(mark[0].length, -ENDING.length)) === mark[1]
}

function wrap(body: string): string {
  return `${ANNOTATION_BEGIN}\n<!-- gradlens:hash ${hashOf(body)} -->\n${body}\n${END}`
}

/** FNV-1a over UTF-16 units: short, and good enough to notice that someone wrote here. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** A region and the blank line that was put before it; a remark behind it keeps that line to itself. */
function removal(text: string, region: Span): TextEdit {
  if (hasRemark(text, region)) return { ...region, text: '' }
  const gap = /(?:\r\n?|\n){0,2}$/.exec(text.slice(Math.max(0, region.start - 4), region.start))?.[0] ?? ''
  return { start: region.start - gap.length, end: region.end, text: '' }
}

/** Whether somebody wrote behind the end comment, on its line. */
const hasRemark = (text: string, { end }: Span): boolean => text.slice(end, lineEnd(text, end)).trim() !== ''

/** Where annotations go: behind the outermost block that holds the last definition of a derivation. */
function insertionPlaces(note: string, analysis: Analysis, blocks: readonly Span[]) {
  const places = new Map<number, Derivation[]>()
  for (const derivation of analysis.derivations.filter(isWorthAnnotating)) {
    const at = placeOf(note, derivation, analysis, blocks)
    if (at === null) continue
    const group = places.get(at) ?? []
    places.set(at, group)
    group.push(derivation)
  }
  return [...places].map(([at, derivations]) => ({ at, derivations })).sort((a, b) => a.at - b.at)
}

function placeOf(note: string, derivation: Derivation, analysis: Analysis, blocks: readonly Span[]): number | null {
  const ends = derivation.sources.map((source) => analysis.locate(source)?.end ?? -1)
  const end = Math.max(-1, ...ends)
  if (end < 0) return null
  // A display may hold blank lines, which end a block for Markdown: go behind its closing mark.
  const passage = analysis.passages.find(
    ({ passage }) => passage.start <= end && end <= passage.start + passage.text.length,
  )
  const written = passage ? Math.max(end, passage.passage.start + passage.passage.text.trimEnd().length) : end
  const closing = /^\s*(?:\$\$|\\\\?\])/.exec(note.slice(written, written + 200))?.[0].length ?? 0
  const inside = written + closing
  const block = blocks.find((block) => block.start <= inside - 1 && inside <= block.end)
  return lineEnd(note, block ? block.end : inside)
}

/** The end of the line that an offset stands on, before its line feed; in the middle of one, before it. */
function lineEnd(text: string, offset: number): number {
  const from = text.charAt(offset - 1) === '\r' ? offset - 1 : offset
  const length = text.slice(from).search(EOL)
  return length < 0 ? text.length : from + length
}

/** Edits from the old text to the note with its new annotations, leaving alone those that are as they should be. */
function difference(text: string, removals: readonly TextEdit[], insertions: readonly Insertion[]): TextEdit[] {
  const edits: TextEdit[] = []
  const open = [...insertions]
  let removed = 0
  // Takes the insertions that stand before this place of the note; `removed` leads from the note to the old text.
  const insertBefore = (place: number) => {
    while (open[0] && open[0].at < place) {
      const next = open.shift() as (typeof open)[number]
      edits.push({ start: next.at + removed, end: next.at + removed, text: next.text })
    }
  }
  for (const old of removals) {
    const place = old.start - removed
    insertBefore(place)
    const fresh = open[0]?.at === place ? (open.shift()?.text ?? '') : ''
    if (fresh !== text.slice(old.start, old.end)) edits.push({ ...old, text: fresh })
    removed += old.end - old.start
  }
  insertBefore(Number.POSITIVE_INFINITY)
  return edits
}

function overwritten(text: string, regions: readonly Span[], edits: readonly TextEdit[]): Span[] {
  return regions.filter(
    (region) =>
      edits.some((edit) => edit.start < region.end && region.start < edit.end) &&
      (hasRemark(text, region) || !isUntouched(text.slice(region.start, region.end))),
  )
}

/** Annotations speak the language of the note, so that they come out alike for everyone who works on it. */
function languageOf(note: string): AnnotationLanguage {
  return /[\u3040-\u30ff]/.test(note) ? 'ja' : 'en'
}

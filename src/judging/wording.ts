/** The text around a claim, as far as a verdict may depend on it. */
import type { Defined, Placed, ScopedPassage } from '../meaning/scope'
import type { Claim, Range } from '../reading/statement'
import type { Wording } from './suspect'

/** How far the text of a section is looked at, before a claim and after it. */
const NEAR = 3000

/** A note's text and where its passages stand. */
export interface Written {
  readonly text: string
  readonly passages: ReadonlyMap<number, { readonly home: ScopedPassage }>
}

/** The text around a claim. @param before the words right before it, in its paragraph */
export function wordingOf({ text, passages }: Written, claim: Placed<Claim>, before: string): Wording {
  const startOf = ({ passage }: { readonly passage: number }): number => passages.get(passage)?.home.passage.start ?? 0
  const [start, end] = [startOf(claim) + claim.statement.range.start, startOf(claim) + claim.statement.range.end]
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const lineEnd = endOfLine(text, end)
  const sectionStart = lastHeading(text, start)
  return {
    before,
    sentence:
      text
        .slice(lineStart, start)
        .split(/(?<=[.。;；!?！？])\s/u)
        .at(-1) ?? '',
    between: (from) => text.slice(startOf(from) + from.definition.range.end, start),
    lineOf: (from: Defined) => {
      const at = startOf(from) + from.definition.range.start
      return text.slice(text.lastIndexOf('\n', at - 1) + 1, endOfLine(text, at))
    },
    line: `${headOf(text, lineStart, sectionStart)}\n${before}\n${text.slice(lineStart, lineEnd)}`,
    section: text.slice(Math.max(sectionStart, start - NEAR), Math.min(nextHeading(text, end), end + NEAR)),
    original: (place, range) => text.slice(startOf(place) + range.start, startOf(place) + range.end),
    written: ({ passage }: { readonly passage: number }, range: Range) =>
      passages.get(passage)?.home.passage.text.slice(range.start, range.end) ?? '',
  }
}

function endOfLine(text: string, from: number): number {
  const found = text.indexOf('\n', from)
  return found < 0 ? text.length : found
}

/** The heading above, and of a table its first row: what they say is said of every row below. */
function headOf(text: string, lineStart: number, sectionStart: number): string {
  const heading = text.slice(sectionStart, endOfLine(text, sectionStart))
  if (text[lineStart] !== '|') return heading
  const lines = text.slice(sectionStart, lineStart).split('\n')
  let first = ''
  for (let k = lines.length - 2; k >= 0 && lines[k]?.startsWith('|'); k--) first = lines[k] as string
  return `${heading}\n${first}`
}

const HEADING = /^#{1,6}\s/gm

function lastHeading(text: string, before: number): number {
  const found = [...text.slice(0, before).matchAll(HEADING)].at(-1)
  return found?.index ?? 0
}

function nextHeading(text: string, after: number): number {
  const found = /^#{1,6}\s/m.exec(text.slice(after))
  return found ? after + found.index : text.length
}

/** Findings for people at a terminal: the place, the message, the line with carets under what is meant. */
import type { Analysis, Finding } from '../derivation'
import { type Positions, placeText, positionsIn } from '../report/positions'
import { harmless, pad, painter, width } from './terminal'

/** Lines longer than this are cut around what is meant. */
const LONGEST_LINE = 160

const COLOURS = { error: 31, warning: 33, information: 34, hint: 36 } as const

/** All findings of a file; empty where there are none. */
export function findingsText(file: string, analysis: Analysis, findings: readonly Finding[], colour: boolean): string {
  const positions = positionsIn(analysis)
  return findings.map((finding) => `${findingText(file, analysis, finding, positions, colour)}\n`).join('')
}

function findingText(
  file: string,
  { text }: Analysis,
  finding: Finding,
  positions: Positions,
  colour: boolean,
): string {
  const paint = painter(colour)
  const range = positions.range(finding.range)
  const { start, end } = range
  const place = paint(1, harmless(placeText(file, range)))
  const head = `${place}: ${paint(COLOURS[finding.severity], finding.severity)}: ${harmless(finding.message)} [${finding.code}]`
  const lineStart = finding.range.start - start.character
  const line = text.slice(lineStart).split(/\r?\n/, 1)[0] ?? ''
  // What goes on over several lines is marked to the end of its first.
  const stop = start.line === end.line ? end.character : line.length
  const from = Math.max(0, Math.min(start.character - LONGEST_LINE / 2, line.length - LONGEST_LINE))
  const shown = line.slice(from, from + LONGEST_LINE).replaceAll('\t', ' ')
  const before = shown.slice(0, start.character - from)
  const meant = shown.slice(start.character - from, stop - from)
  const carets = paint(COLOURS[finding.severity], '^'.repeat(Math.max(1, width(meant))))
  // The bar keeps a line of the file from being taken for a command of a workflow (`::error`).
  return `${head}\n  | ${harmless(shown)}\n  | ${pad('', width(before))}${carets}`
}

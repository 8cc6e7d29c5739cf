/** Findings and hints without those that the author wants left alone. */
import type { Analysis, Finding, JudgedStep, Verdict } from '../derivation'
import { isIgnoredCode, isIgnoredPassage } from '../reading/ignored'
import type { Passage, Range } from '../reading/statement'

/** Offset of the passage that holds this offset of a note. */
export const passageStart = (analysis: Analysis, offset: number): number =>
  passageAt(analysis.passages, offset)?.start ?? offset

const passageAt = (passages: Analysis['passages'], offset: number): Passage | undefined =>
  passages.find(({ passage: { start, text } }) => start <= offset && offset <= start + text.length)?.passage

/** What is underlined: the findings, but for those that a comment silences. */
export function openFindings(analysis: Analysis): Finding[] {
  return analysis.findings().filter(({ range, named }) => isOpen(analysis, range, named))
}

/** The verdicts on all steps and derivatives, but for those that a comment silences, counted. */
export function openVerdicts(analysis: Analysis): Record<Verdict, number> {
  const counts = { holds: 0, fails: 0, unknown: 0 }
  for (const { range, verdict } of analysis.claims().flatMap(({ steps }) => steps))
    if (isOpen(analysis, range)) counts[verdict]++
  for (const { derivative, wrong, verdict } of analysis.pairs())
    if (isOpen(analysis, derivative.range, wrong)) counts[verdict]++
  return counts
}

/** Steps that are right and could be better, but for those that a comment silences. */
export function openHints(analysis: Analysis): { readonly range: JudgedStep['range']; readonly hint: string }[] {
  return analysis
    .claims()
    .flatMap(({ steps }) => steps.flatMap(({ range, hint }) => (hint === null ? [] : [{ range, hint }])))
    .filter(({ range }) => isOpen(analysis, range))
}

/** Does no comment silence what stands at a place, or at the other place that it is about? */
const isOpen = (analysis: Analysis, range: Range, other?: Range | null): boolean =>
  isOpenAt(analysis, range.start) && (!other || isOpenAt(analysis, other.start))

/** In a fence of code its own comments count too. */
function isOpenAt({ text, language, passages }: Analysis, start: number): boolean {
  if (language !== 'markdown') return !isIgnoredCode(text, start, language)
  const passage = passageAt(passages, start)
  if (passage?.kind === 'code' && isIgnoredCode(text, start, passage.language ?? 'typescript')) return false
  return !isIgnoredPassage(text, passage?.start ?? start)
}

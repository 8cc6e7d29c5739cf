/** Findings and hints without those that the author wants left alone. */
import type { Analysis, Finding, JudgedStep, Verdict } from '../derivation'
import { isIgnoredCode, isIgnoredPassage } from '../reading/ignored'
import type { Passage } from '../reading/statement'

/** Offset of the passage that holds this offset of a note. */
export const passageStart = (analysis: Analysis, offset: number): number => passageAt(analysis, offset)?.start ?? offset

const passageAt = ({ passages }: Pick<Analysis, 'passages'>, offset: number): Passage | undefined =>
  passages.find(({ passage: { start, text } }) => start <= offset && offset <= start + text.length)?.passage

/** What is underlined: the findings, but for those that a comment silences. */
export function openFindings(analysis: Analysis): Finding[] {
  return analysis
    .findings()
    .filter(({ range, named }) => isOpen(analysis, range.start) && (!named || isOpen(analysis, named.start)))
}

/** The verdicts on all steps and derivatives, but for those that a comment silences, counted. */
export function openVerdicts(analysis: Analysis): Record<Verdict, number> {
  const counts = { holds: 0, fails: 0, unknown: 0 }
  const judged = [
    ...analysis.claims().flatMap(({ steps }) => steps.map(({ range, verdict }) => ({ range, verdict, wrong: null }))),
    ...analysis.pairs().map(({ derivative: { range }, wrong, verdict }) => ({ range, wrong, verdict })),
  ]
  for (const { range, verdict, wrong } of judged)
    if (isOpen(analysis, range.start) && (!wrong || isOpen(analysis, wrong.start))) counts[verdict]++
  return counts
}

/** Steps that are right and could be better, but for those that a comment silences. */
export function openHints(analysis: Analysis): { readonly range: JudgedStep['range']; readonly hint: string }[] {
  return analysis
    .claims()
    .flatMap(({ steps }) => steps.flatMap(({ range, hint }) => (hint === null ? [] : [{ range, hint }])))
    .filter(({ range: { start } }) => isOpen(analysis, start))
}

/** Whether no comment silences what stands at an offset; in a fence of code its own comments count too. */
function isOpen({ text, language, ...analysis }: Analysis, start: number): boolean {
  if (language !== 'markdown') return !isIgnoredCode(text, start, language)
  const passage = passageAt(analysis, start)
  if (passage?.kind === 'code' && isIgnoredCode(text, start, passage.language ?? 'typescript')) return false
  return !isIgnoredPassage(text, passage?.start ?? start)
}

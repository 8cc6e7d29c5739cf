/** Findings and hints without those that the author wants left alone. */
import type { Analysis, Finding, JudgedStep, Verdict } from '../derivation'
import { isIgnoredCode, isIgnoredPassage } from '../reading/ignored'

/** Offset of the passage that holds this offset of a note. */
export function passageStart(analysis: Analysis, offset: number): number {
  const passage = analysis.passages.find(
    ({ passage: { start, text } }) => start <= offset && offset <= start + text.length,
  )
  return passage?.passage.start ?? offset
}

/** What is underlined: the findings, but for those that a comment silences. */
export function openFindings(analysis: Analysis): Finding[] {
  return analysis.findings().filter(({ range: { start } }) => isOpen(analysis, start))
}

/** The verdicts on all steps and derivatives, but for those that a comment silences, counted. */
export function openVerdicts(analysis: Analysis): Record<Verdict, number> {
  const counts = { holds: 0, fails: 0, unknown: 0 }
  const judged = [
    ...analysis.claims().flatMap(({ steps }) => steps),
    ...analysis.pairs().map(({ derivative: { range }, verdict }) => ({ range, verdict })),
  ]
  for (const { range, verdict } of judged) if (isOpen(analysis, range.start)) counts[verdict]++
  return counts
}

/** Steps that are right and could be better, but for those that a comment silences. */
export function openHints(analysis: Analysis): { readonly range: JudgedStep['range']; readonly hint: string }[] {
  return analysis
    .claims()
    .flatMap(({ steps }) => steps.flatMap(({ range, hint }) => (hint === null ? [] : [{ range, hint }])))
    .filter(({ range: { start } }) => isOpen(analysis, start))
}

const isOpen = (analysis: Analysis, start: number): boolean =>
  analysis.language !== 'markdown'
    ? !isIgnoredCode(analysis.text, start)
    : !isIgnoredPassage(analysis.text, passageStart(analysis, start))

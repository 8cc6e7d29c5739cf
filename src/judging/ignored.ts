/** Findings without those that the author wants left alone. */
import type { Analysis, Finding } from '../derivation'
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
  return analysis
    .findings()
    .filter(({ range: { start } }) =>
      analysis.language === 'typescript'
        ? !isIgnoredCode(analysis.text, start)
        : !isIgnoredPassage(analysis.text, passageStart(analysis, start)),
    )
}

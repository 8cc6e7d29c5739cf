/** What was judged at a place of a document. Knows no editor. */
import type { Analysis, Finding, JudgedClaim, JudgedPair, JudgedStep } from '../derivation'
import { isIgnoredCode, isIgnoredPassage } from '../reading/ignored'

/** A failing step or derivative with what can be done about it. */
export interface Judged {
  readonly range: { readonly start: number; readonly end: number }
  readonly replacement: string | null
  readonly related: JudgedStep['related']
}

/** The step or hand-written derivative that a finding is about. */
export function judgedAt(analysis: Analysis, start: number, end: number): Judged | null {
  for (const { steps } of analysis.claims()) {
    const step = steps.find(({ range }) => range.start === start && range.end === end)
    if (step) return step
  }
  const pair = analysis.pairs().find(({ derivative: { range } }) => range.start === start && range.end === end)
  return pair ? pairAsStep(pair) : null
}

const pairAsStep = ({ derivative, replacement, function: of }: JudgedPair): Judged => ({
  range: derivative.range,
  replacement,
  related: [{ range: of.range, message: of.name }],
})

/** The claim and its step at an offset; the innermost where they nest. */
export function stepAt(analysis: Analysis, offset: number): { claim: JudgedClaim; step: JudgedStep } | null {
  for (const claim of analysis.claims()) {
    if (offset < claim.range.start || claim.range.end < offset) continue
    const step = claim.steps.find(({ range }) => range.start <= offset && offset <= range.end)
    if (step) return { claim, step }
  }
  return null
}

/** Offset of the passage that holds this offset of a note. */
export function passageStart(analysis: Analysis, offset: number): number {
  const passage = analysis.passages.find(
    ({ passage: { start, text } }) => start <= offset && offset <= start + text.length,
  )
  return passage?.passage.start ?? offset
}

/** What the editor underlines: the findings, but for those that the author wants left alone. */
export function openFindings(analysis: Analysis): Finding[] {
  return analysis
    .findings()
    .filter(({ range: { start } }) =>
      analysis.language === 'typescript'
        ? !isIgnoredCode(analysis.text, start)
        : !isIgnoredPassage(analysis.text, passageStart(analysis, start)),
    )
}

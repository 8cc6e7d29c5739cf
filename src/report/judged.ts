/** What was judged at a place of a document. */
import type { Analysis, JudgedClaim, JudgedPair, JudgedStep } from '../derivation'
import { underlined } from '../judging/pairs'

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
  const pair = analysis.pairs().find((each) => {
    const range = underlined(each)
    return range.start === start && range.end === end
  })
  return pair ? pairAsStep(pair) : null
}

const pairAsStep = (pair: JudgedPair): Judged => ({
  range: underlined(pair),
  replacement: pair.replacement,
  related: [{ range: pair.function.range, message: `The definition of ${pair.function.name}.` }],
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

/** The step of the chain rule that an author left out. Knows no editor. */
import type { Analysis } from '../derivation'
import { stepAt } from '../report/judged'
import { chainOf } from '../writing/chain'
import { PLAIN } from '../writing/plainChain'

export interface MissingStep {
  /** Where it is to be inserted. */
  readonly offset: number
  /** With the equals sign behind it. */
  readonly text: string
}

const plainly = (text: string) => text.replace(/\\[,;:!]|[\s{}]/g, '')

/**
 * What would come before the step at this offset and isn't shown yet: `∂z/∂t · ∂t/∂x`, the factors `2t · 1`. `null` where the
 * claim is of another kind, or shows all.
 */
export function missingStepAt(analysis: Analysis, offset: number): MissingStep | null {
  const found = stepAt(analysis, offset)
  if (!found) return null
  const { claim, step } = found
  const head = analysis.at(claim.range.start)
  if (!head?.derivative) return null
  const passage = analysis.passages.find(
    ({ passage: { start, text } }) => start <= step.range.start && step.range.start <= start + text.length,
  )
  const isPlain = passage?.passage.kind === 'plain'
  const chain = isPlain ? chainOf(head.derivation, head.node, PLAIN) : chainOf(head.derivation, head.node)
  if (!chain) return null
  const shown = new Set(claim.steps.map(({ latex }) => plainly(latex)))
  const place = claim.steps.indexOf(step)
  // Of what comes before the result, the steps at the place of this one and after it.
  const missing = chain.steps.slice(place, -1).filter((text) => !shown.has(plainly(text)))
  return missing.length === 0 ? null : { offset: step.range.start, text: missing.map((text) => `${text} = `).join('') }
}

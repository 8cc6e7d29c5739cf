/** Notes for tests of judging: each formula as a display of its own. */
import { analyzeMarkdown } from '../../../src/analysis'
import type { JudgedClaim, JudgedStep } from '../../../src/derivation'

export const displays = (formulas: readonly string[]): string =>
  formulas.map((formula) => `$$\n${formula}\n$$\n`).join('\n')

/** The claims of a note. */
export const claimsOf = (text: string): readonly JudgedClaim[] => analyzeMarkdown(text).claims()

/** The steps of the last claim of a note that is made of displays. */
export function stepsOf(formulas: readonly string[]): readonly JudgedStep[] {
  const claims = claimsOf(displays(formulas))
  return claims.at(-1)?.steps ?? []
}

export const verdicts = (steps: readonly JudgedStep[]): string => steps.map((step) => step.verdict).join(' ')

/** Checking one text: what the main thread and its workers have in common. */
import type { Result } from 'sarif'
import type { Verdict } from '../derivation'
import { openFindings, openVerdicts } from '../judging/ignored'
import { reportOf } from '../report/report'
import { findingsText } from './findings'
import type { Format, NoteLanguage } from './options'
import { sarifResults } from './sarif'
import { analyzeText } from './sources'

/** Plain data: it goes from thread to thread. */
export interface CheckTask {
  readonly file: string
  readonly text: string
  readonly language: NoteLanguage
  readonly format: Format
  readonly colour: boolean
}
export interface Checked {
  /** What is to be printed for this file. */
  readonly output: string
  readonly results: readonly Result[]
  /** Whether something is wrong. */
  readonly wrong: boolean
  readonly verdicts: Readonly<Record<Verdict, number>>
}

/** Judges everything that is claimed in a text. */
export function checkText({ file, text, language, format, colour }: CheckTask): Checked {
  const analysis = analyzeText(file, text, language)
  const findings = openFindings(analysis)
  const verdicts = openVerdicts(analysis)
  const output = {
    json: () => `${JSON.stringify(reportOf(file, analysis, analysis.derivations, true))}\n`,
    text: () => findingsText(file, analysis, findings, colour),
  }
  return {
    output: format === 'json' || format === 'text' ? output[format]() : '',
    results: format === 'sarif' ? sarifResults(file, analysis, findings) : [],
    wrong: findings.some(({ severity }) => severity === 'error' || severity === 'warning'),
    verdicts,
  }
}

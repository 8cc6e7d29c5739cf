/** What other extensions get from `activate`. Fields are added, never changed or taken away, while `version` is 1. */
import { analyze, LANGUAGES } from '../report/analyze'
import type { Report } from '../report/contract'

export interface GradLens {
  readonly version: 1
  /** Identifiers of the languages that are read. */
  readonly languages: readonly string[]
  /**
   * The report of a text, as `schema/report.schema.json` describes it.
   * @throws {RangeError} where the language is none that is read
   */
  analyze(text: string, languageId: string): Report
}

export const GRADLENS: GradLens = {
  version: 1,
  languages: LANGUAGES,
  analyze: (text, languageId) => analyze(text, languageId),
}

/** The whole core as one function of a text, for programs that have no files: the extension's exports and the package. */
import {
  type AnalysisOptions,
  analyzeLatex,
  analyzeMarkdown,
  analyzeNotebook,
  analyzePython,
  analyzeTypeScript,
} from '../analysis'
import type { Analysis } from '../derivation'
import type { Report } from './contract'
import { reportOf } from './report'

type Reader = (text: string, previous?: Analysis, options?: AnalysisOptions) => Analysis

/** Language identifiers of VS Code, each with its reader. */
const READERS: ReadonlyMap<string, Reader> = new Map([
  ['markdown', analyzeMarkdown],
  ['mdx', analyzeMarkdown],
  ['quarto', analyzeMarkdown],
  ['rmd', analyzeMarkdown],
  ['latex', analyzeLatex],
  ['tex', analyzeLatex],
  ['notebook', analyzeNotebook],
  ['typescript', analyzeTypeScript],
  ['typescriptreact', analyzeTypeScript],
  ['javascript', analyzeTypeScript],
  ['javascriptreact', analyzeTypeScript],
  ['python', analyzePython],
])

/** The languages that are read, by their identifiers in VS Code. */
export const LANGUAGES: readonly string[] = [...READERS.keys()]

/** A text as its language is read. @param previous the analysis before the last edit @throws {RangeError} where the language is none that is read */
export function analysisOf(text: string, languageId: string, previous?: Analysis, options?: AnalysisOptions): Analysis {
  const reader = READERS.get(languageId)
  if (!reader) throw new RangeError(`no language '${languageId}'; known are ${LANGUAGES.join(', ')}`)
  return reader(text, previous, options)
}

/**
 * Derivations, judged claims and pairs, diagnostics of one text: what `gradlens check --format json` prints of a file.
 * @param languageId an identifier of VS Code, one of `LANGUAGES`
 * @param file what the report calls the text
 * @throws {RangeError} where the language is none that is read
 */
export function analyze(text: string, languageId: string, file = ''): Report {
  const analysis = analysisOf(text, languageId)
  return reportOf(file, analysis, analysis.derivations, true)
}

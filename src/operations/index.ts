/** The table of operations: look-up by name and by spelling. */
import { ARITHMETIC } from './arithmetic'
import { EXPONENTIAL } from './exponential'
import { HYPERBOLIC } from './hyperbolic'
import { INDEXED } from './indexed'
import { LAYOUT } from './layout'
import { MATRIX } from './matrix'
import type { Language, Operation } from './operation'
import { PIECEWISE } from './piecewise'
import { REDUCTIONS } from './reductions'
import { SPECIAL } from './special'
import { SQUARE } from './square'
import { TRIGONOMETRIC } from './trigonometric'

/** Every operation, in the order of the families. */
export const OPERATIONS: readonly Operation[] = [
  ...ARITHMETIC,
  ...EXPONENTIAL,
  ...TRIGONOMETRIC,
  ...HYPERBOLIC,
  ...SPECIAL,
  ...PIECEWISE,
  ...MATRIX,
  ...REDUCTIONS,
  ...SQUARE,
  ...LAYOUT,
  ...INDEXED,
]

const byName = new Map(OPERATIONS.map((entry) => [entry.name, entry]))
const bySpelling = new Map<Language, Map<string, Operation>>()
for (const entry of OPERATIONS) {
  for (const [language, spellings] of Object.entries(entry.spellings)) {
    const table = bySpelling.get(language as Language) ?? new Map<string, Operation>()
    bySpelling.set(language as Language, table)
    for (const spelling of spellings) table.set(spelling, entry)
  }
}

/** The entry of this name; `undefined` for leaves (`input`, `constant`, …), which are no operations. */
export const operation = (name: string): Operation | undefined => byName.get(name)

/** The entry that a language spells so: `\sin`, `Math.sin`, `sin`. */
export const operationSpelled = (language: Language, spelling: string): Operation | undefined =>
  bySpelling.get(language)?.get(spelling)

const byWord = new Map(OPERATIONS.flatMap((entry) => (entry.words ?? []).map((word) => [word, entry] as const)))

/** The function of a whole array that a note calls so: `softmax`, `\\det`. */
export const operationCalled = (word: string): Operation | undefined => byWord.get(word)

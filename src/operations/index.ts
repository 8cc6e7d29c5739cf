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
    // Before a single operand a sign may be another operation than between two: `-`.
    for (const spelling of spellings) if (entry.arity !== 1 || !table.has(spelling)) table.set(spelling, entry)
  }
}

/** The entry of this name; `undefined` for leaves (`input`, `constant`, …), which are no operations. */
export const operation = (name: string): Operation | undefined => byName.get(name)

/** The entry that a language spells so: `\sin`, `Math.sin`, `sin`. */
export const operationSpelled = (language: Language, spelling: string): Operation | undefined =>
  bySpelling.get(language)?.get(spelling)

/** The entry that a sign or word stands for before one operand, or between two: `-`, `and`. */
export function operatorSpelled(language: Language, spelling: string, operands: number): Operation | undefined {
  const entry = operationSpelled(language, spelling)
  if (entry?.arity === operands) return entry
  return OPERATIONS.find(({ arity, spellings }) => arity === operands && spellings[language]?.includes(spelling))
}

const byBase = new Map(
  OPERATIONS.flatMap((entry) =>
    Object.entries(entry.bases ?? {}).map(([spelling, base]) => [spelling, { entry, base }] as const),
  ),
)

/** The logarithm that a spelling means which says its base: `\lg`, `log2`. */
export const logarithmSpelled = (spelling: string): { entry: Operation; base: number } | undefined =>
  byBase.get(spelling)

const byBinder = new Map(
  OPERATIONS.flatMap((entry) => (entry.binds?.signs ?? []).map((sign) => [sign, entry] as const)),
)

/** What a sign binds an index for: `∑`, `\\max`. */
export const binderSpelled = (sign: string): Operation | undefined => byBinder.get(sign)

const byChain = new Map(OPERATIONS.map((entry) => [entry.binds?.chain, entry] as const))

/** What a chain of an operation with dots in it is: the sum, of `+`. */
export const binderOfChain = (op: string): Operation | undefined => byChain.get(op)

const byWord = new Map(OPERATIONS.flatMap((entry) => (entry.words ?? []).map((word) => [word, entry] as const)))

/** The function of a whole array that a note calls so: `softmax`, `\\det`. */
export const operationCalled = (word: string): Operation | undefined => byWord.get(word)

/**
 * The gate of plain text: an alarm needs texts (head, steps, definitions) that authors don't read in two ways. What is listed
 * here keeps an alarm silent; a verdict that a step holds isn't concerned.
 */

/** What the note shows of single letters. */
export interface Letters {
  /** May it be a factor before a bracket? */
  isFactor(letter: string): boolean
  /** Is it differentiated by? */
  isVariable(letter: string): boolean
}

/** A construct that authors read in two ways, or as another thing than it looks. */
interface Refused {
  readonly pattern: RegExp
  /** A letter that says nothing else where it is a variable of the note. */
  readonly unlessVariable?: string
}

const REFUSED: readonly Refused[] = [
  // `e^2x`
  { pattern: /(?:^|[^\\A-Za-z])e\s*\^\s*-?\d?[A-Za-z]?[A-Za-z0-9](?=[A-Za-z])/ },
  // `1/1+x`
  { pattern: /\/\s*1\s*\+/ },
  // An imaginary i, `e^{ix}`: a current is differentiated by; beside ⊙ it is an input gate.
  {
    pattern: /(?<![A-Za-z\\_{])(?<!\\odot\s*)i(?![A-Za-z_}]|\s*\\odot)|\^\s*\{\s*-?i\s*[\\A-Za-z(]/,
    unlessVariable: 'i',
  },
]

const ANY: Letters = { isFactor: () => true, isVariable: () => false }

/** The first part of a text that can be read in two ways; `null` where there is none. */
export function unusualPart(text: string, letters: Letters = ANY): string | null {
  for (const { pattern, unlessVariable } of REFUSED) {
    const found = unlessVariable && letters.isVariable(unlessVariable) ? null : pattern.exec(text)
    if (found) return found[0]
  }
  for (const [whole, letter] of text.matchAll(/(?<![A-Za-z\\'_^{])([A-Za-z])\s*(?:\\left\s*)?\(/g)) {
    // A letter that also stands before no bracket is a factor.
    const isAlone = new RegExp(`(?<![A-Za-z\\\\])${letter}(?![A-Za-z]|\\s*(?:\\\\left\\s*)?\\()`).test(text)
    if (!isAlone && !letters.isFactor(letter as string)) return whole
  }
  return null
}

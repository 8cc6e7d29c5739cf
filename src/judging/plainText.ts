/**
 * The gate of plain text: an alarm needs texts (head, steps, definitions) that authors don't read in two ways. What is listed
 * here keeps an alarm silent; a verdict that a step holds isn't concerned.
 */

/** What authors read in two ways, or as another thing than it looks: `e^2x`, `1/1+x`, an imaginary `e^{ix}`. */
const REFUSED = [
  /(?:^|[^\\A-Za-z])e\s*\^\s*-?\d?[A-Za-z]?[A-Za-z0-9](?=[A-Za-z])/,
  /\/\s*1\s*\+/,
  // Beside ⊙ it is an input gate.
  /(?<![A-Za-z\\_{])(?<!\\odot\s*)i(?![A-Za-z_}]|\s*\\odot)|\^\s*\{\s*-?i\s*[\\A-Za-z(]/,
]

/**
 * The first part of a text that can be read in two ways; `null` where there is none.
 * @param isFactor may this letter before a bracket be a factor?
 */
export function unusualPart(text: string, isFactor: (letter: string) => boolean = () => true): string | null {
  for (const each of REFUSED) {
    const found = each.exec(text)
    if (found) return found[0]
  }
  for (const [whole, letter] of text.matchAll(/(?<![A-Za-z\\'_^{])([A-Za-z])\s*(?:\\left\s*)?\(/g)) {
    // A letter that also stands before no bracket is a factor.
    const isAlone = new RegExp(`(?<![A-Za-z\\\\])${letter}(?![A-Za-z]|\\s*(?:\\\\left\\s*)?\\()`).test(text)
    if (!isAlone && !isFactor(letter as string)) return whole
  }
  return null
}

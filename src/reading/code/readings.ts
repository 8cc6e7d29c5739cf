/** The statements of texts that were read lately: what many files import is read once. */
import type { TopLevel } from './core'
import type { Language } from './language'

/** Each language's own, the newest last. */
const known = new Map<Language, Map<string, readonly TopLevel[]>>()
/** As many characters as are kept of each language, whatever one text alone has. */
const MOST = 2_000_000

/** The statements of a text, which nobody changes. */
export function statementsIn(text: string, language: Language): readonly TopLevel[] {
  const texts = known.get(language) ?? new Map<string, readonly TopLevel[]>()
  known.set(language, texts)
  const statements = texts.get(text) ?? language.read(text)
  texts.delete(text)
  texts.set(text, statements)
  let length = 0
  for (const each of texts.keys()) length += each.length
  for (const oldest of texts.keys()) {
    if (length <= MOST || oldest === text) break
    length -= oldest.length
    texts.delete(oldest)
  }
  return statements
}

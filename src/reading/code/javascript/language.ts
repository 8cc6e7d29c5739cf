/** JavaScript and TypeScript: their names and functions are those that the machine knows by itself. */
import type { Language } from '../language'
import { readJavaScript } from './source'

export const JAVASCRIPT: Language = {
  read: readJavaScript,
  brings: false,
  nameMeans: () => null,
  imported: () => null,
  starred: () => null,
  attribute: () => null,
  call: () => null,
}

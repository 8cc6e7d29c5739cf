/** What a script says as part of a name: `x_{max}`, `W^{(1)}`. */
import { ACCENTS, FONTS } from './commands'
import { draftOf, finishName, type Script } from './names'
import { placesIn } from './places'
import type { Token } from './tokens'

/** Signs that may stand in a script of a name. */
const SCRIPT_SIGNS = new Set(['-', '+', ',', "'", '*', ':', '/', '<', '…', '·', '.', '|', ';', '∞', '×'])

/** The content of a script as part of a name; `null` where it says something else (`i=1`, `x \in S`). */
export function scriptOf(tokens: readonly Token[]): Script | null {
  let key = ''
  let latex = ''
  let plain = ''
  for (const token of tokens) {
    const part = scriptPart(token)
    if (!part) return null
    key += part.key
    plain += part.plain
    latex += /\\[A-Za-z]+$/.test(latex) && /^[A-Za-z]/.test(part.latex) ? ` ${part.latex}` : part.latex
  }
  return key === '' ? null : { key, latex, plain, places: placesIn(tokens) }
}

function scriptPart(token: Token): Script | null {
  const { kind, text } = token
  if (kind === 'letter') {
    const name = finishName(draftOf(text, token.accents, token.font))
    return { key: name.key, latex: name.latex, plain: name.plain }
  }
  if (kind === 'number' || kind === 'word' || kind === 'function') return { key: text, latex: text, plain: text }
  if (kind === 'text' || kind === 'cjk') {
    const word = text.trim()
    return { key: word.replace(/\s+/g, '_'), latex: `\\text{${word}}`, plain: word }
  }
  if (kind === 'open' || kind === 'close') {
    if (text === '{' || text === '}') return { key: '', latex: text, plain: '' }
    if ('()[]'.includes(text)) return { key: text, latex: text, plain: text }
    return null
  }
  if (kind === 'sign' && (text === '_' || text === '^')) return { key: text, latex: text, plain: text }
  if (kind === 'sign' && SCRIPT_SIGNS.has(text))
    return { key: text === '*' ? 'star' : text, latex: LATEX_SIGNS.get(text) ?? text, plain: text }
  if (kind === 'command' && (FONTS.has(text) || ACCENTS.has(text)))
    return { key: `${text.slice(1)}_`, latex: text, plain: '' }
  if (kind === 'command' && SCRIPT_MACROS.has(text)) return { key: text.slice(1), latex: text, plain: text.slice(1) }
  return null
}

const LATEX_SIGNS = new Map([
  ['…', '\\ldots'],
  ['·', '\\cdot'],
  ['∞', '\\infty'],
  ['×', '\\times'],
])
const SCRIPT_MACROS = new Set(['\\max', '\\min', '\\log', '\\exp', '\\dagger', '\\ddagger', '\\ell'])

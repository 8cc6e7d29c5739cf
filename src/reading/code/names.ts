/** How identifiers of code look as mathematics: `w1` as `w_{1}`, `yHat` as `\hat{y}`, `loss` upright. */
import type { Name } from '../statement'

const GREEK =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega'
const MACROS = new Set([...GREEK.split(' '), 'varepsilon', 'vartheta', 'varphi'])
for (const name of ['gamma', 'delta', 'theta', 'lambda', 'xi', 'pi', 'sigma', 'upsilon', 'phi', 'psi', 'omega'])
  MACROS.add(capital(name))

const GREEK_LETTERS = new Map<string, string>()
'αβγδεζηθικλμνξπρστυφχψω'.split('').forEach((letter, index) => {
  GREEK_LETTERS.set(letter, GREEK.split(' ')[index] as string)
})
'ΓΔΘΛΞΠΣΥΦΨΩ'.split('').forEach((letter, index) => {
  const names = ['Gamma', 'Delta', 'Theta', 'Lambda', 'Xi', 'Pi', 'Sigma', 'Upsilon', 'Phi', 'Psi', 'Omega']
  GREEK_LETTERS.set(letter, names[index] as string)
})

const ACCENT = /^(.+?)(?:_(hat|bar|tilde|dot|vec)|(Hat|Bar|Tilde|Dot|Vec))(?:_?(\d+|[a-z]))?$/

/** The name of an identifier. `key` is another one where the identifier has several values. */
export const nameOf = (identifier: string, key = identifier): Name => ({
  key,
  latex: latexOf(identifier),
  plain: identifier,
})

/** The name of a part: `w[0]` is `w_{0}`, `p.x` is `p_{x}`. */
export function partName(whole: Name, part: string | number, key?: string): Name {
  const numbered = typeof part === 'number'
  const index = numbered ? String(part) : latexOf(part)
  const inner = /^(.*)_\{(.*)\}$/s.exec(whole.latex)
  const latex = inner ? `${inner[1]}_{${inner[2]}${numbered ? ',' : '\\,'}${index}}` : `${whole.latex}_{${index}}`
  const plain = numbered ? `${whole.plain}[${part}]` : `${whole.plain}.${part}`
  return { key: key ?? `${whole.key}_${part}`, latex, plain }
}

/** An identifier as LaTeX. */
export function latexOf(identifier: string): string {
  const name = identifier.replace(/^[#$]+|[$]+$/g, '').replace(/(?<=[^_])_+$/, '')
  if (name === '') return '\\mathrm{x}'
  const accented = accentOf(name)
  if (accented) return accented
  const snake = /^([^_]+)_(.+)$/.exec(name)
  if (snake) {
    const head = snake[1] as string
    if (isSymbol(head)) return `${symbol(head)}_{${subscript(snake[2] as string)}}`
    return `\\mathrm{${escaped(name)}}`
  }
  const numbered = /^(\p{L}+)(\d+)$/u.exec(name)
  if (numbered) return `${symbol(numbered[1] as string)}_{${numbered[2]}}`
  return symbol(name)
}

function accentOf(name: string): string | null {
  const [, head, snake, camel, below] = ACCENT.exec(name) ?? []
  const accent = (snake ?? camel)?.toLowerCase()
  if (!head || !accent || !isSymbol(head)) return null
  return `\\${accent}{${symbol(head)}}${below ? `_{${below}}` : ''}`
}

function subscript(text: string): string {
  if (/^\d+$/.test(text)) return text
  return text
    .split('_')
    .map((part) => symbol(part))
    .join('\\,')
}

const isSymbol = (text: string): boolean => [...text].length === 1 || MACROS.has(text)

function symbol(text: string): string {
  const letter = GREEK_LETTERS.get(text)
  if (letter) return `\\${letter}`
  if (MACROS.has(text)) return `\\${text}`
  return [...text].length === 1 ? escaped(text) : `\\mathrm{${escaped(text)}}`
}

const escaped = (text: string): string => text.replace(/[_$#%&{}]/g, '\\$&')

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

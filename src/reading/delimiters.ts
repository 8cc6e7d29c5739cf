/** What opens a display on a line of its own and what closes it, in the notations of the tools that typeset notes. */

/** How a display opens. */
export interface Opening {
  /** Of the mark. */
  readonly length: number
  /** What ends it. */
  readonly close: RegExp
  /** The marks belong to the formula: `\begin{align}`. */
  readonly isContent: boolean
  /** `$$`, the same mark for the beginning and the end. */
  readonly isDollars: boolean
  /** It ends a paragraph. */
  readonly interrupts: boolean
  /** Formulas inside may have marks of their own. */
  readonly isTransparent: boolean
}

const ENVIRONMENT =
  /^\\begin\{((?:align|aligned|equation|gather|gathered|eqnarray|multline|flalign|alignat|displaymath|split|cases|array)\*?)\}/
/** Environments that a formula has within, and only a formula without dollar signs begins with. */
const INNER = /^(?:aligned|gathered|split|cases|array)$/

/** How a line that begins so opens a display; `null` where it doesn't. */
export function openingOf(text: string): Opening | null {
  if (text.startsWith('$$')) return { ...opening(2, /\$\$/), isDollars: true }
  const bracket = /^\\\\?\[/.exec(text)?.[0]
  // An escaped bracket that begins a link is none.
  if (bracket) return /^\\\[[^\]]*\]\(/.test(text) ? null : opening(bracket.length, /\\\\?\]/)
  const shortcode = openShortcode(text)
  if (shortcode) return { ...opening(shortcode.length, closeShortcode(shortcode.name)), isTransparent: true }
  const environment = ENVIRONMENT.exec(text)?.[1]
  if (!environment) return null
  return {
    ...opening(0, new RegExp(`\\\\end\\{${environment.replace('*', '\\*')}\\}`)),
    isContent: true,
    interrupts: !INNER.test(environment),
  }
}

const opening = (length: number, close: RegExp): Opening => ({
  length,
  close,
  isContent: false,
  isDollars: false,
  interrupts: true,
  isTransparent: false,
})

/** Marks of a formula within a formula. */
export const OWN_MARKS = /\$|\\[([]/

export interface Shortcode {
  /** As its closing counterpart has it; Liquid's has `end` before. */
  readonly name: string
  readonly length: number
}

const NAMES = 'katex|math|mathjax|mathjax/block|latex|tex|equation'
const HUGO = new RegExp(`^\\{\\{[<%] {0,3}(${NAMES})(?: [^{}<>%]{0,80})? {0,3}[>%]\\}\\}`)
const LIQUID = new RegExp(`^\\{%-? {0,3}(${NAMES})(?: [^{}<>%]{0,80})? {0,3}-?%\\}`)

/** The opening shortcode of Hugo or Liquid that a text begins with; `null` where there is none, or one that closes itself. */
export function openShortcode(text: string): Shortcode | null {
  const hugo = HUGO.exec(text)
  if (hugo) return / \/ {0,3}[>%]\}\}$/.test(hugo[0]) ? null : { name: `/${hugo[1]}`, length: hugo[0].length }
  const liquid = LIQUID.exec(text)
  return liquid && { name: `end${liquid[1]}`, length: liquid[0].length }
}

/** What closes it. @param name as in `Shortcode` */
export const closeShortcode = (name: string): RegExp =>
  name.startsWith('/')
    ? new RegExp(`\\{\\{[<%] {0,3}/ {0,3}${name.slice(1)} {0,3}[>%]\\}\\}`)
    : new RegExp(`\\{%-? {0,3}${name} {0,3}-?%\\}`)

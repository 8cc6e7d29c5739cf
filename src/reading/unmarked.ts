/**
 * Formulas without any mark among the lines of a paragraph: whole lines of plain text or of LaTeX, and parts of
 * sentences. What is prose stays prose.
 */
import { isLatexFormula } from './bareLatex'
import { leftSide, strengthOf } from './plainLines'
import { piecesOf } from './sentences'
import type { Passage, Range } from './statement'

/** A formula, where it stands in the text of the paragraph. */
export interface UnmarkedFormula {
  readonly kind: Passage['kind']
  readonly start: number
  readonly text: string
  /** The name of a bare value, `rate = 0.1`: a formula only in a note that calculates with the name. */
  readonly weakName: string | null
}

/** The formulas of a paragraph, in order. Consecutive plain lines are one. */
export function unmarkedFormulas(text: string): UnmarkedFormula[] {
  if (!/[=＝\\]/.test(text)) return []
  const found: UnmarkedFormula[] = []
  let run: { readonly start: number; readonly end: number } | null = null
  const finish = () => {
    if (run) found.push({ kind: 'plain', start: run.start, text: text.slice(run.start, run.end), weakName: null })
    run = null
  }
  let at = 0
  for (const line of text.split('\n')) {
    const strength = strengthOf(line, run !== null)
    if (strength === 'strong') run = { start: (run as { start: number } | null)?.start ?? at, end: at + line.length }
    else finish()
    if (strength === 'weak') found.push({ kind: 'plain', start: at, text: line, weakName: leftSide(line) })
    if (strength === 'none') found.push(...otherwise(line, at))
    at += line.length + 1
  }
  finish()
  return found
}

/** The formulas of a line that is no plain one. */
function otherwise(line: string, at: number): UnmarkedFormula[] {
  const latex = latexLine(line)
  if (latex)
    return [{ kind: 'display', start: at + latex.start, text: line.slice(latex.start, latex.end), weakName: null }]
  return piecesOf(line).map(({ kind, start, end }) => ({
    kind,
    start: at + start,
    text: line.slice(start, end),
    weakName: null,
  }))
}

/** The formula that a whole line is, without the stop at its end and the brackets that chats put around it. */
function latexLine(line: string): Range | null {
  let start = 0
  let end = line.length
  while (start < end && /\s/.test(line.charAt(start))) start++
  // A backslash at the very end breaks the line.
  if (line.charAt(end - 1) === '\\') end--
  while (end > start && /[\s.,;、。．，]/.test(line.charAt(end - 1))) end--
  // `[ … ]` is what a chat leaves of a display, `[[ … ]]` the mark of some sites.
  for (let depth = 2; depth > 0; depth--) {
    const isBracketed = line.startsWith('[['.slice(0, depth), start) && line.endsWith(']]'.slice(0, depth), end)
    const inner = { start: start + depth, end: end - depth }
    if (isBracketed && isLatexFormula(line.slice(inner.start, inner.end))) return inner
  }
  return isLatexFormula(line.slice(start, end)) ? { start, end } : null
}

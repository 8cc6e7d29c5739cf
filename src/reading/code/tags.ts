/** What documentation comments say: values (`@at x = 1`), and what a function is the gradient of. */
import type { Shape } from '../../operations/operation'
import type { Range } from '../statement'

export interface AtTag {
  readonly name: string
  readonly nameRange: Range
  /** Row by row; a number is a list of one. */
  readonly numbers: readonly number[]
  /** `[]` is a number, `[3]` a list, `[2, 3]` a list of lists. */
  readonly shape: readonly number[]
  readonly text: string
  readonly valueRange: Range
}

const NUMBER = String.raw`[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`
const VALUE = new RegExp(String.raw`([\p{L}_$][\p{L}\d_$.]*(?:\[\d+\])*)\s*=\s*(\[[^@]*|${NUMBER})`, 'gu')

/** Values that `@at` gives, with ranges relative to the comment. */
export function atTags(comment: string): AtTag[] {
  const found: AtTag[] = []
  for (const tag of comment.matchAll(/@at\b([^@]*)/g)) {
    const given = tag[1] as string
    const offset = tag.index + tag[0].length - given.length
    VALUE.lastIndex = 0
    for (let match = VALUE.exec(given); match; match = VALUE.exec(given)) {
      const start = match.index
      const valueStart = start + match[0].length - (match[2] as string).length
      const text = valueAt(given, valueStart, match[2] as string)
      // The next value stands after this one, however much the pattern took.
      VALUE.lastIndex = valueStart + Math.max(1, text?.length ?? 1)
      const value = text === null ? null : numbersOf(text)
      if (text === null || !value) continue
      const name = match[1] as string
      const nameRange = { start: offset + start, end: offset + start + name.length }
      const valueRange = { start: offset + valueStart, end: offset + valueStart + text.length }
      found.push({ name, nameRange, ...value, text, valueRange })
    }
  }
  return found
}

/** The text of a value: a number, or a list up to its last bracket. */
function valueAt(text: string, start: number, matched: string): string | null {
  if (!matched.startsWith('[')) return matched
  let depth = 0
  for (let end = start; end < text.length; end++) {
    if (text[end] === '[') depth++
    if (text[end] === ']' && --depth === 0) return text.slice(start, end + 1)
  }
  return null
}

/** The numbers of `1.5`, `[1, 2]`, `[[1, 2], [3, 4]]`; `null` where rows differ in length or something is no number. */
function numbersOf(text: string): { readonly numbers: number[]; readonly shape: number[] } | null {
  if (!text.startsWith('[')) return { numbers: [Number(text.replaceAll('_', ''))], shape: [] }
  // In a comment of several lines, stars stand where lines begin.
  const items = itemsOf(text.slice(1, -1).replace(/\n\s*[*#]/g, '\n')).map((item) => numbersOf(item.trim()))
  const [first] = items
  if (!first) return null
  const numbers: number[] = []
  for (const item of items) {
    if (!item || item.shape.join() !== first.shape.join() || item.numbers.some(Number.isNaN)) return null
    numbers.push(...item.numbers)
  }
  return { numbers, shape: [items.length, ...first.shape] }
}

/** What commas outside of brackets divide; a last one may stand alone. */
function itemsOf(text: string): string[] {
  const items: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '[') depth++
    if (text[at] === ']') depth--
    if (at < text.length && (text[at] !== ',' || depth > 0)) continue
    const item = text.slice(start, at)
    if (item.trim() !== '' || at < text.length) items.push(item)
    start = at + 1
  }
  return items
}

/** Shapes of the lists that `@at` gives, by name. */
export const shapesGiven = (comment: string): Map<string, Shape> =>
  new Map(atTags(comment).flatMap(({ name, shape }) => (shape.length > 0 ? [[name, shape]] : [])))

/** The names after a tag: `@wrt w, b` gives both. */
export function tagNames(comment: string, tag: string): string[] {
  const match = new RegExp(`@${tag}\\s+([^@*\\n]*)`).exec(comment)
  return match?.[1] ? match[1].split(/[\s,]+/).filter((name) => /^[\p{L}_$][\p{L}\d_$.]*$/u.test(name)) : []
}

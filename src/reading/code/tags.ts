/** What documentation comments say: values (`@at x = 1`), and what a function is the gradient of. */
import type { Range } from '../statement'

export interface AtTag {
  readonly name: string
  readonly nameRange: Range
  readonly value: number
  readonly text: string
  readonly valueRange: Range
}

const VALUE = /([\p{L}_$][\p{L}\d_$.]*(?:\[\d+\])?)\s*=\s*([-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/gu

/** Values that `@at` gives, with ranges relative to the comment. */
export function atTags(comment: string): AtTag[] {
  const found: AtTag[] = []
  for (const tag of comment.matchAll(/@at\b([^@]*)/g)) {
    const offset = tag.index + tag[0].length - (tag[1] as string).length
    for (const match of (tag[1] as string).matchAll(VALUE)) {
      const start = offset + match.index
      const text = match[2] as string
      const valueStart = start + match[0].length - text.length
      found.push({
        name: match[1] as string,
        nameRange: { start, end: start + (match[1] as string).length },
        value: Number(text.replaceAll('_', '')),
        text,
        valueRange: { start: valueStart, end: valueStart + text.length },
      })
    }
  }
  return found
}

/** The names after a tag: `@wrt w, b` gives both. */
export function tagNames(comment: string, tag: string): string[] {
  const match = new RegExp(`@${tag}\\s+([^@*\\n]*)`).exec(comment)
  return match?.[1] ? match[1].split(/[\s,]+/).filter((name) => /^[\p{L}_$][\p{L}\d_$.]*$/u.test(name)) : []
}

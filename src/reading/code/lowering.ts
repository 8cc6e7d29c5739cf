/** What lowering of a syntax tree has at hand, whatever the language. */
import type { SyntaxNode } from '@lezer/common'
import type { Documented, Expression, Span } from './core'

export interface Source {
  readonly text: string
  /** Parses a stretch of the file as one expression, for what the parser itself can't read as a pattern. */
  readonly expressionAt: (span: Span) => SyntaxNode | null
  /** How deep in the code the part is that is being read. */
  readonly nesting: { depth: number }
}

/** Deeper than the machine goes, and well within what the stack holds. */
const DEEPEST = 400

/** Reads a part of the code unless it stands too deep inside others. */
export function nested<T>({ nesting }: Source, read: () => T, otherwise: () => T): T {
  if (nesting.depth >= DEEPEST) return otherwise()
  nesting.depth++
  const result = read()
  nesting.depth--
  return result
}

export const spanOf = ({ from, to }: Span): Span => ({ from, to })

export const written = ({ text }: Source, node: Span): string => text.slice(node.from, node.to)

/** The documentation comment that ends right above a node. */
export function commentAbove(node: SyntaxNode): Documented {
  const before = node.prevSibling
  return before?.name === 'BlockComment' ? { comment: spanOf(before) } : {}
}

/** A text literal without its quotes, its escapes resolved. */
export function unquoted(text: string): string {
  const inner = text.slice(1, -1)
  if (!inner.includes('\\')) return inner
  return inner.replace(/\\(u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|\r\n|[\s\S])/g, (_whole, escaped: string) => {
    if (/^[ux]./.test(escaped)) {
      const code = Number.parseInt(escaped.replace(/[^\da-fA-F]/g, ''), 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : ''
    }
    return ESCAPES[escaped] ?? (/[\r\n]/.test(escaped) ? '' : escaped)
  })
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' }

/** What code that breaks off is called. */
export const UNFINISHED = 'unfinished code'

/** What isn't read, with the parts of it that are: whatever these name may be changed by it. */
export const unread = (reason: string, at: Span, parts: readonly Expression[] = []): Expression => ({
  kind: 'unread',
  reason,
  parts,
  ...spanOf(at),
})

/** The pieces of a text before, between and behind what is put into it. @param quotes how many signs it begins with, and ends with */
export function textsBetween(
  source: Source,
  node: Span,
  inserted: readonly Span[],
  quotes: readonly [before: number, behind: number] = [1, 1],
): string[] {
  const starts = [node.from + quotes[0], ...inserted.map(({ to }) => to)]
  const ends = [...inserted.map(({ from }) => from), node.to - quotes[1]]
  return starts.map((from, index) => unquoted(`"${source.text.slice(from, ends[index])}"`))
}

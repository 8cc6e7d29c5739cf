/**
 * The parts of a note that GradLens wrote itself, between explicit comments. They are no part of what the author says:
 * reading leaves them out, annotating replaces them. What a comment is says Markdown: in code, HTML or front matter there is none.
 */
import { type Block, markdownTree } from './noteTree'
import type { Range } from './statement'

const MARK = /<!-- gradlens:(begin|end)\b[^\n>]*-->/g

export interface AnnotatedRegions {
  /** From the first character of the begin comment to the last of the end comment. */
  readonly regions: readonly Range[]
  /** Begin comments without an end and ends without a begin: their extent would be a guess. */
  readonly broken: readonly Range[]
}

const NONE: AnnotatedRegions = { regions: [], broken: [] }

/** Finds the annotated regions. @param blocks of the text, where it is parsed already */
export function annotatedRegions(text: string, blocks?: readonly Block[]): AnnotatedRegions {
  if (!text.includes('<!-- gradlens:')) return NONE
  const regions: Range[] = []
  const broken: Range[] = []
  let open: Range | null = null
  for (const { isBegin, ...mark } of marksIn(text, blocks ?? markdownTree(text).blocks)) {
    if (isBegin) {
      if (open) broken.push(open)
      open = mark
    } else if (open) {
      regions.push({ start: open.start, end: mark.end })
      open = null
    } else broken.push(mark)
  }
  if (open) broken.push(open)
  return { regions, broken }
}

/** The comments that stand between the outermost blocks, where annotating puts them, and any behind one in its line. */
function* marksIn(text: string, blocks: readonly Block[]): Generator<Range & { readonly isBegin: boolean }> {
  for (const { tree, from } of blocks) {
    if (tree.type.name !== 'CommentBlock') continue
    const found = [...text.slice(from, from + tree.length).matchAll(MARK)]
    if (found[0]?.index !== 0) continue
    for (const { index, 0: mark, 1: kind } of found) {
      const start = from + index
      yield { start, end: start + mark.length, isBegin: kind === 'begin' }
    }
  }
}

/** The outermost blocks of a note: paragraphs, lists, quotes, tables, headings. Something put between two of them disturbs neither. */
export const outermostBlocks = (text: string): Range[] =>
  markdownTree(text).blocks.map(({ tree, from }) => ({ start: from, end: from + tree.length }))

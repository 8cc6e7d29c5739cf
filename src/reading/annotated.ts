/**
 * The parts of a note that GradLens wrote itself, between explicit comments. They are no part of what the author says:
 * reading leaves them out, annotating replaces them.
 */
import { noteParser } from './markdownGrammar'
import type { Range } from './statement'

const BEGIN = /^<!-- gradlens:begin\b[^\n]*-->[ \t]*$/
const END = /^<!-- gradlens:end\b[^\n]*-->/
const FENCE = /^ {0,3}(`{3,}|~{3,})/

export interface AnnotatedRegions {
  /** From the first character of the begin comment to the last of the end comment. */
  readonly regions: readonly Range[]
  /** Begin comments without an end and ends without a begin: their extent would be a guess. */
  readonly broken: readonly Range[]
}

const NONE: AnnotatedRegions = { regions: [], broken: [] }

/** Finds the annotated regions. What a code fence shows (a note about GradLens, say) is none. */
export function annotatedRegions(text: string): AnnotatedRegions {
  if (!text.includes('<!-- gradlens:')) return NONE
  const regions: Range[] = []
  const broken: Range[] = []
  let open: Range | null = null
  let fence: string | null = null
  for (const line of lines(text)) {
    const mark = FENCE.exec(line.text)?.[1]
    if (!open && mark) fence = nextFence(fence, mark)
    if (fence && !open) continue
    if (BEGIN.test(line.text)) {
      if (open) broken.push(open)
      open = { start: line.start, end: line.start + line.text.length }
    }
    const end = END.exec(line.text)
    if (!end) continue
    const close = line.start + end[0].length
    if (open) regions.push({ start: open.start, end: close })
    else broken.push({ start: line.start, end: close })
    open = null
  }
  if (open) broken.push(open)
  return { regions, broken }
}

/** The fence that is open after a line of fence characters. */
function nextFence(open: string | null, mark: string): string | null {
  if (!open) return mark
  return mark[0] === open[0] && mark.length >= open.length ? null : open
}

function* lines(text: string): Generator<{ start: number; text: string }> {
  let start = 0
  while (start <= text.length) {
    const feed = text.indexOf('\n', start)
    const end = feed < 0 ? text.length : feed
    yield { start, text: text.slice(start, end).replace(/\r$/, '') }
    start = end + 1
  }
}

/** The outermost blocks of a note: paragraphs, lists, quotes, tables, headings. Something put between two of them disturbs neither. */
export function outermostBlocks(text: string): Range[] {
  const blocks: Range[] = []
  for (let node = noteParser.parse(text).topNode.firstChild; node; node = node.nextSibling) {
    blocks.push({ start: node.from, end: node.to })
  }
  return blocks
}

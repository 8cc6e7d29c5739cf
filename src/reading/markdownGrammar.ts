/** Mathematics in Markdown, as an extension of the grammar: what the built-in preview typesets, and what other tools know. */
import type { Input } from '@lezer/common'
import {
  type BlockContext,
  type Element,
  type InlineContext,
  type LeafBlock,
  type Line,
  type MarkdownConfig,
  parser,
  Table,
} from '@lezer/markdown'
import { closeShortcode, type Opening, OWN_MARKS, openingOf, openShortcode } from './delimiters'
import { dollarsIn, type Extent, extentsFrom, lineAt, type OpenMark } from './displays'

/** The parser of notes. */
export const noteParser = parser.configure([Table, mathematics(), bounds()])

function mathematics(): MarkdownConfig {
  return {
    defineNodes: [
      { name: 'FrontMatter', block: true },
      { name: 'DisplayBlock', block: true },
      'InlineMath',
      'DisplayMath',
      'MathMark',
      'MathContent',
    ],
    parseBlock: [
      { name: 'FrontMatter', parse: frontMatter, before: 'HorizontalRule' },
      {
        name: 'DisplayBlock',
        parse: displayBlock,
        endLeaf: (_, line, leaf) => displayOpening(line)?.interrupts === true && !isDisplayOpen(leaf),
        before: 'IndentedCode',
      },
    ],
    parseInline: [
      { name: 'Dollars', parse: dollars, before: 'Escape' },
      { name: 'Backslashes', parse: backslashes, before: 'Escape' },
      { name: 'Hatena', parse: hatena, before: 'Link' },
      { name: 'Shortcode', parse: shortcode, before: 'Link' },
    ],
  }
}

/** Quotes and lists within each other that anybody writes; whatever walks the tree does so recursively. */
const MAXIMUM_NESTING = 50

/** What keeps the cost of any text linear. */
function bounds(): MarkdownConfig {
  return {
    // Nobody here asks for line breaks, and the grammar looks to the end of a row of blanks from each of them.
    remove: ['HardBreak'],
    parseBlock: [{ name: 'Nested', parse: nested, before: 'LinkReference' }],
  }
}

/** A line in too many quotes and lists is text. */
function nested(cx: BlockContext, line: Line): boolean {
  if (cx.depth <= MAXIMUM_NESTING) return false
  cx.addElement(cx.elt('Paragraph', cx.lineStart + line.pos, cx.lineStart + line.text.length))
  cx.nextLine()
  return true
}

/** Front matter that is longer isn't looked for. */
export const LONGEST_FRONT_MATTER = 20_000

/** The whole document. The context has it, though its type doesn't say so. */
const inputOf = (cx: BlockContext): Input | undefined => (cx as unknown as { readonly input?: Input }).input

/** `---` at the very start, up to the next `---`. */
function frontMatter(cx: BlockContext, line: Line): boolean {
  // A blank stands for the mark of byte order.
  if (cx.lineStart !== 0 || !/^ ?---\s*$/.test(line.text)) return false
  const input = inputOf(cx)
  if (!input || !/\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.test(input.read(0, Math.min(input.length, LONGEST_FRONT_MATTER))))
    return false
  while (cx.nextLine() && !/^(?:---|\.\.\.)\s*$/.test(line.text));
  cx.nextLine()
  cx.addElement(cx.elt('FrontMatter', 0, cx.prevLineEnd()))
  return true
}

/** How a display that begins on this line opens, with the blanks that other languages indent it by; `null` where none does. */
function displayOpening(line: Line): Opening | null {
  if (line.indent >= line.baseIndent + 4) return null
  const text = line.text.slice(line.pos)
  const indent = /^\u00a0*/.exec(text)?.[0].length ?? 0
  const opening = openingOf(text.slice(indent))
  return opening && { ...opening, length: indent + opening.length }
}

/** Which mark is open at the end of what was looked at of a paragraph. */
const opened = new WeakMap<LeafBlock, { readonly upTo: number; readonly mark: OpenMark }>()

/** A paragraph has begun a display (`so we get $$`), which this line may end rather than begin another. */
function isDisplayOpen(leaf: LeafBlock): boolean {
  const { upTo, mark } = opened.get(leaf) ?? { upTo: 0, mark: '' as const }
  const now = dollarsIn(leaf.content.slice(upTo), mark).mark
  opened.set(leaf, { upTo: leaf.content.length, mark: now })
  return now === '$$'
}

const STOPS = /^[\s.,;、。]*$/

function displayBlock(cx: BlockContext, line: Line): boolean {
  const opening = displayOpening(line)
  const input = inputOf(cx)
  if (!opening || !input) return false
  const start = cx.lineStart + line.pos
  const { extents } = extentsFrom(input, start + opening.length, opening)
  const last = extents[extents.length - 1]
  if (!last) return false
  // Text behind a display of one line: both stand in a paragraph.
  const rest = lineAt(input, last.end)
  if (last.end <= cx.lineStart + line.text.length && !STOPS.test(rest)) return false
  // A shortcode around formulas that have marks of their own adds nothing.
  if (opening.isTransparent && OWN_MARKS.test(input.read(last.from, last.to))) return false
  const depth = cx.depth
  while (cx.lineStart + line.text.length < last.end) {
    if (!cx.nextLine()) break
    // A list or quote that ends here takes the display along to its end.
    if (cx.depth < depth) break
  }
  const behind = STOPS.test(line.text.slice(last.end - cx.lineStart))
  cx.nextLine()
  const end = behind ? Math.max(last.end, start) : cx.prevLineEnd()
  cx.addElement(cx.elt('DisplayBlock', start, end, contentOf(cx, input, opening, extents, end)))
  return true
}

/** The formulas of a block, and what stands between and behind them as prose. */
function contentOf(
  cx: BlockContext,
  input: Input,
  opening: Opening,
  extents: readonly Extent[],
  end: number,
): Element[] {
  const content: Element[] = []
  extents.forEach(({ from, to, end: close }, k) => {
    const start = opening.isContent ? from : Math.min(from, end)
    content.push(cx.elt('MathContent', start, Math.min(opening.isContent ? close : to, end)))
    const following = extents[k + 1]
    const next = following ? following.from - '$$'.length : end
    if (close < next && opening.isDollars) content.push(...cx.parser.parseInline(input.read(close, next), close))
  })
  return content
}

const DOLLAR = 36
const BACKSLASH = 92
const PARENTHESIS = 40
const OPENING_BRACE = 123
const isWord = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95

/** `$…$` and `$$…$$` by the rules of the built-in preview, and GitLab's form with backticks. */
function dollars(cx: InlineContext, next: number, pos: number): number {
  if (next !== DOLLAR) return -1
  const isDouble = cx.char(pos + 1) === DOLLAR
  const before = cx.char(pos - 1)
  if (before === BACKSLASH) return -1
  if (isDouble) return doubled(cx, pos)
  if (isWord(before) || before === DOLLAR || isInsideTag(cx, pos)) return -1
  if (cx.char(pos + 1) === 96) {
    const found = /^\$`([^`]+)`\$/.exec(cx.slice(pos, Math.min(cx.end, pos + 2000)))
    if (found) return add(cx, 'InlineMath', pos, pos + found[0].length, 2)
  }
  const close = unescaped(cx, '$', pos + 1)
  if (close < 0 || close === pos + 1 || cx.char(close + 1) === DOLLAR || isWord(cx.char(close + 1))) return -1
  if (isAccident(cx.slice(pos + 1, close))) return -1
  return add(cx, 'InlineMath', pos, close + 1, 1)
}

function doubled(cx: InlineContext, pos: number): number {
  const close = ahead(cx, '$$', pos + 2)
  if (close <= pos + 2) return -1
  return add(cx, 'DisplayMath', pos, close + 2, 2)
}

/** Mathematics in the attributes of raw HTML isn't any. */
const isInsideTag = (cx: InlineContext, pos: number): boolean =>
  /<\w+[^<>]*$/.test(cx.slice(Math.max(cx.offset, pos - 200), pos))

/** Signs that a stretch has no more of, so that they aren't looked for from each place again. */
const missing = new WeakMap<InlineContext, Set<string>>()

/** Where a sign stands next; -1 where it doesn't. */
function ahead(cx: InlineContext, sign: string, from: number): number {
  const none = missing.get(cx)
  if (none?.has(sign)) return -1
  const at = cx.slice(from, cx.end).indexOf(sign)
  if (at >= 0) return from + at
  missing.set(cx, (none ?? new Set<string>()).add(sign))
  return -1
}

/** The same for a sign that no backslash stands before. */
function unescaped(cx: InlineContext, sign: string, from: number): number {
  for (let at = ahead(cx, sign, from); at >= 0; at = ahead(cx, sign, at + 1)) {
    let slashes = 0
    while (cx.char(at - 1 - slashes) === BACKSLASH) slashes++
    if (slashes % 2 === 0) return at
  }
  return -1
}

/** `$2,500. In US$`, `$PATH … $`: dollars that pair by accident, around words or the end of a line. */
function isAccident(content: string): boolean {
  if (/[\\^_={}]/.test(content)) return false
  return content.includes('\n') || /^\s*\d.*[A-Za-z]{2}/.test(content)
}

/** `\(…\)`, `\[…\]`, and doubled as other tools need them. */
function backslashes(cx: InlineContext, next: number, pos: number): number {
  if (next !== BACKSLASH) return -1
  const found = /^(\\\\?)([([])/.exec(cx.slice(pos, Math.min(cx.end, pos + 3)))
  if (!found) return -1
  const [mark, slashes = '', bracket] = found
  const close = slashes + (bracket === '(' ? ')' : ']')
  const start = pos + mark.length
  const end = ahead(cx, close, start)
  if (end <= start || cx.char(end - 1) === BACKSLASH || cx.char(end + close.length) === PARENTHESIS) return -1
  const node = bracket === '(' ? 'InlineMath' : 'DisplayMath'
  return add(cx, node, pos, end + close.length, mark.length)
}

/** A longer formula within a line isn't looked for. */
const LONGEST_INLINE = 2000

/** Hatena's `[tex: …]`. */
function hatena(cx: InlineContext, next: number, pos: number): number {
  if (next !== 91 || cx.slice(pos, Math.min(cx.end, pos + 5)) !== '[tex:') return -1
  const text = cx.slice(pos + 5, Math.min(cx.end, pos + LONGEST_INLINE))
  for (let at = 0, depth = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '\\') at++
    else if (character === '[') depth++
    else if (character === ']' && depth-- === 0) {
      return cx.addElement(
        cx.elt('InlineMath', pos, pos + at + 6, [
          cx.elt('MathMark', pos, pos + 5),
          cx.elt('MathMark', pos + at + 5, pos + at + 6),
        ]),
      )
    }
  }
  return -1
}

/** Hugo's `{{< katex >}} … {{< /katex >}}` and Liquid's `{% math %} … {% endmath %}` within a line. */
function shortcode(cx: InlineContext, next: number, pos: number): number {
  if (next !== OPENING_BRACE || missing.get(cx)?.has('shortcode')) return -1
  const open = openShortcode(cx.slice(pos, Math.min(cx.end, pos + 200)))
  if (!open) return -1
  const from = pos + open.length
  const close = closeShortcode(open.name).exec(cx.slice(from, cx.end))
  if (!close) {
    missing.set(cx, (missing.get(cx) ?? new Set<string>()).add('shortcode'))
    return -1
  }
  const to = from + close.index
  if (OWN_MARKS.test(cx.slice(from, to))) return -1
  const marks = [cx.elt('MathMark', pos, from), cx.elt('MathMark', to, to + close[0].length)]
  return cx.addElement(cx.elt('InlineMath', pos, to + close[0].length, marks))
}

function add(cx: InlineContext, node: string, from: number, to: number, mark: number): number {
  return cx.addElement(
    cx.elt(node, from, to, [cx.elt('MathMark', from, from + mark), cx.elt('MathMark', to - mark, to)]),
  )
}

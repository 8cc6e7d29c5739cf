/** Mathematics in Markdown, as an extension of the grammar: what the built-in preview typesets, and what other tools know. */
import type { Input } from '@lezer/common'
import { type BlockContext, type InlineContext, type Line, type MarkdownConfig, parser, Table } from '@lezer/markdown'

/** The parser of notes. */
export const noteParser = parser.configure([Table, mathematics()])

function mathematics(): MarkdownConfig {
  return {
    defineNodes: [
      { name: 'FrontMatter', block: true },
      { name: 'DisplayBlock', block: true },
      'InlineMath',
      'DisplayMath',
      'MathMark',
    ],
    parseBlock: [
      { name: 'FrontMatter', parse: frontMatter, before: 'HorizontalRule' },
      {
        name: 'DisplayBlock',
        parse: displayBlock,
        endLeaf: (_, line) => displayOpening(line) !== null,
        before: 'IndentedCode',
      },
    ],
    parseInline: [
      { name: 'Dollars', parse: dollars, before: 'Escape' },
      { name: 'Backslashes', parse: backslashes, before: 'Escape' },
      { name: 'Hatena', parse: hatena, before: 'Link' },
    ],
  }
}

/** The whole document. The context has it, though its type doesn't say so. */
const inputOf = (cx: BlockContext): Input | undefined => (cx as unknown as { readonly input?: Input }).input

/** `---` at the very start, up to the next `---`. */
function frontMatter(cx: BlockContext, line: Line): boolean {
  if (cx.lineStart !== 0 || !/^---\s*$/.test(line.text)) return false
  const input = inputOf(cx)
  if (!input || !/\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.test(input.read(0, Math.min(input.length, 20_000)))) return false
  while (cx.nextLine() && !/^(?:---|\.\.\.)\s*$/.test(line.text));
  cx.nextLine()
  cx.addElement(cx.elt('FrontMatter', 0, cx.prevLineEnd()))
  return true
}

interface Opening {
  readonly open: RegExp
  /** What ends it, in a later line. */
  readonly close: RegExp
  /** A line by which it must have ended. */
  readonly limit: RegExp
}

const ENVIRONMENT = /^\\begin\{((?:align|equation|gather|eqnarray|multline|flalign|alignat|displaymath)\*?)\}/
const LIMIT = /^ {0,3}(?:#{1,6}\s|```|~~~)/

/** How a display that begins on this line opens; `null` where none does. */
function displayOpening(line: Line): Opening | null {
  const rest = line.text.slice(line.pos)
  if (line.indent >= line.baseIndent + 4) return null
  if (rest.startsWith('$$')) return { open: /^\$\$/, close: /\$\$/, limit: LIMIT }
  if (/^\\\\?\[/.test(rest) && !/^\\\[[^\]]*\]\(/.test(rest))
    return { open: /^\\\\?\[/, close: /\\\\?\]/, limit: LIMIT }
  const environment = ENVIRONMENT.exec(rest)
  if (!environment) return null
  return { open: /^/, close: new RegExp(`\\\\end\\{${(environment[1] ?? '').replace('*', '\\*')}\\}`), limit: LIMIT }
}

/** How far the end of a display is looked for: a half-typed one must not swallow the note. */
const MAXIMUM_LINES = 400

/** The end of a display that opens on the current line, as an offset of the document; -1 where it has none. */
function displayEnd(cx: BlockContext, line: Line, opening: Opening): number {
  const first = line.text.slice(line.pos).replace(opening.open, (mark) => ' '.repeat(mark.length))
  const within = opening.close.exec(first)
  const start = cx.lineStart + line.pos
  if (within) {
    // Text behind it: then it stands in a paragraph.
    const end = within.index + within[0].length
    return /^[\s.,;、。]*$/.test(first.slice(end)) ? start + end : -1
  }
  const input = inputOf(cx)
  if (!input) return -1
  let at = cx.lineStart + line.text.length + 1
  for (let count = 0; count < MAXIMUM_LINES && at < input.length; count++) {
    const chunk = lineAt(input, at)
    if (opening.limit.test(chunk)) return -1
    const found = opening.close.exec(chunk)
    if (found) return at + found.index + found[0].length
    at += chunk.length + 1
  }
  return -1
}

function lineAt(input: Input, from: number): string {
  let size = 256
  for (;;) {
    const to = Math.min(input.length, from + size)
    const text = input.read(from, to)
    const end = text.indexOf('\n')
    if (end >= 0) return text.slice(0, end)
    if (to === input.length) return text
    size *= 4
  }
}

function displayBlock(cx: BlockContext, line: Line): boolean {
  const opening = displayOpening(line)
  if (!opening) return false
  const end = displayEnd(cx, line, opening)
  if (end < 0) return false
  const start = cx.lineStart + line.pos
  const depth = cx.depth
  while (cx.lineStart + line.text.length < end) {
    if (!cx.nextLine()) break
    // A list or quote that ends here takes the display along to its end.
    if (cx.depth < depth) break
  }
  const rest = line.text.slice(end - cx.lineStart)
  const behind = /^[\s.,;、。]*$/.test(rest)
  cx.nextLine()
  cx.addElement(cx.elt('DisplayBlock', start, behind ? Math.max(end, start) : cx.prevLineEnd()))
  return true
}

const DOLLAR = 36
const BACKSLASH = 92
const PARENTHESIS = 40
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

/** Hatena's `[tex: …]`. */
function hatena(cx: InlineContext, next: number, pos: number): number {
  if (next !== 91 || cx.slice(pos, Math.min(cx.end, pos + 5)) !== '[tex:') return -1
  const text = cx.slice(pos + 5, cx.end)
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

function add(cx: InlineContext, node: string, from: number, to: number, mark: number): number {
  return cx.addElement(
    cx.elt(node, from, to, [cx.elt('MathMark', from, from + mark), cx.elt('MathMark', to - mark, to)]),
  )
}

/** Which parts of a note are mathematics, plain formulas and code. */
import type { SyntaxNode, Tree } from '@lezer/common'
import { annotatedRegions } from './annotated'
import { joinContinued } from './continued'
import { htmlFormulas, htmlPictures, htmlText, tagText } from './html'
import { noteParser } from './markdownGrammar'
import type { Notebook } from './notebook'
import { evened } from './noteText'
import { type Block, markdownTree, type NoteTree } from './noteTree'
import { pictureFormula } from './pictures'
import { BARRIER } from './sentences'
import type { Passage, Range } from './statement'
import { type UnmarkedFormula, unmarkedFormulas } from './unmarked'

interface Walk {
  readonly text: string
  /** Where the text begins in the note. */
  readonly base: number
  readonly passages: Passage[]
  /** What GradLens wrote into the note itself: no part of what the author says. */
  readonly annotated: readonly Range[]
  /** Number of the heading at each level. */
  readonly section: number[]
  /** The same, for passages: one for all below a heading. */
  path: readonly number[]
  /** Passages that count only where the note calculates with their name. */
  readonly weak: Map<Passage, string>
  /** The text is what HTML encloses. */
  readonly isHtml?: boolean
  block: number
}

const walkThrough = (text: string, annotated: readonly Range[] = []): Walk => ({
  text,
  base: 0,
  passages: [],
  annotated,
  section: [],
  path: [],
  weak: new Map(),
  block: 0,
})

const CODE = /^(?:ts|js|tsx|jsx|typescript|javascript|py|py3|python|python3|ipython|ipython3)$/
const PYTHON = /^i?py/
const FENCED_MATHEMATICS = /^(?:math|latex|tex|katex)$/
const HEADING = /^(?:ATXHeading|SetextHeading)(\d)$/

/** All passages of a note, in the order of the document. */
export function readMarkdown(text: string, previous?: NoteTree): Passage[] {
  return passagesOf(markdownTree(text, previous))
}

/** The passages of a parsed note. */
export function passagesOf({ even: text, blocks }: NoteTree): Passage[] {
  const walk = walkThrough(text, annotatedRegions(text, blocks).regions)
  for (const block of blocks) outerBlock(walk, block)
  return joinContinued(text, withoutSettings(walk))
}

const WORD = /[A-Za-z_]\w*|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}々ー]+/gu

/** The passages of a notebook's cells; headings hold on from cell to cell, nothing else does. */
export function cellPassages({ text, cells, language }: Notebook): Passage[] {
  const walk = walkThrough(text)
  for (const { kind, start, end } of cells) {
    const source = text.slice(start, end)
    walk.block++
    if (kind === 'markdown') {
      const inner = { ...walk, text: source, base: start, annotated: annotatedRegions(source).regions }
      blocks(inner, noteParser.parse(evened(source)).topNode)
      goOnBehind(walk, inner)
    } else if (kind === 'code' && CODE.test(language)) {
      push(walk, 'code', start, source, PYTHON.test(language) ? 'python' : 'typescript')
    }
  }
  return joinContinued(text, withoutSettings(walk))
}

/** What follows is counted on from what was read within. */
function goOnBehind(walk: Walk, inner: Walk): void {
  walk.block = inner.block
  walk.path = inner.path
}

/** A word with a number is a setting, unless the word is used in a formula. */
function withoutSettings(walk: Walk): readonly Passage[] {
  if (walk.weak.size === 0) return walk.passages
  const words = new Set<string>()
  for (const passage of walk.passages) {
    if (walk.weak.has(passage)) continue
    for (const [word] of passage.text.matchAll(WORD)) words.add(word)
  }
  return walk.passages.filter((passage) => words.has(walk.weak.get(passage) ?? '') || !walk.weak.has(passage))
}

function blocks(walk: Walk, parent: SyntaxNode): void {
  for (let node = parent.firstChild; node; node = node.nextSibling) block(walk, node)
}

/**
 * One of the outermost blocks. One that an edit doesn't touch has the same tree as before: what it held is taken over, and it isn't looked
 * into.
 */
function outerBlock(walk: Walk, { tree, from }: Block): void {
  if (isAnnotated(walk, from)) return
  const held = heldBy(tree, walk.text, from)
  if (held === null) {
    const inner = { ...walk, text: textOf(tree, walk.text, from), base: from, annotated: [] }
    block(inner, tree.topNode)
    goOnBehind(walk, inner)
    return
  }
  if (held.level > 0) enterSection(walk, held.level)
  for (const { kind, start, text, language, block, weakName } of held.passages) {
    const place = { kind, start: from + start, text, section: walk.path, block: walk.block + block }
    const passage = language ? { ...place, language } : place
    walk.passages.push(passage)
    if (weakName !== null) walk.weak.set(passage, weakName)
  }
  walk.block += held.blocks
}

/** What a block holds, wherever it stands: offsets and numbers of blocks are counted from where it begins. */
interface Held {
  /** Of a heading; 0 for all else. */
  readonly level: number
  readonly blocks: number
  readonly passages: readonly (Omit<Passage, 'section'> & { readonly weakName: string | null })[]
}

const known = new WeakMap<Tree, Held | null>()

const textOf = (tree: Tree, text: string, from: number): string => text.slice(from, from + tree.length)

/** `null` where headings stand within: what a section is there depends on what stands before. */
function heldBy(tree: Tree, text: string, from: number): Held | null {
  const found = known.get(tree)
  if (found !== undefined) return found
  const level = Number(HEADING.exec(tree.type.name)?.[1] ?? 0)
  const walk = walkThrough(textOf(tree, text, from))
  block(walk, tree.topNode)
  const passages = walk.passages.map((passage) => {
    const { kind, start, text, language, block } = passage
    return { kind, start, text, language, block, weakName: walk.weak.get(passage) ?? null }
  })
  const held = walk.section.length !== level ? null : { level, blocks: walk.block, passages }
  known.set(tree, held)
  return held
}

const isAnnotated = ({ annotated }: Walk, at: number): boolean =>
  annotated.some(({ start, end }) => start <= at && at < end)

function block(walk: Walk, node: SyntaxNode): void {
  if (isAnnotated(walk, node.from)) return
  const heading = HEADING.exec(node.name)
  if (heading) {
    enterSection(walk, Number(heading[1]))
    walk.block++
    inlines(walk, node)
    return
  }
  switch (node.name) {
    case 'Paragraph':
      walk.block++
      paragraph(walk, node)
      return
    case 'DisplayBlock':
      walk.block++
      display(walk, node)
      return
    case 'FencedCode':
      walk.block++
      fence(walk, node)
      return
    case 'CodeBlock':
      walk.block++
      indented(walk, node)
      return
    case 'HTMLBlock':
      walk.block++
      // What is left of a tag in HTML is half of one.
      if (!walk.isHtml) html(walk, node)
      return
    case 'Table':
      walk.block++
      table(walk, node)
      return
    case 'Blockquote':
    case 'BulletList':
    case 'OrderedList':
    case 'ListItem':
    case 'Task':
      blocks(walk, node)
      return
    default:
  }
}

/** Headings deeper than the new one end; one at its level counts on. */
function enterSection(walk: Walk, level: number): void {
  while (walk.section.length < level) walk.section.push(-1)
  walk.section.length = level
  walk.section[level - 1] = (walk.section[level - 1] ?? -1) + 1
  walk.path = walk.section.filter((number) => number >= 0)
}

function push(walk: Walk, kind: Passage['kind'], start: number, text: string, language?: Passage['language']): void {
  if (text.trim() === '') return
  walk.passages.push({
    kind,
    start: walk.base + start,
    text,
    section: walk.path,
    block: walk.block,
    ...(language ? { language } : {}),
  })
}

function pushUnmarked(walk: Walk, start: number, run: UnmarkedFormula): void {
  push(walk, run.kind, start, run.text)
  const last = walk.passages[walk.passages.length - 1]
  if (last && run.weakName !== null) walk.weak.set(last, run.weakName)
}

/** A stretch of the document with the marks of quotes blanked out. */
function stretch(walk: Walk, node: SyntaxNode, from: number, to: number): string {
  let text = walk.text.slice(from, to)
  // A mark within stands at the beginning of a line.
  if (!text.includes('\n')) return text
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name === 'QuoteMark' && child.to > from && child.from < to)
      text = blanked(text, child.from - from, child.to - from)
  }
  return text
}

const blanked = (text: string, from: number, to: number): string => {
  const start = Math.max(0, from)
  return text.slice(0, start) + ' '.repeat(Math.max(0, to - start)) + text.slice(Math.max(to, start))
}

/** Formulas with marks first; what stands between them may hold some without. */
function paragraph(walk: Walk, node: SyntaxNode): void {
  const before = walk.passages.length
  inlines(walk, node)
  for (const run of unmarkedFormulas(unmarkedText(walk, node))) pushUnmarked(walk, node.from + run.start, run)
  const added = walk.passages.splice(before).sort((a, b) => a.start - b.start)
  walk.passages.push(...added)
}

/** The text of a paragraph where a barrier stands for each formula with marks, code, link and tag. */
function unmarkedText(walk: Walk, node: SyntaxNode): string {
  const text = stretch(walk, node, node.from, node.to)
  const parts: string[] = []
  let done = 0
  for (const { name, from, to } of hiddenIn(node)) {
    const hidden = text.slice(from - node.from, to - node.from)
    const isScript = name === 'HTMLTag' && /^<\/?su[pb]>$/i.test(hidden)
    parts.push(text.slice(done, from - node.from), isScript ? tagText(hidden) : hidden.replace(/[^\n]/g, BARRIER))
    done = to - node.from
  }
  return parts.join('') + text.slice(done)
}

const HIDDEN = new Set('InlineMath DisplayMath InlineCode Image Autolink HTMLTag Comment'.split(' '))

function* hiddenIn(parent: SyntaxNode): Generator<SyntaxNode> {
  for (let child = parent.firstChild; child; child = child.nextSibling) {
    if (HIDDEN.has(child.name) || isLink(child)) yield child
    else yield* hiddenIn(child)
  }
}

/** Mathematics among words; links are passed over, and pictures that no formula is drawn in. */
function inlines(walk: Walk, node: SyntaxNode): void {
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name === 'InlineMath' || child.name === 'DisplayMath') mathematics(walk, node, child)
    else if (child.name === 'Image') picture(walk, node, child.getChild('URL'))
    else if (child.name === 'HTMLTag') tag(walk, node, child)
    else if (!isLink(child) && child.name !== 'InlineCode') inlines(walk, child)
  }
}

/** A picture of a formula; a display where it stands alone. */
function picture(walk: Walk, parent: SyntaxNode, address: { from: number; to: number } | null): void {
  const found = address && pictureFormula(walk.text.slice(address.from, address.to))
  if (!address || !found) return
  const isAlone = walk.text.slice(parent.from, parent.to).trim().search(/\s/) < 0
  push(walk, isAlone ? 'display' : 'inline', address.from + found.start, found.text)
}

/** A picture in HTML; `<math>` is seen, though what it holds can't be read. */
function tag(walk: Walk, parent: SyntaxNode, node: SyntaxNode): void {
  const { from, name } = node
  if (name === 'HTMLTag' && /^<math[\s>]/i.test(walk.text.slice(from, from + 6))) {
    const close = walk.text.slice(from, parent.to).search(/<\/math>/i)
    if (close > 0) push(walk, 'display', from, walk.text.slice(from, from + close))
  }
  for (const { start, end } of htmlPictures(walk.text.slice(node.from, node.to)))
    picture(walk, parent, { from: node.from + start, to: node.from + end })
}

/** Brackets with a target; brackets alone are only brackets. */
const isLink = (node: SyntaxNode): boolean =>
  node.name === 'Link' && (node.getChild('URL') !== null || node.getChild('LinkLabel') !== null)

function mathematics(walk: Walk, parent: SyntaxNode, node: SyntaxNode): void {
  const from = node.firstChild?.to ?? node.from
  const to = node.lastChild?.from ?? node.to
  const text = stretch(walk, parent, from, to)
  push(walk, node.name === 'InlineMath' ? 'inline' : 'display', from, withoutQuotes(text))
}

/** Quote marks inside of an inline stretch that the tree doesn't show, and labels as R Markdown sets them. */
const withoutQuotes = (text: string): string =>
  text.replace(/\n([ \t]*>)+|\(\\#eq:[\w-]{1,80}\)/g, (mark) => mark.replace(/[^\n]/g, ' '))

/** A display, and the prose and further displays that its lines hold. */
function display(walk: Walk, node: SyntaxNode): void {
  for (const { from, to } of node.getChildren('MathContent'))
    push(walk, 'display', from, withoutQuotes(stretch(walk, node, from, to)))
  const before = walk.passages.length
  inlines(walk, node)
  if (walk.passages.length === before) return
  const first = walk.passages.findIndex(({ start }) => start >= walk.base + node.from)
  walk.passages.push(...walk.passages.splice(first).sort((a, b) => a.start - b.start))
}

function fence(walk: Walk, node: SyntaxNode): void {
  const info = node.getChild('CodeInfo')
  const language = info ? (/^\{?\.?([\w+-]*)/.exec(walk.text.slice(info.from, info.to))?.[1] ?? '').toLowerCase() : ''
  const isCode = CODE.test(language)
  if (!isCode && !FENCED_MATHEMATICS.test(language)) return
  const first = node.getChildren('CodeText')
  const [start] = first
  const end = first[first.length - 1]
  if (!start || !end) return
  const text = stretch(walk, node, start.from, end.to)
  if (isCode) push(walk, 'code', start.from, text, PYTHON.test(language) ? 'python' : 'typescript')
  else push(walk, 'display', start.from, withoutOptions(withoutQuotes(text)))
}

/** `:label: name` above the formula of a directive. */
const withoutOptions = (text: string): string =>
  text.replace(/^(?:[ \t]*:\w[\w-]*:.*\n)+/, (options) => options.replace(/[^\n]/g, ' '))

/** An indented block is plain text where every line of it is a formula. */
function indented(walk: Walk, node: SyntaxNode): void {
  const text = stretch(walk, node, node.from, node.to)
  const runs = unmarkedFormulas(text)
  const lines = text.split('\n').filter((line) => line.trim() !== '').length
  const read = runs.reduce((count, run) => count + run.text.split('\n').filter((line) => line.trim() !== '').length, 0)
  if (lines !== read) return
  for (const run of runs) pushUnmarked(walk, node.from + run.start, run)
}

/** HTML between two blank lines: what its tags enclose is read as a paragraph. */
function html(walk: Walk, node: SyntaxNode): void {
  const source = stretch(walk, node, node.from, node.to)
  for (const { kind, start, end } of htmlFormulas(source)) push(walk, kind, node.from + start, source.slice(start, end))
  tag(walk, node, node)
  const text = htmlText(source)
  if (!/[=$\\]/.test(text)) return
  const inner = { ...walk, text, base: walk.base + node.from, annotated: [], isHtml: true }
  blocks(inner, noteParser.parse(text).topNode)
  goOnBehind(walk, inner)
}

function table(walk: Walk, node: SyntaxNode): void {
  for (let row = node.firstChild; row; row = row.nextSibling) {
    for (let cell = row.firstChild; cell; cell = cell.nextSibling) {
      const before = walk.passages.length
      if (cell.name === 'TableCell') inlines(walk, cell)
      // In a cell a bar is written with a backslash.
      const added = walk.passages.splice(before)
      walk.passages.push(...added.map((passage) => ({ ...passage, text: passage.text.replace(/\\\|/g, ' |') })))
    }
  }
}

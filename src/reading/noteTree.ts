/**
 * The outermost blocks of a note, parsed. After an edit the parser begins at the last block that the edit can't have changed, and stops
 * where it finds itself at the beginning of an old one: a note is parsed as far as it changed.
 */
import type { Tree } from '@lezer/common'
import { BlockContext } from '@lezer/markdown'
import { openingOf } from './delimiters'
import { extentsFrom, lineAt, MAXIMUM_LINES } from './displays'
import { LONGEST_FRONT_MATTER, noteParser } from './markdownGrammar'
import { evened } from './noteText'

/** One of the outermost blocks; offsets in the tree are counted from where it begins. */
export interface Block {
  readonly tree: Tree
  readonly from: number
}

/** The blocks of a note, and the text that they are of, also as the parser wants it. */
export interface NoteTree {
  readonly text: string
  readonly even: string
  readonly blocks: readonly Block[]
}

/** Parses a note; with the blocks of an earlier text only what changed. */
export function markdownTree(text: string, previous?: NoteTree): NoteTree {
  if (previous?.text === text) return previous
  const even = evened(text)
  if (!previous) return { text, even, blocks: parsed(even, 0, () => null).blocks }
  const change = wholeLines(changeBetween(previous.even, even), even)
  const first = firstChanged(previous, even, change)
  const from = first < 0 ? 0 : lineStart(even, (previous.blocks[first] as Block).from)
  const { blocks, goesOn } = parsed(even, from, oldBlockAt(previous, even, change))
  const before = previous.blocks.slice(0, Math.max(0, first))
  return { text, even, blocks: [...before, ...blocks, ...behind(previous.blocks, goesOn, even, previous.even)] }
}

function behind(blocks: readonly Block[], from: number | null, even: string, before: string): readonly Block[] {
  if (from === null) return []
  const by = even.length - before.length
  const kept = blocks.slice(from)
  return by === 0 ? kept : kept.map((block) => ({ tree: block.tree, from: block.from + by }))
}

/**
 * Parses from the beginning of a line at which no block is open, up to the end, or where what was parsed before goes on.
 * @param oldAt the old block that begins behind a place, by its number
 */
function parsed(
  text: string,
  from: number,
  oldAt: (place: number) => number | null,
): { readonly blocks: readonly Block[]; readonly goesOn: number | null } {
  const parse = noteParser.startParse(text, [], [{ from, to: text.length }])
  let goesOn: number | null = null
  for (;;) {
    const tree = parse.advance()
    if (tree) return { blocks: [...outermost(tree, from)], goesOn }
    // Within a list or quote what follows may still belong to it.
    if (goesOn !== null || !(parse instanceof BlockContext) || parse.depth > 1) continue
    goesOn = oldAt(parse.parsedPos)
    if (goesOn !== null) parse.stopAt(parse.parsedPos - 1)
  }
}

/** A tree of many children is balanced by nodes without a type. */
function* outermost(parent: Tree, from: number): Generator<Block> {
  for (let k = 0; k < parent.children.length; k++) {
    const tree = parent.children[k] as Tree
    const at = from + (parent.positions[k] as number)
    if (tree.type.isAnonymous) yield* outermost(tree, at)
    else yield { tree, from: at }
  }
}

const lineStart = (text: string, at: number): number => (at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1)

/** An empty line before it, or nothing: no block goes on at this line but a list. */
const isApart = (text: string, line: number): boolean =>
  line === 0 || text.slice(lineStart(text, line - 1), line).trim() === ''

/**
 * The number of the old block that begins where the parser stands, behind an empty line, now and before: there nothing was open then,
 * nothing is open now, and the parser never looks back.
 */
function oldBlockAt(
  { even: before, blocks }: NoteTree,
  even: string,
  { toA }: Change,
): (place: number) => number | null {
  const by = even.length - before.length
  let next = firstFrom(blocks, toA)
  return (place) => {
    for (; next < blocks.length; next++) {
      const { from } = blocks[next] as Block
      const line = lineStart(even, from + by)
      if (line < place || line - by < toA) continue
      if (even.slice(place, line).trim() !== '') return null
      return isApart(even, line) && isApart(before, line - by) ? next : null
    }
    return null
  }
}

/** The number of the first block that begins at a place or behind it. */
function firstFrom(blocks: readonly Block[], place: number): number {
  let [low, high] = [0, blocks.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((blocks[middle] as Block).from < place) low = middle + 1
    else high = middle
  }
  return low
}

/** The last block that begins before the change whatever the change is; -1 where there is none. */
function firstChanged(previous: NoteTree, even: string, change: Change): number {
  const { blocks } = previous
  let first = Math.min(firstFrom(blocks, change.fromA) - 1, firstGlance(previous, even, change))
  while (first >= 0 && !isApart(even, lineStart(even, (blocks[first] as Block).from))) first--
  return first
}

interface Change {
  readonly fromA: number
  readonly toA: number
  readonly fromB: number
  readonly toB: number
}

/** The change with all of its lines: what a line is depends on its indentation. */
function wholeLines({ fromA, toA, fromB, toB }: Change, even: string): Change {
  const before = fromB - lineStart(even, fromB)
  const feed = even.indexOf('\n', toB)
  const behind = (feed < 0 ? even.length : feed + 1) - toB
  return { fromA: fromA - before, toA: toA + behind, fromB: fromB - before, toB: toB + behind }
}

function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length)
  const start = alike(shorter, (from, to) => before.slice(from, to) === after.slice(from, to))
  const fromEnd = (text: string, from: number, to: number) => text.slice(text.length - to, text.length - from)
  const end = alike(shorter - start, (from, to) => fromEnd(before, from, to) === fromEnd(after, from, to))
  return { fromA: start, toA: before.length - end, fromB: start, toB: after.length - end }
}

/** Texts are compared in stretches of so many characters: that is quicker than one by one. */
const STRETCH = 4096

/** How far two texts are alike, of at most `most` characters: by stretches, and in the first that isn't, by halves of it. */
function alike(most: number, isAlike: (from: number, to: number) => boolean): number {
  let done = 0
  while (done < most && isAlike(done, Math.min(most, done + STRETCH))) done = Math.min(most, done + STRETCH)
  let differs = Math.min(most, done + STRETCH)
  while (done + 1 < differs) {
    const middle = (done + differs) >> 1
    if (isAlike(done, middle)) done = middle
    else differs = middle
  }
  return done
}

/**
 * The number of the first block before a change that was decided by what the change touches: front matter that wasn't closed, a display
 * that found no end. A tree tells what a block is, not how far its parser looked. Infinite where there is none.
 */
function firstGlance({ even: before, blocks }: NoteTree, even: string, change: Change): number {
  const [top] = blocks
  const isOpen = /^ ?---\s*(?:\n|$)/.test(even.slice(0, 80)) && top?.tree.type.name !== 'FrontMatter'
  if (isOpen && change.fromA <= LONGEST_FRONT_MATTER) return 0
  const nearest = linesBefore(even, change.fromA)
  let first = Number.POSITIVE_INFINITY
  for (let k = firstFrom(blocks, change.fromA) - 1; k >= 0; k--) {
    const block = blocks[k] as Block
    if (block.from + block.tree.length < nearest) break
    if (!looksAhead(before, block)) continue
    if (Math.max(looked(before, block), looked(even, block)) >= change.fromA) first = k
  }
  return first
}

/** The beginning of the farthest line from which a display would be looked for here. */
function linesBefore(text: string, from: number): number {
  let at = from
  for (let count = 0; count <= MAXIMUM_LINES && at > 0; count++) at = lineStart(text, at - 1)
  return at
}

/** What a block is may depend on what stands behind it. */
function looksAhead(text: string, block: Block): boolean {
  const known = ahead.get(block.tree)
  if (known !== undefined) return known
  const isAhead = looked(text, block) > block.from + block.tree.length + 1
  ahead.set(block.tree, isAhead)
  return isAhead
}

const ahead = new WeakMap<Tree, boolean>()

/** How far was looked for the ends of displays that begin, or might begin, in a block. */
function looked(text: string, { from, tree }: Block): number {
  const source = { length: text.length, read: (start: number, end: number) => text.slice(start, end) }
  const end = from + tree.length
  let farthest = from
  for (let start = lineStart(text, from); start <= end; ) {
    const line = lineAt(source, start)
    // Quotes and lists stand before a display; that a display can't stand here only costs reading a few lines again.
    const indent = /^[\s>*+\d.)-]{0,200}/.exec(line)?.[0].length ?? 0
    const opening = openingOf(line.slice(indent))
    if (opening) farthest = Math.max(farthest, extentsFrom(source, start + indent + opening.length, opening).looked)
    start += line.length + 1
  }
  return farthest
}

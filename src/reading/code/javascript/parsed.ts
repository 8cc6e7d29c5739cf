/** Syntax trees of texts that were read lately: after a keystroke only what it touches is parsed again. */
import { type Tree, TreeFragment } from '@lezer/common'
import { parser } from '@lezer/javascript'

const PARSER = parser.configure({ dialect: 'ts jsx' })

interface Parsed {
  readonly text: string
  readonly tree: Tree
  readonly fragments: readonly TreeFragment[]
}

/** The newest first. A few, for files that are edited in turns. */
const recent: Parsed[] = []
const MOST = 4
/** Below this many characters parsing anew costs nothing. */
const SHORT = 2_000

/** Parses a text as TypeScript with JSX, from the tree of a text that was almost the same where there is one. */
export function parsed(text: string): Tree {
  const known = recent.find((each) => each.text === text)
  if (known) return known.tree
  if (text.length < SHORT) return PARSER.parse(text)
  const old = recent.find((each) => isAlike(each.text, text))
  const fragments = old ? TreeFragment.applyChanges(old.fragments, [changeBetween(old.text, text)]) : []
  const tree = PARSER.parse(text, fragments)
  recent.unshift({ text, tree, fragments: TreeFragment.addTree(tree, fragments) })
  if (old) recent.splice(recent.indexOf(old), 1)
  recent.length = Math.min(recent.length, MOST)
  return tree
}

function changeBetween(before: string, after: string) {
  const fromA = commonStart(before, after)
  const end = commonEnd(before, after, fromA)
  return { fromA, toA: before.length - end, fromB: fromA, toB: after.length - end }
}

/** At least nine tenths of the longer text are the same. */
function isAlike(before: string, after: string): boolean {
  const longer = Math.max(before.length, after.length)
  if (Math.abs(before.length - after.length) > longer / 10) return false
  const start = commonStart(before, after)
  return start + commonEnd(before, after, start) >= 0.9 * longer
}

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length)
  let at = 0
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++
  return at
}

function commonEnd(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start
  let count = 0
  while (count < most && a.charCodeAt(a.length - 1 - count) === b.charCodeAt(b.length - 1 - count)) count++
  return count
}

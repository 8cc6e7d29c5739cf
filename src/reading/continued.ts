/** Displays that go on from the display before: `= …` on a new one. They are one passage, so that a chain stays one chain. */
import type { Passage } from './statement'

const BEGINS_WITH_RELATION = /^\s*(?:\\(?:displaystyle|begin\{(?:aligned|align\*?|split)\}|large|Large)\s*)*&?\s*=/
/** How much prose may stand between. */
const MAXIMUM_DISTANCE = 400

/** The passages, with each that begins with a relation joined to the one before it. What stands between is blanked out. */
export function joinContinued(text: string, passages: readonly Passage[]): Passage[] {
  const joined: Passage[] = []
  for (const passage of passages) {
    const last = joined[joined.length - 1]
    if (last && goesOn(text, last, passage)) {
      joined.pop()
      joined.push(join(last, passage))
    } else joined.push(passage)
  }
  return joined
}

function goesOn(text: string, last: Passage, passage: Passage): boolean {
  if (last.kind === 'code' || passage.kind === 'code' || last.kind === 'plain' || passage.kind === 'plain') return false
  if (!BEGINS_WITH_RELATION.test(passage.text) || !last.text.includes('=')) return false
  const between = text.slice(last.start + last.text.length, passage.start)
  if (between.length > MAXIMUM_DISTANCE) return false
  const isClose = /^[\s$\\()[\]>.,;`]*(?:math)?\s*$/.test(between)
  return passage.kind === 'display' && last.kind === 'display'
    ? !/\n\s{0,3}#/.test(between)
    : isClose && last.section.join() === passage.section.join()
}

function join(last: Passage, passage: Passage): Passage {
  const gap = passage.start - last.start - last.text.length
  return { ...last, kind: 'display', text: last.text + ' '.repeat(gap) + passage.text }
}

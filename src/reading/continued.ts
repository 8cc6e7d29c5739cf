/** Displays that go on from the display before: `= …` on a new one. They are one passage, so that a chain stays one chain. */
import type { Passage } from './statement'

const BEGINS_WITH_RELATION = /^\s*(?:\\(?:displaystyle|begin\{(?:aligned|align\*?|split)\}|large|Large)\s*)*&?\s*=/
/** What follows goes on from a part of what stands before: "First term:", 第一項は, "Numerador:". */
const NAMES_A_PART =
  /\b(?:terms?|parts?|factors?|numerator|denominator|bracket|side|t[eé]rminos?|partes?|factores|numerador|denominador|par[eé]ntesis|lado|Terme?|Z[aä]hler|Nenner|Klammer|numérateur|dénominateur|membre)\b[^.。\n$]*[:：]|[项項][^。\n$]{0,6}[:：はを为是]|分子|分母|左辺|右辺|左边|右边|항[은을]?[:：\s]/iu
const ENDS_WITH_A_NUMBER = /^\s*\\?[A-Za-z]+(?:_\w)?\s*=\s*-?[\d.]+\s*$/

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
  if (between.length > MAXIMUM_DISTANCE || NAMES_A_PART.test(between)) return false
  // `$u = 3$` and a display `= \\int …`: the value of a name is the end of what is said of it.
  if (passage.kind === 'display' && last.kind === 'inline' && ENDS_WITH_A_NUMBER.test(last.text)) return false
  const isClose = /^[\s$\\()[\]>.,;`]*(?:math)?\s*$/.test(between)
  return passage.kind === 'display' && last.kind === 'display'
    ? !/\n\s{0,3}#/.test(between)
    : isClose && last.section.join() === passage.section.join()
}

function join(last: Passage, passage: Passage): Passage {
  const gap = passage.start - last.start - last.text.length
  return { ...last, kind: 'display', text: last.text + ' '.repeat(gap) + passage.text }
}

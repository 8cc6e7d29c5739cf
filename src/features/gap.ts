/** A gap that a note leaves to its reader, `\frac{\partial z}{\partial x} = ?`, and what fills it. Knows no editor. */
import type { Analysis, Place } from '../derivation'
import { chainOf } from '../writing/chain'
import { formatNumber } from '../writing/number'

export interface Gap {
  /** The mark that is to be replaced. */
  readonly range: { readonly start: number; readonly end: number }
  /** What stands there when it is filled. */
  readonly answer: string
}

/** What people leave for an answer: a question mark, a box, a line. */
const GAP =
  /(?<==\s{0,4})(?:[?？□_]|\\_|\\(?:square|Box)(?![A-Za-z])|\\boxed\{\s?\??\s?\}|\\underline\{\\hspace\{[^{}]{1,10}\}\})+/g
/** Where the row of equal sides begins: behind a sign that parts statements, or the end of another row. */
const BEGINS = /(?:\\\\|\\quad|\\qquad|[,;\n、，]|\\begin\{[a-z*]+\})\s*/g

/** The gap at this offset and its answer; `null` where there is none, or nothing is known of what is asked. */
export function gapAt(analysis: Analysis, offset: number): Gap | null {
  for (const { passage } of analysis.passages) {
    const { start, text } = passage
    if (offset < start || start + text.length < offset) continue
    for (const { index, 0: mark } of text.matchAll(GAP)) {
      const range = { start: start + index, end: start + index + mark.length }
      if (offset < range.start || range.end < offset) continue
      const before = text.slice(0, index)
      const begin = [...before.matchAll(BEGINS)].at(-1)
      const from = begin ? begin.index + begin[0].length : before.length - before.trimStart().length
      const side = /^[&\s]*/.exec(text.slice(from))?.[0].length ?? 0
      const asked = analysis.at(start + from + side)
      const end = start + from + text.slice(from).search(/\s*&?\s*=/)
      const answer = asked && asked.range.end >= end ? answerOf(asked) : null
      return answer ? { range, answer } : null
    }
  }
  return null
}

/** The gradient in the note's own names, or a name's value. */
function answerOf({ derivation, node, derivative }: Place): string | null {
  if (derivative) {
    const steps = chainOf(derivation, node)?.steps ?? []
    // Without factors to multiply the first step is the local derivative, in the names that stand beside it.
    return (/\\partial|\\frac\{d/.test(steps[0] ?? '') ? steps.at(-1) : steps[0]) ?? null
  }
  const value = derivation.value(node)
  const [number] = value?.shape.length === 0 ? value.data : []
  return number === undefined ? null : formatNumber(number)
}

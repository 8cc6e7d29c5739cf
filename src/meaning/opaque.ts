/** What can't be read, as a node: it has a reason and its text, and the names that are seen inside are its inputs. */
import type { NodeId, Source } from '../graph/graph'
import type { Shape } from '../operations/operation'
import type { Building, Doubt } from './vocabulary'

/** Something that can't be read. */
export interface Unreadable {
  readonly doubt: Doubt
  readonly reason: string
  readonly text: string
  readonly uses: readonly NodeId[]
  readonly source: Source
  readonly shape?: Shape | null
  /** Not all that it depends on may be seen: of the same text each is another thing. */
  readonly isOpen?: boolean
}

export function opaque(building: Building, { doubt, reason, text, uses, source, shape, isOpen }: Unreadable): NodeId {
  const { builder, notes, choices, opaques } = building
  notes.doubts.add(doubt)
  // Nothing is known of it; among scalars it is taken for one, so that products with it stay products.
  const own = uses.every((use) => builder.shapeOf(use)?.length === 0) ? [] : null
  const inputs = [...new Set(uses)]
  const draft = { op: 'opaque', inputs, attributes: { reason, text }, shape: shape === undefined ? own : shape, source }
  if (choices.unknowns === 'shown' || isOpen || !isOneThing(text)) return builder.add(draft)
  // In one place the same words about the same things mean the same, whatever that is.
  const key = `${reason}|${inputs.join()}|${source.passage}|${spelling(text)}`
  const known = opaques.get(key) ?? builder.add(draft)
  opaques.set(key, known)
  return known
}

/** Dots stand for what the reader is to put in, and \u221e is no number: of these the same text may mean two things. */
const isOneThing = (text: string): boolean =>
  text !== '' && !/dots|\.\.|\u2026|\\infty|\u221e|\\pm|\\mp|[\u00b1\u2213]/.test(text)

/** A text without what only lays it out. */
const spelling = (text: string): string =>
  text
    .replace(/\\(?:left|right|limits|displaystyle|[Bb]ig[lrg]?|quad|[,;:! ])(?![A-Za-z])/g, '')
    .replace(/\\[dt]frac/g, '\\frac')
    .replace(/[\s{}]/g, '')

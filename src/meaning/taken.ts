/** A derivative that is written again in the same world: the edits of a step leave its derivatives as they are, and each is taken once. */

import type { NodeId } from '../graph/graph'
import type { DerivativeExpr } from '../reading/statement'
import { type Building, EMPTY, type Environment, type Notes, noNotes } from './vocabulary'

/**
 * The node of a derivative in a side of the claim, taken when it is met for the first time. Within definitions and bodies, and in the
 * head, which is read in its own way, nothing is remembered.
 */
export function takenOnce(
  building: Building,
  expr: DerivativeExpr,
  environment: Environment,
  take: () => NodeId,
): NodeId {
  const { isHead, mode, underway, calls, taken, free } = building
  if (isHead || environment !== EMPTY || underway.size > 0 || calls.length > 0) return take()
  const known = taken.get(expr)
  if (known?.mode === mode && known.letters === free.size) {
    note(building.notes, known.notes)
    return known.node
  }
  const outer = building.notes
  const own = noNotes()
  const isRounded = building.rounded === outer
  building.notes = own
  if (isRounded) building.rounded = own
  const node = take()
  building.notes = outer
  if (isRounded) building.rounded = outer
  taken.set(expr, { node, mode, letters: free.size, notes: own })
  note(outer, own)
  return node
}

function note(notes: Notes, { doubts, derived, slopes, used }: Notes): void {
  for (const doubt of doubts) notes.doubts.add(doubt)
  for (const name of derived) notes.derived.add(name)
  notes.slopes.push(...slopes)
  for (const [defined, how] of used) if (!(how === 'body' && notes.used.has(defined))) notes.used.set(defined, how)
}

/**
 * The memory of a function that is being read. A branch works on a fork; where both branches go on, they are joined
 * again, cell by cell.
 */
import type { HeapObject, Value } from './value'

/** What a cell holds: the value of a variable, or an object of the heap. */
export type Content = Value | HeapObject

export interface State {
  readonly parent: State | null
  readonly own: Map<number, Content>
}

export const emptyState = (): State => ({ parent: null, own: new Map() })
export const fork = (parent: State): State => ({ parent, own: new Map() })

export function read(state: State, cell: number): Content | undefined {
  for (let at: State | null = state; at; at = at.parent) {
    const content = at.own.get(cell)
    if (content) return content
  }
  return undefined
}

export function write(state: State, cell: number, content: Content): void {
  state.own.set(cell, content)
}

/** Cells that were written between `base` and `state`. */
export function changedSince(base: State, state: State): Set<number> {
  const cells = new Set<number>()
  for (let at: State | null = state; at && at !== base; at = at.parent)
    for (const cell of at.own.keys()) cells.add(cell)
  return cells
}

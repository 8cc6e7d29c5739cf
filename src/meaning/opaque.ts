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
}

export function opaque({ builder, notes }: Building, { doubt, reason, text, uses, source, shape }: Unreadable): NodeId {
  notes.doubts.add(doubt)
  // Nothing is known of it; among scalars it is taken for one, so that products with it stay products.
  const own = uses.every((use) => builder.shapeOf(use)?.length === 0) ? [] : null
  const inputs = [...new Set(uses)]
  return builder.add({
    op: 'opaque',
    inputs,
    attributes: { reason, text },
    shape: shape === undefined ? own : shape,
    source,
  })
}

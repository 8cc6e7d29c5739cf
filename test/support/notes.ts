/** Plain formulas as a note: definitions parted by `;`. */

import { noteDerivations } from '../../src/analysis/derivations'
import type { Derivation } from '../../src/derivation'
import type { NodeId } from '../../src/graph/graph'
import { scopeOf } from '../../src/meaning/scope'
import { noteContext, readPassage } from '../../src/reading/formula'
import type { Passage } from '../../src/reading/statement'

/** The derivation of the first definition. */
export function derivationOf(definitions: string): Derivation {
  const text = definitions.split('; ').join('\n')
  const passage: Passage = { kind: 'plain', start: 0, text, section: [0], block: 0 }
  const { statements } = readPassage(passage, noteContext([passage]))
  const [derivation] = noteDerivations(scopeOf([{ key: 1, passage, statements }])).outputs()
  if (!derivation) throw new Error(`not read: ${definitions}`)
  return derivation
}

/** The node of a name. */
export function nodeOf({ graph, written }: Derivation, name: string): NodeId {
  const id = written.find((each) => graph.nodes[each]?.name?.key === name)
  if (id === undefined) throw new Error(`no node ${name}`)
  return id
}

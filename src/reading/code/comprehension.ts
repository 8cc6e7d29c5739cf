/** `[x * x for x in xs if x > 0]`. */

import { bindPattern } from './assignment'
import { collectionOf } from './collections'
import type { ComprehensionTerm } from './core'
import { forgetCode } from './effects'
import { evaluate, type Place, truthOf } from './expression'
import { allocate, type Machine, rangeOf } from './machine'
import { entriesOf } from './ndarray'
import { childScope, declareIn, namesBound } from './scope'
import { opaque, type Value } from './value'

/** The list of what each round yields; opaque where the number of rounds isn't known. */
export function comprehension(machine: Machine, code: ComprehensionTerm, place: Place): Value {
  const items: Value[] = []
  const reason = gather(machine, code, 0, place, items)
  if (reason === null) return allocate(machine, { kind: 'list', items, label: null })
  forgetCode(machine, code, place.scope, place.self, reason)
  return opaque(reason)
}

const MAX_ITEMS = 10_000

/** Adds the items of the rounds from a clause on; a reason where they can't be followed. */
function gather(machine: Machine, code: ComprehensionTerm, index: number, place: Place, items: Value[]): string | null {
  const clause = code.clauses[index]
  if (!clause) {
    items.push(evaluate(machine, code.item, place))
    return items.length > MAX_ITEMS ? 'too long' : null
  }
  if (clause.kind === 'if') {
    const truth = truthOf(evaluate(machine, clause.condition, place))
    if (truth === null) return 'list of unknown length'
    return truth ? gather(machine, code, index + 1, place, items) : null
  }
  const source = evaluate(machine, clause.source, place)
  const rounds = collectionOf(machine, source) ?? entriesOf(machine, source, rangeOf(machine, clause.source))
  if (!rounds) return 'list of unknown length'
  for (const round of rounds) {
    const scope = childScope(place.scope)
    for (const { name } of namesBound(clause.pattern)) declareIn(scope, name, machine.program)
    const inside = { ...place, scope }
    bindPattern(machine, clause.pattern, round, inside)
    const reason = gather(machine, code, index + 1, inside, items)
    if (reason !== null) return reason
  }
  return null
}

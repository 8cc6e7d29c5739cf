/** One value from two branches: numbers become a `select`, records and lists are joined part by part. */
import type { Expr, Range } from '../statement'
import { asNumber, chosen } from './arithmetic'
import { forget } from './effects'
import { alias, allocate, define, isObject, type Machine } from './machine'
import { freePart } from './objects'
import { type Content, changedSince, read, type State } from './state'
import { type HeapObject, type HeapRecord, type NumberValue, opaque, type ReferenceValue, type Value } from './value'

/** A condition that the inputs decide, and where it is written. */
export interface Choice {
  readonly condition: Expr
  readonly range: Range
  readonly operator?: Range
}

const TOO_LONG = opaque('too long')
const NOT_ALIKE = opaque('different kinds of value on two branches')

/** The value that a choice yields; each branch has its own memory. */
export function joinValues(machine: Machine, choice: Choice, a: Value, inA: State, b: Value, inB: State): Value {
  if (a === b) return a
  if (machine.steps-- <= 0) return TOO_LONG
  if (a.kind === 'nothing' && b.kind === 'nothing') return a
  if (a.kind === 'text' && b.kind === 'text') return { kind: 'text', text: a.text === b.text ? a.text : undefined }
  if (a.kind === 'reference' && b.kind === 'reference') {
    if (a.id === b.id) return a
    return joinReferences(machine, choice, [a, inA], [b, inB])
  }
  if (a.kind === 'closure' && b.kind === 'closure' && a.code === b.code && a.scope === b.scope) return a
  if (a.kind === 'class' && b.kind === 'class' && a.code === b.code) return a
  const left = branchNumber(machine, a, choice.range)
  const right = branchNumber(machine, b, choice.range)
  if (left && right) return chosen(choice.condition, left, right, choice.range, choice.operator)
  forget(machine, [a, b], NOT_ALIKE.reason)
  return NOT_ALIKE
}

/** One object or another: a new one, which whatever changes either of them leaves unknown. */
function joinReferences(
  machine: Machine,
  choice: Choice,
  [a, inA]: readonly [ReferenceValue, State],
  [b, inB]: readonly [ReferenceValue, State],
): Value {
  const joined = joinObjects(machine, choice, contentOf(inA, a.id), inA, contentOf(inB, b.id), inB)
  if (!joined) {
    forget(machine, [a, b], NOT_ALIKE.reason)
    return NOT_ALIKE
  }
  const reference = allocate(machine, joined)
  alias(machine, reference.id, a.id)
  alias(machine, reference.id, b.id)
  return reference
}

function branchNumber(machine: Machine, value: Value, range: Range): NumberValue | null {
  return asNumber(machine, value.kind === 'nothing' ? opaque('no value on this branch') : value, range, '')
}

function contentOf(state: State, cell: number): HeapObject | null {
  const content = read(state, cell)
  return isObject(content) ? content : null
}

function joinObjects(
  machine: Machine,
  choice: Choice,
  a: HeapObject | null,
  inA: State,
  b: HeapObject | null,
  inB: State,
): HeapObject | null {
  if (a?.kind === 'list' && b?.kind === 'list' && a.items.length === b.items.length) {
    const items = a.items.map((item, i) => joinValues(machine, choice, item, inA, b.items[i] as Value, inB))
    return { ...a, items }
  }
  if (a?.kind === 'unknown' || b?.kind === 'unknown') return a?.kind === 'unknown' ? a : b
  if (a?.kind === 'record' && b?.kind === 'record' && a.made?.code === b.made?.code) {
    const missing = (record: HeapRecord, key: string): Value =>
      record.input ? freePart(machine, record.input, key, choice.range) : opaque('no value on this branch')
    const fields = new Map<string, Value>()
    for (const key of new Set([...a.fields.keys(), ...b.fields.keys()])) {
      const left = a.fields.get(key) ?? missing(a, key)
      fields.set(key, joinValues(machine, choice, left, inA, b.fields.get(key) ?? missing(b, key), inB))
    }
    return { ...a, fields }
  }
  return null
}

/**
 * Brings what two branches changed since `base` into the memory `into`. Variables from the cell `older` on are out of
 * reach after the branches.
 */
export function joinStates(
  machine: Machine,
  into: State,
  choice: Choice,
  [a, b]: readonly [State, State],
  older = Number.POSITIVE_INFINITY,
  base = into,
): void {
  machine.state = into
  for (const cell of new Set([...changedSince(base, a), ...changedSince(base, b)])) {
    const left = read(a, cell)
    const right = read(b, cell)
    if (cell >= older && !isObject(left)) continue
    const joined = joinContents(machine, choice, [left, a], [right, b], machine.program.names.get(cell) ?? 'value')
    if (joined) into.own.set(cell, joined)
  }
}

type Branch = readonly [content: Content | undefined, state: State]

function joinContents(
  machine: Machine,
  choice: Choice,
  [a, inA]: Branch,
  [b, inB]: Branch,
  name: string,
): Content | null {
  // A variable of one branch alone is out of reach after it, but for an input of which a part was set.
  if (!a || !b) {
    const only = a ?? b
    if (only?.kind !== 'record' || !only.input) return only ?? null
    const none: HeapRecord = { ...only, fields: new Map() }
    return a ? joinObjects(machine, choice, only, inA, none, inB) : joinObjects(machine, choice, none, inA, only, inB)
  }
  if (a === b) return a
  if (isObject(a) || isObject(b)) {
    const joined = isObject(a) && isObject(b) ? joinObjects(machine, choice, a, inA, b, inB) : null
    return joined ?? { kind: 'unknown', reason: NOT_ALIKE.reason }
  }
  const value = joinValues(machine, choice, a, inA, b, inB)
  if (value.kind !== 'number' || value.expr.kind !== 'apply') return value
  return define(machine, name, value, choice.range)
}

/** One value from two branches: numbers become a `select`, records and lists are joined part by part. */
import type { Expr, Range } from '../statement'
import { asNumber, chosen } from './arithmetic'
import { allocate, define, isObject, type Machine } from './machine'
import { type Content, changedSince, read, type State } from './state'
import { type HeapObject, type NumberValue, opaque, type Value } from './value'

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
    const joined = joinObjects(machine, choice, contentOf(inA, a.id), inA, contentOf(inB, b.id), inB)
    return joined ? allocate(machine, joined) : NOT_ALIKE
  }
  if (a.kind === 'closure' && b.kind === 'closure' && a.node.from === b.node.from) return a
  const left = branchNumber(machine, a, choice.range)
  const right = branchNumber(machine, b, choice.range)
  return left && right ? chosen(choice.condition, left, right, choice.range, choice.operator) : NOT_ALIKE
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
  if (a?.kind === 'record' && b?.kind === 'record') {
    const fields = new Map<string, Value>()
    for (const key of new Set([...a.fields.keys(), ...b.fields.keys()])) {
      const left = a.fields.get(key) ?? opaque('no value on this branch')
      fields.set(
        key,
        joinValues(machine, choice, left, inA, b.fields.get(key) ?? opaque('no value on this branch'), inB),
      )
    }
    return { ...a, fields }
  }
  return null
}

/**
 * Brings what two branches changed back into the memory that both came from. Variables from the cell `older` on are out
 * of reach after the branches.
 */
export function joinStates(
  machine: Machine,
  base: State,
  choice: Choice,
  [a, b]: readonly [State, State],
  older = Number.POSITIVE_INFINITY,
): void {
  machine.state = base
  for (const cell of new Set([...changedSince(base, a), ...changedSince(base, b)])) {
    const left = read(a, cell)
    const right = read(b, cell)
    if (cell >= older && !isObject(left)) continue
    const joined = joinContents(machine, choice, [left, a], [right, b], machine.program.names.get(cell) ?? 'value')
    if (joined) base.own.set(cell, joined)
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
  // A variable of one branch alone is out of reach after it.
  if (!a || !b) return a ?? b ?? null
  if (a === b) return a
  if (isObject(a) || isObject(b))
    return isObject(a) && isObject(b) ? joinObjects(machine, choice, a, inA, b, inB) : null
  const value = joinValues(machine, choice, a, inA, b, inB)
  if (value.kind !== 'number' || value.expr.kind !== 'apply') return value
  return define(machine, name, value, choice.range)
}

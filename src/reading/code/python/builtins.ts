/** Functions that Python has without any module. */

import { SUM } from '../../../operations/algebra'
import { operationSpelled } from '../../../operations/index'
import type { Range } from '../../statement'
import { keyOf } from '../access'
import { applied, mathFunction } from '../arithmetic'
import { apply, type Call } from '../calls'
import { collectionOf } from '../collections'
import { allocate, known, type Machine, objectOf } from '../machine'
import { arrayFrom, arrayOf, arraysAt, sizeOf } from '../ndarray'
import { NOTHING, type NumberValue, opaque, spelled, type Value } from '../value'
import { type Given, givenIn, itemsOf, listOf, rangeItems, UNKNOWN_LENGTH } from './given'
import { numpy } from './numpy'

export const GLOBALS: ReadonlySet<string> = new Set(
  'len range enumerate zip reversed sorted sum max min abs pow round float int bool list tuple dict set map filter any all isinstance print type str super hasattr getattr'.split(
    ' ',
  ),
)

/** A call of one; `null` where it is none of them. */
export function builtin(machine: Machine, name: string, written: Call): Value | null {
  const given = givenIn(machine, written)
  const { plain, range } = given
  const [first, second] = plain
  const items = first ? itemsOf(machine, first, range) : null
  switch (name) {
    case 'range':
      return rangeItems(given)
    case 'len':
      if (first?.kind === 'reference') return items ? known(items.length, range) : opaque(UNKNOWN_LENGTH)
      return onArray(given, (array) => sizeOf(array, 0, range))
    case 'enumerate': {
      const start = second?.kind === 'number' ? (second.known ?? 0) : 0
      return items
        ? listOf(
            machine,
            items.map((item, index) => listOf(machine, [known(index + start, range), item])),
          )
        : opaque(UNKNOWN_LENGTH)
    }
    case 'zip': {
      const lists = plain.map((value) => itemsOf(machine, value, range))
      if (lists.some((list) => !list)) return opaque(UNKNOWN_LENGTH)
      const count = Math.min(...lists.map((list) => list?.length ?? 0))
      const rows = Array.from({ length: count }, (_row, k) =>
        listOf(
          machine,
          lists.map((list) => list?.[k] ?? NOTHING),
        ),
      )
      return listOf(machine, rows)
    }
    case 'reversed':
      return items ? listOf(machine, items.toReversed()) : opaque(UNKNOWN_LENGTH)
    case 'list':
    case 'tuple':
      if (!first) return listOf(machine, [])
      return items ? listOf(machine, items) : opaque(UNKNOWN_LENGTH)
    case 'map': {
      const rows = plain.slice(1).map((value) => itemsOf(machine, value, range))
      if (!first || rows.length !== 1 || !rows[0]) return opaque(UNKNOWN_LENGTH)
      const target = first
      return listOf(
        machine,
        rows[0].map((value) =>
          apply(machine, { ...written, target, args: [{ value, code: written.code }], self: null }),
        ),
      )
    }
    case 'sum':
      if (first?.kind === 'reference' && items) return folded(machine, SUM, items, range, second ?? known(0, range))
      return onArray(given, (array) => arraysAt(range).sumAlong(array, array.shape?.length === 1 ? null : 0))
    case 'max':
    case 'min':
      if (plain.length > 1) return folded(machine, name, plain, range)
      if (first?.kind === 'reference' && items && items.length > 0) return folded(machine, name, items, range)
      return numpy(machine, name, written)
    case 'float':
      return onArray(given, (array) => array)
    case 'int':
      return onArray(given, (array) => mathFunction('Math.trunc', [array], range, range) ?? opaque('rounding'))
    case 'print':
      return NOTHING
    case 'isinstance':
    case 'hasattr':
    case 'type':
      return opaque('type that is not known')
    case 'str':
      return { kind: 'text', text: first ? spelled(first) : '' }
    case 'dict':
      return dictionary(given)
    default:
      return operationSpelled('python', name) ? numpy(machine, name, written) : null
  }
}

/** `dict()`, `dict(a=1)`, `dict(pairs)`, or a copy of another one. */
function dictionary({ machine, plain, written }: Given): Value {
  const fields = new Map<string, Value>()
  const [first] = plain
  const object = first?.kind === 'reference' ? objectOf(machine, first) : null
  if (first && (!object || object.kind === 'unknown' || (object.kind === 'record' && object.open)))
    return opaque('record that is not known')
  if (object?.kind === 'record') for (const [key, value] of object.fields) fields.set(key, value)
  for (const pair of object?.kind === 'list' ? object.items : []) {
    const [key, value, ...others] = collectionOf(machine, pair) ?? []
    const name = key && keyOf(key)
    if (name === undefined || name === null || !value || others.length > 0) return opaque('record that is not known')
    fields.set(String(name), value)
  }
  for (const { keyword, value } of written.args) if (keyword) fields.set(keyword, value)
  return allocate(machine, { kind: 'record', fields, label: null, open: false })
}

/** A list folded from the left. */
function folded(machine: Machine, op: string, items: readonly Value[], range: Range, start?: Value): Value {
  const numbers = [...(start ? [start] : []), ...items].map((item) => arrayOf(machine, item, range))
  if (numbers.some((each) => !each)) return opaque('not a number')
  const [head, ...rest] = numbers as NumberValue[]
  // Nothing is added to nothing.
  if (start && head?.known === 0 && rest[0])
    return rest.slice(1).reduce((sum, each) => applied(op, [sum, each], range), rest[0])
  return head ? rest.reduce((sum, each) => applied(op, [sum, each], range), head) : NOTHING
}

function onArray({ machine, plain, range }: Given, make: (array: NumberValue) => Value): Value {
  const [first] = plain
  const array = first ? arrayOf(machine, first, range) : null
  if (array) return make(array)
  const made = first ? arrayFrom(machine, first, range) : opaque('not a number')
  return made.kind === 'number' ? make(made) : made
}

/** Inputs that are lists of a known size: lists of entries, each of which is read off the array where it is first used. */
import type { Shape } from '../../operations/operation'
import type { Expr, Name, Range } from '../statement'
import { arrayTerms } from '../terms'
import { allocate, defineAs, inputOf, type Machine } from './machine'
import { partName } from './names'
import type { EntryOf, FreeValue, NumberValue, Value } from './value'

/** More numbers than this make no graph that anyone looks at. */
const MOST_ENTRIES = 400

/** An input as a list of its entries, or of its rows; `null` where a size isn't a number or it has too many. */
export function inputList(machine: Machine, free: FreeValue, shape: Shape, asArray: boolean): Value | null {
  const sizes = shape.flatMap((size) => (typeof size === 'number' ? [size] : []))
  if (sizes.length < shape.length || sizes.reduce((product, size) => product * size, 1) > MOST_ENTRIES) return null
  if (asArray) machine.shapes.set(free.name.key, shape)
  return listOf(machine, free, sizes, asArray ? { of: free.name, at: [] } : null)
}

function listOf(
  machine: Machine,
  free: FreeValue,
  [size = 0, ...inner]: readonly number[],
  entry: EntryOf | null,
): Value {
  const items = Array.from({ length: size }, (_item, index): Value => {
    const own = entry && { of: entry.of, at: [...entry.at, index] }
    const part: FreeValue = {
      kind: 'free',
      name: partName(free.name, index),
      root: free.root,
      of: free,
      ...(own ? { entry: own } : {}),
    }
    return inner.length > 0 ? listOf(machine, part, inner, own) : part
  })
  return allocate(machine, { kind: 'list', items, label: free.name })
}

/** An entry of an input as a number that has a name. */
export function entryNumber(machine: Machine, free: FreeValue, entry: EntryOf, range: Range): NumberValue {
  const known = machine.entries.get(free.name.key)
  if (known) return { kind: 'number', expr: { kind: 'name', name: known, range } }
  const at = { start: range.start, end: range.start }
  const expr = entry.at.reduce<Expr>(
    (of, index) => arrayTerms(at).slice(of, { axis: 0, index }),
    inputOf(machine, entry.of, range, free.root),
  )
  const name: Name = { ...free.name, key: freeKey(machine, free.name.key) }
  machine.entries.set(free.name.key, name)
  machine.keys.add(name.key)
  return { ...defineAs(machine, name, { kind: 'number', expr }, at), expr: { kind: 'name', name, range } }
}

const freeKey = (machine: Machine, key: string): string => (machine.keys.has(key) ? `${key}[]` : key)

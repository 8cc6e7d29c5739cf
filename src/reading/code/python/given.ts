/** What a call of something that Python brings is given, and what its arguments say: lists, whole numbers, axes, sizes. */
import type { Range } from '../../statement'
import type { Argument, Call } from '../calls'
import { collectionOf } from '../collections'
import { allocate, known, type Machine, rangeOf } from '../machine'
import { entriesOf } from '../ndarray'
import { opaque, type Value } from '../value'

export interface Given {
  readonly machine: Machine
  readonly range: Range
  /** Arguments by place. */
  readonly plain: readonly Value[]
  readonly named: (keyword: string) => Value | undefined
  readonly written: Call
}

export function givenIn(machine: Machine, written: Call): Given {
  const { args } = written
  return {
    machine,
    range: rangeOf(machine, written.code),
    plain: args.filter(({ keyword }) => !keyword).map(({ value }) => value),
    named: (keyword) => args.find((arg: Argument) => arg.keyword === keyword)?.value,
    written,
  }
}

export const listOf = (machine: Machine, items: readonly Value[]): Value =>
  allocate(machine, { kind: 'list', items, label: null })

export const UNKNOWN_LENGTH = 'list of unknown length'
export const UNKNOWN_SIZE = 'size that is not known'

/** The items that a loop runs over: those of a list, or the entries along the first axis of an array. */
export const itemsOf = (machine: Machine, value: Value, range: Range): readonly Value[] | null =>
  collectionOf(machine, value) ?? entriesOf(machine, value, range)

export const wholeNumber = (value: Value | undefined): number | null =>
  value?.kind === 'number' && value.known !== undefined ? value.known : null

/** The axes that `axis=` names; `null`: none; `undefined`: not known. */
export function axesOf({ machine, named, plain }: Given): readonly number[] | null | undefined {
  const value = named('axis') ?? plain[1]
  if (!value || value.kind === 'nothing') return null
  const several = collectionOf(machine, value)
  const axes = (several ?? [value]).map((each) => wholeNumber(each))
  return axes.includes(null) ? undefined : (axes as number[])
}

/** Sizes as a tuple or one by one: `(2, 3)`, `2, 3`. */
export function sizesGiven(machine: Machine, values: readonly Value[]): number[] | null {
  const [first] = values
  const items = (first && values.length === 1 ? collectionOf(machine, first) : null) ?? values
  const sizes = items.map((value) => wholeNumber(value))
  return sizes.length === 0 || sizes.includes(null) ? null : (sizes as number[])
}

/** Longer arrays aren't written out. */
export const MOST_ENTRIES = 2_000
const MOST_ITEMS = 10_000

/** `range(n)`, `range(from, to, step)` as a list. */
export function rangeItems({ machine, plain, range }: Given): Value {
  const bounds = plain.map((value) => (value.kind === 'number' ? value.known : undefined))
  if (bounds.includes(undefined)) return opaque('loop with unknown bounds')
  const [a = 0, b, step = 1] = bounds as number[]
  const [from, to] = b === undefined ? [0, a] : [a, b]
  const count = step === 0 ? 0 : Math.max(0, Math.ceil((to - from) / step))
  if (count > MOST_ITEMS) return opaque('loop with many rounds')
  return listOf(
    machine,
    Array.from({ length: count }, (_item, index) => known(from + index * step, range)),
  )
}

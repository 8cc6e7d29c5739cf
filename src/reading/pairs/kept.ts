/** Gradients that a method leaves in the object that it is called on, returns by name, or takes a step along. */

import { rootOf } from '../code/effects'
import { isObject, type Machine, objectOf } from '../code/machine'
import { changePer } from '../code/ndarray'
import { read, write } from '../code/state'
import type { NumberValue, ReferenceValue, Value } from '../code/value'
import type { Expr } from '../statement'
import { inputOfSize, numbersOf, SITE, type Slot } from './sized'

/** What is written as the gradient by one input: an array, or its entries. */
export interface WrittenGradient {
  readonly of: string
  readonly exprs: readonly Expr[]
}

type Fields = ReadonlyMap<string, Value>

export const fieldsOf = (machine: Machine, self: Value): Fields => {
  const object = self.kind === 'reference' ? objectOf(machine, self) : null
  return object?.kind === 'record' ? object.fields : new Map()
}

/** The entries of a list or record, by their keys. */
export function entriesIn(machine: Machine, value: Value): [string, Value][] {
  const object = value.kind === 'reference' ? objectOf(machine, value) : null
  if (object?.kind === 'list') return object.items.map((item, index) => [String(index), item])
  return object?.kind === 'record' ? [...object.fields] : []
}

const MOST_OBJECTS = 200

/**
 * Arrays that an object made for itself, as layers make their weights, become inputs: whatever they are, the gradient follows.
 * All who hold one of them hold the input.
 */
export function freeArrays(machine: Machine, self: ReferenceValue, slots: Map<string, Slot>): void {
  const root = rootOf(machine)
  const given = new Set([...slots.values()].flatMap(({ leaves }) => leaves.map(({ key }) => key)))
  const inputs = new Map<string | Expr, Value>()
  const free = (key: string, value: Value): Value => {
    if (value.kind !== 'number' || (value.shape?.length ?? 0) === 0) return value
    const expr = root(value.expr)
    const identity = expr.kind === 'name' ? expr.name.key : expr
    if (typeof identity === 'string' && given.has(identity)) return value
    const known = inputs.get(identity) ?? inputOfSize(machine, nameFor(key, slots), value.shape ?? [], slots)
    inputs.set(identity, known)
    return known
  }
  const seen = new Set([self.id])
  for (const id of seen) {
    const content = read(machine.state, id)
    if (!isObject(content) || content.kind === 'unknown' || seen.size > MOST_OBJECTS) continue
    const values = content.kind === 'list' ? content.items : [...content.fields.values()]
    for (const value of values) if (value.kind === 'reference') seen.add(value.id)
    if (content.kind === 'list')
      write(machine.state, id, { ...content, items: content.items.map((item, at) => free(`part${at}`, item)) })
    else {
      const fields = new Map([...content.fields].map(([key, value]) => [key, free(key, value)]))
      write(machine.state, id, { ...content, fields })
    }
  }
}

function nameFor(key: string, slots: ReadonlyMap<string, Slot>): string {
  let name = key
  for (let version = 2; slots.has(name); version++) name = `${key}_${version}`
  return name
}

const BY =
  /^(?:d_?|grad_?|g_|delta_?)(\w+)$|^(\w+?)_?[gG]rads?$|^(?:grad)([A-Z]\w*)$|^(\w+?)_(?:gradient|error|delta)s?$/

/** What is differentiated stands in the name too: `dj_dw`, `dL_dW`, `dLdW`. */
const OF_BY = /^d[A-Za-z]\w*?_d_?(\w+)$|^d[A-Z]d([A-Z]\w*)$/

/** `W` of `dW`, `grad_W`, `weights_grad`, `dL_dW`; none where a name is no gradient's. */
const variablesOf = (name: string): string[] =>
  [OF_BY, BY].flatMap(
    (pattern) =>
      pattern
        .exec(name)
        ?.slice(1)
        .find((part) => part !== undefined) ?? [],
  )

const GRADIENTS = /^grad(ient)?s$/

/** What stands in lists of gradients before any is set. */
export const gradientsUnset = (machine: Machine, self: ReferenceValue): ReadonlySet<Value> =>
  new Set(
    [...fieldsOf(machine, self)].flatMap(([key, value]) =>
      GRADIENTS.test(key) ? entriesIn(machine, value).map(([, entry]) => entry) : [],
    ),
  )

interface Kept {
  readonly before: Fields
  readonly unset: ReadonlySet<Value>
  readonly slots: ReadonlyMap<string, Slot>
  /** What comes in, whatever its name. */
  readonly data: string | undefined
}

/** Gradients that are left in fields: `dW` by `W`, `grads[0]` by `params[0]`, `grads['W']` by `params['W']`. */
export function gradientsKept(
  machine: Machine,
  self: ReferenceValue,
  { before, unset, slots, data }: Kept,
): WrittenGradient[] {
  return [...fieldsOf(machine, self)].flatMap(([key, value]): readonly WrittenGradient[] => {
    const list = GRADIENTS.test(key) ? (before.get('params') ?? before.get('parameters')) : undefined
    if (list) return gradientsInList(machine, value, list, slots, unset)
    if (before.get(key) === value) return []
    const names = variablesOf(key)
    const own = firstBy(names, (name) => gradientBy(machine, before, slots, name, value))
    return own.length === 0 && data !== undefined && names.some((name) => INPUT.test(name))
      ? gradientBy(machine, before, slots, data, value)
      : own
  })
}

/** What a record that is returned says, by its keys: `{ 'W1': …, 'b1': … }`. */
export const gradientsNamed = (
  machine: Machine,
  returned: Value,
  before: Fields,
  slots: ReadonlyMap<string, Slot>,
): readonly WrittenGradient[] =>
  [...fieldsOf(machine, returned)].flatMap(([key, value]) => {
    return firstBy([key, ...variablesOf(key)], (name) => gradientBy(machine, before, slots, name, value))
  })

/** What the first of the names gives that gives anything. */
function firstBy(
  names: readonly string[],
  given: (name: string) => readonly WrittenGradient[],
): readonly WrittenGradient[] {
  const [name, ...others] = names
  if (name === undefined) return []
  const own = given(name)
  return own.length > 0 ? own : firstBy(others, given)
}

function gradientBy(
  machine: Machine,
  before: Fields,
  slots: ReadonlyMap<string, Slot>,
  name: string,
  value: Value,
): WrittenGradient[] {
  const of = slotNamed(machine, before, slots, name)
  const numbers = of === null ? null : numbersOf(machine, value)
  return of !== null && numbers ? [{ of, exprs: numbers.map(({ expr }) => expr) }] : []
}

function gradientsInList(
  machine: Machine,
  gradients: Value,
  parameters: Value,
  slots: ReadonlyMap<string, Slot>,
  unset: ReadonlySet<Value>,
): WrittenGradient[] {
  const names = new Map(entriesIn(machine, parameters).map(([key, value]) => [key, slotOf(machine, value, slots)]))
  return entriesIn(machine, gradients).flatMap(([key, value]): WrittenGradient[] => {
    const of = unset.has(value) ? null : names.get(key)
    const numbers = of ? numbersOf(machine, value) : null
    return of && numbers ? [{ of, exprs: numbers.map(({ expr }) => expr) }] : []
  })
}

/** A step downhill, `self.W -= rate * dW`, tells the gradient: what was taken away, without the rate. */
export function gradientsStepped(
  machine: Machine,
  self: ReferenceValue,
  before: Fields,
  slots: ReadonlyMap<string, Slot>,
  rate: NumberValue,
): WrittenGradient[] {
  const stepped = (fields: Fields, earlier: Fields): WrittenGradient[] =>
    [...fields].flatMap(([key, value]): WrittenGradient[] => {
      const old = earlier.get(key)
      const of = old && old !== value ? slotOf(machine, old, slots) : null
      const [was, is] = [old, value].map((each) => (each?.kind === 'number' ? each : null))
      if (!of || !was || !is) return []
      return [{ of, exprs: [changePer(was, is, rate, SITE).expr] }]
    })
  return stepped(fieldsOf(machine, self), before)
}

/** The input that a field of this name holds, or that has the name itself. */
function slotNamed(machine: Machine, fields: Fields, slots: ReadonlyMap<string, Slot>, name: string): string | null {
  const field =
    fields.get(name) ?? fields.get(name.toLowerCase()) ?? fields.get(name.charAt(0).toLowerCase() + name.slice(1))
  const held = field ? slotOf(machine, field, slots) : null
  if (held !== null) return held
  return [...slots.keys()].find((each) => each.toLowerCase() === name.toLowerCase()) ?? null
}

/** What people call whatever comes in: `dinputs` of a loss is its gradient by what was predicted. */
const INPUT = /^(inputs?|in|x)$/

/** The input that a value is, under whatever names. */
function slotOf(machine: Machine, value: Value, slots: ReadonlyMap<string, Slot>): string | null {
  const [first] = numbersOf(machine, value) ?? []
  const expr = first && rootOf(machine)(first.expr)
  if (expr?.kind !== 'name') return null
  const { key } = expr.name
  return [...slots.values()].find(({ leaves }) => leaves[0]?.key === key)?.name ?? null
}

/**
 * What is returned, as gradients by inputs, the likeliest way first: each by its own name, else one by the first input, or one by
 * each, in order, or from a later one on. `null` where it isn't numbers.
 * @param varying inputs that a name may mean: `dL_dy` of a loss is by what was predicted, not by a target called y
 */
export function gradientsReturned(
  machine: Machine,
  returned: Value,
  inputs: readonly string[],
  varying: readonly string[] = inputs,
): (readonly WrittenGradient[])[] | null {
  if (returned.kind === 'nothing') return [[]]
  const object = returned.kind === 'reference' ? objectOf(machine, returned) : null
  const items = object?.kind === 'list' ? object.items : []
  // A list of numbers is one gradient where lists are what arrays are.
  const isTuple = machine.file.language.brings || items.some(({ kind }) => kind === 'reference')
  const isOfEach = inputs.length > 1 && items.length > 0 && items.length <= inputs.length
  const values = isOfEach && isTuple ? items : [returned]
  const gradients = values.map((value) =>
    value.kind === 'nothing' ? [] : numbersOf(machine, value)?.map(({ expr }) => expr),
  )
  if (gradients.includes(undefined)) return null
  const byName = values.map((value) => nameIn(value, varying))
  const way = (of: readonly (string | undefined)[]): readonly WrittenGradient[] =>
    gradients.flatMap((exprs, k) => (exprs && exprs.length > 0 && of[k] !== undefined ? [{ of: of[k], exprs }] : []))
  if (byName.every((name) => name !== undefined) && new Set(byName).size === byName.length) return [way(byName)]
  return Array.from({ length: inputs.length - values.length + 1 }, (_way, from) => way(inputs.slice(from)))
}

/** The input by which a value is the gradient as its variable says: `dw`. */
function nameIn(value: Value, inputs: readonly string[]): string | undefined {
  const plain = value.kind === 'number' && value.expr.kind === 'name' ? variablesOf(value.expr.name.plain) : []
  return plain.flatMap((each) => inputs.find((name) => name.toLowerCase() === each.toLowerCase()) ?? [])[0]
}

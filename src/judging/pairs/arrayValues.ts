/** Numbers for the inputs of a pair on arrays, what comes of them, and single places as a reader is told of them. */
import { evaluator, scalar } from '../../calculus/evaluate'
import type { Counterexample, Nested } from '../../derivation'
import { ancestors, type NodeId } from '../../graph/graph'
import type { Tensor } from '../../operations/operation'
import type { ArrayRun } from '../../reading/pairs/arrayCandidate'
import { isTarget } from '../../reading/pairs/arrays'
import type { Shape, Slot } from '../../reading/pairs/sized'
import { randomNumbers } from '../random'
import type { ArrayWorld } from './arrayWorld'

/** What inputs by which nothing is differentiated may have to be: anything, one 1 in each row, or numbers of classes. */
export type Targets = 'any' | 'oneHot' | 'classes'
export const TARGETS: readonly Targets[] = ['any', 'oneHot', 'classes']

export interface Values {
  readonly of: (id: NodeId) => Tensor | null
  readonly at: ReadonlyMap<string, Tensor>
}

/** Where inputs lie: a logarithm wants positive ones, that of 1 - p those between 0 and 1. */
export type Domain = 'signed' | 'positive' | 'unit'
export const DOMAINS: readonly Domain[] = ['signed', 'positive', 'unit']

export interface Draw {
  readonly domain: Domain
  readonly seed: number
  readonly targets: Targets
  /** Inputs by which a gradient is written. */
  readonly varying: ReadonlySet<Slot>
  /** The gradient that arrives. */
  readonly arriving: 'any' | 'one' | 'none'
  /** The only entry of the outputs that counts, where nothing arrives; absent: their sum. */
  readonly probed?: number
  /** Small numbers that keep away from 0 are left out. */
  readonly isUnguarded?: boolean
}

/** How much large weights cost: nobody rewards them. */
const PENALTY = /^_?(l[12]\w*|reg\w*|\w*(decay|penalty|lambda)\w*)$/i

/** Random numbers for all leaves, the same at every run. */
export function valuesIn(run: ArrayRun, world: ArrayWorld, draw: Draw): Values {
  const { seed, targets, varying, arriving, domain, probed, isUnguarded } = draw
  const random = randomNumbers(seed)
  const at = new Map<string, Tensor>()
  const bindings = new Map<NodeId, Tensor>()
  const put = (slot: Slot, numbers: Float64Array) => {
    at.set(slot.name, { shape: slot.shape, data: numbers })
    bind(bindings, world, slot, numbers)
  }
  const restricted = targets === 'any' ? [] : targetsIn(run, varying)
  for (const slot of run.inputs) {
    const range = PENALTY.test(slot.name) && domain === 'signed' ? 'positive' : domain
    const numbers = restricted.includes(slot)
      ? targetNumbers(slot.shape, targets, random)
      : within(range, numbersFor(slot.shape, random))
    put(slot, numbers)
  }
  for (const slot of run.random)
    put(
      slot,
      numbersFor(slot.shape, () => random()).map((value) => Math.abs(value) / 2),
    )
  for (const slot of run.arriving ?? []) {
    const numbers = numbersFor(slot.shape, random)
    put(slot, arriving === 'any' ? numbers : numbers.fill(arriving === 'one' ? 1 : 0))
  }
  if (isUnguarded) for (const id of guardsIn(world)) bindings.set(id, scalar(0))
  let before = 0
  for (const probe of world.probes) {
    const shape = world.builder.shapeOf(probe) as Shape
    const from = before
    const data = Float64Array.from({ length: countOf(shape) }, (_entry, k) =>
      probed === undefined || probed === from + k ? 1 : 0,
    )
    bindings.set(probe, { shape, data })
    before += data.length
  }
  return { of: evaluator(world.builder.graph, bindings), at }
}

/** What a loss compares with, by its name; where nothing has such a name, any array by which nothing is differentiated. */
function targetsIn({ inputs }: ArrayRun, varying: Draw['varying']): readonly Slot[] {
  const open = inputs.filter((slot) => !varying.has(slot) && slot.shape.length > 0)
  const named = open.filter(({ name }) => isTarget(name))
  return named.length > 0 ? named : open
}

const SMALL = 1e-4

/** Small numbers that keep a logarithm or quotient away from 0: `np.log(y + 1e-7)`. */
export const guardsIn = ({ builder, outputs, ways }: ArrayWorld): NodeId[] => {
  const roots = [...outputs, ...ways.flat().flatMap(({ nodes }) => nodes ?? [])]
  return [...new Set(roots.flatMap((root) => ancestors(builder.graph, root)))].filter((id) => {
    const size = Math.abs(builder.constantOf(id) ?? 0)
    return size > 0 && size <= SMALL
  })
}

function bind(bindings: Map<NodeId, Tensor>, world: ArrayWorld, slot: Slot, data: Float64Array): void {
  slot.leaves.forEach(({ key }, index) => {
    const tensor = slot.leaves.length === 1 ? { shape: slot.shape, data } : scalar(data[index] as number)
    bindings.set(world.leaves.get(key) as NodeId, tensor)
  })
}

/** Numbers that a reader can put in by hand, none of them 0 or 1, and no two alike: where a maximum is shared it has no slope. */
function numbersFor(shape: Shape, random: () => number): Float64Array {
  const taken = new Set<number>()
  return Float64Array.from({ length: countOf(shape) }, () => {
    const drawn = Number((0.2 + 1.6 * random()).toFixed(1))
    const sign = random() < 0.4 ? -1 : 1
    let value = sign * (drawn === 1 ? 1.1 : drawn)
    while (taken.has(value) || Math.abs(value) === 1) value = Number((value + sign * 0.01).toFixed(2))
    taken.add(value)
    return value
  })
}

const within = (domain: Domain, numbers: Float64Array): Float64Array =>
  domain === 'signed'
    ? numbers
    : numbers.map((value) => (domain === 'positive' ? Math.abs(value) : Math.round(50 * Math.abs(value)) / 100))

function targetNumbers(shape: Shape, targets: Targets, random: () => number): Float64Array {
  const width = shape.at(-1) ?? 1
  if (targets === 'classes') return Float64Array.from({ length: countOf(shape) }, () => Math.floor(2 * random()))
  const data = new Float64Array(countOf(shape))
  for (let row = 0; row < data.length; row += width) data[row + Math.floor(width * random())] = 1
  return data
}

export const countOf = (shape: Shape): number => shape.reduce((n, size) => n * size, 1)

/** The true gradient by a leaf; zeros where none flows. */
export function trueValue(world: ArrayWorld, values: Values, key: string): Tensor | null {
  const gradient = world.truth.get(key)
  const own = world.leaves.get(key)
  if (gradient !== undefined) return values.of(gradient)
  const shape = own === undefined ? null : world.builder.shapeOf(own)
  return shape && { shape: shape as number[], data: new Float64Array(countOf(shape as number[])) }
}

/** The numbers of several arrays, one after the other; `null` where one has none. */
export function joined(tensors: readonly (Tensor | null)[]): number[] | null {
  const numbers: number[] = []
  for (const tensor of tensors) {
    if (!tensor) return null
    numbers.push(...tensor.data)
  }
  return numbers
}

/** One entry of a gradient. */
export interface EntryAt {
  readonly of: Slot
  /** Of the input. */
  readonly entry: number
  /** Of the output, where the gradients of its entries stand side by side; `null`: of all of them. */
  readonly output: number | null
  readonly written: number
  readonly expected: number
}

/** The slope by finite differences, before anything is said against a derivative. */
export function isConfirmed(
  run: ArrayRun,
  world: ArrayWorld,
  values: Values,
  { of, entry, output, expected }: EntryAt,
): boolean {
  const arriving = joined(world.upstream.map((id) => values.of(id)))
  if (!arriving) return false
  const total = (shift: number): number => {
    const bindings = new Map<NodeId, Tensor>()
    for (const slot of [...run.inputs, ...(run.arriving ?? []), ...run.random]) {
      const data = Float64Array.from(values.at.get(slot.name)?.data ?? [])
      if (slot === of) data[entry] = (data[entry] as number) + shift
      bind(bindings, world, slot, data)
    }
    const valueAt = evaluator(world.builder.graph, bindings)
    const ends = joined(world.ends.map((id) => valueAt(id))) ?? []
    const weight = (index: number) => (output === null ? (arriving[index] as number) : index === output ? 1 : 0)
    return ends.reduce((sum, value, index) => sum + value * weight(index), 0)
  }
  const slope = (total(1e-5) - total(-1e-5)) / 2e-5
  return Math.abs(slope - expected) <= 1e-4 * Math.max(1, Math.abs(slope), Math.abs(expected))
}

/** @param told names of the inputs that matter */
export function counterexampleAt(
  values: Values,
  told: ReadonlySet<string>,
  { of, entry, output, written, expected }: EntryAt,
): Counterexample {
  const at: Record<string, number> = {}
  const arrays: Record<string, Nested> = {}
  for (const [name, tensor] of values.at) {
    if (!told.has(name)) continue
    if (tensor.shape.length === 0) at[name] = tensor.data[0] as number
    else arrays[name] = nested(tensor, 0, 0)
  }
  const place = placeOf(of.shape, entry)
  return { at, arrays, entry: output === null ? place : [output, ...place], written, expected }
}

function nested({ shape, data }: Tensor, axis: number, from: number): Nested {
  if (axis === shape.length) return data[from] as number
  const stride = countOf(shape.slice(axis + 1))
  return Array.from({ length: shape[axis] as number }, (_row, index) =>
    nested({ shape, data }, axis + 1, from + index * stride),
  )
}

function placeOf(shape: Shape, entry: number): number[] {
  let rest = entry
  return shape.map((_size, axis) => {
    const stride = countOf(shape.slice(axis + 1))
    const index = Math.floor(rest / stride)
    rest %= stride
    return index
  })
}

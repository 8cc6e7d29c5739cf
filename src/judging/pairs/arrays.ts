/** Judges pairs that work on arrays: random numbers in arrays of sizes that fit, entry by entry against the backward pass. */
import { evaluator, scalar } from '../../calculus/evaluate'
import type { Counterexample, JudgedPair, Nested } from '../../derivation'
import { ancestors, type GraphBuilder, type NodeId } from '../../graph/graph'
import { codeGraph } from '../../meaning/code'
import { operation } from '../../operations/index'
import type { Tensor } from '../../operations/operation'
import type { ArrayCandidate, ArrayRun, Shape, Sized, Slot } from '../../reading/pairs/arrays'
import { equal } from './relation'
import { generator } from './sample'
import { mistakeSentence } from './sentences'

/** The verdict; `null` where no sizes fit, or the code can't be followed. */
export function judgeArrays(candidate: ArrayCandidate): JudgedPair | null {
  const wrong: { readonly fit: Fit; readonly mistake: Mistake }[] = []
  const unsettled: Fit[] = []
  for (const fit of fittingSizes(candidate)) {
    const outcomes = TARGETS.map((targets) => outcomeOf(fit, targets))
    if (outcomes.includes('right')) return judged(candidate, fit, null)
    const mistake = outcomes.find((outcome) => typeof outcome === 'object')
    if (typeof mistake === 'object') wrong.push({ fit, mistake })
    else unsettled.push(fit)
  }
  const [first] = wrong
  if (first) return judged(candidate, first.fit, first.mistake)
  return squareVerdict(candidate, unsettled)
}

/**
 * Sizes that differ don't go together: with equal ones the numbers tell. One of the gradients must be right then, as a sign
 * that these are the sizes that are meant.
 */
function squareVerdict(candidate: ArrayCandidate, unsettled: readonly Fit[]): JudgedPair | null {
  const axes = ({ shapes }: Fit) => [...shapes.values()].reduce((sum, shape) => sum + shape.length, 0)
  for (const fit of unsettled.toSorted((a, b) => axes(b) - axes(a))) {
    const square = squareOf(candidate, fit)
    if (!square) continue
    const outcomes = TARGETS.map((targets) => outcomeOf(square, targets))
    if (outcomes.includes('right')) return null
    const mistake = outcomes.find((outcome) => typeof outcome === 'object')
    if (typeof mistake === 'object' && mistake.others) return judged(candidate, square, mistake)
  }
  return null
}

function judged(candidate: ArrayCandidate, { run }: Fit, mistake: Mistake | null): JudgedPair {
  const { function: of, derivative } = candidate
  return {
    function: { name: of.name, range: of.range },
    derivative: { name: derivative.name, range: derivative.range },
    wrt: mistake ? [mistake.of] : run.written.map((each) => each.of),
    verdict: mistake ? 'fails' : 'holds',
    convention: mistake || !run.arriving ? null : 'upstream',
    reason: mistake ? mistakeSentence(candidate, mistake.of, mistake.factor) : null,
    counterexample: mistake?.counterexample ?? null,
    quiet: false,
    replacement: null,
  }
}

/** Three sizes that differ: of the samples, of what comes in, of what goes out. */
const SIZES = { N: 2, D: 3, K: 4 } as const
const EQUAL = 3
type Size = keyof typeof SIZES | 1

const INPUTS: readonly (readonly Size[])[] = [['N', 'D'], ['D'], ['D', 'N'], ['N', 'K'], ['N'], ['K'], []]
const WEIGHTS: readonly (readonly Size[])[] = [
  ['D', 'K'],
  ['K', 'D'],
  ['K'],
  ['D'],
  ['K', 1],
  [1, 'K'],
  [1, 'D'],
  ['D', 1],
  [],
  ['D', 'D'],
]
/** Names that tell how many axes a parameter has. */
const MATRIX = /^(W\w*|w_\w+|weights?\w*|kernel|[A-Z])$/
const VECTOR = /^(b|bias\w*|b\d|b_\w+|beta|gamma|scale|shift)$/

/** Beside what comes in first, another may be a matrix that it is multiplied with. */
function choicesFor({ name, axes, isParameter }: Sized, isFirst: boolean): readonly (readonly Size[])[] {
  const all: readonly (readonly Size[])[] = isParameter ? WEIGHTS : isFirst ? INPUTS : [...INPUTS, ['D', 'K']]
  const allowed = axes ? all.filter((shape) => axes.includes(shape.length)) : all
  if (axes || !isParameter) return allowed
  if (MATRIX.test(name)) return allowed.filter((shape) => shape.length === 2 && !shape.includes(1))
  return VECTOR.test(name) ? allowed.filter((shape) => shape.length === 1 || shape.includes(1)) : allowed
}

interface Fit {
  readonly shapes: ReadonlyMap<string, readonly Size[]>
  readonly run: ArrayRun
  readonly world: World
}

const MOST_RUNS = 300
const MOST_FITS = 16

/** Sizes under which the function can be computed, the likeliest first. */
function* fittingSizes(candidate: ArrayCandidate): Generator<Fit> {
  let runs = 0
  let fits = 0
  for (const shapes of assignments(candidate.inputs, new Map())) {
    if (fits >= MOST_FITS || runs++ >= MOST_RUNS) return
    const fit = fitOf(candidate, shapes, SIZES)
    if (!fit) continue
    fits++
    yield fit
  }
}

function* assignments([input, ...others]: readonly Sized[], chosen: Fit['shapes']): Generator<Fit['shapes']> {
  if (!input) yield chosen
  else
    for (const shape of choicesFor(input, chosen.size === 0))
      yield* assignments(others, new Map(chosen).set(input.name, shape))
}

const squareOf = (candidate: ArrayCandidate, { shapes }: Fit): Fit | null =>
  fitOf(candidate, shapes, { N: EQUAL, D: EQUAL, K: EQUAL })

function fitOf(
  candidate: ArrayCandidate,
  shapes: Fit['shapes'],
  sizes: Readonly<Record<'N' | 'D' | 'K', number>>,
): Fit | null {
  const numbers = new Map(
    [...shapes].map(([name, shape]) => [name, shape.map((size) => (size === 1 ? 1 : sizes[size]))]),
  )
  const run = candidate.run(numbers)
  const world = run && worldOf(run)
  if (!run || !world) return null
  // What can be computed has numbers: an index beyond the end has none.
  const values = valuesIn(run, world, 'any', 5)
  const hasNumbers = world.outputs.every((id) => values.of(id)?.data.every(Number.isFinite))
  const most = Math.max(
    ...candidate.inputs.filter((each) => !each.isParameter).map(({ name }) => shapes.get(name)?.length ?? 0),
  )
  // A bias that is repeated along an axis of its own is none.
  const isPlain =
    candidate.inputs.every((each) => !each.isParameter) ||
    world.outputs.every((id) => (world.builder.shapeOf(id)?.length ?? 0) <= most)
  return hasNumbers && isPlain ? { shapes, run, world } : null
}

interface World {
  readonly builder: GraphBuilder
  readonly leaves: ReadonlyMap<string, NodeId>
  readonly outputs: readonly NodeId[]
  /** Gradient by each leaf, by its key. */
  readonly truth: ReadonlyMap<string, NodeId>
  readonly written: readonly { readonly of: Slot; readonly nodes: readonly NodeId[] | null }[]
}

/** The graph of a run; `null` where the function isn't understood or its sizes don't fit. */
function worldOf(run: ArrayRun): World | null {
  const graph = codeGraph(0)
  const { builder } = graph
  const leaves = new Map<string, NodeId>()
  for (const { leaves: names, shape } of [...run.inputs, ...(run.arriving ?? []), ...run.random])
    for (const name of names) {
      const id = builder.add({ op: 'input', name, shape: names.length === 1 ? shape : [] })
      graph.bind(name.key, id)
      leaves.set(name.key, id)
    }
  for (const { target, value } of run.bindings)
    if (target.kind === 'name' && value.kind === 'number') graph.bind(target.name.key, builder.constant(value.value))
  for (const definition of run.definitions) graph.define(definition)
  const outputs = run.outputs.map((expr) => graph.expression(expr))
  const isKnown = (id: NodeId): boolean =>
    ancestors(builder.graph, id).every((each) => {
      const { op, shape } = builder.node(each)
      return op !== 'opaque' && shape !== null && (op !== 'input' || [...leaves.values()].includes(each))
    })
  if (!outputs.every(isKnown)) return null
  const arriving =
    run.arriving?.flatMap(({ leaves: names }) => names.map(({ key }) => leaves.get(key) as NodeId)) ?? null
  if (arriving && arriving.length !== outputs.length) return null
  const truth = gradients(builder, outputs, arriving)
  const written = run.written.flatMap(({ of, exprs }) => {
    const slot = run.inputs.find(({ name }) => name === of)
    const nodes = exprs.map((expr) => graph.expression(expr))
    return slot ? [{ of: slot, nodes: nodes.every(isKnown) ? nodes : null }] : []
  })
  const byKey = new Map(
    [...leaves].flatMap(([key, id]) => (truth.has(id) ? [[key, truth.get(id) as NodeId] as const] : [])),
  )
  return { builder, leaves, outputs, truth: byKey, written }
}

/** The backward pass by the table's rules, from what arrives at each output, or from 1. */
function gradients(
  builder: GraphBuilder,
  outputs: readonly NodeId[],
  arriving: readonly NodeId[] | null,
): Map<NodeId, NodeId> {
  const received = new Map<NodeId, NodeId>()
  const add = (id: NodeId, part: NodeId) => {
    const sum = received.get(id)
    received.set(id, sum === undefined ? part : builder.apply('add', [sum, part]))
  }
  outputs.forEach((id, index) => {
    const one =
      builder.shapeOf(id)?.length === 0
        ? builder.constant(1)
        : builder.apply('expand', [builder.constant(1), id], { axis: null })
    add(id, arriving?.[index] ?? one)
  })
  const order = new Set(outputs.flatMap((id) => ancestors(builder.graph, id)))
  for (const id of [...order].sort((a, b) => b - a)) {
    const upstream = received.get(id)
    const { op, inputs, attributes } = builder.node(id)
    const entry = operation(op)
    if (upstream === undefined || !entry) continue
    entry.backward(builder, { inputs, output: id, upstream, attributes }).forEach((part, index) => {
      const input = inputs[index]
      if (part !== null && input !== undefined) add(input, part)
    })
  }
  return received
}

/** What inputs by which nothing is differentiated may have to be: anything, one 1 in each row, or numbers of classes. */
type Targets = 'any' | 'oneHot' | 'classes'
const TARGETS: readonly Targets[] = ['any', 'oneHot', 'classes']

interface Values {
  readonly of: (id: NodeId) => Tensor | null
  readonly at: ReadonlyMap<string, Tensor>
}

/** Random numbers for all leaves, the same at every run. @param isOne the gradient that arrives is 1 */
function valuesIn(run: ArrayRun, world: World, targets: Targets, seed: number, isOne = false): Values {
  const random = generator(seed)
  const judgedOnes = new Set(run.written.map(({ of }) => of))
  const at = new Map<string, Tensor>()
  const bindings = new Map<NodeId, Tensor>()
  const put = (slot: Slot, numbers: Float64Array) => {
    at.set(slot.name, { shape: slot.shape, data: numbers })
    slot.leaves.forEach(({ key }, index) => {
      const tensor = slot.leaves.length === 1 ? { shape: slot.shape, data: numbers } : scalar(numbers[index] as number)
      bindings.set(world.leaves.get(key) as NodeId, tensor)
    })
  }
  for (const slot of run.inputs) {
    const isTarget = targets !== 'any' && !judgedOnes.has(slot.name) && slot.shape.length > 0
    put(slot, isTarget ? targetNumbers(slot.shape, targets, random) : numbersFor(slot.shape, random))
  }
  for (const slot of run.random)
    put(
      slot,
      numbersFor(slot.shape, () => random()).map((value) => Math.abs(value) / 2),
    )
  for (const slot of run.arriving ?? [])
    put(slot, isOne ? numbersFor(slot.shape, random).fill(1) : numbersFor(slot.shape, random))
  return { of: evaluator(world.builder.graph, bindings), at }
}

/** Numbers that a reader can put in by hand, none of them 0 or 1. */
const numbersFor = (shape: Shape, random: () => number): Float64Array =>
  Float64Array.from({ length: countOf(shape) }, () => {
    const value = Number((0.2 + 1.6 * random()).toFixed(1))
    return (value === 1 ? 1.1 : value) * (random() < 0.4 ? -1 : 1)
  })

function targetNumbers(shape: Shape, targets: Targets, random: () => number): Float64Array {
  const width = shape.at(-1) ?? 1
  if (targets === 'classes') return Float64Array.from({ length: countOf(shape) }, () => Math.floor(2 * random()))
  const data = new Float64Array(countOf(shape))
  for (let row = 0; row < data.length; row += width) data[row + Math.floor(width * random())] = 1
  return data
}

const countOf = (shape: Shape): number => shape.reduce((n, size) => n * size, 1)

interface Mistake {
  readonly of: string
  readonly factor: number | null
  /** Another of the written gradients is right. */
  readonly others: boolean
  readonly counterexample: Counterexample
}

const SEEDS = [3, 11, 29, 47]

/** `right` where all entries agree at all places; `unknown` where something has no numbers. */
function outcomeOf({ run, world }: Fit, targets: Targets): 'right' | 'unknown' | Mistake {
  const ignoresArriving = run.arriving !== null && world.outputs.length === 1 && isIgnored(run, world)
  let worst: Mistake | null = null
  const wrong = new Set<string>()
  for (const seed of SEEDS) {
    const values = valuesIn(run, world, targets, seed, ignoresArriving)
    for (const { of, nodes } of world.written) {
      const expected = joined(of.leaves.map(({ key }) => trueValue(world, values, key)))
      const written = nodes && joined(nodes.map((id) => values.of(id)))
      if (!expected || !written || written.length !== expected.length) return 'unknown'
      if (!expected.every(Number.isFinite)) continue
      const scale = Math.max(...expected.map(Math.abs))
      const entry = expected.findIndex((value, index) => !equal(written[index] as number, value, scale))
      if (entry < 0) continue
      wrong.add(of.name)
      if (worst) continue
      if (!confirmed(run, world, values, of, entry, expected[entry] as number)) return 'unknown'
      worst = {
        of: of.name,
        factor: factorOf(written, expected, scale),
        others: false,
        counterexample: counterexampleAt(values, of, entry, written[entry] as number, expected[entry] as number),
      }
    }
  }
  return worst ? { ...worst, others: wrong.size < world.written.length } : 'right'
}

/** A loss is the end of the chain: nothing has to arrive. */
function isIgnored(run: ArrayRun, { builder, outputs, leaves, written }: World): boolean {
  const [output] = outputs
  if (output === undefined || builder.shapeOf(output)?.length !== 0) return false
  const arriving = new Set(run.arriving?.flatMap((slot) => slot.leaves.map(({ key }) => leaves.get(key))))
  return written.every(({ nodes }) =>
    nodes?.every((id) => !ancestors(builder.graph, id).some((each) => arriving.has(each))),
  )
}

function trueValue(world: World, values: Values, key: string): Tensor | null {
  const gradient = world.truth.get(key)
  const own = world.leaves.get(key)
  if (gradient !== undefined) return values.of(gradient)
  const shape = own === undefined ? null : world.builder.shapeOf(own)
  return shape && { shape: shape as number[], data: new Float64Array(countOf(shape as number[])) }
}

function joined(tensors: readonly (Tensor | null)[]): number[] | null {
  const numbers: number[] = []
  for (const tensor of tensors) {
    if (!tensor) return null
    numbers.push(...tensor.data)
  }
  return numbers
}

/** The one number that all entries are the right ones times. */
function factorOf(written: readonly number[], expected: readonly number[], scale: number): number | null {
  const at = expected.findIndex((value) => Math.abs(value) > 1e-3 * scale)
  const factor = (written[at] ?? 0) / (expected[at] ?? 1)
  if (at < 0 || !Number.isFinite(factor) || factor === 0) return null
  return expected.every((value, index) => equal(written[index] as number, factor * value, scale * Math.abs(factor)))
    ? factor
    : null
}

/** The slope by finite differences, before anything is said against a derivative. */
function confirmed(run: ArrayRun, world: World, values: Values, of: Slot, entry: number, expected: number): boolean {
  const arriving = run.arriving?.flatMap((slot) => [...(values.at.get(slot.name)?.data ?? [])])
  const total = (shift: number): number => {
    const bindings = new Map<NodeId, Tensor>()
    for (const slot of [...run.inputs, ...(run.arriving ?? []), ...run.random]) {
      const data = Float64Array.from(values.at.get(slot.name)?.data ?? [])
      if (slot === of) data[entry] = (data[entry] as number) + shift
      slot.leaves.forEach(({ key }, index) => {
        const tensor = slot.leaves.length === 1 ? { shape: slot.shape, data } : scalar(data[index] as number)
        bindings.set(world.leaves.get(key) as NodeId, tensor)
      })
    }
    const valueAt = evaluator(world.builder.graph, bindings)
    const outputs = joined(world.outputs.map((id) => valueAt(id))) ?? []
    return outputs.reduce(
      (sum, value, index) =>
        sum + value * (arriving && arriving.length === outputs.length ? (arriving[index] as number) : 1),
      0,
    )
  }
  const slope = (total(1e-5) - total(-1e-5)) / 2e-5
  return Math.abs(slope - expected) <= 1e-4 * Math.max(1, Math.abs(slope), Math.abs(expected))
}

function counterexampleAt(values: Values, of: Slot, entry: number, written: number, expected: number): Counterexample {
  const at: Record<string, number> = {}
  const arrays: Record<string, Nested> = {}
  for (const [name, tensor] of values.at) {
    if (tensor.shape.length === 0) at[name] = tensor.data[0] as number
    else arrays[name] = nested(tensor, 0, 0)
  }
  return { at, arrays, entry: placeOf(of.shape, entry), written, expected }
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

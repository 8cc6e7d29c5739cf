/** Where a pair is compared: ordinary values, and both sides of every threshold that the code has. */
import { type Tape, tape } from '../../calculus/evaluate'
import { ancestors, type NodeId } from '../../graph/graph'
import { operation } from '../../operations/index'
import { randomNumbers } from '../random'
import type { PairWorld } from './world'

/** A place where the function is finite and smooth. */
export interface PairPoint {
  /** Values of the function's inputs. */
  readonly at: readonly number[]
  readonly value: number
  /** True derivatives by the inputs; 0 where none flows. */
  readonly slopes: readonly number[]
}

export interface PairSample {
  readonly points: readonly PairPoint[]
  /** The function at any place: its value, then its derivatives. */
  readonly run: (at: readonly number[]) => readonly number[] | null
  /** Places of the first input at which the function has a kink, with the values of the others. */
  readonly kinks: readonly (readonly number[])[]
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))
type Draw = (random: () => number) => number
/** Values that a reader can put in by hand; never 0 or 1, which hide differences. */
const nudged = (value: number): number => (Number.isInteger(value) ? value + 0.3 : value)
const DRAWS: readonly Draw[] = [
  (random) => nudged(rounded(6 * random() - 3, 1)),
  (random) => nudged(rounded(0.2 + 2.8 * random(), 1)),
  (random) => rounded(0.05 + 0.9 * random(), 2),
  (random) => nudged(rounded(2 + 8 * random(), 1)),
  (random) => nudged(rounded(16 * random() - 8, 1)),
  (random) => rounded(0.01 + 0.2 * random(), 3),
]
/** A parameter with a default varies around it, and stays on its side of 1 and 0: a slope of 0.01 is less than one. */
function near(usual: number, random: () => number): number {
  const value = usual * (0.4 + 2 * random())
  return Math.abs(usual) < 1 && Math.abs(value) >= 1 ? usual * random() : Number(value.toPrecision(3))
}

const drawn = (inputs: PairWorld['inputs'], random: () => number, draw: () => Draw): number[] =>
  inputs.map(({ usual }) => (usual === null || usual === 0 ? draw()(random) : near(usual, random)))

const WANTED = 40
const TRIES = 60
const TOO_LARGE = 1e9
const MAX_CONSTANTS = 12

/** Finds the places; `null` where the graph can't be computed number by number. */
export function samplePair(world: PairWorld): PairSample | null {
  const { builder, inputs, output, truth } = world
  const slopes = truth.map((node) => node ?? builder.constant(0))
  const turns = kinkNodes(world)
  const outputs = [output, ...slopes, ...turns.flatMap(({ inputs: from }) => from)]
  const values = tape(
    builder.graph,
    inputs.map(({ node }) => node),
    outputs,
  )
  if (!values) return null
  const look = lookAt(values, inputs.length, turns)
  const random = randomNumbers(7)
  const points: PairPoint[] = []
  const tried: (readonly number[])[] = []
  const add = (at: readonly number[]) => {
    // At 0 and 1 differences hide, and domains end.
    const point = at.some((value) => [0, 1, -1].some((edge) => Math.abs(value - edge) < 1e-9)) ? null : look(at)
    if (point && points.length < 4 * WANTED) points.push(point)
    return point !== null
  }
  for (const draw of DRAWS) {
    let found = 0
    for (let k = 0; k < TRIES && found < WANTED / 4; k++) {
      const at = drawn(inputs, random, () => draw)
      if (add(at)) {
        found++
        if (found < 3) tried.push(at)
      }
    }
  }
  // Inputs of several magnitudes at once.
  for (let k = 0; k < 30; k++) add(drawn(inputs, random, () => DRAWS[Math.floor(random() * DRAWS.length)] as Draw))
  const kinks = thresholds(world, tried, values, turns)
  for (const { at, index } of kinks)
    for (const step of [-1, -0.1, -0.001, 0.001, 0.1, 1])
      add(at.map((value, k) => (k === index ? value + step : value)))
  return {
    points: distinct(points),
    run: (at) => [...values.run(at)].slice(0, 1 + slopes.length),
    kinks: kinks.filter(({ index, turn }) => turn && index === 0).map(({ at }) => at),
  }
}

function distinct(points: readonly PairPoint[]): PairPoint[] {
  const seen = new Set<string>()
  return points.filter(({ at }) => {
    const key = at.join()
    return !seen.has(key) && seen.add(key)
  })
}

interface Turn {
  readonly inputs: readonly NodeId[]
  readonly kink: (a: number, b: number, c: number) => number
}

/** What depends on no input turns nowhere: `Math.min(1, 3)`. */
function kinkNodes({ builder, inputs, output }: PairWorld): Turn[] {
  const varying = new Set(inputs.map(({ node }) => node))
  return ancestors(builder.graph, output).flatMap((id) => {
    const node = builder.node(id)
    if (node.inputs.some((input) => varying.has(input))) varying.add(id)
    const kink = varying.has(id) ? operation(node.op)?.kink : undefined
    return kink ? [{ inputs: node.inputs, kink }] : []
  })
}

function lookAt(values: Tape, count: number, turns: readonly Turn[]): (at: readonly number[]) => PairPoint | null {
  return (at) => {
    const all = values.run(at)
    const value = all[0] as number
    const slopes = [...all].slice(1, 1 + count)
    if (![value, ...slopes].every((each) => Number.isFinite(each) && Math.abs(each) < TOO_LARGE)) return null
    return kinkValues(all, count, turns).some((each) => Math.abs(each) < 1e-7) ? null : { at, value, slopes }
  }
}

function kinkValues(all: Float64Array, count: number, turns: readonly Turn[]): number[] {
  let at = 1 + count
  return turns.map(({ inputs, kink }) => {
    const [a, b, c] = inputs.map((_input, index) => all[at + index] as number)
    at += inputs.length
    return kink(a ?? 0, b ?? 0, c ?? 0)
  })
}

interface Threshold {
  readonly at: readonly number[]
  readonly index: number
  /** A condition or kink turns here; else only a number of the code stands for it. */
  readonly turn: boolean
}

/** Where a condition or kink turns as one input varies, and at the numbers of the code. */
function thresholds(
  world: PairWorld,
  bases: readonly (readonly number[])[],
  values: Tape,
  turns: readonly Turn[],
): Threshold[] {
  const found: Threshold[] = []
  const count = world.inputs.length
  const signs = (at: readonly number[]) => kinkValues(values.run(at), count, turns).map(Math.sign)
  const constants = constantsOf(world)
  const grid = [
    ...Array.from({ length: 81 }, (_each, k) => -10 + k / 4),
    ...constants.flatMap((c) => [c - 0.5, c + 0.5]),
  ].sort((a, b) => a - b)
  for (const base of bases.slice(0, 3))
    for (let index = 0; index < Math.min(count, 6); index++) {
      if (world.inputs[index]?.usual) continue
      const moved = (value: number) => base.map((each, k) => (k === index ? value : each))
      for (let k = 1; k < grid.length && turns.length > 0; k++) {
        const [low, high] = [grid[k - 1] as number, grid[k] as number]
        const [before, after] = [signs(moved(low)), signs(moved(high))]
        const turned = before.findIndex((sign, which) => sign !== after[which])
        if (turned >= 0)
          found.push({ at: moved(turnBetween(low, high, (x) => signs(moved(x))[turned] ?? 0)), index, turn: true })
      }
      for (const constant of constants) found.push({ at: moved(constant), index, turn: false })
    }
  return found.slice(0, 120)
}

function turnBetween(from: number, to: number, sign: (x: number) => number): number {
  let [low, high] = [from, to]
  const before = sign(low)
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2
    if (sign(middle) === before) low = middle
    else high = middle
  }
  return rounded(high, 9)
}

function constantsOf({ builder, output, written }: PairWorld): number[] {
  const found = new Set<number>()
  for (const id of [output, ...written].flatMap((node) => ancestors(builder.graph, node))) {
    const { op, attributes } = builder.node(id)
    const value = attributes.value
    if (op === 'constant' && typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1e4)
      found.add(value)
  }
  return [...found].slice(0, MAX_CONSTANTS)
}

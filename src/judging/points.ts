/**
 * Where two expressions are compared: at the note's own values first, then at points of several magnitudes and signs
 * that lie in the domain of both, and on either side of every kink that can be found.
 */
import { tape } from '../calculus/evaluate'
import { ancestors, type Graph, type GraphNode, type NodeId } from '../graph/graph'
import { operation } from '../operations/index'
import { randomNumbers } from './random'

/** `left relation right`, as the note assumes it. */
export interface Inequality {
  readonly left: NodeId
  readonly relation: '<' | '>' | '<=' | '>=' | '!='
  readonly right: NodeId
}

export interface Question {
  readonly graph: Graph
  /** What is compared: all must be defined at a point. */
  readonly compared: readonly NodeId[]
  /** What must be defined there too: the function whose derivative is judged. */
  readonly defined: readonly NodeId[]
  /** The leaves on which they depend. */
  readonly inputs: readonly NodeId[]
  /** The note's own values. */
  readonly values: ReadonlyMap<NodeId, number>
  readonly assumptions: readonly Inequality[]
  /** Inputs that are most often whole numbers: `n`, `k`. */
  readonly whole: ReadonlySet<NodeId>
}

export type Region = 'note' | 'positive' | 'signed' | 'far' | 'whole' | 'kink'
export interface Point {
  readonly region: Region
  /** One value for each of the question's inputs. */
  readonly at: readonly number[]
  /** One value for each of `compared`. */
  readonly values: readonly number[]
}

export interface Sample {
  readonly points: readonly Point[]
  /** Signs of inputs where only some of `compared` were defined: each a point. */
  readonly partial: readonly (readonly number[])[]
}

type Draw = (random: () => number) => number
const either = (random: () => number): number => (random() < 0.5 ? -1 : 1)
const spread =
  (from: number, to: number): Draw =>
  (random) =>
    Number((10 ** (from + (to - from) * random())).toPrecision(3))
/** 1.3, 0.7: numbers that a reader can put in by hand; never 1 or 0, which hide differences. */
const ordinary: Draw = (random) => {
  const value = Math.round(2 + 28 * random()) / 10
  return Number.isInteger(value) ? value + 0.3 : value
}

const STREAMS: readonly { readonly region: Region; readonly wanted: number; readonly draw: Draw }[] = [
  { region: 'positive', wanted: 7, draw: ordinary },
  { region: 'positive', wanted: 3, draw: (random) => Math.round(5 + 90 * random()) / 100 },
  { region: 'signed', wanted: 7, draw: (random) => either(random) * ordinary(random) },
  { region: 'signed', wanted: 3, draw: (random) => (either(random) * Math.round(5 + 90 * random())) / 100 },
  { region: 'positive', wanted: 2, draw: (random) => Math.round(90 + 20 * random()) / 100 + 0.003 },
  { region: 'far', wanted: 4, draw: (random) => either(random) * spread(-2, 3)(random) },
  { region: 'far', wanted: 4, draw: (random) => either(random) * spread(-6, 6)(random) },
  { region: 'far', wanted: 2, draw: spread(1, 6) },
]
const TRIES = 40
/** Where so few points were found, every input is drawn from a stream of its own, so many times. */
const FEW = 8
const MORE_TRIES = 1500
/** Kinks that are looked at; beyond them only what the points happen to meet. */
const MOST_KINKS = 24

/** Points of the common domain. */
export function samplePoints(question: Question): Sample {
  const probe = prober(question)
  if (!probe) return { points: [], partial: [] }
  const random = randomNumbers(20240229)
  const points: Point[] = []
  const partial: number[][] = []
  const { inputs, whole } = question
  const attempt = (region: Region, at: number[]): boolean => {
    const found = probe(at)
    if (found === 'partial') partial.push(at)
    if (found === null || found === 'partial') return false
    points.push({ region, at, values: found.values })
    return true
  }
  const own = inputs.map((id) => question.values.get(id))
  if (own.some((value) => value !== undefined))
    attempt(
      'note',
      own.map((value) => value ?? ordinary(random)),
    )
  if (inputs.length === 0) {
    if (points.length === 0) attempt('note', [])
    return { points, partial }
  }
  for (const { region, wanted, draw } of STREAMS) {
    for (let tries = 0, found = 0; tries < TRIES && found < wanted; tries++) {
      if (
        attempt(
          region,
          inputs.map(() => draw(random)),
        )
      )
        found++
    }
  }
  for (let tries = 0; points.length < FEW && tries < MORE_TRIES; tries++) {
    const at = inputs.map(() => (STREAMS[Math.floor(random() * STREAMS.length)] as (typeof STREAMS)[0]).draw(random))
    attempt(at.every((value) => value > 0) ? 'positive' : 'far', at)
  }
  if (inputs.some((id) => whole.has(id))) {
    for (let tries = 0; tries < 12; tries++) {
      attempt(
        'whole',
        inputs.map((id) => (whole.has(id) ? 1 + Math.floor(random() * 7) : ordinary(random))),
      )
    }
  }
  crossKinks(question, probe, points, random)
  return { points, partial }
}

interface Found {
  readonly values: readonly number[]
  /** Sign of each kink's switch. */
  readonly switches: readonly number[]
}

/** Evaluates one point: its values, `'partial'` where only some are defined, `null` where it is of no use. */
type Probe = (at: readonly number[]) => Found | 'partial' | null

const EDGE = 1e-9

function prober(question: Question): Probe | null {
  const { graph, compared, defined, inputs, assumptions } = question
  const kinks = kinksOf(graph, [...compared, ...defined])
  const outputs = [
    ...compared,
    ...defined,
    ...assumptions.flatMap(({ left, right }) => [left, right]),
    ...kinks.flatMap((node) => [node.inputs[0] as NodeId, node.inputs[1] ?? (node.inputs[0] as NodeId)]),
  ]
  const run = tape(graph, inputs, outputs)
  if (!run) return null
  const assumed = compared.length + defined.length
  const switched = assumed + 2 * assumptions.length
  return (at) => {
    const results = run.run(at)
    if (!assumptions.every(({ relation }, k) => satisfied(relation, results, assumed + 2 * k))) return null
    let count = 0
    for (let k = 0; k < compared.length; k++) if (Number.isFinite(results[k])) count++
    if (count < compared.length) return count > 0 ? 'partial' : null
    for (let k = compared.length; k < assumed; k++) if (!Number.isFinite(results[k])) return null
    const switches = kinks.map((node, k) => {
      const [a, b] = [results[switched + 2 * k] as number, results[switched + 2 * k + 1] as number]
      const entry = operation(node.op)
      const value = entry?.kink?.(a, b, 0) ?? 0
      if (entry?.continuous) return value < 0 ? -1 : 1
      const near = EDGE * Math.max(Number.MIN_VALUE, Math.abs(a), node.inputs.length > 1 ? Math.abs(b) : 0)
      return Math.abs(value) <= near ? 0 : Math.sign(value)
    })
    // On a jump itself conventions differ: a comparison there would prove nothing.
    return switches.includes(0) ? null : { values: Array.from(results.subarray(0, compared.length)), switches }
  }
}

function satisfied(relation: Inequality['relation'], results: Float64Array, place: number): boolean {
  const [left, right] = [results[place] as number, results[place + 1] as number]
  if (Number.isNaN(left) || Number.isNaN(right)) return true
  if (relation === '<') return left < right
  if (relation === '>') return left > right
  if (relation === '<=') return left <= right
  if (relation === '>=') return left >= right
  return left !== right
}

function kinksOf(graph: Graph, outputs: readonly NodeId[]): GraphNode[] {
  const seen = new Map<string, GraphNode>()
  for (const output of outputs) {
    for (const id of ancestors(graph, output)) {
      const node = graph.nodes[id] as GraphNode
      if (operation(node.op)?.kink) seen.set(node.inputs.join(), node)
    }
  }
  return [...seen.values()].slice(0, MOST_KINKS)
}

/** Adds points on the sides of kinks that no point has met: along each input, then by walking downhill. */
function crossKinks(question: Question, probe: Probe, points: Point[], random: () => number): void {
  const count = kinksOf(question.graph, [...question.compared, ...question.defined]).length
  if (count === 0 || points.length === 0) return
  const bases = basesAmong(points)
  const met = Array.from({ length: count }, () => new Set<number>())
  const look = (at: readonly number[]): Found | null => {
    const found = probe(at)
    return found === 'partial' ? null : found
  }
  // Far out a difference may drown in something large: such points count for no side.
  for (const point of points.filter(({ region }) => region !== 'far'))
    look(point.at)?.switches.forEach((sign, k) => {
      met[k]?.add(sign)
    })
  const keep = (at: readonly number[], k: number): boolean => {
    const found = look(at)
    const sign = found?.switches[k]
    if (!found || sign === undefined || met[k]?.has(sign)) return false
    met[k]?.add(sign)
    points.push({ region: 'kink', at, values: found.values })
    for (let extra = 0; extra < 3; extra++) {
      const beside = at.map((value) => value * (1 + 0.2 * (random() - 0.5)))
      const again = look(beside)
      if (again) points.push({ region: 'kink', at: beside, values: again.values })
    }
    return true
  }
  for (let k = 0; k < count; k++) {
    if ((met[k]?.size ?? 2) > 1) continue
    scan(bases, (at) => keep(at, k)) || walk(question, bases, k, (at) => keep(at, k))
  }
  const sides = points.flatMap((point): Side[] => {
    const found = point.region === 'far' ? null : look(point.at)
    return found ? [{ at: point.at, found }] : []
  })
  for (let k = 0; k < count; k++) {
    const beside = besideTurn(sides, look, k)
    sides.push(...beside)
    points.push(...beside.map(({ at, found: { values } }) => ({ region: 'kink' as const, at, values })))
  }
}

/** A point with what was found there. */
interface Side {
  readonly at: readonly number[]
  readonly found: Found
}

/**
 * Right before and behind the place where one switch turns, on lines between points: sign(x + y²) and sign(x + y⁴)
 * are told apart only between their turns, which no point need have met.
 */
function besideTurn(sides: readonly Side[], look: (at: readonly number[]) => Found | null, k: number): Side[] {
  const [below, above] = [-1, 1].map((sign) => sides.filter(({ found }) => found.switches[k] === sign))
  const lines = Math.min(LINES, below?.length ?? 0, above?.length ?? 0)
  return Array.from({ length: lines }, (_each, n) => {
    // Not always the same neighbours: lines along one input alone may meet both turns at once.
    let [before, behind] = [below?.[n]?.at ?? [], above?.[(2 * n + 1) % above.length]?.at ?? []]
    for (let halved = 0; halved < HALVINGS; halved++) {
      const middle = before.map((value, v) => (value + (behind[v] as number)) / 2)
      const sign = look(middle)?.switches[k]
      if (sign === -1) before = middle
      else if (sign === 1) behind = middle
      else break
    }
    return [before, behind].flatMap((at) => {
      const found = look(at)
      return found ? [{ at, found }] : []
    })
  }).flat()
}
/** Lines for each switch, and how often each is halved: to less than a ten thousandth of its length. */
const LINES = 3
const HALVINGS = 16

/** From where kinks are looked for: the first points, and some of every combination of signs that was met. */
function basesAmong(points: readonly Point[]): (readonly number[])[] {
  const bases = points.slice(0, FIRST_BASES)
  const met = new Map<string, number>()
  for (const point of points) {
    const signs = point.at.map(Math.sign).join()
    const count = met.get(signs) ?? 0
    met.set(signs, count + 1)
    if (count < BASES_OF_SIGNS && bases.length < MOST_BASES && !bases.includes(point)) bases.push(point)
  }
  return bases.map(({ at }) => at)
}
const FIRST_BASES = 4
const BASES_OF_SIGNS = 2
const MOST_BASES = 9

/** Each input in turn through all magnitudes and both signs. */
function scan(bases: readonly (readonly number[])[], keep: (at: readonly number[]) => boolean): boolean {
  for (const base of bases) {
    for (let v = 0; v < base.length; v++) {
      for (const far of MAGNITUDES) {
        const at = [...base]
        at[v] = far
        if (keep(at)) return true
      }
    }
  }
  return false
}

/** From 10^-6 to 10^9, in half powers of ten, with both signs. */
const MAGNITUDES: readonly number[] = Array.from({ length: 31 }, (_each, k) => {
  const size = Number((10 ** (k / 2 - 6) * 1.07).toPrecision(3))
  return [size, -size]
}).flat()
const WALK = 160

/** From each base, moves one input at a time towards the switch's other side: windows that a grid steps over. */
function walk(
  question: Question,
  bases: readonly (readonly number[])[],
  k: number,
  keep: (at: readonly number[]) => boolean,
): boolean {
  const { graph, compared, defined, inputs } = question
  const node = kinksOf(graph, [...compared, ...defined])[k]
  const run = node && tape(graph, inputs, [node.inputs[0] as NodeId, node.inputs[1] ?? (node.inputs[0] as NodeId)])
  if (!node || !run) return false
  const height = (at: readonly number[]): number => {
    const results = run.run(at)
    return operation(node.op)?.kink?.(results[0] as number, results[1] as number, 0) ?? Number.NaN
  }
  for (const base of bases) {
    const at = [...base]
    const side = Math.sign(height(at))
    const steps = at.map((value) => 0.5 * Math.max(0.1, Math.abs(value)))
    let best = side * height(at)
    for (let turn = 0; turn < WALK && Number.isFinite(best); turn++) {
      const v = turn % at.length
      const before = at[v] as number
      const better = [1, -1].some((direction) => {
        at[v] = before + direction * (steps[v] as number)
        const value = side * height(at)
        if (!(value < best)) return false
        best = value
        return true
      })
      if (!better) at[v] = before
      steps[v] = (steps[v] as number) * (better ? 1.7 : 0.4)
      if (best < 0) break
    }
    if (best < 0 && keep(at)) return true
  }
  return false
}

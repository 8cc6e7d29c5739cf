/** Judges one pair: does any customary reading of the written derivative make it right, and if none, where is it wrong. */
import { type Tape, tape } from '../../calculus/evaluate'
import type { Counterexample, JudgedPair } from '../../derivation'
import type { PairCandidate } from '../../reading/pairs'
import { isApproximate, isCustomary } from './conventions'
import {
  allEqual,
  type Comparison,
  confirmed,
  constantFactor,
  differs,
  distance,
  equal,
  resembles,
  scaledBy,
  scaleOf,
  upstreamFactors,
} from './relation'
import { ARRIVING, type Assignment, assignments, variablesOf } from './roles'
import { generator, type PairPoint, type PairSample, samplePair } from './sample'
import { type PairWorld, pairWorld } from './world'

export type Convention = JudgedPair['convention']

/** What came of a pair, before the other pairs of its table are looked at. */
export interface Judgement {
  readonly candidate: PairCandidate
  readonly world: PairWorld
  readonly verdict: JudgedPair['verdict']
  readonly convention: Convention
  readonly reason: string | null
  readonly counterexample: Counterexample | null
  /** Names of the variables that it is the derivative by. */
  readonly wrt: readonly string[]
  /** Index of the first of them among the inputs. */
  readonly variable: number | null
  /** Right when it is given the function's input, its output: both for a constant. */
  readonly takes: { readonly input: boolean; readonly output: boolean }
  /** A counterexample for a derivative that is called with the wrong one of the two. */
  readonly mistaken: (called: 'input' | 'output') => Counterexample | null
}

const MIN_POINTS = 8

interface Trial {
  readonly candidate: PairCandidate
  readonly world: PairWorld
  readonly sample: PairSample
  readonly written: Tape
}

export function judgePair(candidate: PairCandidate): Judgement {
  const world = pairWorld(candidate)
  if (!world.complete) return unknown(candidate, world, 'Not all of it is understood.')
  if (world.inputs.length === 0 || world.truth.every((node) => node === null))
    return unknown(candidate, world, 'It depends on no input.')
  const sample = samplePair(world)
  const leaves = [...world.inputs, ...world.own]
  const written = tape(
    world.builder.graph,
    leaves.map(({ node }) => node),
    world.written,
  )
  if (!sample || !written) return unknown(candidate, world, 'Not all of it is understood.')
  if (sample.points.length < MIN_POINTS)
    return unknown(candidate, world, 'There are too few places where the function is defined.')
  const trial = { candidate, world, sample, written }
  return rightOf(trial) ?? wrongOf(trial)
}

function unknown(candidate: PairCandidate, world: PairWorld, reason: string): Judgement {
  const takes = { input: false, output: false }
  const common = { candidate, world, takes, wrt: candidate.wrt, variable: null, mistaken: () => null }
  return { ...common, verdict: 'unknown', convention: null, reason, counterexample: null }
}

/** What is written at each place, if its parameters have these roles; one list for each result. */
function compare(
  { sample, written }: Trial,
  roles: Assignment['roles'],
  variables: readonly number[],
  points: readonly PairPoint[] = sample.points,
): Comparison[][] {
  const random = generator(23)
  const columns: Comparison[][] = variables.map(() => [])
  for (const point of points) {
    const free: number[] = []
    const own = roles.map((role) => {
      if (typeof role === 'number') return point.at[role] as number
      if (role === 'output') return point.value
      const value = Number((0.4 + 2 * random()).toFixed(1)) + 0.03
      free.push(value)
      return value
    })
    const results = written.run([...point.at, ...own])
    // Far out, what is finite in exact numbers overflows in a computer.
    if (isFar(point) && variables.some((_variable, k) => !Number.isFinite(results[k]))) continue
    variables.forEach((variable, k) => {
      const truth = point.slopes[variable] as number
      columns[k]?.push({ point, written: results[k] as number, truth, free })
    })
  }
  return columns
}

/** The readings under which the written derivative is right, the plainest first; `null` where there is none. */
function rightOf(trial: Trial): Judgement | null {
  const { candidate, world } = trial
  const { ways } = variablesOf(candidate, world)
  const ofParameters = ways.filter((way) => way.every((index) => isParameter(trial, index)))
  const others = ways.filter((way) => !ofParameters.includes(way))
  // A derivative by a parameter under any convention is likelier than one by what stands outside.
  return [ofParameters, others].map((each) => rightBy(trial, each)).find((each) => each !== null) ?? null
}

const isParameter = ({ candidate, world }: Trial, index: number): boolean =>
  candidate.function.parameters.some(({ name }) => name.key === world.inputs[index]?.key)

function rightBy(trial: Trial, ways: readonly (readonly number[])[]): Judgement | null {
  const all = assignments(trial.candidate, trial.world)
  const tries: ((
    columns: readonly Comparison[][],
    roles: Assignment['roles'],
    way: readonly number[],
  ) => Found | null)[] = [
    exactly,
    upstream,
    (columns, _roles, way) => throughActivation(trial, columns, way),
    (columns) => customary(trial, columns),
    (columns) => roughly(trial, columns),
  ]
  const few = spread(trial.sample.points, FEW_POINTS)
  for (const attempt of tries)
    for (const assignment of all)
      for (const way of ways) {
        // Most readings fail at the first places already.
        if (!attempt(compare(trial, assignment.roles, way, few), assignment.roles, way)) continue
        const columns = compare(trial, assignment.roles, way)
        if (columns.some((column) => column.every(({ truth }) => truth === 0))) continue
        const found = attempt(columns, assignment.roles, way)
        if (found && isPlausible(assignment, found)) return holds(trial, assignment, way, found)
      }
  return null
}

const FEW_POINTS = 14

/** Some of a list, from all parts of it. */
const spread = <T>(list: readonly T[], count: number): T[] =>
  list.filter((_each, k) => Math.floor((k * count) / list.length) !== Math.floor(((k - 1) * count) / list.length))

const isFar = ({ at }: PairPoint): boolean => at.some((value) => Math.abs(value) > 30)

interface Found {
  readonly convention: Convention
  readonly factor?: number
}

/** With other roles than the natural ones, only the plain conventions count: anything fits something. */
function isPlausible({ natural, roles }: Assignment, { convention }: Found): boolean {
  if (natural || convention === null || convention === 'output' || convention === 'upstream') return true
  return roles.includes('output') && !roles.includes('free')
}

function exactly(columns: readonly Comparison[][], roles: Assignment['roles']): Found | null {
  if (!columns.every((column) => allEqual(column, scaleOf(column)))) return null
  return { convention: roles.includes('output') ? 'output' : null }
}

function upstream(columns: readonly Comparison[][], roles: Assignment['roles']): Found | null {
  const count = roles.filter((role) => role === 'free').length
  if (count === 0) return null
  const fits = upstreamFactors(count).some((factor) =>
    columns.every((column) => {
      const scaled = scaledBy(column, factor)
      return allEqual(scaled, scaleOf(scaled))
    }),
  )
  return fits ? { convention: 'upstream' } : null
}

/** The gradient of a loss taken through the activation before it: `a - y` for the cross entropy of a sigmoid. */
function throughActivation(
  { world }: Trial,
  columns: readonly Comparison[][],
  [variable = 0]: readonly number[],
): Found | null {
  if (world.inputs.length < 2 || columns.length !== 1) return null
  const slopes: ((y: number) => number)[] = [(y) => y * (1 - y), (y) => 1 - y * y]
  const fits = slopes.some((slope) =>
    [1, 2, 0.5].some((factor) => {
      const scaled = scaledBy(columns[0] ?? [], ({ point }) => factor * slope(point.at[variable] as number))
      return allEqual(scaled, scaleOf(scaled))
    }),
  )
  return fits ? { convention: 'upstream' } : null
}

function customary({ candidate, world }: Trial, columns: readonly Comparison[][]): Found | null {
  const factors = columns.map((column) => constantFactor(column, scaleOf(column)))
  const [factor] = factors
  if (factor === undefined || factor === null) return null
  if (!factors.every((each) => each !== null && Math.abs(each - factor) <= 1e-6 * Math.abs(factor))) return null
  if (!isCustomary(factor, candidate, world)) return null
  return { convention: factor < 0 ? 'negative' : 'factor', factor }
}

function roughly({ world }: Trial, columns: readonly Comparison[][]): Found | null {
  if (!isApproximate(world)) return null
  return columns.every((column) => distance(column) < 2e-3) ? { convention: 'approximate' } : null
}

function holds(trial: Trial, { roles }: Assignment, way: readonly number[], found: Found): Judgement {
  const { candidate, world } = trial
  const variable = way[0] ?? 0
  const takes = takesOf(trial, roles, way)
  const kink = found.convention === null && hasKink(trial, roles, variable)
  const convention = kink ? 'kink' : found.convention
  return {
    candidate,
    world,
    verdict: 'holds',
    convention,
    reason: reasonOf(convention, candidate, found.factor, roles, world),
    counterexample: null,
    wrt: way.map((index) => world.inputs[index]?.plain ?? ''),
    variable,
    takes,
    mistaken: (called) => mistakenly(trial, roles, variable, called),
  }
}

/** The same derivative called with the input where it takes the output, or the other way round. */
const turned = (roles: Assignment['roles'], variable: number, to: 'input' | 'output'): Assignment['roles'] =>
  roles.map((role) => (role === 'output' || role === variable ? (to === 'output' ? 'output' : variable) : role))

function takesOf(trial: Trial, roles: Assignment['roles'], way: readonly number[]): Judgement['takes'] {
  const [variable] = way
  if (variable === undefined || way.length > 1) return { input: true, output: false }
  const right = (to: 'input' | 'output') => {
    const turnedRoles = turned(roles, variable, to)
    const columns = compare(trial, turnedRoles, way)
    return (exactly(columns, turnedRoles) ?? upstream(columns, turnedRoles) ?? customary(trial, columns)) !== null
  }
  return { input: right('input'), output: right('output') }
}

function mistakenly(
  trial: Trial,
  roles: Assignment['roles'],
  variable: number,
  called: 'input' | 'output',
): Counterexample | null {
  const [column = []] = compare(trial, turned(roles, variable, called), [variable])
  const scale = scaleOf(column)
  const wrong = column.filter((at) => differs(at, scale) && confirmed(trial.sample, at.point, variable))
  return wrong.length > 1 ? counterexample(trial, wrong[0] as Comparison, roles) : null
}

/** Whether the function has a corner, and the derivative a value there that lies between the slopes on both sides. */
function hasKink(trial: Trial, roles: Assignment['roles'], variable: number): boolean {
  const { sample, written } = trial
  if (variable !== 0) return false
  return sample.kinks.some((at) => {
    const slope = (step: number) =>
      sample.run(at.map((value, k) => (k === 0 ? value + step : value)))?.[1 + variable] ?? Number.NaN
    const [left, right] = [slope(-1e-6), slope(1e-6)]
    const jump = Math.abs(left - right)
    // A steep curve turns little within a short way, a corner as much as within a long one.
    if (!(jump > 1e-3 && jump > 0.5 * Math.abs(slope(-1e-4) - slope(1e-4)))) return false
    const value = sample.run(at)?.[0] ?? Number.NaN
    const own = roles.map((role) => (typeof role === 'number' ? (at[role] as number) : role === 'output' ? value : 1))
    const result = written.run([...at, ...own])[0] as number
    return result >= Math.min(left, right) - 1e-6 && result <= Math.max(left, right) + 1e-6
  })
}

function reasonOf(
  convention: Convention,
  { function: of, derivative }: PairCandidate,
  factor: number | undefined,
  roles: Assignment['roles'],
  world: PairWorld,
): string | null {
  const free = world.own.find((_leaf, index) => roles[index] === 'free')?.plain
  switch (convention) {
    case 'output':
      return `${derivative.title} takes the output of ${of.title}, not its input.`
    case 'upstream':
      return free === undefined
        ? `${derivative.title} goes through the activation before ${of.title}.`
        : `${derivative.title} includes the gradient that arrives from later: ${free}.`
    case 'factor':
      return `Right up to the constant factor ${Number((factor ?? 1).toPrecision(6))}.`
    case 'negative':
      return `${derivative.title} is the negative gradient of ${of.title}.`
    case 'kink':
      return `${of.title} has a kink, where any value between the slopes on both sides is right.`
    case 'approximate':
      return `Right to about ${of.title}'s own accuracy: one of the two is fitted or a difference quotient.`
    default:
      return null
  }
}

/** Nothing makes it right: a counterexample, where one is sure. */
function wrongOf(trial: Trial): Judgement {
  const { candidate, world, sample } = trial
  const { said, ways } = variablesOf(candidate, world)
  const [natural] = assignments(candidate, world)
  if (!natural) return unknown(candidate, world, 'Not all of it is understood.')
  const usualness = (way: readonly number[]): number =>
    way.filter((index) => /^(x|t|z|u|v|s|X|val|value|input)$/.test(world.inputs[index]?.plain ?? '')).length
  const ranked = ways
    .map((way) => ({ way, columns: compare(trial, natural.roles, way) }))
    .filter(({ columns }) => columns.some((column) => column.some(({ truth }) => truth !== 0)))
    .map(({ way, columns }) => ({ way, columns: columns.map((column) => withUpstream(column, natural.roles)) }))
    .toSorted(
      (a, b) => agreement(b.columns, b.way) - agreement(a.columns, a.way) || usualness(b.way) - usualness(a.way),
    )
  const [best] = ranked
  if (!best) return unknown(candidate, world, 'The function is constant where it was looked at.')
  const wrong = best.columns.findIndex((column) => !allEqual(column, scaleOf(column)))
  const column = best.columns[wrong] ?? []
  const variable = best.way[wrong] ?? 0
  const scale = scaleOf(column)
  if (scale === 0) return unknown(candidate, world, 'The function is constant where it was looked at.')
  const seen = best.columns.some((each, k) => resembles(each, scaleOf(each), best.way[k] ?? 0))
  if (!seen && !looksIntended(trial, natural))
    return unknown(candidate, world, 'It may be no derivative of this function.')
  // Any two lines are in proportion: names that only hint need a slope that varies.
  const varies = column.some(({ truth }) => Math.abs(truth - (column[0]?.truth ?? 0)) > 1e-9 * scale)
  if (candidate.strength === 'likely' && !varies)
    return unknown(candidate, world, 'It may be no derivative of this function.')
  const failing = column.filter((at) => differs(at, scale) && confirmed(sample, at.point, variable))
  const [first] = failing.toSorted((a, b) => plainness(a.point) - plainness(b.point))
  if (!first || failing.length < 2) return unknown(candidate, world, 'Equal as far as was seen.')
  const example = counterexample(trial, first, natural.roles)
  const by = world.inputs[variable]?.plain ?? ''
  return {
    ...unknown(candidate, world, ''),
    verdict: 'fails',
    reason: `${candidate.derivative.title} is not the derivative of ${candidate.function.title} by ${by}.`,
    counterexample: example,
    wrt: best.way.map((index) => world.inputs[index]?.plain ?? ''),
    // Which variable was meant is told by the code, by being the only one, or by being right in places.
    variable: said || world.inputs.length === 1 || seen ? variable : null,
  }
}

/**
 * The names say that it is a derivative, and all that it is given comes from the function or is one gradient that
 * arrives from later; or the names only hint at it, and it passes such a gradient on in proportion.
 */
function looksIntended(trial: Trial, { roles }: Assignment): boolean {
  const { candidate, world } = trial
  const free = roles.filter((role) => role === 'free').length
  if (candidate.strength === 'sure') return free <= 1 && world.own.length <= world.inputs.length + 1
  const arriving = world.own.find((_leaf, index) => roles[index] === 'free')
  return free === 1 && arriving !== undefined && isProportional(trial, roles) && ARRIVING.test(arriving.plain)
}

/** Twice the gradient from later gives twice the result. */
function isProportional({ sample, written }: Trial, roles: Assignment['roles']): boolean {
  return sample.points.slice(0, 10).every(({ at, value }) => {
    const result = (from: number) =>
      written.run([
        ...at,
        ...roles.map((role) => (typeof role === 'number' ? (at[role] as number) : role === 'output' ? value : from)),
      ])[0] as number
    return Math.abs(result(2.6) - 2 * result(1.3)) <= 1e-9 * Math.max(1, Math.abs(result(2.6)))
  })
}

/** With a parameter of its own, a derivative is compared as multiplied by it. */
function withUpstream(column: readonly Comparison[], roles: Assignment['roles']): Comparison[] {
  const count = roles.filter((role) => role === 'free').length
  return count === 0 ? [...column] : scaledBy(column, ({ free }) => free.reduce((product, value) => product * value, 1))
}

function agreement(columns: readonly Comparison[][], way: readonly number[]): number {
  const parts = columns.map((column, k) => {
    const scale = scaleOf(column)
    const same = column.filter(({ written, truth }) => equal(written, truth, scale)).length / column.length
    return same + (resembles(column, scale, way[k] ?? 0) ? 0.5 : 0)
  })
  return parts.reduce((sum, part) => sum + part, 0)
}

/** Short numbers of ordinary size make the best counterexamples. */
const plainness = ({ at }: PairPoint): number =>
  at.reduce((sum, value) => sum + String(value).length + (Math.abs(value) > 3 || Number.isInteger(value) ? 3 : 0), 0)

function counterexample(
  { world }: Trial,
  { point, written, truth, free }: Comparison,
  roles: Assignment['roles'],
): Counterexample {
  const at: Record<string, number> = {}
  world.inputs.forEach(({ plain }, index) => {
    at[plain] = point.at[index] as number
  })
  let next = 0
  world.own.forEach(({ plain }, index) => {
    if (roles[index] === 'free') at[plain] = free[next++] as number
  })
  return { at, written, expected: truth }
}

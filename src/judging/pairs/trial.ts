/** A pair on trial: what is written, compared with what is right, if its parameters have these roles. */
import type { Tape } from '../../calculus/evaluate'
import type { Counterexample, JudgedPair } from '../../derivation'
import type { NodeId } from '../../graph/graph'
import { substitute } from '../../meaning/substitute'
import { PRODUCT } from '../../operations/algebra'
import type { PairCandidate } from '../../reading/pairs'
import { differAt } from '../equivalence'
import { randomNumbers } from '../random'
import type { Comparison } from './relation'
import type { Assignment } from './roles'
import type { PairPoint, PairSample } from './sample'
import type { PairWorld } from './world'

export type Convention = JudgedPair['convention']

/** What came of a pair, before the other pairs of its table are looked at. */
export interface Judgement {
  readonly candidate: PairCandidate
  readonly world: PairWorld
  readonly verdict: JudgedPair['verdict']
  readonly convention: Convention
  readonly reason: string | null
  readonly counterexample: Counterexample | null
  /** Told without an alarm: the table that it stands in is not of one mind. */
  readonly quiet: boolean
  /** Numbers or parts show that it is an attempt at this derivative. */
  readonly resembles: boolean
  /** Names of the variables that it is the derivative by. */
  readonly wrt: readonly string[]
  /** Index of the first of them among the inputs. */
  readonly variable: number | null
  /** Right when it is given the function's input, its output: both for a constant. */
  readonly takes: { readonly input: boolean; readonly output: boolean }
  /** A counterexample for a derivative that is called with the wrong one of the two. */
  readonly mistaken: (called: 'input' | 'output') => Counterexample | null
}

export interface Trial {
  readonly candidate: PairCandidate
  readonly world: PairWorld
  readonly sample: PairSample
  readonly written: Tape
}

export function unknown(candidate: PairCandidate, world: PairWorld, reason: string): Judgement {
  const takes = { input: false, output: false }
  const common = { candidate, world, takes, wrt: candidate.wrt, variable: null, mistaken: () => null }
  const told = { convention: null, reason, counterexample: null, quiet: false, resembles: false }
  return { ...common, ...told, verdict: 'unknown' }
}

/** What is written at each place, if its parameters have these roles; one list for each result. */
export function compare(
  { sample, written }: Trial,
  roles: Assignment['roles'],
  variables: readonly number[],
  points: readonly PairPoint[] = sample.points,
): Comparison[][] {
  const random = randomNumbers(23)
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

/** What is written as one of the results, if the derivative's own parameters have these roles; free ones stay what they are. */
export function writtenUnder({ world }: Trial, roles: Assignment['roles'], result: number): NodeId {
  const { builder, own, inputs, output, written } = world
  const put = own.flatMap(({ node }, k): [NodeId, NodeId][] => {
    const role = roles[k]
    if (role === 'output') return [[node, output]]
    const input = typeof role === 'number' ? inputs[role] : undefined
    return input ? [[node, input.node]] : []
  })
  return substitute(builder, written[result] as NodeId, new Map(put))
}

/** The true derivative by one of the inputs. */
export const truthBy = ({ world: { builder, truth } }: Trial, variable: number): NodeId =>
  truth[variable] ?? builder.constant(0)

/** Does a result differ for certain at a place, from the truth times all that arrives? */
export function certainlyWrong(
  trial: Trial,
  roles: Assignment['roles'],
  result: number,
  variable: number,
  { point, free, written }: Comparison,
): boolean {
  // Without a value where there should be one: nothing is left to be enclosed.
  if (Number.isNaN(written)) return true
  const { builder, inputs, own } = trial.world
  const leaves = own.flatMap(({ node }, k) => (roles[k] === 'free' ? [node] : []))
  const right = leaves.reduce((product, leaf) => builder.apply(PRODUCT, [product, leaf]), truthBy(trial, variable))
  const place = new Map([
    ...inputs.map(({ node }, k) => [node, point.at[k] as number] as const),
    ...leaves.map((leaf, k) => [leaf, free[k] as number] as const),
  ])
  return differAt(builder.graph, right, writtenUnder(trial, roles, result), place)
}

const isFar = ({ at }: PairPoint): boolean => at.some((value) => Math.abs(value) > 30)

/** Short numbers of ordinary size make the best counterexamples. */
export const plainness = ({ at }: PairPoint): number =>
  at.reduce((sum, value) => sum + String(value).length + (Math.abs(value) > 3 || Number.isInteger(value) ? 3 : 0), 0)

export function counterexample(
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

/** The same derivative called with the input where it takes the output, or the other way round. */
export const turned = (roles: Assignment['roles'], variable: number, to: 'input' | 'output'): Assignment['roles'] =>
  roles.map((role) => (role === 'output' || role === variable ? (to === 'output' ? 'output' : variable) : role))

/** The customary readings of a written derivative: the plainest under which it is right. */
import type { GraphBuilder, NodeId } from '../../graph/graph'
import { compare as compareNodes } from '../equivalence'
import type { Inequality } from '../points'
import { isApproximate, isCustomary } from './conventions'
import { hasKink, mistakenly } from './places'
import {
  allEqual,
  type Comparison,
  constantFactor,
  distance,
  equal,
  RELATIVE,
  scaledBy,
  scaleOf,
  upstreamFactors,
} from './relation'
import { type Assignment, assignments, variablesOf } from './roles'
import { reasonOf } from './sentences'
import {
  type Convention,
  certainlyWrong,
  compare,
  type Judgement,
  type Trial,
  truthBy,
  turned,
  writtenUnder,
} from './trial'

/** The readings under which the written derivative is right, the plainest first; `null` where there is none. */
export function rightOf(trial: Trial): Judgement | null {
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
    (columns, roles, way) => withoutSpoiled(trial, columns, roles, way),
    // What one function returns beside its value is given nothing that arrives.
    (columns, roles) => (trial.candidate.shape === 'result' ? null : upstream(columns, roles)),
    (columns, _roles, way) => throughActivation(trial, columns, way),
    (columns) => customary(trial, columns),
    (columns) => roughly(trial, columns),
  ]
  const few = spread(trial.sample.points, FEW_POINTS)
  const readings = all.flatMap((assignment) =>
    ways.map((way) => ({ assignment, way, columns: compare(trial, assignment.roles, way, few) })),
  )
  const refuted = new Set<(typeof readings)[number]>()
  for (const attempt of tries)
    for (const reading of readings) {
      const { assignment, way, columns: glance } = reading
      if (refuted.has(reading)) continue
      // Most readings fail at the first places already.
      if (!attempt(glance, assignment.roles, way)) continue
      const columns = compare(trial, assignment.roles, way)
      if (columns.some((column) => column.every(({ truth }) => truth === 0))) continue
      const found = attempt(columns, assignment.roles, way)
      if (!found || !isPlausible(assignment, found)) continue
      if (attempt === exactly && isRefuted(trial, assignment, way)) refuted.add(reading)
      else return holds(trial, assignment, way, found)
    }
  return null
}

/** What doubles call equal as it stands is compared as a note's claims are: no place may prove that it isn't. */
function isRefuted(trial: Trial, { roles }: Assignment, way: readonly number[]): boolean {
  const { builder, inputs } = trial.world
  const assumptions = inputs.flatMap(({ node, usual }) => (usual === null ? [] : aroundUsual(builder, node, usual)))
  return way.some((variable, k) => {
    const [right, written] = [truthBy(trial, variable), writtenUnder(trial, roles, k)]
    const found = compareNodes(builder.graph, right, written, { assumptions })
    return found.kind === 'different' && found.witness.apart > RELATIVE
  })
}

/** A parameter with a default stays on its side of 0 and 1. */
function aroundUsual(builder: GraphBuilder, node: NodeId, usual: number): Inequality[] {
  const bounds = usual < 0 ? [-1, 0] : [0, 1]
  return bounds.flatMap((bound): Inequality[] =>
    usual === bound ? [] : [{ left: node, relation: usual < bound ? '<' : '>', right: builder.constant(bound) }],
  )
}

const FEW_POINTS = 14

/** Some of a list, from all parts of it. */
const spread = <T>(list: readonly T[], count: number): T[] =>
  list.filter((_each, k) => Math.floor((k * count) / list.length) !== Math.floor(((k - 1) * count) / list.length))

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

/** Of places at which doubles differ, fewer than this part may be spoiled by cancelling. */
const SPOILED = 0.3

/** Where doubles differ at some places and no enclosure does, digits got lost: the others tell. */
function withoutSpoiled(
  trial: Trial,
  columns: readonly Comparison[][],
  roles: Assignment['roles'],
  way: readonly number[],
): Found | null {
  if (roles.includes('free')) return null
  const isRight = columns.every((column, k) => {
    const scale = scaleOf(column)
    const others = column.filter(({ written, truth }) => !equal(written, truth, scale))
    return (
      others.length <= SPOILED * column.length &&
      others.every((at) => !certainlyWrong(trial, roles, k, way[k] as number, at))
    )
  })
  return isRight ? { convention: roles.includes('output') ? 'output' : null } : null
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
    quiet: false,
    resembles: true,
    wrt: way.map((index) => world.inputs[index]?.plain ?? ''),
    variable,
    takes,
    mistaken: (called) => mistakenly(trial, roles, variable, called),
  }
}

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

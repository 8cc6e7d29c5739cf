/** Where a written derivative is wrong: a counterexample, if one is sure. */
import {
  allEqual,
  type Comparison,
  confirmed,
  constantFactor,
  differs,
  equal,
  resembles,
  scaledBy,
  scaleOf,
} from './relation'
import { ARRIVING, type Assignment, assignments, variablesOf } from './roles'
import { compare, counterexample, type Judgement, plainness, type Trial, unknown } from './trial'

/** Nothing makes it right: a counterexample, where one is sure. */
export function wrongOf(trial: Trial): Judgement {
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
 * The names say that it is a derivative, and all that it is given comes from the function; or it passes on, in
 * proportion, a gradient that arrives from later.
 */
function looksIntended(trial: Trial, { roles }: Assignment): boolean {
  const { candidate, world } = trial
  const free = world.own.filter((_leaf, index) => roles[index] === 'free')
  const [arriving] = free
  if (arriving === undefined) return candidate.strength === 'sure'
  return free.length === 1 && ARRIVING.test(arriving.plain) && isProportional(trial, roles)
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
    if (constantFactor(column, scale) !== null) return same + 1
    return same + (resembles(column, scale, way[k] ?? 0) ? 0.5 : 0)
  })
  return parts.reduce((sum, part) => sum + part, 0)
}

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
import { sharesParts } from './resemblance'
import { ARRIVING, type Assignment, assignments, variablesOf } from './roles'
import { mistakeSentence } from './sentences'
import { certainlyWrong, compare, counterexample, type Judgement, plainness, type Trial, unknown } from './trial'

const NO_DERIVATIVE = 'It may be no derivative of this function.'
const CONSTANT = 'The function is constant where it was looked at.'

/** Nothing makes it right: a counterexample, where one is sure. */
export function wrongOf(trial: Trial): Judgement {
  const { candidate, world, sample } = trial
  const [natural] = assignments(candidate, world)
  const best = natural && likeliest(trial, natural)
  if (!natural || !best) return unknown(candidate, world, CONSTANT)
  const { way, columns } = best
  const wrong = columns.findIndex((column) => !allEqual(column, scaleOf(column)))
  const column = columns[wrong] ?? []
  const variable = way[wrong] ?? 0
  const scale = scaleOf(column)
  if (scale === 0) return unknown(candidate, world, CONSTANT)
  const seen = columns.some((each, k) => resembles(each, scaleOf(each), way[k] ?? 0))
  if (!seen && !looksIntended(trial, natural, column)) return unknown(candidate, world, NO_DERIVATIVE)
  // Any two lines are in proportion: names that only hint need a slope that varies.
  const varies = column.some(({ truth }) => Math.abs(truth - (column[0]?.truth ?? 0)) > 1e-9 * scale)
  if (candidate.strength === 'likely' && !varies) return unknown(candidate, world, NO_DERIVATIVE)
  const failing = column
    .filter((at) => differs(at, scale) && confirmed(sample, at.point, variable))
    .toSorted((a, b) => plainness(a.point) - plainness(b.point))
  // Doubles propose, enclosures prove: at two places, the plainest ones.
  const [first, second] = firstTwo(failing, (at) => certainlyWrong(trial, natural.roles, wrong, variable, at))
  if (!first || !second) return unknown(candidate, world, 'Equal as far as was seen.')
  const isTold = variablesOf(candidate, world).said || world.inputs.length === 1
  const region = regionOf(trial, way, columns)
  if (region !== null) return unknown(candidate, world, region)
  return {
    ...unknown(candidate, world, ''),
    verdict: 'fails',
    resembles: seen || sharesParts(trial, natural.roles, column),
    reason: mistakeSentence(candidate, world.inputs[variable]?.plain ?? '', constantFactor(column, scale)),
    counterexample: counterexample(trial, first, natural.roles),
    wrt: way.map((index) => world.inputs[index]?.plain ?? ''),
    // Which variable was meant is told by the code, by being the only one, or by being right in places.
    variable: isTold || seen ? variable : null,
  }
}

function firstTwo<T>(all: readonly T[], isProven: (each: T) => boolean): T[] {
  const found: T[] = []
  for (const each of all) {
    if (isProven(each)) found.push(each)
    if (found.length === 2) break
  }
  return found
}

interface Reading {
  readonly way: readonly number[]
  readonly columns: readonly Comparison[][]
}

/** By which variables the derivative was most likely meant to be taken: those by which it is least wrong. */
function likeliest(trial: Trial, { roles }: Assignment): Reading | null {
  const { candidate, world } = trial
  const usualness = (way: readonly number[]): number =>
    way.filter((index) => /^(x|t|z|u|v|s|X|val|value|input)$/.test(world.inputs[index]?.plain ?? '')).length
  const readings = variablesOf(candidate, world)
    .ways.map((way): Reading => ({ way, columns: compare(trial, roles, way) }))
    .filter(({ columns }) => columns.some((column) => column.some(({ truth }) => truth !== 0)))
    .map(({ way, columns }) => ({ way, columns: columns.map((column) => withUpstream(column, roles)) }))
  const [best] = readings.toSorted(
    (a, b) => agreement(b.columns, b.way) - agreement(a.columns, a.way) || usualness(b.way) - usualness(a.way),
  )
  return best ?? null
}

/**
 * The names say that it is a derivative, and all that it is given comes from the function; or it passes on, in
 * proportion, a gradient that arrives from later.
 */
function looksIntended(trial: Trial, { roles }: Assignment, column: readonly Comparison[]): boolean {
  const { candidate, world } = trial
  const free = world.own.filter((_leaf, index) => roles[index] === 'free')
  const [arriving] = free
  if (arriving === undefined)
    return candidate.strength === 'sure' || (candidate.strength === 'named' && sharesParts(trial, roles, column))
  return free.length === 1 && ARRIVING.test(arriving.plain) && isProportional(trial, roles)
}

/** What people mean a parameter to be without saying so: a slope or rate of less than one, a positive width. */
const REGIONS: readonly (readonly [within: (value: number) => boolean, sentence: (name: string) => string])[] = [
  [(value) => value > 0, (name) => `It is right where ${name} is positive.`],
  [(value) => value > 0 && value < 1, (name) => `It is right where ${name} is between 0 and 1.`],
]

/** Where it is right as soon as one of the parameters by which it isn't differentiated is in a usual range: that, as a sentence. */
function regionOf({ world }: Trial, way: readonly number[], columns: readonly Comparison[][]): string | null {
  for (const [index, { plain }] of world.inputs.entries()) {
    if (way.includes(index)) continue
    for (const [within, sentence] of REGIONS) {
      const isInside = ({ point }: Comparison) => within(point.at[index] as number)
      const right = columns.every((column) => {
        const inside = column.filter(isInside)
        return inside.length >= 8 && inside.length < column.length && allEqual(inside, scaleOf(inside))
      })
      if (right) return sentence(plain)
    }
  }
  return null
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

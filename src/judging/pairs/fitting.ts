/** Sizes of the inputs under which a function on arrays can be computed. */

import { evaluator } from '../../calculus/evaluate'
import { ancestors } from '../../graph/graph'
import { operation } from '../../operations/index'
import type { ArrayCandidate, ArrayRun } from '../../reading/pairs/arrayCandidate'
import type { Given, Sized } from '../../reading/pairs/sized'
import { DOMAINS, type Domain, type Draw, valuesIn } from './arrayValues'
import { type ArrayWorld, arrayWorld } from './arrayWorld'

/** Sizes that differ: of the samples, of what comes in, of what goes out, of what is in between, of a sequence; gates side by side. */
type Size = 'N' | 'D' | 'K' | 'H' | 'T' | '3H' | '4H' | 1 | 2
export type Sizes = Readonly<Record<'N' | 'D' | 'K' | 'H' | 'T', number>>
const DIFFERENT: Sizes = { N: 2, D: 3, K: 4, H: 5, T: 6 }
const OTHERS: Sizes = { N: 3, D: 5, K: 2, H: 4, T: 6 }
/** What fitted two samples by chance doesn't fit three. */
const MORE_SAMPLES: Sizes = { ...DIFFERENT, N: 3 }
const EQUAL: Sizes = { N: 3, D: 3, K: 3, H: 3, T: 3 }

/** The axes of an array, or a size itself. */
type Choice = readonly Size[] | { readonly count: keyof Sizes | 0 | 1 | 2 }

/** Images have a channel for each feature of the samples, and two sides; filters are small. */
const IMAGES: Choice = ['N', 'D', 'T', 'H']
const FILTERS: Choice = ['K', 'D', 2, 2]
const INPUTS: readonly Choice[] = [['N', 'D'], ['D'], ['D', 'N'], ['N', 'K'], ['N'], ['K'], [], ['N', 'T', 'D'], IMAGES]
const WEIGHTS: readonly Choice[] = [
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
  FILTERS,
]
/** One sample as a row or a column. */
const ONE_SAMPLE: readonly Choice[] = [
  [1, 'D'],
  ['D', 1],
]
/** Weights and biases that a function is given: their sizes are those of what goes out, never by chance those of the samples. */
const OF_LAYER = /^(W\d?|[wW]eights?|b\d?|bias(es)?|gamma|beta)$/
const MATRICES: readonly Choice[] = [['D', 'K'], ['K', 'D'], ['K', 'N'], ['N', 'K'], ['D'], ['K'], ['N'], []]
const BIASES: readonly Choice[] = [['K'], ['K', 1], [1, 'K'], [], ['D'], ['N']]
/** Names that tell how many axes a parameter has. */
const MATRIX = /^(W\w*|w_\w+|weights?\w*|kernel|[A-Z])$/
const VECTOR = /^(b|bias\w*|b\d|b_\w+|b[a-z]|beta|gamma|scale|shift)$/
const NUMBER =
  /^_?(lr|learning_?rate|rate|eta|eps(ilon)?|alpha|lambda\w*|slope|momentum|\w*_(rate|ratio|std)|p|ratio|dropout\w*|l[12]\w*|reg\w*|\w*(decay|penalty|lambda))$/i

const axesIn = (choice: Choice): readonly Size[] => ('count' in choice ? [] : choice)

/** What letters of regression mean: one target for each sample, one weight for each feature, one number beside them. */
const OF_SAMPLES = /^(y|t|targets?|labels?|y_?true)$/
const OF_FEATURES = /^(w|theta|beta|coefs?|coefficients)$/
const INTERCEPT = /^(b|bias|intercept)$/

function usualAxes(name: string, inputs: readonly Sized[]): Choice | null {
  if (!inputs.some((input) => OF_FEATURES.test(input.name))) return null
  if (OF_SAMPLES.test(name)) return ['N']
  if (OF_FEATURES.test(name)) return ['D']
  return INTERCEPT.test(name) ? [] : null
}

/** The sizes of an input, the likeliest first. */
function choicesFor(input: Sized, inputs: readonly Sized[], isFirst: boolean, isOnline: boolean): readonly Choice[] {
  const choices = choicesOf(input, isFirst, isOnline)
  const usual = input.isParameter || inputs.length === 1 ? null : usualAxes(input.name, inputs)
  const isUsual = (choice: Choice): boolean => usual !== null && axesIn(choice).join() === axesIn(usual).join()
  return [...choices.filter(isUsual), ...choices.filter((choice) => !isUsual(choice))]
}

/** Beside what comes in first, another may be a matrix that it is multiplied with. */
function choicesOf({ name, axes, isParameter }: Sized, isFirst: boolean, isOnline: boolean): readonly Choice[] {
  if (isParameter && NUMBER.test(name)) return [[]]
  if (!isParameter && !isFirst && !axes && OF_LAYER.test(name)) return VECTOR.test(name) ? BIASES : MATRICES
  const plain = isOnline ? [...INPUTS, ...ONE_SAMPLE] : INPUTS
  const all: readonly Choice[] = isParameter ? WEIGHTS : isFirst ? plain : [...plain, ['D', 'K']]
  const allowed = axes ? all.filter((choice) => axes.includes(axesIn(choice).length)) : all
  if (axes || !isParameter) return allowed
  if (MATRIX.test(name)) return allowed.filter((choice) => axesIn(choice).length === 2 && !axesIn(choice).includes(1))
  return VECTOR.test(name)
    ? allowed.filter((choice) => axesIn(choice).length === 1 || axesIn(choice).includes(1))
    : allowed
}

export interface Fit {
  readonly choices: ReadonlyMap<string, Choice>
  readonly sizes: Sizes
  readonly domain: Domain
  /** Inputs by which nothing is differentiated name rows: any other numbers have no value. */
  readonly namesRows: boolean
  /** With likelier sizes the code isn't understood: these may be others than the ones that are meant. */
  readonly isUnlikely: boolean
  readonly run: ArrayRun
  readonly world: ArrayWorld
}

const MOST_RUNS = 300
const MOST_FITS = 16
/** Steps of the machine for one pair: some hundred runs of a layer, a dozen of a network. */
const MOST_STEPS = 20_000

/** Sizes under which the function can be computed, the likeliest first. */
export function* fittingSizes(candidate: ArrayCandidate): Generator<Fit> {
  let runs = 0
  let fits = 0
  let isUnlikely = false
  for (const choices of assignments(candidate)) {
    if (fits >= MOST_FITS || runs++ >= MOST_RUNS || candidate.work() > MOST_STEPS) return
    const fit = fitOrUnread(candidate, choices, DIFFERENT)
    isUnlikely ||= fit === 'unread'
    if (fit === null || fit === 'unread') continue
    fits++
    yield { ...fit, isUnlikely }
  }
}

/** Sizes of parts, by their names: windows on images, and how far apart they are; heads that share what comes in. */
const SMALL: readonly (readonly [name: RegExp, count: 0 | 1 | 2])[] = [
  [/head/i, 1],
  [/pad/i, 0],
  [/^(pool|kernel|filter|window)|stride/i, 2],
]

/** Sizes in the order in which a constructor names them: what comes in, what is in between, what goes out. */
function countsIn(inputs: readonly Sized[]): Map<string, Choice> {
  const counts = inputs.filter(({ isCount }) => isCount).map(({ name }) => name)
  const small = counts.flatMap((name) => {
    const count = SMALL.find(([pattern]) => pattern.test(name))?.[1]
    return count === undefined ? [] : [[name, { count }] as const]
  })
  const parts = new Set(small.map(([name]) => name))
  const names = counts.filter((name) => !parts.has(name))
  const sizes = names.map(
    (name, index) => [name, { count: index === 0 ? 'D' : index === names.length - 1 ? 'K' : 'H' }] as const,
  )
  return new Map<string, Choice>([...sizes, ...small])
}

function* assignments({ inputs, isOnline }: ArrayCandidate): Generator<Fit['choices']> {
  const open = inputs.filter(({ isCount }) => !isCount)
  function* rest(
    [input, ...others]: readonly Sized[],
    chosen: Fit['choices'],
    isFirst: boolean,
  ): Generator<Fit['choices']> {
    if (!input) yield chosen
    else
      for (const choice of choicesFor(input, inputs, isFirst, isOnline))
        yield* rest(others, new Map(chosen).set(input.name, choice), false)
  }
  for (const layout of recurrent(open)) yield new Map([...countsIn(inputs), ...layout])
  yield* rest(open, countsIn(inputs), true)
}

/** What a recurrent cell keeps from step to step. */
const STATE =
  /^((h|c|s|a|hidden|state|cell)_?(prev|previous|old|t_?1|in|0)|(prev|previous|last)_?(h|c|s|state|hidden|cell)\w*)$/i
/** Weights that the state is multiplied with. */
const OF_STATE = /h(h|idden)?$|^U|rec|^Waa$/i

/** A cell takes an input and its state; its weights stand side by side, one for each gate. */
function recurrent(open: readonly Sized[]): Map<string, Choice>[] {
  if (!open.some(({ name, isParameter }) => !isParameter && STATE.test(name))) return []
  const gates: readonly Size[] = ['4H', '3H', 'H']
  return gates.flatMap((columns) =>
    [false, true].map((isTurned) => {
      const axes = (...sizes: Size[]): Choice => (isTurned ? sizes.reverse() : sizes)
      const choice = ({ name, isParameter }: Sized): Choice => {
        if (!isParameter) return axes('N', STATE.test(name) ? 'H' : 'D')
        if (VECTOR.test(name)) return isTurned ? [columns, 1] : [columns]
        return axes(OF_STATE.test(name) ? 'H' : 'D', columns)
      }
      return new Map(open.map((input) => [input.name, choice(input)]))
    }),
  )
}

/** The same with all sizes equal: what doesn't go together otherwise. */
export const squareOf = (candidate: ArrayCandidate, { choices }: Fit): Fit | null => fitOf(candidate, choices, EQUAL)

/** Whether it can be computed for another number of samples. */
export const takesMoreSamples = (candidate: ArrayCandidate, { choices }: Fit): boolean =>
  [...choices.values()].every((choice) => !axesIn(choice).includes('N')) ||
  fitOf(candidate, choices, MORE_SAMPLES) !== null

/** The same with other sizes: what depends on them changes. */
export const resized = (candidate: ArrayCandidate, { choices }: Fit): Fit | null => fitOf(candidate, choices, OTHERS)

function fitOf(candidate: ArrayCandidate, choices: Fit['choices'], sizes: Sizes): Fit | null {
  const fit = fitOrUnread(candidate, choices, sizes)
  return fit === 'unread' ? null : fit
}

function fitOrUnread(candidate: ArrayCandidate, choices: Fit['choices'], sizes: Sizes): Fit | 'unread' | null {
  const numbers = new Map([...choices].map(([name, choice]) => [name, given(choice, sizes)]))
  const run = candidate.run(numbers)
  const world = run && arrayWorld(run)
  if (!run || !world) return null
  if (world === 'unread') return world
  // What can be computed has numbers: an index beyond the end has none.
  const isComputed = (draw: Pick<Draw, 'domain' | 'targets' | 'varying'>): boolean => {
    const values = valuesIn(run, world, { seed: 5, arriving: 'any', ...draw })
    return world.outputs.every((id) => values.of(id)?.data.every(Number.isFinite))
  }
  const domains = DOMAINS.slice(DOMAINS.indexOf(leastDomain(world)))
  // What no gradient is written by may have to be numbers of rows.
  const varying = new Set(world.ways.flat().map(({ of }) => of))
  const domain = domains.find((each) => isComputed({ domain: each, targets: 'any', varying }))
  const ofRows = domain ? undefined : domains.find((each) => isComputed({ domain: each, targets: 'classes', varying }))
  const most = Math.max(
    ...candidate.inputs.filter((each) => !each.isParameter).map(({ name }) => axesIn(choices.get(name) ?? []).length),
  )
  // A bias that is repeated along an axis of its own is none.
  const isPlain =
    candidate.inputs.every((each) => !each.isParameter) ||
    world.outputs.every((id) => (world.builder.shapeOf(id)?.length ?? 0) <= most)
  const fit = { choices, sizes, run, world, isUnlikely: false }
  if (ofRows) return { ...fit, domain: ofRows, namesRows: true }
  return domain && isPlain ? { ...fit, domain, namesRows: false } : null
}

/** What is clipped to be no less than a small number, or no more than nearly 1, is meant to be between. */
function leastDomain({ builder, outputs }: ArrayWorld): Domain {
  const numbers = evaluator(builder.graph, new Map())
  const bounds = outputs.flatMap((output) =>
    ancestors(builder.graph, output).flatMap((id) => {
      const { op, inputs } = builder.node(id)
      return inputs.length === 2 && operation(op)?.kink ? inputs.map((input) => numbers(input)?.data[0] ?? 0) : []
    }),
  )
  if (bounds.some((bound) => bound < 1 && bound >= 1 - GUARD)) return 'unit'
  return bounds.some((bound) => bound > 0 && bound <= GUARD) ? 'positive' : 'signed'
}
const GUARD = 1e-3

const given = (choice: Choice, sizes: Sizes): Given =>
  'count' in choice ? { count: countOf(choice.count, sizes) } : choice.map((size) => numberOf(size, sizes))

const countOf = (count: keyof Sizes | 0 | 1 | 2, sizes: Sizes): number =>
  typeof count === 'number' ? count : sizes[count]

const numberOf = (size: Size, sizes: Sizes): number => {
  if (typeof size === 'number') return size
  const gates = size === '3H' ? 3 : size === '4H' ? 4 : 1
  return gates * sizes[gates === 1 ? (size as keyof Sizes) : 'H']
}

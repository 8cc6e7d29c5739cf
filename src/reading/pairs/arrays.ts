/**
 * Pairs that work on arrays: a class with `forward` and `backward`, a function and its gradient. They are run with arrays of
 * given sizes, as often as sizes are tried: the candidate holds how.
 */
import { invoke } from '../code/calls'
import type { ParameterCode } from '../code/core'
import { type Machine, objectOf } from '../code/machine'
import { type ClosureValue, NOTHING, type Value } from '../code/value'
import type { Range } from '../statement'
import { type ArrayCandidate, type ArrayReader, type ArrayRun, counted, isBatched, type Way } from './arrayCandidate'
import { gradientsNamed, gradientsReturned } from './kept'
import { type Member, stepsIn, textsOf } from './members'
import type { Strength } from './names'
import {
  argumentsFor,
  type Given,
  mirrored,
  numbersOf,
  ownParameters,
  randomOf,
  SITE,
  type Sized,
  type Slot,
  wanted,
  zeros,
} from './sized'

const rangeOf = ({ nameSpan }: Member): Range => ({ start: nameSpan.from, end: nameSpan.to })

/** A function and its gradient function on arrays, by the same names of parameters. */
export function arrayPairOf(
  { program, file }: ArrayReader,
  found: {
    readonly function: Member
    readonly derivative: Member
    readonly wrt: readonly string[]
    readonly strength: Strength
  },
): ArrayCandidate | null {
  const { function: of, derivative, wrt, strength } = found
  if (of.value.kind !== 'closure' || derivative.value.kind !== 'closure') return null
  const pair: Pair = { of, derivative, f: of.value, g: derivative.value }
  const inputs = wanted(pair.f.code, 'inputs', file.language.brings)
  if (!inputs || pair.f.code.unfollowed !== null || pair.g.code.unfollowed !== null) return null
  if (!file.language.brings && !inputs.some(({ axes }) => axes?.some((count) => count > 0))) return null
  return {
    function: { name: of.name, title: of.title, range: rangeOf(of) },
    derivative: {
      name: derivative.name,
      title: derivative.title,
      range: rangeOf(derivative),
      steps: stepsIn(derivative, file),
    },
    isOnline: false,
    kind: 'function',
    strength,
    text: textsOf([of, derivative]),
    isBatched: isBatched({ program, file }),
    otherwise: null,
    inputs,
    ...counted({ program, file }, (machine, sizes) => runPair(machine, pair, inputs, wrt, sizes)),
  }
}

interface Pair {
  readonly of: Member
  readonly derivative: Member
  readonly f: ClosureValue
  readonly g: ClosureValue
}

function runPair(
  machine: Machine,
  { of, derivative, f, g }: Pair,
  inputs: readonly Sized[],
  wrt: readonly string[],
  sizes: ReadonlyMap<string, Given>,
): ArrayRun | null {
  const slots = new Map<string, Slot>()
  const args = argumentsFor(machine, f.code, sizes, slots)
  const parameters = ownParameters(g.code)
  const result = invoke(machine, f, args, SITE, of.self())
  const cache = parameters.some((parameter) => isCache(parameter)) ? withCache(machine, result) : null
  const output = cache?.output ?? result
  const outputs = numbersOf(machine, output)
  if (!outputs) return null
  const arriving: Slot[] = []
  const out = outFor(machine, parameters, inputs, slots)
  const isSame = !cache && parameters.length === args.length
  const isNamed = (name: string | undefined): boolean =>
    parameters.some(({ pattern }) => pattern.kind === 'name' && pattern.name === name)
  const given = parameters.flatMap((parameter, index) => {
    const { pattern, fallback } = parameter
    if (pattern.kind !== 'name') return []
    if (cache && isCache(parameter)) return [{ value: cache.kept, code: g.code, keyword: null }]
    if (out && index === out.place) return [{ value: out.value, code: g.code, keyword: null }]
    const named = args.findIndex(({ name }) => name === pattern.name)
    const known = args[named >= 0 || !isSame || isNamed(args[index]?.name) ? named : index]?.value
    if (!known && fallback) return []
    const value = known ?? (arriving.length > 0 ? NOTHING : mirrored(machine, output, pattern.name, arriving))
    return [{ value, code: g.code, keyword: null }]
  })
  const told = invoke(machine, g, given, SITE, derivative.self())
  const returned = out && told.kind === 'nothing' ? out.value : told
  const ways = waysOf(machine, returned, wrt, inputs, slots)
  if (!ways?.some((way) => way.length > 0)) return null
  return {
    definitions: machine.definitions,
    bindings: machine.bindings,
    inputs: [...slots.values()],
    outputs: outputs.map(({ expr }) => expr),
    arriving: arriving.length > 0 ? arriving : null,
    ways: ways.filter((way) => way.length > 0),
    random: randomOf(machine),
    // `delta(z, a, y)`: what the function isn't given may be anything, unless it is called a gradient.
    isDoubtful: !arriving.every(({ name }) => ARRIVING.test(name)),
    isNamedGradient: true,
    isMultiplied: false,
  }
}

/** What people call a gradient that arrives; anything else may be an input or an output of the function. */
export const ARRIVING =
  /^(d\w*|g|g[A-Z_]\w*|grad\w*|\w*_?grad(ient)?s?|\w*err(or)?\w*|\w*delta\w*|up\w*|\w*upstream\w*|loss\w*|back\w*)$/i

/** What a function keeps for its gradient. */
const CACHE = /^(\w*_)?(cache|ctx|context|saved|tape|memory)$/i
const isCache = ({ pattern }: ParameterCode): boolean => pattern.kind === 'name' && CACHE.test(pattern.name)

/** `return out, cache`. */
function withCache(machine: Machine, result: Value): { readonly output: Value; readonly kept: Value } | null {
  const object = result.kind === 'reference' ? objectOf(machine, result) : null
  const [output, kept, ...others] = object?.kind === 'list' ? object.items : []
  return output && kept && others.length === 0 ? { output, kept } : null
}

/** Lists that gradients are written into. */
const OUT = /^(out|output|res|result|grad|gradient|g|df|dest|dst|target|fx?prime|jac)\w*$/i

/** A list of the first input's sizes for a parameter that is none of the inputs: `gradient(x, out)`. */
function outFor(
  machine: Machine,
  parameters: readonly ParameterCode[],
  inputs: readonly Sized[],
  slots: ReadonlyMap<string, Slot>,
): { readonly place: number; readonly value: Value } | null {
  const place = parameters.findIndex(
    ({ pattern }) =>
      pattern.kind === 'name' && OUT.test(pattern.name) && !inputs.some(({ name }) => name === pattern.name),
  )
  const [first] = slots.values()
  if (machine.file.language.brings || place < 1 || !first || first.shape.length === 0) return null
  return { place, value: zeros(machine, first.shape) }
}

/** By which inputs what is returned may be the gradient: those that the code says, else any that are meant to vary. */
function waysOf(
  machine: Machine,
  returned: Value,
  wrt: readonly string[],
  inputs: readonly Sized[],
  slots: ReadonlyMap<string, Slot>,
): readonly Way[] | null {
  if (wrt.length > 0) return gradientsReturned(machine, returned, wrt)?.slice(0, 1) ?? null
  const named = gradientsNamed(machine, returned, new Map(), slots)
  if (named.length > 0) return [named]
  const names = inputs.map(({ name }) => name)
  const varying = variables(names)
  const ways = gradientsReturned(machine, returned, names, varying)
  const meant = ways?.filter((way) => way.every(({ of }) => varying.includes(of)))
  return meant && meant.length > 0 ? meant : ways
}

/** Names of what a model says, and of what it should have said. */
const PREDICTED = /pred|hat$|^out(put)?s?$|prob|guess|estimat|logit|^(a|p|h|z)$/i
const TARGET = /true|truth|target|label|expected|desired|ideal|actual|ground/i
/** Letters for it: a time where it comes first, a lifetime where it is large. */
const TARGET_LETTER = /^(t|gt|d)$/

/** Whether what a model says is called so. */
export const isPredicted = (name: string): boolean => PREDICTED.test(name)

/** Whether a loss compares with what is called so. */
export const isTarget = (name: string): boolean => TARGET.test(name) || /^[tyY]$/.test(name)

/** Of the inputs of a loss those by which it is differentiated: what was predicted, not what it should have been. */
export function variables(names: readonly string[]): readonly string[] {
  const predicted = names.filter((name) => PREDICTED.test(name))
  if (predicted.length > 0 && names.length > 1) return predicted
  const others = names.filter((name, index) => !TARGET.test(name) && (index === 0 || !TARGET_LETTER.test(name)))
  return others.length > 0 ? others : names
}

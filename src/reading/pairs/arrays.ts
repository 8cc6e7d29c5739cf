/**
 * Pairs that work on arrays: a class with `forward` and `backward`, a function and its gradient. They are run with arrays of
 * given sizes, as often as sizes are tried: the candidate holds how.
 */
import { invoke } from '../code/calls'
import type { Machine } from '../code/machine'
import { type ClosureValue, NOTHING, type Value } from '../code/value'
import type { Range } from '../statement'
import { type ArrayCandidate, type ArrayReader, type ArrayRun, counted, type Way } from './arrayCandidate'
import { gradientsNamed, gradientsReturned } from './kept'
import type { Member } from './members'
import type { Strength } from './names'
import {
  type Given,
  inputOfSize,
  mirrored,
  numbersOf,
  ownParameters,
  randomOf,
  SITE,
  type Sized,
  type Slot,
  wanted,
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
    derivative: { name: derivative.name, title: derivative.title, range: rangeOf(derivative) },
    isOnline: false,
    kind: 'function',
    strength,
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
  const values = inputs.map(({ name }) => {
    const given = sizes.get(name) ?? []
    return inputOfSize(machine, name, 'count' in given ? [] : given, slots)
  })
  const args = values.map((value) => ({ value, code: f.code, keyword: null }))
  const output = invoke(machine, f, args, SITE, of.self())
  const outputs = numbersOf(machine, output)
  if (!outputs) return null
  const arriving: Slot[] = []
  const parameters = ownParameters(g.code)
  const isSame = parameters.length === inputs.length
  const given = parameters.flatMap(({ pattern, fallback }, index) => {
    if (pattern.kind !== 'name') return []
    const named = inputs.findIndex(({ name }) => name === pattern.name)
    const known = values[named >= 0 || !isSame ? named : index]
    if (!known && fallback) return []
    const value = known ?? (arriving.length > 0 ? NOTHING : mirrored(machine, output, pattern.name, arriving))
    return [{ value, code: g.code, keyword: null }]
  })
  const returned = invoke(machine, g, given, SITE, derivative.self())
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
    isDoubtful: false,
  }
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
  const ways = gradientsReturned(
    machine,
    returned,
    inputs.map(({ name }) => name),
  )
  const varying = variables(inputs.map(({ name }) => name))
  const meant = ways?.filter((way) => way.every(({ of }) => varying.includes(of)))
  return meant && meant.length > 0 ? meant : ways
}

/** Names of what a model says, and of what it should have said. */
const PREDICTED = /pred|hat$|^out(put)?s?$|prob|guess|estimat|logit|^(a|p|h|z)$/i
const TARGET = /true|truth|target|label|expected|desired|ideal|actual|ground/i
/** Letters for it: a time where it comes first, a lifetime where it is large. */
const TARGET_LETTER = /^(t|gt|d)$/

/** Of the inputs of a loss those by which it is differentiated: what was predicted, not what it should have been. */
export function variables(names: readonly string[]): readonly string[] {
  const predicted = names.filter((name) => PREDICTED.test(name))
  if (predicted.length > 0 && names.length > 1) return predicted
  const others = names.filter((name, index) => !TARGET.test(name) && (index === 0 || !TARGET_LETTER.test(name)))
  return others.length > 0 ? others : names
}

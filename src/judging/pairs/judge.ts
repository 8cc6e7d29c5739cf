/** Judges one pair: does any customary reading of the written derivative make it right, and if none, where is it wrong. */
import { tape } from '../../calculus/evaluate'
import type { PairCandidate } from '../../reading/pairs'
import { rightOf } from './right'
import { samplePair } from './sample'
import { type Judgement, unknown } from './trial'
import { pairWorld } from './world'
import { wrongOf } from './wrong'

const MIN_POINTS = 8

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

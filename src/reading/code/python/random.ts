/** Random numbers of NumPy are an input: whatever they are, the gradient follows. */
import { freshKey, inputOf } from '../machine'
import { nameOf } from '../names'
import { opaque, type Value } from '../value'
import { type Given, sizesGiven } from './given'

/** The keyword of the sizes. */
const SIZES = 'size'

/** At which place a function of `np.random` is given the sizes; all that follow, where they come one by one. */
const SIZES_AT: Readonly<Record<string, number>> = {
  rand: 0,
  randn: 0,
  random: 0,
  random_sample: 0,
  standard_normal: 0,
  normal: 2,
  uniform: 2,
  binomial: 2,
}

export function randomArray({ machine, plain, named, range }: Given, name: string): Value {
  const at = Object.hasOwn(SIZES_AT, name) ? (SIZES_AT[name] as number) : null
  if (at === null) return opaque('randomness')
  const said = named(SIZES)
  const sizes = sizesGiven(machine, said ? [said] : plain.slice(at))
  const key = freshKey(machine, 'random')
  if (sizes) machine.shapes.set(key, sizes)
  const expr = inputOf(machine, nameOf('random', key), range, null)
  return { kind: 'number', expr, ...(sizes ? { shape: sizes } : {}) }
}

/** What an array says of itself: `x.T`, `x.shape`. NumPy has functions of the same names. */
import type { Range } from '../../statement'
import { known, type Machine } from '../machine'
import { shapeOf, sizeOf } from '../ndarray'
import { type NumberValue, opaque, type Value } from '../value'
import { transposedAll } from './shapes'

export const isArrayAttribute = (key: string): boolean => /^(T|shape|size|ndim)$/.test(key)

/** `null`: no such attribute. */
export function arrayAttribute(machine: Machine, array: NumberValue, key: string, range: Range): Value | null {
  if (key === 'T') return transposedAll(array, range)
  if (key === 'shape') return shapeOf(machine, array, range)
  if (key === 'size') return sizeOf(array, null, range)
  if (key !== 'ndim') return null
  const rank = array.shape?.length
  return rank === undefined ? opaque('number of axes that is not known') : known(rank, range)
}

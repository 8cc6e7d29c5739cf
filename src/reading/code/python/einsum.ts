/** `np.einsum`: all operands along all letters, multiplied, and summed along those that the result lacks. */
import type { Range } from '../../statement'
import { formulas } from '../arithmetic'
import { arraysAt } from '../ndarray'
import { type NumberValue, opaque, type Value } from '../value'
import { type Given, UNKNOWN_SIZE } from './given'
import { permuted } from './shapes'

const NOT_FOLLOWED = opaque('einsum that is not supported')

/** @param operands the arrays behind the subscripts */
export function einsum({ plain, range }: Given, operands: readonly NumberValue[]): Value {
  const subscripts = plain[0]?.kind === 'text' ? plain[0].text?.replace(/\s/g, '') : undefined
  const [, left, right] = /^([a-zA-Z,]+)->([a-zA-Z]*)$/.exec(subscripts ?? '') ?? []
  if (left === undefined || right === undefined) return NOT_FOLLOWED
  const letters = left.split(',')
  const isPlain = [...letters, right].every((each) => new Set(each).size === each.length)
  if (!isPlain || letters.length !== operands.length) return NOT_FOLLOWED
  // Those of the result first, so that what is summed stands last.
  const all = [...right, ...new Set(left.replace(/,/g, ''))].filter((letter, at, list) => list.indexOf(letter) === at)
  const aligned = operands.map((operand, k) => alignedTo(operand, letters[k] as string, all, range))
  const [first, ...others] = aligned
  if (!first || aligned.includes(null)) return opaque(UNKNOWN_SIZE)
  const { product } = formulas(range)
  let result = (others as NumberValue[]).reduce((all_, each) => product(all_, each), first)
  for (let axis = all.length - 1; axis >= right.length; axis--) result = arraysAt(range).sumAlong(result, axis)
  return result
}

/** An array with an axis for each of the letters: of size 1 for those that it lacks. */
function alignedTo(a: NumberValue, own: string, all: readonly string[], range: Range): NumberValue | null {
  if (a.shape?.length !== own.length) return null
  const present = all.filter((letter) => own.includes(letter))
  const ordered = permuted(
    a,
    present.map((letter) => own.indexOf(letter)),
    range,
  )
  if (ordered.kind !== 'number') return null
  const shape = a.shape
  return arraysAt(range).reshaped(
    ordered,
    all.map((letter) => (own.includes(letter) ? (shape[own.indexOf(letter)] as number) : 1)),
  )
}

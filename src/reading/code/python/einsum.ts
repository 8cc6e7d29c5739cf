/** `np.einsum` and `np.tensordot`: all operands along all letters, multiplied, and summed along those that the result lacks. */
import type { Range } from '../../statement'
import { formulas } from '../arithmetic'
import { collectionOf } from '../collections'
import type { Machine } from '../machine'
import { arraysAt } from '../ndarray'
import { type NumberValue, opaque, type Value } from '../value'
import { type Given, sizesGiven, UNKNOWN_SIZE, wholeNumber } from './given'
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
  return contracted(letters, right, operands, range)
}

/** `np.tensordot`: along two axes, unless it is said along which. */
export function tensordot({ machine, plain, named, range }: Given, [a, b]: readonly NumberValue[]): Value {
  const rank = a?.shape?.length
  const other = b?.shape?.length
  const axes = axesGiven(machine, named('axes') ?? plain[2], rank ?? 0)
  if (!a || !b || rank === undefined || other === undefined || !axes) return opaque(UNKNOWN_SIZE)
  const [left, right] = axes.map((own, k) =>
    own.map((axis) => (axis < 0 ? axis + (k === 0 ? rank : other) : axis)),
  ) as [number[], number[]]
  const letter = (index: number) => String.fromCharCode('a'.charCodeAt(0) + index)
  const own = Array.from({ length: rank }, (_axis, at) => letter(at))
  const others = Array.from({ length: other }, (_axis, at) => {
    const shared = right.indexOf(at)
    return shared < 0 ? letter(rank + at) : (own[left[shared] as number] ?? '')
  })
  if (others.includes('')) return NOT_FOLLOWED
  const result = [
    ...own.filter((_each, at) => !left.includes(at)),
    ...others.filter((_each, at) => !right.includes(at)),
  ]
  return contracted([own.join(''), others.join('')], result.join(''), [a, b], range)
}

/** The axes of both arrays that are summed: as many of the last and first as a number says, or those of two lists. */
function axesGiven(machine: Machine, said: Value | undefined, rank: number): [number[], number[]] | null {
  const count = said ? wholeNumber(said) : 2
  if (count !== null) {
    const all = Array.from({ length: count }, (_axis, at) => at)
    return count > rank ? null : [all.map((at) => rank - count + at), all]
  }
  const both = said ? collectionOf(machine, said) : null
  const lists = both?.map((each) => sizesGiven(machine, [each]))
  const [left, right] = lists ?? []
  return lists?.length === 2 && left && right && left.length === right.length ? [left, right] : null
}

/** The product of arrays with a letter for each axis, summed along those that `right` lacks. */
function contracted(letters: readonly string[], right: string, operands: readonly NumberValue[], range: Range): Value {
  // Those of the result first, so that what is summed stands last.
  const all = [...right, ...new Set(letters.join(''))].filter((letter, at, list) => list.indexOf(letter) === at)
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

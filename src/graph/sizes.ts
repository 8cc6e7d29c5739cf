/**
 * Sizes of axes: which symbols stand for the same number. A symbol of the author's (`N`) is a size of its own; one that begins
 * with `?` is whatever fits, perhaps with a number that a literal of the note gives it.
 */
import type { Dimension, Shape } from '../operations/operation'

/** Plain data: each symbol with what it is the same as, and numbers that literals give. */
export interface SizeFacts {
  readonly same: Readonly<Record<string, Dimension>>
  readonly numbers: Readonly<Record<string, number>>
}

export interface Sizes {
  readonly facts: SizeFacts
  /** A size that is not known yet, or only as the number of a literal. */
  fresh(number?: number): Dimension
  /** Makes two sizes one; `false` where they are two of the author's, or two numbers. */
  equate(a: Dimension, b: Dimension): boolean
  resolve(size: Dimension): Dimension
  /** There is an entry with this number. */
  atLeast(size: Dimension, number: number): void
  /** Shapes axis by axis; `false` where they can't be one. */
  equateShapes(a: Shape, b: Shape): boolean
}

export const isOpen = (size: Dimension): boolean => typeof size === 'string' && size.startsWith('?')

/** What stands for all sizes that are the same: a number, else a symbol of the author's, else one that isn't known. */
export function resolved({ same }: SizeFacts, size: Dimension): Dimension {
  let at = size
  for (let next = same[at]; next !== undefined && next !== at; next = same[at]) at = next
  return at
}

/** The size as it is shown: where the author gave it no symbol, the number of a literal. */
export function shownSize(facts: SizeFacts, size: Dimension): Dimension {
  const of = resolved(facts, size)
  return isOpen(of) ? (facts.numbers[of] ?? of) : of
}

/** A shape as it is shown; `?` stands for a size that nothing says. `null` where nothing of it is known. */
export function shownShape(facts: SizeFacts, shape: Shape | null): Shape | null {
  if (shape === null) return null
  const sizes = shape.map((size) => shownSize(facts, size))
  if (sizes.length > 0 && sizes.every(isOpen)) return null
  return sizes.map((size) => (isOpen(size) ? '?' : size))
}

/** A table that grows; it goes on with `from`. */
export function sizeTable(from: SizeFacts = { same: {}, numbers: {} }): Sizes {
  const same: Record<string, Dimension> = { ...from.same }
  const numbers: Record<string, number> = { ...from.numbers }
  const facts: SizeFacts = { same, numbers }
  let count = Object.keys(same).length + Object.keys(numbers).length
  const resolve = (size: Dimension): Dimension => resolved(facts, size)
  /** `open` becomes `other`, unless literals say different numbers. */
  const join = (open: string, other: Dimension): boolean => {
    const [a, b] = [numbers[open], typeof other === 'number' ? other : numbers[other]]
    if (a !== undefined && b !== undefined && a !== b) return false
    same[open] = other
    if (a !== undefined && typeof other === 'string') numbers[other] = a
    return true
  }
  const equate = (a: Dimension, b: Dimension): boolean => {
    const [x, y] = [resolve(a), resolve(b)]
    if (x === y) return true
    if (isOpen(x)) return join(x as string, y)
    return isOpen(y) ? join(y as string, x) : false
  }
  const counted = new Set<Dimension>()
  return {
    facts,
    fresh(number) {
      const symbol = `?${++count}`
      if (number !== undefined) numbers[symbol] = number
      return symbol
    },
    equate,
    resolve,
    atLeast(size, number) {
      const of = resolve(size)
      if (!isOpen(of)) return
      const known = numbers[of]
      // A literal knows better than the entries that are written.
      if (known !== undefined && !counted.has(of)) return
      counted.add(of)
      numbers[of] = Math.max(known ?? 0, number)
    },
    equateShapes: (a, b) => a.length === b.length && a.map((size, k) => equate(size, b[k] as Dimension)).every(Boolean),
  }
}

/** The numbers that sizes are, seen from shapes of which both are known; else those of literals. */
export function sizeNumbers(facts: SizeFacts): {
  learn(shape: Shape | null, actual: readonly number[]): void
  numberOf(size: Dimension): number | null
} {
  const numbers = new Map<Dimension, number>()
  return {
    learn(shape, actual) {
      if (shape?.length !== actual.length) return
      shape.forEach((size, k) => {
        const of = resolved(facts, size)
        if (!numbers.has(of)) numbers.set(of, actual[k] as number)
      })
    },
    numberOf(size) {
      const of = resolved(facts, size)
      return typeof of === 'number' ? of : (numbers.get(of) ?? facts.numbers[of] ?? null)
    },
  }
}

/**
 * `x = t + 2`, hence `t = x - 2`, and further on `x = t - \sin t` of another curve: what was solved for t is solved no more from where x
 * has become something else. Two equations beside each other, `y = x^2` and `x = y^2`, turn nothing round.
 */

import type { Definition, Expr, Name } from '../reading/statement'
import { groupBy, nameOf, namesIn } from './parts'

/** A definition with its place in the note. */
interface Written {
  readonly definition: Definition
  readonly section: readonly number[]
  readonly order: number
}

/**
 * The definition that a name means, but for those that are turned round.
 * @param keyOf the key of the one spelling of a name
 * @param find the definition that stands for a name at a place
 */
export function unlessTurnedRound<T extends Written, Place extends { readonly order: number }>(
  definitions: readonly T[],
  keyOf: (name: Name) => string,
  find: (name: Name, place: Place) => T | null,
): (name: Name, place: Place) => T | null {
  let known: ReadonlyMap<T, readonly T[]> | null = null
  return (name, place) => {
    const found = find(name, place)
    if (!found) return null
    known ??= turning(definitions, keyOf)
    const isTurned = known
      .get(found)
      ?.some(
        (each) =>
          each.order === place.order || (each.order < place.order && find(each.definition.target, place) === each),
      )
    return isTurned ? null : found
  }
}

/** The later definitions that turn one round. */
function turning<T extends Written>(
  definitions: readonly T[],
  keyOf: (name: Name) => string,
): ReadonlyMap<T, readonly T[]> {
  const byTarget = groupBy(definitions, ({ definition }) => keyOf(definition.target))
  const found = new Map<T, T[]>()
  for (const each of definitions) {
    const own = keyOf(each.definition.target)
    for (const key of freeNames(each, keyOf)) {
      const others = key === own ? [] : (byTarget.get(key) ?? [])
      const turning = others.filter((other) => freeNames(other, keyOf).has(own))
      const isHere = (other: T): boolean => other.section.join() === each.section.join()
      const isSolved = turning.some((other) => other.order < each.order && isHere(other))
      const later = turning.filter(
        (other) => other.order > each.order && !other.definition.chain && (isSolved || !isHere(other)),
      )
      if (later.length > 0) found.set(each, [...(found.get(each) ?? []), ...later])
    }
  }
  return found
}

const names = new WeakMap<Expr, ReadonlySet<string>>()

/** What a definition is made of, but for its parameters. */
function freeNames({ definition: { expr, parameters } }: Written, keyOf: (name: Name) => string): ReadonlySet<string> {
  const known = names.get(expr)
  if (known) return known
  const own = new Set(parameters?.map(({ name }) => keyOf(name)))
  const found = new Set(namesIn(expr).map((each) => keyOf(nameOf(each))))
  for (const key of own) found.delete(key)
  names.set(expr, found)
  return found
}

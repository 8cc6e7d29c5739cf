/**
 * Primes that make the coordinates of another frame, no derivatives: `\frac{\partial x'}{\partial x}`, `\frac{dx}{dt'}`. A derivative is
 * seldom what is differentiated by its own function, and never what a total derivative is by.
 */

import type { State } from './state'

/** @param at a name with a prime that is differentiated or differentiated by; @param base its letter */
export function isCoordinate({ tokens, partner }: State, at: number, base: string): boolean {
  const open = at - 2
  if (tokens[open]?.text !== '{') return false
  const isBelow = tokens[open - 1]?.text === '}'
  if (isBelow && tokens[at - 1]?.text === 'd') return true
  const from = isBelow ? partner.indexOf(open - 1) : (partner[open] ?? -1) + 1
  const to = partner[from] ?? -1
  return from > 0 && to > from && tokens.slice(from, to).some(({ text }) => text === base)
}

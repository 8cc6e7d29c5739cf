/** Where scripts end, by their tokens alone. */
import type { Token } from './tokens'

interface Brackets {
  readonly tokens: readonly Token[]
  /** Where the bracket at an index ends or begins. */
  readonly partner: Int32Array
}

/** The index behind the script whose sign stands here. */
export function scriptEnd(state: Brackets, at: number): number {
  const next = at + 1
  if (state.tokens[next]?.kind !== 'open') return macroEnd(state, next)
  return (state.partner[next] ?? -1) + 1 || state.tokens.length
}

/** The index behind a token, with its arguments where it is a macro that has some: `x^\frac{1}{2}`. */
export function macroEnd(state: Brackets, at: number): number {
  const token = state.tokens[at]
  let end = at + 1
  if (token?.kind !== 'command') return end
  for (let count = ARGUMENTS.find(([macro]) => macro.test(token.text))?.[1] ?? 0; count > 0; count--) {
    if (state.tokens[end]?.text === '[') end = (state.partner[end] ?? -1) + 1 || end
    end = state.tokens[end]?.kind === 'open' ? (state.partner[end] ?? -1) + 1 || end + 1 : end + 1
  }
  return Math.min(end, state.tokens.length)
}
const ARGUMENTS: readonly (readonly [macro: RegExp, count: number])[] = [
  [/^\\[dtc]?(?:frac|binom)$/, 2],
  [/^\\sqrt$/, 1],
]

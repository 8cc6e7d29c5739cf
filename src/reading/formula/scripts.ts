/** Where scripts end, by their tokens alone. */
import type { State } from './state'

/** The index behind the script whose sign stands here. */
export function scriptEnd(state: Pick<State, 'tokens' | 'partner'>, at: number): number {
  const next = at + 1
  if (state.tokens[next]?.kind !== 'open') return next + 1
  return (state.partner[next] ?? -1) + 1 || state.tokens.length
}

/** `\mathbb{1}(x > 0)`: 1 where the condition holds, else 0. */

import type { Expr } from '../statement'
import { terms } from '../terms'
import { condition } from './environments'
import { closing, fail, peek, rangeOf, type State, take } from './state'

/** Index behind `\mathbb{1}`, `\mathbf 1`, `𝟙`, `\mathbb{I}` where a condition follows; -1 elsewhere. */
function indicatorEnd(state: State): number {
  const { tokens, position } = state
  const token = tokens[position]
  if (token?.text === '𝟙' || token?.text === '𝟏') return position + 1
  if (token?.kind !== 'command' || !/^\\(?:mathbb|mathbf|mathds|bm|boldsymbol)$/.test(token.text)) return -1
  const braced = tokens[position + 1]?.text === '{'
  const inner = tokens[position + (braced ? 2 : 1)]
  const end = position + (braced ? 4 : 2)
  const isOne = inner?.text === '1' || (token.text === '\\mathbb' && inner?.text === 'I')
  return isOne && (!braced || state.partner[position + 1] === position + 3) ? end : -1
}

/** Does an indicator with its condition begin here? */
export function beginsIndicator(state: State): boolean {
  const end = indicatorEnd(state)
  if (end < 0) return false
  const next = state.tokens[end]
  return next?.kind === 'open' || next?.text === '_'
}

export function indicator(state: State): Expr {
  const from = state.position
  state.position = indicatorEnd(state)
  if (peek(state)?.text === '_') take(state)
  let open = state.position
  let close = closing(state)
  state.position = close + 1
  // `\mathbb{1}_{\{x > 0\}}`
  while (state.tokens[open + 1]?.kind === 'open' && state.partner[open + 1] === close - 1) {
    open++
    close--
  }
  const holds = condition(state, { from: open + 1, to: close }) ?? fail(state, 'condition')
  const range = rangeOf(state, from, state.position)
  const { n, choice } = terms(range)
  return choice(holds, n(1), n(0))
}

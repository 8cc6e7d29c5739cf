/** Which tokens begin an operand, so that standing behind another one means a product. */
import type { State } from './state'
import { isProse } from './text'
import type { Token } from './tokens'
import { beginsUnsupported } from './unsupported'

/** Something that may follow an operand without a sign between them. */
export function beginsOperand(state: State, token: Token): boolean {
  switch (token.kind) {
    case 'number':
    case 'letter':
    case 'word':
    case 'function':
    case 'open':
    case 'begin':
      return true
    case 'text':
      return !isProse(token.text)
    case 'command':
      return true
    case 'sign':
      if (token.text === '|' || token.text === '‖') return state.bars === 0 && hasPartner(state, token.text)
      return OPERAND_SIGNS.has(token.text) || beginsUnsupported(token)
    default:
      return false
  }
}

const OPERAND_SIGNS = new Set(['∂', '∇', '√'])

/** A bar that opens has another behind it; one that says "given" has none. */
function hasPartner(state: State, bar: string): boolean {
  for (let at = state.position + 1; at < state.end; at++) {
    const token = state.tokens[at] as Token
    if (token.kind === 'sign' && token.text === bar) return true
    if (token.kind === 'open' || token.kind === 'begin') at = Math.max(at, state.partner[at] ?? at)
  }
  return false
}

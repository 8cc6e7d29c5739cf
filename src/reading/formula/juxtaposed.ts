/** Which tokens begin an operand, so that standing behind another one means a product. */
import { isProseScript } from './characters'
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
    case 'cjk':
      return !isProseScript(token.text)
    case 'command':
      return true
    case 'sign':
      if (token.text === '|' || token.text === '‖') return state.bars === 0
      return OPERAND_SIGNS.has(token.text) || beginsUnsupported(token)
    default:
      return false
  }
}

const OPERAND_SIGNS = new Set(['∂', '∇', '√'])

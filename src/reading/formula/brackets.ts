/** Which bracket belongs to which. */
import { PARTNER } from './commands'
import type { Token } from './tokens'

/** For each bracket and environment the index of its partner; -1 where it has none or the token is no bracket. */
export function partners(tokens: readonly Token[]): Int32Array {
  const match = new Int32Array(tokens.length).fill(-1)
  const stack: number[] = []
  tokens.forEach((token, index) => {
    if (token.kind === 'open' || token.kind === 'begin') stack.push(index)
    else if (token.kind === 'close' || token.kind === 'end') {
      const open = partnerOf(tokens, stack, token)
      if (open < 0) return
      match[index] = open
      match[open] = index
    }
  })
  return match
}

/** How many open brackets a stray closing one looks through: keeps malformed text linear. */
const REACH = 256

/** Takes the partner off the stack, with what was left open inside of it. Braces and environments hold; round brackets give way. */
function partnerOf(tokens: readonly Token[], stack: number[], close: Token): number {
  const reach = Math.max(0, stack.length - REACH)
  for (let depth = stack.length - 1; depth >= reach; depth--) {
    const index = stack[depth] as number
    const open = tokens[index] as Token
    if (fits(open, close)) {
      stack.length = depth
      return index
    }
    if (isFirm(open) && !isFirmer(close, open)) return -1
  }
  return -1
}

function fits(open: Token, close: Token): boolean {
  if (close.kind === 'end') return open.kind === 'begin' && open.text === close.text
  if (open.kind !== 'open') return false
  if (open.stretchy || close.stretchy) return open.stretchy === close.stretchy
  if (PARTNER.get(open.text) === close.text) return true
  // Half-open intervals.
  return '(['.includes(open.text) && ')]'.includes(close.text)
}

const isFirm = (token: Token): boolean => token.kind === 'begin' || token.text === '{' || token.stretchy === true
const isFirmer = (close: Token, open: Token): boolean =>
  close.kind === 'end' || (close.text === '}' && !close.stretchy && open.kind !== 'begin')

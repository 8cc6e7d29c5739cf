/** Tokens that spell a function of the table. */
import { logarithmSpelled, operationSpelled } from '../../operations/index'
import type { Operation } from '../../operations/operation'
import type { Token } from './tokens'

/** The base that the spelling of a logarithm says. */
export const baseOf = (token: Token): number | undefined => logarithmSpelled(token.text)?.base

/** The operation that a token spells; names that need brackets (`\sigma`, `\text{ReLU}`) aren't meant. */
export function functionOf(token: Token): Operation | undefined {
  if (token.kind !== 'command' && token.kind !== 'function') return undefined
  const logarithm = logarithmSpelled(token.text)
  if (logarithm) return logarithm.entry
  if (token.kind === 'function') return operationSpelled('plain', token.text)
  if (!/^\\[a-z]+$/.test(token.text) || token.text === '\\sigma') return undefined
  const entry = operationSpelled('latex', token.text)
  return entry?.isFunction ? entry : undefined
}

export const beginsFunction = (token: Token): boolean => functionOf(token) !== undefined

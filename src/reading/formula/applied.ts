/** Does a bracket behind a name hold arguments, or a factor? */
import { operationSpelled } from '../../operations/index'
import { finishName, type NameDraft } from './names'
import { operationOfName, type ReadName } from './nucleus'
import { fail, type State } from './state'
import type { Token } from './tokens'

/** Letters that name functions where a note doesn't say otherwise. */
export const FUNCTION_LETTERS: ReadonlySet<string> = new Set('fghFGH')

/** Does a bracket behind this name hold arguments (and not a factor)? */
export function isApplied(state: State, read: ReadName, open: Token): boolean {
  const { draft } = read
  const { functions, variables } = state.context
  if (read.raised.some((item) => item.kind === 'turned')) return false
  if (holdsItself(state, read)) return false
  const key = functionKey(draft)
  if (functions.has(key) || functions.has(finishName({ ...draft, primes: 0 }).key)) return true
  if (open.text === '[' && draft.base === 'E') return fail(state, 'probability')
  if (open.text === '[') return false
  if (hasComma(state, state.position)) return true
  if (draft.primes > 0) return isPrimedFunction(state, draft, state.position)
  if (variables.has(key)) return false
  if (operationOfFunction(draft)) return true
  const isWord = [...draft.base].length > 1
  if (isWord) return !open.spaced
  const isBare = !draft.subscript && !draft.font && read.raised.length === 0
  return FUNCTION_LETTERS.has(draft.base) && isBare && (draft.superscript === null || orderOf(draft) !== null)
}

/** `g'(x)` is applied; `x' (a + b)` is a product, unless the letter is one of a function. */
export function isPrimedFunction(state: State, draft: NameDraft, open: number): boolean {
  if (FUNCTION_LETTERS.has(draft.base) || operationOfFunction({ ...draft, primes: 0 })) return true
  const close = state.partner[open] ?? -1
  return (
    close > open &&
    !state.tokens.slice(open + 1, close).some((token) => token.kind === 'sign' && '+-*/·×÷'.includes(token.text))
  )
}

/** `y(1 - y)`, `\\sigma(1 - \\sigma)`: a product, whatever the name is elsewhere. */
function holdsItself(state: State, read: ReadName): boolean {
  const close = state.partner[state.position] ?? -1
  for (let at = state.position + 1; at < close; at++) {
    const token = state.tokens[at] as Token
    if (token.kind === 'open') at = Math.max(at, state.partner[at] ?? at)
    else if (
      token.kind === 'letter' &&
      token.text === read.draft.base &&
      !'([_^'.includes(state.tokens[at + 1]?.text ?? ' ') &&
      !read.draft.subscript
    ) {
      return true
    }
  }
  return false
}

/** The order of `f^{(2)}`. */
export const orderOf = (draft: NameDraft): number | null => {
  const order = /^\((\d)\)$/.exec(draft.superscript?.key ?? '')
  return order ? Number(order[1]) : null
}

/** The key of a function without the order of its derivative, `f^{(2)}`. */
export const functionKey = (draft: NameDraft): string => {
  const ordered = draft.superscript && /^\([\dn]\)$/.test(draft.superscript.key)
  return finishName({ ...draft, primes: 0, superscript: ordered ? null : draft.superscript }).key
}

function hasComma(state: State, open: number): boolean {
  const close = state.partner[open] ?? -1
  for (let at = open + 1; at < close; at++) {
    const token = state.tokens[at] as Token
    if (token.kind === 'open') at = Math.max(at, state.partner[at] ?? at)
    else if (token.kind === 'sign' && (token.text === ',' || token.text === ';')) return true
  }
  return false
}

/** σ, ReLU, sigmoid: operations that are spelled like names. */
export function operationOfFunction(draft: NameDraft) {
  if (draft.subscript || draft.superscript || draft.font || draft.accents.length > 0) return undefined
  return operationOfName(draft) ?? operationSpelled('latex', finishName({ ...draft, primes: 0 }).latex)
}

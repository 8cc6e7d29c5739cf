/** LaTeX that stands in the text without dollar signs, as blogs and chats give it: is this stretch wholly a formula? */
import { readPassage } from './formula'
import { EMPTY_CONTEXT } from './formula/noteContext'
import { isRelation } from './formula/rows'
import { isProse } from './formula/text'
import { lex, type Token } from './formula/tokens'
import { resolveWords, runEnd } from './formula/words'
import { opaqueReasons } from './opaque'
import type { Passage } from './statement'

/** Longer stretches were written by no one as one formula. */
const LONGEST = 2000
/** Marks of code, addresses, Markdown and of delimiters without their partner. */
const FOREIGN = /[$`"#@?;\0]|:\/\/|->|=>|==|&&|\]\(|!\[|<\/?[a-z]|\\[()[\]]/

/**
 * Whether a text is a LaTeX formula from its beginning to its end: macros that mean something, no prose, braces in
 * pairs. Costs what the text is long.
 */
export function isLatexFormula(text: string): boolean {
  if (text.length > LONGEST || !/\\[A-Za-z]/.test(text) || FOREIGN.test(text)) return false
  const raw = lex(text, false)
  if (!isBalanced(raw) || holdsProse(raw, text)) return false
  if (!raw.some((token) => isMacro(token, text))) return false
  const relation = raw.findIndex(isRelation)
  if (relation === raw.length - 1) return false
  if (relation < 0 && !raw.some((token) => token.kind === 'open' && token.text === '{')) return false
  const passage: Passage = { kind: 'display', start: 0, text, section: [], block: 0 }
  const { statements } = readPassage(passage, EMPTY_CONTEXT)
  return statements.length > 0 && !opaqueReasons(statements).some((reason) => UNREADABLE.test(reason))
}

/** Reasons that say "this is no formula" rather than "this formula is beyond me". */
const UNREADABLE = /^(?:unknown macro|not an expression|ends too early|nested too deeply)/

const isMacro = (token: Token, text: string): boolean =>
  text.charAt(token.start) === '\\' && ['letter', 'sign', 'command', 'function'].includes(token.kind)

function isBalanced(tokens: readonly Token[]): boolean {
  let depth = 0
  for (const token of tokens) {
    if (token.text !== '{' && token.text !== '}') continue
    depth += token.kind === 'open' ? 1 : -1
    if (depth < 0) return false
  }
  return depth === 0
}

/** Words that no formula has: CJK outside of `\text`, runs of letters that are neither a function nor a product. */
function holdsProse(raw: readonly Token[], text: string): boolean {
  if (raw.some((token) => token.kind === 'cjk' || (token.kind === 'sign' && token.text === ':'))) return true
  const resolved = resolveWords(raw, EMPTY_CONTEXT, false)
  if (resolved.some((token) => token.kind === 'text' && text.charAt(token.start) !== '\\')) return true
  const functions = new Set(resolved.filter(({ kind }) => kind !== 'letter').map(({ start }) => start))
  for (let at = 0; at < raw.length; at++) {
    const end = runEnd(raw, at)
    if (end - at < 2) continue
    const run = text.slice(raw[at]?.start, raw[end - 1]?.end)
    if (!functions.has(raw[at]?.start ?? -1) && (run.length > 2 || isProse(run.toLowerCase()))) return true
    at = end - 1
  }
  return false
}

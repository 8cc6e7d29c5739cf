/** Lists in a row: `i = 1, …, N` counts, `x, y \in \mathbb{R}` gives one shape to each. */
import type { Shape } from '../../operations/operation'
import type { Part, SideTokens } from './rows'
import type { State } from './state'
import type { Token } from './tokens'

/** `i = 1, 2, …, N` and `i, j = 1, 2` count; nothing is bound. */
export function isListed(parts: readonly Part[], at: number): boolean {
  const part = parts[at] as Part
  const next = parts[at + 1]
  const previous = parts[at - 1]
  if (part.sides.length === 1) {
    const besides = [next, previous].filter((other) => other?.sides.length !== undefined && other.sides.length > 1)
    if (previous && part.joint === 'comma' && previous.sides.length > 1 && isShort(part)) return true
    return next?.joint === 'comma' && besides.length > 0 && isShort(part)
  }
  if (
    next?.joint === 'comma' &&
    next.sides.length === 1 &&
    isShort(next) &&
    isShortSide(part.sides[part.sides.length - 1]) &&
    !next.condition
  )
    return true
  return (
    previous !== undefined &&
    part.joint === 'comma' &&
    previous.sides.length === 1 &&
    isShort(previous) &&
    part.sides[1]?.sign === '='
  )
}

const isShortSide = (side: SideTokens | undefined): boolean => side !== undefined && side.to - side.from <= 6

const isShort = (part: Part): boolean => part.sides.length === 1 && isShortSide(part.sides[0])

/** The shape that a list gives to each of its names: `x, y \\in \\mathbb{R}`. */
export function listedShape(state: State, parts: readonly Part[], at: number): Shape | null {
  for (let next = at; parts[next]?.sides.length === 1; next++) {
    const set = parts[next + 1]?.joint === 'comma' ? parts[next + 1]?.sides[1] : undefined
    if (set?.sign === '∈') return shapeOf(state.tokens.slice(set.from, set.to))
  }
  return null
}

/** The shape that a power of the real numbers has; `null` for other sets. */
export function shapeOf(tokens: readonly Token[]): Shape | null {
  const visible = tokens.filter((token) => token.text !== '{' && token.text !== '}')
  const [first, ...rest] = visible
  const isReals = first?.text === 'ℝ' || first?.text === '\\R'
  const named = /^\\(?:mathbb|mathbf|Bbb|bm|boldsymbol)$/.test(first?.text ?? '') && rest[0]?.text === 'R'
  const behind = isReals ? rest : named ? rest.slice(1) : null
  if (!behind) return null
  if (behind.length === 0) return []
  if (behind[0]?.text !== '^') return null
  const sizes: (string | number)[] = []
  let size = ''
  for (const token of [...behind.slice(1), null]) {
    if (token && token.text !== '×' && token.text !== '*') {
      size += token.text.replace(/^\\/, '')
      continue
    }
    if (size === '') return null
    sizes.push(/^\d+$/.test(size) ? Number(size) : size)
    size = ''
  }
  return sizes
}

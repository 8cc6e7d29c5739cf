/** Lists in a row: `i = 1, …, N` counts, `x, y \in \mathbb{R}` gives one shape to each. */
import type { Shape } from '../../operations/operation'
import type { Name } from '../statement'
import { expression } from './parser'
import type { Part, SideTokens } from './rows'
import { placesOfDigits } from './series'
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

/** Names that anybody lists before their set. */
const LONGEST_LIST = 30

/** The shape that a list gives to each of its names: `x, y \\in \\mathbb{R}`. */
export function listedShape(state: State, parts: readonly Part[], at: number): Shape | null {
  for (let next = at; next < at + LONGEST_LIST && parts[next]?.sides.length === 1; next++) {
    const set = parts[next + 1]?.joint === 'comma' ? parts[next + 1]?.sides[1] : undefined
    if (set?.sign === '∈') return shapeOf(state.tokens.slice(set.from, set.to))
  }
  return null
}

/** `(x_1, \dots, x_n)^\top`, a column or matrix with dots: the array of these entries and its sizes; `null` for all else. */
export function dottedEntries(state: State, side: SideTokens): { readonly base: Name; readonly shape: Shape } | null {
  const { tokens, partner } = state
  const close = partner[side.from] ?? -1
  const open = tokens[side.from]
  if (close < 0 || close >= side.to || !open || (open.kind !== 'begin' && !'(['.includes(open.text))) return null
  const behind = tokens.slice(close + 1, side.to).filter(({ text }) => !'^{}'.includes(text))
  if (behind.some(({ text }) => !/^(?:\\top|\\intercal|⊤|\s*T\s*|'|\\mathsf|\\mathrm)$/.test(text))) return null
  const cells = cellsBetween(state, side.from + 1, close)
  const isDots = ({ from, to }: { from: number; to: number }) => to === from + 1 && tokens[from]?.text === '…'
  if (!cells.some(isDots)) return null
  const names = cells
    .filter((cell) => cell.from < cell.to && !isDots(cell))
    .map(({ from, to }) => expression(state, from, to))
  const places = names.map((each) => (each.kind === 'name' ? each.name.indexed : undefined))
  const last = places[places.length - 1]
  // `w_{11}` beside `w_{mn}` is in row 1 and column 1.
  const entries = places.map(
    (each) => each && { base: each.base, at: (last?.at.length === 2 ? placesOfDigits(each.at) : null) ?? each.at },
  )
  const [first] = entries
  if (!first || !last || entries.some((each) => each?.base.key !== first.base.key)) return null
  if (!first.at.every((term) => term?.letters.length === 0 && (term.offset === 0 || term.offset === 1))) return null
  const shape = last.at.map((term, k) => {
    const [letter, second] = term?.letters ?? []
    const start = first.at[k]?.offset ?? 1
    if (!letter || second || letter.factor !== 1 || !term) return null
    const more = term.offset + 1 - start
    return more === 0 ? letter.key : more > 0 ? `${letter.key}+${more}` : null
  })
  return shape.every((size) => size !== null) ? { base: first.base, shape: shape as string[] } : null
}

/** Spans between the commas, cells and rows of a bracket. */
function cellsBetween(state: State, from: number, to: number): { from: number; to: number }[] {
  const cells: { from: number; to: number }[] = []
  let start = from
  for (let at = from; at <= to; at++) {
    const token = state.tokens[at]
    if (at < to && (token?.kind === 'open' || token?.kind === 'begin')) at = Math.max(at, state.partner[at] ?? at)
    else if (
      at === to ||
      token?.kind === 'align' ||
      token?.kind === 'newline' ||
      token?.text === ',' ||
      token?.text === ';'
    ) {
      cells.push({ from: start, to: at })
      start = at + 1
    }
  }
  return cells
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
    const bare = size.replace(/^\((.*)\)$/, '$1')
    sizes.push(/^\d+$/.test(bare) ? Number(bare) : bare)
    size = ''
  }
  return sizes
}

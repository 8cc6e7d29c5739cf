/** Matrices, lists in square brackets, and `cases` as a choice between expressions. */
import { DETERMINANT } from '../../operations/arrays'
import { areOpposite as excludeEachOther } from '../../operations/conditions'
import { operation } from '../../operations/index'
import type { Expr } from '../statement'
import { terms } from '../terms'
import { CASES_ENVIRONMENTS, MATRIX_ENVIRONMENTS } from './commands'
import { leftOut } from './leftOut'
import { BINDING, closing, fail, namesIn, opaque, outside, rangeOf, type State, within } from './state'
import { isOtherwise, isProse } from './text'
import type { Token } from './tokens'

interface Cell {
  readonly from: number
  readonly to: number
}

/** The environment at the position, as an expression. */
export function environment(state: State): Expr {
  const from = state.position
  const token = state.tokens[from] as Token
  const close = closing(state)
  state.position = close + 1
  if (MATRIX_ENVIRONMENTS.has(token.text)) return matrix(state, token, from, close)
  if (CASES_ENVIRONMENTS.has(token.text)) return cases(state, from, close)
  return opaque(state, `environment ${token.text}`, from, close + 1)
}

/** Cells of the rows between two tokens. */
function rowsBetween(state: State, from: number, to: number): Cell[][] {
  const rows: Cell[][] = [[]]
  let start = from
  const shut = (at: number): void => {
    rows[rows.length - 1]?.push({ from: start, to: at })
    start = at + 1
  }
  for (const at of outside(state, from, to)) {
    const token = state.tokens[at] as Token
    if (token.kind === 'align') shut(at)
    else if (token.kind === 'newline') {
      shut(at)
      rows.push([])
    }
  }
  shut(to)
  return rows.filter((row) => row.some((cell) => cell.from < cell.to))
}

/**
 * Rows of a matrix that a renderer of Markdown took one of two backslashes from: `a \\ b` has come to be `a \ b`. `null` where they
 * aren't rows of one length.
 */
function lostRows(state: State, from: number, to: number): Cell[][] | null {
  const rows: Cell[][] = [[]]
  let start = from
  const shut = (at: number, next: number): void => {
    rows[rows.length - 1]?.push({ from: start, to: at })
    start = next
  }
  for (const at of outside(state, from, to)) {
    const token = state.tokens[at] as Token
    const before = state.tokens[at - 1] as Token
    if (token.kind === 'newline') return null
    if (at > from && before.kind !== 'align' && /^\s*\\\s+$/.test(state.text.slice(before.end, token.start))) {
      shut(at, at)
      rows.push([])
    }
    if (token.kind === 'align') shut(at, at + 1)
  }
  shut(to, to)
  const isWhole = rows.every((row) => row.length === rows[0]?.length && row.every((cell) => cell.from < cell.to))
  return rows.length > 1 && isWhole ? rows : null
}

/** Reads a part, and comes back to where the parse stood. */
function readCell(state: State, cell: Cell): Expr {
  const { position, end } = state
  state.end = cell.to
  const expr = within(state, cell.from, cell.to, () => state.read(state, BINDING.or))
  state.position = position
  state.end = end
  return expr
}

function matrix(state: State, token: Token, from: number, close: number): Expr {
  const isDeterminant = token.text.startsWith('v')
  if (token.text.startsWith('V')) return opaque(state, 'determinant', from, close + 1)
  const cells = lostRows(state, from + 1, close) ?? rowsBetween(state, from + 1, close)
  if (state.tokens.slice(from, close).some((inner) => inner.text === '…')) {
    const known = isDeterminant ? null : leftOut(dottedCells(state, cells), rangeOf(state, from, close + 1))
    return known ?? opaque(state, isDeterminant ? 'determinant' : 'matrix with left out entries', from, close + 1)
  }
  const rows = cells.map((row) => row.map((cell) => readCell(state, cell)))
  const whole = finished(state, rows, from, close)
  if (!isDeterminant || whole.kind !== 'matrix') return whole
  return { kind: 'apply', op: DETERMINANT, args: [whole], range: whole.range }
}

/** Cells of which some only have dots, or nothing beside dots in a row of them. */
function dottedCells(state: State, rows: readonly (readonly Cell[])[]): (Expr | null)[][] {
  const isDots = ({ from, to }: Cell): boolean => to === from + 1 && state.tokens[from]?.text === '…'
  return rows.map((row) =>
    row.map((cell) => (isDots(cell) || (cell.from === cell.to && row.some(isDots)) ? null : readCell(state, cell))),
  )
}

function finished(state: State, rows: Expr[][], from: number, close: number): Expr {
  const width = rows[0]?.length ?? 0
  if (width === 0 || rows.some((row) => row.length !== width))
    return opaque(state, 'rows of different length', from, close + 1, namesIn(rows.flat()))
  return { kind: 'matrix', rows, range: rangeOf(state, from, close + 1) }
}

/** `[[1, 2], [3, 4]]`, `[a, b]`; `null` where the bracket is only a bracket. */
export function listMatrix(state: State): Expr | null {
  const from = state.position
  const close = closing(state)
  const items = itemsBetween(state, from + 1, close)
  const nested = items.length > 0 && items.every((item) => isBracketed(state, item))
  if (items.length < 2 && !nested) return null
  if (state.tokens.slice(from, close).some((inner) => inner.text === '…')) {
    const known = nested ? null : leftOut(dottedCells(state, [items]), rangeOf(state, from, close + 1))
    state.position = close + 1
    if (known) return known
    return opaque(state, 'list with left out entries', from, close + 1)
  }
  const rows = nested ? items.map((item) => itemsBetween(state, item.from + 1, item.to - 1)) : [items]
  const read = rows.map((row) => row.map((cell) => readCell(state, cell)))
  state.position = close + 1
  const whole = finished(state, read, from, close)
  return whole.kind === 'matrix' && !nested ? { ...whole, list: true } : whole
}

function itemsBetween(state: State, from: number, to: number): Cell[] {
  const items: Cell[] = []
  let start = from
  for (const at of outside(state, from, to)) {
    const token = state.tokens[at] as Token
    if (token.kind === 'sign' && (token.text === ',' || token.text === ';')) {
      items.push({ from: start, to: at })
      start = at + 1
    }
  }
  if (start < to) items.push({ from: start, to })
  return items
}

const isBracketed = (state: State, item: Cell): boolean =>
  state.tokens[item.from]?.text === '[' && state.partner[item.from] === item.to - 1

interface Branch {
  readonly value: Expr
  /** `null`: otherwise. */
  readonly condition: Expr | null
}

/** `\begin{cases}…`: `select` from the first condition to the last. */
export function cases(state: State, from: number, close: number): Expr {
  const branches = rowsBetween(state, from + 1, close).map((row) => branch(state, row))
  return choice(state, branches, from, close + 1)
}

/** A choice among branches; where no condition is left for the last one, it is the rest. */
export function choice(state: State, branches: readonly Branch[], from: number, to: number): Expr {
  const last = branches[branches.length - 1]
  if (!last) return opaque(state, 'no cases', from, to)
  const range = rangeOf(state, from, to)
  const rest = branches.slice(0, -1)
  if (rest.some((item) => item.condition === null))
    return opaque(state, 'cases', from, to, namesIn(branches.map((item) => item.value)))
  const complete =
    last.condition === null ||
    rest.some((item) => item.condition && last.condition && areOpposite(item.condition, last.condition)) ||
    rest.length > 1
  let expr: Expr = last.value
  if (!complete) {
    const gap = opaque(state, 'no case for this', from, to)
    expr = terms(range).choice(last.condition as Expr, last.value, gap)
  }
  for (const item of [...rest].reverse()) expr = terms(range).choice(item.condition as Expr, item.value, expr)
  return expr
}

/** `x > 0` and `x \le 0`, or `0 \ge x`: where one doesn't hold, the other does. */
function areOpposite(a: Expr, b: Expr): boolean {
  if (a.kind !== 'apply' || b.kind !== 'apply') return false
  const [left, right] = a.args
  const isTurned = !(alike(left, b.args[0]) && alike(right, b.args[1]))
  if (isTurned && !(alike(left, b.args[1]) && alike(right, b.args[0]))) return false
  return excludeEachOther({ op: a.op, isTurned: false }, { op: b.op, isTurned })
}

const alike = (a: Expr | undefined, b: Expr | undefined): boolean => {
  if (a?.kind === 'name' && b?.kind === 'name') return a.name.key === b.name.key
  return a?.kind === 'number' && b?.kind === 'number' && a.value === b.value
}

function branch(state: State, row: readonly Cell[]): Branch {
  const [first, ...others] = row
  if (!first) return fail(state, 'empty case')
  const split = others.length > 0 ? others[0] : conditionInside(state, first)
  const end = split && others.length === 0 ? split.from : first.to
  const value = readCell(state, { from: first.from, to: withoutComma(state, first.from, end) })
  return {
    value,
    condition: split ? condition(state, { from: split.from, to: row[row.length - 1]?.to ?? split.to }) : null,
  }
}

/** `x (x > 0)` or `x, \text{if } x > 0` in one cell. */
function conditionInside(state: State, cell: Cell): Cell | undefined {
  for (let at = cell.from; at < cell.to; at++) {
    const token = state.tokens[at] as Token
    if (token.kind === 'text' && isProse(token.text)) return { from: at, to: cell.to }
    if (token.kind === 'sign' && token.text === ',') return { from: at + 1, to: cell.to }
    if (token.kind === 'space' || token.kind === 'tie') return { from: at + 1, to: cell.to }
    if (token.kind !== 'open' && token.kind !== 'begin') continue
    const close = state.partner[at] ?? -1
    if (token.text === '(' && at > cell.from && close === cell.to - 1 && hasRelation(state, at + 1, close))
      return { from: at, to: cell.to }
    at = Math.max(at, close)
  }
  return undefined
}

const hasRelation = (state: State, from: number, to: number): boolean =>
  state.tokens.slice(from, to).some((token) => token.kind === 'sign' && '<>≤≥≠='.includes(token.text))

function withoutComma(state: State, from: number, to: number): number {
  let end = to
  while (end > from) {
    const token = state.tokens[end - 1] as Token
    const drop =
      token.kind === 'space' || token.kind === 'tie' || (token.kind === 'sign' && ',;:.'.includes(token.text))
    if (!drop) break
    end--
  }
  return end
}

/** A condition in every usual form: `x > 0`, `(x > 0)`, `\text{if } x > 0`, `x > 0 のとき`, `\text{otherwise}`; `null` for the last. */
export function condition(state: State, cell: Cell): Expr | null {
  let { from } = cell
  let to = withoutComma(state, cell.from, cell.to)
  for (;;) {
    const first = state.tokens[from]
    const last = state.tokens[to - 1]
    if (from >= to || !first || !last) return null
    if ((first.kind === 'text' || first.kind === 'cjk' || isWording(first)) && isOtherwise(first.text)) return null
    if (
      isWording(first) ||
      first.kind === 'space' ||
      first.kind === 'tie' ||
      first.kind === 'align' ||
      first.text === ',' ||
      first.text === ':'
    )
      from++
    else if (isWording(last) || last.kind === 'newline' || last.text === ',' || last.text === '.') to--
    else if (first.text === '(' && state.partner[from] === to - 1) {
      from++
      to--
    } else break
  }
  const { bars } = state
  state.bars = 0
  const read = readCell(state, { from, to })
  state.bars = bars
  if (read.kind !== 'apply' || !operation(read.op)?.isCondition) return fail(state, 'condition')
  return read
}

const isWording = (token: Token): boolean =>
  token.kind === 'cjk' ||
  ((token.kind === 'text' || token.kind === 'word' || token.kind === 'letter') &&
    isProse(token.text) &&
    token.text.length > 1)

/**
 * Vectors and matrices with dots, `\begin{pmatrix} w_{11} & \cdots & w_{1n} \\ \vdots & & \vdots \\ w_{m1} & \cdots & w_{mn} \end{pmatrix}`:
 * the array of which an entry is what the corners show.
 */
import { TABULATED } from '../../operations/indexNodes'
import type { BinderExpr, Expr, Range } from '../statement'
import { countedBy, freeLetter, type Rule, ruleOf, withDigitsApart } from './series'

/** A cell of a matrix; `null` where it only has dots. */
type Cell = Expr | null

/** The array that rows of cells stand for; `null` where they show no rule. */
export function leftOut(rows: readonly (readonly Cell[])[], range: Range): BinderExpr | null {
  const written = rows.flat().filter((cell) => cell !== null)
  if (written.some(({ kind }) => kind === 'opaque' || kind === 'matrix' || kind === 'binder')) return null
  const letter = freeLetter(written)
  const isColumn = rows.every((row) => row.length === 1)
  if (isColumn || rows.length === 1) return tabulated([alongside(rows.flat(), letter)], range)
  // Each row that is written goes over the columns, and all of them over the rows.
  const apart = rows.map((row) => row.map((cell) => cell && withDigitsApart(cell)))
  const lines = apart.map((row) => (row.every((cell) => cell === null) ? null : alongside(row, letter)))
  const across = lines[0]
  if (!across || lines.filter((line) => line === null).length !== 1) return null
  if (lines.some((line) => line !== null && (line.to !== across.to || line.from !== across.from))) return null
  const down = alongside(
    lines.map((line) => line?.body ?? null),
    freeLetter(written, across.letter),
  )
  return down && tabulated([down, { ...across, body: down.body }], range)
}

/** What runs along a line of cells, of which the last but one has dots. */
function alongside(cells: readonly Cell[], letter: string | undefined): Rule | null {
  const at = cells.indexOf(null)
  const last = cells[at + 1]
  return at < 1 || at + 2 !== cells.length || !last ? null : ruleOf(cells.slice(0, at) as Expr[], last, letter)
}

function tabulated(rules: readonly (Rule | null)[], range: Range): BinderExpr | null {
  const last = rules[rules.length - 1]
  if (!last || rules.includes(null)) return null
  const indices = (rules as readonly Rule[]).map((rule) => countedBy(rule, { first: range, last: range }))
  return { kind: 'binder', op: TABULATED, indices, condition: null, body: last.body, range, operator: range }
}

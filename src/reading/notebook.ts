/** Notebooks (`.ipynb`): their cells as one text, so that a name of one cell means the same in the next. */
import type { Range } from './statement'

/** A cell, where it stands in the text of the notebook. */
export interface Cell extends Range {
  readonly kind: 'markdown' | 'code' | 'raw'
}

export interface Notebook {
  /** The sources of all cells, a blank line between two. */
  readonly text: string
  readonly cells: readonly Cell[]
  /** Of the code cells, in lower case; empty where the notebook doesn't say. */
  readonly language: string
}

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** The cells of a notebook in Jupyter's format, of version 3 or 4. @throws {SyntaxError} where the text is no notebook */
export function readNotebook(json: string): Notebook {
  const notebook: unknown = JSON.parse(json)
  const cells: Cell[] = []
  let text = ''
  for (const cell of cellsOf(notebook)) {
    if (cells.length > 0) text += '\n\n'
    const start = text.length
    text += sourceOf(cell)
    cells.push({ kind: kindOf(cell), start, end: text.length })
  }
  return { text, cells, language: languageOf(notebook) }
}

function cellsOf(notebook: unknown): Json[] {
  if (isObject(notebook)) {
    const [sheet] = Array.isArray(notebook.worksheets) ? notebook.worksheets : [notebook]
    if (isObject(sheet) && Array.isArray(sheet.cells)) return sheet.cells.filter(isObject)
  }
  throw new SyntaxError('not a notebook: it has no cells')
}

const kindOf = ({ cell_type }: Json): Cell['kind'] =>
  cell_type === 'markdown' || cell_type === 'code' ? cell_type : cell_type === 'heading' ? 'markdown' : 'raw'

/** A source is a text or a list of lines; code is called `input` in version 3. */
function sourceOf(cell: Json): string {
  const source = cell.source ?? cell.input ?? ''
  const text = Array.isArray(source) ? source.filter((line) => typeof line === 'string').join('') : String(source)
  return cell.cell_type === 'heading' && typeof cell.level === 'number' ? `${'#'.repeat(cell.level)} ${text}` : text
}

function languageOf(notebook: unknown): string {
  const metadata = isObject(notebook) && isObject(notebook.metadata) ? notebook.metadata : {}
  for (const [key, field] of [
    ['language_info', 'name'],
    ['kernelspec', 'language'],
  ] as const) {
    const info = metadata[key]
    if (isObject(info) && typeof info[field] === 'string') return info[field].toLowerCase()
  }
  return ''
}

/** Offsets of a text as positions of the Language Server Protocol: zero-based lines and UTF-16 units. */
import type { Analysis } from '../derivation'

export interface Position {
  readonly line: number
  readonly character: number
}
export interface PositionRange {
  /** In a notebook the zero-based number of the cell; lines count from its first. */
  readonly cell?: number
  readonly start: Position
  readonly end: Position
}

export interface Positions {
  at(offset: number): Position
  range(range: { readonly start: number; readonly end: number }): PositionRange
}

/** Finds the position of any offset of this text. */
export function positionsOf(text: string): Positions {
  const at = lineFinder(text)
  return { at, range: ({ start, end }) => ({ start: at(start), end: at(end) }) }
}

/** The same for what was analyzed: in a notebook a place is one of a cell. */
export function positionsIn({ text, cells }: Pick<Analysis, 'text' | 'cells'>): Positions {
  if (!cells) return positionsOf(text)
  const at = lineFinder(text)
  const within = (offset: number, first: number): Position => {
    const { line, character } = at(offset)
    return { line: line - at(first).line, character }
  }
  const cellAt = (offset: number) =>
    Math.max(
      0,
      cells.findLastIndex(({ start }) => start <= offset),
    )
  return {
    at: (offset) => within(offset, cells[cellAt(offset)]?.start ?? 0),
    range: ({ start, end }) => {
      const cell = cellAt(start)
      const { start: first, end: last } = cells[cell] ?? { start: 0, end: text.length }
      return { cell, start: within(start, first), end: within(Math.min(end, last), first) }
    },
  }
}

/** A place as terminals write it: `notes/a.md:3:1`, `a.ipynb:cell 4:3:1`; all numbers from 1 on, cells too. */
export function placeText(file: string, { cell, start }: PositionRange): string {
  const inCell = cell === undefined ? '' : `cell ${cell + 1}:`
  return `${file}:${inCell}${start.line + 1}:${start.character + 1}`
}

function lineFinder(text: string): (offset: number) => Position {
  const starts = [0]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1)
  }
  return (offset) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low, character: offset - (starts[low] as number) }
  }
}

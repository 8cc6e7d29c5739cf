/** Offsets of a text as positions of the Language Server Protocol: zero-based lines and UTF-16 units. */

export interface Position {
  readonly line: number
  readonly character: number
}
export interface PositionRange {
  readonly start: Position
  readonly end: Position
}

export interface Positions {
  at(offset: number): Position
  range(range: { readonly start: number; readonly end: number }): PositionRange
}

/** Finds the position of any offset of this text. */
export function positionsOf(text: string): Positions {
  const starts = [0]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1)
  }
  const at = (offset: number): Position => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low, character: offset - (starts[low] as number) }
  }
  return { at, range: ({ start, end }) => ({ start: at(start), end: at(end) }) }
}

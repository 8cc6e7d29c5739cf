/** Values as text: a number, a vector or a small matrix, for notes (LaTeX) and for terminals. */
import type { Tensor } from '../operations/operation'
import { formatNumber, latexNumber } from './number'

/** Rows and columns that are shown of a matrix; the rest is dots. */
const MOST = 8

/** A value as LaTeX; rows are parted by `\cr`, since Markdown may eat half of a double backslash. */
export function latexTensor(tensor: Tensor, digits = 6): string {
  if (tensor.shape.length === 0) return latexNumber(tensor.data[0] ?? Number.NaN, digits)
  const rows = rowsOf(tensor, (value) => latexNumber(value, digits), '\\cdots')
  return `\\begin{pmatrix} ${rows.map((row) => row.join(' & ')).join(' \\cr ')} \\end{pmatrix}`
}

/** A value in plain text: `0.049`, `[1, 2]`, `[[1, 2], [3, 4]]`. */
export function plainTensor(tensor: Tensor): string {
  if (tensor.shape.length === 0) return formatNumber(tensor.data[0] ?? Number.NaN)
  const rows = rowsOf(tensor, (value) => formatNumber(value), '…').map((row) => `[${row.join(', ')}]`)
  return tensor.shape.length === 1 ? (rows[0] ?? '[]') : `[${rows.join(', ')}]`
}

/** The rows of a vector (one) or a matrix, cut to what can be taken in. */
function rowsOf(tensor: Tensor, write: (value: number) => string, dots: string): string[][] {
  const [height, width] =
    tensor.shape.length === 1 ? [1, tensor.shape[0] ?? 0] : [tensor.shape[0] ?? 0, tensor.shape[1] ?? 0]
  const rows: string[][] = []
  for (let i = 0; i < Math.min(height, MOST); i++) {
    const numbers = tensor.data.subarray(i * width, i * width + Math.min(width, MOST))
    rows.push([...Array.from(numbers, write), ...(width > MOST ? [dots] : [])])
  }
  if (height > MOST) rows.push([dots])
  return rows
}

/** `2 × 3`, `N × 2`; empty for a scalar or where the shape isn't known. */
export function shapeText(shape: readonly (number | string)[] | null): string {
  return shape ? shape.join(' × ') : ''
}

/** Numbers as a reader wants them. */

/** At most `digits` significant digits, no noise of binary fractions, whole numbers whole: `0.049`, `3.5`, `715`. */
export function formatNumber(value: number, digits = 6): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞'
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value === 0 ? 0 : value)
  const rounded = Number(value.toPrecision(digits))
  const magnitude = Math.abs(rounded)
  return magnitude >= 1e-4 && magnitude < 1e15 ? String(rounded) : rounded.toExponential()
}

/** The same as LaTeX: `1.5 \times 10^{-7}`, `\infty`. */
export function latexNumber(value: number, digits = 6): string {
  const text = formatNumber(value, digits)
  if (text === 'NaN') return '\\mathrm{NaN}'
  if (text.endsWith('∞')) return text.replace('∞', '\\infty')
  const [mantissa, exponent] = text.split('e')
  if (exponent === undefined) return text
  const power = `10^{${Number(exponent)}}`
  return mantissa === '1' ? power : `${mantissa} \\times ${power}`
}

/** The same as it is printed: `−4`, `2.6·10⁻¹¹`. */
export function printedNumber(value: number, digits = 6): string {
  const [mantissa = '', exponent] = formatNumber(value, digits).replace(/^-/, '−').split('e')
  if (exponent === undefined) return mantissa
  const raised = [...String(Number(exponent))].map((sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)])).join('')
  return mantissa === '1' ? `10${raised}` : `${mantissa}·10${raised}`
}

/** Exactly the number, for programs: the shortest text that reads back to it. */
export const exactNumber = (value: number): string => String(Object.is(value, -0) ? 0 : value)

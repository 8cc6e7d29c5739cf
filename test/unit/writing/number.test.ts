import assert from 'node:assert/strict'
import { formatNumber, latexNumber, printedNumber } from '../../../src/writing/number'

describe('numbers', () => {
  const rows: [value: number, digits: number, plain: string, latex: string, printed: string][] = [
    [0.049000000000000002, 6, '0.049', '0.049', '0.049'],
    [-4, 4, '-4', '-4', '−4'],
    [2.6e-11, 2, '2.6e-11', '2.6 \\times 10^{-11}', '2.6·10⁻¹¹'],
    [-1e20, 6, '-1e+20', '-1 \\times 10^{20}', '−1·10²⁰'],
    [1e-7, 6, '1e-7', '10^{-7}', '10⁻⁷'],
    [-Infinity, 6, '-∞', '-\\infty', '−∞'],
  ]
  for (const [value, digits, plain, latex, printed] of rows) {
    it(`${value} is ${plain}, ${latex} and ${printed}`, () => {
      assert.deepEqual(
        [formatNumber(value, digits), latexNumber(value, digits), printedNumber(value, digits)],
        [plain, latex, printed],
      )
    })
  }
})

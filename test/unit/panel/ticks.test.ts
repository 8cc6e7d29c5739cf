import assert from 'node:assert/strict'
import { ticksOf } from '../../../src/panel/ticks'

describe('the marks of an axis', () => {
  const rows: [low: number, high: number, most: number, expected: number[]][] = [
    [-2, 2, 4, [-2, -1, 0, 1, 2]],
    [-3, 3, 5, [-2, 0, 2]],
    [-33.9, -6.08, 4, [-30, -20, -10]],
    [-0.401, 5.41, 4, [0, 2, 4]],
    [0.0583, 0.942, 4, [0.5]],
    [0, 0.3, 3, [0, 0.1, 0.2, 0.3]],
  ]
  for (const [low, high, most, expected] of rows) {
    it(`from ${low} to ${high}`, () => assert.deepEqual(ticksOf(low, high, most), expected))
  }
})

import assert from 'node:assert/strict'
import { analyzeMarkdown } from '../../../src/analysis'
import { INTERVALS } from '../../../src/arithmetic/binary'
import { decimals } from '../../../src/arithmetic/decimals'
import { judgePairs } from '../../../src/judging/pairs'
import { readPairs } from '../../../src/reading/pairs'
import { stepsOf } from './note'

const derivationOf = (lines: readonly string[]) =>
  analyzeMarkdown(lines.map((line) => `$$${line}$$`).join('\n\n')).derivations[0]

/** One test a guard: without it the test fails. */
describe('guards of soundness', () => {
  it('a composite whose inside is used elsewhere keeps the other path', () => {
    const found = derivationOf(['x = 0.7', 'u = e^{-x}', 'y = \\frac{1}{1 + u}', 'q = y + 3u'])
    const input = found?.inputs[0] ?? -1
    const gradient = found?.gradient(input)?.node ?? -1
    const [u, y] = [Math.exp(-0.7), 1 / (1 + Math.exp(-0.7))]
    assert.ok(Math.abs((found?.value(gradient)?.data[0] ?? Number.NaN) - (y * (1 - y) - 3 * u)) < 1e-12)
  })

  it('no gradient flows through shapes that don’t fit together', () => {
    const note = (columns: number) => [
      `X \\in \\mathbb{R}^{2 \\times 3}`,
      `W \\in \\mathbb{R}^{${columns} \\times 5}`,
      'Y = X W',
    ]
    const flows = (lines: readonly string[]) => {
      const found = derivationOf(lines)
      return found?.inputs.map((input) => found.gradient(input) !== null)
    }
    assert.deepEqual(flows(note(3)), [true, true])
    assert.deepEqual(flows(note(4)), [false, false])
  })

  it('a function that the note doesn’t define is neither linear nor a parabola', () => {
    const verdict = (step: string) => stepsOf(['z = g(3x)', `\\frac{dz}{dx} = ${step}`]).at(-1)?.verdict
    assert.equal(verdict("3 g'(3x)"), 'holds')
    assert.notEqual(verdict("3 g'(x)"), 'holds')
    assert.notEqual(verdict("\\frac{3}{2} (g'(4x) + g'(2x))"), 'holds')
  })

  it('an interval of angles has the extremes that lie in it', () => {
    const rows: readonly ['sin' | 'cos', low: number, high: number, value: number][] = [
      ['sin', 1, 2, 1],
      ['sin', 4, 5, -1],
      ['sin', -20, 20, -1],
      ['sin', -20, 20, 1],
      ['cos', -20, 20, -1],
      ['cos', 3, 3.3, -1],
      ['cos', -0.1, 0.1, 1],
      ['cos', -20, 20, 1],
      ['sin', 1e18, 1e18 + 256, 1],
      ['sin', -8, -7.5, -1],
    ]
    const many = decimals(45, { left: 1e9 })
    for (const [name, lo, hi, value] of rows) {
      const found = INTERVALS[name]({ lo, hi })
      assert.ok(found && found.lo <= value && found.hi >= value, `${name} of ${lo} to ${hi}`)
      const digits = many.arithmetic[name]({ lo: many.ends.number(lo), hi: many.ends.number(hi) })
      assert.ok(digits?.lo.lte(value) && digits.hi.gte(value), `${name} of ${lo} to ${hi}, decimals`)
    }
  })

  it('what finite differences don’t confirm makes no pair wrong', () => {
    const verdict = (rate: string) =>
      judgePairs(
        readPairs(
          `export const wave = (x: number) => Math.sin(${rate} * x)\nexport const waveDerivative = (x: number) => 2 * ${rate} * Math.cos(${rate} * x)`,
        ),
      )[0]?.verdict
    assert.equal(verdict('3'), 'fails')
    assert.equal(verdict('1e8'), 'unknown')
  })
})

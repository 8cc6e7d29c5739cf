import assert from 'node:assert/strict'
import { analyzeMarkdown } from '../../../src/analysis'

/** The derivations of a note, an upstream loss behind a bar. */
const outputsOf = (...lines: string[]): string[] =>
  analyzeMarkdown(lines.map((line) => (line.startsWith('#') ? line : `$$${line}$$`)).join('\n\n')).derivations.map(
    ({ name, upstream }) => (upstream ? `${name.plain}|${upstream.name.plain}` : name.plain),
  )

describe('which losses an output is differentiated for', () => {
  const rows: readonly [string, readonly string[], readonly string[]][] = [
    ['one that speaks of its input', ['z = x^2', '\\frac{\\partial L}{\\partial x} = 2x g'], ['z|∂L/∂z']],
    [
      'of several outputs the one through which it is said to come',
      ['z = x^2', 'u = x^3', '\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial u} \\cdot 3 x^2'],
      ['z', 'u|∂L/∂u'],
    ],
    [
      'none that another section speaks of',
      ['# One', 'z = x^2', '# Two', 'u = x^3', '\\frac{\\partial L}{\\partial x} = 3x^2 g'],
      ['z', 'u|∂L/∂u'],
    ],
    [
      'one of another section that names the output',
      ['# Forward', 'z = x^2', '# Backward', '\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial z} 2 x'],
      ['z|∂L/∂z'],
    ],
  ]
  for (const [what, lines, expected] of rows) it(what, () => assert.deepEqual(outputsOf(...lines), expected))
  it('each of many losses is one more derivation, not one for each output', () => {
    const lines = Array.from({ length: 100 }, (_, k) => [
      `y_{${k}} = ${k + 2} x + a_{${k % 7}} x^2`,
      ...(k % 5 === 0
        ? [
            `\\frac{\\partial L_{${k}}}{\\partial x} = \\frac{\\partial L_{${k}}}{\\partial y_{${k}}} (${k + 2} + 2 a_{${k % 7}} x)`,
          ]
        : []),
    ]).flat()
    assert.equal(outputsOf(...lines).filter((each) => each.includes('|')).length, 20)
  })
})

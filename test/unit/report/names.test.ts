// Other programs know operations by the names in the report: a name that was published stays, whatever the table calls it.
import assert from 'node:assert/strict'
import { analyze } from '../../../src/report/analyze'

const rows: readonly [op: string, formula: string][] = [
  ['add', 'x + 1'],
  ['subtract', 'x - 1'],
  ['multiply', '3x'],
  ['divide', '\\frac{x}{3}'],
  ['power', 'x^3'],
  ['negate', '-x'],
  ['exp', 'e^x'],
  ['log', '\\ln x'],
  ['sqrt', '\\sqrt{x}'],
  ['abs', '|x|'],
  ['sign', '\\operatorname{sign}(x)'],
  ['step', '\\operatorname{step}(x)'],
  ['select', '\\begin{cases} x & (x > 0) \\\\ 0 & (x \\le 0) \\end{cases}'],
  ['max', '\\max(0, x)'],
  ['sigmoid', '\\operatorname{sigmoid}(x)'],
  ['tanh', '\\tanh x'],
]

describe('names of operations in the report', () => {
  for (const [op, formula] of rows)
    it(op, () => {
      const { derivations } = analyze(`$$y = ${formula}$$\n`, 'markdown')
      const ops = derivations[0]?.nodes.map((node) => node.op)
      assert.ok(ops?.includes(op), `${ops}`)
    })
})

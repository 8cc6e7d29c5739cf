import assert from 'node:assert/strict'
import { analyzeMarkdown } from '../../../src/analysis'
import type { Derivation } from '../../../src/derivation'
import { expressionLatex } from '../../../src/writing/latex'
import { textOf } from '../../../src/writing/text'
import { nodeOf } from '../../support/notes'

const derivationIn = (note: string): Derivation => {
  const last = analyzeMarkdown(note).derivations.at(-1)
  if (!last) throw new Error(`no derivation in ${note}`)
  return last
}

/** A written derivative is the nodes that it is: note, value of its output, gradient of an input as text and number. */
const WRITTEN: [note: string, value: number, input: string, gradient: string, number: number][] = [
  ['$s = 3t^2 + t$, $v = \\frac{ds}{dt}$, $p = m v$, $t = 2$, $m = 5$', 65, 't', '6 * m', 30],
  ['$s = 3t^2 + t$, $v = \\frac{ds}{dt}$, $p = m v$, $t = 2$, $m = 5$', 65, 'm', 'v', 13],
  ["$f(x) = x^3$, $g = f'(a) + a$, $a = 2$", 14, 'a', '6 * a + 1', 13],
  ["$y = \\sinh'(c)$, $c = 0$", 1, 'c', 'sinh(c)', 0],
  ['$s = t^3$, $a = \\frac{d^2 s}{dt^2}$, $F = 2 a$, $t = 1$', 12, 't', '12', 12],
  ['$w = \\left.\\frac{dy}{dx}\\right|_{x=c}$, $y = x^2$, $c = 3$', 6, 'c', '2', 2],
]

/** An entry is part of its array, whichever letter or number says the place: the gradient of the array has every path. */
const ENTRIES: [note: string, array: string, value: number[], gradient: number[]][] = [
  ['$p = x_1 \\sum_{i=1}^{n} x_i$, $x = (2, 3)$', 'x', [10], [7, 2]],
  ['$m = \\frac{1}{n}\\sum_{i=1}^{n} x_i$, $r = m + x_1$, $x = (2, 4)$', 'x', [5], [1.5, 0.5]],
]

/** Derivatives that aren't certain stay what they are: no value, no gradient behind them. */
const UNCERTAIN: [note: string, input: string][] = [
  ['$s = 3 u$, $v = \\frac{ds}{dt} + t$, $t = 2$', 'u'],
  ["$v = g'(a)$, $a = 1$", 'a'],
]

describe('meaning: written derivatives', () => {
  for (const [note, value, input, gradient, number] of WRITTEN) {
    it(`${note}: gradient of ${input}`, () => {
      const derivation = derivationIn(note)
      assert.equal(derivation.value(derivation.output)?.data[0], value)
      const found = derivation.gradient(nodeOf(derivation, input))
      assert.ok(found)
      assert.equal(textOf(derivation.graph, found.node), gradient)
      assert.equal(derivation.value(found.node)?.data[0] ?? Number.NaN, number)
    })
    it(`${note}: every node has a place`, () => {
      const { graph, written } = derivationIn(note)
      for (const id of written) assert.ok(graph.nodes[id]?.source, `node ${id} (${graph.nodes[id]?.op})`)
    })
  }
  for (const [note, array, value, gradient] of ENTRIES) {
    it(`${note}: gradient of ${array}`, () => {
      const derivation = derivationIn(note)
      const found = derivation.gradient(nodeOf(derivation, array))
      assert.ok(found)
      assert.deepEqual([...(derivation.value(derivation.output)?.data ?? [])], value)
      assert.deepEqual([...(derivation.value(found.node)?.data ?? [])], gradient)
    })
  }
  for (const [note, input] of UNCERTAIN) {
    it(`${note}: no gradient of ${input}`, () => {
      const derivation = derivationIn(note)
      assert.equal(derivation.value(derivation.output), null)
      assert.equal(derivation.gradient(nodeOf(derivation, input)), null)
    })
  }
})

/** A number that is multiplied with its sign is one number: the nodes of `u`, and how it is written. */
const SIGNED: [formula: string, nodes: string[], latex: string][] = [
  ['-1 \\times x', ['constant', 'input', 'multiply'], '-1 \\times x'],
  ['-0.5 \\cdot x', ['constant', 'input', 'multiply'], '-0.5 \\cdot x'],
  ['3 + -2 * x', ['constant', 'constant', 'input', 'multiply', 'add'], '3 + (-2 \\cdot x)'],
  ['-2x', ['constant', 'input', 'multiply', 'negate'], '-2 x'],
  ['-2^2 \\times x', ['constant', 'constant', 'power', 'input', 'multiply', 'negate'], '-2^{2} \\times x'],
]

describe('meaning: negative factors', () => {
  for (const [formula, nodes, latex] of SIGNED) {
    it(formula, () => {
      const { graph, output, written } = derivationIn(`$u = ${formula}$`)
      assert.deepEqual(
        written.map((id) => graph.nodes[id]?.op),
        nodes,
      )
      assert.equal(expressionLatex(graph, output), latex)
    })
  }
})

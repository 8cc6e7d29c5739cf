import assert from 'node:assert/strict'
import { analyzeMarkdown, analyzeTypeScript } from '../../../src/analysis'
import type { Derivation } from '../../../src/derivation'
import { answerOf, hintOf, judgeAnswer, questionsOf } from '../../../src/study/quiz'

const CHAIN = analyzeMarkdown('$$ z = t^2, \\quad t = x + y $$\n\n$x = 0.5$, $y = 1.25$\n').derivations[0] as Derivation
const NEURON = analyzeMarkdown(
  '$$ u = w x + b, \\quad y = \\frac{1}{1 + e^{-u}}, \\quad L = \\frac{1}{2}(y - t)^2 $$\n',
).derivations[0] as Derivation
const CODE = analyzeTypeScript('export function f(x: number, y: number) { const t = x * y\n return t ** 2 }')
  .derivations[0] as Derivation

const nodeOf = ({ graph }: Derivation, plain: string) => {
  const found = graph.nodes.find((node) => node.origin === 'written' && node.name?.plain === plain)
  assert.ok(found, plain)
  return found.id
}
const same = (text: string) => text

describe('the quiz', () => {
  it('asks for the gradients of named parts, from the output back', () => {
    assert.deepEqual(
      questionsOf(NEURON).map(({ derivative }) => derivative.spoken),
      ['t', 'y', 'u', 'b', 'x', 'w'].map((name) => `\\frac{\\partial L}{\\partial ${name}}`),
    )
  })

  const answers: [Derivation, string, string, 'right' | 'wrong' | 'unclear'][] = [
    [CHAIN, 't', '2t', 'right'],
    [CHAIN, 't', '2 * t', 'right'],
    [CHAIN, 't', '2(x+y)', 'right'],
    [CHAIN, 't', '2x + 2y', 'right'],
    [CHAIN, 't', '3.5', 'right'],
    [CHAIN, 'x', '2t \\cdot 1', 'right'],
    [CHAIN, 't', 't', 'wrong'],
    [CHAIN, 't', '2(x - y)', 'wrong'],
    [CHAIN, 't', '3.4', 'wrong'],
    [CHAIN, 't', '', 'unclear'],
    [CHAIN, 't', ')(', 'unclear'],
    [NEURON, 'y', 'y - t', 'right'],
    [NEURON, 'y', 't - y', 'wrong'],
    [NEURON, 'u', '(y - t) y (1 - y)', 'right'],
    [NEURON, 'u', 'y(1-y)', 'wrong'],
    [NEURON, 'w', '(y-t) y (1-y) x', 'right'],
    [CODE, 't', '2t', 'right'],
    [CODE, 'x', '2 t y', 'right'],
    [CODE, 'x', '2 t x', 'wrong'],
  ]
  for (const [derivation, name, text, verdict] of answers) {
    it(`∂${derivation.name.plain}/∂${name} = ${text || 'nothing'} is ${verdict}`, () => {
      assert.equal(judgeAnswer(derivation, nodeOf(derivation, name), text, same).verdict, verdict)
    })
  }

  it('says what the slip is, where it knows', () => {
    const { words } = judgeAnswer(CHAIN, nodeOf(CHAIN, 't'), 't', same)
    assert.match(words ?? '', /2/)
    assert.doesNotMatch(words ?? '', /side before/)
  })

  it('never says what is right unless asked', () => {
    for (const wrong of ['t', 'x', '5', '2(x - y)', 't^2'])
      assert.doesNotMatch(judgeAnswer(CHAIN, nodeOf(CHAIN, 't'), wrong, same).words ?? '', /2t|2 t|2 \* t/)
  })

  it('hints without giving the answer away, and gives it when asked', () => {
    const t = nodeOf(CHAIN, 't')
    assert.match(hintOf(CHAIN, t, same), /exponent/)
    assert.equal(answerOf(CHAIN, t), '\\frac{\\partial z}{\\partial t} = 2 t')
  })
})

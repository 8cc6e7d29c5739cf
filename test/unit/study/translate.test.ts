import assert from 'node:assert/strict'
import { translator } from '../../../src/study/translate'

const bundle = {
  'sum rule': '和の微分',
  'The factor {0} is missing.': '因子 {0} が抜けている。',
  '{0} is missing.': '{0} が抜けている。',
  'The path {0} is missing.': '経路 {0} が抜けている。',
  'written {0}, expected {1}': '正しくは {1}、書かれているのは {0}',
  'at {0}: {1}': '{0} のとき、{1}',
  'the variable': '変数',
  mean: '平均',
  '{0} of {1}': '{1} のうち {0}',
}

const rows: [name: string, sentence: string, expected: string][] = [
  ['a sentence of the bundle', 'sum rule', '和の微分'],
  ['a sentence with something put in', 'The factor 2t is missing.', '因子 2t が抜けている。'],
  ['placeholders in another order', 'written 2, expected 4', '正しくは 4、書かれているのは 2'],
  ['a sentence within a sentence', 'at x = 1: written 2, expected 4', 'x = 1 のとき、正しくは 4、書かれているのは 2'],
  [
    'several sentences',
    'The factor 2t is missing. The path x is missing.',
    '因子 2t が抜けている。経路 x が抜けている。',
  ],
  ['the template that says most', 'The path x is missing.', '経路 x が抜けている。'],
  ['what the bundle lacks', 'chain rule', 'chain rule'],
  ['a phrase within a sentence, without spaces', 'The factor the variable is missing.', '因子変数が抜けている。'],
  ['a name that is also a word of the bundle', 'The factor mean is missing.', '因子 mean が抜けている。'],
  ['what looks like a count of the panel', 'permutation of axes', 'permutation of axes'],
  [
    'numbers at an entry, after a sentence',
    'mean is missing. [0] is missing.',
    'mean が抜けている。[0] が抜けている。',
  ],
]

describe('translation of what the core says', () => {
  for (const [name, sentence, expected] of rows) {
    it(name, () => assert.equal(translator(bundle)(sentence), expected))
  }
  it('leaves English as it is where there is no bundle', () => {
    assert.equal(translator(undefined)('sum rule'), 'sum rule')
  })
})

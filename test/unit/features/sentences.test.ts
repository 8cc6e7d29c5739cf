import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { OPERATIONS } from '../../../src/operations/index'

const japanese: Record<string, string> = JSON.parse(readFileSync('l10n/bundle.l10n.ja.json', 'utf8'))

describe('sentences of the table of operations', () => {
  for (const { name, rule, explanation } of OPERATIONS) {
    it(`${name} has its rule and its explanation in Japanese`, () => {
      assert.ok(japanese[rule], rule)
      assert.ok(japanese[explanation], explanation)
    })
  }
})

describe('labels of the hover', () => {
  const source = readFileSync('src/features/hoverContent.ts', 'utf8')
  for (const [, label = ''] of source.matchAll(/\bt\(\s*'([^']+)'/g)) {
    it(`${label} has a Japanese text`, () => assert.ok(japanese[label]))
  }
})

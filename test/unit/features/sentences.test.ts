import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { OPERATIONS } from '../../../src/operations/index'
import { translator } from '../../../src/study/translate'

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

/** The string literals of a source; what a template puts in is written `x`. */
function literals(source: string): string[] {
  const found: string[] = []
  const quoted = (start: number): number => {
    let at = start + 1
    let text = ''
    while (at < source.length && source[at] !== "'" && source[at] !== '\n') {
      if (source[at] === '\\') at++
      text += source[at++]
    }
    found.push(text)
    return at + 1
  }
  const template = (start: number): number => {
    let at = start + 1
    let text = ''
    while (at < source.length && source[at] !== '`') {
      if (source.startsWith('${', at)) {
        at = code(at + 2, '}')
        text += 'x'
      } else text += source[at++]
    }
    found.push(text)
    return at + 1
  }
  /** Goes on to the closing mark and gives the place behind it. */
  const code = (start: number, close: string): number => {
    let at = start
    let depth = 0
    while (at < source.length) {
      const character = source[at]
      if (source.startsWith('//', at)) at = Math.max(at, source.indexOf('\n', at))
      else if (source.startsWith('/*', at)) at = source.indexOf('*/', at) + 2
      else if (character === "'") at = quoted(at)
      else if (character === '`') at = template(at)
      else if (character === close && depth === 0) return at + 1
      else {
        if (character === '{') depth++
        if (character === '}') depth--
        at++
      }
    }
    return at
  }
  code(0, '')
  return found
}

describe('sentences of the judge', () => {
  const files = readdirSync('src/judging', { recursive: true })
    .map((file) => `src/judging/${file}`)
    .filter((file) => file.endsWith('.ts'))
  const sentences = new Set(
    [...files, 'src/analysis/index.ts']
      .flatMap((file) => literals(readFileSync(file, 'utf8')))
      .filter((text) => /^[A-Z].* .*\.$/.test(text)),
  )
  const translate = translator(japanese)
  it('are found in the sources', () => assert.ok(sentences.size > 50))
  for (const sentence of sentences) {
    it(`${sentence} has a Japanese text`, () => assert.match(translate(sentence), /[\u3040-\u30ff\u4e00-\u9fff]/))
  }

  it('are translated with what is put into them', () => {
    assert.equal(
      translate('The inner derivative ∂t/∂x = 3 is missing. At x = 1.8, y = 2.4: written 2, expected 6.'),
      '内側の微分 ∂t/∂x = 3 が抜けている。x = 1.8, y = 2.4 のとき、書かれた式は 2、正しくは 6。',
    )
  })
})

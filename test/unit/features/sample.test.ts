import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { analyzeMarkdown } from '../../../src/analysis'
import { sampleNote } from '../../../src/features/sampleNote'

/** What the walkthrough promises of its note has to be there in every language: words around a step may silence it. */
describe('the sample note', () => {
  for (const language of ['en', 'ja', 'zh-cn']) {
    const bundle: Record<string, string> | null =
      language === 'en' ? null : JSON.parse(readFileSync(`l10n/bundle.l10n.${language}.json`, 'utf8'))
    const text = sampleNote((sentence) => (bundle ? (bundle[sentence] ?? assert.fail(sentence)) : sentence))
    const analysis = analyzeMarkdown(text)

    it(`has its one wrong step underlined, with what is right (${language})`, () => {
      const steps = analysis.claims().flatMap(({ steps: each }) => each)
      const wrong = steps.filter(({ verdict }) => verdict === 'fails')
      assert.deepEqual(
        wrong.map(({ range }) => text.slice(range.start, range.end)),
        ['2(x - y)'],
      )
    })

    it(`has two graphs with numbers (${language})`, () => {
      const [first, second, ...others] = analysis.derivations
      assert.deepEqual([first?.name.plain, second?.name.plain, others.length], ['z', 'a', 0])
      assert.equal(first?.value(first.output)?.data[0], 3.0625)
      assert.equal(second?.value(second.output)?.data[0]?.toFixed(4), '0.5744')
    })
  }
})

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const BUNDLES = [
  ['Japanese', 'ja'],
  ['Chinese', 'zh-cn'],
].map(([language, code]) => {
  const file = `l10n/bundle.l10n.${code}.json`
  const translated: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'))
  return { language, file, translated }
})

/** The texts that the features hand to `vscode.l10n.t`, with the file each stands in. */
const texts = ['src/extension.ts', ...readdirSync('src/features').map((file) => join('src/features', file))]
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bl10n\.t\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g)].map((match) => ({
      file,
      text: (match[2] as string).replace(/\\(.)/g, '$1'),
    })),
  )

const placeholders = (text: string) => [...text.matchAll(/\{\d+\}/g)].map(([hole]) => hole).sort()

describe('translation', () => {
  for (const { language, file: bundle, translated } of BUNDLES) {
    for (const { file, text } of texts) {
      it(`into ${language}: ${text} (${file})`, () => assert.ok(translated[text], `missing in ${bundle}`))
    }

    it(`into ${language} keeps what is put into a text`, () => {
      const changed = Object.entries(translated).filter(
        ([text, other]) => placeholders(text).join() !== placeholders(other).join(),
      )
      assert.deepEqual(changed, [])
    })

    it(`into ${language} leaves nothing empty and ends a sentence where the English does`, () => {
      const ends = (text: string, mark: RegExp) => mark.test(text)
      const changed = Object.entries(translated).filter(
        ([text, other]) => other.trim() === '' || (ends(text, /^[A-Z{].* .*\.$/s) && !ends(other, /[。？：]$/)),
      )
      assert.deepEqual(changed, [])
    })
  }

  it('has the same texts in every language', () => {
    const [first, ...others] = BUNDLES.map(({ translated }) => Object.keys(translated).sort())
    for (const other of others) assert.deepEqual(other, first)
  })
})

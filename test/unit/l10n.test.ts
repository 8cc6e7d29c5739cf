import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const bundle = 'l10n/bundle.l10n.ja.json'
const japanese: Record<string, string> = existsSync(bundle) ? JSON.parse(readFileSync(bundle, 'utf8')) : {}

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

const chinese: Record<string, string> = JSON.parse(readFileSync('l10n/bundle.l10n.zh-cn.json', 'utf8'))

describe('translation', () => {
  it('into Chinese has what the Japanese has, of the panel and the commands all', () => {
    assert.deepEqual(
      Object.keys(chinese).filter((text) => !japanese[text]),
      [],
    )
    const said = texts.filter(({ file }) => /graph|panel|sample|active/i.test(file))
    assert.deepEqual(
      said.filter(({ text }) => !chinese[text]).map(({ text }) => text),
      [],
    )
    for (const [text, translated] of Object.entries(chinese))
      assert.deepEqual(placeholders(translated), placeholders(text), text)
  })

  for (const { file, text } of texts) {
    it(`into Japanese: ${text} (${file})`, () => assert.ok(japanese[text], `missing in ${bundle}`))
  }

  it('keeps what is put into a text', () => {
    const changed = Object.entries(japanese).filter(
      ([text, translated]) => placeholders(text).join() !== placeholders(translated).join(),
    )
    assert.deepEqual(changed, [])
  })
})

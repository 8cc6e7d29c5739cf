import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { LANGUAGES } from '../../src/report/analyze'
import { TOOLS } from '../../src/report/tools'

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'))
const manifest = read('package.json')
const english = read('package.nls.json')
const japanese = read('package.nls.ja.json')
const chinese = read('package.nls.zh-cn.json')

/** The keys `%key%` that the manifest uses. */
const used = [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] as string)

describe('manifest', () => {
  it('has an English, a Japanese and a Chinese text for each string, and no other', () => {
    const expected = [...new Set(used)].sort()
    assert.deepEqual(Object.keys(english).sort(), expected)
    assert.deepEqual(Object.keys(japanese).sort(), expected)
    assert.deepEqual(Object.keys(chinese).sort(), expected)
  })

  it('activates by language and by the restored panel alone', () => {
    for (const event of manifest.activationEvents) assert.match(event, /^(onLanguage:|onWebviewPanel:gradlens\.graph$)/)
  })

  it('puts every command in one category and hides it where it cannot apply', () => {
    const hidden = new Map(manifest.contributes.menus.commandPalette.map((item: any) => [item.command, item.when]))
    for (const { command, category } of manifest.contributes.commands) {
      assert.equal(category, 'GradLens')
      assert.ok(hidden.get(command), `${command} is always in the palette`)
    }
  })

  /** Languages in which the palette offers a command. */
  const offeredIn = (command: string): string[] => {
    const { when } = manifest.contributes.menus.commandPalette.find((item: any) => item.command === command)
    const languages = new RegExp(/editorLangId =~ \/(.*?)\/ /.exec(when)?.[1] ?? '$.')
    return LANGUAGES.filter((language) => languages.test(language))
  }
  const notes = ['markdown', 'mdx', 'quarto', 'rmd']
  const offers: [command: string, languages: readonly string[]][] = [
    ['gradlens.showGraph', LANGUAGES.filter((language) => language !== 'notebook')],
    ['gradlens.showAnotherGraph', LANGUAGES.filter((language) => language !== 'notebook')],
    // An annotation is Markdown.
    ['gradlens.annotate', notes],
    ['gradlens.removeAnnotation', notes],
    ['gradlens.generateCode', [...notes, 'latex', 'tex']],
  ]
  for (const [command, languages] of offers)
    it(`offers ${command} where it can be used`, () => assert.deepEqual(offeredIn(command), languages))

  it('describes every setting and lets each folder have its own', () => {
    for (const [key, setting] of Object.entries<any>(manifest.contributes.configuration.properties)) {
      assert.match(setting.markdownDescription, /^%setting\./, key)
      assert.equal(setting.scope, 'resource', key)
    }
  })

  it('tells assistants of the editor what the tools themselves say', () => {
    const told = manifest.contributes.languageModelTools.map(({ name, modelDescription, inputSchema }: any) => ({
      name,
      description: modelDescription,
      inputSchema,
    }))
    assert.deepEqual(
      told,
      TOOLS.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
    )
  })

  it('needs nothing at run time: all that is used is bundled', () => {
    assert.equal(manifest.dependencies, undefined)
  })

  it('says in the lock file which versions, not where they came from', () => {
    assert.doesNotMatch(readFileSync('package-lock.json', 'utf8'), /"resolved":/)
  })
})

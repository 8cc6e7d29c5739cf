import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { FORMATS } from '../../src/cli/options'

const readme = readFileSync('README.md', 'utf8')
const { configuration, commands } = JSON.parse(readFileSync('package.json', 'utf8')).contributes
const titles = JSON.parse(readFileSync('package.nls.json', 'utf8'))

describe('README', () => {
  it('lists every setting and no other', () => {
    const listed = [...readme.matchAll(/^\| `(gradlens\.[\w.]+)` \|/gm)].map(([, setting]) => setting)
    assert.deepEqual(listed.sort(), Object.keys(configuration.properties).sort())
  })

  it('names the commands as the palette does', () => {
    const names = commands.map(({ title }: { title: string }) => `GradLens: ${titles[title.replaceAll('%', '')]}`)
    for (const [name] of readme.matchAll(/GradLens: [A-Z][A-Za-z ]+(?=\*\*)/g)) assert.ok(names.includes(name), name)
  })

  it('shows pictures that are there', () => {
    const pictures = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, file]) => file ?? '')
    assert.ok(pictures.length >= 3)
    for (const file of pictures) assert.ok(existsSync(file), file)
  })

  it('offers the formats that the command line has', () => {
    for (const [command, formats] of Object.entries(FORMATS)) {
      const line = readme.split('\n').find((each) => each.startsWith(`gradlens ${command} `)) ?? ''
      if (formats.length > 1) assert.ok(line.includes(`--format ${formats.join('|')}`), line)
      else assert.ok(line, command)
    }
  })
})

// What is in the package that people install; `npm run package` has made it.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'

const file = 'gradlens.vsix'

/** The names of the files in a ZIP archive, from its central directory. */
function entries(zip: Buffer): string[] {
  const end = zip.lastIndexOf('PK\x05\x06')
  const names: string[] = []
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(at + 28)
    names.push(zip.toString('utf8', at + 46, at + 46 + nameLength))
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return names.filter((name) => !name.endsWith('/'))
}

describe('the package', () => {
  let names: string[]
  before(() => {
    names = entries(readFileSync(file))
  })

  // The extension's core stands in it four times: for two hosts, the command line and a page of its own.
  it('stays under 4 MB', () => assert.ok(statSync(file).size < 4 * 1024 * 1024, `${statSync(file).size} bytes`))

  for (const name of [
    'extension.js',
    'extension.web.js',
    'panel.js',
    'standalone.js',
    'cli.js',
    'mathjax.js',
    'graphviz.js',
  ]) {
    it(`holds dist/${name}`, () => assert.ok(names.includes(`extension/dist/${name}`)))
  }

  for (const name of ['package.json', 'package.nls.json', 'package.nls.ja.json', 'media/icon.png']) {
    it(`holds ${name}`, () => assert.ok(names.includes(`extension/${name}`)))
  }

  // The packager writes these two in its own way.
  for (const name of ['readme.md', 'changelog.md', 'LICENSE.txt']) {
    it(`holds ${name}`, () => assert.ok(names.includes(`extension/${name}`)))
  }

  it('names what is bundled, with each licence', () => {
    assert.ok(names.includes('extension/dist/THIRD_PARTY_NOTICES.txt'))
    const notices = readFileSync('dist/THIRD_PARTY_NOTICES.txt', 'utf8')
    for (const name of ['@lezer/markdown', '@mathjax/src', '@hpcc-js/wasm-graphviz', '@vscode/codicons', 'lit']) {
      assert.match(notices, new RegExp(`^${name}[\\w-]* [\\d.]+ \\(`, 'm'))
    }
  })

  it('has the same bytes when it is made again', function () {
    this.timeout(60_000)
    const first = readFileSync(file)
    execFileSync(process.execPath, ['scripts/package.mjs'], { stdio: 'ignore' })
    assert.ok(first.equals(readFileSync(file)))
  })

  it('holds no sources, tests, maps or tools', () => {
    const strange = names.filter(
      (name) =>
        /\.(tsx?|mjs|map|vsix)$/.test(name) ||
        /^extension\/(src|test|scripts|bench|examples|node_modules|\.)/.test(name) ||
        /tsconfig|biome|package-lock/.test(name),
    )
    assert.deepEqual(strange, [])
  })
})

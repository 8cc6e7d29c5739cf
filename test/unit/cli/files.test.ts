/** Files on the command line: what is text, how it is written, what of it reaches a terminal. */
import assert from 'node:assert/strict'
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Environment } from '../../../src/cli/environment'
import { decodeText, readText, writeText } from '../../../src/cli/files'
import { run } from '../../../src/cli/run'
import { uriOf } from '../../../src/cli/sarif'

const utf16 = (text: string, bigEndian = false) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return bigEndian ? bytes.swap16() : bytes
}

/** Runs the command line on texts that exist only here; gives what it prints. */
async function printed(
  args: string[],
  files: Record<string, string>,
): Promise<{ out: string; error: string; status: number }> {
  const seen = { out: '', error: '', status: -1 }
  const environment: Environment = {
    out: (text) => (seen.out += text),
    error: (text) => (seen.error += text),
    read: async (file) => files[file] ?? Promise.reject(new Error('not there')),
    write: async () => undefined,
    colour: false,
    progress: false,
  }
  seen.status = await run(args, environment)
  return seen
}

describe('a text file', () => {
  it('in UTF-8 or UTF-16 is read with its mark', () => {
    assert.equal(decodeText(Buffer.from('z = t²')), 'z = t²')
    assert.equal(decodeText(Buffer.from('\ufeffz = t²')), '\ufeffz = t²')
    assert.equal(decodeText(utf16('z = t²')), '\ufeffz = t²')
    assert.equal(decodeText(utf16('z = t²', true)), '\ufeffz = t²')
  })

  const REFUSED: readonly (readonly [title: string, bytes: Uint8Array])[] = [
    ['in Latin 1', Buffer.from('caf\xe9', 'latin1')],
    ['that is cut in a character', Buffer.from('t²').subarray(0, 2)],
    ['in UTF-16 without its mark', Buffer.from('z = t', 'utf16le')],
    ['in UTF-16 with half a pair', Buffer.from([0xff, 0xfe, 0x00, 0xd8])],
  ]
  for (const [title, bytes] of REFUSED)
    it(`${title} is refused`, () => assert.throws(() => decodeText(bytes), /is not text/))
})

describe('writing a file', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gradlens-files-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('keeps the mode and leaves nothing else behind', async () => {
    const file = join(folder, 'a.md')
    writeFileSync(file, 'old')
    chmodSync(file, 0o640)
    await writeText(file, 'new')
    assert.equal(readFileSync(file, 'utf8'), 'new')
    assert.equal(statSync(file).mode & 0o777, 0o640)
    assert.deepEqual(readdirSync(folder), ['a.md'])
  })

  it('replaces the file, so that who reads the old one still has it whole', async () => {
    const file = join(folder, 'a.md')
    writeFileSync(file, 'old')
    const before = statSync(file).ino
    await writeText(file, 'new')
    assert.notEqual(statSync(file).ino, before)
  })

  it('goes through a symbolic link, which stays one', async () => {
    const file = join(folder, 'a.md')
    const link = join(folder, 'link.md')
    writeFileSync(file, 'old')
    symlinkSync('a.md', link)
    await writeText(link, 'new')
    assert.ok(lstatSync(link).isSymbolicLink())
    assert.equal(readFileSync(file, 'utf8'), 'new')
  })

  it('keeps all names of a file', async () => {
    const file = join(folder, 'a.md')
    const other = join(folder, 'b.md')
    writeFileSync(file, 'old and long')
    linkSync(file, other)
    await writeText(file, 'new')
    assert.equal(readFileSync(other, 'utf8'), 'new')
  })

  it('keeps the encoding', async () => {
    for (const bigEndian of [false, true]) {
      const file = join(folder, 'a.md')
      writeFileSync(file, utf16('t²', bigEndian))
      await writeText(file, `${await readText(file)} + 1`)
      assert.deepEqual(readFileSync(file), utf16('t² + 1', bigEndian))
    }
  })

  it('of nothing that is there fails and writes nothing', async () => {
    await assert.rejects(writeText(join(folder, 'none.md'), 'new'))
    assert.deepEqual(readdirSync(folder), [])
  })
})

const WRONG = '$y = x^2$\n\n$\\frac{dy}{dx} = 3x$'

describe('what is printed', () => {
  it('has no character that a terminal obeys', async () => {
    const note = `\u001b]0;title\u0007 \u009b2J ${WRONG.replace('\n\n', ' \u202e ')}\u001b[31m`
    for (const args of [
      ['check', 'a\u001b[1m.md'],
      ['graph', 'a\u001b[1m.md'],
      ['graph', 'missing\u0007.md'],
    ]) {
      const { out, error } = await printed(args, { 'a\u001b[1m.md': note })
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
      assert.doesNotMatch(out + error, /[\0-\x08\x0b-\x1f\x7f-\x9f\u202e]/)
    }
  })

  it('has no line that a workflow takes for a command', async () => {
    const { out } = await printed(['check', 'a.md'], { 'a.md': `::error file=b.md::$y = x^2$, $\\frac{dy}{dx} = 3x$` })
    assert.match(out, /::error/)
    assert.ok(out.split('\n').every((line) => !line.trimStart().startsWith('::')))
  })

  it('of a notebook says the cell', async () => {
    const notebook = JSON.stringify({ cells: ['# A', WRONG].map((source) => ({ cell_type: 'markdown', source })) })
    const { out, status } = await printed(['check', 'a.ipynb'], { 'a.ipynb': notebook })
    assert.equal(status, 1)
    assert.match(out, /^a\.ipynb:cell 2:3:/)
    const sarif = JSON.parse((await printed(['check', '--format', 'sarif', 'a.ipynb'], { 'a.ipynb': notebook })).out)
    assert.deepEqual(sarif.runs[0].results[0].locations[0].logicalLocations, [{ name: 'cell 2' }])
  })

  it('of a file that is no notebook says so', async () => {
    const { error, status } = await printed(['check', 'a.ipynb'], { 'a.ipynb': '{}' })
    assert.equal(status, 2)
    assert.match(error, /a\.ipynb: not a notebook/)
  })

  it('of a LaTeX document is what it claims', async () => {
    assert.equal((await printed(['check', 'a.tex'], { 'a.tex': WRONG })).status, 1)
    assert.equal((await printed(['check', 'a.tex'], { 'a.tex': WRONG.replace('$\\frac', '% $\\frac') })).status, 0)
  })
})

const URIS: readonly (readonly [file: string, uri: string])[] = [
  ['./notes/a b.md', 'notes/a%20b.md'],
  ['notes/50%.md', 'notes/50%25.md'],
  [resolve('a.md'), pathToFileURL(resolve('a.md')).href],
]

describe('the address of a file in SARIF', () => {
  for (const [file, uri] of URIS) it(file, () => assert.equal(uriOf(file), uri))
  it('keeps a backslash where it is part of a name', () => {
    assert.equal(uriOf('back\\slash.md'), process.platform === 'win32' ? 'back/slash.md' : 'back%5Cslash.md')
  })
})

describe('names of built-in objects', () => {
  for (const name of ['constructor', 'toString', '__proto__']) {
    it(`${name} is no command`, async () => {
      const { status, error } = await printed([name, 'a.md'], { 'a.md': WRONG })
      assert.equal(status, 2)
      assert.match(error, /unknown command/)
    })

    it(`${name} has the value that --at gives and no other`, async () => {
      const note = { 'a.md': `$z = \\mathrm{${name.replaceAll('_', '\\_')}} \\cdot x$` }
      const args = ['graph', '--format', 'json', '--at']
      const [without] = JSON.parse((await printed([...args, 'x=3', 'a.md'], note)).out).derivations
      assert.equal(without.value, null)
    })
  }
})

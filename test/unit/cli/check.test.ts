import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'
import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { buildSync } from 'esbuild'
import type { Log } from 'sarif'

const RIGHT = '$$\nz = t^2, \\quad t = x + y\n$$\n\n$$\n\\frac{\\partial z}{\\partial x} = 2t \\cdot 1 = 2(x + y)\n$$\n'
const WRONG = RIGHT.replace('2(x + y)', '2(x - y)')
const IGNORED = WRONG.replace('$$\n\\frac', '<!-- gradlens-ignore -->\n$$\n\\frac')
const SHAPES = '$A \\in \\mathbb{R}^{2 \\times 3}$, $B \\in \\mathbb{R}^{2 \\times 3}$\n\n$$\nC = A B\n$$\n'
const CYCLIC = '$$\na = b + 1, \\quad b = a + 1\n$$\n'
const PAIR = 'export const square = (x: number) => x * x\nexport const squareDerivative = (x: number) => 3 * x\n'

/** What the schema of SARIF 2.1.0 has against a log. One of its patterns is none in the strict notation, hence `unicodeRegExp`. */
const validateSarif = addFormats(new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })).compile(sarifSchema)
const sarifErrors = (log: unknown) =>
  validateSarif(log) ? [] : validateSarif.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`)

describe('gradlens check', () => {
  let folder: string
  let program: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'gradlens-check-'))
    program = join(folder, 'cli.cjs')
    buildSync({ entryPoints: ['src/cli/main.ts'], outfile: program, bundle: true, platform: 'node', format: 'cjs' })
    const files = {
      'right.md': RIGHT,
      'wrong.md': WRONG,
      'ignored.md': IGNORED,
      'pair.ts': PAIR,
      'shapes.md': SHAPES,
      'cyclic.md': CYCLIC,
      'wrong/noté #1 50%.md': WRONG,
    }
    mkdirSync(join(folder, 'wrong'))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    for (let i = 0; i < 20; i++) writeFileSync(join(folder, `many${i}.md`), i % 5 === 3 ? WRONG : RIGHT)
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  const check = (...args: string[]) =>
    spawnSync(process.execPath, [program, 'check', ...args], { cwd: folder, encoding: 'utf8', timeout: 60_000 })
  const many = Array.from({ length: 20 }, (_, i) => `many${i}.md`)

  if (process.platform !== 'win32') {
    it('never waits for an import that is no ordinary file', () => {
      spawnSync('mkfifo', [join(folder, 'pipe.ts')])
      const imports = "import { a } from './pipe'\nimport { b } from '../../../../../../dev/zero'\n"
      writeFileSync(join(folder, 'importing.ts'), `${imports}export const f = (x: number) => a(x) + b(x)\n`)
      assert.equal(check('importing.ts').status, 0)
    })
  }

  if (existsSync('/dev/full')) {
    it('ends with 2 and one line where its output cannot be written', () => {
      const full = openSync('/dev/full', 'w')
      const { status, stderr } = spawnSync(process.execPath, [program, 'check', '--quiet', 'wrong.md'], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', full, 'pipe'],
      })
      closeSync(full)
      assert.equal(status, 2)
      assert.equal(stderr, 'gradlens: standard output: no space left\n')
    })
  }

  const statuses: [name: string, args: string[], status: number][] = [
    ['0 where nothing is wrong', ['right.md'], 0],
    ['1 where a step fails', ['right.md', 'wrong.md'], 1],
    ['0 where the author wants it left alone', ['ignored.md'], 0],
    ['1 where a hand-written derivative is wrong', ['pair.ts'], 1],
    ['2 where a file cannot be read, whatever else is found', ['wrong.md', 'missing.md'], 2],
    ['2 where the arguments are wrong', ['--format', 'dot', 'right.md'], 2],
  ]
  for (const [name, args, status] of statuses) {
    it(`ends with ${name}`, () => assert.equal(check(...args).status, status))
  }

  it('shows the line with carets under the step', () => {
    const [head = '', line = '', carets = ''] = check('wrong.md').stdout.split('\n')
    assert.match(head, /^wrong\.md:6:\d+: warning: .+ \[wrong-step\]$/)
    assert.equal(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1), '2(x - y)')
  })

  it('counts on standard error, and is silent with --quiet', () => {
    assert.match(check('right.md').stderr, /^1 file: 2 steps hold, 0 fail, 0 unknown\n$/)
    const quiet = check('--quiet', 'right.md')
    assert.equal(quiet.stdout + quiet.stderr, '')
  })

  it('gives the verdict on each step as JSON', () => {
    const report = JSON.parse(check('--format', 'json', 'wrong.md').stdout)
    const [{ steps }] = report.claims
    assert.deepEqual(
      steps.map(({ verdict }: { verdict: string }) => verdict),
      ['holds', 'fails'],
    )
    assert.equal(report.diagnostics[0].code, 'wrong-step')
    assert.ok(Number.isFinite(steps[1].counterexample.expected))
  })

  it('judges pairs of a function and its derivative', () => {
    const [pair] = JSON.parse(check('--format', 'json', 'pair.ts').stdout).pairs
    assert.deepEqual([pair.function.name, pair.derivative.name, pair.verdict], ['square', 'squareDerivative', 'fails'])
  })

  it('writes SARIF with the place of each finding', () => {
    const log: Log = JSON.parse(check('--format', 'sarif', 'right.md', 'wrong.md').stdout)
    assert.equal(log.version, '2.1.0')
    const [run] = log.runs
    assert.equal(run?.invocations?.[0]?.executionSuccessful, true)
    assert.equal(run?.results?.length, 1)
    const [result] = run?.results ?? []
    assert.equal(result?.ruleId, 'wrong-step')
    assert.ok(run?.tool.driver.rules?.some(({ id }) => id === result?.ruleId))
    const place = result?.locations?.[0]?.physicalLocation
    assert.equal(place?.artifactLocation?.uri, 'wrong.md')
    const { startLine, startColumn, endColumn } = place?.region ?? {}
    assert.equal(startLine, 6)
    assert.equal(WRONG.split('\n')[5]?.slice((startColumn ?? 0) - 1, (endColumn ?? 0) - 1), '2(x - y)')
  })

  const logs: [name: string, args: string[]][] = [
    ['nothing is found', ['right.md']],
    ['steps and derivatives are wrong', ['wrong.md', 'ignored.md', 'pair.ts']],
    ['shapes do not fit and definitions are cyclic', ['shapes.md', 'cyclic.md']],
    ['a file cannot be read', ['wrong.md', 'missing.md']],
    ['names of files are unusual', ['wrong/noté #1 50%.md']],
    ['it is a shard, checked by several threads', ['--shard', '1/2', '--jobs', '2', ...many]],
  ]
  for (const [name, args] of logs) {
    it(`writes SARIF that fits its schema where ${name}`, () => {
      assert.deepEqual(sarifErrors(JSON.parse(check('--format', 'sarif', ...args).stdout)), [])
    })
  }

  const defects: [what: string, spoil: (log: Log) => void][] = [
    ['no version', (log) => Reflect.deleteProperty(log, 'version')],
    ['no message', (log) => Reflect.deleteProperty(log.runs[0]?.results?.[0] ?? {}, 'message')],
    ['another level', (log) => Object.assign(log.runs[0]?.results?.[0] ?? {}, { level: 'hint' })],
    ['something unknown', (log) => Object.assign(log.runs[0] ?? {}, { colour: 'red' })],
  ]
  for (const [what, spoil] of defects) {
    it(`would notice SARIF with ${what}`, () => {
      const log: Log = JSON.parse(check('--format', 'sarif', 'wrong.md').stdout)
      spoil(log)
      assert.notDeepEqual(sarifErrors(log), [])
    })
  }

  it('says the same on one thread and on several, in the order given', () => {
    const one = check('--jobs', '1', '--format', 'json', ...many)
    const two = check('--jobs', '2', '--format', 'json', ...many)
    assert.equal(two.stdout, one.stdout)
    assert.equal(two.status, 1)
    assert.deepEqual(
      two.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).file),
      many,
    )
  })

  it('shares the files out among shards, each once', () => {
    const seen = [1, 2, 3].flatMap((shard) =>
      check('--shard', `${shard}/3`, '--format', 'json', ...many)
        .stdout.trim()
        .split('\n')
        .map((line) => JSON.parse(line).file as string),
    )
    assert.deepEqual(seen.sort(), [...many].sort())
  })
})

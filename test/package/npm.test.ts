// What someone gets who installs the npm package: a command, a module with types, a schema. The build has made dist/.
import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const windows = process.platform === 'win32'

describe('the npm package', () => {
  let home: string
  let installed: string

  before(function () {
    this.timeout(60_000)
    home = mkdtempSync(join(tmpdir(), 'gradlens-npm-'))
    const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', home], {
      encoding: 'utf8',
      shell: windows,
    })
    const { filename } = JSON.parse(packed)[0]
    installed = join(home, 'node_modules/gradlens')
    mkdirSync(installed, { recursive: true })
    execFileSync('tar', ['-xzf', join(home, filename), '-C', installed, '--strip-components=1'])
  })
  after(() => rmSync(home, { recursive: true, force: true }))

  const node = (source: string) => {
    writeFileSync(join(home, 'main.mjs'), source)
    const { stdout, stderr } = spawnSync(process.execPath, ['main.mjs'], { cwd: home, encoding: 'utf8' })
    assert.equal(stderr, '')
    return stdout.trim()
  }

  it('analyzes a text as an ES module', () => {
    const printed = node(`
      import { analyze } from 'gradlens'
      const note = String.raw\`$y = x^2$\n\n$\\frac{dy}{dx} = 3x$\`
      console.log(analyze(note, 'markdown').claims[0].steps[0].verdict)
    `)
    assert.equal(printed, 'fails')
  })

  it('says which languages it knows when it is given another', () => {
    const printed = node(`
      import { analyze } from 'gradlens'
      try { analyze('', 'cobol') } catch (error) { console.log(error.message) }
    `)
    assert.match(printed, /^no language 'cobol'; known are markdown, .*typescript,/)
  })

  it('has types that fit what a program does with it, and no other', function () {
    this.timeout(60_000)
    writeFileSync(
      join(home, 'main.mts'),
      `import { analyze, LANGUAGES, type Report, type ReportVerdict } from 'gradlens'
const report: Report = analyze('$y = x^2$', LANGUAGES[0] ?? 'markdown')
export const verdicts: ReportVerdict[] = report.claims.flatMap(({ steps }) => steps.map(({ verdict }) => verdict))
// @ts-expect-error there is no such field
report.mood
`,
    )
    const options = '--strict --noEmit --module nodenext --target es2022 --skipLibCheck false --types'.split(' ')
    const { stdout } = spawnSync(
      process.execPath,
      [resolve('node_modules/typescript/bin/tsc'), ...options, '', 'main.mts'],
      {
        cwd: home,
        encoding: 'utf8',
      },
    )
    assert.equal(stdout, '')
  })

  it('brings the command', () => {
    const { status, stdout } = spawnSync(process.execPath, [join(installed, 'dist/cli.js'), 'graph', '-'], {
      input: 'z = t²\nt = x + y\n',
      encoding: 'utf8',
    })
    assert.equal(status, 0)
    assert.match(stdout, /t = x \+ y/)
  })

  it('serves assistants', () => {
    const call = { name: 'gradlens_differentiate', arguments: { text: 'z = t^2' } }
    const messages = [
      {
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } },
      },
      { method: 'notifications/initialized' },
      { id: 2, method: 'tools/call', params: call },
    ]
    const input = messages.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join('')
    const { status, stdout } = spawnSync(process.execPath, [join(installed, 'dist/cli.js'), 'mcp'], {
      input,
      encoding: 'utf8',
      timeout: 20_000,
    })
    assert.equal(status, 0)
    assert.match(stdout, /= 2 t/)
  })

  it('serves editors, and ends when it is told to', async () => {
    const server = spawn(process.execPath, [join(installed, 'dist/cli.js'), 'lsp', '--stdio'])
    const send = (message: object) => {
      const text = JSON.stringify({ jsonrpc: '2.0', ...message })
      server.stdin.write(`Content-Length: ${text.length}\r\n\r\n${text}`)
    }
    const ended = once(server, 'exit')
    let said = ''
    server.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk
      if (said.includes('"id":2')) send({ method: 'exit' })
      else if (said.includes('"id":1')) send({ id: 2, method: 'shutdown' })
    })
    send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } })
    assert.deepEqual(await ended, [0, null])
    assert.match(said, /"hoverProvider":true/)
  })

  it('brings the schema', () => assert.ok(existsSync(join(installed, 'schema/report.schema.json'))))

  it('leaves the editor’s bundles out', () => assert.equal(existsSync(join(installed, 'dist/extension.js')), false))
})

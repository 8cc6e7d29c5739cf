// The language server, asked as an editor asks it.
import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import {
  type CodeAction,
  createConnection,
  createMessageConnection,
  type Hover,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node'
import { listen } from '../../../src/cli/servers/lsp'

const uri = 'untitled:note.md'
const NOTE = '$z = t^2$, $t = x + y$\n\n$\\frac{\\partial z}{\\partial x} = 2t = 2(x - y)$\n'

describe('the language server', () => {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()]
  const client = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer))
  const published: PublishDiagnosticsParams[] = []
  let arrived = () => {}
  /** The next diagnostics that are published. */
  const next = async (): Promise<PublishDiagnosticsParams> => {
    if (published.length === 0) await new Promise<void>((resolve) => (arrived = resolve))
    return published.shift() as PublishDiagnosticsParams
  }

  before(async () => {
    listen(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)))
    client.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      published.push(params)
      arrived()
    })
    client.listen()
    await client.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} })
    await client.sendNotification('initialized', {})
    await client.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'markdown', version: 1, text: NOTE },
    })
  })
  after(() => {
    client.dispose()
    toServer.end()
    toClient.end()
  })

  it('underlines a wrong step, mends it, and takes the mark back', async () => {
    const { diagnostics } = await next()
    assert.equal(diagnostics.length, 1)
    const [diagnostic] = diagnostics
    assert.equal(diagnostic?.code, 'wrong-step')
    assert.deepEqual(diagnostic?.range.start, { line: 2, character: 38 })
    const actions = await client.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostic?.range,
      context: { diagnostics },
    })
    const edit = actions[0]?.edit?.changes?.[uri]?.[0]
    assert.equal(edit?.newText, '2 (x + y)')
    await client.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: edit?.range, text: edit?.newText }],
    })
    assert.deepEqual((await next()).diagnostics, [])
  })

  it('tells the gradient of what is under the pointer', async () => {
    const hover = await client.sendRequest<Hover>('textDocument/hover', {
      textDocument: { uri },
      position: { line: 0, character: 12 },
    })
    assert.match((hover.contents as { value: string }).value, /gradient: \$\\frac\{\\partial z\}\{\\partial t\} = 2 t/)
    assert.deepEqual(hover.range, { start: { line: 0, character: 12 }, end: { line: 0, character: 13 } })
  })

  it('says nothing of prose', async () => {
    const hover = await client.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position: { line: 1, character: 0 },
    })
    assert.equal(hover, null)
  })

  it('forgets a document that is closed', async () => {
    await client.sendNotification('textDocument/didClose', { textDocument: { uri } })
    assert.deepEqual((await next()).diagnostics, [])
  })
})

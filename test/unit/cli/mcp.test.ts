// The server for assistants, asked by the protocol's own client.
import assert from 'node:assert/strict'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { mcpServer } from '../../../src/cli/servers/mcp'

describe('the server for assistants', () => {
  const client = new Client({ name: 'test', version: '1' })
  before(async () => {
    const [here, there] = InMemoryTransport.createLinkedPair()
    await Promise.all([mcpServer().connect(there), client.connect(here)])
  })
  after(() => client.close())

  const ask = async (name: string, args: Record<string, unknown>) => {
    const { content, isError } = await client.callTool({ name, arguments: args })
    return { text: (content as { text: string }[])[0]?.text ?? '', isError: isError ?? false }
  }

  it('offers its tools as ones that change nothing', async () => {
    const { tools } = await client.listTools()
    assert.deepEqual(
      tools.map(({ name }) => name),
      ['gradlens_differentiate', 'gradlens_check_derivation', 'gradlens_explain_step'],
    )
    assert.ok(tools.every(({ annotations }) => annotations?.readOnlyHint))
  })

  it('gives the wrong step back, with numbers and what is right', async () => {
    const { text, isError } = await ask('gradlens_check_derivation', { text: '$y = x^2$\n\n$\\frac{dy}{dx} = 3x$' })
    assert.equal(isError, false)
    assert.match(text, /\*\*fails\*\*.*written 5\.4, right 3\.6.*Right is \$2 x\$/)
  })

  const refusals: [name: string, tool: string, args: Record<string, unknown>, says: RegExp][] = [
    ['an empty text', 'gradlens_check_derivation', { text: '' }, /^text: /],
    ['a text that is missing', 'gradlens_differentiate', {}, /^text: /],
    ['a value that is no number', 'gradlens_differentiate', { text: 'z = x', at: { x: 'two' } }, /^at\.x: /],
    ['an argument that it does not know', 'gradlens_explain_step', { text: 'z = x', part: 'x', mood: 1 }, /mood/],
    ['a name that is not there', 'gradlens_differentiate', { text: 'z = x^2', of: '__proto__' }, /Nothing is called/],
  ]
  for (const [name, tool, args, says] of refusals) {
    it(`answers ${name} with what to do`, async () => {
      const { text, isError } = await ask(tool, args)
      assert.equal(isError, true)
      assert.match(text, says)
    })
  }

  it('knows no other tool', () => assert.rejects(client.callTool({ name: 'rm', arguments: {} }), /no tool 'rm'/))
})

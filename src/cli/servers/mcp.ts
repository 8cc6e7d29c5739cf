/** `gradlens mcp`: the tools for assistants over the Model Context Protocol. A bundle of its own, loaded when asked for. */
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js'
import { version } from '../../../package.json'
import { QuestionError } from '../../report/answers'
import { TOOLS } from '../../report/tools'

const INSTRUCTIONS =
  'GradLens differentiates formulas and checks written derivations. Check every derivation before you show it; a step that fails comes back with numbers that anyone can verify.'

/** A server with the tools of `report/tools.ts`. It reads no files and keeps nothing between calls. */
export function mcpServer(): Server {
  const server = new Server({ name: 'gradlens', version }, { capabilities: { tools: {} }, instructions: INSTRUCTIONS })
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: TOOLS.map(({ name, title, description, inputSchema }) => ({
      name,
      title,
      description,
      inputSchema: inputSchema as { type: 'object' },
      annotations: { readOnlyHint: true, openWorldHint: false },
    })),
  }))
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => {
    const tool = TOOLS.find(({ name }) => name === params.name)
    if (!tool) throw new McpError(ErrorCode.InvalidParams, `no tool '${params.name}'`)
    try {
      return { content: [{ type: 'text', text: tool.answer(params.arguments ?? {}) }] }
    } catch (error) {
      if (!(error instanceof QuestionError)) throw error
      return { content: [{ type: 'text', text: error.message }], isError: true }
    }
  })
  return server
}

/** Serves until the other side closes. */
export async function serve(transport: Transport = new StdioServerTransport()): Promise<void> {
  const server = mcpServer()
  const closed = new Promise<void>((resolve) => {
    server.onclose = resolve
  })
  await server.connect(transport)
  process.stdin.once('end', () => void server.close())
  await closed
}

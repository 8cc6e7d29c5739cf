import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { hoversAt, openText, placeOf } from './notes'

const NOTE = '# 連鎖律\n\nZ = t²\n\nt = x + y\n\nx = -0.19\n\ny = 0.239\n\n本文の x と y です。\n'
const CODE =
  '/** @at x = 2, y = 3 */\nexport function area(x: number, y: number) {\n  const s = x * y\n  return s ** 2\n}\n'

/** Ours among the hovers: TypeScript's own service answers too. */
async function hoverAt(document: vscode.TextDocument, line: string, part: string) {
  const hovers = await hoversAt(document, placeOf(document, line, part))
  return hovers.find(({ text }) => text.includes('gradlens.copyLatex'))
}

const rows: [name: string, line: string, part: string, range: string, expected: RegExp[]][] = [
  ['the name of a definition', 't = x + y', 't', 't', [/0\.049/, /alt="[^"]*partial Z[^"]*2 t/]],
  ['an operator: its whole expression', 't = x + y', '+', 'x + y', [/sum rule/, /passes the upstream gradient/]],
  ['an input: the chain rule with numbers', 't = x + y', 'x', 'x', [/2 &#92;cdot 0\.049 &#92;cdot 1 = 0\.098/]],
]

describe('hover', () => {
  before(() => vscode.extensions.getExtension('gradlens.gradlens')?.activate())

  for (const [name, line, part, range, expected] of rows) {
    it(`on ${name}`, async () => {
      const { document } = await openText(NOTE)
      const hover = await hoverAt(document, line, part)
      assert.ok(hover)
      assert.equal(hover.range && document.getText(hover.range), range)
      for (const pattern of expected) assert.match(hover.text, pattern)
    })
  }

  it('is below the length at which VS Code cuts', async () => {
    const { document } = await openText(NOTE)
    const hover = await hoverAt(document, 't = x + y', 'x')
    assert.ok(hover && hover.text.length < 90_000)
  })

  it('says nothing about prose', async () => {
    const { document } = await openText(NOTE)
    assert.equal(await hoverAt(document, '本文の x', 'x'), undefined)
  })

  it('works in code', async () => {
    const { document } = await openText(CODE, 'typescript')
    const hover = await hoverAt(document, 'const s = x * y', 's =')
    assert.match(hover?.text ?? '', />6</)
  })

  it('can be switched off', async () => {
    const { document } = await openText(NOTE)
    const settings = vscode.workspace.getConfiguration('gradlens')
    await settings.update('hover.enabled', false, vscode.ConfigurationTarget.Global)
    try {
      assert.equal(await hoverAt(document, 't = x + y', 't'), undefined)
    } finally {
      await settings.update('hover.enabled', undefined, vscode.ConfigurationTarget.Global)
    }
  })
})

describe('names', () => {
  const locations = (command: string, document: vscode.TextDocument, position: vscode.Position) =>
    vscode.commands.executeCommand<vscode.Location[]>(command, document.uri, position)

  it('lead to their definition', async () => {
    const { document } = await openText(NOTE)
    const found = await locations('vscode.executeDefinitionProvider', document, placeOf(document, 'Z = t²', 't'))
    assert.deepEqual(
      found.map(({ range }) => range.start.line),
      [4],
    )
  })

  it('of inputs lead to their value', async () => {
    const { document } = await openText(NOTE)
    const found = await locations('vscode.executeDefinitionProvider', document, placeOf(document, 't = x + y', 'x'))
    assert.deepEqual(
      found.map(({ range }) => range.start.line),
      [6],
    )
  })

  it('are found wherever they are used', async () => {
    const { document } = await openText(NOTE)
    const found = await locations('vscode.executeReferenceProvider', document, placeOf(document, 't = x + y', 't'))
    const lines = found
      .filter(({ uri }) => uri.toString() === document.uri.toString())
      .map(({ range }) => range.start.line)
    assert.deepEqual([...new Set(lines)].sort(), [2, 4])
  })
})

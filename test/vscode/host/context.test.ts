import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { hoversAt, openText, placeOf } from './notes'

/** Asks for the hover until it says what is expected: what a document depends on is read in the background. */
async function hoverSays(document: vscode.TextDocument, position: vscode.Position, expected: RegExp): Promise<boolean> {
  for (let i = 0; i < 60; i++) {
    const hovers = await hoversAt(document, position)
    if (hovers.some(({ text }) => text.includes('gradlens.copyLatex') && expected.test(text))) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}

describe('what a document depends on', () => {
  it("reads the preview's macros", async () => {
    const settings = vscode.workspace.getConfiguration('markdown.math')
    await settings.update('macros', { '\\sq': '{#1}^2' }, vscode.ConfigurationTarget.Global)
    try {
      const { document } = await openText('$z = \\sq{x}$ at $x = 3$\n')
      assert.ok(await hoverSays(document, placeOf(document, 'z ='), />9</))
    } finally {
      await settings.update('macros', undefined, vscode.ConfigurationTarget.Global)
    }
  })

  it('follows an import', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('no folder')
    const write = (name: string, text: string) =>
      vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), new TextEncoder().encode(text))
    await write('helper.ts', 'export const square = (x: number) => x * x\n')
    await write(
      'main.ts',
      "import { square } from './helper'\n/** @at x = 3 */\nexport const f = (x: number) => 2 * square(x)\n",
    )
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, 'main.ts'))
    await vscode.window.showTextDocument(document)
    assert.ok(await hoverSays(document, placeOf(document, '=> 2 * square(x)', '* '), />18</))
  })

  it('reads the Markdown cells of a notebook', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, '$z = x^2$ at $x = 3$', 'markdown')
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData([cell]))
    const document = notebook.cellAt(0).document
    assert.ok(await hoverSays(document, placeOf(document, 'z ='), />9</))
  })
})

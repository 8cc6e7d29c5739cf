// Notes for the tests in the extension host: those of test/vscode/notes, a copy of which is the open folder.
import * as vscode from 'vscode'

/** Opens a note of the folder in the editor. */
export async function openNote(name: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0]
  if (!folder) throw new Error('No folder is open')
  return vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, name))
}

/** Opens a note that was never saved. */
export async function openText(content: string, language = 'markdown'): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }))
}

/** The place of a part inside the first line that contains the text: its first character. */
export function placeOf(document: vscode.TextDocument, lineText: string, part = lineText): vscode.Position {
  for (let line = 0; line < document.lineCount; line++) {
    const text = document.lineAt(line).text
    const start = text.indexOf(lineText)
    if (start >= 0) return new vscode.Position(line, text.indexOf(part, start))
  }
  throw new Error(`No line contains ${lineText}`)
}

/** What hovers say at a place, as Markdown, with their ranges. */
export async function hoversAt(document: vscode.TextDocument, position: vscode.Position) {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  )
  return hovers.map(({ range, contents }) => ({
    range,
    text: contents.map((content) => (typeof content === 'string' ? content : content.value)).join('\n'),
  }))
}

/** Entry for VS Code, on the desktop, remote and in the browser: registers the features, nothing else. */
import type * as vscode from 'vscode'
import { openDocuments } from './features/documents'
import { openLog } from './features/log'

export function activate(context: vscode.ExtensionContext): void {
  const log = openLog()
  const documents = openDocuments(log)
  context.subscriptions.push(log, documents)
}

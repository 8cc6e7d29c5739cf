/** A note to try everything in: opened from the walkthrough, and by commands that have nothing to do. */
import * as vscode from 'vscode'
import { sampleNote } from './sampleNote'
import type { Services } from './services'

/** Registers the command that opens the sample. */
export function registerSample({ log }: Services): vscode.Disposable {
  return vscode.commands.registerCommand('gradlens.openSample', async () => {
    try {
      const note = await vscode.workspace.openTextDocument({
        language: 'markdown',
        content: sampleNote((sentence) => vscode.l10n.t(sentence)),
      })
      await vscode.window.showTextDocument(note, vscode.ViewColumn.One)
    } catch (error) {
      log.failed('sample', error)
    }
  })
}

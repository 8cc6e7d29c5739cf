/** Generate Code from Derivation: the definitions of a note as functions with their gradients, in a new document. */
import * as vscode from 'vscode'
import { type ProgramLanguage, programsOf } from '../writing/program'
import { activeNote } from './active'
import type { Services } from './services'

const CHOICES: readonly (vscode.QuickPickItem & { readonly language: ProgramLanguage })[] = [
  { label: 'TypeScript', language: 'typescript' },
  { label: 'Python', description: 'NumPy', language: 'python' },
]

/** Registers the command. */
export function registerProgram({ documents, log }: Services): vscode.Disposable {
  return vscode.commands.registerCommand('gradlens.generateCode', async (language?: ProgramLanguage) => {
    try {
      const note = activeNote()
      if (!note) return
      const title = vscode.l10n.t('Generate code from this derivation')
      const chosen =
        CHOICES.find((choice) => choice.language === language) ??
        (await vscode.window.showQuickPick([...CHOICES], { title }))
      if (!chosen) return
      const content = programsOf(documents.analysis(note)?.derivations ?? [], chosen.language)
      if (content === '') {
        vscode.window.showInformationMessage(vscode.l10n.t('There is no derivation that can be written as code.'))
        return
      }
      const program = await vscode.workspace.openTextDocument({ language: chosen.language, content })
      await vscode.window.showTextDocument(program, vscode.ViewColumn.Beside)
    } catch (error) {
      log.failed('generated code', error)
    }
  })
}

/** How many steps of the note hold and how many fail, in the status bar. */
import * as vscode from 'vscode'
import { openVerdicts } from '../judging/ignored'
import { isRead } from './documents'
import type { Services } from './services'
import { onSettings, settingsFor } from './settings'

/** Shows the counts of the note in the active editor; nothing where nothing is claimed. */
export function registerStatusBar({ documents, log }: Services): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('gradlens.counts', vscode.StatusBarAlignment.Right, 90)
  item.name = 'GradLens'

  const refresh = () => {
    const document = vscode.window.activeTextEditor?.document
    const analysis =
      document && isRead(document) && settingsFor(document).statusBar ? documents.analysis(document) : null
    if (!analysis) return item.hide()
    try {
      const { holds, fails } = openVerdicts(analysis)
      if (holds + fails === 0) return item.hide()
      item.text = fails > 0 ? `$(check) ${holds} $(warning) ${fails}` : `$(check) ${holds}`
      item.tooltip = vscode.l10n.t('GradLens: {0} written steps hold, {1} fail', holds, fails)
      item.accessibilityInformation = { label: item.tooltip }
      if (fails > 0) item.command = 'workbench.actions.view.problems'
      else item.command = undefined
      item.show()
    } catch (error) {
      log.failed('status bar', error)
      item.hide()
    }
  }
  return vscode.Disposable.from(
    item,
    documents.onDidSettle((document) => {
      if (document === vscode.window.activeTextEditor?.document) refresh()
    }),
    vscode.window.onDidChangeActiveTextEditor(refresh),
    onSettings(refresh),
  )
}

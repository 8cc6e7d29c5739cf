/** A quiet ✓ behind steps that hold; off unless the setting says otherwise. */
import * as vscode from 'vscode'
import { SELECTOR } from './documents'
import type { Services } from './services'
import { onSettings, settingsFor } from './settings'
import { translate } from './words'

/** Registers the inlay hints. */
export function registerMarks({ documents, log }: Services): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>()
  const provider: vscode.InlayHintsProvider = {
    onDidChangeInlayHints: changed.event,
    provideInlayHints(document, visible, token) {
      if (!settingsFor(document).marks) return []
      try {
        const analysis = documents.analysis(document)
        if (!analysis || token.isCancellationRequested) return []
        return analysis
          .claims()
          .flatMap(({ steps }) => steps.filter(({ verdict }) => verdict === 'holds'))
          .map(({ range, reason }) => ({ position: document.positionAt(range.end), reason }))
          .filter(({ position }) => visible.contains(position))
          .map(({ position, reason }) => markAt(position, reason))
      } catch (error) {
        log.failed('marks', error)
        return []
      }
    },
  }
  return vscode.Disposable.from(
    changed,
    onSettings(() => changed.fire()),
    documents.onDidSettle(() => changed.fire()),
    vscode.languages.registerInlayHintsProvider(SELECTOR, provider),
  )
}

function markAt(position: vscode.Position, reason: string | null): vscode.InlayHint {
  const hint = new vscode.InlayHint(position, '✓')
  hint.paddingLeft = true
  hint.tooltip = reason === null ? vscode.l10n.t('This step holds.') : translate(reason)
  return hint
}

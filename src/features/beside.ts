/** What stands beside the text: "graph · ∂" above a derivation, entries of the outline, values at line ends (off by default). */
import * as vscode from 'vscode'
import { NOTE_SELECTOR, SELECTOR } from './documents'
import { lineValues, outlineOf } from './outline'
import type { Services } from './services'
import { onSettings, settingsFor } from './settings'

/** Registers the three. */
export function registerBeside(services: Services): vscode.Disposable {
  const { documents } = services
  const changed = new vscode.EventEmitter<void>()
  const lenses = lensesOf(services)
  const values = valuesOf(services)
  return vscode.Disposable.from(
    changed,
    onSettings(() => changed.fire()),
    documents.onDidSettle(() => changed.fire()),
    vscode.languages.registerCodeLensProvider(SELECTOR, { ...lenses, onDidChangeCodeLenses: changed.event }),
    vscode.languages.registerInlayHintsProvider(SELECTOR, { ...values, onDidChangeInlayHints: changed.event }),
    vscode.languages.registerDocumentSymbolProvider(NOTE_SELECTOR, symbolsOf(services), { label: 'GradLens' }),
  )
}

/** One above each line on which a definition begins: a function's own, not its `return`. */
const lensesOf = ({ documents, log }: Services): vscode.CodeLensProvider => ({
  provideCodeLenses(document, token) {
    const { lenses, graph } = settingsFor(document)
    if (!lenses || !graph) return []
    try {
      const analysis = documents.analysis(document)
      if (!analysis || token.isCancellationRequested) return []
      const lines = new Map<number, vscode.CodeLens>()
      for (const { name, range, head } of outlineOf(analysis)) {
        const start = document.positionAt(head)
        const place = new vscode.Range(start, start)
        if (lines.has(place.start.line)) continue
        const title = vscode.l10n.t('{0}: graph · ∂', name)
        const target = { uri: document.uri.toString(), offset: range.start }
        lines.set(
          place.start.line,
          new vscode.CodeLens(place, { command: 'gradlens.showGraph', title, arguments: [target] }),
        )
      }
      return [...lines.values()]
    } catch (error) {
      log.failed('lenses', error)
      return []
    }
  },
})

const valuesOf = ({ documents, log }: Services): vscode.InlayHintsProvider => ({
  provideInlayHints(document, visible, token) {
    if (!settingsFor(document).values) return []
    try {
      const analysis = documents.analysis(document)
      if (!analysis || token.isCancellationRequested) return []
      return lineValues(analysis)
        .map(({ offset, text }) => ({ position: document.positionAt(offset), text }))
        .filter(({ position }) => visible.contains(position))
        .map(({ position, text }) => {
          const hint = new vscode.InlayHint(position, text)
          hint.paddingLeft = true
          return hint
        })
    } catch (error) {
      log.failed('values', error)
      return []
    }
  },
})

const symbolsOf = ({ documents, log }: Services): vscode.DocumentSymbolProvider => ({
  provideDocumentSymbols(document, token) {
    if (!settingsFor(document).navigation) return []
    try {
      const analysis = documents.analysis(document)
      if (!analysis || token.isCancellationRequested) return []
      return outlineOf(analysis).map(({ name, detail, range }) => {
        const place = new vscode.Range(document.positionAt(range.start), document.positionAt(range.end))
        return new vscode.DocumentSymbol(name, detail, vscode.SymbolKind.Function, place, place)
      })
    } catch (error) {
      log.failed('outline', error)
      return []
    }
  },
})

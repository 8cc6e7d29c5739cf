/** Findings of the analysis as diagnostics: on unsaved text, once it is still, never on the line that is being typed. */
import * as vscode from 'vscode'
import type { Finding, Severity } from '../derivation'
import { isIgnored } from '../reading/ignored'
import type { Services } from './services'
import { onSettings, settingsFor } from './settings'

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
}

/** Registers the collection and keeps it up to date. */
export function registerDiagnostics({ documents, log }: Services): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('gradlens')
  /** Where something was typed last in each document: that line is left in peace until the cursor leaves it. */
  const typed = new Map<string, number>()

  const refresh = (document: vscode.TextDocument) => {
    const settings = settingsFor(document)
    const analysis = settings.diagnostics ? documents.analysis(document) : null
    if (!analysis) {
      collection.delete(document.uri)
      return
    }
    try {
      const busy = typed.get(document.uri.toString())
      const diagnostics = analysis
        .findings()
        .filter((finding) => !isIgnored(analysis.text, finding.range.start))
        .map((finding) => diagnosticOf(document, finding, settings.severity))
        .filter(({ range }) => busy === undefined || busy < range.start.line || range.end.line < busy)
      collection.set(document.uri, diagnostics)
    } catch (error) {
      log.failed('diagnostics', error)
      collection.delete(document.uri)
    }
  }

  return vscode.Disposable.from(
    collection,
    documents.onDidSettle(refresh),
    documents.onDidClose((document) => {
      typed.delete(document.uri.toString())
      collection.delete(document.uri)
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const last = contentChanges.at(-1)
      if (!last) return
      const key = document.uri.toString()
      if (vscode.window.activeTextEditor?.document === document)
        typed.set(key, last.range.start.line + newlines(last.text))
      clearStale(collection, document, contentChanges)
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      const key = textEditor.document.uri.toString()
      const line = typed.get(key)
      if (line === undefined || textEditor.selections.some(({ active }) => active.line === line)) return
      typed.delete(key)
      refresh(textEditor.document)
    }),
    onSettings(() => vscode.workspace.textDocuments.forEach(refresh)),
  )
}

const newlines = (text: string) => text.split('\n').length - 1

/** What was found on a line that just changed may no longer be true. */
function clearStale(
  collection: vscode.DiagnosticCollection,
  document: vscode.TextDocument,
  changes: readonly vscode.TextDocumentContentChangeEvent[],
): void {
  const known = collection.get(document.uri)
  if (!known || known.length === 0) return
  const kept = known.filter(({ range }) => !changes.some((change) => touches(change.range, range)))
  if (kept.length < known.length) collection.set(document.uri, kept)
}

const touches = (a: vscode.Range, b: vscode.Range) => a.start.line <= b.end.line && b.start.line <= a.end.line

function diagnosticOf(document: vscode.TextDocument, finding: Finding, severity: Severity): vscode.Diagnostic {
  const range = new vscode.Range(document.positionAt(finding.range.start), document.positionAt(finding.range.end))
  const diagnostic = new vscode.Diagnostic(range, finding.message, SEVERITIES[severity])
  diagnostic.source = 'gradlens'
  diagnostic.code = finding.code
  return diagnostic
}

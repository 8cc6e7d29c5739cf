/** Findings of the analysis as diagnostics: on unsaved text, once it is still, never on the line that is being typed. */
import * as vscode from 'vscode'
import type { Analysis, Finding, Severity } from '../derivation'
import { openFindings, openHints } from '../judging/ignored'
import { type Judged, judgedAt } from '../report/judged'
import type { Services } from './services'
import { onSettings, type Settings, settingsFor } from './settings'
import { translate } from './words'

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
}

/** A line is being typed until the cursor leaves it, or until nothing has been typed for this long, in milliseconds. */
const THINKING = 1500

/** Registers the collection and keeps it up to date. */
export function registerDiagnostics({ documents, log }: Services): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('gradlens')
  /** Where something is being typed in each document: that line is left in peace. */
  const typed = new Map<string, { line: number; timer: unknown }>()

  const refresh = (document: vscode.TextDocument) => {
    const settings = settingsFor(document)
    const analysis = settings.diagnostics || settings.hints ? documents.analysis(document) : null
    if (!analysis) {
      collection.delete(document.uri)
      return
    }
    try {
      const busy = typed.get(document.uri.toString())?.line
      const diagnostics = remarksOn(document, analysis, settings).filter(
        ({ range }) => busy === undefined || busy < range.start.line || range.end.line < busy,
      )
      collection.set(document.uri, diagnostics)
    } catch (error) {
      log.failed('diagnostics', error)
      collection.delete(document.uri)
    }
  }

  const leave = (document: vscode.TextDocument) => {
    const key = document.uri.toString()
    clearTimeout(typed.get(key)?.timer)
    typed.delete(key)
  }
  const enter = (document: vscode.TextDocument, line: number) => {
    leave(document)
    const timer = setTimeout(() => {
      leave(document)
      if (!document.isClosed) refresh(document)
    }, THINKING)
    typed.set(document.uri.toString(), { line, timer })
  }

  return vscode.Disposable.from(
    collection,
    documents.onDidSettle(refresh),
    documents.onDidClose((document) => {
      leave(document)
      collection.delete(document.uri)
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const last = contentChanges.at(-1)
      if (!last) return
      if (vscode.window.activeTextEditor?.document === document) {
        enter(document, last.range.start.line + newlines(last.text))
      }
      clearStale(collection, document, contentChanges)
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      const line = typed.get(textEditor.document.uri.toString())?.line
      if (line === undefined || textEditor.selections.some(({ active }) => active.line === line)) return
      leave(textEditor.document)
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

/** What is said of a place: a finding, or that a right step could be better. */
interface Remark {
  readonly range: Finding['range']
  readonly message: string
  readonly code: Finding['code'] | 'improvable-step'
}

function remarksOn(document: vscode.TextDocument, analysis: Analysis, settings: Settings): vscode.Diagnostic[] {
  const findings = settings.diagnostics ? openFindings(analysis) : []
  const hints = settings.hints ? openHints(analysis) : []
  return [
    ...findings.map((finding) => {
      const judged = judgedAt(analysis, finding.range.start, finding.range.end)
      return diagnosticOf(document, finding, settings.severity, judged)
    }),
    ...hints.map(({ range, hint }) =>
      diagnosticOf(document, { range, message: hint, code: 'improvable-step' }, 'hint', null),
    ),
  ]
}

function diagnosticOf(document: vscode.TextDocument, remark: Remark, severity: Severity, judged: Judged | null) {
  const rangeOf = ({ start, end }: { start: number; end: number }) =>
    new vscode.Range(document.positionAt(start), document.positionAt(end))
  const diagnostic = new vscode.Diagnostic(rangeOf(remark.range), translate(remark.message), SEVERITIES[severity])
  diagnostic.source = 'gradlens'
  diagnostic.code = remark.code
  diagnostic.relatedInformation = judged?.related.map(
    ({ range, message }) =>
      new vscode.DiagnosticRelatedInformation(new vscode.Location(document.uri, rangeOf(range)), translate(message)),
  )
  return diagnostic
}

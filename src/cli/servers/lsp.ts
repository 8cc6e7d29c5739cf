/**
 * `gradlens lsp`: hover, diagnostics and quick fixes for any editor that speaks the Language Server Protocol. A bundle of its
 * own, loaded when asked for. Like the command line it is a door: everything it says comes from the one analysis.
 */
import { fileURLToPath } from 'node:url'
import {
  type CodeAction,
  CodeActionKind,
  type Connection,
  createConnection,
  type Diagnostic,
  DiagnosticSeverity,
  type Hover,
  type InitializeResult,
  MarkupKind,
  type Position,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { version } from '../../../package.json'
import type { Analysis, Severity } from '../../derivation'
import { openFindings } from '../../judging/ignored'
import { explanationOf } from '../../report/answers'
import { judgedAt, stepAt } from '../../report/judged'
import { positionsOf } from '../../report/positions'
import { analyzeText, languageOf } from '../sources'

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
}
/** How long a text must have been still before it is judged, in milliseconds. */
const STILL = 300

/** Answers on a connection until it ends. */
export function listen(connection: Connection): void {
  const documents = new TextDocuments(TextDocument)
  const analyses = new WeakMap<TextDocument, { version: number; analysis: Analysis }>()
  const waiting = new Map<string, NodeJS.Timeout>()

  const analysisOf = (document: TextDocument): Analysis => {
    const known = analyses.get(document)
    if (known?.version === document.version) return known.analysis
    const analysis = analyze(document)
    analyses.set(document, { version: document.version, analysis })
    return analysis
  }
  const publish = (document: TextDocument) =>
    connection.sendDiagnostics({
      uri: document.uri,
      version: document.version,
      diagnostics: diagnosticsOf(analysisOf(document), document.uri),
    })

  connection.onInitialize(
    (): InitializeResult => ({
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
      },
      serverInfo: { name: 'gradlens', version },
    }),
  )
  documents.onDidChangeContent(({ document }) => {
    clearTimeout(waiting.get(document.uri))
    waiting.set(
      document.uri,
      setTimeout(() => {
        waiting.delete(document.uri)
        publish(document)
      }, STILL),
    )
  })
  documents.onDidClose(({ document }) => {
    clearTimeout(waiting.get(document.uri))
    waiting.delete(document.uri)
    connection.sendDiagnostics({ uri: document.uri, diagnostics: [] })
  })
  connection.onHover(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri)
    return document ? hoverAt(analysisOf(document), document, position) : null
  })
  connection.onCodeAction(({ textDocument, context }) => {
    const document = documents.get(textDocument.uri)
    return document ? context.diagnostics.flatMap((each) => fixOf(analysisOf(document), document, each)) : []
  })
  documents.listen(connection)
  connection.listen()
}

/** Serves on standard input and output until the editor ends it. */
export function serve(): Promise<void> {
  const connection = createConnection(process.stdin, process.stdout)
  return new Promise((resolve) => {
    connection.onExit(resolve)
    listen(connection)
  })
}

const CODE_LANGUAGES = /^(java|type)script(react)?$/

function analyze(document: TextDocument): Analysis {
  const { uri, languageId } = document
  const file = uri.startsWith('file:') ? fileURLToPath(uri) : '-'
  const language = CODE_LANGUAGES.test(languageId)
    ? 'typescript'
    : languageId === 'python'
      ? 'python'
      : languageOf(file, 'markdown')
  return analyzeText(file, document.getText(), language)
}

function hoverAt(analysis: Analysis, document: TextDocument, position: Position): Hover | null {
  const offset = document.offsetAt(position)
  const place = analysis.at(offset)
  const judged = stepAt(analysis, offset)
  const range = place?.range ?? judged?.step.range
  if (!range) return null
  const verdict = judged ? [`**${judged.step.verdict}**${judged.step.reason ? `: ${judged.step.reason}` : ''}`] : []
  const said = place ? [explanationOf(place.derivation, place.node)] : []
  return {
    contents: { kind: MarkupKind.Markdown, value: [...verdict, ...said].join('\n\n') },
    range: positionsOf(analysis.text).range(range),
  }
}

function diagnosticsOf(analysis: Analysis, uri: string): Diagnostic[] {
  const positions = positionsOf(analysis.text)
  return openFindings(analysis).map(({ range, severity, code, message }) => ({
    range: positions.range(range),
    severity: SEVERITIES[severity],
    code,
    source: 'gradlens',
    message,
    relatedInformation: judgedAt(analysis, range.start, range.end)?.related.map((related) => ({
      location: { uri, range: positions.range(related.range) },
      message: related.message,
    })),
  }))
}

/** The right expression in the place of the wrong one. */
function fixOf(analysis: Analysis, document: TextDocument, diagnostic: Diagnostic): CodeAction[] {
  const [start, end] = [document.offsetAt(diagnostic.range.start), document.offsetAt(diagnostic.range.end)]
  const replacement = judgedAt(analysis, start, end)?.replacement
  if (!replacement) return []
  return [
    {
      title: `Replace with ${replacement}`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      isPreferred: true,
      edit: { changes: { [document.uri]: [{ range: diagnostic.range, newText: replacement }] } },
    },
  ]
}

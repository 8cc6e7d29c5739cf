/** The analysis of each open document: one for each version of its text, made when first asked for. */
import * as vscode from 'vscode'
import type { Analysis } from '../derivation'
import { analysisOf } from '../report/analyze'
import { openImports } from './imports'
import type { Log } from './log'
import { settingsFor } from './settings'

const CODE = new Set(['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'python'])
/** Languages of notes: Markdown and what is written like it, and LaTeX itself. */
const NOTES = new Set(['markdown', 'mdx', 'quarto', 'rmd', 'latex', 'tex'])

/** How long a text must have been still, in milliseconds, before what need not follow each keystroke is brought up to date. */
const STILL = 300

export interface Documents extends vscode.Disposable {
  /** `null` where the language is none that is read. */
  analysis(document: vscode.TextDocument): Analysis | null
  /** The text has been still for a moment, or was just opened. */
  readonly onDidSettle: vscode.Event<vscode.TextDocument>
  readonly onDidClose: vscode.Event<vscode.TextDocument>
}

/** The documents that the features are registered for: unsaved, virtual and notebook ones too. */
export const SELECTOR: vscode.DocumentSelector = [...NOTES, ...CODE].map((language) => ({ language }))
/** Those of them that are notes. */
export const NOTE_SELECTOR: vscode.DocumentSelector = [...NOTES].map((language) => ({ language }))

/** Whether a document is a note; code otherwise, if it is read at all. */
export const isNote = (document: vscode.TextDocument) => NOTES.has(document.languageId)

/** Whether a note is LaTeX itself. */
export const isLatex = ({ languageId }: vscode.TextDocument) => languageId === 'latex' || languageId === 'tex'

/** Whether a document of this language is read at all. */
export const isRead = (document: vscode.TextDocument) => isNote(document) || CODE.has(document.languageId)

/** Output panels, the sides of a comparison with the past and the like: nothing that a person works on. */
const SILENT_SCHEMES = new Set(['output', 'git', 'vscode-scm', 'comment', 'vscode-chat-code-block'])

/** The macros that the built-in preview knows. */
function macrosFor(document: vscode.TextDocument): Record<string, string> {
  const given = vscode.workspace.getConfiguration('markdown.math', document).get<Record<string, unknown>>('macros', {})
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

export function openDocuments(log: Log): Documents {
  const imports = openImports(log)
  const cache = new Map<string, { version: number; analysis: Analysis }>()
  const timers = new Map<string, unknown>()
  const settled = new vscode.EventEmitter<vscode.TextDocument>()
  const closed = new vscode.EventEmitter<vscode.TextDocument>()

  const analysis = (document: vscode.TextDocument): Analysis | null => {
    if (!isRead(document) || SILENT_SCHEMES.has(document.uri.scheme)) return null
    const key = document.uri.toString()
    const known = cache.get(key)
    if (known?.version === document.version) return known.analysis
    try {
      const resolve = (specifier: string) => imports.resolve(document, specifier)
      const fresh = analysisOf(document.getText(), document.languageId, known?.analysis, {
        macros: macrosFor(document),
        resolve,
        unrollLimit: settingsFor(document).loopLimit,
      })
      cache.set(key, { version: document.version, analysis: fresh })
      return fresh
    } catch (error) {
      log.failed('analysis', error)
      return null
    }
  }

  const settle = (document: vscode.TextDocument, delay: number) => {
    if (!isRead(document)) return
    const key = document.uri.toString()
    clearTimeout(timers.get(key))
    timers.set(
      key,
      setTimeout(() => {
        timers.delete(key)
        if (!document.isClosed) settled.fire(document)
      }, delay),
    )
  }
  const forget = (document: vscode.TextDocument) => {
    const key = document.uri.toString()
    clearTimeout(timers.get(key))
    timers.delete(key)
    cache.delete(key)
    closed.fire(document)
  }

  /** Something else than the text changed: what was known of it goes. */
  const again = (document: vscode.TextDocument) => {
    cache.delete(document.uri.toString())
    settle(document, 0)
  }

  const subscriptions = [
    settled,
    closed,
    imports,
    imports.onDidChange((uri) => {
      const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString())
      if (document) again(document)
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      const touched = ['markdown.math.macros', 'gradlens.code'].some((key) => event.affectsConfiguration(key))
      if (touched) vscode.workspace.textDocuments.forEach(again)
    }),
    vscode.workspace.onDidOpenTextDocument((document) => settle(document, 0)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => settle(document, STILL)),
    vscode.workspace.onDidCloseTextDocument(forget),
  ]
  for (const document of vscode.workspace.textDocuments) settle(document, 0)
  return {
    analysis,
    onDidSettle: settled.event,
    onDidClose: closed.event,
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer)
      for (const subscription of subscriptions) subscription.dispose()
    },
  }
}

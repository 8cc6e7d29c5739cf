/** One open graph panel: the desk at which a study works, with an editor on one side and a page on the other. */
import * as vscode from 'vscode'
import {
  COPY_FORMATS,
  type CopyFormat,
  type ExportFormat,
  type FromPanel,
  type SavedState,
  type ToPanel,
} from '../panel/messages'
import { isFromPanel } from '../panel/schemas'
import type { Range } from '../reading/statement'
import { type Study, study } from '../study/study'
import { isNote } from './documents'
import { copyGraph, pageFor, saveFile, svgOf } from './graphExport'
import { panelStrings } from './panelStrings'
import type { Services } from './services'
import { settingsFor } from './settings'
import { translate } from './words'

export interface GraphView extends vscode.Disposable {
  readonly panel: vscode.WebviewPanel
  readonly document: vscode.TextDocument
  /** It stays on what it shows, whatever else is opened. */
  readonly pinned: boolean
  readonly hasGraph: boolean
  /** The text has changed and been still for a moment. */
  changed(document: vscode.TextDocument): void
  /** Shows what stands at this place of another document. */
  turn(document: vscode.TextDocument, offset: number): void
  cursorMoved(selection: vscode.Selection): void
  /** Shows what stands at this place of the document; `always`: even where the panel is pinned. */
  follow(offset: number, always: boolean): void
  configured(): void
  /** As its button does. */
  pin(): void
  /** As its menu does. */
  take(format: ExportFormat | CopyFormat): void
}

interface Opened {
  readonly panel: vscode.WebviewPanel
  readonly document: vscode.TextDocument
  readonly saved: SavedState | null
  readonly services: Services
  /** It was pinned, or set free. */
  readonly onPin: () => void
}

/** A cursor that runs through the text is followed when it rests, in milliseconds. */
const FOLLOW = 60

/** The title of a panel that shows a document. */
const titleOf = ({ uri }: vscode.TextDocument) => vscode.l10n.t('Graph: {0}', nameOf(uri))
const nameOf = ({ path }: vscode.Uri) => path.slice(path.lastIndexOf('/') + 1)

const isCopied = (format: ExportFormat | CopyFormat): format is CopyFormat =>
  (COPY_FORMATS as readonly string[]).includes(format)

/** Takes over a panel. */
export function openGraphView(opened: Opened): GraphView {
  const { panel, saved, services } = opened
  let { document } = opened
  let timer: unknown
  /** A selection that we have set ourselves: it must not come back as the person's. */
  let echo: vscode.Range | null = null
  /** Version of the text when it was last looked at: a cursor that moves because of typing isn't followed. */
  let seen = document.version
  panel.title = titleOf(document)

  const pointed = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.wordHighlightBackground'),
    border: '1px solid',
    borderColor: new vscode.ThemeColor('editor.wordHighlightBorder'),
    borderRadius: '2px',
  })
  const editorNow = () => vscode.window.visibleTextEditors.find((each) => each.document === document)
  const rangeIn = ({ start, end }: Range) => new vscode.Range(document.positionAt(start), document.positionAt(end))

  const select = async (range: Range, focus: boolean) => {
    const { start, end } = rangeIn(range)
    const selection = new vscode.Selection(start, end)
    const visible = editorNow()
    if (!visible && !focus) return
    const column = visible?.viewColumn ?? vscode.ViewColumn.One
    const editor = visible && !focus ? visible : await vscode.window.showTextDocument(document, { viewColumn: column })
    echo = selection
    editor.selection = selection
    editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport)
  }

  const work: Study = study(
    {
      document: () => ({ uri: document.uri.toString(), name: nameOf(document.uri), isCode: !isNote(document) }),
      analysis: () => services.documents.analysis(document),
      cursor: () => {
        const editor = editorNow()
        return editor ? document.offsetAt(editor.selection.active) : null
      },
      post: (message: ToPanel) => void panel.webview.postMessage(message),
      strings: panelStrings,
      translate,
      select: (range, focus) => {
        select(range, focus).catch((error) => services.log.failed('graph', error))
      },
      mark: (range) => editorNow()?.setDecorations(pointed, range ? [rangeIn(range)] : []),
      copy: copyGraph,
      svg: svgOf,
      save: (name, format, content) => saveFile(document, name, format, content),
      page: (state) => pageFor(services.context, document, state),
      write: async (changes) => {
        const edit = new vscode.WorkspaceEdit()
        const edits = changes.map(({ text, ...range }) => vscode.TextEdit.replace(rangeIn(range), text))
        edit.set(document.uri, edits)
        await vscode.workspace.applyEdit(edit)
      },
      tried: (trials) => services.trials.set(document, trials),
      pinned: () => opened.onPin(),
      failed: (what, error) => services.log.failed(what, error),
      now: () => performance.now(),
      pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
    },
    saved,
    settingsFor(document).upstream,
  )

  const receive = (message: FromPanel) => {
    work.receive(message).catch((error) => services.log.failed('graph', error))
  }
  const subscription = panel.webview.onDidReceiveMessage((message: unknown) => {
    if (isFromPanel(message)) receive(message)
    else services.log.failed('graph page', 'a message was not understood')
  })

  return {
    panel,
    get document() {
      return document
    },
    get pinned() {
      return work.pinned
    },
    get hasGraph() {
      return work.shown !== null
    },
    changed(fresh) {
      document = fresh
      seen = document.version
      work.changed()
    },
    turn(other, offset) {
      clearTimeout(timer)
      services.trials.set(document, new Map())
      editorNow()?.setDecorations(pointed, [])
      document = other
      echo = null
      seen = document.version
      panel.title = titleOf(document)
      work.turned(offset)
    },
    cursorMoved(selection) {
      if (echo?.isEqual(selection) || document.version !== seen) return
      echo = null
      clearTimeout(timer)
      timer = setTimeout(() => work.follow(document.offsetAt(selection.active), false), FOLLOW)
    },
    follow: work.follow,
    pin: () => receive({ type: 'pin', pinned: true }),
    take: (format) => receive(isCopied(format) ? { type: 'copy', format } : { type: 'export', format }),
    configured: () => work.configured(settingsFor(document).upstream),
    dispose() {
      clearTimeout(timer)
      services.trials.set(document, new Map())
      pointed.dispose()
      subscription.dispose()
    },
  }
}

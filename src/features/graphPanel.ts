/** The graph panel: beside the notes, drawn anew as the text changes, linked with the cursor in both directions. */
import * as vscode from 'vscode'
import type { SavedState } from '../panel/messages'
import { isSavedState } from '../panel/schemas'
import { activeDocument, offerNote } from './active'
import { isRead } from './documents'
import { askFormat } from './graphExport'
import { type GraphView, openGraphView } from './graphView'
import { pageHtml, resourceRoots } from './panelPage'
import type { Services } from './services'
import { settingsFor } from './settings'
import { tried } from './tried'

const VIEW_TYPE = 'gradlens.graph'
/** Tenths of a second in which a graph must have been drawn to be exported. */
const PATIENCE = 200

/**
 * Registers the commands, the panels of the last session, and what keeps them up to date. A panel follows the active note
 * and the cursor in it, unless it is pinned; there may be several, of which all but one are usually pinned.
 */
export function registerGraphPanel(services: Services): vscode.Disposable {
  const { context, documents, log } = services
  const views = new Set<GraphView>()
  const showing = (document: vscode.TextDocument) =>
    [...views].filter((view) => view.document.uri.toString() === document.uri.toString())
  const free = () => [...views].find((view) => !view.pinned)

  /** Takes over a panel: a new one, or one of the last session. */
  const attach = (panel: vscode.WebviewPanel, document: vscode.TextDocument, saved: SavedState | null) => {
    panel.webview.options = { enableScripts: true, localResourceRoots: resourceRoots(context) }
    panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media/icon.png')
    const view = openGraphView({
      panel,
      document,
      saved,
      services,
      onPin: () => turnTo(vscode.window.activeTextEditor),
    })
    views.add(view)
    panel.onDidDispose(() => {
      view.dispose()
      views.delete(view)
    })
    panel.webview.html = pageHtml(context, panel.webview)
    return view
  }

  /** Where the person goes, the panels that aren't pinned follow, if there is a graph to be seen. */
  const turnTo = (editor: vscode.TextEditor | undefined) => {
    const document = editor?.document
    if (!editor || !document || !isRead(document) || !settingsFor(document).graph) return
    const following = [...views].filter(
      (view) => !view.pinned && view.document.uri.toString() !== document.uri.toString(),
    )
    if (following.length === 0) return
    const hasGraph = (documents.analysis(document)?.derivations.length ?? 0) > 0
    for (const view of following)
      if (hasGraph || !view.hasGraph) view.turn(document, document.offsetAt(editor.selection.active))
  }

  /** Once a session, if the setting says so: beside the first note or file that has a graph. */
  let offered = false
  const openBeside = (document: vscode.TextDocument | undefined) => {
    if (offered || !document || !isRead(document)) return
    const { graph, openBeside: wanted } = settingsFor(document)
    if (!graph || !wanted || (documents.analysis(document)?.derivations.length ?? 0) === 0) return
    offered = true
    if (views.size === 0) show(document.uri, false).catch((error) => log.failed('graph', error))
  }

  /** Gives the panel, or nothing where there is no graph to be shown. */
  const show = async (target: unknown, another: boolean): Promise<GraphView | undefined> => {
    const document = await documentOf(target)
    if (!document || !isRead(document) || !settingsFor(document).graph) {
      await offerNote(document, false)
      return undefined
    }
    const offset = offsetOf(target) ?? cursorOf(document)
    const known = another ? undefined : (free() ?? showing(document)[0])
    tried('graph')
    if (known) {
      known.panel.reveal(undefined, true)
      if (showing(document).includes(known)) known.follow(offset, true)
      else known.turn(document, offset)
      return known
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }
    const panel = vscode.window.createWebviewPanel(VIEW_TYPE, 'GradLens', place)
    const view = attach(panel, document, null)
    view.follow(offset, true)
    if (another) view.pin()
    return view
  }

  /** Of the panel that is worked in, else of what stands at the cursor: asks in which form the graph is wanted. */
  const exportGraph = async () => {
    const view = [...views].find(({ panel }) => panel.active) ?? (await show(undefined, false))
    const format = view && (await askFormat())
    if (!format) return
    // It may still be being drawn.
    for (let i = 0; i < PATIENCE && !view.hasGraph; i++) await new Promise<void>((resolve) => setTimeout(resolve, 100))
    if (view.hasGraph) view.take(format)
  }

  const serializer: vscode.WebviewPanelSerializer = {
    async deserializeWebviewPanel(panel, state) {
      const saved = isSavedState(state) ? state : null
      const document = saved && (await open(vscode.Uri.parse(saved.uri)))
      if (!saved || !document || (!saved.pinned && free())) panel.dispose()
      else attach(panel, document, saved)
    },
  }
  const guarded = (another: boolean) => (target: unknown) =>
    show(target, another).catch((error) => log.failed('graph', error))

  return vscode.Disposable.from(
    vscode.commands.registerCommand('gradlens.showGraph', guarded(false)),
    vscode.commands.registerCommand('gradlens.showAnotherGraph', guarded(true)),
    vscode.commands.registerCommand('gradlens.exportGraph', () =>
      exportGraph().catch((error) => log.failed('graph', error)),
    ),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, serializer),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      turnTo(editor)
      openBeside(editor?.document)
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      for (const view of showing(textEditor.document)) if (selections[0]) view.cursorMoved(selections[0])
    }),
    documents.onDidSettle((document) => {
      for (const view of showing(document)) view.changed(document)
      if (vscode.window.activeTextEditor?.document === document) openBeside(document)
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      for (const view of views) if (event.affectsConfiguration('gradlens', view.document.uri)) view.configured()
    }),
    { dispose: () => views.forEach((view) => view.panel.dispose()) },
  )
}

async function open(uri: vscode.Uri): Promise<vscode.TextDocument | null> {
  const known = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())
  if (known) return known
  try {
    return await vscode.workspace.openTextDocument(uri)
  } catch {
    // The document of the last session is gone: so is its graph.
    return null
  }
}

/** A link in a hover says where; from the palette or a button it is the active editor, or a file's own address. */
async function documentOf(target: unknown): Promise<vscode.TextDocument | null> {
  if (target instanceof vscode.Uri) return open(target)
  if (isTarget(target)) return open(vscode.Uri.parse(target.uri))
  return activeDocument()
}

const isTarget = (target: unknown): target is { uri: string; offset?: unknown } =>
  typeof target === 'object' && target !== null && 'uri' in target && typeof target.uri === 'string'

const offsetOf = (target: unknown) =>
  isTarget(target) && typeof target.offset === 'number' && target.offset >= 0 ? target.offset : null

function cursorOf(document: vscode.TextDocument): number {
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document)
  return editor ? document.offsetAt(editor.selection.active) : 0
}

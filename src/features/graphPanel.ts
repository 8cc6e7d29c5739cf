/** The graph panel: one beside each document, drawn anew as the text changes, linked with the cursor in both directions. */
import * as vscode from 'vscode'
import { isSavedState, type SavedState } from '../panel/messages'
import { isRead } from './documents'
import { type GraphView, openGraphView } from './graphView'
import { pageHtml, resourceRoots } from './panelPage'
import type { Services } from './services'
import { settingsFor } from './settings'

const VIEW_TYPE = 'gradlens.graph'

/** Registers the command, the panels of the last session, and what keeps them up to date. */
export function registerGraphPanel(services: Services): vscode.Disposable {
  const { context, documents, log } = services
  const views = new Map<string, GraphView>()

  const attach = (panel: vscode.WebviewPanel, document: vscode.TextDocument, saved: SavedState | null) => {
    const key = document.uri.toString()
    panel.webview.options = { enableScripts: true, localResourceRoots: resourceRoots(context) }
    panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media/icon.png')
    const view = openGraphView({ panel, document, saved, services })
    views.set(key, view)
    panel.onDidDispose(() => {
      view.dispose()
      views.delete(key)
    })
    panel.webview.html = pageHtml(context, panel.webview)
    return view
  }

  const show = async (target: unknown): Promise<void> => {
    const document = await documentOf(target)
    if (!document || !isRead(document)) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Open a Markdown note or a TypeScript or JavaScript file to see its graph.'),
      )
      return
    }
    const offset = offsetOf(target) ?? cursorOf(document)
    const known = views.get(document.uri.toString())
    if (known) {
      known.panel.reveal(undefined, true)
      known.follow(offset, true)
      return
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }
    const panel = vscode.window.createWebviewPanel(VIEW_TYPE, titleOf(document), place)
    attach(panel, document, null).follow(offset, true)
  }

  const serializer: vscode.WebviewPanelSerializer = {
    async deserializeWebviewPanel(panel, state) {
      const saved = isSavedState(state) ? state : null
      const document = saved && (await open(vscode.Uri.parse(saved.uri)))
      if (!saved || !document || views.has(document.uri.toString())) panel.dispose()
      else attach(panel, document, saved)
    },
  }

  return vscode.Disposable.from(
    vscode.commands.registerCommand('gradlens.showGraph', (target: unknown) =>
      show(target).catch((error) => log.failed('graph', error)),
    ),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, serializer),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      const view = views.get(textEditor.document.uri.toString())
      if (view && selections[0]) view.cursorMoved(selections[0])
    }),
    documents.onDidSettle((document) => views.get(document.uri.toString())?.changed(document)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      for (const view of views.values()) if (event.affectsConfiguration('gradlens', view.uri)) view.configured()
    }),
    { dispose: () => views.forEach((view) => view.panel.dispose()) },
  )
}

const titleOf = ({ uri }: vscode.TextDocument) =>
  vscode.l10n.t('Graph: {0}', uri.path.slice(uri.path.lastIndexOf('/') + 1))

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
  const editor = vscode.window.activeTextEditor
  return editor && settingsFor(editor.document).graph ? editor.document : null
}

const isTarget = (target: unknown): target is { uri: string; offset?: unknown } =>
  typeof target === 'object' && target !== null && 'uri' in target && typeof target.uri === 'string'

const offsetOf = (target: unknown) =>
  isTarget(target) && typeof target.offset === 'number' && target.offset >= 0 ? target.offset : null

function cursorOf(document: vscode.TextDocument): number {
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document)
  return editor ? document.offsetAt(editor.selection.active) : 0
}

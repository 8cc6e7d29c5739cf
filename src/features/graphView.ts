/** One open graph panel: what it shows, what it was told, and the link to its document. */
import * as vscode from 'vscode'
import type { Analysis, Derivation } from '../derivation'
import { graphvizOrderer } from '../drawing/graphviz'
import { pictureOf } from '../drawing/picture'
import { type Scene, sceneOf, typesetPicture } from '../drawing/scene'
import { readyToTypeset } from '../drawing/typeset'
import type { NodeId } from '../graph/graph'
import { type FromPanel, isFromPanel, type SavedState, type ToPanel } from '../panel/messages'
import { copyGraph, saveFile, svgOf } from './graphExport'
import {
  choicesOf,
  derivationOf,
  isCollapsed,
  opaqueNodes,
  sameNode,
  settingsOf,
  upstreamName,
  withUpstream,
} from './graphModel'
import { detailsOf, formulaOf, tableRow } from './nodeDetails'
import { panelStrings } from './panelStrings'
import type { Services } from './services'
import { settingsFor } from './settings'

export interface GraphView extends vscode.Disposable {
  readonly panel: vscode.WebviewPanel
  readonly uri: vscode.Uri
  /** The text has changed and been still for a moment. */
  changed(document: vscode.TextDocument): void
  cursorMoved(selection: vscode.Selection): void
  /** Shows what stands at this place of the document; `always`: even where the panel is pinned. */
  follow(offset: number, always: boolean): void
  configured(): void
}

interface Opened {
  readonly panel: vscode.WebviewPanel
  readonly document: vscode.TextDocument
  readonly saved: SavedState | null
  readonly services: Services
}

/** A cursor that runs through the text is followed when it rests, in milliseconds. */
const FOLLOW = 60

/** A cursor that stands behind a name means the name. */
const placeAt = (analysis: Analysis, offset: number) =>
  analysis.at(offset) ?? (offset > 0 ? analysis.at(offset - 1) : null)

/** Takes over a panel. */
export function openGraphView(opened: Opened): GraphView {
  const { panel, saved, services } = opened
  let { document } = opened
  const settings = settingsOf(saved, settingsFor(document).upstream)
  const t = (sentence: string) => vscode.l10n.t(sentence)
  let version = 0
  let isOld = false
  let ready = false
  /** The node at the cursor. */
  let node: NodeId | null = saved?.selected ?? null
  /** What is shown: the last good state, which may be older than the text. */
  let shown: { key: string; version: number; derivation: Derivation; scene: Scene } | null = null
  let timer: unknown
  /** A selection that we have set ourselves: it must not come back as the person's. */
  let echo: vscode.Range | null = null
  /** Version of the text when it was last looked at: a cursor that moves because of typing isn't followed. */
  let seen = document.version

  const pointed = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.wordHighlightBackground'),
    border: '1px solid',
    borderColor: new vscode.ThemeColor('editor.wordHighlightBorder'),
    borderRadius: '2px',
  })

  const post = (message: ToPanel) => void panel.webview.postMessage(message)
  const analysisNow = (): Analysis | null => services.documents.analysis(document)
  const current = (analysis: Analysis) =>
    derivationOf(analysis, settings.current) ?? (settings.current === '' ? (analysis.derivations[0] ?? null) : null)

  const refresh = () => {
    refreshed().catch((error) => services.log.failed('graph', error))
  }
  const refreshed = async () => {
    if (!ready) return
    const mine = ++version
    seen = document.version
    const analysis = analysisNow()
    const written = analysis && current(analysis)
    // While a formula is half typed the last good graph stays, marked as old.
    isOld = shown !== null && analysis !== null && analysis.formulas > 0 && (!written || isHalfTyped(analysis, written))
    if (isOld) return post({ type: 'old', version: mine })
    if (!analysis || !written) return empty(mine)
    const { key } = written
    settings.current = key
    await readyToTypeset()
    const orderer = await graphvizOrderer()
    // A newer state has been asked for meanwhile: it alone is shown.
    if (mine !== version) return
    const derivation = withUpstream(written, settings.upstream)
    if (shown?.key === key) node = sameNode(shown.derivation, derivation, node)
    const collapsed = isCollapsed(settings, derivation)
    const { mode, expanded, upstream, pinned } = settings
    const picture = pictureOf(derivation, { mode, collapsed, expanded })
    const goOn = () => new Promise<boolean>((resolve) => setTimeout(() => resolve(mine === version), 0))
    if (!(await typesetPicture(picture, () => performance.now(), goOn))) return
    const scene = sceneOf(picture, orderer)
    shown = { key, version: mine, derivation, scene }
    post({
      type: 'show',
      version: mine,
      uri: document.uri.toString(),
      choices: choicesOf(analysis, upstream),
      current: key,
      title: formulaOf(derivation.name.latex),
      name: derivation.name.plain,
      mode,
      upstream,
      upstreamName: upstreamName(derivation),
      pinned,
      collapsed,
      hasNumbers: derivation.value(derivation.output) !== null,
      scene,
      selected: node ?? derivation.output,
    })
  }
  /** A part that could be read before can't be now, and the cursor is still there. */
  const isHalfTyped = (analysis: Analysis, now: Derivation): boolean => {
    if (shown?.key !== now.key) return false
    if (opaqueNodes(now).length <= opaqueNodes(shown.derivation).length) return false
    const line = editorNow()?.selection.active.line
    return opaqueNodes(now).some(({ source }) => {
      const range = source && analysis.locate(source)
      return range && line !== undefined && lines(range.start) <= line && line <= lines(range.end)
    })
  }
  const lines = (offset: number) => document.positionAt(offset).line
  const editorNow = () => vscode.window.visibleTextEditors.find((each) => each.document === document)

  const empty = (mine: number) => {
    shown = null
    post({ type: 'empty', version: mine, uri: document.uri.toString(), code: document.languageId !== 'markdown' })
  }

  const follow = (offset: number, always: boolean) => {
    const analysis = analysisNow()
    if (!analysis) return refresh()
    const place = placeAt(analysis, offset)
    const derivation = place?.derivation ?? analysis.nearest(offset)
    const key = derivation?.key ?? null
    const same = key === settings.current
    if (place && (same || always || !settings.pinned)) node = place.node
    if (key === null || (settings.pinned && !always)) {
      if (place && same) post({ type: 'select', node: place.node })
      return
    }
    if (same && shown && !isOld) {
      if (place) post({ type: 'select', node: place.node })
      return
    }
    if (!place) node = null
    settings.current = key
    settings.expanded.clear()
    refresh()
  }

  const receive = async (message: FromPanel): Promise<void> => {
    switch (message.type) {
      case 'ready':
        ready = true
        post({ type: 'init', strings: panelStrings() })
        return refresh()
      case 'choose':
        settings.current = message.key
        node = null
        settings.expanded.clear()
        return refresh()
      case 'mode':
        settings.mode = message.mode
        return refresh()
      case 'upstream':
        settings.upstream = message.upstream
        return refresh()
      case 'pin':
        settings.pinned = message.pinned
        return refresh()
      case 'collapse':
        settings.collapsed = message.collapsed
        settings.expanded.clear()
        return refresh()
      case 'toggle':
        return toggle(message.node)
      case 'select':
        node = message.node
        return reveal(message.node, false)
      case 'reveal':
        return reveal(message.node, true)
      case 'point':
        return point(message.node)
      case 'details':
        return tell(message.version, message.node)
      case 'table':
        return tellAll(message.version)
      case 'copy':
        return shown ? copyGraph(shown.derivation, message.format) : undefined
      case 'export':
        return exportAs(message.format)
      case 'png':
        return saveFile(document, shown?.derivation.name.plain ?? '', 'png', message.base64)
      case 'failed':
        return services.log.failed('graph page', message.message)
    }
  }

  const toggle = (id: NodeId) => {
    if (!shown || !isCollapsed(settings, shown.derivation)) return
    if (!settings.expanded.delete(id)) settings.expanded.add(id)
    refresh()
  }

  const tell = (asked: number, id: NodeId) => {
    if (asked !== shown?.version || !shown.derivation.graph.nodes[id]) return
    post({ type: 'details', version: asked, details: detailsOf(shown.derivation, id, t) })
  }
  const tellAll = (asked: number) => {
    if (!shown || asked !== shown.version) return
    const { derivation, scene } = shown
    const drawn = scene.nodes.filter(({ kind }) => kind !== 'output' && kind !== 'constant')
    post({ type: 'table', version: asked, rows: drawn.map(({ id }) => tableRow(derivation, id)) })
  }

  const exportAs = async (format: 'svg' | 'png') => {
    if (!shown) return
    const { derivation, scene } = shown
    const svg = svgOf(derivation, scene)
    if (format === 'png') post({ type: 'rasterize', svg, width: scene.width, height: scene.height })
    else await saveFile(document, derivation.name.plain, 'svg', svg)
  }

  /** Marks in the note, without touching the selection, where the node under the pointer is written. */
  const point = (id: NodeId | null) => {
    const range = id === null ? null : rangeOf(id)
    editorNow()?.setDecorations(pointed, range ? [range] : [])
  }
  const rangeOf = (id: NodeId): vscode.Range | null => {
    const source = shown?.derivation.graph.nodes[id]?.source
    const range = source && analysisNow()?.locate(source)
    return range ? new vscode.Range(document.positionAt(range.start), document.positionAt(range.end)) : null
  }

  /** Selects the source of a node, in the editor that shows the document. */
  const reveal = async (id: NodeId, focus: boolean) => {
    const range = rangeOf(id)
    if (!range) return
    const selection = new vscode.Selection(range.start, range.end)
    const visible = editorNow()
    if (!visible && !focus) return
    const column = visible?.viewColumn ?? vscode.ViewColumn.One
    const editor = visible && !focus ? visible : await vscode.window.showTextDocument(document, { viewColumn: column })
    echo = selection
    editor.selection = selection
    editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport)
  }

  const subscription = panel.webview.onDidReceiveMessage((message: unknown) => {
    if (!isFromPanel(message)) return services.log.failed('graph page', 'a message was not understood')
    receive(message).catch((error) => services.log.failed('graph', error))
  })

  return {
    panel,
    uri: document.uri,
    changed(fresh) {
      document = fresh
      const analysis = analysisNow()
      const editor = editorNow()
      // What is shown has become unreadable: it stays, until the cursor goes elsewhere.
      const readable = analysis && (settings.current === '' || derivationOf(analysis, settings.current))
      const place = readable && editor && placeAt(analysis, document.offsetAt(editor.selection.active))
      const key = place?.derivation.key ?? null
      if (place && key !== null && !settings.pinned && key !== settings.current) {
        settings.current = key
        node = place.node
      }
      refresh()
    },
    cursorMoved(selection) {
      if (echo?.isEqual(selection) || document.version !== seen) return
      echo = null
      clearTimeout(timer)
      timer = setTimeout(() => follow(document.offsetAt(selection.active), false), FOLLOW)
    },
    follow,
    configured() {
      settings.upstream = settingsFor(document).upstream
      refresh()
    },
    dispose() {
      clearTimeout(timer)
      pointed.dispose()
      subscription.dispose()
    },
  }
}

/** Takes a graph out of the panel: as a file, or in words for another program. */
import * as vscode from 'vscode'
import type { Derivation } from '../derivation'
import type { Scene } from '../drawing/scene'
import { DARK, LIGHT, svgFile } from '../drawing/svg'
import {
  COPY_FORMATS,
  type CopyFormat,
  EXPORT_FORMATS,
  type ExportFormat,
  exportLabels,
  type SavedState,
} from '../panel/messages'
import { pageOf } from '../study/page'
import type { Bundle } from '../study/translate'
import { isNote } from './documents'
import { panelStrings } from './panelStrings'

/** Asks in which form a graph is wanted. */
export async function askFormat(): Promise<ExportFormat | CopyFormat | undefined> {
  const strings = panelStrings()
  const saved = EXPORT_FORMATS.map((format) => ({ format, label: `$(save) ${exportLabels(strings)[format]}` }))
  const copied = COPY_FORMATS.map((format) => ({ format, label: `$(copy) ${exportLabels(strings)[format]}` }))
  return (await vscode.window.showQuickPick([...saved, ...copied], { title: strings.exportMenu }))?.format
}

/** Puts a graph into the clipboard. */
export async function copyGraph(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text)
  vscode.window.setStatusBarMessage(vscode.l10n.t('Graph copied'), 3000)
}

/** The drawing as a file, in colours like those of the theme; paper is white. */
export function svgOf(derivation: Derivation, scene: Scene, onPaper: boolean): string {
  const { kind } = vscode.window.activeColorTheme
  const dark = kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast
  return svgFile(scene, {
    palette: dark && !onPaper ? DARK : LIGHT,
    title: vscode.l10n.t('Computational graph of {0}', derivation.name.plain),
  })
}

/** Asks where to, and writes. `content`: text for SVG, PDF and HTML, Base64 for PNG. */
export async function saveFile(
  document: vscode.TextDocument,
  name: string,
  format: ExportFormat,
  content: string,
): Promise<void> {
  const file = `${name.replace(/[^\p{L}\p{N}_-]+/gu, '_') || 'graph'}.${format}`
  const target = await vscode.window.showSaveDialog({
    defaultUri: folderOf(document) && vscode.Uri.joinPath(folderOf(document) as vscode.Uri, file),
    filters: { [format.toUpperCase()]: [format] },
  })
  if (!target) return
  const bytes = format === 'png' ? bytesOf(content) : new TextEncoder().encode(content)
  await vscode.workspace.fs.writeFile(target, bytes)
}

function folderOf({ uri }: vscode.TextDocument): vscode.Uri | undefined {
  if (uri.scheme === 'untitled') return vscode.workspace.workspaceFolders?.[0]?.uri
  return uri.with({ path: uri.path.slice(0, uri.path.lastIndexOf('/')) || '/' })
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))

/** A page of its own that shows what a panel shows: everything of `dist/` that it needs is put into it. */
export async function pageFor(
  { extensionUri }: vscode.ExtensionContext,
  document: vscode.TextDocument,
  saved: SavedState,
): Promise<string> {
  const read = (name: string) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist', name))
  const text = async (name: string) => new TextDecoder().decode(await read(name))
  const [standalone, panel, mathjax, style, font] = await Promise.all([
    text('standalone.js'),
    text('panel.js'),
    text('mathjax.js'),
    text('panel.css'),
    read('codicon.ttf'),
  ])
  const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1)
  const language = isNote(document) ? 'markdown' : 'typescript'
  return pageOf(
    {
      name,
      text: document.getText(),
      language,
      strings: panelStrings(),
      bundle: (vscode.l10n.bundle ?? {}) as Bundle,
      // Where the document lies on this machine is nobody's business.
      saved: { ...saved, uri: name },
    },
    { standalone, panel, mathjax, style, font: base64Of(font) },
  )
}

function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

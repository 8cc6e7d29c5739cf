/** Takes a graph out of the panel: as a file, or in words for another program. */
import * as vscode from 'vscode'
import type { Derivation } from '../derivation'
import type { Scene } from '../drawing/scene'
import { DARK, LIGHT, svgFile } from '../drawing/svg'
import type { CopyFormat, ExportFormat } from '../panel/messages'
import { derivationLatex } from '../writing/annotationBlock'
import { dotOf } from '../writing/dot'
import { mermaidOf } from '../writing/mermaid'

const WRITERS: Readonly<Record<CopyFormat, (derivation: Derivation) => string>> = {
  latex: derivationLatex,
  mermaid: mermaidOf,
  dot: dotOf,
}

/** Puts the graph into the clipboard. */
export async function copyGraph(derivation: Derivation, format: CopyFormat): Promise<void> {
  await vscode.env.clipboard.writeText(WRITERS[format](derivation))
  vscode.window.setStatusBarMessage(vscode.l10n.t('Graph copied'), 3000)
}

/** The drawing as a file, in colours like those of the theme. */
export function svgOf(derivation: Derivation, scene: Scene): string {
  const { kind } = vscode.window.activeColorTheme
  const dark = kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast
  return svgFile(scene, {
    palette: dark ? DARK : LIGHT,
    title: vscode.l10n.t('Computational graph of {0}', derivation.name.plain),
  })
}

/** Asks where to, and writes. `content`: text for SVG, Base64 for PNG. */
export async function saveFile(
  document: vscode.TextDocument,
  name: string,
  format: ExportFormat,
  content: string,
): Promise<void> {
  const file = `${name.replace(/[^\p{L}\p{N}_-]+/gu, '_') || 'graph'}.${format}`
  const target = await vscode.window.showSaveDialog({
    defaultUri: folderOf(document) && vscode.Uri.joinPath(folderOf(document) as vscode.Uri, file),
    filters: format === 'svg' ? { SVG: ['svg'] } : { PNG: ['png'] },
  })
  if (!target) return
  const bytes = format === 'svg' ? new TextEncoder().encode(content) : bytesOf(content)
  await vscode.workspace.fs.writeFile(target, bytes)
}

function folderOf({ uri }: vscode.TextDocument): vscode.Uri | undefined {
  if (uri.scheme === 'untitled') return vscode.workspace.workspaceFolders?.[0]?.uri
  return uri.with({ path: uri.path.slice(0, uri.path.lastIndexOf('/')) || '/' })
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))

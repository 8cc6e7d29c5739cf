/** The text of files that code imports, through the workspace: it is read in the background and is there the next time. */
import * as vscode from 'vscode'
import type { Log } from './log'

export interface Imports extends vscode.Disposable {
  /** The text that `specifier` means in this document; `null` as long as it isn't known, and for packages. */
  resolve(document: vscode.TextDocument, specifier: string): string | null
  /** The text of an import came or changed: those who asked for it should ask again. */
  readonly onDidChange: vscode.Event<vscode.Uri>
}

/** Endings that an import leaves out, the likeliest first. */
const ENDINGS = ['', '.ts', '.tsx', '.js', '.jsx', '.mjs', '/index.ts', '/index.js']
/** Larger files are no modules of a derivation. */
const LARGEST = 500_000

export function openImports(log: Log): Imports {
  const changed = new vscode.EventEmitter<vscode.Uri>()
  /** By address without ending: the text, or `null` while it is read and where there is none. */
  const known = new Map<string, string | null>()
  /** Which documents asked for it. */
  const askers = new Map<string, Set<string>>()

  const read = async (base: vscode.Uri): Promise<void> => {
    const text = await firstText(base)
    if (known.get(base.toString()) === text) return
    known.set(base.toString(), text)
    for (const asker of askers.get(base.toString()) ?? []) changed.fire(vscode.Uri.parse(asker))
  }
  const refresh = (document: vscode.TextDocument) => {
    for (const key of known.keys()) {
      if (document.uri.toString().startsWith(key))
        read(vscode.Uri.parse(key)).catch((error) => log.failed('imports', error))
    }
  }
  const subscriptions = [
    changed,
    vscode.workspace.onDidSaveTextDocument(refresh),
    vscode.workspace.onDidCloseTextDocument(refresh),
  ]
  return {
    resolve(document, specifier) {
      if (!/^\.\.?\//.test(specifier) || document.isUntitled) return null
      const base = vscode.Uri.joinPath(document.uri, '..', specifier)
      const key = base.toString()
      const group = askers.get(key) ?? new Set()
      askers.set(key, group.add(document.uri.toString()))
      if (!known.has(key)) {
        known.set(key, null)
        read(base).catch((error) => log.failed('imports', error))
      }
      return known.get(key) ?? null
    },
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(...subscriptions).dispose(),
  }
}

/** The text of the first file that exists: of the editor where it is open, else as it was saved. */
async function firstText(base: vscode.Uri): Promise<string | null> {
  for (const ending of ENDINGS) {
    const uri = base.with({ path: base.path + ending })
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())
    if (open) return open.getText()
    try {
      const bytes = await vscode.workspace.fs.readFile(uri)
      if (bytes.length > 0 && bytes.length <= LARGEST) return new TextDecoder().decode(bytes)
    } catch {
      // There is no such file: the next ending is tried.
    }
  }
  return null
}

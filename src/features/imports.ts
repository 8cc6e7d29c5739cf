/** The text of files that code imports, through the workspace: it is read in the background and is there the next time. */
import * as vscode from 'vscode'
import { importPaths } from '../reading/code/imports'
import type { Log } from './log'

export interface Imports extends vscode.Disposable {
  /** The text that `specifier` means in this document; `null` as long as it isn't known, and for packages. */
  resolve(document: vscode.TextDocument, specifier: string): string | null
  /** The text of an import came or changed: those who asked for it should ask again. */
  readonly onDidChange: vscode.Event<vscode.Uri>
}

/** Larger files are no modules of a derivation. */
const LARGEST = 500_000

export function openImports(log: Log): Imports {
  const changed = new vscode.EventEmitter<vscode.Uri>()
  /** By folder and specifier: the text, or `null` while it is read and where there is none. */
  const known = new Map<string, string | null>()
  /** The files that each may be, the likeliest first. */
  const pathsOf = new Map<string, readonly vscode.Uri[]>()
  /** Which documents asked for it. */
  const askers = new Map<string, Set<string>>()

  const read = async (key: string): Promise<void> => {
    const text = await firstText(pathsOf.get(key) ?? [])
    if (known.get(key) === text) return
    known.set(key, text)
    for (const asker of askers.get(key) ?? []) changed.fire(vscode.Uri.parse(asker))
  }
  const readInBackground = (key: string): void => {
    read(key).catch((error) => log.failed('imports', error))
  }
  const refresh = ({ uri }: vscode.TextDocument) => {
    for (const [key, paths] of pathsOf)
      if (paths.some((path) => path.toString() === uri.toString())) readInBackground(key)
  }
  const subscriptions = [
    changed,
    vscode.workspace.onDidSaveTextDocument(refresh),
    vscode.workspace.onDidCloseTextDocument(refresh),
  ]
  return {
    resolve(document, specifier) {
      const paths = document.isUntitled ? [] : pathsFor(document, specifier)
      if (paths.length === 0) return null
      const key = `${vscode.Uri.joinPath(document.uri, '..')} ${specifier}`
      askers.set(key, (askers.get(key) ?? new Set()).add(document.uri.toString()))
      if (!known.has(key)) {
        known.set(key, null)
        pathsOf.set(key, paths)
        readInBackground(key)
      }
      return known.get(key) ?? null
    },
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(...subscriptions).dispose(),
  }
}

/** The files that a specifier may mean in a document, none of them outside of its workspace. */
function pathsFor(document: vscode.TextDocument, specifier: string): readonly vscode.Uri[] {
  const root = vscode.workspace.getWorkspaceFolder(document.uri)?.uri
  return importPaths(specifier, document.languageId === 'python')
    .map((path) => vscode.Uri.joinPath(document.uri, '..', path))
    .filter((uri) => !root || uri.path.startsWith(`${root.path.replace(/\/$/, '')}/`))
}

/** The text of the first file that exists: of the editor where it is open, else as it was saved. */
async function firstText(paths: readonly vscode.Uri[]): Promise<string | null> {
  for (const uri of paths) {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())
    if (open) return open.getText()
    try {
      const bytes = await vscode.workspace.fs.readFile(uri)
      if (bytes.length > 0 && bytes.length <= LARGEST) return new TextDecoder().decode(bytes)
    } catch {
      // There is no such file: the next path is tried.
    }
  }
  return null
}

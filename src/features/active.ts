/** The document that a command is about, and what a command says that has nothing to do. */
import * as vscode from 'vscode'
import { isLatex, isNote, isRead } from './documents'

/** Files that are written like notes; where no extension knows their language, VS Code takes them for plain text. */
const LIKE_NOTES = /\.(md|mdx|qmd|rmd|tex)$/i

/** The document of the active editor; in a notebook the selected cell's. */
export function activeDocument(): vscode.TextDocument | null {
  const editor = vscode.window.activeTextEditor
  if (editor) return editor.document
  const notebook = vscode.window.activeNotebookEditor
  const cell = notebook && notebook.selection.start < notebook.notebook.cellCount
  return cell ? notebook.notebook.cellAt(notebook.selection.start).document : null
}

/** Says what can be done instead, and does it. `needsNote`: code won't do. */
export async function offerNote(document: vscode.TextDocument | null, needsNote: boolean): Promise<void> {
  const sample = vscode.l10n.t('Open a sample note')
  if (document && !isRead(document) && LIKE_NOTES.test(document.uri.path)) {
    const language = /\.tex$/i.test(document.uri.path) ? 'latex' : 'markdown'
    const read = vscode.l10n.t('Read it as {0}', language === 'latex' ? 'LaTeX' : 'Markdown')
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('VS Code takes this file for {0}, which GradLens does not read.', document.languageId),
      read,
      sample,
    )
    if (answer === read) await vscode.languages.setTextDocumentLanguage(document, language)
    if (answer === sample) await vscode.commands.executeCommand('gradlens.openSample')
    return
  }
  const message = needsNote
    ? vscode.l10n.t('Open a Markdown note to annotate it.')
    : vscode.l10n.t('Open a Markdown note or a TypeScript or JavaScript file to see its graph.')
  if ((await vscode.window.showInformationMessage(message, sample)) === sample)
    await vscode.commands.executeCommand('gradlens.openSample')
}

/** The document of the active editor where it can hold Markdown, and so an annotation; else it says what to do. */
export function activeMarkdown(): vscode.TextDocument | null {
  const document = activeNote()
  if (!document || !isLatex(document)) return document
  vscode.window.showInformationMessage(
    vscode.l10n.t('An annotation is Markdown, which a LaTeX document cannot hold. The graph copies as LaTeX and TikZ.'),
  )
  return null
}

/** The document of the active editor where it is a note; else it says what to do. */
export function activeNote(): vscode.TextDocument | null {
  const document = activeDocument()
  if (document && isNote(document)) return document
  void offerNote(document, true)
  return null
}

/** Quick fixes for what was found: each is one edit, so that one undo takes it back. */
import * as vscode from 'vscode'
import type { Analysis } from '../derivation'
import { passageStart } from '../judging/ignored'
import { ignoreComment } from '../reading/ignored'
import { judgedAt } from '../report/judged'
import { isNote, SELECTOR } from './documents'
import { gapAt } from './gap'
import { missingStepAt } from './missingStep'
import type { Services } from './services'
import { settingsFor } from './settings'
import { TRIED_FIX } from './tried'

/** Registers the quick fixes. */
export function registerCodeActions({ documents, log }: Services): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, range, context) {
      try {
        const analysis = settingsFor(document).codeActions ? documents.analysis(document) : null
        if (!analysis) return []
        const ours = context.diagnostics.filter(({ source }) => source === 'gradlens')
        if (ours.length > 0) return ours.flatMap((diagnostic) => fixesOf(document, analysis, diagnostic))
        const offset = document.offsetAt(range.start)
        return [...fillActions(document, analysis, offset), ...insertActions(document, analysis, offset, null)]
      } catch (error) {
        log.failed('quick fixes', error)
        return []
      }
    },
  }
  return vscode.languages.registerCodeActionsProvider(SELECTOR, provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.RefactorRewrite],
  })
}

function fixesOf(
  document: vscode.TextDocument,
  analysis: Analysis,
  diagnostic: vscode.Diagnostic,
): vscode.CodeAction[] {
  const [start, end] = [document.offsetAt(diagnostic.range.start), document.offsetAt(diagnostic.range.end)]
  const replacement = judgedAt(analysis, start, end)?.replacement
  return [
    ...(replacement ? [replaceAction(document, diagnostic, replacement)] : []),
    ...insertActions(document, analysis, start, diagnostic),
    ignoreAction(document, diagnostic, document.positionAt(passageStart(analysis, start)).line),
  ]
}

function insertActions(
  document: vscode.TextDocument,
  analysis: Analysis,
  offset: number,
  diagnostic: vscode.Diagnostic | null,
): vscode.CodeAction[] {
  const missing = missingStepAt(analysis, offset)
  if (!missing) return []
  const { made, replace } = action(vscode.l10n.t('Insert the missing step'), document, diagnostic)
  const position = document.positionAt(missing.offset)
  replace(new vscode.Range(position, position), missing.text)
  return [made]
}

/** Nothing tells the answer before it is asked for: what the reader types instead is judged like any other step. */
function fillActions(document: vscode.TextDocument, analysis: Analysis, offset: number): vscode.CodeAction[] {
  const gap = gapAt(analysis, offset)
  if (!gap) return []
  const { made, replace } = action(vscode.l10n.t('Show the answer'), document, null)
  const { start, end } = gap.range
  replace(new vscode.Range(document.positionAt(start), document.positionAt(end)), gap.answer)
  return [made]
}

/** @param diagnostic what is fixed; `null` where nothing is wrong */
function action(title: string, document: vscode.TextDocument, diagnostic: vscode.Diagnostic | null) {
  const { QuickFix, RefactorRewrite } = vscode.CodeActionKind
  const made = new vscode.CodeAction(title, diagnostic ? QuickFix : RefactorRewrite)
  if (diagnostic) made.diagnostics = [diagnostic]
  const edit = new vscode.WorkspaceEdit()
  made.edit = edit
  return { made, replace: (range: vscode.Range, text: string) => edit.replace(document.uri, range, text) }
}

function replaceAction(document: vscode.TextDocument, diagnostic: vscode.Diagnostic, replacement: string) {
  const { made, replace } = action(vscode.l10n.t('Replace with {0}', replacement), document, diagnostic)
  replace(diagnostic.range, replacement)
  made.isPreferred = true
  made.command = TRIED_FIX
  return made
}

/** Puts the comment above the paragraph or block, so that no formula is broken in two. */
function ignoreAction(document: vscode.TextDocument, diagnostic: vscode.Diagnostic, passageLine: number) {
  const { made, replace } = action(vscode.l10n.t('Ignore this claim'), document, diagnostic)
  const isCode = !isNote(document)
  let line = isCode ? diagnostic.range.start.line : passageLine
  while (!isCode && line > 0 && !document.lineAt(line - 1).isEmptyOrWhitespace) line--
  const indent = isCode ? (/^\s*/.exec(document.lineAt(line).text)?.[0] ?? '') : ''
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n'
  replace(new vscode.Range(line, 0, line, 0), `${indent}${ignoreComment(document.languageId)}${eol}`)
  return made
}

/** Annotate Note and Remove Annotation: one edit each, so that one undo takes it back. */
import * as vscode from 'vscode'
import { analyzeMarkdown } from '../analysis'
import { annotatedRegions, outermostBlocks } from '../reading/annotated'
import { type AnnotationPlan, type NoteReader, planAnnotation, planRemoval } from '../writing/annotation'
import { activeMarkdown } from './active'
import type { Services } from './services'
import { tried } from './tried'

const reader: NoteReader = {
  regions: annotatedRegions,
  blocks: outermostBlocks,
  analyze: (text) => analyzeMarkdown(text),
}

/** Registers both commands. */
export function registerAnnotate({ log }: Services): vscode.Disposable {
  const guarded = (work: () => Promise<void>) => async () => {
    try {
      await work()
    } catch (error) {
      log.failed('annotation', error)
      vscode.window.showErrorMessage(
        vscode.l10n.t('GradLens could not annotate this note. The log (Output: GradLens) says why.'),
      )
    }
  }
  return vscode.Disposable.from(
    vscode.commands.registerCommand('gradlens.annotate', guarded(annotate)),
    vscode.commands.registerCommand('gradlens.removeAnnotation', guarded(remove)),
  )
}

async function annotate(): Promise<void> {
  const note = activeMarkdown()
  if (!note) return
  const plan = planAnnotation(note.getText(), reader)
  if (plan.annotations === 0 && plan.broken.length === 0) {
    vscode.window.showInformationMessage(
      vscode.l10n.t('There is no derivation to annotate yet. Write one, such as $z = t^2$ and $t = x + y$.'),
    )
  }
  const overwrite = vscode.l10n.t('Replace it')
  const question = vscode.l10n.t('An annotation was edited by hand. Replace it with a fresh one?')
  if (await confirmed(note, plan, question, overwrite)) await apply(note, plan)
}

async function remove(): Promise<void> {
  const note = activeMarkdown()
  if (!note) return
  const plan = planRemoval(note.getText(), { regions: annotatedRegions })
  if (plan.edits.length === 0 && plan.broken.length === 0 && plan.handEdited.length === 0)
    vscode.window.showInformationMessage(vscode.l10n.t('There is no annotation in this note.'))
  const question = vscode.l10n.t('An annotation was edited by hand. Remove it with what was written into it?')
  if (await confirmed(note, plan, question, vscode.l10n.t('Remove it'))) await apply(note, plan)
}

/** Asks before anything is lost that a person wrote. */
async function confirmed(
  note: vscode.TextDocument,
  plan: AnnotationPlan,
  question: string,
  yes: string,
): Promise<boolean> {
  const broken = plan.broken[0]
  if (broken) {
    const line = note.positionAt(broken.start).line + 1
    vscode.window.showWarningMessage(
      vscode.l10n.t(
        'Line {0}: this annotation comment has no counterpart, so that nothing was changed. Complete or delete it.',
        line,
      ),
    )
    return false
  }
  const edited = plan.handEdited[0]
  if (!edited) return true
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === note)
  editor?.revealRange(rangeOf(note, edited))
  return (await vscode.window.showWarningMessage(question, { modal: true }, yes)) === yes
}

const rangeOf = (note: vscode.TextDocument, { start, end }: { start: number; end: number }) =>
  new vscode.Range(note.positionAt(start), note.positionAt(end))

async function apply(note: vscode.TextDocument, plan: AnnotationPlan): Promise<void> {
  if (plan.edits.length === 0) return
  const edit = new vscode.WorkspaceEdit()
  edit.set(
    note.uri,
    plan.edits.map((each) => vscode.TextEdit.replace(rangeOf(note, each), each.text)),
  )
  if (await vscode.workspace.applyEdit(edit)) tried('annotation')
  else vscode.window.showWarningMessage(vscode.l10n.t('The note changed meanwhile; run the command again.'))
}

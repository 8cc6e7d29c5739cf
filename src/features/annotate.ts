/** Annotate Note and Remove Annotation: one edit each, so that one undo takes it back. */
import * as vscode from 'vscode'
import { analyzeMarkdown } from '../analysis'
import { annotatedRegions, outermostBlocks } from '../reading/annotated'
import { type AnnotationPlan, type NoteReader, planAnnotation, planRemoval } from '../writing/annotation'
import type { Services } from './services'

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

function noteEditor(): vscode.TextEditor | null {
  const editor = vscode.window.activeTextEditor
  if (editor?.document.languageId === 'markdown') return editor
  vscode.window.showInformationMessage(vscode.l10n.t('Open a Markdown note to annotate it.'))
  return null
}

async function annotate(): Promise<void> {
  const editor = noteEditor()
  if (!editor) return
  const plan = planAnnotation(editor.document.getText(), reader)
  if (plan.annotations === 0 && plan.broken.length === 0) {
    vscode.window.showInformationMessage(
      vscode.l10n.t('There is no derivation to annotate yet. Write one, such as $z = t^2$ and $t = x + y$.'),
    )
  }
  const overwrite = vscode.l10n.t('Replace it')
  const question = vscode.l10n.t('An annotation was edited by hand. Replace it with a fresh one?')
  if (await confirmed(editor, plan, question, overwrite)) await apply(editor, plan)
}

async function remove(): Promise<void> {
  const editor = noteEditor()
  if (!editor) return
  const plan = planRemoval(editor.document.getText(), { regions: annotatedRegions })
  const question = vscode.l10n.t('An annotation was edited by hand. Remove it with what was written into it?')
  if (await confirmed(editor, plan, question, vscode.l10n.t('Remove it'))) await apply(editor, plan)
}

/** Asks before anything is lost that a person wrote. */
async function confirmed(
  editor: vscode.TextEditor,
  plan: AnnotationPlan,
  question: string,
  yes: string,
): Promise<boolean> {
  const broken = plan.broken[0]
  if (broken) {
    const line = editor.document.positionAt(broken.start).line + 1
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
  editor.revealRange(rangeOf(editor, edited))
  return (await vscode.window.showWarningMessage(question, { modal: true }, yes)) === yes
}

const rangeOf = ({ document }: vscode.TextEditor, { start, end }: { start: number; end: number }) =>
  new vscode.Range(document.positionAt(start), document.positionAt(end))

async function apply(editor: vscode.TextEditor, plan: AnnotationPlan): Promise<void> {
  if (plan.edits.length === 0) return
  const done = await editor.edit((builder) => {
    for (const edit of plan.edits) builder.replace(rangeOf(editor, edit), edit.text)
  })
  if (!done) vscode.window.showWarningMessage(vscode.l10n.t('The note changed meanwhile; run the command again.'))
}

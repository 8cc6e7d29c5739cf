/** Values that are tried out in a graph panel, in the note itself: hovers count with them, and they stand behind the note's own numbers. */
import * as vscode from 'vscode'
import type { Derivation } from '../derivation'
import { statedValues, type Trials, valued } from '../study/inputs'
import { plainTensor } from '../writing/tensor'
import type { Documents } from './documents'

export interface TrialStore extends vscode.Disposable {
  /** What a panel tries out on a document, in place of what was tried before; none: the document's own values hold again. */
  set(document: vscode.TextDocument, trials: Trials): void
  /** The derivation as it is with what is tried out. */
  valued(document: vscode.TextDocument, derivation: Derivation): Derivation
  /** `x = 0.73`: what of it the derivation takes, in words. */
  told(document: vscode.TextDocument, derivation: Derivation): string | null
}

const NONE: Trials = new Map()
/** Longer ones would push the line aside. */
const LONGEST = 32

/** Keeps what is tried out, as long as the panel that does it. */
export function openTrials(documents: Documents): TrialStore {
  const all = new Map<string, Trials>()
  const behind = vscode.window.createTextEditorDecorationType({
    after: {
      margin: '0 0 0 0.5em',
      color: new vscode.ThemeColor('editorInlayHint.foreground'),
      backgroundColor: new vscode.ThemeColor('editorInlayHint.background'),
    },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  })
  const of = (document: vscode.TextDocument) => all.get(document.uri.toString()) ?? NONE

  const show = (editor: vscode.TextEditor) => {
    const { document } = editor
    const analysis = of(document).size > 0 ? documents.analysis(document) : null
    const stated = analysis ? statedValues(analysis) : new Map()
    const marks = [...of(document)].flatMap(([name, value]): vscode.DecorationOptions[] => {
      const place = stated.get(name)
      const text = plainTensor(value)
      if (!place || text.length > LONGEST) return []
      const range = new vscode.Range(document.positionAt(place.start), document.positionAt(place.end))
      return [{ range, renderOptions: { after: { contentText: `→ ${text}` } } }]
    })
    editor.setDecorations(behind, marks)
  }
  const showIn = (document: vscode.TextDocument) =>
    vscode.window.visibleTextEditors.filter((editor) => editor.document === document).forEach(show)

  const subscriptions = vscode.Disposable.from(
    behind,
    documents.onDidSettle(showIn),
    documents.onDidClose(({ uri }) => all.delete(uri.toString())),
    vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach(show)),
  )
  return {
    set(document, trials) {
      if (of(document).size === 0 && trials.size === 0) return
      all.set(document.uri.toString(), trials)
      showIn(document)
    },
    valued: (document, derivation) => valued(derivation, of(document)),
    told(document, derivation) {
      const trials = of(document)
      const parts = derivation.inputs.flatMap((id) => {
        const name = derivation.graph.nodes[id]?.name
        const value = name && trials.get(name.key)
        return value ? [`${name.plain} = ${plainTensor(value)}`] : []
      })
      return parts.length === 0 ? null : parts.join(', ')
    },
    dispose: () => subscriptions.dispose(),
  }
}

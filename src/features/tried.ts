/** What a person has tried already: the steps of the walkthrough are ticked when they are done, not when they are looked at. */
import * as vscode from 'vscode'

export type Step = 'hover' | 'graph' | 'annotation' | 'fix'

const done = new Set<Step>()

/** What a quick fix runs after its edit: an internal command, in no palette. */
export const TRIED_FIX: vscode.Command = { command: 'gradlens.triedFix', title: '' }

/** Registers that command. */
export const registerTried = (): vscode.Disposable =>
  vscode.commands.registerCommand(TRIED_FIX.command, () => tried('fix'))

/** Ticks a step. */
export function tried(step: Step): void {
  if (done.has(step)) return
  done.add(step)
  void vscode.commands.executeCommand('setContext', `gradlens.tried.${step}`, true)
}

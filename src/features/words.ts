/** The sentences of the core in the language of this editor. */
import * as vscode from 'vscode'
import { translator } from '../study/translate'

let made: ((sentence: string) => string) | undefined

/** What the core says, translated. Sentences of the features themselves go through `vscode.l10n.t`. */
export function translate(sentence: string): string {
  made ??= translator(vscode.l10n.bundle)
  return made(sentence)
}

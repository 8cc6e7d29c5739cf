/** What every feature is given: a feature is a function `register…(services)` that gives something to dispose of. */
import type * as vscode from 'vscode'
import type { Documents } from './documents'
import type { Log } from './log'
import type { TrialStore } from './trials'

export interface Services {
  readonly context: vscode.ExtensionContext
  readonly documents: Documents
  readonly log: Log
  readonly trials: TrialStore
}

/** The settings, typed. Read anew each time, so that a change takes effect at once and each folder can have its own. */
import * as vscode from 'vscode'
import type { Severity } from '../derivation'

export interface Settings {
  readonly hover: boolean
  readonly graph: boolean
  readonly openBeside: boolean
  readonly upstream: 'auto' | 'one' | 'symbol'
  readonly annotate: boolean
  readonly diagnostics: boolean
  readonly severity: Severity
  readonly marks: boolean
  readonly values: boolean
  readonly lenses: boolean
  readonly preview: boolean
  readonly hints: boolean
  readonly navigation: boolean
  readonly statusBar: boolean
  readonly codeActions: boolean
  readonly loopLimit: number
}

/** What holds for this document. */
export function settingsFor(scope: vscode.ConfigurationScope | undefined): Settings {
  const configuration = vscode.workspace.getConfiguration('gradlens', scope)
  return {
    hover: configuration.get('hover.enabled', true),
    graph: configuration.get('graph.enabled', true),
    openBeside: configuration.get('graph.openBeside', false),
    upstream: configuration.get('graph.upstream', 'auto'),
    annotate: configuration.get('annotate.enabled', true),
    diagnostics: configuration.get('diagnostics.enabled', true),
    severity: configuration.get('diagnostics.severity', 'warning'),
    marks: configuration.get('marks.enabled', false),
    values: configuration.get('values.enabled', false),
    lenses: configuration.get('lenses.enabled', true),
    preview: configuration.get('preview.enabled', true),
    hints: configuration.get('hints.enabled', false),
    navigation: configuration.get('navigation.enabled', true),
    statusBar: configuration.get('statusBar.enabled', true),
    codeActions: configuration.get('codeActions.enabled', true),
    loopLimit: configuration.get('code.loopLimit', 200),
  }
}

/** Calls back when any setting of ours changes. */
export function onSettings(changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('gradlens')) changed()
  })
}

/** The extension's log, and a way to tell a person something once. */
import * as vscode from 'vscode'

export interface Log extends vscode.Disposable {
  readonly channel: vscode.LogOutputChannel
  /** Writes what went wrong to the log; the same place is written once, however often it happens. */
  failed(place: string, error: unknown): void
}

/** Opens the output channel; shown under Output → GradLens. */
export function openLog(): Log {
  const channel = vscode.window.createOutputChannel('GradLens', { log: true })
  const told = new Set<string>()
  return {
    channel,
    failed(place, error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
      const key = `${place} ${message}`
      if (told.has(key)) return
      told.add(key)
      channel.error(`${place}: ${message}`)
    },
    dispose: () => channel.dispose(),
  }
}

// What the worker host of the browser runs: a smoke test, without mocha, which doesn't load there.
import * as vscode from 'vscode'

declare const importScripts: unknown

const extension = () => vscode.extensions.getExtension('gradlens.gradlens')

const tests: [string, () => Promise<void>][] = [
  [
    'is the worker host',
    async () => {
      if (typeof importScripts === 'undefined') throw new Error('This is no worker')
    },
  ],
  [
    'activates on a note',
    async () => {
      const folder = vscode.workspace.workspaceFolders?.[0]
      if (!folder) throw new Error('No folder is open')
      await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, 'chain.md'))
      await extension()?.activate()
      if (!extension()?.isActive) throw new Error('It is not active')
    },
  ],
  [
    'registers every command that the manifest names',
    async () => {
      const known = new Set(await vscode.commands.getCommands(true))
      for (const { command } of extension()?.packageJSON.contributes.commands ?? []) {
        if (!known.has(command)) throw new Error(`${command} is missing`)
      }
    },
  ],
]

/** VS Code calls this and ends with 0 when it resolves, with 1 when it rejects. */
export async function run(): Promise<void> {
  let failures = 0
  for (const [name, test] of tests) {
    try {
      await test()
      console.log(`gradlens   ✓ ${name}`)
    } catch (error) {
      failures++
      console.log(`gradlens   ✗ ${name}\n    ${error instanceof Error ? error.stack : error}`)
    }
  }
  console.log(`gradlens-results ${JSON.stringify({ passes: tests.length - failures, failures, pending: 0 })}`)
  if (failures > 0) throw new Error(`${failures} tests failed`)
}

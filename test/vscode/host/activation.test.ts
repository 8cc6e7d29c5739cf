import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { openNote } from './notes'

const extension = () => vscode.extensions.getExtension('gradlens.gradlens')

describe('activation', () => {
  it('happens when a note is opened', async () => {
    await openNote('chain.md')
    assert.ok(extension(), 'VS Code does not know the extension')
    // Opening a note is what activates; this only waits for it.
    await extension()?.activate()
    assert.equal(extension()?.isActive, true)
  })

  it('registers every command that the manifest names', async () => {
    const known = new Set(await vscode.commands.getCommands(true))
    for (const { command } of extension()?.packageJSON.contributes.commands ?? [])
      assert.ok(known.has(command), command)
  })
})

import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { openText } from './notes'

const SEED = '$$\nz = t^2\n$$\n\n$$\nt = x + y\n$$\n\n$x = -0.19$, $y = 0.239$\n'

const annotate = () => vscode.commands.executeCommand('gradlens.annotate')
const remove = () => vscode.commands.executeCommand('gradlens.removeAnnotation')

describe('Annotate Note', () => {
  it('writes the derivation below the formula, in one undo step', async () => {
    const { document } = await openText(SEED)
    await annotate()
    assert.match(document.getText(), /2 t \\cdot 1 = 2 \(x \+ y\)/)
    await vscode.commands.executeCommand('undo')
    assert.equal(document.getText(), SEED)
  })

  it('changes nothing the second time', async () => {
    const { document } = await openText(SEED)
    await annotate()
    const { version } = document
    await annotate()
    assert.equal(document.version, version)
  })

  it('is taken out again to the last byte', async () => {
    const { document } = await openText(SEED)
    await annotate()
    await remove()
    assert.equal(document.getText(), SEED)
  })

  it('keeps the line ends of Windows', async () => {
    const editor = await openText(SEED)
    await editor.edit((edit) => edit.setEndOfLine(vscode.EndOfLine.CRLF))
    await annotate()
    const { document } = editor
    assert.equal(document.eol, vscode.EndOfLine.CRLF)
    assert.doesNotMatch(document.getText(), /[^\r]\n/)
    await remove()
    assert.equal(document.getText(), SEED.replaceAll('\n', '\r\n'))
  })

  it('leaves code alone', async () => {
    const { document } = await openText('export const f = (x: number) => x * x\n', 'typescript')
    const before = document.getText()
    await annotate()
    assert.equal(document.getText(), before)
  })
})

import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { openText, placeOf } from './notes'

const DEFINITIONS = '$$\nz = t^2, \\quad t = x + y\n$$\n\n'
const RIGHT = `${DEFINITIONS}$$\n\\frac{\\partial z}{\\partial x} = 2t \\cdot 1 = 2(x + y)\n$$\n`
const WRONG = RIGHT.replace('= 2(x + y)', '= 2(x - y)')

const ours = (document: vscode.TextDocument) =>
  vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'gradlens')

/** Waits until there are as many as expected: they follow the text after a moment. */
async function diagnosticsOf(document: vscode.TextDocument, count: number): Promise<vscode.Diagnostic[]> {
  for (let i = 0; i < 100 && ours(document).length !== count; i++) await pause(50)
  return ours(document)
}
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function quickFix(document: vscode.TextDocument, range: vscode.Range, title: RegExp): Promise<vscode.CodeAction> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
  )
  return (
    actions.find((action) => title.test(action.title)) ?? assert.fail(`none of ${actions.map((each) => each.title)}`)
  )
}

describe('diagnostics', () => {
  it('underline exactly the wrong step of an unsaved note', async () => {
    const { document } = await openText(WRONG)
    const [diagnostic] = await diagnosticsOf(document, 1)
    assert.ok(diagnostic)
    assert.equal(document.getText(diagnostic.range), '2(x - y)')
    assert.equal(diagnostic.code, 'wrong-step')
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Warning)
    assert.ok((diagnostic.relatedInformation ?? []).length > 0)
  })

  it('read a LaTeX document as what it is: nothing that is commented out', async () => {
    const step = (last: string) => `\\[\\frac{\\partial z}{\\partial x} = 2t \\cdot 1 = ${last}\\]`
    const lines = [
      '\\begin{document}',
      '\\[z = t^2, \\quad t = x + y\\]',
      `% ${step('2(x - y)')}`,
      step('2(x + y)'),
      step('2(x - y)'),
      '\\end{document}',
    ]
    const { document } = await openText(lines.join('\n'), 'latex')
    const found = await diagnosticsOf(document, 1)
    assert.deepEqual(
      found.map(({ range }) => [range.start.line, document.getText(range)]),
      [[4, '2(x - y)']],
    )
  })

  it('go when the step is put right', async () => {
    const editor = await openText(WRONG)
    const [diagnostic] = await diagnosticsOf(editor.document, 1)
    assert.ok(diagnostic)
    await editor.edit((edit) => edit.replace(diagnostic.range, '2(x + y)'))
    assert.deepEqual(await diagnosticsOf(editor.document, 0), [])
  })

  it('stay away from a right note, and from what the author wants left alone', async () => {
    for (const note of [RIGHT, WRONG.replace('$$\n\\frac', '<!-- gradlens-ignore -->\n$$\n\\frac')]) {
      const { document } = await openText(note)
      await pause(1000)
      assert.deepEqual(ours(document), [])
    }
  })

  it('have the severity of the setting, and can be switched off', async () => {
    const { document } = await openText(WRONG)
    await diagnosticsOf(document, 1)
    const settings = vscode.workspace.getConfiguration('gradlens')
    const { Global } = vscode.ConfigurationTarget
    try {
      await settings.update('diagnostics.severity', 'error', Global)
      await pause(200)
      assert.equal(ours(document)[0]?.severity, vscode.DiagnosticSeverity.Error)
      await settings.update('diagnostics.enabled', false, Global)
      assert.deepEqual(await diagnosticsOf(document, 0), [])
    } finally {
      await settings.update('diagnostics.severity', undefined, Global)
      await settings.update('diagnostics.enabled', undefined, Global)
    }
  })
})

describe('quick fixes', () => {
  const fixes: [title: RegExp, expected: RegExp][] = [
    [/^Replace with/, /2t \\cdot 1 = 2 ?\(x \+ y\)\n/],
    [/^Ignore this claim$/, /<!-- gradlens-ignore -->\n\$\$\n\\frac/],
  ]
  for (const [title, expected] of fixes) {
    it(`${title}: makes the mark go, in one undo step`, async () => {
      const { document } = await openText(WRONG)
      const [diagnostic] = await diagnosticsOf(document, 1)
      assert.ok(diagnostic)
      const action = await quickFix(document, diagnostic.range, title)
      await vscode.workspace.applyEdit(action.edit ?? assert.fail('no edit'))
      assert.match(document.getText(), expected)
      assert.deepEqual(await diagnosticsOf(document, 0), [])
      await vscode.commands.executeCommand('undo')
      assert.equal(document.getText(), WRONG)
    })
  }

  it('show the answer of a gap when it is asked for', async () => {
    const { document } = await openText(`${DEFINITIONS}$\\frac{\\partial z}{\\partial t} = ?$\n`)
    const place = document.positionAt(document.getText().indexOf('?'))
    const action = await quickFix(document, new vscode.Range(place, place), /^Show the answer$/)
    assert.ok(action.edit && (await vscode.workspace.applyEdit(action.edit)))
    assert.match(document.getText(), /\\partial t\} = 2 ?t\$/)
  })

  it('insert the step that is missing', async () => {
    const { document } = await openText(RIGHT.replace('2t \\cdot 1 = ', ''))
    const place = placeOf(document, '2(x + y)')
    const action = await quickFix(document, new vscode.Range(place, place), /^Insert the missing step$/)
    await vscode.workspace.applyEdit(action.edit ?? assert.fail('no edit'))
    assert.match(document.getText(), /\\frac\{\\partial z\}\{\\partial t\} \\cdot .+ = 2 ?t \\cdot 1 = 2\(x \+ y\)\n/)
  })

  it('generate the gradient of a function', async () => {
    const { document } = await openText(
      'export function f(x: number) {\n  const t = x * x\n  return t * t\n}\n',
      'typescript',
    )
    const place = placeOf(document, 'const t', 't =')
    const action = await quickFix(document, new vscode.Range(place, place), /^Generate Gradient Function$/)
    await vscode.workspace.applyEdit(action.edit ?? assert.fail('no edit'))
    assert.match(document.getText(), /export function fGradient\(x: number\): \{ x: number \} \{/)
  })
})

describe('marks on steps that hold', () => {
  it('are there only if the setting says so', async () => {
    const { document } = await openText(RIGHT)
    const hints = async () => {
      const whole = new vscode.Range(0, 0, document.lineCount, 0)
      const all = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        whole,
      )
      return all.map(({ label }) => label)
    }
    assert.deepEqual(await hints(), [])
    const settings = vscode.workspace.getConfiguration('gradlens')
    await settings.update('marks.enabled', true, vscode.ConfigurationTarget.Global)
    try {
      assert.deepEqual(await hints(), ['✓', '✓'])
    } finally {
      await settings.update('marks.enabled', undefined, vscode.ConfigurationTarget.Global)
    }
  })
})

describe('hints at right steps', () => {
  const LONG = '$$\nz = x^2\n$$\n\n$$\n\\frac{\\partial z}{\\partial x} = 2 \\cdot x \\cdot 1\n$$\n'
  it('are there only if the setting says so, and are no warnings', async () => {
    const { document } = await openText(LONG)
    const settings = vscode.workspace.getConfiguration('gradlens')
    await pause(1000)
    assert.deepEqual(ours(document), [])
    await settings.update('hints.enabled', true, vscode.ConfigurationTarget.Global)
    try {
      const [hint] = await diagnosticsOf(document, 1)
      assert.equal(hint?.severity, vscode.DiagnosticSeverity.Hint)
      assert.match(hint?.message ?? '', /^Right; shorter: 2 ?x\.$/)
    } finally {
      await settings.update('hints.enabled', undefined, vscode.ConfigurationTarget.Global)
    }
    assert.deepEqual(await diagnosticsOf(document, 0), [])
  })
})

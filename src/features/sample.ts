/** A note to try everything in: opened from the walkthrough, and by commands that have nothing to do. */
import * as vscode from 'vscode'
import type { Services } from './services'

/** The parts of the sample; only the words between the formulas are translated. */
function sampleText(): string {
  return `# ${vscode.l10n.t('A note to try GradLens in')}

$$
z = t^2, \\quad t = x + y
$$

$x = 0.5$, $y = 1.25$

${vscode.l10n.t('Point at the t: its value, the local derivatives and the gradient. Then run "GradLens: Show Computational Graph".')}

## ${vscode.l10n.t('A wrong step')}

$$
\\frac{\\partial z}{\\partial x} = 2t \\cdot 1 = 2(x - y)
$$

${vscode.l10n.t('The last side is wrong, and underlined. Ctrl+. puts it right.')}

## ${vscode.l10n.t('A neuron')}

$$
u = w x + b, \\quad y' = \\frac{1}{1 + e^{-u}}
$$

$w = 1.2$, $b = -0.3$

${vscode.l10n.t('Run "GradLens: Annotate Note" to have the derivation written below each formula.')}
`
}

/** Registers the command that opens the sample. */
export function registerSample({ log }: Services): vscode.Disposable {
  return vscode.commands.registerCommand('gradlens.openSample', async () => {
    try {
      const note = await vscode.workspace.openTextDocument({ language: 'markdown', content: sampleText() })
      await vscode.window.showTextDocument(note, vscode.ViewColumn.One)
    } catch (error) {
      log.failed('sample', error)
    }
  })
}

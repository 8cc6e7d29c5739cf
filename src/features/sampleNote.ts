/** A short note with everything to try: formulas, values, one wrong step. Knows no editor. */

/** The note; only the words between the formulas are translated. No heading may call the step wrong: it would be a quoted mistake, and left alone. */
export function sampleNote(t: (sentence: string) => string): string {
  return `# ${t('A note to try GradLens in')}

$$
z = t^2, \\quad t = x + y
$$

$x = 0.5$, $y = 1.25$

${t('Point at the t: its value, the local derivatives and the gradient. Then run "GradLens: Show Computational Graph".')}

## ${t('The chain rule by hand')}

$$
\\frac{\\partial z}{\\partial x} = 2t \\cdot 1 = 2(x - y)
$$

${t('The last side is wrong, and underlined. Ctrl+. puts it right.')}

## ${t('A neuron')}

$$
u = w x + b, \\quad a = \\frac{1}{1 + e^{-u}}
$$

$w = 1.2$, $b = -0.3$

${t('Run "GradLens: Annotate Note" to have the derivation written below each formula.')}
`
}

/** Long documents for benches: generated, so that they are the same everywhere. */

const FORMS = [
  (k: number) => [`t_{${k}} = x_{${k}} + y_{${k}}`, `z_{${k}} = t_{${k}}^2`],
  (k: number) => [`u_{${k}} = w_{${k}} x_{${k}} + b_{${k}}`, `a_{${k}} = \\frac{1}{1 + e^{-u_{${k}}}}`],
  (k: number) => [`s_{${k}} = \\sqrt{x_{${k}}^2 + 1}`, `f_{${k}} = \\log(s_{${k}}) \\cdot y_{${k}}`],
]

/** A note of about ten lines a derivation: a heading, prose, two displays, values. */
export function longNote(derivations: number): string {
  const lines: string[] = ['# A long note', '']
  for (let k = 1; k <= derivations; k++) {
    const [first, second] = (FORMS[k % FORMS.length] as (k: number) => string[])(k)
    lines.push(`## Part ${k}`, '', `Here we look at $x_{${k}} = 0.5$ and what follows from it, *step by step*.`, '')
    lines.push(`$$${first}$$`, '', `$$${second}$$`, '', `With \`code\` and [a link](#part-${k}), and a list:`, '')
  }
  return lines.join('\n')
}

/** A file of functions in TypeScript, about six lines each. */
export function longFile(functions: number): string {
  const lines: string[] = []
  for (let k = 1; k <= functions; k++) {
    lines.push(
      `/** @at x = ${k / 10}, y = 2 */`,
      `export function f${k}(x: number, y: number): number {`,
      `  const t = x * ${k} + Math.sin(y)`,
      '  const s = 1 / (1 + Math.exp(-t))',
      '  return s * (1 - s) + y ** 2',
      '}',
      '',
    )
  }
  return lines.join('\n')
}

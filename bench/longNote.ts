/** Long documents for benches: generated, so that they are the same everywhere. */

const FORMS = [
  (k: number) => [`t_{${k}} = x_{${k}} + y_{${k}}`, `z_{${k}} = t_{${k}}^2`],
  (k: number) => [`u_{${k}} = w_{${k}} x_{${k}} + b_{${k}}`, `a_{${k}} = \\frac{1}{1 + e^{-u_{${k}}}}`],
  (k: number) => [`s_{${k}} = \\sqrt{x_{${k}}^2 + 1}`, `f_{${k}} = \\log(s_{${k}}) \\cdot y_{${k}}`],
]

/** A note of about ten lines a derivation: a heading, prose, two displays, values. No two editions share a formula. */
export function longNote(derivations: number, edition = 0): string {
  const lines: string[] = ['# A long note', '']
  const first = edition * derivations
  for (let k = first + 1; k <= first + derivations; k++) {
    const [one, two] = (FORMS[k % FORMS.length] as (k: number) => string[])(k)
    lines.push(`## Part ${k}`, '', `Here we look at $x_{${k}} = 0.5$ and what follows from it, *step by step*.`, '')
    lines.push(`$$${one}$$`, '', `$$${two}$$`, '', `With \`code\` and [a link](#part-${k}), and a list:`, '')
  }
  return lines.join('\n')
}

/** A file of functions in TypeScript, about six lines each; no two editions share one. */
export function longFile(functions: number, edition = 0): string {
  const lines: string[] = []
  const first = edition * functions
  for (let k = first + 1; k <= first + functions; k++) {
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

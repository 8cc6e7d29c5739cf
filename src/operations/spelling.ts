/** How functions are spelled that LaTeX and languages name alike. */
import { PRECEDENCE, type Printed } from './operation'
import { plainOperand, three } from './printing'

/** A word that LaTeX has no macro for: `\operatorname{erf}`, and what else people put around it. */
export const word = (...names: readonly [string, ...string[]]): [string, ...string[]] => {
  const [first, ...others] = names.flatMap((name) => [
    `\\operatorname{${name}}`,
    `\\mathrm{${name}}`,
    `\\text{${name}}`,
  ])
  return [first as string, ...others]
}

/** A function that JavaScript's `Math`, Python's `math` and NumPy all call by its own name. */
export const code = (name: string) => ({
  typescript: [`Math.${name}`],
  python: [name, `math.${name}`, `np.${name}`],
})

/** An expression in TypeScript of one input, which stands in brackets where it needs them. */
export const typescript = (write: (a: string) => string, precedence: number = PRECEDENCE.atom) => ({
  typescript: (inputs: readonly Printed[]): Printed => ({
    text: write(plainOperand(three(inputs)[0], PRECEDENCE.atom)),
    precedence,
  }),
})

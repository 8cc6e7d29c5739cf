/** How entries of the table print themselves: parentheses by precedence, functions, infix operators. */
import { type Attributes, PRECEDENCE, type Printed } from './operation'

/** Parentheses that grow with their content where it is tall. */
export const parenthesized = (text: string): string =>
  /\\(frac|sum|begin|sqrt|prod)/.test(text) ? `\\left(${text}\\right)` : `(${text})`

/** The LaTeX of an operand, in parentheses where it binds less tightly than `least`. */
export const operand = (printed: Printed, least: number): string =>
  printed.precedence < least ? parenthesized(printed.text) : printed.text

/** The plain text of an operand, likewise. */
export const plainOperand = (printed: Printed, least: number): string =>
  printed.precedence < least ? `(${printed.text})` : printed.text

const NONE: Printed = { text: '', precedence: PRECEDENCE.atom }
/** The inputs as three, so that an entry need not ask how many there are. */
export const three = (inputs: readonly Printed[]): [Printed, Printed, Printed] => [
  inputs[0] ?? NONE,
  inputs[1] ?? NONE,
  inputs[2] ?? NONE,
]

/** A function in LaTeX, `\sin(x)`, which is raised as `\sin^{2}(x)`. */
export const latexFunction =
  (macro: string) =>
  (inputs: readonly Printed[]): Printed => {
    const list = parenthesized(inputs.map((input) => input.text).join(', '))
    return {
      text: macro + list,
      precedence: PRECEDENCE.prefix,
      raised: (exponent) => `${macro}^{${exponent}}${list}`,
    }
  }

/** A function in plain text, `sin(x)`. */
export const plainFunction =
  (name: string) =>
  (inputs: readonly Printed[]): Printed => ({
    text: `${name}(${inputs.map((input) => input.text).join(', ')})`,
    precedence: PRECEDENCE.atom,
  })

/** A left-associative infix operator in plain text. */
export const plainInfix =
  (sign: string, precedence: number) =>
  (inputs: readonly Printed[]): Printed => {
    const [a, b] = three(inputs)
    return { text: `${plainOperand(a, precedence)} ${sign} ${plainOperand(b, precedence + 1)}`, precedence }
  }

/** The same in LaTeX. @param right how tightly the right side must bind to stand without brackets */
export const latexInfix =
  (sign: string, precedence: number, right = precedence + 1) =>
  (inputs: readonly Printed[]): Printed => {
    const [a, b] = three(inputs)
    return { text: `${operand(a, precedence)} ${sign} ${operand(b, right)}`, precedence, digit: a.digit }
  }

/** The sign of a product as its author wrote it, as LaTeX. */
export function productSign(attributes: Attributes): string | null {
  const signs: Record<string, string> = { dot: '\\cdot', star: '\\cdot', times: '\\times', hadamard: '\\odot' }
  return signs[String(attributes.sign)] ?? null
}

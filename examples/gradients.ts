/**
 * Hover over any expression in here: each function is a computational graph.
 */

/** z = t², t = x + y. @at x = -0.19, y = 0.239 */
export function chain(x: number, y: number): number {
  const t = x + y
  return t ** 2
}

/** Two apples at 100 with 10 % tax. @at price = 100, count = 2, tax = 1.1 */
export function apples(price: number, count: number, tax: number): number {
  const sum = price * count
  return sum * tax
}

/** One neuron with a squared error. @at x = 0.5, w = 1.2, b = -0.3, target = 1 */
export function neuron(x: number, w: number, b: number, target: number): number {
  const z = w * x + b
  const a = 1 / (1 + Math.exp(-z))
  return 0.5 * (a - target) ** 2
}

/** A tangent hyperbolic and its derivative, written by hand. @at x = 0.4 */
export const tanh = (x: number): number => Math.tanh(x)
export const tanhDerivative = (x: number): number => 1 - Math.tanh(x) ** 2

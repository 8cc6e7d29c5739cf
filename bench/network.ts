/** A network with two inputs, two hidden units and one output: its loss as each side of the bench wants it. */

export const INPUTS = ['x1', 'x2', 'y', 'w11', 'w12', 'w21', 'w22', 'b1', 'b2', 'v1', 'v2', 'c'] as const

/** As a function in TypeScript. */
export const SOURCE = `export function loss(${INPUTS.map((name) => `${name}: number`).join(', ')}): number {
  const h1 = Math.tanh(w11 * x1 + w12 * x2 + b1)
  const h2 = Math.tanh(w21 * x1 + w22 * x2 + b2)
  const p = v1 * h1 + v2 * h2 + c
  return (p - y) ** 2
}`

/** As one expression, without intermediate names. */
export const EXPRESSION = '(v1 * tanh(w11 * x1 + w12 * x2 + b1) + v2 * tanh(w21 * x1 + w22 * x2 + b2) + c - y)^2'

/** Value and all 12 gradients written by hand, straight on: the loss first, then in the order of `INPUTS`. */
export function byHand(at: ArrayLike<number>, out: Float64Array): Float64Array {
  const [x1, x2, y] = [at[0] as number, at[1] as number, at[2] as number]
  const [w11, w12, w21, w22] = [at[3] as number, at[4] as number, at[5] as number, at[6] as number]
  const [b1, b2, v1, v2, c] = [at[7] as number, at[8] as number, at[9] as number, at[10] as number, at[11] as number]
  const h1 = Math.tanh(w11 * x1 + w12 * x2 + b1)
  const h2 = Math.tanh(w21 * x1 + w22 * x2 + b2)
  const e = v1 * h1 + v2 * h2 + c - y
  const g = 2 * e
  const g1 = g * v1 * (1 - h1 * h1)
  const g2 = g * v2 * (1 - h2 * h2)
  out[0] = e * e
  out[1] = g1 * w11 + g2 * w21
  out[2] = g1 * w12 + g2 * w22
  out[3] = -g
  out[4] = g1 * x1
  out[5] = g1 * x2
  out[6] = g2 * x1
  out[7] = g2 * x2
  out[8] = g1
  out[9] = g2
  out[10] = g * h1
  out[11] = g * h2
  out[12] = g
  return out
}

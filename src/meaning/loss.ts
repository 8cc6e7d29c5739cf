/** Functions that the note doesn't define, of which it writes derivatives: `L` of `∂L/∂x`, `p_k` of `∂p_k/∂o_i`. */
import type { Shape } from '../operations/operation'
import type { Name } from '../reading/statement'

/** A number, or the entry of an array of functions at places. */
export interface Loss {
  readonly name: Name
  readonly at: readonly string[]
  /** Of the whole array. */
  readonly shape: Shape
}

export const numberLoss = (name: Name): Loss => ({ name, at: [], shape: [] })

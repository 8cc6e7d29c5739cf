/** What a slip is: a transformation of the right answer, with the sentence that tells it. */
import type { NodeGradient } from '../calculus/backpropagate'
import type { GraphBuilder, NodeId } from '../graph/graph'
import type { Meaning } from '../meaning/build'
import type { Slope } from '../meaning/vocabulary'

/** A wrong answer, and the sentence that tells how it came about. */
export interface Variant {
  readonly node: NodeId
  readonly sentence: string
}

/** What a slip may transform. */
export interface SlipContext {
  readonly builder: GraphBuilder
  readonly world: Meaning
  readonly truth: NodeId
  /** The right answer as the author wrote it, as it simplifies, and with names written out. */
  readonly forms: readonly NodeId[]
  /** The derivative that the truth is, where it is one of the first order. */
  readonly slope: Slope | null
  readonly gradients: ReadonlyMap<NodeId, NodeGradient>
  times(a: NodeId, b: NodeId): NodeId
  over(a: NodeId, b: NodeId): NodeId
  /** Derivative of a node on the way by the variable of the truth. */
  inner(id: NodeId): NodeId
  text(id: NodeId): string
}

export interface Slip {
  readonly name: string
  variants(context: SlipContext): Variant[]
}

/** Large graphs: formulas of gradients grow with the way to the output, so there a long one goes on under a name. */

import type { GraphBuilder, GraphNode, Name, NodeId } from '../graph/graph'
import { COPY } from '../operations/arrays'
import { isAtom } from './atoms'
import type { BackwardOptions } from './backpropagate'

/** With more written nodes than this, formulas of gradients would grow with the way to the output. */
export const LARGE = 500
/** In a large graph a longer gradient goes on under its name, `∂z/∂t`: each formula is as long as its own step. */
const LONGEST_STEP = 24

/** How the backward pass goes through a graph of so many nodes. @param of what is differentiated, for the names */
export const whereLarge = (
  builder: GraphBuilder,
  nodes: number,
  of: Name,
): Pick<BackwardOptions, 'inAnyOrder' | 'goesOnAs'> =>
  nodes > LARGE ? { inAnyOrder: true, goesOnAs: namedWhereLong(builder, of) } : {}

/** A long gradient as a node of its own, called by what it is the derivative of. */
function namedWhereLong(builder: GraphBuilder, of: Name) {
  return (id: NodeId, gradient: NodeId): NodeId => {
    const { inputs, name: own } = builder.node(id)
    if (inputs.length === 0 || treeSize(builder, gradient, LONGEST_STEP, isAtom) <= LONGEST_STEP) return gradient
    const to = own ?? UNNAMED
    const called: Name = {
      key: `d${of.key}_d${to.key}#${id}`,
      latex: `\\frac{\\partial ${of.latex}}{\\partial ${to.latex}}`,
      plain: `∂${of.plain}/∂${to.plain}`,
    }
    const shape = builder.shapeOf(gradient)
    return builder.add({ op: COPY, inputs: [gradient], name: called, shape, origin: 'derived' })
  }
}

/** What has no name, in the name of a gradient. */
export const UNNAMED: Name = { key: '', latex: '(\\cdots)', plain: '(…)' }

/** Nodes of the expression, counted up to a limit: shared parts count each time. Without leaves of its own, down to the inputs. */
export function treeSize(
  builder: GraphBuilder,
  root: NodeId,
  limit: number,
  isLeaf: (node: GraphNode) => boolean = () => false,
): number {
  let size = 0
  const stack = [root]
  while (stack.length > 0 && size <= limit) {
    size++
    const node = builder.node(stack.pop() as NodeId)
    if (!isLeaf(node)) stack.push(...node.inputs)
  }
  return size
}

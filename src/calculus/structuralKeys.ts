/** Which nodes are the same expression, wherever they are written. */
import type { GraphBuilder, NodeId } from '../graph/graph'
import { PRODUCT } from '../operations/algebra'
import type { KeyOf } from './algebra'
import { isAtom } from './atoms'
import { bottomUp } from './bottomUp'

/** Numbers that are equal where two nodes are the same expression. */
export function structuralKeys(builder: GraphBuilder): KeyOf {
  const keys = new Map<NodeId, number>()
  const numbers = new Map<string, number>()
  const intern = (text: string): number => {
    const known = numbers.get(text)
    if (known !== undefined) return known
    numbers.set(text, numbers.size)
    return numbers.size - 1
  }
  const compute = (id: NodeId): number => {
    const node = builder.node(id)
    if (isAtom(node)) return intern(`#${id}`)
    if (node.op === 'constant') return intern(`=${node.attributes.value}`)
    const attributes = node.op === PRODUCT ? '' : JSON.stringify(node.attributes)
    return intern(`${node.op}(${node.inputs.map((input) => keys.get(input)).join()})${attributes}`)
  }
  return (root) => {
    const known = keys.get(root)
    if (known !== undefined) return known
    bottomUp(
      builder,
      root,
      keys,
      (id) => keys.set(id, compute(id)),
      (node) => !isAtom(node),
    )
    return keys.get(root) as number
  }
}

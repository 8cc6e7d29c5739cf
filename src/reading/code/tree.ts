/** Small questions about Lezer's syntax trees. */

import type { SyntaxNode } from '@lezer/common'

/** The children of a node, in order. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child)
  return children
}

/** Children that are neither comments nor marks of an error. */
export const partsOf = (node: SyntaxNode): SyntaxNode[] =>
  childrenOf(node).filter((child) => !isComment(child) && !child.type.isError)

export const isComment = (node: SyntaxNode): boolean => /^(Block|Line)?Comment$/.test(node.name)

export const childNamed = (node: SyntaxNode, ...names: string[]): SyntaxNode | null =>
  childrenOf(node).find((child) => names.includes(child.name)) ?? null

/** The node without the parentheses and type marks around it. */
export function bare(node: SyntaxNode): SyntaxNode {
  let inner = node
  for (let depth = 0; depth < 50; depth++) {
    const next = unwrapOnce(inner)
    if (!next) return inner
    inner = next
  }
  return inner
}

function unwrapOnce(node: SyntaxNode): SyntaxNode | null {
  if (node.name === 'ParenthesizedExpression') return partsOf(node)[1] ?? null
  if (node.name === 'BinaryExpression' && childNamed(node, 'as', 'satisfies')) return partsOf(node)[0] ?? null
  if (node.name === 'PostfixExpression' && childNamed(node, 'LogicOp')) return partsOf(node)[0] ?? null
  if (node.name === 'InstantiationExpression') return partsOf(node)[0] ?? null
  return null
}

/** Calls `see` for each node below `node`; stops going down where it returns false. */
export function walk(node: SyntaxNode, see: (node: SyntaxNode) => boolean | undefined): void {
  const stack = [node]
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (see(top) === false) continue
    for (let child = top.lastChild; child; child = child.prevSibling) stack.push(child)
  }
}

export function hasError(node: SyntaxNode): boolean {
  let found = false
  walk(node, (part) => {
    found ||= part.type.isError
    return !found
  })
  return found
}

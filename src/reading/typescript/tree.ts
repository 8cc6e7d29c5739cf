/** Small questions about Lezer's syntax trees, and where the tree of a broken file comes from. */

import type { SyntaxNode } from '@lezer/common'
import { parser } from '@lezer/javascript'

const MIXED = parser.configure({ dialect: 'ts jsx' })
const PLAIN = parser.configure({ dialect: 'ts' })

/** A file as code is read from it: all offsets are offsets of `text`. */
export interface SourceText {
  readonly text: string
  /** Statements of the top level, in order. */
  readonly statements: readonly SyntaxNode[]
}

/** The children of a node, in order. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child)
  return children
}

/** Children that are neither comments nor marks of an error. */
export const partsOf = (node: SyntaxNode): SyntaxNode[] =>
  childrenOf(node).filter((child) => !isComment(child) && !child.type.isError)

export const isComment = (node: SyntaxNode): boolean => node.name === 'BlockComment' || node.name === 'LineComment'

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

/** A line at which a top-level statement can begin, however broken the text above it is. */
const FRESH_START =
  /^(?:export|import|function|async function|class|abstract|const|let|var|interface|type|enum|module\.|exports\.|\/\*\*)/gm
const MAX_PIECES = 60

/**
 * Parses a file. A statement that is being typed swallows what follows it; there the text is cut at lines that look
 * like a new beginning, and each piece is read by itself.
 */
export function parseSource(text: string): SourceText {
  const whole = parseBest(text)
  const statements: SyntaxNode[] = []
  for (const node of childrenOf(whole)) {
    if (isComment(node) || node.type.isError) continue
    if (!hasError(node)) statements.push(node)
    else statements.push(...repaired(text, node))
  }
  return { text, statements }
}

function parseBest(text: string): SyntaxNode {
  const mixed = MIXED.parse(text).topNode
  if (!hasError(mixed) || !/<\w+>/.test(text)) return mixed
  // `<T>(x: T) => x` and `<number>x` are JSX to the one and types to the other.
  const plain = PLAIN.parse(text).topNode
  return hasError(plain) ? mixed : plain
}

function repaired(text: string, node: SyntaxNode): SyntaxNode[] {
  const cuts = [...text.slice(node.from, node.to).matchAll(FRESH_START)].map((match) => node.from + match.index)
  if (cuts[0] !== node.from) cuts.unshift(node.from)
  if (cuts.length < 2 || cuts.length > MAX_PIECES) return [node]
  const found: SyntaxNode[] = []
  cuts.forEach((from, index) => {
    const to = cuts[index + 1] ?? node.to
    // Blanks before the piece keep its offsets those of the file.
    const tree = MIXED.parse(' '.repeat(from) + text.slice(from, to)).topNode
    for (const child of childrenOf(tree)) if (!isComment(child) && !child.type.isError) found.push(child)
  })
  return found
}

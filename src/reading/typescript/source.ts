/** The statements of a file, also of one that is being typed. */
import type { SyntaxNode } from '@lezer/common'
import { parser } from '@lezer/javascript'
import { factsOf } from './facts'
import { parsed } from './parsed'
import { childrenOf, hasError, isComment } from './tree'

const MIXED = parser.configure({ dialect: 'ts jsx' })
const PLAIN = parser.configure({ dialect: 'ts' })

/** A file as code is read from it: all offsets are offsets of `text`. */
export interface SourceText {
  readonly text: string
  /** Statements of the top level, in order. */
  readonly statements: readonly SyntaxNode[]
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
    if (!factsOf(node, text).broken) statements.push(node)
    else statements.push(...repaired(text, node))
  }
  return { text, statements }
}

function parseBest(text: string): SyntaxNode {
  const mixed = parsed(text).topNode
  if (!/<\w+>/.test(text) || !hasError(mixed)) return mixed
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

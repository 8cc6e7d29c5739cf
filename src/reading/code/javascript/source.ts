/** A file in JavaScript or TypeScript as statements of the core language, also one that is being typed. */
import type { SyntaxNode } from '@lezer/common'
import { parser } from '@lezer/javascript'
import type { Span, Statement, TopLevel } from '../core'
import { commentAbove, type Source, spanOf } from '../lowering'
import { childNamed, childrenOf, hasError, isComment, partsOf, walk } from '../tree'
import { declaredNames } from './declared'
import { factsOf } from './facts'
import { parsed } from './parsed'
import { exportsOf, statementOf } from './statements'

const MIXED = parser.configure({ dialect: 'ts jsx' })
const PLAIN = parser.configure({ dialect: 'ts' })

/** A line at which a top-level statement can begin, however broken the text above it is. */
const FRESH_START =
  /^(?:export|import|function|async function|class|abstract|const|let|var|interface|type|enum|module\.|exports\.|\/\*\*)/gm
const MAX_PIECES = 60

/**
 * Reads a file. A statement that is being typed swallows what follows it; there the text is cut at lines that look like
 * a new beginning, and each piece is read by itself.
 */
export function readJavaScript(text: string): TopLevel[] {
  const { shown, tree } = withNamedTargets(flattened(text))
  const source: Source = { text, expressionAt: (span) => expressionAt(text, span), nesting: { depth: 0 } }
  const tops: TopLevel[] = []
  for (const node of childrenOf(tree)) {
    if (isComment(node) || node.type.isError) continue
    const pieces = factsOf(node, text).broken ? repaired(shown, node) : [node]
    for (const piece of pieces) tops.push(topLevel(source, piece))
  }
  return tops
}

function topLevel(source: Source, node: SyntaxNode): TopLevel {
  let lowered: readonly Statement[] | null = null
  const specifier = node.name === 'ImportDeclaration' ? childNamed(node, 'String') : null
  return {
    ...spanOf(node),
    ...commentAbove(node),
    facts: factsOf(node, source.text),
    exported: node.name === 'ExportDeclaration',
    exports: exportsOf(source, node),
    declares: declaredNames(node, source.text),
    setsPart: node.name === 'ExpressionStatement' && childNamed(node, 'AssignmentExpression') !== null,
    fixed: !/^(export\s+)?(let|var)\b/.test(source.text.slice(node.from, node.from + 40)),
    imports: specifier && source.text.slice(specifier.from + 1, specifier.to - 1),
    statements: () => {
      lowered ??= statementOf(source, node)
      return lowered
    },
  }
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

/** Brackets in brackets that the parser's own stack surely holds. */
const DEEPEST_BRACKETS = 1_000

/** The text with a name of the same length for whatever stands deeper in brackets than anyone writes. */
function flattened(text: string): string {
  let depth = 0
  let from = -1
  let shown = ''
  let done = 0
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === '(' || char === '[' || char === '{') {
      if (++depth === DEEPEST_BRACKETS) from = at
    } else if ((char === ')' || char === ']' || char === '}') && depth > 0 && depth-- === DEEPEST_BRACKETS) {
      shown += text.slice(done, from) + '_'.repeat(at + 1 - from)
      done = at + 1
    }
  }
  return done === 0 ? text : shown + text.slice(done)
}

/** `[a[0], o.p] = …`: a pattern whose targets are parts of objects, which the parser doesn't know. */
const MAYBE_TARGETS = /[\]}]\s*=(?![=>])/
/** Patterns in patterns need a round each. */
const MOST_ROUNDS = 4

/** The text with a name of the same length for each part of an object that a pattern writes to, and its tree. */
function withNamedTargets(text: string): { readonly shown: string; readonly tree: SyntaxNode } {
  let shown = text
  let tree = parseBest(text)
  for (let round = 0; round < MOST_ROUNDS && MAYBE_TARGETS.test(text); round++) {
    const targets = targetsIn(tree)
    if (targets.length === 0) break
    for (const { from, to } of targets) shown = shown.slice(0, from) + '_'.repeat(to - from) + shown.slice(to)
    tree = parseBest(shown)
  }
  return { shown, tree }
}

/** Parts of objects in a list or record behind which the parser didn't expect the `=` that stands there. */
function targetsIn(tree: SyntaxNode): Span[] {
  const targets: Span[] = []
  walk(tree, (node) => {
    if (!node.type.isError || node.firstChild?.name !== 'Equals') return true
    const before = node.prevSibling
    if (before && /^(ArrayExpression|ObjectExpression)$/.test(before.name)) targets.push(...placesIn(before))
    return false
  })
  return targets
}

function placesIn(node: SyntaxNode): Span[] {
  if (node.name === 'MemberExpression') return [spanOf(node)]
  if (node.name === 'ArrayExpression' || node.name === 'ObjectExpression') return partsOf(node).flatMap(placesIn)
  const last = partsOf(node).at(node.name === 'AssignmentExpression' ? 0 : -1)
  return last && /^(Property|AssignmentExpression)$/.test(node.name) ? placesIn(last) : []
}

function expressionAt(text: string, { from, to }: Span): SyntaxNode | null {
  const tree = MIXED.parse(' '.repeat(from) + text.slice(from, to)).topNode
  return tree.firstChild?.name === 'ExpressionStatement' ? tree.firstChild.firstChild : null
}

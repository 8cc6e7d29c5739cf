/** A file in Python as statements of the core language, also one that is being typed, or a cell of a notebook. */
import type { SyntaxNode } from '@lezer/common'
import { parser } from '@lezer/python'
import type { Facts, Statement, TopLevel } from '../core'
import { type Source, spanOf, written } from '../lowering'
import { declaredNames } from '../scope'
import { childrenOf, hasError, isComment, partsOf, walk } from '../tree'
import { documentationOf, statementOf } from './statements'

/** Where a top-level statement can begin, with the comments above it, however broken the text before it is. */
const FRESH_START = /^(?:#.*\n)*(?:def|class|import|from|@\w|[A-Za-z_]\w*\s*=)/gm
const MAX_PIECES = 60

/**
 * Reads a file. A bracket that is still open swallows what follows it; there the text is cut at lines that look like a new
 * beginning, and each piece is read by itself.
 */
export function readPython(text: string): TopLevel[] {
  const shown = withoutBarePoints(withoutCommands(text))
  const source: Source = { text, expressionAt: () => null, nesting: { depth: 0 } }
  const nodes = childrenOf(parser.parse(shown).topNode).filter((node) => !isComment(node) && !node.type.isError)
  const tops = nodes
    .flatMap((node) => (hasError(node) ? repaired(shown, node) : [node]))
    .flatMap((node) => (node.name === 'StatementGroup' ? partsOf(node) : [node]))
    .filter(({ name }) => name !== ';')
    .map((node) => topLevel(source, node))
  return withChanging(tops)
}

/** Blanks instead of `%matplotlib inline`, `!pip install`, `>>> `: what shells and notebooks add to Python. */
const withoutCommands = (text: string): string =>
  text.replace(/^([ \t]*)([%!?].*|>>> ?|\.\.\. ?)/gm, (line) => ' '.repeat(line.length))

/**
 * `2.` is a number that the grammar doesn't know: it reads a member of 2 that is being typed. The point is left out, in place of
 * `1.e-3` stands `1e-03`, and every offset stays.
 */
const withoutBarePoints = (text: string): string =>
  text.replace(/(?<![\w.])(\d[\d_]*)\.(?:(?![\w.])|([eE][+-]?)(?=\d))/g, (_number, digits, exponent) =>
    exponent === undefined ? `${digits} ` : `${digits}${exponent}0`,
  )

function repaired(text: string, node: SyntaxNode): SyntaxNode[] {
  const cuts = [...text.slice(node.from, node.to).matchAll(FRESH_START)].map((match) => node.from + match.index)
  if (cuts[0] !== node.from) cuts.unshift(node.from)
  if (cuts.length < 2 || cuts.length > MAX_PIECES) return [node]
  return cuts.flatMap((from, index) => {
    // Blank lines before the piece keep its offsets those of the file.
    const tree = parser.parse('\n'.repeat(from) + text.slice(from, cuts[index + 1] ?? node.to)).topNode
    return childrenOf(tree).filter((child) => !isComment(child) && !child.type.isError)
  })
}

function topLevel(source: Source, node: SyntaxNode): TopLevel {
  let lowered: readonly Statement[] | null = null
  const statements = () => {
    lowered ??= statementOf(source, node)
    return lowered
  }
  return {
    ...spanOf(node),
    ...documentationOf(source, node),
    facts: factsOf(source, node),
    exported: false,
    exports: [],
    declares: /^(Assign|Import|Function|Class|Decorated)/.test(node.name) ? statements().flatMap(declaredNames) : [],
    setsPart: false,
    fixed: !/^Assign/.test(node.name),
    imports:
      node.name === 'ImportStatement'
        ? (/^\s*(?:from|import)\s+([\w.]+)/.exec(written(source, node))?.[1] ?? null)
        : null,
    statements,
  }
}

let nextId = 1
let known = new Map<string, Facts>()
const MOST = 5_000

/** What the text of a statement says; the same for the same text. */
function factsOf(source: Source, node: SyntaxNode): Facts {
  const own = written(source, node)
  const found = known.get(own)
  if (found) return found
  let hasFunctions = false
  const changing = new Set<string>()
  walk(node, (part) => {
    hasFunctions ||= part.name === 'ParamList'
    if (part.name === 'ScopeStatement' || part.name === 'UpdateStatement')
      for (const child of partsOf(part).slice(0, part.name === 'ScopeStatement' ? undefined : 1))
        if (
          child.name === 'VariableName' &&
          (part.name === 'ScopeStatement' || part.parent === null || !isInFunction(part))
        )
          changing.add(written(source, child))
    return true
  })
  const mutating = mutatedIn(source, node)
  const words = new Set(own.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [])
  const facts: Facts = { id: nextId++, broken: hasError(node), hasFunctions, changing: [...changing], mutating, words }
  if (known.size >= MOST) known = new Map()
  known.set(own, facts)
  return facts
}

/** Methods that change the list or dictionary that they are called on. */
const CHANGES = /^(append|extend|insert|pop|popitem|remove|clear|update|setdefault|sort|reverse|fill)$/

/** Names of which a part is set, `params['W'] -= …`, or that are changed by a method, `xs.append(…)`. */
function mutatedIn(source: Source, node: SyntaxNode): Facts['mutating'] {
  const outer = new Set<string>()
  walk(node, (part) => {
    const name = mutatedName(source, part)
    if (name !== null) outer.add(name)
    return true
  })
  return { outer: [...outer], own: [] }
}

function mutatedName(source: Source, node: SyntaxNode): string | null {
  const target = node.firstChild
  if (target?.name !== 'MemberExpression') return null
  const isSet = /^(Assign|Update)Statement$/.test(node.name)
  const method = target.lastChild?.name === 'PropertyName' ? written(source, target.lastChild) : ''
  if (!isSet && !(node.name === 'CallExpression' && CHANGES.test(method))) return null
  let root: SyntaxNode | null = target
  while (root?.name === 'MemberExpression') root = root.firstChild
  return root?.name === 'VariableName' ? written(source, root) : null
}

function isInFunction(node: SyntaxNode): boolean {
  for (let at = node.parent; at; at = at.parent) if (at.name === 'FunctionDefinition') return true
  return false
}

/** A name that several statements of the top level assign to has no value that a function can rely on. */
function withChanging(tops: readonly TopLevel[]): TopLevel[] {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const { declares, fixed } of tops)
    for (const name of fixed ? [] : declares) {
      if (seen.has(name)) twice.add(name)
      seen.add(name)
    }
  if (twice.size === 0) return [...tops]
  return tops.map((top) => {
    const own = top.declares.filter((name) => !top.fixed && twice.has(name))
    return own.length === 0 ? top : { ...top, facts: { ...top.facts, changing: [...top.facts.changing, ...own] } }
  })
}

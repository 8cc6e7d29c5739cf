/** What is known of a statement by its text alone, and kept while that text stays the same. */
import type { SyntaxNode } from '@lezer/common'
import type { Facts } from '../core'
import { childNamed, hasError, partsOf, walk } from '../tree'

let known = new Map<string, Facts>()
let older = new Map<string, Facts>()
let nextId = 1
/** Then the older half is forgotten. */
const MOST = 20_000

export function factsOf(node: SyntaxNode, text: string): Facts {
  const own = text.slice(node.from, node.to)
  const facts = known.get(own) ?? older.get(own) ?? readFacts(node, text, own)
  known.set(own, facts)
  if (known.size > MOST) {
    older = known
    known = new Map()
  }
  return facts
}

function readFacts(node: SyntaxNode, text: string, own: string): Facts {
  const changing = new Set<string>()
  const outer = new Set<string>()
  const inner = new Set<string>()
  let hasFunctions = false
  walk(node, (part) => {
    hasFunctions ||= part.name === 'ParamList'
    for (const name of assignedNames(part, text)) changing.add(name)
    const object = mutatedName(part, node, text)
    if (object !== null) (isDeclaredAround(part, node, object, text) ? inner : outer).add(object)
    return true
  })
  const words = new Set(own.match(/[\p{L}_$#][\p{L}\p{N}_$]*/gu) ?? [])
  const mutating = { outer: [...outer], own: [...inner] }
  return { id: nextId++, broken: hasError(node), hasFunctions, changing: [...changing], mutating, words }
}

/** What an assignment or an increment writes to. */
function targetOf(node: SyntaxNode, text: string): SyntaxNode | null {
  const [first, second] = partsOf(node)
  if (node.name === 'AssignmentExpression') return first ?? null
  const operator = node.name === 'PostfixExpression' ? second : node.name === 'UnaryExpression' ? first : null
  const spelling = operator ? text.slice(operator.from, operator.to) : ''
  if (spelling === 'delete') return second ?? null
  if (!operator || !/^(\+\+|--)$/.test(spelling)) return null
  const target = node.name === 'PostfixExpression' ? first : second
  // The parser reads `-y++` as `(-y)++`.
  return target?.name === 'UnaryExpression' ? (partsOf(target)[1] ?? null) : (target ?? null)
}

function assignedNames(node: SyntaxNode, text: string): string[] {
  const target = targetOf(node, text)
  if (target?.name === 'VariableName') return [text.slice(target.from, target.to)]
  if (!target || !/Pattern$/.test(target.name)) return []
  const names: string[] = []
  walk(target, (part) => {
    if (part.name === 'VariableDefinition') names.push(text.slice(part.from, part.to))
    return true
  })
  return names
}

/** Methods that change the list that they are called on. */
const CHANGES = /^(push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set)$/

/** The object of which a node changes a part; a plain `a.b = …` as a statement of the module is none. */
function mutatedName(node: SyntaxNode, statement: SyntaxNode, text: string): string | null {
  if (node.name === 'CallExpression') return mutatedByCall(node, text)
  const target = targetOf(node, text)
  if (target?.name !== 'MemberExpression') return null
  const isPlain = node.parent?.from === statement.from && node.parent.to === statement.to
  return isPlain && partsOf(node)[1]?.name === 'Equals' ? null : rootName(target, text)
}

function mutatedByCall(node: SyntaxNode, text: string): string | null {
  const [callee] = partsOf(node)
  if (callee?.name !== 'MemberExpression') return null
  const property = partsOf(callee).at(-1)
  const method = property?.name === 'PropertyName' ? text.slice(property.from, property.to) : ''
  if (method !== 'assign') return CHANGES.test(method) ? rootName(callee, text) : null
  const first = node.lastChild && partsOf(node.lastChild)[1]
  return first ? rootName(first, text) : null
}

function rootName(place: SyntaxNode, text: string): string | null {
  let root: SyntaxNode | null = place
  while (root?.name === 'MemberExpression') root = root.firstChild
  return root?.name === 'VariableName' ? text.slice(root.from, root.to) : null
}

/** Whether the function right around a node declares a name. */
function isDeclaredAround(node: SyntaxNode, statement: SyntaxNode, name: string, text: string): boolean {
  let around = node.parent
  while (around && around.from >= statement.from && around.to <= statement.to && !childNamed(around, 'ParamList'))
    around = around.parent
  if (!around || around.from < statement.from || around.to > statement.to) return false
  let declares = false
  walk(around, (part) => {
    declares ||= part.name === 'VariableDefinition' && text.slice(part.from, part.to) === name
    return !declares
  })
  return declares
}

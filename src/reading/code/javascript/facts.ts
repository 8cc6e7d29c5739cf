/** What is known of a statement by its text alone, and kept while that text stays the same. */
import type { SyntaxNode } from '@lezer/common'
import type { Facts } from '../core'
import { hasError, partsOf, walk } from './tree'

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
  let hasFunctions = false
  walk(node, (part) => {
    hasFunctions ||= part.name === 'ParamList'
    const target = assignedName(part, text)
    if (target !== null) changing.add(target)
    return true
  })
  const words = new Set(own.match(/[\p{L}_$#][\p{L}\p{N}_$]*/gu) ?? [])
  return { id: nextId++, broken: hasError(node), hasFunctions, changing: [...changing], words }
}

function assignedName(node: SyntaxNode, text: string): string | null {
  if (!/^(AssignmentExpression|PostfixExpression|UnaryExpression)$/.test(node.name)) return null
  const parts = partsOf(node)
  const target = parts.find((part) => part.name === 'VariableName' || part.name === 'MemberExpression')
  const operator = parts.find((part) => /^(Equals|UpdateOp|ArithOp)$/.test(part.name))
  if (target?.name !== 'VariableName' || !operator) return null
  if (operator.name === 'ArithOp' && !/\+\+|--/.test(text.slice(operator.from, operator.to))) return null
  return text.slice(target.from, target.to)
}

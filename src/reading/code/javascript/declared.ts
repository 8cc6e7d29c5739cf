/** Which names a statement of a syntax tree declares. */
import type { SyntaxNode } from '@lezer/common'
import { childNamed, childrenOf, partsOf } from '../tree'

/** The names that a pattern binds: `a` and `b` of `{ a, x: [b = 1] }`. */
function boundNames(pattern: SyntaxNode, text: string): string[] {
  if (pattern.name === 'VariableDefinition') return [text.slice(pattern.from, pattern.to)]
  if (!['ObjectPattern', 'ArrayPattern', 'PatternProperty', 'ImportGroup'].includes(pattern.name)) return []
  return childrenOf(pattern).flatMap((child) => boundNames(child, text))
}

/** Names that a statement declares, or of whose parts it sets one: `sigmoid` of `sigmoid.derivative = …`. */
export function declaredNames(statement: SyntaxNode, text: string): string[] {
  switch (statement.name) {
    case 'ExportDeclaration': {
      const inner = partsOf(statement).flatMap((part) =>
        /Declaration$/.test(part.name) ? declaredNames(part, text) : [],
      )
      return childNamed(statement, 'default') ? [...inner, 'default'] : inner
    }
    case 'VariableDeclaration':
    case 'ImportDeclaration':
      return childrenOf(statement).flatMap((child) => boundNames(child, text))
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'EnumDeclaration': {
      const name = childNamed(statement, 'VariableDefinition', 'TypeDefinition')
      return name ? [text.slice(name.from, name.to)] : []
    }
    case 'ExpressionStatement': {
      const assignment = childNamed(statement, 'AssignmentExpression')
      const root = assignment ? /^[\w$]+/.exec(text.slice(assignment.from, assignment.to))?.[0] : undefined
      return root === undefined ? [] : [root]
    }
    default:
      return []
  }
}

/** Which variable a name of code means. */
import type { SyntaxNode } from '@lezer/common'
import type { SourceFile } from './file'
import type { Program } from './machine'
import { childNamed, childrenOf, partsOf } from './tree'

/** A variable: where its value is kept, and how it was declared. */
export interface Variable {
  readonly cell: number
  readonly name: string
  /** The file whose module, or a function around the one that is read, declares it; `null`: a local. */
  readonly file: SourceFile | null
  /** Of a module, and assigned to after its declaration: its value can't be relied on. */
  readonly changing: boolean
  /** The counter of a loop: its uses are numbers. */
  counter: boolean
}

export interface Scope {
  readonly parent: Scope | null
  readonly variables: Map<string, Variable>
}

export const childScope = (parent: Scope | null): Scope => ({ parent, variables: new Map() })

export function lookUp(scope: Scope, name: string): Variable | null {
  for (let at: Scope | null = scope; at; at = at.parent) {
    const variable = at.variables.get(name)
    if (variable) return variable
  }
  return null
}

/** Declares a local variable; one of the same scope is declared again. */
export function declareIn(scope: Scope, name: string, program: Program): Variable {
  const known = scope.variables.get(name)
  if (known) return known
  const variable = { cell: program.nextCell++, name, file: null, changing: false, counter: false }
  scope.variables.set(name, variable)
  program.names.set(variable.cell, name)
  return variable
}

/** The names that a pattern binds: `a` and `b` of `{ a, x: [b = 1] }`. */
export function boundNames(pattern: SyntaxNode, text: string): string[] {
  if (pattern.name === 'VariableDefinition') return [text.slice(pattern.from, pattern.to)]
  if (!['ObjectPattern', 'ArrayPattern', 'PatternProperty', 'ParamList'].includes(pattern.name)) return []
  return childrenOf(pattern).flatMap((child) => boundNames(child, text))
}

/** Names that a statement declares in its block: functions, classes, `const`, `let`, imports. */
export function declaredNames(statement: SyntaxNode, text: string): string[] {
  switch (statement.name) {
    case 'ExportDeclaration':
      return partsOf(statement).flatMap((part) => (part.name === 'ExportGroup' ? [] : declaredNames(part, text)))
    case 'VariableDeclaration':
      return childrenOf(statement).flatMap((child) => boundNames(child, text))
    case 'FunctionDeclaration':
    case 'ClassDeclaration': {
      const name = childNamed(statement, 'VariableDefinition')
      return name ? [text.slice(name.from, name.to)] : []
    }
    case 'EnumDeclaration': {
      const name = childNamed(statement, 'TypeDefinition')
      return name ? [text.slice(name.from, name.to)] : []
    }
    case 'ImportDeclaration':
      return partsOf(statement).flatMap((part) =>
        part.name === 'ImportGroup'
          ? childrenOf(part).flatMap((child) => boundNames(child, text))
          : boundNames(part, text),
      )
    default:
      return []
  }
}

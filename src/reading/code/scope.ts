/** Which variable a name of code means. */
import type { Pattern, Statement } from './core'
import type { SourceFile } from './file'
import type { Program } from './machine'

/** A variable: where its value is kept, and how it was declared. */
export interface Variable {
  readonly cell: number
  readonly name: string
  /** The file whose module, or a function around the one that is read, declares it; `null`: a local. */
  readonly file: SourceFile | null
  /** Of a module, and assigned to after its declaration: its value can't be relied on. */
  readonly changing: boolean
  /** Of a module, an object of which something changes parts: they can't be relied on either. */
  readonly mutated?: boolean
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

/** The names that a pattern binds, each with where it stands. */
export function namesBound(pattern: Pattern): (Pattern & { readonly kind: 'name' })[] {
  switch (pattern.kind) {
    case 'name':
      return [pattern]
    case 'place':
      return []
    case 'listPattern':
      return pattern.items.flatMap((item) => (item ? namesBound(item.pattern) : []))
    case 'recordPattern':
      return pattern.fields.flatMap((field) => namesBound(field.pattern))
  }
}

/** Names that a statement declares in its block: functions, classes, `const`, `let`, imports. */
export function declaredNames(statement: Statement): string[] {
  switch (statement.kind) {
    case 'let':
      return namesBound(statement.pattern).map(({ name }) => name)
    case 'function':
    case 'class':
      return statement.code.name === null ? [] : [statement.code.name]
    case 'import':
      return statement.names.map(({ local }) => local)
    default:
      return []
  }
}

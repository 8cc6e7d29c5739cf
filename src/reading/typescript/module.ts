/** Opens a file: its variables are read when first asked for, its imports through a resolver. */
import type { SyntaxNode } from '@lezer/common'
import { classObject } from './classes'
import { evaluate } from './expression'
import { factsOf } from './facts'
import type { SourceFile } from './file'
import { allocate, known, newMachine, type Program } from './machine'
import { boundNames, childScope, declaredNames, lookUp, type Scope } from './scope'
import { parseSource } from './source'
import { runDeclaration } from './statements'
import { childNamed, childrenOf, partsOf } from './tree'
import { NOTHING, opaque, type Value } from './value'

/** Text of a file that another one imports; `null` where it can't be had. */
export type Resolve = (specifier: string) => string | null

export function openFile(program: Program, text: string, resolve: Resolve): SourceFile {
  const { statements } = parseSource(text)
  const imports = new Map<string, SourceFile | null>()
  const scope = childScope(null)
  const file: SourceFile = {
    text,
    statements,
    scope,
    pending: new Map(),
    assigned: new Map(),
    prefixes: new Map(),
    prototypes: new Map(),
    changing: new Set(),
    resolve: (specifier) => {
      if (!imports.has(specifier)) {
        imports.set(specifier, null)
        const imported = resolve(specifier)
        if (imported !== null)
          imports.set(
            specifier,
            openFile(program, imported, () => null),
          )
      }
      return imports.get(specifier) ?? null
    },
  }
  for (const statement of statements) collectAssignments(file, statement)
  declareAll(program, file, statements, scope)
  return file
}

/** Which names functions assign to, and what statements of the module assign to `a.b`. */
function collectAssignments(file: SourceFile, statement: SyntaxNode): void {
  for (const name of factsOf(statement, file.text).changing) file.changing.add(name)
  const expression = statement.name === 'ExpressionStatement' ? partsOf(statement)[0] : null
  if (expression?.name !== 'AssignmentExpression') return
  const [target, , source] = partsOf(expression)
  if (target?.name === 'MemberExpression' && source) file.assigned.set(file.text.slice(target.from, target.to), source)
}

/** Declares what statements declare, in a scope that outlives the functions in it. */
export function declareAll(program: Program, file: SourceFile, statements: readonly SyntaxNode[], scope: Scope): void {
  for (const statement of statements) {
    const names = declaredNames(statement, file.text)
    const declaration = statement.name === 'ExportDeclaration' ? declarationIn(statement) : statement
    if (names.length === 0 || !declaration) continue
    let done = false
    const declare = () => {
      if (!done) {
        done = true
        initialize(program, file, declaration, scope)
      }
    }
    const fixed = declaration.firstChild?.name === 'const' || declaration.name !== 'VariableDeclaration'
    for (const name of names) {
      const changing = !fixed && file.changing.has(name)
      const variable = { cell: program.nextCell++, name, file, changing, counter: false }
      scope.variables.set(name, variable)
      file.pending.set(variable.cell, declare)
    }
  }
}

const declarationIn = (statement: SyntaxNode): SyntaxNode | null =>
  childNamed(statement, 'VariableDeclaration', 'FunctionDeclaration', 'ClassDeclaration', 'EnumDeclaration')

function initialize(program: Program, file: SourceFile, declaration: SyntaxNode, scope: Scope): void {
  const machine = newMachine(program, file, null, 'drop')
  const place = { scope, self: null }
  const put = (name: string | undefined, value: Value) => {
    const variable = name === undefined ? null : lookUp(scope, name)
    if (variable) program.root.own.set(variable.cell, value)
  }
  const [name = ''] = declaredNames(declaration, file.text)
  switch (declaration.name) {
    case 'VariableDeclaration':
      runDeclaration(machine, declaration, place)
      return
    case 'FunctionDeclaration':
      put(name, { kind: 'closure', node: declaration, file, scope, name, self: null })
      return
    case 'ClassDeclaration':
      put(name, classObject(machine, declaration, scope, true))
      return
    case 'EnumDeclaration':
      put(name, enumObject(machine, declaration, place.scope))
      return
    case 'ImportDeclaration':
      importNames(program, file, declaration, put)
      return
    default:
      for (const declared of declaredNames(declaration, file.text)) put(declared, opaque('not supported'))
  }
}

function enumObject(machine: ReturnType<typeof newMachine>, declaration: SyntaxNode, scope: Scope): Value {
  const fields = new Map<string, Value>()
  const body = childNamed(declaration, 'EnumBody')
  const parts = body ? partsOf(body) : []
  let next = 0
  parts.forEach((part, index) => {
    if (part.name !== 'PropertyName') return
    const written = parts[index + 1]?.name === 'Equals' ? parts[index + 2] : undefined
    const value = written ? evaluate(machine, written, { scope, self: null }) : known(next, machine.site)
    if (value.kind === 'number' && value.known !== undefined) next = value.known + 1
    fields.set(machine.file.text.slice(part.from, part.to), value)
  })
  return allocate(machine, { kind: 'record', fields, label: null, open: false })
}

function importNames(
  program: Program,
  file: SourceFile,
  declaration: SyntaxNode,
  put: (name: string | undefined, value: Value) => void,
): void {
  const source = childNamed(declaration, 'String')
  const target = source ? file.resolve(file.text.slice(source.from + 1, source.to - 1)) : null
  const group = childNamed(declaration, 'ImportGroup')
  if (!target || !group) {
    for (const name of declaredNames(declaration, file.text)) put(name, opaque('function of another file'))
    return
  }
  const parts = partsOf(group)
  parts.forEach((part, index) => {
    if (part.name !== 'VariableDefinition') return
    const local = file.text.slice(part.from, part.to)
    const before = parts[index - 2]
    const renamed = parts[index - 1]?.name === 'as' && before
    const exported = renamed ? file.text.slice(before.from, before.to) : local
    put(local, exportedValue(program, target, exported))
  })
  for (const child of childrenOf(declaration))
    if (child.name === 'VariableDefinition')
      for (const name of boundNames(child, file.text)) put(name, opaque('function of another file'))
}

function exportedValue(program: Program, file: SourceFile, name: string): Value {
  const variable = lookUp(file.scope, name)
  if (!variable || variable.changing) return opaque('function of another file')
  file.pending.get(variable.cell)?.()
  const content = program.root.own.get(variable.cell)
  if (!content || content.kind === 'list' || content.kind === 'record') return NOTHING
  return content
}

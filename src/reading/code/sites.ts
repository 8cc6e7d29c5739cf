/** Where functions stand in a file, and what each is called. */
import type { FunctionCode, LetStatement, Span, Statement, TopLevel } from './core'
import type { SourceFile } from './file'
import type { Program } from './machine'
import { declareAll } from './module'
import { nameOf } from './names'
import { childScope, namesBound, type Scope } from './scope'
import { type Around, type Called, type Holder, nobody, type Site, type Visitor } from './site'
import { visitClass, visitValue } from './siteValues'
import type { Value } from './value'

const DEEPEST = 40

/** Calls `see` for each function of a statement; where it returns false, the functions inside are visited too. */
export function visitFunctions(
  program: Program,
  file: SourceFile,
  top: TopLevel,
  exportedNames: ReadonlySet<string>,
  see: (site: Site) => boolean,
  seeHolder: (holder: Holder) => void = () => {},
): void {
  const visit: Visitor = { program, file, exportedNames, see, seeHolder, depth: 0 }
  const around = { scope: file.scope, exported: top.exported, comment: top.comment ?? null, self: nobody, group: null }
  for (const statement of top.statements()) visitStatement(visit, statement, around)
}

function visitStatement(visit: Visitor, statement: Statement, around: Around): void {
  if (visit.depth > DEEPEST) return
  visit.depth++
  statementOf(visit, statement, around)
  visit.depth--
}

function statementOf(visit: Visitor, statement: Statement, around: Around): void {
  switch (statement.kind) {
    case 'function': {
      const { code } = statement
      visitFunction(visit, code, code.nameSpan ?? { from: code.from, to: code.from }, code.name ?? 'default', around)
      return
    }
    case 'let':
      visitLet(visit, statement, around)
      return
    case 'class':
      visitClass(visit, statement.code, around)
      return
    case 'expression':
    case 'return':
      if (statement.value) visitValue(visit, statement.value, null, around)
      return
    default:
      for (const block of blocksOf(statement)) visitBlock(visit, block, around.scope, around.self)
  }
}

/** The blocks of a statement. */
function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'block':
    case 'while':
    case 'each':
      return [statement.body]
    case 'if':
      return [statement.consequent, statement.otherwise ?? []]
    case 'try':
      return [statement.body, statement.handler ?? [], statement.last]
    case 'switch':
      return statement.cases.map(({ body }) => body)
    case 'label':
      return [[statement.body]]
    default:
      return []
  }
}

export function visitBlock(visit: Visitor, block: readonly Statement[], scope: Scope, self: () => Value | null): void {
  const local = childScope(scope)
  declareAll(visit.program, visit.file, block, local)
  for (const statement of block) {
    const comment = ('comment' in statement ? statement.comment : null) ?? null
    visitStatement(visit, statement, { scope: local, exported: false, comment, self, group: null })
  }
}

function visitLet(visit: Visitor, { pattern, value }: LetStatement, around: Around): void {
  if (pattern.kind === 'name' && value) visitValue(visit, value, { name: pattern.name, span: pattern }, around)
}

export function visitFunction(visit: Visitor, code: FunctionCode, nameSpan: Span, name: string, around: Around): void {
  const exported = around.exported || visit.exportedNames.has(name)
  const done = visit.see({
    name,
    nameSpan,
    code,
    exported,
    comment: around.comment,
    scope: around.scope,
    self: around.self,
    group: around.group ?? around.scope,
  })
  if (!done) visitWithin(visit, code, around, { name, span: nameSpan })
}

/** The functions within one. @param called the name of what it returns, where that is all it does */
export function visitWithin(visit: Visitor, code: FunctionCode, around: Around, called: Called | null = null): void {
  const scope = childScope(around.scope)
  declareParameters(visit, code, scope)
  const [only] = code.body
  if (code.isExpression && only?.kind === 'return' && only.value)
    visitValue(visit, only.value, called, { ...around, exported: false, scope, comment: null })
  else visitBlock(visit, code.body, scope, around.self)
}

/** Parameters of a function around are inputs of the functions inside. */
export function declareParameters(visit: Visitor, code: FunctionCode, scope: Scope): void {
  for (const { pattern } of code.parameters)
    for (const { name } of namesBound(pattern)) {
      const variable = { cell: visit.program.nextCell++, name, file: visit.file, changing: false, counter: false }
      scope.variables.set(name, variable)
      visit.program.root.own.set(variable.cell, { kind: 'free', name: nameOf(name), root: null })
    }
}

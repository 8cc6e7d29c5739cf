/** Where functions stand in a file, and what each is called. */
import type { SyntaxNode } from '@lezer/common'
import type { SourceFile } from './file'
import type { Program } from './machine'
import { declareAll } from './module'
import { nameOf } from './names'
import { boundNames, childScope, type Scope } from './scope'
import { type Around, commentAbove, type Holder, nobody, type Site, textIn, type Visitor } from './site'
import { visitClass, visitValue } from './siteValues'
import { childNamed, childrenOf, isComment, partsOf } from './tree'
import type { Value } from './value'

/** Calls `see` for each function of a statement; where it returns false, the functions inside are visited too. */
export function visitFunctions(
  program: Program,
  file: SourceFile,
  statement: SyntaxNode,
  exportedNames: ReadonlySet<string>,
  see: (site: Site) => boolean,
  seeHolder: (holder: Holder) => void = () => {},
): void {
  const visit: Visitor = { program, file, exportedNames, see, seeHolder, depth: 0 }
  visitStatement(visit, statement, {
    scope: file.scope,
    exported: false,
    comment: commentAbove(statement),
    self: nobody,
    group: null,
  })
}

function visitStatement(visit: Visitor, node: SyntaxNode, around: Around): void {
  if (visit.depth > 40) return
  visit.depth++
  statementOf(visit, node, around)
  visit.depth--
}

function statementOf(visit: Visitor, node: SyntaxNode, around: Around): void {
  switch (node.name) {
    case 'ExportDeclaration':
      visitExport(visit, node, around)
      return
    case 'FunctionDeclaration': {
      const name = childNamed(node, 'VariableDefinition')
      visitFunction(visit, node, name ?? node.firstChild ?? node, name ? textIn(visit, name) : 'default', around)
      return
    }
    case 'VariableDeclaration':
      visitDeclaration(visit, node, around)
      return
    case 'ClassDeclaration':
      visitClass(visit, node, around)
      return
    case 'ExpressionStatement':
    case 'ReturnStatement': {
      const expression = partsOf(node).find((part) => part.name !== 'return' && part.name !== ';')
      if (expression) visitValue(visit, expression, null, around)
      return
    }
    default:
      for (const child of partsOf(node)) {
        if (child.name === 'Block') visitBlock(visit, child, around.scope, around.self)
        else if (/Statement$|Clause$|^SwitchBody$/.test(child.name)) visitStatement(visit, child, inner(around, child))
      }
      if (node.name === 'Block') visitBlock(visit, node, around.scope, around.self)
  }
}

const inner = (around: Around, node: SyntaxNode): Around => ({
  ...around,
  exported: false,
  comment: commentAbove(node),
})

export function visitBlock(visit: Visitor, block: SyntaxNode, scope: Scope, self: () => Value | null): void {
  const statements = childrenOf(block).filter((child) => !isComment(child) && !child.type.isError)
  const local = childScope(scope)
  declareAll(visit.program, visit.file, statements, local)
  for (const statement of statements)
    visitStatement(visit, statement, {
      scope: local,
      exported: false,
      comment: commentAbove(statement),
      self,
      group: null,
    })
}

function visitExport(visit: Visitor, node: SyntaxNode, around: Around): void {
  for (const part of partsOf(node)) {
    if (/Declaration$/.test(part.name)) visitStatement(visit, part, { ...around, exported: true })
    else if (!['export', 'default', ';', 'ExportGroup', 'from', 'String'].includes(part.name))
      visitValue(
        visit,
        part,
        { name: 'default', node: childNamed(node, 'default') ?? node },
        { ...around, exported: true },
      )
  }
}

function visitDeclaration(visit: Visitor, node: SyntaxNode, around: Around): void {
  const parts = partsOf(node)
  parts.forEach((part, index) => {
    if (part.name !== 'VariableDefinition') return
    const equals = parts.slice(index + 1, index + 3).find((next) => next.name === 'Equals')
    const source = equals ? parts[parts.indexOf(equals) + 1] : undefined
    if (source) visitValue(visit, source, { name: textIn(visit, part), node: part }, around)
  })
}

export function visitFunction(
  visit: Visitor,
  node: SyntaxNode,
  nameNode: SyntaxNode,
  name: string,
  around: Around,
): void {
  const exported = around.exported || visit.exportedNames.has(name)
  const done = visit.see({
    name,
    nameNode,
    node,
    exported,
    comment: around.comment,
    scope: around.scope,
    self: around.self,
    group: around.group ?? around.scope,
  })
  if (done) return
  const scope = childScope(around.scope)
  declareParameters(visit, node, scope)
  const block = childNamed(node, 'Block')
  if (block) visitBlock(visit, block, scope, around.self)
  else {
    const parts = partsOf(node)
    const expression = parts[parts.findIndex((part) => part.name === 'Arrow') + 1]
    if (expression && node.name === 'ArrowFunction')
      visitValue(visit, expression, { name, node: nameNode }, { ...around, scope, comment: null })
  }
}

/** Parameters of a function around are inputs of the functions inside. */
export function declareParameters(visit: Visitor, node: SyntaxNode, scope: Scope): void {
  const list = childNamed(node, 'ParamList')
  for (const name of list ? boundNames(list, visit.file.text) : []) {
    const variable = { cell: visit.program.nextCell++, name, file: visit.file, changing: false, counter: false }
    scope.variables.set(name, variable)
    visit.program.root.own.set(variable.cell, { kind: 'free', name: nameOf(name), root: null })
  }
}

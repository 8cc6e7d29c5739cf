/** Statements of JavaScript and TypeScript in the core language. */
import type { SyntaxNode } from '@lezer/common'
import type { Documented, EachStatement, Expression, ImportStatement, LetStatement, Span, Statement } from '../core'
import { commentAbove, nested, type Source, spanOf, unread, written } from '../lowering'
import { childNamed, partsOf } from '../tree'
import { expressionOf, namesBelow } from './expressions'
import { classCode, functionCode } from './functions'
import { patternOf } from './patterns'

/** What stands in a block, in order. */
export const statementsIn = (source: Source, block: SyntaxNode): Statement[] =>
  partsOf(block).flatMap((part) => (part.name === '{' || part.name === '}' ? [] : statementOf(source, part)))

/** A statement as a block of its own. */
const blockOf = (source: Source, node: SyntaxNode): readonly Statement[] =>
  node.name === 'Block' ? statementsIn(source, node) : statementOf(source, node)

export function statementOf(source: Source, node: SyntaxNode): Statement[] {
  const lower = Object.hasOwn(LOWER, node.name) ? LOWER[node.name] : undefined
  const span = { ...spanOf(node), ...commentAbove(node) }
  if (lower)
    return nested(
      source,
      () => lower(source, node, span),
      () => [{ kind: 'expression', value: unread('nested too deeply', node), ...span }],
    )
  if (SILENT.test(node.name)) return []
  return [{ kind: 'expression', value: unread('not supported', node, namesBelow(source, node)), ...span }]
}

/** What says nothing when it runs: types, a lone semicolon. */
const SILENT =
  /^(;|TypeAliasDeclaration|InterfaceDeclaration|AmbientDeclaration|EmptyStatement|DebuggerStatement|LineComment|BlockComment)$/

type Lower = (source: Source, node: SyntaxNode, span: Span & Documented) => Statement[]

const LOWER: Readonly<Record<string, Lower>> = {
  VariableDeclaration: (source, node, span) => declarations(source, node, span),
  ExpressionStatement: (source, node, span) => {
    const [expression] = partsOf(node)
    return expression ? [{ kind: 'expression', value: expressionOf(source, expression, node), ...span }] : []
  },
  FunctionDeclaration: (source, node, span) =>
    // The first lines of overloads have no body.
    childNamed(node, 'Block') ? [{ kind: 'function', code: functionCode(source, node, 'plain'), ...span }] : [],
  ClassDeclaration: (source, node, span) => [{ kind: 'class', code: classCode(source, node), ...span }],
  EnumDeclaration: (source, node, span) => [enumeration(source, node, span)],
  ImportDeclaration: (source, node, span) => [importOf(source, node, span)],
  ExportDeclaration: (source, node) => exported(source, node),
  NamespaceDeclaration: (source, node, span) => {
    const block = childNamed(node, 'Block')
    return block ? [{ kind: 'block', body: statementsIn(source, block), ...span }] : []
  },
  ReturnStatement: (source, node, span) => {
    const value = partsOf(node).find((part) => part.name !== 'return' && part.name !== ';')
    return [{ kind: 'return', value: value ? expressionOf(source, value, node) : null, ...span }]
  },
  Block: (source, node, span) => [{ kind: 'block', body: statementsIn(source, node), ...span }],
  IfStatement: (source, node, span) => conditional(source, node, span),
  SwitchStatement: (source, node, span) => switchOf(source, node, span),
  ThrowStatement: (source, node, span) => {
    const value = partsOf(node).find((part) => part.name !== 'throw' && part.name !== ';')
    return [{ kind: 'throw', value: value ? expressionOf(source, value, node) : null, ...span }]
  },
  BreakStatement: (source, node, span) => [{ kind: 'break', label: labelOf(source, node), ...span }],
  ContinueStatement: (source, node, span) => [{ kind: 'continue', label: labelOf(source, node), ...span }],
  TryStatement: (source, node, span) => {
    const blockIn = (part: SyntaxNode | null) => part && childNamed(part, 'Block')
    const body = blockIn(node)
    const handler = blockIn(childNamed(node, 'CatchClause'))
    const last = blockIn(childNamed(node, 'FinallyClause'))
    return [
      {
        kind: 'try',
        body: body ? statementsIn(source, body) : [],
        handler: handler && statementsIn(source, handler),
        last: last ? statementsIn(source, last) : [],
        ...span,
      },
    ]
  },
  LabeledStatement: (source, node, span) => {
    const label = labelOf(source, node)
    const inner = partsOf(node).at(-1)
    const [body] = inner ? statementOf(source, inner) : []
    return body ? [{ kind: 'label', label: label ?? '', body, ...span }] : []
  },
  ForStatement: (source, node, span) => loop(source, node, span),
  WhileStatement: (source, node, span) => loop(source, node, span),
  DoStatement: (source, node, span) => loop(source, node, span),
}

function labelOf(source: Source, node: SyntaxNode): string | null {
  const label = childNamed(node, 'Label')
  return label && written(source, label)
}

/** `const a = 1, { b } = c`: one statement for each pattern. */
function declarations(source: Source, node: SyntaxNode, span: Span & Documented): LetStatement[] {
  const parts = partsOf(node)
  const keyword = parts[0]?.name
  return parts.flatMap((part, index): LetStatement[] => {
    if (!/^(VariableDefinition|ObjectPattern|ArrayPattern)$/.test(part.name)) return []
    const equals = parts.slice(index + 1, index + 3).find((next) => next.name === 'Equals')
    const value = equals ? expressionOf(source, parts[parts.indexOf(equals) + 1], equals) : null
    const pattern = patternOf(source, part)
    return [{ kind: 'let', pattern, value, whole: keyword === 'var', fixed: keyword === 'const', ...span }]
  })
}

/** `enum E { A, B = 2 }` as the record that it is. */
function enumeration(source: Source, node: SyntaxNode, span: Span & Documented): Statement {
  const name = childNamed(node, 'TypeDefinition') ?? node
  const body = childNamed(node, 'EnumBody')
  const parts = body ? partsOf(body) : []
  let next: number | null = 0
  const entries = parts.flatMap((part, index) => {
    if (part.name !== 'PropertyName' && part.name !== 'String') return []
    if (parts[index - 1]?.name === 'Equals') return []
    const given = parts[index + 1]?.name === 'Equals' ? expressionOf(source, parts[index + 2], part) : null
    const counted: Expression =
      next === null
        ? unread('not a number', part)
        : { kind: 'number', value: next, text: String(next), ...spanOf(part) }
    const value = given ?? counted
    next = value.kind === 'number' ? value.value + 1 : null
    return [{ key: written(source, part).replace(/^['"]|['"]$/g, ''), keySpan: spanOf(part), value, ...spanOf(part) }]
  })
  return {
    kind: 'let',
    pattern: { kind: 'name', name: written(source, name), ...spanOf(name) },
    value: { kind: 'record', entries, ...spanOf(node) },
    whole: false,
    fixed: true,
    ...span,
  }
}

function importOf(source: Source, node: SyntaxNode, span: Span & Documented): ImportStatement {
  const specifier = childNamed(node, 'String')
  const names: { local: string; exported: string | null }[] = []
  const parts = partsOf(node)
  parts.forEach((part, index) => {
    if (part.name === 'VariableDefinition')
      names.push({ local: written(source, part), exported: parts[index - 2]?.name === 'Star' ? null : 'default' })
    if (part.name !== 'ImportGroup') return
    const group = partsOf(part)
    group.forEach((name, at) => {
      if (name.name !== 'VariableDefinition') return
      const before = group[at - 1]?.name === 'as' ? group[at - 2] : undefined
      names.push({ local: written(source, name), exported: written(source, before ?? name) })
    })
  })
  return { kind: 'import', source: specifier ? written(source, specifier).slice(1, -1) : '', names, ...span }
}

/** `export default …` declares `default`; of all other exports what is exported. */
function exported(source: Source, node: SyntaxNode): Statement[] {
  const keyword = childNamed(node, 'default')
  return partsOf(node).flatMap((part): Statement[] => {
    const span = { ...spanOf(part), ...commentAbove(node) }
    if (part.name === 'FunctionDeclaration' && keyword && !childNamed(part, 'VariableDefinition'))
      return childNamed(part, 'Block')
        ? [{ kind: 'function', code: { ...functionCode(source, part, 'plain'), ...namedDefault(part) }, ...span }]
        : []
    if (part.name === 'ClassDeclaration' && keyword && !childNamed(part, 'VariableDefinition'))
      return [{ kind: 'class', code: { ...classCode(source, part), ...namedDefault(part) }, ...span }]
    if (/Declaration$/.test(part.name))
      return statementOf(source, part).map((statement) => ({ ...statement, ...commentAbove(node) }))
    if (!keyword || ['export', 'default', ';'].includes(part.name)) return []
    const pattern = { kind: 'name', name: 'default', ...spanOf(keyword) } as const
    const value = expressionOf(source, part, node)
    return [{ kind: 'let', pattern, value, whole: false, fixed: true, ...span }]
  })
}

const namedDefault = (part: SyntaxNode) => ({
  name: 'default',
  nameSpan: spanOf(part.firstChild ?? part),
})

function conditional(source: Source, node: SyntaxNode, span: Span & Documented): Statement[] {
  const parts = partsOf(node)
  const [keyword, condition, then] = parts
  if (!keyword || !condition || !then) return []
  const at = parts.findIndex((part) => part.name === 'else')
  const other = at >= 0 ? parts[at + 1] : undefined
  return [
    {
      kind: 'if',
      condition: expressionOf(source, condition, node),
      consequent: blockOf(source, then),
      otherwise: other ? blockOf(source, other) : null,
      header: { from: keyword.from, to: condition.to },
      operator: spanOf(keyword),
      ...span,
    },
  ]
}

function switchOf(source: Source, node: SyntaxNode, span: Span & Documented): Statement[] {
  const [, subject, body] = partsOf(node)
  if (!subject || body?.name !== 'SwitchBody') return []
  const cases: (Span & { test: Expression | null; body: Statement[] })[] = []
  for (const part of partsOf(body)) {
    if (part.name === 'CaseLabel')
      cases.push({ test: expressionOf(source, partsOf(part)[1], part), body: [], ...spanOf(part) })
    else if (part.name === 'DefaultLabel') cases.push({ test: null, body: [], ...spanOf(part) })
    else if (part.name !== '{' && part.name !== '}') cases.at(-1)?.body.push(...statementOf(source, part))
  }
  return [{ kind: 'switch', subject: expressionOf(source, subject, node), cases, ...span }]
}

function loop(source: Source, node: SyntaxNode, span: Span & Documented): Statement[] {
  const body = bodyOf(node)
  if (!body) return []
  const spec = childNamed(node, 'ForSpec', 'ForOfSpec', 'ForInSpec')
  const statements = blockOf(source, body)
  if (spec && spec.name !== 'ForSpec') return eachOf(source, node, spec, statements, span)
  if (!spec) {
    const condition = childNamed(node, 'ParenthesizedExpression')
    const bodyFirst = node.name === 'DoStatement'
    const test = condition && expressionOf(source, condition, node)
    return [{ kind: 'while', first: [], condition: test, step: null, body: statements, bodyFirst, ...span }]
  }
  const { first, condition, step } = partsOfSpec(spec)
  const start: readonly Statement[] = !first
    ? []
    : first.name === 'VariableDeclaration'
      ? statementOf(source, first)
      : [{ kind: 'expression', value: expressionOf(source, first, node), ...spanOf(first) }]
  return [
    {
      kind: 'while',
      first: start,
      condition: condition && expressionOf(source, condition, node),
      step: step && expressionOf(source, step, node),
      body: statements,
      bodyFirst: false,
      ...span,
    },
  ]
}

function bodyOf(node: SyntaxNode): SyntaxNode | null {
  const parts = partsOf(node)
  if (node.name === 'DoStatement') return parts[1] ?? null
  const last = parts.at(-1)
  return last && parts.length > 2 ? last : null
}

function eachOf(
  source: Source,
  node: SyntaxNode,
  spec: SyntaxNode,
  body: readonly Statement[],
  span: Span & Documented,
): Statement[] {
  const parts = partsOf(spec)
  const pattern = parts.find((part) => /^Variable|Pattern$|^MemberExpression$/.test(part.name))
  const keyword = childNamed(spec, 'of', 'in')
  const items = parts.find((part) => keyword !== null && part.from >= keyword.to && part.name !== ')')
  if (!pattern || !items || !keyword || childNamed(node, 'await'))
    return [{ kind: 'expression', value: unread('loop with unknown bounds', node, namesBelow(source, node)), ...span }]
  const each: EachStatement = {
    kind: 'each',
    pattern: patternOf(source, pattern),
    declares: childNamed(spec, 'const', 'let', 'var') !== null,
    source: expressionOf(source, items, node),
    over: keyword.name === 'of' ? 'items' : 'keys',
    body,
    otherwise: null,
    ...span,
  }
  return [each]
}

/** The three parts of `for (first; condition; step)`. */
function partsOfSpec(spec: SyntaxNode): Record<'first' | 'condition' | 'step', SyntaxNode | null> {
  const parts = partsOf(spec)
  const first = parts[1] && parts[1].name !== ';' ? parts[1] : null
  const rest = parts.slice(first ? 2 : 1).filter((part) => part.name !== ')')
  // A declaration holds its semicolon itself.
  const last = rest.filter((part) => part.name === ';').at(-1)
  const condition = rest.find((part) => part.name !== ';' && (!last || part.to <= last.from)) ?? null
  const step = rest.find((part) => part.name !== ';' && last !== undefined && part.from >= last.to) ?? null
  return { first, condition, step }
}

/** Names that `export { f }`, `export default f` and the like hand out. */
export function exportsOf(source: Source, node: SyntaxNode): string[] {
  if (node.name !== 'ExportDeclaration') return []
  return partsOf(node).flatMap((part) => {
    const names = part.name === 'ExportGroup' ? partsOf(part) : [part]
    return names.filter(({ name }) => name === 'VariableName').map((name) => written(source, name))
  })
}

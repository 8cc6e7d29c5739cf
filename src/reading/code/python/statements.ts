/** Statements of Python in the core language. */
import type { SyntaxNode } from '@lezer/common'
import type { Documented, Expression, ImportStatement, LetStatement, Pattern, Span, Statement } from '../core'
import { nested, type Source, spanOf, unread, written } from '../lowering'
import { namesBound } from '../scope'
import { childNamed, childrenOf, partsOf } from '../tree'
import { expressionOf, namesBelow, signOf, splitAt, tupleOf } from './expressions'
import { classCode, decoratorsOf, functionCode } from './functions'
import { patternFrom } from './patterns'

/** What is said of a node: the comments right above it, or what a function begins with; the one that has tags, `@at x = 1`. */
export function documentationOf(source: Source, node: SyntaxNode): Documented {
  const above = stretchOf(commentsAbove(node))
  if (above && source.text.slice(above.from, above.to).includes('@')) return { comment: above }
  const comment = stretchOf(documentationIn(node)) ?? above
  return comment ? { comment } : {}
}

const stretchOf = (nodes: readonly SyntaxNode[]): Span | null => {
  const [first, last] = [nodes[0], nodes[nodes.length - 1]]
  return first && last ? { from: first.from, to: last.to } : null
}

function commentsAbove(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let at = node.prevSibling; at?.name === 'Comment'; at = at.prevSibling) found.unshift(at)
  return found
}

/** The comments and the text with which the body of a function begins. */
function documentationIn(node: SyntaxNode): SyntaxNode[] {
  const definition = node.name === 'DecoratedStatement' ? childNamed(node, 'FunctionDefinition') : node
  const body = definition?.name === 'FunctionDefinition' ? childNamed(definition, 'Body') : null
  const parts = body ? childrenOf(body).filter(({ name }) => name !== ':') : []
  const end = parts.findIndex((part) => part.name !== 'Comment' && !isTextAlone(part))
  return end < 0 ? parts : parts.slice(0, end)
}

/** A text that stands alone is documentation. */
const isTextAlone = (node: SyntaxNode): boolean =>
  node.name === 'ExpressionStatement' && partsOf(node).length === 1 && /String$/.test(partsOf(node)[0]?.name ?? '')

export const statementsIn = (source: Source, body: SyntaxNode): Statement[] =>
  partsOf(body).flatMap((part) => (part.name === ':' ? [] : statementOf(source, part)))

export function statementOf(source: Source, node: SyntaxNode): Statement[] {
  const lower = Object.hasOwn(LOWER, node.name) ? LOWER[node.name] : undefined
  const span = { ...spanOf(node), ...documentationOf(source, node) }
  if (lower)
    return nested(
      source,
      () => lower(source, node, span),
      () => [{ kind: 'expression', value: unread('nested too deeply', node), ...span }],
    )
  if (/^(Comment|PassStatement|;|ScopeStatement|TypeDefinition|PrintStatement)$/.test(node.name)) return []
  return [{ kind: 'expression', value: unread('not supported', node, namesBelow(source, node)), ...span }]
}

type Lower = (source: Source, node: SyntaxNode, span: Span & Documented) => Statement[]

const LOWER: Readonly<Record<string, Lower>> = {
  StatementGroup: (source, node) => partsOf(node).flatMap((part) => statementOf(source, part)),
  ExpressionStatement: (source, node, span) => {
    const parts = partsOf(node)
    if (isTextAlone(node)) return []
    return parts.length > 0 ? [{ kind: 'expression', value: tupleOf(source, parts, node), ...span }] : []
  },
  AssignStatement: (source, node, span) => assignment(source, node, span),
  UpdateStatement: (source, node, span) => [{ kind: 'expression', value: update(source, node), ...span }],
  FunctionDefinition: (source, node, span) => [
    { kind: 'function', code: functionCode(source, node, 'plain'), ...span },
  ],
  ClassDefinition: (source, node, span) => [{ kind: 'class', code: classCode(source, node), ...span }],
  DecoratedStatement: (source, node, span) => {
    const definition = childNamed(node, 'FunctionDefinition', 'ClassDefinition')
    if (!definition) return []
    const decorators = decoratorsOf(source, node)
    return definition.name === 'ClassDefinition'
      ? [{ kind: 'class', code: classCode(source, definition, decorators), ...span }]
      : [{ kind: 'function', code: functionCode(source, definition, 'plain', decorators), ...span }]
  },
  ImportStatement: (source, node, span) => importsOf(source, node, span),
  ReturnStatement: (source, node, span) => {
    const parts = partsOf(node).slice(1)
    return [{ kind: 'return', value: parts.length > 0 ? tupleOf(source, parts, node) : null, ...span }]
  },
  BreakStatement: (_source, _node, span) => [{ kind: 'break', label: null, ...span }],
  ContinueStatement: (_source, _node, span) => [{ kind: 'continue', label: null, ...span }],
  RaiseStatement: (source, node, span) => {
    const value = partsOf(node)[1]
    return [{ kind: 'throw', value: value ? expressionOf(source, value, node) : null, ...span }]
  },
  AssertStatement: () => [],
  DeleteStatement: (source, node, span) =>
    splitAt(partsOf(node).slice(1), ',').flatMap(([target]): Statement[] => {
      if (target?.name !== 'MemberExpression') return []
      const args = [expressionOf(source, target, node)]
      return [
        { kind: 'expression', value: { kind: 'operation', op: 'delete', args, operator: span, ...span }, ...span },
      ]
    }),
  IfStatement: (source, node, span) => conditional(source, partsOf(node), span),
  WhileStatement: (source, node, span) => {
    const parts = partsOf(node)
    const body = childNamed(node, 'Body')
    return [
      {
        kind: 'while',
        first: [],
        condition: expressionOf(source, parts[1], node),
        step: null,
        body: body ? statementsIn(source, body) : [],
        bodyFirst: false,
        ...span,
      },
    ]
  },
  ForStatement: (source, node, span) => loop(source, node, span),
  TryStatement: (source, node, span) => {
    const parts = partsOf(node)
    const after = (keyword: string): readonly Statement[] | null => {
      const at = parts.findIndex(({ name }) => name === keyword)
      const body = at < 0 ? undefined : parts.slice(at).find(({ name }) => name === 'Body')
      return body ? statementsIn(source, body) : null
    }
    const body = [...(after('try') ?? []), ...(after('else') ?? [])]
    return [{ kind: 'try', body, handler: after('except'), last: after('finally') ?? [], ...span }]
  },
  WithStatement: (source, node, span) => {
    const body = childNamed(node, 'Body')
    const unknown = { kind: 'expression', value: unread('not supported', node, []), ...span } as const
    return [unknown, ...(body ? statementsIn(source, body) : [])]
  },
}

/** `x = e`, `a, b = b, a`, `x = y = e`, `x: float = 1`. */
function assignment(source: Source, node: SyntaxNode, span: Span & Documented): Statement[] {
  const groups: SyntaxNode[][] = [[]]
  const operators: Span[] = []
  for (const part of partsOf(node)) {
    if (part.name === 'AssignOp') {
      groups.push([])
      operators.push(spanOf(part))
    } else if (part.name !== 'TypeDef') groups.at(-1)?.push(part)
  }
  const values = groups.pop() ?? []
  const [operator] = operators
  if (!operator) return []
  const value = tupleOf(source, values, operator)
  const targets = groups.map((group) => patternFrom(source, group, node))
  // Of several targets the first name keeps the value for the others.
  const kept = targets.find((target) => target.kind === 'name') ?? targets[0]
  if (!kept) return []
  const again: Expression = kept.kind === 'name' ? { ...kept } : value
  return [
    stored(source, node, kept, value, operator, span),
    ...targets.filter((target) => target !== kept).map((target) => stored(source, node, target, again, operator, span)),
  ]
}

/** Names are variables of the function around them, unless it says that they are others'. */
function stored(
  source: Source,
  node: SyntaxNode,
  pattern: Pattern,
  value: Expression,
  operator: Span,
  span: Span & Documented,
): Statement {
  const names = namesBound(pattern)
  const isOwn = names.length > 0 && !names.some(({ name }) => isElsewhere(source, node, name))
  if (isOwn) return { kind: 'let', pattern, value, whole: true, fixed: false, ...span }
  const assign: Expression = {
    kind: 'assign',
    target: pattern,
    op: null,
    operator,
    value,
    yields: 'after',
    ...spanOf(span),
  }
  return { kind: 'expression', value: assign, ...span }
}

/** `global x`, `nonlocal x` somewhere in the function around a statement. */
function isElsewhere(source: Source, node: SyntaxNode, name: string): boolean {
  let body: SyntaxNode | null = node.parent
  while (body && body.parent?.name !== 'FunctionDefinition') body = body.parent
  if (!body) return false
  return childrenOf(body).some(
    (child) =>
      child.name === 'ScopeStatement' &&
      childrenOf(child).some((part) => part.name === 'VariableName' && written(source, part) === name),
  )
}

function update(source: Source, node: SyntaxNode): Expression {
  const parts = partsOf(node)
  const at = parts.findIndex(({ name }) => name === 'UpdateOp')
  const operator = parts[at]
  const op = operator ? signOf(written(source, operator).slice(0, -1)) : null
  if (!operator || op === null) return unread('not supported', node, namesBelow(source, node))
  const target = patternFrom(source, parts.slice(0, at), node)
  const value = tupleOf(source, parts.slice(at + 1), node)
  return { kind: 'assign', target, op, operator: spanOf(operator), value, yields: 'after', ...spanOf(node) }
}

/** `if`, and what follows `elif` as an `if` in its `else`. */
function conditional(source: Source, parts: readonly SyntaxNode[], span: Span & Documented): Statement[] {
  const [keyword, condition] = parts
  const bodyAt = parts.findIndex(({ name }) => name === 'Body')
  const body = parts[bodyAt]
  if (!keyword || !condition || !body) return []
  const rest = parts.slice(bodyAt + 1)
  const last = rest[0]?.name === 'else' ? rest[1] : undefined
  const otherwise =
    rest[0]?.name === 'elif'
      ? conditional(source, rest, { from: rest[0].from, to: span.to })
      : last
        ? statementsIn(source, last)
        : null
  return [
    {
      kind: 'if',
      condition: expressionOf(source, condition, span),
      consequent: statementsIn(source, body),
      otherwise,
      header: { from: keyword.from, to: condition.to },
      operator: spanOf(keyword),
      ...span,
    },
  ]
}

function loop(source: Source, node: SyntaxNode, span: Span & Documented): Statement[] {
  const parts = partsOf(node)
  const within = parts.findIndex(({ name }) => name === 'in')
  const bodyAt = parts.findIndex(({ name }) => name === 'Body')
  if (within < 0 || bodyAt < 0) return []
  const pattern = patternFrom(source, parts.slice(1, within), node)
  const body = parts[bodyAt] as SyntaxNode
  const otherwise = parts[bodyAt + 2]
  const declared = namesBound(pattern).map(
    (name): LetStatement => ({ kind: 'let', pattern: name, value: null, whole: true, fixed: false, ...spanOf(name) }),
  )
  return [
    ...declared,
    {
      kind: 'each',
      pattern,
      declares: false,
      source: tupleOf(source, parts.slice(within + 1, bodyAt), node),
      over: 'items',
      body: statementsIn(source, body),
      otherwise: otherwise ? statementsIn(source, otherwise) : null,
      ...span,
    },
  ]
}

/** `import numpy as np, math`, `from a.b import c as d`. */
function importsOf(source: Source, node: SyntaxNode, span: Span): Statement[] {
  const parts = partsOf(node)
  const textOf = (nodes: readonly SyntaxNode[]) => nodes.map((part) => written(source, part)).join('')
  const imported = parts.findIndex(({ name }) => name === 'import')
  const groups = splitAt(
    parts.slice(imported + 1).filter(({ name }) => name !== '(' && name !== ')'),
    ',',
  ).map((group) => {
    const as = group.findIndex(({ name }) => name === 'as')
    const name = textOf(as < 0 ? group : group.slice(0, as))
    return { name, local: as < 0 ? null : textOf(group.slice(as + 1)) }
  })
  if (parts[0]?.name === 'from') {
    const names = groups.map(({ name, local }) => ({ local: local ?? name, exported: name }))
    const from: ImportStatement = { kind: 'import', source: textOf(parts.slice(1, imported)), names, ...spanOf(span) }
    return [from]
  }
  return groups.map(({ name, local }): ImportStatement => {
    // `import a.b` makes `a` known.
    const root = name.split('.')[0] ?? name
    const names = [{ local: local ?? root, exported: null }]
    return { kind: 'import', source: local === null ? root : name, names, ...spanOf(span) }
  })
}

/** Expressions of JavaScript and TypeScript in the core language. */
import type { SyntaxNode } from '@lezer/common'
import {
  type Argument,
  BINARY,
  type Expression,
  type ListTerm,
  type LogicTerm,
  type Pattern,
  PREFIX,
  type RecordEntry,
  type Span,
} from '../core'
import {
  commentAbove,
  nested,
  type Source,
  spanOf,
  textsBetween,
  UNFINISHED,
  unquoted,
  unread,
  written,
} from '../lowering'
import { bare, childNamed, partsOf, walk } from '../tree'
import { classCode, functionCode, getterForm } from './functions'
import { patternOf } from './patterns'

export function expressionOf(source: Source, node: SyntaxNode | null | undefined, at: Span): Expression {
  return node ? lowered(source, node) : unread(UNFINISHED, at)
}

function lowered(source: Source, node: SyntaxNode): Expression {
  const span = spanOf(node)
  const lower = Object.hasOwn(LOWER, node.name) ? LOWER[node.name] : undefined
  if (lower)
    return nested(
      source,
      () => lower(source, node, span),
      () => unread('nested too deeply', span),
    )
  return unread(node.type.isError ? UNFINISHED : 'not supported', span, namesBelow(source, node))
}

/** Whatever is named somewhere in code that isn't read. */
export function namesBelow(source: Source, node: SyntaxNode): Expression[] {
  const found: Expression[] = []
  walk(node, (part) => {
    if (part.name === 'VariableName' || part.name === 'VariableDefinition')
      found.push({ kind: 'name', name: written(source, part), ...spanOf(part) })
    if (part.name === 'this') found.push({ kind: 'self', parent: false, ...spanOf(part) })
    return true
  })
  return found
}

type Lower = (source: Source, node: SyntaxNode, span: Span) => Expression

const text: Lower = (source, node, span) => ({
  kind: 'text',
  text: unquoted(written(source, node)),
  parts: [],
  ...span,
})
const nobodyKnows: Lower = (_source, _node, span) => ({ kind: 'text', text: undefined, parts: [], ...span })

const LOWER: Readonly<Record<string, Lower>> = {
  Number: (source, node, span) => {
    const number = written(source, node)
    const value = Number(number.replaceAll('_', ''))
    return Number.isNaN(value) ? unread('not a number', span) : { kind: 'number', value, text: number, ...span }
  },
  BooleanLiteral: (source, node, span) => ({ kind: 'truth', value: written(source, node) === 'true', ...span }),
  String: text,
  TemplateString: (source, node, span) => {
    const inserted = partsOf(node).filter((part) => part.name === 'Interpolation')
    if (inserted.length === 0) return text(source, node, span)
    const parts = inserted.map((part) => expressionOf(source, partsOf(part)[1], part))
    return { kind: 'text', text: undefined, parts, between: textsBetween(source, node, inserted), ...span }
  },
  null: (_source, _node, span) => ({ kind: 'nothing', ...span }),
  this: (_source, _node, span) => ({ kind: 'self', parent: false, ...span }),
  super: (_source, _node, span) => ({ kind: 'self', parent: true, ...span }),
  VariableName: (source, node, span) => ({ kind: 'name', name: written(source, node), ...span }),
  PrivatePropertyName: (source, node, span) => ({ kind: 'text', text: written(source, node), parts: [], ...span }),
  ParenthesizedExpression: (source, node, span) => inside(source, node, span),
  InstantiationExpression: (source, node, span) => inside(source, node, span),
  SequenceExpression: (source, node, span) => ({
    kind: 'sequence',
    items: operands(node).map((part) => lowered(source, part)),
    ...span,
  }),
  BinaryExpression: (source, node, span) => binary(source, node, span),
  UnaryExpression: (source, node, span) => unary(source, node, span),
  PostfixExpression: (source, node, span) =>
    childNamed(node, 'LogicOp') ? inside(source, node, span) : postfix(source, node, span),
  ConditionalExpression: (source, node, span) => {
    const [condition, question, then, , otherwise] = partsOf(node)
    return {
      kind: 'choose',
      condition: expressionOf(source, condition, span),
      consequent: expressionOf(source, then, span),
      otherwise: expressionOf(source, otherwise, span),
      operator: spanOf(question ?? span),
      ...span,
    }
  },
  AssignmentExpression: (source, node, span) => assignment(source, node, span),
  MemberExpression: (source, node, span) => member(source, node, span),
  CallExpression: (source, node, span) => call(source, node, span, partsOf(node)[0], false),
  NewExpression: (source, node, span) => call(source, node, span, partsOf(node)[1], true),
  ArrayExpression: (source, node, span) => ({ kind: 'list', items: itemsOf(source, node), ...span }),
  ObjectExpression: (source, node, span) => ({
    kind: 'record',
    entries: partsOf(node).flatMap((property) => (property.name === 'Property' ? [entryOf(source, property)] : [])),
    ...span,
  }),
  ArrowFunction: (source, node, span) => ({ kind: 'lambda', code: functionCode(source, node, 'arrow'), ...span }),
  FunctionExpression: (source, node, span) => ({ kind: 'lambda', code: functionCode(source, node, 'plain'), ...span }),
  ClassExpression: (source, node, span) => ({ kind: 'class', code: classCode(source, node), ...span }),
  AwaitExpression: (source, node, span) => unread('async', span, namesBelow(source, node)),
  YieldExpression: (source, node, span) => unread('generator', span, namesBelow(source, node)),
  JSXElement: nobodyKnows,
  JSXSelfClosingTag: nobodyKnows,
  RegExp: nobodyKnows,
}

/** Children without brackets and commas. */
const operands = (node: SyntaxNode): SyntaxNode[] =>
  partsOf(node).filter((part) => !['(', ')', '[', ']', ','].includes(part.name))

function inside(source: Source, node: SyntaxNode, span: Span): Expression {
  return expressionOf(source, operands(node)[0], span)
}

/** Signs that the core language writes otherwise: what is read is compared by value in either way. */
const SIGNS: Readonly<Record<string, string>> = { '===': '==', '!==': '!=' }
const isLogic = (spelling: string): spelling is LogicTerm['op'] => /^(&&|\|\||\?\?)$/.test(spelling)

function signOf(spelling: string): string | null {
  const sign = SIGNS[spelling] ?? spelling
  return BINARY.has(sign) ? sign : null
}

function binary(source: Source, node: SyntaxNode, span: Span): Expression {
  const [left, operator, right] = partsOf(node)
  if (!left || !operator) return unread(UNFINISHED, span, namesBelow(source, node))
  if (operator.name === 'as' || operator.name === 'satisfies') return lowered(source, left)
  if (isPower(source, node)) return power(source, node)
  const spelling = written(source, operator)
  const a = lowered(source, left)
  const b = expressionOf(source, right, operator)
  return operation(spelling, [a, b], spanOf(operator), span)
}

function operation(
  spelling: string,
  [a, b]: readonly [Expression, Expression],
  operator: Span,
  span: Span,
): Expression {
  if (isLogic(spelling)) return { kind: 'logic', op: spelling, left: a, right: b, operator, ...span }
  const op = signOf(spelling)
  return op === null
    ? unread('not supported', span, [a, b])
    : { kind: 'operation', op, args: [a, b], operator, ...span }
}

const isPower = (source: Source, node: SyntaxNode): boolean => {
  const operator = node.name === 'BinaryExpression' ? partsOf(node)[1] : undefined
  return operator !== undefined && written(source, operator) === '**'
}

interface Floor {
  readonly operand: Expression
  /** As written, with its parentheses. */
  readonly span: Span
  /** Before it; of the first, none. */
  readonly operator: Span
}

/** `a ** b ** c` is `a ** (b ** c)`; the parser nests it to the left. */
function power(source: Source, node: SyntaxNode): Expression {
  const floors: Floor[] = []
  let first = node
  while (isPower(source, first)) {
    const [left, operator, right] = partsOf(first) as [SyntaxNode, SyntaxNode, SyntaxNode | undefined]
    const operand = expressionOf(source, right, operator)
    floors.unshift({ operator: spanOf(operator), operand, span: spanOf(right ?? operator) })
    first = left
  }
  return tower({ operand: lowered(source, first), span: spanOf(first), operator: spanOf(first) }, floors)
}

function tower(first: Floor, [next, ...others]: readonly Floor[]): Expression {
  if (!next) return first.operand
  const exponent = tower(next, others)
  const span = { from: first.span.from, to: others.at(-1)?.span.to ?? next.span.to }
  return { kind: 'operation', op: '**', args: [first.operand, exponent], operator: next.operator, ...span }
}

function unary(source: Source, node: SyntaxNode, span: Span): Expression {
  const [operator, operand] = partsOf(node)
  if (!operator) return unread(UNFINISHED, span)
  const spelling = written(source, operator)
  if (spelling === '++' || spelling === '--') return update(source, operator, operand ?? null, span, 'after')
  const value = expressionOf(source, operand, span)
  return PREFIX.has(spelling)
    ? { kind: 'operation', op: spelling, args: [value], operator: spanOf(operator), ...span }
    : unread('not supported', span, [value])
}

/** `y++`. The parser reads `-y++` as `(-y)++`: the sign is put back in front. */
function postfix(source: Source, node: SyntaxNode, span: Span): Expression {
  const [target, operator] = partsOf(node)
  if (!target || !operator) return unread(UNFINISHED, span)
  if (target.name !== 'UnaryExpression') return update(source, operator, target, span, 'before')
  const [sign, operand] = partsOf(target)
  const op = sign ? written(source, sign) : ''
  if (!sign || !operand || !PREFIX.has(op)) return unread('not supported', span, namesBelow(source, node))
  const inner = update(source, operator, operand, { from: operand.from, to: span.to }, 'before')
  return { kind: 'operation', op, args: [inner], operator: spanOf(sign), ...span }
}

function update(
  source: Source,
  operator: SyntaxNode,
  target: SyntaxNode | null,
  span: Span,
  yields: 'before' | 'after',
): Expression {
  if (!target) return unread(UNFINISHED, span)
  const op = written(source, operator).charAt(0)
  const value: Expression = { kind: 'number', value: 1, text: '1', ...spanOf(operator) }
  const pattern = patternOf(source, bare(target))
  return { kind: 'assign', target: pattern, op, operator: spanOf(operator), value, yields, ...span }
}

function assignment(source: Source, node: SyntaxNode, span: Span): Expression {
  const [left, operator, right] = partsOf(node)
  if (!left || !operator || !right) return unread(UNFINISHED, span, namesBelow(source, node))
  const spelling = written(source, operator).slice(0, -1)
  const op = spelling === '' ? null : isLogic(spelling) ? spelling : signOf(spelling)
  const target: Pattern = patternOf(source, bare(left))
  const value = lowered(source, right)
  if (spelling !== '' && op === null) return unread('not supported', span, namesBelow(source, node))
  return { kind: 'assign', target, op, operator: spanOf(operator), value, yields: 'after', ...span }
}

function member(source: Source, node: SyntaxNode, span: Span): Expression {
  const [object] = partsOf(node)
  const whole = expressionOf(source, object, span)
  const property = childNamed(node, 'PropertyName', 'PrivatePropertyName')
  if (property) {
    const optional = childNamed(node, '?.') !== null
    return {
      kind: 'member',
      object: whole,
      key: written(source, property),
      keySpan: spanOf(property),
      optional,
      ...span,
    }
  }
  const parts = partsOf(node)
  const index = parts[parts.findIndex((part) => part.name === '[') + 1]
  if (!childNamed(node, '[') || !index || index.name === ']') return unread(UNFINISHED, span, [whole])
  return { kind: 'index', object: whole, indices: [lowered(source, index)], fromEnd: false, ...span }
}

function call(
  source: Source,
  node: SyntaxNode,
  span: Span,
  callee: SyntaxNode | undefined,
  makes: boolean,
): Expression {
  const list = childNamed(node, 'ArgList')
  if (!callee || (!list && !makes)) return unread(UNFINISHED, span, namesBelow(source, node))
  const items = list ? itemsOf(source, list) : []
  const args = items.map((item): Argument => ({ ...item, keyword: null }))
  return { kind: 'call', callee: lowered(source, callee), args, makes, ...span }
}

/** Items of a list or arguments; `[, a]` has nothing first. */
function itemsOf(source: Source, node: SyntaxNode): ListTerm['items'] {
  const items: { value: Expression; spread: boolean }[] = []
  let spread = false
  let open = true
  for (const part of partsOf(node).slice(1)) {
    if (part.name === 'Spread') spread = true
    else if (part.name === ',') {
      if (open) items.push({ value: { kind: 'nothing', ...spanOf(part) }, spread: false })
      open = true
    } else if (part.name !== ']' && part.name !== ')') {
      items.push({ value: lowered(source, part), spread })
      spread = false
      open = false
    }
  }
  return items
}

function entryOf(source: Source, property: SyntaxNode): RecordEntry {
  const span = { ...spanOf(property), ...commentAbove(property) }
  const parts = partsOf(property)
  if (parts[0]?.name === 'Spread')
    return { key: null, keySpan: spanOf(property), value: expressionOf(source, parts[1], property), ...span }
  const { key, keySpan } = keyOf(source, property)
  if (childNamed(property, 'ParamList')) {
    const code = functionCode(source, property, getterForm(property))
    return { key, keySpan, value: { kind: 'lambda', code, ...spanOf(property) }, ...span }
  }
  const colon = childNamed(property, ':')
  const value = parts.at(-1)
  if (!colon) {
    const name: Expression = typeof key === 'string' ? { kind: 'name', name: key, ...keySpan } : key
    return { key, keySpan, value: name, ...span }
  }
  return {
    key,
    keySpan,
    value: expressionOf(source, value && value.from >= colon.to ? value : null, property),
    ...span,
  }
}

/** The key of a property of an object, of a member of a class or of a part of a pattern. */
export function keyOf(source: Source, property: SyntaxNode): { key: string | Expression; keySpan: Span } {
  const parts = partsOf(property)
  for (const part of parts) {
    const keySpan = spanOf(part)
    if (/^(PropertyDefinition|PropertyName|PrivatePropertyDefinition|VariableDefinition)$/.test(part.name))
      return { key: written(source, part), keySpan }
    if (part.name === 'Number') return { key: String(Number(written(source, part))), keySpan }
    if (part.name === 'String') return { key: unquoted(written(source, part)), keySpan }
    if (part.name === '[') {
      const computed = expressionOf(source, parts[parts.indexOf(part) + 1], property)
      if (computed.kind === 'text' && computed.text !== undefined) return { key: computed.text, keySpan: computed }
      return { key: computed, keySpan: spanOf(computed) }
    }
    if (part.name === ':' || part.name === 'ParamList') break
  }
  return { key: unread(UNFINISHED, property), keySpan: spanOf(property) }
}

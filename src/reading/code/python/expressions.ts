/** Expressions of Python in the core language. */
import type { SyntaxNode } from '@lezer/common'
import {
  type Argument,
  BINARY,
  type ComprehensionTerm,
  type Expression,
  type ListTerm,
  type LogicTerm,
  PREFIX,
  type RecordEntry,
  type Span,
} from '../core'
import { nested, type Source, spanOf, textsBetween, UNFINISHED, unquoted, unread, written } from '../lowering'
import { childNamed, partsOf, walk } from '../tree'
import { functionCode } from './functions'
import { patternFrom } from './patterns'

export function expressionOf(source: Source, node: SyntaxNode | null | undefined, at: Span): Expression {
  if (!node) return unread(UNFINISHED, at)
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
    if (part.name === 'VariableName') found.push({ kind: 'name', name: written(source, part), ...spanOf(part) })
    return true
  })
  return found
}

/** One expression, or a tuple without brackets: `a, b`, `a,`. */
export function tupleOf(source: Source, nodes: readonly SyntaxNode[], at: Span): Expression {
  const [first, comma] = nodes
  if (!comma && first?.name !== '*') return expressionOf(source, first, at)
  const span = { from: first?.from ?? at.from, to: nodes.at(-1)?.to ?? at.to }
  return { kind: 'list', items: itemsOf(source, nodes), ...span }
}

type Lower = (source: Source, node: SyntaxNode, span: Span) => Expression

const nobodyKnows: Lower = (source, node, span) => ({
  kind: 'text',
  text: undefined,
  parts: namesBelow(source, node),
  ...span,
})
const notFollowed =
  (reason: string): Lower =>
  (source, node, span) =>
    unread(reason, span, namesBelow(source, node))

const LOWER: Readonly<Record<string, Lower>> = {
  Number: (source, node, span) => {
    const text = written(source, node)
    const value = Number(text.replaceAll('_', ''))
    return Number.isNaN(value) ? unread('not a number', span) : { kind: 'number', value, text, ...span }
  },
  Boolean: (source, node, span) => ({ kind: 'truth', value: written(source, node) === 'True', ...span }),
  None: (_source, _node, span) => ({ kind: 'nothing', ...span }),
  Ellipsis: (_source, _node, span) => ({ kind: 'name', name: 'Ellipsis', ...span }),
  String: (source, node, span) => {
    const quote = /^[a-zA-Z]*('''|"""|'|")/.exec(written(source, node))
    const text = written(source, node)
    if (!quote?.[1] || /^[rRbBuU]/.test(text)) return nobodyKnows(source, node, span)
    const inner = text.slice(quote[0].length, -quote[1].length)
    return { kind: 'text', text: unquoted(`"${inner}"`), parts: [], ...span }
  },
  FormatString: (source, node, span) => {
    const quote = /^([a-zA-Z]*)('''|"""|'|")/.exec(written(source, node))
    const inserted = partsOf(node).filter(({ name }) => name === 'FormatReplacement')
    const isPlain = inserted.every((each) => partsOf(each).length === 3)
    if (!quote?.[2] || !/^f$/i.test(quote[1] ?? '') || !isPlain) return nobodyKnows(source, node, span)
    const parts = inserted.map((each) => expressionOf(source, partsOf(each)[1], each))
    const between = textsBetween(source, node, inserted, [quote[0].length, quote[2].length])
    // `{{` is a bracket.
    const texts = between.map((text) => text.replace(/\{\{|\}\}/g, (both) => both.charAt(0)))
    return { kind: 'text', text: undefined, parts, between: texts, ...span }
  },
  ContinuedString: nobodyKnows,
  VariableName: (source, node, span) => ({ kind: 'name', name: written(source, node), ...span }),
  ParenthesizedExpression: (source, node, span) => expressionOf(source, partsOf(node)[1], span),
  TupleExpression: (source, node, span) => ({ kind: 'list', items: itemsOf(source, inner(node)), ...span }),
  ArrayExpression: (source, node, span) => ({ kind: 'list', items: itemsOf(source, inner(node)), ...span }),
  DictionaryExpression: (source, node, span) => ({ kind: 'record', entries: entriesOf(source, node), ...span }),
  SetExpression: notFollowed('set'),
  SetComprehensionExpression: notFollowed('set'),
  DictionaryComprehensionExpression: (source, node, span) => {
    const callee: Expression = { kind: 'name', name: 'dict', ...span }
    const pairs = comprehension(source, inner(node), span)
    return { kind: 'call', callee, args: [{ value: pairs, spread: false, keyword: null }], makes: false, ...span }
  },
  ComprehensionExpression: (source, node, span) => comprehension(source, inner(node), span),
  ArrayComprehensionExpression: (source, node, span) => comprehension(source, inner(node), span),
  BinaryExpression: (source, node, span) => binary(source, node, span),
  UnaryExpression: (source, node, span) => unary(source, node, span),
  ConditionalExpression: (source, node, span) => {
    const [consequent, keyword, condition, , otherwise] = partsOf(node)
    return {
      kind: 'choose',
      condition: expressionOf(source, condition, span),
      consequent: expressionOf(source, consequent, span),
      otherwise: expressionOf(source, otherwise, span),
      operator: spanOf(keyword ?? span),
      ...span,
    }
  },
  NamedExpression: (source, node, span) => {
    const [target, operator, value] = partsOf(node)
    if (!target || !operator) return unread(UNFINISHED, span)
    const pattern = patternFrom(source, [target], span)
    const assigned = expressionOf(source, value, span)
    return {
      kind: 'assign',
      target: pattern,
      op: null,
      operator: spanOf(operator),
      value: assigned,
      yields: 'after',
      ...span,
    }
  },
  LambdaExpression: (source, node, span) => ({ kind: 'lambda', code: functionCode(source, node, 'plain'), ...span }),
  MemberExpression: (source, node, span) => member(source, node, span),
  CallExpression: (source, node, span) => call(source, node, span),
  AwaitExpression: notFollowed('async'),
  YieldExpression: notFollowed('generator'),
}

/** Children between the brackets. */
const inner = (node: SyntaxNode): SyntaxNode[] => {
  const parts = partsOf(node).slice(1)
  return /^[)\]}]$/.test(parts.at(-1)?.name ?? '') ? parts.slice(0, -1) : parts
}

function itemsOf(source: Source, nodes: readonly SyntaxNode[]): ListTerm['items'] {
  const items: { value: Expression; spread: boolean }[] = []
  let spread = false
  for (const node of nodes) {
    if (node.name === '*') spread = true
    else if (node.name !== ',') {
      items.push({ value: expressionOf(source, node, node), spread })
      spread = false
    }
  }
  return items
}

function entriesOf(source: Source, node: SyntaxNode): RecordEntry[] {
  return splitAt(inner(node), ',').flatMap((parts): RecordEntry[] => {
    const [first, second, third] = parts
    if (!first || !second) return []
    const span = { from: first.from, to: parts.at(-1)?.to ?? first.to }
    if (first.name === '**')
      return [{ key: null, keySpan: spanOf(first), value: expressionOf(source, second, first), ...span }]
    const key = expressionOf(source, first, first)
    const plain = key.kind === 'text' && key.text !== undefined ? key.text : key.kind === 'number' ? key.text : key
    return [{ key: plain, keySpan: spanOf(first), value: expressionOf(source, third, first), ...span }]
  })
}

/** Groups of nodes between separators; an empty last one is left out. */
export function splitAt(nodes: readonly SyntaxNode[], separator: string): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]]
  for (const node of nodes) {
    if (node.name === separator) groups.push([])
    else groups.at(-1)?.push(node)
  }
  return groups.at(-1)?.length === 0 ? groups.slice(0, -1) : groups
}

/** `item for x in xs if c …`. */
function comprehension(source: Source, nodes: readonly SyntaxNode[], span: Span): Expression {
  const start = nodes.findIndex((node) => node.name === 'for')
  const clauses: ComprehensionTerm['clauses'][number][] = []
  let at = start
  while (at >= 0 && at < nodes.length) {
    const next = nodes.findIndex((node, index) => index > at && /^(for|if|async)$/.test(node.name))
    const part = nodes.slice(at, next < 0 ? nodes.length : next)
    const within = part.findIndex((node) => node.name === 'in')
    if (part[0]?.name === 'if') clauses.push({ kind: 'if', condition: expressionOf(source, part[1], span) })
    else
      clauses.push({
        kind: 'each',
        pattern: patternFrom(source, part.slice(1, within), span),
        source: tupleOf(source, part.slice(within + 1), span),
      })
    at = next
  }
  const first = nodes.slice(0, Math.max(0, start))
  const [key, colon, value] = first
  // An entry of a dictionary is a pair.
  const item: Expression =
    colon?.name === ':'
      ? {
          kind: 'list',
          items: [key, value].map((each) => ({ value: expressionOf(source, each, span), spread: false })),
          ...span,
        }
      : tupleOf(source, first, span)
  return { kind: 'comprehension', item, clauses, ...span }
}

/** Signs that the core language writes otherwise. */
const SIGNS: Readonly<Record<string, string>> = { '%': 'mod', is: '==', 'is not': '!=', 'not in': 'notIn' }

/** The sign of the core language for an operator, or the `+` of `+=`. */
export function signOf(spelling: string): string | null {
  const sign = Object.hasOwn(SIGNS, spelling) ? (SIGNS[spelling] as string) : spelling
  return BINARY.has(sign) ? sign : null
}

const isLogic = (node: SyntaxNode): boolean => partsOf(node).some(({ name }) => /^(and|or)$/.test(name))

function binary(source: Source, node: SyntaxNode, span: Span): Expression {
  if (isLogic(node)) return logic(source, node)
  const parts = partsOf(node)
  const [left, right] = [parts[0], parts.length > 2 ? parts.at(-1) : undefined]
  const between = parts.slice(1, right ? -1 : undefined)
  const operator = { from: between[0]?.from ?? span.from, to: between.at(-1)?.to ?? span.to }
  const spelling = between.map((part) => written(source, part)).join(' ')
  const op = signOf(spelling)
  if (!left || op === null) return unread(left ? 'not supported' : UNFINISHED, span, namesBelow(source, node))
  const b = expressionOf(source, right, operator)
  // `a < b < c` stands for `a < b and b < c`.
  if (isComparison(between) && left.name === 'BinaryExpression' && isComparison(partsOf(left).slice(1, -1))) {
    const first = expressionOf(source, left, span)
    const middle = expressionOf(source, partsOf(left).at(-1), span)
    const second: Expression = {
      kind: 'operation',
      op,
      args: [middle, b],
      operator,
      ...spanOf({ from: middle.from, to: b.to }),
    }
    return { kind: 'logic', op: '&&', left: first, right: second, operator, ...span }
  }
  return { kind: 'operation', op, args: [expressionOf(source, left, span), b], operator, ...span }
}

const isComparison = (operator: readonly SyntaxNode[]): boolean =>
  /^(CompareOp|in|is|not)$/.test(operator[0]?.name ?? '')

type LogicToken = { readonly word: string; readonly span: Span } | { readonly operand: SyntaxNode }

/** What `and`, `or` and `not` stand between: the parser lets `not` take all that follows it. */
function logicTokens(source: Source, node: SyntaxNode): LogicToken[] {
  const parts = partsOf(node)
  const [first, second, third] = parts
  if (node.name === 'BinaryExpression' && first && second && isLogic(node))
    return [
      ...logicTokens(source, first),
      { word: second.name, span: spanOf(second) },
      ...(third ? logicTokens(source, third) : []),
    ]
  if (node.name === 'UnaryExpression' && first?.name === 'not' && second)
    return [{ word: 'not', span: spanOf(first) }, ...logicTokens(source, second)]
  return [{ operand: node }]
}

/** Reads `and`, `or` and `not` with the ranks that Python gives them. */
function logic(source: Source, node: SyntaxNode): Expression {
  const tokens = logicTokens(source, node)
  let at = 0
  const take = (word: string): Span | null => {
    const token = tokens[at]
    if (!token || !('word' in token) || token.word !== word) return null
    at++
    return token.span
  }
  const operand = (): Expression => {
    const negation = take('not')
    if (negation) {
      const value = operand()
      return { kind: 'operation', op: '!', args: [value], operator: negation, from: negation.from, to: value.to }
    }
    const token = tokens[at++]
    return expressionOf(source, token && 'operand' in token ? token.operand : null, node)
  }
  const chain = (word: string, op: LogicTerm['op'], part: () => Expression): Expression => {
    let left = part()
    for (let operator = take(word); operator; operator = take(word)) {
      const right = part()
      left = { kind: 'logic', op, left, right, operator, from: left.from, to: right.to }
    }
    return left
  }
  return chain('or', '||', () => chain('and', '&&', operand))
}

function unary(source: Source, node: SyntaxNode, span: Span): Expression {
  const [operator, operand] = partsOf(node)
  if (!operator) return unread(UNFINISHED, span)
  if (operator.name === 'not') return logic(source, node)
  const op = written(source, operator)
  const value = expressionOf(source, operand, span)
  if (!PREFIX.has(op)) return unread('not supported', span, [value])
  return { kind: 'operation', op, args: [value], operator: spanOf(operator), ...span }
}

function member(source: Source, node: SyntaxNode, span: Span): Expression {
  const parts = partsOf(node)
  const object = expressionOf(source, parts[0], span)
  const property = childNamed(node, 'PropertyName')
  if (property)
    return {
      kind: 'member',
      object,
      key: written(source, property),
      keySpan: spanOf(property),
      optional: false,
      ...span,
    }
  const open = parts.findIndex((part) => part.name === '[')
  if (open < 0) return unread(UNFINISHED, span, [object])
  const close = parts.findLastIndex((part) => part.name === ']')
  const groups = splitAt(parts.slice(open + 1, close < 0 ? undefined : close), ',')
  if (groups.length === 0) return unread(UNFINISHED, span, [object])
  const indices = groups.map((group) => indexOf(source, group, span))
  return { kind: 'index', object, indices, fromEnd: true, ...span }
}

/** `i`, `a:b`, `::2`. */
function indexOf(source: Source, nodes: readonly SyntaxNode[], at: Span): Expression {
  if (!nodes.some((node) => node.name === ':')) return tupleOf(source, nodes, at)
  const bounds: (SyntaxNode | null)[] = [null, null, null]
  let place = 0
  for (const node of nodes) {
    if (node.name === ':') place++
    else if (place < bounds.length) bounds[place] = node
  }
  const [start, stop, step] = bounds.map((node) => (node ? expressionOf(source, node, at) : null))
  const span = { from: nodes[0]?.from ?? at.from, to: nodes.at(-1)?.to ?? at.to }
  return { kind: 'slice', start: start ?? null, stop: stop ?? null, step: step ?? null, ...span }
}

function call(source: Source, node: SyntaxNode, span: Span): Expression {
  const [callee] = partsOf(node)
  const list = childNamed(node, 'ArgList')
  if (!callee || !list) return unread(UNFINISHED, span, namesBelow(source, node))
  if (callee.name === 'VariableName' && written(source, callee) === 'super')
    return { kind: 'self', parent: true, ...span }
  const target = expressionOf(source, callee, span)
  const isParent = target.kind === 'member' && target.object.kind === 'self' && target.key === '__init__'
  const args = argumentsOf(source, list)
  return { kind: 'call', callee: isParent ? target.object : target, args, makes: false, ...span }
}

function argumentsOf(source: Source, list: SyntaxNode): Argument[] {
  const nodes = inner(list)
  if (nodes.some((node) => node.name === 'for'))
    return [{ value: comprehension(source, nodes, spanOf(list)), spread: false, keyword: null }]
  const groups = splitAt(nodes, ',')
  return groups.map((group): Argument => {
    const [first, second, third] = group
    if (second?.name === 'AssignOp' && first)
      return { value: expressionOf(source, third, first), spread: false, keyword: written(source, first) }
    const spread = first?.name === '**' ? 'names' : first?.name === '*'
    return { value: expressionOf(source, spread ? second : first, list), spread, keyword: null }
  })
}

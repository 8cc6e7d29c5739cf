/** Functions and classes of JavaScript and TypeScript in the core language. */
import type { SyntaxNode } from '@lezer/common'
import type { ClassCode, ClassMember, Expression, FunctionCode, ParameterCode, Statement } from '../core'
import { commentAbove, type Source, spanOf, written } from '../lowering'
import { bare, childNamed, partsOf } from '../tree'
import { expressionOf, keyOf } from './expressions'
import { patternOf } from './patterns'
import { statementsIn } from './statements'

export function functionCode(source: Source, node: SyntaxNode, form: FunctionCode['form']): FunctionCode {
  const name =
    form === 'method' || form === 'getter' || form === 'setter' ? null : childNamed(node, 'VariableDefinition')
  const block = childNamed(node, 'Block')
  const parts = partsOf(node)
  const arrow = parts.findIndex((part) => part.name === 'Arrow')
  const expression = arrow >= 0 && !block ? parts[arrow + 1] : undefined
  const body: readonly Statement[] = block
    ? statementsIn(source, block)
    : form === 'arrow'
      ? [{ kind: 'return', value: expressionOf(source, expression, node), ...spanOf(expression ?? node) }]
      : []
  const returns = childNamed(node, 'TypeAnnotation')
  const own = returns && returns.from >= (childNamed(node, 'ParamList')?.to ?? 0) ? returns : null
  return {
    name: name && written(source, name),
    nameSpan: name && spanOf(name),
    parameters: parametersOf(source, node),
    body,
    isExpression: !block && form === 'arrow',
    bodySpan: spanOf(block ?? expression ?? node),
    form,
    unfollowed: childNamed(node, 'async') ? 'async' : childNamed(node, 'Star') ? 'generator' : null,
    returns: own && typeText(source, own),
    takesSelf: false,
    ...spanOf(node),
  }
}

const typeText = (source: Source, annotation: SyntaxNode): string => written(source, annotation).replace(/^:\s*/, '')

export const getterForm = (node: SyntaxNode): FunctionCode['form'] =>
  childNamed(node, 'get') ? 'getter' : childNamed(node, 'set') ? 'setter' : 'method'

type Draft = { -readonly [K in keyof ParameterCode]: ParameterCode[K] }

function parametersOf(source: Source, node: SyntaxNode): ParameterCode[] {
  const list = childNamed(node, 'ParamList')
  // `x => …` has no brackets around its parameter.
  const parts = list ? partsOf(list) : []
  const found: ParameterCode[] = []
  let draft: Draft | null = null
  let marks = new Set<string>()
  const close = () => {
    if (draft) found.push(draft)
    draft = null
    marks = new Set()
  }
  parts.forEach((part, index) => {
    const current = draft as Draft | null
    if (part.name === ',' || part.name === ')') close()
    else if (current) {
      if (part.name === 'TypeAnnotation') current.type = typeText(source, part)
      if (part.name === 'Equals') current.fallback = expressionOf(source, parts[index + 1], part)
      if (part.name === 'Optional') current.optional = true
      current.to = part.to
    } else if (/^(VariableDefinition|ObjectPattern|ArrayPattern)$/.test(part.name))
      draft = {
        pattern: patternOf(source, part),
        type: null,
        fallback: null,
        rest: marks.has('Spread'),
        optional: false,
        field: marks.has('Privacy') || marks.has('readonly'),
        ...spanOf(part),
      }
    else marks.add(part.name)
  })
  close()
  return found
}

export function classCode(source: Source, node: SyntaxNode): ClassCode {
  const name = childNamed(node, 'VariableDefinition')
  const parts = partsOf(node)
  const extended = parts.findIndex((part) => part.name === 'extends')
  const body = childNamed(node, 'ClassBody')
  return {
    name: name && written(source, name),
    nameSpan: name && spanOf(name),
    base: extended >= 0 ? expressionOf(source, parts[extended + 1], node) : null,
    members: body ? partsOf(body).flatMap((member) => memberOf(source, member)) : [],
    ...spanOf(node),
  }
}

function memberOf(source: Source, node: SyntaxNode): ClassMember[] {
  if (node.name !== 'MethodDeclaration' && node.name !== 'PropertyDeclaration') return []
  const { key, keySpan } = keyOf(source, node)
  if (typeof key !== 'string') return []
  const isMethod = childNamed(node, 'ParamList') !== null
  // `abstract f(): number` and the first lines of overloads say nothing.
  if (isMethod && !childNamed(node, 'Block')) return []
  const head = written(source, { from: node.from, to: (childNamed(node, 'Equals', 'ParamList') ?? node).from })
  const privacy = childNamed(node, 'Privacy')
  const isPrivate =
    key.startsWith('#') ||
    childNamed(node, 'readonly') !== null ||
    (privacy !== null && /private/.test(written(source, privacy)))
  return [
    {
      key,
      keySpan,
      isStatic: childNamed(node, 'static') !== null || /\bstatic\b/.test(head),
      isPrivate,
      method: isMethod ? functionCode(source, node, getterForm(node)) : null,
      value: isMethod ? null : fieldValue(source, node),
      ...spanOf(node),
      ...commentAbove(node),
    },
  ]
}

function fieldValue(source: Source, node: SyntaxNode): Expression | null {
  const parts = partsOf(node)
  const equals = parts.findIndex((part) => part.name === 'Equals')
  return equals < 0 ? null : expressionOf(source, parts[equals + 1], bare(node))
}

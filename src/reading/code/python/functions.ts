/** Functions and classes of Python in the core language. */
import type { SyntaxNode } from '@lezer/common'
import type { ClassCode, ClassMember, Documented, FunctionCode, ParameterCode, Span, Statement } from '../core'
import { type Source, spanOf, written } from '../lowering'
import { childNamed, partsOf, walk } from '../tree'
import { expressionOf, splitAt } from './expressions'
import { documentationOf, statementsIn } from './statements'

/** Names of decorators, without what they are given: `property`, `x.setter`. */
export type Decorators = readonly string[]

/** A `def` or `lambda`; of a method, its decorators say what its first parameter is. */
export function functionCode(
  source: Source,
  node: SyntaxNode,
  form: FunctionCode['form'],
  decorators: Decorators = [],
): FunctionCode {
  const name = node.name === 'LambdaExpression' ? null : childNamed(node, 'VariableName')
  const body = childNamed(node, 'Body')
  const parameters = parametersOf(source, node)
  const expression = node.name === 'LambdaExpression' ? partsOf(node).at(-1) : null
  const statements: readonly Statement[] = body
    ? statementsIn(source, body)
    : [{ kind: 'return', value: expressionOf(source, expression, node), ...spanOf(expression ?? node) }]
  const returns = childNamed(node, 'TypeDef')
  const method = form === 'method'
  return {
    name: name && written(source, name),
    nameSpan: name && spanOf(name),
    parameters,
    body: statements,
    isExpression: !body,
    bodySpan: spanOf(body ?? expression ?? node),
    form: method && decorators.includes('property') ? 'getter' : form,
    unfollowed: unfollowed(node),
    returns: returns && typeName(written(source, returns)),
    takesSelf: method && !decorators.includes('staticmethod') && parameters.length > 0,
    ...spanOf(node),
  }
}

/** Functions of others in it may be generators. */
function unfollowed(node: SyntaxNode): string | null {
  if (childNamed(node, 'async')) return 'async'
  let yields = false
  const body = childNamed(node, 'Body')
  if (body)
    walk(body, (part) => {
      yields ||= part.name === 'YieldExpression'
      return part.name !== 'FunctionDefinition' && part.name !== 'LambdaExpression'
    })
  return yields ? 'generator' : null
}

/** Types that say what a number or a list of them is, by the machine's words. */
function typeName(text: string): string {
  const type = text.replace(/^\s*(:|->)\s*/, '')
  if (/^(float|int|complex|np\.float\d*|np\.ndarray|ndarray|npt?\.NDArray.*|numpy\.ndarray)$/.test(type))
    return /nd/i.test(type) ? 'array' : 'number'
  if (/^bool$/.test(type)) return 'boolean'
  if (/^str$/.test(type)) return 'string'
  return type
}

function parametersOf(source: Source, node: SyntaxNode): ParameterCode[] {
  const list = childNamed(node, 'ParamList')
  if (!list) return []
  const inside = partsOf(list).filter(({ name }) => name !== '(' && name !== ')')
  return splitAt(inside, ',').flatMap((group): ParameterCode[] => {
    const starred = /^\*\*?$/.test(group[0]?.name ?? '')
    const [target, ...others] = starred ? group.slice(1) : group
    if (target?.name !== 'VariableName') return []
    const type = others.find(({ name }) => name === 'TypeDef')
    const equals = others.findIndex(({ name }) => name === 'AssignOp')
    return [
      {
        pattern: { kind: 'name', name: written(source, target), ...spanOf(target) },
        type: type ? typeName(written(source, type)) : null,
        fallback: equals < 0 ? null : expressionOf(source, others[equals + 1], target),
        rest: group[0]?.name === '**' ? 'names' : starred,
        optional: false,
        field: false,
        ...spanOf(target),
      },
    ]
  })
}

export function classCode(source: Source, node: SyntaxNode, decorators: Decorators = []): ClassCode {
  const name = childNamed(node, 'VariableName')
  const body = childNamed(node, 'Body')
  const list = childNamed(node, 'ArgList')
  const base = list ? splitAt(partsOf(list).slice(1, -1), ',')[0] : undefined
  const members = body ? partsOf(body).flatMap((part) => membersOf(source, part, [])) : []
  const isData = decorators.some((decorator) => /dataclass$/.test(decorator))
  return {
    name: name && written(source, name),
    nameSpan: name && spanOf(name),
    // `object` and abstract bases have nothing that a method here needs.
    base:
      base?.length === 1 && base[0] && !/^(object|ABC|abc\.ABC)$/.test(written(source, base[0]))
        ? expressionOf(source, base[0], node)
        : null,
    members: isData ? [...members, dataConstructor(source, node, body)] : members,
    ...spanOf(node),
  }
}

export const decoratorsOf = (source: Source, node: SyntaxNode): string[] =>
  partsOf(node)
    .filter(({ name }) => name === 'Decorator')
    .map((part) => written(source, part).replace(/^@\s*/, '').replace(/\(.*$/s, '').trim())

function membersOf(
  source: Source,
  node: SyntaxNode,
  decorators: Decorators,
  documented: Span & Documented = { ...spanOf(node), ...documentationOf(source, node) },
): ClassMember[] {
  if (node.name === 'DecoratedStatement') {
    const definition = childNamed(node, 'FunctionDefinition')
    return definition ? membersOf(source, definition, decoratorsOf(source, node), documented) : []
  }
  if (node.name === 'FunctionDefinition') return methodOf(source, node, decorators, documented)
  if (node.name !== 'AssignStatement') return []
  const parts = partsOf(node)
  const [target] = parts
  const equals = parts.findIndex(({ name }) => name === 'AssignOp')
  if (target?.name !== 'VariableName' || equals < 0) return []
  const key = written(source, target)
  const value = expressionOf(source, parts[equals + 1], node)
  const field = { key, keySpan: spanOf(target), isPrivate: false, method: null, value, ...documented }
  // What a class holds, its objects have too.
  return [
    { ...field, isStatic: true },
    { ...field, isStatic: false },
  ]
}

function methodOf(
  source: Source,
  node: SyntaxNode,
  decorators: Decorators,
  documented: Span & Documented,
): ClassMember[] {
  const name = childNamed(node, 'VariableName')
  if (!name || decorators.some((decorator) => /\.(setter|deleter)$/.test(decorator))) return []
  const written_ = written(source, name)
  return [
    {
      key: written_ === '__init__' ? 'constructor' : written_,
      keySpan: spanOf(name),
      isStatic: decorators.includes('staticmethod') || decorators.includes('classmethod'),
      isPrivate: written_.startsWith('_'),
      method: functionCode(source, node, 'method', decorators),
      value: null,
      ...documented,
    },
  ]
}

/** What `@dataclass` makes of `x: float = 0`. */
function dataConstructor(source: Source, node: SyntaxNode, body: SyntaxNode | null): ClassMember {
  const parameters = (body ? partsOf(body) : []).flatMap((part): ParameterCode[] => {
    const parts = partsOf(part)
    const [target, type] = parts
    if (part.name !== 'AssignStatement' || target?.name !== 'VariableName' || type?.name !== 'TypeDef') return []
    const equals = parts.findIndex(({ name }) => name === 'AssignOp')
    return [
      {
        pattern: { kind: 'name', name: written(source, target), ...spanOf(target) },
        type: typeName(written(source, type)),
        fallback: equals < 0 ? null : expressionOf(source, parts[equals + 1], part),
        rest: false,
        optional: false,
        field: true,
        ...spanOf(part),
      },
    ]
  })
  const span = spanOf(node)
  const method: FunctionCode = {
    name: null,
    nameSpan: null,
    parameters,
    body: [],
    isExpression: false,
    bodySpan: span,
    form: 'method',
    unfollowed: null,
    returns: null,
    takesSelf: false,
    ...span,
  }
  return { key: 'constructor', keySpan: span, isStatic: false, isPrivate: false, method, value: null, ...span }
}

/** What a derivative is called with in the file: what the function was called with, or what it gave. */
import type { SyntaxNode } from '@lezer/common'
import type { SourceFile } from '../typescript/file'
import { bare, childNamed, partsOf, walk } from '../typescript/tree'

interface Call {
  readonly node: SyntaxNode
  /** The first argument, or the list that a function is mapped over. */
  readonly argument: SyntaxNode
}

/** All calls in a file, by the name of what is called: `der` of `act.der(y)` and of `ys.map(der)`. */
export interface Calls {
  readonly text: string
  readonly byName: ReadonlyMap<string, readonly Call[]>
  /** What variables and fields are set to, by their text. */
  readonly assigned: ReadonlyMap<string, readonly SyntaxNode[]>
}

export function callsOf(file: SourceFile): Calls {
  const byName = new Map<string, Call[]>()
  const assigned = new Map<string, SyntaxNode[]>()
  const { text } = file
  const put = <T>(map: Map<string, T[]>, key: string, value: T) => map.set(key, [...(map.get(key) ?? []), value])
  for (const statement of file.statements)
    walk(statement, (node) => {
      if (node.name === 'CallExpression') for (const [name, call] of namesCalled(node, text)) put(byName, name, call)
      for (const [target, value] of assignments(node)) put(assigned, placeText(target, text), value)
      return true
    })
  return { text, byName, assigned }
}

function namesCalled(node: SyntaxNode, text: string): [string, Call][] {
  const callee = partsOf(node)[0]
  const list = childNamed(node, 'ArgList')
  const argument = list ? partsOf(list).find((part) => !['(', ')', ','].includes(part.name)) : undefined
  if (!callee || !argument) return []
  const name = lastName(callee, text)
  if (name === null) return []
  const mapped = /^(map|apply)$/.test(name) && callee.name === 'MemberExpression' ? lastName(argument, text) : null
  const over = partsOf(callee)[0]
  return mapped !== null && over ? [[mapped, { node, argument: over }]] : [[name, { node, argument }]]
}

function lastName(node: SyntaxNode, text: string): string | null {
  if (node.name === 'VariableName') return text.slice(node.from, node.to)
  const property = node.name === 'MemberExpression' ? childNamed(node, 'PropertyName', 'PrivatePropertyName') : null
  return property ? text.slice(property.from, property.to) : null
}

function assignments(node: SyntaxNode): [SyntaxNode, SyntaxNode][] {
  if (node.name === 'AssignmentExpression') {
    const [target, , value] = partsOf(node)
    return target && value ? [[target, value]] : []
  }
  if (node.name !== 'VariableDeclaration') return []
  const parts = partsOf(node)
  return parts.flatMap((part, index): [SyntaxNode, SyntaxNode][] => {
    const value = parts[index + 2]
    return part.name === 'VariableDefinition' && parts[index + 1]?.name === 'Equals' && value ? [[part, value]] : []
  })
}

/** A place as text, all elements of a list alike: `out[i]` as `out[]`. */
const placeText = (node: SyntaxNode, text: string): string =>
  text
    .slice(node.from, node.to)
    .replace(/\s+/g, '')
    .replace(/\[[^\]]*\]/g, '[]')

/** `null` where no call says, or calls of both kinds stand side by side. */
export function calledWith(calls: Calls, functionName: string, derivativeName: string): 'input' | 'output' | null {
  const ofFunction = calls.byName.get(functionName) ?? []
  const inputs = new Set(ofFunction.map(({ argument }) => placeText(bare(argument), calls.text)))
  const isOutput = (node: SyntaxNode): boolean =>
    ofFunction.some((call) => call.node.from === node.from && call.node.to === node.to)
  const kinds = new Set<'input' | 'output'>()
  for (const { argument } of calls.byName.get(derivativeName) ?? []) {
    const node = bare(argument)
    const place = placeText(node, calls.text)
    const fromFunction = (calls.assigned.get(place) ?? []).some((value) => isOutput(bare(value)))
    if (isOutput(node) || (fromFunction && !inputs.has(place))) kinds.add('output')
    else if (inputs.has(place) && !fromFunction) kinds.add('input')
  }
  const [kind] = kinds
  return kinds.size === 1 ? (kind ?? null) : null
}

/** What a derivative is called with in the file: what the function was called with, or what it gave. */
import type { SyntaxNode } from '@lezer/common'
import type { SourceFile } from '../typescript/file'
import { bare, childNamed, partsOf, walk } from '../typescript/tree'

interface Call {
  readonly node: SyntaxNode
  /** What stands before the name: `acts` of `acts.tanh(z)`, `Math` of `Math.tanh(z)`; `null`: the name alone. */
  readonly owner: string | null
  /** The first argument, or the list that a function is mapped over. */
  readonly argument: SyntaxNode
}

/** A value that a place is given. */
interface Assigned {
  readonly target: SyntaxNode
  readonly value: SyntaxNode
}

/** All calls in a file, by the name of what is called: `der` of `act.der(y)` and of `ys.map(der)`. */
export interface Calls {
  readonly text: string
  readonly byName: ReadonlyMap<string, readonly Call[]>
  /** Names of the tables and classes that hold functions. */
  readonly owners: ReadonlySet<string>
  /** What variables and fields are set to, by their text. */
  readonly assigned: ReadonlyMap<string, readonly Assigned[]>
}

export function callsOf(file: SourceFile, owners: ReadonlySet<string>): Calls {
  const byName = new Map<string, Call[]>()
  const assigned = new Map<string, Assigned[]>()
  const { text } = file
  const put = <T>(map: Map<string, T[]>, key: string, value: T) => map.set(key, [...(map.get(key) ?? []), value])
  for (const statement of file.statements)
    walk(statement, (node) => {
      if (node.name === 'CallExpression') for (const [name, call] of namesCalled(node, text)) put(byName, name, call)
      for (const [target, value] of assignments(node)) put(assigned, placeText(target, text), { target, value })
      return true
    })
  return { text, byName, owners, assigned }
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
  return mapped !== null && over
    ? [[mapped, { node, owner: ownerName(argument, text), argument: over }]]
    : [[name, { node, owner: ownerName(callee, text), argument }]]
}

function ownerName(node: SyntaxNode, text: string): string | null {
  const object = node.name === 'MemberExpression' ? partsOf(node)[0] : null
  return object ? (lastName(bare(object), text) ?? text.slice(object.from, object.to)) : null
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

/** The function around a node, as the place where it begins. */
function aroundOf(node: SyntaxNode): number {
  let at: SyntaxNode | null = node.parent
  while (at && !/Function|Method/.test(at.name) && !(at.name === 'Property' && childNamed(at, 'ParamList')))
    at = at.parent
  return at?.from ?? -1
}

/** One of the two functions of a pair, as calls speak of it. */
export interface Callee {
  readonly name: string
  /** The table, class or object that it is a member of. */
  readonly owner: string | null
}

/** Objects of the language have members of their own: `Math.tanh` is no call of a table's `tanh`. */
const isOfLanguage = (owner: string): boolean => /^(Math|Number|Array|Object|JSON|Promise|console|super)$/.test(owner)

/** Calls of one function: through its own table or a variable, never through another table of the file. */
function callsOfOne(calls: Calls, { name, owner }: Callee, other: Callee): readonly Call[] {
  return (calls.byName.get(name) ?? []).filter((call) => {
    if (call.owner === null) return owner === null || name !== other.name
    if (isOfLanguage(call.owner)) return false
    // Two tables with the same keys are told apart by their names alone.
    if (name === other.name) return call.owner === owner
    return call.owner === owner || !calls.owners.has(call.owner)
  })
}

/** `null` where no call says, or calls of both kinds stand side by side. */
export function calledWith(calls: Calls, of: Callee, derivative: Callee): 'input' | 'output' | null {
  const ofFunction = callsOfOne(calls, of, derivative)
  const isOutput = (node: SyntaxNode): boolean =>
    ofFunction.some((call) => call.node.from === node.from && call.node.to === node.to)
  const kinds = new Set<'input' | 'output'>()
  for (const { argument } of callsOfOne(calls, derivative, of)) {
    const node = bare(argument)
    const place = placeText(node, calls.text)
    // A field is the same in all methods, a variable only in its own function.
    const here = (other: SyntaxNode) => /^this\./.test(place) || aroundOf(other) === aroundOf(node)
    const isInput = ofFunction.some(
      (call) => placeText(bare(call.argument), calls.text) === place && here(call.argument),
    )
    const isResult = (calls.assigned.get(place) ?? []).some(
      ({ target, value }) => isOutput(bare(value)) && here(target),
    )
    if (isOutput(node) || (isResult && !isInput)) kinds.add('output')
    else if (isInput && !isResult) kinds.add('input')
  }
  const [kind] = kinds
  return kinds.size === 1 ? (kind ?? null) : null
}

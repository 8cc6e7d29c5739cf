/** Names → nodes: each name is one leaf, each definition one named node, however often it is used. */
import type { NodeId, Source } from '../graph/graph'
import type { Shape } from '../operations/operation'
import type { Expr, MatrixExpr, Name, Range } from '../reading/statement'
import { childrenOf, namesIn } from './parts'
import type { Defined, Scope, UsePlace } from './scope'
import { type Building, EMPTY, type Environment, noNotes } from './vocabulary'

export const sourceOf = ({ passage }: UsePlace, { start, end }: Range): Source => ({ passage, start, end })

/** The definition that a name means at a place, as it is read; `null` for an input. */
export function resolve({ scope, choices }: Building, name: Name, place: UsePlace): Defined | null {
  if (choices.free?.has(name.key)) return null
  const found = scope.definitionOf(name, place)
  return found && found === choices.instead?.of ? choices.instead.use : found
}

/** The node that a name stands for at a place. */
export function nameNode(
  building: Building,
  name: Name,
  range: Range,
  place: UsePlace,
  environment: Environment,
): NodeId {
  const { builder, notes, underway } = building
  const use = sourceOf(place, range)
  const bound = environment.get(name.key)
  if (bound !== undefined) {
    builder.addUse(bound, use)
    return bound
  }
  if (isArray(building.scope, name, place)) notes.doubts.add('array')
  const found = resolve(building, name, place)
  if (!found || (underway.has(found) && isOwnParameter(found, name))) return input(building, name, use, place)
  const id = define(building, found)
  inherit(building, found)
  builder.addUse(id, use)
  return id
}

const isOwnParameter = ({ definition: { target, parameters } }: Defined, name: Name): boolean =>
  target.key === name.key && (parameters ?? []).some((parameter) => parameter.name.key === name.key)

/** One leaf for each name, however it is spelled; it is written as the note defines it, or as it was first. */
export function input(
  { scope, builder, inputs, names }: Building,
  written: Name,
  use: Source,
  place: UsePlace,
): NodeId {
  const name = scope.canonical(written)
  const known = inputs.get(name.key)
  if (known !== undefined) {
    builder.addUse(known, use)
    return known
  }
  const id = builder.add({ op: 'input', name, shape: inputShape(scope, name, place), source: use })
  inputs.set(name.key, id)
  names.set(id, name)
  return id
}

/** What was noted of a definition is noted of all that uses it. */
export function inherit({ noted, notes }: Building, found: Defined): void {
  const own = noted.get(found)
  for (const doubt of own?.doubts ?? []) notes.doubts.add(doubt)
  notes.used.add(found)
  for (const each of own?.used ?? []) notes.used.add(each)
}

/** Node of a definition and of all that it uses. */
export function define(building: Building, root: Defined): NodeId {
  const known = building.defined.get(root)
  if (known !== undefined) return known
  if (building.cyclic.has(root) || building.underway.has(root)) return cyclicLeaf(building, root)
  // Dependencies first and by a loop: a chain of thousands of definitions must not overflow the stack.
  for (const each of dependencies(building, root)) {
    if (!building.defined.has(each) && !building.underway.has(each)) defineOne(building, each)
  }
  return building.defined.get(root) ?? cyclicLeaf(building, root)
}

function cyclicLeaf({ builder, notes }: Building, { definition }: Defined): NodeId {
  notes.doubts.add('cyclic')
  return builder.add({ op: 'opaque', attributes: { reason: 'cyclic', text: definition.target.latex }, shape: [] })
}

function defineOne(building: Building, each: Defined): void {
  const { definition } = each
  const outer = building.notes
  const own = noNotes()
  building.underway.add(each)
  building.notes = own
  const environment = parameterNodes(building, each)
  const body = building.build(definition.expr, each, environment)
  const isBlind = own.doubts.has('opaque') || own.doubts.has('cyclic')
  const id =
    isBlind && building.choices.unknowns === 'any'
      ? hiddenLeaf(building, each, environment)
      : named(building, body, each)
  building.noted.set(each, own)
  building.notes = outer
  building.underway.delete(each)
  building.defined.set(each, id)
}

/** The node as the one that carries the name: an input, a constant or a node named already gets an identity. */
function named({ builder }: Building, id: NodeId, place: Defined): NodeId {
  const { target, targetRange, expr } = place.definition
  const { name, op } = builder.node(id)
  const isTaken = name !== null || op === 'input' || op === 'upstream' || op === 'constant' || op === 'literal'
  const own = isTaken ? builder.add({ op: 'identity', inputs: [id], source: sourceOf(place, expr.range) }) : id
  builder.setName(own, target, sourceOf(place, targetRange))
  return own
}

/** A definition that can't be read may have any value: a leaf. */
function hiddenLeaf(building: Building, place: Defined, environment: Environment): NodeId {
  const { builder, hidden, names, notes } = building
  const { target, targetRange, expr } = place.definition
  const id = builder.add({ op: 'input', name: target, shape: [], source: sourceOf(place, targetRange) })
  hidden.set(id, dependenciesSeen(building, expr, place, environment))
  names.set(id, target)
  notes.doubts.delete('opaque')
  notes.doubts.delete('cyclic')
  return id
}

/** Names of which a definition that can't be read is seen to depend. */
function dependenciesSeen(building: Building, expr: Expr, place: UsePlace, environment: Environment): Set<NodeId> {
  const found = new Set<NodeId>(environment.values())
  const stack: Expr[] = [expr]
  while (stack.length > 0) {
    const next = stack.pop() as Expr
    if (next.kind === 'name') found.add(nameNode(building, next.name, next.range, place, environment))
    stack.push(...childrenOf(next))
  }
  return found
}

/** What the parameters of a function stand for. */
export function parameterNodes(building: Building, defined: Defined): Environment {
  const { parameters } = defined.definition
  if (!parameters) return EMPTY
  return new Map(parameters.map(({ name, range }) => [name.key, parameterNode(building, name, range, defined)]))
}

/** A parameter: what the note says of its name, or the name itself. */
export function parameterNode(building: Building, name: Name, range: Range, place: Defined): NodeId {
  if (building.choices.unknowns === 'any') return nameNode(building, name, range, place, EMPTY)
  return input(building, name, sourceOf(place, range), place)
}

/** The definitions that a definition needs and that aren't built, needed ones first, itself last. */
function dependencies(building: Building, root: Defined): Defined[] {
  const order: Defined[] = []
  const state = new Map<Defined, 'open' | 'closed'>()
  const stack: Defined[] = [root]
  while (stack.length > 0) {
    const top = stack[stack.length - 1] as Defined
    if (state.get(top) === 'closed' || building.defined.has(top)) {
      stack.pop()
      continue
    }
    if (state.get(top) === 'open') {
      state.set(top, 'closed')
      order.push(top)
      stack.pop()
      continue
    }
    state.set(top, 'open')
    for (const use of usesOf(building, top)) {
      if (state.get(use) === 'open') building.cyclic.add(use)
      else if (state.get(use) !== 'closed') stack.push(use)
    }
  }
  return order
}

/** The definitions that a definition uses. */
function usesOf(building: Building, defined: Defined): Set<Defined> {
  const { scope, choices } = building
  const { parameters, expr, target } = defined.definition
  const own = new Set(parameters?.map(({ name }) => name.key))
  const uses = new Set<Defined>()
  for (const each of namesIn(expr)) {
    const name = each.kind === 'name' ? each.name : each.callee
    if (each.kind === 'name' && own.has(name.key)) continue
    const found = resolve(building, name, defined)
    if (found) uses.add(found)
    // Its own name, and nothing else that the name could mean: no graph shows it, though its value before may be meant.
    else if (choices.unknowns === 'shown' && scope.canonical(name).key === target.key) uses.add(defined)
  }
  return uses
}

function isArray(scope: Scope, name: Name, place: UsePlace): boolean {
  if (scope.isArray(name) || /\\(mathbf|boldsymbol|bm|vec|bold|mathbb)\b/.test(name.latex)) return true
  return (scope.declarationOf(name, place)?.declaration.shape.length ?? 0) > 0
}

/** Shape of an input: declared, of its literal value, unknown where it is seen to be an array, else a scalar. */
function inputShape(scope: Scope, name: Name, place: UsePlace): Shape | null {
  const declared = scope.declarationOf(name, place)
  if (declared) return declared.declaration.shape
  const bound = scope.bindingOf(name, place)
  if (bound?.binding.value.kind === 'matrix') return matrixShape(bound.binding.value)
  return scope.isArray(name) ? null : []
}

export const matrixShape = (expr: MatrixExpr): Shape => expr.shape ?? [expr.rows.length, expr.rows[0]?.length ?? 0]

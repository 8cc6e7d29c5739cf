/** Names → nodes: each name is one leaf, each definition one named node, however often it is used. */

import type { GraphBuilder, NodeId, Source } from '../graph/graph'
import { extentNode, identityMatrixNode, isIndexValue, onesNode, tabulatedNode } from '../operations/indexNodes'
import { type IndexId, letterOf } from '../operations/indexTerms'
import type { Shape } from '../operations/operation'
import { type Expr, type Indexed, type MatrixExpr, type Name, type Range, UNSAID } from '../reading/statement'
import { axesByLetter } from './arrayNames'
import { transposed } from './arrays'
import { isDelta } from './families'
import { delta, entryAt, freeLetter, indexOf, placesOf } from './indices'
import { opaque } from './opaque'
import { childrenOf, nameOf, namesIn, namesOf } from './parts'
import { type Defined, isWrittenAsArray, type Scope, type UsePlace } from './scope'
import { type Building, EMPTY, type Environment, type Notes, noNotes } from './vocabulary'
import { arraysAt } from './written'

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
  const known =
    indexedNode(building, name, range, place, environment) ??
    primedNode(building, name, range, place) ??
    freeIndex(building, name, place) ??
    constantNode(building, name, use, place)
  if (known !== null) return known
  if (!building.choices.entrywise && isArray(building.scope, name, place)) notes.doubts.add('array')
  const found = resolve(building, name, place)
  if (!found || (underway.has(found) && isOwnParameter(found, name))) return input(building, name, use, place)
  const id = define(building, found)
  inherit(building, found)
  builder.addUse(id, use)
  const letters = building.implicit.get(id)
  return letters
    ? entryAt(
        building,
        id,
        letters.map((letter) => letterPlace(building, letter, environment)),
        use,
      )
    : id
}

/** An entry of an array, a delta of two indices; `null` for a name of its own. */
function indexedNode(
  building: Building,
  name: Name,
  range: Range,
  place: UsePlace,
  environment: Environment,
): NodeId | null {
  const { scope, builder } = building
  const use = sourceOf(place, range)
  if (!name.indexed) return null
  if (isDelta(name) && name.indexed.at.length === 2 && !resolve(building, name, place)) {
    return delta(building, name.indexed.at, environment, use)
  }
  const entry = scope.families.entryOf(name)
  const isBound = name.indexed.at.some((term) =>
    term?.letters.some(({ key }) => {
      const letter = environment.get(key)
      return letter !== undefined && isIndexValue(builder.node(letter).op)
    }),
  )
  if (!entry && !isBound) return null
  const array =
    entry && (entriesNode(building, entry, use, place) ?? nameNode(building, entry.base, range, place, EMPTY))
  const places = entry && placesOf(building, entry.at, environment)
  if (array === null || places === null) {
    return opaque(building, {
      doubt: 'opaque',
      reason: 'index',
      text: name.latex,
      uses: array === null ? [] : [array],
      source: use,
    })
  }
  if (isBeyond(builder, array, places)) return leaf(building, name, [], use)
  building.notes.doubts.add('array')
  return entryAt(building, array, places, use)
}

/** `x_3` of an x that has two entries by what is said of it: another x is meant, and the name is one of its own. */
const isBeyond = (builder: GraphBuilder, array: NodeId, places: readonly string[]): boolean =>
  places.some((place, axis) => {
    const size = builder.shapeOf(array)?.[axis]
    const known = size === undefined ? null : builder.sizes.resolve(size)
    return typeof known === 'number' && /^\d+$/.test(place) && Number(place) > known
  })

/** `X'` of an array X, where nothing else is called so: X transposed. */
function primedNode(building: Building, { key, unprimed }: Name, range: Range, place: UsePlace): NodeId | null {
  const { scope } = building
  if (!unprimed || building.inputs.has(key)) return null
  const isDeclared = (scope.declarationOf(unprimed, place)?.declaration.shape.length ?? 0) > 0
  const own = { key, latex: key, plain: key }
  if (!isDeclared || resolve(building, own, place) || scope.bindingOf(own, place)) return null
  const array = nameNode(building, unprimed, range, place, EMPTY)
  return transposed(building, array, sourceOf(place, range))
}

/** x_i beside x, each a vector: the array of all x_i is not the x that is one of them. `null` where there is only one of both. */
function entriesNode(building: Building, { base }: Indexed, use: Source, place: UsePlace): NodeId | null {
  const { scope, builder, inputs, names } = building
  const places = scope.placesOfArrays(base)
  if (places === null || !scope.isArrayItself(base) || building.choices.entrywise) return null
  // The rows x_i of a matrix X that is declared with an axis for each place and one for what stands there.
  const axes = axesByLetter(base)
  if (scope.declarationOf(base, place)?.declaration.shape.length === places + axes) return null
  const name = scope.canonical(base)
  const key = `${name.key}@${places}`
  const known = inputs.get(key)
  if (known !== undefined) {
    builder.addUse(known, use)
    return known
  }
  const shape = Array.from({ length: places + axes }, () => builder.sizes.fresh())
  const id = builder.add({ op: 'input', name, attributes: { guessed: true }, shape, source: use })
  inputs.set(key, id)
  names.set(id, name)
  return id
}

/** `k` of `\sum_{j \ne k}` beside an x_k: the index that is free here, not a number of its own. */
function freeIndex(building: Building, name: Name, place: UsePlace): NodeId | null {
  const letter = building.free.get(name.key)
  return letter === undefined || resolve(building, name, place) ? null : letter
}

/** A size as a number, the vector of ones, the identity matrix; `null` for all else. */
function constantNode(building: Building, name: Name, use: Source, place: UsePlace): NodeId | null {
  const { scope, builder, notes } = building
  const isKnown = () => resolve(building, name, place) !== null || scope.bindingOf(name, place) !== null
  if (scope.families.sizes.has(name.key) && !isKnown()) {
    notes.doubts.add('array')
    const known = building.inputs.get(`#${name.key}`)
    const id = known ?? builder.add({ ...extentNode(name.key), name, source: use })
    building.inputs.set(`#${name.key}`, id)
    if (known !== undefined) builder.addUse(known, use)
    return id
  }
  const declared = () => scope.declarationOf(name, place) !== null || isKnown()
  const axis = unitVector(scope, name)
  if (axis && !declared()) {
    notes.doubts.add('array')
    return builder.add({ op: 'literal', attributes: { data: axis }, shape: [axis.length], source: use })
  }
  if (name.key === '1_bold' && !declared()) return builder.add({ ...onesNode(builder.sizes.fresh()), source: use })
  if (name.key !== 'I' || declared() || !hasMatrices(scope)) return null
  return builder.add({ ...identityMatrixNode(builder.sizes.fresh()), source: use })
}

/** `\mathbf{i}`, `\hat{k}` of a note that writes vectors by their components along the axes: the numbers of that vector. */
function unitVector(scope: Scope, { key }: Name): readonly number[] | null {
  const [, letter, mark] = /^([ijk])_(bold|hat|vec)$/.exec(key) ?? []
  if (!letter || !mark) return null
  const axes = ['i', 'j', 'k'].filter((each) => keysOf(scope).has(`${each}_${mark}`))
  if (axes.length < 2 || axes[1] !== 'j') return null
  return axes.map((each) => (each === letter ? 1 : 0))
}

/** Keys of all names of a note, found once. */
function keysOf(scope: Scope): ReadonlySet<string> {
  const known = keysOfScope.get(scope)
  if (known) return known
  const found = new Set(scope.statements.flatMap(({ statement }) => namesOf(statement).map(({ key }) => key)))
  keysOfScope.set(scope, found)
  return found
}
const keysOfScope = new WeakMap<Scope, ReadonlySet<string>>()

const hasMatrices = (scope: Scope): boolean =>
  scope.statements.some(({ statement }) => statement.kind === 'declaration' && statement.shape.length === 2)

const letterPlace = (building: Building, letter: { key: string; latex: string }, environment: Environment): string => {
  const bound = environment.get(letter.key) ?? freeLetter(building, letter)
  return `1*${indexOf(building, bound)}`
}

const isOwnParameter = ({ definition: { target, parameters } }: Defined, name: Name): boolean =>
  target.key === name.key && (parameters ?? []).some((parameter) => parameter.name.key === name.key)

/** One leaf for each name, however it is spelled; it is written as the note defines it, or as it was first. */
export function input(building: Building, written: Name, use: Source, place: UsePlace): NodeId {
  const { scope, builder, inputs, choices } = building
  const name = scope.canonical(written)
  const known = inputs.get(name.key)
  if (known !== undefined) {
    builder.addUse(known, use)
    return known
  }
  const isOne = choices.numbers === 'inferred' ? scope.isInferred(name) : choices.numbers && scope.isBeside(name)
  const isNumber = isOne && !scope.declarationOf(name, place)
  const shape = choices.entrywise || isNumber ? [] : inputShape(scope, builder, name, place)
  return leaf(building, name, shape, use, isGuessed(scope, shape, name, place))
}

function leaf(
  { builder, inputs, names }: Building,
  name: Name,
  shape: Shape | null,
  source: Source,
  isGuess = false,
): NodeId {
  const known = inputs.get(name.key)
  if (known !== undefined) return known
  const id = builder.add({ op: 'input', name, attributes: isGuess ? { guessed: true } : undefined, shape, source })
  inputs.set(name.key, id)
  names.set(id, name)
  return id
}

/** What was noted of a definition is noted of all that uses it. */
export function inherit({ noted, notes }: Building, found: Defined): void {
  for (const doubt of noted.get(found)?.doubts ?? []) notes.doubts.add(doubt)
  notes.used.set(found, 'whole')
}

/** Definitions that were used, and those that they use, in the order of their use. */
export function usedIn({ noted }: Building, notes: Notes): Defined[] {
  const found = new Set<Defined>()
  const stack = [...notes.used].reverse()
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [each, how] = next
    if (found.has(each)) continue
    found.add(each)
    if (how === 'whole') stack.push(...[...(noted.get(each)?.used ?? [])].reverse())
  }
  return [...found]
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
  const { free, shifted } = building
  building.shifted = shiftedIn(building.scope, definition.expr)
  building.underway.add(each)
  building.notes = own
  building.free = new Map()
  const letters = targetLetters(building, each)
  const environment = new Map([...parameterNodes(building, each), ...letters])
  const body = tabulatedBody(building, each, building.build(definition.expr, each, environment), letters)
  const left = lettersLeft(building, body.free)
  building.free = free
  building.shifted = shifted
  const isUnknown = own.doubts.has('mismatch') || building.builder.shapeOf(body.id) === null
  const isBlind = own.doubts.has('opaque') || own.doubts.has('cyclic') || isUnknown
  const id =
    isBlind && building.choices.unknowns === 'any'
      ? hiddenLeaf(building, each, environment)
      : named(building, body.id, each)
  if (left.length > 0) building.implicit.set(id, left)
  building.noted.set(each, own)
  building.notes = outer
  building.underway.delete(each)
  building.defined.set(each, id)
}

/** Arrays of which an expression takes entries further on: `x_{i+k-1}`. */
function shiftedIn({ families }: Scope, expr: Expr): ReadonlySet<string> {
  return new Set(
    namesIn(expr).flatMap((each) => {
      const entry = each.kind === 'name' ? families.entryOf(each.name) : null
      const isShifted = entry?.at.some(
        (term) => term && term.letters.length > 0 && (term.letters.length > 1 || term.offset !== 0),
      )
      return isShifted ? [entry?.base.key ?? ''] : []
    }),
  )
}

/** The letters of `y_{k} = …`, each an index. */
function targetLetters(building: Building, { definition: { target } }: Defined): Environment {
  const at = building.scope.families.entryOf(target)?.at ?? []
  const letters = at.flatMap((term) => term?.letters ?? [])
  return new Map(letters.map((letter) => [letter.key, freeLetter(building, letter)]))
}

/** What is defined entry by entry as an array; `free` are indices that the left side doesn't say. */
function tabulatedBody(
  building: Building,
  { definition, ...place }: Defined,
  body: NodeId,
  letters: Environment,
): { readonly id: NodeId; readonly free: readonly IndexId[] } {
  const { builder } = building
  const own = [...letters.values()].map((letter) => indexOf(building, letter))
  const free = builder.indicesOf(body).filter((index) => !own.includes(index))
  const indices = [...free, ...own]
  if (indices.length === 0) return { id: body, free }
  if (own.length > 0 && free.length > 0) building.notes.doubts.add('opaque')
  building.notes.doubts.add('array')
  const source = sourceOf(place, definition.expr.range)
  return { id: builder.add({ ...tabulatedNode(body, indices), source }), free }
}

function lettersLeft(building: Building, free: readonly IndexId[]) {
  return free.flatMap((index) => {
    const found = [...building.free].find(([, id]) => indexOf(building, id) === index)
    return found ? [{ key: found[0], latex: letterOf(index) }] : []
  })
}

/** The node as the one that carries the name: an input, a constant or a node named already gets an identity. */
function named({ builder, scope }: Building, id: NodeId, place: Defined): NodeId {
  const { targetRange, expr } = place.definition
  const target = scope.families.entryOf(place.definition.target)?.base ?? place.definition.target
  const { name, op } = builder.node(id)
  const isTaken = name !== null || op === 'input' || op === 'upstream' || op === 'constant' || op === 'literal'
  const own = isTaken ? arraysAt(builder, sourceOf(place, expr.range)).copy(id) : id
  builder.setName(own, target, sourceOf(place, targetRange))
  return own
}

/** A definition that can't be read may have any value: a leaf. */
function hiddenLeaf(building: Building, place: Defined, environment: Environment): NodeId {
  const { builder, hidden, names, notes } = building
  const { target, targetRange, expr } = place.definition
  const isVector = building.scope.isArray(target) || isWrittenAsArray(target)
  const shape = isVector ? Array.from({ length: axesByLetter(target) }, () => builder.sizes.fresh()) : []
  const attributes = isVector ? { guessed: true } : undefined
  const source = sourceOf(place, targetRange)
  const id = builder.add({ op: 'input', name: target, attributes, shape, source })
  hidden.set(id, dependenciesSeen(building, expr, place, environment))
  names.set(id, target)
  for (const doubt of ['opaque', 'cyclic', 'array', 'mismatch'] as const) notes.doubts.delete(doubt)
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
function parameterNodes(building: Building, defined: Defined): Environment {
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
    const name = nameOf(each)
    if (each.kind === 'name' && own.has(name.key)) continue
    const found = resolve(building, name, defined)
    if (found) uses.add(found)
    // Its own name, and nothing else that the name could mean: no graph shows it, though its value before may be meant.
    else if (choices.unknowns === 'shown' && scope.canonical(name).key === target.key) uses.add(defined)
  }
  return uses
}

function isArray(scope: Scope, name: Name, place: UsePlace): boolean {
  if (scope.isArray(name) || isWrittenAsArray(name)) return true
  return (scope.declarationOf(name, place)?.declaration.shape.length ?? 0) > 0
}

/** Is the shape of an array only what its letter suggests? */
const isGuessed = (scope: Scope, shape: Shape | null, name: Name, place: UsePlace): boolean =>
  shape !== null &&
  shape.length > 0 &&
  !scope.isBeside(name) &&
  scope.declarationOf(name, place) === null &&
  scope.bindingOf(name, place) === null &&
  (scope.placesOfArrays(name) !== null || scope.families.rankOf(name.key) === null)

/** Shape of an input: declared, of its literal value, as its entries are written, unknown where it is seen to be an array, else a scalar. */
function inputShape(scope: Scope, builder: GraphBuilder, name: Name, place: UsePlace): Shape | null {
  const { families } = scope
  const declared = scope.declarationOf(name, place)?.declaration
  if (declared) {
    // `x^{(i)} \in \mathbb{R}^{d}`: of all x there is one more axis.
    const places = families.entryOf(declared.target.name)?.at ?? []
    const sizes = declared.shape.map((size) => (size === UNSAID ? builder.sizes.fresh() : size))
    return [...places.map(() => builder.sizes.fresh()), ...sizes]
  }
  const rank = families.rankOf(name.key)
  const bound = scope.bindingOf(name, place)?.binding.value
  if (bound?.kind === 'matrix') {
    const shape = matrixShape(bound)
    const own = rank === 1 && shape[0] === 1 ? shape.slice(1) : shape
    return own.map((size) => (size === 1 ? size : builder.sizes.fresh(size as number)))
  }
  const places = scope.isArrayItself(name) ? null : scope.placesOfArrays(name)
  const axes = (count: number) => Array.from({ length: count }, () => builder.sizes.fresh())
  if (places !== null) return axes(Math.max(rank ?? 0, places + axesByLetter(name)))
  if (rank !== null) return axes(rank)
  return isArray(scope, name, place) ? axes(axesByLetter(name)) : []
}

/** The shape of a literal: a list and a single column are vectors. */
export function matrixShape({ rows, list, shape }: MatrixExpr): Shape {
  if (shape) return shape
  const width = rows[0]?.length ?? 0
  if (list) return [width]
  return width === 1 && rows.length > 1 ? [rows.length] : [rows.length, width]
}

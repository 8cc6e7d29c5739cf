/** Indices: what binds them, what they mean where they are free, and entries of arrays. */
import type { NodeId, Source } from '../graph/graph'
import { algebra, DIFFERENCE } from '../operations/algebra'
import { operation, operationSpelled } from '../operations/index'
import { tabulated } from '../operations/indexed'
import { deltaNode, entryNode, indexNode, isIndexValue, TABULATED } from '../operations/indexNodes'
import { type IndexId, type Place, placeText, plainIndex, sizeOf, WHOLE_AXIS } from '../operations/indexTerms'
import type { Dimension } from '../operations/operation'
import type { BinderExpr, EntryExpr, Expr, Indexed, IndexTerm, Name } from '../reading/statement'
import { argsOf } from '../reading/terms'
import { literalNumber } from './literals'
import { opaque } from './opaque'
import { namesIn } from './parts'
import type { UsePlace } from './scope'
import type { Building, Environment } from './vocabulary'
import { formulasAt } from './written'

/** A letter that stands for an index: a leaf that counts, and the place that it says in an array. */
function letterNode({ builder }: Building, index: IndexId, source: Source | null, isFromZero = false): NodeId {
  const position = placeText({ parts: [{ index, factor: 1 }], offset: 0 })
  const value = isFromZero ? placeText({ parts: [{ index, factor: 1 }], offset: -1 }) : position
  return builder.add({ ...indexNode(value, position), source })
}

/** The node of a letter that nothing binds: in one claim or definition it is one index. */
export function freeLetter(building: Building, letter: { key: string; latex: string }): NodeId {
  const known = building.free.get(letter.key)
  if (known !== undefined) return known
  const { builder } = building
  const id = letterNode(building, builder.index(letter.latex, builder.sizes.fresh()), null)
  building.free.set(letter.key, id)
  return id
}

/** The index that a letter node stands for. */
export const indexOf = ({ builder }: Building, letter: NodeId): IndexId =>
  plainIndex(String(builder.node(letter).attributes.position)) ?? ''

/** The place that a term says, as text; `null` where a letter in it counts nothing. */
function termPlace(building: Building, term: IndexTerm | null, environment: Environment): string | null {
  if (term === null) return WHOLE_AXIS
  const parts: Place['parts'][number][] = []
  for (const { key, latex, factor } of term.letters) {
    const bound = environment.get(key)
    const isIndex = bound !== undefined && isIndexValue(building.builder.node(bound).op)
    if (bound !== undefined && !isIndex) return null
    if (!isIndex && !building.scope.families.indices.has(key)) return null
    parts.push({ index: indexOf(building, isIndex ? bound : freeLetter(building, { key, latex })), factor })
  }
  return placeText({ parts, offset: term.offset })
}

/** The places that terms say; `null` where one can't be told. */
export function placesOf(building: Building, at: Indexed['at'], environment: Environment): string[] | null {
  const places = at.map((term) => termPlace(building, term, environment))
  return places.every((place) => place !== null) ? (places as string[]) : null
}

/** The entry of an array; its indices run over the sizes of the array's axes. */
export function entryAt(building: Building, array: NodeId, places: readonly string[], source: Source | null): NodeId {
  const { builder, notes } = building
  const shape = builder.shapeOf(array)
  if (!shape) notes.doubts.add('array')
  else if (places.length > shape.length) notes.doubts.add('mismatch')
  places.forEach((place, axis) => {
    const index = plainIndex(place)
    const size = shape?.[axis]
    const isShifted = building.shifted.has(builder.node(array).name?.key ?? '')
    if (index !== null && size !== undefined && !isShifted && !builder.sizes.equate(sizeOf(index), size))
      notes.doubts.add('mismatch')
    // A numbered entry says how many there are at least.
    const number = /^\d+$/.test(place) ? Number(place) : 0
    if (number > 0 && size !== undefined) builder.sizes.atLeast(size, number)
  })
  return builder.add({ ...entryNode(array, places), source })
}

/** `(XW)_{nk}`. */
export function entryExpr(
  building: Building,
  expr: EntryExpr,
  environment: Environment,
  array: NodeId,
  source: Source,
): NodeId {
  const places = placesOf(building, expr.at, environment)
  if (!places)
    return opaque(building, { doubt: 'opaque', reason: 'subscript of a bracket', text: '', uses: [array], source })
  building.notes.doubts.add('array')
  return entryAt(building, array, places, source)
}

/** Kronecker's delta: 1 where two places are the same. */
export function delta(building: Building, at: Indexed['at'], environment: Environment, source: Source): NodeId | null {
  const { builder } = building
  const places = placesOf(building, at, environment)
  if (!places || places.includes(WHOLE_AXIS)) return null
  const [a, b] = places.map(plainIndex)
  if (a && b) builder.sizes.equate(sizeOf(a), sizeOf(b))
  building.notes.doubts.add('array')
  return builder.add({ ...deltaNode(places), source })
}

interface Limits {
  readonly size: Dimension
  /** From 0: the letter's value is one less than its place. */
  readonly isFromZero: boolean
  /** The first value where it isn't the first place, and whether there is an upper limit to be asked. */
  readonly first: number
  readonly isCut: boolean
}

/** What the limits of a sum say about its index; `null` where they can't be counted. */
function limitsOf({ builder }: Building, from: Expr | null, to: Expr | null): Limits | null {
  const first = from === null ? 1 : literalNumber(from)
  if (first === null || !Number.isInteger(first) || first < 0) return null
  const isFromZero = first === 0
  const shared = { isFromZero, first: isFromZero ? 1 : first, isCut: false }
  if (to === null) return { ...shared, size: builder.sizes.fresh() }
  const number = literalNumber(to)
  if (number !== null)
    return Number.isInteger(number) && number > 0 ? { ...shared, size: number + (isFromZero ? 1 : 0) } : null
  if (to.kind === 'name') return { ...shared, size: isFromZero ? `${to.name.key}+1` : to.name.key }
  const [whole, less] = argsOf(to, DIFFERENCE)
  if (whole?.kind !== 'name' || !less || literalNumber(less) === null) return null
  if (isFromZero && literalNumber(less) === 1) return { ...shared, size: whole.name.key }
  return isFromZero ? null : { ...shared, size: whole.name.key, isCut: true }
}

/** A sum, product or extremum over indices. */
export function binder(
  building: Building,
  expr: BinderExpr,
  place: UsePlace,
  environment: Environment,
  source: Source,
): NodeId {
  const { builder, notes } = building
  const inside = new Map(environment)
  const indices: { id: IndexId; letter: NodeId; limits: Limits; to: Expr | null; name: Name }[] = []
  for (const { name, from, to } of [...expr.indices, ...alsoBound(building, expr, environment)]) {
    const limits = limitsOf(building, from, to)
    if (!limits) return unreadable(building, expr, place, environment, source)
    const id = builder.index(name.latex, limits.size)
    const letter = letterNode(building, id, null, limits.isFromZero)
    inside.set(name.key, letter)
    indices.push({ id, letter, limits, to, name })
  }
  notes.doubts.add('array')
  const { atLeast, atMost } = algebra<NodeId>(builder)
  const conditions = indices.flatMap(({ letter, limits, to }) => [
    ...(limits.first > 1 ? [atLeast(letter, builder.constant(limits.first))] : []),
    ...(limits.isCut && to ? [atMost(letter, building.build(to, place, inside))] : []),
  ])
  if (expr.condition) conditions.push(building.build(expr.condition, place, inside))
  let body = building.build(expr.body, place, inside)
  if (expr.op === TABULATED)
    return tabulated(
      builder,
      body,
      indices.map(({ id }) => id),
    )
  const neutral = operation(expr.op)?.binds?.neutral ?? null
  if (conditions.length > 0 && neutral === null) return unreadable(building, expr, place, environment, source)
  for (const holds of conditions) body = formulasAt(builder, source).choice(holds, body, builder.constant(neutral ?? 0))
  for (const { id } of [...indices].reverse()) {
    body = builder.add({ op: expr.op, inputs: [body], attributes: { index: id }, source })
  }
  return body
}

const UNEQUAL = operationSpelled('plain', '!=')?.name

/** `\sum_{i \ne j} x_i x_j` goes over both where nothing else says what j is. */
function alsoBound({ free, scope }: Building, { indices, condition, body }: BinderExpr, environment: Environment) {
  if (condition?.kind !== 'apply' || condition.op !== UNEQUAL) return []
  const [own] = indices
  const inBody = new Set(
    namesIn(body)
      .flatMap((each) =>
        each.kind === 'name' ? (each.name.indexed?.at ?? []).flatMap((term) => term?.letters ?? []) : [],
      )
      .map(({ key }) => key),
  )
  return condition.args.flatMap((arg) => {
    if (arg.kind !== 'name' || indices.some(({ name }) => name.key === arg.name.key)) return []
    const { key } = arg.name
    const isOpen = !environment.has(key) && !free.has(key) && scope.families.indices.has(key) && inBody.has(key)
    return isOpen && own ? [{ ...own, name: arg.name }] : []
  })
}

function unreadable(
  building: Building,
  expr: BinderExpr,
  place: UsePlace,
  environment: Environment,
  source: Source,
): NodeId {
  const reason = operation(expr.op)?.binds?.neutral === 1 ? 'product with an index' : 'sum with an index'
  const inside = new Map(environment)
  for (const { name } of expr.indices) inside.set(name.key, freeLetter(building, name))
  const uses = [building.build(expr.body, place, inside)]
  return opaque(building, { doubt: 'opaque', reason, text: '\\sum', uses, source, shape: null, isOpen: true })
}

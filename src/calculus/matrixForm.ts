/**
 * From entries back to arrays: an array that is given entry by entry as a matrix expression. The factors of a term are vectors at an
 * index and matrices between two: a path of matrices is their product, each turned as it is walked along, two ends without a
 * path are an outer product, what stands at one index is multiplied entry by entry.
 */
import type { NodeId } from '../graph/graph'
import { PRODUCT } from '../operations/algebra'
import { MATRIX_PRODUCT, OUTER_PRODUCT } from '../operations/arrays'
import { operation } from '../operations/index'
import { isEntry, isSummation } from '../operations/indexNodes'
import { type IndexId, plainIndex } from '../operations/indexTerms'
import { sameShape } from '../operations/shapes'
import { asNumber, type Factor, numberSum, ONE, type Sum, type Term, timesTerm } from './algebra'
import { type FormKit, product, rank, turned } from './matrixProducts'

/** A matrix from the one index to the other. */
interface Edge {
  readonly from: IndexId
  readonly to: IndexId
  readonly matrix: NodeId
}

/** The factors of a term by the indices at which they stand. */
interface Network {
  readonly numbers: Term
  readonly vectors: ReadonlyMap<IndexId, Factor[]>
  readonly edges: readonly Edge[]
  readonly indices: ReadonlySet<IndexId>
}

/** The array whose entries at `outputs` (one or two indices) the terms are; `null` where it is no matrix expression. */
export function matrixForm(kit: FormKit, outputs: readonly IndexId[], body: Sum): Sum | null {
  if (outputs.length === 0 || outputs.length > 2 || body.length === 0) return null
  const terms: Term[] = []
  for (const term of body) {
    const network = networkOf(kit, outputs, term)
    const arrays =
      network &&
      (outputs.length === 1
        ? vectorOf(kit, network, outputs[0] as IndexId)
        : matrixOf(kit, network, outputs[0] as IndexId, outputs[1] as IndexId))
    if (!arrays || arrays.length === 0) return null
    terms.push(timesTerm(network.numbers, { coefficient: ONE, factors: arrays }, kit.keyOf))
  }
  return terms
}

/** @param outputs indices that are free in the result */
function networkOf(kit: FormKit, outputs: readonly IndexId[], term: Term): Network | null {
  const { builder } = kit
  const indices = new Set(outputs)
  const vectors = new Map<IndexId, Factor[]>()
  const edges: Edge[] = []
  let numbers: Term = { coefficient: term.coefficient, factors: [] }
  const waiting = [...term.factors]
  for (let factor = waiting.shift(); factor; factor = waiting.shift()) {
    const { base, exponent } = factor
    const own = builder.indicesOf(base).filter((index) => indices.has(index))
    const [first, second, further] = own
    if (first === undefined) {
      if (rank(builder, base) !== 0) return null
      numbers = timesTerm(numbers, { coefficient: ONE, factors: [factor] }, kit.keyOf)
      continue
    }
    const { op, inputs, attributes, name } = builder.node(base)
    if (isSummation(op) && name === null && asNumber(exponent) === 1) {
      const [inner, more] = kit.sumOf(inputs[0] as NodeId)
      const index = String(attributes.index)
      if (!inner || more || indices.has(index)) return null
      indices.add(index)
      numbers = timesTerm(numbers, { coefficient: inner.coefficient, factors: [] }, kit.keyOf)
      waiting.unshift(...inner.factors)
      continue
    }
    if (further !== undefined) return null
    const array = lifted(kit, base, second === undefined ? [first] : [first, second], indices)
    if (array === null) return null
    if (second === undefined) vectors.set(first, [...(vectors.get(first) ?? []), { base: array, exponent }])
    else if (asNumber(exponent) === 1) edges.push({ from: first, to: second, matrix: array })
    else return null
  }
  return { numbers, vectors, edges, indices }
}

/** An elementwise expression of entries at just these indices, as one of arrays; `null` where there is none. */
function lifted(kit: FormKit, root: NodeId, own: readonly IndexId[], all: ReadonlySet<IndexId>): NodeId | null {
  const { builder } = kit
  const shape = own.map((index) => builder.extentOf(index))
  const lift = (id: NodeId, depth: number): NodeId | null => {
    const { op, inputs, attributes, name } = builder.node(id)
    if (!builder.indicesOf(id).some((index) => all.has(index))) return rank(builder, id) === 0 ? id : null
    if (isEntry(op)) return wholeOf(kit, inputs[0] as NodeId, attributes.at as readonly string[], own)
    if (depth === 0 || name !== null || !operation(op)?.elementwise) return null
    const parts = inputs.map((input) => lift(input, depth - 1))
    if (parts.some((part) => part === null)) return null
    const arrays = (parts as NodeId[]).filter((part) => rank(builder, part) > 0)
    if (!arrays.every((part) => sameShape(builder.shapeOf(part), builder.shapeOf(arrays[0] as NodeId)))) return null
    const isHadamard = op === PRODUCT && arrays.length > 1
    return builder.apply(op, parts as NodeId[], isHadamard ? { sign: 'hadamard' } : attributes)
  }
  const found = lift(root, DEEPEST)
  return found !== null && builder.shapeOf(found)?.length === shape.length ? found : null
}
/** Nobody writes deeper expressions in one entry. */
const DEEPEST = 24

/** The array of which an entry at each of its places is taken, turned where its indices come the other way round. */
function wholeOf({ builder }: FormKit, array: NodeId, at: readonly string[], own: readonly IndexId[]): NodeId | null {
  const places = at.map(plainIndex)
  const shape = builder.shapeOf(array)
  if (shape?.length !== places.length || places.length !== own.length) return null
  if (builder.indicesOf(array).length > 0) return null
  const isWhole = places.every((place, k) => place !== null && builder.extentOf(place) === shape[k])
  if (!isWhole) return null
  if (places.every((place, k) => place === own[k])) return array
  const [first, second] = own
  return places[0] === second && places[1] === first && second !== undefined ? turned(builder, array) : null
}

/** The factors of the vector at an index: what stands there, and what comes along each matrix; `null` where they go round. */
function vectorAt(kit: FormKit, network: Network, root: IndexId, seen: Set<IndexId>): Factor[] | null {
  const walk = (index: IndexId, along: Edge | null): Factor[] | null => {
    if (seen.has(index)) return null
    seen.add(index)
    const factors = [...(network.vectors.get(index) ?? [])]
    for (const edge of network.edges) {
      if (edge === along || (edge.from !== index && edge.to !== index)) continue
      const inner = walk(edge.from === index ? edge.to : edge.from, edge)
      if (!inner || inner.length === 0) return null
      const vector = kit.fromSum([{ coefficient: ONE, factors: inner }])
      factors.push({ base: product(kit.builder, walkedFrom(kit, edge, index), vector), exponent: UNIT })
    }
    return factors
  }
  return walk(root, null)
}
const UNIT = numberSum(1)

/** The matrix with its rows at this index. */
const walkedFrom = ({ builder }: FormKit, { from, matrix }: Edge, index: IndexId): NodeId =>
  from === index ? matrix : turned(builder, matrix)

function vectorOf(kit: FormKit, network: Network, root: IndexId): Factor[] | null {
  const seen = new Set<IndexId>()
  const found = vectorAt(kit, network, root, seen)
  return found && seen.size === network.indices.size ? found : null
}

function matrixOf(kit: FormKit, network: Network, row: IndexId, column: IndexId): Factor[] | null {
  const { edges, indices, vectors } = network
  const isDirect = ({ from, to }: Edge) => indices.size === 2 && from !== to
  // Entry by entry.
  if (vectors.size === 0 && edges.length > 0 && edges.every(isDirect))
    return edges.map((edge) => ({ base: walkedFrom(kit, edge, row), exponent: UNIT }))
  // A vector on the way would scale rows or columns: that is left entry by entry.
  const chain = vectors.size === 0 ? chainBetween(kit, network, row, column) : null
  return chain === null ? outerOf(kit, network, row, column) : [{ base: chain, exponent: UNIT }]
}

/** The product of the matrices on the way from one index to another, where these are all that there is. */
function chainBetween(kit: FormKit, { edges, indices }: Network, from: IndexId, to: IndexId): NodeId | null {
  const left = new Set(edges)
  let made: NodeId | null = null
  let steps = 0
  for (let at = from; at !== to; steps++) {
    const next: Edge | undefined = [...left].find((edge) => edge.from === at || edge.to === at)
    if (!next) return null
    left.delete(next)
    const matrix = walkedFrom(kit, next, at)
    made = made === null ? matrix : kit.builder.apply(MATRIX_PRODUCT, [made, matrix])
    at = next.from === at ? next.to : next.from
  }
  return left.size === 0 && steps === indices.size - 1 ? made : null
}

/** A column by a row. */
function outerOf(kit: FormKit, network: Network, row: IndexId, column: IndexId): Factor[] | null {
  const seen = new Set<IndexId>()
  const parts = [row, column].map((index) => vectorAt(kit, network, index, seen))
  if (parts.some((part) => !part || part.length === 0) || seen.size !== network.indices.size) return null
  const [left, right] = (parts as Factor[][]).map((factors) => kit.fromSum([{ coefficient: ONE, factors }]))
  return [{ base: kit.builder.apply(OUTER_PRODUCT, [left as NodeId, right as NodeId]), exponent: UNIT }]
}

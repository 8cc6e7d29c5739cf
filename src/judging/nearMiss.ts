/**
 * Is a written step one edit away from what is true? Authors who mean the same as the checker and slip write nearly the truth: a sign,
 * a number, an exponent, a name, one factor or term too few or too many. Who means something else seldom does.
 */

import { scalarOf } from '../arithmetic/doubles'
import { ancestors, type GraphNode, isNamed, leavesOf, type NodeId } from '../graph/graph'
import type { Meaning } from '../meaning/build'
import { DIFFERENCE, NEGATIVE, POWER, PRODUCT, QUOTIENT, SUM } from '../operations/algebra'
import { operation } from '../operations/index'
import { isClose } from './mistakes'

/** A number in the place of a node, from the values of the nodes. */
type Edit = (values: readonly number[]) => number

/** Where the sides are compared: ordinary values, all different, the first of them that lie in the domain. */
const BASES = [0.7, 1.3, 2.1, 0.31, 0.17, 0.11]
const MOST_POINTS = 3
/** Factors that are lost or doubled. */
const FACTORS = [2, 3, 4, 5, 6, 8, 10]

/** Longer formulas aren't looked at: each edit of each part has to be tried. */
const MOST_PARTS = 150

/**
 * @param truth what is right, as a node of the same graph as what is written
 * @param kind any edit, or only another name in the place of one
 */
export function isOneEditAway(world: Meaning, truth: NodeId, written: NodeId, kind: 'any' | 'names' = 'any'): boolean {
  const { graph } = world.builder
  const [order, before] = [ancestors(graph, written), ancestors(graph, truth)]
  if (order.length > MOST_PARTS || before.length > MOST_PARTS) return false
  const leaves = leavesOf(graph, [truth, written])
  const points = BASES.map((base) => {
    const values: number[] = []
    leaves.forEach((id, k) => {
      values[id] = base * (1 + 0.31 * k)
    })
    for (const along of [before, order]) runAlong(world, along, values)
    return values
  })
  const inside = points.filter((values) => Number.isFinite(values[truth])).slice(0, MOST_POINTS)
  if (inside.length < MOST_POINTS) return false
  return placesIn(world, written).some((place) =>
    (kind === 'names' ? namesFor : editsOf)(world, world.builder.node(place.id), leaves).some((edit) =>
      inside.every((values) => isClose(changed(world, order, values, place, edit), values[truth] as number)),
    ),
  )
}

/** A part of a formula, and where it stands: an input of another part, or the whole. */
interface Place {
  readonly id: NodeId
  readonly user: NodeId | null
  readonly position: number
}

/** What the author wrote, part by part: what a name stands for is no part of it. */
function placesIn({ builder }: Meaning, root: NodeId): Place[] {
  const found: Place[] = [{ id: root, user: null, position: 0 }]
  const seen = new Set<NodeId>()
  const stack = [root]
  for (let user = stack.pop(); user !== undefined; user = stack.pop()) {
    const node = builder.node(user)
    if (seen.has(user) || isNamed(node)) continue
    seen.add(user)
    for (const [position, id] of node.inputs.entries()) {
      found.push({ id, user, position })
      stack.push(id)
    }
  }
  return found
}

/** The other names that may stand where a name stands. */
const namesFor = (
  { names }: Pick<Meaning, 'names'>,
  { id }: Pick<GraphNode, 'id'>,
  leaves: readonly NodeId[],
): Edit[] =>
  names.has(id)
    ? leaves
        .filter((leaf) => leaf !== id && names.has(leaf))
        .map(
          (leaf): Edit =>
            (values) =>
              values[leaf] as number,
        )
    : []

/** What may stand where a node stands. */
function editsOf({ builder, names }: Meaning, node: GraphNode, leaves: readonly NodeId[]): Edit[] {
  const { id, op, inputs } = node
  const own: Edit = (values) => values[id] as number
  const of =
    (input: NodeId | undefined): Edit =>
    (values) =>
      values[input as NodeId] as number
  const [first, second] = [of(inputs[0]), of(inputs[1])]
  const scaled = FACTORS.flatMap((by): Edit[] => [(values) => own(values) * by, (values) => own(values) / by])
  const edits: Edit[] = [(values) => -own(values), ...scaled, ...namesFor({ names }, { id }, leaves)]
  for (const leaf of leaves) {
    if (!names.has(leaf) || leaf === id) continue
    edits.push(
      (values) => own(values) * (values[leaf] as number),
      (values) => own(values) / (values[leaf] as number),
    )
  }
  edits.push((values) => own(values) ** 2)
  const constant = builder.constantOf(id)
  if (constant !== null)
    return [
      ...edits,
      ...[-2, -1, 1, 2].map(
        (by): Edit =>
          () =>
            constant + by,
      ),
    ]
  if (op === SUM || op === DIFFERENCE) {
    const turned = op === SUM ? -1 : 1
    return [...edits, (values) => first(values) + turned * second(values), first, (values) => -turned * second(values)]
  }
  if (op === PRODUCT) return [...edits, first, second]
  if (op === QUOTIENT)
    return [...edits, first, (values) => second(values) / first(values), (values) => 1 / second(values)]
  if (op === POWER) {
    const shifted = [-1, 1].map(
      (by): Edit =>
        (values) =>
          first(values) ** (second(values) + by),
    )
    return [...edits, ...shifted, first, (values) => first(values) ** -second(values)]
  }
  if (op === NEGATIVE || inputs.length !== 1) return edits
  return [...edits, first, ...confusedWith(op, first)]
}

/** A sine where a cosine stands. */
function confusedWith(op: string, input: Edit): Edit[] {
  const other = operation(op)?.confusion?.with
  const value = other === undefined ? null : scalarOf(operation(other) as NonNullable<ReturnType<typeof operation>>)
  return value ? [(values) => value(input(values), 0, 0)] : []
}

/** Computes the values of nodes from those of their inputs. */
function runAlong(
  { builder }: Meaning,
  order: readonly NodeId[],
  values: number[],
  change?: Place & { value: number },
): void {
  for (const id of order) {
    const { op, inputs, attributes } = builder.node(id)
    if (op === 'constant') values[id] = attributes.value as number
    if (inputs.length === 0) continue
    const given = inputs.map((input) => values[input] as number)
    if (change?.user === id) given[change.position] = change.value
    const entry = operation(op)
    const [a = 0, b = 0, c = 0] = given
    values[id] = (entry && scalarOf(entry)?.(a, b, c)) ?? Number.NaN
  }
}

/** What is written, once one part of it is another number. */
function changed(
  world: Meaning,
  order: readonly NodeId[],
  values: readonly number[],
  place: Place,
  edit: Edit,
): number {
  const value = edit(values)
  if (place.user === null) return value
  const own = [...values]
  // Inputs stand before their users.
  runAlong(world, order.slice(order.indexOf(place.user)), own, { ...place, value })
  return own[order.at(-1) as NodeId] as number
}

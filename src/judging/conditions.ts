/** Conditions under which a step may be meant: equations of its section, and what the words say of a sum. */
import { tape } from '../calculus/evaluate'
import { leavesOf, type NodeId } from '../graph/graph'
import type { Built, Meaning } from '../meaning/build'
import type { Placed, Scope } from '../meaning/scope'
import { substitute } from '../meaning/substitute'
import { algebra } from '../operations/algebra'
import type { Claim, Expr } from '../reading/statement'
import { areEqual } from './arrayRelation'
import { compare } from './equivalence'
import { hasDerivative, leavesIn, type Sides } from './suspect'

/** Equations of a section that are tried: the nearest. */
const MOST = 6

/** The equations of a claim's section, before it or after: `t_1 + t_2 = 1`; the nearest. */
export function conditionsIn(scope: Scope, claim: Placed<Claim>): (readonly [Expr, Expr])[] {
  const section = claim.section.join()
  const found: (readonly [Expr, Expr])[] = []
  for (const placed of scope.statements) {
    if (found.length >= MOST && placed.order > claim.order) break
    if (placed.statement.kind !== 'equation' || placed.section.join() !== section) continue
    const [left, right, further] = placed.statement.sides
    if (!left || !right || further || right.relation !== '=') continue
    if (![left.expr, right.expr].some(hasDerivative)) found.push([left.expr, right.expr])
  }
  return found.slice(-MOST)
}

/** Equal, once a condition is solved for a name in which it is linear. */
export function holdsGiven(
  { world, setting }: Sides,
  given: readonly [Expr, Expr],
  truth: Built,
  side: NodeId,
): boolean {
  const { builder } = world
  const [left, right] = [world.side(given[0]), world.side(given[1])]
  if (left.doubts.size > 0 || right.doubts.size > 0) return false
  const { difference, quotient } = algebra<NodeId>(builder)
  const apart = difference(left.node, right.node)
  const concerned = leavesIn(world, truth.node, side, ...truth.slopes.map(({ of }) => of))
  const [only, another] = truth.slopes
  return [...leavesIn(world, apart)].some((name) => {
    if (!concerned.has(name)) return false
    const slope = world.derive(apart, name, 'total')
    if (slope.doubt || literalOf(world, slope.node) === 0 || leavesIn(world, slope.node).has(name)) return false
    const solved = difference(name, quotient(apart, slope.node))
    const put = new Map([[name, world.simplifier.expand(solved)]])
    const solvedIn = (node: NodeId): NodeId => substitute(builder, world.simplifier.expand(node), put)
    const isSide = (node: NodeId): boolean => isSame({ world, setting }, node, solvedIn(side))
    if (isSide(solvedIn(truth.node))) return true
    // Put in before the derivative is taken: `U = log x + log y` on `x + y = 10`.
    return only !== undefined && !another && isSide(world.derive(solvedIn(only.of), only.by, 'total').node)
  })
}

const literalOf = ({ builder }: Meaning, id: NodeId): unknown => {
  const { op, attributes } = builder.node(id)
  return op === 'constant' ? attributes.value : null
}

/** Equal, once the entries of one family (`t_1`, `t_2`, …) that the truth has add up to one. */
export function sumsToOne({ world, setting }: Sides, truth: Built, side: NodeId): boolean {
  const { builder } = world
  const families = new Map<string, NodeId[]>()
  for (const id of leavesIn(world, truth.node)) {
    const [base, index] = world.names.get(id)?.key.split('_') ?? []
    if (base !== undefined && index !== undefined) families.set(base, [...(families.get(base) ?? []), id])
  }
  return [...families.values()].some(([first, ...others]) => {
    if (first === undefined || others.length === 0) return false
    const rest = others.reduce((sum, each) => algebra<NodeId>(builder).difference(sum, each), builder.constant(1))
    const put = new Map([[first, rest]])
    const solved = (node: NodeId): NodeId => substitute(builder, world.simplifier.expand(node), put)
    return isSame({ world, setting }, solved(truth.node), solved(side))
  })
}

/** Equal for all values, of numbers or of entries. */
function isSame({ world, setting }: Pick<Sides, 'world' | 'setting'>, a: NodeId, b: NodeId): boolean {
  const { graph } = world.builder
  const hasArray = leavesOf(graph, [a, b]).some((id) => world.builder.shapeOf(id)?.length !== 0)
  return hasArray ? areEqual(world, a, b) : compare(graph, a, b, { ...setting, defined: [] }).kind === 'equal'
}

/** Equal, once some names have one value. */
export function holdsWith(
  { world, setting }: Sides,
  truth: Built,
  side: NodeId,
  names: readonly NodeId[],
  value: number,
): boolean {
  const put = new Map(names.map((id) => [id, world.builder.constant(value)]))
  const replaced = substitute(world.builder, truth.node, put)
  return compare(world.builder.graph, replaced, side, { ...setting, defined: [] }).kind === 'equal'
}

/** Where the name is looked for, and the points at which it must have one value. */
const [LEAST, LARGEST, STEPS] = [-40, 40, 160]
const PLACES = [0.7, 1.3, 2.1, 3.7]
const ONE_VALUE = 1e-6

/** Are both sides equal for one value of a name, whatever the other names are? */
export function holdsForOneValue({ builder }: Meaning, truth: NodeId, side: NodeId, name: NodeId): boolean {
  const others = leavesOf(builder.graph, [truth, side]).filter((id) => id !== name)
  const run = tape(builder.graph, [name, ...others], [truth, side])
  if (!run || others.length === 0) return false
  const gap = (value: number, base: number): number => {
    const [a = Number.NaN, b = Number.NaN] = run.run([value, ...others.map((_id, k) => base * (1 + 0.31 * k))])
    return a - b
  }
  const [first, ...further] = PLACES
  return rootsIn((value) => gap(value, first as number)).some((value) =>
    further.every((base) => Math.abs(gap(value, base)) < ONE_VALUE * Math.max(1, Math.abs(gap(value + 1, base)))),
  )
}

function rootsIn(gap: (value: number) => number): number[] {
  const roots: number[] = []
  const width = (LARGEST - LEAST) / STEPS
  for (let k = 0; k < STEPS; k++) {
    let [lo, hi] = [LEAST + k * width + 0.013, LEAST + (k + 1) * width + 0.013]
    const below = Math.sign(gap(lo))
    if (!(below * Math.sign(gap(hi)) < 0)) continue
    for (let halved = 0; halved < 60; halved++) {
      const half = (lo + hi) / 2
      if (Math.sign(gap(half)) === below) lo = half
      else hi = half
    }
    roots.push((lo + hi) / 2)
  }
  return roots
}

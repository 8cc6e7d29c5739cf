/** Derivatives of one node by another, through every path or only where the variable itself is written. */
import { backpropagate, type NodeGradient } from '../calculus/backpropagate'
import { UNNAMED, whereLarge } from '../calculus/large'
import type { Simplifier } from '../calculus/simplify'
import { ancestors, type GraphBuilder, type NodeId } from '../graph/graph'
import { algebra } from '../operations/algebra'
import { type Integral, integralAt } from './integrals'
import { alike, substitute } from './substitute'
import type { Derive, Doubt, Mode } from './vocabulary'

/** What is known of the nodes of a claim beyond the graph. */
export interface Known {
  /** Leaves that stand for a definition that can't be read, with what it is seen to use. */
  readonly hidden: ReadonlyMap<NodeId, ReadonlySet<NodeId>>
  /** Coefficients of functions that the note doesn't define. */
  readonly generic: ReadonlyMap<NodeId, string>
  /** Does the definition of this node depend on itself? */
  isCyclic(id: NodeId): boolean
}

/** Takes derivatives in one graph; each backward pass is made once. */
export function slopeTaker(builder: GraphBuilder, simplifier: Simplifier, known: Known): Derive {
  const { hidden, generic } = known
  const passes = new Map<string, ReadonlyMap<NodeId, NodeGradient>>()
  const gradientsOf = (of: NodeId, mode: Mode): ReadonlyMap<NodeId, NodeGradient> => {
    const key = `${of} ${mode}`
    const options = whereLarge(builder, ancestors(builder.graph, of).length, builder.node(of).name ?? UNNAMED)
    const pass =
      passes.get(key) ?? backpropagate(builder, simplifier, of, { stopAtNames: mode === 'partial', ...options })
    passes.set(key, pass)
    return pass
  }
  /** A number has a slope of 0 by anything. */
  const isConstant = (inside: readonly NodeId[]): boolean =>
    inside.every((id) => builder.node(id).op !== 'input' || generic.has(id))
  /** `-log σ - (x - μ)² / 2σ²` by v = σ²: what v is made of stands elsewhere too, so the author has put v in there. */
  const isAlsoBeside = (of: NodeId, by: NodeId, same: readonly NodeId[]): boolean => {
    const placeholder = builder.constant(Number.NaN)
    const rest = ancestors(builder.graph, substitute(builder, of, new Map(same.map((id) => [id, placeholder]))))
    return ancestors(builder.graph, by).some((id) => builder.node(id).op === 'input' && rest.includes(id))
  }
  const zero = (doubt: Doubt | null) => ({ node: builder.constant(0), doubt })
  const unknownSlope = (of: NodeId, by: NodeId): NodeId =>
    builder.apply('opaque', [of, by], { reason: 'derivative', text: '' })
  /** Leibniz' rule: what an integral is of counts at its bounds, where the variable stands in these alone. */
  const throughIntegrals = (of: NodeId, by: NodeId, mode: Mode): NodeId | null => {
    const { sum, difference, product } = algebra<NodeId>(builder)
    const unread = ancestors(builder.graph, of).filter((id) => builder.node(id).op === 'opaque')
    const isSeen = (root: NodeId): boolean => ancestors(builder.graph, root).some((id) => unread.includes(id))
    const integrals = unread.flatMap((id) => integralAt(builder, id) ?? [])
    const isFree = integrals.every(({ core }) => !isSeen(core) && !ancestors(builder.graph, core).includes(by))
    if (integrals.length < unread.length || !isFree) return null
    const parts = unread.map((id, k) => ({
      id,
      integral: integrals[k] as Integral,
      symbol: builder.add({ op: 'input', shape: [] }),
    }))
    const outside = substitute(builder, of, new Map(parts.map(({ id, symbol }) => [id, symbol])))
    let whole = derive(outside, by, mode).node
    for (const { integral, symbol } of parts) {
      const { core, leaf, from, to } = integral
      const [below, above] = [from, to].map((bound) =>
        product(substitute(builder, core, new Map([[leaf, bound]])), derive(bound, by, mode).node),
      ) as [NodeId, NodeId]
      whole = sum(whole, product(derive(outside, symbol, mode).node, difference(above, below)))
    }
    return whole
  }

  const derive: Derive = (of, by, mode) => {
    if (of === by) return { node: builder.constant(1), doubt: null }
    if (known.isCyclic(of)) return { node: of, doubt: 'cyclic' }
    const inside = ancestors(builder.graph, of)
    if (inside.some((id) => builder.node(id).op === 'opaque'))
      return { node: throughIntegrals(of, by, mode) ?? unknownSlope(of, by), doubt: 'opaque' }
    if (!inside.includes(by)) {
      // ∂z/∂t of z = (x + y)² where t = x + y: the expression is the name.
      const same = inside.filter((id) => id !== of && alike(builder, id, by))
      if (same.length === 0) return zero(isConstant(inside) ? null : 'independent')
      const through = derive(substitute(builder, of, new Map(same.map((id) => [id, by]))), by, mode)
      return through.doubt === null && isAlsoBeside(of, by, same) ? { node: through.node, doubt: 'variable' } : through
    }
    const found = gradientsOf(of, mode).get(by)
    const isThroughHidden = inside.some((id) => id !== by && (hidden.get(id)?.has(by) ?? false))
    const doubt = isThroughHidden && mode === 'total' ? 'hidden' : null
    if (found) return { node: found.node, doubt }
    return mode === 'partial' ? derive(of, by, 'total') : zero(doubt)
  }
  return derive
}

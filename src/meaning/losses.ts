/**
 * A later function that the note doesn't define, `L` in `∂L/∂x = ∂L/∂z · y`: its derivatives are free values, linked by
 * the chain rule through what the note does define.
 */

import { ancestors, type GraphBuilder, type NodeId } from '../graph/graph'
import { algebra } from '../operations/algebra'
import { entryOf } from '../operations/indexed'
import type { Shape } from '../operations/operation'
import type { DerivativeExpr, Expr, Name } from '../reading/statement'
import { childrenOf } from './parts'
import type { Derive, Doubt, Mode, Slope, Upstream } from './vocabulary'

/** What the builder lends. */
export interface Lender {
  readonly builder: GraphBuilder
  /** All sides of the claim: which derivatives of L they mention decides which are free. */
  readonly claimed: readonly Expr[]
  readonly mode: Mode
  readonly derive: Derive
  build(expr: Expr): NodeId
  note(slope: Slope, doubt: Doubt | null): void
  /** The array of which a node is an entry, and its places. */
  located(id: NodeId): { readonly array: NodeId; readonly at: readonly string[] }
  /** What an upstream gradient of `root` makes of it at `by`; `null` where none flows. */
  pulledBack(root: NodeId, upstream: NodeId, by: NodeId): NodeId | null
}

/** The function whose derivative an expression is, where it is a name or a call. */
export const differentiated = ({ of }: DerivativeExpr): Name | null =>
  of.kind === 'name' ? of.name : of.kind === 'call' ? of.callee : null

/** Derivatives of undefined functions in one claim. */
export function losses({ builder, claimed, mode, derive, build, note, located, pulledBack }: Lender): Upstream {
  const symbols = new Map<string, NodeId>()

  const symbol = (name: Name, shape: Shape | null = []): NodeId => {
    const known = symbols.get(name.key) ?? builder.add({ op: 'upstream', shape, name })
    symbols.set(name.key, known)
    return known
  }

  const slope = (loss: Name, by: NodeId): NodeId => {
    const variable = builder.node(by).name
    const key = `d${loss.key}_d${variable?.key ?? by}`
    const latex = `\\frac{\\partial ${loss.latex}}{\\partial ${variable?.latex ?? '\\cdot'}}`
    return symbol({ key, latex, plain: `∂${loss.plain}/∂${variable?.plain ?? '·'}` }, builder.shapeOf(by))
  }

  const nameOf = (id: NodeId): string => builder.node(id).name?.latex ?? '\\cdot'

  const mentions = (loss: Name): NodeId[] => {
    const found = new Set<NodeId>()
    const stack: Expr[] = [...claimed]
    while (stack.length > 0) {
      const next = stack.pop() as Expr
      stack.push(...childrenOf(next))
      if (next.kind !== 'derivative' || next.order !== 1) continue
      const [only] = next.wrt
      if (differentiated(next)?.key === loss.key && only) found.add(located(build(only.variable)).array)
    }
    return [...found]
  }

  const isBefore = (node: NodeId, later: NodeId): boolean =>
    node !== later && ancestors(builder.graph, later).includes(node)

  /** What the claim differentiates L by and what lies furthest on: everything before it follows from it. */
  const roots = (loss: Name, node: NodeId): NodeId[] => {
    const mentioned = mentions(loss)
    return mentioned
      .filter((other) => isBefore(node, other))
      .filter((other) => !mentioned.some((later) => isBefore(other, later)))
  }

  /** `∂L/∂x`: a symbol, or what the symbols further on that the claim mentions make of it. */
  return (loss, order, variables) => {
    const [only] = variables
    if (order !== 1 || !only) {
      const key = `d${loss.key}_${variables.map((each) => `d${each.by}^${each.order}`).join('_')}`
      const below = variables.map((each) => `\\partial ${nameOf(each.by)}${each.order > 1 ? `^{${each.order}}` : ''}`)
      const latex = `\\frac{\\partial^{${order}} ${loss.latex}}{${below.join(' ')}}`
      return symbol({ key, latex, plain: key })
    }
    const { array, at } = located(only.by)
    const isArray = (id: NodeId) => builder.shapeOf(id)?.length !== 0
    if (isArray(array) || roots(loss, array).some(isArray)) {
      const parts = roots(loss, array).flatMap((root) => {
        note({ of: root, by: array }, 'array')
        return pulledBack(root, slope(loss, root), array) ?? []
      })
      const [first, ...rest] = parts
      if (first === undefined) note({ of: array, by: array }, 'array')
      const whole =
        first === undefined ? slope(loss, array) : rest.reduce((a, b) => algebra<NodeId>(builder).sum(a, b), first)
      return entryOf(builder, whole, at)
    }
    let sum: NodeId | null = null
    for (const root of roots(loss, only.by)) {
      const local = derive(root, only.by, mode)
      note({ of: root, by: only.by }, local.doubt)
      const part = algebra<NodeId>(builder).product(slope(loss, root), local.node)
      sum = sum === null ? part : algebra<NodeId>(builder).sum(sum, part)
    }
    return sum ?? slope(loss, only.by)
  }
}

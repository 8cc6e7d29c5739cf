/**
 * A later function that the note doesn't define, `L` in `∂L/∂x = ∂L/∂z · y`: its derivatives are free values, linked by
 * the chain rule through what the note does define.
 */

import type { GraphBuilder, NodeId } from '../graph/graph'
import { PRODUCT, SUM } from '../operations/algebra'
import { entryOf } from '../operations/indexed'
import type { Shape } from '../operations/operation'
import type { DerivativeExpr, Expr, Name } from '../reading/statement'
import type { Linked, Notation } from './links'
import { type Loss, numberLoss } from './loss'
import { childrenOf, differentiated } from './parts'
import type { Building, Doubt, Slope, Upstream } from './vocabulary'

/** What the builder lends. */
export interface Lender {
  readonly builder: GraphBuilder
  /** All sides of the claim: which derivatives of L they mention decides which are free. */
  readonly claimed: readonly Expr[]
  readonly symbols: Building['symbols']
  /** Whether a derivative is one edge, the sum over all paths of edges, or what is written (`null`). */
  edges(): 'one' | 'all' | null
  build(expr: Expr): NodeId
  /** The derivative of a node by another, and whether there is one. */
  slope(of: NodeId, by: NodeId, notation: Notation): Linked
  reaches(of: NodeId, by: NodeId): boolean
  /** What else the note writes a function of, beside the roots that are followed, and that moves as they do. */
  beside(loss: Name, by: NodeId, roots: readonly NodeId[]): readonly NodeId[]
  /** The derivative where an equation or the inverse function says what it is. */
  solved(of: Name, by: NodeId, notation: Notation): NodeId | null
  /** Is a function constant along a curve? Then its partial derivatives hold the other names fixed. */
  isAlongCurve(of: Name): boolean
  note(slope: Slope, doubt: Doubt | null): void
  /** The array of which a node is an entry, and its places. */
  located(id: NodeId): { readonly array: NodeId; readonly at: readonly string[] }
  /** The key of a name, or of the array of which it is an entry. */
  keyOf(name: Name): string
  /** What an upstream gradient of `root` makes of it at `by`; `null` where none flows. */
  pulledBack(root: NodeId, upstream: NodeId, by: NodeId): NodeId | null
}

/** A derivative of a function that isn't defined, as the claim writes it. */
interface WrittenSlope {
  readonly by: NodeId
  readonly notation: Notation
}

/** The derivatives of the first order that some sides write; what sides have in common is one and the same expression. */
function firstDerivatives(sides: readonly Expr[]): DerivativeExpr[] {
  const seen = new Set<Expr>()
  const stack: Expr[] = [...sides]
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    stack.push(...childrenOf(next))
  }
  return [...seen]
    .filter((expr) => expr.kind === 'derivative')
    .filter(({ order, wrt }) => order === 1 && wrt.length > 0)
}

/** Those of one function. */
function slopesIn({ located, build, keyOf }: Lender, loss: Loss, derivatives: readonly DerivativeExpr[]) {
  return derivatives.flatMap((expr): WrittenSlope[] => {
    const [only] = expr.wrt
    const of = differentiated(expr)
    if (!of || !only || keyOf(of) !== loss.name.key) return []
    return [{ by: located(build(only.variable)).array, notation: expr.notation }]
  })
}

/** `\frac{df}{dt} = \frac{\partial f}{\partial t} + …`: where both are written, the partial one holds the other names fixed. */
function isTwofold(slopes: readonly WrittenSlope[], by: NodeId): boolean {
  const notations = slopes.flatMap((each) => (each.by === by ? [each.notation] : []))
  return notations.includes('partial') && notations.includes('total')
}

function higherLatex(
  builder: GraphBuilder,
  loss: Name,
  order: number,
  variables: readonly { readonly by: NodeId; readonly order: number }[],
): string {
  const nameOf = (id: NodeId): string => builder.node(id).name?.latex ?? '\\cdot'
  const below = variables.map((each) => `\\partial ${nameOf(each.by)}${each.order > 1 ? `^{${each.order}}` : ''}`)
  return `\\frac{\\partial^{${order}} ${loss.latex}}{${below.join(' ')}}`
}

/** The order in which a function is differentiated by several variables makes no difference; each stands once. */
function inOrder(variables: readonly { readonly by: NodeId; readonly order: number }[]) {
  const orders = new Map<NodeId, number>()
  for (const { by, order } of variables) orders.set(by, (orders.get(by) ?? 0) + order)
  return [...orders].map(([by, order]) => ({ by, order })).sort((a, b) => a.by - b.by)
}

/** A derivative of the first order, taken again and again. */
function repeated(lender: Lender, first: NodeId, { by, notation }: WrittenSlope, times: number): NodeId {
  let node = first
  for (let k = 0; k < times; k++) node = lender.slope(node, by, notation).node
  return node
}

/** What the gradients that arrive at later arrays make of one at an array; `null` where none flows. */
function ofArray(
  { builder, note, pulledBack }: Lender,
  array: NodeId,
  arriving: readonly { readonly root: NodeId; readonly upstream: NodeId }[],
): NodeId | null {
  const parts = arriving.flatMap(({ root, upstream }) => {
    note({ of: root, by: array }, 'array')
    return pulledBack(root, upstream, array) ?? []
  })
  const [first, ...rest] = parts
  if (first === undefined) note({ of: array, by: array }, 'array')
  return first === undefined ? null : rest.reduce((a, b) => builder.apply(SUM, [a, b]), first)
}

interface Edges extends Lender {
  isBefore(node: NodeId, later: NodeId): boolean
  slopeBy(by: NodeId): NodeId
}

/** The sum over all paths, each a product of the edges that the later sides write. */
function overEdges(edges: Edges, loss: Loss, by: NodeId, notation: Notation): NodeId {
  const { builder, claimed, isBefore, slopeBy } = edges
  const ends = new Set(slopesIn(edges, loss, firstDerivatives(claimed.slice(1))).map((each) => each.by))
  let sum: NodeId | null = ends.has(by) ? slopeBy(by) : null
  for (const end of ends) {
    if (!isBefore(by, end)) continue
    const part = builder.apply(PRODUCT, [slopeBy(end), edges.slope(end, by, notation).node])
    sum = sum === null ? part : builder.apply(SUM, [sum, part])
  }
  return sum ?? slopeBy(by)
}

/**
 * What the functions further on, those that a claim follows and those that it leaves out, are differentiated to by a variable.
 * @param symbol of a function whose derivative isn't written
 */
function edgesTo(
  { builder, slope, beside, note }: Lender,
  loss: Name,
  by: NodeId,
  followed: readonly NodeId[],
  notation: Notation,
  symbol: (of: Name) => NodeId,
): (readonly [root: NodeId, edge: NodeId])[] {
  const along = followed.map((root) => {
    const { node, doubt, through } = slope(root, by, notation)
    note({ of: root, by, through }, doubt)
    return [root, node] as const
  })
  const leftOut = followed.length === 0 ? [] : beside(loss, by, followed)
  const others = leftOut.flatMap((root) => {
    const { node, doubt } = slope(root, by, notation)
    const { name } = builder.node(root)
    return doubt === null ? [[root, node] as const] : name ? [[root, symbol(name)] as const] : []
  })
  return [...along, ...others]
}

/** What is made while a mark is set. */
function marked<T>(marks: Set<string>, mark: string, make: () => T): T {
  marks.add(mark)
  const made = make()
  marks.delete(mark)
  return made
}

/** Leaves that stand for derivatives, each made once. */
function leaves({ builder, symbols }: Lender) {
  const byName = new Map<string, NodeId>()

  const symbol = (name: Name, shape: Shape | null = []): NodeId => {
    const known = byName.get(name.key) ?? builder.add({ op: 'upstream', shape, name })
    byName.set(name.key, known)
    return known
  }

  /**
   * Of an array of functions it has their places first, then those of the variable.
   * @param mark tells two derivatives by the same variable apart
   */
  const slope = ({ name: loss, shape }: Loss, by: NodeId, mark = ''): NodeId => {
    const variable = builder.node(by).name
    const own = builder.shapeOf(by)
    const key = `d${loss.key}_d${variable?.key ?? by}${mark}`
    const latex = `\\frac{\\partial ${loss.latex}}{\\partial ${variable?.latex ?? '\\cdot'}}`
    const id = symbol({ key, latex, plain: `∂${loss.plain}/∂${variable?.plain ?? '·'}` }, own && [...shape, ...own])
    symbols.set(id, { name: loss, by, order: 1 })
    return id
  }
  return { symbol, slope }
}

/** Derivatives of undefined functions in one claim. */
export function losses(lender: Lender): Upstream {
  const { builder, claimed, symbols, located } = lender
  const { symbol, slope } = leaves(lender)
  const underway = new Set<string>()

  const written = firstDerivatives(claimed)
  const within = <T>(way: string, make: () => T): T => marked(underway, way, make)
  /** Of `\\frac{\\partial x}{\\partial x'}` the variable may be a derivative of x itself: it is asked once. */
  const derivativesOf = (loss: Loss): readonly WrittenSlope[] => {
    const way = `of ${loss.name.key}`
    return underway.has(way) ? [] : within(way, () => slopesIn(lender, loss, written))
  }
  const isBefore = (node: NodeId, later: NodeId): boolean => node !== later && lender.reaches(later, node)

  /** What the claim differentiates L by and what lies furthest on: everything before it follows from it. */
  const roots = (loss: Loss, node: NodeId): NodeId[] => {
    const mentioned = [...new Set(derivativesOf(loss).map(({ by }) => by))]
    return mentioned
      .filter((other) => isBefore(node, other))
      .filter((other) => !mentioned.some((later) => isBefore(other, later)))
  }

  const throughArrays = (loss: Loss, by: NodeId): NodeId => {
    const { array, at } = located(by)
    const way = `${loss.name.key} ${array}`
    const from = underway.has(way) ? [] : roots(loss, array)
    const arriving = from.map((root) => ({ root, upstream: entryOf(builder, slope(loss, root), loss.at) }))
    const whole = within(way, () => ofArray(lender, array, arriving))
    return whole === null ? entryOf(builder, slope(loss, array), [...loss.at, ...at]) : entryOf(builder, whole, at)
  }
  /** `∂L/∂x`: a symbol, or what the symbols further on that the claim mentions make of it. */
  return (loss, order, variables, notation) => {
    const [only, further] = variables
    // A chain of nodes begins with `\frac{\partial z}{\partial z}`.
    if (only && order === 1 && builder.node(only.by).name?.key === loss.name.key) return builder.constant(1)
    if (only && !further && builder.shapeOf(only.by)?.length === 0) {
      const way = `${loss.name.key} ${only.by}`
      const first = underway.has(way) ? null : within(way, () => lender.solved(loss.name, only.by, notation))
      if (first !== null) return repeated(lender, first, { by: only.by, notation }, order - 1)
    }
    if (order !== 1 || !only) {
      const key = `d${loss.name.key}_${inOrder(variables)
        .map((each) => `d${each.by}^${each.order}`)
        .join('_')}`
      const id = symbol({ key, latex: higherLatex(builder, loss.name, order, variables), plain: key })
      if (only && !further) symbols.set(id, { name: loss.name, by: only.by, order })
      return id
    }
    if (lender.isAlongCurve(loss.name)) return slope(loss, only.by, ' held')
    const { array } = located(only.by)
    const isArray = (id: NodeId) => builder.shapeOf(id)?.length !== 0
    if (loss.at.length > 0 || isArray(array) || roots(loss, array).some(isArray)) return throughArrays(loss, only.by)
    const way = `${loss.name.key} ${array}`
    if (underway.has(way)) return slope(loss, only.by)
    const twofold = isTwofold(derivativesOf(loss), only.by)
    if (twofold && notation === 'partial') return slope(loss, only.by, ' held')
    const manner = lender.edges()
    if (manner === 'one') return slope(loss, only.by)
    if (manner === 'all')
      return within(way, () =>
        overEdges({ ...lender, isBefore, slopeBy: (by) => slope(loss, by) }, loss, only.by, notation),
      )
    const own = twofold ? slope(loss, only.by, ' held') : null
    underway.add(way)
    const edges = edgesTo(lender, loss.name, only.by, roots(loss, only.by), notation, (of) =>
      slope(numberLoss(of), only.by),
    )
    const sum = edges.reduce<NodeId | null>((before, [root, edge]) => {
      const part = builder.apply(PRODUCT, [slope(loss, root), edge])
      return before === null ? part : builder.apply(SUM, [before, part])
    }, own)
    underway.delete(way)
    return sum ?? slope(loss, only.by)
  }
}
